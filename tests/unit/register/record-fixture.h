/* A person and a permission to start from, for the tests of what a consent record holds. */
#pragma once

#include "imp-register.h"
#include "store-support.h"

char *record_add_person (ImpRegister *reg, const char *number, const char *name, const char *born);
ImpPermission *record_make_permission (const char *person_id);
char *record_add_permission (ImpRegister *reg, ImpPermission *permission);
void record_replace (char **field, const char *value);
void record_check_sql_refused (ImpStore *store, const char *sql);
