#include "imp-word.h"

#include <glib/gi18n.h>

/**
 * imp_word_look_up:
 * @words: a vocabulary
 * @n_words: how many there are
 * @id: (nullable): the code of one
 *
 * Returns: (transfer none) (nullable): its text in the user's language; @id itself where it is not
 *   known
 */
const char *
imp_word_look_up (const ImpWord *words, gsize n_words, const char *id)
{
  for (gsize i = 0; id != NULL && i < n_words; i++)
    if (g_str_equal (words[i].id, id))
      return _ (words[i].text);
  return id;
}

/**
 * imp_word_spell_out:
 * @words: a vocabulary
 * @n_words: how many there are
 * @id: (nullable): the code of one
 *
 * Returns: (transfer full): its text in the user's language; what has none is at least read as
 *   words: "any-key" as "Any key"
 */
char *
imp_word_spell_out (const ImpWord *words, gsize n_words, const char *id)
{
  const char *known = imp_word_look_up (words, n_words, id);
  char *text = NULL;

  if (known != id)
    return g_strdup (known);
  text = g_strdelimit (g_strdup (id != NULL ? id : ""), "-_:", ' ');
  text[0] = g_ascii_toupper (text[0]);
  return text;
}
