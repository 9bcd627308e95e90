#include "imp-square-private.h"

#include <string.h>

#include "imp-error.h"

#define MAX_PIXELS (G_GUINT64_CONSTANT (500) * 1000 * 1000)
#define ONE 65536u /* the weight of a sample that stands alone */

/* Where a new row or column lies between two old ones. */
typedef struct
{
  gsize first;    /* the old one at or before it */
  guint32 weight; /* of the old one after it, of ONE; 0 where there is none */
} Tap;

static guint64
enlarged (int n, int by, int of)
{
  return ((guint64)n * (guint64)by * 2 + (guint64)of) / (2 * (guint64)of);
}

/* Old and new cover the same ground: the middle of new pixel i, (i + ½) × n / n_new, falls at
 * (i + ½) × n / n_new - ½ between the middles of old ones, and beyond the outermost there is
 * nothing else. In whole numbers throughout: every machine gives the same bytes. */
static Tap *
make_taps (gsize n, gsize n_new)
{
  Tap *taps = g_new (Tap, n_new);

  for (gsize i = 0; i < n_new; i++)
    {
      gint64 at = (gint64)((2 * i + 1) * n) - (gint64)n_new; /* in parts of 2 × n_new */
      gint64 unit = 2 * (gint64)n_new;

      at = CLAMP (at, 0, unit * ((gint64)n - 1));
      taps[i].first = (gsize)(at / unit);
      taps[i].weight = (guint32)((at % unit * ONE + unit / 2) / unit);
    }
  return taps;
}

static guint8
blend (guint8 before, guint8 after, guint32 weight)
{
  return (guint8)((before * (ONE - weight) + after * weight + ONE / 2) / ONE);
}

static void
enlarge_rows (const guint8 *pixels, gsize row, gsize n, guint8 *squared, gsize n_new)
{
  g_autofree Tap *taps = make_taps (n, n_new);

  for (gsize y = 0; y < n_new; y++)
    {
      const guint8 *before = pixels + taps[y].first * row;
      guint8 *out = squared + y * row;
      guint32 weight = taps[y].weight;

      if (weight == 0)
        memcpy (out, before, row);
      for (gsize i = 0; i < row && weight > 0; i++)
        out[i] = blend (before[i], before[i + row], weight);
    }
}

static void
enlarge_columns (const guint8 *pixels, gsize n, gsize channels, gsize height, guint8 *squared,
                 gsize n_new)
{
  g_autofree Tap *taps = make_taps (n, n_new);

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < n_new; x++)
      {
        const guint8 *before = pixels + (y * n + taps[x].first) * channels;
        const guint8 *after = taps[x].weight > 0 ? before + channels : before;
        guint8 *out = squared + (y * n_new + x) * channels;

        for (gsize c = 0; c < channels; c++)
          out[c] = blend (before[c], after[c], taps[x].weight);
      }
}

/**
 * imp_square_pixels:
 * @filled: what leaves, with every box filled and the crop cut out
 * @shape: the shape of its pixels
 * @error: where to put the error
 *
 * Enlarges the axis along which the pixels are longer, until they are square, by linear
 * interpolation between neighbours; the other axis, and a picture whose pixels are square, are not
 * touched. No row or column is lost, and nothing is blended but what leaves.
 *
 * Returns: (transfer full) (nullable): the raster, or %NULL with %IMP_ERROR_USAGE where @shape is
 *   no shape, or %IMP_ERROR_UNSUPPORTED where there would be more than 500 million pixels
 */
ImpRaster *
imp_square_pixels (ImpRaster *filled, const ImpPixelShape *shape, GError **error)
{
  int width = imp_raster_get_width (filled);
  int height = imp_raster_get_height (filled);
  gsize channels = (gsize)imp_raster_get_channels (filled);
  gboolean rows = shape->height > shape->width;
  guint64 columns_new = 0;
  guint64 rows_new = 0;
  gsize size = 0;
  guint8 *squared = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (shape->width < 1 || shape->height < 1)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "A pixel cannot be %d × %d", shape->width,
                   shape->height);
      return NULL;
    }
  columns_new = rows ? (guint64)width : enlarged (width, shape->width, shape->height);
  rows_new = rows ? enlarged (height, shape->height, shape->width) : (guint64)height;
  if (columns_new == (guint64)width && rows_new == (guint64)height)
    return imp_raster_ref (filled);
  if (columns_new > MAX_PIXELS / rows_new || rows_new > G_MAXINT || columns_new > G_MAXINT)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                   "With square pixels the picture would be too large to be written: crop it");
      return NULL;
    }
  size = (gsize)columns_new * (gsize)rows_new * channels;
  squared = g_malloc (size);
  if (rows)
    enlarge_rows (imp_raster_get_pixels (filled), (gsize)width * channels, (gsize)height, squared,
                  (gsize)rows_new);
  else
    enlarge_columns (imp_raster_get_pixels (filled), (gsize)width, channels, (gsize)height, squared,
                     (gsize)columns_new);
  bytes = g_bytes_new_take (squared, size);
  return imp_raster_new ((int)columns_new, (int)rows_new, (int)channels, bytes, error);
}
