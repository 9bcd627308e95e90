/* The proof of our own files, and row 28: a fault planted in one is found. */

#include <math.h>
#include <string.h>

#include <zlib.h>

#include "files.h"
#include "imp-error.h"
#include "imp-flat-image.h"
#include "pictures.h"

static const ImpRect BOXES[] = { { 24, 16, 41, 33 }, { 100, 60, 90, 50 } };

static GBytes *
release (const ImpRaster *raster, ImpFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFlatImage) flat =
      imp_flat_image_new (raster, BOXES, G_N_ELEMENTS (BOXES), NULL, NULL, &error);
  GBytes *file = format == IMP_FORMAT_PNG ? imp_encode_png (flat, NULL, &error)
                                          : imp_encode_jpeg (flat, 90, NULL, &error);

  g_assert_no_error (error);
  return file;
}

static ImpVerifyReport *
verify (GBytes *file, const ImpRaster *raster, const char *const *identifiers, const char *name)
{
  g_autoptr (GError) error = NULL;
  ImpVerifyReport *report = imp_verify_file (file, raster, BOXES, G_N_ELEMENTS (BOXES), NULL, NULL,
                                             identifiers, name, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (report->flat, ==, report->findings->len == 0);
  return report;
}

static void
test_clean (gconstpointer data)
{
  int channels = GPOINTER_TO_INT (data);
  static const char *const IDENTIFIERS[] = { "EXAMPLE^PERSON A", "H204417", "19700101", NULL };
  g_autoptr (ImpRaster) raster = picture_new (200, 150, channels);

  for (int format = IMP_FORMAT_PNG; format <= IMP_FORMAT_JPEG; format++)
    {
      g_autoptr (GBytes) file = release (raster, (ImpFormat)format);
      g_autoptr (ImpVerifyReport) report = verify (file, raster, IDENTIFIERS, "image-x1.png");
      g_autoptr (ImpVerifyReport) walk = imp_verify_walk (file);
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);

      report_print (report);
      g_assert_true (report->flat);
      g_assert_true (walk->flat);
      g_assert_cmpint (report->width, ==, 200);
      g_assert_cmpint (report->height, ==, 150);
      g_assert_cmpstr (report->format, ==, format == IMP_FORMAT_PNG ? "png" : "jpeg");
      g_assert_cmpstr (report->sha256, ==, hash);
      g_assert_cmpstr (walk->sha256, ==, hash);
      g_assert_true (isnan (walk->psnr));
      if (format == IMP_FORMAT_PNG)
        g_assert_true (isinf (report->psnr) && isinf (report->worst_psnr));
      else
        g_assert_true (report->psnr > 35 && report->worst_psnr <= report->psnr);
    }
}

static void
test_crop (void)
{
  ImpRect crop = { 30, 21, 133, 97 };
  ImpRect other = { 31, 21, 133, 97 };
  ImpRect outside = { 100, 100, 133, 97 };
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 3);
  g_autoptr (ImpFlatImage) flat =
      imp_flat_image_new (raster, BOXES, G_N_ELEMENTS (BOXES), &crop, NULL, NULL);
  g_autoptr (GError) error = NULL;

  for (int format = IMP_FORMAT_PNG; format <= IMP_FORMAT_JPEG; format++)
    {
      g_autoptr (GBytes) file = format == IMP_FORMAT_PNG ? imp_encode_png (flat, NULL, NULL)
                                                         : imp_encode_jpeg (flat, 90, NULL, NULL);
      g_autoptr (ImpVerifyReport) right =
          imp_verify_file (file, raster, BOXES, 2, &crop, NULL, NULL, NULL, NULL, &error);
      g_autoptr (ImpVerifyReport) wrong =
          imp_verify_file (file, raster, BOXES, 2, &other, NULL, NULL, NULL, NULL, &error);
      g_autoptr (ImpVerifyReport) whole =
          imp_verify_file (file, raster, BOXES, 2, NULL, NULL, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      report_print (right);
      g_assert_true (right->flat);
      if (format == IMP_FORMAT_PNG)
        g_assert_true (report_has (wrong, "pixels", "* outside the boxes *"));
      report_assert_only (whole, "pixels", "The file is 133 × 97 pixels, but the picture is 200*");
      g_assert_null (
          imp_verify_file (file, raster, BOXES, 2, &outside, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
    }
}

/* One changed pixel, in a box and outside. */
static void
test_changed_pixel (void)
{
  static const struct
  {
    int x, y;
    const char *what;
  } CASES[] = { { 24, 16, "1 pixel under a box is not black." },
                { 64, 48, "1 pixel under a box is not black." },
                { 189, 109, "1 pixel under a box is not black." },
                { 23, 16, "1 pixel outside the boxes differs*" },
                { 0, 0, "1 pixel outside the boxes differs*" },
                { 199, 149, "1 pixel outside the boxes differs*" } };
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 3);
  g_autoptr (ImpFlatImage) flat =
      imp_flat_image_new (raster, BOXES, G_N_ELEMENTS (BOXES), NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (ImpRaster) changed =
          picture_change (imp_flat_image_get_raster (flat), CASES[i].x, CASES[i].y, 1);
      g_autoptr (ImpFlatImage) other = imp_flat_image_new (changed, NULL, 0, NULL, NULL, NULL);
      g_autoptr (GBytes) file = imp_encode_png (other, NULL, NULL);
      g_autoptr (ImpVerifyReport) report = verify (file, raster, NULL, NULL);

      report_assert_only (report, "pixels", CASES[i].what);
    }
}

/* The arithmetic of PSNR: one pixel of the first channel off by 8 levels. */
static void
test_psnr (void)
{
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 3);
  g_autoptr (ImpRaster) changed = picture_change (raster, 3, 148, 8);
  g_autoptr (ImpFlatImage) flat = imp_flat_image_new (changed, BOXES, 2, NULL, NULL, NULL);
  g_autoptr (GBytes) file = imp_encode_png (flat, NULL, NULL);
  g_autoptr (ImpVerifyReport) report = verify (file, raster, NULL, NULL);
  double n_outside = (200.0 * 150.0 - 41.0 * 33.0 - 90.0 * 50.0) * 3.0;

  g_assert_cmpfloat_with_epsilon (report->psnr, 10 * log10 (255.0 * 255.0 * n_outside / 64.0),
                                  1e-9);
  /* The block in the lowest row is 8 × 6 pixels. */
  g_assert_cmpfloat_with_epsilon (report->worst_psnr,
                                  10 * log10 (255.0 * 255.0 * 8.0 * 6.0 * 3.0 / 64.0), 1e-9);
  g_assert_cmpint (report->worst_x, ==, 0);
  g_assert_cmpint (report->worst_y, ==, 144);
}

/* JPEGs that are not what they should be: no boxes at all, a box too small, a box one block off,
 * another picture, coarse, grey for colour. */
static void
test_jpeg_pixels (void)
{
  static const ImpRect SMALL[] = { { 24, 16, 41, 33 }, { 100, 60, 90, 40 } };
  static const ImpRect MOVED[] = { { 32, 16, 41, 33 }, { 100, 60, 90, 50 } };
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 3);
  g_autoptr (ImpRaster) grey = picture_new (200, 150, 1);
  g_autoptr (ImpRaster) noise = picture_new_noise (200, 150, 3, 1);
  const struct
  {
    const ImpRaster *raster;
    const ImpRect *boxes;
    gsize n_boxes;
    int quality;
    const char *what;
  } CASES[] = { { raster, NULL, 0, 90, "* under a box *" },
                { raster, SMALL, 2, 90, "* under a box *" },
                { raster, MOVED, 2, 90, "* under a box *" },
                { raster, MOVED, 2, 90, "*came out too coarse*" },
                { noise, BOXES, 2, 90, "*came out too coarse*" },
                { raster, BOXES, 2, 3, "*came out too coarse*" },
                { grey, BOXES, 2, 90, "The file is grey and the picture is not*" } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (ImpFlatImage) flat =
          imp_flat_image_new (CASES[i].raster, CASES[i].boxes, CASES[i].n_boxes, NULL, NULL, NULL);
      g_autoptr (GBytes) file = imp_encode_jpeg (flat, CASES[i].quality, NULL, NULL);
      g_autoptr (ImpVerifyReport) report = verify (file, raster, NULL, NULL);

      report_print (report);
      g_assert_true (report_has (report, "pixels", CASES[i].what));
    }
}

/* A box too small to hold a whole block is still checked. */
static void
test_jpeg_small_box (void)
{
  ImpRect box = { 43, 43, 6, 6 };
  g_autoptr (ImpRaster) raster = picture_new_constant (96, 96, 1, 200);

  for (int covered = 0; covered < 2; covered++)
    {
      g_autoptr (ImpFlatImage) flat =
          imp_flat_image_new (raster, &box, (gsize)covered, NULL, NULL, NULL);
      g_autoptr (GBytes) file = imp_encode_jpeg (flat, 90, NULL, NULL);
      g_autoptr (ImpVerifyReport) report =
          imp_verify_file (file, raster, &box, 1, NULL, NULL, NULL, NULL, NULL, NULL);

      report_print (report);
      g_assert_cmpint (report->flat, ==, covered);
      if (!covered)
        report_assert_only (report, "pixels", "The pixels along the edge of a box*");
    }
}

/* Each box answers for itself, however many pixels another one, filled, has along its edges. */
static void
test_jpeg_two_boxes (void)
{
  ImpRect boxes[] = { { 9, 9, 6, 6 }, { 101, 101, 1001, 901 } };
  g_autoptr (ImpRaster) raster = picture_new_constant (1200, 1100, 1, 200);

  for (gsize left_out = 0; left_out < 3; left_out++)
    {
      const ImpRect *filled = left_out == 0 ? boxes + 1 : boxes;
      g_autoptr (ImpFlatImage) flat =
          imp_flat_image_new (raster, filled, left_out == 2 ? 2 : 1, NULL, NULL, NULL);
      g_autoptr (GBytes) file = imp_encode_jpeg (flat, 90, NULL, NULL);
      g_autoptr (ImpVerifyReport) report =
          imp_verify_file (file, raster, boxes, 2, NULL, NULL, NULL, NULL, NULL, NULL);

      report_print (report);
      g_assert_cmpint (report->flat, ==, left_out == 2);
      if (left_out == 0)
        report_assert_only (report, "pixels", "The pixels along the edge of a box*");
    }
}

/* A box that falls short of its edge by one row, over a few pixels: each block answers too. */
static void
test_jpeg_notch (void)
{
  ImpRect box = { 101, 101, 1001, 901 };
  ImpRect filled[] = { { 101, 101, 1001, 900 }, { 101, 1001, 500, 1 }, { 606, 1001, 496, 1 } };
  g_autoptr (ImpRaster) raster = picture_new_constant (1200, 1100, 1, 200);
  g_autoptr (ImpFlatImage) flat = imp_flat_image_new (raster, filled, 3, NULL, NULL, NULL);
  g_autoptr (GBytes) file = imp_encode_jpeg (flat, 90, NULL, NULL);
  g_autoptr (ImpVerifyReport) report =
      imp_verify_file (file, raster, &box, 1, NULL, NULL, NULL, NULL, NULL, NULL);

  report_print (report);
  report_assert_only (report, "pixels", "The pixels along the edge of a box*");
}

static void
test_faults_png (void)
{
  static const char TEXT[] = "Comment\0EXAMPLE^PERSON A";
  g_autofree guint8 *megabyte = g_malloc0 (1 << 20);
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 3);
  g_autoptr (GBytes) file = release (raster, IMP_FORMAT_PNG);
  gsize size = g_bytes_get_size (file);
  g_autoptr (GBytes) text = file_insert_chunk (file, AFTER_IHDR, "tEXt", TEXT, sizeof TEXT - 1);
  g_autoptr (GBytes) trailer = file_insert (file, size, megabyte, 1 << 20);
  g_autoptr (GBytes) one = file_insert (file, size, "\n", 1);
  g_autoptr (GBytes) idat = file_insert_chunk (file, size - 12, "IDAT", "EXAMPLE", 7);
  g_autoptr (GBytes) second = file_insert (file, size, g_bytes_get_data (file, NULL), size);
  g_autoptr (ImpVerifyReport) with_text = verify (text, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_trailer = verify (trailer, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_one = verify (one, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_idat = verify (idat, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_second = verify (second, raster, NULL, NULL);

  report_assert_only (with_text, "PNG chunk tEXt at 33", "A text that goes with the picture.");
  report_assert_only (with_trailer, "after IEND", "1048576 bytes follow*");
  report_assert_only (with_one, "after IEND", "1 byte follows*");
  report_assert_only (with_idat, "PNG chunk IDAT at *", "7 bytes are hidden*");
  report_assert_only (with_second, "after IEND", "*look like a further file inside (png).");
}

static void
test_faults_jpeg (void)
{
  static const char EXIF[] = "Exif\0\0MM\0*\0\0\0\b\0\0";
  guint8 thumbnail[14 + 12] = "JFIF\0\1\1\0\0\1\0\1\2\2";
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 3);
  g_autoptr (GBytes) file = release (raster, IMP_FORMAT_JPEG);
  gsize size = g_bytes_get_size (file);
  g_autoptr (GBytes) exif = file_insert_segment (file, AFTER_APP0, 0xe1, EXIF, sizeof EXIF - 1);
  g_autoptr (GBytes) comment = file_insert_segment (file, AFTER_APP0, 0xfe, "note", 4);
  g_autoptr (GBytes) without = file_replace (file, 2, 18, "", 0);
  g_autoptr (GBytes) thumb = file_insert_segment (without, 2, 0xe0, thumbnail, sizeof thumbnail);
  g_autoptr (GBytes) trailer = file_insert (file, size, "xyz", 3);
  g_autoptr (GBytes) garbage = file_insert (file, size - 2, "abc", 3);
  g_autoptr (ImpVerifyReport) with_exif = verify (exif, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_comment = verify (comment, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_thumb = verify (thumb, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_trailer = verify (trailer, raster, NULL, NULL);
  g_autoptr (ImpVerifyReport) with_garbage = verify (garbage, raster, NULL, NULL);

  report_assert_only (with_exif, "JPEG APP1 at 20", "EXIF data*");
  report_assert_only (with_comment, "JPEG COM at 20", "A comment of 4 bytes.");
  report_assert_only (with_thumb, "JPEG APP0 at 2", "*thumbnail*");
  report_assert_only (with_trailer, "after EOI", "3 bytes follow*");
  report_assert_only (with_garbage, "byte *", "3 bytes are hidden behind the pixels*");
}

static void
test_not_a_picture (void)
{
  g_autoptr (ImpRaster) raster = picture_new (20, 20, 1);
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (ImpVerifyReport) of_text =
      imp_verify_file (text, raster, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
  g_autoptr (ImpVerifyReport) of_empty =
      imp_verify_file (empty, raster, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);

  g_assert_true (report_has (of_text, "file", "*another kind of file (unknown)*"));
  g_assert_true (report_has (of_text, "pixels", "*could not be compared*"));
  g_assert_true (report_has (of_empty, "file", "The file is empty."));
}

/* Whole strings, and those parts of them that identify on their own, as the gate hands them. */
static const char *const IDENTIFIERS[] = { "EXAMPLE^PERSON A", "example", "PERSON",
                                           "H204417",          "1970",    " M\xc3\xbcller ",
                                           "\xc5\x81ukasz",    "abc",     "",
                                           "Whole words only", NULL };

/* What each of these, somewhere in a file, gives away. */
static const struct
{
  const char *bytes;
  gsize length;
  gboolean found;
} TEXTS[] = {
  { "xxEXAMPLE^PERSON Axx", 20, TRUE },
  { "the person here", 15, TRUE },
  { "eXaMpLe", 7, TRUE },
  { "h204417", 7, TRUE },
  { "born 1970", 9, TRUE },
  { "abc", 3, FALSE },
  { "whole words", 11, FALSE },
  { "xWHOLE WORDS ONLYx", 18, TRUE },
  { "EXAMPL PERSO H20441 197", 23, FALSE },
  { "E\0x\0a\0m\0p\0l\0e\0", 14, TRUE },
  { "xE\0x\0a\0m\0p\0l\0e\0", 15, TRUE },
  { "\0E\0X\0A\0M\0P\0L\0E", 14, TRUE },
  { "m\xc3\xbcller", 7, TRUE },
  { "M\xc3\x9cLLER", 7, TRUE },
  { "mu\xcc\x88ller", 8, TRUE },
  { "m\xfcller", 6, TRUE },
  { "M\xdcLLER", 6, TRUE },
  { "\x01\x42u\0k\0a\0s\0z\0", 12, FALSE },
  { "\x42\x01u\0k\0a\0s\0z\0", 12, TRUE },
  { "\x01\x41\0U\0K\0A\0S\0Z", 12, TRUE },
  { "\xc5\x82ukasz", 7, TRUE },
};

/* The finding must not repeat what it found. */
static void
assert_silent (const ImpVerifyReport *report)
{
  static const char *const WORDS[] = { "example", "person a", "h2044", "1970",
                                       "ller",    "ukasz",    "whole" };

  for (guint i = 0; i < report->findings->len; i++)
    {
      ImpFinding *finding = g_ptr_array_index (report->findings, i);
      g_autofree char *lower = g_utf8_strdown (finding->what, -1);

      for (guint k = 0; k < G_N_ELEMENTS (WORDS); k++)
        g_assert_null (strstr (lower, WORDS[k]));
    }
}

static void
test_identifiers (void)
{
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 1);
  g_autoptr (GBytes) jpeg = release (raster, IMP_FORMAT_JPEG);
  g_autoptr (GBytes) png = release (raster, IMP_FORMAT_PNG);

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      GBytes *files[] = {
        file_insert_segment (jpeg, AFTER_APP0, 0xfe, TEXTS[i].bytes, TEXTS[i].length),
        file_insert (jpeg, g_bytes_get_size (jpeg), TEXTS[i].bytes, TEXTS[i].length),
        file_insert (jpeg, g_bytes_get_size (jpeg) - 2, TEXTS[i].bytes, TEXTS[i].length),
        file_insert_chunk (png, AFTER_IHDR, "teXt", TEXTS[i].bytes, TEXTS[i].length),
        file_insert (png, g_bytes_get_size (png), TEXTS[i].bytes, TEXTS[i].length),
      };

      for (guint k = 0; k < G_N_ELEMENTS (files); k++)
        {
          g_autoptr (ImpVerifyReport) report = verify (files[k], raster, IDENTIFIERS, NULL);

          g_test_message ("text %u in file %u", i, k);
          report_print (report);
          g_assert_cmpint (report_has (report, "identifier", "*stands in the file at byte *"), ==,
                           TEXTS[i].found);
          assert_silent (report);
          g_clear_pointer (&files[k], g_bytes_unref);
        }
    }
}

static void
test_identifiers_in_name (void)
{
  static const struct
  {
    const char *name;
    gboolean found;
  } NAMES[] = { { "image-0123456789.png", FALSE }, { "h204417.png", TRUE },
                { "image-Example.png", TRUE },     { "19700101.png", TRUE },
                { "m\xc3\xbcller.jpg", TRUE },     { "abc.png", FALSE } };
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 1);
  g_autoptr (GBytes) file = release (raster, IMP_FORMAT_PNG);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (ImpVerifyReport) report = verify (file, raster, IDENTIFIERS, NAMES[i].name);

      assert_silent (report);
      if (NAMES[i].found)
        report_assert_only (report, "identifier", "*in the file's name.");
      else
        g_assert_true (report->flat);
    }
}

/* Identifiers that happen to stand in entropy-coded data are noise. */
static void
test_identifiers_not_in_pixels (void)
{
  guint8 rows[3 * 9] = { 0 };
  guint8 stored[7 + sizeof rows + 4] = { 0x78, 0x01, 0x01, sizeof rows, 0, (guint8) ~sizeof rows,
                                         0xff };
  static const guint8 GREY[5] = { 8, 0, 0, 0, 0 };
  guint32 adler = 0;
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (ImpVerifyReport) report = NULL;

  memcpy (rows + 1, "EXAMPLE8", 8);
  memcpy (stored + 7, rows, sizeof rows);
  adler = GUINT32_TO_BE ((guint32)adler32 (1, rows, sizeof rows));
  memcpy (stored + 7 + sizeof rows, &adler, 4);
  pixels = g_bytes_new ("EXAMPLE8\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 24);
  raster = imp_raster_new (8, 3, 1, pixels, NULL);
  file = file_make_png (8, 3, GREY, stored, sizeof stored);
  g_assert_cmpint (file_find (file, "EXAMPLE8", 8), >, 0);
  report = imp_verify_file (file, raster, NULL, 0, NULL, NULL, IDENTIFIERS, NULL, NULL, NULL);
  report_print (report);
  g_assert_true (report->flat);
}

static void
test_cancelled (void)
{
  g_autoptr (ImpRaster) raster = picture_new (200, 150, 1);
  g_autoptr (GBytes) file = release (raster, IMP_FORMAT_PNG);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      imp_verify_file (file, raster, BOXES, 2, NULL, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/verify/clean/grey", GINT_TO_POINTER (1), test_clean);
  g_test_add_data_func ("/verify/clean/rgb", GINT_TO_POINTER (3), test_clean);
  g_test_add_func ("/verify/crop", test_crop);
  g_test_add_func ("/verify/psnr", test_psnr);
  g_test_add_func ("/verify/not-a-picture", test_not_a_picture);
  g_test_add_func ("/verify/cancelled", test_cancelled);
  g_test_add_func ("/leaks/row-28/changed-pixel", test_changed_pixel);
  g_test_add_func ("/leaks/row-28/jpeg-pixels", test_jpeg_pixels);
  g_test_add_func ("/leaks/row-28/jpeg-small-box", test_jpeg_small_box);
  g_test_add_func ("/leaks/row-28/jpeg-two-boxes", test_jpeg_two_boxes);
  g_test_add_func ("/leaks/row-28/jpeg-notch", test_jpeg_notch);
  g_test_add_func ("/leaks/row-28/faults-png", test_faults_png);
  g_test_add_func ("/leaks/row-28/faults-jpeg", test_faults_jpeg);
  g_test_add_func ("/leaks/row-28/identifiers", test_identifiers);
  g_test_add_func ("/leaks/row-28/identifiers-not-in-pixels", test_identifiers_not_in_pixels);
  g_test_add_func ("/leaks/row-21/identifiers-in-name", test_identifiers_in_name);
  return g_test_run ();
}
