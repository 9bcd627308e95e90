/* Making pixels square, after everything is filled. */
#pragma once

#include "imp-geometry.h"
#include "imp-raster.h"

G_BEGIN_DECLS

ImpRaster *imp_square_pixels (ImpRaster *filled, const ImpPixelShape *shape, GError **error);

G_END_DECLS
