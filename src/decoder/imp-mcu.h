/* The block grid of a JPEG stream, from its frame header alone. */
#pragma once

#include "imp-geometry.h"

G_BEGIN_DECLS

typedef struct
{
  int width; /* of a minimum coded unit, in pixels */
  int height;
  int precision; /* bits of a sample */
  int lossless;  /* a predictive process, without blocks */
} ImpMcu;

gboolean imp_mcu_scan (const guint8 *data, gsize length, ImpMcu *mcu);
ImpGrid imp_mcu_combine (ImpGrid a, ImpGrid b);

G_END_DECLS
