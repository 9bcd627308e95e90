#include "imp-words.h"

#include <glib/gi18n.h>
#include <string.h>

static void
word_free (ImpWord *word)
{
  g_free (word->folded);
  g_free (word);
}

/**
 * imp_words_fold:
 * @text: words
 *
 * Returns: (transfer full): letters and digits of @text alone, without capitals and accents
 */
char *
imp_words_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *apart = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (apart, -1);
  GString *kept = g_string_new (NULL);

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (kept, g_utf8_get_char (at));
  return g_string_free (kept, FALSE);
}

/* Accents that stand beside their letter belong to its word. */
static gboolean
is_part (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/**
 * imp_words_split:
 * @text: a text in UTF-8
 *
 * Returns: (transfer full) (element-type ImpWord): its runs of letters and digits, in order
 */
GPtrArray *
imp_words_split (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify)word_free);
  const char *at = text;

  while (*at != '\0')
    {
      const char *start = at;
      g_autofree char *run = NULL;
      ImpWord *word = NULL;

      while (*at != '\0' && is_part (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      if (at == start)
        {
          at = g_utf8_next_char (at);
          continue;
        }
      run = g_strndup (start, (gsize)(at - start));
      word = g_new0 (ImpWord, 1);
      word->start = (gsize)(start - text);
      word->end = (gsize)(at - text);
      word->folded = imp_words_fold (run);
      word->capital = g_unichar_isupper (g_utf8_get_char (start));
      g_ptr_array_add (words, word);
    }
  return words;
}

/**
 * imp_words_add:
 * @found: what was found so far
 * @start: where a word begins
 * @end: where it ends
 * @rule: what kind it is; static
 * @why: what it is; static
 * @firm: whether no reason can excuse it
 *
 * Adds one finding, unless a firm one, or the same, covers it already.
 */
void
imp_words_add (GArray *found, gsize start, gsize end, const char *rule, const char *why,
               gboolean firm)
{
  const ImpWordFinding finding = { start, end, rule, why, firm };

  for (guint i = 0; i < found->len; i++)
    {
      const ImpWordFinding *one = &g_array_index (found, ImpWordFinding, i);

      if (one->start <= start && one->end >= end && (one->firm || !firm))
        return;
    }
  g_array_append_val (found, finding);
}

/**
 * imp_words_find_list:
 * @found: what was found so far
 * @words: (element-type ImpWord): a text
 * @entry: a name of one word or several; with "*" at its end it counts with a capital letter only
 * @rule: what kind it is; static
 * @why: what it is; static
 * @firm: whether no reason can excuse it
 *
 * Finds @entry wherever its words stand one after the other.
 */
void
imp_words_find_list (GArray *found, GPtrArray *words, const char *entry, const char *rule,
                     const char *why, gboolean firm)
{
  g_autoptr (GPtrArray) wanted = imp_words_split (entry);
  gboolean capital = g_str_has_suffix (entry, "*");

  if (wanted->len == 0)
    return;
  for (guint i = 0; i + wanted->len <= words->len; i++)
    {
      const ImpWord *first = g_ptr_array_index (words, i);
      gboolean same = !capital || first->capital;

      for (guint j = 0; same && j < wanted->len; j++)
        same = g_str_equal (((ImpWord *)g_ptr_array_index (words, i + j))->folded,
                            ((ImpWord *)g_ptr_array_index (wanted, j))->folded);
      if (same)
        imp_words_add (found, first->start,
                       ((ImpWord *)g_ptr_array_index (words, i + wanted->len - 1))->end, rule, why,
                       firm);
    }
}

/**
 * imp_words_say_where:
 * @text: a text in UTF-8
 * @finding: what was found in it
 * @at_desk: whether the person at the desk typed it: they are shown the word itself, while a
 *   script's answers end in logs, so that it gets its place alone
 *
 * Returns: (transfer full): where it stands, as part of a sentence
 */
char *
imp_words_say_where (const char *text, const ImpWordFinding *finding, gboolean at_desk)
{
  g_autofree char *word = g_strndup (text + finding->start, finding->end - finding->start);

  if (at_desk)
    return g_strdup_printf (_ ("“%s”"), word);
  return g_strdup_printf (_ ("characters %ld to %ld"),
                          g_utf8_strlen (text, (gssize)finding->start) + 1,
                          g_utf8_strlen (text, (gssize)finding->end));
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const ImpWordFinding *one = a;
  const ImpWordFinding *other = b;

  return one->start < other->start ? -1 : one->start > other->start;
}

/**
 * imp_words_find:
 * @text: a caption, an alternative text, or the name of a file without its ending
 * @asked: whose picture it is, what its file carries, and what the site calls its places
 *
 * Looks for what tells who somebody is: what register and file know, and what looks like a date, an
 * age over 89, a place, a number, an address or a scanner. It errs on the side of finding.
 *
 * Returns: (transfer full) (element-type ImpWordFinding): what was found, in order
 */
GArray *
imp_words_find (const char *text, const ImpWordsAsked *asked)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ImpWordFinding));
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (asked->is_file_name)
    g_strdelimit (valid, "_", ' ');
  imp_words_find_known (found, valid, asked);
  imp_words_find_patterns (found, valid, asked);
  g_array_sort (found, compare_findings);
  return found;
}
