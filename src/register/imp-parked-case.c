#include "imp-parked-case.h"

G_DEFINE_BOXED_TYPE (ImpParkedCase, imp_parked_case, imp_parked_case_copy, imp_parked_case_free)

/**
 * imp_parked_case_new:
 *
 * Returns: (transfer full): a case without anything
 */
ImpParkedCase *
imp_parked_case_new (void)
{
  return g_new0 (ImpParkedCase, 1);
}

/**
 * imp_parked_case_copy:
 * @parked: a case
 *
 * Returns: (transfer full): a copy
 */
ImpParkedCase *
imp_parked_case_copy (const ImpParkedCase *parked)
{
  ImpParkedCase *copy = imp_parked_case_new ();

  copy->id = g_strdup (parked->id);
  copy->digest = g_strdup (parked->digest);
  copy->source_sha256 = g_strdup (parked->source_sha256);
  copy->person_id = g_strdup (parked->person_id);
  copy->request = g_strdup (parked->request);
  copy->reason = g_strdup (parked->reason);
  copy->rules = g_strdup (parked->rules);
  copy->authority = g_strdup (parked->authority);
  copy->parked_by = g_strdup (parked->parked_by);
  copy->parked = g_strdup (parked->parked);
  copy->state = g_strdup (parked->state);
  copy->decided_by = g_strdup (parked->decided_by);
  copy->decided = g_strdup (parked->decided);
  copy->words = g_strdup (parked->words);
  return copy;
}

/**
 * imp_parked_case_free:
 * @parked: (transfer full) (nullable): a case
 */
void
imp_parked_case_free (ImpParkedCase *parked)
{
  if (parked == NULL)
    return;
  g_free (parked->id);
  g_free (parked->digest);
  g_free (parked->source_sha256);
  g_free (parked->person_id);
  g_free (parked->request);
  g_free (parked->reason);
  g_free (parked->rules);
  g_free (parked->authority);
  g_free (parked->parked_by);
  g_free (parked->parked);
  g_free (parked->state);
  g_free (parked->decided_by);
  g_free (parked->decided);
  g_free (parked->words);
  g_free (parked);
}
