/* A pack whose parts do not fit together decides nothing: a row may rest on no question that its
 * use does not ask, and no question may be asked for nothing. */
#include "imp-error.h"
#include "imp-pack-private.h"

#include <string.h>

static gboolean
is_asked_for (const ImpPackQuestion *question, const ImpPackRow *row)
{
  for (char **route = row->routes; *route != NULL; route++)
    for (char **destination = row->destinations; *destination != NULL; destination++)
      if (!imp_pack_question_is_for (question, *route, *destination))
        return FALSE;
  return TRUE;
}

static gboolean
check_keys (ImpPack *self, const ImpPackRow *row, GHashTable *keys, GHashTable *used,
            GError **error)
{
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const ImpPackQuestion *question = imp_pack_find_question (self, key);
      g_autofree char *number = g_strdup_printf ("row-%u", row->number);

      if (question == NULL || !is_asked_for (question, row))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "%s: row %u rests on the question \"%s\", which its use does not ask",
                       row->place, row->number, (const char *)key);
          return FALSE;
        }
      if (!g_strv_contains ((const char *const *)question->question->rows, number))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "%s: row %u rests on the question \"%s\", which does not list it",
                       row->place, row->number, (const char *)key);
          return FALSE;
        }
      g_hash_table_add (used, g_strdup (key));
    }
  return TRUE;
}

static gboolean
check_row (ImpPack *self, const ImpPackRow *row, GHashTable *used, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < row->cases->len; i++)
    {
      const ImpPackCase *part = g_ptr_array_index (row->cases, i);

      if (!imp_condition_check (part->when, self, error))
        return FALSE;
      imp_condition_collect_keys (part->when, keys);
      for (char **key = part->confirm; key != NULL && *key != NULL; key++)
        g_hash_table_add (keys, g_strdup (*key));
    }
  return check_keys (self, row, keys, used, error);
}

static gboolean
row_exists (ImpPack *self, const char *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const ImpPackRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *number = g_strdup_printf ("row-%u", row->number);

      if (g_str_equal (number, name))
        return TRUE;
    }
  return FALSE;
}

/* Whether a question is needed can only rest on questions that there are. */
static gboolean
check_need (ImpPack *self, const ImpPackQuestion *question, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key = NULL;

  imp_condition_collect_keys (question->needed, keys);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (imp_pack_find_question (self, key) == NULL)
      {
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                     "%s.needed: rests on the question \"%s\", which is not there", question->place,
                     (const char *)key);
        return FALSE;
      }
  return TRUE;
}

/* The floor knows "yes", "no" and "not-sure" and no other word: with "unsure" for "not-sure",
 * nobody who was not sure would be stopped. */
static gboolean
check_words (const ImpPackQuestion *question, GError **error)
{
  static const char *const OF_THE_FLOOR[] = { "child",
                                              "deceased",
                                              "lacks-capacity",
                                              "face-or-mark",
                                              "other-people",
                                              "head-3d",
                                              "single-out",
                                              "linkable",
                                              "inference",
                                              "would-be-recognised",
                                              "same-person",
                                              "looked-at-all",
                                              "overlays-accounted",
                                              NULL };
  static const char *const WORDS[] = { "yes", "no", "not-sure", NULL };
  const char *const *allowed = (const char *const *)question->question->allowed;
  gboolean must =
      g_strv_contains (OF_THE_FLOOR, question->question->key)
      || (allowed != NULL && (g_strv_contains (allowed, "yes") || g_strv_contains (allowed, "no")));

  if (!must)
    return TRUE;
  for (guint i = 0; allowed != NULL && allowed[i] != NULL; i++)
    if (!g_strv_contains (WORDS, allowed[i]))
      allowed = NULL;
  if (allowed != NULL)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               "%s.allowed: what can be answered to \"%s\" is \"yes\", \"no\" and \"not-sure\", in "
               "these words",
               question->place, question->question->key);
  return FALSE;
}

static gboolean
check_question (ImpPack *self, const ImpPackQuestion *question, GHashTable *used, GError **error)
{
  const char *key = question->question->key;

  if (!check_words (question, error))
    return FALSE;
  if (question->needed != NULL
      && (!imp_condition_check (question->needed, self, error)
          || !check_need (self, question, error)))
    return FALSE;
  for (char **row = question->question->rows; *row != NULL; row++)
    if (!g_str_has_prefix (*row, "article-") && !row_exists (self, *row))
      {
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                     "%s: the question \"%s\" feeds \"%s\", which is not there", question->place,
                     key, *row);
        return FALSE;
      }
  if (!g_hash_table_contains (used, key) && question->use == NULL && question->insists == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "%s: the question \"%s\" feeds no row and states no use", question->place, key);
      return FALSE;
    }
  return TRUE;
}

/**
 * imp_pack_check:
 * @self: a filled pack
 * @error: %IMP_ERROR_USAGE naming the row or question that does not fit
 *
 * Checks that every row rests on questions that its use asks, and that every question feeds a row
 * or states its use.
 *
 * Returns: whether the parts of @self fit together
 */
gboolean
imp_pack_check (ImpPack *self, GError **error)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (!check_row (self, g_ptr_array_index (self->rows, i), used, error))
      return FALSE;
  for (guint i = 0; i < self->questions->len; i++)
    if (!check_question (self, g_ptr_array_index (self->questions, i), used, error))
      return FALSE;
  return TRUE;
}
