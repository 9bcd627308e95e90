#include "imp-name.h"

#include <string.h>

/* From so many on, characters in a row identify; so many digits of the source's name do. */
#define LEAST_CHARACTERS 4
#define LEAST_DIGITS 6

/* Letters and digits only, without case, so that neither hyphen nor blank hides a number. */
static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (normal, -1);
  GString *kept = g_string_new (NULL);

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (kept, g_utf8_get_char (at));
  return g_string_free (kept, FALSE);
}

static gboolean
says (const char *folded_name, const char *value)
{
  g_autofree char *folded = value != NULL ? fold (value) : NULL;

  return folded != NULL && g_utf8_strlen (folded, -1) >= LEAST_CHARACTERS
         && strstr (folded_name, folded) != NULL;
}

static gboolean
says_part_of (const char *folded_name, const char *full_name)
{
  g_auto (GStrv) parts = full_name != NULL ? g_strsplit_set (full_name, "^= ,.-", -1) : NULL;

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (says (folded_name, parts[i]))
      return TRUE;
  return FALSE;
}

/* A run of six digits or more, whatever stands between them, is a number of a person or a moment.
 */
static gboolean
says_number_of (const char *name, const char *text)
{
  g_autofree char *folded = text != NULL ? fold (text) : g_strdup ("");
  const char *at = folded;

  while (*at != '\0')
    {
      gsize digits = strspn (at, "0123456789");
      g_autofree char *run = g_strndup (at, digits);

      if (digits >= LEAST_DIGITS && strstr (name, run) != NULL)
        return TRUE;
      at += MAX (digits, 1);
    }
  return FALSE;
}

/**
 * imp_name_tells:
 * @name: the file name that is asked for, without its folder
 * @source_name: (nullable): the source's, without its folder
 * @people: (element-type ImpPerson): whose picture it is, or may be
 *
 * Returns: whether @name says a number or a name of one of @people, or a long number that stands
 *   in @source_name
 */
gboolean
imp_name_tells (const char *name, const char *source_name, GPtrArray *people)
{
  g_autofree char *folded = fold (name);

  for (guint i = 0; i < people->len; i++)
    {
      const ImpPerson *person = g_ptr_array_index (people, i);

      if (says (folded, person->hospital_number) || says (folded, person->nhs_number)
          || says_number_of (folded, person->hospital_number)
          || says_part_of (folded, person->name))
        return TRUE;
    }
  return says_number_of (folded, source_name);
}
