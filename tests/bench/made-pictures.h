/* Pictures that nobody ever took: like those of a radiology department and of a camera in it. Each
 * number gives another one, and always the same. */
#pragma once

#include "imp-raster.h"

G_BEGIN_DECLS

#define MADE_PICTURES_KINDS 7

ImpRaster *made_picture_new (guint kind, guint32 number);
const char *made_picture_kind (guint kind);

/* What becomes of a picture on its way through a social network. */
typedef struct
{
  double cut[4]; /* of its width or height: left, top, right, bottom */
  gboolean third;
  gboolean coarse; /* shrunk without taking care of what lies between */
  double caption;  /* of its height: a bar above (less than 0) or below */
  int quality;     /* of JPEG */
} MadeChange;

ImpRaster *made_picture_change (const ImpRaster *raster, const MadeChange *change, GRand *random);

G_END_DECLS
