/* The proof of pictures whose pixels were not square, and row 28: whoever makes them square in
 * another way than was promised is found out. */

#include <math.h>
#include <string.h>

#include "files.h"
#include "imp-error.h"
#include "imp-flat-image.h"
#include "pictures.h"

#define WIDTH 120
#define HEIGHT 90

static const ImpRect BOXES[] = { { 24, 16, 41, 33 }, { 70, 50, 33, 1 }, { 90, 10, 1, 60 } };
static const ImpPixelShape SHAPES[] = { { 1, 2 }, { 2, 1 }, { 3, 4 }, { 4, 3 }, { 100, 99 } };

static ImpVerifyReport *
verify (GBytes *file, const ImpRaster *raster, const ImpRect *crop, const ImpPixelShape *shape)
{
  g_autoptr (GError) error = NULL;
  ImpVerifyReport *report = imp_verify_file (file, raster, BOXES, G_N_ELEMENTS (BOXES), crop, shape,
                                             NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static GBytes *
write_pixels (int width, int height, int channels, const guint8 *pixels, ImpFormat format)
{
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, (gsize)width * (gsize)height * (gsize)channels);
  g_autoptr (ImpRaster) raster = imp_raster_new (width, height, channels, bytes, NULL);
  g_autoptr (ImpFlatImage) flat = imp_flat_image_new (raster, NULL, 0, NULL, NULL, NULL);

  return format == IMP_FORMAT_PNG ? imp_encode_png (flat, NULL, NULL)
                                  : imp_encode_jpeg (flat, 95, NULL, NULL);
}

/* Noise is what PNG must bear; JPEG gets a calm picture. */
static void
test_clean (gconstpointer data)
{
  int channels = GPOINTER_TO_INT (data);
  static const ImpRect CROP = { 7, 5, 101, 77 };

  for (guint i = 0; i < G_N_ELEMENTS (SHAPES) * 4; i++)
    {
      const ImpPixelShape *shape = &SHAPES[i / 4];
      const ImpRect *crop = i % 2 == 1 ? &CROP : NULL;
      ImpFormat format = i / 2 % 2 == 1 ? IMP_FORMAT_JPEG : IMP_FORMAT_PNG;
      g_autoptr (ImpRaster) raster = format == IMP_FORMAT_PNG
                                         ? picture_new_noise (WIDTH, HEIGHT, channels, i)
                                         : picture_new (WIDTH, HEIGHT, channels);
      g_autoptr (ImpFlatImage) flat =
          imp_flat_image_new (raster, BOXES, G_N_ELEMENTS (BOXES), crop, shape, NULL);
      g_autoptr (GBytes) file = format == IMP_FORMAT_PNG ? imp_encode_png (flat, NULL, NULL)
                                                         : imp_encode_jpeg (flat, 95, NULL, NULL);
      g_autoptr (ImpVerifyReport) report = verify (file, raster, crop, shape);

      report_print (report);
      g_assert_true (report->flat);
      if (format == IMP_FORMAT_PNG)
        g_assert_true (isinf (report->psnr));
      else
        g_assert_true (report->psnr > 35 && report->psnr < 80);
      g_assert_cmpint (report->width, ==, imp_raster_get_width (imp_flat_image_get_raster (flat)));
    }
}

typedef enum
{
  FAULT_NONE,
  FAULT_NEAREST,     /* rows repeated instead of interpolated */
  FAULT_CORNERS,     /* first on first and last on last: a usual mistake */
  FAULT_SHIFTED,     /* by a tenth of a row */
  FAULT_BEFORE_FILL, /* made square first, boxes filled after: their edges show through */
  FAULT_UNFILLED,    /* a row of a box is not filled */
  FAULT_FAINT,       /* a trace of a box's edge row: two levels */
  FAULT_LOST_ROW,    /* one row less */
} Fault;

static gboolean
is_covered (int x, int y, Fault fault)
{
  for (guint i = 0; i < G_N_ELEMENTS (BOXES); i++)
    if (x >= BOXES[i].x && x < BOXES[i].x + BOXES[i].width && y >= BOXES[i].y
        && y < BOXES[i].y + BOXES[i].height
        && !(fault == FAULT_UNFILLED && i == 0 && y == BOXES[0].y))
      return TRUE;
  return FALSE;
}

static double
old_pixel (const ImpRaster *raster, int x, int y, Fault fault)
{
  double value = imp_raster_get_pixels (raster)[y * WIDTH + x];

  if (fault == FAULT_FAINT && is_covered (x, y, fault) && y == BOXES[0].y && value > 99)
    return 3;
  return fault != FAULT_BEFORE_FILL && is_covered (x, y, fault) ? 0 : value;
}

/* Twice as high, written here once more, with @fault. */
static GBytes *
make_file (const ImpRaster *raster, Fault fault, ImpFormat format)
{
  int height = 2 * HEIGHT - (fault == FAULT_LOST_ROW);
  g_autofree guint8 *pixels = g_new (guint8, WIDTH * 2 * HEIGHT);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        double at = (y + 0.5) / 2 - 0.5;
        int above = 0;
        double value = 0;

        if (fault == FAULT_NEAREST)
          at = floor (y / 2.0);
        else if (fault == FAULT_CORNERS)
          at = y * (HEIGHT - 1.0) / (2.0 * HEIGHT - 1.0);
        else if (fault == FAULT_SHIFTED)
          at += 0.1;
        at = CLAMP (at, 0, HEIGHT - 1);
        above = MIN ((int)at, HEIGHT - 2);
        value = old_pixel (raster, x, above, fault) * (above + 1 - at)
                + old_pixel (raster, x, above + 1, fault) * (at - above);
        if (fault == FAULT_BEFORE_FILL && is_covered (x, y / 2, fault))
          value = 0;
        pixels[y * WIDTH + x] = (guint8)(value + 0.5);
      }
  return write_pixels (WIDTH, height, 1, pixels, format);
}

static void
test_faults (void)
{
  static const struct
  {
    Fault fault;
    const char *what; /* nullable */
  } CASES[] = { { FAULT_NONE, NULL },
                { FAULT_NEAREST, "*outside the boxes differ*" },
                { FAULT_CORNERS, "*outside the boxes differ*" },
                { FAULT_SHIFTED, "*outside the boxes differ*" },
                { FAULT_BEFORE_FILL, "*outside the boxes differ*" },
                { FAULT_UNFILLED, "*under a box*not black*" },
                { FAULT_FAINT, "*under a box*not black*" },
                { FAULT_LOST_ROW, "The file is 120 × 179 pixels, but the picture is 120 × 180." } };
  g_autoptr (ImpRaster) raster = picture_new_noise (WIDTH, HEIGHT, 1, 3);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) file = make_file (raster, CASES[i].fault, IMP_FORMAT_PNG);
      g_autoptr (ImpVerifyReport) report = verify (file, raster, NULL, &SHAPES[0]);

      report_print (report);
      g_assert_cmpint (report->flat, ==, CASES[i].what == NULL);
      if (CASES[i].what != NULL)
        g_assert_true (report_has (report, "pixels", CASES[i].what));
    }
}

/* The same in JPEG, whose tolerance bears rounding and no other picture. */
static void
test_faults_jpeg (void)
{
  g_autoptr (ImpRaster) bright = picture_new_constant (WIDTH, HEIGHT, 1, 220);
  g_autoptr (ImpRaster) calm = picture_new (WIDTH, HEIGHT, 1);
  g_autoptr (GBytes) right = make_file (calm, FAULT_NONE, IMP_FORMAT_JPEG);
  g_autoptr (ImpVerifyReport) good = verify (right, calm, NULL, &SHAPES[0]);
  g_autoptr (GBytes) unfilled = make_file (bright, FAULT_UNFILLED, IMP_FORMAT_JPEG);
  g_autoptr (ImpVerifyReport) seen = verify (unfilled, bright, NULL, &SHAPES[0]);
  g_autoptr (GBytes) short_file = make_file (calm, FAULT_LOST_ROW, IMP_FORMAT_JPEG);
  g_autoptr (ImpVerifyReport) lost = verify (short_file, calm, NULL, &SHAPES[0]);

  report_print (good);
  report_print (seen);
  g_assert_true (good->flat);
  g_assert_true (report_has (seen, "pixels", "*box*"));
  g_assert_true (report_has (lost, "pixels", "The file is 120 × 179 *"));
}

/* One level too much, in what is made of covered pixels alone and in what is not. */
static void
test_one_level (void)
{
  static const struct
  {
    int x, y, difference;
    const char *what;
  } CASES[] = { { 24, 34, 1, "1 pixel under a box is not black." },
                { 64, 96, 1, "1 pixel under a box is not black." },
                { 24, 31, 2, "1 pixel outside the boxes differs*" },
                { 0, 0, -2, "1 pixel outside the boxes differs*" },
                { 119, 179, 2, "1 pixel outside the boxes differs*" } };
  g_autoptr (ImpRaster) raster = picture_new_constant (WIDTH, HEIGHT, 1, 100);
  g_autoptr (ImpFlatImage) flat =
      imp_flat_image_new (raster, BOXES, G_N_ELEMENTS (BOXES), NULL, &SHAPES[0], NULL);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (ImpRaster) changed = picture_change (imp_flat_image_get_raster (flat), CASES[i].x,
                                                      CASES[i].y, CASES[i].difference);
      g_autoptr (ImpFlatImage) other = imp_flat_image_new (changed, NULL, 0, NULL, NULL, NULL);
      g_autoptr (GBytes) file = imp_encode_png (other, NULL, NULL);
      g_autoptr (ImpVerifyReport) report = verify (file, raster, NULL, &SHAPES[0]);

      report_print (report);
      report_assert_only (report, "pixels", CASES[i].what);
    }
}

static void
test_refuses (void)
{
  static const ImpPixelShape NONE[] = { { 0, 1 }, { 1, 0 }, { -1, 2 }, { G_MAXINT, 1 } };
  g_autoptr (ImpRaster) raster = picture_new_constant (WIDTH, HEIGHT, 1, 100);
  g_autoptr (GBytes) file =
      write_pixels (WIDTH, HEIGHT, 1, imp_raster_get_pixels (raster), IMP_FORMAT_PNG);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
    {
      g_assert_null (
          imp_verify_file (file, raster, NULL, 0, NULL, &NONE[i], NULL, NULL, NULL, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/dicom/row-20/proof/grey", GINT_TO_POINTER (1), test_clean);
  g_test_add_data_func ("/dicom/row-20/proof/colour", GINT_TO_POINTER (3), test_clean);
  g_test_add_func ("/leaks/row-28/not-square/faults", test_faults);
  g_test_add_func ("/leaks/row-28/not-square/faults-jpeg", test_faults_jpeg);
  g_test_add_func ("/leaks/row-28/not-square/one-level", test_one_level);
  g_test_add_func ("/dicom/row-20/proof/refuses", test_refuses);
  return g_test_run ();
}
