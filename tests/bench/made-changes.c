#include "made-pictures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

typedef struct
{
  int width;
  int height;
  int channels;
  guint8 *pixels;
} Sheet;

static Sheet
sheet_new (int width, int height, int channels, guint8 fill)
{
  Sheet sheet = { width, height, channels, g_malloc ((gsize)width * height * channels) };

  memset (sheet.pixels, fill, (gsize)width * height * channels);
  return sheet;
}

static void
replace (Sheet *sheet, Sheet other)
{
  g_free (sheet->pixels);
  *sheet = other;
}

static void
cut (Sheet *sheet, const double *part)
{
  int x0 = (int)lround (sheet->width * part[0]);
  int y0 = (int)lround (sheet->height * part[1]);
  int width = sheet->width - x0 - (int)lround (sheet->width * part[2]);
  int height = sheet->height - y0 - (int)lround (sheet->height * part[3]);
  Sheet out = sheet_new (width, height, sheet->channels, 0);

  for (int y = 0; y < height; y++)
    memcpy (out.pixels + (gsize)y * width * out.channels,
            sheet->pixels + ((gsize)(y + y0) * sheet->width + x0) * sheet->channels,
            (gsize)width * out.channels);
  replace (sheet, out);
}

/* Nine pixels become one: their mean, or the one in the middle. */
static void
shrink (Sheet *sheet, gboolean coarse)
{
  Sheet out = sheet_new (MAX (1, sheet->width / 3), MAX (1, sheet->height / 3), sheet->channels, 0);

  for (int y = 0; y < out.height; y++)
    for (int x = 0; x < out.width; x++)
      for (int c = 0; c < out.channels; c++)
        {
          const guint8 *at =
              sheet->pixels + ((gsize)(3 * y) * sheet->width + 3 * x) * sheet->channels + c;
          gsize row = (gsize)sheet->width * sheet->channels;
          guint sum = 0;

          for (int k = 0; k < 9; k++)
            sum += at[(gsize)(k / 3) * row + (gsize)(k % 3) * sheet->channels];
          out.pixels[((gsize)y * out.width + x) * out.channels + c] =
              coarse ? at[row + sheet->channels] : (guint8)(sum / 9);
        }
  replace (sheet, out);
}

/* A bar with something like words on it. */
static void
add_caption (Sheet *sheet, double part, GRand *random)
{
  int bar = MAX (1, (int)lround (sheet->height * fabs (part)));
  gboolean dark = g_rand_boolean (random);
  Sheet out = sheet_new (sheet->width, sheet->height + bar, sheet->channels, dark ? 0 : 255);
  int from = part < 0 ? 0 : sheet->height;
  gsize row = (gsize)sheet->width * sheet->channels;

  memcpy (out.pixels + (part < 0 ? bar * row : 0), sheet->pixels, sheet->height * row);
  for (int line = 0; line < MAX (1, bar / 24); line++)
    for (int x = bar / 4; x < sheet->width * 4 / 5; x++)
      {
        int y0 = from + line * 24 + bar / 5;
        int y1 = MIN (y0 + MIN (12, bar / 2), from + bar);

        if (g_rand_int_range (random, 0, 3) != 0)
          for (int y = y0; y < y1; y++)
            if (g_rand_int_range (random, 0, 5) != 0)
              memset (out.pixels + (gsize)y * row + (gsize)x * out.channels, dark ? 255 : 0,
                      (gsize)out.channels);
      }
  replace (sheet, out);
}

static void
encode (Sheet *sheet, int quality)
{
  struct jpeg_compress_struct out;
  struct jpeg_decompress_struct in;
  struct jpeg_error_mgr errors;
  unsigned char *bytes = NULL;
  unsigned long length = 0;

  out.err = jpeg_std_error (&errors);
  jpeg_create_compress (&out);
  jpeg_mem_dest (&out, &bytes, &length);
  out.image_width = (JDIMENSION)sheet->width;
  out.image_height = (JDIMENSION)sheet->height;
  out.input_components = sheet->channels;
  out.in_color_space = sheet->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults (&out);
  jpeg_set_quality (&out, quality, TRUE);
  jpeg_start_compress (&out, TRUE);
  while (out.next_scanline < out.image_height)
    {
      JSAMPROW row = sheet->pixels + (gsize)out.next_scanline * sheet->width * sheet->channels;

      jpeg_write_scanlines (&out, &row, 1);
    }
  jpeg_finish_compress (&out);
  jpeg_destroy_compress (&out);

  in.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&in);
  jpeg_mem_src (&in, bytes, length);
  jpeg_read_header (&in, TRUE);
  jpeg_start_decompress (&in);
  while (in.output_scanline < in.output_height)
    {
      JSAMPROW row = sheet->pixels + (gsize)in.output_scanline * sheet->width * sheet->channels;

      jpeg_read_scanlines (&in, &row, 1);
    }
  jpeg_finish_decompress (&in);
  jpeg_destroy_decompress (&in);
  free (bytes);
}

/**
 * made_picture_change:
 * @raster: a picture
 * @change: what is done to it
 * @random: for what is written into a caption
 *
 * Returns: (transfer full): what others would find of it
 */
ImpRaster *
made_picture_change (const ImpRaster *raster, const MadeChange *change, GRand *random)
{
  Sheet sheet = sheet_new (imp_raster_get_width (raster), imp_raster_get_height (raster),
                           imp_raster_get_channels (raster), 0);
  g_autoptr (GBytes) bytes = NULL;
  gsize row = (gsize)sheet.width * sheet.channels;

  for (int y = 0; y < sheet.height; y++)
    memcpy (sheet.pixels + (gsize)y * row,
            imp_raster_get_pixels (raster) + (gsize)y * imp_raster_get_stride (raster), row);
  cut (&sheet, change->cut);
  if (change->third)
    shrink (&sheet, change->coarse);
  if (change->caption != 0)
    add_caption (&sheet, change->caption, random);
  encode (&sheet, change->quality);
  bytes = g_bytes_new_take (sheet.pixels, (gsize)sheet.width * sheet.height * sheet.channels);
  return imp_raster_new (sheet.width, sheet.height, sheet.channels, bytes, NULL);
}
