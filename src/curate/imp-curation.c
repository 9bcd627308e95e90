#include "imp-curation.h"

#include <gio/gio.h>

#include "imp-curation-private.h"
#include "gate-accounts.h"
#include "imp-register-look-ups.h"

G_DEFINE_FINAL_TYPE (ImpCuration, imp_curation, G_TYPE_OBJECT)

enum
{
  SIGNAL_ITEM_CHANGED,
  SIGNAL_RELOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
imp_curation_finalize (GObject *object)
{
  ImpCuration *self = IMP_CURATION (object);

  /* Each gesture holds the session: there is none left to wait for. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->now, _imp_curation_content_free);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (imp_curation_parent_class)->finalize (object);
}

static void
imp_curation_class_init (ImpCurationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_curation_finalize;
  signals[SIGNAL_ITEM_CHANGED] =
      g_signal_new ("item-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_RELOADED] = g_signal_new ("reloaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_curation_init (ImpCuration *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, NULL);
  self->pool = g_thread_pool_new (_imp_curation_run, self, 1, FALSE, NULL);
}

/* ---- loading ---- */

/**
 * _imp_curation_take:
 * @self: a session
 * @content: (transfer full): what the register has of it
 */
void
_imp_curation_take (ImpCuration *self, ImpCurationContent *content)
{
  g_clear_pointer (&self->now, _imp_curation_content_free);
  self->now = content;
  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < content->items->len; i++)
    g_hash_table_insert (self->places,
                         &((ImpCurationItem *)g_ptr_array_index (content->items, i))->id,
                         GUINT_TO_POINTER (i + 1));
}

static ImpCuration *
make (ImpGate *gate, const char *id, ImpCurationContent *content)
{
  ImpCuration *self = g_object_new (IMP_TYPE_CURATION, NULL);

  self->gate = g_object_ref (gate);
  self->id = g_strdup (id);
  _imp_curation_take (self, content);
  return self;
}

/**
 * imp_curation_create_sync:
 * @gate: the gate
 * @title: what the session is called
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the id of a new session without pictures, or %NULL with the
 *   errors of imp_gate_check_right() or imp_register_add_curation()
 */
char *
imp_curation_create_sync (ImpGate *gate, const char *title, GError **error)
{
  if (!imp_gate_check_right (gate, IMP_RIGHT_RECORD, error))
    return NULL;
  return imp_register_add_curation (imp_gate_get_register (gate), title, "teaching-file", error);
}

static ImpCurationContent *
load_and_note (ImpGate *gate, const char *id, GError **error)
{
  g_autoptr (ImpCurationContent) content = _imp_curation_load (gate, id, error);

  if (content == NULL
      || !imp_register_note_view (imp_gate_get_register (gate), "curation-session",
                                  content->patients->len, error))
    return NULL;
  return g_steal_pointer (&content);
}

/**
 * imp_curation_open_sync:
 * @gate: the gate
 * @id: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the session as it was left, or %NULL with
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_REFUSED or an error of the register
 */
ImpCuration *
imp_curation_open_sync (ImpGate *gate, const char *id, GError **error)
{
  ImpCurationContent *content = load_and_note (gate, id, error);

  return content != NULL ? make (gate, id, content) : NULL;
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ImpCurationContent *content = load_and_note (source, data, &error);

  if (content == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, content, (GDestroyNotify)_imp_curation_content_free);
}

/**
 * imp_curation_open_async:
 * @gate: the gate
 * @id: a session's id
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_curation_open_sync() in a worker thread.
 */
void
imp_curation_open_async (ImpGate *gate, const char *id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_curation_open_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  g_task_run_in_thread (task, open_thread);
}

/**
 * imp_curation_open_finish:
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_curation_open_sync()
 */
ImpCuration *
imp_curation_open_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  ImpCurationContent *content = g_task_propagate_pointer (task, error);

  return content != NULL
             ? make (g_task_get_source_object (task), g_task_get_task_data (task), content)
             : NULL;
}

/* ---- what is in it ---- */

/**
 * imp_curation_get_gate:
 * @self: a session
 *
 * Returns: (transfer none): the gate that it was opened at
 */
ImpGate *
imp_curation_get_gate (ImpCuration *self)
{
  return self->gate;
}

/**
 * imp_curation_get_record:
 * @self: a session
 *
 * Returns: (transfer none): its title and its making; imp_curation_count() counts
 */
const ImpCurationRecord *
imp_curation_get_record (ImpCuration *self)
{
  return self->now->record;
}

/**
 * imp_curation_get_n_items:
 * @self: a session
 *
 * Returns: how many pictures are in it
 */
guint
imp_curation_get_n_items (ImpCuration *self)
{
  return self->now->items->len;
}

/**
 * imp_curation_get_item:
 * @self: a session
 * @index: of a picture, from 0
 *
 * Returns: (transfer none): the picture, until the next gesture
 */
const ImpCurationItem *
imp_curation_get_item (ImpCuration *self, guint index)
{
  g_return_val_if_fail (index < self->now->items->len, NULL);
  return g_ptr_array_index (self->now->items, index);
}

/**
 * imp_curation_find_item:
 * @self: a session
 * @id: the row of a picture
 * @index: (out): where it is
 *
 * Returns: whether it is still in the session
 */
gboolean
imp_curation_find_item (ImpCuration *self, gint64 id, guint *index)
{
  const guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, &id));

  if (place == 0)
    return FALSE;
  *index = place - 1;
  return TRUE;
}

/**
 * imp_curation_get_sources:
 * @self: a session
 *
 * Returns: (transfer none): the paths of what was opened to make it
 */
GStrv
imp_curation_get_sources (ImpCuration *self)
{
  return self->now->sources;
}

/**
 * imp_curation_count:
 * @self: a session
 * @counts: (out) (array fixed-size=6): how many pictures are in each state
 */
void
imp_curation_count (ImpCuration *self, guint counts[IMP_CURATION_N_STATES])
{
  for (guint i = 0; i < IMP_CURATION_N_STATES; i++)
    counts[i] = 0;
  for (guint i = 0; i < self->now->items->len; i++)
    counts[imp_curation_get_item (self, i)->state]++;
}

/* ---- filters ---- */

/**
 * imp_curation_is_shown:
 * @self: a session
 * @index: of a picture
 * @filter: (nullable): what is wanted; %NULL for all
 *
 * Returns: whether the picture passes
 */
gboolean
imp_curation_is_shown (ImpCuration *self, guint index, const ImpCurationFilter *filter)
{
  const ImpCurationItem *item = imp_curation_get_item (self, index);

  return filter == NULL
         || ((filter->states == 0 || (filter->states & IMP_CURATION_ONLY (item->state)) != 0)
             && (filter->patient_id == 0 || filter->patient_id == item->patient_id)
             && (filter->series_uid == NULL
                 || g_strcmp0 (filter->series_uid, item->series_uid) == 0));
}

/**
 * imp_curation_find_next:
 * @self: a session
 * @from: the picture to begin beside
 * @step: 1 for the next one, -1 for the one before
 * @filter: (nullable): what is wanted
 * @found: (out): where it is
 *
 * Looks round the whole session once; the picture to begin beside comes last.
 *
 * Returns: whether there is one
 */
gboolean
imp_curation_find_next (ImpCuration *self, guint from, int step, const ImpCurationFilter *filter,
                        guint *found)
{
  const guint n_items = self->now->items->len;

  for (guint i = 1; i <= n_items; i++)
    {
      const guint index = step > 0 ? (from + i) % n_items : (from + n_items - i) % n_items;

      if (imp_curation_is_shown (self, index, filter))
        {
          *found = index;
          return TRUE;
        }
    }
  return FALSE;
}

/* ---- who allows what ---- */

/**
 * imp_curation_get_patients:
 * @self: a session
 *
 * Returns: (transfer none) (element-type ImpCurationPatient): whose pictures are in it
 */
GPtrArray *
imp_curation_get_patients (ImpCuration *self)
{
  return self->now->patients;
}

/**
 * imp_curation_get_patient_standing:
 * @self: a session
 * @patient_id: the row of one of its patients
 *
 * Returns: (transfer none) (nullable): how they stand to its destination, as of loading
 */
const ImpStanding *
imp_curation_get_patient_standing (ImpCuration *self, gint64 patient_id)
{
  return g_hash_table_lookup (self->now->standings, &patient_id);
}

/**
 * imp_curation_get_standing:
 * @self: a session
 * @index: of a picture
 *
 * Returns: (transfer none) (nullable): how its patient stands; %NULL where its file names nobody
 */
const ImpStanding *
imp_curation_get_standing (ImpCuration *self, guint index)
{
  return imp_curation_get_patient_standing (self, imp_curation_get_item (self, index)->patient_id);
}
