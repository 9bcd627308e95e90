#include <glib/gi18n.h>

#include "gate-disk.h"
#include "gate-private.h"
#include "imp-error.h"
#include "imp-hash.h"
#include "imp-id.h"

typedef struct
{
  char *kind;
  GBytes *bytes;
  GFile *target;
} Record;

static void
record_free (Record *record)
{
  g_free (record->kind);
  g_bytes_unref (record->bytes);
  g_object_unref (record->target);
  g_free (record);
}

static gboolean
check_record (ImpGate *self, const char *kind, GBytes *bytes, GError **error)
{
  if (_imp_gate_has_issued (self, kind, bytes))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               _ ("Only a record that was just made here can leave this way"));
  return FALSE;
}

/**
 * imp_gate_check_record_target:
 * @target: the file that a record would make
 * @error: where to put the error
 *
 * Looks, and writes nothing: imp_gate_publish_record_sync() refuses again what comes into being
 * meanwhile.
 *
 * Returns: whether @target may be tried, else %IMP_ERROR_TARGET
 */
gboolean
imp_gate_check_record_target (GFile *target, GError **error)
{
  return imp_disk_check_target (target, FALSE, 0, 0, error);
}

/* A receipt is no secret, and its hash stands in the chain. What else leaves is about people: the
 * chain has a keyed digest of its hash, and the hash can be erased. */
static ImpLedgerRow *
append_record (ImpGate *self, const char *id, const char *kind, const char *subject,
               const char *person, GBytes *bytes, GError **error)
{
  g_autofree char *hash = imp_hash_bytes (bytes);
  g_autofree char *about =
      subject != NULL ? g_strdup_printf ("\"%s\"", subject) : g_strdup ("null");
  g_autofree char *whose =
      person != NULL ? g_strdup_printf (",\"person\":\"%s\"", person) : g_strdup ("");
  gboolean is_receipt = g_str_equal (kind, "receipt");
  g_autofree char *body =
      is_receipt ? g_strdup_printf ("{\"record\":\"%s\",\"sha256\":\"%s\"}", kind, hash)
                 : g_strdup_printf ("{\"record\":\"%s\",\"about\":%s%s}", kind, about, whose);
  GVariantBuilder texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  if (!is_receipt)
    g_variant_builder_add (&texts, "{ss}", "sha256", hash);
  return imp_ledger_append (self->ledger, "record", id, body, g_variant_builder_end (&texts),
                            error);
}

/**
 * _imp_gate_publish:
 * @self: the gate
 * @kind: what kind of record
 * @subject: (nullable): the random id of what it is about
 * @person: (nullable): the random id of whom it is about
 * @bytes: what is written, which this gate has made
 * @target: the file to make; it must not exist
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Returns: as imp_gate_publish_record_sync()
 */
gboolean
_imp_gate_publish (ImpGate *self, const char *kind, const char *subject, const char *person,
                   GBytes *bytes, GFile *target, GCancellable *cancellable, GError **error)
{
  g_autofree char *id = imp_id_new ();
  g_autoptr (ImpDiskFile) file = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;

  if (!check_record (self, kind, bytes, error)
      || !imp_disk_check_target (target, FALSE, 0, 0, error))
    return FALSE;
  file = imp_disk_begin (target, id, bytes, cancellable, error);
  if (file == NULL || !imp_disk_verify (file, bytes, cancellable, error))
    return FALSE;
  row = append_record (self, id, kind, subject, person, bytes, error);
  if (row == NULL)
    return FALSE;
  if (!imp_disk_commit (file, error))
    {
      g_autoptr (ImpLedgerRow) failed =
          imp_disk_is_there (file)
              ? NULL
              : imp_ledger_append (self->ledger, "failed", id, "{}", NULL, NULL);

      return FALSE;
    }
  return TRUE;
}

/**
 * imp_gate_publish_record_sync:
 * @self: the gate
 * @kind: "receipt", or a kind of imp_gate_make_paper_sync()
 * @bytes: what is written
 * @target: the file to make; it must not exist
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * The only way for records. The ledger's row, which vouches for the SHA-256 of @bytes, stands
 * before the file has its name.
 *
 * Returns: whether @target is there now, whole; else %IMP_ERROR_USAGE for what was not made here,
 *   %IMP_ERROR_TARGET, %IMP_ERROR_IO or an error of the register
 */
gboolean
imp_gate_publish_record_sync (ImpGate *self, const char *kind, GBytes *bytes, GFile *target,
                              GCancellable *cancellable, GError **error)
{
  return _imp_gate_publish (self, kind, NULL, NULL, bytes, target, cancellable, error);
}

static void
record_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Record *record = data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_publish_record_sync (source, record->kind, record->bytes, record->target,
                                    cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_publish_record_async:
 * @self: the gate
 * @kind: "receipt", or a kind of imp_gate_make_paper_sync()
 * @bytes: what is written
 * @target: the file to make
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_publish_record_sync() in a worker thread.
 */
void
imp_gate_publish_record_async (ImpGate *self, const char *kind, GBytes *bytes, GFile *target,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Record *record = g_new0 (Record, 1);

  record->kind = g_strdup (kind);
  record->bytes = g_bytes_ref (bytes);
  record->target = g_object_ref (target);
  g_task_set_source_tag (task, imp_gate_publish_record_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, record, (GDestroyNotify)record_free);
  g_task_run_in_thread (task, record_thread);
}

/**
 * imp_gate_publish_record_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_publish_record_sync()
 */
gboolean
imp_gate_publish_record_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
