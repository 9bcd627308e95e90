/* Writing that nobody sees becomes visible: leaks.md row 15. Letters here are strokes of one pixel
 * or more on grounds of every kind; how visible they are is counted from where they were drawn. */
#include "imp-reveal.h"

#include <math.h>

#define WIDTH 300
#define HEIGHT 200

/* The upright and the bar of a letter T of @size pixels every @size pixels and a half. */
static gboolean
is_stroke (int x, int y, int size)
{
  int column = (x - 40) % (size + size / 2);
  int row = y - 90;
  int thick = MAX (size / 8, 1);

  return x >= 40 && x < 240 && row >= 0 && row < size && column < size
         && (row < thick || (column >= size / 2 && column < size / 2 + thick));
}

typedef guint8 (*Ground) (int x, int y);

static guint8
black (int x, int y)
{
  return 0;
}

static guint8
white (int x, int y)
{
  return 255;
}

/* One level more every 25 pixels. */
static guint8
slope (int x, int y)
{
  return (guint8)(100 + x / 25);
}

/* A bright fan above, twenty pixels from the letters. */
static guint8
beside_fan (int x, int y)
{
  return (guint8)(y < 70 ? 60 + (x * 7 + y * 13) % 150 : 3);
}

static ImpRaster *
draw (Ground ground, int difference, int size, int channels)
{
  guint8 *pixels = g_malloc ((gsize)(WIDTH * HEIGHT * channels));
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, (gsize)(WIDTH * HEIGHT * channels));

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      for (int channel = 0; channel < channels; channel++)
        *pixels++ =
            (guint8)(ground (x, y)
                     /* in colour only the blue differs, as of letters on a blue bar */
                     + (is_stroke (x, y, size) && channel == channels - 1 ? difference : 0));
  return imp_raster_new (WIDTH, HEIGHT, channels, bytes, NULL);
}

static int
level_at (const ImpRaster *raster, int x, int y)
{
  int channels = imp_raster_get_channels (raster);

  return imp_raster_get_pixels (raster)[(y * WIDTH + x) * channels + channels - 1];
}

/* The least that a stroke's pixel differs from the ground's four pixels left of the letter. */
static int
measure (const ImpRaster *raster, int size)
{
  int least = 255;

  for (int y = 90; y < 90 + size; y++)
    for (int x = 40; x < 240; x++)
      if (is_stroke (x, y, size) && !is_stroke (x - 1, y, size))
        least = MIN (least, abs (level_at (raster, x, y) - level_at (raster, x - 1, y)));
  return least;
}

static void
test_faint (void)
{
  const Ground grounds[] = { black, white, slope, beside_fan };
  const int sizes[] = { 8, 16, 40, 80 };

  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
    for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
      for (int difference = 1; difference <= 2; difference++)
        {
          int sign = grounds[i] == white ? -1 : 1;
          g_autoptr (ImpRaster) raster = draw (grounds[i], sign * difference, sizes[size], 1);
          g_autoptr (ImpRaster) revealed = imp_reveal (raster);

          g_assert_cmpint (measure (raster, sizes[size]), <=, difference);
          g_test_message ("ground %u, %d px, %d levels: %d", i, sizes[size], difference,
                          measure (revealed, sizes[size]));
          g_assert_cmpint (measure (revealed, sizes[size]), >=, 40);
        }
}

static void
test_colour (void)
{
  g_autoptr (ImpRaster) raster = draw (slope, 2, 16, 3);
  g_autoptr (ImpRaster) revealed = imp_reveal (raster);

  g_assert_cmpint (imp_raster_get_channels (revealed), ==, 3);
  g_assert_cmpint (measure (revealed, 16), >=, 40);
}

/* What is plain stays plain: no writing is made up. */
static void
test_plain (void)
{
  g_autoptr (ImpRaster) raster = draw (black, 0, 16, 1);
  g_autoptr (ImpRaster) revealed = imp_reveal (raster);
  const guint8 *pixels = imp_raster_get_pixels (revealed);

  for (int i = 1; i < WIDTH * HEIGHT; i++)
    g_assert_cmpint (pixels[i], ==, pixels[0]);
}

/* Pictures smaller than a cell, or one pixel more. */
static void
test_sizes (void)
{
  const int sizes[] = { 1, 2, 16, 31, 32, 33, 64, 65 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        gsize size = (gsize)(sizes[i] * sizes[j]);
        guint8 *pixels = g_malloc (size);
        g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, size);
        g_autoptr (ImpRaster) raster = NULL;
        g_autoptr (ImpRaster) revealed = NULL;

        for (gsize k = 0; k < size; k++)
          pixels[k] = (guint8)(k % 2 == 0 ? 17 : 18);
        raster = imp_raster_new (sizes[i], sizes[j], 1, bytes, NULL);
        revealed = imp_reveal (raster);
        g_assert_cmpint (imp_raster_get_width (revealed), ==, sizes[i]);
        g_assert_cmpint (imp_raster_get_height (revealed), ==, sizes[j]);
        if (size > 1)
          g_assert_cmpint (imp_raster_get_pixels (revealed)[1], >=,
                           imp_raster_get_pixels (revealed)[0] + 100);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaks/row-15/reveal/faint", test_faint);
  g_test_add_func ("/leaks/row-15/reveal/colour", test_colour);
  g_test_add_func ("/reveal/plain", test_plain);
  g_test_add_func ("/reveal/sizes", test_sizes);
  return g_test_run ();
}
