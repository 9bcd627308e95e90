#include "imp-scheme.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"
#include "imp-register-text.h"

G_DEFINE_BOXED_TYPE (ImpScheme, imp_scheme, imp_scheme_copy, imp_scheme_free)

/**
 * imp_scheme_new:
 *
 * Returns: (transfer full): an empty scheme
 */
ImpScheme *
imp_scheme_new (void)
{
  return g_new0 (ImpScheme, 1);
}

/**
 * imp_scheme_copy:
 * @scheme: a scheme
 *
 * Returns: (transfer full): a copy
 */
ImpScheme *
imp_scheme_copy (const ImpScheme *scheme)
{
  ImpScheme *copy = imp_scheme_new ();

  *copy = *scheme;
  copy->name = g_strdup (scheme->name);
  copy->title = g_strdup (scheme->title);
  copy->pattern = g_strdup (scheme->pattern);
  copy->check_rule = g_strdup (scheme->check_rule);
  return copy;
}

/**
 * imp_scheme_free:
 * @scheme: (transfer full) (nullable): a scheme
 */
void
imp_scheme_free (ImpScheme *scheme)
{
  if (scheme == NULL)
    return;
  g_free (scheme->name);
  g_free (scheme->title);
  g_free (scheme->pattern);
  g_free (scheme->check_rule);
  g_free (scheme);
}

static const char *const RULES[] = { "mod-11", "luhn", "mod-97", NULL };

/**
 * imp_scheme_check_rules:
 *
 * Returns: (transfer none) (array zero-terminated=1): how a check digit may be made
 */
const char *const *
imp_scheme_check_rules (void)
{
  return RULES;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

/**
 * imp_scheme_is_valid:
 * @scheme: a scheme
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, whose sentence says what is wrong
 */
gboolean
imp_scheme_is_valid (const ImpScheme *scheme, GError **error)
{
  const char *name = scheme->name;

  if (name == NULL || *name == '\0'
      || strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (name))
    return refuse (error, _ ("The name of a kind of number is made of small letters, digits and "
                             "hyphens, such as chi"));
  if (strcmp (name, "hospital") == 0 || strcmp (name, "nhs") == 0)
    return refuse (error, _ ("Hospital and NHS numbers have their own place: choose another name"));
  if (scheme->title == NULL || !g_utf8_validate (scheme->title, -1, NULL)
      || scheme->title[strspn (scheme->title, " \t\r\n")] == '\0')
    return refuse (error, _ ("Give the kind of number a title that people know it by"));
  if (scheme->pattern != NULL
      && (scheme->pattern[strspn (scheme->pattern, "|- ./")] == '\0'
          || strspn (scheme->pattern, "A9*|- ./abcdefghijklmnopqrstuvwxyz012345678")
                 != strlen (scheme->pattern)))
    return refuse (error, _ ("A pattern is made of A for a letter, 9 for a digit, * for either, | "
                             "between two patterns, and small letters or digits that stand for "
                             "themselves: h999999"));
  if (scheme->check_rule != NULL && !g_strv_contains (RULES, scheme->check_rule))
    return refuse (error, _ ("A check digit is made by mod-11, luhn or mod-97: choose one, or "
                             "none"));
  return TRUE;
}

static gboolean
fits_character (char form, gunichar letter)
{
  if (form == 'A')
    return g_unichar_isalpha (letter);
  if (form == '9')
    return letter < 128 && g_ascii_isdigit ((char)letter);
  return form == '*' || letter == (gunichar)form;
}

/* Whether folded text has one of the forms; what joins them is set aside, as folding does. */
static gboolean
fits (const char *pattern, const char *folded)
{
  g_auto (GStrv) forms = g_strsplit (pattern, "|", -1);

  for (guint i = 0; forms[i] != NULL; i++)
    {
      const char *at = folded;
      gboolean good = TRUE;
      gboolean any = FALSE;

      for (const char *form = forms[i]; good && *form != '\0'; form++)
        {
          if (strchr ("- ./", *form) != NULL)
            continue;
          any = TRUE;
          good = *at != '\0' && fits_character (*form, g_utf8_get_char (at));
          if (good)
            at = g_utf8_next_char (at);
        }
      if (good && any && *at == '\0')
        return TRUE;
    }
  return FALSE;
}

/* The weights 1, 2, 3 … from the right, a multiple of 11: NHS, CHI and H&C numbers. */
static gboolean
is_mod_11 (const char *digits)
{
  guint length = (guint)strlen (digits);
  guint sum = 0;

  for (guint i = 0; i < length; i++)
    sum += (guint)(digits[i] - '0') * (length - i);
  return sum % 11 == 0;
}

/* ISO/IEC 7812-1: every second digit from the right is doubled, and its digits are added. */
static gboolean
is_luhn (const char *digits)
{
  gsize length = strlen (digits);
  guint sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guint)(digits[length - 1 - i] - '0') * (i % 2 == 1 ? 2 : 1);

      sum += digit > 9 ? digit - 9 : digit;
    }
  return sum % 10 == 0;
}

/* ISO/IEC 7064, MOD 97-10: letters count as 10 to 35; the remainder is 1. */
static gboolean
is_mod_97 (const char *text)
{
  guint remainder = 0;

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        remainder = (remainder * 10 + (guint)(*text - '0')) % 97;
      else if (g_ascii_islower (*text))
        remainder = (remainder * 100 + (guint)(*text - 'a') + 10) % 97;
      else
        return FALSE;
    }
  return remainder == 1;
}

static gboolean
is_checked (const char *rule, const char *folded)
{
  if (strcmp (rule, "mod-97") == 0)
    return is_mod_97 (folded);
  if (strlen (folded) < 2 || strspn (folded, "0123456789") != strlen (folded))
    return FALSE;
  return strcmp (rule, "mod-11") == 0 ? is_mod_11 (folded) : is_luhn (folded);
}

/**
 * imp_scheme_fold:
 * @scheme: a valid scheme
 * @value: a number of it, as it was written
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what the number is compared by, or %NULL with
 *   %IMP_ERROR_USAGE where it has not the form or the check digit of @scheme
 */
char *
imp_scheme_fold (const ImpScheme *scheme, const char *value, GError **error)
{
  g_autofree char *folded = imp_register_text_fold_number (value);

  if (folded == NULL)
    refuse (error, _ ("There is no number: give it"));
  else if (scheme->pattern != NULL && !fits (scheme->pattern, folded))
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                 _ ("This is no “%s”, which looks like %s: compare it with where it comes from"),
                 scheme->title, scheme->pattern);
  else if (scheme->check_rule != NULL && !is_checked (scheme->check_rule, folded))
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                 _ ("This is no “%s”, as its check digit is wrong: compare it with where it comes "
                    "from"),
                 scheme->title);
  else
    return g_steal_pointer (&folded);
  return NULL;
}
