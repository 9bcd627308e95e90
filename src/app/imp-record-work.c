#include "imp-record-work.h"

typedef struct
{
  ImpRecordAct act;
  gpointer what;
  GDestroyNotify free_what;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  job->free_what (job->what);
  g_free (job);
}

static void
act_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;

  if (job->act (source, job->what, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * imp_record_work_async:
 * @gate: the gate
 * @act: writes it
 * @what: (transfer full): what @act needs
 * @free_what: frees @what
 * @callback: called when it is written, or could not be
 * @user_data: for @callback
 *
 * Runs @act in a worker thread. It is not cancelled by halves: what was begun is written or not.
 */
void
imp_record_work_async (ImpGate *gate, ImpRecordAct act, gpointer what, GDestroyNotify free_what,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->act = act;
  job->what = what;
  job->free_what = free_what;
  g_task_set_source_tag (task, imp_record_work_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, act_in_thread);
}

/**
 * imp_record_work_finish:
 * @result: what the callback got
 * @error: (out) (optional): the error of the act
 *
 * Returns: whether it is written
 */
gboolean
imp_record_work_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * imp_record_work_get_what:
 * @result: what the callback got
 *
 * Returns: (transfer none): what the act was given, as it left it
 */
gpointer
imp_record_work_get_what (GAsyncResult *result)
{
  const Job *job = g_task_get_task_data (G_TASK (result));

  return job->what;
}
