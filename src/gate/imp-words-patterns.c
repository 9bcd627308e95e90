/* What looks like a date, an age over 89, a place, a number or an address, whoever's it may be. */
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "imp-word-lists.h"
#include "imp-words.h"

#define MONTHS                                                                                     \
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"               \
  "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
#define TENS_OVER_89 "(?:9\\d|1[0-2]\\d)"
#define NINETY "ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
#define SEPARATED "(?<sep>[-/.])"

typedef enum
{
  PLAIN,
  DAY_FIRST, /* groups d, m, y */
  NHS,
  POSTCODE,
  LONG_NUMBER,
} Check;

/* In this order: what is firm comes before what may only look so. */
static const struct
{
  const char *pattern;
  gboolean any_case;
  gboolean firm;
  gboolean in_file_names;
  Check check;
  const char *rule;
  const char *why;
} PATTERNS[] = {
  { "(?<!\\d)\\d{3}[ -]?\\d{3}[ -]?\\d{4}(?!\\d)", FALSE, TRUE, TRUE, NHS, "words:number",
    N_ ("an NHS number") },
  { "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+", TRUE, TRUE, TRUE, PLAIN, "words:contact",
    N_ ("an e-mail address") },
  { "(?:\\b[a-z]+://|\\bwww\\.)\\S+", TRUE, TRUE, FALSE, PLAIN, "words:contact",
    N_ ("a web address") },
  { "\\b[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:com|org|net|info|io|uk|ie|eu)\\b(?:/\\S*)?", TRUE, TRUE,
    FALSE, PLAIN, "words:contact", N_ ("a web address") },
  { "(?<![\\w@.])@\\w{2,}", TRUE, TRUE, FALSE, PLAIN, "words:contact",
    N_ ("the name of an account") },
  { "(?<![\\w+])(?:\\+\\d{1,3}|00\\d{1,3}|0)(?:[ ()./-]*\\d){9,11}(?!\\d)", FALSE, TRUE, FALSE,
    PLAIN, "words:contact", N_ ("a telephone number") },
  { "\\b(?<area>[A-Z]{1,2})\\d[A-Z\\d]? ?\\d[ABD-HJLNP-UW-Z]{2}\\b", FALSE, TRUE, TRUE, POSTCODE,
    "words:place", N_ ("a postcode") },
  { "\\b" TENS_OVER_89 "[ -]*(?:years?|yrs?|y)\\b(?:[ -/]*(?:old|o\\b))?", TRUE, TRUE, TRUE, PLAIN,
    "words:age", N_ ("an age over 89") },
  { "\\b" TENS_OVER_89 "[ -]?(?:yo|y\\.o|y/o|f|m|female|male|woman|man|lady|gentleman)\\b", TRUE,
    TRUE, TRUE, PLAIN, "words:age", N_ ("an age over 89") },
  { "\\bage[ds]?[: ]*(?:of )?" TENS_OVER_89 "\\b", TRUE, TRUE, TRUE, PLAIN, "words:age",
    N_ ("an age over 89") },
  { "\\b" NINETY "[- ]+(?:years?|yrs?)\\b", TRUE, TRUE, TRUE, PLAIN, "words:age",
    N_ ("an age over 89") },
  { "\\bage[ds]? (?:of )?" NINETY "\\b", TRUE, TRUE, TRUE, PLAIN, "words:age",
    N_ ("an age over 89") },
  { "\\b(?:her|his|their) (?:early |mid[- ]?|late )?(?:nineties|90s|hundreds)\\b", TRUE, TRUE, TRUE,
    PLAIN, "words:age", N_ ("an age over 89") },
  { "\\b(?:a|one) hundred(?: and [a-z-]+)?[- ](?:years?|yrs?)\\b", TRUE, TRUE, TRUE, PLAIN,
    "words:age", N_ ("an age over 89") },
  { "\\b(?:super)?(?:nonagenarian|centenarian)s?\\b", TRUE, TRUE, TRUE, PLAIN, "words:age",
    N_ ("an age over 89") },
  { "(?<!\\d)(?<y>(?:19|20)\\d\\d)" SEPARATED "?(?<m>0?[1-9]|1[0-2])(?(sep)\\k<sep>)"
    "(?<d>0[1-9]|[12]\\d|3[01]|(?(sep)[1-9]))(?!\\d)",
    FALSE, FALSE, TRUE, DAY_FIRST, "words:date", N_ ("a date") },
  { "(?<!\\d)(?<d>0?[1-9]|[12]\\d|3[01])" SEPARATED "(?<m>0?[1-9]|1[0-2])\\k<sep>"
    "(?<y>(?:19|20)?\\d\\d)(?!\\d)",
    FALSE, FALSE, TRUE, DAY_FIRST, "words:date", N_ ("a date") },
  { "(?<!\\d)(?<d>0[1-9]|[12]\\d|3[01])(?<m>0[1-9]|1[0-2])(?<y>(?:19|20)\\d\\d)(?!\\d)", FALSE,
    FALSE, TRUE, DAY_FIRST, "words:date", N_ ("a date") },
  { "(?<!\\d)(?<d>\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ ./-]*(?<m>" MONTHS
    ")\\b\\.?(?:,?[ ./-]*(?<y>'?\\d\\d(?:\\d\\d)?))?(?!\\d)",
    TRUE, FALSE, TRUE, DAY_FIRST, "words:date", N_ ("a date") },
  { "\\b(?<m>" MONTHS ")\\b\\.?[ ./-]*(?<d>\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?[ ./-]*"
    "(?<y>\\d{4}))?(?!\\d)",
    TRUE, FALSE, TRUE, DAY_FIRST, "words:date", N_ ("a date") },
  { "\\b" MONTHS "\\b\\.?,?[ ./-]*(?:of )?'?(?:(?:19|20)\\d\\d)\\b", TRUE, FALSE, TRUE, PLAIN,
    "words:date", N_ ("a month") },
  { "\\b(?:january|february|april|june|july|august|september|october|november|december)\\b", TRUE,
    FALSE, TRUE, PLAIN, "words:date", N_ ("a month") },
  { "\\b(?:[Ii]n|[Oo]f|[Ss]ince|[Ll]ast|[Tt]his|[Uu]ntil|[Ff]rom|[Bb]y|[Dd]uring|[Ee]arly|[Ll]ate|"
    "[Mm]id)[ -](?:May|March)\\b",
    FALSE, FALSE, TRUE, PLAIN, "words:date", N_ ("a month") },
  { "(?:\\b[A-Z][\\w'’-]*[ .]+){1,4}(?:Hospitals?|Infirmary|Hospice|Clinic|Surgery|Sanatorium|"
    "Medical Cent(?:re|er)|Health Cent(?:re|er)|Nursing Home|Care Home|NHS(?: Foundation)? "
    "Trust)\\b",
    FALSE, FALSE, TRUE, PLAIN, "words:place", N_ ("a hospital") },
  { "\\b(?:Royal|St\\.?|Saint|Queen|King) [A-Z][\\w'’-]+", FALSE, FALSE, TRUE, PLAIN, "words:place",
    N_ ("a place") },
  { "\\bward [a-z]?\\d{1,3}[a-z]?\\b", TRUE, FALSE, TRUE, PLAIN, "words:place", N_ ("a ward") },
  { "(?<![\\d.])\\d(?:-?\\d){5,}(?![\\d.]\\d)", FALSE, TRUE, FALSE, LONG_NUMBER, "words:number",
    N_ ("a long number") },
};

/* The 124 postcode areas of the United Kingdom (Royal Mail). */
static const char AREAS[] =
    " AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT "
    "DY "
    "E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE "
    "LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN "
    "SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ";

static GRegex *
get_regex (guint i)
{
  static GRegex *regexes[G_N_ELEMENTS (PATTERNS)];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint j = 0; j < G_N_ELEMENTS (PATTERNS); j++)
        regexes[j] =
            g_regex_new (PATTERNS[j].pattern,
                         G_REGEX_OPTIMIZE | (PATTERNS[j].any_case ? G_REGEX_CASELESS : 0), 0, NULL);
      g_once_init_leave (&ready, 1);
    }
  if (regexes[i] == NULL)
    g_error ("The program was built with a pattern that is none");
  return regexes[i];
}

/* The last digit is a check of the others (NHS Data Dictionary: modulus 11). */
static gboolean
is_nhs_number (const char *text)
{
  guint sum = 0;
  guint n = 0;
  guint check = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      {
        check = (guint)(*text - '0');
        if (++n < 10)
          sum += (11 - n) * check;
      }
  return n == 10 && (11 - sum % 11) % 11 == check;
}

static gboolean
is_postcode (GMatchInfo *match)
{
  g_autofree char *area = g_match_info_fetch_named (match, "area");
  g_autofree char *entry = g_strconcat (" ", area, " ", NULL);

  return strstr (AREAS, entry) != NULL;
}

/* In a reference such as 10.1136/bcr-2019-231234 a long number belongs to the reference. */
static gboolean
is_in_reference (const char *text, int start)
{
  const char *at = text + start;

  while (at > text && !g_ascii_isspace (at[-1]))
    at--;
  return g_regex_match_simple ("^\\(?(?:doi:)?10\\.\\d{4,9}/", at, G_REGEX_CASELESS,
                               G_REGEX_MATCH_DEFAULT);
}

static int
month_of (const char *text)
{
  static const char NAMES[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  g_autofree char *short_name = g_ascii_strdown (text, 3);
  const char *at = strlen (short_name) == 3 ? strstr (NAMES, short_name) : NULL;

  return at != NULL ? (int)(at - NAMES) / 3 + 1 : atoi (text);
}

/* Whether the date found, read with the day first or the month first, is one of the person or of
 * the file. A year of two digits may be of either century. */
static gboolean
is_known_day (GMatchInfo *match, const ImpWordsAsked *asked)
{
  g_autofree char *d = g_match_info_fetch_named (match, "d");
  g_autofree char *m = g_match_info_fetch_named (match, "m");
  g_autofree char *y = g_match_info_fetch_named (match, "y");
  const char *year = y != NULL ? y + (*y == '\'') : "";
  const char *const centuries[] = { strlen (year) == 2 ? "19" : "", "20", NULL };

  if (strlen (year) != 4 && strlen (year) != 2)
    return FALSE;
  for (guint i = 0; centuries[i] != NULL && (i == 0 || strlen (year) == 2); i++)
    {
      g_autofree char *one =
          g_strdup_printf ("%s%s%02d%02d", centuries[i], year, month_of (m), atoi (d));
      g_autofree char *other =
          g_strdup_printf ("%s%s%02d%02d", centuries[i], year, atoi (d), month_of (m));

      if (imp_words_is_known_day (one, asked) || imp_words_is_known_day (other, asked))
        return TRUE;
    }
  return FALSE;
}

static void
find_pattern (GArray *found, const char *text, const ImpWordsAsked *asked, guint i)
{
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (get_regex (i), text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 0);
      const char *why = _ (PATTERNS[i].why);
      gboolean firm = PATTERNS[i].firm;
      int start = 0;
      int end = 0;

      g_match_info_fetch_pos (match, 0, &start, &end);
      if ((PATTERNS[i].check == NHS && !is_nhs_number (word))
          || (PATTERNS[i].check == POSTCODE && !is_postcode (match))
          || (PATTERNS[i].check == LONG_NUMBER && is_in_reference (text, start)))
        continue;
      if (PATTERNS[i].check == DAY_FIRST && is_known_day (match, asked))
        {
          why = _ ("a date of the person or of the file");
          firm = TRUE;
        }
      imp_words_add (found, (gsize)start, (gsize)end, PATTERNS[i].rule, why, firm);
    }
}

static void
find_listed (GArray *found, GPtrArray *words, const char *file, const char *rule, const char *why)
{
  g_autofree char *path = g_strconcat ("/io/github/imprimatur/Imprimatur/words/", file, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (imp_word_lists_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *list = NULL;
  g_auto (GStrv) lines = NULL;

  if (bytes == NULL)
    g_error ("The program was built without its lists of words");
  list = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (list, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      imp_words_find_list (found, words, lines[i], rule, why, FALSE);
}

/**
 * imp_words_find_patterns:
 * @found: what was found so far
 * @text: a text in UTF-8
 * @asked: whose picture it is, what its file carries, and the site's own places
 *
 * Finds NHS numbers, addresses, telephone numbers, postcodes, ages over 89 in digits and words, and
 * dates of the person or file: these nothing excuses. Then other dates, months, hospitals, wards,
 * towns and makers of scanners: these may be a word that only looks so.
 */
void
imp_words_find_patterns (GArray *found, const char *text, const ImpWordsAsked *asked)
{
  g_autoptr (GPtrArray) words = imp_words_split (text);

  for (guint i = 0; i < G_N_ELEMENTS (PATTERNS); i++)
    if (PATTERNS[i].in_file_names || !asked->is_file_name)
      find_pattern (found, text, asked, i);
  for (guint i = 0; asked->places != NULL && asked->places[i] != NULL; i++)
    imp_words_find_list (found, words, asked->places[i], "words:place",
                         _ ("a place on the site's list"), TRUE);
  find_listed (found, words, "places.txt", "words:place", _ ("a town"));
  find_listed (found, words, "scanners.txt", "words:device", _ ("a maker of scanners"));
}
