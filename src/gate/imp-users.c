#include <glib/gi18n.h>
#include <string.h>

#include "gate-accounts-private.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"

/* One change in the making: who is there, and with which keys. */
typedef struct
{
  ImpGate *gate;
  const ImpUserChange *change;
  const ImpSecond *second;
  const ImpSecond *fresh;

  GPtrArray *users;
  GPtrArray *records;
  guint n_active;
  ImpUserRecord *record;
  ImpSigner *maker;   /* whose signature is by's */
  ImpSigner *witness; /* nullable: the second person's */
  ImpSigner *own;     /* nullable: the new key of the user who is added or reset */
  char *locked;       /* nullable: that, under the new PIN */
} Making;

static void
making_clear (Making *making)
{
  g_clear_pointer (&making->users, g_ptr_array_unref);
  g_clear_pointer (&making->records, g_ptr_array_unref);
  g_clear_pointer (&making->record, imp_user_record_free);
  g_clear_pointer (&making->maker, imp_signer_free);
  g_clear_pointer (&making->witness, imp_signer_free);
  g_clear_pointer (&making->own, imp_signer_free);
  g_clear_pointer (&making->locked, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static const char *const ACTS[] = {
  [IMP_USER_ADD] = "add",
  [IMP_USER_CHANGE] = "change",
  [IMP_USER_REMOVE] = "remove",
  [IMP_USER_RESET_PIN] = "reset-pin",
};

static gboolean
fail (GError **error, ImpError code, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, code, message);
  return FALSE;
}

/* Takes its own copy of name and authority into the record's user. */
static gboolean
describe (Making *making, GError **error)
{
  const ImpUserChange *change = making->change;
  ImpUser *user = making->record->user;

  if (change->name != NULL)
    {
      g_free (user->name);
      user->name = g_utf8_validate (change->name, -1, NULL) ? g_strstrip (g_strdup (change->name))
                                                            : g_strdup ("");
    }
  if (change->roles != 0)
    user->roles = change->roles;
  if (change->authority != NULL)
    {
      g_free (user->authority);
      user->authority = *change->authority != '\0' ? g_strdup (change->authority) : NULL;
    }
  if (user->name == NULL || *user->name == '\0' || g_utf8_strlen (user->name, -1) > 100)
    return fail (error, IMP_ERROR_USAGE, _ ("A user needs a name, of 100 characters at most"));
  if (user->roles == 0)
    return fail (error, IMP_ERROR_USAGE,
                 _ ("A user needs a role: operator, keeper, approver or auditor"));
  if (!imp_user_authority_is_known (user->authority))
    return fail (error, IMP_ERROR_USAGE,
                 _ ("An approver's authority is consultant, ig-lead or guardian"));
  if (user->authority != NULL && (user->roles & IMP_ROLE_APPROVER) == 0)
    return fail (error, IMP_ERROR_USAGE, _ ("Only an approver has an authority"));
  return TRUE;
}

static gboolean
name_subject (Making *making, GError **error)
{
  const ImpUserChange *change = making->change;
  ImpUserRecord *record = making->record;
  const ImpUser *before = NULL;
  const ImpUser *namesake = NULL;

  if (change->act == IMP_USER_ADD)
    {
      record->user = imp_user_new ();
      record->user->id = imp_id_new ();
      record->user->active = TRUE;
    }
  else
    {
      before = imp_accounts_find (making->users, change->user);
      if (before == NULL)
        return fail (error, IMP_ERROR_NOT_FOUND, _ ("The register has no such user"));
      record->user = imp_user_copy (before);
      record->user->active = change->act != IMP_USER_REMOVE;
    }
  if (change->act != IMP_USER_ADD && change->act != IMP_USER_CHANGE)
    return TRUE;
  if (!describe (making, error))
    return FALSE;
  namesake = imp_accounts_find (making->users, record->user->name);
  if (namesake != NULL && g_strcmp0 (namesake->id, record->user->id) != 0)
    return fail (error, IMP_ERROR_USAGE, _ ("Another user has this name already"));
  return TRUE;
}

/* The new key of who is added, or whose PIN is set anew. */
static gboolean
make_key (Making *making, GError **error)
{
  ImpUser *user = making->record->user;

  if (making->change->act != IMP_USER_ADD && making->change->act != IMP_USER_RESET_PIN)
    return TRUE;
  if (making->fresh == NULL)
    return fail (error, IMP_ERROR_USAGE, _ ("The user has to choose a PIN"));
  making->own = imp_signer_new_random ();
  g_free (user->key);
  user->key = g_strdup (imp_signer_get_key (making->own));
  making->locked =
      imp_signer_lock (making->own, imp_second_get_pin (making->fresh), user->id, error);
  return making->locked != NULL;
}

/* The first user makes himself, and a lone one gets a new PIN from who holds the register's key. */
static gboolean
needs_nobody (const Making *making)
{
  return making->n_active == 0
         || (making->n_active == 1 && making->change->act == IMP_USER_RESET_PIN);
}

static gboolean
find_maker (Making *making, GError **error)
{
  ImpUserRecord *record = making->record;
  ImpUserAct act = making->change->act;
  g_autoptr (ImpUser) by = NULL;

  if (needs_nobody (making))
    {
      /* Who holds the key of a register with one user is that user. */
      record->by_id = g_strdup (record->user->id);
      making->maker = imp_signer_copy (making->own);
      return TRUE;
    }
  making->maker = _imp_gate_ref_signer (making->gate, &by, error);
  if (making->maker == NULL)
    return FALSE;
  record->by_id = g_strdup (by->id);
  if (act == IMP_USER_RESET_PIN && g_str_equal (by->id, record->user->id))
    return fail (error, IMP_ERROR_USAGE,
                 _ ("This is your own PIN: change it, for which you need nobody else"));
  return TRUE;
}

static gboolean
find_witness (Making *making, GError **error)
{
  ImpUserRecord *record = making->record;
  ImpUserAct act = making->change->act;
  g_autoptr (ImpUser) second = NULL;

  if (needs_nobody (making))
    return TRUE;
  if (making->n_active == 1 && act != IMP_USER_ADD)
    return fail (error, IMP_ERROR_REFUSED,
                 _ ("This takes two people, and there is one user: make a second one first"));
  if (making->n_active == 1 || (making->n_active == 2 && act == IMP_USER_RESET_PIN))
    {
      /* Nobody else is left to confirm it: the person does, with the new PIN. */
      record->second_id = g_strdup (record->user->id);
      making->witness = imp_signer_copy (making->own);
      return TRUE;
    }
  if (making->second == NULL)
    return fail (error, IMP_ERROR_REFUSED,
                 _ ("This takes two people: another user has to give name and PIN"));
  second = _imp_gate_identify (making->gate, making->second, &making->witness, error);
  if (second == NULL)
    return FALSE;
  if (g_str_equal (second->id, record->by_id))
    return fail (error, IMP_ERROR_REFUSED,
                 _ ("The second person has to be somebody else than who is signed in"));
  if (act == IMP_USER_RESET_PIN && g_str_equal (second->id, record->user->id))
    return fail (error, IMP_ERROR_REFUSED,
                 _ ("The second person has to be somebody else than whose PIN is set anew"));
  record->second_id = g_strdup (second->id);
  return TRUE;
}

static guint
count_active (GPtrArray *users)
{
  guint n_active = 0;

  for (guint i = 0; i < users->len; i++)
    n_active += ((const ImpUser *)g_ptr_array_index (users, i))->active ? 1 : 0;
  return n_active;
}

static gboolean
check_who_is_left (const Making *making, GError **error)
{
  const ImpUser *after = making->record->user;
  gboolean keeper = after->active && (after->roles & IMP_ROLE_KEEPER) != 0;

  for (guint i = 0; i < making->users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (making->users, i);

      keeper = keeper
               || (user->active && (user->roles & IMP_ROLE_KEEPER) != 0
                   && !g_str_equal (user->id, after->id));
    }
  if (!keeper)
    return fail (error, IMP_ERROR_REFUSED,
                 _ ("No user would be a keeper, whom every change of users takes"));
  if (!after->active && making->n_active <= 2)
    return fail (error, IMP_ERROR_REFUSED,
                 _ ("Two users have to stay, as every change takes two: make another one first"));
  return TRUE;
}

/* The records are read again under the lock: what is signed follows what is there. */
static gboolean
write_record (Making *making, GError **error)
{
  ImpGate *gate = making->gate;
  ImpUserRecord *record = making->record;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) users = _imp_gate_load_users (gate, &records, error);
  g_autoptr (ImpLedgerRow) row = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *body = NULL;

  if (users == NULL)
    return FALSE;
  if (records->len != making->records->len)
    return fail (error, IMP_ERROR_REFUSED,
                 _ ("Somebody else has changed the users meanwhile: look again, and try again"));
  record->seq = (gint64)records->len + 1;
  if (records->len > 0)
    record->previous =
        g_strdup (((ImpUserRecord *)g_ptr_array_index (records, records->len - 1))->by_signature);
  record->at = imp_clock_now ();
  text = imp_user_record_to_text (record);
  record->by_signature = imp_signer_sign (making->maker, text);
  if (making->witness != NULL)
    record->second_signature = imp_signer_sign (making->witness, text);
  if (!imp_accounts_append (gate->accounts, record, making->locked, error)
      || (making->locked != NULL
          && !imp_accounts_clear_tries (gate->accounts, record->user->id, error)))
    return FALSE;
  hash = imp_user_record_hash (record);
  body = g_strdup_printf ("{\"act\":\"%s\",\"subject\":\"%s\",\"by\":\"%s\",\"second\":\"%s\","
                          "\"record\":\"%s\"}",
                          record->act, record->user->id, record->by_id,
                          record->second_id != NULL ? record->second_id : "", hash);
  row = imp_ledger_append (gate->ledger, "user", IMP_USERS_EXPORT_ID, body, NULL, error);
  if (row == NULL)
    return FALSE;
  /* What was written is read as it will be at the next sign-in: nobody is locked out by a slip. */
  g_clear_pointer (&users, g_ptr_array_unref);
  users = _imp_gate_load_users (gate, NULL, error);
  return users != NULL;
}

/**
 * imp_gate_change_user_sync:
 * @self: the gate
 * @change: what is done to whom
 * @second: (nullable): another user's name and PIN
 * @fresh: (nullable): the new PIN of who is added or whose PIN is set anew; its name is not looked
 * at
 * @error: where to put the error
 *
 * Makes or changes a user (docs/accounts.md): the first alone, the second with the first, confirmed
 * by the new PIN; from then on who is signed in, as a keeper, and @second, both of whom sign it.
 * The ledger has a row for it. Blocks: Argon2id takes about a second a PIN.
 *
 * Returns: (transfer full) (nullable): the user as now, or %NULL with %IMP_ERROR_USAGE,
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
ImpUser *
imp_gate_change_user_sync (ImpGate *self, const ImpUserChange *change, const ImpSecond *second,
                           const ImpSecond *fresh, GError **error)
{
  g_auto (Making) making = { .gate = self, .change = change, .second = second, .fresh = fresh };

  if ((guint)change->act >= G_N_ELEMENTS (ACTS))
    {
      fail (error, IMP_ERROR_USAGE, _ ("Users are added, changed, removed, or get a new PIN"));
      return NULL;
    }
  making.users = _imp_gate_load_users (self, &making.records, error);
  if (making.users == NULL)
    return NULL;
  making.n_active = count_active (making.users);
  making.record = imp_user_record_new ();
  making.record->act = g_strdup (ACTS[change->act]);
  if (!needs_nobody (&making) && !imp_gate_check_right (self, IMP_RIGHT_ADMINISTER, error))
    return NULL;
  if (!name_subject (&making, error) || !check_who_is_left (&making, error)
      || !make_key (&making, error) || !find_maker (&making, error)
      || !find_witness (&making, error) || !imp_store_begin (self->store, error))
    return NULL;
  if (!write_record (&making, error))
    {
      imp_store_rollback (self->store);
      return NULL;
    }
  if (!imp_store_commit (self->store, error))
    return NULL;
  g_free (making.record->user->created);
  making.record->user->created = g_strdup (making.record->at);
  return g_steal_pointer (&making.record->user);
}

typedef struct
{
  ImpUserChange change; /* with texts of its own */
  ImpSecond *second;
  ImpSecond *fresh;
} Call;

static void
call_free (Call *call)
{
  g_free ((char *)call->change.user);
  g_free ((char *)call->change.name);
  g_free ((char *)call->change.authority);
  imp_second_free (call->second);
  imp_second_free (call->fresh);
  g_free (call);
}

static void
change_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  g_autoptr (GError) error = NULL;
  ImpUser *user =
      imp_gate_change_user_sync (source, &call->change, call->second, call->fresh, &error);

  if (user == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, user, (GDestroyNotify)imp_user_free);
}

/**
 * imp_gate_change_user_async:
 * @self: the gate
 * @change: what is done to whom; copied
 * @second: (nullable): another user's name and PIN; copied
 * @fresh: (nullable): the new PIN; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_change_user_sync() in a worker thread.
 */
void
imp_gate_change_user_async (ImpGate *self, const ImpUserChange *change, const ImpSecond *second,
                            const ImpSecond *fresh, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->change = *change;
  call->change.user = g_strdup (change->user);
  call->change.name = g_strdup (change->name);
  call->change.authority = g_strdup (change->authority);
  call->second = second != NULL ? imp_second_copy (second) : NULL;
  call->fresh = fresh != NULL ? imp_second_copy (fresh) : NULL;
  g_task_set_source_tag (task, imp_gate_change_user_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  g_task_run_in_thread (task, change_thread);
}

/**
 * imp_gate_change_user_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_change_user_sync()
 */
ImpUser *
imp_gate_change_user_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
