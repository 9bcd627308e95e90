/* The newest moment that the register knows of: a clock behind it was set back. */
#include <gio/gio.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-register-keeping.h"
#include "imp-register-private.h"

/* What the clocks of two workstations, or one that is set by the network, may differ by. */
#define TOLERATED_MINUTES 10

/* Text order is time order, so the earliest moment that is still taken is made as text. */
static char *
tolerated (const char *newest)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (newest, NULL);
  g_autoptr (GDateTime) earliest =
      moment != NULL ? g_date_time_add_minutes (moment, -TOLERATED_MINUTES) : NULL;

  return earliest != NULL ? g_date_time_format (earliest, "%Y-%m-%dT%H:%M:%S") : NULL;
}

/**
 * imp_register_check_clock:
 * @self: a register
 * @now: (out) (transfer full): the present moment by the computer's clock, UTC
 * @newest: (out) (transfer full) (nullable): the newest moment that the register knows of, UTC,
 *   where the clock is behind it by more than some minutes; else %NULL
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_check_clock (ImpRegister *self, char **now, char **newest, GError **error)
{
  g_autofree char *known = NULL;
  g_autofree char *earliest = NULL;

  *now = NULL;
  *newest = NULL;
  if (!imp_store_query (self->store, error, "SELECT newest FROM clock", NULL,
                        imp_register_take_text, &known))
    return FALSE;
  *now = imp_clock_now ();
  if (known == NULL || *known == '\0')
    return TRUE;
  earliest = tolerated (known);
  if (earliest == NULL || strcmp (*now, earliest) < 0)
    *newest = g_steal_pointer (&known);
  return TRUE;
}

/**
 * imp_register_accept_clock:
 * @self: a register, in the transaction in which the ledger has just noted it
 * @now: the moment of that row
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (the ledger does not say so),
 * %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_accept_clock (ImpRegister *self, const char *now, GError **error)
{
  return imp_store_run (self->store, error, "UPDATE clock SET newest = ?",
                        g_variant_new ("(s)", now), NULL);
}

static void
add_order (ImpRow *row, gpointer user_data)
{
  gint64 *seq = g_new (gint64, 1);

  *seq = imp_row_integer (row, 1);
  g_hash_table_insert (user_data, g_strdup (imp_row_text (row, 0)), seq);
}

/**
 * imp_register_list_order:
 * @self: a register
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Lists in which order the person's permissions came to say yes or no, whatever the clock said
 * then.
 *
 * Returns: (transfer full) (element-type utf8 gint64) (nullable): by permission's id, without those
 *   that never said either, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GHashTable *
imp_register_list_order (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GHashTable) order = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (!imp_register_query (self, error,
                           "SELECT permission_id, seq FROM permission_order WHERE person_id = ?",
                           g_variant_new ("(s)", person_id), add_order, order))
    return NULL;
  return g_steal_pointer (&order);
}

static void
add_behind (ImpRow *row, gpointer user_data)
{
  g_hash_table_insert (user_data, g_strdup (imp_row_text (row, 0)),
                       g_strdup (imp_row_text (row, 1)));
}

/**
 * imp_register_list_behind:
 * @self: a register
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Lists which of the person's permissions came to say yes or no while the clock was behind: their
 * times are wrong, and they are later than what the register knew of.
 *
 * Returns: (transfer full) (element-type utf8 utf8) (nullable): by permission's id, the newest
 * moment that the register knew of then, UTC; or %NULL with %IMP_ERROR_REGISTER_DAMAGED or
 * %IMP_ERROR_IO
 */
GHashTable *
imp_register_list_behind (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GHashTable) behind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (!imp_register_query (self, error,
                           "SELECT permission_id, newest FROM permission_order "
                           "WHERE person_id = ? AND newest NOT NULL",
                           g_variant_new ("(s)", person_id), add_behind, behind))
    return NULL;
  return g_steal_pointer (&behind);
}
