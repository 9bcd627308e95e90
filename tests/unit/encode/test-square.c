/* Pixels that are not square become square after everything is filled (dicom.md row 20). */

#include <string.h>

#include "imp-error.h"
#include "imp-flat-image.h"
#include "pictures.h"

static const ImpPixelShape SHAPES[] = { { 1, 2 }, { 2, 1 },      { 3, 4 },  { 4, 3 },
                                        { 1, 1 }, { 1000, 999 }, { 5, 16 }, { 999, 1000 } };

static ImpRaster *
raster_of (int width, int height, int channels, const guint8 *pixels)
{
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, (gsize)width * (gsize)height * (gsize)channels);
  g_autoptr (GError) error = NULL;
  ImpRaster *raster = imp_raster_new (width, height, channels, bytes, &error);

  g_assert_no_error (error);
  return raster;
}

static ImpFlatImage *
flatten (const ImpRaster *raster, const ImpRect *boxes, gsize n_boxes, const ImpRect *crop,
         const ImpPixelShape *shape)
{
  g_autoptr (GError) error = NULL;
  ImpFlatImage *flat = imp_flat_image_new (raster, boxes, n_boxes, crop, shape, &error);

  g_assert_no_error (error);
  return flat;
}

static void
assert_pixels (const ImpFlatImage *flat, int width, int height, const guint8 *expected)
{
  ImpRaster *raster = imp_flat_image_get_raster (flat);

  g_assert_cmpint (imp_raster_get_width (raster), ==, width);
  g_assert_cmpint (imp_raster_get_height (raster), ==, height);
  g_assert_cmpmem (imp_raster_get_pixels (raster),
                   imp_raster_get_stride (raster) * (gsize)imp_raster_get_height (raster), expected,
                   (gsize)width * (gsize)height * (gsize)imp_raster_get_channels (raster));
}

/* By hand: new middles at (i + ½) n / n' - ½ of the old. Twice as many: -¼ (the first), ¼, ¾, 1¼,
 * 1¾, 2¼ (the last). Four for three: -⅛, ⅝, 1⅜, 2⅛. */
static void
test_by_hand (void)
{
  static const guint8 THREE[] = { 0, 100, 200 };
  static const guint8 SIX[] = { 0, 25, 75, 125, 175, 200 };
  static const guint8 FOUR[] = { 0, 63, 138, 200 };
  static const guint8 COLOUR[] = { 0, 200, 8, 100, 100, 16 };
  static const guint8 COLOUR_TWICE[] = { 0, 200, 8, 25, 175, 10, 75, 125, 14, 100, 100, 16 };
  g_autoptr (ImpRaster) down = raster_of (1, 3, 1, THREE);
  g_autoptr (ImpRaster) across = raster_of (3, 1, 1, THREE);
  g_autoptr (ImpRaster) colour = raster_of (2, 1, 3, COLOUR);
  g_autoptr (ImpFlatImage) high = flatten (down, NULL, 0, NULL, &(ImpPixelShape){ 1, 2 });
  g_autoptr (ImpFlatImage) wide = flatten (across, NULL, 0, NULL, &(ImpPixelShape){ 2, 1 });
  g_autoptr (ImpFlatImage) higher = flatten (down, NULL, 0, NULL, &(ImpPixelShape){ 3, 4 });
  g_autoptr (ImpFlatImage) wider = flatten (across, NULL, 0, NULL, &(ImpPixelShape){ 4, 3 });
  g_autoptr (ImpFlatImage) flat_colour = flatten (colour, NULL, 0, NULL, &(ImpPixelShape){ 2, 1 });

  assert_pixels (high, 1, 6, SIX);
  assert_pixels (wide, 6, 1, SIX);
  assert_pixels (higher, 1, 4, FOUR);
  assert_pixels (wider, 4, 1, FOUR);
  assert_pixels (flat_colour, 4, 1, COLOUR_TWICE);
}

/* Square pixels are left alone, and so is what is too small for a difference. */
static void
test_square (void)
{
  g_autoptr (ImpRaster) raster = picture_new_noise (400, 300, 3, 5);
  g_autoptr (ImpFlatImage) none = flatten (raster, NULL, 0, NULL, NULL);
  g_autoptr (ImpFlatImage) one = flatten (raster, NULL, 0, NULL, &(ImpPixelShape){ 1, 1 });
  g_autoptr (ImpFlatImage) nearly = flatten (raster, NULL, 0, NULL, &(ImpPixelShape){ 1000, 999 });

  assert_pixels (none, 400, 300, imp_raster_get_pixels (raster));
  assert_pixels (one, 400, 300, imp_raster_get_pixels (raster));
  assert_pixels (nearly, 400, 300, imp_raster_get_pixels (raster));
}

static void
test_sizes (void)
{
  static const struct
  {
    int width, height;
    ImpPixelShape shape;
    int new_width, new_height;
  } CASES[] = { { 640, 480, { 1, 2 }, 640, 960 },
                { 640, 240, { 2, 1 }, 1280, 240 },
                { 7, 5, { 3, 4 }, 7, 7 },            /* 6.67 */
                { 2000, 3, { 1000, 999 }, 2002, 3 }, /* 2002.002 */
                { 720, 576, { 16, 15 }, 768, 576 },
                { 1, 1, { 16, 1 }, 16, 1 },
                { 3, 3, { 1, 16 }, 3, 48 },
                { 5, 9, { 65535, 65534 }, 5, 9 } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (ImpRaster) raster = picture_new (CASES[i].width, CASES[i].height, 1);
      g_autoptr (ImpFlatImage) flat = flatten (raster, NULL, 0, NULL, &CASES[i].shape);

      g_assert_cmpint (imp_raster_get_width (imp_flat_image_get_raster (flat)), ==,
                       CASES[i].new_width);
      g_assert_cmpint (imp_raster_get_height (imp_flat_image_get_raster (flat)), ==,
                       CASES[i].new_height);
    }
}

/* Rows 11 and 12: whatever lies under boxes or beyond the crop, the result is the same. Boxes at
 * odd places, of one row or column, and along the crop's edge. */
static void
test_covers (gconstpointer data)
{
  int channels = GPOINTER_TO_INT (data);
  static const ImpRect BOXES[] = { { 11, 7, 13, 9 }, { 40, 0, 1, 60 }, { 0, 33, 70, 1 },
                                   { 52, 20, 9, 9 }, { 61, 20, 3, 9 }, { -3, 50, 20, 30 } };
  static const ImpRect CROP = { 5, 3, 59, 44 };
  g_autoptr (ImpRaster) raster = picture_new_noise (70, 60, channels, 1);
  g_autoptr (ImpRaster) other = picture_new_noise (70, 60, channels, 2);
  gsize size = (gsize)(70 * 60 * channels);
  g_autofree guint8 *mixed = g_memdup2 (imp_raster_get_pixels (raster), size);
  g_autoptr (ImpRaster) hidden = NULL;

  for (int y = 0; y < 60; y++)
    for (int x = 0; x < 70; x++)
      {
        gboolean leaves =
            x >= CROP.x && x < CROP.x + CROP.width && y >= CROP.y && y < CROP.y + CROP.height;

        for (guint i = 0; i < G_N_ELEMENTS (BOXES); i++)
          if (x >= BOXES[i].x && x < BOXES[i].x + BOXES[i].width && y >= BOXES[i].y
              && y < BOXES[i].y + BOXES[i].height)
            leaves = FALSE;
        for (int c = 0; c < channels && !leaves; c++)
          mixed[(y * 70 + x) * channels + c] =
              imp_raster_get_pixels (other)[(y * 70 + x) * channels + c];
      }
  hidden = raster_of (70, 60, channels, mixed);
  for (guint i = 0; i < G_N_ELEMENTS (SHAPES); i++)
    {
      g_autoptr (ImpFlatImage) one =
          flatten (raster, BOXES, G_N_ELEMENTS (BOXES), &CROP, &SHAPES[i]);
      g_autoptr (ImpFlatImage) two =
          flatten (hidden, BOXES, G_N_ELEMENTS (BOXES), &CROP, &SHAPES[i]);
      ImpRaster *expected = imp_flat_image_get_raster (one);

      assert_pixels (two, imp_raster_get_width (expected), imp_raster_get_height (expected),
                     imp_raster_get_pixels (expected));
    }
}

/* What is made of covered pixels alone is exactly black: white all round, a box of ten rows from 20
 * to 30; twice as high, the rows from 40½ to 59½ lie between covered rows. */
static void
test_black (void)
{
  static const ImpRect BOX = { 0, 20, 8, 10 };
  g_autoptr (ImpRaster) raster = picture_new_constant (8, 50, 1, 255);
  g_autoptr (ImpFlatImage) flat = flatten (raster, &BOX, 1, NULL, &(ImpPixelShape){ 1, 2 });
  const guint8 *pixels = imp_raster_get_pixels (imp_flat_image_get_raster (flat));

  for (int y = 0; y < 100; y++)
    {
      /* 39: ¾ white, 40: ¾ black, 59: ¾ black, 60: ¾ white. */
      guint8 expected = y < 39 || y > 60     ? 255
                        : y == 39 || y == 60 ? 191
                        : y == 40 || y == 59 ? 64
                                             : 0;

      for (int x = 0; x < 8; x++)
        g_assert_cmpuint (pixels[y * 8 + x], ==, expected);
    }
}

static void
test_refuses (void)
{
  static const ImpPixelShape NONE[] = { { 0, 1 }, { 1, 0 }, { -1, 1 }, { 0, 0 }, { 2, -3 } };
  g_autoptr (ImpRaster) raster = picture_new_constant (30000, 2, 1, 9);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
    {
      g_assert_null (imp_flat_image_new (raster, NULL, 0, NULL, &NONE[i], &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
    }
  /* 30,000 × 16,668 is a little more than 500 million. */
  g_assert_null (imp_flat_image_new (raster, NULL, 0, NULL, &(ImpPixelShape){ 1, 8334 }, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (
      imp_flat_image_new (raster, NULL, 0, NULL, &(ImpPixelShape){ G_MAXINT, 1 }, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dicom/row-20/by-hand", test_by_hand);
  g_test_add_func ("/dicom/row-20/square-is-untouched", test_square);
  g_test_add_func ("/dicom/row-20/sizes", test_sizes);
  g_test_add_data_func ("/leaks/row-12/not-square/grey", GINT_TO_POINTER (1), test_covers);
  g_test_add_data_func ("/leaks/row-12/not-square/colour", GINT_TO_POINTER (3), test_covers);
  g_test_add_func ("/leaks/row-11/not-square", test_black);
  g_test_add_func ("/dicom/row-20/refuses", test_refuses);
  return g_test_run ();
}
