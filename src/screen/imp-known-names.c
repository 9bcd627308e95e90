/* Where the names of people stand in a text that was read. */
#include <stdlib.h>
#include <string.h>

#include "imp-known-private.h"
#include "imp-vocabulary.h"

#define LEAST_GLUED 6 /* letters of a part that is found within a longer word */
#define GLUED_LIMIT (2 * IMP_READING_SLIP)
#define LEAST_BY_ITSELF 4
#define LEAST_JOINED 5 /* letters of a part that was read as several words */
#define MOST_JOINED 3  /* words that one part was read as */
#define LEAST_INITIALS 3

/* What of one name was found in the words of one text. */
typedef struct
{
  const ImpKnownValue *value;
  const ImpReading *reading;
  guint8 *marks; /* a Mark for each word */
} Look;

typedef enum
{
  MARK_NONE,
  MARK_INITIAL,
  MARK_SHORT, /* a part of two or three letters */
  MARK_PART,  /* a part that counts by itself */
} Mark;

/* How many slips and errors a part of a name may be read with, by its letters. */
static guint
name_limit (gsize length)
{
  static const guint LIMITS[] = {
    0, 0, 0, 0, IMP_READING_SLIP, 2 * IMP_READING_SLIP, IMP_READING_ERROR, IMP_READING_ERROR, 4, 4
  };

  return length < G_N_ELEMENTS (LIMITS) ? LIMITS[length] : 2 * IMP_READING_ERROR;
}

static const char *
word_text (const Look *look, guint n)
{
  return look->reading->folded + imp_reading_get_word (look->reading, n)->first;
}

static guint
word_length (const Look *look, guint n)
{
  return imp_reading_get_word (look->reading, n)->length;
}

static gboolean
is_common_word (const Look *look, guint n)
{
  g_autofree char *word = g_strndup (word_text (look, n), word_length (look, n));

  return imp_vocabulary_is_common (word);
}

/* Whether the folded letters are the part. A word that stands in pictures anyway is itself, and no
 * misread name. */
static gboolean
says_part (const char *part, const char *text, gsize length, guint limit)
{
  guint distance = imp_reading_compare (part, strlen (part), text, length, limit);
  g_autofree char *word = NULL;

  if (distance == 0)
    return TRUE;
  word = g_strndup (text, length);
  return distance <= limit && !imp_vocabulary_is_common (word);
}

static void
mark (Look *look, guint first, guint n, Mark with)
{
  for (guint i = first; i < first + n; i++)
    look->marks[i] = MAX (look->marks[i], (guint8)with);
}

/* A part as one word, as several, or within one. */
static void
mark_part (Look *look, const char *part)
{
  gsize n = strlen (part);
  guint n_words = look->reading->words->len;

  for (guint i = 0; i < n_words; i++)
    {
      const char *text = word_text (look, i);
      guint length = 0;

      for (guint j = 0; j < MOST_JOINED && i + j < n_words; j++)
        {
          length += word_length (look, i + j);
          if ((j == 0 || n >= LEAST_JOINED) && says_part (part, text, length, name_limit (n)))
            mark (look, i, j + 1, n >= LEAST_BY_ITSELF ? MARK_PART : MARK_SHORT);
        }
      length = word_length (look, i);
      if (n >= LEAST_GLUED && length > n
          && (says_part (part, text, n, GLUED_LIMIT)
              || says_part (part, text + length - n, n, GLUED_LIMIT)))
        mark (look, i, 1, MARK_PART);
    }
}

/* Two parts that were read as one word: "EXAMPLEPERSON". */
static void
mark_pairs (Look *look)
{
  const GPtrArray *parts = look->value->parts;

  for (guint i = 0; i < parts->len; i++)
    for (guint j = 0; j < parts->len; j++)
      {
        const char *one = g_ptr_array_index (parts, i);
        const char *other = g_ptr_array_index (parts, j);
        g_autofree char *both = g_strconcat (one, other, NULL);

        if (i == j || strlen (one) < 2 || strlen (other) < 2 || strlen (both) < LEAST_BY_ITSELF)
          continue;
        for (guint k = 0; k < look->reading->words->len; k++)
          if (says_part (both, word_text (look, k), word_length (look, k),
                         name_limit (strlen (both))))
            mark (look, k, 1, MARK_PART);
      }
}

static gboolean
is_initial (const Look *look, guint n)
{
  return word_length (look, n) == 1
         && strchr (look->value->initials->str, *word_text (look, n)) != NULL;
}

static gboolean
is_short_part (const Look *look, guint n)
{
  return look->marks[n] == MARK_SHORT;
}

/* Initials count beside a part; parts of two or three letters beside each other. */
static void
mark_beside (Look *look)
{
  guint n = look->reading->words->len;

  for (guint i = 0; i < n; i++)
    if (look->marks[i] == MARK_NONE && is_initial (look, i))
      look->marks[i] = MARK_INITIAL;
  for (guint i = 0; i + 1 < n; i++)
    {
      guint letters = word_length (look, i) + word_length (look, i + 1);

      if (is_short_part (look, i) && is_short_part (look, i + 1) && letters >= LEAST_BY_ITSELF)
        mark (look, i, 2, MARK_PART);
    }
}

static int
compare_letters (gconstpointer a, gconstpointer b)
{
  return *(const char *)a - *(const char *)b;
}

/* "P.A.E.", "P A E": all the initials of a name in a row, in any order. */
static void
mark_initials (Look *look)
{
  g_autofree char *wanted = g_strdup (look->value->initials->str);
  guint n = (guint)look->value->initials->len;

  if (n < LEAST_INITIALS)
    return;
  qsort (wanted, n, 1, compare_letters);
  for (guint i = 0; i + n <= look->reading->words->len; i++)
    {
      g_autoptr (GString) run = g_string_new (NULL);

      for (guint j = i; j < i + n && word_length (look, j) == 1; j++)
        g_string_append_c (run, *word_text (look, j));
      qsort (run->str, run->len, 1, compare_letters);
      if (g_str_equal (run->str, wanted))
        mark (look, i, n, MARK_PART);
    }
}

/* Whether nothing stands there but what is of the name. */
static gboolean
says_nothing_else (const Look *look)
{
  for (guint i = 0; i < look->reading->words->len; i++)
    {
      g_autofree char *word = g_strndup (word_text (look, i), word_length (look, i));

      if (look->marks[i] == MARK_NONE && !imp_vocabulary_is_title (word)
          && !imp_vocabulary_is_label (word))
        return FALSE;
    }
  return TRUE;
}

/* Runs of marked words that hold a part, or a short one of three letters where nothing else is. */
static void
add_runs (const Look *look, GArray *found)
{
  guint n = look->reading->words->len;
  gboolean alone = says_nothing_else (look);

  for (guint i = 0; i < n; i++)
    {
      guint end = i;
      gboolean counts = FALSE;
      gboolean firm = alone;

      for (; end < n && look->marks[end] != MARK_NONE; end++)
        if (look->marks[end] == MARK_PART
            || (alone && is_short_part (look, end) && word_length (look, end) == 3))
          {
            counts = TRUE;
            firm = firm || !is_common_word (look, end);
          }
      if (counts)
        _imp_known_add_match (found, look->value, imp_reading_get_word (look->reading, i)->start,
                              imp_reading_get_word (look->reading, end - 1)->end,
                              firm || end > i + 1);
      i = MAX (i, end);
    }
}

/**
 * _imp_known_find_names:
 * @known: what is known
 * @reading: what was read
 * @found: what was found so far
 *
 * Finds the names of @known in the words of @reading.
 */
void
_imp_known_find_names (const ImpKnown *known, const ImpReading *reading, GArray *found)
{
  g_autofree guint8 *marks = g_new0 (guint8, MAX (reading->words->len, 1));

  for (guint i = 0; i < known->values->len; i++)
    {
      const ImpKnownValue *value = g_ptr_array_index (known->values, i);
      Look look = { value, reading, marks };

      if (value->kind != IMP_KNOWN_NAME)
        continue;
      memset (marks, MARK_NONE, MAX (reading->words->len, 1));
      for (guint j = 0; j < value->parts->len; j++)
        {
          const char *part = g_ptr_array_index (value->parts, j);

          mark_part (&look, part);
        }
      mark_pairs (&look);
      mark_beside (&look);
      mark_initials (&look);
      add_runs (&look, found);
    }
}
