#include "imp-fold.h"

/**
 * imp_fold_name:
 * @name: (nullable): a name
 *
 * The one rule by which names are compared: in policy, in the register, and by its triggers, where
 * it is the SQL function imp_fold().
 *
 * Returns: (transfer full): @name without capitals, white space and letters that nobody sees, so
 *   that "The  Lancet " names "the lancet"; empty for %NULL
 */
char *
imp_fold_name (const char *name)
{
  g_autofree char *normal = name == NULL ? NULL : g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = normal == NULL ? NULL : g_utf8_casefold (normal, -1);
  GString *out = g_string_new (NULL);

  for (const char *at = lower; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!g_unichar_isspace (letter) && g_unichar_type (letter) != G_UNICODE_FORMAT)
        g_string_append_unichar (out, letter);
    }
  return g_string_free (out, FALSE);
}

/**
 * imp_fold_is_same:
 * @a: (nullable): a name
 * @b: (nullable): another
 *
 * Returns: whether both name the same, capitals and spaces aside; nothing names nothing
 */
gboolean
imp_fold_is_same (const char *a, const char *b)
{
  g_autofree char *folded_a = imp_fold_name (a);
  g_autofree char *folded_b = imp_fold_name (b);

  return *folded_a != '\0' && g_str_equal (folded_a, folded_b);
}
