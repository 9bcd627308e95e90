#include "imp-migrations.h"

#include <glib/gi18n.h>

#include "imp-database.h"
#include "imp-error.h"
#include "imp-schema.h"

/* Schema history
 *
 * 1  people, objections, permissions with their life-cycle, history, settings; the ledger, its
 *    chain and its erasable texts
 * 2  identifiers, aliases, evidence and the rest of a consent record
 * 3  users, roles, PINs, keys, second decisions
 * 4  look-ups and the record of them
 * 5  live copies, takedown tasks, what pictures are known again by
 * 6  tombstones, retention, restored backups
 * 7  policy packs that were ever in force
 * 8  the site's own guidance
 * 9  the newest moment that the register knows of
 * 10 the end of a reason to keep a record
 * 11 since when each record is quiet, for the list of those that were kept long enough
 * 12 what was said while the clock was behind
 * 13 operators record, and who only decides or looks does not
 * 14 curation: sessions, cases, what is remembered of a scanner
 * 15 when offers were answered, read by themselves
 * 16 records that are kept go into the journal; what one person may make of a clock; clocks that
 *    leap ahead
 */

static const char *const FILES[] = {
  "001-people-permissions-ledger.sql",
  "002-record.sql",
  "003-accounts.sql",
  "004-finding.sql",
  "005-trace.sql",
  "006-keeping.sql",
  "007-policy.sql",
  "008-guidance.sql",
  "009-clock.sql",
  "010-exemptions.sql",
  "011-retention.sql",
  "012-behind.sql",
  "013-roles.sql",
  "014-curation.sql",
  "015-answers.sql",
  "016-kept-and-leaps.sql",
};

/**
 * imp_migrations_get:
 *
 * Returns: (transfer none): every migration there is, oldest first, ended by one whose sql is
 *   %NULL
 */
const ImpMigration *
imp_migrations_get (void)
{
  static ImpMigration migrations[G_N_ELEMENTS (FILES) + 1];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (FILES); i++)
        {
          g_autofree char *path =
              g_strconcat ("/io/github/imprimatur/Imprimatur/store/", FILES[i], NULL);
          g_autoptr (GBytes) sql = g_resource_lookup_data (imp_schema_get_resource (), path,
                                                           G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

          if (sql == NULL)
            g_error ("The program was built without its schema");
          migrations[i].version = (int)i + 1;
          /* The resource lives as long as the program, and ends in a zero byte. */
          migrations[i].sql = g_bytes_get_data (sql, NULL);
        }
      g_once_init_leave (&ready, 1);
    }
  return migrations;
}

/**
 * imp_migrations_get_newest:
 * @migrations: a list as imp_migrations_get() gives it
 *
 * Returns: the version that the last one leads to, 0 for an empty list
 */
int
imp_migrations_get_newest (const ImpMigration *migrations)
{
  int newest = 0;

  for (; migrations->sql != NULL; migrations++)
    newest = migrations->version;
  return newest;
}

/* The version is read again under the lock: another program may have been quicker. */
static gboolean
run_one (sqlite3 *database, const ImpMigration *migration, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d",
                                           migration->version, IMP_MIGRATIONS_APPLICATION_ID);
  gint64 version = 0;

  if (!imp_database_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (imp_database_get_integer (database, "PRAGMA user_version", &version, error)
      && (version >= migration->version
          || (imp_database_execute (database, migration->sql, error)
              && imp_database_execute (database, mark, error)))
      && imp_database_execute (database, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (database))
    sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * imp_migrations_run:
 * @database: a writing connection
 * @migrations: a list as imp_migrations_get() gives it
 * @error: where to put the error
 *
 * Brings the schema up to date: each missing step in one transaction, the version included.
 *
 * Returns: %TRUE, or %FALSE with the error of imp_database_set_error(); the step that failed has
 *   left nothing behind
 */
gboolean
imp_migrations_run (sqlite3 *database, const ImpMigration *migrations, GError **error)
{
  gint64 version = 0;

  if (!imp_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;
  for (; migrations->sql != NULL; migrations++)
    if (migrations->version > version && !run_one (database, migrations, error))
      return FALSE;
  return TRUE;
}
