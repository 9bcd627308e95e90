/* What a second person says to a case that waits, and how its asker takes it back. */
#include <glib/gi18n.h>

#include "imp-approval.h"
#include "imp-error.h"

static gboolean
check_decision (const ImpParkedCase *parked, const ImpUser *approver, const ImpDecision *decision,
                GError **error)
{
  g_auto (GStrv) rules = g_strsplit (parked->rules, " ", -1);
  gboolean file_says_no = g_strv_contains ((const char *const *)rules, "row-2")
                          || g_strv_contains ((const char *const *)rules, "floor:file-says-no");

  if (g_strcmp0 (parked->state, "waiting") != 0
      && (decision->approve || g_strcmp0 (parked->state, "approved") != 0))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("This case no longer waits: somebody has decided it"));
  else if (g_str_equal (parked->parked_by, approver->id))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("Nobody decides about what they ask for: somebody else has to"));
  else if (decision->approve && parked->authority != NULL
           && g_strcmp0 (parked->authority, approver->authority) != 0)
    g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED,
                 _ ("This takes an approver with the authority “%s”"), parked->authority);
  else if (decision->approve && file_says_no && !decision->lift)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("The file itself says that the person does not consent: say that this "
                            "is lifted, or decline"));
  else if (decision->approve && decision->lift && approver->authority == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("What the file itself says is lifted by a consultant, an IG lead or "
                            "the Guardian"));
  else if (decision->words != NULL && !g_utf8_validate (decision->words, -1, NULL))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("What was typed is not UTF-8 text: type it again"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
decide (ImpGate *self, const char *id, const ImpDecision *decision, const ImpUser *approver,
        const ImpSigner *signer, GError **error)
{
  g_autoptr (ImpParkedCase) parked = imp_accounts_get_case (self->accounts, id, error);
  g_autoptr (ImpApproval) approval = NULL;

  if (parked == NULL || !check_decision (parked, approver, decision, error))
    return FALSE;
  approval = imp_approval_new (parked->digest, decision->approve, decision->lift);
  approval->asker = g_strdup (parked->parked_by);
  approval->person = g_strdup (parked->person_id);
  approval->case_id = g_strdup (parked->id);
  return imp_approval_sign (approval, self, approver, signer, decision->words, error)
         && imp_accounts_close_case (self->accounts, id,
                                     decision->approve ? "approved" : "declined", approver->id,
                                     decision->words, error);
}

/**
 * imp_gate_decide_case_sync:
 * @self: the gate, with an approver signed in
 * @id: a case that waits, or, for a no, one that was approved
 * @decision: what is said
 * @error: where to put the error
 *
 * Decides a parked case: writes the signed decision into the ledger. After a yes, the release of
 * exactly what was parked passes, until a no takes it back.
 *
 * Returns: whether the decision is recorded, else %IMP_ERROR_REFUSED, %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_USAGE (it no longer waits) or an error of the register
 */
gboolean
imp_gate_decide_case_sync (ImpGate *self, const char *id, const ImpDecision *decision,
                           GError **error)
{
  g_autoptr (ImpUser) approver = NULL;
  g_autoptr (ImpSigner) signer = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_APPROVE, error))
    return FALSE;
  signer = _imp_gate_ref_signer (self, &approver, error);
  if (signer == NULL || !imp_store_begin (self->store, error))
    return FALSE;
  if (decide (self, id, decision, approver, signer, error))
    return imp_store_commit (self->store, error);
  imp_store_rollback (self->store);
  return FALSE;
}

/**
 * imp_gate_take_back_case_sync:
 * @self: the gate, with who parked it signed in
 * @id: a case that waits
 * @error: where to put the error
 *
 * Returns: whether it no longer waits, else %IMP_ERROR_REFUSED (another's), %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_USAGE (it no longer waited) or an error of the register
 */
gboolean
imp_gate_take_back_case_sync (ImpGate *self, const char *id, GError **error)
{
  g_autoptr (ImpParkedCase) parked = imp_gate_get_case_sync (self, id, error);
  g_autoptr (ImpUser) user = imp_gate_get_user (self);

  if (parked == NULL || user == NULL)
    return FALSE;
  if (g_strcmp0 (parked->parked_by, user->id) == 0)
    return imp_accounts_close_case (self->accounts, id, "taken-back", user->id, NULL, error);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                       _ ("Only who parked a case takes it back: decline it instead"));
  return FALSE;
}

/* ---- in a worker thread ---- */

typedef struct
{
  char *id;
  ImpDecision decision; /* with words of its own */
} Call;

static void
call_free (Call *call)
{
  g_free (call->id);
  g_free ((char *)call->decision.words);
  g_free (call);
}

static void
decide_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_decide_case_sync (source, call->id, &call->decision, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
take_back_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_take_back_case_sync (source, call->id, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* To cancel is to stop waiting: what was said is recorded all the same. */
static void
start (ImpGate *self, gpointer tag, GTaskThreadFunc func, Call *call, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  g_task_run_in_thread (task, func);
}

/**
 * imp_gate_decide_case_async:
 * @self: the gate, with an approver signed in
 * @id: a case that waits
 * @decision: what is said; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_decide_case_sync() in a worker thread.
 */
void
imp_gate_decide_case_async (ImpGate *self, const char *id, const ImpDecision *decision,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->id = g_strdup (id);
  call->decision = *decision;
  call->decision.words = g_strdup (decision->words);
  start (self, imp_gate_decide_case_async, decide_thread, call, cancellable, callback, user_data);
}

/**
 * imp_gate_decide_case_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_decide_case_sync()
 */
gboolean
imp_gate_decide_case_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * imp_gate_take_back_case_async:
 * @self: the gate, with who parked it signed in
 * @id: a case that waits
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_take_back_case_sync() in a worker thread.
 */
void
imp_gate_take_back_case_async (ImpGate *self, const char *id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->id = g_strdup (id);
  start (self, imp_gate_take_back_case_async, take_back_thread, call, cancellable, callback,
         user_data);
}

/**
 * imp_gate_take_back_case_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_take_back_case_sync()
 */
gboolean
imp_gate_take_back_case_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
