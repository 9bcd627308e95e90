#include "imp-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-word.h"

static const ImpWord DESTINATIONS[] = {
  { "internal-meeting", N_ ("Internal meeting") }, { "teaching-file", N_ ("Teaching file") },
  { "publication", N_ ("Publication") },           { "research", N_ ("Research") },
  { "social-media", N_ ("Social media") },
};

static const ImpWord DESTINATION_PHRASES[] = {
  { "internal-meeting", N_ ("to an internal meeting") },
  { "teaching-file", N_ ("to a teaching file") },
  { "publication", N_ ("to a publication") },
  { "research", N_ ("to research") },
  { "social-media", N_ ("to social media") },
};

static const ImpWord SEALED[] = {
  { "internal-meeting", N_ ("Sealed for a meeting") },
  { "teaching-file", N_ ("Sealed for teaching") },
  { "publication", N_ ("Sealed for publication") },
  { "research", N_ ("Sealed for research") },
  { "social-media", N_ ("Sealed for social media") },
};

static const ImpWord AUDIENCES[] = {
  { "internal-meeting",
    N_ ("Colleagues who look after the patient, or audit the care, in one room") },
  { "teaching-file", N_ ("Students and staff, year after year, inside the organisation") },
  { "publication",
    N_ ("Anyone who finds the article or the book: readers, search engines, the patient") },
  { "research", N_ ("A research team, under an ethics approval, for the length of the study") },
  { "social-media",
    N_ ("Patients, family, colleagues, employers, for years. A closed group counts as public.") },
};

static const ImpWord LEVELS[] = {
  { "record-only", N_ ("For the health record only") },
  { "teaching-closed", N_ ("Teaching inside the organisation") },
  { "publication-named", N_ ("One named publication") },
  { "publication-open-web", N_ ("Publication, open to anyone on the web") },
  { "social-media", N_ ("One named social media platform") },
  { "research-study", N_ ("One named research study") },
  { "research-area", N_ ("An area of research") },
};

static const ImpWord LEVEL_COVERS[] = {
  { "record-only", N_ ("Covers no export at all") },
  { "teaching-closed", N_ ("Covers internal meetings and the teaching file") },
  { "publication-named", N_ ("Covers the named work and nothing else") },
  { "publication-open-web", N_ ("Covers meetings, the teaching file and publications") },
  { "social-media", N_ ("Covers the named platform and nothing else") },
  { "research-study", N_ ("Covers the named study and nothing else") },
  { "research-area", N_ ("Covers studies in the named area") },
};

static const ImpWord EVIDENCES[] = {
  { "signed-paper", N_ ("A signed paper form") },
  { "on-screen-signature", N_ ("A signature on a screen") },
  { "verbal-with-witness", N_ ("Spoken, with a witness") },
  { "letter", N_ ("A letter or an e-mail") },
  { "journal-form", N_ ("The journal’s own form") },
};

static const ImpWord GIVERS[] = {
  { "patient", N_ ("The patient") },
  { "competent-under-16", N_ ("The patient, under 16 and able to decide") },
  { "parental-responsibility", N_ ("Someone with parental responsibility") },
  { "attorney-or-deputy", N_ ("An attorney or a deputy") },
  { "personal-representative", N_ ("The personal representative of someone who died") },
  { "relative", N_ ("A relative of someone who died") },
  { "none", N_ ("Nobody") },
};

static const ImpWord CAPACITIES[] = {
  { "presumed", N_ ("Able to decide (presumed from 16 on)") },
  { "assessed-competent", N_ ("Assessed as able to decide") },
  { "lacks", N_ ("Not able to decide") },
  { "fluctuating", N_ ("Sometimes able to decide: ask again") },
};

/**
 * imp_words_destination:
 * @destination: (nullable): "teaching-file"
 *
 * Returns: (transfer none) (nullable): its name; @destination itself where it is not known
 */
const char *
imp_words_destination (const char *destination)
{
  return imp_word_look_up (DESTINATIONS, G_N_ELEMENTS (DESTINATIONS), destination);
}

/**
 * imp_words_destination_phrase:
 * @destination: (nullable): "teaching-file"
 *
 * Returns: (transfer none) (nullable): "to a teaching file", for use within a sentence
 */
const char *
imp_words_destination_phrase (const char *destination)
{
  return imp_word_look_up (DESTINATION_PHRASES, G_N_ELEMENTS (DESTINATION_PHRASES), destination);
}

/**
 * imp_words_sealed:
 * @destination: (nullable): "teaching-file"
 *
 * Returns: (transfer none) (nullable): "Sealed for teaching", for a place with little room
 */
const char *
imp_words_sealed (const char *destination)
{
  return imp_word_look_up (SEALED, G_N_ELEMENTS (SEALED), destination);
}

/**
 * imp_words_audience:
 * @destination: (nullable): "teaching-file"
 *
 * Returns: (transfer none) (nullable): who will see it there, and for how long (policy.md article
 * rows 14, 22)
 */
const char *
imp_words_audience (const char *destination)
{
  return imp_word_look_up (AUDIENCES, G_N_ELEMENTS (AUDIENCES), destination);
}

/**
 * imp_words_level:
 * @level: (nullable): permission level of policy.md 2.2
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_words_level (const char *level)
{
  return imp_word_look_up (LEVELS, G_N_ELEMENTS (LEVELS), level);
}

/**
 * imp_words_level_covers:
 * @level: (nullable): permission level of policy.md 2.2
 *
 * Returns: (transfer none) (nullable): what it covers, in a sentence
 */
const char *
imp_words_level_covers (const char *level)
{
  return imp_word_look_up (LEVEL_COVERS, G_N_ELEMENTS (LEVEL_COVERS), level);
}

/**
 * imp_words_evidence:
 * @evidence: (nullable): kind of evidence of policy.md 2.2
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_words_evidence (const char *evidence)
{
  return imp_word_look_up (EVIDENCES, G_N_ELEMENTS (EVIDENCES), evidence);
}

/**
 * imp_words_giver:
 * @giver: (nullable): who consented, of policy.md 2.2
 *
 * Returns: (transfer none) (nullable): the name
 */
const char *
imp_words_giver (const char *giver)
{
  return imp_word_look_up (GIVERS, G_N_ELEMENTS (GIVERS), giver);
}

/**
 * imp_words_capacity:
 * @capacity: (nullable): capacity of policy.md 2.2
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
imp_words_capacity (const char *capacity)
{
  return imp_word_look_up (CAPACITIES, G_N_ELEMENTS (CAPACITIES), capacity);
}

/**
 * imp_words_state:
 * @state: state of a permission (policy.md 2.3)
 *
 * Returns: (transfer none): its name
 */
const char *
imp_words_state (ImpPermissionState state)
{
  switch (state)
    {
    case IMP_PERMISSION_DRAFT:
      return _ ("Draft");
    case IMP_PERMISSION_OFFERED:
      return _ ("Offered, no answer yet");
    case IMP_PERMISSION_ACTIVE:
      return _ ("Agreed");
    case IMP_PERMISSION_REVIEW_DUE:
      return _ ("Agreed, review is due");
    case IMP_PERMISSION_SUSPENDED:
      return _ ("Suspended");
    case IMP_PERMISSION_REFUSED:
      return _ ("Refused");
    case IMP_PERMISSION_EXPIRED:
      return _ ("Expired");
    case IMP_PERMISSION_WITHDRAWN:
      return _ ("Withdrawn");
    case IMP_PERMISSION_SUPERSEDED:
      return _ ("Replaced by a newer one");
    case IMP_PERMISSION_ENTERED_IN_ERROR:
      return _ ("Entered in error");
    default:
      return _ ("Unknown");
    }
}

/**
 * imp_words_date:
 * @date: (nullable): "2027-05-03", or a moment that begins with it
 *
 * Returns: (transfer full): "3 May 2027"; other text as it is
 */
char *
imp_words_date (const char *date)
{
  guint year = 0;
  guint month = 0;
  guint day = 0;
  g_autoptr (GDateTime) when = NULL;

  if (date == NULL || sscanf (date, "%4u-%2u-%2u", &year, &month, &day) != 3)
    return g_strdup (date);
  when = g_date_time_new_utc ((int)year, (int)month, (int)day, 0, 0, 0);
  return when == NULL ? g_strdup (date) : g_date_time_format (when, "%-d %b %Y");
}

/**
 * imp_words_parse_date:
 * @text: (nullable): a day as a person types it: "1961-03-12", "12/3/1961", "12 Mar 1961"
 *
 * Day before month, as in Britain.
 *
 * Returns: (transfer full) (nullable): "1961-03-12"; %NULL where @text is no whole date
 */
char *
imp_words_parse_date (const char *text)
{
  static const char *const MONTHS[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec" };
  guint year = 0;
  guint month = 0;
  guint day = 0;
  char name[16] = "";
  g_autofree char *stripped = g_strstrip (g_strdup (text == NULL ? "" : text));
  g_autofree char *date = NULL;

  if (imp_clock_date_is_valid (stripped))
    return g_steal_pointer (&stripped);
  if (sscanf (stripped, "%2u%*1[/. -]%2u%*1[/. -]%4u", &day, &month, &year) != 3
      && sscanf (stripped, "%2u%*1[/. -]%15[A-Za-z]%*1[/. -]%4u", &day, name, &year) == 3)
    for (guint i = 0; i < G_N_ELEMENTS (MONTHS); i++)
      if (g_ascii_strncasecmp (name, MONTHS[i], 3) == 0)
        month = i + 1;
  date = g_strdup_printf ("%04u-%02u-%02u", year, month, day);
  return imp_clock_date_is_valid (date) ? g_steal_pointer (&date) : NULL;
}

/**
 * imp_words_masked:
 * @identifier: (nullable): an identifier
 *
 * Returns: (transfer full): dots, and its last two characters where it has more than four
 */
char *
imp_words_masked (const char *identifier)
{
  glong length = identifier == NULL ? 0 : g_utf8_strlen (identifier, -1);

  if (length <= 4)
    return g_strdup ("••••");
  return g_strconcat ("••••", g_utf8_offset_to_pointer (identifier, length - 2), NULL);
}
