#include "record-fixture.h"

#include "imp-error.h"

char *
record_add_person (ImpRegister *reg, const char *number, const char *name, const char *born)
{
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autoptr (GError) error = NULL;

  person->hospital_number = g_strdup (number);
  person->name = g_strdup (name);
  person->born = g_strdup (born);
  imp_register_add_person (reg, person, &error);
  g_assert_no_error (error);
  return g_strdup (person->id);
}

/* Active, given by the patient on paper on 5 January 2026. */
ImpPermission *
record_make_permission (const char *person_id)
{
  ImpPermission *permission = imp_permission_new ();

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  return permission;
}

/* Records it, frees it, and gives its id. */
char *
record_add_permission (ImpRegister *reg, ImpPermission *permission)
{
  g_autoptr (ImpPermission) owned = permission;
  g_autoptr (GError) error = NULL;

  imp_register_add_permission (reg, owned, &error);
  g_assert_no_error (error);
  return g_strdup (owned->id);
}

void
record_replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* What a program that goes past the register is refused. */
void
record_check_sql_refused (ImpStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (imp_store_run (store, &error, sql, NULL, NULL))
    g_test_message ("went through: %s", sql);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}
