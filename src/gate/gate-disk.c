#include "gate-disk.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-hash.h"

/* A file on its way: written and read through one descriptor; it has its name only at the end. */
struct _ImpDiskFile
{
  int folder;
  int descriptor;
  char *name;      /* in the folder */
  char *temporary; /* nullable: its name until then, where the folder knows no nameless files */
  gboolean committed;
};

struct _ImpDiskLock
{
  int descriptor;
};

#define CHUNK (1024 * 1024)

static void
close_descriptor (int *descriptor)
{
  if (*descriptor >= 0)
    close (*descriptor);
  *descriptor = -1;
}

static char *
temporary_name (const char *export_id)
{
  return g_strdup_printf (".imprimatur-%s.part", export_id);
}

static gboolean
is_out_of_room (int saved_errno)
{
  return saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG;
}

static gboolean
set_write_error (GError **error, int saved_errno)
{
  if (is_out_of_room (saved_errno))
    g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                 _ ("The disk is full: make room or choose another folder, then try again. "
                    "Nothing was exported"));
  else
    imp_error_set_errno (error, IMP_ERROR_IO, saved_errno, _ ("The file cannot be written"));
  return FALSE;
}

/**
 * imp_disk_check_target:
 * @target: the file to make
 * @has_source: whether the source is a file, so that the next two mean something
 * @source_device: its device
 * @source_inode: its inode
 * @error: where to put the error
 *
 * Refuses a target early, before any work: one that is not a local file, that exists (a link
 * counts, wherever it leads), or that is the source by another name (leaks.md row 20). The
 * no-replace rename refuses again what comes into being meanwhile.
 *
 * Returns: whether @target may be tried, else %IMP_ERROR_TARGET
 */
gboolean
imp_disk_check_target (GFile *target, gboolean has_source, guint64 source_device,
                       guint64 source_inode, GError **error)
{
  const char *path = target != NULL ? g_file_peek_path (target) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  struct stat info;

  if (path == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                   _ ("The target is not a file of this computer: choose a folder here"));
      return FALSE;
    }
  if (has_source && stat (path, &info) == 0 && info.st_dev == source_device
      && info.st_ino == source_inode)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                   _ ("The target is the original picture, which is never touched: choose another "
                      "name"));
      return FALSE;
    }
  if (lstat (path, &info) == 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                   _ ("The target exists, and nothing is ever replaced: choose another name"));
      return FALSE;
    }
  if (errno != ENOENT && errno != ENOTDIR)
    {
      imp_error_set_errno (error, IMP_ERROR_TARGET, errno, _ ("The target cannot be used"));
      return FALSE;
    }
  if (stat (folder, &info) != 0 || !S_ISDIR (info.st_mode))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                   _ ("The target's folder does not exist: choose another"));
      return FALSE;
    }
  if (access (folder, W_OK | X_OK) != 0)
    {
      imp_error_set_errno (error, IMP_ERROR_TARGET, errno,
                           _ ("The target's folder cannot be written, choose another"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (int descriptor, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize done = 0;

  while (done < length)
    {
      gssize written = 0;

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED,
                       _ ("The export was stopped, and nothing was written"));
          return FALSE;
        }
      written = write (descriptor, data + done, MIN (length - done, CHUNK));
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return set_write_error (error, written == 0 ? ENOSPC : errno);
      done += (gsize)written;
    }
  if (fsync (descriptor) != 0)
    return set_write_error (error, errno);
  return TRUE;
}

static gboolean
open_nameless (ImpDiskFile *file, const char *export_id)
{
  file->descriptor = openat (file->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file->descriptor >= 0)
    return TRUE;
  /* Some file systems (FAT, NFS) know no nameless files: a hidden name then, made exclusively. */
  file->temporary = temporary_name (export_id);
  file->descriptor = openat (file->folder, file->temporary,
                             O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0600);
  if (file->descriptor < 0)
    g_clear_pointer (&file->temporary, g_free);
  return file->descriptor >= 0;
}

/**
 * imp_disk_begin:
 * @target: the file to make
 * @export_id: names the temporary file where one is needed
 * @bytes: all of its content
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Writes @bytes to a new file of mode 0600 in the target's folder that has no name yet, and waits
 * until the disk has it.
 *
 * Returns: (transfer full) (nullable): the file on its way; freeing it before
 *   imp_disk_commit() leaves nothing. %NULL with %IMP_ERROR_TARGET or %IMP_ERROR_IO
 */
ImpDiskFile *
imp_disk_begin (GFile *target, const char *export_id, GBytes *bytes, GCancellable *cancellable,
                GError **error)
{
  const char *path = g_file_peek_path (target);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (ImpDiskFile) file = g_new0 (ImpDiskFile, 1);

  file->descriptor = -1;
  file->name = g_path_get_basename (path);
  file->folder = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file->folder < 0)
    {
      imp_error_set_errno (error, IMP_ERROR_TARGET, errno,
                           _ ("The target's folder cannot be opened"));
      return NULL;
    }
  if (!open_nameless (file, export_id))
    {
      int saved_errno = errno;

      if (is_out_of_room (saved_errno))
        set_write_error (error, saved_errno);
      else
        imp_error_set_errno (error, IMP_ERROR_TARGET, saved_errno,
                             _ ("The target's folder cannot be written, choose another"));
      return NULL;
    }
  if (!write_all (file->descriptor, bytes, cancellable, error))
    return NULL;
  return g_steal_pointer (&file);
}

/**
 * imp_disk_verify:
 * @file: a file on its way
 * @expected: the bytes that were verified
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Reads the file back through the held descriptor and compares every byte.
 *
 * Returns: whether the disk holds exactly @expected, else %IMP_ERROR_NOT_FLAT or %IMP_ERROR_IO
 */
gboolean
imp_disk_verify (ImpDiskFile *file, GBytes *expected, GCancellable *cancellable, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (expected, &length);
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  gsize at = 0;
  gssize got = 0;

  /* The kernel may forget its copy, so that the reading comes from the disk where it can. */
  posix_fadvise (file->descriptor, 0, 0, POSIX_FADV_DONTNEED);
  do
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED,
                       _ ("The export was stopped, and nothing was written"));
          return FALSE;
        }
      got = pread (file->descriptor, buffer, CHUNK, (off_t)at);
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The file cannot be read back"));
          return FALSE;
        }
      if ((gsize)got > length - at || memcmp (buffer, data + at, (gsize)got) != 0)
        break;
      at += (gsize)got;
    }
  while (got != 0);
  if (at == length && got == 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FLAT,
               _ ("What the disk holds is not what was verified: the export was taken back"));
  return FALSE;
}

static gboolean
give_name (ImpDiskFile *file)
{
  if (file->temporary == NULL)
    {
      g_autofree char *self = g_strdup_printf ("/proc/self/fd/%d", file->descriptor);

      return linkat (AT_FDCWD, self, file->folder, file->name, AT_SYMLINK_FOLLOW) == 0;
    }
  if (renameat2 (file->folder, file->temporary, file->folder, file->name, RENAME_NOREPLACE) == 0)
    {
      g_clear_pointer (&file->temporary, g_free);
      return TRUE;
    }
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  /* Network file systems without a no-replace rename: a hard link refuses to replace, too. */
  if (linkat (file->folder, file->temporary, file->folder, file->name, 0) != 0)
    return FALSE;
  if (unlinkat (file->folder, file->temporary, 0) != 0)
    {
      int saved_errno = errno;

      unlinkat (file->folder, file->name, 0);
      errno = saved_errno;
      return FALSE;
    }
  g_clear_pointer (&file->temporary, g_free);
  return TRUE;
}

/**
 * imp_disk_commit:
 * @file: a file on its way that was verified
 * @error: where to put the error
 *
 * Gives the file its name without ever replacing another, and waits until the folder has it.
 *
 * Returns: whether the target is there now, whole; else %IMP_ERROR_TARGET or %IMP_ERROR_IO and
 *   it is not
 */
gboolean
imp_disk_commit (ImpDiskFile *file, GError **error)
{
  if (!give_name (file))
    {
      int saved_errno = errno;

      if (saved_errno == EEXIST)
        g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                     _ ("The target exists, and nothing is ever replaced: choose another name"));
      else if (is_out_of_room (saved_errno))
        set_write_error (error, saved_errno);
      else
        imp_error_set_errno (error, IMP_ERROR_TARGET, saved_errno, _ ("The target cannot be made"));
      return FALSE;
    }
  file->committed = TRUE;
  if (fsync (file->folder) != 0 && errno != EINVAL)
    {
      set_write_error (error, errno);
      imp_disk_take_back (file, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * imp_disk_take_back:
 * @file: a committed file whose record could not be completed
 * @error: where to put the error
 *
 * Removes the target again, if it is still the file that was written.
 *
 * Returns: whether it is gone
 */
gboolean
imp_disk_take_back (ImpDiskFile *file, GError **error)
{
  struct stat mine;
  struct stat named;

  if (!file->committed)
    return TRUE;
  if (fstat (file->descriptor, &mine) != 0
      || fstatat (file->folder, file->name, &named, AT_SYMLINK_NOFOLLOW) != 0
      || mine.st_dev != named.st_dev || mine.st_ino != named.st_ino
      || unlinkat (file->folder, file->name, 0) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                   _ ("The exported file could not be taken back: delete it by hand"));
      return FALSE;
    }
  file->committed = FALSE;
  fsync (file->folder);
  return TRUE;
}

/**
 * imp_disk_is_there:
 * @file: a file
 *
 * Returns: whether it has its name: after a failed commit, that it could not be taken back
 */
gboolean
imp_disk_is_there (const ImpDiskFile *file)
{
  return file->committed;
}

/**
 * imp_disk_file_free:
 * @file: (transfer full) (nullable): a file; one that was not committed leaves nothing
 */
void
imp_disk_file_free (ImpDiskFile *file)
{
  if (file == NULL)
    return;
  if (file->temporary != NULL)
    unlinkat (file->folder, file->temporary, 0);
  close_descriptor (&file->descriptor);
  close_descriptor (&file->folder);
  g_free (file->name);
  g_free (file->temporary);
  g_free (file);
}

/**
 * imp_disk_hash_target:
 * @target_path: where an export that was cut short would be
 * @error: where to put the error
 *
 * Never waits: what is no plain file is not an export.
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the plain file there, or %NULL; without an
 *   error where there is none
 */
char *
imp_disk_hash_target (const char *target_path, GError **error)
{
  int descriptor = open (target_path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GBytes) bytes = NULL;
  struct stat info;

  if (descriptor < 0)
    {
      if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP && errno != ENXIO)
        imp_error_set_errno (error, IMP_ERROR_IO, errno,
                             _ ("An export that was cut short cannot be looked at"));
      return NULL;
    }
  if (fstat (descriptor, &info) != 0 || !S_ISREG (info.st_mode))
    {
      close_descriptor (&descriptor);
      return NULL;
    }
  mapped = g_mapped_file_new_from_fd (descriptor, FALSE, NULL);
  close_descriptor (&descriptor);
  if (mapped == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                   _ ("An export that was cut short cannot be looked at"));
      return NULL;
    }
  bytes = g_mapped_file_get_bytes (mapped);
  return imp_hash_bytes (bytes);
}

/**
 * imp_disk_remove_leftover:
 * @target_path: where an export that was cut short would be
 * @export_id: its id
 *
 * Removes the temporary file that a killed program may have left there.
 */
void
imp_disk_remove_leftover (const char *target_path, const char *export_id)
{
  g_autofree char *folder = g_path_get_dirname (target_path);
  g_autofree char *name = temporary_name (export_id);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  unlink (path);
}

/* The one name of a register that may have several through links. */
static char *
realpath_of (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved != NULL ? resolved : path);

  free (resolved);
  return copy;
}

/**
 * imp_disk_lock:
 * @register_path: the register
 * @exclusive: %FALSE while releasing, %TRUE to settle what was cut short
 * @error: where to put the error
 *
 * Tells a release that is under way from one that was cut short: releases hold a shared lock
 * beside the register, and settling needs it alone. Does not wait for the exclusive one.
 *
 * Returns: (transfer full) (nullable): the lock, or %NULL; without an error where another process
 *   is releasing
 */
ImpDiskLock *
imp_disk_lock (const char *register_path, gboolean exclusive, GError **error)
{
  g_autofree char *real = realpath_of (register_path);
  g_autofree char *path = g_strconcat (real, ".lock", NULL);
  int descriptor = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  ImpDiskLock *lock = NULL;

  if (descriptor < 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno,
                           _ ("The register's folder cannot be written"));
      return NULL;
    }
  if (flock (descriptor, exclusive ? LOCK_EX | LOCK_NB : LOCK_SH) != 0)
    {
      if (errno != EWOULDBLOCK)
        imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The register cannot be reserved"));
      close (descriptor);
      return NULL;
    }
  lock = g_new0 (ImpDiskLock, 1);
  lock->descriptor = descriptor;
  return lock;
}

/**
 * imp_disk_lock_free:
 * @lock: (transfer full) (nullable): a lock, given back
 */
void
imp_disk_lock_free (ImpDiskLock *lock)
{
  if (lock == NULL)
    return;
  close_descriptor (&lock->descriptor);
  g_free (lock);
}
