#include "imp-reveal.h"

/* Each cell of that many pixels a side has a table of its own, made of it and of as much again
 * around it: small enough that a bright part of the picture does not take its surroundings' share
 * of the grey levels, large enough that a letter's ground is in sight from within its strokes. */
#define CELL 32

typedef struct
{
  const guint8 *pixels; /* of the channel, from the first one on */
  int width;
  int height;
  int step; /* from one pixel of the channel to the next */
} Plane;

typedef struct
{
  guint8 *levels; /* owned: a table of 256 for each cell, row by row */
  int columns;
  int rows;
} Tables;

/* Spreads the levels around one cell evenly: each goes to the middle of the share of pixels that
 * have it. What all the ground has goes to middle grey, and what a few letters have to near white
 * or near black, however little lies between the two. */
static void
fill_table (const Plane *plane, int column, int row, guint8 *table)
{
  guint counts[256] = { 0 };
  int left = MAX (column * CELL - CELL / 2, 0);
  int top = MAX (row * CELL - CELL / 2, 0);
  int right = MIN (column * CELL + CELL + CELL / 2, plane->width);
  int bottom = MIN (row * CELL + CELL + CELL / 2, plane->height);
  guint n_pixels = (guint)((right - left) * (bottom - top));
  guint below = 0;

  for (int y = top; y < bottom; y++)
    {
      const guint8 *pixel =
          plane->pixels + ((gsize)y * (gsize)plane->width + (gsize)left) * (gsize)plane->step;

      for (int x = left; x < right; x++, pixel += plane->step)
        counts[*pixel]++;
    }
  for (guint level = 0; level < 256; level++)
    {
      table[level] = (guint8)((2 * below + counts[level]) * 255 / (2 * n_pixels));
      below += counts[level];
    }
}

static void
make_tables (const Plane *plane, Tables *tables)
{
  tables->columns = (plane->width + CELL - 1) / CELL;
  tables->rows = (plane->height + CELL - 1) / CELL;
  tables->levels = g_malloc ((gsize)tables->columns * (gsize)tables->rows * 256);
  for (int row = 0; row < tables->rows; row++)
    for (int column = 0; column < tables->columns; column++)
      fill_table (plane, column, row,
                  tables->levels + ((gsize)row * (gsize)tables->columns + (gsize)column) * 256);
}

/* Between which two cells' middles a place lies, and how far it is to the second one. */
static void
find_neighbours (int place, int n_cells, int *first, int *second, int *weight)
{
  int from_middle = place - CELL / 2;

  *first = from_middle < 0 ? 0 : from_middle / CELL;
  *second = MIN (*first + 1, n_cells - 1);
  *weight = from_middle < 0 ? 0 : from_middle % CELL;
}

/* Each pixel through the tables of the four cells around it, by how near they are. */
static void
spread_row (const Plane *plane, const Tables *tables, int y, guint8 *out)
{
  const guint8 *pixel = plane->pixels + (gsize)y * (gsize)plane->width * (gsize)plane->step;
  int above = 0;
  int below = 0;
  int down = 0;

  find_neighbours (y, tables->rows, &above, &below, &down);
  for (int x = 0; x < plane->width; x++, pixel += plane->step, out += plane->step)
    {
      const guint8 *upper = tables->levels + (gsize)above * (gsize)tables->columns * 256 + *pixel;
      const guint8 *lower = tables->levels + (gsize)below * (gsize)tables->columns * 256 + *pixel;
      int left = 0;
      int right = 0;
      int across = 0;
      int sum = 0;

      find_neighbours (x, tables->columns, &left, &right, &across);
      sum = (CELL - down) * ((CELL - across) * upper[left * 256] + across * upper[right * 256])
            + down * ((CELL - across) * lower[left * 256] + across * lower[right * 256]);
      *out = (guint8)(sum / (CELL * CELL));
    }
}

/**
 * imp_reveal:
 * @raster: a picture
 *
 * Spreads the levels of each colour by what lies around them, so that writing of one or two levels
 * above or below its ground stands out from it. Noise stands out as well. Takes time in proportion
 * to the pixels: not for the main loop.
 *
 * Returns: (transfer full): a picture of the same size, to be looked at and for nothing else
 */
ImpRaster *
imp_reveal (const ImpRaster *raster)
{
  int channels = imp_raster_get_channels (raster);
  int height = imp_raster_get_height (raster);
  gsize stride = imp_raster_get_stride (raster);
  guint8 *levels = g_malloc (stride * (gsize)height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (levels, stride * (gsize)height);

  for (int channel = 0; channel < channels; channel++)
    {
      const Plane plane = { imp_raster_get_pixels (raster) + channel, imp_raster_get_width (raster),
                            height, channels };
      Tables tables = { NULL, 0, 0 };

      make_tables (&plane, &tables);
      for (int y = 0; y < height; y++)
        spread_row (&plane, &tables, y, levels + (gsize)y * stride + channel);
      g_free (tables.levels);
    }
  return imp_raster_new (imp_raster_get_width (raster), height, channels, bytes, NULL);
}
