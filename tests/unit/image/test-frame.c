#include <math.h>
#include <string.h>

#include "imp-error.h"
#include "imp-frame.h"

#define N 9

/* Values -40 to 40 in steps of 10; shown from 0 to 200 by default. */
static ImpFrame *
frame_new_presented (gboolean inverse, const guint8 *lut)
{
  g_autoptr (GError) error = NULL;
  guint16 indices[N] = { 0 };
  double values[N] = { 0 };
  guint8 levels[N] = { 0 };
  g_autoptr (GBytes) index_bytes = NULL;
  g_autoptr (GBytes) value_bytes = NULL;
  g_autoptr (GBytes) level_bytes = NULL;
  static const guint8 PADDING[N] = { 0 };
  g_autoptr (GBytes) padding_bytes = g_bytes_new_static (PADDING, sizeof PADDING);
  g_autoptr (GBytes) presentation = lut != NULL ? g_bytes_new (lut, IMP_FRAME_PRESENTATION) : NULL;
  ImpFrame *frame = NULL;

  for (guint i = 0; i < N; i++)
    {
      indices[i] = (guint16)i;
      values[i] = 10.0 * i - 40.0;
      levels[i] = (guint8)(25 * i);
    }
  index_bytes = g_bytes_new (indices, sizeof indices);
  value_bytes = g_bytes_new (values, sizeof values);
  level_bytes = g_bytes_new (levels, sizeof levels);
  frame = imp_frame_new_grey (&(ImpGreyPixels){ .width = 3,
                                                .height = 3,
                                                .indices = index_bytes,
                                                .values = value_bytes,
                                                .tables = level_bytes,
                                                .padding = padding_bytes,
                                                .presentation = presentation,
                                                .inverse = inverse },
                              &error);
  g_assert_no_error (error);
  return frame;
}

static ImpFrame *
frame_new (gboolean inverse)
{
  return frame_new_presented (inverse, NULL);
}

static void
assert_levels (const ImpFrame *frame, const ImpWindow *window, const guint8 *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = imp_frame_render (frame, window, &error);

  g_assert_no_error (error);
  g_assert_cmpint (imp_raster_get_channels (raster), ==, 1);
  g_assert_cmpint (imp_raster_get_width (raster), ==, 3);
  g_assert_cmpmem (imp_raster_get_pixels (raster), N, expected, N);
}

static void
test_default (void)
{
  static const guint8 EXPECTED[N] = { 0, 25, 50, 75, 100, 125, 150, 175, 200 };
  g_autoptr (ImpFrame) frame = frame_new (FALSE);
  g_autoptr (ImpFrame) inverse = frame_new (TRUE);

  assert_levels (frame, NULL, EXPECTED);
  assert_levels (inverse, NULL, EXPECTED); /* the caller has inverted these already */
}

/* PS3.3 C.11.2.1.2.1: c = 10, w = 41: if x <= c - 0.5 - 20: 0; if x > c - 0.5 + 20: 255; else
 * ((x - 9.5) / 40 + 0.5) * 255. By hand: -10 is above -10.5: 3.1875; 0: 66.9375; 10: 130.6875;
 * 20: 194.4375; 30 is above 29.5. */
static void
test_linear (void)
{
  static const guint8 EXPECTED[N] = { 0, 0, 0, 3, 67, 131, 194, 255, 255 };
  static const guint8 INVERSE[N] = { 255, 255, 255, 252, 188, 124, 61, 0, 0 };
  ImpWindow window = { 10, 41, IMP_VOI_LINEAR };
  g_autoptr (ImpFrame) frame = frame_new (FALSE);
  g_autoptr (ImpFrame) inverse = frame_new (TRUE);

  assert_levels (frame, &window, EXPECTED);
  assert_levels (inverse, &window, INVERSE);
}

/* The example of PS3.3 C.11.2.1.2.1: c = 2048, w = 4096 gives for x = 0: if (x <= 0) 0, and for
 * x > 4095: 255. */
static void
test_linear_of_the_standard (void)
{
  static const double VALUES[] = { -1, 0, 1, 2047.5, 4095, 4096 };
  static const guint8 EXPECTED[] = { 0, 0, 0, 128, 255, 255 }; /* 1: 0.06; 2047.5: 127.5 */
  ImpWindow window = { 2048, 4096, IMP_VOI_LINEAR };
  guint16 index = 0;
  guint8 levels[6] = { 0 };
  g_autoptr (GBytes) indices = g_bytes_new (&index, sizeof index);
  g_autoptr (GBytes) values = g_bytes_new (VALUES, sizeof VALUES);
  g_autoptr (GBytes) defaults = g_bytes_new (levels, sizeof levels);
  g_autoptr (ImpFrame) frame = imp_frame_new_grey (&(ImpGreyPixels){ .width = 1,
                                                                     .height = 1,
                                                                     .indices = indices,
                                                                     .values = values,
                                                                     .tables = defaults,
                                                                     .padding = defaults },
                                                   NULL);

  imp_frame_fill_levels (frame, &window, levels);
  g_assert_cmpmem (levels, 6, EXPECTED, 6);
}

/* C.11.2.1.2.1 with w = 1: x <= c - 0.5 is 0, above is 255. */
static void
test_linear_of_width_one (void)
{
  static const guint8 AT_TEN[N] = { 0, 0, 0, 0, 0, 255, 255, 255, 255 };
  static const guint8 AT_TEN_AND_A_HALF[N] = { 0, 0, 0, 0, 0, 0, 255, 255, 255 };
  g_autoptr (ImpFrame) frame = frame_new (FALSE);

  assert_levels (frame, &(ImpWindow){ 10, 1, IMP_VOI_LINEAR }, AT_TEN);
  assert_levels (frame, &(ImpWindow){ 10.5, 1, IMP_VOI_LINEAR }, AT_TEN_AND_A_HALF);
}

/* C.11.2.1.3.2: c = 10, w = 40: ((x - 10) / 40 + 0.5) * 255. -10: 0; 0: 63.75; 10: 127.5;
 * 20: 191.25; 30: 255. */
static void
test_linear_exact (void)
{
  static const guint8 EXPECTED[N] = { 0, 0, 0, 0, 64, 128, 191, 255, 255 };
  g_autoptr (ImpFrame) frame = frame_new (FALSE);

  assert_levels (frame, &(ImpWindow){ 10, 40, IMP_VOI_LINEAR_EXACT }, EXPECTED);
  /* Narrower than one is allowed here. */
  assert_levels (frame, &(ImpWindow){ 10, 0.5, IMP_VOI_LINEAR_EXACT },
                 (const guint8[N]){ 0, 0, 0, 0, 0, 128, 255, 255, 255 });
}

/* C.11.2.1.3.1: 255 / (1 + exp (-4 (x - c) / w)), c = 0, w = 40: exp (4) = 54.598 and so on:
 * -40: 4.586; -30: 12.094; -20: 30.396; -10: 68.580; 0: 127.5. */
static void
test_sigmoid (void)
{
  static const guint8 EXPECTED[N] = { 5, 12, 30, 69, 128, 186, 225, 243, 250 };
  g_autoptr (ImpFrame) frame = frame_new (FALSE);

  assert_levels (frame, &(ImpWindow){ 0, 40, IMP_VOI_SIGMOID }, EXPECTED);
}

static void
test_refuses_windows (void)
{
  static const ImpWindow WRONG[] = { { 0, 0, IMP_VOI_LINEAR },
                                     { 0, 0.5, IMP_VOI_LINEAR },
                                     { 0, -4, IMP_VOI_LINEAR },
                                     { NAN, 40, IMP_VOI_LINEAR },
                                     { INFINITY, 40, IMP_VOI_LINEAR },
                                     { 0, NAN, IMP_VOI_SIGMOID },
                                     { 0, INFINITY, IMP_VOI_LINEAR_EXACT },
                                     { 0, 0, IMP_VOI_SIGMOID },
                                     { 0, -1, IMP_VOI_LINEAR_EXACT } };
  g_autoptr (ImpFrame) frame = frame_new (FALSE);
  g_autoptr (ImpRaster) raster = imp_frame_render (frame, NULL, NULL);
  g_autoptr (ImpFrame) finished = imp_frame_new_finished (raster);
  g_autoptr (ImpRaster) same = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_assert_null (imp_frame_render (frame, &WRONG[i], &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
    }
  g_assert_null (imp_frame_render (finished, &(ImpWindow){ 10, 40, IMP_VOI_LINEAR }, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  same = imp_frame_render (finished, NULL, NULL);
  g_assert_true (same == raster);
  g_assert_false (imp_frame_can_window (finished));
  g_assert_true (imp_frame_can_window (frame));
  g_assert_true (imp_frame_get_finished (finished) == raster);
}

/* A presentation LUT that turns black and white over in its lower half, and is white in its upper
 * one: it comes after the window, and of overlays knows nothing. Levels by hand: the window of
 * test_linear() gives 0 0 0 3.1875 66.9375 130.6875 194.4375 255 255. */
static void
test_presentation (void)
{
  static const guint8 EXPECTED[N] = { 255, 255, 255, 249, 121, 255, 255, 255, 255 };
  static const guint8 DEFAULT[N] = { 0, 25, 50, 75, 100, 125, 150, 175, 200 };
  const ImpWindow window = { 10, 41, IMP_VOI_LINEAR };
  guint8 lut[IMP_FRAME_PRESENTATION] = { 0 };
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpFrame) drawn = NULL;
  g_autoptr (GBytes) mask = g_bytes_new_static (DEFAULT, N);
  guint8 levels[N] = { 0 };

  for (guint k = 0; k < IMP_FRAME_PRESENTATION; k++)
    lut[k] = k < 2048 ? (guint8)(255 - 2 * (k * 255 / 4095.0) + 0.5) : 255;
  frame = frame_new_presented (FALSE, lut);
  assert_levels (frame, &window, EXPECTED);
  assert_levels (frame, NULL, DEFAULT); /* the caller has put these through it already */
  drawn = imp_frame_new_with_overlays (frame, 1, mask, NULL);
  imp_frame_fill_levels (drawn, &window, levels);
  g_assert_cmpmem (levels, N, EXPECTED, N);
}

static void
test_values (void)
{
  g_autoptr (ImpFrame) frame = frame_new (FALSE);
  g_autoptr (ImpFrame) again = imp_frame_ref (frame);

  g_assert_cmpuint (imp_frame_get_n_values (frame), ==, N);
  g_assert_cmpfloat (imp_frame_get_value (frame, 8), ==, 40);
  g_assert_cmpfloat (imp_frame_get_value (frame, 9), ==, 0);
  g_assert_cmpuint (imp_frame_get_indices (frame)[5], ==, 5);
  g_assert_cmpint (imp_frame_get_width (again), ==, 3);
  g_assert_cmpint (imp_frame_get_height (again), ==, 3);
}

static void
test_refuses_frames (void)
{
  static const guint16 INDICES[4] = { 0, 1, 2, 3 };
  static const double VALUES[4] = { 0, 1, 2, 3 };
  static const guint8 LEVELS[4] = { 0 };
  const struct
  {
    int width, height;
    gsize n_indices, n_values, n_levels; /* in bytes */
  } WRONG[] = { { 2, 2, 6, 32, 4 },   { 2, 2, 8, 24, 3 },
                { 2, 2, 8, 32, 3 },   { 0, 2, 0, 32, 4 },
                { -2, -2, 8, 32, 4 }, { 2, 2, 8, 31, 4 },
                { 2, 2, 8, 0, 0 },    { G_MAXINT, G_MAXINT, 8, 32, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (GBytes) indices = g_bytes_new_static (INDICES, WRONG[i].n_indices);
      g_autoptr (GBytes) values = g_bytes_new_static (VALUES, WRONG[i].n_values);
      g_autoptr (GBytes) levels = g_bytes_new_static (LEVELS, WRONG[i].n_levels);
      g_autoptr (GError) error = NULL;

      g_assert_null (imp_frame_new_grey (&(ImpGreyPixels){ .width = WRONG[i].width,
                                                           .height = WRONG[i].height,
                                                           .indices = indices,
                                                           .values = values,
                                                           .tables = levels,
                                                           .padding = levels },
                                         &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
    }
}

/* What a helper that was taken over might send as modality values. */
static void
test_values_are_numbers (void)
{
  static const double WRONG[] = { NAN, INFINITY, -INFINITY };
  guint16 index = 0;
  guint8 levels[2] = { 0 };
  g_autoptr (GBytes) indices = g_bytes_new (&index, sizeof index);
  g_autoptr (GBytes) tables = g_bytes_new (levels, sizeof levels);

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      double numbers[2] = { 1, WRONG[i] };
      g_autoptr (GBytes) values = g_bytes_new (numbers, sizeof numbers);
      g_autoptr (GError) error = NULL;

      g_assert_null (imp_frame_new_grey (&(ImpGreyPixels){ .width = 1,
                                                           .height = 1,
                                                           .indices = indices,
                                                           .values = values,
                                                           .tables = tables,
                                                           .padding = tables },
                                         &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
    }
}

/* A window that nobody checked: NaN levels are black, or white where the picture is inverse. */
static void
test_levels_are_numbers (void)
{
  guint8 levels[N] = { 7 };
  ImpWindow window = { NAN, 10, IMP_VOI_LINEAR };
  g_autoptr (ImpFrame) frame = frame_new (FALSE);

  imp_frame_fill_levels (frame, &window, levels);
  for (guint i = 0; i < N; i++)
    g_assert_cmpuint (levels[i], ==, 0);
}

/* A presentation LUT one entry too short. */
static void
test_refuses_presentation (void)
{
  static const guint16 INDEX = 0;
  static const double VALUE = 0;
  static const guint8 LUT[IMP_FRAME_PRESENTATION] = { 0 };
  g_autoptr (GBytes) indices = g_bytes_new_static (&INDEX, sizeof INDEX);
  g_autoptr (GBytes) values = g_bytes_new_static (&VALUE, sizeof VALUE);
  g_autoptr (GBytes) levels = g_bytes_new_static (LUT, 1);
  g_autoptr (GBytes) presentation = g_bytes_new_static (LUT, sizeof LUT - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (imp_frame_new_grey (&(ImpGreyPixels){ .width = 1,
                                                       .height = 1,
                                                       .indices = indices,
                                                       .values = values,
                                                       .tables = levels,
                                                       .padding = levels,
                                                       .presentation = presentation },
                                     &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
}

static void
test_raster_refuses (void)
{
  static const guint8 PIXELS[12] = { 0 };
  static const struct
  {
    int width, height, channels;
    gsize size;
  } CASES[] = {
    { 2, 2, 3, 11 }, { 2, 2, 1, 5 },   { 2, 2, 2, 8 }, { 2, 3, 4, 12 }, { 0, 2, 1, 0 },
    { 2, 0, 1, 0 },  { -2, -2, 1, 4 }, { 2, 2, 0, 0 }, { 2, -2, 1, 4 }, { 2, 2, -3, 12 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) pixels = g_bytes_new_static (PIXELS, CASES[i].size);
      g_autoptr (GError) error = NULL;

      g_assert_null (
          imp_raster_new (CASES[i].width, CASES[i].height, CASES[i].channels, pixels, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
    }
}

static void
test_raster (void)
{
  static const guint8 PIXELS[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
  g_autoptr (GBytes) pixels = g_bytes_new_static (PIXELS, 12);
  g_autoptr (ImpRaster) raster = imp_raster_new (2, 2, 3, pixels, NULL);
  g_autoptr (ImpRaster) again = imp_raster_ref (raster);
  g_autofree char *hash = imp_raster_hash (again);
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, PIXELS, 12);

  g_assert_cmpuint (imp_raster_get_stride (raster), ==, 6);
  g_assert_cmpint (imp_raster_get_channels (raster), ==, 3);
  g_assert_true (imp_raster_get_pixels (raster) == PIXELS);
  g_assert_true (imp_raster_get_bytes (raster) == pixels);
  g_assert_cmpstr (hash, ==, expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/default", test_default);
  g_test_add_func ("/frame/linear", test_linear);
  g_test_add_func ("/dicom/row-13/presentation", test_presentation);
  g_test_add_func ("/frame/linear-of-the-standard", test_linear_of_the_standard);
  g_test_add_func ("/frame/linear-of-width-one", test_linear_of_width_one);
  g_test_add_func ("/frame/linear-exact", test_linear_exact);
  g_test_add_func ("/frame/sigmoid", test_sigmoid);
  g_test_add_func ("/frame/values", test_values);
  g_test_add_func ("/frame/refuses-windows", test_refuses_windows);
  g_test_add_func ("/frame/refuses-frames", test_refuses_frames);
  g_test_add_func ("/frame/refuses-presentation", test_refuses_presentation);
  g_test_add_func ("/raster/basics", test_raster);
  g_test_add_func ("/image/frame/values-are-numbers", test_values_are_numbers);
  g_test_add_func ("/image/frame/levels-are-numbers", test_levels_are_numbers);
  g_test_add_func ("/raster/refuses", test_raster_refuses);
  return g_test_run ();
}
