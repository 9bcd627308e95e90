#include "imp-export-job.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-id.h"
#include "imp-recent.h"
#include "imp-widgets.h"

struct _ImpExportJob
{
  GObject parent_instance;

  /* Owned references */
  ImpWizardSession *session;
  GtkFileChooserNative *chooser;
  GCancellable *running;
  GFile *target;
  GError *error;
  GPtrArray *reasons;
  ImpReceipt *receipt;
  char *digest; /* of what the person saw: the gate releases that, or nothing */
  char *shown;  /* nullable: the digest on screen while a name is chosen */

  gboolean approve; /* the person has ticked that exactly this is approved */
};

G_DEFINE_FINAL_TYPE (ImpExportJob, imp_export_job, G_TYPE_OBJECT)

enum
{
  CHANGED,
  APPROVED,
  RELEASED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the worker approves: copies. */
typedef struct
{
  ImpRequest *request;
  char *digest;
} Approval;

static void
approval_free (gpointer data)
{
  Approval *approval = data;

  g_object_unref (approval->request);
  g_free (approval->digest);
  g_free (approval);
}

static void
changed (ImpExportJob *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget_outcome (ImpExportJob *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
}

/* Ends the work under way with @error (transfer full, nullable: it went well). */
static void
finish (ImpExportJob *self, GError *error)
{
  g_clear_object (&self->running);
  self->error = error;
  changed (self);
}

static void
imp_export_job_dispose (GObject *object)
{
  ImpExportJob *self = IMP_EXPORT_JOB (object);

  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  if (self->chooser != NULL)
    g_signal_handlers_disconnect_by_data (self->chooser, self);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->shown, g_free);
  g_clear_object (&self->target);
  g_clear_object (&self->session);
  forget_outcome (self);
  g_clear_pointer (&self->receipt, imp_receipt_free);
  g_clear_pointer (&self->digest, g_free);
  G_OBJECT_CLASS (imp_export_job_parent_class)->dispose (object);
}

static void
imp_export_job_class_init (ImpExportJobClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_export_job_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[APPROVED] = g_signal_new ("approved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RELEASED] = g_signal_new ("released", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_export_job_init (ImpExportJob *self)
{
}

/**
 * imp_export_job_new:
 * @session: what has been said
 *
 * Returns: (transfer full): a job that does nothing yet
 */
ImpExportJob *
imp_export_job_new (ImpWizardSession *session)
{
  ImpExportJob *self = g_object_new (IMP_TYPE_EXPORT_JOB, NULL);

  self->session = g_object_ref (session);
  return self;
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpExportJob) self = IMP_EXPORT_JOB (user_data);
  GError *error = NULL;
  GPtrArray *reasons = NULL;
  ImpReceipt *receipt = imp_gate_release_finish (IMP_GATE (source), result, &reasons, &error);

  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  self->reasons = reasons;
  if (receipt != NULL)
    {
      imp_receipt_free (self->receipt);
      self->receipt = receipt;
    }
  finish (self, error);
  if (receipt != NULL)
    g_signal_emit (self, signals[RELEASED], 0);
}

static GError *
changed_meanwhile (void)
{
  return g_error_new (IMP_ERROR, IMP_ERROR_REFUSED,
                      _ ("The picture or an answer changed meanwhile. Look at the output again, "
                         "then export."));
}

static void
release (ImpExportJob *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (self->session);
  g_autoptr (ImpRequest) request = imp_wizard_session_make_request (self->session);

  /* Locked, or another picture opened, while the approval was written. */
  if (gate == NULL || request == NULL)
    {
      finish (self, changed_meanwhile ());
      return;
    }
  imp_request_set_target (request, self->target);
  imp_request_set_approved_digest (request, self->digest);
  imp_gate_release_async (gate, request, self->running, on_released, g_object_ref (self));
}

static void
approve_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Approval *approval = data;
  GError *error = NULL;

  if (imp_gate_approve_sync (source, approval->request, approval->digest, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_approved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpExportJob) self = IMP_EXPORT_JOB (user_data);
  GError *error = NULL;
  Approval *approval = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      finish (self, error);
      return;
    }
  imp_wizard_session_set_approved (self->session, approval->digest);
  if (self->target != NULL)
    {
      release (self);
      return;
    }
  finish (self, NULL);
  g_signal_emit (self, signals[APPROVED], 0);
}

static void
approve (ImpExportJob *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (self->session);
  g_autoptr (GTask) task = NULL;
  Approval *approval = g_new0 (Approval, 1);

  approval->request = imp_wizard_session_make_request (self->session);
  imp_request_set_target (approval->request, self->target);
  approval->digest = g_strdup (self->digest);
  task = g_task_new (gate, self->running, on_approved, g_object_ref (self));
  g_task_set_source_tag (task, approve);
  g_task_set_task_data (task, approval, approval_free);
  g_task_run_in_thread (task, approve_in_thread);
}

/* Whoever exports has seen what leaves: while the output is being made, there is nothing to say
 * yes to. */
static gboolean
begin (ImpExportJob *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self->session);

  if (self->running != NULL || imp_wizard_session_get_gate (self->session) == NULL
      || imp_wizard_session_get_picture (self->session) == NULL)
    return FALSE;
  forget_outcome (self);
  g_clear_pointer (&self->digest, g_free);
  if (rehearsal == NULL)
    {
      finish (self, g_error_new (IMP_ERROR, IMP_ERROR_REFUSED,
                                 _ ("The output is still being made, or something is still to be "
                                    "said. Look at it, then export.")));
      return FALSE;
    }
  self->digest = g_strdup (rehearsal->digest);
  self->running = g_cancellable_new ();
  return TRUE;
}

/**
 * imp_export_job_release:
 * @self: a job
 * @target: a file that does not exist yet
 * @approve_first: whether the person approves exactly what the rehearsal showed
 *
 * Releases what was said, to @target. The gate decides, and writes.
 */
void
imp_export_job_release (ImpExportJob *self, GFile *target, gboolean approve_first)
{
  if (!begin (self))
    return;
  g_set_object (&self->target, target);
  if (approve_first)
    approve (self);
  else
    release (self);
  changed (self);
}

/**
 * imp_export_job_approve:
 * @self: a job
 *
 * Approves exactly what the rehearsal showed, and writes nothing: a script may then release it.
 */
void
imp_export_job_approve (ImpExportJob *self)
{
  if (!begin (self))
    return;
  g_clear_object (&self->target);
  approve (self);
  changed (self);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, ImpExportJob *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self->session);
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) target = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (target == NULL)
    return;
  imp_recent_forget (target);
  if (rehearsal == NULL || g_strcmp0 (rehearsal->digest, self->shown) != 0)
    {
      forget_outcome (self);
      finish (self, changed_meanwhile ());
      return;
    }
  imp_export_job_release (self, target, self->approve);
}

/**
 * imp_export_job_choose:
 * @self: a job
 * @parent: a widget of the window that asks
 * @approve_first: whether the person approves exactly what the rehearsal showed
 *
 * Asks where to write, with a neutral name that carries nothing of the source (leaks.md row 21),
 * and releases.
 */
void
imp_export_job_choose (ImpExportJob *self, GtkWidget *parent, gboolean approve_first)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self->session);
  g_autofree char *name = NULL;

  if (self->running != NULL || self->chooser != NULL)
    return;
  self->approve = approve_first;
  /* What is on screen now is what is said yes to, whatever happens under the dialog. */
  g_clear_pointer (&self->shown, g_free);
  if (rehearsal != NULL)
    self->shown = g_strdup (rehearsal->digest);
  name = imp_id_neutral_file_name (imp_wizard_session_get_jpeg (self->session) ? "jpg" : "png");
  self->chooser =
      gtk_file_chooser_native_new (_ ("Export to a new file"), imp_widgets_get_window (parent),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * imp_export_job_cancel:
 * @self: a job
 *
 * Stops what is under way; a release that has not ended leaves nothing.
 */
void
imp_export_job_cancel (ImpExportJob *self)
{
  g_cancellable_cancel (self->running);
}

/**
 * imp_export_job_reset:
 * @self: a job
 *
 * Forgets error and receipt, for another export.
 */
void
imp_export_job_reset (ImpExportJob *self)
{
  forget_outcome (self);
  g_clear_pointer (&self->receipt, imp_receipt_free);
  g_clear_object (&self->target);
  changed (self);
}

/**
 * imp_export_job_is_busy:
 * @self: a job
 *
 * Returns: whether it approves or releases now
 */
gboolean
imp_export_job_is_busy (ImpExportJob *self)
{
  return self->running != NULL;
}

/**
 * imp_export_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why it ended without a file
 */
const GError *
imp_export_job_get_error (ImpExportJob *self)
{
  return self->error;
}

/**
 * imp_export_job_get_reasons:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (element-type ImpReason): why the gate refused
 */
GPtrArray *
imp_export_job_get_reasons (ImpExportJob *self)
{
  return self->reasons;
}

/**
 * imp_export_job_get_receipt:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): of the last release
 */
const ImpReceipt *
imp_export_job_get_receipt (ImpExportJob *self)
{
  return self->receipt;
}

/**
 * imp_export_job_get_target:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the file that was chosen
 */
GFile *
imp_export_job_get_target (ImpExportJob *self)
{
  return self->target;
}
