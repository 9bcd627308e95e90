/* Where on an ultrasound screen the picture is, and where the rest.
 *
 * Owns: the geometry of what lies outside.  May include: core, image, decode (facts).
 * Must never: trust the regions alone: some cover text. */
#pragma once

#include "imp-facts.h"

G_BEGIN_DECLS

gboolean imp_ultrasound_is (const ImpFacts *facts);
GArray *imp_ultrasound_find_outside (const ImpFacts *facts); /* ImpRect */
gboolean imp_ultrasound_find_strip (const ImpFacts *facts, ImpRect *strip);

G_END_DECLS
