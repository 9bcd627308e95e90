/* One person and all that they ever said, as the register has it now. Private to the gate.
 *
 * Owns: reading that.  May include: register core.  Must never: judge it. */
#pragma once

#include "gate.h"

G_BEGIN_DECLS

typedef struct
{
  ImpPerson *person;        /* owned */
  GPtrArray *permissions;   /* ImpPermission*, owned */
  GHashTable *order;        /* owned: imp_register_list_order() */
  GHashTable *behind;       /* owned: imp_register_list_behind() */
  gboolean clock_is_behind; /* of what the register knows: no permission counts */
} ImpCaseRecord;

ImpCaseRecord *imp_case_record_new (ImpGate *gate, const ImpPerson *person,
                                    gboolean clock_is_behind, GError **error);
void imp_case_record_free (ImpCaseRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCaseRecord, imp_case_record_free)

G_END_DECLS
