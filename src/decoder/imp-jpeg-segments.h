/* The marker segments of a JPEG file: what they give away, and what decoding needs of them. */
#pragma once

#include "imp-mcu.h"
#include "imp-notes.h"

G_BEGIN_DECLS

typedef struct
{
  ImpMcu mcu;
  guint8 sof;         /* marker of the frame header */
  int orientation;    /* EXIF, 1 to 8 */
  GByteArray *icc;    /* owned, nullable: put together from its segments */
  gsize end;          /* just after EOI */
  gboolean has_frame; /* a frame header was found */
} ImpJpegSegments;

gboolean imp_jpeg_segments_read (ImpJpegSegments *segments, ImpNotes *notes, const guint8 *data,
                                 gsize length, GError **error);
void imp_jpeg_segments_clear (ImpJpegSegments *segments);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpJpegSegments, imp_jpeg_segments_clear)

G_END_DECLS
