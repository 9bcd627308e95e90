#include "imp-wizard-rehearsal.h"

#include "imp-preview.h"

#define PREVIEW_SIDE 640

/* What the worker is given, and what it found. */
typedef struct
{
  ImpRequest *request;
  GPtrArray *keys;
  gboolean rehearse;
  GPtrArray *prefills;
  GdkTexture *texture;
} Work;

static void
prefill_free (gpointer data)
{
  ImpPrefill *prefill = data;

  g_free (prefill->key);
  g_free (prefill->value);
  g_free (prefill->source);
  g_free (prefill);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->request);
  g_ptr_array_unref (work->keys);
  g_clear_pointer (&work->prefills, g_ptr_array_unref);
  g_clear_object (&work->texture);
  g_free (work);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  ImpRehearsal *rehearsal = NULL;

  work->prefills = g_ptr_array_new_with_free_func (prefill_free);
  for (guint i = 0; i < work->keys->len; i++)
    {
      const char *key = g_ptr_array_index (work->keys, i);
      g_autofree char *from = NULL;
      g_autofree char *value = imp_gate_prefill (source, work->request, key, &from);
      ImpPrefill *prefill = NULL;

      imp_request_set_answer (work->request, key, value); /* known before may be so no longer */
      if (value == NULL)
        continue;
      prefill = g_new0 (ImpPrefill, 1);
      prefill->key = g_strdup (key);
      prefill->value = g_steal_pointer (&value);
      prefill->source = g_steal_pointer (&from);
      g_ptr_array_add (work->prefills, prefill);
    }
  if (work->rehearse)
    rehearsal = imp_gate_rehearse_sync (source, work->request, cancellable, &error);
  if (rehearsal != NULL && rehearsal->preview != NULL)
    work->texture = imp_preview_texture (rehearsal->preview, PREVIEW_SIDE);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rehearsal, (GDestroyNotify)imp_rehearsal_free);
}

/**
 * imp_wizard_rehearsal_async:
 * @gate: the gate
 * @request: what is asked for; copied
 * @keys: (element-type utf8): questions that nobody has answered at the desk
 * @rehearse: whether enough has been said to ask what a release would do
 * @cancellable: (nullable): drops the answer
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks up what file, register and site know already, and rehearses with it.
 */
void
imp_wizard_rehearsal_async (ImpGate *gate, ImpRequest *request, GPtrArray *keys, gboolean rehearse,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->request = imp_request_copy (request);
  work->keys = g_ptr_array_copy (keys, (GCopyFunc)(void *)g_strdup, NULL);
  g_ptr_array_set_free_func (work->keys, g_free);
  work->rehearse = rehearse;
  g_task_set_source_tag (task, imp_wizard_rehearsal_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, run);
}

/**
 * imp_wizard_rehearsal_finish:
 * @result: the result
 * @prefills: (out) (transfer full) (element-type ImpPrefill) (nullable): what is known already
 * @texture: (out) (transfer full) (nullable): the true output, small enough for a pane
 * @error: (out) (optional): an error of imp_gate_rehearse_sync()
 *
 * Returns: (transfer full) (nullable): what a release would do; %NULL on error, or where it was
 *   not asked
 */
ImpRehearsal *
imp_wizard_rehearsal_finish (GAsyncResult *result, GPtrArray **prefills, GdkTexture **texture,
                             GError **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));

  *prefills = work->prefills == NULL ? NULL : g_ptr_array_ref (work->prefills);
  *texture = work->texture == NULL ? NULL : g_object_ref (work->texture);
  return g_task_propagate_pointer (G_TASK (result), error);
}
