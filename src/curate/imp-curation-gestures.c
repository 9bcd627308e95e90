/* Gestures: what a person does in a session. */
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-curation-private.h"
#include "imp-error.h"
#include "imp-register-templates.h"

static gboolean
add (ImpGesture *gesture, GError **error)
{
  g_autoptr (GPtrArray) items = g_steal_pointer (&gesture->items); /* read anew afterwards */

  return imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
         && imp_register_add_curation_items (gesture->reg, gesture->id, gesture->text, items,
                                             error);
}

/**
 * imp_curation_add_async:
 * @self: a session
 * @source: (nullable): the path of what was opened
 * @items: (element-type ImpCurationItem): what was found in it: new, or set aside with the reason
 * @callback: called when done
 * @user_data: for @callback
 *
 * Adds pictures after those that are there. Ends with imp_curation_gesture_finish().
 */
void
imp_curation_add_async (ImpCuration *self, const char *source, GPtrArray *items,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_add_async, add, NULL, callback, user_data);

  gesture->text = g_strdup (source);
  gesture->items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (gesture->items, imp_curation_item_copy (g_ptr_array_index (items, i)));
  gesture->reloads = TRUE;
  _imp_gesture_start (gesture);
}

/* A "no" from before it was cleared is seen here; one from after it makes it fall back. */
static gboolean
check_cleared (ImpGesture *gesture, GError **error)
{
  g_autoptr (ImpStanding) standing = imp_gate_find_standing_sync (
      gesture->gate, gesture->number, gesture->person_id, gesture->destination, error);

  if (standing != NULL && standing->kind != IMP_STANDING_REFUSED
      && standing->kind != IMP_STANDING_UNCLEAR)
    return TRUE;
  if (standing != NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED, standing->reason);
  return FALSE;
}

static gboolean
set_state (ImpGesture *gesture, GError **error)
{
  if (!imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
      || !imp_register_set_curation_state (gesture->reg, gesture->subject, gesture->state,
                                           gesture->text, error))
    return FALSE;
  if (gesture->state != IMP_CURATION_CLEARED || check_cleared (gesture, error))
    return TRUE;
  imp_register_set_curation_state (gesture->reg, gesture->subject, IMP_CURATION_COVERED, NULL,
                                   NULL);
  return FALSE;
}

/**
 * imp_curation_set_state_async:
 * @self: a session
 * @index: of a picture
 * @state: how far it is now; not %IMP_CURATION_EXPORTED
 * @reason: (nullable): why it is set aside
 * @callback: called when done
 * @user_data: for @callback
 *
 * To clear a picture is refused where its patient said no, or where nobody can tell whose it is.
 * Ends with imp_curation_gesture_finish().
 */
void
imp_curation_set_state_async (ImpCuration *self, guint index, ImpCurationState state,
                              const char *reason, GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_set_state_async, set_state, NULL, callback, user_data);
  ImpCurationItem *item = imp_curation_item_copy (imp_curation_get_item (self, index));

  _imp_gesture_about (gesture, self, index);
  gesture->state = state;
  gesture->text = g_strdup (reason);
  g_free (item->reason);
  item->reason = state == IMP_CURATION_SET_ASIDE ? g_strdup (reason) : NULL;
  g_clear_pointer (&item->export_id, g_free);
  gesture->items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_ptr_array_add (gesture->items, item);
  _imp_gesture_start (gesture);
}

static gboolean
save (ImpGesture *gesture, GError **error)
{
  return imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
         && imp_register_save_curation_items (gesture->reg, gesture->items, error);
}

/**
 * imp_curation_edit_async:
 * @self: a session
 * @item: a picture as it shall be: its boxes, crop, window, page, frame and number of frames
 * @callback: called when done
 * @user_data: for @callback
 *
 * What was cleared falls back where it changed, and what was said of what is to be seen goes. Ends
 * with imp_curation_gesture_finish().
 */
void
imp_curation_edit_async (ImpCuration *self, const ImpCurationItem *item,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_edit_async, save, NULL, callback, user_data);

  gesture->items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_ptr_array_add (gesture->items, imp_curation_item_copy (item));
  _imp_gesture_start (gesture);
}

/**
 * imp_curation_travel_async:
 * @self: a session
 * @index: of the picture whose boxes travel
 * @reach: how far
 * @callback: called when done
 * @user_data: for @callback
 *
 * Covers all pictures in reach like this one, in one step, and tells what became of each. Ends with
 * imp_curation_travel_finish().
 */
void
imp_curation_travel_async (ImpCuration *self, guint index, ImpReach reach,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_travel_async, save, NULL, callback, user_data);
  ImpTravel *travel = imp_travel_new (self->now->items, index, reach, &gesture->error);

  if (travel == NULL)
    {
      g_task_return_error (gesture->task, g_steal_pointer (&gesture->error));
      _imp_gesture_free (gesture);
      return;
    }
  gesture->items = g_ptr_array_ref (travel->changed);
  gesture->result = travel;
  gesture->free_result = (GDestroyNotify)imp_travel_free;
  _imp_gesture_start (gesture);
}

/**
 * imp_curation_travel_finish:
 * @self: a session
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what became of each picture in reach, or %NULL with the
 *   errors of imp_travel_new() or imp_register_save_curation_items(); then no picture has changed
 */
ImpTravel *
imp_curation_travel_finish (ImpCuration *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
note_export (ImpGesture *gesture, GError **error)
{
  return imp_register_note_curation_export (gesture->reg, gesture->subject, gesture->text, error);
}

/**
 * imp_curation_note_export_async:
 * @self: a session
 * @index: of a picture
 * @export_id: the ledger's, of its release
 * @callback: called when done
 * @user_data: for @callback
 *
 * Says that the gate let a picture leave as it is now; the register asks its ledger. Ends with
 * imp_curation_gesture_finish().
 */
void
imp_curation_note_export_async (ImpCuration *self, guint index, const char *export_id,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture = _imp_gesture_new (self, imp_curation_note_export_async, note_export, NULL,
                                          callback, user_data);

  _imp_gesture_about (gesture, self, index);
  gesture->text = g_strdup (export_id);
  gesture->reloads = TRUE;
  _imp_gesture_start (gesture);
}

static gboolean
note_seen (ImpGesture *gesture, GError **error)
{
  const ImpCurationItem *item = g_ptr_array_index (gesture->items, 0);

  return imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
         && imp_register_note_curation_seen (gesture->reg, item->id, item->seen, error);
}

/**
 * imp_curation_note_seen_async:
 * @self: a session
 * @index: of a picture
 * @percent: how much of what would leave was on screen at full size, as it is now
 * @callback: called when done
 * @user_data: for @callback
 *
 * Keeps what was looked at; another page, frame, crop or window has to be looked at anew. Ends with
 * imp_curation_gesture_finish().
 */
void
imp_curation_note_seen_async (ImpCuration *self, guint index, int percent,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_note_seen_async, note_seen, NULL, callback, user_data);
  ImpCurationItem *item = imp_curation_item_copy (imp_curation_get_item (self, index));

  item->seen = MAX (item->seen, CLAMP (percent, 0, 100));
  gesture->items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_ptr_array_add (gesture->items, item);
  _imp_gesture_start (gesture);
}

static gboolean
name_patient (ImpGesture *gesture, GError **error)
{
  return imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
         && imp_register_name_curation_patient (gesture->reg, gesture->subject, gesture->person_id,
                                                error);
}

/**
 * imp_curation_name_patient_async:
 * @self: a session
 * @patient_id: the row of one of its patients
 * @person_id: (nullable): who it is; %NULL for what the number says
 * @callback: called when done
 * @user_data: for @callback
 *
 * Ends with imp_curation_gesture_finish().
 */
void
imp_curation_name_patient_async (ImpCuration *self, gint64 patient_id, const char *person_id,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture = _imp_gesture_new (self, imp_curation_name_patient_async, name_patient, NULL,
                                          callback, user_data);

  gesture->subject = patient_id;
  gesture->person_id = g_strdup (person_id);
  gesture->reloads = TRUE;
  _imp_gesture_start (gesture);
}

static gboolean
remember (ImpGesture *gesture, GError **error)
{
  return imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
         && imp_register_save_template (gesture->reg, gesture->scanner, error);
}

/**
 * imp_curation_remember_async:
 * @self: a session
 * @index: of a picture
 * @name: (nullable): what a person calls it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Remembers what covers the frame that is shown for the scanner that made it: next time it is
 * suggested. Ends with imp_curation_gesture_finish().
 */
void
imp_curation_remember_async (ImpCuration *self, guint index, const char *name,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  const ImpCurationItem *item = imp_curation_get_item (self, index);
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_remember_async, remember, NULL, callback, user_data);
  ImpScannerTemplate *scanner = imp_scanner_template_new ();

  gesture->scanner = scanner;
  gesture->reloads = TRUE;
  scanner->name = g_strdup (name != NULL ? name : "");
  scanner->manufacturer = g_strdup (item->manufacturer != NULL ? item->manufacturer : "");
  scanner->model = g_strdup (item->model != NULL ? item->model : "");
  scanner->station = g_strdup (item->station != NULL ? item->station : "");
  scanner->rows = item->rows;
  scanner->columns = item->columns;
  for (guint i = 0; i < item->boxes->len; i++)
    {
      const ImpCurationBox *box = &g_array_index (item->boxes, ImpCurationBox, i);
      const ImpTemplateBox kept = { box->x, box->y, box->width, box->height };

      if (box->frame == IMP_CURATION_ALL_FRAMES || box->frame == (int)item->frame)
        g_array_append_val (scanner->boxes, kept);
    }
  if (*scanner->manufacturer != '\0' && *scanner->model != '\0' && scanner->boxes->len > 0)
    {
      _imp_gesture_start (gesture);
      return;
    }
  g_task_return_new_error (gesture->task, IMP_ERROR, IMP_ERROR_USAGE, "%s",
                           scanner->boxes->len == 0
                               ? _ ("Nothing is covered here: draw a box first")
                               : _ ("This file does not say which scanner made it: there is "
                                    "nothing to remember it by"));
  _imp_gesture_free (gesture);
}

static gboolean
look_again (ImpGesture *gesture, GError **error)
{
  return imp_register_check_reader (gesture->reg, error);
}

/**
 * imp_curation_refresh_async:
 * @self: a session
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads it anew, after the gestures so far. Ends with imp_curation_gesture_finish().
 */
void
imp_curation_refresh_async (ImpCuration *self, GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_refresh_async, look_again, NULL, callback, user_data);

  gesture->reloads = TRUE;
  _imp_gesture_start (gesture);
}
