#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-keeping.h"
#include "imp-register-look-ups.h"
#include "imp-register-private.h"
#include "imp-register-text.h"

static const char *const EXEMPTIONS[] = {
  "legal-claims", "legal-obligation", "public-interest", "archiving", NULL,
};

/**
 * imp_register_exemptions:
 *
 * Returns: (transfer none): for what reasons a record may be kept although its person asked for it
 *   to be erased (UK GDPR, Article 17(3))
 */
const char *const *
imp_register_exemptions (void)
{
  return EXEMPTIONS;
}

static gboolean
set_nobody_error (GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("This person is not in the register: search again"));
  return FALSE;
}

/* ---- tombstones ---- */

static void
add_text (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (imp_row_text (row, 0)));
}

/* Every number that the person is known by, as it is compared. */
static GPtrArray *
list_numbers (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  if (!imp_register_query (self, error,
                           "SELECT DISTINCT number FROM person_number WHERE person_id = ?",
                           g_variant_new ("(s)", person_id), add_text, numbers))
    return NULL;
  return g_steal_pointer (&numbers);
}

static gboolean
bury (ImpRegister *self, const char *person_id, const char *reason, const char *now, GError **error)
{
  g_autoptr (GPtrArray) numbers = list_numbers (self, person_id, error);
  gboolean done = numbers != NULL;

  for (guint i = 0; done && i < numbers->len; i++)
    {
      g_autofree char *digest =
          imp_store_digest_number (self->store, g_ptr_array_index (numbers, i));

      done = imp_store_run (self->store, error,
                            "INSERT OR IGNORE INTO tombstone (digest, person_id, reason, since) "
                            "VALUES (?, ?, ?, ?)",
                            g_variant_new ("(ssss)", digest, person_id, reason, now), NULL);
    }
  return done;
}

/* Whichever way a number is written: as it is folded, and its digits alone; then the digests of
 * both. */
static GVariant *
digest_number (ImpRegister *self, const char *number, GError **error)
{
  g_autofree char *folded = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (!imp_register_check_text (&number, 1, error))
    return NULL;
  folded = imp_register_text_fold_number (number);
  digits = folded != NULL ? imp_register_text_digits (folded) : NULL;
  first = imp_store_digest_number (self->store, folded != NULL ? folded : "");
  second = imp_store_digest_number (self->store, digits != NULL ? digits : "");
  return g_variant_ref_sink (g_variant_new ("(msmsss)", folded, digits, first, second));
}

static void
take_flag (ImpRow *row, gpointer user_data)
{
  gboolean *flag = user_data;

  *flag = imp_row_integer (row, 0) != 0;
}

/**
 * imp_register_is_buried:
 * @self: a register
 * @number: a hospital, NHS or other number
 * @buried: (out): whether a tombstone stands for it: its person was erased, or said no and is not
 *   known to this copy of the register, or not by this number. Where it is that person's again,
 *   the person's own record says what holds
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (not UTF-8), %IMP_ERROR_REGISTER_DAMAGED or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_is_buried (ImpRegister *self, const char *number, gboolean *buried, GError **error)
{
  g_autoptr (GVariant) digests = digest_number (self, number, error);

  *buried = FALSE;
  return digests != NULL
         && imp_register_query (self, error,
                                "SELECT EXISTS (SELECT 1 FROM tombstone WHERE digest IN (?3, ?4) "
                                "AND NOT EXISTS (SELECT 1 FROM person_number "
                                "WHERE person_number.person_id = tombstone.person_id "
                                "AND number IN (?1, ?2)))",
                                digests, take_flag, buried);
}

/**
 * imp_register_is_person_buried:
 * @self: a register
 * @person_id: a person's id
 * @buried: (out): whether a tombstone stands for any number that the person is known by, of
 *   whatever kind
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_is_person_buried (ImpRegister *self, const char *person_id, gboolean *buried,
                               GError **error)
{
  g_autoptr (GPtrArray) numbers = list_numbers (self, person_id, error);
  gboolean done = numbers != NULL;

  *buried = FALSE;
  for (guint i = 0; done && !*buried && i < numbers->len; i++)
    done = imp_register_is_buried (self, g_ptr_array_index (numbers, i), buried, error);
  return done;
}

/**
 * imp_register_lift_tombstone:
 * @self: a register
 * @number: a hospital, NHS or other number
 * @error: where to put the error
 *
 * Lets exports of this number begin again, where the person has said so. History has it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND (there is none), %IMP_ERROR_USAGE,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_lift_tombstone (ImpRegister *self, const char *number, GError **error)
{
  g_autoptr (GVariant) digests = digest_number (self, number, error);
  gint64 n_lifted = 0;

  if (digests == NULL
      || !imp_store_run (self->store, error,
                         "DELETE FROM tombstone WHERE person_id IN "
                         "(SELECT person_id FROM tombstone WHERE digest IN (?3, ?4))",
                         digests, &n_lifted))
    return FALSE;
  if (n_lifted > 0)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("Nothing is blocked for this number: compare it with where it comes "
                          "from"));
  return FALSE;
}

/* ---- erasure ---- */

static gboolean
has_said_no (ImpRegister *self, const char *person_id, gboolean *found, gboolean *said_no,
             GError **error)
{
  gboolean objects = FALSE;

  return imp_register_query (self, error, "SELECT count(*) FROM person WHERE id = ?",
                             g_variant_new ("(ms)", person_id), take_flag, found)
         && imp_register_query (self, error, "SELECT count(*) FROM person WHERE id = ? AND objects",
                                g_variant_new ("(ms)", person_id), take_flag, &objects)
         && imp_register_query (self, error,
                                "SELECT EXISTS (SELECT 1 FROM permission WHERE person_id = ? "
                                "AND state IN ('refused', 'withdrawn'))",
                                g_variant_new ("(ms)", person_id), take_flag, said_no)
         && ((*said_no = *said_no || objects), TRUE);
}

static gboolean
erase (ImpRegister *self, const char *person_id, ImpErasure why, GError **error)
{
  gboolean asked_for = why == IMP_ERASURE_ASKED_FOR;
  g_autofree char *now = imp_clock_now ();
  gboolean found = FALSE;
  gboolean said_no = FALSE;

  if (!has_said_no (self, person_id, &found, &said_no, error))
    return FALSE;
  if (!found)
    return set_nobody_error (error);
  if ((asked_for || said_no)
      && !bury (self, person_id, asked_for ? "erased" : "refused", now, error))
    return FALSE;
  if (!imp_register_forget_look_ups (self, person_id, error))
    return FALSE;
  return imp_store_run (self->store, error,
                        "INSERT INTO erasure (person_id, at, outcome, reason) VALUES (?, ?, ?, ?)",
                        g_variant_new ("(ssss)", person_id, now, asked_for ? "erased" : "purged",
                                       asked_for ? "asked-for" : "retention"),
                        NULL);
}

/**
 * imp_register_erase_person:
 * @self: a register
 * @person_id: a person's id
 * @why: on whose wish
 * @error: where to put the error
 *
 * Erases all that belongs to a person: record, permissions, evidence, words in history, and the
 * texts and hashes beside the ledger, whose chain stays whole. Outside of a transaction the
 * write-ahead log is emptied too, so that nothing of it is left on disk; inside of one the caller
 * does that with imp_register_forget().
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_erase_person (ImpRegister *self, const char *person_id, ImpErasure why, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = erase (self, person_id, why, error);
  if (!imp_register_end (self, joined, done, error))
    return FALSE;
  return joined || imp_register_forget (self, error);
}

/**
 * imp_register_forget:
 * @self: a register
 * @error: where to put the error
 *
 * Empties the write-ahead log into the file, so that what was erased is nowhere on disk. Another
 * program that reads just then may hold it up: it is emptied at the latest when the last closes.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO
 */
gboolean
imp_register_forget (ImpRegister *self, GError **error)
{
  return imp_store_run (self->store, error, "PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL);
}

/**
 * imp_register_note_exemption:
 * @self: a register
 * @person_id: a person's id
 * @exemption: one of imp_register_exemptions()
 * @error: where to put the error
 *
 * Records that the person asked to be erased, and why the record is kept nevertheless.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_note_exemption (ImpRegister *self, const char *person_id, const char *exemption,
                             GError **error)
{
  g_autofree char *now = imp_clock_now ();
  gint64 n_added = 0;

  if (exemption == NULL || !g_strv_contains (EXEMPTIONS, exemption))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("Say why the record is kept: legal-claims, legal-obligation, "
                              "public-interest or archiving"));
      return FALSE;
    }
  if (!imp_store_run (self->store, error,
                      "INSERT INTO erasure (person_id, at, outcome, reason) "
                      "SELECT id, ?2, 'exempt', ?3 FROM person WHERE id = ?1",
                      g_variant_new ("(sss)", person_id, now, exemption), &n_added))
    return FALSE;
  return n_added == 1 || set_nobody_error (error);
}

/**
 * imp_register_is_exempt:
 * @self: a register
 * @person_id: a person's id
 * @exempt: (out): whether the record is kept for a reason of the law
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_is_exempt (ImpRegister *self, const char *person_id, gboolean *exempt, GError **error)
{
  *exempt = FALSE;
  return imp_register_query (self, error,
                             "SELECT EXISTS (SELECT 1 FROM exemption WHERE person_id = ?)",
                             g_variant_new ("(s)", person_id), take_flag, exempt);
}

static void
take_reason (ImpRow *row, gpointer user_data)
{
  char **reason = user_data;

  g_free (*reason);
  *reason = g_strdup (imp_row_text (row, 0));
}

/**
 * imp_register_get_exemption:
 * @self: a register
 * @person_id: a person's id
 * @exemption: (out) (transfer full) (nullable): why the record is kept, as last recorded; %NULL
 *   where it is not
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_get_exemption (ImpRegister *self, const char *person_id, char **exemption,
                            GError **error)
{
  *exemption = NULL;
  return imp_register_query (self, error,
                             "SELECT reason FROM exemption WHERE person_id = ? "
                             "ORDER BY erasure_id",
                             g_variant_new ("(s)", person_id), take_reason, exemption);
}

/**
 * imp_register_is_perhaps_kept:
 * @self: a register
 * @person_id: a person's id
 * @perhaps: (out): whether the record was there when the journal of withdrawals was lost, so that
 *   nobody knows whether it is kept for a reason of the law
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_is_perhaps_kept (ImpRegister *self, const char *person_id, gboolean *perhaps,
                              GError **error)
{
  *perhaps = FALSE;
  return imp_register_query (self, error,
                             "SELECT EXISTS (SELECT 1 FROM perhaps_kept WHERE person_id = ?)",
                             g_variant_new ("(s)", person_id), take_flag, perhaps);
}

/**
 * imp_register_settle_perhaps_kept:
 * @self: a register, in the transaction in which the ledger has just noted that two people settled
 * it
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (the ledger does not say so),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_settle_perhaps_kept (ImpRegister *self, const char *person_id, GError **error)
{
  return imp_store_run (self->store, error, "DELETE FROM perhaps_kept WHERE person_id = ?",
                        g_variant_new ("(s)", person_id), NULL);
}

/**
 * imp_register_end_exemption:
 * @self: a register, in the transaction in which the ledger has just noted it
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Ends every reason for which the record is kept.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND (there is none), %IMP_ERROR_USAGE (the ledger
 *   does not say so), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_end_exemption (ImpRegister *self, const char *person_id, GError **error)
{
  g_autofree char *now = imp_clock_now ();
  gint64 n_added = 0;

  if (!imp_store_run (self->store, error,
                      "INSERT INTO exemption_end (erasure_id, at) "
                      "SELECT erasure_id, ?2 FROM exemption WHERE person_id = ?1",
                      g_variant_new ("(ss)", person_id, now), &n_added))
    return FALSE;
  if (n_added > 0)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("This record is not kept for a reason of the law: there is nothing to "
                          "end"));
  return FALSE;
}
