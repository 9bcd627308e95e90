#include "imp-register-text.h"

#include <stdio.h>
#include <string.h>

#include "imp-clock.h"

#define NHS_LENGTH 10

/* Letters that carry no separable accent and yet are typed without it. */
static const struct
{
  gunichar letter;
  const char *plain;
} PLAIN[] = {
  { 0x00f8, "o" },  /* ø */
  { 0x0142, "l" },  /* ł */
  { 0x0111, "d" },  /* đ */
  { 0x00f0, "d" },  /* ð */
  { 0x00fe, "th" }, /* þ */
  { 0x00e6, "ae" }, /* æ */
  { 0x0153, "oe" }, /* œ */
  { 0x0131, "i" },  /* ı */
};

/**
 * imp_register_text_fold_number:
 * @number: (nullable): an identifier as it was typed, or as a file writes it
 *
 * Sets aside case, white space and punctuation, so that "h 204-417" finds "H204417": an objection
 * must not be missed for a hyphen.
 *
 * Returns: (transfer full) (nullable): the letters and digits of @number (all of it where it has
 *   none), or %NULL where nothing is left of it
 */
char *
imp_register_text_fold_number (const char *number)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GString) kept = g_string_new (NULL);

  if (number == NULL)
    return NULL;
  normal = g_utf8_normalize (number, -1, G_NORMALIZE_NFKC);
  if (normal == NULL)
    return NULL;
  folded = g_utf8_casefold (g_strstrip (normal), -1);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (kept, g_utf8_get_char (at));
  if (kept->len > 0)
    return g_string_free (g_steal_pointer (&kept), FALSE);
  return *folded != '\0' ? g_steal_pointer (&folded) : NULL;
}

static void
append_folded (GString *folded, gunichar letter)
{
  switch (letter)
    {
    case '\'':
    case 0x2019: /* ’ */
    case '.':
      return;
    case '^': /* between the components of a DICOM name, PS3.5 6.2.1 */
    case '=':
    case ',':
    case '-':
    case 0x2010: /* ‐ */
      letter = ' ';
      break;
    default:
      break;
    }
  for (guint i = 0; i < G_N_ELEMENTS (PLAIN); i++)
    if (PLAIN[i].letter == letter)
      {
        g_string_append (folded, PLAIN[i].plain);
        return;
      }
  if (!g_unichar_isspace (letter))
    g_string_append_unichar (folded, letter);
  else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
    g_string_append_c (folded, ' ');
}

/**
 * imp_register_text_fold_name:
 * @name: (nullable): a name, also as DICOM writes it ("EXAMPLE^PERSON A")
 *
 * Makes what names are compared by: no case, no accents, no apostrophes, one space where there
 * were separators.
 *
 * Returns: (transfer full): the folded name, "" for none
 */
char *
imp_register_text_fold_name (const char *name)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autofree char *caseless = name != NULL ? g_utf8_casefold (name, -1) : NULL;
  g_autofree char *apart =
      caseless != NULL ? g_utf8_normalize (caseless, -1, G_NORMALIZE_NFKD) : NULL;

  for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!g_unichar_ismark (letter))
        append_folded (folded, letter);
    }
  return g_strdup (g_strchomp (folded->str));
}

/**
 * imp_register_text_digits:
 * @text: text
 *
 * Returns: (transfer full) (nullable): its digits, where it is made of nothing but digits, white
 *   space and hyphens; else %NULL
 */
char *
imp_register_text_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        g_string_append_c (digits, *text);
      else if (!g_ascii_isspace (*text) && *text != '-')
        return NULL;
    }
  return digits->len > 0 ? g_strdup (digits->str) : NULL;
}

/**
 * imp_register_text_nhs_number:
 * @number: a number as it was typed, also "943 476 5919"
 *
 * Checks an NHS number (NHS Data Dictionary, "NHS NUMBER"): the weights 10 to 2 on its first nine
 * digits, the sum's remainder by 11 taken from 11, 11 counting as 0; 10 is no check digit.
 *
 * Returns: (transfer full) (nullable): its ten digits, or %NULL where it is no NHS number
 */
char *
imp_register_text_nhs_number (const char *number)
{
  g_autofree char *digits = imp_register_text_digits (number);
  int sum = 0;
  int check = 0;

  if (digits == NULL || strlen (digits) != NHS_LENGTH)
    return NULL;
  for (int i = 0; i < NHS_LENGTH - 1; i++)
    sum += (digits[i] - '0') * (10 - i);
  check = (11 - sum % 11) % 11;
  return check == digits[NHS_LENGTH - 1] - '0' ? g_steal_pointer (&digits) : NULL;
}

static int
parse_month (const char *word)
{
  static const char *const MONTHS[] = { "january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december" };
  gsize length = strlen (word);

  for (guint i = 0; length >= 3 && i < G_N_ELEMENTS (MONTHS); i++)
    if (g_ascii_strncasecmp (word, MONTHS[i], length) == 0)
      return (int)i + 1;
  return 0;
}

/**
 * imp_register_text_date:
 * @text: text
 *
 * Reads a day written as 1961-05-03, 19610503, 03/05/1961, 3.5.1961, 3-5-1961 or 3 May 1961, day
 * before month as in the United Kingdom.
 *
 * Returns: (transfer full) (nullable): "1961-05-03", or %NULL where @text is none of these
 */
char *
imp_register_text_date (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *date = NULL;
  char month_name[16] = "";
  char separators[2] = "";
  int year = 0;
  int month = 0;
  int day = 0;
  int end = 0;

  if (sscanf (trimmed, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && trimmed[end] == '\0')
    ;
  else if (strlen (trimmed) == 8 && strspn (trimmed, "0123456789") == 8)
    sscanf (trimmed, "%4d%2d%2d", &year, &month, &day);
  else if (sscanf (trimmed, "%2d%1[/.-]%2d%1[/.-]%4d%n", &day, &separators[0], &month,
                   &separators[0], &year, &end)
               == 5
           && trimmed[end] == '\0')
    ;
  else if (sscanf (trimmed, "%2d %15[A-Za-z] %4d%n", &day, month_name, &year, &end) == 3
           && trimmed[end] == '\0')
    month = parse_month (month_name);
  else
    return NULL;
  if (year < 1000 || month < 1 || day < 1)
    return NULL;
  date = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return imp_clock_date_is_valid (date) ? g_steal_pointer (&date) : NULL;
}
