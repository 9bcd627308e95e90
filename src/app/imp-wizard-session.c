#include "imp-wizard-session-private.h"

#include <glib/gi18n.h>

#include "imp-overlays.h"
#include "imp-register-work.h"
#include "imp-wizard-questions.h"
#include "imp-wizard-rehearsal.h"
#include "imp-wizard-request.h"

G_DEFINE_FINAL_TYPE (ImpWizardSession, imp_wizard_session, G_TYPE_OBJECT);

enum
{
  CHANGED,
  REHEARSED,
  RESET,
  REGISTER_CHANGED,
  ANSWERS_FORGOTTEN,
  SEEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
take_prefills (ImpWizardSession *self, GPtrArray *prefills)
{
  imp_answers_forget_known (self->answers);
  for (guint i = 0; i < prefills->len; i++)
    {
      const ImpPrefill *prefill = g_ptr_array_index (prefills, i);
      const ImpQuestion *question = imp_wizard_session_get_question (self, prefill->key);

      if (question != NULL && imp_answers_get (self->answers, prefill->key) == NULL)
        imp_answers_set (self->answers, prefill->key, question->scope, prefill->value,
                         prefill->source == NULL ? "" : prefill->source);
    }
}

static void
on_rehearsed (ImpRehearser *rehearser, ImpWizardSession *self)
{
  const ImpRehearsal *rehearsal = imp_rehearser_get_rehearsal (rehearser);
  GPtrArray *prefills = imp_rehearser_get_prefills (rehearser);

  if (rehearsal != NULL)
    {
      g_strfreev (self->needed);
      self->needed = g_strdupv (rehearsal->needed);
    }
  if (prefills != NULL)
    take_prefills (self, prefills);
  g_signal_emit (self, signals[REHEARSED], 0);
}

/* What nobody at the desk has answered may be known from elsewhere. */
static GPtrArray *
list_open_keys (ImpWizardSession *self)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->questions->len; i++)
    {
      const char *key = ((ImpQuestion *)g_ptr_array_index (self->questions, i))->key;

      if (imp_answers_get (self->answers, key) == NULL
          || imp_answers_get_source (self->answers, key) != NULL)
        g_ptr_array_add (keys, g_strdup (key));
    }
  return keys;
}

static void
ask_gate (ImpWizardSession *self)
{
  g_autoptr (ImpRequest) request = imp_wizard_session_make_request (self);
  g_autoptr (GPtrArray) keys = list_open_keys (self);

  imp_rehearser_ask (self->rehearser, self->gate, request, keys,
                     self->person_id != NULL && self->destination != NULL && self->route != NULL);
}

/**
 * imp_wizard_session_update_questions:
 * @self: a session
 *
 * To be called after route or destination have changed: other questions may be asked now.
 */
void
imp_wizard_session_update_questions (ImpWizardSession *self)
{
  GPtrArray *questions = NULL;

  g_ptr_array_set_size (self->questions, 0);
  g_clear_error (&self->error);
  if (self->gate == NULL || self->destination == NULL)
    return;
  questions = imp_wizard_questions_new (self->gate, self->route, self->destination, &self->error);
  if (questions == NULL)
    return;
  g_ptr_array_unref (self->questions);
  self->questions = questions;
}

/**
 * imp_wizard_session_touch:
 * @self: a session
 *
 * Something was said, or changed behind the wizard's back (the register): what the gate said
 * before no longer counts, and it is asked again soon.
 */
void
imp_wizard_session_touch (ImpWizardSession *self)
{
  imp_rehearser_forget (self->rehearser);
  if (self->gate != NULL && self->picture != NULL && self->destination != NULL)
    ask_gate (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What would be exported is another picture now: answers about its pixels no longer hold. */
static void
on_pixels_changed (ImpPicture *picture, ImpWizardSession *self)
{
  guint n_forgotten = imp_answers_forget_scope (self->answers, "pixels");

  g_clear_pointer (&self->approved, g_free);
  imp_wizard_session_forget_acknowledged (self);
  imp_wizard_session_forget_pixels (self);
  self->all_seen = imp_picture_get_seen_share (picture) == 100;
  imp_wizard_session_touch (self);
  /* A drag changes pixels many times, and finds answers to forget only the first time. */
  if (n_forgotten > 0)
    g_signal_emit (self, signals[ANSWERS_FORGOTTEN], 0, n_forgotten);
}

/* It is drawn some moments after its pixels changed: what the gate said meanwhile was of a picture
 * that nobody had looked at. */
static void
on_looked_at (ImpPicture *picture, GParamSpec *pspec, ImpWizardSession *self)
{
  if (imp_picture_get_looked_at (picture))
    imp_wizard_session_touch (self);
}

/* The gate minds only whether it was all; who is asked may read how far it has come. */
static void
on_seen (ImpPicture *picture, GParamSpec *pspec, ImpWizardSession *self)
{
  gboolean all_seen = imp_picture_get_seen_share (picture) == 100;

  if (all_seen != self->all_seen)
    {
      self->all_seen = all_seen;
      imp_wizard_session_touch (self);
    }
  g_signal_emit (self, signals[SEEN], 0);
}

static void
drop_picture (ImpWizardSession *self)
{
  if (self->picture != NULL)
    {
      g_clear_signal_handler (&self->pixels_handler, self->picture);
      g_clear_signal_handler (&self->looked_at_handler, self->picture);
      g_clear_signal_handler (&self->seen_handler, self->picture);
    }
  g_clear_object (&self->picture);
}

static void
imp_wizard_session_dispose (GObject *object)
{
  ImpWizardSession *self = IMP_WIZARD_SESSION (object);

  imp_rehearser_forget (self->rehearser);
  drop_picture (self);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_wizard_session_parent_class)->dispose (object);
}

static void
imp_wizard_session_finalize (GObject *object)
{
  ImpWizardSession *self = IMP_WIZARD_SESSION (object);

  g_object_unref (self->rehearser);
  g_clear_error (&self->error);
  g_clear_pointer (&self->person, imp_person_free);
  g_strfreev (self->needed);
  g_free (self->person_id);
  g_free (self->destination);
  g_free (self->route);
  g_free (self->permission_id);
  g_free (self->caption);
  g_free (self->approved);
  g_array_unref (self->acknowledged);
  g_free (self->acknowledged_output);
  imp_answers_free (self->answers);
  g_free (self->seat);
  g_hash_table_unref (self->seats);
  g_ptr_array_unref (self->questions);
  G_OBJECT_CLASS (imp_wizard_session_parent_class)->finalize (object);
}

static void
imp_wizard_session_class_init (ImpWizardSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_wizard_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_wizard_session_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[RESET] = g_signal_new ("reset", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[REGISTER_CHANGED] = g_signal_new ("register-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERS_FORGOTTEN] =
      g_signal_new ("answers-forgotten", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SEEN] = g_signal_new ("seen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[REHEARSED] = g_signal_new ("rehearsed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_wizard_session_init (ImpWizardSession *self)
{
  self->acknowledged = imp_wizard_session_new_acknowledged ();
  self->answers = imp_answers_new ();
  self->seats = imp_wizard_session_new_seats ();
  self->rehearser = imp_rehearser_new ();
  g_signal_connect_object (self->rehearser, "done", G_CALLBACK (on_rehearsed), self, 0);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_question_free);
}

/**
 * imp_wizard_session_new:
 *
 * Returns: (transfer full): a session in which nothing has been said
 */
ImpWizardSession *
imp_wizard_session_new (void)
{
  return g_object_new (IMP_TYPE_WIZARD_SESSION, NULL);
}

/**
 * imp_wizard_session_reset:
 * @self: a session
 *
 * Forgets all that who sits here said; picture and gate stay.
 */
void
imp_wizard_session_reset (ImpWizardSession *self)
{
  g_clear_pointer (&self->person, imp_person_free);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->destination, g_free);
  g_clear_pointer (&self->route, g_free);
  g_clear_pointer (&self->permission_id, g_free);
  g_clear_pointer (&self->caption, g_free);
  g_clear_pointer (&self->approved, g_free);
  imp_wizard_session_forget_acknowledged (self);
  imp_answers_forget_all (self->answers);
  g_clear_pointer (&self->needed, g_strfreev);
  self->jpeg = FALSE;
  imp_wizard_session_update_questions (self);
  g_signal_emit (self, signals[RESET], 0);
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_set_gate:
 * @self: a session
 * @gate: (nullable): the gate; %NULL while the register is locked, or nobody is signed in
 *
 * Who releases a picture has answered for it, so nobody goes on with what another user said: that
 * is put away, and is there again when that user is.
 *
 * Returns: whether gate or user is another one now
 */
gboolean
imp_wizard_session_set_gate (ImpWizardSession *self, ImpGate *gate)
{
  g_autofree char *seat = imp_wizard_session_name_seat (gate);

  if (gate == self->gate && g_strcmp0 (seat, self->seat) == 0)
    return FALSE;
  g_set_object (&self->gate, gate);
  imp_wizard_session_change_seat (self, g_steal_pointer (&seat));
  imp_wizard_session_update_questions (self);
  if (self->picture != NULL)
    imp_picture_set_seat (self->picture, self->seat);
  g_signal_emit (self, signals[RESET], 0);
  imp_wizard_session_reload (self);
  return TRUE;
}

/**
 * imp_wizard_session_get_gate:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the gate
 */
ImpGate *
imp_wizard_session_get_gate (ImpWizardSession *self)
{
  return self->gate;
}

/**
 * imp_wizard_session_set_picture:
 * @self: a session
 * @picture: (nullable): what lies on the desk
 *
 * Another picture may show another person: nothing that was said holds for it.
 */
void
imp_wizard_session_set_picture (ImpWizardSession *self, ImpPicture *picture)
{
  if (picture == self->picture)
    return;
  drop_picture (self);
  if (picture != NULL)
    {
      self->picture = g_object_ref (picture);
      imp_picture_set_seat (picture, self->seat);
      self->pixels_handler =
          g_signal_connect (picture, "pixels-changed", G_CALLBACK (on_pixels_changed), self);
      self->looked_at_handler =
          g_signal_connect (picture, "notify::looked-at", G_CALLBACK (on_looked_at), self);
      self->seen_handler =
          g_signal_connect (picture, "notify::seen-share", G_CALLBACK (on_seen), self);
      self->all_seen = imp_picture_get_seen_share (picture) == 100;
    }
  g_hash_table_remove_all (self->seats);
  imp_wizard_session_reset (self);
}

/**
 * imp_wizard_session_get_picture:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what lies on the desk
 */
ImpPicture *
imp_wizard_session_get_picture (ImpWizardSession *self)
{
  return self->picture;
}

static void
say_person (ImpWizardSession *self, const ImpPerson *person, const char *person_id)
{
  g_autofree char *id = g_strdup (person_id);
  ImpPerson *copy = person == NULL ? NULL : imp_person_copy (person);

  /* What was said of one person, or of her case, says nothing of the next (policy.md 2.4). */
  if (g_strcmp0 (id, self->person_id) != 0)
    {
      g_clear_pointer (&self->permission_id, g_free);
      g_clear_pointer (&self->approved, g_free);
      imp_answers_forget_scope (self->answers, "person");
      imp_answers_forget_scope (self->answers, "case");
    }
  g_clear_pointer (&self->person, imp_person_free);
  g_free (self->person_id);
  self->person = copy;
  self->person_id = g_steal_pointer (&id);
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_set_person:
 * @self: a session
 * @person: whose picture it is, confirmed by the person at the desk
 */
void
imp_wizard_session_set_person (ImpWizardSession *self, const ImpPerson *person)
{
  say_person (self, person, person->id);
}

/**
 * imp_wizard_session_set_person_unknown:
 * @self: a session
 *
 * The person at the desk says that it is not known whose picture it is.
 */
void
imp_wizard_session_set_person_unknown (ImpWizardSession *self)
{
  say_person (self, NULL, "");
}

/**
 * imp_wizard_session_clear_person:
 * @self: a session
 *
 * Whose picture it is has not been said (any more).
 */
void
imp_wizard_session_clear_person (ImpWizardSession *self)
{
  if (self->person_id != NULL)
    say_person (self, NULL, NULL);
}

static void
on_reloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpWizardSession) self = IMP_WIZARD_SESSION (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDossier) dossier = imp_register_work_load_finish (result, &error);

  if (dossier != NULL && g_strcmp0 (dossier->person->id, self->person_id) == 0)
    say_person (self, dossier->person, self->person_id);
}

/**
 * imp_wizard_session_reload:
 * @self: a session
 *
 * The register has changed: reads the person anew, and asks the gate again.
 */
void
imp_wizard_session_reload (ImpWizardSession *self)
{
  if (self->gate != NULL && self->person != NULL)
    imp_register_work_load_async (imp_gate_get_register (self->gate), self->person->id, NULL,
                                  on_reloaded, g_object_ref (self));
  g_signal_emit (self, signals[REGISTER_CHANGED], 0);
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_person_id:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the person's id; "" for not known; %NULL for not said
 */
const char *
imp_wizard_session_get_person_id (ImpWizardSession *self)
{
  return self->person_id;
}

/**
 * imp_wizard_session_get_person:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): whose picture it is
 */
const ImpPerson *
imp_wizard_session_get_person (ImpWizardSession *self)
{
  return self->person;
}

/* One frame of many is exported, and the question is about that one. */
static char *
explain_unseen (ImpPicture *picture)
{
  const guint share = imp_picture_get_seen_share (picture);
  const guint n_frames =
      imp_facts_get_n_frames (imp_source_get_facts (imp_picture_get_source (picture)));

  if (share == 100)
    return NULL;
  if (n_frames > 1)
    return g_strdup_printf (
        _ ("“Yes” waits: of frame %u, which would be exported, %u %% was on screen at full size."),
        imp_picture_get_frame_number (picture) + 1, share);
  return g_strdup_printf (_ ("“Yes” waits: %u %% of it was on screen at full size."), share);
}

/**
 * imp_wizard_session_explain_wait:
 * @self: a session
 * @question: a question
 *
 * Nobody can have looked at an overlay that was never on screen, nor at all of a picture of which a
 * part never was.
 *
 * Returns: (transfer full) (nullable): why the answer that clears the question cannot be given yet
 */
char *
imp_wizard_session_explain_wait (ImpWizardSession *self, const ImpQuestion *question)
{
  if (self->picture == NULL)
    return NULL;
  if (g_str_equal (question->key, "overlays-accounted"))
    return imp_overlays_explain_unseen (self->picture);
  return g_str_equal (question->key, "looked-at-all") ? explain_unseen (self->picture) : NULL;
}

/**
 * imp_wizard_session_answer:
 * @self: a session
 * @key: of a question that may be asked
 * @value: (nullable): the answer given at the desk; %NULL or "" takes it back
 *
 * An answer to a question that the chosen route and destination do not have is not kept, nor one
 * that has to wait.
 */
void
imp_wizard_session_answer (ImpWizardSession *self, const char *key, const char *value)
{
  const ImpQuestion *question = imp_wizard_session_get_question (self, key);
  g_autofree char *wait =
      question != NULL ? imp_wizard_session_explain_wait (self, question) : NULL;

  if (question == NULL || (wait != NULL && g_strcmp0 (value, question->clears) == 0))
    return;
  if (value == NULL || value[0] == '\0')
    imp_answers_forget (self->answers, key);
  else
    imp_answers_set (self->answers, key, question->scope, value, NULL);
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_answer:
 * @self: a session
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): its answer, given or known already
 */
const char *
imp_wizard_session_get_answer (ImpWizardSession *self, const char *key)
{
  return imp_answers_get (self->answers, key);
}

/**
 * imp_wizard_session_get_answer_source:
 * @self: a session
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): where its answer is known from, in words; %NULL where it
 *   was given at the desk, or there is none
 */
const char *
imp_wizard_session_get_answer_source (ImpWizardSession *self, const char *key)
{
  return imp_answers_get_source (self->answers, key);
}

/**
 * imp_wizard_session_has_answers:
 * @self: a session
 *
 * Returns: whether anything was said, by whomever, that would be lost with the picture
 */
gboolean
imp_wizard_session_has_answers (ImpWizardSession *self)
{
  return self->person_id != NULL || self->destination != NULL || self->route != NULL
         || imp_answers_has_given (self->answers) || imp_wizard_session_has_other_answers (self);
}

/**
 * imp_wizard_session_get_question:
 * @self: a session
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): it, where it may be asked of what is chosen so far
 */
const ImpQuestion *
imp_wizard_session_get_question (ImpWizardSession *self, const char *key)
{
  return imp_wizard_questions_find (self->questions, key);
}

/**
 * imp_wizard_session_list_questions:
 * @self: a session
 * @page: (nullable): a page of the wizard; %NULL for all
 *
 * A question that is not always asked is listed once the gate has asked for it.
 *
 * Returns: (transfer container) (element-type ImpQuestion): what to ask now, in order
 */
GPtrArray *
imp_wizard_session_list_questions (ImpWizardSession *self, const char *page)
{
  GPtrArray *listed = g_ptr_array_new ();

  for (guint i = 0; i < self->questions->len; i++)
    {
      ImpQuestion *question = g_ptr_array_index (self->questions, i);
      gboolean asked = question->required || imp_answers_get (self->answers, question->key) != NULL;

      if (!asked && self->needed != NULL)
        asked = g_strv_contains ((const char *const *)self->needed, question->key);
      if (asked && (page == NULL || g_strcmp0 (page, question->page) == 0))
        g_ptr_array_add (listed, question);
    }
  return listed;
}

/**
 * imp_wizard_session_is_answered:
 * @self: a session
 * @question: a question
 *
 * Says whether the wizard can go on; whether the answer is good enough is the gate's to say.
 *
 * Returns: whether there is an answer, long enough
 */
gboolean
imp_wizard_session_is_answered (ImpWizardSession *self, const ImpQuestion *question)
{
  const char *answer = imp_answers_get (self->answers, question->key);

  return answer != NULL && g_utf8_strlen (answer, -1) >= question->min_length;
}

/**
 * imp_wizard_session_make_request:
 * @self: a session with a picture
 *
 * Returns: (transfer full) (nullable): what the gate is asked for, without a target; %NULL while
 *   there is no picture
 */
ImpRequest *
imp_wizard_session_make_request (ImpWizardSession *self)
{
  ImpRequest *request = NULL;

  if (self->picture == NULL)
    return NULL;
  request = imp_wizard_request_new (self->picture);
  imp_request_set_route (request, self->route);
  imp_request_set_destination (request, self->destination);
  imp_request_set_person (request, self->person_id);
  imp_request_set_permission (request, self->permission_id);
  imp_request_set_words (request, self->caption);
  imp_request_set_jpeg (request, self->jpeg);
  imp_request_set_approved_digest (request, self->approved);
  imp_request_set_acknowledged (request, self->acknowledged_output,
                                (const ImpRect *)(void *)self->acknowledged->data,
                                self->acknowledged->len);
  for (guint i = 0; i < self->questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (self->questions, i);

      imp_request_set_answer (request, question->key,
                              imp_answers_get (self->answers, question->key));
    }
  return request;
}

/**
 * imp_wizard_session_get_rehearsal:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what a release of exactly what was said would do; %NULL
 *   while that is not known
 */
const ImpRehearsal *
imp_wizard_session_get_rehearsal (ImpWizardSession *self)
{
  return imp_rehearser_get_rehearsal (self->rehearser);
}

/**
 * imp_wizard_session_get_preview:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the rehearsal's output, small enough for a pane
 */
GdkTexture *
imp_wizard_session_get_preview (ImpWizardSession *self)
{
  return imp_rehearser_get_preview (self->rehearser);
}

/**
 * imp_wizard_session_get_error:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why the gate could not answer
 */
const GError *
imp_wizard_session_get_error (ImpWizardSession *self)
{
  return self->error != NULL ? self->error : imp_rehearser_get_error (self->rehearser);
}

/**
 * imp_wizard_session_is_busy:
 * @self: a session
 *
 * Returns: whether the gate is being asked
 */
gboolean
imp_wizard_session_is_busy (ImpWizardSession *self)
{
  return imp_rehearser_is_busy (self->rehearser);
}
