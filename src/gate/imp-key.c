#include <string.h>

#include "gate-accounts-private.h"
#include "imp-keeping.h"

/**
 * imp_gate_lock:
 * @self: a gate
 *
 * Signs out who is signed in, closes the register and wipes its key. Calls that are under way in
 * other threads end first.
 *
 * Returns: whether it is locked
 */
gboolean
imp_gate_lock (ImpGate *self)
{
  if (!imp_store_lock (self->store))
    return FALSE;
  imp_gate_sign_out (self);
  return TRUE;
}

/**
 * imp_gate_is_locked:
 * @self: a gate
 *
 * Returns: whether it has to be unlocked first
 */
gboolean
imp_gate_is_locked (ImpGate *self)
{
  return imp_store_is_locked (self->store);
}

/**
 * imp_gate_unlock_sync:
 * @self: a locked gate
 * @key: how the register is unlocked
 * @secret: (nullable): the passphrase, or the key file's path
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with the errors of imp_gate_open_sync()
 */
gboolean
imp_gate_unlock_sync (ImpGate *self, ImpGateKey key, const char *secret, GError **error)
{
  ImpKey store_key = { 0 };

  return _imp_gate_make_key (key, secret, &store_key, error)
         && imp_store_unlock (self->store, &store_key, error);
}

typedef struct
{
  ImpGateKey key;
  char *secret;
} Unlocking;

static void
unlocking_free (Unlocking *unlocking)
{
  if (unlocking->secret != NULL)
    explicit_bzero (unlocking->secret, strlen (unlocking->secret));
  g_free (unlocking->secret);
  g_free (unlocking);
}

static void
unlock_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Unlocking *unlocking = data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_unlock_sync (source, unlocking->key, unlocking->secret, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_unlock_async:
 * @self: a locked gate
 * @key: how the register is unlocked
 * @secret: (nullable): the passphrase, or the key file's path
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_unlock_sync() in a worker thread.
 */
void
imp_gate_unlock_async (ImpGate *self, ImpGateKey key, const char *secret, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Unlocking *unlocking = g_new0 (Unlocking, 1);

  unlocking->key = key;
  unlocking->secret = g_strdup (secret);
  g_task_set_source_tag (task, imp_gate_unlock_async);
  g_task_set_task_data (task, unlocking, (GDestroyNotify)unlocking_free);
  g_task_run_in_thread (task, unlock_thread);
}

/**
 * imp_gate_unlock_finish:
 * @self: a gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_unlock_sync()
 */
gboolean
imp_gate_unlock_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * imp_gate_change_passphrase_sync:
 * @self: a gate
 * @current: (nullable): what opens the register now, where a passphrase does
 * @fresh: what does from now on
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (who is signed in may not) or the errors of
 *   imp_store_change_passphrase()
 */
gboolean
imp_gate_change_passphrase_sync (ImpGate *self, const char *current, const char *fresh,
                                 GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
         && imp_store_change_passphrase (self->store, current, fresh, error);
}

/**
 * imp_gate_make_recovery_key_sync:
 * @self: a gate
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): a key to print, given back with
 *   imp_gate_free_recovery_key(), or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_LOCKED or
 *   %IMP_ERROR_IO
 */
char *
imp_gate_make_recovery_key_sync (ImpGate *self, GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
             ? imp_store_make_recovery_key (self->store, error)
             : NULL;
}

/**
 * imp_gate_free_recovery_key:
 * @text: (transfer full) (nullable): a recovery key, which is wiped
 */
void
imp_gate_free_recovery_key (char *text)
{
  imp_store_free_text (text);
}
