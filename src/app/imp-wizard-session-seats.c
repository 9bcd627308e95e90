/* What each user at this desk has said about the picture: a seat for each, of which one is taken.
 */
#include "imp-wizard-session-private.h"

#include "gate-accounts.h"

/* What one user has said, while another sits here, or nobody does. */
typedef struct
{
  ImpPerson *person;
  char *person_id;
  char *destination;
  char *route;
  char *permission_id;
  char *caption;
  char *approved;
  ImpAnswers *answers;
  GArray *acknowledged;
  char *acknowledged_output;
  GStrv needed;
  gboolean jpeg;
} Said;

static void
said_free (gpointer data)
{
  Said *said = data;

  g_clear_pointer (&said->person, imp_person_free);
  g_free (said->person_id);
  g_free (said->destination);
  g_free (said->route);
  g_free (said->permission_id);
  g_free (said->caption);
  g_free (said->approved);
  imp_answers_free (said->answers);
  g_clear_pointer (&said->acknowledged, g_array_unref);
  g_free (said->acknowledged_output);
  g_strfreev (said->needed);
  g_free (said);
}

/**
 * imp_wizard_session_new_seats:
 *
 * Returns: (transfer full): no seats
 */
GHashTable *
imp_wizard_session_new_seats (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, said_free);
}

/**
 * imp_wizard_session_name_seat:
 * @gate: (nullable): the gate
 *
 * Returns: (transfer full) (nullable): whose seat it is: a user's id; "" of a register without
 *   users; %NULL while the register is locked
 */
char *
imp_wizard_session_name_seat (ImpGate *gate)
{
  g_autoptr (ImpUser) user = gate != NULL ? imp_gate_get_user (gate) : NULL;

  if (gate == NULL)
    return NULL;
  return g_strdup (user != NULL ? user->id : "");
}

/**
 * imp_wizard_session_change_seat:
 * @self: a session
 * @seat: (transfer full) (nullable): whose seat it is from now on
 *
 * Puts away what was said, and brings out what who sits here now had said before.
 */
void
imp_wizard_session_change_seat (ImpWizardSession *self, char *seat)
{
  Said *said = g_new0 (Said, 1);
  gpointer taken = NULL;

  said->person = g_steal_pointer (&self->person);
  said->person_id = g_steal_pointer (&self->person_id);
  said->destination = g_steal_pointer (&self->destination);
  said->route = g_steal_pointer (&self->route);
  said->permission_id = g_steal_pointer (&self->permission_id);
  said->caption = g_steal_pointer (&self->caption);
  said->approved = g_steal_pointer (&self->approved);
  said->answers = g_steal_pointer (&self->answers);
  said->acknowledged = g_steal_pointer (&self->acknowledged);
  said->acknowledged_output = g_steal_pointer (&self->acknowledged_output);
  said->needed = g_steal_pointer (&self->needed);
  said->jpeg = self->jpeg;
  if (self->seat != NULL)
    g_hash_table_replace (self->seats, g_steal_pointer (&self->seat), said);
  else
    said_free (said);
  self->seat = seat;
  self->answers = imp_answers_new ();
  self->acknowledged = imp_wizard_session_new_acknowledged ();
  self->jpeg = FALSE;
  if (seat == NULL || !g_hash_table_steal_extended (self->seats, seat, NULL, &taken))
    return;
  said = taken;
  self->person = g_steal_pointer (&said->person);
  self->person_id = g_steal_pointer (&said->person_id);
  self->destination = g_steal_pointer (&said->destination);
  self->route = g_steal_pointer (&said->route);
  self->permission_id = g_steal_pointer (&said->permission_id);
  self->caption = g_steal_pointer (&said->caption);
  self->approved = g_steal_pointer (&said->approved);
  imp_answers_free (self->answers);
  self->answers = g_steal_pointer (&said->answers);
  g_array_unref (self->acknowledged);
  self->acknowledged = g_steal_pointer (&said->acknowledged);
  self->acknowledged_output = g_steal_pointer (&said->acknowledged_output);
  self->needed = g_steal_pointer (&said->needed);
  self->jpeg = said->jpeg;
  said_free (said);
}

/**
 * imp_wizard_session_forget_pixels:
 * @self: a session
 *
 * The picture is another one now: what users who do not sit here said of its pixels no longer
 * holds either.
 */
void
imp_wizard_session_forget_pixels (ImpWizardSession *self)
{
  GHashTableIter iter;
  gpointer data = NULL;

  g_hash_table_iter_init (&iter, self->seats);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Said *said = data;

      imp_answers_forget_scope (said->answers, "pixels");
      g_clear_pointer (&said->approved, g_free);
      g_array_set_size (said->acknowledged, 0);
      g_clear_pointer (&said->acknowledged_output, g_free);
    }
}

/**
 * imp_wizard_session_has_other_answers:
 * @self: a session
 *
 * Returns: whether somebody who does not sit here now has said anything
 */
gboolean
imp_wizard_session_has_other_answers (ImpWizardSession *self)
{
  GHashTableIter iter;
  gpointer data = NULL;

  g_hash_table_iter_init (&iter, self->seats);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      const Said *said = data;

      if (said->person_id != NULL || said->destination != NULL || said->route != NULL
          || imp_answers_has_given (said->answers))
        return TRUE;
    }
  return FALSE;
}
