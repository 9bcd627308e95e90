/* One's own PIN. */
#include "gate-accounts-private.h"

/**
 * imp_gate_change_pin_sync:
 * @self: the gate
 * @me: name and PIN as they are
 * @fresh: the new PIN; its name is not looked at
 * @error: where to put the error
 *
 * Puts one's own key under another PIN. The key stays the same, so nobody else has to sign it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED, %IMP_ERROR_USAGE (no good PIN),
 *   %IMP_ERROR_REGISTER_DAMAGED, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_change_pin_sync (ImpGate *self, const ImpSecond *me, const ImpSecond *fresh,
                          GError **error)
{
  g_autoptr (ImpSigner) signer = NULL;
  g_autoptr (ImpUser) user = _imp_gate_identify (self, me, &signer, error);
  g_autofree char *locked =
      user != NULL ? imp_signer_lock (signer, imp_second_get_pin (fresh), user->id, error) : NULL;

  return locked != NULL && imp_accounts_set_locked_key (self->accounts, user->id, locked, error)
         && imp_accounts_note (self->accounts, user->id, "changed-pin", error);
}

typedef struct
{
  ImpSecond *me;
  ImpSecond *fresh;
} Call;

static void
call_free (Call *call)
{
  imp_second_free (call->me);
  imp_second_free (call->fresh);
  g_free (call);
}

static void
change_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_change_pin_sync (source, call->me, call->fresh, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_change_pin_async:
 * @self: the gate
 * @me: name and PIN as they are; copied
 * @fresh: the new PIN; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_change_pin_sync() in a worker thread.
 */
void
imp_gate_change_pin_async (ImpGate *self, const ImpSecond *me, const ImpSecond *fresh,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->me = imp_second_copy (me);
  call->fresh = imp_second_copy (fresh);
  g_task_set_source_tag (task, imp_gate_change_pin_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  g_task_run_in_thread (task, change_thread);
}

/**
 * imp_gate_change_pin_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_change_pin_sync()
 */
gboolean
imp_gate_change_pin_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
