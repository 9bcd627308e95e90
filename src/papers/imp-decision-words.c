#include "imp-decision-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "imp-form-private.h"
#include "imp-word.h"

static const ImpWord ROUTES[] = {
  { "consent", N_ ("The patient agreed") },
  { "anonymised", N_ ("Nobody could be identified") },
};

static const ImpWord ANSWERS[] = {
  { "yes", N_ ("Yes") },
  { "no", N_ ("No") },
  { "not-sure", N_ ("Not sure") },
  { "x-ray", N_ ("X-ray") },
  { "ultrasound", N_ ("Ultrasound") },
  { "ct", N_ ("CT") },
  { "mr", N_ ("MR") },
  { "scope", N_ ("Endoscopy or other scope") },
  { "slide", N_ ("Microscope slide") },
  { "organ", N_ ("Organ or specimen") },
  { "photograph", N_ ("Photograph") },
};

/* How sure it is that what boxes cover is gone. */
static const ImpWord ASSURANCES[] = {
  { "proof", N_ ("Proven: every covered pixel is black, and nothing is left beside the boxes") },
  { "claim", N_ ("Black. The file alone says that its pixels lost nothing: if they did, traces may "
                 "stay beside the boxes") },
  { "margin", N_ ("Black. The source was compressed, so that boxes were widened by a margin: that "
                  "is measured, not proven") },
};

/**
 * imp_decision_words_route:
 * @route: (nullable): "consent" or "anonymised"
 *
 * Returns: (transfer none) (nullable): what lets the picture be shared
 */
const char *
imp_decision_words_route (const char *route)
{
  return imp_word_look_up (ROUTES, G_N_ELEMENTS (ROUTES), route);
}

/**
 * imp_decision_words_answer:
 * @answer: an answer of a choice: "not-sure"
 *
 * Returns: (transfer full): "Not sure"; an answer without words of its own is shown as it is,
 *   with a capital and without hyphens
 */
char *
imp_decision_words_answer (const char *answer)
{
  return imp_word_spell_out (ANSWERS, G_N_ELEMENTS (ANSWERS), answer);
}

/**
 * imp_decision_words_rule:
 * @rule: "row-15" is rule 15 of the site's table, "article-7" a sentence of the guidance,
 *   "floor:…" what no table can switch off, "note:…" what an export makes known
 *
 * Returns: (transfer full): its name
 */
char *
imp_decision_words_rule (const char *rule)
{
  if (g_str_has_prefix (rule, "row-"))
    return g_strdup_printf (_ ("Rule %s"), rule + strlen ("row-"));
  if (g_str_has_prefix (rule, "article-"))
    return g_strdup_printf (_ ("Guidance %s"), rule + strlen ("article-"));
  if (g_str_has_prefix (rule, "floor:"))
    return g_strdup (_ ("Every site’s rule"));
  if (g_str_equal (rule, "note:overlays-drawn"))
    return g_strdup (_ ("Overlays are shown"));
  if (g_str_equal (rule, "note:overlays-hidden"))
    return g_strdup (_ ("Overlays are hidden"));
  if (g_str_equal (rule, "note:review-due"))
    return g_strdup (_ ("The permission is to be reviewed"));
  return g_strdup (_ ("A question"));
}

/**
 * imp_decision_words_voi:
 * @voi: how a receipt says that grey levels were chosen, such as "window 40,400 linear"
 *
 * Returns: (transfer full): the same in words; @voi itself where it is none of ours
 */
char *
imp_decision_words_voi (const char *voi)
{
  const char *numbers = strchr (voi, ' ');
  char *end = NULL;
  double one = numbers != NULL ? g_ascii_strtod (numbers, &end) : 0;
  double other = end != NULL && *end == ',' ? g_ascii_strtod (end + 1, NULL) : 0;

  if (g_str_equal (voi, "default"))
    return g_strdup (_ ("As the file itself has it shown"));
  if (g_str_has_prefix (voi, "window ") && g_str_has_suffix (voi, " sigmoid"))
    return g_strdup_printf (_ ("S-shaped curve, width %g, centre %g"), other, one);
  if (g_str_has_prefix (voi, "window "))
    return g_strdup_printf (_ ("Window of width %g, centre %g"), other, one);
  if (g_str_has_prefix (voi, "voi-lut "))
    return g_strdup_printf (_ ("Look-up table %g of the file"), one);
  if (g_str_has_prefix (voi, "range "))
    return g_strdup_printf (_ ("From %g to %g, the range of what is exported"), one, other);
  return g_strdup (voi);
}

/**
 * imp_decision_words_assurance:
 * @assurance: (nullable): "proof", "claim" or "margin", as a receipt has it
 *
 * Returns: (transfer none) (nullable): how sure it is that what boxes cover is gone
 */
const char *
imp_decision_words_assurance (const char *assurance)
{
  return imp_word_look_up (ASSURANCES, G_N_ELEMENTS (ASSURANCES), assurance);
}

/**
 * imp_decision_words_basis:
 * @basis: what an export rests on, as a receipt has it: "consent: teaching-closed, given
 *   2026-01-05, without end date, evidence signed-paper"
 *
 * Returns: (transfer full): the same in words; @basis itself where it is not of this form
 */
char *
imp_decision_words_basis (const char *basis)
{
  char level[32] = "";
  char given[11] = "";
  char until[11] = "";
  char evidence[32] = "";
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  /* Receipts that were written earlier begin with the second one. */
  if (g_str_has_prefix (basis, "nobody could be identified:")
      || g_str_has_prefix (basis, "anonymised:"))
    return g_strdup (_ ("Nobody could be identified: every question about that was answered, and "
                        "none forbids it"));
  if (sscanf (basis, "consent: %31[a-z-], given %10[0-9-], until %10[0-9-], evidence %31[a-z-]",
              level, given, until, evidence)
          != 4
      && sscanf (basis, "consent: %31[a-z-], given %10[0-9-], without end date, evidence %31[a-z-]",
                 level, given, evidence)
             != 3)
    return g_strdup (basis);
  from = imp_form_day (given);
  if (*until == '\0')
    return g_strdup_printf (_ ("Permission: %s. Given on %s, without an end. Proof: %s"),
                            imp_form_level_name (level), from, _imp_form_evidence_name (evidence));
  to = imp_form_day (until);
  return g_strdup_printf (_ ("Permission: %s. Given on %s, until %s. Proof: %s"),
                          imp_form_level_name (level), from, to,
                          _imp_form_evidence_name (evidence));
}

/**
 * imp_decision_words_origin:
 * @origin: where answers came from, as a receipt has it
 *
 * Returns: (transfer full): the same in words; @origin itself where it is not of this form
 */
char *
imp_decision_words_origin (const char *origin)
{
  static const char SCRIPT[] = "answers given by a script, OS user ";

  if (g_str_equal (origin, "answers given at the desk"))
    return g_strdup (_ ("Given at the desk"));
  if (g_str_has_prefix (origin, SCRIPT))
    return g_strdup_printf (_ ("Given by a script that ran as “%s”"), origin + strlen (SCRIPT));
  return g_strdup (origin);
}
