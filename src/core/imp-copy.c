#include "imp-copy.h"

G_DEFINE_BOXED_TYPE (ImpCopy, imp_copy, imp_copy_copy, imp_copy_free)

static const char *const STATES[] = { "live", "asked", "removed", "cannot-be-removed" };

/**
 * imp_copy_new:
 *
 * Returns: (transfer full): a live copy of which nothing is known
 */
ImpCopy *
imp_copy_new (void)
{
  return g_new0 (ImpCopy, 1);
}

/**
 * imp_copy_copy:
 * @copy: a copy
 *
 * Returns: (transfer full): the same again
 */
ImpCopy *
imp_copy_copy (const ImpCopy *copy)
{
  ImpCopy *self = imp_copy_new ();

  self->export_id = g_strdup (copy->export_id);
  self->person_id = g_strdup (copy->person_id);
  self->permission_id = g_strdup (copy->permission_id);
  self->route = g_strdup (copy->route);
  self->destination = g_strdup (copy->destination);
  self->released = g_strdup (copy->released);
  self->sha256 = g_strdup (copy->sha256);
  self->state = copy->state;
  self->name = g_strdup (copy->name);
  self->urls = g_strdupv (copy->urls);
  self->dois = g_strdupv (copy->dois);
  self->task_reason = g_strdup (copy->task_reason);
  self->task_opened = g_strdup (copy->task_opened);
  self->chased = g_strdup (copy->chased);
  self->n_chased = copy->n_chased;
  return self;
}

/**
 * imp_copy_free:
 * @copy: (transfer full) (nullable): a copy
 */
void
imp_copy_free (ImpCopy *copy)
{
  if (copy == NULL)
    return;
  g_free (copy->export_id);
  g_free (copy->person_id);
  g_free (copy->permission_id);
  g_free (copy->route);
  g_free (copy->destination);
  g_free (copy->released);
  g_free (copy->sha256);
  g_free (copy->name);
  g_strfreev (copy->urls);
  g_strfreev (copy->dois);
  g_free (copy->task_reason);
  g_free (copy->task_opened);
  g_free (copy->chased);
  g_free (copy);
}

/**
 * imp_copy_state_to_text:
 * @state: a state
 *
 * Returns: (transfer none) (nullable): "live", "asked", "removed" or "cannot-be-removed"; %NULL for
 *   what is none
 */
const char *
imp_copy_state_to_text (ImpCopyState state)
{
  return (guint)state < G_N_ELEMENTS (STATES) ? STATES[state] : NULL;
}

/**
 * imp_copy_state_from_text:
 * @text: (nullable): the text of a state
 * @state: (out): the state, left alone where @text is none
 *
 * Returns: whether @text is a state
 */
gboolean
imp_copy_state_from_text (const char *text, ImpCopyState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (g_strcmp0 (text, STATES[i]) == 0)
      {
        *state = (ImpCopyState)i;
        return TRUE;
      }
  return FALSE;
}
