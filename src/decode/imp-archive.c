#include "imp-archive.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-helper.h"
#include "imp-plain-file.h"
#include "imp-session.h"

#define MOST_IN_ALL (G_GUINT64_CONSTANT (64) << 30) /* bytes that an archive may say it holds */

struct _ImpArchive
{
  gatomicrefcount ref_count;
  GFile *file; /* owned */
  int fd;      /* the archive, opened for reading only */
  guint64 size;
  guint64 device;
  guint64 inode;
  GPtrArray *entries;  /* owned: of ImpArchiveEntry; folders are left out */
  GMutex lock;         /* guards what follows */
  ImpSession *session; /* owned, nullable: none after its child has died */
};

static void
free_entry (gpointer data)
{
  ImpArchiveEntry *entry = data;

  g_free (entry->name);
  g_free (entry->problem);
  g_free (entry);
}

static gboolean
leads_outside (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  if (*name == '/' || *name == '\0' || (g_ascii_isalpha (name[0]) && name[1] == ':'))
    return TRUE;
  return g_strv_contains ((const char *const *)parts, "..");
}

static const char *
find_problem (const char *name, const char *kind, guint64 size, gboolean twice)
{
  if (leads_outside (name))
    return _ ("Its name leads out of the archive: it is not unpacked");
  if (twice)
    return _ ("The archive holds two files of this name: only the first is listed");
  if (strcmp (kind, "link") == 0)
    return _ ("This is a link, which is not followed: open what it leads to");
  if (strcmp (kind, "locked") == 0)
    return _ ("This file of the archive is locked with a password: unpack it with the program that "
              "locked it");
  if (size > IMP_WIRE_MAX_ENTRY)
    return _ ("This file of the archive is larger than 1 GiB: copy it out of the archive, and open "
              "that by itself");
  return size == 0 ? _ ("The file is empty: fetch it again from its source") : NULL;
}

static gboolean
read_entries (ImpArchive *self, GVariant *answer)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GVariantIter) iter = NULL;
  const char *name = NULL;
  const char *kind = NULL;
  guint64 size = 0;
  guint64 left = MOST_IN_ALL;
  guint n = 0;

  if (!g_variant_lookup (answer, "entries", "a(sst)", &iter))
    return FALSE;
  for (; g_variant_iter_next (iter, "(&s&st)", &name, &kind, &size); n++)
    {
      ImpArchiveEntry *entry = NULL;

      if (n >= IMP_WIRE_MAX_ENTRIES)
        return FALSE;
      if (strcmp (kind, "folder") == 0)
        continue;
      if (size <= IMP_WIRE_MAX_ENTRY && size > left)
        return FALSE;
      left -= size <= IMP_WIRE_MAX_ENTRY ? size : 0;
      entry = g_new0 (ImpArchiveEntry, 1);
      entry->number = n;
      entry->name = g_strdelimit (g_strdup (name), "\\", '/');
      entry->problem = g_strdup (
          find_problem (entry->name, kind, size, g_hash_table_contains (names, entry->name)));
      g_ptr_array_add (self->entries, entry);
      g_hash_table_add (names, entry->name);
    }
  return TRUE;
}

static gboolean
list (ImpArchive *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) answer = NULL;

  self->session = imp_session_new (IMP_HELPER_ARCHIVE, self->fd, self->size, cancellable, error);
  if (self->session != NULL)
    answer = imp_session_ask (self->session, IMP_WIRE_ENTRIES, 0, cancellable, error);
  if (answer == NULL)
    return FALSE;
  if (read_entries (self, answer))
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                       _ ("The ZIP archive says that it holds more than any archive of pictures "
                          "does: fetch it again from its source"));
  return FALSE;
}

/**
 * imp_archive_open_sync:
 * @file: a ZIP archive
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Has a locked-down child of its own helper read which files @file holds. Blocks.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with %IMP_ERROR_UNREADABLE,
 *   %IMP_ERROR_UNSUPPORTED, %IMP_ERROR_DAMAGED, %IMP_ERROR_IO or %IMP_ERROR_CANCELLED
 */
ImpArchive *
imp_archive_open_sync (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpArchive) self = g_new0 (ImpArchive, 1);
  struct stat info = { 0 };

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->file = g_object_ref (file);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->fd = imp_plain_file_open (file, &info, error);
  self->size = (guint64)info.st_size;
  self->device = info.st_dev;
  self->inode = info.st_ino;
  return self->fd >= 0 && list (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * imp_archive_ref:
 * @archive: an archive
 *
 * Returns: (transfer full): @archive
 */
ImpArchive *
imp_archive_ref (ImpArchive *archive)
{
  g_atomic_ref_count_inc (&archive->ref_count);
  return archive;
}

/**
 * imp_archive_unref:
 * @archive: (transfer full) (nullable): an archive
 */
void
imp_archive_unref (ImpArchive *archive)
{
  if (archive == NULL || !g_atomic_ref_count_dec (&archive->ref_count))
    return;
  imp_session_free (archive->session);
  if (archive->fd >= 0)
    close (archive->fd);
  g_object_unref (archive->file);
  g_ptr_array_unref (archive->entries);
  g_mutex_clear (&archive->lock);
  g_free (archive);
}

/**
 * imp_archive_get_entries:
 * @archive: an archive
 *
 * Returns: (transfer none) (element-type ImpArchiveEntry): its files, in the order in which they
 *   are quickest to unpack
 */
GPtrArray *
imp_archive_get_entries (ImpArchive *archive)
{
  return archive->entries;
}

/**
 * imp_archive_find_entry:
 * @archive: an archive
 * @name: of a file in it
 * @error: where to put the error
 *
 * Returns: (transfer none) (nullable): the one of this name that can be unpacked, or %NULL with
 *   %IMP_ERROR_UNREADABLE (none has it) or %IMP_ERROR_UNSUPPORTED (its problem)
 */
const ImpArchiveEntry *
imp_archive_find_entry (ImpArchive *archive, const char *name, GError **error)
{
  for (guint i = 0; i < archive->entries->len; i++)
    {
      const ImpArchiveEntry *entry = g_ptr_array_index (archive->entries, i);

      if (strcmp (entry->name, name) != 0)
        continue;
      if (entry->problem == NULL)
        return entry;
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED, entry->problem);
      return NULL;
    }
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                       _ ("The ZIP archive no longer holds this file: fetch the archive again from "
                          "its source"));
  return NULL;
}

/**
 * imp_archive_get_file:
 * @archive: an archive
 *
 * Returns: (transfer none): where it lies
 */
GFile *
imp_archive_get_file (ImpArchive *archive)
{
  return archive->file;
}

/**
 * imp_archive_get_identity:
 * @archive: an archive
 * @device: (out): where it lies
 * @inode: (out): which file it is
 */
void
imp_archive_get_identity (ImpArchive *archive, guint64 *device, guint64 *inode)
{
  *device = archive->device;
  *inode = archive->inode;
}

/**
 * imp_archive_unpack_sync:
 * @archive: an archive
 * @number: of an entry without a problem
 * @size: (out): its bytes
 * @cancellable: (nullable): to stop, which ends the helper's child; the next call starts another
 * @error: where to put the error
 *
 * Unpacks one file into sealed memory. Blocks; calls from several threads take turns.
 *
 * Returns: the memory's descriptor, which the caller closes, or -1 with %IMP_ERROR_DAMAGED,
 *   %IMP_ERROR_UNSUPPORTED, %IMP_ERROR_IO or %IMP_ERROR_CANCELLED
 */
int
imp_archive_unpack_sync (ImpArchive *archive, guint number, guint64 *size,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&archive->lock);

  /* A child has used up its time after so many bytes: another goes on. */
  if (archive->session != NULL && imp_session_is_dead (archive->session))
    g_clear_pointer (&archive->session, imp_session_free);
  if (archive->session == NULL)
    archive->session =
        imp_session_new (IMP_HELPER_ARCHIVE, archive->fd, archive->size, cancellable, error);
  return archive->session != NULL
             ? imp_session_take_entry (archive->session, number, size, cancellable, error)
             : -1;
}
