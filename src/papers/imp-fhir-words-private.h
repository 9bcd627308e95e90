/* Our words and those of R4, side by side. */
#pragma once

#include "imp-fhir.h"

G_BEGIN_DECLS

#define IMP_FHIR_SCOPES "http://terminology.hl7.org/CodeSystem/consentscope"
#define IMP_FHIR_CATEGORIES "http://terminology.hl7.org/CodeSystem/consentcategorycodes"
#define IMP_FHIR_REASONS "http://terminology.hl7.org/CodeSystem/v3-ActReason"
#define IMP_FHIR_ACTS "http://terminology.hl7.org/CodeSystem/v3-ActCode"
#define IMP_FHIR_LOINC "http://loinc.org"
#define IMP_FHIR_LEVELS IMP_FHIR_BASE "CodeSystem/permission-level"
#define IMP_FHIR_PURPOSES IMP_FHIR_BASE "CodeSystem/purpose"
#define IMP_FHIR_PERMISSIONS IMP_FHIR_BASE "NamingSystem/permission"
#define IMP_FHIR_HOSPITAL_NUMBER IMP_FHIR_BASE "NamingSystem/hospital-number"
#define IMP_FHIR_SCHEMES IMP_FHIR_BASE "NamingSystem/scheme/"
#define IMP_FHIR_PERMISSION IMP_FHIR_BASE "StructureDefinition/permission"
#define IMP_FHIR_INACTIVE_REASON IMP_FHIR_BASE "StructureDefinition/inactive-reason"
#define IMP_FHIR_PERSON IMP_FHIR_BASE "StructureDefinition/person"
#define IMP_FHIR_POLICY IMP_FHIR_BASE "policy/"

/**
 * ImpFhirUse: a level in the words of R4
 * @scope: a code of consentscope
 * @purpose_system: whose code @purpose is
 */
typedef struct
{
  const char *level;
  const char *scope;
  const char *scope_display;
  const char *purpose_system;
  const char *purpose;
  const char *purpose_display;
} ImpFhirUse;

const ImpFhirUse *_imp_fhir_use_of (const char *level);
const char *_imp_fhir_status_of (ImpPermissionState state);
gboolean _imp_fhir_is_status (const char *status);
const char *_imp_fhir_name_use_of (const char *kind);
const char *_imp_fhir_name_kind_of (const char *use);

G_END_DECLS
