#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-fhir-read-private.h"

#define IDENTIFIER_TYPES "http://terminology.hl7.org/CodeSystem/v2-0203"

static void
take_identifier (JsonObject *identifier, ImpPerson *person)
{
  const char *system = _imp_fhir_text (identifier, "system");
  const char *value = _imp_fhir_text (identifier, "value");
  const char *type = NULL;

  if (value == NULL)
    return;
  if (g_strcmp0 (system, IMP_FHIR_NHS_NUMBER) == 0 && person->nhs_number == NULL)
    person->nhs_number = g_strdup (value);
  else if ((g_strcmp0 (system, IMP_FHIR_HOSPITAL_NUMBER) == 0
            || (_imp_fhir_has_code (_imp_fhir_object (identifier, "type"), IDENTIFIER_TYPES, &type)
                && strcmp (type, "MR") == 0))
           && person->hospital_number == NULL)
    person->hospital_number = g_strdup (value);
}

/* HumanName: its text, else "family, given given". */
static char *
read_name (JsonObject *patient)
{
  JsonObject *name = _imp_fhir_item (patient, "name", 0);
  const char *text = _imp_fhir_text (name, "text");
  const char *family = _imp_fhir_text (name, "family");
  JsonNode *given = name != NULL ? json_object_get_member (name, "given") : NULL;
  g_autoptr (GString) whole = g_string_new (family);

  if (text != NULL)
    return g_strdup (text);
  for (guint i = 0; given != NULL && JSON_NODE_HOLDS_ARRAY (given)
                    && i < json_array_get_length (json_node_get_array (given));
       i++)
    {
      JsonNode *part = json_array_get_element (json_node_get_array (given), i);

      if (JSON_NODE_HOLDS_VALUE (part) && json_node_get_value_type (part) == G_TYPE_STRING)
        g_string_append_printf (whole, "%s%s",
                                i == 0 && whole->len > 0 ? ", "
                                : i > 0                  ? " "
                                                         : "",
                                json_node_get_string (part));
    }
  return whole->len > 0 ? g_strdup (whole->str) : NULL;
}

static gboolean
read_flag (JsonObject *patient, const char *name)
{
  JsonObject *own = _imp_fhir_extension (patient, IMP_FHIR_PERSON);
  JsonObject *extension = _imp_fhir_extension (own, name);

  return extension != NULL
         && json_object_get_boolean_member_with_default (extension, "valueBoolean", FALSE);
}

static gboolean
read_days (const ImpFhirReading *self, JsonObject *patient, ImpPerson *person)
{
  const char *born = _imp_fhir_text (patient, "birthDate");
  const char *died = _imp_fhir_text (patient, "deceasedDateTime");
  g_autofree char *day = died != NULL ? g_strndup (died, 10) : NULL;

  if (born != NULL && !imp_clock_date_is_valid (born))
    return _imp_fhir_complain (self, "Patient.birthDate", _ ("A whole date of birth is needed"));
  person->born = g_strdup (born);
  if (day != NULL)
    person->died = g_strdup (imp_clock_date_is_valid (day) ? day : "unknown");
  else if (json_object_get_boolean_member_with_default (patient, "deceasedBoolean", FALSE))
    person->died = g_strdup ("unknown");
  return TRUE;
}

/**
 * _imp_fhir_read_patient:
 * @self: what is being read
 * @person: (inout): gets what it says of the patient
 *
 * Takes the patient from the consent itself, from the bundle, or by a number alone.
 *
 * Returns: whether there is one
 */
gboolean
_imp_fhir_read_patient (const ImpFhirReading *self, ImpPerson *person)
{
  JsonObject *reference = _imp_fhir_object (self->resource, "patient");
  JsonObject *patient = _imp_fhir_resolve (self, reference);
  JsonObject *identifier = NULL;

  if (reference == NULL)
    return _imp_fhir_complain (self, "Consent.patient", _ ("It does not say whose consent it is"));
  take_identifier (_imp_fhir_object (reference, "identifier"), person);
  if (patient == NULL)
    return person->nhs_number != NULL || person->hospital_number != NULL
           || _imp_fhir_complain (self, "Consent.patient",
                                  _ ("The patient is not in this file, nor named by a number"));
  if (g_strcmp0 (_imp_fhir_text (patient, "resourceType"), "Patient") != 0
      || json_object_has_member (patient, "modifierExtension"))
    return _imp_fhir_complain (self, "Consent.patient",
                               _ ("What stands there for the patient cannot be understood"));
  for (guint i = 0; (identifier = _imp_fhir_item (patient, "identifier", i)) != NULL; i++)
    take_identifier (identifier, person);
  person->name = read_name (patient);
  person->objects = read_flag (patient, "objects");
  person->lacks_capacity = read_flag (patient, "lacks_capacity");
  return read_days (self, patient, person);
}
