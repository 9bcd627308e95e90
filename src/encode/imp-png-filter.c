#include "imp-png-filter-private.h"

#include <stdlib.h>
#include <string.h>

/* Each loop takes a whole row, so that the compiler can work on many bytes at a time. */

static void
sub (const guint8 *row, gsize length, gsize step, guint8 *out)
{
  memcpy (out, row, step);
  for (gsize i = step; i < length; i++)
    out[i] = (guint8)(row[i] - row[i - step]);
}

static void
up (const guint8 *row, const guint8 *above, gsize length, guint8 *out)
{
  for (gsize i = 0; i < length; i++)
    out[i] = (guint8)(row[i] - above[i]);
}

static void
average (const guint8 *row, const guint8 *above, gsize length, gsize step, guint8 *out)
{
  for (gsize i = 0; i < step; i++)
    out[i] = (guint8)(row[i] - (above[i] >> 1));
  for (gsize i = step; i < length; i++)
    out[i] = (guint8)(row[i] - ((row[i - step] + above[i]) >> 1));
}

static void
paeth (const guint8 *row, const guint8 *above, gsize length, gsize step, guint8 *out)
{
  for (gsize i = 0; i < step; i++)
    out[i] = (guint8)(row[i] - above[i]);
  for (gsize i = step; i < length; i++)
    {
      int left = row[i - step];
      int top = above[i];
      int corner = above[i - step];
      int to_left = abs (top - corner);
      int to_top = abs (left - corner);
      int to_corner = abs (left + top - 2 * corner);
      int other = to_top <= to_corner ? top : corner;

      out[i] = (guint8)(row[i] - (to_left <= to_top && to_left <= to_corner ? left : other));
    }
}

/**
 * imp_png_filter_rows:
 * @raster: a picture
 * @filter: the filter, the same for each row
 * @first: the first row
 * @n_rows: how many
 * @out: (out caller-allocates): @n_rows × (1 + stride) bytes: each row behind its filter type
 *
 * Filters rows as they stand before compression. The row above the first of the picture is zero.
 */
void
imp_png_filter_rows (const ImpRaster *raster, ImpPngFilter filter, int first, int n_rows,
                     guint8 *out)
{
  gsize stride = imp_raster_get_stride (raster);
  gsize step = (gsize)imp_raster_get_channels (raster);
  g_autofree guint8 *zero = g_malloc0 (stride);

  for (int y = first; y < first + n_rows; y++, out += stride + 1)
    {
      const guint8 *row = imp_raster_get_pixels (raster) + (gsize)y * stride;
      const guint8 *above = y > 0 ? row - stride : zero;

      out[0] = (guint8)filter;
      switch (filter)
        {
        case IMP_PNG_FILTER_SUB:
          sub (row, stride, step, out + 1);
          break;
        case IMP_PNG_FILTER_UP:
          up (row, above, stride, out + 1);
          break;
        case IMP_PNG_FILTER_AVERAGE:
          average (row, above, stride, step, out + 1);
          break;
        case IMP_PNG_FILTER_PAETH:
          paeth (row, above, stride, step, out + 1);
          break;
        case IMP_PNG_FILTER_NONE:
        default:
          memcpy (out + 1, row, stride);
        }
    }
}
