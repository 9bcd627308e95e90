#include <glib/gi18n.h>

#include "gate-accounts-private.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-keeping.h"

/* Ends the transaction of the calling thread as @done says. */
static gboolean
end (ImpGate *self, gboolean done, GError **error)
{
  if (done)
    return imp_store_commit (self->store, error);
  imp_store_rollback (self->store);
  return FALSE;
}

static gboolean
append (ImpGate *self, const char *kind, char *body, GError **error)
{
  g_autofree char *owned = body;
  g_autoptr (ImpLedgerRow) row = imp_ledger_append (self->ledger, kind, NULL, owned, NULL, error);

  return row != NULL;
}

static void
take_count (ImpRow *row, gpointer user_data)
{
  guint *count = user_data;

  *count = (guint)imp_row_integer (row, 0);
}

static gboolean
count_copies (ImpGate *self, const char *person_id, guint *n_copies, GError **error)
{
  const char *sql = "SELECT n_copies FROM retention WHERE person_id = ?";

  return imp_store_query (self->store, error, sql, /* reader: a keeper, asked by who calls */
                          g_variant_new ("(s)", person_id), take_count, n_copies);
}

/**
 * imp_gate_keep_person_sync:
 * @self: a gate
 * @person_id: a person's id
 * @exemption: one of imp_register_exemptions()
 * @error: where to put the error
 *
 * Records that the person asked to be erased, and for what reason the record is kept.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED, %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_keep_person_sync (ImpGate *self, const char *person_id, const char *exemption,
                           GError **error)
{
  gboolean done = FALSE;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error) || !imp_store_begin (self->store, error))
    return FALSE;
  done = imp_register_note_exemption (self->people, person_id, exemption, error)
         && append (self, "kept",
                    g_strdup_printf ("{\"person\":\"%s\",\"reason\":\"%s\"}", person_id, exemption),
                    error);
  return end (self, done, error);
}

/* ---- what takes two people ---- */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED, message);
  return FALSE;
}

/**
 * _imp_gate_check_second:
 * @self: the gate
 * @second: (nullable): who else agrees
 * @error: where to put the error
 *
 * Asks whether who is signed in is a keeper, and who agrees another keeper or an approver, by name
 * and PIN at this desk.
 *
 * Returns: (transfer full) (nullable): the second person's id, or %NULL with %IMP_ERROR_REFUSED or
 * an error of the register
 */
char *
_imp_gate_check_second (ImpGate *self, const ImpSecond *second, GError **error)
{
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (ImpUser) other = NULL;
  gboolean has_users = FALSE;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
      || !imp_gate_has_users (self, &has_users, error))
    return NULL;
  user = imp_gate_get_user (self);
  if (!has_users || user == NULL)
    refuse (error, _ ("This takes two people: make users first, and sign in as a keeper"));
  else if (second == NULL)
    refuse (error, _ ("This takes two people: let a second person give their name and PIN"));
  else
    {
      other = _imp_gate_identify (self, second, NULL, error);
      if (other == NULL)
        return NULL;
      if (g_str_equal (other->id, user->id))
        refuse (error, _ ("This takes two people: let another one give their name and PIN"));
      else if ((other->roles & (IMP_ROLE_KEEPER | IMP_ROLE_APPROVER)) == 0)
        refuse (error, _ ("The second person is a keeper or an approver: ask one of them"));
      else
        return g_strdup (other->id);
    }
  return NULL;
}

static gboolean
note_end (ImpGate *self, const char *person_id, const char *second_id, GError **error)
{
  return append (self, "kept-ended",
                 g_strdup_printf ("{\"person\":\"%s\",\"second\":\"%s\"}", person_id, second_id),
                 error);
}

static gboolean
end_exemption (ImpGate *self, const char *person_id, const char *second_id, GError **error)
{
  return note_end (self, person_id, second_id, error)
         && imp_register_end_exemption (self->people, person_id, error);
}

/**
 * imp_gate_end_exemption_sync:
 * @self: a gate
 * @person_id: a person's id
 * @second: (nullable): another keeper or an approver
 * @error: where to put the error
 *
 * Ends the reasons of the law for which the record is kept although its person asked for erasure:
 * from now on it goes as others do.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (no second person), %IMP_ERROR_NOT_FOUND (it is
 *   not kept), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_end_exemption_sync (ImpGate *self, const char *person_id, const ImpSecond *second,
                             GError **error)
{
  g_autofree char *second_id = _imp_gate_check_second (self, second, error);

  if (second_id == NULL || !imp_store_begin (self->store, error))
    return FALSE;
  return end (self, end_exemption (self, person_id, second_id, error), error);
}

static gboolean
check_kept (ImpGate *self, const char *person_id, const char *second_id, GError **error)
{
  gboolean exempt = FALSE;
  gboolean perhaps = FALSE;

  if (!imp_register_is_exempt (self->people, person_id, &exempt, error)
      || !imp_register_is_perhaps_kept (self->people, person_id, &perhaps, error))
    return FALSE;
  if (perhaps && second_id == NULL && !exempt)
    return refuse (error,
                   _ ("The journal of withdrawals was lost once, so nobody knows whether this "
                      "record is kept for a reason of the law: to erase it takes two people, "
                      "so let a second person give their name and PIN"));
  if (!exempt && !perhaps)
    return TRUE;
  if (second_id != NULL)
    return (exempt ? end_exemption (self, person_id, second_id, error)
                   : note_end (self, person_id, second_id, error))
           && imp_register_settle_perhaps_kept (self->people, person_id, error);
  return refuse (error, _ ("This record is kept for a reason of the law: to erase it all the same "
                           "takes two people, so let a second person give their name and PIN"));
}

/**
 * imp_gate_erase_person_sync:
 * @self: a gate
 * @person_id: a person's id
 * @second: (nullable): another keeper or an approver, where the record is kept for a reason of the
 *   law (imp_gate_keep_person_sync()), which ends with it
 * @n_copies: (out) (optional): pictures that can still be seen: each is being asked back
 * @error: where to put the error
 *
 * Erases a person who asked for it: all that imp_register_erase_person() names, also from the
 * write-ahead log. A keyed hash of each number stays, so that nothing of that number leaves.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (who is signed in may not, or it takes two),
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_erase_person_sync (ImpGate *self, const char *person_id, const ImpSecond *second,
                            guint *n_copies, GError **error)
{
  g_autofree char *second_id = NULL;
  guint count = 0;
  gboolean done = FALSE;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error))
    return FALSE;
  if (second != NULL)
    {
      second_id = _imp_gate_check_second (self, second, error);
      if (second_id == NULL)
        return FALSE;
    }
  if (!imp_store_begin (self->store, error))
    return FALSE;
  done = check_kept (self, person_id, second_id, error)
         && count_copies (self, person_id, &count, error)
         && imp_register_erase_person (self->people, person_id, IMP_ERASURE_ASKED_FOR, error)
         && append (self, "erased",
                    g_strdup_printf ("{\"person\":\"%s\",\"copies\":%u}", person_id, count), error);
  if (!end (self, done, error))
    return FALSE;
  if (n_copies != NULL)
    *n_copies = count;
  return imp_register_forget (self->people, error);
}

/**
 * imp_gate_list_due_sync:
 * @self: a gate
 * @limit: how many at most
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpRetention) (nullable): whose record has been kept
 *   long enough, or %NULL with the errors of imp_gate_check_right() or imp_register_list_due()
 */
GPtrArray *
imp_gate_list_due_sync (ImpGate *self, guint limit, GError **error)
{
  g_autofree char *today = imp_clock_today ();

  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
             ? imp_register_list_due (self->people, today, limit, error)
             : NULL;
}

static gboolean
purge_one (ImpGate *self, const char *person_id, const char *today, const char *second,
           GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (ImpRetention) due = imp_register_get_due (self->people, person_id, today, &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (due == NULL)
    return refuse (error, _ ("One of these records is not due yet, or is in force, so none was "
                             "purged: list what is due again"));
  if (due->n_copies > 0)
    return refuse (error, _ ("A picture of one of these people can still be seen, so none was "
                             "purged: record first that it is gone"));
  return imp_register_erase_person (self->people, person_id, IMP_ERASURE_RETENTION, error)
         && append (self, "purged",
                    g_strdup_printf ("{\"person\":\"%s\",\"due\":\"%s\",\"second\":\"%s\"}",
                                     person_id, due->due, second),
                    error);
}

/**
 * imp_gate_purge_sync:
 * @self: a gate
 * @person_ids: (array zero-terminated=1): whose record is to go
 * @second: (nullable): another keeper or an approver
 * @error: where to put the error
 *
 * Purges records that have been kept long enough: all of them, or none.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (no second person; not due; a picture can still
 *   be seen), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_purge_sync (ImpGate *self, const char *const *person_ids, const ImpSecond *second,
                     GError **error)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *second_id = _imp_gate_check_second (self, second, error);
  gboolean done = TRUE;

  if (second_id == NULL || !imp_store_begin (self->store, error))
    return FALSE;
  for (guint i = 0; done && person_ids[i] != NULL; i++)
    done = purge_one (self, person_ids[i], today, second_id, error);
  return end (self, done, error) && imp_register_forget (self->people, error);
}

/**
 * imp_gate_lift_tombstone_sync:
 * @self: a gate
 * @number: a hospital, NHS or other number
 * @second: (nullable): another keeper or an approver
 * @error: where to put the error
 *
 * Takes the block off a number whose person was erased, or had said no, and has agreed again.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED (no second person), %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_lift_tombstone_sync (ImpGate *self, const char *number, const ImpSecond *second,
                              GError **error)
{
  g_autofree char *second_id = _imp_gate_check_second (self, second, error);
  gboolean done = FALSE;

  if (second_id == NULL || !imp_store_begin (self->store, error))
    return FALSE;
  done = imp_register_lift_tombstone (self->people, number, error)
         && append (self, "tombstone-lifted", g_strdup_printf ("{\"second\":\"%s\"}", second_id),
                    error);
  return end (self, done, error);
}

/**
 * imp_gate_confirm_permission_sync:
 * @self: a gate
 * @permission_id: a permission that was suspended as the journal of withdrawals was lost
 * @error: where to put the error
 *
 * Puts it in force again, after somebody has made sure that it was not withdrawn.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REFUSED, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_gate_confirm_permission_sync (ImpGate *self, const char *permission_id, GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
         && imp_register_confirm_permission (self->people, permission_id, error);
}
