/* How a gesture goes its way: stored by one thread, after those before it, and told of once it is.
 */
#include <gio/gio.h>

#include "imp-curation-private.h"

/**
 * _imp_gesture_new:
 * @self: a session
 * @tag: the function that a person's act led to
 * @func: what is done in the worker
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Returns: (transfer full): a gesture about nothing yet, for _imp_gesture_start()
 */
ImpGesture *
_imp_gesture_new (ImpCuration *self, gpointer tag, ImpGestureFunc func, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture = g_new0 (ImpGesture, 1);

  gesture->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (gesture->task, tag);
  g_task_set_check_cancellable (gesture->task, FALSE);
  gesture->func = func;
  gesture->gate = g_object_ref (self->gate);
  gesture->reg = imp_gate_get_register (self->gate);
  gesture->id = g_strdup (self->id);
  gesture->destination = g_strdup (self->now->record->destination);
  return gesture;
}

/**
 * _imp_gesture_about:
 * @gesture: a gesture
 * @self: a session
 * @index: the picture that it is about
 */
void
_imp_gesture_about (ImpGesture *gesture, ImpCuration *self, guint index)
{
  const ImpCurationItem *item = imp_curation_get_item (self, index);

  gesture->subject = item->id;
  gesture->number = g_strdup (item->number);
  for (guint i = 0; i < self->now->patients->len; i++)
    {
      const ImpCurationPatient *patient = g_ptr_array_index (self->now->patients, i);

      if (patient->id == item->patient_id)
        gesture->person_id = g_strdup (patient->person_id);
    }
}

/**
 * _imp_gesture_start:
 * @gesture: (transfer full): a gesture
 *
 * Has it stored after those before it.
 */
void
_imp_gesture_start (ImpGesture *gesture)
{
  ImpCuration *self = g_task_get_source_object (gesture->task);

  g_thread_pool_push (self->pool, gesture, NULL);
}

/**
 * _imp_gesture_free:
 * @gesture: (transfer full): a gesture
 */
void
_imp_gesture_free (ImpGesture *gesture)
{
  g_clear_object (&gesture->task);
  g_clear_object (&gesture->gate);
  g_free (gesture->id);
  g_free (gesture->destination);
  g_free (gesture->text);
  g_free (gesture->number);
  g_free (gesture->person_id);
  g_clear_pointer (&gesture->items, g_ptr_array_unref);
  g_clear_pointer (&gesture->answer, imp_curation_answer_free);
  g_clear_pointer (&gesture->scanner, imp_scanner_template_free);
  if (gesture->result != NULL)
    gesture->free_result (gesture->result);
  g_clear_pointer (&gesture->marks, g_array_unref);
  g_clear_pointer (&gesture->loaded, _imp_curation_content_free);
  g_clear_pointer (&gesture->answers, g_ptr_array_unref);
  g_clear_error (&gesture->error);
  g_free (gesture);
}

/* As the register has it: what was looked at is something else. */
static gboolean
is_shown_otherwise (const ImpCurationItem *before, const ImpCurationItem *after)
{
  return before->page != after->page || before->frame != after->frame
         || before->crop.x != after->crop.x || before->crop.y != after->crop.y
         || before->crop.width != after->crop.width || before->crop.height != after->crop.height
         || g_strcmp0 (before->voi, after->voi) != 0;
}

static void
replace_item (ImpCuration *self, const ImpCurationItem *item)
{
  guint index = 0;
  ImpCurationItem *copy = NULL;
  ImpCurationItem *old = NULL;

  if (!imp_curation_find_item (self, item->id, &index))
    return;
  old = g_ptr_array_index (self->now->items, index);
  copy = imp_curation_item_copy (item);
  copy->state = old->state;
  if (is_shown_otherwise (old, item))
    copy->seen = 0;
  g_hash_table_replace (self->places, &copy->id, GUINT_TO_POINTER (index + 1));
  imp_curation_item_free (old);
  self->now->items->pdata[index] = copy;
  g_signal_emit_by_name (self, "item-changed", index);
}

/* What fell back, and what others did meanwhile. */
static void
take_marks (ImpCuration *self, const GArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const ImpCurationMark *mark = &g_array_index (marks, ImpCurationMark, i);
      guint index = 0;
      ImpCurationItem *item = NULL;

      if (!imp_curation_find_item (self, mark->item_id, &index))
        continue;
      item = g_ptr_array_index (self->now->items, index);
      if (item->state == mark->state)
        continue;
      item->state = mark->state;
      g_signal_emit_by_name (self, "item-changed", index);
    }
}

/* Where the session lives: what was stored counts now. */
static gboolean
land (gpointer data)
{
  ImpGesture *gesture = data;
  ImpCuration *self = g_task_get_source_object (gesture->task);

  if (gesture->loaded != NULL)
    {
      _imp_curation_take (self, g_steal_pointer (&gesture->loaded));
      g_signal_emit_by_name (self, "reloaded");
    }
  for (guint i = 0; gesture->error == NULL && gesture->items != NULL && i < gesture->items->len;
       i++)
    replace_item (self, g_ptr_array_index (gesture->items, i));
  if (gesture->marks != NULL)
    take_marks (self, gesture->marks);
  if (gesture->answers != NULL)
    {
      g_ptr_array_unref (self->now->answers);
      self->now->answers = g_steal_pointer (&gesture->answers);
    }
  if (gesture->error != NULL)
    g_task_return_error (gesture->task, g_steal_pointer (&gesture->error));
  else if (gesture->result != NULL)
    g_task_return_pointer (gesture->task, g_steal_pointer (&gesture->result), gesture->free_result);
  else
    g_task_return_boolean (gesture->task, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * _imp_curation_run:
 * @data: (transfer full): a gesture
 * @user_data: the session, which the gesture holds
 *
 * What the worker does with each.
 */
void
_imp_curation_run (gpointer data, gpointer user_data)
{
  ImpGesture *gesture = data;
  GMainContext *context = ((ImpCuration *)user_data)->context;
  gboolean done = gesture->func (gesture, &gesture->error);
  g_autoptr (GSource) landing = NULL;

  if (gesture->reloads && done)
    gesture->loaded = _imp_curation_load (gesture->gate, gesture->id, &gesture->error);
  else
    {
      GError **error = done ? &gesture->error : NULL;

      gesture->marks = imp_register_list_curation_marks (gesture->reg, gesture->id, error);
      if (gesture->marks != NULL)
        gesture->answers = imp_register_list_curation_answers (gesture->reg, gesture->id, error);
    }
  landing = g_idle_source_new ();
  g_source_set_priority (landing, G_PRIORITY_DEFAULT);
  g_source_set_callback (landing, land, gesture, (GDestroyNotify)_imp_gesture_free);
  g_source_attach (landing, context);
}

/**
 * imp_curation_gesture_finish:
 * @self: a session
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: whether the gesture is stored, else %IMP_ERROR_REFUSED, %IMP_ERROR_USAGE,
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or an error of the register; then nothing of it is
 */
gboolean
imp_curation_gesture_finish (ImpCuration *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
