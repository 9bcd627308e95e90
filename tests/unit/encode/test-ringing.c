/* Row 14: two JPEGs that differ only under the drawn box give byte-identical files once the box is
 * snapped, whatever the sampling, the quality and the orientation; and a tight box does not do. */

#include <string.h>

#include "imp-flat-image.h"
#include "imp-geometry.h"
#include "imp-hash.h"
#include "pictures.h"

#define WIDTH 117 /* as shown */
#define HEIGHT 86

static const struct
{
  int channels;
  int h, v;
  ImpGrid grid; /* T.81: the MCU: 8 × the largest factors; 8 × 8 for one component */
} SAMPLINGS[] = { { 1, 1, 1, { 8, 8 } },  { 3, 1, 1, { 8, 8 } },   { 3, 2, 1, { 16, 8 } },
                  { 3, 1, 2, { 8, 16 } }, { 3, 2, 2, { 16, 16 } }, { 3, 4, 1, { 32, 8 } },
                  { 3, 4, 2, { 32, 16 } } };

static const ImpRect BOXES[] = {
  { 40, 30, 25, 9 }, { 0, 0, 13, 13 },   { WIDTH - 7, 20, 7, 7 },         { 20, HEIGHT - 5, 40, 5 },
  { 63, 47, 1, 1 },  { 64, 48, 16, 16 }, { WIDTH - 1, HEIGHT - 1, 1, 1 }, { 0, 40, WIDTH, 3 }
};

/* Where stored row r and column c are seen (EXIF 2.32, table 6: "the 0th row is at the visual …
 * and the 0th column at the visual …"). */
static void
place (int orientation, int r, int c, int *x, int *y)
{
  static const char ROW[] = " TTBBLRRL";
  static const char COLUMN[] = " LRRLTTBB";

  *y = ROW[orientation] == 'T' ? r : ROW[orientation] == 'B' ? HEIGHT - 1 - r : *y;
  *x = ROW[orientation] == 'L' ? r : ROW[orientation] == 'R' ? WIDTH - 1 - r : *x;
  *y = COLUMN[orientation] == 'T' ? c : COLUMN[orientation] == 'B' ? HEIGHT - 1 - c : *y;
  *x = COLUMN[orientation] == 'L' ? c : COLUMN[orientation] == 'R' ? WIDTH - 1 - c : *x;
}

/* Turns from shown to stored pixels, or back. */
static ImpRaster *
turn (const ImpRaster *raster, int orientation, gboolean to_stored)
{
  int channels = imp_raster_get_channels (raster);
  int stored_width = orientation >= 5 ? HEIGHT : WIDTH;
  int stored_height = orientation >= 5 ? WIDTH : HEIGHT;
  gsize size = (gsize)WIDTH * HEIGHT * (gsize)channels;
  guint8 *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, size);
  const guint8 *from = imp_raster_get_pixels (raster);

  for (int r = 0; r < stored_height; r++)
    for (int c = 0; c < stored_width; c++)
      {
        int x = 0;
        int y = 0;
        gsize stored = (gsize)((r * stored_width + c) * channels);
        gsize shown = 0;

        place (orientation, r, c, &x, &y);
        shown = (gsize)((y * WIDTH + x) * channels);
        memcpy (pixels + (to_stored ? stored : shown), from + (to_stored ? shown : stored),
                (gsize)channels);
      }
  return imp_raster_new (to_stored ? stored_width : WIDTH, to_stored ? stored_height : HEIGHT,
                         channels, bytes, NULL);
}

/* A copy with the pixels under the box taken from another picture. */
static ImpRaster *
put_under (const ImpRaster *raster, const ImpRaster *under, const ImpRect *box)
{
  gsize stride = imp_raster_get_stride (raster);
  gsize channels = (gsize)imp_raster_get_channels (raster);
  guint8 *pixels = g_memdup2 (imp_raster_get_pixels (raster), stride * HEIGHT);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * HEIGHT);

  for (int y = box->y; y < box->y + box->height; y++)
    memcpy (pixels + (gsize)y * stride + (gsize)box->x * channels,
            imp_raster_get_pixels (under) + (gsize)y * stride + (gsize)box->x * channels,
            (gsize)box->width * channels);
  return imp_raster_new (WIDTH, HEIGHT, (int)channels, bytes, NULL);
}

/* Through a JPEG file in stored orientation and back to what is shown. */
static ImpRaster *
through_jpeg (const ImpRaster *raster, int orientation, const PictureJpeg *how)
{
  g_autoptr (ImpRaster) stored = turn (raster, orientation, TRUE);
  g_autoptr (GBytes) file = picture_encode_jpeg (stored, how);
  int width = 0;
  int height = 0;
  int channels = 0;
  guint8 *pixels = picture_decode_jpeg (file, &width, &height, &channels);
  g_autoptr (GBytes) bytes =
      g_bytes_new_take (pixels, (gsize)width * (gsize)height * (gsize)channels);
  g_autoptr (ImpRaster) decoded = imp_raster_new (width, height, channels, bytes, NULL);

  return turn (decoded, orientation, FALSE);
}

/* Whether both give the same file once @box is filled. */
static gboolean
same_file (const ImpRaster *a, const ImpRaster *b, const ImpRect *box, gboolean encode)
{
  g_autoptr (ImpFlatImage) flat_a = imp_flat_image_new (a, box, 1, NULL, NULL, NULL);
  g_autoptr (ImpFlatImage) flat_b = imp_flat_image_new (b, box, 1, NULL, NULL, NULL);
  g_autoptr (GBytes) file_a = NULL;
  g_autoptr (GBytes) file_b = NULL;

  if (!encode)
    return g_bytes_equal (imp_raster_get_bytes (imp_flat_image_get_raster (flat_a)),
                          imp_raster_get_bytes (imp_flat_image_get_raster (flat_b)));
  file_a = imp_encode_png (flat_a, NULL, NULL);
  file_b = imp_encode_png (flat_b, NULL, NULL);
  return g_bytes_equal (file_a, file_b);
}

static void
test_ringing (gconstpointer data)
{
  guint s = GPOINTER_TO_UINT (data);
  static const int QUALITIES[] = { 30, 75, 95 };
  int channels = SAMPLINGS[s].channels;
  g_autoptr (ImpRaster) ground = picture_new (WIDTH, HEIGHT, channels);
  g_autoptr (ImpRaster) one = picture_new_noise (WIDTH, HEIGHT, channels, 1);
  g_autoptr (ImpRaster) other = picture_new_noise (WIDTH, HEIGHT, channels, 2);
  guint n_tight = 0;
  guint n_eight = 0;

  for (guint q = 0; q < G_N_ELEMENTS (QUALITIES); q++)
    for (guint b = 0; b < G_N_ELEMENTS (BOXES); b++)
      for (int orientation = 1; orientation <= 8; orientation++)
        {
          PictureJpeg how = { QUALITIES[q], SAMPLINGS[s].h, SAMPLINGS[s].v, b % 2 == 1, 0 };
          g_autoptr (ImpRaster) first = put_under (ground, one, &BOXES[b]);
          g_autoptr (ImpRaster) second = put_under (ground, other, &BOXES[b]);
          g_autoptr (ImpRaster) shown_first = through_jpeg (first, orientation, &how);
          g_autoptr (ImpRaster) shown_second = through_jpeg (second, orientation, &how);
          ImpRect snapped =
              imp_geometry_snap (&BOXES[b], WIDTH, HEIGHT, orientation, SAMPLINGS[s].grid);
          ImpRect eight =
              imp_geometry_snap (&BOXES[b], WIDTH, HEIGHT, orientation, (ImpGrid){ 8, 8 });

          g_assert_true (
              same_file (shown_first, shown_second, &snapped, q == 1 && orientation == 6));
          n_tight += !same_file (shown_first, shown_second, &BOXES[b], FALSE);
          n_eight += !same_file (shown_first, shown_second, &eight, FALSE);
        }
  /* So that this test could have failed: tight boxes leak, and so do those on a grid too fine. */
  g_assert_cmpuint (n_tight, >, 100);
  if (SAMPLINGS[s].grid.width > 8 || SAMPLINGS[s].grid.height > 8)
    g_assert_cmpuint (n_eight, >, 20);
  else
    g_assert_cmpuint (n_eight, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint s = 0; s < G_N_ELEMENTS (SAMPLINGS); s++)
    {
      g_autofree char *path = g_strdup_printf (
          "/leaks/row-14/ringing/%d-%dx%d", SAMPLINGS[s].channels, SAMPLINGS[s].h, SAMPLINGS[s].v);

      g_test_add_data_func (path, GUINT_TO_POINTER (s), test_ringing);
    }
  return g_test_run ();
}
