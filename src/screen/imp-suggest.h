/* What a person may want to cover in a picture, and what is left in one that is about to leave.
 *
 * Owns: how what was seen and what is known become suggestions: pure functions.
 * May include: core, image, decode (facts).  Must never: cover anything itself. */
#pragma once

#include "imp-known.h"
#include "imp-screener.h"
#include "imp-spot.h"
#include "imp-suggestion.h"

G_BEGIN_DECLS

ImpScreenerLooks imp_suggest_choose_looks (const ImpFacts *facts);
GPtrArray *imp_suggest_spots (GPtrArray *spots, const ImpKnown *known, guint frame_number);
GPtrArray *imp_suggest_areas (const ImpFacts *facts, const ImpFrame *frame, guint frame_number);
GPtrArray *imp_suggest_remembered (const GArray *rects, guint frame_number);
void imp_suggest_join (GPtrArray *suggestions);

G_END_DECLS
