#include "imp-wizard-session-private.h"

static gboolean
replace_text (char **field, const char *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

/**
 * imp_wizard_session_set_destination:
 * @self: a session
 * @destination: (nullable): where it is going
 */
void
imp_wizard_session_set_destination (ImpWizardSession *self, const char *destination)
{
  gboolean had_one = self->destination != NULL;

  if (!replace_text (&self->destination, destination))
    return;
  /* Another use: its reason and its confirmations are asked for anew. */
  if (had_one)
    imp_answers_forget_scope (self->answers, "use");
  g_clear_pointer (&self->approved, g_free);
  imp_wizard_session_update_questions (self);
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_destination:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): where it is going
 */
const char *
imp_wizard_session_get_destination (ImpWizardSession *self)
{
  return self->destination;
}

/**
 * imp_wizard_session_set_route:
 * @self: a session
 * @route: (nullable): "consent" or "anonymised"
 */
void
imp_wizard_session_set_route (ImpWizardSession *self, const char *route)
{
  if (!replace_text (&self->route, route))
    return;
  imp_wizard_session_update_questions (self);
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_route:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): "consent" or "anonymised"
 */
const char *
imp_wizard_session_get_route (ImpWizardSession *self)
{
  return self->route;
}

/**
 * imp_wizard_session_set_permission:
 * @self: a session
 * @permission_id: (nullable): the permission to rest on; %NULL: the best that covers the use
 */
void
imp_wizard_session_set_permission (ImpWizardSession *self, const char *permission_id)
{
  if (replace_text (&self->permission_id, permission_id))
    imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_permission:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the permission that was picked
 */
const char *
imp_wizard_session_get_permission (ImpWizardSession *self)
{
  return self->permission_id;
}

/**
 * imp_wizard_session_set_caption:
 * @self: a session
 * @caption: (nullable): the words that travel with the picture
 */
void
imp_wizard_session_set_caption (ImpWizardSession *self, const char *caption)
{
  if (replace_text (&self->caption, caption))
    imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_caption:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the words that travel with the picture
 */
const char *
imp_wizard_session_get_caption (ImpWizardSession *self)
{
  return self->caption;
}

/**
 * imp_wizard_session_set_jpeg:
 * @self: a session
 * @jpeg: whether to write JPEG rather than PNG
 */
void
imp_wizard_session_set_jpeg (ImpWizardSession *self, gboolean jpeg)
{
  if (self->jpeg == jpeg)
    return;
  self->jpeg = jpeg;
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_jpeg:
 * @self: a session
 *
 * Returns: whether to write JPEG rather than PNG
 */
gboolean
imp_wizard_session_get_jpeg (ImpWizardSession *self)
{
  return self->jpeg;
}

/**
 * imp_wizard_session_set_approved:
 * @self: a session
 * @digest: (nullable): the digest that the person at the desk has approved
 */
void
imp_wizard_session_set_approved (ImpWizardSession *self, const char *digest)
{
  if (replace_text (&self->approved, digest))
    imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_get_approved:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the digest that was approved
 */
const char *
imp_wizard_session_get_approved (ImpWizardSession *self)
{
  return self->approved;
}

/**
 * imp_wizard_session_new_acknowledged:
 *
 * Returns: (transfer full) (element-type ImpRect): no places
 */
GArray *
imp_wizard_session_new_acknowledged (void)
{
  return g_array_new (FALSE, FALSE, sizeof (ImpRect));
}

/**
 * imp_wizard_session_forget_acknowledged:
 * @self: a session
 *
 * What may be seen in the finished picture has to be looked at again.
 */
void
imp_wizard_session_forget_acknowledged (ImpWizardSession *self)
{
  g_array_set_size (self->acknowledged, 0);
  g_clear_pointer (&self->acknowledged_output, g_free);
}

/**
 * imp_wizard_session_acknowledge:
 * @self: a session
 * @region: what the finished picture shows, as the rehearsal has it
 *
 * Whoever sits here has looked at it, and says that it may stay: in exactly this picture.
 */
void
imp_wizard_session_acknowledge (ImpWizardSession *self, const ImpRect *region)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self);

  if (rehearsal == NULL || rehearsal->output_sha256 == NULL)
    return;
  if (g_strcmp0 (self->acknowledged_output, rehearsal->output_sha256) != 0)
    {
      imp_wizard_session_forget_acknowledged (self);
      self->acknowledged_output = g_strdup (rehearsal->output_sha256);
    }
  g_array_append_vals (self->acknowledged, region, 1);
  g_clear_pointer (&self->approved, g_free);
  imp_wizard_session_touch (self);
}

/**
 * imp_wizard_session_recall:
 * @self: a session
 * @key: of a question that may be asked
 * @value: the answer that who sits here gave before
 * @note: how far it reaches, in words
 *
 * Takes up an answer that was kept elsewhere; imp_wizard_session_touch() is to follow.
 */
void
imp_wizard_session_recall (ImpWizardSession *self, const char *key, const char *value,
                           const char *note)
{
  const ImpQuestion *question = imp_wizard_session_get_question (self, key);

  if (question == NULL)
    return;
  imp_answers_set (self->answers, key, question->scope, value, NULL);
  imp_answers_set_note (self->answers, key, note);
}

/**
 * imp_wizard_session_get_answer_note:
 * @self: a session
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): how far an answer that was given before reaches
 */
const char *
imp_wizard_session_get_answer_note (ImpWizardSession *self, const char *key)
{
  return imp_answers_get_note (self->answers, key);
}

/**
 * imp_wizard_session_get_questions:
 * @self: a session
 *
 * Returns: (transfer none) (element-type ImpQuestion): all that may be asked of what is chosen
 */
GPtrArray *
imp_wizard_session_get_questions (ImpWizardSession *self)
{
  return self->questions;
}
