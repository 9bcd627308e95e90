/* Bar codes, QR codes and DataMatrix.
 *
 * Owns: zbar and libdmtx.  May include: imp-plane.  Must never: take long over what is none. */
#pragma once

#include "imp-plane.h"

G_BEGIN_DECLS

/**
 * ImpCode:
 * @text: (nullable): what it says, in UTF-8
 */
typedef struct
{
  int x0;
  int y0;
  int x1;
  int y1;
  char *text;
} ImpCode;

void imp_codes_start (void);
GArray *imp_codes_find (const ImpPlane *plane);

G_END_DECLS
