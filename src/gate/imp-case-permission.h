/* What the register's permissions say of one use. Private to the gate.
 *
 * Owns: which "no" stands against which "yes".
 * May include: register policy core.  Must never: read the register. */
#pragma once

#include "imp-case-record.h"
#include "imp-case.h"

G_BEGIN_DECLS

void imp_case_fill_permission (const ImpCaseRecord *record, const ImpPermission *permission,
                               const char *today, ImpPolicyFacts *facts);
gboolean imp_case_no_stands (const ImpCase *self, const ImpCaseRecord *record,
                             const ImpPermission *rests_on, const char *today,
                             const ImpPolicyFacts *facts);

G_END_DECLS
