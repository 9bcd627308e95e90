/* A permission as the register's table holds it, and what it must say. */
#pragma once

#include "imp-permission.h"
#include "imp-store.h"

G_BEGIN_DECLS

const char *imp_permission_columns (void);
ImpPermission *imp_permission_from_row (ImpRow *row);
char *imp_permission_insert_sql (void);
char *imp_permission_update_sql (void);
GVariant *imp_permission_to_parameters (const ImpPermission *permission);
gboolean imp_permission_is_text (const ImpPermission *permission);
void imp_permission_tidy (ImpPermission *permission);
const char *imp_permission_find_change (const ImpPermission *before, const ImpPermission *after);

gboolean imp_permission_check (const ImpPermission *permission, gboolean clock_is_behind,
                               GError **error);
gboolean imp_permission_check_whole (const ImpPermission *permission, GError **error);

G_END_DECLS
