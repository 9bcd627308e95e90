/* The second person at the same desk. */
#include <glib/gi18n.h>
#include <string.h>

#include "imp-approval.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-output.h"

static gboolean
asks_for_second (const ImpCase *the_case)
{
  for (guint i = 0; i < the_case->reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (the_case->reasons, i);

      if (reason->outcome == IMP_OUTCOME_SECOND_PERSON || g_str_equal (reason->rule, "row-2")
          || g_str_equal (reason->rule, "floor:file-says-no"))
        return TRUE;
    }
  return FALSE;
}

/**
 * imp_approval_suppose:
 * @approval: a decision not signed yet; its authority is that of who would decide
 * @gate: the gate
 * @request: what is asked for
 * @reasons: (out) (optional) (nullable) (transfer full) (element-type ImpReason): what would refuse
 *   it all the same
 * @error: where to put the error
 *
 * Judges @request as it would be if @approval stood: a second person is asked for nothing that is
 * refused all the same, or that nobody has to be asked about.
 *
 * Returns: (transfer full) (nullable): the case, as judged without @approval; its digest is that of
 *   @approval where that has one. %NULL with %IMP_ERROR_REFUSED or an error of the register
 */
ImpCase *
imp_approval_suppose (ImpApproval *approval, ImpGate *gate, ImpRequest *request,
                      GPtrArray **reasons, GError **error)
{
  g_autoptr (ImpCase) the_case = imp_case_new (gate, request, error);
  g_autoptr (ImpReason) first = NULL;

  if (the_case == NULL)
    return NULL;
  /* A yes that stands hides what was asked, and is what a no takes back. */
  the_case->unheard = !approval->approve;
  if (!imp_case_judge (the_case, gate, error))
    return NULL;
  if (approval->digest != NULL && g_strcmp0 (approval->digest, the_case->digest) != 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                           _ ("The picture or an answer changed since it was shown: look at it "
                              "again"));
      return NULL;
    }
  if (!asks_for_second (the_case))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                           _ ("No rule asks for a second person here: see what the check says"));
      return NULL;
    }
  if (!approval->approve)
    return g_steal_pointer (&the_case);
  the_case->supposed = approval;
  if (!imp_case_judge (the_case, gate, error))
    return NULL;
  if (!imp_output_look (the_case, NULL, NULL, error))
    return NULL;
  if (the_case->reasons->len > 0)
    first = imp_reason_copy (g_ptr_array_index (the_case->reasons, 0));
  if (first != NULL && reasons != NULL)
    {
      *reasons = g_ptr_array_copy (the_case->reasons, (GCopyFunc)(void *)imp_reason_copy, NULL);
      g_ptr_array_set_free_func (*reasons, (GDestroyNotify)imp_reason_free);
    }
  the_case->supposed = NULL;
  if (first != NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED,
                   _ ("This would be refused all the same (%s): %s"), first->rule, first->reason);
      return NULL;
    }
  return imp_case_judge (the_case, gate, error) ? g_steal_pointer (&the_case) : NULL;
}

static gboolean
check_approver (const ImpUser *approver, const ImpDecision *decision, GError **error)
{
  if ((approver->roles & IMP_ROLE_APPROVER) == 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("Only an approver decides as a second person: ask a keeper for the "
                            "role"));
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

/**
 * imp_gate_agree_sync:
 * @self: the gate, with an operator signed in
 * @request: what both looked at
 * @digest: the digest of the rehearsal that was shown
 * @decision: what the second person says
 * @second: the second person's name and PIN
 * @error: where to put the error
 *
 * Writes the second person's signed decision about exactly @digest into the ledger. Nobody decides
 * about what they ask for themselves. Blocks: Argon2id takes about a second.
 *
 * Returns: whether the decision is recorded, else %IMP_ERROR_REFUSED or an error of the register
 */
gboolean
imp_gate_agree_sync (ImpGate *self, ImpRequest *request, const char *digest,
                     const ImpDecision *decision, const ImpSecond *second, GError **error)
{
  g_autoptr (ImpApproval) approval =
      imp_approval_new (digest != NULL ? digest : "", decision->approve, decision->lift);
  g_autoptr (ImpUser) asker = NULL;
  g_autoptr (ImpUser) approver = NULL;
  g_autoptr (ImpSigner) own = NULL;
  g_autoptr (ImpSigner) signer = NULL;
  g_autoptr (ImpCase) the_case = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_RELEASE, error))
    return FALSE;
  own = _imp_gate_ref_signer (self, &asker, error);
  if (own == NULL)
    return FALSE;
  approver = _imp_gate_identify (self, second, &signer, error);
  if (approver == NULL || !check_approver (approver, decision, error))
    return FALSE;
  if (g_str_equal (approver->id, asker->id))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                           _ ("Nobody decides about what they ask for: somebody else has to"));
      return FALSE;
    }
  approval->asker = g_strdup (asker->id);
  approval->authority = g_strdup (approver->authority);
  the_case = imp_approval_suppose (approval, self, request, NULL, error);
  if (the_case == NULL)
    return FALSE;
  if (imp_id_is_valid (the_case->person_ref))
    approval->person = g_strdup (the_case->person_ref);
  return imp_approval_sign (approval, self, approver, signer, decision->words, error);
}

typedef struct
{
  ImpRequest *request;
  char *digest;
  ImpDecision decision; /* with words of its own */
  ImpSecond *second;
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->request);
  g_free (call->digest);
  g_free ((char *)call->decision.words);
  imp_second_free (call->second);
  g_free (call);
}

static void
agree_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_agree_sync (source, call->request, call->digest, &call->decision, call->second,
                           &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_gate_agree_async:
 * @self: the gate, with an operator signed in
 * @request: what both looked at; copied
 * @digest: the digest of the rehearsal that was shown
 * @decision: what the second person says; copied
 * @second: the second person's name and PIN; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_agree_sync() in a worker thread.
 */
void
imp_gate_agree_async (ImpGate *self, ImpRequest *request, const char *digest,
                      const ImpDecision *decision, const ImpSecond *second,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->request = imp_request_copy (request);
  call->digest = g_strdup (digest);
  call->decision = *decision;
  call->decision.words = g_strdup (decision->words);
  call->second = imp_second_copy (second);
  g_task_set_source_tag (task, imp_gate_agree_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  g_task_run_in_thread (task, agree_thread);
}

/**
 * imp_gate_agree_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_gate_agree_sync()
 */
gboolean
imp_gate_agree_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
