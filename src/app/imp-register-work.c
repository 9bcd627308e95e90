#include "imp-register-work.h"

#include "imp-register-look-ups.h"
#include "imp-register-names.h"

/* One thing to do in the worker: copies of all it needs. */
typedef struct
{
  ImpRegister *register_;
  char *text; /* a number, a search, an id */
  guint limit;
  gint64 search; /* the number of the look-up */
  ImpPerson *person;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->register_);
  g_free (job->text);
  g_clear_pointer (&job->person, imp_person_free);
  g_free (job);
}

static Job *
job_new (ImpRegister *source, const char *text)
{
  Job *job = g_new0 (Job, 1);

  job->register_ = g_object_ref (source);
  job->text = g_strdup (text);
  return job;
}

static void
start (Job *job, gpointer tag, GTaskThreadFunc func, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (job->register_, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, func);
}

/**
 * imp_dossier_free:
 * @dossier: (transfer full) (nullable): a dossier
 */
void
imp_dossier_free (ImpDossier *dossier)
{
  if (dossier == NULL)
    return;
  g_clear_pointer (&dossier->person, imp_person_free);
  g_clear_pointer (&dossier->permissions, g_ptr_array_unref);
  g_clear_pointer (&dossier->steps, g_ptr_array_unref);
  g_clear_pointer (&dossier->identifiers, g_ptr_array_unref);
  g_clear_pointer (&dossier->aliases, g_ptr_array_unref);
  g_clear_pointer (&dossier->assessments, g_ptr_array_unref);
  g_clear_pointer (&dossier->schemes, g_ptr_array_unref);
  g_free (dossier);
}

static void
return_person (GTask *task, ImpPerson *person, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, person, (GDestroyNotify)imp_person_free);
}

static void
find_number (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  ImpPerson *person = imp_register_look_up_number (job->register_, job->text, &error);

  return_person (task, person, error);
}

/**
 * imp_register_work_find_number_async:
 * @source: the register
 * @number: a hospital or NHS number
 * @cancellable: (nullable): drops the answer
 * @callback: called when it is known
 * @user_data: for @callback
 */
void
imp_register_work_find_number_async (ImpRegister *source, const char *number,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  start (job_new (source, number), imp_register_work_find_number_async, find_number, cancellable,
         callback, user_data);
}

/**
 * imp_register_work_find_number_finish:
 * @result: the result
 * @error: (out) (optional): an error of imp_register_look_up_number()
 *
 * Returns: (transfer full) (nullable): the person; %NULL without error for nobody
 */
ImpPerson *
imp_register_work_find_number_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
search (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GPtrArray *found =
      imp_register_look_up (job->register_, job->text, job->limit, &job->search, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * imp_register_work_search_async:
 * @source: the register
 * @text: part of a number, a name, a date of birth; "" for everyone
 * @limit: how many at most
 * @cancellable: (nullable): drops the answer
 * @callback: called when they are found
 * @user_data: for @callback
 */
void
imp_register_work_search_async (ImpRegister *source, const char *text, guint limit,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Job *job = job_new (source, text);

  job->limit = limit;
  start (job, imp_register_work_search_async, search, cancellable, callback, user_data);
}

/**
 * imp_register_work_search_finish:
 * @result: the result
 * @search: (out): the number of the look-up, for imp_register_work_note_opened_async()
 * @error: (out) (optional): an error of imp_register_look_up()
 *
 * Returns: (transfer full) (element-type ImpFound) (nullable): the people; %NULL on error
 */
GPtrArray *
imp_register_work_search_finish (GAsyncResult *result, gint64 *search, GError **error)
{
  *search = ((Job *)g_task_get_task_data (G_TASK (result)))->search;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
load_steps (ImpRegister *people, ImpDossier *dossier, GError **error)
{
  dossier->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < dossier->permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (dossier->permissions, i);
      GArray *states = imp_register_list_steps (people, permission->state, error);

      if (states == NULL)
        return FALSE;
      g_ptr_array_add (dossier->steps, states);
    }
  return TRUE;
}

static gboolean
load_dossier (ImpRegister *people, const char *id, ImpDossier *dossier, GError **error)
{
  return (dossier->person = imp_register_get_person (people, id, error)) != NULL
         && (dossier->permissions = imp_register_list_permissions (people, id, error)) != NULL
         && load_steps (people, dossier, error)
         && (dossier->identifiers = imp_register_list_identifiers (people, id, error)) != NULL
         && (dossier->aliases = imp_register_list_aliases (people, id, error)) != NULL
         && (dossier->assessments = imp_register_list_assessments (people, id, error)) != NULL
         && (dossier->schemes = imp_register_list_schemes (people, error)) != NULL;
}

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (ImpDossier) dossier = g_new0 (ImpDossier, 1);

  if (load_dossier (job->register_, job->text, dossier, &error))
    g_task_return_pointer (task, g_steal_pointer (&dossier), (GDestroyNotify)imp_dossier_free);
  else
    g_task_return_error (task, error);
}

/**
 * imp_register_work_load_async:
 * @source: the register
 * @person_id: a person's random id
 * @cancellable: (nullable): drops the answer
 * @callback: called when the person and all permissions are read
 * @user_data: for @callback
 */
void
imp_register_work_load_async (ImpRegister *source, const char *person_id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  start (job_new (source, person_id), imp_register_work_load_async, load, cancellable, callback,
         user_data);
}

/**
 * imp_register_work_load_finish:
 * @result: the result
 * @error: (out) (optional): NOT_FOUND, or an error of the file
 *
 * Returns: (transfer full) (nullable): the person with all permissions; %NULL on error
 */
ImpDossier *
imp_register_work_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save_person (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean saved = job->person->id == NULL
                       ? imp_register_add_person (job->register_, job->person, &error)
                       : imp_register_update_person (job->register_, job->person, &error);

  return_person (task, saved ? imp_person_copy (job->person) : NULL, error);
}

/**
 * imp_register_work_save_person_async:
 * @source: the register
 * @person: who; one without an id is new
 * @callback: called when it is written
 * @user_data: for @callback
 */
void
imp_register_work_save_person_async (ImpRegister *source, const ImpPerson *person,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (source, NULL);

  job->person = imp_person_copy (person);
  start (job, imp_register_work_save_person_async, save_person, NULL, callback, user_data);
}

/**
 * imp_register_work_save_person_finish:
 * @result: the result
 * @error: (out) (optional): USAGE where the number is registered already; READ_ONLY; IO
 *
 * Returns: (transfer full) (nullable): the person as saved, with an id; %NULL on error
 */
ImpPerson *
imp_register_work_save_person_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
return_written (GTask *task, gboolean written, GError *error)
{
  if (written)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
note_opened (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  return_written (task, imp_register_note_opened (job->register_, job->text, job->search, &error),
                  error);
}

/**
 * imp_register_work_note_opened_async:
 * @source: the register
 * @person_id: whose record is about to be shown
 * @search: the look-up that led there, or 0
 * @callback: called when it is written; imp_register_work_write_finish()
 * @user_data: for @callback
 */
void
imp_register_work_note_opened_async (ImpRegister *source, const char *person_id, gint64 search,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (source, person_id);

  job->search = search;
  start (job, imp_register_work_note_opened_async, note_opened, NULL, callback, user_data);
}

/**
 * imp_register_work_write_finish:
 * @result: what the callback got
 * @error: (out) (optional): USAGE, NOT_FOUND, READ_ONLY, IO
 *
 * Returns: whether it is written
 */
gboolean
imp_register_work_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
