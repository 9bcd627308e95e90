#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gate-accounts-private.h"
#include "imp-error.h"

/* ---- everybody ---- */

/**
 * _imp_gate_get_member:
 * @body: the body of a row of the ledger
 * @name: a member of it
 *
 * Returns: (transfer full) (nullable): its text, or %NULL where there is none
 */
char *
_imp_gate_get_member (const char *body, const char *name)
{
  g_autoptr (JsonNode) root = json_from_string (body, NULL);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return g_strdup (
      json_object_get_string_member_with_default (json_node_get_object (root), name, NULL));
}

/* The ledger has a row for each record: one that was cut off, or added beside the gate, shows. */
static gboolean
check_ledger (ImpGate *self, GPtrArray *records, GError **error)
{
  g_autoptr (GPtrArray) rows =
      imp_ledger_list_of (self->ledger, "user", IMP_USERS_EXPORT_ID, error);
  gboolean fits = rows != NULL && rows->len == records->len;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && fits; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (rows, i);
      g_autofree char *hash = imp_user_record_hash (g_ptr_array_index (records, i));
      g_autofree char *said = _imp_gate_get_member (row->body, "record");

      fits = g_strcmp0 (hash, said) == 0;
    }
  if (!fits)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("The users are not those of the ledger: the register was changed from "
                            "outside, so nobody can sign in. Restore a backup"));
  return fits;
}

/**
 * _imp_gate_load_users:
 * @self: the gate
 * @records: (out) (optional) (transfer full) (element-type ImpUserRecord): what vouches for them
 * @error: where to put the error
 *
 * Reads everybody, checked against the signatures and the ledger.
 *
 * Returns: (transfer full) (element-type ImpUser) (nullable): everybody, or %NULL with
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
_imp_gate_load_users (ImpGate *self, GPtrArray **records, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) users = imp_accounts_load (self->accounts, &found, error);

  if (users == NULL || !check_ledger (self, found, error))
    return NULL;
  if (records != NULL)
    *records = g_steal_pointer (&found);
  return g_steal_pointer (&users);
}

/**
 * imp_gate_has_users:
 * @self: the gate
 * @has_users: (out): whether a user was ever made
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_gate_has_users (ImpGate *self, gboolean *has_users, GError **error)
{
  gboolean in_ledger = FALSE;

  if (!imp_accounts_any (self->accounts, has_users, error)
      || !imp_ledger_has (self->ledger, "user", IMP_USERS_EXPORT_ID, &in_ledger, error))
    return FALSE;
  *has_users = *has_users || in_ledger;
  return TRUE;
}

/**
 * imp_gate_list_users:
 * @self: the gate
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpUser) (nullable): everybody, also who was removed, in
 *   the order in which they came; %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_gate_list_users (ImpGate *self, GError **error)
{
  return _imp_gate_load_users (self, NULL, error);
}

/* ---- who is signed in ---- */

/**
 * imp_gate_get_user:
 * @self: the gate
 *
 * Returns: (transfer full) (nullable): who is signed in, as when signing in
 */
ImpUser *
imp_gate_get_user (ImpGate *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->user_lock);

  return self->user != NULL ? imp_user_copy (self->user) : NULL;
}

/**
 * _imp_gate_ref_signer:
 * @self: the gate
 * @user: (out) (transfer full): who is signed in, as of now
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the key of who is signed in, or %NULL with
 *   %IMP_ERROR_REFUSED where nobody is, or no longer may be
 */
ImpSigner *
_imp_gate_ref_signer (ImpGate *self, ImpUser **user, GError **error)
{
  g_autoptr (GPtrArray) users = _imp_gate_load_users (self, NULL, error);
  g_autoptr (ImpUser) signed_in = imp_gate_get_user (self);
  const ImpUser *now = NULL;
  ImpSigner *signer = NULL;

  if (users == NULL)
    return NULL;
  if (signed_in != NULL)
    now = imp_accounts_find (users, signed_in->id);
  if (now == NULL || g_strcmp0 (now->key, signed_in->key) != 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                           _ ("Sign in first: this register has users"));
      return NULL;
    }
  g_mutex_lock (&self->user_lock);
  signer = self->signer != NULL ? imp_signer_copy (self->signer) : NULL;
  g_mutex_unlock (&self->user_lock);
  if (signer == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("Sign in first: this register has users"));
  else
    *user = imp_user_copy (now);
  return signer;
}

/**
 * _imp_gate_identify:
 * @self: the gate
 * @who: a name and PIN
 * @signer: (out) (optional) (transfer full): the key that the PIN unlocked
 * @error: where to put the error
 *
 * Finds out whether @who is who they say. A name that nobody has and a wrong PIN give the same
 * answer after the same time, and both are counted.
 *
 * Returns: (transfer full) (nullable): the user, or %NULL with %IMP_ERROR_REFUSED,
 *   %IMP_ERROR_REGISTER_DAMAGED, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
ImpUser *
_imp_gate_identify (ImpGate *self, const ImpSecond *who, ImpSigner **signer, GError **error)
{
  const char *name = imp_second_get_name (who);
  g_autoptr (GPtrArray) users = _imp_gate_load_users (self, NULL, error);
  const ImpUser *user = users != NULL ? imp_accounts_find (users, name) : NULL;
  const char *counted = user != NULL ? user->id : name;
  g_autofree char *locked = NULL;
  g_autoptr (ImpSigner) found = NULL;
  g_autoptr (GError) cause = NULL;

  if (users == NULL || !imp_accounts_begin_try (self->accounts, counted, error))
    return NULL;
  if (user != NULL)
    locked = imp_accounts_get_locked_key (self->accounts, user->id, &cause);
  if (cause == NULL)
    found = imp_signer_unlock (locked, imp_second_get_pin (who), user != NULL ? user->id : NULL,
                               &cause);
  if (found == NULL && g_error_matches (cause, IMP_ERROR, IMP_ERROR_WRONG_KEY))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("The name or the PIN is not right"));
  else if (found == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (g_strcmp0 (imp_signer_get_key (found), user->key) != 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("The user's key is not the one that was signed: the register was "
                            "changed from outside. Restore a backup"));
  else if (imp_accounts_clear_tries (self->accounts, counted, error))
    {
      if (signer != NULL)
        *signer = g_steal_pointer (&found);
      return imp_user_copy (user);
    }
  return NULL;
}

static void
set_user (ImpGate *self, ImpUser *user, ImpSigner *signer)
{
  imp_store_set_actor (self->store, user != NULL ? user->id : NULL);
  g_mutex_lock (&self->user_lock);
  g_clear_pointer (&self->user, imp_user_free);
  g_clear_pointer (&self->signer, imp_signer_free);
  self->user = user;
  self->signer = signer;
  g_mutex_unlock (&self->user_lock);
}

/**
 * imp_gate_sign_out:
 * @self: the gate
 *
 * Forgets who is signed in, and wipes their key.
 */
void
imp_gate_sign_out (ImpGate *self)
{
  set_user (self, NULL, NULL);
}

/**
 * imp_gate_sign_in_sync:
 * @self: the gate
 * @who: a name and PIN
 * @error: where to put the error
 *
 * From now on history and ledger name this user. Whoever was signed in before no longer is, also
 * where this fails. Blocks: Argon2id takes about a second.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (name or PIN; too many tries),
 *   %IMP_ERROR_REGISTER_DAMAGED, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_sign_in_sync (ImpGate *self, const ImpSecond *who, GError **error)
{
  ImpSigner *signer = NULL;
  g_autoptr (ImpUser) user = NULL;

  imp_gate_sign_out (self);
  user = _imp_gate_identify (self, who, &signer, error);
  if (user == NULL)
    return FALSE;
  set_user (self, imp_user_copy (user), signer);
  if (imp_accounts_note (self->accounts, user->id, "signed-in", error))
    return TRUE;
  imp_gate_sign_out (self);
  return FALSE;
}

static void
sign_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (imp_gate_sign_in_sync (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_sign_in_async:
 * @self: the gate
 * @who: a name and PIN; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_sign_in_sync() in a worker thread.
 */
void
imp_gate_sign_in_async (ImpGate *self, const ImpSecond *who, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_gate_sign_in_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, imp_second_copy (who), (GDestroyNotify)imp_second_free);
  g_task_run_in_thread (task, sign_in_thread);
}

/**
 * imp_gate_sign_in_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_sign_in_sync()
 */
gboolean
imp_gate_sign_in_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- rights ---- */

static gboolean
check_role (const ImpUser *user, ImpRight right, GError **error)
{
  static const guint ROLES[] = {
    [IMP_RIGHT_RELEASE] = IMP_ROLE_OPERATOR,
    [IMP_RIGHT_RECORD] = IMP_ROLE_OPERATOR | IMP_ROLE_KEEPER,
    [IMP_RIGHT_TRACE] = IMP_ROLE_OPERATOR | IMP_ROLE_KEEPER | IMP_ROLE_AUDITOR,
    [IMP_RIGHT_KEEP] = IMP_ROLE_KEEPER,
    [IMP_RIGHT_APPROVE] = IMP_ROLE_APPROVER,
    [IMP_RIGHT_AUDIT] = IMP_ROLE_AUDITOR | IMP_ROLE_KEEPER,
    [IMP_RIGHT_ADMINISTER] = IMP_ROLE_KEEPER,
  };
  g_autofree char *needed = NULL;

  if ((guint)right < G_N_ELEMENTS (ROLES) && (user->roles & ROLES[right]) != 0)
    return TRUE;
  needed = imp_user_roles_to_text ((guint)right < G_N_ELEMENTS (ROLES) ? ROLES[right] : 0);
  g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED,
               _ ("Your role does not allow this: it needs one of “%s”. Ask a keeper"), needed);
  return FALSE;
}

/**
 * _imp_gate_check_second_user:
 * @self: the gate
 * @error: where to put the error
 *
 * Returns: whether the register has users, else %IMP_ERROR_REFUSED with what to do first, or an
 *   error of the register
 */
gboolean
_imp_gate_check_second_user (ImpGate *self, GError **error)
{
  gboolean has_users = FALSE;

  if (!imp_gate_has_users (self, &has_users, error))
    return FALSE;
  if (!has_users)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("This needs a second person, and the register has no users yet: make "
                            "them first"));
  return has_users;
}

/**
 * imp_gate_check_right:
 * @self: the gate
 * @right: what is to be done
 * @error: where to put the error
 *
 * Asks whether who is signed in may do this, by their roles as they are now. Where no user was ever
 * made, everything is allowed but what a second person has to do.
 *
 * Returns: whether they may, else %IMP_ERROR_REFUSED or an error of the register
 */
gboolean
imp_gate_check_right (ImpGate *self, ImpRight right, GError **error)
{
  gboolean has_users = FALSE;
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (ImpSigner) signer = NULL;

  if (!imp_gate_has_users (self, &has_users, error))
    return FALSE;
  if (!has_users)
    return right != IMP_RIGHT_APPROVE || _imp_gate_check_second_user (self, error);
  signer = _imp_gate_ref_signer (self, &user, error);
  return signer != NULL && check_role (user, right, error);
}

/**
 * imp_gate_enrol_sync:
 * @self: the gate; where there are users, with one of them signed in
 * @error: where to put the error
 *
 * Puts the register's key into the keyring of who is logged in to this computer, which opens it for
 * them from now on, beside what opens it already (docs/accounts.md). Blocks: the keyring may ask.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_LOCKED (no keyring), %IMP_ERROR_REFUSED or an error of
 *   the register
 */
gboolean
imp_gate_enrol_sync (ImpGate *self, GError **error)
{
  gboolean has_users = FALSE;
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (ImpSigner) signer = NULL;

  if (!imp_gate_has_users (self, &has_users, error))
    return FALSE;
  if (has_users)
    {
      signer = _imp_gate_ref_signer (self, &user, error);
      if (signer == NULL)
        return FALSE;
    }
  if (!imp_store_keep_in_keyring (self->store, error))
    return FALSE;
  return user == NULL || imp_accounts_note (self->accounts, user->id, "enrolled", error);
}
