#include <string.h>

#include "imp-fhir-words-private.h"

/* R4 has no purpose for publishing (its binding is extensible, so that those are our own), and no
 * scope but privacy, research, treatment and advance directives. */
static const ImpFhirUse USES[] = {
  { "record-only", "patient-privacy", "Privacy Consent", IMP_FHIR_REASONS, "TREAT", "treatment" },
  { "teaching-closed", "patient-privacy", "Privacy Consent", IMP_FHIR_REASONS, "TRAIN",
    "training" },
  { "publication-named", "patient-privacy", "Privacy Consent", IMP_FHIR_PURPOSES, "publication",
    "Publication" },
  { "publication-open-web", "patient-privacy", "Privacy Consent", IMP_FHIR_PURPOSES, "open-web",
    "Publication on the open web" },
  { "social-media", "patient-privacy", "Privacy Consent", IMP_FHIR_PURPOSES, "social-media",
    "Social media" },
  { "research-study", "research", "Research", IMP_FHIR_REASONS, "HRESCH", "healthcare research" },
  { "research-area", "research", "Research", IMP_FHIR_REASONS, "HRESCH", "healthcare research" },
};

/**
 * _imp_fhir_use_of:
 * @level: (nullable): a level of permission
 *
 * Returns: (transfer none) (nullable): what R4 calls it, %NULL for no level of ours
 */
const ImpFhirUse *
_imp_fhir_use_of (const char *level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (USES); i++)
    if (g_strcmp0 (USES[i].level, level) == 0)
      return &USES[i];
  return NULL;
}

/**
 * _imp_fhir_status_of:
 * @state: a state of a permission
 *
 * Maps the life-cycle to consent-state-codes (policy.md 4).
 *
 * Returns: (transfer none): Consent.status
 */
const char *
_imp_fhir_status_of (ImpPermissionState state)
{
  switch (state)
    {
    case IMP_PERMISSION_DRAFT:
      return "draft";
    case IMP_PERMISSION_OFFERED:
      return "proposed";
    case IMP_PERMISSION_ACTIVE:
    case IMP_PERMISSION_REVIEW_DUE:
      return "active";
    case IMP_PERMISSION_REFUSED:
      return "rejected";
    case IMP_PERMISSION_SUSPENDED:
    case IMP_PERMISSION_EXPIRED:
    case IMP_PERMISSION_WITHDRAWN:
    case IMP_PERMISSION_SUPERSEDED:
      return "inactive";
    case IMP_PERMISSION_ENTERED_IN_ERROR:
    default:
      return "entered-in-error";
    }
}

/**
 * _imp_fhir_is_status:
 * @status: a text
 *
 * Returns: whether it is one of consent-state-codes, which the element is bound to
 */
gboolean
_imp_fhir_is_status (const char *status)
{
  static const char *const CODES[] = {
    "draft", "proposed", "active", "rejected", "inactive", "entered-in-error", NULL,
  };

  return g_strv_contains (CODES, status);
}

/* HumanName.use (hl7.org/fhir/R4/valueset-name-use.html) beside the kinds of other names; the first
 * of a use is what it is read as. */
static const struct
{
  const char *kind;
  const char *use;
} NAME_USES[] = {
  { "former", "old" },    { "former", "maiden" },          { "preferred", "usual" },
  { "misspelt", "temp" }, { "also-known-as", "nickname" }, { "also-known-as", "anonymous" },
};

/**
 * _imp_fhir_name_use_of:
 * @kind: one of imp_alias_kinds()
 *
 * Returns: (transfer none): the use of a HumanName that says so
 */
const char *
_imp_fhir_name_use_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAME_USES); i++)
    if (g_strcmp0 (NAME_USES[i].kind, kind) == 0)
      return NAME_USES[i].use;
  return "nickname";
}

/**
 * _imp_fhir_name_kind_of:
 * @use: (nullable): a HumanName's use
 *
 * Returns: (transfer none) (nullable): what kind of other name it is; %NULL for the name itself
 */
const char *
_imp_fhir_name_kind_of (const char *use)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAME_USES); i++)
    if (g_strcmp0 (NAME_USES[i].use, use) == 0)
      return NAME_USES[i].kind;
  return NULL;
}
