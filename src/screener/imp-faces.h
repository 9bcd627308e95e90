/* What looks like a face in a photograph.
 *
 * Owns: at which size and turned which way it is looked for.  May include: face-bridge, imp-plane.
 * Must never: have its silence taken for "nobody is in it". */
#pragma once

#include "imp-geometry.h"
#include "imp-plane.h"

G_BEGIN_DECLS

void imp_faces_start (void);
gboolean imp_faces_are_known (void);
gboolean imp_faces_find (const ImpPlane *plane, GArray *rects);

G_END_DECLS
