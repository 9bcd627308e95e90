#include "imp-coming.h"

G_DEFINE_BOXED_TYPE (ImpComing, imp_coming, imp_coming_copy, imp_coming_free)

/**
 * imp_coming_new:
 *
 * Returns: (transfer full): an empty entry
 */
ImpComing *
imp_coming_new (void)
{
  return g_new0 (ImpComing, 1);
}

/**
 * imp_coming_copy:
 * @coming: an entry
 *
 * Returns: (transfer full): a copy
 */
ImpComing *
imp_coming_copy (const ImpComing *coming)
{
  ImpComing *copy = imp_coming_new ();

  *copy = *coming;
  copy->person_id = g_strdup (coming->person_id);
  copy->hospital_number = g_strdup (coming->hospital_number);
  copy->name = g_strdup (coming->name);
  copy->born = g_strdup (coming->born);
  copy->birthday = g_strdup (coming->birthday);
  copy->permission_id = g_strdup (coming->permission_id);
  copy->level = g_strdup (coming->level);
  return copy;
}

/**
 * imp_coming_free:
 * @coming: (transfer full) (nullable): an entry
 */
void
imp_coming_free (ImpComing *coming)
{
  if (coming == NULL)
    return;
  g_free (coming->person_id);
  g_free (coming->hospital_number);
  g_free (coming->name);
  g_free (coming->born);
  g_free (coming->birthday);
  g_free (coming->permission_id);
  g_free (coming->level);
  g_free (coming);
}
