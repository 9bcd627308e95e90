#include "imp-paper.h"

#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-error.h"
#include "imp-paper-ledger-private.h"

typedef GBytes *(*Maker) (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                          GError **error);

/* right: what somebody must be allowed who makes a paper about a person; nobody must for an empty
 * form, or a receipt, which names nobody. */
typedef struct
{
  const char *kind;
  Maker make;
  gboolean needs_right;
  ImpRight right;
} Kind;

static const Kind KINDS[] = {
  { "csv", _imp_paper_csv, TRUE, IMP_RIGHT_KEEP },
  { "csv-template", _imp_paper_csv_template, FALSE, 0 },
  { "fhir", _imp_paper_fhir, TRUE, IMP_RIGHT_KEEP },
  { "consent-form", _imp_paper_consent_form, FALSE, 0 },
  { "withdrawal-slip", _imp_paper_withdrawal_slip, FALSE, 0 },
  { "patient-copy", _imp_paper_patient_copy, TRUE, IMP_RIGHT_RECORD },
  { "subject-access", _imp_paper_subject_access, TRUE, IMP_RIGHT_KEEP },
  { "receipt-page", _imp_paper_receipt, FALSE, 0 },
  { "case-file", _imp_paper_case_file, TRUE, IMP_RIGHT_AUDIT },
  { "takedown-letter", _imp_paper_takedown, TRUE, IMP_RIGHT_TRACE },
};

/**
 * imp_paper_new:
 * @kind: which paper
 *
 * Returns: (transfer full): an order of that paper, about nobody yet
 */
ImpPaper *
imp_paper_new (const char *kind)
{
  ImpPaper *paper = g_new0 (ImpPaper, 1);

  paper->kind = g_strdup (kind);
  return paper;
}

/**
 * imp_paper_copy:
 * @paper: an order
 *
 * Returns: (transfer full): a copy
 */
ImpPaper *
imp_paper_copy (const ImpPaper *paper)
{
  ImpPaper *copy = imp_paper_new (paper->kind);

  copy->person_id = g_strdup (paper->person_id);
  copy->permission_id = g_strdup (paper->permission_id);
  copy->export_id = g_strdup (paper->export_id);
  return copy;
}

/**
 * imp_paper_free:
 * @paper: (transfer full) (nullable): an order
 */
void
imp_paper_free (ImpPaper *paper)
{
  if (paper == NULL)
    return;
  g_free (paper->kind);
  g_free (paper->person_id);
  g_free (paper->permission_id);
  g_free (paper->export_id);
  g_free (paper);
}

static const Kind *
find_kind (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i].kind, name) == 0)
      return &KINDS[i];
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("There is no such paper"));
  return NULL;
}

static gboolean
check_right (ImpGate *self, const Kind *kind, const ImpPaper *paper, GError **error)
{
  if (kind->needs_right)
    return imp_gate_check_right (self, kind->right, error);
  return paper->person_id == NULL || imp_gate_check_right (self, IMP_RIGHT_RECORD, error);
}

/* The random id of what a paper is about. */
static const char *
about (const ImpPaper *paper)
{
  return paper->permission_id != NULL ? paper->permission_id
         : paper->person_id != NULL   ? paper->person_id
                                      : paper->export_id;
}

/* Whom it is about, so that her request of access finds the paper, and her erasure its hash. */
static gboolean
find_whom (ImpGate *self, const ImpPaper *paper, char **person, GError **error)
{
  g_autoptr (ImpPermission) permission = NULL;
  g_autoptr (ImpPaperExport) export = NULL;

  *person = g_strdup (paper->person_id);
  if (paper->permission_id != NULL)
    {
      permission =
          imp_register_get_permission (imp_gate_get_register (self), paper->permission_id, error);
      if (permission == NULL)
        return FALSE;
      *person = g_strdup (permission->person_id);
    }
  else if (paper->export_id != NULL)
    {
      export = _imp_paper_export_new (self, paper->export_id, error);
      if (export == NULL)
        return FALSE;
      *person = g_strdup (_imp_paper_member (export->body, "person"));
    }
  return TRUE;
}

/**
 * imp_gate_make_paper_sync:
 * @self: the gate
 * @paper: which one
 * @target: the file to make; it must not exist
 * @cancellable: (nullable): to stop it, which leaves nothing
 * @error: where to put the error
 *
 * Gathers what a paper says, makes it, and lets it out by the records verb: of mode 0600, and
 * written down in the ledger.
 *
 * Returns: whether @target is there now, whole; else %IMP_ERROR_USAGE, %IMP_ERROR_REFUSED (a right
 * is missing), %IMP_ERROR_NOT_FOUND, %IMP_ERROR_TARGET, %IMP_ERROR_IO, %IMP_ERROR_CANCELLED or an
 * error of the register
 */
gboolean
imp_gate_make_paper_sync (ImpGate *self, const ImpPaper *paper, GFile *target,
                          GCancellable *cancellable, GError **error)
{
  const Kind *kind = find_kind (paper->kind, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *person = NULL;

  if (kind == NULL || !check_right (self, kind, paper, error)
      || !imp_gate_check_record_target (target, error))
    return FALSE;
  bytes = kind->make (self, paper, cancellable, error);
  if (bytes == NULL || !find_whom (self, paper, &person, error))
    return FALSE;
  _imp_gate_issue (self, paper->kind, bytes);
  return _imp_gate_publish (self, paper->kind, about (paper), person, bytes, target, cancellable,
                            error);
}

typedef struct
{
  ImpPaper *paper; /* owned */
  GFile *target;
} Order;

static void
order_free (Order *order)
{
  imp_paper_free (order->paper);
  g_object_unref (order->target);
  g_free (order);
}

static void
paper_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_make_paper_sync (source, order->paper, order->target, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_make_paper_async:
 * @self: the gate
 * @paper: which one
 * @target: the file to make
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_make_paper_sync() in a worker thread.
 */
void
imp_gate_make_paper_async (ImpGate *self, const ImpPaper *paper, GFile *target,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->paper = imp_paper_copy (paper);
  order->target = g_object_ref (target);
  g_task_set_source_tag (task, imp_gate_make_paper_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, order, (GDestroyNotify)order_free);
  g_task_run_in_thread (task, paper_thread);
}

/**
 * imp_gate_make_paper_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_make_paper_sync()
 */
gboolean
imp_gate_make_paper_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
