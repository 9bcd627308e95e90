/* The chunks of a PNG file: what they give away, and whether every one is whole. */
#pragma once

#include "imp-notes.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 width;
  guint32 height;
  int orientation; /* eXIf, 1 to 8 */
} ImpPngChunks;

gboolean imp_png_chunks_read (ImpPngChunks *chunks, ImpNotes *notes, const guint8 *data,
                              gsize length, GError **error);

G_END_DECLS
