#include "imp-history.h"

#include "imp-register-private.h"

G_DEFINE_BOXED_TYPE (ImpHistory, imp_history, imp_history_copy, imp_history_free)

/**
 * imp_history_copy:
 * @history: what happened
 *
 * Returns: (transfer full): a copy
 */
ImpHistory *
imp_history_copy (const ImpHistory *history)
{
  ImpHistory *copy = g_new0 (ImpHistory, 1);

  copy->at = g_strdup (history->at);
  copy->subject = g_strdup (history->subject);
  copy->kind = g_strdup (history->kind);
  copy->before = g_strdup (history->before);
  copy->after = g_strdup (history->after);
  copy->text = g_strdup (history->text);
  copy->actor = g_strdup (history->actor);
  return copy;
}

/**
 * imp_history_free:
 * @history: (transfer full) (nullable): what happened
 */
void
imp_history_free (ImpHistory *history)
{
  if (history == NULL)
    return;
  g_free (history->at);
  g_free (history->subject);
  g_free (history->kind);
  g_free (history->before);
  g_free (history->after);
  g_free (history->text);
  g_free (history->actor);
  g_free (history);
}

static void
add_event (ImpRow *row, gpointer user_data)
{
  ImpHistory *history = g_new0 (ImpHistory, 1);

  history->at = g_strdup (imp_row_text (row, 0));
  history->subject = g_strdup (imp_row_text (row, 1));
  history->kind = g_strdup (imp_row_text (row, 2));
  history->before = g_strdup (imp_row_text (row, 3));
  history->after = g_strdup (imp_row_text (row, 4));
  history->text = g_strdup (imp_row_text (row, 5));
  history->actor = g_strdup (imp_row_text (row, 6));
  g_ptr_array_add (user_data, history);
}

/**
 * imp_register_list_history:
 * @self: a register
 * @subject_id: the random id of a person or a permission
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpHistory) (nullable): what happened to it, oldest
 *   first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_history (ImpRegister *self, const char *subject_id, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_history_free);

  if (!imp_register_query (self, error,
                           "SELECT event.at, event.subject, event.kind, event.old, event.new, "
                           "event_text.text, user.name FROM event "
                           "LEFT JOIN event_text ON event_text.seq = event.seq "
                           "LEFT JOIN event_actor ON event_actor.seq = event.seq "
                           "LEFT JOIN user ON user.id = event_actor.user_id "
                           "WHERE event.subject_id = ? ORDER BY event.seq",
                           g_variant_new ("(s)", subject_id), add_event, events))
    return NULL;
  return g_steal_pointer (&events);
}
