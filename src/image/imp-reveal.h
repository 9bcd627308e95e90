/* The reveal view: what is one or two grey levels apart is seen apart. Only ever looked at.
 *
 * Owns: how grey levels are spread.  May include: core.  Must never: be encoded. */
#pragma once

#include "imp-raster.h"

G_BEGIN_DECLS

ImpRaster *imp_reveal (const ImpRaster *raster);

G_END_DECLS
