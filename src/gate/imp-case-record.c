#include "imp-case-record.h"

#include "gate-private.h"
#include "imp-register-keeping.h"

/**
 * imp_case_record_new:
 * @gate: the gate
 * @person: a person of the register
 * @clock_is_behind: whether the clock is behind what the register knows of
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what the person said, or %NULL with an error of the register
 */
ImpCaseRecord *
imp_case_record_new (ImpGate *gate, const ImpPerson *person, gboolean clock_is_behind,
                     GError **error)
{
  g_autoptr (ImpCaseRecord) record = g_new0 (ImpCaseRecord, 1);

  record->person = imp_person_copy (person);
  record->clock_is_behind = clock_is_behind;
  record->order = imp_register_list_order (gate->people, person->id, error);
  if (record->order == NULL)
    return NULL;
  record->behind = imp_register_list_behind (gate->people, person->id, error);
  if (record->behind == NULL)
    return NULL;
  record->permissions = imp_register_list_permissions (gate->people, person->id, error);
  if (record->permissions == NULL)
    return NULL;
  return g_steal_pointer (&record);
}

/**
 * imp_case_record_free:
 * @record: (transfer full) (nullable): what a person said
 */
void
imp_case_record_free (ImpCaseRecord *record)
{
  if (record == NULL)
    return;
  imp_person_free (record->person);
  g_clear_pointer (&record->permissions, g_ptr_array_unref);
  g_clear_pointer (&record->order, g_hash_table_unref);
  g_clear_pointer (&record->behind, g_hash_table_unref);
  g_free (record);
}
