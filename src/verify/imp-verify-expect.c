#include "imp-verify-compare-private.h"

#include <math.h>
#include <string.h>

/* What the pixels of a file should be, worked out here once more and in another way than they were
 * made: the proof shares no line with the encoder. */

#define NOTHING 1e-6  /* a weight that no level of 255 shows */
#define ROUNDING 0.51 /* levels: an interpolated value is rounded to one of its neighbours */
#define SPARE_ROWS 2  /* of the picture, beyond as many as a band has */

/* Rows or columns that become more, so that pixels are square. */
typedef struct
{
  int before; /* the last one whose middle is not beyond the new one's */
  int after;  /* the next, or @before where it has no weight */
  double part;
} Support;

static Support
find_support (int i, int n, int n_new)
{
  double at = CLAMP ((i + 0.5) * n / n_new - 0.5, 0.0, n - 1.0);
  Support support = { .before = (int)floor (at + NOTHING) };

  support.after = support.before;
  support.part = MAX (at - support.before, 0.0);
  if (support.part > NOTHING)
    support.after++;
  return support;
}

/* The new pixels that are made of nothing but @length old ones from @start on. */
static void
place_axis (int *start, int *length, int n, int n_new)
{
  int from = n_new;
  int to = 0;

  for (int i = 0; i < n_new && n != n_new; i++)
    {
      Support support = find_support (i, n, n_new);

      if (support.before < *start || support.after >= *start + *length)
        continue;
      from = MIN (from, i);
      to = i + 1;
    }
  if (n == n_new)
    return;
  *start = from;
  *length = MAX (to - from, 0);
}

/**
 * imp_expect_begin:
 * @compare: a comparison whose rendering, boxes and crop are set
 * @shape: (nullable): the shape of a pixel, %NULL where it is square
 *
 * Works out how large the file must be, and where each box is in it.
 *
 * Returns: %FALSE where @shape is no shape that a file can have
 */
gboolean
imp_expect_begin (ImpCompare *compare, const ImpPixelShape *shape)
{
  double ratio = shape != NULL ? (double)shape->width / shape->height : 1.0;
  double width = ratio > 1 ? floor (compare->kept.width * ratio + 0.5) : compare->kept.width;
  double height = ratio < 1 ? floor (compare->kept.height / ratio + 0.5) : compare->kept.height;

  if (shape != NULL && (shape->width < 1 || shape->height < 1))
    return FALSE;
  if (width > G_MAXINT || height > G_MAXINT)
    return FALSE;
  compare->width = (int)width;
  compare->height = (int)height;
  compare->placed = g_new0 (ImpRect, compare->n_boxes);
  for (gsize i = 0; i < compare->n_boxes; i++)
    {
      ImpRect *placed = &compare->placed[i];

      *placed = imp_rect_intersect (&compare->boxes[i], &compare->kept);
      if (imp_rect_is_empty (placed))
        continue;
      placed->x -= compare->kept.x;
      placed->y -= compare->kept.y;
      place_axis (&placed->x, &placed->width, compare->kept.width, compare->width);
      place_axis (&placed->y, &placed->height, compare->kept.height, compare->height);
    }
  return TRUE;
}

/**
 * imp_expect_allocate:
 * @compare: a comparison for which imp_expect_begin() held
 *
 * Makes room for a band.
 */
void
imp_expect_allocate (ImpCompare *compare)
{
  gsize channels = (gsize)imp_raster_get_channels (compare->rendering);
  gsize old = (gsize)compare->kept.width * (IMP_COMPARE_BAND + SPARE_ROWS);

  compare->expected = g_malloc ((gsize)compare->width * channels * IMP_COMPARE_BAND);
  compare->covered = g_malloc ((gsize)compare->width * IMP_COMPARE_BAND);
  if (compare->width == compare->kept.width && compare->height == compare->kept.height)
    return;
  compare->rows = g_malloc (old * channels);
  compare->rows_covered = g_malloc (old);
}

/**
 * imp_expect_clear:
 * @compare: a comparison
 *
 * Frees what the two functions above took.
 */
void
imp_expect_clear (ImpCompare *compare)
{
  g_clear_pointer (&compare->expected, g_free);
  g_clear_pointer (&compare->covered, g_free);
  g_clear_pointer (&compare->rows, g_free);
  g_clear_pointer (&compare->rows_covered, g_free);
  g_clear_pointer (&compare->placed, g_free);
}

/* Rows of the crop as they should be before pixels become square: the rendering, and black under
 * every box. */
static void
cut_rows (const ImpCompare *compare, int first, int n_rows, guint8 *pixels, guint8 *covered)
{
  gsize channels = (gsize)imp_raster_get_channels (compare->rendering);
  gsize row = (gsize)compare->kept.width * channels;
  ImpRect band = { compare->kept.x, compare->kept.y + first, compare->kept.width, n_rows };

  for (int y = 0; y < n_rows; y++)
    memcpy (pixels + (gsize)y * row,
            imp_raster_get_pixels (compare->rendering)
                + (gsize)(band.y + y) * imp_raster_get_stride (compare->rendering)
                + (gsize)band.x * channels,
            row);
  memset (covered, 0, (gsize)n_rows * (gsize)band.width);
  for (gsize i = 0; i < compare->n_boxes; i++)
    {
      ImpRect part = imp_rect_intersect (&compare->boxes[i], &band);

      for (int y = part.y - band.y; y < part.y - band.y + part.height; y++)
        {
          gsize x = (gsize)(part.x - band.x);

          memset (pixels + (gsize)y * row + x * channels, 0, (gsize)part.width * channels);
          memset (covered + (gsize)y * (gsize)band.width + x, 1, (gsize)part.width);
        }
    }
}

/* One new pixel between two old ones, which are numbered within compare->rows. Where the value
 * lies between two levels the file may have taken either. */
static void
expect_pixel (ImpCompare *compare, gsize before, gsize after, double part, gsize at,
              const guint8 *pixels)
{
  gsize channels = (gsize)imp_raster_get_channels (compare->rendering);

  compare->covered[at] = compare->rows_covered[before] != 0 && compare->rows_covered[after] != 0;
  for (gsize c = 0; c < channels; c++)
    {
      double value = (1 - part) * compare->rows[before * channels + c]
                     + part * compare->rows[after * channels + c];
      guint8 is = pixels[at * channels + c];

      compare->expected[at * channels + c] =
          fabs (is - value) <= ROUNDING ? is : (guint8)floor (value + 0.5);
    }
}

static void
expect_rows (ImpCompare *compare, int first, int n_rows, const guint8 *pixels)
{
  int n = compare->kept.height;
  int top = find_support (first, n, compare->height).before;
  int bottom = find_support (first + n_rows - 1, n, compare->height).after;
  gsize width = (gsize)compare->width;

  cut_rows (compare, top, bottom - top + 1, compare->rows, compare->rows_covered);
  for (int y = 0; y < n_rows; y++)
    {
      Support support = find_support (first + y, n, compare->height);

      for (gsize x = 0; x < width; x++)
        expect_pixel (compare, (gsize)(support.before - top) * width + x,
                      (gsize)(support.after - top) * width + x, support.part, (gsize)y * width + x,
                      pixels);
    }
}

static void
expect_columns (ImpCompare *compare, int first, int n_rows, const guint8 *pixels)
{
  gsize width = (gsize)compare->width;
  gsize n = (gsize)compare->kept.width;

  cut_rows (compare, first, n_rows, compare->rows, compare->rows_covered);
  for (gsize x = 0; x < width; x++)
    {
      Support support = find_support ((int)x, (int)n, compare->width);

      for (gsize y = 0; y < (gsize)n_rows; y++)
        expect_pixel (compare, y * n + (gsize)support.before, y * n + (gsize)support.after,
                      support.part, y * width + x, pixels);
    }
}

/**
 * imp_expect_band:
 * @compare: a comparison that has begun
 * @first: the band's first row in the file
 * @n_rows: its rows
 * @pixels: the decoded rows, without padding
 *
 * Fills in what the band should be, and which of its pixels are made of covered ones alone.
 */
void
imp_expect_band (ImpCompare *compare, int first, int n_rows, const guint8 *pixels)
{
  if (compare->height != compare->kept.height)
    expect_rows (compare, first, n_rows, pixels);
  else if (compare->width != compare->kept.width)
    expect_columns (compare, first, n_rows, pixels);
  else
    cut_rows (compare, first, n_rows, compare->expected, compare->covered);
}
