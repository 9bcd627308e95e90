#include <json-glib/json-glib.h>
#include <string.h>

#include "imp-alias.h"
#include "imp-fhir-words-private.h"
#include "imp-identifier.h"

#define XHTML "http://www.w3.org/1999/xhtml"

static void
add (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
begin_array (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

static void
add_coding (JsonBuilder *builder, const char *system, const char *code, const char *display)
{
  json_builder_begin_object (builder);
  add (builder, "system", system);
  add (builder, "code", code);
  add (builder, "display", display);
  json_builder_end_object (builder);
}

static void
add_concept (JsonBuilder *builder, const char *system, const char *code, const char *display)
{
  json_builder_begin_object (builder);
  begin_array (builder, "coding");
  add_coding (builder, system, code, display);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_reference (JsonBuilder *builder, const char *reference)
{
  json_builder_begin_object (builder);
  add (builder, "reference", reference);
  json_builder_end_object (builder);
}

static void
add_identifier (JsonBuilder *builder, const char *system, const char *value)
{
  if (value == NULL)
    return;
  json_builder_begin_object (builder);
  add (builder, "system", system);
  add (builder, "value", value);
  json_builder_end_object (builder);
}

/* ---- whom it is about, and who gave it: contained, so that one file says all of it ---- */

static void
add_numbers (JsonBuilder *builder, const ImpEntry *said)
{
  guint n_others = said->numbers != NULL ? said->numbers->len : 0;

  if (said->person->hospital_number == NULL && said->person->nhs_number == NULL && n_others == 0)
    return;
  begin_array (builder, "identifier");
  add_identifier (builder, IMP_FHIR_HOSPITAL_NUMBER, said->person->hospital_number);
  add_identifier (builder, IMP_FHIR_NHS_NUMBER, said->person->nhs_number);
  for (guint i = 0; i < n_others; i++)
    {
      const ImpIdentifier *number = g_ptr_array_index (said->numbers, i);
      g_autofree char *system = g_strconcat (IMP_FHIR_SCHEMES, number->scheme, NULL);

      add_identifier (builder, system, number->value);
    }
  json_builder_end_array (builder);
}

static void
add_names (JsonBuilder *builder, const ImpEntry *said)
{
  guint n_others = said->names != NULL ? said->names->len : 0;

  if (said->person->name == NULL && n_others == 0)
    return;
  begin_array (builder, "name");
  if (said->person->name != NULL)
    {
      json_builder_begin_object (builder);
      add (builder, "text", said->person->name);
      json_builder_end_object (builder);
    }
  for (guint i = 0; i < n_others; i++)
    {
      const ImpAlias *name = g_ptr_array_index (said->names, i);

      json_builder_begin_object (builder);
      add (builder, "use", _imp_fhir_name_use_of (name->kind));
      add (builder, "text", name->name);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_patient (JsonBuilder *builder, const ImpEntry *said)
{
  const ImpPerson *person = said->person;

  json_builder_begin_object (builder);
  add (builder, "resourceType", "Patient");
  add (builder, "id", "patient");
  begin_array (builder, "extension");
  json_builder_begin_object (builder);
  add (builder, "url", IMP_FHIR_PERSON);
  begin_array (builder, "extension");
  json_builder_begin_object (builder);
  add (builder, "url", "objects");
  add_flag (builder, "valueBoolean", person->objects);
  json_builder_end_object (builder);
  json_builder_begin_object (builder);
  add (builder, "url", "lacks_capacity");
  add_flag (builder, "valueBoolean", person->lacks_capacity);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  add_numbers (builder, said);
  add_names (builder, said);
  add (builder, "birthDate", person->born);
  if (person->died != NULL && strcmp (person->died, "unknown") == 0)
    add_flag (builder, "deceasedBoolean", TRUE);
  else
    add (builder, "deceasedDateTime", person->died);
  json_builder_end_object (builder);
}

static gboolean
is_given_by_another (const ImpPermission *permission)
{
  static const char *const OTHERS[] = {
    "parental-responsibility", "attorney-or-deputy", "personal-representative", "relative", NULL,
  };

  return g_strv_contains (OTHERS, permission->given_by);
}

static void
add_giver (JsonBuilder *builder, const ImpPermission *permission)
{
  json_builder_begin_object (builder);
  add (builder, "resourceType", "RelatedPerson");
  add (builder, "id", "giver");
  json_builder_set_member_name (builder, "patient");
  add_reference (builder, "#patient");
  begin_array (builder, "relationship");
  json_builder_begin_object (builder);
  add (builder, "text", permission->given_by);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* ---- what R4 has no element for ---- */

static void
add_own_field (JsonBuilder *builder, const ImpEntry *entry, const ImpField *field)
{
  g_autofree char *text = imp_entry_get (entry, field);

  if (text == NULL)
    return;
  json_builder_begin_object (builder);
  add (builder, "url", field->name);
  switch (field->kind)
    {
    case IMP_FIELD_FLAG:
      add_flag (builder, "valueBoolean", strcmp (text, "yes") == 0);
      break;
    case IMP_FIELD_DATE:
      add (builder, "valueDate", text);
      break;
    case IMP_FIELD_STATE:
      add (builder, "valueCode", text);
      break;
    case IMP_FIELD_TEXT:
    default:
      add (builder, "valueString", text);
    }
  json_builder_end_object (builder);
}

static void
add_extensions (JsonBuilder *builder, const ImpEntry *entry, const char *status)
{
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);

  begin_array (builder, "extension");
  json_builder_begin_object (builder);
  add (builder, "url", IMP_FHIR_PERMISSION);
  begin_array (builder, "extension");
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].of_permission && strcmp (fields[i].name, "permission_id") != 0)
      add_own_field (builder, entry, &fields[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (strcmp (status, "inactive") == 0)
    {
      json_builder_begin_object (builder);
      add (builder, "url", IMP_FHIR_INACTIVE_REASON);
      add (builder, "valueCode", imp_permission_state_to_text (entry->permission->state));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* ---- the resource ---- */

/* Says nothing of the person: a list of resources shows it. */
static void
add_narrative (JsonBuilder *builder, const ImpPermission *permission, const char *status)
{
  g_autofree char *div = g_markup_printf_escaped (
      "<div xmlns=\"" XHTML "\">Permission for a clinical picture: %s, %s, %s</div>",
      permission->level, status, permission->given);

  json_builder_set_member_name (builder, "text");
  json_builder_begin_object (builder);
  add (builder, "status", "generated");
  add (builder, "div", div);
  json_builder_end_object (builder);
}

static void
add_kind (JsonBuilder *builder, const ImpFhirUse *use)
{
  json_builder_set_member_name (builder, "scope");
  add_concept (builder, IMP_FHIR_SCOPES, use->scope, use->scope_display);
  begin_array (builder, "category");
  add_concept (builder, IMP_FHIR_LOINC, "59284-0", "Patient Consent");
  if (strcmp (use->scope, "research") == 0)
    add_concept (builder, IMP_FHIR_CATEGORIES, "research", "Research Information Access");
  add_concept (builder, IMP_FHIR_LEVELS, use->level, NULL);
  json_builder_end_array (builder);
}

static void
add_people (JsonBuilder *builder, const ImpPermission *permission, const ImpFhirSite *site)
{
  json_builder_set_member_name (builder, "patient");
  add_reference (builder, "#patient");
  add (builder, "dateTime", permission->given);
  if (strcmp (permission->given_by, "none") != 0)
    {
      begin_array (builder, "performer");
      add_reference (builder, is_given_by_another (permission) ? "#giver" : "#patient");
      json_builder_end_array (builder);
    }
  if (site->organisation != NULL)
    {
      begin_array (builder, "organization");
      json_builder_begin_object (builder);
      add (builder, "display", site->organisation);
      json_builder_end_object (builder);
      json_builder_end_array (builder);
    }
}

static void
add_source (JsonBuilder *builder, const ImpScan *evidence)
{
  if (evidence == NULL)
    return;
  json_builder_set_member_name (builder, "sourceAttachment");
  json_builder_begin_object (builder);
  add (builder, "contentType", evidence->media_type);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, evidence->size);
  add (builder, "hash", evidence->sha1);
  add (builder, "title", evidence->title);
  json_builder_end_object (builder);
}

/* ppc-1: a consent has a policy or a policy rule. */
static void
add_policy (JsonBuilder *builder, const ImpFhirSite *site)
{
  g_autofree char *uri =
      g_strconcat (IMP_FHIR_POLICY, site->pack != NULL ? site->pack : "none", NULL);

  begin_array (builder, "policy");
  json_builder_begin_object (builder);
  add (builder, "uri", uri);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

static void
add_verification (JsonBuilder *builder, const ImpPermission *permission)
{
  gboolean verified = permission->evidence != NULL;

  begin_array (builder, "verification");
  json_builder_begin_object (builder);
  add_flag (builder, "verified", verified);
  if (verified && strcmp (permission->given_by, "none") != 0)
    {
      json_builder_set_member_name (builder, "verifiedWith");
      add_reference (builder, is_given_by_another (permission) ? "#giver" : "#patient");
    }
  add (builder, "verificationDate", verified ? permission->given : NULL);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

/* The root rule has no type: status says what was decided. */
static void
add_provision (JsonBuilder *builder, const ImpPermission *permission, const ImpFhirUse *use)
{
  json_builder_set_member_name (builder, "provision");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "period");
  json_builder_begin_object (builder);
  add (builder, "start",
       permission->valid_from != NULL ? permission->valid_from : permission->given);
  add (builder, "end", permission->expires);
  json_builder_end_object (builder);
  begin_array (builder, "purpose");
  add_coding (builder, use->purpose_system, use->purpose, use->purpose_display);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_consent (JsonBuilder *builder, const ImpEntry *said, const ImpFhirSite *site)
{
  g_autoptr (ImpPermission) permission = imp_permission_copy (said->permission);
  const ImpEntry entry = { said->person, permission, NULL };
  const ImpFhirUse *use = _imp_fhir_use_of (permission->level);
  const char *status = NULL;

  permission->state = imp_permission_state_on (permission, site->today);
  status = _imp_fhir_status_of (permission->state);
  json_builder_begin_object (builder);
  add (builder, "resourceType", "Consent");
  add (builder, "id", permission->id);
  add_narrative (builder, permission, status);
  begin_array (builder, "contained");
  add_patient (builder, said);
  if (is_given_by_another (permission))
    add_giver (builder, permission);
  json_builder_end_array (builder);
  add_extensions (builder, &entry, status);
  begin_array (builder, "identifier");
  add_identifier (builder, IMP_FHIR_PERMISSIONS, permission->id);
  json_builder_end_array (builder);
  add (builder, "status", status);
  add_kind (builder, use);
  add_people (builder, permission, site);
  add_source (builder, said->evidence);
  add_policy (builder, site);
  add_verification (builder, permission);
  add_provision (builder, permission, use);
  json_builder_end_object (builder);
}

/**
 * imp_fhir_write:
 * @entries: (element-type ImpEntry): permissions of the register, each with its person
 * @site: what the resources say besides
 * @bundle: whether to write a Bundle (a collection), even of one or none; else there is one entry
 *
 * Writes each permission as a Consent of R4 (4.0.1) with its patient contained. What R4 has no
 * element for stands in extensions under %IMP_FHIR_BASE, so that imp_fhir_read() gets all of it.
 *
 * Returns: (transfer full): the resource as JSON
 */
char *
imp_fhir_write (GPtrArray *entries, const ImpFhirSite *site, gboolean bundle)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  if (bundle)
    {
      json_builder_begin_object (builder);
      add (builder, "resourceType", "Bundle");
      add (builder, "type", "collection");
    }
  if (bundle && entries->len > 0)
    begin_array (builder, "entry");
  for (guint i = 0; i < entries->len; i++)
    {
      const ImpEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *url = g_strconcat (IMP_FHIR_BASE, "Consent/", entry->permission->id, NULL);

      if (bundle)
        {
          json_builder_begin_object (builder);
          add (builder, "fullUrl", url);
          json_builder_set_member_name (builder, "resource");
        }
      add_consent (builder, entry, site);
      if (bundle)
        json_builder_end_object (builder);
    }
  if (bundle && entries->len > 0)
    json_builder_end_array (builder);
  if (bundle)
    json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}
