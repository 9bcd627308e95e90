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

static const char *const CAPACITIES[] = {
  "presumed", "assessed-competent", "lacks", "fluctuating", NULL,
};

static const char *const DESTINATIONS[] = {
  "internal-meeting",    "teaching-file",     "publication", "research",
  "social-media-closed", "social-media-open", NULL,
};

static const char *const BASES[] = {
  "common-law-consent", "gdpr-explicit-consent", "both", "other", NULL,
};

#define TEXT(member) G_STRUCT_OFFSET (ImpPermission, member)

/* Every text of a permission. */
static const gsize TEXTS[] = {
  TEXT (id),
  TEXT (person_id),
  TEXT (level),
  TEXT (scope),
  TEXT (destination),
  TEXT (destination_url),
  TEXT (controller),
  TEXT (given_by),
  TEXT (giver_name),
  TEXT (giver_relationship),
  TEXT (giver_check),
  TEXT (giver_note),
  TEXT (capacity),
  TEXT (capacity_decision),
  TEXT (capacity_assessor),
  TEXT (capacity_assessed),
  TEXT (evidence),
  TEXT (evidence_reference),
  TEXT (witness_name),
  TEXT (witness_role),
  TEXT (wording_version),
  TEXT (language),
  TEXT (interpreter),
  TEXT (image_version),
  TEXT (basis),
  TEXT (basis_note),
  TEXT (given),
  TEXT (valid_from),
  TEXT (expires),
  TEXT (review),
  TEXT (withdrawn),
  TEXT (withdrawn_by),
  TEXT (withdrawn_channel),
  TEXT (replaces),
  TEXT (created),
  TEXT (answered),
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

  *copy = *permission;
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      char **text = G_STRUCT_MEMBER_P (copy, TEXTS[i]);

      *text = g_strdup (*text);
    }
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
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    g_free (G_STRUCT_MEMBER (char *, permission, TEXTS[i]));
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
 * after its review day, and expired after its last day. One that was given while capacity
 * fluctuated has to be asked for again by its review day: after it, it is suspended.
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
  if (permission->review == NULL || strcmp (day, permission->review) <= 0)
    return permission->state;
  return g_strcmp0 (permission->capacity, "fluctuating") == 0 ? IMP_PERMISSION_SUSPENDED
                                                              : IMP_PERMISSION_REVIEW_DUE;
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

/**
 * imp_permission_capacities:
 *
 * Returns: (transfer none) (array zero-terminated=1): whether the giver could decide
 */
const char *const *
imp_permission_capacities (void)
{
  return CAPACITIES;
}

/**
 * imp_permission_destinations:
 *
 * Returns: (transfer none) (array zero-terminated=1): the places to which a permission may be
 *   limited
 */
const char *const *
imp_permission_destinations (void)
{
  return DESTINATIONS;
}

/**
 * imp_permission_bases:
 *
 * Returns: (transfer none) (array zero-terminated=1): on which basis it is relied upon
 */
const char *const *
imp_permission_bases (void)
{
  return BASES;
}

/**
 * imp_permission_is_for:
 * @permission: a permission
 * @destination: a destination of the policy: "teaching-file", "social-media", …
 *
 * A closed group counts as public (the article's row 22), so both kinds of social media are one
 * destination.
 *
 * Returns: whether @permission is not limited to another place than @destination; whether its
 *   level covers it is for the policy to say
 */
gboolean
imp_permission_is_for (const ImpPermission *permission, const char *destination)
{
  if (permission->destination == NULL)
    return TRUE;
  if (g_str_has_prefix (permission->destination, "social-media-"))
    return g_strcmp0 (destination, "social-media") == 0;
  return g_strcmp0 (destination, permission->destination) == 0;
}
