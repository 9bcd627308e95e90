/* The chunks of a WebP file: what they give away, and where its first picture stands. */
#pragma once

#include "imp-notes.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 width; /* of the canvas */
  guint32 height;
  int orientation;       /* EXIF, 1 to 8 */
  const guint8 *picture; /* borrowed: the first picture's ALPH and VP8, or VP8L chunk */
  gsize length;
  gboolean animated;
  guint32 x; /* where it stands on the canvas: an animation's may be smaller */
  guint32 y;
  const guint8 *icc; /* borrowed, nullable */
  gsize icc_length;
} ImpWebpChunks;

gboolean imp_webp_chunks_read (ImpWebpChunks *chunks, ImpNotes *notes, const guint8 *data,
                               gsize length, GError **error);

G_END_DECLS
