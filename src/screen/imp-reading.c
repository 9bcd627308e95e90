#include "imp-reading.h"

#include <string.h>

#define LONGEST 64u /* letters of what is compared; of more the first count */

/* Letters that do not come apart into a Latin one and a mark. */
static const struct
{
  gunichar letter;
  const char *base;
  const char *spelt; /* NULL: as base */
  const char *shape; /* NULL: as base */
} LETTERS[] = {
  { 0x00df, "ss", NULL, "b" },  { 0x00e6, "ae", NULL, NULL },  { 0x00f8, "o", "oe", NULL },
  { 0x00f0, "d", NULL, NULL },  { 0x00fe, "th", NULL, "p" },   { 0x0111, "d", "dj", NULL },
  { 0x0131, "i", NULL, NULL },  { 0x0142, "l", NULL, NULL },   { 0x0153, "oe", NULL, NULL },
  { 0x014b, "ng", NULL, "n" },  { 0x0127, "h", NULL, NULL },   { 0x0138, "k", NULL, NULL },
  { 0x0167, "t", NULL, NULL },  { 0x0430, "a", NULL, "a" },    { 0x0431, "b", NULL, "6" },
  { 0x0432, "v", NULL, "b" },   { 0x0433, "g", NULL, "r" },    { 0x0434, "d", NULL, "a" },
  { 0x0435, "e", NULL, "e" },   { 0x0436, "zh", NULL, "k" },   { 0x0437, "z", NULL, "3" },
  { 0x0438, "i", NULL, "n" },   { 0x043a, "k", NULL, "k" },    { 0x043b, "l", NULL, "n" },
  { 0x043c, "m", NULL, "m" },   { 0x043d, "n", NULL, "h" },    { 0x043e, "o", NULL, "o" },
  { 0x043f, "p", NULL, "n" },   { 0x0440, "r", NULL, "p" },    { 0x0441, "s", NULL, "c" },
  { 0x0442, "t", NULL, "t" },   { 0x0443, "u", NULL, "y" },    { 0x0444, "f", NULL, "o" },
  { 0x0445, "kh", "h", "x" },   { 0x0446, "ts", "c", "u" },    { 0x0447, "ch", NULL, "4" },
  { 0x0448, "sh", NULL, "w" },  { 0x0449, "shch", NULL, "w" }, { 0x044a, "", NULL, "b" },
  { 0x044b, "y", NULL, "bi" },  { 0x044c, "", NULL, "b" },     { 0x044d, "e", NULL, "3" },
  { 0x044e, "yu", "iu", "io" }, { 0x044f, "ya", "ia", "r" },   { 0x0454, "ie", NULL, "e" },
  { 0x0456, "i", NULL, "i" },   { 0x0458, "j", NULL, "j" },    { 0x0459, "lj", NULL, "b" },
  { 0x045a, "nj", NULL, "h" },  { 0x0452, "dj", NULL, "h" },   { 0x045b, "c", NULL, "h" },
  { 0x045f, "dz", NULL, "u" },  { 0x0455, "dz", NULL, "s" },   { 0x0491, "g", NULL, "r" },
  { 0x03b1, "a", NULL, "a" },   { 0x03b2, "v", "b", "b" },     { 0x03b3, "g", NULL, "y" },
  { 0x03b4, "d", NULL, "a" },   { 0x03b5, "e", NULL, "e" },    { 0x03b6, "z", NULL, "z" },
  { 0x03b7, "i", NULL, "h" },   { 0x03b8, "th", NULL, "o" },   { 0x03b9, "i", NULL, "i" },
  { 0x03ba, "k", NULL, "k" },   { 0x03bb, "l", NULL, "a" },    { 0x03bc, "m", NULL, "m" },
  { 0x03bd, "n", NULL, "n" },   { 0x03be, "x", NULL, "e" },    { 0x03bf, "o", NULL, "o" },
  { 0x03c0, "p", NULL, "n" },   { 0x03c1, "r", NULL, "p" },    { 0x03c2, "s", NULL, "e" },
  { 0x03c3, "s", NULL, "e" },   { 0x03c4, "t", NULL, "t" },    { 0x03c5, "y", "u", "y" },
  { 0x03c6, "f", "ph", "o" },   { 0x03c7, "ch", "h", "x" },    { 0x03c8, "ps", NULL, "y" },
  { 0x03c9, "o", NULL, "o" },
};

/* Letters that are taken for each other: each stands beside those that look like it. */
static const char *const LOOKS[] = { "0odqc", "1lijt7", "5s", "8b3", "2z", "6gb", "9gq", "4a", "uv",
                                     "ceo",   "nhm",    "vy", "ft",  "kx", "ea",  "wv",  "rn" };

/* Pairs of letters that are taken for one. */
static const char *const PAIRS[] = {
  "rnm", "nnm", "cld", "vvw", "iiu", "lih", "iin", "lok", "1ok"
};

static const char *
fold_mark (gunichar mark, gunichar letter, ImpReadingFold how)
{
  if (how != IMP_READING_SPELT)
    return "";
  if (mark == 0x0308 && strchr ("aou", (int)letter) != NULL)
    return "e";
  return mark == 0x030a && letter == 'a' ? "a" : "";
}

static const char *
fold_other (gunichar letter, ImpReadingFold how)
{
  for (guint i = 0; i < G_N_ELEMENTS (LETTERS); i++)
    if (LETTERS[i].letter == letter)
      {
        if (how == IMP_READING_SPELT && LETTERS[i].spelt != NULL)
          return LETTERS[i].spelt;
        if (how == IMP_READING_SHAPE && LETTERS[i].shape != NULL)
          return LETTERS[i].shape;
        return LETTERS[i].base;
      }
  return "";
}

/* One letter of a text as those that are read; "" where it is none that could be. */
static char *
fold_letter (gunichar letter, ImpReadingFold how)
{
  gunichar apart[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n =
      g_unichar_fully_decompose (g_unichar_tolower (letter), TRUE, apart, G_N_ELEMENTS (apart));
  g_autoptr (GString) folded = g_string_new (NULL);

  for (gsize i = 0; i < MIN (n, G_N_ELEMENTS (apart)); i++)
    {
      gunichar c = g_unichar_tolower (apart[i]);

      if (c < 0x80)
        {
          if (g_ascii_isalnum ((char)c))
            g_string_append_c (folded, (char)c);
        }
      else if (g_unichar_ismark (c))
        g_string_append (folded, fold_mark (c, apart[0], how));
      else
        g_string_append (folded, fold_other (c, how));
    }
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/**
 * imp_reading_fold:
 * @text: text in UTF-8
 * @length: its bytes, or -1
 * @how: what becomes of letters that are not read as they are
 *
 * Returns: (transfer full): @text in a to z and 0 to 9 alone; empty where nothing of it would be
 *   read, such as of Chinese characters
 */
char *
imp_reading_fold (const char *text, gssize length, ImpReadingFold how)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);
  GString *folded = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_autofree char *letter = fold_letter (g_utf8_get_char (at), how);

      g_string_append (folded, letter);
    }
  return g_string_free (folded, FALSE);
}

/* Signs that are read where a letter stands belong to the word that they stand in. */
static const char *
read_sign (gunichar c)
{
  return c == '|' || c == '!' ? "l" : c == '$' ? "s" : NULL;
}

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || read_sign (c) != NULL;
}

static void
append_letter (ImpReading *self, GString *folded, const char *text, const char *at)
{
  gunichar c = g_utf8_get_char (at);
  g_autofree char *letter =
      read_sign (c) != NULL ? g_strdup (read_sign (c)) : fold_letter (c, IMP_READING_BASE);
  gsize start = (gsize)(at - text);
  gsize end = (gsize)(g_utf8_next_char (at) - text);

  for (const char *each = letter; *each != '\0'; each++)
    {
      g_string_append_c (folded, *each);
      g_array_append_val (self->starts, start);
      g_array_append_val (self->ends, end);
    }
}

/**
 * imp_reading_new:
 * @text: what was read, in valid UTF-8
 *
 * Returns: (transfer full): it as words that can be compared
 */
ImpReading *
imp_reading_new (const char *text)
{
  ImpReading *self = g_new0 (ImpReading, 1);
  GString *folded = g_string_new (NULL);

  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->words = g_array_new (FALSE, FALSE, sizeof (ImpReadWord));
  for (const char *at = text; *at != '\0';)
    {
      ImpReadWord word = { .first = (guint)folded->len, .start = (gsize)(at - text) };

      if (!is_of_word (g_utf8_get_char (at)))
        {
          at = g_utf8_next_char (at);
          continue;
        }
      word.capital = g_unichar_isupper (g_utf8_get_char (at));
      for (; *at != '\0' && is_of_word (g_utf8_get_char (at)); at = g_utf8_next_char (at))
        append_letter (self, folded, text, at);
      word.end = (gsize)(at - text);
      word.followed = *at == '.';
      word.length = (guint)folded->len - word.first;
      if (word.length > 0)
        g_array_append_val (self->words, word);
    }
  self->folded = g_string_free (folded, FALSE);
  return self;
}

/**
 * imp_reading_free:
 * @reading: (transfer full) (nullable): a reading
 */
void
imp_reading_free (ImpReading *reading)
{
  if (reading == NULL)
    return;
  g_free (reading->folded);
  g_array_unref (reading->starts);
  g_array_unref (reading->ends);
  g_array_unref (reading->words);
  g_free (reading);
}

/**
 * imp_reading_get_word:
 * @reading: a reading
 * @n: which of its words, from 0
 *
 * Returns: (transfer none): that word
 */
const ImpReadWord *
imp_reading_get_word (const ImpReading *reading, guint n)
{
  return &g_array_index (reading->words, ImpReadWord, n);
}

/**
 * imp_reading_looks_like:
 * @a: a folded letter
 * @b: another
 *
 * Returns: whether one is taken for the other: 0 for O, 5 for S
 */
gboolean
imp_reading_looks_like (char a, char b)
{
  if (a == b)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (LOOKS); i++)
    if (strchr (LOOKS[i], a) != NULL && strchr (LOOKS[i], b) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_pair_of (const char *two, char one)
{
  for (guint i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    if (PAIRS[i][0] == two[0] && PAIRS[i][1] == two[1] && PAIRS[i][2] == one)
      return TRUE;
  return FALSE;
}

/**
 * imp_reading_compare:
 * @a: (array length=n_a): folded letters
 * @n_a: how many
 * @b: (array length=n_b): others
 * @n_b: how many
 * @limit: how far is of interest
 *
 * Returns: how far one reading is from the other: the least sum of %IMP_READING_SLIP and
 *   %IMP_READING_ERROR that turns @a into @b, or @limit + 1 where that is more
 */
guint
imp_reading_compare (const char *a, gsize n_a, const char *b, gsize n_b, guint limit)
{
  guint rows[3][LONGEST + 1];
  guint before = 0;

  n_a = MIN (n_a, LONGEST);
  n_b = MIN (n_b, LONGEST);
  if (MAX (n_a, n_b) - MIN (n_a, n_b) > limit)
    return limit + 1;
  for (gsize i = 0; i <= n_a; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i + 2) % 3];
      const guint *second = rows[(i + 1) % 3];
      guint least = G_MAXUINT;

      for (gsize j = 0; j <= n_b; j++)
        {
          guint best = i == 0 && j == 0 ? 0 : G_MAXUINT / 2;

          if (i > 0)
            best = MIN (best, above[j] + IMP_READING_ERROR);
          if (j > 0)
            best = MIN (best, row[j - 1] + IMP_READING_ERROR);
          if (i > 0 && j > 0)
            best = MIN (best,
                        above[j - 1]
                            + (a[i - 1] == b[j - 1]                          ? 0
                               : imp_reading_looks_like (a[i - 1], b[j - 1]) ? IMP_READING_SLIP
                                                                             : IMP_READING_ERROR));
          if (i > 1 && j > 0 && is_pair_of (a + i - 2, b[j - 1]))
            best = MIN (best, second[j - 1] + IMP_READING_SLIP);
          if (i > 0 && j > 1 && is_pair_of (b + j - 2, a[i - 1]))
            best = MIN (best, above[j - 2] + IMP_READING_SLIP);
          row[j] = best;
          least = MIN (least, best);
        }
      if (MIN (least, before) > limit)
        return limit + 1;
      before = least;
    }
  return MIN (rows[n_a % 3][n_b], limit + 1);
}
