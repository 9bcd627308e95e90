/* What a TIFF file gives away in its tags. */
#pragma once

#include <tiffio.h>

#include "imp-notes.h"

G_BEGIN_DECLS

gboolean imp_tiff_is_finished (TIFF *tiff, const guint8 *data, gsize length);
void imp_tiff_note_facts (TIFF *tiff, const guint8 *data, gsize length, ImpNotes *notes);

G_END_DECLS
