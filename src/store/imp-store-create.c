#include "imp-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "imp-database.h"
#include "imp-error.h"
#include "imp-journal.h"
#include "imp-store-key.h"
#include "imp-store-private.h"

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

/**
 * imp_store_put_aside:
 * @path: a file in the way, or none
 * @error: where to put the error
 *
 * Renames what a register that was moved away, or an interrupted creation, has left: it may be the
 * only copy of a key or of the last writes, so it is never overwritten.
 *
 * Returns: %TRUE when nothing is at @path, else %FALSE with %IMP_ERROR_IO
 */
gboolean
imp_store_put_aside (const char *path, GError **error)
{
  g_autofree char *date = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (!exists (path))
    return TRUE;
  date = g_date_time_format (now, "%Y%m%d-%H%M%S");
  aside = g_strdup_printf ("%s.old-%s-%06d", path, date, g_date_time_get_microsecond (now));
  if (g_rename (path, aside) == 0)
    return TRUE;
  imp_error_set_errno (error, IMP_ERROR_IO, errno,
                       _ ("A file of an older register cannot be put aside"));
  return FALSE;
}

/**
 * imp_store_sync_folder:
 * @path: a file
 * @error: where to put the error
 *
 * Waits until the disk has the names of the folder that @path is in.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO
 */
gboolean
imp_store_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL);

  if (!done)
    imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The register's folder cannot be written"));
  if (fd >= 0)
    close (fd);
  return done;
}

/**
 * imp_store_remove_database:
 * @path: a file that was not finished
 *
 * Removes it and what the library keeps beside it.
 */
void
imp_store_remove_database (const char *path)
{
  static const char *const SUFFIXES[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    {
      g_autofree char *name = g_strconcat (path, SUFFIXES[i], NULL);

      g_unlink (name);
    }
}

/**
 * imp_store_reserve_folder:
 * @path: where a register is to be put
 * @error: where to put the error
 *
 * Two programs that make a register at one place would wrap two keys for one file. The folder is
 * reserved, as a reserved file could be left behind.
 *
 * Returns: its descriptor, which is closed to give it back, or -1 with %IMP_ERROR_IO
 */
int
imp_store_reserve_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno,
                           _ ("The folder of the register cannot be made"));
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return fd; /* some network folders cannot be reserved */
  close (fd);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO,
                       _ ("Another program is making a register in this folder: wait for it, and "
                          "try again"));
  return -1;
}

/* In the build without encryption only this tells a wrong key, whose digests would be wrong. */
static gboolean
write_check (sqlite3 *database, const ImpSecret *secret, GError **error)
{
  g_autofree char *check = imp_secret_make_check (secret);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO meta VALUES ('key-check', '%s')", check);

  return imp_database_execute (database, sql, error);
}

/* The log and its index get the mode of the file itself, hence 0600. */
static gboolean
fill_file (const char *path, const ImpSecret *secret, const ImpMigration *migrations,
           GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  g_autoptr (sqlite3) database = NULL;

  if (fd < 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The register cannot be made"));
      return FALSE;
    }
  close (fd);
  database = imp_database_open (path, secret, IMP_DATABASE_WRITE, error);
  return database != NULL && imp_migrations_run (database, migrations, error)
         && write_check (database, secret, error)
         && imp_database_execute (database, "PRAGMA wal_checkpoint (TRUNCATE)", error)
         && imp_database_check_header (database, error);
}

static void
set_taken_error (GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_TARGET,
                       _ ("There is a file already where the register is to be made: open it, or "
                          "choose another place"));
}

/* Gives the whole file its name, never over another. */
static gboolean
place_file (const char *from, const char *to, int folder, GError **error)
{
  int result = renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);

  if (result != 0 && (errno == EINVAL || errno == ENOSYS))
    {
      result = link (from, to);
      if (result == 0)
        g_unlink (from);
    }
  if (result != 0 && errno == EEXIST)
    set_taken_error (error);
  else if (result != 0 || fsync (folder) != 0)
    imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The register cannot be made"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
make_register (const char *path, int folder, const ImpKey *key, const ImpMigration *migrations,
               ImpSecret **secret, GError **error)
{
  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *withdrawals = imp_journal_path (path);

  if (exists (path))
    {
      set_taken_error (error);
      return FALSE;
    }
  if (!imp_store_put_aside (log, error) || !imp_store_put_aside (journal, error)
      || !imp_store_put_aside (withdrawals, error))
    return FALSE;
  imp_store_remove_database (unfinished);
  *secret = imp_store_key_make (path, key, error);
  if (*secret == NULL)
    return FALSE;
  if (fill_file (unfinished, *secret, migrations, error)
      && place_file (unfinished, path, folder, error))
    return TRUE;
  imp_store_remove_database (unfinished);
  imp_store_key_unmake (path, key);
  return FALSE;
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
  g_autoptr (sqlite3) database = NULL;
  ImpOutbox *outbox = NULL; /* owned */
  int folder = imp_store_reserve_folder (absolute, error);

  if (folder < 0)
    return NULL;
  if (make_register (absolute, folder, key, migrations, &secret, error))
    database = imp_database_open (absolute, secret, IMP_DATABASE_WRITE, error);
  if (database != NULL)
    outbox = imp_store_settle (absolute, secret, database, error);
  close (folder);
  return outbox != NULL
             ? imp_store_new (absolute, g_steal_pointer (&database), secret, outbox, NULL)
             : NULL;
}

/**
 * imp_store_create:
 * @path: where no file is yet; missing folders are made, for the user only
 * @key: what will open it; a key file that does not exist is made
 * @error: where to put the error
 *
 * Makes an empty register, and beside it `<path>.key`, which says how it is locked. The file gets
 * its name when it is whole, so that one whose making is interrupted is not there at all.
 * Blocks: Argon2id takes about a second, and the keyring may ask the user.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with %IMP_ERROR_TARGET (a file is
 *   there), %IMP_ERROR_USAGE (passphrase too short), %IMP_ERROR_LOCKED (keyring, key file, or no
 *   SQLCipher >= 4.5) or %IMP_ERROR_IO
 */
ImpStore *
imp_store_create (const char *path, const ImpKey *key, GError **error)
{
  return imp_store_create_with (path, key, imp_migrations_get (), error);
}
