#include <glib/gi18n.h>
#include <string.h>

#include "imp-alias.h"
#include "imp-clock.h"
#include "imp-fhir-read-private.h"
#include "imp-identifier.h"

#define IDENTIFIER_TYPES "http://terminology.hl7.org/CodeSystem/v2-0203"

/* A number of one of the site's own kinds, as it was written from here. */
static void
take_other_number (ImpEntry *entry, const char *scheme, const char *value)
{
  ImpIdentifier *number = imp_identifier_new ();

  number->scheme = g_strdup (scheme);
  number->value = g_strdup (value);
  if (entry->numbers == NULL)
    entry->numbers = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_identifier_free);
  g_ptr_array_add (entry->numbers, number);
}

static void
take_identifier (JsonObject *identifier, ImpEntry *entry)
{
  ImpPerson *person = entry->person;
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
  else if (system != NULL && g_str_has_prefix (system, IMP_FHIR_SCHEMES))
    take_other_number (entry, system + strlen (IMP_FHIR_SCHEMES), value);
}

/* HumanName: its text, else "family, given given". */
static char *
read_name (JsonObject *name)
{
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

/* The name is the first without a use that makes it another one; where there is none such, the
 * first of all. The rest are other names. */
static void
read_names (JsonObject *patient, ImpEntry *entry)
{
  JsonObject *name = NULL;
  guint main = 0;

  for (guint i = 0; (name = _imp_fhir_item (patient, "name", i)) != NULL; i++)
    if (_imp_fhir_name_kind_of (_imp_fhir_text (name, "use")) == NULL)
      {
        main = i;
        break;
      }
  for (guint i = 0; (name = _imp_fhir_item (patient, "name", i)) != NULL; i++)
    {
      const char *kind = _imp_fhir_name_kind_of (_imp_fhir_text (name, "use"));
      g_autofree char *text = read_name (name);
      ImpAlias *alias = NULL;

      if (i == main)
        {
          entry->person->name = g_steal_pointer (&text);
          continue;
        }
      if (text == NULL)
        continue;
      alias = imp_alias_new ();
      alias->name = g_steal_pointer (&text);
      g_free (alias->kind);
      alias->kind = g_strdup (kind != NULL ? kind : "also-known-as");
      if (entry->names == NULL)
        entry->names = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_alias_free);
      g_ptr_array_add (entry->names, alias);
    }
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
 * @entry: (inout): gets what it says of the patient
 *
 * Takes the patient from the consent itself, from the bundle, or by a number alone.
 *
 * Returns: whether there is one
 */
gboolean
_imp_fhir_read_patient (const ImpFhirReading *self, ImpEntry *entry)
{
  ImpPerson *person = entry->person;
  JsonObject *reference = _imp_fhir_object (self->resource, "patient");
  JsonObject *patient = _imp_fhir_resolve (self, reference);
  JsonObject *identifier = NULL;

  if (reference == NULL)
    return _imp_fhir_complain (self, "Consent.patient", _ ("It does not say whose consent it is"));
  take_identifier (_imp_fhir_object (reference, "identifier"), entry);
  if (patient == NULL)
    return person->nhs_number != NULL || person->hospital_number != NULL
           || _imp_fhir_complain (self, "Consent.patient",
                                  _ ("The patient is not in this file, nor named by a number"));
  if (g_strcmp0 (_imp_fhir_text (patient, "resourceType"), "Patient") != 0
      || json_object_has_member (patient, "modifierExtension"))
    return _imp_fhir_complain (self, "Consent.patient",
                               _ ("What stands there for the patient cannot be understood"));
  for (guint i = 0; (identifier = _imp_fhir_item (patient, "identifier", i)) != NULL; i++)
    take_identifier (identifier, entry);
  read_names (patient, entry);
  person->objects = read_flag (patient, "objects");
  person->lacks_capacity = read_flag (patient, "lacks_capacity");
  return read_days (self, patient, person);
}
