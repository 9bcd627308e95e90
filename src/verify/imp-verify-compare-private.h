/* The comparison of decoded pixels with what they should be. */
#pragma once

#include "imp-verify-private.h"

G_BEGIN_DECLS

/* What a box covers in blocks that boxes cover in part. */
typedef struct
{
  guint64 n; /* samples */
  double error;
} ImpCompareEdge;

/**
 * ImpCompare:
 *
 * What the pixels of a file are compared with, and what came of it. Rows come in bands of eight.
 */
typedef struct
{
  const ImpRaster *rendering; /* borrowed: the full frame before any box */
  const ImpRect *boxes;       /* borrowed, n_boxes */
  gsize n_boxes;
  ImpRect kept;   /* the crop, inside the frame */
  gboolean exact; /* PNG: each pixel; JPEG: within tolerance */

  int width; /* of the file, whose pixels are square: imp_expect_begin() */
  int height;
  ImpRect *placed;      /* owned, n_boxes: the file's pixels that are made of that box alone */
  guint8 *expected;     /* owned: a band of what it should be */
  guint8 *covered;      /* owned: a band, one byte a pixel: 1 where boxes cover all of it */
  guint8 *rows;         /* owned, nullable: of the crop, where its pixels are not square */
  guint8 *rows_covered; /* owned, nullable */

  guint8 *decoded; /* owned, nullable: all of the file's pixels, where they are not exact */

  guint64 n_wrong_covered;
  guint64 n_wrong_outside;
  guint64 n_outside;     /* samples outside boxes */
  double error_outside;  /* sum of squares */
  ImpCompareEdge *edges; /* owned, n_boxes: each box by itself */
  double worst_edge;     /* mean square error of the covered part of a block */
  double worst;          /* mean square error of the worst block */
  int worst_x;
  int worst_y;
} ImpCompare;

gboolean imp_expect_begin (ImpCompare *compare, const ImpPixelShape *shape);
void imp_expect_allocate (ImpCompare *compare);
void imp_expect_band (ImpCompare *compare, int first, int n_rows, const guint8 *pixels);
void imp_expect_clear (ImpCompare *compare);

void imp_compare_begin (ImpCompare *compare);
void imp_compare_band (ImpCompare *compare, int first, int n_rows, const guint8 *pixels);
void imp_compare_end (ImpCompare *compare, ImpVerifyReport *report, GPtrArray *findings);

gboolean imp_verify_decode_png (GBytes *file, ImpCompare *compare, GPtrArray *findings,
                                GCancellable *cancellable);
gboolean imp_verify_decode_jpeg (GBytes *file, ImpCompare *compare, GPtrArray *findings,
                                 GCancellable *cancellable);
gboolean imp_compare_fits (const ImpCompare *compare, int width, int height, int channels,
                           GPtrArray *findings);

#define IMP_COMPARE_BAND 8 /* rows of a band: the height of a JPEG block */

G_END_DECLS
