/* Facts that photographs and scans of all formats have in common: EXIF, XMP, IPTC and ICC blocks.
 */
#pragma once

#include "imp-notes.h"

G_BEGIN_DECLS

int imp_exif_note (ImpNotes *notes, const char *prefix, const guint8 *tiff, gsize length);
guint8 *imp_exif_frame (const guint8 *tiff, gsize length);
void imp_exif_note_tiff (ImpNotes *notes, guint8 *framed, gsize length, guint64 directory);
void imp_photo_note_xmp (ImpNotes *notes, const char *where, const guint8 *xmp, gsize length);
void imp_photo_note_iptc (ImpNotes *notes, const char *where, const guint8 *iptc, gsize length);
void imp_photo_note_photoshop (ImpNotes *notes, const char *where, const guint8 *blocks,
                               gsize length);
void imp_photo_note_icc (ImpNotes *notes, const char *where, gconstpointer icc, gsize length);

G_END_DECLS
