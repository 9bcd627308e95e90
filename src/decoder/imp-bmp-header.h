/* The headers of a BMP file: what its bytes are, and which of them no header speaks of. */
#pragma once

#include "imp-notes.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_BMP_PLAIN,
  IMP_BMP_RLE8,
  IMP_BMP_RLE4,
} ImpBmpCoding;

typedef struct
{
  gsize width;
  gsize height;
  gboolean top_down;
  int bits; /* of a pixel: 1, 2, 4, 8, 16, 24 or 32 */
  ImpBmpCoding coding;
  guint32 masks[4]; /* red, green, blue, alpha: of 16 and 32 bits; the last is 0 unless said */
  guint8 palette[256 * 3]; /* RGB */
  guint n_colours;         /* of the palette */
  gsize pixels;            /* where they begin */
  gsize size;              /* bytes of them, of a plain coding */
  gsize icc;               /* where an embedded profile stands; 0 for none */
  gsize icc_length;
} ImpBmpHeader;

gboolean imp_bmp_header_read (ImpBmpHeader *header, ImpNotes *notes, const guint8 *data,
                              gsize length, GError **error);
void imp_bmp_note_rest (const ImpBmpHeader *header, ImpNotes *notes, gsize length, gsize end);

G_END_DECLS
