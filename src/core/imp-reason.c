#include "imp-reason.h"

/**
 * imp_outcome_to_text:
 * @outcome: an outcome
 *
 * Returns: (transfer none): "allow", "confirm", "second-person" or "refuse"
 */
const char *
imp_outcome_to_text (ImpOutcome outcome)
{
  switch (outcome)
    {
    case IMP_OUTCOME_ALLOW:
      return "allow";
    case IMP_OUTCOME_CONFIRM:
      return "confirm";
    case IMP_OUTCOME_SECOND_PERSON:
      return "second-person";
    case IMP_OUTCOME_REFUSE:
    default:
      return "refuse";
    }
}

/**
 * imp_reason_new:
 * @rule: its rule
 * @outcome: what the rule says
 * @reason: a sentence
 * @source: where the rule comes from
 * @lift: what would lift it
 *
 * Returns: (transfer full): a reason
 */
ImpReason *
imp_reason_new (const char *rule, ImpOutcome outcome, const char *reason, const char *source,
                const char *lift)
{
  ImpReason *self = g_new0 (ImpReason, 1);

  self->rule = g_strdup (rule);
  self->outcome = outcome;
  self->reason = g_strdup (reason);
  self->source = g_strdup (source);
  self->lift = g_strdup (lift);
  return self;
}

/**
 * imp_reason_copy:
 * @reason: a reason
 *
 * Returns: (transfer full): a copy
 */
ImpReason *
imp_reason_copy (const ImpReason *reason)
{
  ImpReason *copy =
      imp_reason_new (reason->rule, reason->outcome, reason->reason, reason->source, reason->lift);

  copy->region = g_strdup (reason->region);
  copy->output = g_strdup (reason->output);
  return copy;
}

/**
 * imp_reason_free:
 * @reason: (transfer full) (nullable): a reason
 */
void
imp_reason_free (ImpReason *reason)
{
  if (reason == NULL)
    return;
  g_free (reason->rule);
  g_free (reason->reason);
  g_free (reason->source);
  g_free (reason->lift);
  g_free (reason->region);
  g_free (reason->output);
  g_free (reason);
}
