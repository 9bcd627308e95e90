#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-accounts-private.h"
#include "imp-error.h"
#include "imp-register-text.h"

static gboolean
insert_record (ImpAccounts *self, const ImpUserRecord *record, GError **error)
{
  const ImpUser *user = record->user;
  g_autofree char *roles = imp_user_roles_to_text (user->roles);

  return imp_store_run (
      self->store, error,
      "INSERT INTO user_record (seq, at, act, user_id, name, roles, authority, active, key, by_id, "
      "by_signature, second_id, second_signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      g_variant_new ("(xsssssmsbsssmsms)", record->seq, record->at, record->act, user->id,
                     user->name, roles, user->authority, user->active, user->key, record->by_id,
                     record->by_signature, record->second_id, record->second_signature),
      NULL);
}

static gboolean
put_user (ImpAccounts *self, const ImpUserRecord *record, const char *locked_key, GError **error)
{
  const ImpUser *user = record->user;
  g_autofree char *folded = imp_register_text_fold_name (user->name);

  if (g_str_equal (record->act, "add"))
    return imp_store_run (
        self->store, error,
        "INSERT INTO user (id, name, name_folded, authority, active, key, locked_key, created) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        g_variant_new ("(sssmsbsmss)", user->id, user->name, folded, user->authority, user->active,
                       user->key, locked_key, record->at),
        NULL);
  return imp_store_run (
      self->store, error,
      "UPDATE user SET name = ?2, name_folded = ?3, authority = ?4, active = ?5, key = ?6, "
      "locked_key = iif (?5, coalesce (?7, locked_key), NULL) WHERE id = ?1",
      g_variant_new ("(sssmsbsms)", user->id, user->name, folded, user->authority, user->active,
                     user->key, locked_key),
      NULL);
}

static gboolean
put_roles (ImpAccounts *self, const ImpUser *user, GError **error)
{
  g_autofree char *text = imp_user_roles_to_text (user->roles);
  g_auto (GStrv) roles = g_strsplit (text, ",", -1);

  if (!imp_store_run (self->store, error, "DELETE FROM user_role WHERE user_id = ?",
                      g_variant_new ("(s)", user->id), NULL))
    return FALSE;
  for (char **role = roles; *role != NULL; role++)
    if (!imp_store_run (self->store, error, "INSERT INTO user_role (user_id, role) VALUES (?, ?)",
                        g_variant_new ("(ss)", user->id, *role), NULL))
      return FALSE;
  return TRUE;
}

/**
 * imp_accounts_append:
 * @self: the accounts
 * @record: a signed change that imp_user_record_apply() takes
 * @locked_key: (nullable): what the user's PIN unlocks, where it is a new one
 * @error: where to put the error
 *
 * Writes a change, in the calling thread's transaction, which it must have open.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (a rule of the schema), %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO; then the caller rolls back
 */
gboolean
imp_accounts_append (ImpAccounts *self, const ImpUserRecord *record, const char *locked_key,
                     GError **error)
{
  return insert_record (self, record, error) && put_user (self, record, locked_key, error)
         && put_roles (self, record->user, error);
}

/**
 * imp_accounts_set_locked_key:
 * @self: the accounts
 * @user_id: a user
 * @locked_key: the same key under another PIN
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_accounts_set_locked_key (ImpAccounts *self, const char *user_id, const char *locked_key,
                             GError **error)
{
  return imp_store_run (self->store, error,
                        "UPDATE user SET locked_key = ? WHERE id = ? AND active",
                        g_variant_new ("(ss)", locked_key, user_id), NULL);
}

/**
 * imp_accounts_note:
 * @self: the accounts
 * @user_id: a user
 * @kind: what they did: "signed-in", "changed-pin"
 * @error: where to put the error
 *
 * Writes into history what leaves no other trace there.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_accounts_note (ImpAccounts *self, const char *user_id, const char *kind, GError **error)
{
  return imp_store_run (self->store, error,
                        "INSERT INTO event (subject, subject_id, kind) VALUES ('user', ?, ?)",
                        g_variant_new ("(ss)", user_id, kind), NULL);
}
