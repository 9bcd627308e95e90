#include "imp-geometry.h"

#include <math.h>
#include <stdlib.h>

/**
 * imp_rect_is_empty:
 * @rect: a rectangle
 *
 * Returns: whether @rect covers no pixel
 */
gboolean
imp_rect_is_empty (const ImpRect *rect)
{
  return rect->width <= 0 || rect->height <= 0;
}

/**
 * imp_rect_equal:
 * @a: a rectangle
 * @b: another
 *
 * Returns: whether they are the same
 */
gboolean
imp_rect_equal (const ImpRect *a, const ImpRect *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/**
 * imp_rect_intersect:
 * @a: a rectangle
 * @b: another
 *
 * Returns: what they share; 0 × 0 where that is nothing
 */
ImpRect
imp_rect_intersect (const ImpRect *a, const ImpRect *b)
{
  gint64 left = MAX (a->x, b->x);
  gint64 top = MAX (a->y, b->y);
  gint64 right = MIN ((gint64)a->x + a->width, (gint64)b->x + b->width);
  gint64 bottom = MIN ((gint64)a->y + a->height, (gint64)b->y + b->height);

  if (right <= left || bottom <= top)
    return (ImpRect){ 0, 0, 0, 0 };
  return (ImpRect){ (int)left, (int)top, (int)(right - left), (int)(bottom - top) };
}

static int
clamp_to_int (double value)
{
  return (int)CLAMP (value, -1e9, 1e9);
}

/**
 * imp_rect_from_points:
 * @x0: where a drag began
 * @y0: where a drag began
 * @x1: where it ended, in any direction
 * @y1: where it ended
 *
 * Gives the smallest rectangle of whole pixels that holds every pixel the drag touched: edges are
 * rounded outward (leaks.md row 12).
 *
 * Returns: the rectangle, not clamped to a frame
 */
ImpRect
imp_rect_from_points (double x0, double y0, double x1, double y1)
{
  int left = clamp_to_int (floor (MIN (x0, x1)));
  int top = clamp_to_int (floor (MIN (y0, y1)));
  int right = clamp_to_int (ceil (MAX (x0, x1)));
  int bottom = clamp_to_int (ceil (MAX (y0, y1)));

  return (ImpRect){ left, top, right - left, bottom - top };
}

/**
 * imp_rect_parse:
 * @text: "X,Y,WIDTH,HEIGHT"
 * @rect: (out): the rectangle
 *
 * Reads a rectangle as the command line writes it. Width and height must be 1 or more.
 *
 * Returns: whether @text is one
 */
gboolean
imp_rect_parse (const char *text, ImpRect *rect)
{
  gint64 value[4] = { 0, 0, 0, 0 };
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  if (g_strv_length (parts) != 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_string_to_signed (g_strstrip (parts[i]), 10, -1000000, 1000000, &value[i], NULL))
      return FALSE;
  *rect = (ImpRect){ (int)value[0], (int)value[1], (int)value[2], (int)value[3] };
  return !imp_rect_is_empty (rect);
}

/**
 * imp_geometry_to_stored:
 * @display: a rectangle of the frame as shown
 * @orientation: EXIF Orientation (0x0112), 1 to 8; 1 for none
 * @display_width: width of the frame as shown
 * @display_height: height of the frame as shown
 *
 * Maps a rectangle of the display orientation to the pixels as the file stores them. EXIF 2.32,
 * 4.6.4 A: orientation n says which visual side the stored row 0 and column 0 are.
 *
 * Returns: the rectangle in stored pixels
 */
ImpRect
imp_geometry_to_stored (const ImpRect *display, int orientation, int display_width,
                        int display_height)
{
  int x = display->x;
  int y = display->y;
  int w = display->width;
  int h = display->height;
  int mirrored_x = display_width - x - w;
  int mirrored_y = display_height - y - h;

  switch (orientation)
    {
    case 2:
      return (ImpRect){ mirrored_x, y, w, h };
    case 3:
      return (ImpRect){ mirrored_x, mirrored_y, w, h };
    case 4:
      return (ImpRect){ x, mirrored_y, w, h };
    case 5:
      return (ImpRect){ y, x, h, w };
    case 6:
      return (ImpRect){ y, mirrored_x, h, w };
    case 7:
      return (ImpRect){ mirrored_y, mirrored_x, h, w };
    case 8:
      return (ImpRect){ mirrored_y, x, h, w };
    default:
      return *display;
    }
}

/**
 * imp_geometry_to_display:
 * @stored: a rectangle of stored pixels
 * @orientation: EXIF Orientation (0x0112), 1 to 8
 * @display_width: width of the frame as shown
 * @display_height: height of the frame as shown
 *
 * The inverse of imp_geometry_to_stored().
 *
 * Returns: the rectangle in display orientation
 */
ImpRect
imp_geometry_to_display (const ImpRect *stored, int orientation, int display_width,
                         int display_height)
{
  gboolean turned = orientation >= 5 && orientation <= 8;
  int stored_width = turned ? display_height : display_width;
  int stored_height = turned ? display_width : display_height;
  int inverse = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;

  /* Every orientation but the two quarter turns is its own inverse. */
  return imp_geometry_to_stored (stored, inverse, stored_width, stored_height);
}

static void
snap_axis (int *start, int *length, int block, int limit)
{
  gint64 from = MAX ((gint64)*start, 0);
  gint64 to = MIN ((gint64)*start + *length, limit);

  if (to <= from)
    {
      *start = 0;
      *length = 0;
      return;
    }
  if (block > 0)
    {
      /* One pixel more on each side: the decoder's smooth chroma upsampling mixes a block with
       * its neighbour there (leaks.md row 14). */
      from = MAX (from / block * block - 1, 0);
      to = MIN ((to + block - 1) / block * block + 1, limit);
    }
  *start = (int)from;
  *length = (int)(to - from);
}

/**
 * imp_geometry_snap:
 * @box: what a person drew, in display orientation
 * @display_width: width of the frame as shown
 * @display_height: height of the frame as shown
 * @orientation: EXIF Orientation of the source, 1 to 8
 * @grid: the source's JPEG block grid in stored orientation, 0 × 0 for none
 *
 * Clamps @box to the frame and, for a JPEG source, widens it to whole blocks of the source and
 * one pixel more, because a block's ringing carries what the box covers to the block's other
 * pixels (leaks.md row 14).
 *
 * Returns: the box as it must be filled; 0 × 0 where @box lies outside the frame
 */
ImpRect
imp_geometry_snap (const ImpRect *box, int display_width, int display_height, int orientation,
                   ImpGrid grid)
{
  gboolean turned = orientation >= 5 && orientation <= 8;
  int stored_width = turned ? display_height : display_width;
  int stored_height = turned ? display_width : display_height;
  ImpRect frame = { 0, 0, display_width, display_height };
  ImpRect clamped = imp_rect_intersect (box, &frame);
  ImpRect stored = imp_geometry_to_stored (&clamped, orientation, display_width, display_height);

  if (imp_rect_is_empty (&clamped))
    return clamped;
  snap_axis (&stored.x, &stored.width, grid.width, stored_width);
  snap_axis (&stored.y, &stored.height, grid.height, stored_height);
  return imp_geometry_to_display (&stored, orientation, display_width, display_height);
}
