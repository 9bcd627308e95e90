#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-error.h"
#include "imp-output.h"

/**
 * imp_rehearsal_free:
 * @rehearsal: (transfer full) (nullable): a rehearsal
 */
void
imp_rehearsal_free (ImpRehearsal *rehearsal)
{
  if (rehearsal == NULL)
    return;
  g_clear_pointer (&rehearsal->reasons, g_ptr_array_unref);
  g_strfreev (rehearsal->rules);
  g_strfreev (rehearsal->needed);
  g_free (rehearsal->digest);
  g_free (rehearsal->permission_id);
  g_clear_pointer (&rehearsal->preview, imp_raster_unref);
  g_clear_pointer (&rehearsal->boxes_as_filled, g_array_unref);
  g_free (rehearsal->rendering_sha256);
  g_clear_pointer (&rehearsal->left, g_ptr_array_unref);
  g_free (rehearsal->output_sha256);
  g_free (rehearsal);
}

static char **
to_strv (GPtrArray *texts)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **strv = NULL;

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (texts, i));
  strv = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return strv;
}

static gboolean
answer_is_valid (const ImpQuestion *question, const char *answer)
{
  if (answer == NULL)
    return FALSE;
  if (question->allowed != NULL)
    return g_strv_contains ((const char *const *)question->allowed, answer);
  return imp_question_text_length (answer) >= MAX (question->min_length, 1);
}

static void
count_questions (ImpRehearsal *rehearsal, const ImpCase *the_case)
{
  const ImpRequest *request = the_case->request;
  g_autoptr (GPtrArray) questions = NULL;

  if (request->route == NULL || request->destination == NULL)
    return;
  questions = imp_pack_get_questions (the_case->pack, request->route, request->destination);
  for (guint i = 0; questions != NULL && i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      const char *answer = g_hash_table_lookup (the_case->answers, question->key);
      gboolean asked = question->required
                       || g_strv_contains ((const char *const *)rehearsal->needed, question->key);

      if (!asked && answer == NULL)
        continue;
      rehearsal->n_questions++;
      if (answer_is_valid (question, answer))
        rehearsal->n_answered++;
    }
}

/**
 * imp_gate_rehearse_sync:
 * @self: the gate
 * @request: what would be asked for; its target is not looked at
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Judges @request and flattens its pixels exactly as a release would, and writes nothing.
 *
 * Returns: (transfer full) (nullable): the rehearsal, refusals included; %NULL where the register
 *   cannot be read or boxes, crop or window cannot apply
 */
ImpRehearsal *
imp_gate_rehearse_sync (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ImpRehearsal) rehearsal = g_new0 (ImpRehearsal, 1);
  g_autoptr (ImpCase) the_case = imp_case_new (self, request, error);
  g_autoptr (ImpFlatImage) flat = NULL;

  if (the_case == NULL || !imp_case_judge (the_case, self, error))
    return NULL;
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("The rehearsal was stopped"));
      return NULL;
    }
  flat = imp_case_flatten (the_case, error);
  if (flat == NULL || !imp_output_look (the_case, flat, cancellable, error))
    return NULL;
  rehearsal->allowed = the_case->verdict->allowed && the_case->reasons->len == 0;
  rehearsal->reasons = g_ptr_array_ref (the_case->reasons);
  rehearsal->rules = to_strv (the_case->verdict->rules);
  rehearsal->needed = to_strv (the_case->verdict->needed);
  rehearsal->digest = g_strdup (the_case->digest);
  rehearsal->permission_id =
      the_case->permission != NULL ? g_strdup (the_case->permission->id) : NULL;
  rehearsal->preview = imp_raster_ref (imp_flat_image_get_raster (flat));
  rehearsal->boxes_as_filled = g_array_ref (the_case->filled);
  rehearsal->rendering_sha256 = g_strdup (the_case->rendering_sha256);
  rehearsal->left = the_case->left != NULL ? g_ptr_array_ref (the_case->left) : NULL;
  rehearsal->output_sha256 = g_strdup (the_case->output_sha256);
  rehearsal->needs_approval = imp_case_is_public (the_case);
  count_questions (rehearsal, the_case);
  return g_steal_pointer (&rehearsal);
}

static void
rehearse_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ImpRehearsal *rehearsal = imp_gate_rehearse_sync (source, data, cancellable, &error);

  if (rehearsal == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rehearsal, (GDestroyNotify)imp_rehearsal_free);
}

/**
 * imp_gate_rehearse_async:
 * @self: the gate
 * @request: what would be asked for; copied
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_rehearse_sync() in a worker thread.
 */
void
imp_gate_rehearse_async (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_gate_rehearse_async);
  g_task_set_task_data (task, imp_request_copy (request), g_object_unref);
  g_task_run_in_thread (task, rehearse_thread);
}

/**
 * imp_gate_rehearse_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_rehearse_sync()
 */
ImpRehearsal *
imp_gate_rehearse_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * imp_gate_approve_sync:
 * @self: the gate
 * @request: what the person at the desk looked at
 * @digest: the digest of the rehearsal that was shown
 * @error: where to put the error
 *
 * Writes into the ledger that a person approves exactly @digest. A script cannot approve, nor can
 * anybody approve what the rules refuse or what is no longer what was shown.
 *
 * Returns: whether the approval is recorded, else %IMP_ERROR_REFUSED or the register's error
 */
gboolean
imp_gate_approve_sync (ImpGate *self, ImpRequest *request, const char *digest, GError **error)
{
  g_autoptr (ImpCase) the_case = imp_case_new (self, request, error);
  g_autoptr (ImpLedgerRow) row = NULL;

  if (the_case == NULL || !imp_gate_check_right (self, IMP_RIGHT_RELEASE, error)
      || !imp_case_judge (the_case, self, error))
    return FALSE;
  if (!imp_output_look (the_case, NULL, NULL, error))
    return FALSE;
  if (the_case->request->origin != IMP_ORIGIN_APP)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED,
                   _ ("A script cannot approve: a person must, in the app"));
      return FALSE;
    }
  if (g_strcmp0 (digest, the_case->digest) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED,
                   _ ("The picture or an answer changed since it was shown: look at it again"));
      return FALSE;
    }
  if (the_case->reasons->len > 0)
    {
      const ImpReason *first = g_ptr_array_index (the_case->reasons, 0);

      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED, first->reason);
      return FALSE;
    }
  row = imp_ledger_append (self->ledger, "approval", the_case->digest, "{}", NULL, error);
  return row != NULL;
}
