#include "imp-assessment.h"

G_DEFINE_BOXED_TYPE (ImpAssessment, imp_assessment, imp_assessment_copy, imp_assessment_free)

/**
 * imp_assessment_new:
 *
 * Returns: (transfer full): an empty assessment
 */
ImpAssessment *
imp_assessment_new (void)
{
  return g_new0 (ImpAssessment, 1);
}

/**
 * imp_assessment_copy:
 * @assessment: an assessment
 *
 * Returns: (transfer full): a copy
 */
ImpAssessment *
imp_assessment_copy (const ImpAssessment *assessment)
{
  ImpAssessment *copy = imp_assessment_new ();

  *copy = *assessment;
  copy->id = g_strdup (assessment->id);
  copy->person_id = g_strdup (assessment->person_id);
  copy->outcome = g_strdup (assessment->outcome);
  copy->decision = g_strdup (assessment->decision);
  copy->assessor = g_strdup (assessment->assessor);
  copy->assessed = g_strdup (assessment->assessed);
  copy->ask_again = g_strdup (assessment->ask_again);
  return copy;
}

/**
 * imp_assessment_free:
 * @assessment: (transfer full) (nullable): an assessment
 */
void
imp_assessment_free (ImpAssessment *assessment)
{
  if (assessment == NULL)
    return;
  g_free (assessment->id);
  g_free (assessment->person_id);
  g_free (assessment->outcome);
  g_free (assessment->decision);
  g_free (assessment->assessor);
  g_free (assessment->assessed);
  g_free (assessment->ask_again);
  g_free (assessment);
}

/**
 * imp_assessment_outcomes:
 *
 * Returns: (transfer none) (array zero-terminated=1): what an assessment may find
 */
const char *const *
imp_assessment_outcomes (void)
{
  static const char *const OUTCOMES[] = { "has", "lacks", "fluctuating", NULL };

  return OUTCOMES;
}
