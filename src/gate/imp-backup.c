#include "imp-keeping.h"

#include <string.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-record-set.h"
#include "imp-store-backup.h"

static GFile *
beside (GFile *target, const char *suffix)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (target), suffix, NULL);

  return g_file_new_for_path (path);
}

/**
 * imp_gate_backup_sync:
 * @self: a gate
 * @target: the backup's file to make
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Makes an encrypted copy of the register, which the register's own key opens, opens it again and
 * checks it whole; then it leaves, with its side file and the journal of withdrawals as they are
 * now (policy.md 5.7).
 *
 * Returns: whether all three are there; else none is: %IMP_ERROR_REFUSED, %IMP_ERROR_TARGET,
 * %IMP_ERROR_LOCKED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_gate_backup_sync (ImpGate *self, GFile *target, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpStoreBackup) backup = NULL;
  g_autoptr (GFile) side = NULL;
  g_autoptr (GFile) journal = NULL;
  ImpRecordPart parts[3];
  guint n_parts = 0;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
      || !imp_gate_check_record_target (target, error))
    return FALSE;
  backup = imp_store_backup_new (self->store, error);
  if (backup == NULL)
    return FALSE;
  side = beside (target, ".key");
  journal = beside (target, ".withdrawals");
  if (backup->side != NULL)
    parts[n_parts++] = (ImpRecordPart){ backup->side, side };
  if (backup->journal != NULL)
    parts[n_parts++] = (ImpRecordPart){ backup->journal, journal };
  parts[n_parts++] = (ImpRecordPart){ backup->database, target };
  return _imp_gate_publish_set (self, "backup", parts, n_parts, cancellable, error);
}

static void
backup_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (imp_gate_backup_sync (source, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_backup_async:
 * @self: a gate
 * @target: the backup's file to make
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_backup_sync() in a worker thread.
 */
void
imp_gate_backup_async (ImpGate *self, GFile *target, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_gate_backup_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (target), g_object_unref);
  g_task_run_in_thread (task, backup_thread);
}

/**
 * imp_gate_backup_finish:
 * @self: a gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_backup_sync()
 */
gboolean
imp_gate_backup_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * imp_gate_get_last_backup_sync:
 * @self: a gate
 * @at: (out) (transfer full) (nullable): when the last backup left, UTC; %NULL where none did
 * @error: where to put the error
 *
 * Returns: whether the ledger could be read
 */
gboolean
imp_gate_get_last_backup_sync (ImpGate *self, char **at, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (ImpLedgerRow) row = imp_ledger_get_last_record (self->ledger, "backup", &cause);

  *at = row != NULL ? g_strdup (row->at) : NULL;
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/**
 * imp_gate_check_sync:
 * @self: a gate
 * @n_rows: (out) (optional): how many rows of the ledger are sound
 * @error: where to put the error
 *
 * Reads every page and index of the register's file, then walks the ledger's chain.
 *
 * Returns: whether all is sound, else %IMP_ERROR_REGISTER_DAMAGED, whose message names the first
 *   broken row where it is the ledger, %IMP_ERROR_LOCKED or %IMP_ERROR_IO
 */
gboolean
imp_gate_check_sync (ImpGate *self, gint64 *n_rows, GError **error)
{
  return imp_store_check (self->store, error)
         && imp_ledger_verify (self->ledger, NULL, n_rows, error);
}

/* ---- the way back ---- */

/**
 * imp_gate_restore_sync:
 * @backup: the backup's file
 * @key: how it is unlocked
 * @secret: (nullable): the passphrase, or the key file's path
 * @register_path: where the register is to be
 * @journal: (nullable): the newest journal of withdrawals, brought from where the register was
 * @error: where to put the error
 *
 * Checks the backup, puts it in the register's place and opens it; a register that was there is
 * put aside under another name. What was withdrawn since the backup was made is applied from the
 * journal beside the register; where that is lost, every permission is suspended.
 *
 * Returns: (transfer full) (nullable): the gate, or %NULL with the errors of imp_store_restore()
 *   or imp_gate_open_sync()
 */
ImpGate *
imp_gate_restore_sync (const char *backup, ImpGateKey key, const char *secret,
                       const char *register_path, const char *journal, GError **error)
{
  ImpKey store_key = { 0 };

  if (!_imp_gate_make_key (key, secret, &store_key, error)
      || !imp_store_restore (backup, &store_key, register_path, journal, error))
    return NULL;
  return imp_gate_open_sync (register_path, key, secret, FALSE, error);
}

typedef struct
{
  char *backup;
  ImpGateKey key;
  char *secret;
  char *register_path;
  char *journal;
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_free (restoring->backup);
  if (restoring->secret != NULL)
    explicit_bzero (restoring->secret, strlen (restoring->secret));
  g_free (restoring->secret);
  g_free (restoring->register_path);
  g_free (restoring->journal);
  g_free (restoring);
}

static void
restore_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Restoring *restoring = data;
  g_autoptr (GError) error = NULL;
  ImpGate *gate = imp_gate_restore_sync (restoring->backup, restoring->key, restoring->secret,
                                         restoring->register_path, restoring->journal, &error);

  if (gate == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, gate, g_object_unref);
}

/**
 * imp_gate_restore_async:
 * @backup: the backup's file
 * @key: how it is unlocked
 * @secret: (nullable): the passphrase, or the key file's path
 * @register_path: where the register is to be
 * @journal: (nullable): the newest journal of withdrawals, brought from where the register was
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_restore_sync() in a worker thread.
 */
void
imp_gate_restore_async (const char *backup, ImpGateKey key, const char *secret,
                        const char *register_path, const char *journal, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->backup = g_strdup (backup);
  restoring->key = key;
  restoring->secret = g_strdup (secret);
  restoring->register_path = g_strdup (register_path);
  restoring->journal = g_strdup (journal);
  g_task_set_source_tag (task, imp_gate_restore_async);
  g_task_set_task_data (task, restoring, (GDestroyNotify)restoring_free);
  g_task_run_in_thread (task, restore_thread);
}

/**
 * imp_gate_restore_finish:
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_restore_sync()
 */
ImpGate *
imp_gate_restore_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
