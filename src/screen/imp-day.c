#include "imp-day.h"

#include <stdlib.h>
#include <string.h>

#include "imp-reading.h"

#define FIRST_YEAR 1870 /* nobody born before is in a picture */
#define LAST_YEAR 2099

/* A digit, or a letter that is read for one. */
#define D "[0-9OoIl|SBZ]"
#define SEPARATOR "[ ]?[-./:,_'·]?[ ]?"
#define FIRM "[ ]?[-./:,_·]{1,2}[ ]?"
#define MONTH "([A-Za-z\\x{c0}-\\x{17f}]{3,9})\\.?"
/* What a date begins with: not in the middle of a number, nor with a letter of a word. */
#define LEAD(n) "((?<![0-9A-Za-z])" D n "|(?<![0-9])[0-9]" n ")"

typedef enum
{
  DAY_MONTH_YEAR, /* or the month first */
  YEAR_MONTH_DAY,
  DAY_NAME_YEAR,
  NAME_DAY_YEAR,
  YEAR_NAME_DAY,
} Order;

static const struct
{
  const char *pattern; /* its groups are those of its order */
  Order order;
} PATTERNS[] = {
  { "(?<![0-9A-Za-z])((?:19|20|I9|l9|2O|Z0)" D "{2})(" D "{2})(" D "{2})(?![0-9])",
    YEAR_MONTH_DAY },
  { LEAD ("{4}") FIRM "(" D "{1,2})" FIRM "(" D "{1,2})(?![0-9])", YEAR_MONTH_DAY },
  { LEAD ("{1,2}") FIRM "(" D "{1,2})" FIRM "(" D "{4}|" D "{2})(?![0-9])", DAY_MONTH_YEAR },
  { LEAD ("{2}") " (" D "{2}) (" D "{4})(?![0-9])", DAY_MONTH_YEAR },
  { "(?<![0-9])(" D "{2})(" D "{2})((?:19|20)" D "{2})(?![0-9])", DAY_MONTH_YEAR },
  { LEAD ("{1,2}") "(?:st|nd|rd|th)?" SEPARATOR MONTH SEPARATOR "('?" D "{4}|'?" D "{2})(?![0-9])",
    DAY_NAME_YEAR },
  { "(?<![A-Za-z])" MONTH "[ ]?[-./ ]?[ ]?(" D "{1,2})(?:st|nd|rd|th)?[ ]?[,./ -][ ]?(" D
    "{4})(?![0-9])",
    NAME_DAY_YEAR },
  { LEAD ("{4}") SEPARATOR MONTH SEPARATOR "(" D "{1,2})(?![0-9])", YEAR_NAME_DAY },
};

/* How months begin, in the languages that scanners are set to. */
static const struct
{
  const char *name;
  int month;
} MONTHS[] = {
  { "jan", 1 },  { "ene", 1 },  { "gen", 1 },  { "sty", 1 },  { "feb", 2 },  { "fev", 2 },
  { "lut", 2 },  { "mar", 3 },  { "mae", 3 },  { "mrt", 3 },  { "maa", 3 },  { "mrz", 3 },
  { "apr", 4 },  { "avr", 4 },  { "abr", 4 },  { "kwi", 4 },  { "may", 5 },  { "mai", 5 },
  { "mag", 5 },  { "mei", 5 },  { "maj", 5 },  { "jun", 6 },  { "juin", 6 }, { "giu", 6 },
  { "cze", 6 },  { "jul", 7 },  { "juil", 7 }, { "lug", 7 },  { "lip", 7 },  { "aug", 8 },
  { "aou", 8 },  { "ago", 8 },  { "sie", 8 },  { "sep", 9 },  { "set", 9 },  { "wrz", 9 },
  { "oct", 10 }, { "okt", 10 }, { "ott", 10 }, { "out", 10 }, { "paz", 10 }, { "nov", 11 },
  { "lis", 11 }, { "dec", 12 }, { "dez", 12 }, { "dic", 12 }, { "des", 12 }, { "gru", 12 },
};

static const char TIME_PATTERN[] =
    "(?<![0-9:.])([0-2]?[0-9])[:.h]([0-5][0-9])(?:[:.m]([0-5][0-9]))?"
    "(?:[.][0-9]+)?[ ]?([AaPp])?\\.?(?:[Mm]\\b)?(?![0-9:])";
static const char AGE_PATTERN[] = "(?<![0-9.])(?:age[d]?[ :]*)?0?([0-9]{1,3})[ "
                                  "-]?(?:y|yr|yrs|year|years|yo|y/o|ans|jahre|j|anni)\\b"
                                  "|\\bage[d]?[ :]*0?([0-9]{1,3})\\b"
                                  "|(?<![0-9A-Za-z])[mf][ /]{1,3}0?([0-9]{1,3})(?![0-9.])"
                                  "|(?<![0-9.])0?([0-9]{1,3})[ /]{1,3}[mf](?![0-9A-Za-z/])";

static GRegex *
compile (const char *pattern)
{
  g_autoptr (GError) error = NULL;
  GRegex *regex = g_regex_new (pattern, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, &error);

  if (regex == NULL)
    g_error ("The program was built with a pattern that is none");
  return regex;
}

static GRegex *
get_regex (guint i)
{
  static GRegex *regexes[G_N_ELEMENTS (PATTERNS)];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint j = 0; j < G_N_ELEMENTS (PATTERNS); j++)
        regexes[j] = compile (PATTERNS[j].pattern);
      g_once_init_leave (&ready, 1);
    }
  return regexes[i];
}

/* A number in whose digits letters may have been read; -1 where it has no digit at all. */
static int
read_number (const char *text)
{
  static const char LETTERS[] = "oOiIlL|sSbBzZ";
  static const char DIGITS[] = "0011111"
                               "558822";
  int number = 0;
  gboolean has_digit = FALSE;

  for (; *text != '\0'; text++)
    {
      const char *letter = strchr (LETTERS, *text);

      if (g_ascii_isdigit (*text))
        has_digit = TRUE;
      if (*text == '\'')
        continue;
      number = 10 * number + (letter != NULL ? DIGITS[letter - LETTERS] : *text) - '0';
    }
  return has_digit ? number : -1;
}

static int
read_month (const char *name)
{
  g_autofree char *folded = imp_reading_fold (name, -1, IMP_READING_BASE);
  gsize length = 0;
  int month = 0;

  for (guint i = 0; i < G_N_ELEMENTS (MONTHS); i++)
    if (g_str_has_prefix (folded, MONTHS[i].name) && strlen (MONTHS[i].name) > length)
      {
        month = MONTHS[i].month;
        length = strlen (MONTHS[i].name);
      }
  return month;
}

static void
add_day (ImpDay *found, int year, int month, int day)
{
  guint32 value = (guint32)(year * 10000 + month * 100 + day);

  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year)
      || found->n_days >= G_N_ELEMENTS (found->days))
    return;
  for (guint i = 0; i < found->n_days; i++)
    if (found->days[i] == value)
      return;
  found->days[found->n_days++] = value;
}

/* A year of two digits may be of either century. */
static void
add_days (ImpDay *found, int year, int month, int day)
{
  if (year < 0 || year >= 100)
    {
      add_day (found, year, month, day);
      return;
    }
  add_day (found, 1900 + year, month, day);
  add_day (found, 2000 + year, month, day);
}

static void
read_match (GMatchInfo *match, Order order, ImpDay *found)
{
  g_autofree char *one = g_match_info_fetch (match, 1);
  g_autofree char *two = g_match_info_fetch (match, 2);
  g_autofree char *three = g_match_info_fetch (match, 3);

  switch (order)
    {
    case YEAR_MONTH_DAY:
      add_days (found, read_number (one), read_number (two), read_number (three));
      break;
    case DAY_NAME_YEAR:
      add_days (found, read_number (three), read_month (two), read_number (one));
      break;
    case NAME_DAY_YEAR:
      add_days (found, read_number (three), read_month (one), read_number (two));
      break;
    case YEAR_NAME_DAY:
      add_days (found, read_number (one), read_month (two), read_number (three));
      break;
    case DAY_MONTH_YEAR:
    default:
      add_days (found, read_number (three), read_number (two), read_number (one));
      add_days (found, read_number (three), read_number (one), read_number (two));
      if (strlen (three) == 2) /* the year first */
        add_days (found, read_number (one), read_number (two), read_number (three));
      break;
    }
}

/**
 * imp_day_find:
 * @text: text in valid UTF-8
 *
 * Finds days in every usual format: 20240131, 2024-01-31, 31.01.2024, 1/31/24, 31 Jan 2024,
 * Jan 31, 2024, 31JAN24, also in other languages and with letters read for digits.
 *
 * Returns: (transfer full) (element-type ImpDay): what may be a day, each once
 */
GArray *
imp_day_find (const char *text)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ImpDay));

  for (guint i = 0; i < G_N_ELEMENTS (PATTERNS); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      g_regex_match (get_regex (i), text, 0, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          ImpDay day = { 0 };
          int start = 0;
          int end = 0;

          g_match_info_fetch_pos (match, 0, &start, &end);
          day.start = (gsize)start;
          day.end = (gsize)end;
          read_match (match, PATTERNS[i].order, &day);
          if (day.n_days > 0)
            g_array_append_val (found, day);
        }
    }
  return found;
}

/**
 * imp_day_find_times:
 * @text: text in valid UTF-8
 *
 * Returns: (transfer full) (element-type ImpMoment): times of day: 14:32:07, 2:32 PM, 14.32
 */
GArray *
imp_day_find_times (const char *text)
{
  static GRegex *regex = NULL;
  static gsize ready = 0;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ImpMoment));
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&ready))
    {
      regex = compile (TIME_PATTERN);
      g_once_init_leave (&ready, 1);
    }
  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *hour = g_match_info_fetch (match, 1);
      g_autofree char *minute = g_match_info_fetch (match, 2);
      g_autofree char *second = g_match_info_fetch (match, 3);
      g_autofree char *half = g_match_info_fetch (match, 4);
      ImpMoment moment = { .complete = second != NULL && *second != '\0' };
      int hours = atoi (hour);
      int start = 0;
      int end = 0;

      if (half != NULL && *half != '\0' && hours <= 12)
        hours = hours % 12 + (g_ascii_tolower (*half) == 'p' ? 12 : 0);
      if (hours > 23)
        continue;
      g_match_info_fetch_pos (match, 0, &start, &end);
      moment.start = (gsize)start;
      moment.end = (gsize)end;
      moment.value =
          (guint32)(hours * 10000 + atoi (minute) * 100 + (moment.complete ? atoi (second) : 0));
      g_array_append_val (found, moment);
    }
  return found;
}

/**
 * imp_day_find_ages:
 * @text: text in valid UTF-8
 *
 * Returns: (transfer full) (element-type ImpMoment): ages in years: 45Y, 045Y, 45 yrs, age 45, F/45
 */
GArray *
imp_day_find_ages (const char *text)
{
  static GRegex *regex = NULL;
  static gsize ready = 0;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ImpMoment));
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&ready))
    {
      regex = compile (AGE_PATTERN);
      g_once_init_leave (&ready, 1);
    }
  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      ImpMoment age = { 0 };
      int start = 0;
      int end = 0;

      for (int i = 1; i <= 4; i++)
        {
          g_autofree char *years = g_match_info_fetch (match, i);

          if (years != NULL && *years != '\0')
            age.value = (guint32)atoi (years);
        }
      g_match_info_fetch_pos (match, 0, &start, &end);
      age.start = (gsize)start;
      age.end = (gsize)end;
      if (age.value <= 120)
        g_array_append_val (found, age);
    }
  return found;
}

/**
 * imp_day_of_header:
 * @value: a value of a header: 20240131, 2024:01:31 10:11:12, 2024-01-31
 *
 * Returns: its day as YYYYMMDD, 0 where it does not begin with one
 */
guint32
imp_day_of_header (const char *value)
{
  guint32 day = 0;
  guint n = 0;

  for (; *value != '\0' && n < 8; value++)
    if (g_ascii_isdigit (*value))
      {
        day = 10 * day + (guint32)(*value - '0');
        n++;
      }
    else if (strchr ("-./:", *value) == NULL)
      break;
  if (n < 8 || day / 10000 < FIRST_YEAR || day / 10000 > LAST_YEAR
      || !g_date_valid_dmy ((GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                            (GDateYear)(day / 10000)))
    return 0;
  return day;
}

/**
 * imp_day_means:
 * @day: what may be a day
 * @wanted: a day, as YYYYMMDD
 *
 * Returns: whether @day may mean @wanted
 */
gboolean
imp_day_means (const ImpDay *day, guint32 wanted)
{
  for (guint i = 0; i < day->n_days; i++)
    if (day->days[i] == wanted)
      return TRUE;
  return FALSE;
}
