#include "imp-teaching-words.h"

#include <glib/gi18n.h>

#include "imp-words.h"

static const struct
{
  const char *words;
  const char *icon;
} STATES[IMP_CURATION_N_STATES] = {
  [IMP_CURATION_NEW] = { N_ ("New"), "content-loading-symbolic" },
  [IMP_CURATION_LOOKED_AT] = { N_ ("Looked at"), "view-reveal-symbolic" },
  [IMP_CURATION_COVERED] = { N_ ("Covered"), "imp-box-add-symbolic" },
  [IMP_CURATION_CLEARED] = { N_ ("Cleared"), "emblem-ok-symbolic" },
  [IMP_CURATION_EXPORTED] = { N_ ("Exported"), "imp-seal-symbolic" },
  [IMP_CURATION_SET_ASIDE] = { N_ ("Set aside"), "action-unavailable-symbolic" },
};

/**
 * imp_teaching_words_state:
 * @state: how far a picture is
 *
 * Returns: (transfer none): a word or two for it
 */
const char *
imp_teaching_words_state (ImpCurationState state)
{
  return _ (STATES[state].words);
}

/**
 * imp_teaching_words_state_icon:
 * @state: how far a picture is
 *
 * Returns: (transfer none): the icon that stands beside the word
 */
const char *
imp_teaching_words_state_icon (ImpCurationState state)
{
  return STATES[state].icon;
}

/**
 * imp_teaching_words_finding:
 * @finding: what became of a picture's file
 *
 * Returns: (transfer none): a sentence
 */
const char *
imp_teaching_words_finding (ImpCurationFinding finding)
{
  switch (finding)
    {
    case IMP_CURATION_FOUND:
      return _ ("Its file has moved, and was found again by what is in it.");
    case IMP_CURATION_CHANGED:
      return _ ("Its file has changed since it was worked on: it is new again.");
    case IMP_CURATION_MISSING:
    default:
      return _ ("Its file is missing: put it back, or connect the drive that it is on.");
    }
}

/**
 * imp_teaching_words_standing_icon:
 * @standing: (nullable): how a patient stands to the teaching file
 *
 * Returns: (transfer none): the icon that stands beside the words
 */
const char *
imp_teaching_words_standing_icon (const ImpStanding *standing)
{
  if (standing == NULL)
    return "dialog-question-symbolic";
  switch (standing->kind)
    {
    case IMP_STANDING_PERMITTED:
      return "emblem-ok-symbolic";
    case IMP_STANDING_REFUSED:
      return "changes-prevent-symbolic";
    case IMP_STANDING_ANONYMISED:
      return "imp-box-add-symbolic";
    case IMP_STANDING_UNCLEAR:
    default:
      return "dialog-question-symbolic";
    }
}

/**
 * imp_teaching_words_standing:
 * @standing: (nullable): how a patient stands to the teaching file; %NULL where nobody is named
 *
 * Returns: (transfer full): some words for a list
 */
char *
imp_teaching_words_standing (const ImpStanding *standing)
{
  g_autofree char *until = NULL;

  if (standing == NULL)
    return g_strdup (_ ("Nobody is named"));
  switch (standing->kind)
    {
    case IMP_STANDING_PERMITTED:
      if (standing->expires == NULL)
        return g_strdup (_ ("Teaching permission"));
      until = imp_words_date (standing->expires);
      return g_strdup_printf (_ ("Teaching permission until %s"), until);
    case IMP_STANDING_REFUSED:
      return g_strdup (_ ("Refused or withdrawn: locked"));
    case IMP_STANDING_ANONYMISED:
      return g_strdup (standing->person_id != NULL ? _ ("No permission: anonymised way")
                                                   : _ ("Not in the register: anonymised way"));
    case IMP_STANDING_UNCLEAR:
    default:
      return g_strdup (_ ("Not clear whose pictures these are"));
    }
}

/**
 * imp_teaching_words_progress:
 * @counts: (array fixed-size=6): how many pictures are in each state
 *
 * Returns: (transfer full): "36 cleared · 20 to do · 4 set aside"
 */
char *
imp_teaching_words_progress (const guint counts[IMP_CURATION_N_STATES])
{
  guint to_do =
      counts[IMP_CURATION_NEW] + counts[IMP_CURATION_LOOKED_AT] + counts[IMP_CURATION_COVERED];

  if (counts[IMP_CURATION_EXPORTED] > 0)
    return g_strdup_printf (_ ("%u exported · %u cleared · %u to do · %u set aside"),
                            counts[IMP_CURATION_EXPORTED], counts[IMP_CURATION_CLEARED], to_do,
                            counts[IMP_CURATION_SET_ASIDE]);
  return g_strdup_printf (_ ("%u cleared · %u to do · %u set aside"), counts[IMP_CURATION_CLEARED],
                          to_do, counts[IMP_CURATION_SET_ASIDE]);
}

/**
 * imp_teaching_words_pictures:
 * @n_pictures: how many there are
 *
 * Returns: (transfer full): "1 picture", "60 pictures"
 */
char *
imp_teaching_words_pictures (guint n_pictures)
{
  return g_strdup_printf (g_dngettext (NULL, "%u picture", "%u pictures", n_pictures), n_pictures);
}
