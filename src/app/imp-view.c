#include "imp-view.h"

#include <math.h>

/* Room around a fitted picture, so that handles on its border can be seen and grasped. */
#define FIT_MARGIN 16

/* How much of the picture stays in reach when it is pushed aside, in logical pixels. */
#define KEPT_IN_REACH 48

/* How much longer a side of a pixel is than the shorter one. */
static double
stretch (int side, int other)
{
  return side > other && other > 0 ? (double)side / other : 1;
}

/**
 * imp_view_get_scale_x:
 * @view: the view
 *
 * Returns: logical pixels of the canvas from one column of the picture to the next
 */
double
imp_view_get_scale_x (const ImpView *view)
{
  return view->zoom * stretch (view->shape.width, view->shape.height);
}

/**
 * imp_view_get_scale_y:
 * @view: the view
 *
 * Returns: logical pixels of the canvas from one row of the picture to the next
 */
double
imp_view_get_scale_y (const ImpView *view)
{
  return view->zoom * stretch (view->shape.height, view->shape.width);
}

/**
 * imp_view_fit:
 * @view: the view; its shape stays
 * @picture_width: columns of the picture
 * @picture_height: rows of the picture
 * @width: the canvas, in logical pixels
 * @height: the canvas, in logical pixels
 *
 * Shows all of the picture as large as it goes, in the middle. Where it would just fit at full size
 * without the room around it, it is shown at full size.
 */
void
imp_view_fit (ImpView *view, int picture_width, int picture_height, int width, int height)
{
  double room_x = MAX (width - 2 * FIT_MARGIN, 1);
  double room_y = MAX (height - 2 * FIT_MARGIN, 1);
  double zoom = 1;

  view->zoom = 1;
  zoom = MIN (room_x / (picture_width * imp_view_get_scale_x (view)),
              room_y / (picture_height * imp_view_get_scale_y (view)));
  if (zoom < 1 && picture_width * imp_view_get_scale_x (view) <= width
      && picture_height * imp_view_get_scale_y (view) <= height)
    zoom = 1;
  view->zoom = CLAMP (zoom, IMP_VIEW_MIN_ZOOM, IMP_VIEW_MAX_ZOOM);
  view->x = (width - picture_width * imp_view_get_scale_x (view)) / 2;
  view->y = (height - picture_height * imp_view_get_scale_y (view)) / 2;
}

/**
 * imp_view_zoom_at:
 * @view: the view
 * @zoom: the new zoom, brought into the range that is offered
 * @x: a point of the canvas, in logical pixels
 * @y: a point of the canvas
 *
 * Changes the zoom so that what lies under the point stays under it.
 */
void
imp_view_zoom_at (ImpView *view, double zoom, double x, double y)
{
  double before = view->zoom;

  view->zoom = CLAMP (zoom, IMP_VIEW_MIN_ZOOM, IMP_VIEW_MAX_ZOOM);
  view->x = x - (x - view->x) * view->zoom / before;
  view->y = y - (y - view->y) * view->zoom / before;
}

static double
clamp_axis (double offset, double picture, double room)
{
  if (picture <= room)
    return (room - picture) / 2;
  return CLAMP (offset, MIN (KEPT_IN_REACH, room / 2) - picture,
                room - MIN (KEPT_IN_REACH, room / 2));
}

/**
 * imp_view_clamp:
 * @view: the view
 * @picture_width: columns of the picture
 * @picture_height: rows of the picture
 * @width: the canvas, in logical pixels
 * @height: the canvas, in logical pixels
 *
 * Keeps the picture in reach: in the middle where all of it fits, else never quite outside.
 */
void
imp_view_clamp (ImpView *view, int picture_width, int picture_height, int width, int height)
{
  view->x = clamp_axis (view->x, picture_width * imp_view_get_scale_x (view), width);
  view->y = clamp_axis (view->y, picture_height * imp_view_get_scale_y (view), height);
}

/**
 * imp_view_to_picture:
 * @view: the view
 * @x: a point of the canvas, in logical pixels
 * @y: a point of the canvas
 * @picture_x: (out): the same point in pixels of the full frame, not rounded
 * @picture_y: (out): the same
 */
void
imp_view_to_picture (const ImpView *view, double x, double y, double *picture_x, double *picture_y)
{
  *picture_x = (x - view->x) / imp_view_get_scale_x (view);
  *picture_y = (y - view->y) / imp_view_get_scale_y (view);
}

/**
 * imp_view_place:
 * @view: the view
 * @rect: part of the picture
 * @scale: device pixels for one logical pixel
 *
 * Gives where to draw @rect. Edges are rounded to the nearest device pixel: two parts that share
 * an edge in the picture share it on screen, with no seam between them.
 *
 * Returns: the place in logical pixels
 */
graphene_rect_t
imp_view_place (const ImpView *view, const ImpRect *rect, int scale)
{
  double scale_x = imp_view_get_scale_x (view);
  double scale_y = imp_view_get_scale_y (view);
  double left = round ((view->x + rect->x * scale_x) * scale) / scale;
  double top = round ((view->y + rect->y * scale_y) * scale) / scale;
  double right = round ((view->x + ((double)rect->x + rect->width) * scale_x) * scale) / scale;
  double bottom = round ((view->y + ((double)rect->y + rect->height) * scale_y) * scale) / scale;

  return GRAPHENE_RECT_INIT ((float)left, (float)top, (float)(right - left), (float)(bottom - top));
}

/**
 * imp_view_cover:
 * @view: the view
 * @rect: part of the picture
 * @scale: device pixels for one logical pixel
 *
 * Gives what to paint over so that nothing of @rect shows: every device pixel that it touches,
 * edges rounded outward (leaks.md row 12).
 *
 * Returns: the area in logical pixels
 */
graphene_rect_t
imp_view_cover (const ImpView *view, const ImpRect *rect, int scale)
{
  double scale_x = imp_view_get_scale_x (view);
  double scale_y = imp_view_get_scale_y (view);
  double left = floor ((view->x + rect->x * scale_x) * scale) / scale;
  double top = floor ((view->y + rect->y * scale_y) * scale) / scale;
  double right = ceil ((view->x + ((double)rect->x + rect->width) * scale_x) * scale) / scale;
  double bottom = ceil ((view->y + ((double)rect->y + rect->height) * scale_y) * scale) / scale;

  return GRAPHENE_RECT_INIT ((float)left, (float)top, (float)(right - left), (float)(bottom - top));
}
