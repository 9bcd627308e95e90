/* One region of an ultrasound picture, as the file declares it (0018,6011).
 *
 * Owns: the check of what a helper says of it.  May include: core, image (types).
 * Must never: say what is to be covered: the regions say only where the picture proper is. */
#pragma once

#include <glib.h>

#include "imp-geometry.h"

G_BEGIN_DECLS

#define IMP_ULTRASOUND_MOST_REGIONS 64u

/**
 * ImpUltrasoundRegion:
 * @format: Region Spatial Format (0018,6012): 0 none or unknown, 1 two-dimensional, 2 motion,
 *   3 spectrum, 4 waveform, 5 graphics
 * @rect: where, in the full frame in display orientation; never empty, never beyond the frame
 */
typedef struct
{
  guint format;
  ImpRect rect;
} ImpUltrasoundRegion;

GArray *imp_ultrasound_regions_read (GVariant *facts, int width, int height);

G_END_DECLS
