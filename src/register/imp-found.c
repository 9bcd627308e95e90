#include "imp-found.h"

#include <glib/gi18n.h>

static const struct
{
  const char *text;
  const char *words;
} MATCHES[] = {
  [IMP_MATCH_NUMBER] = { "number", N_ ("Has this number") },
  [IMP_MATCH_NUMBER_BEGINS] = { "number-begins", N_ ("A number begins so") },
  [IMP_MATCH_BORN] = { "born", N_ ("Born on this day") },
  [IMP_MATCH_NAME] = { "name", N_ ("Same name") },
  [IMP_MATCH_NAME_PART] = { "name-part", N_ ("Part of the name") },
  [IMP_MATCH_SOUND] = { "sounds-alike", N_ ("Sounds alike") },
  [IMP_MATCH_SPELLING] = { "similar-spelling", N_ ("Similar spelling") },
  [IMP_MATCH_RECENT] = { "recent", N_ ("Added lately") },
};

G_DEFINE_BOXED_TYPE (ImpFound, imp_found, imp_found_copy, imp_found_free)

/**
 * imp_found_new:
 * @person: (transfer full): who was found
 * @match: why
 * @alias: (nullable): by which other name
 *
 * Returns: (transfer full): it
 */
ImpFound *
imp_found_new (ImpPerson *person, ImpMatch match, const char *alias)
{
  ImpFound *found = g_new0 (ImpFound, 1);

  found->person = person;
  found->match = match;
  found->alias = g_strdup (alias);
  return found;
}

/**
 * imp_found_copy:
 * @found: somebody who was found
 *
 * Returns: (transfer full): the same
 */
ImpFound *
imp_found_copy (const ImpFound *found)
{
  return imp_found_new (imp_person_copy (found->person), found->match, found->alias);
}

/**
 * imp_found_free:
 * @found: (transfer full) (nullable): somebody who was found
 */
void
imp_found_free (ImpFound *found)
{
  if (found == NULL)
    return;
  imp_person_free (found->person);
  g_free (found->alias);
  g_free (found);
}

/**
 * imp_match_to_text:
 * @match: why somebody was found
 *
 * Returns: (transfer none): its short name: "sounds-alike"
 */
const char *
imp_match_to_text (ImpMatch match)
{
  return MATCHES[match].text;
}

/**
 * imp_found_explain:
 * @found: somebody who was found
 *
 * Returns: (transfer full): why, for the user: "Sounds alike: other name “Example”"
 */
char *
imp_found_explain (const ImpFound *found)
{
  return found->alias == NULL ? g_strdup (_ (MATCHES[found->match].words))
                              : g_strdup_printf (_ ("%s: other name “%s”"),
                                                 _ (MATCHES[found->match].words), found->alias);
}
