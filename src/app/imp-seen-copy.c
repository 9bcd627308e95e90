#include "imp-seen-copy.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-permission-row.h"

static char *
name_person (ImpGate *gate, const char *id, gboolean *erased)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person =
      id != NULL ? imp_register_get_person (imp_gate_get_register (gate), id, &error) : NULL;

  *erased = g_error_matches (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  if (id == NULL)
    return g_strdup (_ ("Nobody knows whose picture it is"));
  if (*erased)
    return g_strdup (_ ("A person who was erased"));
  if (person == NULL)
    return g_strdup (_ ("Whose picture it is could not be read"));
  return g_strdup_printf ("%s · %s", person->name != NULL ? person->name : _ ("No name on record"),
                          person->hospital_number != NULL ? person->hospital_number
                                                          : _ ("no number"));
}

static char *
name_permission (ImpGate *gate, const char *id)
{
  g_autoptr (ImpPermission) permission =
      id != NULL ? imp_register_get_permission (imp_gate_get_register (gate), id, NULL) : NULL;

  if (id == NULL)
    return NULL;
  return permission != NULL ? imp_permission_row_title (permission)
                            : g_strdup (_ ("A permission that was erased"));
}

/**
 * imp_seen_copy_new:
 * @gate: the gate
 * @copy: a picture that left; copied
 * @with_person: whether it is asked whose picture it is
 *
 * Asks the register, so it is for a worker.
 *
 * Returns: (transfer full): what is shown of it
 */
ImpSeenCopy *
imp_seen_copy_new (ImpGate *gate, const ImpCopy *copy, gboolean with_person)
{
  ImpSeenCopy *seen = g_new0 (ImpSeenCopy, 1);

  seen->copy = imp_copy_copy (copy);
  seen->permission = name_permission (gate, copy->permission_id);
  seen->person = with_person ? name_person (gate, copy->person_id, &seen->erased) : NULL;
  return seen;
}

/**
 * imp_seen_copy_free:
 * @seen: (transfer full) (nullable): a copy as it is shown
 */
void
imp_seen_copy_free (ImpSeenCopy *seen)
{
  if (seen == NULL)
    return;
  imp_copy_free (seen->copy);
  g_free (seen->person);
  g_free (seen->permission);
  g_free (seen);
}
