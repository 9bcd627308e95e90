#include "pictures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

static ImpRaster *
take (int width, int height, int channels, guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_bytes_new_take (pixels, (gsize)width * (gsize)height * (gsize)channels);
  ImpRaster *raster = imp_raster_new (width, height, channels, bytes, &error);

  g_assert_no_error (error);
  return raster;
}

/* A smooth picture with texture and no black in it, as a photograph has. */
ImpRaster *
picture_new (int width, int height, int channels)
{
  gsize size = (gsize)width * (gsize)height * (gsize)channels;
  guint8 *pixels = g_malloc (size);
  guint32 state = 12345;

  for (gsize i = 0; i < size; i++)
    {
      gsize x = i / (gsize)channels % (gsize)width;
      gsize y = i / (gsize)channels / (gsize)width;
      double tint = 10.0 * (double)(i % (gsize)channels);

      state = state * 1664525u + 1013904223u;
      pixels[i] = (guint8)(128.0 + 60.0 * sin ((double)x / 23.0 + tint / 40.0)
                           + 40.0 * cos ((double)y / 31.0) + tint / 2 + (double)(state >> 30));
    }
  return take (width, height, channels, pixels);
}

ImpRaster *
picture_new_noise (int width, int height, int channels, guint32 seed)
{
  gsize size = (gsize)width * (gsize)height * (gsize)channels;
  guint8 *pixels = g_malloc (size);
  guint32 state = seed;

  for (gsize i = 0; i < size; i++)
    {
      state = state * 1664525u + 1013904223u;
      pixels[i] = (guint8)(state >> 24);
    }
  return take (width, height, channels, pixels);
}

ImpRaster *
picture_new_constant (int width, int height, int channels, guint8 level)
{
  gsize size = (gsize)width * (gsize)height * (gsize)channels;
  guint8 *pixels = g_malloc (size);

  memset (pixels, level, size);
  return take (width, height, channels, pixels);
}

/* A copy in which the first channel of one pixel differs. */
ImpRaster *
picture_change (const ImpRaster *raster, int x, int y, int difference)
{
  int channels = imp_raster_get_channels (raster);
  gsize stride = imp_raster_get_stride (raster);
  gsize size = stride * (gsize)imp_raster_get_height (raster);
  guint8 *pixels = g_memdup2 (imp_raster_get_pixels (raster), size);

  pixels[(gsize)y * stride + (gsize)x * (gsize)channels] += (guint8)difference;
  return take (imp_raster_get_width (raster), imp_raster_get_height (raster), channels, pixels);
}

GBytes *
picture_encode_jpeg (const ImpRaster *raster, const PictureJpeg *how)
{
  struct jpeg_compress_struct jpeg = { 0 };
  struct jpeg_error_mgr manager;
  unsigned char *buffer = NULL;
  unsigned long length = 0;

  jpeg.err = jpeg_std_error (&manager);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &buffer, &length);
  jpeg.image_width = (JDIMENSION)imp_raster_get_width (raster);
  jpeg.image_height = (JDIMENSION)imp_raster_get_height (raster);
  jpeg.input_components = imp_raster_get_channels (raster);
  jpeg.in_color_space = jpeg.input_components == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, how->quality, TRUE);
  if (jpeg.input_components == 3)
    {
      jpeg.comp_info[0].h_samp_factor = how->h;
      jpeg.comp_info[0].v_samp_factor = how->v;
    }
  if (how->progressive)
    jpeg_simple_progression (&jpeg);
  jpeg.restart_in_rows = how->restart_rows;
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = (JSAMPROW)(imp_raster_get_pixels (raster)
                                + jpeg.next_scanline * imp_raster_get_stride (raster));

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (buffer, length, free, buffer);
}

/* Decodes by libpng's simplified interface, in the file's own channels. */
guint8 *
picture_decode_png (GBytes *file, int *width, int *height, int *channels)
{
  png_image image = { .version = PNG_IMAGE_VERSION };
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (file, &size);
  guint8 *pixels = NULL;

  g_assert_true (png_image_begin_read_from_memory (&image, data, size));
  g_assert_cmpuint (image.format & ~(PNG_FORMAT_FLAG_COLOR), ==, 0); /* no alpha, palette, 16 bit */
  *channels = image.format & PNG_FORMAT_FLAG_COLOR ? 3 : 1;
  *width = (int)image.width;
  *height = (int)image.height;
  pixels = g_malloc (PNG_IMAGE_SIZE (image));
  g_assert_true (png_image_finish_read (&image, NULL, pixels, 0, NULL));
  return pixels;
}

guint8 *
picture_decode_jpeg (GBytes *file, int *width, int *height, int *channels)
{
  struct jpeg_decompress_struct jpeg = { 0 };
  struct jpeg_error_mgr manager;
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (file, &size);
  guint8 *pixels = NULL;
  gsize row = 0;

  jpeg.err = jpeg_std_error (&manager);
  jpeg_create_decompress (&jpeg);
  jpeg_mem_src (&jpeg, data, (unsigned long)size);
  jpeg_read_header (&jpeg, TRUE);
  jpeg_start_decompress (&jpeg);
  *width = (int)jpeg.output_width;
  *height = (int)jpeg.output_height;
  *channels = jpeg.output_components;
  row = (gsize)*width * (gsize)*channels;
  pixels = g_malloc (row * (gsize)*height);
  while (jpeg.output_scanline < jpeg.output_height)
    {
      JSAMPROW into = pixels + (gsize)jpeg.output_scanline * row;

      jpeg_read_scanlines (&jpeg, &into, 1);
    }
  jpeg_finish_decompress (&jpeg);
  jpeg_destroy_decompress (&jpeg);
  return pixels;
}
