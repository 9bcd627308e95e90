#include "imp-look-up.h"

G_DEFINE_BOXED_TYPE (ImpLookUp, imp_look_up, imp_look_up_copy, imp_look_up_free)

/**
 * imp_look_up_new:
 *
 * Returns: (transfer full): an empty entry
 */
ImpLookUp *
imp_look_up_new (void)
{
  return g_new0 (ImpLookUp, 1);
}

/**
 * imp_look_up_copy:
 * @look_up: an entry
 *
 * Returns: (transfer full): a copy
 */
ImpLookUp *
imp_look_up_copy (const ImpLookUp *look_up)
{
  ImpLookUp *copy = imp_look_up_new ();

  *copy = *look_up;
  copy->at = g_strdup (look_up->at);
  copy->user_id = g_strdup (look_up->user_id);
  copy->login = g_strdup (look_up->login);
  copy->kind = g_strdup (look_up->kind);
  copy->view = g_strdup (look_up->view);
  copy->person_id = g_strdup (look_up->person_id);
  return copy;
}

/**
 * imp_look_up_free:
 * @look_up: (transfer full) (nullable): an entry
 */
void
imp_look_up_free (ImpLookUp *look_up)
{
  if (look_up == NULL)
    return;
  g_free (look_up->at);
  g_free (look_up->user_id);
  g_free (look_up->login);
  g_free (look_up->kind);
  g_free (look_up->view);
  g_free (look_up->person_id);
  g_free (look_up);
}
