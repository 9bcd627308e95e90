/* One picture, looked at: what was detected, what of it could be read, which codes there are.
 *
 * Owns: what is told and what is not.  May include: the detector, the reader, the codes, screen.
 * Must never: touch a file. */
#pragma once

#include "imp-geometry.h"
#include "imp-plane.h"
#include "imp-screen-wire.h"

G_BEGIN_DECLS

GArray *imp_look (const ImpPlane *plane, const ImpPlane *red, const ImpRect *area, guint looks,
                  guint milliseconds);

G_END_DECLS
