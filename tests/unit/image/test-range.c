/* The contrast of a frame without a window comes from what leaves (leaks.md, the master test). */

#include <string.h>

#include "imp-frame.h"

#define WIDTH 97
#define HEIGHT 61

/* Values are the indices less 100; @padding is an index, or negative for none. */
static ImpFrame *
frame_new (int width, int height, const guint16 *pixels, guint n_values, int padding)
{
  g_autoptr (GError) error = NULL;
  g_autofree double *values = g_new (double, n_values);
  g_autofree guint8 *levels = g_new0 (guint8, n_values);
  g_autoptr (GBytes) indices = g_bytes_new (pixels, (gsize)(width * height) * sizeof (guint16));
  g_autoptr (GBytes) value_bytes = NULL;
  g_autoptr (GBytes) tables = g_bytes_new (levels, n_values);
  g_autoptr (GBytes) padding_bytes = NULL;
  ImpFrame *frame = NULL;

  for (guint i = 0; i < n_values; i++)
    values[i] = i - 100.0;
  if (padding >= 0)
    levels[padding] = 1;
  padding_bytes = g_bytes_new (levels, n_values);
  value_bytes = g_bytes_new (values, n_values * sizeof (double));
  frame = imp_frame_new_grey (&(ImpGreyPixels){ .width = width,
                                                .height = height,
                                                .indices = indices,
                                                .values = value_bytes,
                                                .tables = tables,
                                                .padding = padding_bytes,
                                                .ranged = TRUE },
                              &error);
  g_assert_no_error (error);
  return frame;
}

static void
assert_range (const ImpFrame *frame, const ImpRect *covered, gsize n_covered, const ImpRect *kept,
              double low, double high)
{
  ImpWindow window = { 0 };

  g_assert_true (imp_frame_measure_range (frame, covered, n_covered, kept, &window));
  g_assert_cmpint (window.function, ==, IMP_VOI_LINEAR);
  g_assert_cmpfloat (window.centre, ==, (low + high + 1) / 2);
  g_assert_cmpfloat (window.width, ==, high - low + 1);
  /* The lowest is black and the highest, if it is another, white. */
  g_assert_cmpfloat (imp_window_get_level (&window, low), ==, 0);
  g_assert_cmpfloat (imp_window_get_level (&window, high), ==, high > low ? 255 : 0);
}

/* By hand. */
static const guint16 SMALL[] = {
  50,  60, 70,  90,  /* */
  120, 20, 130, 110, /* 20 is the lowest, 250 the highest of all */
  115, 65, 75,  250, /* */
};

static void
test_by_hand (void)
{
  static const ImpRect LOWEST = { 1, 1, 1, 1 };
  static const ImpRect HIGHEST[] = { { 3, 2, 5, 5 }, { 2, 1, 1, 1 }, { 0, 2, 1, 1 } };
  static const ImpRect KEPT = { 1, 1, 2, 2 };
  static const ImpRect BEYOND = { -3, -3, 5, 4 };
  g_autoptr (ImpFrame) frame = frame_new (4, 3, SMALL, 251, -1);

  assert_range (frame, NULL, 0, NULL, 20 - 100, 250 - 100);
  assert_range (frame, &LOWEST, 1, NULL, 50 - 100, 250 - 100);
  assert_range (frame, HIGHEST, 3, NULL, 20 - 100, 120 - 100);
  assert_range (frame, NULL, 0, &KEPT, 20 - 100, 130 - 100);
  assert_range (frame, &LOWEST, 1, &KEPT, 65 - 100, 130 - 100);
  assert_range (frame, &BEYOND, 1, NULL, 20 - 100, 250 - 100);
  assert_range (frame, NULL, 0, &BEYOND, 50 - 100, 60 - 100);
}

/* Row 19: padding does not steer the contrast, unless there is nothing else. */
static void
test_padding (void)
{
  static const ImpRect BUT_ONE[] = {
    { 0, 0, 4, 1 }, { 0, 1, 1, 2 }, { 1, 2, 3, 1 }, { 2, 1, 2, 1 }
  };
  g_autoptr (ImpFrame) frame = frame_new (4, 3, SMALL, 251, 20);

  assert_range (frame, NULL, 0, NULL, 50 - 100, 250 - 100);
  assert_range (frame, BUT_ONE, 4, NULL, 20 - 100, 20 - 100);
}

static void
test_overlay (void)
{
  guint8 drawn[12] = { 0 };
  g_autoptr (ImpFrame) plain = frame_new (4, 3, SMALL, 251, -1);
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (GBytes) mask = NULL;

  drawn[11] = 1; /* over the highest */
  mask = g_bytes_new (drawn, sizeof drawn);
  frame = imp_frame_new_with_overlays (plain, 1, mask, NULL);
  assert_range (frame, NULL, 0, NULL, 20 - 100, 130 - 100);
}

static void
test_nothing_left (void)
{
  static const ImpRect ALL = { -1, -1, 50, 50 };
  static const ImpRect HALVES[] = { { 0, 0, 4, 2 }, { 0, 1, 4, 2 } };
  static const guint8 PIXELS[1] = { 7 };
  ImpWindow window = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (PIXELS, 1);
  g_autoptr (ImpRaster) raster = imp_raster_new (1, 1, 1, bytes, NULL);
  g_autoptr (ImpFrame) finished = imp_frame_new_finished (raster);
  g_autoptr (ImpFrame) frame = frame_new (4, 3, SMALL, 251, -1);

  g_assert_false (imp_frame_measure_range (frame, &ALL, 1, NULL, &window));
  g_assert_false (imp_frame_measure_range (frame, HALVES, 2, NULL, &window));
  g_assert_false (imp_frame_measure_range (frame, NULL, 0, &(ImpRect){ 9, 9, 3, 3 }, &window));
  g_assert_false (imp_frame_measure_range (finished, NULL, 0, NULL, &window));
}

/* One rule for the canvas and for the gate. */
static void
test_choice (void)
{
  const ImpRect all = { 0, 0, 4, 3 };
  const ImpRect box = { 1, 1, 1, 1 };
  const ImpRect left = { 0, 0, 2, 3 };
  const ImpWindow chosen = { 40, 400, IMP_VOI_LINEAR, 0 };
  g_autoptr (ImpFrame) frame = frame_new (4, 3, SMALL, 256, -1);
  ImpWindow measured = { 0 };

  g_assert_null (imp_frame_choose_window (frame, NULL, NULL, 0, NULL, &measured));
  g_assert_null (imp_frame_choose_window (frame, NULL, NULL, 0, &all, &measured));
  g_assert_true (imp_frame_choose_window (frame, &chosen, &box, 1, &left, &measured) == &chosen);
  g_assert_cmpfloat (measured.width, ==, 0);
  g_assert_true (imp_frame_choose_window (frame, NULL, &box, 1, NULL, &measured) == &measured);
  g_assert_cmpfloat (measured.width, ==, 250 - 50 + 1); /* the lowest, 20, is covered */
  g_assert_true (imp_frame_choose_window (frame, NULL, NULL, 0, &left, &measured) == &measured);
  g_assert_cmpfloat (measured.width, ==, 120 - 20 + 1);
  g_assert_null (imp_frame_choose_window (frame, NULL, &all, 1, NULL, &measured));
}

/* Boxes at random, against a look at each pixel. */
static void
test_at_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20);
  g_autofree guint16 *pixels = g_new (guint16, WIDTH * HEIGHT);

  for (int round = 0; round < 300; round++)
    {
      ImpRect boxes[6] = { 0 };
      ImpRect kept = { g_rand_int_range (random, 0, WIDTH - 1),
                       g_rand_int_range (random, 0, HEIGHT - 1), 0, 0 };
      int n_boxes = g_rand_int_range (random, 0, 7);
      double low = G_MAXDOUBLE;
      double high = -G_MAXDOUBLE;
      g_autoptr (ImpFrame) frame = NULL;
      ImpWindow window = { 0 };

      kept.width = g_rand_int_range (random, 1, WIDTH - kept.x + 1);
      kept.height = g_rand_int_range (random, 1, HEIGHT - kept.y + 1);
      for (int i = 0; i < n_boxes; i++)
        boxes[i] = (ImpRect){ g_rand_int_range (random, -20, WIDTH),
                              g_rand_int_range (random, -20, HEIGHT),
                              g_rand_int_range (random, 0, 70), g_rand_int_range (random, 0, 50) };
      for (int i = 0; i < WIDTH * HEIGHT; i++)
        pixels[i] = (guint16)g_rand_int_range (random, 0, 65536);
      frame = frame_new (WIDTH, HEIGHT, pixels, 65536, -1);
      for (int y = kept.y; y < kept.y + kept.height; y++)
        for (int x = kept.x; x < kept.x + kept.width; x++)
          {
            gboolean covered = FALSE;
            double value = pixels[y * WIDTH + x] - 100.0;

            for (int i = 0; i < n_boxes; i++)
              covered = covered
                        || (x >= boxes[i].x && x < boxes[i].x + boxes[i].width && y >= boxes[i].y
                            && y < boxes[i].y + boxes[i].height);
            low = covered ? low : MIN (low, value);
            high = covered ? high : MAX (high, value);
          }
      if (low <= high)
        assert_range (frame, boxes, (gsize)n_boxes, &kept, low, high);
      else
        g_assert_false (imp_frame_measure_range (frame, boxes, (gsize)n_boxes, &kept, &window));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/range/by-hand", test_by_hand);
  g_test_add_func ("/dicom/row-19/padding-does-not-steer", test_padding);
  g_test_add_func ("/range/overlay", test_overlay);
  g_test_add_func ("/range/nothing-left", test_nothing_left);
  g_test_add_func ("/range/choice", test_choice);
  g_test_add_func ("/range/at-random", test_at_random);
  return g_test_run ();
}
