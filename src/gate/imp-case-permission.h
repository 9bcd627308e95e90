/* What the register's permissions say of one use. Private to the gate.
 *
 * Owns: which "no" stands against which "yes".
 * May include: register policy core.  Must never: read the register. */
#pragma once

#include "imp-case.h"

G_BEGIN_DECLS

/* One person and all that they ever said, as the register has it now. */
typedef struct
{
  ImpPerson *person;        /* owned */
  GPtrArray *permissions;   /* ImpPermission*, owned */
  GHashTable *order;        /* owned: imp_register_list_order() */
  GHashTable *behind;       /* owned: imp_register_list_behind() */
  gboolean clock_is_behind; /* of what the register knows: no permission counts */
} ImpCaseRecord;

void imp_case_fill_permission (const ImpCaseRecord *record, const ImpPermission *permission,
                               const char *today, ImpPolicyFacts *facts);
gboolean imp_case_no_stands (const ImpCase *self, const ImpCaseRecord *record,
                             const ImpPermission *rests_on, const char *today,
                             const ImpPolicyFacts *facts);

G_END_DECLS
