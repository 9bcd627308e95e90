/* Words that fit a word that was typed. */
#include <gio/gio.h>
#include <string.h>

#include "imp-finding-private.h"
#include "imp-register-text.h"
#include "imp-sound.h"

/* How well a word fits; the farther, the later. */
#define SAME 0
#define BEGINS 10
#define CONTAINS 20
#define SOUNDS_AND_NEAR 25
#define ONE_LETTER 30
#define SOUNDS 35
#define TWO_LETTERS 40

#define MOST_WORDS 300  /* of each kind, for one word that was typed */
#define MOST_TYPED 6    /* words; what is typed after them finds nobody else */
#define MOST_LETTERS 64 /* as many as the index has */
#define ONE_WRONG 3     /* letters a word must have to be allowed one wrong */
#define TWO_WRONG 7
#define MOST_SHORT 8 /* letters of a word that the index has shortened */

/**
 * imp_typed_new:
 * @word: a folded word
 *
 * Returns: (transfer full): it, ready to be compared
 */
ImpTyped *
imp_typed_new (const char *word)
{
  ImpTyped *typed = g_new0 (ImpTyped, 1);

  typed->text = g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), MOST_LETTERS));
  typed->letters = g_utf8_to_ucs4_fast (typed->text, -1, &typed->n_letters);
  typed->sound = imp_sound_of (typed->text);
  return typed;
}

/**
 * imp_typed_free:
 * @typed: (transfer full) (nullable): a word that was typed
 */
void
imp_typed_free (ImpTyped *typed)
{
  if (typed == NULL)
    return;
  g_free (typed->text);
  g_free (typed->letters);
  g_free (typed->sound);
  g_free (typed);
}

/**
 * imp_typed_split:
 * @folded: folded text
 *
 * Returns: (transfer container) (element-type ImpTyped): its first words
 */
GPtrArray *
imp_typed_split (const char *folded)
{
  GPtrArray *typed = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_typed_free);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL && typed->len < MOST_TYPED; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (typed, imp_typed_new (words[i]));
  return typed;
}

/* How many letters are wrong, left out, too many, or exchanged with the one beside; @most + 1 for
 * more than @most. */
static guint
count_wrong (const gunichar *a, glong n_a, const gunichar *b, glong n_b, guint most)
{
  guint rows[3][MOST_LETTERS + 1];

  if (ABS (n_a - n_b) > (glong)most || n_b > MOST_LETTERS)
    return most + 1;
  for (glong j = 0; j <= n_b; j++)
    rows[0][j] = (guint)j;
  for (glong i = 1; i <= n_a; i++)
    {
      guint *row = rows[i % 3];
      const guint *last = rows[(i + 2) % 3];
      const guint *before = rows[(i + 1) % 3];
      guint least = row[0] = (guint)i;

      for (glong j = 1; j <= n_b; j++)
        {
          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
          least = MIN (least, row[j]);
        }
      if (least > most)
        return most + 1;
    }
  return MIN (rows[n_a % 3][n_b], most + 1);
}

static gboolean
fits_nearly (const ImpTyped *typed, const char *word, ImpFit *fit)
{
  g_autofree gunichar *letters = NULL;
  g_autofree char *sound = NULL;
  glong n_letters = 0;
  gboolean alike = FALSE;
  guint wrong = 0;

  if (typed->n_letters < ONE_WRONG)
    return FALSE;
  letters = g_utf8_to_ucs4_fast (word, -1, &n_letters);
  wrong = count_wrong (typed->letters, typed->n_letters, letters, n_letters, 2);
  sound = imp_sound_of (word);
  alike = *sound != '\0' && strcmp (sound, typed->sound) == 0;
  if (alike)
    *fit = (ImpFit){ wrong <= 2 ? SOUNDS_AND_NEAR : SOUNDS, IMP_MATCH_SOUND };
  else if (wrong == 1)
    *fit = (ImpFit){ ONE_LETTER, IMP_MATCH_SPELLING };
  else if (wrong == 2 && typed->n_letters >= TWO_WRONG)
    *fit = (ImpFit){ TWO_LETTERS, IMP_MATCH_SPELLING };
  return alike || wrong == 1 || (wrong == 2 && typed->n_letters >= TWO_WRONG);
}

/**
 * imp_typed_fits:
 * @typed: a word that was typed
 * @word: a folded word of a name
 * @fit: (out): how well it fits
 *
 * Returns: whether it fits at all
 */
gboolean
imp_typed_fits (const ImpTyped *typed, const char *word, ImpFit *fit)
{
  if (strcmp (word, typed->text) == 0)
    *fit = (ImpFit){ SAME, IMP_MATCH_NAME };
  else if (g_str_has_prefix (word, typed->text))
    *fit = (ImpFit){ BEGINS, IMP_MATCH_NAME_PART };
  else if (typed->n_letters >= 3 && strstr (word, typed->text) != NULL)
    *fit = (ImpFit){ CONTAINS, IMP_MATCH_NAME_PART };
  else
    return fits_nearly (typed, word, fit);
  return TRUE;
}

/* ---- the index ---- */

typedef struct
{
  const ImpTyped *typed;
  GArray *candidates; /* ImpCandidate */
  GHashTable *seen;   /* gint64 */
} Words;

static void
add_word (ImpRow *row, gpointer user_data)
{
  Words *words = user_data;
  ImpCandidate candidate = { imp_row_integer (row, 0), imp_row_integer (row, 2), { 0, 0 } };

  if (!g_hash_table_contains (words->seen, &candidate.id)
      && imp_typed_fits (words->typed, imp_row_text (row, 1), &candidate.fit))
    {
      g_hash_table_add (words->seen, g_memdup2 (&candidate.id, sizeof candidate.id));
      g_array_append_val (words->candidates, candidate);
    }
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const ImpCandidate *first = a;
  const ImpCandidate *second = b;

  if (first->fit.score != second->fit.score)
    return first->fit.score < second->fit.score ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

static void
add_piece (GPtrArray *pieces, char *piece)
{
  if (g_ptr_array_find_with_equal_func (pieces, piece, g_str_equal, NULL))
    g_free (piece);
  else
    g_ptr_array_add (pieces, piece);
}

/* Three letters that follow each other, all there are. */
static GPtrArray *
make_threes (const char *text)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (g_free);
  glong length = g_utf8_strlen (text, -1);

  for (glong i = 0; i + 3 <= length; i++)
    add_piece (pieces, g_utf8_substring (text, i, i + 3));
  return pieces;
}

/* The word, and what is left of it without one of its letters. */
static GPtrArray *
make_shortened (const ImpTyped *typed)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (g_free);

  add_piece (pieces, g_strconcat ("*", typed->text, NULL));
  for (glong i = 0; i < typed->n_letters; i++)
    {
      const char *at = g_utf8_offset_to_pointer (typed->text, i);

      add_piece (pieces, g_strdup_printf ("*%.*s%s", (int)(at - typed->text), typed->text,
                                          g_utf8_next_char (at)));
    }
  return pieces;
}

/* Words that have at least @least of @pieces, those with the most of them first. */
static gboolean
list_by_pieces (ImpRegister *self, GPtrArray *pieces, guint least, Words *words, GError **error)
{
  g_auto (GVariantBuilder) parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_TUPLE);
  g_autoptr (GString) sql =
      g_string_new ("SELECT id, word, uses FROM (SELECT word_id, count(*) AS n FROM name_piece "
                    "WHERE piece IN (");

  for (guint i = 0; i < pieces->len; i++)
    {
      g_string_append (sql, i == 0 ? "?" : ", ?");
      g_variant_builder_add (&parameters, "s", (char *)g_ptr_array_index (pieces, i));
    }
  g_string_append (sql, ") GROUP BY word_id HAVING n >= ? ORDER BY n DESC, word_id LIMIT ?) "
                        "CROSS JOIN name_word ON id = word_id");
  g_variant_builder_add (&parameters, "x", (gint64)least);
  g_variant_builder_add (&parameters, "x", (gint64)MOST_WORDS);
  return imp_register_query (self, error, sql->str, g_variant_builder_end (&parameters), add_word,
                             words);
}

static gboolean
list_parts (ImpRegister *self, const ImpTyped *typed, Words *words, GError **error)
{
  g_autofree char *end = g_strconcat (typed->text, IMP_FINDING_LAST, NULL);
  g_autoptr (GPtrArray) pieces = make_threes (typed->text);

  if (!imp_register_query (self, error,
                           "SELECT id, word, uses FROM name_word WHERE word >= ? AND word < ? "
                           "ORDER BY word LIMIT ?",
                           g_variant_new ("(ssx)", typed->text, end, (gint64)MOST_WORDS), add_word,
                           words))
    return FALSE;
  return pieces->len == 0 || list_by_pieces (self, pieces, pieces->len, words, error);
}

static gboolean
list_nearly (ImpRegister *self, const ImpTyped *typed, Words *words, GError **error)
{
  g_autofree char *marked = g_strconcat ("^", typed->text, "$", NULL);
  g_autoptr (GPtrArray) shortened = make_shortened (typed);
  g_autoptr (GPtrArray) threes = make_threes (marked);

  if (typed->n_letters < ONE_WRONG)
    return TRUE;
  if (*typed->sound != '\0'
      && !imp_register_query (self, error,
                              "SELECT id, word, uses FROM name_word WHERE sound = ? "
                              "ORDER BY uses DESC, id LIMIT ?",
                              g_variant_new ("(sx)", typed->sound, (gint64)MOST_WORDS), add_word,
                              words))
    return FALSE;
  if (typed->n_letters <= MOST_SHORT && !list_by_pieces (self, shortened, 1, words, error))
    return FALSE;
  /* Two wrong letters spoil six of them. */
  return typed->n_letters < TWO_WRONG
         || list_by_pieces (self, threes, MAX (8, threes->len) - 6, words, error);
}

/**
 * imp_finding_list_words:
 * @self: a register
 * @typed: a word that was typed
 * @nearly: whether words that are spelt otherwise count, too
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpCandidate) (nullable): the words of the register that
 *   fit, best first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GArray *
imp_finding_list_words (ImpRegister *self, const ImpTyped *typed, gboolean nearly, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (ImpCandidate));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Words words = { typed, candidates, seen };

  if (!list_parts (self, typed, &words, error)
      || (nearly && !list_nearly (self, typed, &words, error)))
    return NULL;
  g_array_sort (candidates, compare_candidates);
  return g_steal_pointer (&candidates);
}

/**
 * imp_finding_fits_name:
 * @typed: (element-type ImpTyped): what was typed
 * @name: a folded name
 * @fit: (out): how well it fits: for all words together, and why the worst one does
 *
 * Returns: whether every word that was typed fits a word of @name
 */
gboolean
imp_finding_fits_name (GPtrArray *typed, const char *name, ImpFit *fit)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);

  *fit = (ImpFit){ 0, IMP_MATCH_NAME };
  for (guint i = 0; i < typed->len; i++)
    {
      ImpFit best = { G_MAXUINT, IMP_MATCH_NAME };
      ImpFit one = { 0, IMP_MATCH_NAME };

      for (guint j = 0; words[j] != NULL; j++)
        if (imp_typed_fits (g_ptr_array_index (typed, i), words[j], &one) && one.score < best.score)
          best = one;
      if (best.score == G_MAXUINT)
        return FALSE;
      fit->score += best.score;
      fit->match = MAX (fit->match, best.match);
    }
  return typed->len > 0;
}
