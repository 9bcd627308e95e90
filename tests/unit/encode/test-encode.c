#include <sched.h>
#include <string.h>

#include "imp-error.h"
#include "imp-flat-image.h"
#include "imp-hash.h"
#include "pictures.h"

static ImpFlatImage *
flatten (const ImpRaster *raster)
{
  g_autoptr (GError) error = NULL;
  ImpFlatImage *flat = imp_flat_image_new (raster, NULL, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  return flat;
}

static guint8
pixel (const ImpRaster *raster, int x, int y, int channel)
{
  return imp_raster_get_pixels (raster)[(gsize)y * imp_raster_get_stride (raster)
                                        + (gsize)(x * imp_raster_get_channels (raster) + channel)];
}

static gboolean
inside (const ImpRect *box, int x, int y)
{
  return x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height;
}

/* Each pixel of the result against a formula, for boxes that overlap, hang over each border, lie
 * outside, and are empty. */
static void
test_flatten (gconstpointer data)
{
  int channels = GPOINTER_TO_INT (data);
  static const ImpRect BOXES[] = { { 10, 5, 7, 9 },   { 12, 8, 20, 3 },
                                   { -5, -5, 8, 8 },  { 55, 20, 50, 4 },
                                   { 30, 35, 3, 90 }, { 100, 100, 5, 5 },
                                   { 20, 20, 0, 5 },  { G_MAXINT - 2, 0, G_MAXINT, 9 } };
  static const ImpRect CROPS[] = { { 0, 0, 60, 40 }, { 11, 6, 30, 20 }, { 59, 39, 1, 1 } };
  g_autoptr (ImpRaster) raster = picture_new (60, 40, channels);

  for (guint c = 0; c < G_N_ELEMENTS (CROPS); c++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpFlatImage) flat =
          imp_flat_image_new (raster, BOXES, G_N_ELEMENTS (BOXES), &CROPS[c], NULL, &error);
      ImpRaster *result = NULL;

      g_assert_no_error (error);
      result = imp_flat_image_get_raster (flat);
      g_assert_cmpint (imp_raster_get_width (result), ==, CROPS[c].width);
      g_assert_cmpint (imp_raster_get_height (result), ==, CROPS[c].height);
      g_assert_cmpint (imp_raster_get_channels (result), ==, channels);
      for (int y = 0; y < CROPS[c].height; y++)
        for (int x = 0; x < CROPS[c].width; x++)
          {
            gboolean covered = FALSE;

            for (guint i = 0; i < G_N_ELEMENTS (BOXES) - 1; i++)
              covered = covered || inside (&BOXES[i], x + CROPS[c].x, y + CROPS[c].y);
            for (int k = 0; k < channels; k++)
              g_assert_cmpuint (pixel (result, x, y, k), ==,
                                covered ? 0 : pixel (raster, x + CROPS[c].x, y + CROPS[c].y, k));
          }
    }
}

static void
test_flatten_leaves_the_rendering (void)
{
  g_autoptr (ImpRaster) raster = picture_new (40, 30, 3);
  g_autofree char *before = imp_raster_hash (raster);
  g_autofree char *after = NULL;
  ImpRect all = { 0, 0, 40, 30 };
  g_autoptr (ImpFlatImage) flat = imp_flat_image_new (raster, &all, 1, NULL, NULL, NULL);
  g_autoptr (ImpFlatImage) again = imp_flat_image_ref (flat);

  g_assert_nonnull (flat);
  after = imp_raster_hash (raster);
  g_assert_cmpstr (before, ==, after);
}

static void
test_flatten_refuses_crops (void)
{
  static const ImpRect CROPS[] = { { 0, 0, 0, 10 },   { 0, 0, 10, 0 },      { -1, 0, 10, 10 },
                                   { 31, 0, 10, 10 }, { 0, 21, 10, 10 },    { 50, 50, 10, 10 },
                                   { 0, 0, -5, -5 },  { 5, 5, G_MAXINT, 5 } };
  g_autoptr (ImpRaster) raster = picture_new (40, 30, 1);

  for (guint i = 0; i < G_N_ELEMENTS (CROPS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (imp_flat_image_new (raster, NULL, 0, &CROPS[i], NULL, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
}

/* Small, large, one pixel wide, larger than a band, of several bands. */
static const int SIZES[][2] = { { 1, 1 },     { 1, 37 },      { 37, 1 },   { 64, 48 },
                                { 333, 251 }, { 1300, 1200 }, { 70000, 9 } };

static void
test_png_round_trip (gconstpointer data)
{
  int channels = GPOINTER_TO_INT (data);

  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    for (int noise = 0; noise < 2; noise++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (ImpRaster) raster =
            noise ? picture_new_noise (SIZES[i][0], SIZES[i][1], channels, 7)
                  : picture_new (SIZES[i][0], SIZES[i][1], channels);
        g_autoptr (ImpFlatImage) flat = flatten (raster);
        g_autoptr (GBytes) file = imp_encode_png (flat, NULL, &error);
        int width = 0;
        int height = 0;
        int got = 0;
        g_autofree guint8 *pixels = NULL;

        g_assert_no_error (error);
        pixels = picture_decode_png (file, &width, &height, &got);
        g_assert_cmpint (width, ==, SIZES[i][0]);
        g_assert_cmpint (height, ==, SIZES[i][1]);
        g_assert_cmpint (got, ==, channels);
        g_assert_cmpmem (pixels, (gsize)width * (gsize)height * (gsize)got,
                         imp_raster_get_pixels (raster),
                         imp_raster_get_stride (raster) * (gsize)imp_raster_get_height (raster));
      }
}

/* Row 5: the chunk types, in order, without our own walker. */
static void
test_png_chunks (void)
{
  g_autoptr (ImpRaster) raster = picture_new (1300, 1200, 3);
  g_autoptr (ImpFlatImage) flat = flatten (raster);
  g_autoptr (GBytes) file = imp_encode_png (flat, NULL, NULL);
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  gsize at = 8;
  guint n_data = 0;

  while (at < size)
    {
      gsize length = (gsize)bytes[at] << 24 | (gsize)bytes[at + 1] << 16 | (gsize)bytes[at + 2] << 8
                     | bytes[at + 3];
      const char *type = (const char *)bytes + at + 4;

      if (at == 8)
        g_assert_cmpint (memcmp (type, "IHDR", 4), ==, 0);
      else if (at + length + 12 == size)
        g_assert_cmpint (memcmp (type, "IEND", 4), ==, 0);
      else
        {
          g_assert_cmpint (memcmp (type, "IDAT", 4), ==, 0);
          n_data++;
        }
      at += length + 12;
    }
  g_assert_cmpuint (at, ==, size);
  g_assert_cmpuint (n_data, >, 1);
}

/* Whether the threads take turns on one core or run side by side. */
static void
test_png_is_deterministic (void)
{
  cpu_set_t all = { 0 };
  cpu_set_t one = { 0 };
  g_autoptr (ImpRaster) raster = picture_new (1500, 1400, 3);
  g_autofree char *first = NULL;

  g_assert_cmpint (sched_getaffinity (0, sizeof all, &all), ==, 0);
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT (&one) == 0; cpu++)
    if (CPU_ISSET (cpu, &all))
      CPU_SET (cpu, &one);
  for (int i = 0; i < 6; i++)
    {
      gboolean restricted = sched_setaffinity (0, sizeof one, i % 2 == 0 ? &one : &all) == 0;
      g_autoptr (ImpFlatImage) flat = flatten (raster);
      g_autoptr (GBytes) file = imp_encode_png (flat, NULL, NULL);
      g_autofree char *hash = imp_hash_bytes (file);

      g_assert_true (restricted);
      if (first == NULL)
        first = g_steal_pointer (&hash);
      else
        g_assert_cmpstr (hash, ==, first);
    }
}

static void
test_jpeg (gconstpointer data)
{
  int channels = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = picture_new (333, 251, channels);
  g_autoptr (ImpFlatImage) flat = flatten (raster);
  g_autoptr (GBytes) file = imp_encode_jpeg (flat, 90, NULL, &error);
  g_autoptr (GBytes) again = imp_encode_jpeg (flat, 90, NULL, NULL);
  int width = 0;
  int height = 0;
  int got = 0;
  g_autofree guint8 *pixels = NULL;
  double error_sum = 0;
  gsize n = 0;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (file, again));
  pixels = picture_decode_jpeg (file, &width, &height, &got);
  g_assert_cmpint (width, ==, 333);
  g_assert_cmpint (height, ==, 251);
  g_assert_cmpint (got, ==, channels);
  n = (gsize)width * (gsize)height * (gsize)got;
  for (gsize i = 0; i < n; i++)
    {
      double difference = (double)pixels[i] - (double)imp_raster_get_pixels (raster)[i];

      error_sum += difference * difference;
    }
  g_assert_cmpfloat (error_sum / (double)n, <, 20.0); /* 35 dB */
}

/* Row 2: SOI, the JFIF APP0 of 16 bytes, then only what decoding needs. */
static void
test_jpeg_markers (void)
{
  static const guint8 BEGIN[] = { 0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 'J',  'F',  'I',  'F',
                                  0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00 };
  g_autoptr (ImpRaster) raster = picture_new (100, 80, 3);
  g_autoptr (ImpFlatImage) flat = flatten (raster);
  g_autoptr (GBytes) file = imp_encode_jpeg (flat, 90, NULL, NULL);
  g_autoptr (GString) markers = g_string_new (NULL);
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  gsize at = 2;

  g_assert_cmpmem (bytes, MIN (size, sizeof BEGIN), BEGIN, sizeof BEGIN);
  while (bytes[at + 1] != 0xda)
    {
      g_string_append_printf (markers, "%02x ", bytes[at + 1]);
      if (bytes[at + 1] == 0xc0)
        for (guint i = 0; i < 3; i++)
          g_assert_cmpuint (bytes[at + 11 + 3 * i], ==, 0x11); /* 4:4:4 */
      at += 2 + (gsize)(bytes[at + 2] << 8 | bytes[at + 3]);
    }
  g_assert_cmpstr (markers->str, ==, "e0 db db c0 c4 c4 c4 c4 ");
  g_assert_cmpuint (bytes[size - 2] << 8 | bytes[size - 1], ==, 0xffd9);
}

static void
test_jpeg_refuses (void)
{
  g_autoptr (ImpRaster) wide = picture_new_constant (65501, 1, 1, 9);
  g_autoptr (ImpRaster) small = picture_new_constant (8, 8, 1, 9);
  g_autoptr (ImpFlatImage) too_wide = flatten (wide);
  g_autoptr (ImpFlatImage) flat = flatten (small);
  static const int QUALITIES[] = { 0, -1, 101 };

  for (guint i = 0; i < G_N_ELEMENTS (QUALITIES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (imp_encode_jpeg (flat, QUALITIES[i], NULL, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
      g_assert_null (imp_encode_jpeg (too_wide, 90, NULL, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (ImpRaster) raster = picture_new (800, 600, 3);
  g_autoptr (ImpFlatImage) flat = flatten (raster);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (imp_encode_png (flat, cancellable, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (imp_encode_jpeg (flat, 90, cancellable, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/leaks/row-11/flatten/grey", GINT_TO_POINTER (1), test_flatten);
  g_test_add_data_func ("/leaks/row-11/flatten/rgb", GINT_TO_POINTER (3), test_flatten);
  g_test_add_func ("/encode/flatten/leaves-the-rendering", test_flatten_leaves_the_rendering);
  g_test_add_func ("/encode/flatten/refuses-crops", test_flatten_refuses_crops);
  g_test_add_data_func ("/encode/png/round-trip/grey", GINT_TO_POINTER (1), test_png_round_trip);
  g_test_add_data_func ("/encode/png/round-trip/rgb", GINT_TO_POINTER (3), test_png_round_trip);
  g_test_add_func ("/leaks/row-5/png-chunks", test_png_chunks);
  g_test_add_func ("/encode/png/deterministic", test_png_is_deterministic);
  g_test_add_data_func ("/encode/jpeg/grey", GINT_TO_POINTER (1), test_jpeg);
  g_test_add_data_func ("/encode/jpeg/rgb", GINT_TO_POINTER (3), test_jpeg);
  g_test_add_func ("/leaks/row-2/jpeg-markers", test_jpeg_markers);
  g_test_add_func ("/encode/jpeg/refuses", test_jpeg_refuses);
  g_test_add_func ("/encode/cancelled", test_cancelled);
  return g_test_run ();
}
