/* Permissions as FHIR R4 Consent (hl7.org/fhir/R4/consent.html), and back.
 *
 * Owns: which of our words is which of theirs; what a file of others must say to be understood.
 * May include: core, the register's types.  Must never: touch the register or a file. */
#pragma once

#include "imp-entry.h"
#include "imp-problem.h"

G_BEGIN_DECLS

/**
 * ImpFhirSite:
 * @organisation: (nullable): who keeps the register
 * @pack: (nullable): the id of the policy pack under which it was recorded
 * @today: the day whose states are written
 */
typedef struct
{
  const char *organisation;
  const char *pack;
  const char *today;
} ImpFhirSite;

#define IMP_FHIR_BASE "https://imprimatur.github.io/fhir/"
#define IMP_FHIR_NHS_NUMBER "https://fhir.nhs.uk/Id/nhs-number"
#define IMP_FHIR_MAX_BYTES (64 * 1024 * 1024)

char *imp_fhir_write (GPtrArray *entries, const ImpFhirSite *site, gboolean bundle);
GPtrArray *imp_fhir_read (const char *text, gsize length, GPtrArray *problems);

G_END_DECLS
