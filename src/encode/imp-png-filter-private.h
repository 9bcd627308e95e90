/* The five filters of PNG (ISO/IEC 15948, 9.2), applied to rows of a raster. */
#pragma once

#include "imp-raster.h"

G_BEGIN_DECLS

/**
 * ImpPngFilter:
 *
 * The filter types as the format numbers them.
 */
typedef enum
{
  IMP_PNG_FILTER_NONE,
  IMP_PNG_FILTER_SUB,
  IMP_PNG_FILTER_UP,
  IMP_PNG_FILTER_AVERAGE,
  IMP_PNG_FILTER_PAETH,
  IMP_PNG_N_FILTERS,
} ImpPngFilter;

void imp_png_filter_rows (const ImpRaster *raster, ImpPngFilter filter, int first, int n_rows,
                          guint8 *out);

G_END_DECLS
