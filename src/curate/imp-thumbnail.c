#include "imp-thumbnail.h"

#include <unistd.h>

#include "imp-small.h"

/* Either stored grey pixels and the level of each, or finished ones. */
typedef struct
{
  const guint16 *indices; /* nullable */
  const guint8 *levels;   /* of an index */
  const guint8 *pixels;
  gsize stride;
  int channels;
} Picture;

static void
add_up (const Picture *picture, const ImpRect *box, guint64 *sums)
{
  for (int y = box->y; y < box->y + box->height; y++)
    if (picture->indices != NULL)
      {
        const guint16 *row = picture->indices + (gsize)y * picture->stride;

        for (int x = box->x; x < box->x + box->width; x++)
          sums[0] += picture->levels[row[x]];
      }
    else
      {
        const guint8 *row = picture->pixels + (gsize)y * picture->stride;

        for (int x = box->x; x < box->x + box->width; x++)
          for (int c = 0; c < picture->channels; c++)
            sums[c] += row[x * picture->channels + c];
      }
}

/* The pixels of the picture that one of the small picture's stands for, on one side. */
static void
find_span (int at, int n, int length, int *from, int *size)
{
  int to = (int)(((gint64)at + 1) * length / n);

  *from = (int)((gint64)at * length / n);
  *size = MAX (to - *from, 1);
}

static void
fill (const Picture *picture, int width, int height, guint8 *small, int small_width,
      int small_height)
{
  for (int y = 0; y < small_height; y++)
    for (int x = 0; x < small_width; x++)
      {
        ImpRect box = { 0 };
        guint64 sums[3] = { 0 };
        guint64 n = 0;

        find_span (x, small_width, width, &box.x, &box.width);
        find_span (y, small_height, height, &box.y, &box.height);
        n = (guint64)box.width * (guint64)box.height;
        add_up (picture, &box, sums);
        for (int c = 0; c < picture->channels; c++)
          *small++ = (guint8)((sums[c] + n / 2) / n);
      }
}

/**
 * imp_thumbnail_reduce:
 * @frame: a frame
 * @shape: of its pixels, which become square
 * @side: of the square that the small picture fits into, 1 or more
 * @error: where to put the error
 *
 * Every pixel is the mean of those that it stands for, in the file's own presentation. A picture
 * that is small already is not enlarged.
 *
 * Returns: (transfer full) (nullable): the small picture
 */
ImpRaster *
imp_thumbnail_reduce (const ImpFrame *frame, const ImpPixelShape *shape, int side, GError **error)
{
  int width = imp_frame_get_width (frame);
  int height = imp_frame_get_height (frame);
  double across = (double)width * MAX (1, (double)shape->width / shape->height);
  double down = (double)height * MAX (1, (double)shape->height / shape->width);
  double share = MIN (1, side / MAX (across, down));
  int small_width = MAX (1, (int)(across * share + 0.5));
  int small_height = MAX (1, (int)(down * share + 0.5));
  guint8 levels[65536];
  Picture picture = { .levels = levels, .channels = 1, .stride = (gsize)width };
  ImpRaster *finished = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint8 *small = NULL;
  gsize size = 0;

  if (imp_frame_can_window (frame))
    {
      picture.indices = imp_frame_get_indices (frame);
      imp_frame_fill_levels (frame, NULL, levels);
    }
  else
    {
      finished = imp_frame_get_finished (frame);
      picture.pixels = imp_raster_get_pixels (finished);
      picture.stride = imp_raster_get_stride (finished);
      picture.channels = imp_raster_get_channels (finished);
    }
  size = (gsize)small_width * (gsize)small_height * (gsize)picture.channels;
  small = g_malloc (size);
  fill (&picture, width, height, small, small_width, small_height);
  bytes = g_bytes_new_take (small, size);
  return imp_raster_new (small_width, small_height, picture.channels, bytes, error);
}

/**
 * imp_thumbnail_make_sync:
 * @item: an item
 * @side: of the square that the small picture fits into
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): a small picture of its first frame
 */
ImpRaster *
imp_thumbnail_make_sync (ImpSourceItem *item, int side, GCancellable *cancellable, GError **error)
{
  guint64 size = 0;
  int fd = imp_source_item_open_bytes_sync (item, &size, cancellable, error);
  ImpPixelShape shape = { 1, 1 };
  g_autoptr (ImpFrame) frame = NULL;

  if (fd < 0)
    return NULL;
  /* Twice as large, so that the rest is a mean of several pixels. */
  frame = imp_small_read_sync (fd, size, 2 * (guint)side, &shape, cancellable, error);
  close (fd);
  return frame != NULL ? imp_thumbnail_reduce (frame, &shape, side, error) : NULL;
}
