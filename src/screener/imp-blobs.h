/* Connected pieces of a relief that may be letters, at whatever height they stand out best.
 *
 * Owns: the tree of components and which of them are kept.
 * May include: imp-plane.  Must never: group them. */
#pragma once

#include "imp-plane.h"

G_BEGIN_DECLS

#define IMP_BLOB_LEVELS 28

/**
 * ImpBlob:
 * @x0: leftmost column
 * @y0: topmost row
 * @x1: one right of the rightmost
 * @y1: one below the lowest
 * @area: pixels
 * @rows: runs of pixels along rows, summed over all rows
 * @columns: the same along columns
 * @peak: the step of its highest pixel, from 0: see imp_blob_level_height()
 * @run: over which range of heights it keeps its shape, in quarters of a doubling: sharp edges keep
 *   it, noise does not
 */
typedef struct
{
  int x0;
  int y0;
  int x1;
  int y1;
  guint area;
  guint rows;
  guint columns;
  guint peak;
  guint run;
  int next;
} ImpBlob;

GArray *imp_blobs_find (const ImpPlane *relief, int smallest, int largest);
guint imp_blob_level_height (guint level);
double imp_blob_stroke (const ImpBlob *blob);

G_END_DECLS
