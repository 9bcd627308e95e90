/* The register's schema, step by step.
 *
 * Owns: migrations/NNN-*.sql, one file and one transaction each; the number in user_version.
 * May include: core.  Must never: change a released migration. */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

/* Marks the file as a register of this program ("Impr"). */
#define IMP_MIGRATIONS_APPLICATION_ID 0x496d7072

/**
 * ImpMigration:
 * @version: user_version afterwards; they rise by one
 * @sql: (nullable): statements; %NULL ends a list
 */
typedef struct
{
  int version;
  const char *sql;
} ImpMigration;

const ImpMigration *imp_migrations_get (void);
int imp_migrations_get_newest (const ImpMigration *migrations);
gboolean imp_migrations_run (sqlite3 *database, const ImpMigration *migrations, GError **error);

G_END_DECLS
