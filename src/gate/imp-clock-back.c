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

  return g_strdup_printf (_ ("This computer’s clock says %s, but the register was last written to "
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

/**
 * imp_gate_check_leap_sync:
 * @self: a gate
 * @since: (out) (transfer full) (nullable): the newest moment from before the clock leapt ahead,
 * UTC; %NULL where it did not, or where two people have said that it is right
 * @until: (out) (transfer full) (nullable): the moment that it leapt to
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with an error of the register
 */
gboolean
imp_gate_check_leap_sync (ImpGate *self, char **since, char **until, GError **error)
{
  return imp_register_check_leap (self->people, since, until, error);
}

/**
 * imp_gate_describe_leap:
 * @since: the newest moment from before the clock leapt ahead
 * @until: the moment that it leapt to
 *
 * Returns: (transfer full): a sentence for the user, which names both
 */
char *
imp_gate_describe_leap (const char *since, const char *until)
{
  g_autofree char *before = describe_moment (since);
  g_autofree char *after = describe_moment (until);

  return g_strdup_printf (
      _ ("Between one entry and the next the clock went from %s to %s. Until two "
         "people say that so much time has passed, no record is purged for "
         "anything after the first of these."),
      before, after);
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
static ImpLedgerRow *
note (ImpGate *self, const char *key, const char *moment, const char *second_id, GError **error)
{
  g_autofree char *body = second_id != NULL ? g_strdup_printf ("{\"%s\":\"%s\",\"second\":\"%s\"}",
                                                               key, moment, second_id)
                                            : g_strdup_printf ("{\"%s\":\"%s\"}", key, moment);

  return imp_ledger_append (self->ledger, "clock", NULL, body, NULL, error);
}

/* The same clock may have leapt ahead before, and be right again now. */
static gboolean
accept_clock (ImpGate *self, const char *newest, const char *since, const char *second_id,
              guint *n_ended, GError **error)
{
  g_autoptr (ImpLedgerRow) row = note (self, newest != NULL ? "newest" : "since",
                                       newest != NULL ? newest : since, second_id, error);

  if (row == NULL)
    return FALSE;
  return newest != NULL ? imp_register_accept_clock (self->people, row->at, n_ended, error)
                        : imp_register_settle_leap (self->people, row->at, error);
}

/**
 * imp_gate_accept_clock_sync:
 * @self: a gate
 * @second: (nullable): another keeper or an approver, where the register has users
 * @n_ended: (out) (optional): how many permissions had ended by the newest moment that the register
 *   knew of, and stay ended, as one person alone accepted the clock
 * @error: where to put the error
 *
 * Takes the computer's clock for right although the register was once written to at a later moment:
 * permissions count again; or although it leapt ahead: records are purged by it again, which always
 * takes two people. The ledger says who accepted it, and which moment was given up.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (no second person), %IMP_ERROR_USAGE (the clock
 *   is not behind, and did not leap), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_accept_clock_sync (ImpGate *self, const ImpSecond *second, guint *n_ended, GError **error)
{
  g_autofree char *second_id = NULL;
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;
  guint ended = 0;

  if (!check_two (self, second, &second_id, error)
      || !imp_register_check_clock (self->people, &now, &newest, error)
      || !imp_register_check_leap (self->people, &since, &until, error))
    return FALSE;
  if (newest == NULL && since == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The clock is not behind what the register knows: there is nothing "
                              "to accept"));
      return FALSE;
    }
  /* That so much time has passed always takes two. */
  if (newest == NULL && second_id == NULL)
    return _imp_gate_check_second (self, NULL, error) != NULL;
  if (!imp_store_begin (self->store, error))
    return FALSE;
  if (!accept_clock (self, newest, since, second_id, &ended, error))
    {
      imp_store_rollback (self->store);
      return FALSE;
    }
  if (n_ended != NULL)
    *n_ended = ended;
  return imp_store_commit (self->store, error);
}
