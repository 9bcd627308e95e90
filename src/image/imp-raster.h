/* A finished 8-bit picture, grey or RGB, in display orientation.
 *
 * Owns: the pixels of one rendering; immutable and reference counted.
 * May include: core.  Must never: be encoded (encoders take ImpFlatImage, src/encode). */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_RASTER (imp_raster_get_type ())

typedef struct _ImpRaster ImpRaster;

GType imp_raster_get_type (void);
ImpRaster *imp_raster_new (int width, int height, int channels, GBytes *pixels, GError **error);
ImpRaster *imp_raster_ref (ImpRaster *raster);
void imp_raster_unref (ImpRaster *raster);

int imp_raster_get_width (const ImpRaster *raster);
int imp_raster_get_height (const ImpRaster *raster);
int imp_raster_get_channels (const ImpRaster *raster);
gsize imp_raster_get_stride (const ImpRaster *raster);
const guint8 *imp_raster_get_pixels (const ImpRaster *raster);
GBytes *imp_raster_get_bytes (const ImpRaster *raster);
char *imp_raster_hash (ImpRaster *raster);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpRaster, imp_raster_unref)

G_END_DECLS
