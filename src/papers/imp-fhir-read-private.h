/* Reading resources: what the parts of it share. */
#pragma once

#include <json-glib/json-glib.h>

#include "imp-fhir-words-private.h"

G_BEGIN_DECLS

/**
 * ImpFhirReading: one resource being read
 * @row: which entry it is, from 1
 * @resource: the Consent
 * @others: resources of the bundle by "Patient/id" and by fullUrl; borrowed
 * @problems: (element-type ImpProblem): gets what is wrong
 */
typedef struct
{
  guint64 row;
  JsonObject *resource;
  GHashTable *others;
  GPtrArray *problems;
} ImpFhirReading;

gboolean _imp_fhir_complain (const ImpFhirReading *self, const char *element, const char *message);
const char *_imp_fhir_text (JsonObject *object, const char *name);
JsonObject *_imp_fhir_object (JsonObject *object, const char *name);
JsonObject *_imp_fhir_item (JsonObject *object, const char *name, guint index);
JsonObject *_imp_fhir_extension (JsonObject *object, const char *url);
gboolean _imp_fhir_has_code (JsonObject *concept, const char *system, const char **code);
JsonObject *_imp_fhir_resolve (const ImpFhirReading *self, JsonObject *reference);
gboolean _imp_fhir_read_patient (const ImpFhirReading *self, ImpEntry *entry);

G_END_DECLS
