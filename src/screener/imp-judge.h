/* How much a line looks like writing.
 *
 * Owns: what is measured of a line and around it, and the weights of that.
 * May include: imp-lines.  Must never: read. */
#pragma once

#include "imp-lines.h"

G_BEGIN_DECLS

#define IMP_JUDGE_FEATURES 44

void imp_judge_measure (const ImpLine *line, const ImpPlane *plane, const ImpPlane *relief,
                        int scale, float *features);
double imp_judge (const float *features);

G_END_DECLS
