#include "imp-policy.h"

/**
 * imp_verdict_free:
 * @verdict: (transfer full) (nullable): a verdict
 */
void
imp_verdict_free (ImpVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_ptr_array_unref (verdict->reasons);
  g_ptr_array_unref (verdict->rules);
  g_ptr_array_unref (verdict->needed);
  g_free (verdict->authority);
  g_free (verdict);
}
