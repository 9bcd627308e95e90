#include "imp-frame-look.h"

#include "imp-error.h"
#include "imp-screener.h"
#include "imp-suggest.h"

/* What the worker is given: copies and immutable things only. */
typedef struct
{
  ImpSource *source;
  ImpFrame *frame; /* nullable: to be decoded first */
  guint planes;
  gboolean is_chosen;
  ImpWindow chosen;
  GArray *filled; /* nullable */
  gboolean has_crop;
  ImpRect crop;
  ImpPerson *person;     /* nullable */
  GPtrArray *remembered; /* nullable */
  ImpFrameLook *look;    /* to be filled */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->source);
  g_clear_pointer (&job->frame, imp_frame_unref);
  g_clear_pointer (&job->filled, g_array_unref);
  g_clear_pointer (&job->person, imp_person_free);
  g_clear_pointer (&job->remembered, g_ptr_array_unref);
  imp_frame_look_free (job->look);
  g_free (job);
}

/**
 * imp_frame_look_free:
 * @look: (transfer full) (nullable): a look
 */
void
imp_frame_look_free (ImpFrameLook *look)
{
  if (look == NULL)
    return;
  g_clear_pointer (&look->spots, g_ptr_array_unref);
  g_clear_pointer (&look->areas, g_ptr_array_unref);
  g_clear_pointer (&look->suggestions, g_ptr_array_unref);
  g_free (look->problem);
  g_free (look);
}

/**
 * imp_frame_look_was_drawn_in:
 * @look: a look
 * @window: (nullable): a window; %NULL for the default presentation
 *
 * Returns: whether the frame was drawn in exactly that
 */
gboolean
imp_frame_look_was_drawn_in (const ImpFrameLook *look, const ImpWindow *window)
{
  if (window == NULL || !look->has_window)
    return window == NULL && !look->has_window;
  return look->window.centre == window->centre && look->window.width == window->width
         && look->window.function == window->function && look->window.table == window->table;
}

/* ---- in the thread ---- */

static GPtrArray *
see (Job *job, GCancellable *cancellable, GError **error)
{
  ImpFrameLook *look = job->look;
  g_autoptr (ImpRaster) rendering = NULL;
  ImpWindow measured = { 0 };
  const ImpWindow *window = NULL;

  /* Decoding is not stopped half-way: that would end the helper of the frame on screen. */
  if (job->frame == NULL)
    job->frame = imp_source_load_frame_sync (job->source, look->number, job->planes, NULL, error);
  if (job->frame == NULL)
    return NULL;
  window = imp_frame_choose_window (job->frame, job->is_chosen ? &job->chosen : NULL,
                                    (const ImpRect *)(void *)job->filled->data, job->filled->len,
                                    job->has_crop ? &job->crop : NULL, &measured);
  look->has_window = window != NULL;
  if (window != NULL)
    look->window = *window;
  rendering = imp_frame_render (job->frame, window, error);
  return rendering != NULL ? imp_screener_look_sync (
             rendering, imp_suggest_choose_looks (imp_source_get_facts (job->source)), cancellable,
             error)
                           : NULL;
}

/* What the file says needs no looking, and stands where the helper fails. */
static void
conclude (Job *job)
{
  const ImpFacts *facts = imp_source_get_facts (job->source);
  ImpFrameLook *look = job->look;
  g_autoptr (ImpKnown) known = imp_known_new ();

  if (look->areas == NULL)
    look->areas = imp_suggest_areas (facts, job->frame, look->number);
  imp_known_add_facts (known, facts);
  if (job->person != NULL)
    imp_known_add_person (known, job->person->name, job->person->hospital_number,
                          job->person->nhs_number, job->person->born, job->person->died);
  look->suggestions = look->spots != NULL
                          ? imp_suggest_spots (look->spots, known, look->number)
                          : g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_free);
  for (guint i = 0; i < look->areas->len; i++)
    g_ptr_array_add (look->suggestions, imp_suggestion_copy (look->areas->pdata[i]));
  for (guint i = 0; job->remembered != NULL && i < job->remembered->len; i++)
    {
      ImpSuggestion *suggestion = imp_suggestion_copy (job->remembered->pdata[i]);

      suggestion->frame = look->number;
      g_ptr_array_add (look->suggestions, suggestion);
    }
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  if (job->look->spots == NULL)
    job->look->spots = see (job, cancellable, &error);
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  job->look->problem = error != NULL ? g_strdup (error->message) : NULL;
  conclude (job);
  g_task_return_pointer (task, g_steal_pointer (&job->look), (GDestroyNotify)imp_frame_look_free);
}

/* ---- on both sides of it ---- */

static Job *
make_job (const ImpFrameWish *wish)
{
  Job *job = g_new0 (Job, 1);

  job->source = g_object_ref (wish->source);
  job->frame = wish->frame != NULL ? imp_frame_ref (wish->frame) : NULL;
  job->planes = wish->planes;
  job->is_chosen = wish->window != NULL;
  if (wish->window != NULL)
    job->chosen = *wish->window;
  job->filled = g_array_copy (wish->filled);
  job->has_crop = wish->crop != NULL;
  if (wish->crop != NULL)
    job->crop = *wish->crop;
  job->person = wish->person != NULL ? imp_person_copy (wish->person) : NULL;
  job->remembered = wish->remembered != NULL ? g_ptr_array_ref (wish->remembered) : NULL;
  job->look = g_new0 (ImpFrameLook, 1);
  job->look->number = wish->number;
  if (wish->before != NULL && wish->before->spots != NULL)
    {
      job->look->has_window = wish->before->has_window;
      job->look->window = wish->before->window;
      job->look->spots = g_ptr_array_ref (wish->before->spots);
      job->look->areas = g_ptr_array_ref (wish->before->areas);
    }
  return job;
}

/**
 * imp_frame_look_async:
 * @wish: what shall be looked at
 * @cancellable: to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * Draws a frame as it would be exported, has it looked at, and says what that suggests.
 */
void
imp_frame_look_async (const ImpFrameWish *wish, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_frame_look_async);
  g_task_set_check_cancellable (task, FALSE); /* the domain of the error is our own */
  g_task_set_task_data (task, make_job (wish), job_free);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * imp_frame_look_finish:
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): how it was looked at, perhaps with a problem; %NULL with
 *   %IMP_ERROR_CANCELLED where it was stopped
 */
ImpFrameLook *
imp_frame_look_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
