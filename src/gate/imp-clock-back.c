/* A clock that was set back: what is said of it, and how its time is accepted. */
#include <glib/gi18n.h>

#include "gate-accounts-private.h"
#include "imp-error.h"
#include "imp-keeping.h"

static char *
describe_moment (const char *moment)
{
  g_autoptr (GDateTime) there = g_date_time_new_from_iso8601 (moment, NULL);
  g_autoptr (GDateTime) here = there != NULL ? g_date_time_to_local (there) : NULL;

  return here != NULL ? g_date_time_format (here, "%-d %b %Y, %H:%M") : g_strdup (moment);
}

/**
 * imp_gate_describe_clock:
 * @now: the moment by the computer's clock
 * @newest: the newest moment that the register knows of
 *
 * Returns: (transfer full): a sentence for the user, which names both
 */
char *
imp_gate_describe_clock (const char *now, const char *newest)
{
  g_autofree char *clock = describe_moment (now);
  g_autofree char *known = describe_moment (newest);

  return g_strdup_printf (_ ("This computer's clock says %s, but the register was last written to "
                             "on %s: until one of them is put right, no permission counts."),
                          clock, known);
}

/**
 * imp_gate_check_clock_sync:
 * @self: a gate
 * @now: (out) (transfer full): the moment by the computer's clock, UTC
 * @newest: (out) (transfer full) (nullable): the newest moment that the register knows of, UTC,
 *   where the clock is behind it by more than some minutes; else %NULL
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with an error of the register
 */
gboolean
imp_gate_check_clock_sync (ImpGate *self, char **now, char **newest, GError **error)
{
  return imp_register_check_clock (self->people, now, newest, error);
}

/* Who else agrees: nobody where the register has no users. */
static gboolean
check_two (ImpGate *self, const ImpSecond *second, char **second_id, GError **error)
{
  gboolean has_users = FALSE;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
      || !imp_gate_has_users (self, &has_users, error))
    return FALSE;
  *second_id = has_users ? _imp_gate_check_second (self, second, error) : NULL;
  return !has_users || *second_id != NULL;
}

/* The ledger's row has the moment that is accepted as its own. */
static gboolean
accept_clock (ImpGate *self, const char *second_id, GError **error)
{
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *body = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;

  if (!imp_register_check_clock (self->people, &now, &newest, error))
    return FALSE;
  if (newest == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The clock is not behind what the register knows: there is nothing "
                              "to accept"));
      return FALSE;
    }
  body = second_id != NULL
             ? g_strdup_printf ("{\"newest\":\"%s\",\"second\":\"%s\"}", newest, second_id)
             : g_strdup_printf ("{\"newest\":\"%s\"}", newest);
  row = imp_ledger_append (self->ledger, "clock", NULL, body, NULL, error);
  return row != NULL && imp_register_accept_clock (self->people, row->at, error);
}

/**
 * imp_gate_accept_clock_sync:
 * @self: a gate
 * @second: (nullable): another keeper or an approver, where the register has users
 * @error: where to put the error
 *
 * Takes the computer's clock for right although the register was once written to at a later moment:
 * permissions count again. The ledger says who accepted it, and which moment was given up.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (no second person), %IMP_ERROR_USAGE (the clock
 *   is not behind), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_accept_clock_sync (ImpGate *self, const ImpSecond *second, GError **error)
{
  g_autofree char *second_id = NULL;

  if (!check_two (self, second, &second_id, error) || !imp_store_begin (self->store, error))
    return FALSE;
  if (accept_clock (self, second_id, error))
    return imp_store_commit (self->store, error);
  imp_store_rollback (self->store);
  return FALSE;
}
