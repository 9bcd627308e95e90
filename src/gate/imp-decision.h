/* One decision as the ledger keeps it: what was known and answered, without identifiers and without
 * free text, enough to judge it again. Private to the gate. */
#pragma once

#include <json-glib/json-glib.h>

#include "imp-policy.h"

G_BEGIN_DECLS

char *imp_decision_write (ImpPack *pack, const ImpPolicyFacts *facts, const ImpVerdict *verdict);
ImpVerdict *imp_decision_judge_again (JsonObject *decision, ImpPack *pack);
gboolean imp_decision_get_outcome (JsonObject *decision, ImpOutcome *outcome);

G_END_DECLS
