#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "gate-disk.h"
#include "gate-private.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-image-hash.h"
#include "imp-name.h"
#include "imp-output.h"
#include "imp-receipt-private.h"

/* What one release has in hand. */
typedef struct
{
  ImpGate *gate;
  ImpCase *the_case;
  ImpOutput *output;
  ImpReceipt *receipt;
  char *export_id;
  char *image_hash; /* nullable: too plain a picture */
} Release;

static void
release_clear (Release *release)
{
  g_clear_pointer (&release->the_case, imp_case_free);
  g_clear_pointer (&release->output, imp_output_free);
  g_clear_pointer (&release->receipt, imp_receipt_free);
  g_clear_pointer (&release->export_id, g_free);
  g_clear_pointer (&release->image_hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Release, release_clear)

static gboolean
refuse_if_asked (const Release *release, GPtrArray **reasons, GError **error)
{
  const ImpCase *the_case = release->the_case;
  const ImpReason *first = NULL;

  if (the_case->reasons->len == 0 && the_case->verdict->allowed)
    return TRUE;
  first = g_ptr_array_index (the_case->reasons, 0);
  g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED, _ ("Refused (%s): %s"), first->rule,
               first->reason);
  if (reasons != NULL)
    *reasons = g_ptr_array_ref (the_case->reasons);
  return FALSE;
}

static gboolean
judge (Release *release, GError **error)
{
  return imp_case_judge (release->the_case, release->gate, error)
         && imp_case_check_approval (release->the_case, release->gate, error);
}

/* A refusal is a decision too, and the ledger keeps it; one that cannot be kept is an error. */
static gboolean
record_refusal (const Release *release, GError **error)
{
  g_autofree char *body = _imp_case_refusal_body (release->the_case);
  g_autoptr (ImpLedgerRow) row =
      imp_ledger_append (release->gate->ledger, "refused", release->export_id, body,
                         _imp_case_texts (release->the_case), error);

  return row != NULL;
}

/* As refuse_if_asked(), before there is anything to write: the ledger keeps the refusal. */
static gboolean
refuse_for_good (const Release *release, GPtrArray **reasons, GError **error)
{
  g_autoptr (GError) record_error = NULL;

  if (refuse_if_asked (release, reasons, error))
    return TRUE;
  if (!record_refusal (release, &record_error))
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&record_error));
    }
  return FALSE;
}

/* The name is chosen by people, so it is held against more than the header: whose picture it is in
 * the register, and long numbers of the source's own name (leaks.md row 21). */
static gboolean
check_name (const Release *release, GError **error)
{
  const ImpRequest *request = release->the_case->request;
  g_autofree char *name = g_file_get_basename (request->target);
  GFile *source = imp_source_get_file (request->source);
  g_autofree char *source_name = source != NULL ? g_file_get_basename (source) : NULL;
  const char *entry = imp_source_get_entry (request->source);

  if (imp_name_tells (name, source_name, release->the_case->people)
      || (entry != NULL && imp_name_tells (name, entry, release->the_case->people)))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FLAT,
                   _ ("The file name says something that identifies the person, and nothing was "
                      "written: take a neutral name"));
      return FALSE;
    }
  return imp_case_check_file_name (release->the_case, release->gate, name, error);
}

/* By what the picture is known again when somebody finds it: made of what leaves alone. */
static char *
hash_image (const ImpFlatImage *flat)
{
  g_autoptr (ImpImageHash) hash = imp_image_hash_new (imp_flat_image_get_raster (flat));

  return hash != NULL ? imp_image_hash_to_text (hash) : NULL;
}

/* What only waits for somebody's yes says, too, what that has to be about. */
static gboolean
look_if_asked (Release *release, GCancellable *cancellable, GError **error)
{
  return release->the_case->reasons->len == 0
         || imp_output_look (release->the_case, NULL, cancellable, error);
}

/* Makes the bytes and proves them, and looks at what they show, before anything is written
 * anywhere. */
static gboolean
make_output (Release *release, GPtrArray **reasons, GCancellable *cancellable, GError **error)
{
  release->output = imp_output_new (release->the_case, cancellable, error);
  if (release->output == NULL)
    return FALSE;
  release->image_hash = hash_image (release->output->flat);
  if (!imp_case_look_again (release->the_case, imp_output_get_shown (release->output), cancellable,
                            error))
    return FALSE;
  return refuse_for_good (release, reasons, error);
}

/* The texts of an intent: those of its case, and the hash of its picture. */
static GVariant *
collect_texts (const Release *release)
{
  g_autoptr (GVariant) of_case = g_variant_ref_sink (_imp_case_texts (release->the_case));
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  for (gsize i = 0; i < g_variant_n_children (of_case); i++)
    {
      g_autoptr (GVariant) text = g_variant_get_child_value (of_case, i);

      g_variant_builder_add_value (&texts, text);
    }
  if (release->image_hash != NULL)
    g_variant_builder_add (&texts, "{ss}", IMP_COPIES_IMAGE_HASH, release->image_hash);
  return g_variant_builder_end (&texts);
}

/* One transaction: person, objection and permission are read again, and the intent is written
 * only if they still allow exactly what was flattened. */
static gboolean
write_intent (Release *release, GPtrArray **reasons, GError **error)
{
  g_autofree char *digest = g_strdup (release->the_case->digest);
  g_autofree char *body = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;

  if (!imp_store_begin (release->gate->store, error))
    return FALSE;
  if (!judge (release, error))
    goto fail;
  if (g_strcmp0 (digest, release->the_case->digest) != 0)
    imp_case_refuse (release->the_case, "floor:changed",
                     _ ("The register changed while the picture was prepared."),
                     _ ("Look at the answers again, then export."));
  if (!refuse_if_asked (release, reasons, error))
    goto fail;
  release->receipt =
      _imp_receipt_new (release->the_case, release->output->report, release->export_id);
  body = _imp_receipt_ledger_body (release->receipt, release->the_case);
  if (!_imp_gate_keep_pack (release->gate, release->the_case->pack, error))
    goto fail;
  row = imp_ledger_append (release->gate->ledger, "intent", release->export_id, body,
                           collect_texts (release), error);
  if (row == NULL || !imp_store_commit (release->gate->store, error))
    goto fail;
  return TRUE;

fail:
  imp_store_rollback (release->gate->store);
  return FALSE;
}

/* The export ended without a file: the ledger says so. If even that cannot be written, the open
 * intent says it at the next start. */
static void
record_failure (const Release *release)
{
  g_autoptr (ImpLedgerRow) row =
      imp_ledger_append (release->gate->ledger, "failed", release->export_id, "{}", NULL, NULL);
}

/* The done row follows its intent, and never an "abandoned" that another process wrote because it
 * took this release for dead. */
static ImpLedgerRow *
record_done (const Release *release, GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", release->receipt->sha256);
  ImpGate *gate = release->gate;
  ImpLedgerRow *done = NULL;
  gboolean settled = FALSE;

  if (!imp_store_begin (gate->store, error))
    return NULL;
  if (imp_ledger_has (gate->ledger, "abandoned", release->export_id, &settled, error))
    {
      if (settled)
        g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                     _ ("Another window took this export for dead: export again"));
      else
        done = imp_ledger_append (gate->ledger, "done", release->export_id, body, NULL, error);
    }
  if (done != NULL && imp_store_commit (gate->store, error))
    return done;
  imp_store_rollback (gate->store);
  imp_ledger_row_free (done);
  return NULL;
}

static gboolean
write_file (Release *release, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpDiskFile) file =
      imp_disk_begin (release->the_case->request->target, release->export_id,
                      release->output->bytes, cancellable, error);
  g_autoptr (ImpLedgerRow) done = NULL;
  g_autoptr (GBytes) receipt = NULL;

  if (file == NULL || !imp_disk_verify (file, release->output->bytes, cancellable, error)
      || !imp_disk_commit (file, error))
    {
      /* A file that is there nevertheless stays an open intent, which the next start settles. */
      if (file == NULL || !imp_disk_is_there (file))
        record_failure (release);
      return FALSE;
    }
  done = record_done (release, error);
  if (done == NULL)
    {
      /* Without its record the picture has no permission: it goes again. Should that fail too,
       * the open intent names it at the next start. */
      imp_disk_take_back (file, NULL);
      return FALSE;
    }
  _imp_receipt_complete (release->receipt, done);
  receipt = g_bytes_new (release->receipt->json, strlen (release->receipt->json));
  _imp_gate_issue (release->gate, "receipt", receipt);
  return TRUE;
}

static gboolean
check_ready (ImpGate *self, ImpRequest *request, GError **error)
{
  const char *read_only = imp_store_get_read_only_reason (self->store);
  guint64 device = 0;
  guint64 inode = 0;
  gboolean has_source = imp_source_get_identity (request->source, &device, &inode);

  if (read_only != NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY,
                   _ ("Nothing can be exported while the register cannot be written: %s"),
                   read_only);
      return FALSE;
    }
  return imp_disk_check_target (request->target, has_source, device, inode, error);
}

/**
 * imp_gate_release_sync:
 * @self: the gate
 * @request: what is asked for, with its target
 * @cancellable: (nullable): to stop it
 * @reasons: (out) (optional) (nullable) (transfer full) (element-type ImpReason): what refused it
 * @error: where to put the error
 *
 * The only way for a picture to leave. In this order: look-up and rules; flatten and encode;
 * proof of the bytes; a second look at what they show; one transaction that reads the register
 * again and writes the intent; a new file without a name; its bytes read back; its name, never
 * replacing another; the ledger's done row. Whatever fails, no file is left.
 *
 * Returns: (transfer full) (nullable): the receipt, or %NULL: %IMP_ERROR_REFUSED with @reasons,
 *   %IMP_ERROR_NOT_FLAT, %IMP_ERROR_TARGET, %IMP_ERROR_IO, %IMP_ERROR_CANCELLED or an error of the
 *   register
 */
ImpReceipt *
imp_gate_release_sync (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                       GPtrArray **reasons, GError **error)
{
  g_auto (Release) release = { .gate = self };
  g_autoptr (ImpDiskLock) lock = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_RELEASE, error) || !check_ready (self, request, error))
    return NULL;
  lock = imp_disk_lock (imp_store_get_path (self->store), FALSE, error);
  if (lock == NULL)
    return NULL;
  release.export_id = imp_id_new ();
  release.the_case = imp_case_new (self, request, error);
  if (release.the_case == NULL || !judge (&release, error))
    return NULL;
  if (!look_if_asked (&release, cancellable, error) || !refuse_for_good (&release, reasons, error))
    return NULL;
  if (!check_name (&release, error) || !make_output (&release, reasons, cancellable, error)
      || !write_intent (&release, reasons, error) || !write_file (&release, cancellable, error))
    return NULL;
  return g_steal_pointer (&release.receipt);
}

/* What the worker hands back beside the receipt. */
static void
release_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *reasons = NULL;
  ImpReceipt *receipt = imp_gate_release_sync (source, data, cancellable, &reasons, &error);

  g_object_set_data_full (G_OBJECT (task), "reasons", reasons, (GDestroyNotify)g_ptr_array_unref);
  if (receipt == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, receipt, (GDestroyNotify)imp_receipt_free);
}

/**
 * imp_gate_release_async:
 * @self: the gate
 * @request: what is asked for, with its target; copied
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_release_sync() in a worker thread.
 */
void
imp_gate_release_async (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_gate_release_async);
  /* What was written is written: a late cancel must not hide a finished export. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, imp_request_copy (request), g_object_unref);
  g_task_run_in_thread (task, release_thread);
}

/**
 * imp_gate_release_finish:
 * @self: the gate
 * @result: what the callback got
 * @reasons: (out) (optional) (nullable) (transfer full) (element-type ImpReason): what refused it
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_release_sync()
 */
ImpReceipt *
imp_gate_release_finish (ImpGate *self, GAsyncResult *result, GPtrArray **reasons, GError **error)
{
  GPtrArray *found = g_object_get_data (G_OBJECT (result), "reasons");

  if (reasons != NULL)
    *reasons = found != NULL ? g_ptr_array_ref (found) : NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}
