#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-keeping.h"
#include "imp-register-private.h"

/* Prefilled from the NHS Records Management Code: 8 years, or a child's 25th birthday. Not checked
 * against its current edition: a site sets its own. */
#define DEFAULT_YEARS 8
#define DEFAULT_CHILD_AGE 25

/* Parameters: ?1 years, ?2 a child's age, ?3 today, ?4 how many, ?5 a person. */
#define DUE_DAY                                                                                    \
  "max(date(last, '+' || ?1 || ' years'), "                                                        \
  "coalesce(date(retention.born, '+' || ?2 || ' years'), '')) AS due"

#define IS_DUE "due <= ?3 AND NOT in_force AND NOT exempt"

/* Read from the index of who has been quiet for how long, so that what is not due is not looked at.
 * A day more: a year that begins on 29 February ends on 1 March. */
#define LIST_DUE                                                                                   \
  "SELECT person_id, last, due, n_copies FROM (SELECT quiet.person_id, quiet.since, last, "        \
  "n_copies, in_force, exempt, " DUE_DAY                                                           \
  " FROM person_quiet AS quiet INDEXED BY person_quiet_by_day "                                    \
  "CROSS JOIN retention ON retention.person_id = quiet.person_id "                                 \
  "WHERE quiet.since <= date(?3, '-' || ?1 || ' years', '+1 day') AND ?5 IS NULL "                 \
  "AND (quiet.born IS NULL OR quiet.born <= date(?3, '-' || ?2 || ' years', '+1 day'))) "          \
  "WHERE " IS_DUE " ORDER BY since, person_id LIMIT ?4"

#define GET_DUE                                                                                    \
  "SELECT person_id, last, due, n_copies FROM (SELECT person_id, last, n_copies, in_force, "       \
  "exempt, " DUE_DAY " FROM retention WHERE person_id = ?5) WHERE " IS_DUE " LIMIT ?4"

G_DEFINE_BOXED_TYPE (ImpRetention, imp_retention, imp_retention_copy, imp_retention_free)

/**
 * imp_retention_copy:
 * @retention: whose record is due
 *
 * Returns: (transfer full): the same
 */
ImpRetention *
imp_retention_copy (const ImpRetention *retention)
{
  ImpRetention *copy = g_new0 (ImpRetention, 1);

  copy->person_id = g_strdup (retention->person_id);
  copy->last = g_strdup (retention->last);
  copy->due = g_strdup (retention->due);
  copy->n_copies = retention->n_copies;
  return copy;
}

/**
 * imp_retention_free:
 * @retention: (transfer full) (nullable): whose record is due
 */
void
imp_retention_free (ImpRetention *retention)
{
  if (retention == NULL)
    return;
  g_free (retention->person_id);
  g_free (retention->last);
  g_free (retention->due);
  g_free (retention);
}

static void
add_due (ImpRow *row, gpointer user_data)
{
  ImpRetention *retention = g_new0 (ImpRetention, 1);

  retention->person_id = g_strdup (imp_row_text (row, 0));
  retention->last = g_strdup (imp_row_text (row, 1));
  retention->due = g_strdup (imp_row_text (row, 2));
  retention->n_copies = (guint)imp_row_integer (row, 3);
  g_ptr_array_add (user_data, retention);
}

static gboolean
get_number (ImpRegister *self, const char *key, gint64 standard, gint64 *number, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = imp_register_get_setting (self, key, &cause);
  guint64 value = 0;

  *number = standard;
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, 150, &value, NULL))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("The setting “%s” is not a number of years from 1 to 150: correct it"), key);
      return FALSE;
    }
  *number = (gint64)value;
  return TRUE;
}

/* The day by which a record goes for good: a clock that leapt ahead is not believed before two
 * people have said that it is right. */
static gboolean
believe (ImpRegister *self, const char *today, char **day, GError **error)
{
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;

  if (!imp_register_check_leap (self, &since, &until, error))
    return FALSE;
  *day = imp_clock_day_of (since);
  if (*day == NULL || strcmp (today, *day) < 0)
    {
      g_free (*day);
      *day = g_strdup (today);
    }
  return TRUE;
}

static GPtrArray *
list_due (ImpRegister *self, const char *sql, const char *today, gint64 limit,
          const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_retention_free);
  g_autofree char *day = NULL;
  gint64 years = 0;
  gint64 age = 0;

  if (!get_number (self, "retention-years", DEFAULT_YEARS, &years, error)
      || !get_number (self, "retention-child-age", DEFAULT_CHILD_AGE, &age, error)
      || !believe (self, today, &day, error)
      || !imp_register_query (self, error, sql,
                              g_variant_new ("(xxsxms)", years, age, day, limit, person_id),
                              add_due, due))
    return NULL;
  return g_steal_pointer (&due);
}

/**
 * imp_register_list_due:
 * @self: a register
 * @today: "YYYY-MM-DD"
 * @limit: how many at most
 * @error: where to put the error
 *
 * Lists whose record has been kept long enough: "retention-years" after anything last happened or
 * was in force, and until "retention-child-age" years after birth. Who has a permission in force,
 * or whose record is kept for a reason of the law (imp_register_note_exemption()), is not on it;
 * who has pictures that can still be seen is, with their number, and is kept.
 *
 * Returns: (transfer container) (element-type ImpRetention) (nullable): first those to whom nothing
 *   has happened for longest, or %NULL with %IMP_ERROR_USAGE (a setting is wrong),
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_due (ImpRegister *self, const char *today, guint limit, GError **error)
{
  return list_due (self, LIST_DUE, today, limit, NULL, error);
}

/**
 * imp_register_get_due:
 * @self: a register
 * @person_id: a person's id
 * @today: "YYYY-MM-DD"
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): since when the record is due, or %NULL: without @error set
 * it is not, or nobody has this id
 */
ImpRetention *
imp_register_get_due (ImpRegister *self, const char *person_id, const char *today, GError **error)
{
  g_autoptr (GPtrArray) due = list_due (self, GET_DUE, today, 1, person_id, error);

  return due != NULL && due->len == 1 ? imp_retention_copy (g_ptr_array_index (due, 0)) : NULL;
}

/* ---- permissions that wait after a journal was lost ---- */

static void
add_id (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (imp_row_text (row, 0)));
}

/**
 * imp_register_list_unconfirmed:
 * @self: a register
 * @limit: how many at most
 * @error: where to put the error
 *
 * Lists the permissions that were suspended because the journal of withdrawals was lost.
 *
 * Returns: (transfer container) (element-type ImpPermission) (nullable): those that wait longest
 *   first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_unconfirmed (ImpRegister *self, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) permissions =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_permission_free);

  if (!imp_register_query (self, error,
                           "SELECT permission_id FROM unconfirmed INDEXED BY unconfirmed_by_day "
                           "ORDER BY since, permission_id LIMIT ?",
                           g_variant_new ("(x)", (gint64)limit), add_id, ids))
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      ImpPermission *permission =
          imp_register_get_permission (self, g_ptr_array_index (ids, i), error);

      if (permission == NULL)
        return NULL;
      g_ptr_array_add (permissions, permission);
    }
  return g_steal_pointer (&permissions);
}

/**
 * imp_register_confirm_permission:
 * @self: a register
 * @permission_id: one that imp_register_list_unconfirmed() named
 * @error: where to put the error
 *
 * Puts a permission in force again, of which somebody has made sure that it was not withdrawn.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (it is not suspended),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_confirm_permission (ImpRegister *self, const char *permission_id, GError **error)
{
  return imp_register_set_permission_state (self, permission_id, IMP_PERMISSION_ACTIVE, error);
}
