#include "imp-field-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* hint: (nullable): what may stand there; of days and flags their kind says it. */
static const struct
{
  const char *name;
  const char *title;
  const char *hint;
} WORDS[] = {
  { "person_id", N_ ("Reference of the person"), N_ ("empty in a table of your own") },
  { "hospital_number", N_ ("Hospital number"), N_ ("this or the NHS number says who it is") },
  { "nhs_number", N_ ("NHS number"), N_ ("ten digits") },
  { "name", N_ ("Name"), NULL },
  { "born", N_ ("Date of birth"), NULL },
  { "died", N_ ("Day of death"), N_ ("a day as 1961-05-03, or: unknown") },
  { "objects", N_ ("Says no to any use"), NULL },
  { "lacks_capacity", N_ ("Not able to decide"), NULL },
  { "known_to_audience", N_ ("Known to those who will see it"), NULL },
  { "note", N_ ("Note on the person"), NULL },
  { "other_numbers", N_ ("Other numbers"), N_ ("scheme=number; scheme=number") },
  { "other_names", N_ ("Other names"),
    N_ ("kind=name; kind=name, where a kind is also-known-as, former, preferred or misspelt") },
  { "permission_id", N_ ("Reference of the permission"), N_ ("empty in a table of your own") },
  { "level", N_ ("What is permitted"),
    N_ ("record-only, teaching-closed, publication-named, publication-open-web, social-media, "
        "research-study or research-area; empty where nothing is recorded but the person") },
  { "scope", N_ ("Name of the work, platform, study or area"),
    N_ ("where the permission is for one") },
  { "identifiable", N_ ("May be recognised"), NULL },
  { "destination", N_ ("The one place it is for"), NULL },
  { "destination_url", N_ ("Address of that place"), NULL },
  { "controller", N_ ("Who is responsible there"), NULL },
  { "given_by", N_ ("Who gave it"),
    N_ ("patient, competent-under-16, parental-responsibility, attorney-or-deputy, "
        "personal-representative, relative or none; patient where it is empty") },
  { "giver_name", N_ ("Name of who gave it"), NULL },
  { "giver_relationship", N_ ("Relationship to the patient"), NULL },
  { "giver_check", N_ ("How that was checked"), NULL },
  { "giver_note", N_ ("Note on that"), NULL },
  { "capacity", N_ ("Ability to decide"),
    N_ ("presumed, assessed-competent, lacks or fluctuating; presumed where it is empty") },
  { "capacity_decision", N_ ("Decision that was assessed"), NULL },
  { "capacity_assessor", N_ ("Who assessed it"), NULL },
  { "capacity_assessed", N_ ("When it was assessed"), NULL },
  { "evidence", N_ ("What proves it"),
    N_ ("signed-paper, on-screen-signature, verbal-with-witness, letter or journal-form") },
  { "evidence_reference", N_ ("Where that is kept"), NULL },
  { "witness_name", N_ ("Name of the witness"), NULL },
  { "witness_role", N_ ("Post of the witness"), NULL },
  { "wording_version", N_ ("Wording that was explained"), NULL },
  { "language", N_ ("Language"), NULL },
  { "interpreter", N_ ("Interpreter"), NULL },
  { "image_version", N_ ("Picture that was seen"), NULL },
  { "basis", N_ ("Legal basis"), N_ ("common-law-consent, gdpr-explicit-consent, both or other") },
  { "basis_note", N_ ("Note on the basis"), NULL },
  { "given", N_ ("Day of the answer"), NULL },
  { "valid_from", N_ ("In force from"), NULL },
  { "expires", N_ ("In force until"), NULL },
  { "review", N_ ("To be asked again on"), NULL },
  { "state", N_ ("How it stands"),
    N_ ("draft, offered, active, review-due, suspended, refused, expired, withdrawn, superseded "
        "or entered-in-error; active where it is empty") },
  { "withdrawn", N_ ("Taken back on"), NULL },
  { "withdrawn_by", N_ ("Taken back by"), NULL },
  { "withdrawn_channel", N_ ("How that was said"), NULL },
  { "withdrawn_partly", N_ ("Only a part was taken back"), NULL },
};

/**
 * imp_field_words_title:
 * @name: the name of a column
 *
 * Returns: (transfer none) (nullable): what people call it, or %NULL for none of ours
 */
const char *
imp_field_words_title (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (WORDS[i].name, name) == 0)
      return _ (WORDS[i].title);
  return NULL;
}

/**
 * imp_field_words_place:
 * @name: where a problem is: the name of a column, or whatever else names the place
 *
 * Returns: (transfer full): the same as people find it: "Date of birth (born)"
 */
char *
imp_field_words_place (const char *name)
{
  const char *title = imp_field_words_title (name);

  return title != NULL ? g_strdup_printf ("%s (%s)", title, name) : g_strdup (name);
}

/**
 * imp_field_words_explain:
 * @field: a field
 *
 * Returns: (transfer full): what belongs into its column: "Date of birth: a day as 1961-05-03"
 */
char *
imp_field_words_explain (const ImpField *field)
{
  const char *title = imp_field_words_title (field->name);
  const char *hint = field->kind == IMP_FIELD_DATE   ? _ ("a day as 1961-05-03")
                     : field->kind == IMP_FIELD_FLAG ? _ ("yes or no")
                                                     : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (WORDS[i].name, field->name) == 0 && WORDS[i].hint != NULL)
      hint = _ (WORDS[i].hint);
  if (title == NULL)
    title = field->name;
  return hint != NULL ? g_strdup_printf (_ ("%s: %s"), title, hint) : g_strdup (title);
}
