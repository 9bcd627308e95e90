/* The chunks of a PNG file: what they give away, and whether every one is whole. */
#pragma once

#include "imp-notes.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 width;
  guint32 height;
  int orientation;   /* eXIf, 1 to 8 */
  gboolean has_cicp; /* its colours as code points, which go before iCCP (PNG 3, 4.3) */
  guint8 primaries;
  guint8 transfer;
} ImpPngChunks;

gboolean imp_png_chunks_read (ImpPngChunks *chunks, ImpNotes *notes, const guint8 *data,
                              gsize length, GError **error);

G_END_DECLS
