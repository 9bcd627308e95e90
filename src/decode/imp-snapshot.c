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
#include "imp-plain-file.h"
#include "imp-wire.h"

#define CHUNK ((gsize)8 << 20)
#define FIRST ((gsize)2 << 20) /* what is copied before anything is read */
#define QUICK                                                                                      \
  20 /* milliseconds for it: a slower disc is waited for, or a child would wait too long */

struct _ImpSnapshot
{
  gatomicrefcount ref_count;
  int fd;      /* the memfd, written by one thread alone */
  int reading; /* the same for readers, who cannot write through it */
  int source;  /* the file, while it is copied; -1 after */
  gsize size;
  gsize copied; /* the worker's, once it runs */
  gboolean has_identity;
  guint64 device;
  guint64 inode;
  gint stop;       /* atomic: the worker need not finish */
  gint failed;     /* atomic: it could not copy the file */
  GMutex lock;     /* guards what follows */
  GThread *worker; /* owned, nullable: until it is joined */
  char *sha256;    /* owned, nullable: until it is asked for */
  GError *problem; /* owned, nullable: why the copy is not whole; the worker's until it is joined */
};

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

/* The memfd grows as bytes come, so a child that reads it never sees what is not there yet. */
static gboolean
copy_until (ImpSnapshot *snapshot, gsize until, GCancellable *cancellable, GError **error)
{
  while (snapshot->copied < until && g_atomic_int_get (&snapshot->stop) == 0)
    {
      gssize some = copy_some (snapshot->source, snapshot->fd, until - snapshot->copied);

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
          snapshot->copied += (gsize)some;
          continue;
        }
      return FALSE;
    }
  return TRUE;
}

static gboolean
seal (ImpSnapshot *snapshot, GError **error)
{
  if (snapshot->source >= 0)
    close (snapshot->source);
  snapshot->source = -1;
  if (fcntl (snapshot->fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
      == 0)
    return TRUE;
  imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("There is not enough memory for the file"));
  return FALSE;
}

/* Copies what is left of a large file, then hashes it. A copy that fails is emptied: whoever reads
 * it stops there. */
static gpointer
work (gpointer data)
{
  ImpSnapshot *snapshot = data;
  char *sha256 = NULL;

  if (snapshot->source >= 0
      && (!copy_until (snapshot, snapshot->size, NULL, &snapshot->problem)
          || g_atomic_int_get (&snapshot->stop) != 0 || !seal (snapshot, &snapshot->problem)))
    {
      g_atomic_int_set (&snapshot->failed, snapshot->problem != NULL);
      if (ftruncate (snapshot->fd, 0) != 0)
        abort (); /* nobody else could have sealed it */
      return NULL;
    }
  /* On a busy machine the picture comes before its hash. */
  setpriority (PRIO_PROCESS, (id_t)gettid (), 10);
  sha256 = imp_hash_descriptor (snapshot->fd, snapshot->size, &snapshot->stop);
  if (sha256 == NULL && g_atomic_int_get (&snapshot->stop) == 0)
    imp_error_set_errno (&snapshot->problem, IMP_ERROR_IO, errno, _ ("The file cannot be read"));
  return sha256;
}

static void
start_work (ImpSnapshot *snapshot)
{
  snapshot->worker = g_thread_new ("snapshot", work, snapshot);
}

/* Takes fd, which is -1 where there is no memory. */
static ImpSnapshot *
new_around (int fd, GError **error)
{
  ImpSnapshot *snapshot = g_new0 (ImpSnapshot, 1);

  g_atomic_ref_count_init (&snapshot->ref_count);
  g_mutex_init (&snapshot->lock);
  snapshot->source = snapshot->reading = -1;
  snapshot->fd = fd;
  if (snapshot->fd >= 0)
    {
      g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", snapshot->fd);

      snapshot->reading = open (path, O_RDONLY | O_CLOEXEC);
    }
  if (snapshot->reading >= 0)
    return snapshot;
  imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("There is not enough memory for the file"));
  imp_snapshot_unref (snapshot);
  return NULL;
}

static ImpSnapshot *
new_empty (GError **error)
{
  return new_around (memfd_create ("imprimatur-input", MFD_CLOEXEC | MFD_ALLOW_SEALING), error);
}

/**
 * imp_snapshot_new_from_file:
 * @file: a local file
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Copies @file into memory that is sealed when all of it is there. It must not grow meanwhile: what
 * is copied is as long as the file was when it was opened. The first part of a large file is enough
 * to begin with; a thread copies the rest, and imp_snapshot_check() tells whether it could.
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
  int fd = imp_plain_file_open (file, &info, error);
  gint64 begin = g_get_monotonic_time ();

  if (fd < 0)
    return NULL;
  snapshot = new_empty (error);
  if (snapshot == NULL)
    {
      close (fd);
      return NULL;
    }
  snapshot->source = fd;
  snapshot->size = (gsize)info.st_size;
  snapshot->has_identity = TRUE;
  snapshot->device = info.st_dev;
  snapshot->inode = info.st_ino;
  if (!copy_until (snapshot, MIN (snapshot->size, FIRST), cancellable, error))
    return NULL;
  if (g_get_monotonic_time () - begin > QUICK * G_TIME_SPAN_MILLISECOND
      && !copy_until (snapshot, snapshot->size, cancellable, error))
    return NULL;
  if (snapshot->copied == snapshot->size && !seal (snapshot, error))
    return NULL;
  start_work (snapshot);
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
                           size == 0 ? _ ("The picture is empty: copy it again")
                                     : _ ("The file is larger than 4 GiB, which is not read: save "
                                          "a smaller one where it comes from, and open that"));
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
  if (snapshot == NULL || !seal (snapshot, error))
    return NULL;
  snapshot->size = size;
  start_work (snapshot);
  return g_steal_pointer (&snapshot);
}

/**
 * imp_snapshot_new_from_entry:
 * @archive: an archive
 * @number: of an entry without a problem
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Takes the sealed memory that the entry was unpacked into: nothing is copied once more. Which file
 * it is made from is the archive.
 *
 * Returns: (transfer full) (nullable): the snapshot, or %NULL with the errors of
 *   imp_archive_unpack_sync()
 */
ImpSnapshot *
imp_snapshot_new_from_entry (ImpArchive *archive, guint number, GCancellable *cancellable,
                             GError **error)
{
  guint64 size = 0;
  int fd = imp_archive_unpack_sync (archive, number, &size, cancellable, error);
  ImpSnapshot *snapshot = fd >= 0 ? new_around (fd, error) : NULL;

  if (snapshot == NULL)
    return NULL;
  snapshot->size = size;
  snapshot->has_identity = TRUE;
  imp_archive_get_identity (archive, &snapshot->device, &snapshot->inode);
  start_work (snapshot);
  return snapshot;
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
  int fds[3] = { -1, -1, -1 };

  if (snapshot == NULL || !g_atomic_ref_count_dec (&snapshot->ref_count))
    return;
  g_atomic_int_set (&snapshot->stop, 1);
  if (snapshot->worker != NULL)
    g_free (g_thread_join (snapshot->worker));
  fds[0] = snapshot->fd;
  fds[1] = snapshot->reading;
  fds[2] = snapshot->source; /* closed by the worker, unless it was stopped */
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    if (fds[i] >= 0)
      close (fds[i]);
  g_clear_error (&snapshot->problem);
  g_free (snapshot->sha256);
  g_mutex_clear (&snapshot->lock);
  g_free (snapshot);
}

/**
 * imp_snapshot_get_fd:
 * @snapshot: a snapshot
 *
 * Returns: its memfd for reading only, owned by @snapshot; of a large file it may still grow
 */
int
imp_snapshot_get_fd (ImpSnapshot *snapshot)
{
  return snapshot->reading;
}

/**
 * imp_snapshot_get_size:
 * @snapshot: a snapshot
 *
 * Returns: bytes of the whole file
 */
guint64
imp_snapshot_get_size (ImpSnapshot *snapshot)
{
  return snapshot->size;
}

/**
 * imp_snapshot_check:
 * @snapshot: a snapshot
 * @error: where to put the error
 *
 * Waits until the file is copied and hashed.
 *
 * Returns: whether all of it is there; else %IMP_ERROR_DAMAGED (it became shorter) or %IMP_ERROR_IO
 */
gboolean
imp_snapshot_check (ImpSnapshot *snapshot, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&snapshot->lock);

  if (snapshot->worker != NULL)
    snapshot->sha256 = g_thread_join (g_steal_pointer (&snapshot->worker));
  if (snapshot->sha256 == NULL && error != NULL)
    *error = g_error_copy (snapshot->problem);
  return snapshot->sha256 != NULL;
}

/**
 * imp_snapshot_explain:
 * @snapshot: a snapshot
 * @error: (inout): why a child could not read it
 *
 * A child sees no more than that the file ends. Where it is known by now that it could not be
 * copied, that is put in the place of what the child said; nothing is waited for.
 */
void
imp_snapshot_explain (ImpSnapshot *snapshot, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (error == NULL || *error == NULL || g_error_matches (*error, IMP_ERROR, IMP_ERROR_CANCELLED)
      || g_atomic_int_get (&snapshot->failed) == 0 || imp_snapshot_check (snapshot, &cause))
    return;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&cause));
}

/**
 * imp_snapshot_get_sha256:
 * @snapshot: a snapshot
 *
 * Waits for the hash where it is not ready yet.
 *
 * Returns: (transfer none) (nullable): SHA-256 of its bytes, 64 hexadecimal characters; %NULL where
 *   imp_snapshot_check() says that they are not whole
 */
const char *
imp_snapshot_get_sha256 (ImpSnapshot *snapshot)
{
  imp_snapshot_check (snapshot, NULL);
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
