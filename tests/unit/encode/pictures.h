/* Pictures that tests of encode and verify share. */
#pragma once

#include "imp-raster.h"

G_BEGIN_DECLS

/* How a JPEG of a test is written: by libjpeg directly, never by our own encoder. */
typedef struct
{
  int quality;
  int h; /* sampling factors of the first component */
  int v;
  gboolean progressive;
  int restart_rows; /* MCU rows between restart markers; 0 for none */
} PictureJpeg;

ImpRaster *picture_new (int width, int height, int channels);
ImpRaster *picture_new_noise (int width, int height, int channels, guint32 seed);
ImpRaster *picture_new_constant (int width, int height, int channels, guint8 level);
ImpRaster *picture_change (const ImpRaster *raster, int x, int y, int difference);
GBytes *picture_encode_jpeg (const ImpRaster *raster, const PictureJpeg *how);
guint8 *picture_decode_png (GBytes *file, int *width, int *height, int *channels);
guint8 *picture_decode_jpeg (GBytes *file, int *width, int *height, int *channels);

G_END_DECLS
