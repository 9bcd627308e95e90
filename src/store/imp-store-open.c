#include "imp-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-config.h"
#include "imp-database.h"
#include "imp-error.h"
#include "imp-keyring.h"
#include "imp-lock.h"
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

/* ---- making ---- */

static gboolean
make_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno,
                           _ ("The folder of the register cannot be made"));
      return FALSE;
    }
  /* The log and its index get the mode of the file itself. */
  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno == EEXIST)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_TARGET,
                         _ ("There is a file already where the register is to be made: open it, or "
                            "choose another place"));
  else
    imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The register cannot be made"));
  return FALSE;
}

static void
unmake_file (const char *path)
{
  static const char *const SUFFIXES[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    {
      g_autofree char *name = g_strconcat (path, SUFFIXES[i], NULL);

      g_unlink (name);
    }
}

static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The register cannot be made"));
  if (fd >= 0)
    close (fd);
  return done;
}

/* A file that is encrypted in the one build and in the other is not is none that this build can
 * open or should have made. */
static gboolean
check_is_encrypted (const char *path, GError **error)
{
  if (imp_database_file_is_plain (path) == !IMP_ENCRYPTED)
    return TRUE;
  if (IMP_ENCRYPTED)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("This file is a database without encryption, not a register: choose "
                            "another file"));
  else
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("This program was built without encryption, and this file is encrypted "
                            "or no register: open it with a build that encrypts"));
  return FALSE;
}

/* In the build without encryption only this tells a wrong key, whose digests would be wrong. */
static gboolean
write_check (sqlite3 *database, const ImpSecret *secret, GError **error)
{
  g_autofree char *check = imp_secret_make_check (secret);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO meta VALUES ('key-check', '%s')", check);

  return imp_database_execute (database, sql, error);
}

static ImpStore *
create_in_file (const char *path, const ImpSecret *secret, const ImpMigration *migrations,
                GError **error)
{
  g_autoptr (sqlite3) database = imp_database_open (path, secret, IMP_DATABASE_WRITE, error);

  if (database == NULL || !imp_migrations_run (database, migrations, error)
      || !write_check (database, secret, error)
      || !imp_database_execute (database, "PRAGMA wal_checkpoint (TRUNCATE)", error)
      || !check_is_encrypted (path, error) || !sync_folder (path, error))
    return NULL;
  return imp_store_new (path, g_steal_pointer (&database), secret, NULL);
}

/**
 * imp_store_create_with:
 * @path: where no file is yet
 * @key: what the user gives
 * @migrations: the schema
 * @error: where to put the error
 *
 * imp_store_create() with another schema, for tests.
 *
 * Returns: (transfer full) (nullable): as imp_store_create()
 */
ImpStore *
imp_store_create_with (const char *path, const ImpKey *key, const ImpMigration *migrations,
                       GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (ImpSecret) secret = NULL;
  ImpStore *self = NULL;

  if (!make_file (absolute, error))
    return NULL;
  secret = imp_store_key_make (absolute, key, error);
  if (secret != NULL)
    {
      self = create_in_file (absolute, secret, migrations, error);
      if (self == NULL)
        imp_store_key_unmake (absolute, key);
    }
  if (self == NULL)
    unmake_file (absolute);
  return self;
}

/**
 * imp_store_create:
 * @path: where no file is yet; missing folders are made, for the user only
 * @key: what will open it; a key file that does not exist is made
 * @error: where to put the error
 *
 * Makes an empty register, and beside it `<path>.key`, which says how it is locked.
 * Blocks: Argon2id takes about a second, and the keyring may ask the user.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with %IMP_ERROR_TARGET (a file is
 *   there), %IMP_ERROR_USAGE (passphrase too short), %IMP_ERROR_LOCKED (keyring, key file, or no
 *   SQLCipher >= 4.5) or %IMP_ERROR_IO, and no file left
 */
ImpStore *
imp_store_create (const char *path, const ImpKey *key, GError **error)
{
  return imp_store_create_with (path, key, imp_migrations_get (), error);
}

/* ---- opening ---- */

/* Nothing below may write, until it is known that this program understands what is in the file. */
static sqlite3 *
open_for_reading (const char *path, const ImpSecret *secret, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) cause = NULL;
  GStatBuf status;
  sqlite3 *database = imp_database_open (path, secret, IMP_DATABASE_READ, &cause);

  if (database != NULL)
    return database;
  if (g_error_matches (cause, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED)
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

static gboolean
check_contents (sqlite3 *database, const ImpSecret *secret, GError **error)
{
  g_autofree char *check = imp_secret_make_check (secret);
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM meta WHERE key = 'key-check' AND value = '%s'", check);
  gint64 application = 0;
  gint64 n_checks = 0;

  if (!imp_database_get_integer (database, "PRAGMA application_id", &application, error))
    return FALSE;
  if (application != IMP_MIGRATIONS_APPLICATION_ID)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                           _ ("This file is not a register, or one whose making was interrupted: "
                              "choose another file"));
      return FALSE;
    }
  if (!imp_database_get_integer (database, sql, &n_checks, error))
    return FALSE;
  if (n_checks == 1)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                       _ ("This key does not open the register: give the one it was made with"));
  return FALSE;
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

static ImpStore *
open_file (const char *path, const ImpSecret *secret, const ImpMigration *migrations,
           GError **error)
{
  g_autoptr (sqlite3) reading = open_for_reading (path, secret, error);
  sqlite3 *writing = NULL; /* owned */
  char *reason = NULL;
  gint64 version = 0;

  if (reading == NULL || !check_contents (reading, secret, error)
      || !imp_database_get_integer (reading, "PRAGMA user_version", &version, error))
    return NULL;
  if (version > imp_migrations_get_newest (migrations))
    reason = g_strdup (_ ("A newer version of this program has changed the register: it can be "
                          "read, but nothing can be recorded until this program is updated"));
  else
    writing = open_for_writing (path, secret, migrations, &reason);
  if (writing == NULL)
    writing = g_steal_pointer (&reading);
  return imp_store_new (path, writing, secret, reason);
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
  if (!check_is_encrypted (absolute, error))
    return NULL;
  secret = imp_store_key_find (absolute, key, &proven, error);
  if (secret == NULL)
    return NULL;
  self = open_file (absolute, secret, migrations, &cause);
  if (self != NULL)
    return self;
  /* A page that does not decrypt looks the same with a wrong key as when it is damaged. */
  if (!proven && g_error_matches (cause, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                         _ ("This key does not open the register, or its file is damaged: give the "
                            "key it was made with, or restore a backup"));
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
