/* One connection to the database file, its settings, and its errors in our words.
 *
 * Owns: the pragmas; the two traps of policy.md 5.1.
 * May include: core.  Must never: know a table. */
#pragma once

#include <sqlite3.h>

#include "imp-secret.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_DATABASE_WRITE,
  IMP_DATABASE_READ,
  IMP_DATABASE_READ_IMMUTABLE, /* no lock, no -shm: only where no one can write */
} ImpDatabaseMode;

sqlite3 *imp_database_open (const char *path, const ImpSecret *secret, ImpDatabaseMode mode,
                            GError **error);
void imp_database_close (sqlite3 *database);
gboolean imp_database_execute (sqlite3 *database, const char *sql, GError **error);
gboolean imp_database_get_integer (sqlite3 *database, const char *sql, gint64 *value,
                                   GError **error);
gboolean imp_database_add_functions (sqlite3 *database, GError **error);
gboolean imp_database_set_actor (sqlite3 *database, const char *user_id, GError **error);
void imp_database_set_error (GError **error, sqlite3 *database, int result);
gboolean imp_database_cipher_is_recent (const char *cipher_version);
gboolean imp_database_check_header (sqlite3 *database, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, imp_database_close)

G_END_DECLS
