#include <glib/gi18n.h>

#include "imp-csv-entry.h"
#include "imp-error.h"
#include "imp-paper-private.h"
#include "imp-register-names.h"

#define PAGE 500

static gboolean
append_person (ImpRegister *people, const char *id, GString *csv, GError **error)
{
  ImpEntry entry = { imp_register_get_person (people, id, error), NULL };
  g_autoptr (ImpPerson) person = entry.person;
  g_autoptr (GPtrArray) permissions =
      person != NULL ? imp_register_list_permissions (people, id, error) : NULL;
  g_autoptr (GPtrArray) numbers =
      permissions != NULL ? imp_register_list_identifiers (people, id, error) : NULL;
  g_autoptr (GPtrArray) names =
      numbers != NULL ? imp_register_list_aliases (people, id, error) : NULL;

  if (names == NULL)
    return FALSE;
  entry.numbers = numbers;
  entry.names = names;
  /* The oldest first, so that taking them in again keeps their order. */
  for (guint i = permissions->len; i > 0; i--)
    {
      entry.permission = g_ptr_array_index (permissions, i - 1);
      imp_csv_append_entry (csv, &entry);
    }
  if (permissions->len == 0)
    imp_csv_append_entry (csv, &entry);
  return TRUE;
}

static gboolean
append_page (ImpRegister *people, GPtrArray *ids, GString *csv, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!append_person (people, g_ptr_array_index (ids, i), csv, error))
      return FALSE;
  return TRUE;
}

/**
 * _imp_paper_csv_template:
 * @gate: the gate
 * @paper: which paper: of nobody
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * Returns: (transfer full): an empty table to be filled in and taken in
 */
GBytes *
_imp_paper_csv_template (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GString) csv = g_string_new (NULL);

  imp_csv_append_template (csv);
  return g_string_free_to_bytes (g_steal_pointer (&csv));
}

/**
 * _imp_paper_csv:
 * @gate: the gate
 * @paper: what is wanted
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Writes down all people and permissions: one row a permission, one for a person without any.
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with %IMP_ERROR_CANCELLED or an error of
 *   the register
 */
GBytes *
_imp_paper_csv (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable, GError **error)
{
  ImpRegister *people = imp_gate_get_register (gate);
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autofree char *last = NULL;
  gboolean more = TRUE;

  imp_csv_append_header (csv);
  while (more)
    {
      g_autoptr (GPtrArray) ids = imp_register_list_person_ids (people, last, PAGE, error);

      if (ids == NULL || !append_page (people, ids, csv, error))
        return NULL;
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Stopped: nothing was written"));
          return NULL;
        }
      more = ids->len == PAGE;
      g_free (last);
      last = ids->len > 0 ? g_strdup (g_ptr_array_index (ids, ids->len - 1)) : NULL;
    }
  return g_string_free_to_bytes (g_steal_pointer (&csv));
}
