#include "imp-gate-work.h"

typedef struct
{
  ImpGateWorkFunc func;
  gpointer data;
  GDestroyNotify data_free;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->data_free != NULL)
    work->data_free (work->data);
  g_free (work);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;

  if (work->func (source, work->data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * imp_gate_work_async:
 * @gate: the gate; the source of the result
 * @func: what is done, in a worker thread
 * @data: (transfer full) (nullable): for @func, and what it answers
 * @data_free: (nullable): for @data
 * @callback: called when it is done, on the thread that asked
 * @user_data: for @callback
 */
void
imp_gate_work_async (ImpGate *gate, ImpGateWorkFunc func, gpointer data, GDestroyNotify data_free,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->func = func;
  work->data = data;
  work->data_free = data_free;
  g_task_set_source_tag (task, imp_gate_work_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, run);
}

/**
 * imp_gate_work_finish:
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: whether the work was done, else its error
 */
gboolean
imp_gate_work_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * imp_gate_work_get_data:
 * @result: what the callback got
 *
 * Returns: (transfer none) (nullable): the work's data, as it is now
 */
gpointer
imp_gate_work_get_data (GAsyncResult *result)
{
  return ((Work *)g_task_get_task_data (G_TASK (result)))->data;
}
