/* The detector, which finds writing without reading it: on pictures in which the test itself knows
 * where it wrote. */
#include <string.h>

#include "drawing.h"
#include "imp-detect.h"

#define LEAST (-1.5)

static GArray *
detect (const Drawing *drawing)
{
  g_autoptr (ImpPlane) plane = imp_plane_new (drawing->width, drawing->height);

  memcpy (plane->data, drawing->pixels, (gsize)plane->width * (gsize)plane->height);
  return imp_detect (plane, LEAST);
}

/* The share of a rectangle that lies in candidates. */
static double
covered (const GArray *candidates, const ImpRect *rect)
{
  guint n = 0;

  for (int y = rect->y; y < rect->y + rect->height; y++)
    for (int x = rect->x; x < rect->x + rect->width; x++)
      for (guint i = 0; i < candidates->len; i++)
        {
          const ImpCandidate *at = &g_array_index (candidates, ImpCandidate, i);

          if (x >= at->x0 && x < at->x1 && y >= at->y0 && y < at->y1)
            {
              n++;
              break;
            }
        }
  return (double)n / (rect->width * rect->height);
}

static void
assert_found (const Drawing *drawing, const ImpRect *rect)
{
  g_autoptr (GArray) candidates = detect (drawing);

  g_assert_cmpfloat (covered (candidates, rect), >=, 0.99);
}

static void
test_heights (void)
{
  static const int heights[] = { 8, 9, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 72, 80 };

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      g_autoptr (Drawing) light = drawing_new (900, 300, 20);
      g_autoptr (Drawing) dark = drawing_new (900, 300, 200);
      ImpRect rect = drawing_write (light, 40, 80, "H204417 EXA", heights[i], 0, 230);

      g_test_message ("%d pixels, light", heights[i]);
      assert_found (light, &rect);
      rect = drawing_write (dark, 40, 80, "H204417 EXA", heights[i], 0, 10);
      g_test_message ("%d pixels, dark", heights[i]);
      assert_found (dark, &rect);
    }
}

static void
test_turns (void)
{
  for (int turn = 0; turn < 360; turn += 90)
    for (int height = 8; height <= 64; height *= 2)
      {
        g_autoptr (Drawing) drawing = drawing_new (800, 800, 40);
        ImpRect rect = drawing_write (drawing, 100, 60, "EXAMPLE 1948", height, turn, 250);

        g_test_message ("%d pixels, turned by %d", height, turn);
        assert_found (drawing, &rect);
      }
}

/* What the eye does not see on an unlit screen. */
static void
test_faint (void)
{
  for (int contrast = 2; contrast <= 8; contrast++)
    for (int height = 10; height <= 40; height += 10)
      {
        g_autoptr (Drawing) drawing = drawing_new (700, 200, 0);
        ImpRect rect = drawing_write (drawing, 30, 50, "EXAMPLE A 1948", height, 0, contrast);

        g_test_message ("%d levels, %d pixels", contrast, height);
        assert_found (drawing, &rect);
      }
}

static void
test_in_noise (void)
{
  for (int strength = 4; strength <= 32; strength *= 2)
    {
      g_autoptr (Drawing) drawing = drawing_new (700, 400, 90);
      ImpRect rect = { 0 };

      drawing_grain (drawing, 7, strength);
      rect = drawing_write (drawing, 200, 150, "EXAMPLE PERSON", 18, 0, 250);
      g_test_message ("noise of %d", strength);
      assert_found (drawing, &rect);
    }
}

static void
test_in_every_corner (void)
{
  static const int places[][2] = { { 0, 0 }, { 1, 0 }, { 0, 1 }, { 1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (Drawing) probe = drawing_new (600, 400, 0);
      g_autoptr (Drawing) drawing = drawing_new (600, 400, 0);
      ImpRect size = drawing_write (probe, 0, 0, "H204417", 16, 0, 200);
      ImpRect rect = drawing_write (drawing, places[i][0] * (600 - size.width),
                                    places[i][1] * (400 - size.height), "H204417", 16, 0, 200);

      assert_found (drawing, &rect);
    }
}

/* Over a seam of the tiles that a large picture is looked at in. */
static void
test_large (void)
{
  g_autoptr (Drawing) drawing = drawing_new (4500, 2400, 30);
  ImpRect over = drawing_write (drawing, 1700, 1780, "EXAMPLE PERSON A", 40, 0, 220);
  ImpRect far = drawing_write (drawing, 4100, 2340, "H204417", 24, 0, 220);

  assert_found (drawing, &over);
  assert_found (drawing, &far);
}

static void
test_nothing (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 2, 3 }, { 7, 400 }, { 16, 16 }, { 1000, 700 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int level = 0; level <= 255; level += 85)
      {
        g_autoptr (Drawing) drawing = drawing_new (sizes[i][0], sizes[i][1], (guint8)level);
        g_autoptr (GArray) candidates = detect (drawing);

        g_assert_cmpuint (candidates->len, ==, 0);
      }
}

/* Noise has no writing in it: next to nothing of it is taken for some. */
static void
test_noise (void)
{
  for (int strength = 1; strength <= 127; strength = strength * 3 + 1)
    {
      g_autoptr (Drawing) drawing = drawing_new (800, 600, 128);
      g_autoptr (GArray) candidates = NULL;
      gint64 area = 0;

      drawing_grain (drawing, (guint32)strength, strength);
      candidates = detect (drawing);
      for (guint i = 0; i < candidates->len; i++)
        {
          const ImpCandidate *at = &g_array_index (candidates, ImpCandidate, i);

          area += (gint64)(at->x1 - at->x0) * (at->y1 - at->y0);
        }
      g_test_message ("noise of %d: %u candidates", strength, candidates->len);
      g_assert_cmpint (area, <, 800 * 600 / 50);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screener/detect/heights", test_heights);
  g_test_add_func ("/screener/detect/turns", test_turns);
  g_test_add_func ("/screener/detect/faint", test_faint);
  g_test_add_func ("/screener/detect/in-noise", test_in_noise);
  g_test_add_func ("/screener/detect/in-every-corner", test_in_every_corner);
  g_test_add_func ("/screener/detect/large", test_large);
  g_test_add_func ("/screener/detect/nothing", test_nothing);
  g_test_add_func ("/screener/detect/noise", test_noise);
  return g_test_run ();
}
