#include "imp-suggestion-words.h"

#include <glib/gi18n.h>

#include "imp-kind-names.h"

/* Which of the register's values it is; never the value. */
static char *
name_person_reason (const char *detail)
{
  static const struct
  {
    const char *detail;
    const char *words;
  } WORDS[] = {
    { "name", N_ ("Matches the person of the register: the name") },
    { "number", N_ ("Matches the person of the register: a number") },
    { "birth-date", N_ ("Matches the person of the register: the date of birth") },
    { "date-of-death", N_ ("Matches the person of the register: the date of death") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_strcmp0 (detail, WORDS[i].detail) == 0)
      return g_strdup (_ (WORDS[i].words));
  return g_strdup (_ ("Matches the person of the register"));
}

static char *
name_reason (const ImpSuggestionReason *reason)
{
  switch (reason->why)
    {
    case IMP_WHY_HEADER:
      /* Translators: for example "Matches: Patient's name". */
      return reason->detail != NULL
                 ? g_strdup_printf (_ ("Matches: %s"), imp_kind_name (reason->detail))
                 : g_strdup (_ ("Matches what the file says"));
    case IMP_WHY_PERSON:
      return name_person_reason (reason->detail);
    case IMP_WHY_DATE:
      return g_strdup (_ ("Looks like a date"));
    case IMP_WHY_NUMBER:
      return g_strdup (_ ("Looks like a number of a person or a study"));
    case IMP_WHY_NAME:
      return g_strdup (_ ("Looks like a name"));
    case IMP_WHY_CODE:
      return g_strdup (_ ("A code that a machine can read"));
    case IMP_WHY_FACE:
      return g_strdup (_ ("May be a face"));
    case IMP_WHY_DEVICE:
      return g_strdup (_ ("This scanner writes here"));
    case IMP_WHY_TEMPLATE:
      return g_strdup (_ ("Covered on the last picture of this scanner"));
    case IMP_WHY_OUTSIDE:
      return g_strdup (_ ("Outside the ultrasound picture"));
    case IMP_WHY_STRIP:
      return g_strdup (_ ("Top strip of an ultrasound screen"));
    case IMP_WHY_OVERLAY:
      return g_strdup_printf (_ ("Overlay %s is drawn here"),
                              reason->detail != NULL ? reason->detail : "");
    case IMP_WHY_DECLARED:
      return g_strdup (_ ("The file says that text is part of its picture"));
    case IMP_WHY_TEXT:
      return g_strdup (_ ("Text"));
    case IMP_WHY_UNREAD:
    default:
      return g_strdup (_ ("Text that could not be read"));
    }
}

/**
 * imp_suggestion_words_why:
 * @suggestion: a suggestion
 *
 * Returns: (transfer full): its strongest reason
 */
char *
imp_suggestion_words_why (const ImpSuggestion *suggestion)
{
  return suggestion->reasons->len > 0 ? name_reason (g_ptr_array_index (suggestion->reasons, 0))
                                      : g_strdup (_ ("Text"));
}

/**
 * imp_suggestion_words_why_all:
 * @suggestion: a suggestion
 *
 * Returns: (transfer full): all its reasons, one a line, and why it is better left where it is
 */
char *
imp_suggestion_words_why_all (const ImpSuggestion *suggestion)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < suggestion->reasons->len; i++)
    {
      g_autofree char *reason = name_reason (g_ptr_array_index (suggestion->reasons, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", reason);
    }
  if (suggestion->keep != IMP_KEEP_NO)
    g_string_append_printf (text, "\n%s", imp_suggestion_words_keep (suggestion->keep));
  return g_string_free (text, FALSE);
}

/**
 * imp_suggestion_words_keep:
 * @keep: why something is better left
 *
 * Returns: (transfer none): that, in words
 */
const char *
imp_suggestion_words_keep (ImpKeep keep)
{
  switch (keep)
    {
    case IMP_KEEP_LATERALITY:
      return _ ("Kept because it marks the side");
    case IMP_KEEP_MEASUREMENT:
      return _ ("Kept because it is a measurement");
    case IMP_KEEP_SCALE:
      return _ ("Kept because it is a scale");
    case IMP_KEEP_VIEW:
      return _ ("Kept because it names the view");
    case IMP_KEEP_TECHNIQUE:
      return _ ("Kept because it says how the picture was made");
    case IMP_KEEP_NO:
    default:
      return _ ("Nothing speaks for keeping it");
    }
}
