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

static void
take_moments (ImpRow *row, gpointer user_data)
{
  char **moments = user_data;

  moments[0] = g_strdup (imp_row_text (row, 0));
  moments[1] = g_strdup (imp_row_text (row, 1));
}

/**
 * imp_register_check_leap:
 * @self: a register
 * @since: (out) (transfer full) (nullable): the newest moment from before the clock leapt ahead by
 *   more than a register in use is quiet, UTC; %NULL where it did not, or where two people have
 * said that it is right
 * @until: (out) (transfer full) (nullable): the moment that it leapt to
 * @error: where to put the error
 *
 * What goes for good does not go by such a clock alone (imp_register_list_due()).
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_check_leap (ImpRegister *self, char **since, char **until, GError **error)
{
  g_autofree char *now = imp_clock_now ();
  char *moments[2] = { NULL, NULL };

  /* Also where nothing was written by that clock yet. */
  if (!imp_register_query (self, error,
                           "SELECT min(since), max(until) FROM "
                           "(SELECT since, until FROM clock_leap WHERE settled IS NULL "
                           "UNION ALL SELECT newest, ?1 FROM clock WHERE newest <> '' "
                           "AND ?1 > strftime('%Y-%m-%dT%H:%M:%S', newest, '+92 days'))",
                           g_variant_new ("(s)", now), take_moments, moments))
    return FALSE;
  *since = moments[0];
  *until = moments[1];
  return TRUE;
}

/**
 * imp_register_settle_leap:
 * @self: a register, in the transaction in which the ledger has just noted it
 * @now: the moment of that row
 * @error: where to put the error
 *
 * So much time has really passed.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (the ledger does not say that two people agreed),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_settle_leap (ImpRegister *self, const char *now, GError **error)
{
  return imp_store_run (self->store, error,
                        "UPDATE clock_leap SET settled = ? WHERE settled IS NULL",
                        g_variant_new ("(s)", now), NULL);
}

static void
take_number (ImpRow *row, gpointer user_data)
{
  guint *number = user_data;

  *number = (guint)imp_row_integer (row, 0);
}

static gboolean
count_ended (ImpRegister *self, guint *n_ended, GError **error)
{
  return imp_register_query (self, error, "SELECT count(*) FROM permission WHERE state = 'expired'",
                             NULL, take_number, n_ended);
}

/**
 * imp_register_accept_clock:
 * @self: a register, in the transaction in which the ledger has just noted it
 * @now: the moment of that row
 * @n_ended: (out): how many permissions had ended by the newest moment that is given up, and stay
 *   ended: one person alone accepted it, and revives none
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (the ledger does not say so),
 * %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_accept_clock (ImpRegister *self, const char *now, guint *n_ended, GError **error)
{
  guint before = 0;
  guint after = 0;

  if (!count_ended (self, &before, error)
      || !imp_store_run (self->store, error, "UPDATE clock SET newest = ?",
                         g_variant_new ("(s)", now), NULL)
      || !count_ended (self, &after, error))
    return FALSE;
  *n_ended = after - before;
  return TRUE;
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
