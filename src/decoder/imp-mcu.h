/* The block grid of a JPEG stream, and whether its scans say all of its blocks. */
#pragma once

#include "imp-geometry.h"

G_BEGIN_DECLS

/* What a stream says of its own colours: Adobe's APP14, JFIF, or components named R, G and B. */
typedef enum
{
  IMP_MCU_UNSAID,
  IMP_MCU_RGB,
  IMP_MCU_YCC,
} ImpMcuColours;

typedef struct
{
  int width; /* of a minimum coded unit, in pixels */
  int height;
  int columns; /* of the picture; 0 where only the end of its scan says */
  int rows;
  int components;
  int precision; /* bits of a sample */
  int lossless;  /* a predictive process, without blocks */
  ImpMcuColours colours;
  int progressive; /* sends its blocks in several scans, perhaps not to the end */
} ImpMcu;

gboolean imp_mcu_scan (const guint8 *data, gsize length, ImpMcu *mcu);
gboolean imp_mcu_is_finished (const guint8 *data, gsize length);
gsize imp_mcu_skip_entropy (const guint8 *data, gsize length, gsize at);
ImpGrid imp_mcu_combine (ImpGrid a, ImpGrid b);

G_END_DECLS
