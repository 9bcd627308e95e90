#include "imp-snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-wire.h"

#define CHUNK ((gsize)8 << 20)

struct _ImpSnapshot
{
  gatomicrefcount ref_count;
  int fd;
  gsize size;
  gboolean has_identity;
  guint64 device;
  guint64 inode;
  GThread *hashing; /* owned, nullable: until it is joined */
  GMutex lock;      /* guards hashing and sha256 */
  char *sha256;     /* owned, nullable: until it is asked for */
};

static gpointer
hash_in_thread (gpointer data)
{
  ImpSnapshot *snapshot = data;
  char *sha256 = NULL;

  /* On a busy machine the picture comes before its hash. */
  setpriority (PRIO_PROCESS, (id_t)gettid (), 10);
  sha256 = imp_hash_descriptor (snapshot->fd, snapshot->size);
  if (sha256 == NULL)
    abort (); /* memory that cannot be read any more, as a failing disc of swap gives */
  return sha256;
}

/* Seals the copy and starts to hash it beside the decoding. */
static gboolean
complete (ImpSnapshot *snapshot, gsize size, GError **error)
{
  snapshot->size = size;
  if (fcntl (snapshot->fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
      != 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno,
                           _ ("There is not enough memory for the file"));
      return FALSE;
    }
  snapshot->hashing = g_thread_new ("hash", hash_in_thread, snapshot);
  return TRUE;
}

static ImpSnapshot *
new_empty (GError **error)
{
  ImpSnapshot *snapshot = g_new0 (ImpSnapshot, 1);

  g_atomic_ref_count_init (&snapshot->ref_count);
  g_mutex_init (&snapshot->lock);
  snapshot->fd = memfd_create ("imprimatur-input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (snapshot->fd >= 0)
    return snapshot;
  imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("There is not enough memory for the file"));
  imp_snapshot_unref (snapshot);
  return NULL;
}

/* Only a plain file is read: a FIFO would block, a device never ends. */
static int
open_plain (GFile *file, struct stat *info, GError **error)
{
  const char *path = g_file_peek_path (file);
  int fd = -1;

  if (path == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                           _ ("Only files on this computer can be opened: copy it here first"));
      return -1;
    }
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, info) != 0)
    {
      int saved = errno;

      if (fd >= 0)
        close (fd);
      imp_error_set_errno (error, IMP_ERROR_UNREADABLE, saved, _ ("The file cannot be opened"));
      return -1;
    }
  if (!S_ISREG (info->st_mode))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                         S_ISDIR (info->st_mode)
                             ? _ ("This is a folder: open the pictures in it one by one")
                             : _ ("This is a device or a pipe, not a picture file"));
  else if (info->st_size == 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED, _ ("The file is empty"));
  else if ((guint64)info->st_size > IMP_WIRE_MAX_INPUT)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                         _ ("The file is larger than 4 GiB, which is not read"));
  else
    return fd;
  close (fd);
  return -1;
}

static gssize
copy_some (int from, int to, gsize left)
{
  gssize copied = sendfile (to, from, NULL, MIN (left, CHUNK));
  g_autofree char *buffer = NULL;

  if (copied >= 0 || (errno != EINVAL && errno != ENOSYS))
    return copied;
  buffer = g_malloc (CHUNK);
  copied = read (from, buffer, MIN (left, CHUNK));
  return copied > 0 ? write (to, buffer, (gsize)copied) : copied;
}

/**
 * imp_snapshot_new_from_file:
 * @file: a local file
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Copies @file into sealed memory. It must not grow meanwhile: what is copied is as long as the
 * file was when it was opened.
 *
 * Returns: (transfer full) (nullable): the snapshot, or %NULL with %IMP_ERROR_UNREADABLE,
 *   %IMP_ERROR_UNSUPPORTED (not a plain file, or over 4 GiB), %IMP_ERROR_DAMAGED (empty, or it
 *   became shorter), %IMP_ERROR_IO or %IMP_ERROR_CANCELLED
 */
ImpSnapshot *
imp_snapshot_new_from_file (GFile *file, GCancellable *cancellable, GError **error)
{
  struct stat info = { 0 };
  g_autoptr (ImpSnapshot) snapshot = NULL;
  int fd = open_plain (file, &info, error);
  gsize copied = 0;

  if (fd < 0)
    return NULL;
  snapshot = new_empty (error);
  while (snapshot != NULL && copied < (gsize)info.st_size)
    {
      gssize some = copy_some (fd, snapshot->fd, (gsize)info.st_size - copied);

      if (some < 0 && errno == EINTR)
        continue;
      if (some < 0)
        imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The file cannot be read"));
      else if (some == 0)
        g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                             _ ("The file became shorter while it was read: try again"));
      else if (g_cancellable_is_cancelled (cancellable))
        g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Opening was stopped"));
      else
        {
          copied += (gsize)some;
          continue;
        }
      g_clear_pointer (&snapshot, imp_snapshot_unref);
    }
  close (fd);
  if (snapshot == NULL || !complete (snapshot, copied, error))
    return NULL;
  snapshot->has_identity = TRUE;
  snapshot->device = info.st_dev;
  snapshot->inode = info.st_ino;
  return g_steal_pointer (&snapshot);
}

/**
 * imp_snapshot_new_from_bytes:
 * @bytes: a file's bytes, such as a pasted picture's
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the snapshot, or %NULL with %IMP_ERROR_DAMAGED (empty),
 *   %IMP_ERROR_UNSUPPORTED (over 4 GiB) or %IMP_ERROR_IO
 */
ImpSnapshot *
imp_snapshot_new_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (ImpSnapshot) snapshot = NULL;
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize written = 0;

  if (size == 0 || size > IMP_WIRE_MAX_INPUT)
    {
      g_set_error_literal (error, IMP_ERROR, size == 0 ? IMP_ERROR_DAMAGED : IMP_ERROR_UNSUPPORTED,
                           size == 0 ? _ ("The picture is empty")
                                     : _ ("The file is larger than 4 GiB, which is not read"));
      return NULL;
    }
  snapshot = new_empty (error);
  while (snapshot != NULL && written < size)
    {
      gssize some = write (snapshot->fd, data + written, MIN (size - written, CHUNK));

      if (some < 0 && errno != EINTR)
        {
          imp_error_set_errno (error, IMP_ERROR_IO, errno,
                               _ ("There is not enough memory for the file"));
          return NULL;
        }
      written += (gsize)MAX (some, 0);
    }
  if (snapshot == NULL || !complete (snapshot, size, error))
    return NULL;
  return g_steal_pointer (&snapshot);
}

/**
 * imp_snapshot_ref:
 * @snapshot: a snapshot
 *
 * Returns: (transfer full): @snapshot
 */
ImpSnapshot *
imp_snapshot_ref (ImpSnapshot *snapshot)
{
  g_atomic_ref_count_inc (&snapshot->ref_count);
  return snapshot;
}

/**
 * imp_snapshot_unref:
 * @snapshot: (transfer full) (nullable): a snapshot
 */
void
imp_snapshot_unref (ImpSnapshot *snapshot)
{
  if (snapshot == NULL || !g_atomic_ref_count_dec (&snapshot->ref_count))
    return;
  if (snapshot->hashing != NULL)
    g_free (g_thread_join (snapshot->hashing));
  if (snapshot->fd >= 0)
    close (snapshot->fd);
  g_free (snapshot->sha256);
  g_mutex_clear (&snapshot->lock);
  g_free (snapshot);
}

/**
 * imp_snapshot_get_fd:
 * @snapshot: a snapshot
 *
 * Returns: its sealed memfd, owned by @snapshot
 */
int
imp_snapshot_get_fd (ImpSnapshot *snapshot)
{
  return snapshot->fd;
}

/**
 * imp_snapshot_get_sha256:
 * @snapshot: a snapshot
 *
 * Waits for the hash where it is not ready yet.
 *
 * Returns: (transfer none): SHA-256 of its bytes, 64 hexadecimal characters
 */
const char *
imp_snapshot_get_sha256 (ImpSnapshot *snapshot)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&snapshot->lock);

  if (snapshot->hashing != NULL)
    snapshot->sha256 = g_thread_join (g_steal_pointer (&snapshot->hashing));
  return snapshot->sha256;
}

/**
 * imp_snapshot_get_identity:
 * @snapshot: a snapshot
 * @device: (out): where its file lies
 * @inode: (out): which file it is
 *
 * Returns: whether it was made from a file
 */
gboolean
imp_snapshot_get_identity (ImpSnapshot *snapshot, guint64 *device, guint64 *inode)
{
  *device = snapshot->device;
  *inode = snapshot->inode;
  return snapshot->has_identity;
}
