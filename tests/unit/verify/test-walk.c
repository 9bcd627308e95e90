/* The walker on files that carry more than pixels, are cut off, or hide something. */

#include <string.h>

#include <zlib.h>

#include "files.h"
#include "pictures.h"

static const guint8 GREY[5] = { 8, 0, 0, 0, 0 };
static const PictureJpeg PLAIN = { 85, 1, 1, FALSE, 0 };

/* Compressed rows of zeros, each behind its filter type. */
static GBytes *
deflate_rows (gsize length, guint8 filter, gsize row)
{
  g_autofree guint8 *rows = g_malloc0 (length);
  uLongf size = compressBound (length);
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < length; i += row)
    rows[i] = filter;
  g_assert_cmpint (compress (data, &size, rows, length), ==, Z_OK);
  return g_bytes_new_take (data, size);
}

static GBytes *
png_of (guint32 width, guint32 height, const guint8 kind[5], GBytes *rows)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (rows, &size);

  return file_make_png (width, height, kind, data, size);
}

/* A grey PNG of 10 × 4 with nothing wrong. */
static GBytes *
png_new (void)
{
  g_autoptr (GBytes) rows = deflate_rows (44, 0, 11);

  return png_of (10, 4, GREY, rows);
}

static void
assert_only (GBytes *file, const char *where, const char *what)
{
  g_autoptr (ImpVerifyReport) report = imp_verify_walk (file);

  report_assert_only (report, where, what);
}

static void
assert_has (GBytes *file, const char *where, const char *what)
{
  g_autoptr (ImpVerifyReport) report = imp_verify_walk (file);

  report_print (report);
  g_assert_true (report_has (report, where, what));
}

static void
assert_flat (GBytes *file)
{
  g_autoptr (ImpVerifyReport) report = imp_verify_walk (file);

  report_print (report);
  g_assert_true (report->flat);
}

/* Row 4: every kind of chunk that could stand in a PNG. */
static void
test_png_chunks (void)
{
  static const char *const TYPES[][2] = {
    { "tEXt", "A text*" },
    { "zTXt", "A compressed text*" },
    { "iTXt", "A text*XMP*" },
    { "eXIf", "EXIF*" },
    { "caBX", "C2PA*" },
    { "iCCP", "A colour profile*" },
    { "tIME", "The time*" },
    { "tRNS", "Transparency*" },
    { "PLTE", "A palette*" },
    { "sPLT", "A suggested*" },
    { "hIST", "A histogram*" },
    { "acTL", "An animation*" },
    { "fcTL", "An animation*" },
    { "fdAT", "An animation*" },
    { "pHYs", "The size*" },
    { "bKGD", "A background*" },
    { "gAMA", "A brightness*" },
    { "cHRM", "Colour settings*" },
    { "sRGB", "Colour set*" },
    { "sBIT", "The depth*" },
    { "cICP", "Colour settings*" },
    { "prVt", "Data of an unknown kind (9 bytes)*" },
    { "ABCD", "Data of an unknown*" },
  };

  g_autoptr (GBytes) file = png_new ();

  assert_flat (file);
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    {
      g_autofree char *where = g_strdup_printf ("PNG chunk %s at 33", TYPES[i][0]);
      g_autofree char *late = g_strdup_printf ("PNG chunk %s at *", TYPES[i][0]);
      g_autoptr (GBytes) before = file_insert_chunk (file, AFTER_IHDR, TYPES[i][0], "SENTINEL1", 9);
      g_autoptr (GBytes) after =
          file_insert_chunk (file, g_bytes_get_size (file) - 12, TYPES[i][0], "SENTINEL1", 9);

      assert_only (before, where, TYPES[i][1]);
      assert_only (after, late, TYPES[i][1]);
    }
}

/* Rows 16 and 17: pixels that are not flat, each complete in itself. */
static void
test_png_kinds (void)
{
  static const struct
  {
    guint8 kind[5];
    gsize length; /* of the rows of a picture of 10 × 4 */
    gsize row;
    const char *what;
  } CASES[] = {
    { { 8, 2, 0, 0, 0 }, 4 * 31, 31, NULL },
    { { 8, 6, 0, 0, 0 }, 4 * 41, 41, "*transparent*" },
    { { 8, 4, 0, 0, 0 }, 4 * 21, 21, "*transparent*" },
    { { 8, 3, 0, 0, 0 }, 4 * 11, 11, "*palette*" },
    { { 16, 0, 0, 0, 0 }, 4 * 21, 21, "*8 bits*" },
    { { 16, 2, 0, 0, 0 }, 4 * 61, 61, "*8 bits*" },
    { { 1, 0, 0, 0, 0 }, 4 * 3, 3, "*8 bits*" },
    { { 4, 0, 0, 0, 0 }, 4 * 6, 6, "*8 bits*" },
    { { 3, 0, 0, 0, 0 }, 4 * 5, 5, "*header is damaged*" },
    { { 8, 1, 0, 0, 0 }, 4 * 11, 11, "*header is damaged*" },
    { { 8, 7, 0, 0, 0 }, 4 * 11, 11, "*header is damaged*" },
    { { 8, 0, 1, 0, 0 }, 4 * 11, 11, "*header is damaged*" },
    { { 8, 0, 0, 1, 0 }, 4 * 11, 11, "*header is damaged*" },
    { { 8, 0, 0, 0, 2 }, 4 * 11, 11, "*header is damaged*" },
    /* Adam7, 10 × 4: 2 columns in 1 row, 1 in 1, none below; 3 in 1; 2 in 2; 5 in 1; 5 in 2;
     * 10 in 2 (ISO/IEC 15948, 8.2). */
    { { 8, 0, 0, 0, 1 }, 3 + 2 + 0 + 2 * 3 + 6 + 2 * 6 + 2 * 11, 500, "*interlaced*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) rows = deflate_rows (CASES[i].length, 0, CASES[i].row);
      g_autoptr (GBytes) file = png_of (10, 4, CASES[i].kind, rows);
      g_autoptr (ImpVerifyReport) report = imp_verify_walk (file);

      report_print (report);
      if (CASES[i].what == NULL)
        g_assert_true (report->flat);
      else
        g_assert_true (report_has (report, "PNG chunk IHDR at 8", CASES[i].what));
    }
}

/* Too few, too many, wrong filter, hidden bytes behind the stream in one IDAT or the next. */
static void
test_png_streams (void)
{
  g_autoptr (GBytes) file = png_new ();
  g_autoptr (GBytes) right = deflate_rows (44, 4, 11);
  g_autoptr (GBytes) shorter = deflate_rows (43, 0, 11);
  g_autoptr (GBytes) longer = deflate_rows (45, 0, 11);
  g_autoptr (GBytes) much_longer = deflate_rows (50 << 20, 0, 11);
  g_autoptr (GBytes) wrong_filter = deflate_rows (44, 5, 11);
  g_autoptr (GBytes) hidden = file_insert (right, g_bytes_get_size (right), "SECRET", 6);
  g_autoptr (GBytes) of_right = png_of (10, 4, GREY, right);
  g_autoptr (GBytes) of_shorter = png_of (10, 4, GREY, shorter);
  g_autoptr (GBytes) of_longer = png_of (10, 4, GREY, longer);
  g_autoptr (GBytes) of_much_longer = png_of (10, 4, GREY, much_longer);
  g_autoptr (GBytes) of_wrong_filter = png_of (10, 4, GREY, wrong_filter);
  g_autoptr (GBytes) of_hidden = png_of (10, 4, GREY, hidden);
  g_autoptr (GBytes) empty_chunk =
      file_insert_chunk (file, g_bytes_get_size (file) - 12, "IDAT", "", 0);
  g_autoptr (GBytes) second =
      file_insert_chunk (file, g_bytes_get_size (file) - 12, "IDAT", "SECRET", 6);

  assert_flat (of_right);
  assert_flat (empty_chunk);
  assert_only (of_shorter, "PNG chunk IDAT at *", "*pixels are missing.");
  assert_only (of_longer, "PNG chunk IDAT at 33", "There are more pixels*");
  assert_only (of_much_longer, "PNG chunk IDAT at 33", "There are more pixels*");
  assert_only (of_wrong_filter, "PNG chunk IDAT at 33", "*damaged*");
  assert_only (of_hidden, "PNG chunk IDAT at 33", "6 bytes are hidden*");
  assert_only (second, "PNG chunk IDAT at *", "6 bytes are hidden*");
}

static void
test_png_order (void)
{
  g_autoptr (GBytes) file = png_new ();
  gsize size = g_bytes_get_size (file);
  const guint8 *data = g_bytes_get_data (file, NULL);
  g_autoptr (GBytes) header_twice = file_insert (file, AFTER_IHDR, data + 8, 25);
  g_autoptr (GBytes) no_header = file_replace (file, 8, 25, "", 0);
  g_autoptr (GBytes) text_first = file_insert_chunk (file, 8, "tEXt", "x", 1);
  g_autoptr (GBytes) no_end = file_replace (file, size - 12, 12, "", 0);
  g_autoptr (GBytes) end = file_insert_chunk (no_end, size - 12, "IEND", "SECRET", 6);
  g_autoptr (GBytes) no_data = file_replace (file, AFTER_IHDR, size - 12 - AFTER_IHDR, "", 0);
  g_autoptr (GBytes) apart = file_insert_chunk (file, size - 12, "tEXt", "x", 1);
  g_autoptr (GBytes) apart_data =
      file_insert_chunk (apart, g_bytes_get_size (apart) - 12, "IDAT", "SECRET", 6);
  g_autoptr (ImpVerifyReport) of_no_header = imp_verify_walk (no_header);
  g_autoptr (ImpVerifyReport) of_text_first = imp_verify_walk (text_first);
  g_autoptr (ImpVerifyReport) of_apart = imp_verify_walk (apart_data);

  assert_only (header_twice, "PNG chunk IHDR at 33", "*stands where it must not*");
  assert_only (no_end, "byte *", "*without its end mark.");
  assert_only (end, "PNG chunk IEND at *", "The end mark has something inside.");
  assert_only (no_data, "PNG chunk IDAT at *", "*pixels are missing.");
  g_assert_false (of_no_header->flat);
  g_assert_true (report_has (of_text_first, "PNG chunk tEXt at 8", "*begin with its header*"));
  g_assert_true (report_has (of_apart, "PNG chunk IDAT at *", "*hides a second picture*"));
}

/* No bit of a PNG can be turned, and no byte cut off its end, without a finding. */
static void
test_png_every_bit (void)
{
  g_autoptr (GBytes) file = png_new ();
  gsize size = g_bytes_get_size (file);
  const guint8 *data = g_bytes_get_data (file, NULL);

  for (gsize at = 0; at < size; at++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, at);
      g_autoptr (ImpVerifyReport) of_cut = imp_verify_walk (cut);

      g_assert_false (of_cut->flat);
      for (guint bit = 0; bit < 8; bit++)
        {
          guint8 turned = (guint8)(data[at] ^ 1u << bit);
          g_autoptr (GBytes) changed = file_replace (file, at, 1, &turned, 1);
          g_autoptr (ImpVerifyReport) report = imp_verify_walk (changed);

          g_assert_false (report->flat);
        }
    }
}

/* What other programs may write, as libjpeg writes it: nothing is found. */
static void
test_jpeg_variants (void)
{
  static const int SIZES[][2] = { { 1, 1 }, { 8, 8 }, { 33, 17 }, { 100, 61 }, { 16, 200 } };
  static const int FACTORS[][2] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 }, { 4, 1 }, { 4, 2 } };

  for (guint s = 0; s < G_N_ELEMENTS (SIZES); s++)
    for (guint f = 0; f < G_N_ELEMENTS (FACTORS); f++)
      for (int channels = 1; channels <= 3; channels += 2)
        for (int progressive = 0; progressive < 2; progressive++)
          for (int restart = 0; restart < 3; restart++)
            {
              PictureJpeg how = { 20 + 25 * restart, FACTORS[f][0], FACTORS[f][1], progressive,
                                  restart };
              g_autoptr (ImpRaster) raster =
                  progressive ? picture_new_noise (SIZES[s][0], SIZES[s][1], channels, 5)
                              : picture_new (SIZES[s][0], SIZES[s][1], channels);
              g_autoptr (GBytes) file = picture_encode_jpeg (raster, &how);
              g_autoptr (ImpVerifyReport) report = imp_verify_walk (file);

              report_print (report);
              g_assert_true (report->flat);
              g_assert_cmpint (report->width, ==, SIZES[s][0]);
              g_assert_cmpint (report->height, ==, SIZES[s][1]);
            }
}

/* Row 2: every kind of segment that could stand in a JPEG. */
static void
test_jpeg_segments (void)
{
  static const struct
  {
    guint8 marker;
    const char *body;
    gsize length;
    const char *where;
    const char *what;
  } CASES[] = {
    { 0xe1, "Exif\0\0x", 7, "JPEG APP1 at 20", "EXIF*" },
    { 0xe1, "http://ns.adobe.com/xap/1.0/\0x", 30, "JPEG APP1 at 20", "XMP*" },
    { 0xe1, "http://ns.adobe.com/xmp/extension/\0x", 36, "JPEG APP1 at 20", "More XMP*" },
    { 0xe1, "unknown", 7, "JPEG APP1 at 20", "Data of an unknown kind (7 bytes)*" },
    { 0xe1, "", 0, "JPEG APP1 at 20", "Data of an unknown kind (0 bytes)*" },
    { 0xe2, "ICC_PROFILE\0\1\1x", 15, "JPEG APP2 at 20", "A colour profile*" },
    { 0xe2, "MPF\0x", 5, "JPEG APP2 at 20", "*MPF*" },
    { 0xe0, "JFXX\0\x10x", 7, "JPEG APP0 at 20", "*JFXX*" },
    { 0xe0, "JFIF\0\1\1\0\0\1\0\1\0\0", 14, "JPEG APP0 at 20", "A second JFIF header*" },
    { 0xe0, "AVI1", 4, "JPEG APP0 at 20", "Data of an unknown kind*" },
    { 0xeb, "JP\0\1\0\0\0\1x", 9, "JPEG APP11 at 20", "C2PA*" },
    { 0xed, "Photoshop 3.0\0x", 15, "JPEG APP13 at 20", "IPTC*" },
    { 0xee, "Adobe\0d\0\0\0\0\1", 12, "JPEG APP14 at 20", "*(Adobe)." },
    { 0xef, "x", 1, "JPEG APP15 at 20", "Data of an unknown kind (1 byte)*" },
    { 0xfe, "x", 1, "JPEG COM at 20", "A comment of 1 byte." },
    { 0xf0, "x", 1, "JPEG 0xFFF0 at 20", "Data of an unknown*" },
    { 0xdc, "\0\x10", 2, "JPEG DNL at 20", "A segment that a flat picture does not need." },
    { 0xdd, "\0\0x", 3, "JPEG DRI at 20", "A segment of the wrong length." },
    { 0xcc, "\0\0", 2, "JPEG DAC at 20", "A segment that a flat picture does not need." },
    { 0xdb, "SECRET", 6, "JPEG DQT at 20", "*hidden behind it." },
    { 0xc4, "SECRET", 6, "JPEG DHT at 20", "*hidden behind it." },
    { 0xc4, "\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 17, "JPEG DHT at 20", NULL },
    { 0xc4, "\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0S", 18, "JPEG DHT at *",
      "A table is stored twice*" },
  };
  g_autoptr (ImpRaster) raster = picture_new (40, 30, 3);
  g_autoptr (GBytes) file = picture_encode_jpeg (raster, &PLAIN);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) with =
          file_insert_segment (file, AFTER_APP0, CASES[i].marker, CASES[i].body, CASES[i].length);

      if (CASES[i].what != NULL)
        assert_only (with, CASES[i].where, CASES[i].what);
      else
        assert_flat (with); /* a table that nothing uses */
    }
}

/* Bytes between segments, in tables, in headers. */
static void
test_jpeg_slots (void)
{
  g_autoptr (ImpRaster) raster = picture_new (40, 30, 3);
  g_autoptr (GBytes) file = picture_encode_jpeg (raster, &PLAIN);
  gsize size = g_bytes_get_size (file);
  gsize sof = (gsize)file_find (file, "\xff\xc0", 2);
  gsize dht = (gsize)file_find (file, "\xff\xc4", 2);
  gsize sos = (gsize)file_find (file, "\xff\xda", 2);
  g_autoptr (GBytes) between = file_insert (file, AFTER_APP0, "SECRET", 6);
  g_autoptr (GBytes) filled = file_insert (file, AFTER_APP0, "\xff\xff", 2);
  g_autoptr (GBytes) filled_end = file_insert (file, size - 2, "\xff\xff", 2);
  g_autoptr (GBytes) soi = file_insert (file, AFTER_APP0, "\xff\xd8", 2);
  g_autoptr (GBytes) rst = file_insert (file, AFTER_APP0, "\xff\xd3", 2);
  g_autoptr (GBytes) tem = file_insert (file, AFTER_APP0, "\xff\x01", 2);
  g_autoptr (GBytes) long_dqt_length = file_replace (file, AFTER_APP0 + 3, 1, "\x46", 1);
  g_autoptr (GBytes) long_dqt = file_insert (long_dqt_length, AFTER_APP0 + 2 + 67, "abc", 3);
  g_autoptr (GBytes) long_dht_length = file_replace (
      file, dht + 3, 1,
      &(guint8){ (guint8)(((const guint8 *)g_bytes_get_data (file, NULL))[dht + 3] + 3) }, 1);
  g_autoptr (GBytes) long_dht =
      file_insert (long_dht_length,
                   dht + 2 + ((const guint8 *)g_bytes_get_data (file, NULL))[dht + 3], "abc", 3);
  g_autoptr (GBytes) long_sof_length = file_replace (file, sof + 3, 1, "\x14", 1);
  g_autoptr (GBytes) long_sof = file_insert (long_sof_length, sof + 19, "abc", 3);
  g_autoptr (GBytes) long_sos_length = file_replace (file, sos + 3, 1, "\x0f", 1);
  g_autoptr (GBytes) long_sos = file_insert (long_sos_length, sos + 14, "abc", 3);
  g_autoptr (GBytes) no_end = file_replace (file, size - 2, 2, "", 0);
  g_autoptr (GBytes) thumb = file_replace (file, 18, 2, "\1\1", 2);

  assert_flat (file);
  assert_only (between, "byte 20", "6 bytes stand between*");
  assert_only (filled, "byte 20", "2 bytes stand between*");
  assert_only (filled_end, "byte *", "2 bytes stand between*");
  assert_only (soi, "JPEG SOI at 20", "A second picture begins*");
  assert_only (rst, "JPEG RST3 at 20", "A mark that has no place here.");
  assert_only (tem, "JPEG 0xFF01 at 20", "A mark that has no place here.");
  assert_only (long_dqt, "JPEG DQT at 20", "*hidden behind it.");
  assert_only (long_dht, "JPEG DHT at *", "*hidden behind it.");
  assert_only (long_sof, "JPEG SOF0 at *", "The picture header is damaged.");
  assert_has (long_sos, "JPEG SOS at *", "The header of a scan is damaged.");
  assert_only (no_end, "byte *", "*without its end mark.");
  assert_only (thumb, "JPEG APP0 at 2", "*thumbnail*");
}

/* One byte to nine behind the last block, in baseline, progressive and restarted scans. */
static void
test_jpeg_behind_the_pixels (void)
{
  static const PictureJpeg HOW[] = { { 85, 1, 1, FALSE, 0 },
                                     { 85, 2, 2, FALSE, 0 },
                                     { 85, 2, 2, TRUE, 0 },
                                     { 85, 2, 1, FALSE, 1 },
                                     { 85, 1, 1, TRUE, 1 } };
  g_autoptr (ImpRaster) raster = picture_new (100, 70, 3);

  for (guint i = 0; i < G_N_ELEMENTS (HOW); i++)
    for (gsize n = 1; n <= 9; n++)
      {
        g_autoptr (GBytes) file = picture_encode_jpeg (raster, &HOW[i]);
        gsize size = g_bytes_get_size (file);
        g_autoptr (GBytes) with = file_insert (file, size - 2, "SECRETSSS", n);
        g_autoptr (GBytes) zeros = file_insert (file, size - 2, "\0\0\0\0\0\0\0\0\0", n);
        g_autoptr (GBytes) stuffed = file_insert (file, size - 2, "\xff\0", 2);
        g_autoptr (GBytes) restart = file_insert (file, size - 2, "\xff\xd0", 2);
        g_autofree char *what = g_strdup_printf ("%lu byte%s hidden behind the pixels of a scan.",
                                                 (gulong)n, n == 1 ? " is" : "s are");

        assert_flat (file);
        assert_only (with, "byte *", what);
        assert_only (zeros, "byte *", what);
        assert_only (stuffed, "byte *", "* hidden behind the pixels of a scan.");
        assert_only (restart, "byte *", "2 bytes are hidden behind the pixels of a scan.");
      }
}

/* A whole second set of scans, which decoders show instead of the first or never show. */
static void
test_jpeg_second_picture (void)
{
  g_autoptr (ImpRaster) raster = picture_new (40, 30, 1);
  g_autoptr (ImpRaster) other = picture_new_noise (40, 30, 1, 3);

  for (int progressive = 0; progressive < 2; progressive++)
    {
      PictureJpeg how = { 85, 1, 1, progressive, 0 };
      g_autoptr (GBytes) file = picture_encode_jpeg (raster, &how);
      g_autoptr (GBytes) hidden = picture_encode_jpeg (other, &how);
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (hidden, &size);
      gsize tables = (gsize)file_find (hidden, "\xff\xc4", 2);
      gsize frame = (gsize)file_find (hidden, progressive ? "\xff\xc2" : "\xff\xc0", 2);
      g_autoptr (GBytes) scans =
          file_insert (file, g_bytes_get_size (file) - 2, data + tables, size - 2 - tables);
      g_autoptr (GBytes) whole =
          file_insert (file, g_bytes_get_size (file) - 2, data + frame, size - 2 - frame);
      g_autoptr (ImpVerifyReport) with_scans = imp_verify_walk (scans);
      g_autoptr (ImpVerifyReport) with_frame = imp_verify_walk (whole);

      report_print (with_scans);
      g_assert_true (report_has (with_scans, "JPEG SOS at *", "*is stored twice*"));
      g_assert_true (report_has (with_frame, "JPEG SOF* at *", "A second picture header*"));
    }
}

/* No JPEG cut off anywhere is flat. */
static void
test_jpeg_truncated (void)
{
  static const PictureJpeg HOW[] = { { 85, 2, 2, FALSE, 0 }, { 85, 2, 2, TRUE, 1 } };
  g_autoptr (ImpRaster) raster = picture_new (50, 30, 3);

  for (guint i = 0; i < G_N_ELEMENTS (HOW); i++)
    {
      g_autoptr (GBytes) file = picture_encode_jpeg (raster, &HOW[i]);
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (file, &size);

      for (gsize at = 0; at < size; at++)
        {
          g_autoptr (GBytes) cut = g_bytes_new (data, at);
          g_autoptr (ImpVerifyReport) report = imp_verify_walk (cut);

          g_assert_false (report->flat);
          /* With the end mark put back, so that only the pixels are too few; a progressive picture
           * may end after any of its scans and is but coarser. */
          if (!HOW[i].progressive && at < size - 4)
            {
              g_autoptr (GBytes) ended = file_insert (cut, at, "\xff\xd9", 2);
              g_autoptr (ImpVerifyReport) of_ended = imp_verify_walk (ended);

              g_assert_false (of_ended->flat);
            }
        }
    }
}

/* The last byte of the pixels is filled up with ones; other bits could be a message. */
static void
test_jpeg_padding (void)
{
  g_autoptr (ImpRaster) raster = picture_new (40, 30, 1);
  guint n_found = 0;

  for (int quality = 20; quality < 60; quality++)
    {
      PictureJpeg how = { quality, 1, 1, FALSE, 0 };
      g_autoptr (GBytes) file = picture_encode_jpeg (raster, &how);
      gsize size = g_bytes_get_size (file);
      guint8 last = ((const guint8 *)g_bytes_get_data (file, NULL))[size - 3];
      g_autoptr (GBytes) changed = file_replace (file, size - 3, 1, &(guint8){ last & 0xfe }, 1);
      g_autoptr (ImpVerifyReport) report = imp_verify_walk (changed);

      n_found += report_has (report, "byte *", "The bits that fill up the end*");
    }
  /* Two padding bits or more, six times in eight. */
  g_assert_cmpuint (n_found, >, 15);
}

/* A header that asks for more than there can be must cost neither memory nor time. */
static void
test_jpeg_bombs (void)
{
  PictureJpeg how = { 85, 2, 2, TRUE, 0 };
  g_autoptr (ImpRaster) raster = picture_new (40, 30, 3);
  g_autoptr (GBytes) file = picture_encode_jpeg (raster, &how);
  gsize sof = (gsize)file_find (file, "\xff\xc2", 2);
  g_autoptr (GBytes) huge = file_replace (file, sof + 5, 4, "\xff\xff\xff\xff", 4);
  g_autoptr (GBytes) none = file_replace (file, sof + 5, 2, "\0\0", 2);
  g_autoptr (GBytes) factors = file_replace (file, sof + 11, 1, "\xff", 1);
  g_autoptr (GBytes) twelve = file_replace (file, sof + 4, 1, "\x0c", 1);
  g_autoptr (GBytes) arithmetic = file_replace (file, sof + 1, 1, "\xca", 1);

  assert_only (huge, "JPEG SOF2 at *", "The picture is too large to be checked.");
  assert_only (none, "JPEG SOF2 at *", "The picture header is damaged.");
  assert_only (factors, "JPEG SOF2 at *", "The picture header is damaged.");
  assert_only (twelve, "JPEG SOF2 at *", "*8 bits*");
  assert_only (arithmetic, "JPEG SOF10 at *", "*few programs can read*");
}

static void
test_png_bomb (void)
{
  g_autoptr (GBytes) rows = deflate_rows (50 << 20, 0, 11);
  g_autoptr (GBytes) file = png_of (0x7fffffff, 0x7fffffff, GREY, rows);

  assert_only (file, "PNG chunk IHDR at 8", "The picture is too large to be checked.");
}

/* Thousands of findings are cut off with a word. */
static void
test_many_findings (void)
{
  g_autoptr (GBytes) file = png_new ();
  g_autoptr (GByteArray) chunks = g_byte_array_new ();
  g_autoptr (GBytes) chunk = file_insert_chunk (file, AFTER_IHDR, "tEXt", "x", 1);
  g_autoptr (GBytes) all = NULL;
  g_autoptr (ImpVerifyReport) report = NULL;
  const guint8 *data = g_bytes_get_data (chunk, NULL);

  for (int i = 0; i < 5000; i++)
    g_byte_array_append (chunks, data + AFTER_IHDR, 13);
  all = file_insert (file, AFTER_IHDR, chunks->data, chunks->len);
  report = imp_verify_walk (all);
  g_assert_cmpuint (report->findings->len, ==, 201);
  g_assert_true (report_has (report, "PNG chunk tEXt at *", "*which is not listed."));
}

static void
test_other_formats (void)
{
  static const struct
  {
    const char *format;
    gsize offset;
    gsize length;
    const char *bytes;
  } CASES[] = {
    { "tiff", 0, 4, "II*\0" },
    { "tiff", 0, 4, "MM\0*" },
    { "gif", 0, 6, "GIF89a" },
    { "webp", 8, 4, "WEBP" },
    { "heic", 4, 8, "ftypheic" },
    { "avif", 4, 8, "ftypavif" },
    { "pdf", 0, 8, "%PDF-1.7" },
    { "bmp", 0, 2, "BM" },
    { "zip", 0, 4, "PK\3\4" },
    { "dicom", 128, 4, "DICM" },
    { "jpeg2000", 0, 4, "\xff\x4f\xff\x51" },
    { "jxl", 0, 2, "\xff\x0a" },
    { "unknown", 0, 4, "none" },
    { "unknown", 0, 2, "\xff\xd8" },
    { "unknown", 0, 7, "\x89PNG\r\n\x1a" },
  };
  guint8 bytes[200] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) file = NULL;
      g_autoptr (ImpVerifyReport) report = NULL;

      memset (bytes, 0, sizeof bytes);
      memcpy (bytes + CASES[i].offset, CASES[i].bytes, CASES[i].length);
      file = g_bytes_new (bytes, sizeof bytes);
      report = imp_verify_walk (file);
      g_assert_cmpstr (report->format, ==, CASES[i].format);
      report_assert_only (report, "file", "This is not a flat PNG or JPEG*");
    }
  /* A DICOM file whose preamble is a TIFF header is a DICOM file. */
  memcpy (bytes, "II*\0", 4);
  memcpy (bytes + 128, "DICM", 4);
  {
    g_autoptr (GBytes) file = g_bytes_new (bytes, sizeof bytes);
    g_autoptr (ImpVerifyReport) report = imp_verify_walk (file);

    g_assert_cmpstr (report->format, ==, "dicom");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaks/row-4/png-chunks", test_png_chunks);
  g_test_add_func ("/leaks/row-16/png-kinds", test_png_kinds);
  g_test_add_func ("/leaks/row-1/png-streams", test_png_streams);
  g_test_add_func ("/walk/png/order", test_png_order);
  g_test_add_func ("/walk/png/every-bit", test_png_every_bit);
  g_test_add_func ("/walk/jpeg/variants", test_jpeg_variants);
  g_test_add_func ("/leaks/row-2/jpeg-segments", test_jpeg_segments);
  g_test_add_func ("/leaks/row-2/jpeg-slots", test_jpeg_slots);
  g_test_add_func ("/leaks/row-1/jpeg-behind-the-pixels", test_jpeg_behind_the_pixels);
  g_test_add_func ("/leaks/row-8/jpeg-second-picture", test_jpeg_second_picture);
  g_test_add_func ("/walk/jpeg/truncated", test_jpeg_truncated);
  g_test_add_func ("/walk/jpeg/padding", test_jpeg_padding);
  g_test_add_func ("/walk/jpeg/bombs", test_jpeg_bombs);
  g_test_add_func ("/walk/png/bomb", test_png_bomb);
  g_test_add_func ("/walk/many-findings", test_many_findings);
  g_test_add_func ("/walk/other-formats", test_other_formats);
  return g_test_run ();
}
