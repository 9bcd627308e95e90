#include "imp-flat-image.h"

#include <string.h>

#include "imp-error.h"
#include "imp-square-private.h"

struct _ImpFlatImage
{
  gatomicrefcount ref_count;
  ImpRaster *raster; /* owned */
};

G_DEFINE_BOXED_TYPE (ImpFlatImage, imp_flat_image, imp_flat_image_ref, imp_flat_image_unref)

/* Overwrites what of @box lies in @kept with black; @pixels holds @kept only. */
static void
fill (guint8 *pixels, int channels, const ImpRect *kept, const ImpRect *box)
{
  ImpRect part = imp_rect_intersect (box, kept);
  gsize stride = (gsize)kept->width * (gsize)channels;

  if (imp_rect_is_empty (&part))
    return;
  for (int y = part.y - kept->y; y < part.y - kept->y + part.height; y++)
    memset (pixels + (gsize)y * stride + (gsize)(part.x - kept->x) * (gsize)channels, 0,
            (gsize)part.width * (gsize)channels);
}

/* Copies out what is kept, and fills every box. */
static ImpRaster *
fill_and_cut (const ImpRaster *rendering, const ImpRect *boxes, gsize n_boxes, const ImpRect *kept,
              GError **error)
{
  int channels = imp_raster_get_channels (rendering);
  gsize stride = imp_raster_get_stride (rendering);
  gsize row = (gsize)kept->width * (gsize)channels;
  gsize size = row * (gsize)kept->height;
  const guint8 *source = imp_raster_get_pixels (rendering);
  guint8 *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;

  for (int y = 0; y < kept->height; y++)
    memcpy (pixels + (gsize)y * row,
            source + (gsize)(kept->y + y) * stride + (gsize)kept->x * (gsize)channels, row);
  for (gsize i = 0; i < n_boxes; i++)
    fill (pixels, channels, kept, &boxes[i]);
  bytes = g_bytes_new_take (pixels, size);
  return imp_raster_new (kept->width, kept->height, channels, bytes, error);
}

/**
 * imp_flat_image_new:
 * @rendering: the full frame in display orientation
 * @boxes: (array length=n_boxes) (nullable): what is covered, in full-frame display coordinates
 *   and already widened by imp_geometry_snap(); what hangs over the frame is ignored
 * @n_boxes: how many
 * @crop: (nullable): what is kept, in full-frame display coordinates; %NULL for all
 * @shape: (nullable): the shape of a pixel, %NULL where it is square
 * @error: where to put the error
 *
 * Makes the only kind of picture that can be encoded. Each box is overwritten with opaque black,
 * pixel by pixel in integers, without any compositing (leaks.md row 11), and only @crop is copied
 * out: nothing under a box and nothing beyond the crop is in the result. Pixels become square last
 * (imp_square_pixels()).
 *
 * Returns: (transfer full) (nullable): the flat image, or %NULL with %IMP_ERROR_USAGE where
 *   @crop is empty or reaches beyond the frame, or %IMP_ERROR_UNSUPPORTED where square pixels
 *   would be too many
 */
ImpFlatImage *
imp_flat_image_new (const ImpRaster *rendering, const ImpRect *boxes, gsize n_boxes,
                    const ImpRect *crop, const ImpPixelShape *shape, GError **error)
{
  ImpFlatImage *flat = NULL;
  ImpRect frame = { 0, 0, imp_raster_get_width (rendering), imp_raster_get_height (rendering) };
  ImpRect kept = crop != NULL ? *crop : frame;
  ImpRect inside = imp_rect_intersect (&kept, &frame);
  g_autoptr (ImpRaster) filled = NULL;
  g_autoptr (ImpRaster) square = NULL;

  if (imp_rect_is_empty (&kept) || !imp_rect_equal (&kept, &inside))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "The crop must lie inside the picture, which is %d × %d: choose another crop",
                   frame.width, frame.height);
      return NULL;
    }
  filled = fill_and_cut (rendering, boxes, n_boxes, &kept, error);
  if (filled == NULL)
    return NULL;
  square = shape != NULL ? imp_square_pixels (filled, shape, error) : imp_raster_ref (filled);
  if (square == NULL)
    return NULL;
  flat = g_new0 (ImpFlatImage, 1);
  g_atomic_ref_count_init (&flat->ref_count);
  flat->raster = g_steal_pointer (&square);
  return flat;
}

/**
 * imp_flat_image_ref:
 * @flat: a flat image
 *
 * Returns: (transfer full): @flat
 */
ImpFlatImage *
imp_flat_image_ref (ImpFlatImage *flat)
{
  g_atomic_ref_count_inc (&flat->ref_count);
  return flat;
}

/**
 * imp_flat_image_unref:
 * @flat: (transfer full): a flat image
 */
void
imp_flat_image_unref (ImpFlatImage *flat)
{
  if (!g_atomic_ref_count_dec (&flat->ref_count))
    return;
  imp_raster_unref (flat->raster);
  g_free (flat);
}

/**
 * imp_flat_image_get_raster:
 * @flat: a flat image
 *
 * Returns: (transfer none): its pixels, exactly as they are written: the true preview
 */
ImpRaster *
imp_flat_image_get_raster (const ImpFlatImage *flat)
{
  return flat->raster;
}
