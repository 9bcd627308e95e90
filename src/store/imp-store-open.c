#include "imp-store.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-config.h"
#include "imp-database.h"
#include "imp-error.h"
#include "imp-keyring.h"
#include "imp-lock.h"
#include "imp-store-check.h"
#include "imp-store-key.h"
#include "imp-store-private.h"

/**
 * imp_store_probe:
 * @path: where a register may be
 *
 * Says how it is locked, without opening it: its side file tells. Where that is missing or
 * damaged, the keyring may still have the key.
 *
 * Returns: what to ask the user for
 */
ImpStoreLock
imp_store_probe (const char *path)
{
  g_autoptr (ImpLock) lock = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return IMP_STORE_ABSENT;
  lock = imp_lock_load (path, NULL);
  if (lock == NULL)
    return IMP_STORE_BY_KEYRING;
  switch (imp_lock_get_kind (lock))
    {
    case IMP_KEY_PASSPHRASE:
      return IMP_STORE_BY_PASSPHRASE;
    case IMP_KEY_FILE:
      return IMP_STORE_BY_FILE;
    case IMP_KEY_KEYRING:
      break;
    }
  return IMP_STORE_BY_KEYRING;
}

/**
 * imp_store_keyring_is_available:
 * @cancellable: (nullable): to stop waiting
 *
 * Blocks for three seconds at most: call it from a worker thread.
 *
 * Returns: whether this session has a Secret Service
 */
gboolean
imp_store_keyring_is_available (GCancellable *cancellable)
{
  return imp_keyring_is_available (cancellable);
}

/* ---- opening ---- */

/**
 * imp_store_open_for_reading:
 * @path: a register's file
 * @secret: its data key
 * @error: where to put the error
 *
 * Opens it without changing anything, so that it can be seen whether this program understands it.
 *
 * Returns: (transfer full) (nullable): a connection, or %NULL with the errors of
 *   imp_database_open()
 */
sqlite3 *
imp_store_open_for_reading (const char *path, const ImpSecret *secret, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) cause = NULL;
  GStatBuf status;
  sqlite3 *database = imp_database_open (path, secret, IMP_DATABASE_READ, &cause);

  if (database != NULL)
    return database;
  if (g_error_matches (cause, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED)
      || g_error_matches (cause, IMP_ERROR, IMP_ERROR_WRONG_KEY)
      || g_error_matches (cause, IMP_ERROR, IMP_ERROR_LOCKED) || g_access (folder, W_OK) == 0)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (g_stat (log, &status) == 0 && status.st_size > 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("The register was not closed properly, and its folder may not be "
                            "written by you: ask whoever keeps it to open it once"));
  else
    /* There is no log, so the file alone is everything, and no index of the log is needed. */
    database = imp_database_open (path, secret, IMP_DATABASE_READ_IMMUTABLE, error);
  return database;
}

/**
 * imp_store_check_contents:
 * @database: a connection
 * @secret: its data key
 * @error: where to put the error
 *
 * Asks meta, application_id and user_version, which stay where they are in every later schema.
 *
 * Returns: whether it is a register of this key, else %IMP_ERROR_REGISTER_DAMAGED,
 *   %IMP_ERROR_WRONG_KEY or %IMP_ERROR_IO
 */
gboolean
imp_store_check_contents (sqlite3 *database, const ImpSecret *secret, GError **error)
{
  g_autofree char *check = imp_secret_make_check (secret);
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce (max (value = '%s'), -1) FROM meta WHERE key = 'key-check'", check);
  gint64 application = 0;
  gint64 fits = -1;

  if (!imp_database_get_integer (database, "PRAGMA application_id", &application, error)
      || (application == IMP_MIGRATIONS_APPLICATION_ID
          && !imp_database_get_integer (database, sql, &fits, error)))
    return FALSE;
  if (fits < 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("This file is not a register: choose another file"));
  else if (fits == 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                         _ ("This key does not open the register: give the one it was made with"));
  return fits == 1;
}

static char *
find_unwritable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_access (path, W_OK) != 0)
    return g_strdup (_ ("The register's file may not be written by you: ask whoever keeps it"));
  if (g_access (folder, W_OK) != 0)
    return g_strdup (_ ("The register's folder may not be written by you: ask whoever keeps it"));
  return NULL;
}

/* Opens for writing and brings the schema up to date. A failure gives NULL with the reason why the
 * register can only be read. */
static sqlite3 *
open_for_writing (const char *path, const ImpSecret *secret, const ImpMigration *migrations,
                  char **reason)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (sqlite3) database = NULL;

  *reason = find_unwritable (path);
  if (*reason != NULL)
    return NULL;
  database = imp_database_open (path, secret, IMP_DATABASE_WRITE, &cause);
  if (database == NULL)
    {
      *reason =
          g_strdup_printf (_ ("The register cannot be opened for writing. %s"), cause->message);
      return NULL;
    }
  if (imp_migrations_run (database, migrations, &cause))
    return g_steal_pointer (&database);
  *reason = g_strdup_printf (_ ("The register could not be brought up to date, and was left as it "
                                "is: it can be read, but nothing can be recorded. %s"),
                             cause->message);
  sqlite3_db_config (database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_close (g_steal_pointer (&database));
  return NULL;
}

/**
 * imp_store_settle:
 * @path: the register's file
 * @secret: its data key
 * @database: (nullable): it, open for writing
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the register's journal of withdrawals, which agrees with it
 *   now, or %NULL with the errors of imp_outbox_settle(): then nothing may be recorded. Without an
 *   error where @database is %NULL
 */
ImpOutbox *
imp_store_settle (const char *path, const ImpSecret *secret, sqlite3 *database, GError **error)
{
  g_autoptr (ImpOutbox) outbox = database != NULL ? imp_outbox_new (path, secret) : NULL;

  return outbox != NULL && imp_outbox_settle (outbox, database, error) ? g_steal_pointer (&outbox)
                                                                       : NULL;
}

/* What is damaged is not written to: what can still be read may be needed. */
static sqlite3 *
open_checked (sqlite3 *reading, const char *path, const ImpSecret *secret,
              const ImpMigration *migrations, char **reason)
{
  g_autoptr (GError) cause = NULL;

  if (imp_store_check_database (reading, IMP_STORE_CHECK_AT_START_MS, NULL, &cause))
    return open_for_writing (path, secret, migrations, reason);
  *reason = g_strdup (cause->message);
  return NULL;
}

static ImpStore *
open_file (const char *path, const ImpSecret *secret, const ImpMigration *migrations,
           GError **error)
{
  g_autoptr (sqlite3) reading = imp_store_open_for_reading (path, secret, error);
  g_autoptr (GError) cause = NULL;
  sqlite3 *writing = NULL;  /* owned */
  ImpOutbox *outbox = NULL; /* owned */
  char *reason = NULL;
  gint64 version = 0;

  if (reading == NULL || !imp_store_check_contents (reading, secret, error)
      || !imp_database_get_integer (reading, "PRAGMA user_version", &version, error))
    return NULL;
  if (version > imp_migrations_get_newest (migrations))
    reason = g_strdup (_ ("A newer version of this program has changed the register: it can be "
                          "read, but nothing can be recorded until this program is updated"));
  else
    writing = open_checked (reading, path, secret, migrations, &reason);
  outbox = imp_store_settle (path, secret, writing, &cause);
  if (cause != NULL)
    {
      reason = g_strdup_printf (_ ("Nothing can be recorded. %s"), cause->message);
      g_clear_pointer (&writing, imp_database_close);
    }
  if (writing == NULL)
    writing = g_steal_pointer (&reading);
  return imp_store_new (path, writing, secret, outbox, reason);
}

/**
 * imp_store_open_with:
 * @path: the register's file
 * @key: what the user gives
 * @migrations: the schema
 * @error: where to put the error
 *
 * imp_store_open() with another schema, for tests.
 *
 * Returns: (transfer full) (nullable): as imp_store_open()
 */
ImpStore *
imp_store_open_with (const char *path, const ImpKey *key, const ImpMigration *migrations,
                     GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (ImpSecret) secret = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean proven = FALSE;
  ImpStore *self = NULL;

  if (!g_file_test (absolute, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                           _ ("There is no register at this place: make one, or name another"));
      return NULL;
    }
  secret = imp_store_key_find (absolute, key, &proven, error);
  if (secret == NULL)
    return NULL;
  self = open_file (absolute, secret, migrations, &cause);
  if (self != NULL)
    return self;
  if (proven && g_error_matches (cause, IMP_ERROR, IMP_ERROR_WRONG_KEY))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("The key is right, but the register is damaged: restore it from a "
                            "backup"));
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/**
 * imp_store_open:
 * @path: the register's file
 * @key: what opens it
 * @error: where to put the error
 *
 * Opens a register and brings its schema up to date. Where a newer program wrote it, where that
 * fails, or where it may not be written, it opens read-only, its file is not touched, and
 * imp_store_get_read_only_reason() says why.
 * Blocks: Argon2id takes about a second, and the keyring may ask the user.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_LOCKED, %IMP_ERROR_WRONG_KEY, %IMP_ERROR_REGISTER_DAMAGED, %IMP_ERROR_NEWER (its
 *   side file) or %IMP_ERROR_IO
 */
ImpStore *
imp_store_open (const char *path, const ImpKey *key, GError **error)
{
  return imp_store_open_with (path, key, imp_migrations_get (), error);
}
