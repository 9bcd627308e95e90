#include "imp-wizard-status.h"

#include <glib/gi18n.h>

#include "imp-words.h"

/**
 * imp_wizard_status_is_open_question:
 * @reason: why a picture may not leave
 *
 * Returns: whether it only waits for an answer, a confirmation or an approval by the person at
 *   the desk, which a later page asks for
 */
gboolean
imp_wizard_status_is_open_question (const ImpReason *reason)
{
  return g_str_has_prefix (reason->rule, "question:") || reason->outcome == IMP_OUTCOME_CONFIRM
         || g_str_equal (reason->rule, "floor:approval");
}

/**
 * imp_wizard_status_lifts_file:
 * @reason: why a picture may not leave
 *
 * Returns: whether it is what the file itself says of consent, which a second person may lift
 */
gboolean
imp_wizard_status_lifts_file (const ImpReason *reason)
{
  return g_str_equal (reason->rule, "row-2") || g_str_equal (reason->rule, "floor:file-says-no");
}

/**
 * imp_wizard_status_wants_second:
 * @reason: why a picture may not leave
 *
 * Returns: whether a second person's yes would take it out of the way
 */
gboolean
imp_wizard_status_wants_second (const ImpReason *reason)
{
  return reason->outcome == IMP_OUTCOME_SECOND_PERSON || imp_wizard_status_lifts_file (reason);
}

/**
 * imp_wizard_status_list_refusals:
 * @session: a session
 *
 * Returns: (transfer container) (element-type ImpReason): what refuses, other than questions that
 *   wait for an answer
 */
GPtrArray *
imp_wizard_status_list_refusals (ImpWizardSession *session)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session);
  GPtrArray *refusals = g_ptr_array_new ();

  for (guint i = 0; rehearsal != NULL && i < rehearsal->reasons->len; i++)
    {
      ImpReason *reason = g_ptr_array_index (rehearsal->reasons, i);

      if (!imp_wizard_status_is_open_question (reason))
        g_ptr_array_add (refusals, reason);
    }
  return refusals;
}

static char *
count_answers (ImpWizardSession *session)
{
  g_autoptr (GPtrArray) questions = imp_wizard_session_list_questions (session, NULL);
  guint answered = 0;

  for (guint i = 0; i < questions->len; i++)
    if (imp_wizard_session_is_answered (session, g_ptr_array_index (questions, i)))
      answered++;
  if (questions->len == 0)
    return g_strdup (_ ("Nothing confirmed yet"));
  return g_strdup_printf (_ ("%u of %u answered"), answered, questions->len);
}

static gboolean
waits_for_second (GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    if (!imp_wizard_status_wants_second (g_ptr_array_index (refusals, i)))
      return FALSE;
  return TRUE;
}

/* The rehearsal's word: in @words in short, in @text in full. */
static ImpStatus
judge (ImpWizardSession *session, const ImpRehearsal *rehearsal, const char **words, char **text)
{
  const char *destination = imp_wizard_session_get_destination (session);
  g_autoptr (GPtrArray) refusals = imp_wizard_status_list_refusals (session);

  if (rehearsal != NULL && rehearsal->allowed && rehearsal->needs_approval
      && g_strcmp0 (imp_wizard_session_get_approved (session), rehearsal->digest) != 0)
    {
      *words = _ ("Waits for approval");
      *text = g_strdup (_ ("Waits for your approval"));
      return IMP_STATUS_IN_PROGRESS;
    }
  if (rehearsal != NULL && rehearsal->allowed)
    {
      *words = imp_words_sealed (destination);
      *text =
          g_strdup_printf (_ ("May be exported %s"), imp_words_destination_phrase (destination));
      return IMP_STATUS_SEALED;
    }
  if (refusals->len > 0 && waits_for_second (refusals))
    {
      *words = _ ("Needs a second person");
      *text = g_strdup (_ ("Needs a second person, who decides about exactly this"));
      return IMP_STATUS_IN_PROGRESS;
    }
  if (refusals->len > 0)
    {
      ImpReason *reason = g_ptr_array_index (refusals, 0);

      *words = _ ("Locked: refused");
      *text = g_strdup_printf (_ ("Locked: %s"), reason->reason);
      return IMP_STATUS_LOCKED;
    }
  if (destination == NULL)
    {
      *words = _ ("Nothing confirmed");
      *text = g_strdup (_ ("Locked: nothing is confirmed yet"));
      return IMP_STATUS_LOCKED;
    }
  *text = count_answers (session);
  return IMP_STATUS_IN_PROGRESS;
}

/**
 * imp_wizard_status:
 * @session: a session
 * @words: (out) (optional) (transfer full): the pill's words, short enough for any window
 * @text: (out) (transfer full): the same in full, with the reason
 *
 * Returns: whether the picture may leave, as far as the gate has said
 */
ImpStatus
imp_wizard_status (ImpWizardSession *session, char **words, char **text)
{
  const ImpPerson *person = imp_wizard_session_get_person (session);
  const GError *error = imp_wizard_session_get_error (session);
  const char *in_short = NULL;
  ImpStatus status = IMP_STATUS_LOCKED;

  if (imp_wizard_session_get_gate (session) == NULL)
    {
      in_short = _ ("Register locked");
      *text = g_strdup (_ ("Locked: the register is locked"));
    }
  else if (imp_wizard_session_get_picture (session) == NULL)
    {
      in_short = _ ("Nothing open");
      *text = g_strdup (_ ("Locked: no picture"));
    }
  else if (error != NULL)
    {
      in_short = _ ("Locked: an error");
      *text = g_strdup_printf (_ ("Locked: %s"), error->message);
    }
  else if (person != NULL && person->objects)
    {
      in_short = _ ("Locked: they said no");
      *text = g_strdup (_ ("Locked: this person has said no"));
    }
  else
    status = judge (session, imp_wizard_session_get_rehearsal (session), &in_short, text);
  if (words != NULL)
    *words = g_strdup (in_short != NULL ? in_short : *text);
  return status;
}
