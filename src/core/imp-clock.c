#include "imp-clock.h"

#include <stdlib.h>
#include <string.h>

/**
 * imp_clock_now:
 *
 * Returns: (transfer full): the present moment in UTC with milliseconds,
 *   "2026-11-22T12:07:29.123Z"
 */
char *
imp_clock_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *seconds = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (now) / 1000);
}

/**
 * imp_clock_today:
 *
 * Returns: (transfer full): today's date where the user is, "2026-11-22": consent begins and
 *   ends with the local day
 */
char *
imp_clock_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

static gboolean
parse_date (const char *date, GDate *parsed)
{
  static const char FORM[] = "dddd-dd-dd";
  int year = 0;
  int month = 0;
  int day = 0;

  if (date == NULL || strlen (date) != strlen (FORM))
    return FALSE;
  for (gsize i = 0; i < strlen (FORM); i++)
    if (FORM[i] == 'd' ? !g_ascii_isdigit (date[i]) : date[i] != FORM[i])
      return FALSE;
  year = atoi (date);
  month = atoi (date + 5);
  day = atoi (date + 8);
  if (!g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_clear (parsed, 1);
  g_date_set_dmy (parsed, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

/**
 * imp_clock_date_is_valid:
 * @date: (nullable): text
 *
 * Returns: whether @date is a day of the calendar written "YYYY-MM-DD"
 */
gboolean
imp_clock_date_is_valid (const char *date)
{
  GDate parsed;

  return parse_date (date, &parsed);
}

/**
 * imp_clock_day_of:
 * @moment: (nullable): a moment as imp_clock_now() gives it, or a day
 *
 * Returns: (transfer full) (nullable): the day that it was where the user is, as imp_clock_today();
 *   a day is itself, and %NULL is what is neither
 */
char *
imp_clock_day_of (const char *moment)
{
  g_autoptr (GDateTime) there = NULL;
  g_autoptr (GDateTime) here = NULL;

  if (imp_clock_date_is_valid (moment))
    return g_strdup (moment);
  there = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;
  here = there != NULL ? g_date_time_to_local (there) : NULL;
  return here != NULL ? g_date_time_format (here, "%Y-%m-%d") : NULL;
}

/**
 * imp_clock_age_at:
 * @born: (nullable): "YYYY-MM-DD"
 * @day: (nullable): "YYYY-MM-DD"
 *
 * Returns: whole years from @born to @day, or -1 where either is not a date or @born is later
 */
int
imp_clock_age_at (const char *born, const char *day)
{
  GDate from;
  GDate to;
  int years = 0;

  if (!parse_date (born, &from) || !parse_date (day, &to) || g_date_compare (&from, &to) > 0)
    return -1;
  years = g_date_get_year (&to) - g_date_get_year (&from);
  if (g_date_get_month (&to) < g_date_get_month (&from)
      || (g_date_get_month (&to) == g_date_get_month (&from)
          && g_date_get_day (&to) < g_date_get_day (&from)))
    years--;
  return years;
}

/**
 * imp_clock_birthday:
 * @born: (nullable): "YYYY-MM-DD"
 * @years: an age, 0 to 150
 *
 * Returns: (transfer full) (nullable): the day on which that age is reached, 1 March for 29
 * February where the year has no such day, as imp_clock_age_at() counts; %NULL where @born is no
 * date
 */
char *
imp_clock_birthday (const char *born, int years)
{
  GDate day;
  int year = 0;

  if (!parse_date (born, &day))
    return NULL;
  year = g_date_get_year (&day) + years;
  if (!g_date_valid_dmy (g_date_get_day (&day), g_date_get_month (&day), (GDateYear)year))
    return g_strdup_printf ("%04d-03-01", year);
  return g_strdup_printf ("%04d-%02d-%02d", year, (int)g_date_get_month (&day),
                          (int)g_date_get_day (&day));
}
