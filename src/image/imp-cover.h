/* What must be filled so that nothing of a covered or cut-off place is left around it: the one
 * answer for the canvas, which draws it, and the gate, which does it. */
#pragma once

#include "imp-geometry.h"

G_BEGIN_DECLS

/**
 * ImpCover:
 * @width: of the full frame in display orientation
 * @height: of the full frame in display orientation
 * @orientation: EXIF Orientation of the source, 1 to 8
 * @grid: the source's JPEG block grid in stored orientation, 0 × 0 for none
 * @margin: pixels by which a lossy source without a grid smears, 0 for others
 */
typedef struct
{
  int width;
  int height;
  int orientation;
  ImpGrid grid;
  int margin;
} ImpCover;

ImpRect imp_cover_fill (const ImpCover *cover, const ImpRect *box);
void imp_cover_fill_crop_edges (const ImpCover *cover, const ImpRect *crop, GArray *filled);
ImpRect imp_cover_align_crop (const ImpCover *cover, const ImpRect *crop);

G_END_DECLS
