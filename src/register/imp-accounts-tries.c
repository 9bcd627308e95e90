/* Wrong PINs: how many, since when, and how long it is to wait. */
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-accounts-private.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-text.h"

#define FREE_TRIES 3
#define LOCKED_AFTER 10
#define FIRST_WAIT 30 /* seconds; doubled with every further wrong PIN */

typedef struct
{
  gint64 failures;
  char *last;
} Tries;

static void
take_tries (ImpRow *row, gpointer user_data)
{
  Tries *tries = user_data;

  tries->failures = imp_row_integer (row, 0);
  g_free (tries->last);
  tries->last = g_strdup (imp_row_text (row, 1));
}

static gint64
seconds_since (const char *then, const char *now)
{
  g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (then, NULL);
  g_autoptr (GDateTime) to = g_date_time_new_from_iso8601 (now, NULL);

  return from != NULL && to != NULL ? g_date_time_difference (to, from) / G_TIME_SPAN_SECOND : -1;
}

static gboolean
put_tries (ImpAccounts *self, const char *who, gint64 failures, const char *last, GError **error)
{
  return imp_store_run (self->store, error,
                        "INSERT INTO pin_try (who, failures, last) VALUES (?1, ?2, ?3) "
                        "ON CONFLICT (who) DO UPDATE SET failures = ?2, last = ?3",
                        g_variant_new ("(sxs)", who, failures, last), NULL);
}

/* In minutes where it is more than two, rounded up: nobody comes back too early. */
static void
say_wait (gint64 seconds, GError **error)
{
  g_autofree char *text = NULL;
  gulong minutes = (gulong)(seconds + 59) / 60;

  if (seconds > 120)
    text =
        g_strdup_printf (ngettext ("Too many wrong PINs: wait %lu minute, and try again",
                                   "Too many wrong PINs: wait %lu minutes, and try again", minutes),
                         minutes);
  else
    text = g_strdup_printf (ngettext ("Too many wrong PINs: wait %lu second, and try again",
                                      "Too many wrong PINs: wait %lu seconds, and try again",
                                      (gulong)seconds),
                            (gulong)seconds);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED, text);
}

/* Says what is in the way. A moment in the future means that the clock was set back: the wait
 * begins anew, but no wrong PIN is forgotten. */
static gboolean
judge (const Tries *tries, const char *now, gboolean *rebase, GError **error)
{
  gint64 waited = tries->last != NULL ? seconds_since (tries->last, now) : 0;
  gint64 wait = 0;

  *rebase = tries->last != NULL && waited < 0;
  if (tries->failures >= LOCKED_AFTER)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                           _ ("Too many wrong PINs: this name is locked until a keeper and a "
                              "second person set its PIN anew"));
      return FALSE;
    }
  if (tries->failures >= FREE_TRIES)
    wait = (gint64)FIRST_WAIT << (tries->failures - FREE_TRIES);
  if (MAX (waited, 0) >= wait)
    return TRUE;
  say_wait (wait - MAX (waited, 0), error);
  return FALSE;
}

static char *
digest_name (ImpAccounts *self, const char *name)
{
  g_autofree char *folded = imp_register_text_fold_name (name);

  return imp_store_make_digest (self->store, "imprimatur pin try 1", folded);
}

/**
 * imp_accounts_begin_try:
 * @self: the accounts
 * @who: the user's id, however they were named; where there is none, the name that was given
 * @error: where to put the error
 *
 * Counts a try, before the PIN is looked at: three are free, then each waits twice as long as the
 * one before, and after ten the name is locked. What is counted stands in the register, so neither
 * ending the program nor another computer starts it anew, nor does a clock that was set back end a
 * wait.
 *
 * Returns: whether the PIN may be looked at, and the try is counted; else %IMP_ERROR_REFUSED,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_accounts_begin_try (ImpAccounts *self, const char *who, GError **error)
{
  g_autofree char *digest = digest_name (self, who);
  g_autofree char *now = imp_clock_now ();
  g_autoptr (GError) refusal = NULL;
  Tries tries = { 0 };
  gboolean rebase = FALSE;
  gboolean allowed = FALSE;
  gboolean done = FALSE;

  if (!imp_store_begin (self->store, error))
    return FALSE;
  done = imp_store_query (self->store, error, "SELECT failures, last FROM pin_try WHERE who = ?",
                          g_variant_new ("(s)", digest), take_tries, &tries);
  if (done)
    {
      allowed = judge (&tries, now, &rebase, &refusal);
      if (allowed || rebase)
        done = put_tries (self, digest, tries.failures + (allowed ? 1 : 0), now, error);
    }
  g_free (tries.last);
  if (!done)
    {
      imp_store_rollback (self->store);
      return FALSE;
    }
  if (!imp_store_commit (self->store, error))
    return FALSE;
  if (!allowed)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return allowed;
}

/**
 * imp_accounts_clear_tries:
 * @self: the accounts
 * @who: whose PIN was right, or was set anew, as it was counted
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_accounts_clear_tries (ImpAccounts *self, const char *who, GError **error)
{
  g_autofree char *digest = digest_name (self, who);

  return imp_store_run (self->store, error, "DELETE FROM pin_try WHERE who = ?",
                        g_variant_new ("(s)", digest), NULL);
}
