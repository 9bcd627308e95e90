/* Rectangles and the one mapping between stored pixels and display orientation.
 *
 * Owns: the arithmetic of boxes.  May include: core.  Must never: round a box inward. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ImpRect:
 *
 * A rectangle of whole pixels of the full, uncropped frame in display orientation, unless a
 * function says "stored": the right and bottom edges are exclusive.
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} ImpRect;

/**
 * ImpGrid:
 *
 * The block grid of a JPEG source in stored orientation: an MCU is @width × @height pixels (8 or
 * 16 or 32, from the sampling factors); 0 × 0 where the source has none.
 */
typedef struct
{
  int width;
  int height;
} ImpGrid;

/**
 * ImpPixelShape:
 *
 * The shape of one pixel in display orientation, as the smallest whole numbers in that proportion:
 * 1 × 1 is square, 1 × 2 is twice as high as wide. Boxes and crops never take it into account:
 * pixels become square after everything is filled.
 */
typedef struct
{
  int width;
  int height;
} ImpPixelShape;

gboolean imp_rect_is_empty (const ImpRect *rect);
gboolean imp_rect_equal (const ImpRect *a, const ImpRect *b);
ImpRect imp_rect_intersect (const ImpRect *a, const ImpRect *b);
ImpRect imp_rect_from_points (double x0, double y0, double x1, double y1);
gboolean imp_rect_parse (const char *text, ImpRect *rect);

ImpRect imp_geometry_to_stored (const ImpRect *display, int orientation, int display_width,
                                int display_height);
ImpRect imp_geometry_to_display (const ImpRect *stored, int orientation, int display_width,
                                 int display_height);
ImpRect imp_geometry_snap (const ImpRect *box, int display_width, int display_height,
                           int orientation, ImpGrid grid);

G_END_DECLS
