/* Times the part of a release that makes and proves the file: flatten, encode, verify.
 *
 * Usage: bench-release-proof PHOTO.jpg OUTPUT.png; prints seconds and bytes as "name value". */

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "imp-flat-image.h"
#include "imp-verify.h"

static ImpRaster *
read_photo (const char *path)
{
  struct jpeg_decompress_struct jpeg = { 0 };
  struct jpeg_error_mgr manager;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) pixels = NULL;
  gsize length = 0;
  guint8 *buffer = NULL;
  gsize row = 0;

  if (!g_file_get_contents (path, &contents, &length, &error))
    g_error ("%s", error->message);
  jpeg.err = jpeg_std_error (&manager);
  jpeg_create_decompress (&jpeg);
  jpeg_mem_src (&jpeg, (const guint8 *)contents, (unsigned long)length);
  jpeg_read_header (&jpeg, TRUE);
  jpeg_start_decompress (&jpeg);
  row = (gsize)jpeg.output_width * (gsize)jpeg.output_components;
  buffer = g_malloc (row * jpeg.output_height);
  while (jpeg.output_scanline < jpeg.output_height)
    {
      JSAMPROW into = buffer + jpeg.output_scanline * row;

      jpeg_read_scanlines (&jpeg, &into, 1);
    }
  pixels = g_bytes_new_take (buffer, row * jpeg.output_height);
  jpeg_finish_decompress (&jpeg);
  jpeg_destroy_decompress (&jpeg);
  return imp_raster_new ((int)jpeg.output_width, (int)jpeg.output_height, jpeg.output_components,
                         pixels, NULL);
}

static void
lap (const char *name, gint64 *since)
{
  gint64 now = g_get_monotonic_time ();

  printf ("%s %.3f\n", name, (double)(now - *since) / G_USEC_PER_SEC);
  *since = g_get_monotonic_time ();
}

int
main (int argc, char *argv[])
{
  static const char *const IDENTIFIERS[] = { "EXAMPLE^PERSON A", "EXAMPLE", "H204417", NULL };
  ImpRect boxes[] = { { 783, 511, 1202, 305 }, { 4000, 2000, 640, 480 } };
  gint64 time = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (ImpFlatImage) flat = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (ImpVerifyReport) report = NULL;

  if (argc != 3)
    return 1;
  raster = read_photo (argv[1]);
  lap ("decode", &time);
  flat = imp_flat_image_new (raster, boxes, G_N_ELEMENTS (boxes), NULL, NULL, &error);
  lap ("flatten", &time);
  file = imp_encode_png (flat, NULL, &error);
  lap ("encode", &time);
  report = imp_verify_file (file, raster, boxes, G_N_ELEMENTS (boxes), NULL, NULL, IDENTIFIERS,
                            "img-0123456789.png", NULL, &error);
  lap ("verify", &time);
  printf ("bytes %lu\n", (gulong)g_bytes_get_size (file));
  return report->flat
                 && g_file_set_contents (argv[2], g_bytes_get_data (file, NULL),
                                         (gssize)g_bytes_get_size (file), &error)
             ? 0
             : 1;
}
