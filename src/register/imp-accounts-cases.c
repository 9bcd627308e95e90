/* Cases that wait for a second person. */
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-accounts-private.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"

#define CASE_COLUMNS                                                                               \
  "id, digest, source_sha256, request, reason, rules, authority, parked_by, parked, state, "       \
  "decided_by, decided, words, person_id"

static void
add_case (ImpRow *row, gpointer user_data)
{
  ImpParkedCase *parked = imp_parked_case_new ();

  parked->id = g_strdup (imp_row_text (row, 0));
  parked->digest = g_strdup (imp_row_text (row, 1));
  parked->source_sha256 = g_strdup (imp_row_text (row, 2));
  parked->request = g_strdup (imp_row_text (row, 3));
  parked->reason = g_strdup (imp_row_text (row, 4));
  parked->rules = g_strdup (imp_row_text (row, 5));
  parked->authority = g_strdup (imp_row_text (row, 6));
  parked->parked_by = g_strdup (imp_row_text (row, 7));
  parked->parked = g_strdup (imp_row_text (row, 8));
  parked->state = g_strdup (imp_row_text (row, 9));
  parked->decided_by = g_strdup (imp_row_text (row, 10));
  parked->decided = g_strdup (imp_row_text (row, 11));
  parked->words = g_strdup (imp_row_text (row, 12));
  parked->person_id = g_strdup (imp_row_text (row, 13));
  g_ptr_array_add (user_data, parked);
}

static GPtrArray *
list_cases (ImpAccounts *self, const char *sql, GVariant *parameters, GError **error)
{
  g_autoptr (GPtrArray) cases =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_parked_case_free);

  if (!imp_store_query (self->store, error, sql, /* reader: the gate knows whose cases they are */
                        parameters, add_case, cases))
    return NULL;
  return g_steal_pointer (&cases);
}

/**
 * imp_accounts_park:
 * @self: the accounts
 * @parked: what waits: its digest, source_sha256, request, reason, rules, authority, parked_by;
 * gets its id, moment and state
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (it waits already, or a rule of the schema),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_accounts_park (ImpAccounts *self, ImpParkedCase *parked, GError **error)
{
  parked->id = imp_id_new ();
  parked->parked = imp_clock_now ();
  parked->state = g_strdup ("waiting");
  return imp_store_run (self->store, error,
                        "INSERT INTO parked_case (id, digest, source_sha256, request, reason, "
                        "rules, authority, parked_by, parked, person_id) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        g_variant_new ("(ssssssmsssms)", parked->id, parked->digest,
                                       parked->source_sha256, parked->request, parked->reason,
                                       parked->rules, parked->authority, parked->parked_by,
                                       parked->parked, parked->person_id),
                        NULL);
}

/**
 * imp_accounts_list_cases:
 * @self: the accounts
 * @state: (nullable): only those in this state
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpParkedCase) (nullable): the cases, oldest first, or
 *   %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_accounts_list_cases (ImpAccounts *self, const char *state, GError **error)
{
  if (state != NULL)
    return list_cases (self,
                       "SELECT " CASE_COLUMNS " FROM parked_case WHERE state = ? ORDER BY parked",
                       g_variant_new ("(s)", state), error);
  return list_cases (self, "SELECT " CASE_COLUMNS " FROM parked_case ORDER BY state, parked", NULL,
                     error);
}

/**
 * imp_accounts_get_case:
 * @self: the accounts
 * @id: a case's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the case, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpParkedCase *
imp_accounts_get_case (ImpAccounts *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) cases =
      list_cases (self, "SELECT " CASE_COLUMNS " FROM parked_case WHERE id = ?",
                  g_variant_new ("(s)", id), error);

  if (cases == NULL)
    return NULL;
  if (cases->len > 0)
    return imp_parked_case_copy (g_ptr_array_index (cases, 0));
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("There is no such parked case: list them to see their ids"));
  return NULL;
}

/**
 * imp_accounts_close_case:
 * @self: the accounts
 * @id: a case that waits, or was approved and is now declined
 * @state: "approved", "declined" or "taken-back"
 * @user_id: who says so
 * @words: (nullable): in which words
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (it no longer waits, or a rule of the schema),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_accounts_close_case (ImpAccounts *self, const char *id, const char *state, const char *user_id,
                         const char *words, GError **error)
{
  g_autofree char *now = imp_clock_now ();
  gint64 changes = 0;

  if (!imp_store_run (self->store, error,
                      "UPDATE parked_case SET state = ?2, decided_by = ?3, decided = ?4, "
                      "words = ?5 WHERE id = ?1 AND (state = 'waiting' "
                      "OR (state = 'approved' AND ?2 = 'declined'))",
                      g_variant_new ("(ssssms)", id, state, user_id, now, words), &changes))
    return FALSE;
  if (changes == 1)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("This case no longer waits: somebody has decided it"));
  return FALSE;
}
