#include "imp-import.h"

#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-import-private.h"

G_DEFINE_BOXED_TYPE (ImpImport, imp_import, imp_import_copy, imp_import_free)

static ImpImport *
imp_import_new (void)
{
  ImpImport *import = g_new0 (ImpImport, 1);

  import->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
  return import;
}

/**
 * imp_import_copy:
 * @import: what came of an import
 *
 * Returns: (transfer full): a copy
 */
ImpImport *
imp_import_copy (const ImpImport *import)
{
  ImpImport *copy = g_new0 (ImpImport, 1);

  *copy = *import;
  copy->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
  for (guint i = 0; i < import->problems->len; i++)
    g_ptr_array_add (copy->problems, imp_problem_copy (g_ptr_array_index (import->problems, i)));
  return copy;
}

/**
 * imp_import_free:
 * @import: (transfer full) (nullable): what came of an import
 */
void
imp_import_free (ImpImport *import)
{
  if (import == NULL)
    return;
  g_ptr_array_unref (import->problems);
  g_free (import);
}

/**
 * _imp_import_set_read_error:
 * @cause: why a file could not be opened or read
 * @error: where to put the error: %IMP_ERROR_CANCELLED or %IMP_ERROR_UNREADABLE
 */
void
_imp_import_set_read_error (const GError *cause, GError **error)
{
  g_set_error (error, IMP_ERROR,
               g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? IMP_ERROR_CANCELLED
                                                                         : IMP_ERROR_UNREADABLE,
               _ ("The file cannot be read: %s"), cause->message);
}

/* The ledger says that something was taken in, and by its hash from which file. */
static gboolean
write_down (ImpImportJob *job, const char *format, const char *sha256, GError **error)
{
  g_autofree char *id = imp_id_new ();
  g_autofree char *body = g_strdup_printf (
      "{\"format\":\"%s\",\"people\":%" G_GINT64_FORMAT ",\"permissions\":%" G_GINT64_FORMAT
      ",\"objections\":%" G_GINT64_FORMAT "}",
      format, job->import->n_people, job->import->n_permissions, job->import->n_objections);
  GVariantBuilder texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (ImpLedgerRow) row = NULL;

  /* The hash of a file that is as good as a list of patients is kept where it can be erased. */
  g_variant_builder_add (&texts, "{ss}", "file-sha256", sha256);
  row = imp_ledger_append (job->gate->ledger, "import", id, body, g_variant_builder_end (&texts),
                           error);
  return row != NULL;
}

static gboolean
read_file (ImpImportJob *job, const char *format, GFile *file, GCancellable *cancellable,
           char **sha256, GError **error)
{
  if (g_str_equal (format, "csv"))
    return _imp_import_read_csv (job, file, cancellable, sha256, error);
  if (g_str_equal (format, "fhir"))
    return _imp_import_read_fhir (job, file, cancellable, sha256, error);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("Records are taken in from CSV and FHIR"));
  return FALSE;
}

static gboolean
run (ImpImportJob *job, const char *format, GFile *file, gboolean dry_run,
     GCancellable *cancellable, GError **error)
{
  ImpStore *store = job->gate->store;
  g_autofree char *sha256 = NULL;
  gboolean done = read_file (job, format, file, cancellable, &sha256, error);

  if (done && job->failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&job->failed));
      done = FALSE;
    }
  if (!done || dry_run || job->import->n_problems > 0)
    {
      imp_store_rollback (store);
      return done;
    }
  if (!write_down (job, format, sha256, error))
    {
      imp_store_rollback (store);
      return FALSE;
    }
  job->import->applied = imp_store_commit (store, error);
  return job->import->applied;
}

/**
 * imp_gate_import_sync:
 * @self: the gate
 * @format: "csv" or "fhir"
 * @file: the file to take in
 * @dry_run: to say what would come of it, and change nothing
 * @cancellable: (nullable): to stop it, which changes nothing
 * @error: where to put the error
 *
 * Takes a file in, all of it or nothing. Everything is tried within one transaction, a dry run
 * too, so that both find the same problems. What the register already has is left as it is; an
 * objection is added, never lifted.
 *
 * Returns: (transfer full) (nullable): what came of it, problems of the file included; or %NULL
 *   with %IMP_ERROR_UNREADABLE, %IMP_ERROR_CANCELLED or an error of the register
 */
ImpImport *
imp_gate_import_sync (ImpGate *self, const char *format, GFile *file, gboolean dry_run,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpImport) import = imp_import_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ImpImportJob job = { self, import, known, NULL };
  gboolean done = FALSE;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error) || !imp_store_begin (self->store, error))
    return NULL;
  done = run (&job, format, file, dry_run, cancellable, error);
  g_clear_error (&job.failed);
  return done ? g_steal_pointer (&import) : NULL;
}

typedef struct
{
  char *format;
  GFile *file;
  gboolean dry_run;
} Order;

static void
order_free (Order *order)
{
  g_free (order->format);
  g_object_unref (order->file);
  g_free (order);
}

static void
import_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  g_autoptr (GError) error = NULL;
  ImpImport *import = imp_gate_import_sync (source, order->format, order->file, order->dry_run,
                                            cancellable, &error);

  if (import != NULL)
    g_task_return_pointer (task, import, (GDestroyNotify)imp_import_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_import_async:
 * @self: the gate
 * @format: "csv" or "fhir"
 * @file: the file to take in
 * @dry_run: to change nothing
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_import_sync() in a worker thread.
 */
void
imp_gate_import_async (ImpGate *self, const char *format, GFile *file, gboolean dry_run,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->format = g_strdup (format);
  order->file = g_object_ref (file);
  order->dry_run = dry_run;
  g_task_set_source_tag (task, imp_gate_import_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, order, (GDestroyNotify)order_free);
  g_task_run_in_thread (task, import_thread);
}

/**
 * imp_gate_import_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_import_sync()
 */
ImpImport *
imp_gate_import_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
