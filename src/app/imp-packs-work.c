#include "imp-packs-work.h"

#include <glib/gi18n.h>

#include "imp-error.h"

#define LOCAL_POLICY "local-policy-reference"
#define REVIEW_BY "policy-review-by"

/**
 * imp_packs_facts_free:
 * @facts: (transfer full): an ImpPacksFacts
 */
void
imp_packs_facts_free (gpointer facts)
{
  ImpPacksFacts *self = facts;

  g_clear_pointer (&self->packs, g_ptr_array_unref);
  g_free (self->local_policy);
  g_free (self->review_by);
  g_free (self);
}

static gboolean
read_setting (ImpGate *gate, const char *key, char **value, GError **error)
{
  g_autoptr (GError) cause = NULL;

  *value = imp_register_get_setting (imp_gate_get_register (gate), key, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/**
 * imp_packs_facts_read:
 * @gate: the gate
 * @facts: an ImpPacksFacts to fill
 * @error: where to put the error
 *
 * Returns: whether the packs and the site's settings could be read
 */
gboolean
imp_packs_facts_read (ImpGate *gate, gpointer facts, GError **error)
{
  ImpPacksFacts *self = facts;

  self->packs = imp_gate_list_packs_sync (gate, error);
  return self->packs != NULL && read_setting (gate, LOCAL_POLICY, &self->local_policy, error)
         && read_setting (gate, REVIEW_BY, &self->review_by, error);
}

/**
 * imp_packs_choice_new:
 * @hash: (nullable): a pack that ships or that the register keeps
 * @json: (nullable): a site's own
 *
 * Returns: (transfer full): a choice
 */
ImpPacksChoice *
imp_packs_choice_new (const char *hash, GBytes *json)
{
  ImpPacksChoice *choice = g_new0 (ImpPacksChoice, 1);

  choice->hash = g_strdup (hash);
  choice->json = json != NULL ? g_bytes_ref (json) : NULL;
  return choice;
}

/**
 * imp_packs_choice_free:
 * @choice: (transfer full): an ImpPacksChoice
 */
void
imp_packs_choice_free (gpointer choice)
{
  ImpPacksChoice *self = choice;

  g_free (self->hash);
  g_clear_object (&self->file);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_clear_pointer (&self->info, imp_pack_info_free);
  g_strfreev (self->weaknesses);
  g_free (self->setting);
  g_free (self->value);
  g_free (self);
}

/**
 * imp_packs_choice_read:
 * @gate: the gate
 * @choice: an ImpPacksChoice with a file
 * @error: where to put the error
 *
 * Reads a site's own pack and checks it, without putting it in force.
 *
 * Returns: whether it is a pack, also one that is too weak; else %IMP_ERROR_USAGE with the line of
 *   the first mistake, or %IMP_ERROR_IO
 */
gboolean
imp_packs_choice_read (ImpGate *gate, gpointer choice, GError **error)
{
  ImpPacksChoice *self = choice;
  g_autoptr (GError) cause = NULL;

  self->json = g_file_load_bytes (self->file, NULL, NULL, &cause);
  if (self->json == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_IO, _ ("The policy pack cannot be read: %s"),
                   cause->message);
      return FALSE;
    }
  self->info = imp_gate_check_pack (self->json, &self->weaknesses, error);
  return self->info != NULL;
}

/**
 * imp_packs_choice_use:
 * @gate: the gate
 * @choice: an ImpPacksChoice
 * @error: where to put the error
 *
 * Puts a pack in force, or writes a setting of the site.
 *
 * Returns: whether it is, else an error of the gate
 */
gboolean
imp_packs_choice_use (ImpGate *gate, gpointer choice, GError **error)
{
  const ImpPacksChoice *self = choice;

  if (self->setting != NULL)
    return imp_register_set_setting (imp_gate_get_register (gate), self->setting, self->value,
                                     error);
  return self->json != NULL ? imp_gate_use_pack_sync (gate, self->json, error)
                            : imp_gate_set_pack (gate, self->hash, error);
}
