/* What a TIFF file gives away in its tags, and its pixels where libtiff's own RGBA does not do. */
#pragma once

#include <tiffio.h>

#include "imp-colour.h"
#include "imp-notes.h"
#include "imp-sink.h"

G_BEGIN_DECLS

gboolean imp_tiff_is_finished (TIFF *tiff, const guint8 *data, gsize length);
gboolean imp_tiff_note_facts (TIFF *tiff, const guint8 *data, gsize length, GArray *pages,
                              ImpNotes *notes);
void imp_tiff_note_grid (TIFF *tiff, ImpNotes *notes);
void imp_tiff_note_shape (TIFF *tiff, int orientation, ImpNotes *notes);
gboolean imp_tiff_has_alpha (TIFF *tiff);
gboolean imp_tiff_has_plain_samples (TIFF *tiff);
gboolean imp_tiff_read_samples (TIFF *tiff, ImpColour *colour, ImpSink *sink);

G_END_DECLS
