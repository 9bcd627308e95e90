/* Pictures that tests of encode and verify share. */
#pragma once

#include "imp-raster.h"

G_BEGIN_DECLS

ImpRaster *picture_new (int width, int height, int channels);
ImpRaster *picture_new_noise (int width, int height, int channels, guint32 seed);
ImpRaster *picture_new_constant (int width, int height, int channels, guint8 level);
ImpRaster *picture_change (const ImpRaster *raster, int x, int y, int difference);
guint8 *picture_decode_png (GBytes *file, int *width, int *height, int *channels);
guint8 *picture_decode_jpeg (GBytes *file, int *width, int *height, int *channels);

G_END_DECLS
