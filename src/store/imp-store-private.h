/* What the parts of the store share, and what it shows to its own tests: the same doors with
 * another schema. */
#pragma once

#include "imp-database.h"
#include "imp-migrations.h"
#include "imp-outbox.h"
#include "imp-secret.h"
#include "imp-store.h"

G_BEGIN_DECLS

ImpStore *imp_store_new (const char *path, sqlite3 *database, const ImpSecret *secret,
                         ImpOutbox *outbox, char *read_only_reason);
ImpOutbox *imp_store_settle (const char *path, const ImpSecret *secret, sqlite3 *database,
                             GError **error);
typedef gboolean (*ImpStoreFunc) (sqlite3 *database, const ImpSecret *secret, gpointer user_data,
                                  GError **error);
gboolean imp_store_use_database (ImpStore *self, ImpStoreFunc func, gpointer user_data,
                                 GError **error);
sqlite3 *imp_store_open_for_reading (const char *path, const ImpSecret *secret, GError **error);
gboolean imp_store_check_contents (sqlite3 *database, const ImpSecret *secret, GError **error);
int imp_store_reserve_folder (const char *path, GError **error);
void imp_store_remove_database (const char *path);
gboolean imp_store_put_aside (const char *path, GError **error);
gboolean imp_store_sync_folder (const char *path, GError **error);
ImpStore *imp_store_create_with (const char *path, const ImpKey *key,
                                 const ImpMigration *migrations, GError **error);
ImpStore *imp_store_open_with (const char *path, const ImpKey *key, const ImpMigration *migrations,
                               GError **error);

G_END_DECLS
