#include "imp-register-private.h"

static void
add_id (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (imp_row_text (row, 0)));
}

/**
 * imp_register_list_person_ids:
 * @self: a register
 * @after: (nullable): the last id of the page before; %NULL for the first page
 * @limit: how many at most
 * @error: where to put the error
 *
 * Goes through all people in the order of their random ids, page by page, which the primary key
 * serves: nobody is left out or comes twice, whoever is added meanwhile.
 *
 * Returns: (transfer container) (element-type utf8) (nullable): their ids, none after the last
 *   one; or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_person_ids (ImpRegister *self, const char *after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!imp_register_query (self, error, "SELECT id FROM person WHERE id > ? ORDER BY id LIMIT ?",
                           g_variant_new ("(sx)", after != NULL ? after : "", (gint64)limit),
                           add_id, ids))
    return NULL;
  return g_steal_pointer (&ids);
}
