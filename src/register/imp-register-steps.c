/* The life-cycle of a permission (policy.md 2.3): its steps, each of them in the history. */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-permission-private.h"
#include "imp-register-private.h"

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
is_step (ImpRegister *self, ImpPermissionState before, ImpPermissionState after, gboolean *is,
         GError **error)
{
  g_autofree char *found = NULL;

  if (!imp_register_query (self, error,
                           "SELECT after FROM permission_step WHERE before = ? AND after = ?",
                           g_variant_new ("(ss)", imp_permission_state_to_text (before),
                                          imp_permission_state_to_text (after)),
                           imp_register_take_text, &found))
    return FALSE;
  *is = found != NULL;
  return TRUE;
}

static void
add_state (ImpRow *row, gpointer user_data)
{
  ImpPermissionState state = IMP_PERMISSION_ENTERED_IN_ERROR;

  if (imp_permission_state_from_text (imp_row_text (row, 0), &state))
    g_array_append_val ((GArray *)user_data, state);
}

static int
compare_states (gconstpointer a, gconstpointer b)
{
  return (int)*(const ImpPermissionState *)a - (int)*(const ImpPermissionState *)b;
}

/**
 * imp_register_list_steps:
 * @self: a register
 * @state: the state that a permission is in
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpPermissionState) (nullable): where the life-cycle leads
 *   from there, in the order of the states; or %NULL with %IMP_ERROR_IO
 */
GArray *
imp_register_list_steps (ImpRegister *self, ImpPermissionState state, GError **error)
{
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (ImpPermissionState));

  if (!imp_register_query (self, error, "SELECT after FROM permission_step WHERE before = ?",
                           g_variant_new ("(s)", imp_permission_state_to_text (state)), add_state,
                           states))
    return NULL;
  g_array_sort (states, compare_states);
  return g_steal_pointer (&states);
}

/* Asks the life-cycle in the database, so that the user gets a sentence; the triggers stand behind
 * it. */
static ImpPermission *
check_step (ImpRegister *self, const char *id, ImpPermissionState state, GError **error)
{
  g_autoptr (ImpPermission) permission = imp_register_get_permission (self, id, error);
  gboolean is = FALSE;

  if (permission == NULL || !is_step (self, permission->state, state, &is, error))
    return NULL;
  if (is)
    return g_steal_pointer (&permission);
  if (permission->state == IMP_PERMISSION_WITHDRAWN)
    refuse (error, _ ("This permission is withdrawn, and stays so: record a new one if the "
                      "person agrees again"));
  else if (permission->state == IMP_PERMISSION_ENTERED_IN_ERROR)
    refuse (error, _ ("This permission was entered in error, and stays so: record a new one"));
  else if (state == IMP_PERMISSION_WITHDRAWN)
    refuse (error, _ ("This permission is not in force, so there is nothing to withdraw: "
                      "record the objection of the person instead"));
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                 _ ("A permission that is “%s” cannot become “%s”: look at it again, or record a "
                    "new one"),
                 imp_permission_state_to_text (permission->state),
                 imp_permission_state_to_text (state));
  return NULL;
}

/* Words beside the history's last row of a permission: they may be erased, the row stays. */
static gboolean
add_reason (ImpRegister *self, const char *id, const char *reason, GError **error)
{
  return reason == NULL || *reason == '\0'
         || imp_store_run (self->store, error,
                           "INSERT INTO event_text (seq, text) VALUES "
                           "((SELECT max(seq) FROM event WHERE subject_id = ?), ?)",
                           g_variant_new ("(ss)", id, reason), NULL);
}

/**
 * imp_register_supersede_replaced:
 * @self: a register, in a transaction
 * @permission: a permission as it is recorded now
 * @error: where to put the error
 *
 * Ends the permission that @permission replaces, where @permission is in force and the other one
 * was granted.
 *
 * Returns: %TRUE, or %FALSE with an error of the store
 */
gboolean
imp_register_supersede_replaced (ImpRegister *self, const ImpPermission *permission, GError **error)
{
  if (permission->replaces == NULL || permission->state != IMP_PERMISSION_ACTIVE)
    return TRUE;
  return imp_store_run (self->store, error,
                        "UPDATE permission SET state = 'superseded' WHERE id = ? AND state IN "
                        "(SELECT value FROM permission_state WHERE granted)",
                        g_variant_new ("(s)", permission->replaces), NULL);
}

static gboolean
withdraw (ImpRegister *self, const char *id, const ImpPermissionStep *step, GError **error)
{
  g_autoptr (ImpPermission) permission = check_step (self, id, IMP_PERMISSION_WITHDRAWN, error);
  g_autofree char *now = imp_clock_now ();

  return permission != NULL
         && imp_store_run (
             self->store, error,
             "UPDATE permission SET state = 'withdrawn', withdrawn = ?2, "
             "withdrawn_by = ?3, withdrawn_channel = ?4, withdrawn_partly = ?5 "
             "WHERE id = ?1",
             g_variant_new ("(ssmsmsb)", id, now, step->by, step->channel, step->partly), NULL)
         && add_reason (self, id, step->reason, error);
}

/* An answer is of the day on which it is given, whatever was written on the offer: today, unless
 * another day is said. A no has no term, and a yes begins with the answer at the earliest. */
static void
take_answer (ImpPermission *permission, ImpPermissionState state, const char *given)
{
  g_free (permission->given);
  permission->given = given != NULL ? g_strdup (given) : imp_clock_today ();
  if (state == IMP_PERMISSION_REFUSED || g_strcmp0 (permission->valid_from, permission->given) < 0)
    g_clear_pointer (&permission->valid_from, g_free);
  if (state != IMP_PERMISSION_REFUSED)
    return;
  g_clear_pointer (&permission->expires, g_free);
  g_clear_pointer (&permission->review, g_free);
}

static gboolean
take_step (ImpRegister *self, const char *id, ImpPermissionState state,
           const ImpPermissionStep *step, GError **error)
{
  g_autoptr (ImpPermission) permission = check_step (self, id, state, error);
  g_autofree char *sql = imp_permission_update_sql ();
  gboolean answers = FALSE;

  if (permission == NULL)
    return FALSE;
  answers = permission->state == IMP_PERMISSION_OFFERED
            && (state == IMP_PERMISSION_ACTIVE || state == IMP_PERMISSION_REFUSED);
  if (step->given != NULL && !answers)
    return refuse (error, _ ("Only the answer to an offer has a day on which it was given: leave "
                             "the day out"));
  if (step->review != NULL && state != IMP_PERMISSION_ACTIVE)
    return refuse (error, _ ("Only a permission in force has a day of review: leave it out"));
  if (answers)
    take_answer (permission, state, step->given);
  if (step->review != NULL)
    {
      g_free (permission->review);
      permission->review = g_strdup (step->review);
    }
  permission->state = state;
  if ((answers || step->review != NULL)
      && !imp_register_check_days_and_words (self, permission, error))
    return FALSE;
  return (!answers || imp_register_check_giver (self, permission, error))
         && imp_store_run (self->store, error, sql, imp_permission_to_parameters (permission), NULL)
         && add_reason (self, id, step->reason, error)
         && imp_register_supersede_replaced (self, permission, error);
}

static gboolean
check_step_text (const ImpPermissionStep *step, GError **error)
{
  const char *const texts[] = { step->given, step->review, step->reason, step->by, step->channel };

  return imp_register_check_text (texts, G_N_ELEMENTS (texts), error);
}

/**
 * imp_register_step:
 * @self: a register
 * @permission_id: a permission's id
 * @state: the state it goes to
 * @step: (nullable): what goes with the step
 * @error: where to put the error
 *
 * Takes a permission one step along its life-cycle (policy.md 2.3), into the history with its
 * reason. What comes into force must be whole.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (there is no such step, or
 *   something is missing), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_step (ImpRegister *self, const char *permission_id, ImpPermissionState state,
                   const ImpPermissionStep *step, GError **error)
{
  const ImpPermissionStep nothing = { 0 };
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (step == NULL)
    step = &nothing;
  if (imp_permission_state_to_text (state) == NULL)
    return refuse (error, "There is no such state of a permission");
  if (!check_step_text (step, error) || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = state == IMP_PERMISSION_WITHDRAWN ? withdraw (self, permission_id, step, error)
                                           : take_step (self, permission_id, state, step, error);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_withdraw:
 * @self: a register
 * @permission_id: a permission's id
 * @by: (nullable): who withdraws it
 * @channel: (nullable): how that was said: "telephone", "letter", …
 * @error: where to put the error
 *
 * Withdraws a permission for good; no reason is asked for (policy.md 2.3).
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (never granted, or
 *   withdrawn already), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_withdraw (ImpRegister *self, const char *permission_id, const char *by,
                       const char *channel, GError **error)
{
  const ImpPermissionStep step = { .by = by, .channel = channel };

  return imp_register_step (self, permission_id, IMP_PERMISSION_WITHDRAWN, &step, error);
}

/**
 * imp_register_set_permission_state:
 * @self: a register
 * @permission_id: a permission's id
 * @state: the state it goes to
 * @error: where to put the error
 *
 * imp_register_step() with nothing to go with it. To withdraw it this way leaves open who withdrew
 * it.
 *
 * Returns: as imp_register_step()
 */
gboolean
imp_register_set_permission_state (ImpRegister *self, const char *permission_id,
                                   ImpPermissionState state, GError **error)
{
  return imp_register_step (self, permission_id, state, NULL, error);
}

static gboolean
renew (ImpRegister *self, const char *id, const char *review, const char *reason, GError **error)
{
  g_autoptr (ImpPermission) permission = imp_register_get_permission (self, id, error);
  g_autofree char *sql = imp_permission_update_sql ();
  g_autofree char *today = imp_clock_today ();

  if (permission == NULL)
    return FALSE;
  if (permission->state != IMP_PERMISSION_ACTIVE && permission->state != IMP_PERMISSION_REVIEW_DUE)
    return refuse (error, _ ("Only a permission in force is renewed: activate a suspended one, and "
                             "record a new one where it has ended"));
  if (review == NULL && g_strcmp0 (permission->capacity, "fluctuating") == 0)
    return refuse (error, _ ("Where capacity fluctuates the person is asked again: give the next "
                             "day of review"));
  if (review != NULL && strcmp (review, today) < 0)
    return refuse (error,
                   _ ("The next day of review cannot have passed already: give a later one"));
  if (permission->expires != NULL && strcmp (today, permission->expires) > 0)
    return refuse (error, _ ("This permission has expired: record a new one that replaces it"));
  g_free (permission->review);
  permission->review = g_strdup (review);
  permission->state = IMP_PERMISSION_ACTIVE;
  return imp_register_check_days_and_words (self, permission, error)
         && imp_store_run (self->store, error, sql, imp_permission_to_parameters (permission), NULL)
         && add_reason (self, id, reason, error);
}

/**
 * imp_register_renew:
 * @self: a register
 * @permission_id: a permission's id
 * @review: (nullable): the next day of review, or %NULL for none
 * @reason: (nullable): how the review went; it may be erased later
 * @error: where to put the error
 *
 * A review is over and the permission stands: it is active again. Its last day stays what the
 * person agreed to.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_renew (ImpRegister *self, const char *permission_id, const char *review,
                    const char *reason, GError **error)
{
  const ImpPermissionStep step = { .review = review, .reason = reason };
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!check_step_text (&step, error) || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = renew (self, permission_id, review, reason, error);
  return imp_register_end (self, joined, done, error);
}
