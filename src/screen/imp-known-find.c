/* Where what is known stands in a text that was read: numbers, places, days. */
#include <string.h>

#include "imp-day.h"
#include "imp-known-private.h"
#include "imp-vocabulary.h"

#define LEAST_WITHIN 6 /* characters of a number that is found within other letters */
#define LEAST_ALONE 4  /* characters of a number that is found as a word */
#define LEAST_LONG 8   /* characters of a number that is found within a longer one */
#define MOST_SLACK 3   /* letters that a reading may have more, or fewer */

/**
 * _imp_known_add_match:
 * @found: what was found so far
 * @value: what is known
 * @start: where it stands in the text, in bytes
 * @end: where it ends
 * @firm: whether it is no chance
 *
 * Adds a match, or lets one that touches it grow.
 */
void
_imp_known_add_match (GArray *found, const ImpKnownValue *value, gsize start, gsize end,
                      gboolean firm)
{
  const ImpKnownMatch match = { start, end, value->why, value->detail, firm && value->firm };

  for (guint i = 0; i < found->len; i++)
    {
      ImpKnownMatch *one = &g_array_index (found, ImpKnownMatch, i);

      if (one->why == match.why && g_str_equal (one->detail, match.detail)
          && one->start <= match.end && match.start <= one->end)
        {
          one->start = MIN (one->start, match.start);
          one->end = MAX (one->end, match.end);
          one->firm = one->firm || match.firm;
          return;
        }
    }
  g_array_append_val (found, match);
}

/* How far a number may be from what was read of it, by its length. */
static guint
number_limit (gsize length)
{
  return length >= 10             ? IMP_READING_ERROR + IMP_READING_SLIP
         : length >= LEAST_LONG   ? IMP_READING_ERROR
         : length >= LEAST_WITHIN ? 2 * IMP_READING_SLIP
                                  : IMP_READING_SLIP;
}

/* How far a text of letters may be. */
static guint
text_limit (gsize length)
{
  return length >= 12  ? (guint)length / 6 * IMP_READING_ERROR
         : length >= 6 ? IMP_READING_ERROR
         : length >= 5 ? 2 * IMP_READING_SLIP
                       : 0;
}

static void
add_span (GArray *found, const ImpKnownValue *value, const ImpReading *reading, gsize first,
          gsize length, gboolean firm)
{
  _imp_known_add_match (found, value, g_array_index (reading->starts, gsize, first),
                        g_array_index (reading->ends, gsize, first + length - 1), firm);
}

/* Whether a word begins or ends between two folded letters. */
static gboolean
is_edge (const ImpReading *reading, gsize at)
{
  for (guint i = 0; i < reading->words->len; i++)
    {
      const ImpReadWord *word = imp_reading_get_word (reading, i);

      if (word->first == at || word->first + word->length == at)
        return TRUE;
    }
  return FALSE;
}

/* A number that goes on is another number. */
static gboolean
goes_on (const ImpReading *reading, gsize first, gsize length)
{
  const char *text = reading->folded;
  gboolean before = first > 0 && g_ascii_isdigit (text[first - 1]) && g_ascii_isdigit (text[first])
                    && !is_edge (reading, first);
  gboolean after = g_ascii_isdigit (text[first + length])
                   && g_ascii_isdigit (text[first + length - 1])
                   && !is_edge (reading, first + length);

  return before || after;
}

/* The reading of @part in @reading that is the nearest, wherever it begins. */
static gboolean
find_nearest (const ImpReading *reading, const char *part, guint limit, gboolean at_edges,
              gsize *first, gsize *length)
{
  gsize n = strlen (part);
  gsize total = strlen (reading->folded);
  guint best = limit + 1;

  for (gsize start = 0; start < total && best > 0; start++)
    {
      if (at_edges && !is_edge (reading, start))
        continue;
      for (gsize l = n > MOST_SLACK ? n - MOST_SLACK : 1; l <= n + MOST_SLACK && start + l <= total;
           l++)
        {
          guint distance = best;

          if (at_edges && !is_edge (reading, start + l))
            continue;
          distance = imp_reading_compare (part, n, reading->folded + start, l, best - 1);
          if (distance < best && (at_edges || !goes_on (reading, start, l) || n >= LEAST_LONG))
            {
              best = distance;
              *first = start;
              *length = l;
            }
        }
    }
  return best <= limit;
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

static gboolean
has_letter (const char *text)
{
  return strspn (text, "0123456789") < strlen (text);
}

/* A short number counts as a word of its own: by itself, or behind "ID", "No", … where it is of
 * digits alone or shorter still, as a measurement would be, too. */
static void
find_short_number (const ImpKnownValue *value, const char *part, const ImpReading *reading,
                   GArray *found)
{
  gsize n = strlen (part);

  for (guint i = 0; i < reading->words->len; i++)
    {
      const ImpReadWord *word = imp_reading_get_word (reading, i);
      const ImpReadWord *before = i > 0 ? imp_reading_get_word (reading, i - 1) : NULL;
      g_autofree char *label =
          before != NULL ? g_strndup (reading->folded + before->first, before->length) : NULL;
      gboolean labelled = label != NULL && imp_vocabulary_is_label (label);
      guint limit =
          n >= LEAST_ALONE && has_letter (part) && has_digit (part) ? IMP_READING_SLIP : 0;

      if (n < LEAST_ALONE && !labelled)
        continue;
      if (!(has_letter (part) && has_digit (part)) && !labelled && reading->words->len > 1)
        continue;
      if (imp_reading_compare (part, n, reading->folded + word->first, word->length, limit)
          <= limit)
        add_span (found, value, reading, word->first, word->length, TRUE);
    }
}

static void
find_number (const ImpKnownValue *value, const ImpReading *reading, GArray *found)
{
  for (guint i = 0; i < value->parts->len; i++)
    {
      const char *part = g_ptr_array_index (value->parts, i);
      gsize first = 0;
      gsize length = 0;

      if (strlen (part) < LEAST_WITHIN || !has_digit (part))
        find_short_number (value, part, reading, found);
      else if (find_nearest (reading, part, number_limit (strlen (part)), FALSE, &first, &length))
        add_span (found, value, reading, first, length, TRUE);
    }
}

/* A place or a text as a whole, and the words of a place that are no other's. */
static void
find_text (const ImpKnownValue *value, const ImpReading *reading, GArray *found)
{
  for (guint i = 0; i < value->parts->len; i++)
    {
      const char *part = g_ptr_array_index (value->parts, i);
      gsize first = 0;
      gsize length = 0;

      if (find_nearest (reading, part, text_limit (strlen (part)), TRUE, &first, &length))
        add_span (found, value, reading, first, length, !imp_vocabulary_is_common (part));
    }
}

static void
find_plain (const ImpKnownValue *value, const char *text, GArray *found)
{
  const char *at = value->plain != NULL ? strstr (text, value->plain) : NULL;

  if (at != NULL)
    _imp_known_add_match (found, value, (gsize)(at - text),
                          (gsize)(at - text) + strlen (value->plain), TRUE);
}

static void
find_days (const ImpKnown *self, const char *text, GArray *found)
{
  g_autoptr (GArray) days = imp_day_find (text);

  for (guint i = 0; i < self->values->len; i++)
    {
      const ImpKnownValue *value = g_ptr_array_index (self->values, i);

      for (guint j = 0; value->kind == IMP_KNOWN_DAY && j < days->len; j++)
        {
          const ImpDay *day = &g_array_index (days, ImpDay, j);

          if (imp_day_means (day, value->moment))
            _imp_known_add_match (found, value, day->start, day->end, TRUE);
        }
    }
}

/* An hour and its minute are many pictures'; with the second they are one's. */
static void
find_moments (const ImpKnown *self, const char *text, GArray *found)
{
  g_autoptr (GArray) times = imp_day_find_times (text);
  g_autoptr (GArray) ages = imp_day_find_ages (text);

  for (guint i = 0; i < self->values->len; i++)
    {
      const ImpKnownValue *value = g_ptr_array_index (self->values, i);

      for (guint j = 0; value->kind == IMP_KNOWN_TIME && j < times->len; j++)
        {
          const ImpMoment *time = &g_array_index (times, ImpMoment, j);

          if (time->value == value->moment
              || (!time->complete && time->value / 100 == value->moment / 100))
            _imp_known_add_match (found, value, time->start, time->end, time->complete);
        }
      for (guint j = 0; value->kind == IMP_KNOWN_AGE && j < ages->len; j++)
        {
          const ImpMoment *age = &g_array_index (ages, ImpMoment, j);

          if (age->value == value->moment)
            _imp_known_add_match (found, value, age->start, age->end, TRUE);
        }
    }
}

/**
 * imp_known_find:
 * @known: what is known
 * @text: what was read at one place, in UTF-8
 *
 * Finds names in any order, apart or joined, with their initials; numbers with whatever between
 * their digits; days in every usual format, times, ages, and places: also where letters were taken
 * for others. What is too short to tell a person counts only beside something that does:
 *
 *  - two letters of a name, beside another part of the same name; three, where nothing else stands
 *    there; an initial, beside a part of four letters or more; three initials, by themselves;
 *  - a number of four or five characters, as a word of its own, and where it has digits alone, by
 *    itself or behind "ID" or its like; a shorter one, behind that.
 *
 * Returns: (transfer full) (element-type ImpKnownMatch): what was found
 */
GArray *
imp_known_find (const ImpKnown *known, const char *text)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ImpKnownMatch));
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (ImpReading) reading = imp_reading_new (valid);

  for (guint i = 0; i < known->values->len; i++)
    {
      const ImpKnownValue *value = g_ptr_array_index (known->values, i);

      find_plain (value, valid, found);
      if (value->kind == IMP_KNOWN_NUMBER)
        find_number (value, reading, found);
      else if (value->kind == IMP_KNOWN_PLACE || value->kind == IMP_KNOWN_WORDS)
        find_text (value, reading, found);
    }
  _imp_known_find_names (known, reading, found);
  find_days (known, valid, found);
  find_moments (known, valid, found);
  return found;
}
