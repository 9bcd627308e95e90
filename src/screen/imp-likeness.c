#include "imp-likeness.h"

#include <string.h>

#include "imp-day.h"
#include "imp-reading.h"
#include "imp-vocabulary.h"

#define LEAST_DIGITS 5      /* of a number that may be somebody's */
#define LEAST_WITH_LETTER 4 /* digits, where letters stand before or behind them */
#define MOST_WHOLE 3        /* digits of a number on a scale, before its point */
#define MOST_MEASURED 5     /* digits of a measurement, before its point */
#define MOST_FRACTION 3

/**
 * imp_likeness_is_date:
 * @text: what was read, in valid UTF-8
 *
 * Returns: whether a day stands in it, a time of day with its seconds or half, or an age
 */
gboolean
imp_likeness_is_date (const char *text)
{
  g_autoptr (GArray) days = imp_day_find (text);
  g_autoptr (GArray) times = imp_day_find_times (text);
  g_autoptr (GArray) ages = imp_day_find_ages (text);

  if (days->len > 0 || ages->len > 0)
    return TRUE;
  for (guint i = 0; i < times->len; i++)
    {
      const ImpMoment *time = &g_array_index (times, ImpMoment, i);

      if (time->complete || g_ascii_tolower (text[time->end - 1]) == 'm')
        return TRUE;
    }
  return FALSE;
}

static void
count (const char *text, gsize length, guint *digits, guint *letters)
{
  *digits = *letters = 0;
  for (gsize i = 0; i < length; i++)
    {
      *digits += (guint)g_ascii_isdigit (text[i]);
      *letters += (guint)(g_ascii_isalpha (text[i]) || (text[i] & 0x80) != 0);
    }
}

/* Whether a run without blanks is a decimal number, such as of a measurement. */
static gboolean
is_decimal (const char *run)
{
  gsize whole = 0;
  gsize fraction = 0;

  run += *run == '-' || *run == '+';
  whole = strspn (run, "0123456789");
  if (run[whole] != '.' && run[whole] != ',')
    return FALSE;
  fraction = strspn (run + whole + 1, "0123456789");
  return whole <= MOST_MEASURED && fraction >= 1 && fraction <= MOST_FRACTION
         && !g_ascii_isdigit (run[whole + 1 + fraction])
         && strpbrk (run + whole + 1 + fraction, ".-/0123456789") == NULL;
}

static gboolean
is_number_run (const char *run)
{
  guint digits = 0;
  guint letters = 0;

  count (run, strlen (run), &digits, &letters);
  if (is_decimal (run))
    return FALSE;
  return digits >= LEAST_DIGITS || (letters > 0 && digits >= LEAST_WITH_LETTER);
}

/* "ID 12", "Acc: A7": whatever stands behind such a word and has a digit. */
static gboolean
has_labelled_number (const ImpReading *reading)
{
  for (guint i = 0; i + 1 < reading->words->len; i++)
    {
      const ImpReadWord *label = imp_reading_get_word (reading, i);
      const ImpReadWord *next = imp_reading_get_word (reading, i + 1);
      g_autofree char *word = g_strndup (reading->folded + label->first, label->length);
      guint digits = 0;
      guint letters = 0;

      count (reading->folded + next->first, next->length, &digits, &letters);
      if (digits > 0 && imp_vocabulary_is_label (word))
        return TRUE;
    }
  return FALSE;
}

/* @text with blanks where it has a day. */
static char *
without_days (const char *text)
{
  g_autoptr (GArray) days = imp_day_find (text);
  char *rest = g_strdup (text);

  for (guint i = 0; i < days->len; i++)
    {
      const ImpDay *day = &g_array_index (days, ImpDay, i);

      memset (rest + day->start, ' ', day->end - day->start);
    }
  return rest;
}

/**
 * imp_likeness_is_number:
 * @text: what was read, in valid UTF-8
 *
 * Returns: whether a number stands in it that may be somebody's and is no day: of five digits or
 * more, or of four with letters, which is no decimal; groups of digits such as 943 476 5919; or any
 * behind a word such as "ID"
 */
gboolean
imp_likeness_is_number (const char *text)
{
  g_autofree char *rest = without_days (text);
  g_auto (GStrv) runs = g_strsplit_set (rest, " \t()[]=:;", -1);
  g_autoptr (ImpReading) reading = imp_reading_new (rest);

  for (guint i = 0; runs[i] != NULL; i++)
    if (is_number_run (runs[i]))
      return TRUE;
  return has_labelled_number (reading)
         || g_regex_match_simple ("(?<![0-9.])[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}(?![0-9.])", rest,
                                  G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

/* Whether a word may be a part of a name: a capital first, letters alone, and none that pictures of
 * anybody have. */
static gboolean
may_be_name (const ImpReading *reading, guint n)
{
  const ImpReadWord *word = imp_reading_get_word (reading, n);
  g_autofree char *folded = g_strndup (reading->folded + word->first, word->length);

  return word->capital && word->length >= 2 && strpbrk (folded, "0123456789") == NULL
         && !imp_vocabulary_is_common (folded) && !imp_vocabulary_is_label (folded);
}

static gboolean
introduces_name (const ImpReading *reading, guint n)
{
  static const char *const WORDS[] = { "dr",   "mr",      "mrs",         "ms",       "miss", "prof",
                                       "name", "patient", "patientname", "pt",       "pat",  "nm",
                                       "op",   "surname", "forename",    "operator", NULL };
  const ImpReadWord *word = imp_reading_get_word (reading, n);
  g_autofree char *folded = g_strndup (reading->folded + word->first, word->length);

  return g_strv_contains (WORDS, folded);
}

/**
 * imp_likeness_is_name:
 * @text: what was read, in valid UTF-8
 *
 * Returns: whether it looks like a name: as DICOM writes one, a word behind "Dr" or "Name", or two
 *   words with capitals that pictures of anybody do not have
 */
gboolean
imp_likeness_is_name (const char *text)
{
  g_autoptr (ImpReading) reading = imp_reading_new (text);

  for (const char *caret = strchr (text, '^'); caret != NULL; caret = strchr (caret + 1, '^'))
    if (caret > text && g_ascii_isalpha (caret[-1]) && g_ascii_isalpha (caret[1]))
      return TRUE;
  for (guint i = 0; i + 1 < reading->words->len; i++)
    {
      const ImpReadWord *next = imp_reading_get_word (reading, i + 1);

      if (!may_be_name (reading, i + 1) || next->length < 2)
        continue;
      if (introduces_name (reading, i) || may_be_name (reading, i))
        return TRUE;
    }
  return FALSE;
}

/* What the runs of a text are, taken together. */
typedef struct
{
  gboolean number;
  gboolean unit;
  gboolean technique;
  gboolean view;
  gboolean side;
} Found;

/* The units of settings, as opposed to those of what is measured in the picture. */
static gboolean
is_setting_unit (const char *folded)
{
  static const char *const UNITS[] = { "kv",  "kvp", "ma",  "mas", "hz", "khz", "mhz",
                                       "fps", "db",  "mgy", "ugy", "ms", NULL };

  return g_strv_contains (UNITS, folded);
}

static gboolean
take_word (const char *folded, gboolean behind_number, Found *found)
{
  ImpKeep keep = imp_vocabulary_find_keep (folded);

  if (behind_number && imp_vocabulary_is_unit (folded))
    {
      found->unit = TRUE;
      found->technique = found->technique || is_setting_unit (folded);
    }
  else if (keep == IMP_KEEP_LATERALITY)
    found->side = TRUE;
  else if (keep == IMP_KEEP_VIEW)
    found->view = TRUE;
  else if (keep == IMP_KEEP_TECHNIQUE || is_setting_unit (folded))
    found->technique = TRUE;
  else
    return FALSE;
  return TRUE;
}

/* One run without blanks: a word, a number, or one behind the other: "MI0.9", "12.3mm", "3x4". */
static gboolean
take_run (const char *run, gboolean behind_number, Found *found, gboolean *bare)
{
  const char *at = run;
  g_autofree char *whole = imp_reading_fold (run, -1, IMP_READING_BASE);

  if (strpbrk (whole, "0123456789") != NULL
      && imp_vocabulary_find_keep (whole) != IMP_KEEP_NO) /* "4CH", "T1" */
    {
      *bare = FALSE;
      return take_word (whole, FALSE, found);
    }
  *bare = FALSE;
  while (*at != '\0')
    {
      gsize length = strcspn (at, "0123456789+-.,%/*<>~#'\"|_");

      if (length > 0)
        {
          g_autofree char *folded = imp_reading_fold (at, (gssize)length, IMP_READING_BASE);

          if (*folded != '\0' && !(g_str_equal (folded, "x") && found->number)
              && !take_word (folded, behind_number || *bare, found))
            return FALSE;
          *bare = FALSE;
          at += length;
          continue;
        }
      length = strspn (at, "0123456789");
      if (length == 0)
        {
          at++;
          continue;
        }
      if (length > MOST_MEASURED)
        return FALSE;
      found->number = *bare = TRUE;
      at += length;
      if ((*at == '.' || *at == ',') && g_ascii_isdigit (at[1]))
        {
          length = strspn (at + 1, "0123456789");
          if (length > MOST_FRACTION)
            return FALSE;
          at += 1 + length;
        }
    }
  return TRUE;
}

/* Whether a number before its point is longer than those of a scale. */
static gboolean
has_long_number (const char *text)
{
  for (const char *at = text; *at != '\0';)
    {
      gsize length = strspn (at, "0123456789");

      if (length > MOST_WHOLE)
        return TRUE;
      at += MAX (length, 1);
    }
  return FALSE;
}

/**
 * imp_likeness_find_keep:
 * @text: what was read, in valid UTF-8
 *
 * Returns: why readers of the picture need it: a side, a measurement, the numbers of a scale, a
 *   view, a setting of the machine. %IMP_KEEP_NO where any of it is something else, or looks like a
 *   date or a number of somebody
 */
ImpKeep
imp_likeness_find_keep (const char *text)
{
  g_auto (GStrv) runs = g_strsplit_set (text, " \t()[]=:;", -1);
  Found found = { 0 };
  gboolean bare = FALSE;

  if (imp_likeness_is_date (text) || imp_likeness_is_number (text) || imp_likeness_is_name (text))
    return IMP_KEEP_NO;
  for (guint i = 0; runs[i] != NULL; i++)
    if (*runs[i] != '\0' && !take_run (runs[i], bare, &found, &bare))
      return IMP_KEEP_NO;
  if (found.technique && (found.number || !found.side))
    return IMP_KEEP_TECHNIQUE;
  if (found.unit)
    return IMP_KEEP_MEASUREMENT;
  if (found.side || found.view)
    return found.number ? IMP_KEEP_NO : found.side ? IMP_KEEP_LATERALITY : IMP_KEEP_VIEW;
  return found.number && !has_long_number (text) ? IMP_KEEP_SCALE : IMP_KEEP_NO;
}
