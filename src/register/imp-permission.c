#include "imp-permission.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (ImpPermission, imp_permission, imp_permission_copy, imp_permission_free)

static const char *const STATES[] = {
  "draft",   "offered", "active",    "review-due", "suspended",
  "refused", "expired", "withdrawn", "superseded", "entered-in-error",
};

static const char *const LEVELS[] = {
  "record-only",  "teaching-closed", "publication-named", "publication-open-web",
  "social-media", "research-study",  "research-area",     NULL,
};

static const char *const GIVERS[] = {
  "patient",
  "competent-under-16",
  "parental-responsibility",
  "attorney-or-deputy",
  "personal-representative",
  "relative",
  "none",
  NULL,
};

static const char *const EVIDENCES[] = {
  "signed-paper", "on-screen-signature", "verbal-with-witness", "letter", "journal-form", NULL,
};

/**
 * imp_permission_new:
 *
 * Returns: (transfer full): an empty permission in state %IMP_PERMISSION_DRAFT
 */
ImpPermission *
imp_permission_new (void)
{
  return g_new0 (ImpPermission, 1);
}

/**
 * imp_permission_copy:
 * @permission: a permission
 *
 * Returns: (transfer full): a copy
 */
ImpPermission *
imp_permission_copy (const ImpPermission *permission)
{
  ImpPermission *copy = imp_permission_new ();

  copy->id = g_strdup (permission->id);
  copy->person_id = g_strdup (permission->person_id);
  copy->level = g_strdup (permission->level);
  copy->scope = g_strdup (permission->scope);
  copy->identifiable = permission->identifiable;
  copy->given_by = g_strdup (permission->given_by);
  copy->giver_note = g_strdup (permission->giver_note);
  copy->capacity = g_strdup (permission->capacity);
  copy->evidence = g_strdup (permission->evidence);
  copy->evidence_reference = g_strdup (permission->evidence_reference);
  copy->wording_version = g_strdup (permission->wording_version);
  copy->given = g_strdup (permission->given);
  copy->valid_from = g_strdup (permission->valid_from);
  copy->expires = g_strdup (permission->expires);
  copy->review = g_strdup (permission->review);
  copy->state = permission->state;
  copy->withdrawn = g_strdup (permission->withdrawn);
  copy->withdrawn_by = g_strdup (permission->withdrawn_by);
  copy->withdrawn_channel = g_strdup (permission->withdrawn_channel);
  copy->created = g_strdup (permission->created);
  return copy;
}

/**
 * imp_permission_free:
 * @permission: (transfer full) (nullable): a permission
 */
void
imp_permission_free (ImpPermission *permission)
{
  if (permission == NULL)
    return;
  g_free (permission->id);
  g_free (permission->person_id);
  g_free (permission->level);
  g_free (permission->scope);
  g_free (permission->given_by);
  g_free (permission->giver_note);
  g_free (permission->capacity);
  g_free (permission->evidence);
  g_free (permission->evidence_reference);
  g_free (permission->wording_version);
  g_free (permission->given);
  g_free (permission->valid_from);
  g_free (permission->expires);
  g_free (permission->review);
  g_free (permission->withdrawn);
  g_free (permission->withdrawn_by);
  g_free (permission->withdrawn_channel);
  g_free (permission->created);
  g_free (permission);
}

/**
 * imp_permission_state_to_text:
 * @state: a state
 *
 * Returns: (transfer none) (nullable): its word, "active", "review-due", …, or %NULL for a number
 *   that is no state
 */
const char *
imp_permission_state_to_text (ImpPermissionState state)
{
  return (guint)state < G_N_ELEMENTS (STATES) ? STATES[state] : NULL;
}

/**
 * imp_permission_state_from_text:
 * @text: (nullable): a word as imp_permission_state_to_text() gives it
 * @state: (out): the state
 *
 * Returns: whether @text names a state
 */
gboolean
imp_permission_state_from_text (const char *text, ImpPermissionState *state)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (STATES); i++)
    if (strcmp (text, STATES[i]) == 0)
      {
        *state = (ImpPermissionState)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * imp_permission_state_on:
 * @permission: a permission
 * @day: "YYYY-MM-DD"
 *
 * Gives the state on a day (policy.md 2.3): time alone makes an active permission due for review
 * after its review day, and expired after its last day.
 *
 * Returns: the state
 */
ImpPermissionState
imp_permission_state_on (const ImpPermission *permission, const char *day)
{
  if (permission->state != IMP_PERMISSION_ACTIVE && permission->state != IMP_PERMISSION_REVIEW_DUE)
    return permission->state;
  if (permission->expires != NULL && strcmp (day, permission->expires) > 0)
    return IMP_PERMISSION_EXPIRED;
  if (permission->review != NULL && strcmp (day, permission->review) > 0)
    return IMP_PERMISSION_REVIEW_DUE;
  return permission->state;
}

/**
 * imp_permission_levels:
 *
 * Returns: (transfer none) (array zero-terminated=1): the levels of policy.md 2.2
 */
const char *const *
imp_permission_levels (void)
{
  return LEVELS;
}

/**
 * imp_permission_givers:
 *
 * Returns: (transfer none) (array zero-terminated=1): who may have consented
 */
const char *const *
imp_permission_givers (void)
{
  return GIVERS;
}

/**
 * imp_permission_evidences:
 *
 * Returns: (transfer none) (array zero-terminated=1): the kinds of evidence
 */
const char *const *
imp_permission_evidences (void)
{
  return EVIDENCES;
}
