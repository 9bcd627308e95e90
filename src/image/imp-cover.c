#include "imp-cover.h"

/**
 * imp_cover_fill:
 * @cover: what the source is like
 * @box: what a person drew
 *
 * Clamps @box to the frame, widens it by the margin, and snaps it outward to the source's block
 * grid (leaks.md row 14).
 *
 * Returns: the box as it must be filled; 0 × 0 where @box lies outside the frame
 */
ImpRect
imp_cover_fill (const ImpCover *cover, const ImpRect *box)
{
  ImpRect frame = { 0, 0, cover->width, cover->height };
  ImpRect inside = imp_rect_intersect (box, &frame);
  ImpRect wide = { inside.x - cover->margin, inside.y - cover->margin,
                   inside.width + 2 * cover->margin, inside.height + 2 * cover->margin };

  if (imp_rect_is_empty (&inside))
    return inside;
  return imp_geometry_snap (&wide, cover->width, cover->height, cover->orientation, cover->grid);
}

/**
 * imp_cover_fill_crop_edges:
 * @cover: what the source is like
 * @crop: what is kept
 * @filled: (element-type ImpRect): where up to four rectangles are added
 *
 * What is cut off lives on in the blocks that the crop's edge runs through: their part of the crop
 * is filled as if all that is cut off were boxes.
 */
void
imp_cover_fill_crop_edges (const ImpCover *cover, const ImpRect *crop, GArray *filled)
{
  int right = crop->x + crop->width;
  int bottom = crop->y + crop->height;
  const ImpRect cut_off[] = {
    { 0, 0, cover->width, crop->y },
    { 0, bottom, cover->width, cover->height - bottom },
    { 0, 0, crop->x, cover->height },
    { right, 0, cover->width - right, cover->height },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cut_off); i++)
    {
      ImpRect wide = imp_cover_fill (cover, &cut_off[i]);
      ImpRect edge = imp_rect_intersect (&wide, crop);

      if (!imp_rect_is_empty (&edge))
        g_array_append_val (filled, edge);
    }
}

static void
align_axis (int *start, int *length, int block, int limit)
{
  int from = block > 0 ? (*start + block / 2) / block * block : *start;
  int to = block > 0 ? (*start + *length + block / 2) / block * block : *start + *length;

  if (*start <= 0)
    from = 0;
  if (*start + *length >= limit)
    to = limit;
  if (to <= from)
    return;
  *start = from;
  *length = to - from;
}

/**
 * imp_cover_align_crop:
 * @cover: what the source is like
 * @crop: a crop that was drawn by hand
 *
 * Moves the edges of @crop to the nearest edges of blocks, where as little as possible of it has
 * to be filled: a line of one pixel instead of a strip of up to a block.
 *
 * Returns: the aligned crop; @crop itself where the source has no grid
 */
ImpRect
imp_cover_align_crop (const ImpCover *cover, const ImpRect *crop)
{
  gboolean turned = cover->orientation >= 5 && cover->orientation <= 8;
  ImpRect stored = imp_geometry_to_stored (crop, cover->orientation, cover->width, cover->height);

  align_axis (&stored.x, &stored.width, cover->grid.width, turned ? cover->height : cover->width);
  align_axis (&stored.y, &stored.height, cover->grid.height, turned ? cover->width : cover->height);
  return imp_geometry_to_display (&stored, cover->orientation, cover->width, cover->height);
}
