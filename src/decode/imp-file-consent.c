#include "imp-file-consent.h"

/**
 * imp_file_consent_reaches:
 * @facts: a file's facts
 * @destination: (nullable): where the picture is to go
 *
 * Holds what kind of distribution the file names (0012,0084) against @destination: a named protocol
 * is research, and restricted reuse does not leave the organisation. A meeting of who cares for the
 * patient is no distribution. A yes without a kind, which the standard does not allow, is taken for
 * restricted reuse.
 *
 * Returns: whether what the file agrees to reaches @destination; %TRUE where it says nothing
 */
gboolean
imp_file_consent_reaches (const ImpFacts *facts, const char *destination)
{
  static const char *const INSIDE[] = { "internal-meeting", "teaching-file", "research", NULL };
  static const char *const PROTOCOL[] = { "internal-meeting", "research", NULL };
  const char *flag = imp_facts_get_consent_flag (facts);
  const char *kind = imp_facts_get_distribution (facts);

  if ((flag == NULL && kind == NULL) || destination == NULL
      || g_strcmp0 (kind, "PUBLIC_RELEASE") == 0)
    return TRUE;
  return g_strv_contains (
      kind == NULL || g_str_equal (kind, "RESTRICTED_REUSE") ? INSIDE : PROTOCOL, destination);
}

/**
 * imp_file_consent_refuses:
 * @facts: a file's facts
 *
 * Returns: whether the file says that consent was refused or withdrawn (0012,0085), anywhere
 */
gboolean
imp_file_consent_refuses (const ImpFacts *facts)
{
  const char *flag = imp_facts_get_consent_flag (facts);

  return flag != NULL && !g_str_equal (flag, "YES");
}
