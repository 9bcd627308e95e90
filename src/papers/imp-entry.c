#include "imp-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-known-as.h"
#include "imp-register-text.h"

#define OF_PERSON(field, kind)                                                                     \
  {                                                                                                \
#field, FALSE, kind, G_STRUCT_OFFSET(ImpPerson, field)                                         \
  }
#define OF_PERMISSION(field, kind)                                                                 \
  {                                                                                                \
#field, TRUE, kind, G_STRUCT_OFFSET(ImpPermission, field)                                      \
  }

static const ImpField FIELDS[] = {
  { "person_id", FALSE, IMP_FIELD_TEXT, G_STRUCT_OFFSET (ImpPerson, id) },
  OF_PERSON (hospital_number, IMP_FIELD_TEXT),
  OF_PERSON (nhs_number, IMP_FIELD_TEXT),
  OF_PERSON (name, IMP_FIELD_TEXT),
  OF_PERSON (born, IMP_FIELD_DATE),
  /* A day, or "unknown". */
  OF_PERSON (died, IMP_FIELD_TEXT),
  OF_PERSON (objects, IMP_FIELD_FLAG),
  OF_PERSON (lacks_capacity, IMP_FIELD_FLAG),
  OF_PERSON (known_to_audience, IMP_FIELD_FLAG),
  OF_PERSON (note, IMP_FIELD_TEXT),
  { "other_numbers", FALSE, IMP_FIELD_NUMBERS, G_STRUCT_OFFSET (ImpEntry, numbers) },
  { "other_names", FALSE, IMP_FIELD_NAMES, G_STRUCT_OFFSET (ImpEntry, names) },
  { "permission_id", TRUE, IMP_FIELD_TEXT, G_STRUCT_OFFSET (ImpPermission, id) },
  OF_PERMISSION (level, IMP_FIELD_TEXT),
  OF_PERMISSION (scope, IMP_FIELD_TEXT),
  OF_PERMISSION (identifiable, IMP_FIELD_FLAG),
  OF_PERMISSION (destination, IMP_FIELD_TEXT),
  OF_PERMISSION (destination_url, IMP_FIELD_TEXT),
  OF_PERMISSION (controller, IMP_FIELD_TEXT),
  OF_PERMISSION (given_by, IMP_FIELD_TEXT),
  OF_PERMISSION (giver_name, IMP_FIELD_TEXT),
  OF_PERMISSION (giver_relationship, IMP_FIELD_TEXT),
  OF_PERMISSION (giver_check, IMP_FIELD_TEXT),
  OF_PERMISSION (giver_note, IMP_FIELD_TEXT),
  OF_PERMISSION (capacity, IMP_FIELD_TEXT),
  OF_PERMISSION (capacity_decision, IMP_FIELD_TEXT),
  OF_PERMISSION (capacity_assessor, IMP_FIELD_TEXT),
  OF_PERMISSION (capacity_assessed, IMP_FIELD_DATE),
  OF_PERMISSION (evidence, IMP_FIELD_TEXT),
  OF_PERMISSION (evidence_reference, IMP_FIELD_TEXT),
  OF_PERMISSION (witness_name, IMP_FIELD_TEXT),
  OF_PERMISSION (witness_role, IMP_FIELD_TEXT),
  OF_PERMISSION (wording_version, IMP_FIELD_TEXT),
  OF_PERMISSION (language, IMP_FIELD_TEXT),
  OF_PERMISSION (interpreter, IMP_FIELD_TEXT),
  OF_PERMISSION (image_version, IMP_FIELD_TEXT),
  OF_PERMISSION (basis, IMP_FIELD_TEXT),
  OF_PERMISSION (basis_note, IMP_FIELD_TEXT),
  OF_PERMISSION (given, IMP_FIELD_DATE),
  OF_PERMISSION (valid_from, IMP_FIELD_DATE),
  OF_PERMISSION (expires, IMP_FIELD_DATE),
  OF_PERMISSION (review, IMP_FIELD_DATE),
  OF_PERMISSION (state, IMP_FIELD_STATE),
  OF_PERMISSION (withdrawn, IMP_FIELD_TEXT),
  OF_PERMISSION (withdrawn_by, IMP_FIELD_TEXT),
  OF_PERMISSION (withdrawn_channel, IMP_FIELD_TEXT),
  OF_PERMISSION (withdrawn_partly, IMP_FIELD_FLAG),
};

/**
 * imp_entry_fields:
 * @n_fields: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_fields): every field of a person and a permission, in
 *   the order of a file's columns
 */
const ImpField *
imp_entry_fields (gsize *n_fields)
{
  *n_fields = G_N_ELEMENTS (FIELDS);
  return FIELDS;
}

/**
 * imp_entry_new:
 *
 * Returns: (transfer full): an entry with an empty person and no permission
 */
ImpEntry *
imp_entry_new (void)
{
  ImpEntry *entry = g_new0 (ImpEntry, 1);

  entry->person = imp_person_new ();
  return entry;
}

/**
 * imp_entry_free:
 * @entry: (transfer full) (nullable): an entry
 */
void
imp_entry_free (ImpEntry *entry)
{
  if (entry == NULL)
    return;
  g_clear_pointer (&entry->person, imp_person_free);
  g_clear_pointer (&entry->permission, imp_permission_free);
  imp_scan_free (entry->evidence);
  g_clear_pointer (&entry->numbers, g_ptr_array_unref);
  g_clear_pointer (&entry->names, g_ptr_array_unref);
  g_free (entry);
}

/**
 * imp_scan_free:
 * @scan: (transfer full) (nullable): what is said of a scan
 */
void
imp_scan_free (ImpScan *scan)
{
  if (scan == NULL)
    return;
  g_free (scan->media_type);
  g_free (scan->title);
  g_free (scan->sha1);
  g_free (scan);
}

static gpointer
where (const ImpEntry *entry, const ImpField *field)
{
  gpointer object = field->of_permission ? (gpointer)entry->permission : (gpointer)entry->person;

  if (field->kind == IMP_FIELD_NUMBERS || field->kind == IMP_FIELD_NAMES)
    object = (gpointer)entry;

  return object != NULL ? G_STRUCT_MEMBER_P (object, field->offset) : NULL;
}

/**
 * imp_entry_get:
 * @entry: an entry
 * @field: one of imp_entry_fields()
 *
 * Returns: (transfer full) (nullable): the field as text ("yes" or "no" for a flag), or %NULL where
 *   there is none
 */
char *
imp_entry_get (const ImpEntry *entry, const ImpField *field)
{
  gpointer value = where (entry, field);

  if (value == NULL)
    return NULL;
  switch (field->kind)
    {
    case IMP_FIELD_FLAG:
      return g_strdup (*(gboolean *)value ? "yes" : "no");
    case IMP_FIELD_STATE:
      return g_strdup (imp_permission_state_to_text (*(ImpPermissionState *)value));
    case IMP_FIELD_NUMBERS:
      return imp_known_as_numbers_to_text (*(GPtrArray **)value);
    case IMP_FIELD_NAMES:
      return imp_known_as_names_to_text (*(GPtrArray **)value);
    case IMP_FIELD_TEXT:
    case IMP_FIELD_DATE:
    default:
      return g_strdup (*(char **)value);
    }
}

static const char *
set_list (GPtrArray **list, GPtrArray *read)
{
  g_clear_pointer (list, g_ptr_array_unref);
  *list = read;
  return read != NULL ? NULL : _ ("Write scheme=number, with a semicolon between two");
}

static const char *
set_flag (gboolean *flag, const char *text)
{
  *flag = strcmp (text, "yes") == 0;
  return *flag || strcmp (text, "no") == 0 ? NULL : _ ("Write yes or no");
}

/**
 * imp_entry_set:
 * @entry: an entry, with a permission where @field is of one
 * @field: one of imp_entry_fields()
 * @text: what it is to be
 *
 * Returns: (transfer none) (nullable): what is wrong with @text, which names no value; %NULL where
 * it was taken
 */
const char *
imp_entry_set (ImpEntry *entry, const ImpField *field, const char *text)
{
  gpointer value = where (entry, field);

  switch (field->kind)
    {
    case IMP_FIELD_FLAG:
      return set_flag (value, text);
    case IMP_FIELD_STATE:
      return imp_permission_state_from_text (text, value)
                 ? NULL
                 : _ ("There is no such state of a permission");
    case IMP_FIELD_NUMBERS:
      return set_list (value, imp_known_as_numbers_from_text (text));
    case IMP_FIELD_NAMES:
      return set_list (value, imp_known_as_names_from_text (text));
    case IMP_FIELD_DATE:
      if (!imp_clock_date_is_valid (text))
        return _ ("This is not a day of the calendar: write it as 1961-05-03");
      break;
    case IMP_FIELD_TEXT:
    default:
      break;
    }
  g_free (*(char **)value);
  *(char **)value = g_strdup (text);
  return NULL;
}

/* What was wrong with a cell is not said twice. */
static void
complain (GPtrArray *problems, guint64 row, const char *column, const char *message)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const ImpProblem *problem = g_ptr_array_index (problems, i);

      if (problem->row == row && strcmp (problem->column, column) == 0)
        return;
    }
  g_ptr_array_add (problems, imp_problem_new (row, column, message));
}

static gboolean
is_unknown (const char *word, const char *const *words)
{
  return word != NULL && !g_strv_contains (words, word);
}

static void
check_person (const ImpPerson *person, guint64 row, GPtrArray *problems)
{
  g_autofree char *number =
      person->nhs_number != NULL ? imp_register_text_nhs_number (person->nhs_number) : NULL;

  if (person->nhs_number != NULL && number == NULL)
    complain (problems, row, "nhs_number",
              _ ("This is not an NHS number, as its check digit is wrong: compare it with where it "
                 "comes from"));
  if (person->died != NULL && strcmp (person->died, "unknown") != 0
      && !imp_clock_date_is_valid (person->died))
    complain (problems, row, "died",
              _ ("This is not a day of the calendar: write it as 1961-05-03, or unknown"));
  if (person->id == NULL && person->hospital_number == NULL && person->nhs_number == NULL)
    complain (problems, row, "hospital_number",
              _ ("A name alone does not say who this is: give a hospital or NHS number"));
}

static void
check_permission (const ImpPermission *permission, guint64 row, GPtrArray *problems)
{
  if (permission->level == NULL || is_unknown (permission->level, imp_permission_levels ()))
    complain (problems, row, "level", _ ("Say what the permission is for: one of the levels"));
  if (permission->given_by == NULL || is_unknown (permission->given_by, imp_permission_givers ()))
    complain (problems, row, "given_by", _ ("Say who gave the permission"));
  if (is_unknown (permission->capacity, imp_permission_capacities ()))
    complain (problems, row, "capacity",
              _ ("Say whether the person could decide: presumed, assessed-competent, lacks or "
                 "fluctuating"));
  if (is_unknown (permission->evidence, imp_permission_evidences ()))
    complain (problems, row, "evidence", _ ("There is no such kind of evidence"));
  if (is_unknown (permission->destination, imp_permission_destinations ()))
    complain (problems, row, "destination", _ ("There is no such destination"));
  if (is_unknown (permission->basis, imp_permission_bases ()))
    complain (problems, row, "basis", _ ("There is no such basis"));
  if (permission->given == NULL)
    complain (problems, row, "given",
              _ ("Say on which day the permission was given, refused or asked for"));
  if (permission->withdrawn != NULL && permission->state != IMP_PERMISSION_WITHDRAWN)
    complain (problems, row, "state",
              _ ("The row has a day of withdrawal and another state: write withdrawn"));
}

/**
 * imp_entry_check:
 * @entry: an entry that was read from a file
 * @row: where in the file
 * @problems: (element-type ImpProblem): what is known to be wrong already; gets the rest
 *
 * Looks for all that the register would refuse of single fields, so that the sentences can name
 * them, and no value.
 */
void
imp_entry_check (const ImpEntry *entry, guint64 row, GPtrArray *problems)
{
  check_person (entry->person, row, problems);
  if (entry->permission != NULL)
    check_permission (entry->permission, row, problems);
}
