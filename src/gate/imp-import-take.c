#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-fold.h"
#include "imp-id.h"
#include "imp-import-private.h"
#include "imp-register-names.h"

/**
 * _imp_import_complain:
 * @job: an import
 * @row: where in the file
 * @column: (nullable): which column or element
 * @message: what is wrong, without a value
 */
void
_imp_import_complain (ImpImportJob *job, guint64 row, const char *column, const char *message)
{
  ImpImport *import = job->import;

  import->n_problems++;
  if (import->problems->len < IMP_IMPORT_MAX_PROBLEMS)
    g_ptr_array_add (import->problems, imp_problem_new (row, column, message));
}

/**
 * _imp_import_complain_all:
 * @job: an import
 * @problems: (element-type ImpProblem): problems, taken over and emptied
 */
void
_imp_import_complain_all (ImpImportJob *job, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const ImpProblem *problem = g_ptr_array_index (problems, i);

      _imp_import_complain (job, problem->row, problem->column, problem->message);
    }
  g_ptr_array_set_size (problems, 0);
}

/* What the register says is wrong with a row is a problem of the row; what is wrong with the
 * register ends the import. */
static void
take_error (ImpImportJob *job, guint64 row, const char *column, GError *error)
{
  if (error->domain == IMP_ERROR
      && (error->code == IMP_ERROR_USAGE || error->code == IMP_ERROR_NOT_FOUND))
    _imp_import_complain (job, row, column, error->message);
  else if (job->failed == NULL)
    job->failed = g_error_copy (error);
}

/* ---- people ---- */

static gboolean
find_person (ImpImportJob *job, const ImpPerson *person, ImpPerson **found, GError **error)
{
  ImpRegister *people = imp_gate_get_register (job->gate);
  const char *id = person->id != NULL ? g_hash_table_lookup (job->known, person->id) : NULL;
  g_autoptr (GError) local_error = NULL;

  *found = NULL;
  if (id == NULL)
    id = person->id;
  if (id != NULL && imp_id_is_valid (id))
    *found = imp_register_get_person (people, id, &local_error);
  if (g_error_matches (local_error, IMP_ERROR, IMP_ERROR_NOT_FOUND))
    g_clear_error (&local_error);
  if (*found == NULL && local_error == NULL && person->hospital_number != NULL)
    *found = imp_register_find_by_number (people, person->hospital_number, &local_error);
  if (*found == NULL && local_error == NULL && person->nhs_number != NULL)
    *found = imp_register_find_by_number (people, person->nhs_number, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* As numbers and names are compared where somebody types them: white space around them counts for
 * nothing, and spaces in an NHS number neither. */
static char *
tidy (const char *text, gboolean is_number)
{
  g_autoptr (GString) tidied = g_string_new (NULL);
  g_autofree char *copy = g_strdup (text);

  for (const char *at = g_strstrip (copy); *at != '\0'; at++)
    if (!is_number || (*at != ' ' && *at != '-'))
      g_string_append_c (tidied, *at);
  return g_strdup (tidied->str);
}

/* Whether the file says the same of a person whom the register has: nothing there is changed. */
static gboolean
compare_person (ImpImportJob *job, guint64 row, const ImpEntry *entry, const ImpPerson *known)
{
  const ImpEntry other = { (ImpPerson *)known, NULL };
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);
  gboolean same = TRUE;

  for (gsize i = 0; i < n_fields; i++)
    {
      const ImpField *field = &fields[i];
      gboolean is_number = g_str_equal (field->name, "nhs_number");
      g_autofree char *said = field->of_permission ? NULL : imp_entry_get (entry, field);
      g_autofree char *has = said != NULL ? imp_entry_get (&other, field) : NULL;
      g_autofree char *tidy_said = said != NULL ? tidy (said, is_number) : NULL;

      if (said == NULL || g_str_equal (field->name, "person_id")
          || g_str_equal (field->name, "objects") || field->kind == IMP_FIELD_NUMBERS
          || field->kind == IMP_FIELD_NAMES || *tidy_said == '\0'
          || (field->kind == IMP_FIELD_FLAG && g_str_equal (said, "no"))
          || (has != NULL && g_str_equal (tidy_said, has)))
        continue;
      _imp_import_complain (job, row, field->name,
                            _ ("The register says something else of this person, and an import "
                               "changes nothing there: correct the one or the other"));
      same = FALSE;
    }
  return same;
}

static gboolean
add_objection (ImpImportJob *job, const char *person_id, GError **error)
{
  job->import->n_objections++;
  return imp_register_set_objection (imp_gate_get_register (job->gate), person_id, TRUE, NULL,
                                     error);
}

/* ---- other numbers and names ---- */

static gboolean
has_number (GPtrArray *known, const ImpIdentifier *said)
{
  g_autofree char *value = tidy (said->value, TRUE);

  for (guint i = 0; i < known->len; i++)
    {
      const ImpIdentifier *has = g_ptr_array_index (known, i);
      g_autofree char *its = tidy (has->value, TRUE);

      if (g_str_equal (has->scheme, said->scheme) && g_ascii_strcasecmp (its, value) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_name (GPtrArray *known, const ImpAlias *said)
{
  g_autofree char *name = tidy (said->name, FALSE);

  for (guint i = 0; i < known->len; i++)
    if (g_str_equal (((const ImpAlias *)g_ptr_array_index (known, i))->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
complain_unknown (ImpImportJob *job, guint64 row, const char *column)
{
  _imp_import_complain (job, row, column,
                        _ ("The register does not know this of the person, and an import changes "
                           "nothing there: add it in the register"));
  return FALSE;
}

/* Of a person whom the register had, all has to be there already. */
static gboolean
compare_known_as (ImpImportJob *job, guint64 row, const ImpEntry *entry, const char *id)
{
  ImpRegister *people = imp_gate_get_register (job->gate);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) numbers = imp_register_list_identifiers (people, id, &error);
  g_autoptr (GPtrArray) names =
      numbers != NULL ? imp_register_list_aliases (people, id, &error) : NULL;

  if (names == NULL)
    {
      take_error (job, row, NULL, error);
      return FALSE;
    }
  for (guint i = 0; entry->numbers != NULL && i < entry->numbers->len; i++)
    if (!has_number (numbers, g_ptr_array_index (entry->numbers, i)))
      return complain_unknown (job, row, "other_numbers");
  for (guint i = 0; entry->names != NULL && i < entry->names->len; i++)
    if (!has_name (names, g_ptr_array_index (entry->names, i)))
      return complain_unknown (job, row, "other_names");
  return TRUE;
}

static gboolean
add_known_as (ImpImportJob *job, guint64 row, const ImpEntry *entry, const char *id)
{
  ImpRegister *people = imp_gate_get_register (job->gate);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; entry->numbers != NULL && i < entry->numbers->len; i++)
    {
      const ImpIdentifier *number = g_ptr_array_index (entry->numbers, i);

      if (!imp_register_add_identifier (people, id, number->scheme, number->value, &error))
        {
          take_error (job, row, "other_numbers", error);
          return FALSE;
        }
    }
  for (guint i = 0; entry->names != NULL && i < entry->names->len; i++)
    {
      g_autoptr (ImpAlias) alias = imp_alias_copy (g_ptr_array_index (entry->names, i));

      if (!imp_register_add_alias (people, id, alias, &error))
        {
          take_error (job, row, "other_names", error);
          return FALSE;
        }
    }
  return TRUE;
}

/* The id of the entry's person in the register, who is added where nobody fits. */
static char *
take_person (ImpImportJob *job, guint64 row, const ImpEntry *entry)
{
  g_autoptr (ImpPerson) known = NULL;
  g_autoptr (ImpPerson) added = NULL;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  if (!find_person (job, entry->person, &known, &error))
    {
      take_error (job, row, "hospital_number", error);
      return NULL;
    }
  if (known != NULL)
    {
      if (!compare_person (job, row, entry, known)
          || !compare_known_as (job, row, entry, known->id))
        return NULL;
      if (entry->person->objects && !known->objects && !add_objection (job, known->id, &error))
        {
          take_error (job, row, "objects", error);
          return NULL;
        }
      id = g_strdup (known->id);
    }
  else
    {
      added = imp_person_copy (entry->person);
      if (!imp_register_add_person (imp_gate_get_register (job->gate), added, &error))
        {
          take_error (job, row, NULL, error);
          return NULL;
        }
      if (!add_known_as (job, row, entry, added->id))
        return NULL;
      job->import->n_people++;
      id = g_strdup (added->id);
    }
  if (entry->person->id != NULL)
    g_hash_table_replace (job->known, g_strdup (entry->person->id), g_strdup (id));
  return id;
}

/* ---- permissions ---- */

typedef enum
{
  FOUND_NEW,     /* the register has nothing like it */
  FOUND_ENDED,   /* it has one of the same use and day, which is not in force any more */
  FOUND_DIFFERS, /* it has this very permission, with other values */
  FOUND_KNOWN,   /* it has it */
} Found;

static gboolean
is_of_state (const ImpField *field)
{
  static const char *const OF_STATE[] = {
    "state", "withdrawn", "withdrawn_by", "withdrawn_channel", "withdrawn_partly", NULL
  };

  return g_strv_contains (OF_STATE, field->name);
}

/* Whether two rows say the same permission: all but its ids and what the register stamps. */
static gboolean
is_same (const ImpPermission *said, const ImpPermission *has, gboolean with_state)
{
  const ImpEntry one = { NULL, (ImpPermission *)said };
  const ImpEntry other = { NULL, (ImpPermission *)has };
  gsize n_fields = 0;
  const ImpField *fields = imp_entry_fields (&n_fields);

  for (gsize i = 0; i < n_fields; i++)
    {
      const ImpField *field = &fields[i];
      g_autofree char *a = field->of_permission ? imp_entry_get (&one, field) : NULL;
      g_autofree char *b = field->of_permission ? imp_entry_get (&other, field) : NULL;

      if (!field->of_permission || g_str_equal (field->name, "permission_id")
          || g_str_equal (field->name, "withdrawn") || (!with_state && is_of_state (field)))
        continue;
      if (g_strcmp0 (a, b) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_of_same_use (const ImpPermission *said, const ImpPermission *has)
{
  return g_strcmp0 (said->level, has->level) == 0 && g_strcmp0 (said->given, has->given) == 0
         && (imp_fold_is_same (said->scope, has->scope)
             || (said->scope == NULL && has->scope == NULL))
         && (said->destination == NULL || has->destination == NULL
             || g_str_equal (said->destination, has->destination));
}

/* A table without ids is taken in again and again, while the register goes on: what the person
 * withdrew, or what was suspended, has ended or was a mistake, is not given anew by it. What is no
 * yes is taken in whatever the register has. */
static Found
compare_permission (const ImpPermission *said, const ImpPermission *has, const char *today)
{
  gboolean says_yes =
      said->state == IMP_PERMISSION_ACTIVE || said->state == IMP_PERMISSION_REVIEW_DUE;
  ImpPermissionState state = imp_permission_state_on (has, today);

  if (is_same (said, has, TRUE))
    return FOUND_KNOWN;
  if (g_strcmp0 (said->id, has->id) == 0)
    return FOUND_DIFFERS;
  if (said->id != NULL || !says_yes || state == IMP_PERMISSION_DRAFT
      || state == IMP_PERMISSION_OFFERED || !is_of_same_use (said, has))
    return FOUND_NEW;
  if (is_same (said, has, FALSE))
    return FOUND_KNOWN;
  return state == IMP_PERMISSION_ACTIVE || state == IMP_PERMISSION_REVIEW_DUE ? FOUND_NEW
                                                                              : FOUND_ENDED;
}

static gboolean
find_permission (ImpImportJob *job, const ImpPermission *said, const char *person_id, Found *found,
                 GError **error)
{
  g_autoptr (GPtrArray) permissions =
      imp_register_list_permissions (imp_gate_get_register (job->gate), person_id, error);
  g_autofree char *today = imp_clock_today ();

  *found = FOUND_NEW;
  for (guint i = 0; permissions != NULL && i < permissions->len; i++)
    *found = MAX (*found, compare_permission (said, g_ptr_array_index (permissions, i), today));
  return permissions != NULL;
}

/* A permission begins as the life-cycle allows (policy.md 2.3), and then goes where it is. */
static gboolean
add_permission (ImpImportJob *job, const ImpPermission *said, const char *person_id, GError **error)
{
  ImpRegister *people = imp_gate_get_register (job->gate);
  g_autoptr (ImpPermission) added = imp_permission_copy (said);
  ImpPermissionState state = said->state;

  g_free (added->person_id);
  added->person_id = g_strdup (person_id);
  switch (state)
    {
    case IMP_PERMISSION_REVIEW_DUE:
    case IMP_PERMISSION_SUSPENDED:
    case IMP_PERMISSION_EXPIRED:
    case IMP_PERMISSION_WITHDRAWN:
    case IMP_PERMISSION_SUPERSEDED:
    case IMP_PERMISSION_ENTERED_IN_ERROR:
      added->state = IMP_PERMISSION_ACTIVE;
      break;
    case IMP_PERMISSION_DRAFT:
    case IMP_PERMISSION_OFFERED:
    case IMP_PERMISSION_ACTIVE:
    case IMP_PERMISSION_REFUSED:
    default:
      break;
    }
  if (!imp_register_add_permission (people, added, error))
    return FALSE;
  job->import->n_permissions++;
  if (state == IMP_PERMISSION_WITHDRAWN)
    {
      const ImpPermissionStep step = { .by = said->withdrawn_by,
                                       .channel = said->withdrawn_channel,
                                       .partly = said->withdrawn_partly };

      return imp_register_step (people, added->id, state, &step, error);
    }
  return added->state == state
         || imp_register_set_permission_state (people, added->id, state, error);
}

static void
take_permission (ImpImportJob *job, guint64 row, const ImpPermission *said, const char *person_id)
{
  g_autoptr (GError) error = NULL;
  Found found = FOUND_NEW;

  if (!find_permission (job, said, person_id, &found, &error))
    take_error (job, row, NULL, error);
  else if (found == FOUND_KNOWN)
    job->import->n_unchanged++;
  else if (found == FOUND_DIFFERS)
    _imp_import_complain (job, row, "permission_id",
                          _ ("The register has this permission with other values, and an import "
                             "changes nothing there: change it in the register"));
  else if (found == FOUND_ENDED)
    _imp_import_complain (job, row, "given",
                          _ ("The register has a permission of this level and day that has ended "
                             "or is suspended, and an import does not bring it back: where the "
                             "person agreed again, give the day of that"));
  else if (!add_permission (job, said, person_id, &error))
    take_error (job, row, NULL, error);
}

/**
 * _imp_import_take:
 * @job: an import
 * @row: where in the file
 * @entry: what it says
 *
 * Finds or adds the person, and adds the permission unless the register has it. Nothing that the
 * register has is changed, but for an objection: a no is taken from anywhere, and lifted by hand
 * alone.
 */
void
_imp_import_take (ImpImportJob *job, guint64 row, const ImpEntry *entry)
{
  g_autofree char *person_id = NULL;

  if (job->failed != NULL)
    return;
  job->import->n_rows++;
  person_id = take_person (job, row, entry);
  if (person_id != NULL && entry->permission != NULL)
    take_permission (job, row, entry->permission, person_id);
}
