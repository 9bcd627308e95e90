#include "imp-store-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-database.h"
#include "imp-error.h"
#include "imp-journal.h"
#include "imp-keyring.h"
#include "imp-lock.h"
#include "imp-store-check.h"
#include "imp-store-key.h"
#include "imp-store-private.h"

/**
 * imp_store_backup_free:
 * @backup: (transfer full) (nullable): a backup
 */
void
imp_store_backup_free (ImpStoreBackup *backup)
{
  if (backup == NULL)
    return;
  g_clear_pointer (&backup->database, g_bytes_unref);
  g_clear_pointer (&backup->side, g_bytes_unref);
  g_clear_pointer (&backup->journal, g_bytes_unref);
  g_free (backup);
}

/* ---- a copy of the file ---- */

/* All of it in one step, so that nothing is written in between. */
static gboolean
copy_pages (sqlite3 *from, sqlite3 *to, GError **error)
{
  sqlite3_backup *copy = sqlite3_backup_init (to, "main", from, "main");
  int result = SQLITE_OK;

  if (copy != NULL)
    {
      result = sqlite3_backup_step (copy, -1);
      sqlite3_backup_finish (copy);
    }
  if (copy != NULL && result == SQLITE_DONE)
    return TRUE;
  if (copy == NULL)
    result = sqlite3_errcode (to);
  /* A page whose authentication code is wrong ends a copy with no better code than this. */
  imp_database_set_error (error, result == SQLITE_ERROR ? NULL : to,
                          result == SQLITE_ERROR ? SQLITE_CORRUPT : result);
  return FALSE;
}

/* One file: no log stays beside it. */
static gboolean
fill_copy (sqlite3 *from, const ImpSecret *secret, const char *path, GError **error)
{
  g_autoptr (sqlite3) to = imp_database_open (path, secret, IMP_DATABASE_WRITE, error);

  return to != NULL && copy_pages (from, to, error)
         && imp_database_execute (to, "PRAGMA journal_mode = DELETE", error);
}

/* Opens the copy as somebody would who has nothing but it and the key. */
static gboolean
check_copy (const char *path, const ImpSecret *secret, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (sqlite3) database =
      imp_database_open (path, secret, IMP_DATABASE_READ_IMMUTABLE, &cause);

  if (database != NULL && imp_store_check_contents (database, secret, &cause)
      && imp_store_check_database (database, 0, NULL, &cause))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
               _ ("The copy was read again and is not sound, so it was thrown away. %s"),
               cause->message);
  return FALSE;
}

typedef struct
{
  const char *path; /* of the copy */
} Copy;

static gboolean
make_copy (sqlite3 *database, const ImpSecret *secret, gpointer user_data, GError **error)
{
  const Copy *copy = user_data;

  return fill_copy (database, secret, copy->path, error) && check_copy (copy->path, secret, error);
}

/* A file that a program which was killed has left is used again; one that is being written is not.
 * The descriptor is kept open meanwhile: to close it would give up the library's locks. */
static int
reserve_copy (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    imp_error_set_errno (error, IMP_ERROR_IO, errno,
                         _ ("No copy can be made in the register's folder"));
  else if (flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO,
                         _ ("Another program is making a backup of this register: wait for it, and "
                            "try again"));
  else if (ftruncate (fd, 0) != 0)
    imp_error_set_errno (error, IMP_ERROR_IO, errno,
                         _ ("No copy can be made in the register's folder"));
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static GBytes *
map_copy (const char *path, GError **error)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);

  if (mapped != NULL)
    return g_mapped_file_get_bytes (mapped);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO, _ ("The copy cannot be read again"));
  return NULL;
}

/* A small file as it is; NULL without an error where there is none. */
static gboolean
read_part (const char *path, GBytes **bytes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (g_file_get_contents (path, &contents, &length, &cause))
    *bytes = g_bytes_new_take (contents, length);
  else if (!g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                   _ ("A file beside the register cannot be read: %s"), cause->message);
      return FALSE;
    }
  return TRUE;
}

/**
 * imp_store_backup_new:
 * @store: an open store
 * @error: where to put the error
 *
 * Copies the register as it is now, encrypted with its own key, and opens the copy again: every
 * page, table and index of it is checked. What another program writes meanwhile is not in it. The
 * copy lies in the register's folder until it is checked, and needs room there.
 *
 * Returns: (transfer full) (nullable): the backup, or %NULL with %IMP_ERROR_LOCKED,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpStoreBackup *
imp_store_backup_new (ImpStore *store, GError **error)
{
  g_autoptr (ImpStoreBackup) backup = g_new0 (ImpStoreBackup, 1);
  g_autofree char *path = g_strconcat (imp_store_get_path (store), ".backup", NULL);
  g_autofree char *side = imp_lock_path (imp_store_get_path (store));
  g_autofree char *journal = imp_journal_path (imp_store_get_path (store));
  Copy copy = { path };
  int fd = reserve_copy (path, error);
  gboolean done = FALSE;

  if (fd < 0)
    return NULL;
  done = imp_store_use_database (store, make_copy, &copy, error);
  if (done)
    backup->database = map_copy (path, error);
  imp_store_remove_database (path);
  close (fd);
  /* The journal comes last: it may know more than the copy, never less. */
  if (backup->database == NULL || !read_part (side, &backup->side, error)
      || !read_part (journal, &backup->journal, error))
    return NULL;
  return g_steal_pointer (&backup);
}

/* ---- the way back ---- */

static ImpSecret *
find_key (const char *backup_path, const ImpKey *key, const char *path, GError **error)
{
  gboolean proven = FALSE;

  /* The keyring knows the register by its place, and the backup lies elsewhere. */
  if (key->kind == IMP_KEY_KEYRING)
    return imp_keyring_lookup (path, error);
  return imp_store_key_find (backup_path, key, &proven, error);
}

/* A register of another key is another register: it is not replaced by this one's backup. */
static gboolean
check_target (const char *path, const ImpSecret *secret, GError **error)
{
  g_autoptr (ImpLock) lock = imp_lock_load (path, NULL);
  g_autofree char *journal_path = imp_journal_path (path);
  g_autoptr (ImpJournal) journal = imp_journal_open (journal_path, secret, NULL);

  if (lock != NULL && !imp_lock_fits (lock, secret))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_TARGET,
                         _ ("Another register is at the place where this backup is to be restored: "
                            "choose another place"));
  else if (journal != NULL && !imp_journal_use (journal, TRUE))
    g_set_error_literal (
        error, IMP_ERROR, IMP_ERROR_TARGET,
        _ ("Another program has the register open that is to be replaced: close it "
           "there, and try again"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  gsize length = 0;
  const char *data = NULL;

  if (!read_part (from, &bytes, error))
    return FALSE;
  if (bytes == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                           _ ("A file of the backup is not there: name the right one"));
      return FALSE;
    }
  data = g_bytes_get_data (bytes, &length);
  if (g_file_set_contents_full (to, data, (gssize)length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_IO, _ ("A file of the backup cannot be copied: %s"),
               cause->message);
  return FALSE;
}

static gboolean
place_side (const char *backup_path, const ImpKey *key, const ImpSecret *secret, const char *path,
            GError **error)
{
  g_autofree char *from = imp_lock_path (backup_path);
  g_autofree char *to = imp_lock_path (path);
  g_autoptr (ImpLock) lock = NULL;

  if (!imp_store_put_aside (to, error))
    return FALSE;
  if (g_file_test (from, G_FILE_TEST_EXISTS))
    return copy_file (from, to, error);
  lock = imp_lock_new (key->kind, secret);
  return imp_lock_save (lock, path, error);
}

/* The register that is there is kept under another name, whatever state it is in. */
static gboolean
replace (const char *unfinished, const char *path, GError **error)
{
  static const char *const SUFFIXES[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    {
      g_autofree char *name = g_strconcat (path, SUFFIXES[i], NULL);

      if (!imp_store_put_aside (name, error))
        return FALSE;
    }
  if (g_rename (unfinished, path) == 0)
    return imp_store_sync_folder (path, error);
  imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The register cannot be put in its place"));
  return FALSE;
}

static gboolean
fill_restored (const char *backup_path, const ImpSecret *secret, const char *path, GError **error)
{
  g_autoptr (sqlite3) from = imp_store_open_for_reading (backup_path, secret, error);
  int fd = -1;

  if (from == NULL || !imp_store_check_contents (from, secret, error))
    return FALSE;
  imp_store_remove_database (path);
  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno,
                           _ ("The register's folder cannot be written"));
      return FALSE;
    }
  close (fd);
  return fill_copy (from, secret, path, error) && check_copy (path, secret, error);
}

static gboolean
restore (const char *backup_path, const ImpKey *key, const ImpSecret *secret, const char *path,
         const char *journal, GError **error)
{
  g_autofree char *unfinished = g_strconcat (path, ".restored", NULL);
  g_autofree char *live = imp_journal_path (path);
  gboolean done = FALSE;

  if (journal != NULL && g_file_test (live, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_TARGET,
                           _ ("The register has its journal of withdrawals here: leave the other "
                              "one out"));
      return FALSE;
    }
  done = fill_restored (backup_path, secret, unfinished, error)
         && (journal == NULL || copy_file (journal, live, error))
         && place_side (backup_path, key, secret, path, error)
         && (key->kind != IMP_KEY_KEYRING || imp_keyring_store (path, secret, error))
         && replace (unfinished, path, error);
  if (!done)
    imp_store_remove_database (unfinished);
  return done;
}

/**
 * imp_store_restore:
 * @backup_path: the backup's file; its side file has the same name with “.key” added
 * @key: what opens it
 * @path: where the register is to be; one that is there is put aside under another name
 * @journal: (nullable): the newest journal of withdrawals, brought from where the register was, if
 *   @path has none; not the one that lies beside the backup
 * @error: where to put the error
 *
 * Checks the backup, copies it and puts the copy in the register's place. The journal of
 * withdrawals beside the register stays: imp_store_open() applies what the backup does not know,
 * and suspends every permission where there is no such journal (policy.md 5.7).
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_LOCKED, %IMP_ERROR_WRONG_KEY,
 *   %IMP_ERROR_REGISTER_DAMAGED (the backup is), %IMP_ERROR_TARGET (another register is there, or
 *   it is in use) or %IMP_ERROR_IO, and the register that was there still in its place or put
 *   aside
 */
gboolean
imp_store_restore (const char *backup_path, const ImpKey *key, const char *path,
                   const char *journal, GError **error)
{
  g_autofree char *from = g_canonicalize_filename (backup_path, NULL);
  g_autofree char *to = g_canonicalize_filename (path, NULL);
  g_autoptr (ImpSecret) secret = NULL;
  gboolean done = FALSE;
  int folder = -1;

  if (!g_file_test (from, G_FILE_TEST_IS_REGULAR) || g_strcmp0 (from, to) == 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                           _ ("There is no backup at this place: name its file"));
      return FALSE;
    }
  secret = find_key (from, key, to, error);
  if (secret == NULL)
    return FALSE;
  folder = imp_store_reserve_folder (to, error);
  if (folder < 0)
    return FALSE;
  done = check_target (to, secret, error) && restore (from, key, secret, to, journal, error);
  close (folder);
  return done;
}
