/* The files of a session: whether what lies there is what was worked on, and where it went. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "gate-accounts.h"
#include "imp-archive.h"
#include "imp-curation-private.h"
#include "imp-hash.h"

#define DEPTH_MAX 32
#define PIECE 65536

/* ---- one file ---- */

static char *
hash_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *bytes = NULL;
  GStatBuf status;
  gssize length = 0;

  /* A pipe would be waited for. */
  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  stream = g_file_read (file, NULL, NULL);
  bytes = stream != NULL ? g_malloc (PIECE) : NULL;
  while (stream != NULL
         && (length = g_input_stream_read (G_INPUT_STREAM (stream), bytes, PIECE, NULL, NULL)) > 0)
    g_checksum_update (checksum, bytes, length);
  return stream != NULL && length == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

/* One file of a ZIP, unpacked in memory; the last ZIP stays open for the next of it. */
static char *
hash_entry (const ImpCurationItem *item, ImpArchive **archive, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (item->path);
  const ImpArchiveEntry *entry = NULL;
  guint64 size = 0;
  char *hash = NULL;
  int fd = -1;

  if (*archive == NULL || !g_file_equal (imp_archive_get_file (*archive), file))
    {
      g_clear_pointer (archive, imp_archive_unref);
      *archive = imp_archive_open_sync (file, cancellable, NULL);
    }
  entry = *archive != NULL ? imp_archive_find_entry (*archive, item->entry, NULL) : NULL;
  if (entry != NULL)
    fd = imp_archive_unpack_sync (*archive, entry->number, &size, cancellable, NULL);
  if (fd < 0)
    return NULL;
  hash = imp_hash_descriptor (fd, (gsize)size, NULL);
  close (fd);
  return hash;
}

static gboolean
note_file (ImpGesture *gesture, GError **error)
{
  const ImpCurationItem *item = g_ptr_array_index (gesture->items, 0);
  gboolean changed = gesture->state == IMP_CURATION_NEW;
  gboolean done = imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
                  && (changed ? imp_register_restart_curation_item (gesture->reg, item, error)
                              : imp_register_set_curation_file (gesture->reg, item, error));

  g_clear_pointer (&gesture->items, g_ptr_array_unref); /* read anew afterwards */
  return done;
}

/**
 * imp_curation_note_file_async:
 * @self: a session
 * @index: of a picture
 * @sha256: of the bytes that were read just now
 * @callback: called when done
 * @user_data: for @callback
 *
 * The first time this is kept. Where other bytes were worked on before, the picture is new again,
 * with nothing covered and nothing said of it. Ends with imp_curation_gesture_finish().
 */
void
imp_curation_note_file_async (ImpCuration *self, guint index, const char *sha256,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_note_file_async, note_file, NULL, callback, user_data);
  ImpCurationItem *item = imp_curation_item_copy (imp_curation_get_item (self, index));

  if (g_strcmp0 (item->sha256, sha256) != 0)
    {
      /* What was never read cannot have changed. */
      gesture->state = item->sha256 != NULL ? IMP_CURATION_NEW : IMP_CURATION_LOOKED_AT;
      gesture->reloads = TRUE;
    }
  else
    gesture->state = IMP_CURATION_LOOKED_AT;
  g_free (item->sha256);
  item->sha256 = g_strdup (sha256);
  gesture->items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_ptr_array_add (gesture->items, item);
  _imp_gesture_start (gesture);
}

/* ---- all of them ---- */

/* Looks in a folder for files of the sizes and hashes that are missed. Links are not followed. */
static void
look_in (const char *folder, guint depth, GHashTable *missed, GHashTable *found,
         GCancellable *cancellable)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && g_hash_table_size (found) < g_hash_table_size (missed)
         && !g_cancellable_is_cancelled (cancellable) && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *hash = NULL;
      GStatBuf status;

      if (g_lstat (path, &status) != 0)
        continue;
      if (S_ISDIR (status.st_mode) && depth < DEPTH_MAX)
        look_in (path, depth + 1, missed, found, cancellable);
      if (!S_ISREG (status.st_mode))
        continue;
      hash = hash_file (path);
      if (hash != NULL && g_hash_table_contains (missed, hash)
          && !g_hash_table_contains (found, hash))
        g_hash_table_insert (found, g_steal_pointer (&hash), g_steal_pointer (&path));
    }
}

/* Where the missed files may be: the folders of the session, and those in which its files were. */
static GHashTable *
find_missed (GHashTable *missed, GPtrArray *items, const char *const *sources,
             GCancellable *cancellable)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; sources[i] != NULL && g_hash_table_size (missed) > 0; i++)
    if (g_file_test (sources[i], G_FILE_TEST_IS_DIR)
        && g_hash_table_add (seen, g_strdup (sources[i])))
      look_in (sources[i], 0, missed, found, cancellable);
  for (guint i = 0; i < items->len && g_hash_table_size (missed) > 0; i++)
    {
      const ImpCurationItem *item = g_ptr_array_index (items, i);
      char *folder = g_path_get_dirname (item->path);

      if (item->entry == NULL && item->sha256 != NULL
          && g_hash_table_contains (missed, item->sha256)
          && g_hash_table_add (seen, g_strdup (folder)))
        look_in (folder, DEPTH_MAX, missed, found, cancellable);
      g_free (folder);
    }
  return found;
}

static void
report (ImpGesture *gesture, const ImpCurationItem *item, ImpCurationFinding finding)
{
  const ImpCurationFound found = { item->id, finding };

  g_array_append_val ((GArray *)gesture->result, found);
}

/* What lies in its place: the same, something else, or nothing. */
static gboolean
check_one (ImpGesture *gesture, ImpCurationItem *item, GHashTable *missed, ImpArchive **archive,
           GError **error)
{
  GCancellable *cancellable = g_task_get_cancellable (gesture->task);
  g_autofree char *hash = NULL;

  if (item->sha256 == NULL)
    return TRUE;
  hash = item->entry != NULL ? hash_entry (item, archive, cancellable) : hash_file (item->path);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (hash == NULL && item->entry != NULL)
    report (gesture, item, IMP_CURATION_MISSING);
  else if (hash == NULL)
    g_hash_table_add (missed, item->sha256);
  if (hash == NULL || g_str_equal (hash, item->sha256))
    return TRUE;
  g_free (item->sha256);
  item->sha256 = g_steal_pointer (&hash);
  report (gesture, item, IMP_CURATION_CHANGED);
  return imp_register_restart_curation_item (gesture->reg, item, error);
}

static gboolean
settle_missed (ImpGesture *gesture, GPtrArray *items, GHashTable *missed, GHashTable *found,
               GError **error)
{
  gboolean done = TRUE;

  for (guint i = 0; done && i < items->len; i++)
    {
      ImpCurationItem *item = g_ptr_array_index (items, i);
      const char *path = item->sha256 != NULL ? g_hash_table_lookup (found, item->sha256) : NULL;

      if (item->sha256 == NULL || item->entry != NULL
          || !g_hash_table_contains (missed, item->sha256)
          || g_file_test (item->path, G_FILE_TEST_EXISTS))
        continue;
      report (gesture, item, path != NULL ? IMP_CURATION_FOUND : IMP_CURATION_MISSING);
      if (path == NULL || !g_utf8_validate (path, -1, NULL))
        continue;
      g_free (item->path);
      item->path = g_strdup (path);
      done = imp_register_set_curation_file (gesture->reg, item, error);
    }
  return done;
}

static gboolean
check_files (ImpGesture *gesture, GError **error)
{
  GCancellable *cancellable = g_task_get_cancellable (gesture->task);
  g_autoptr (GPtrArray) items = NULL;
  g_auto (GStrv) sources = NULL;
  g_autoptr (GHashTable) missed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (ImpArchive) archive = NULL;

  if (!imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error))
    return FALSE;
  items = imp_register_list_curation_items (gesture->reg, gesture->id, error);
  sources =
      items != NULL ? imp_register_list_curation_sources (gesture->reg, gesture->id, error) : NULL;
  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !check_one (gesture, g_ptr_array_index (items, i), missed, &archive, error))
      return FALSE;
  found = find_missed (missed, items, (const char *const *)sources, cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error)
         && settle_missed (gesture, items, missed, found, error);
}

/**
 * imp_curation_check_files_async:
 * @self: a session
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads every file of which a picture was worked on. One that has moved within the folders of the
 * session is found by what is in it; one that has changed makes its picture new. A file of a ZIP is
 * looked for in that ZIP alone.
 */
void
imp_curation_check_files_async (ImpCuration *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  ImpGesture *gesture = _imp_gesture_new (self, imp_curation_check_files_async, check_files,
                                          cancellable, callback, user_data);

  gesture->result = g_array_new (FALSE, FALSE, sizeof (ImpCurationFound));
  gesture->free_result = (GDestroyNotify)g_array_unref;
  gesture->reloads = TRUE;
  _imp_gesture_start (gesture);
}

/**
 * imp_curation_check_files_finish:
 * @self: a session
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpCurationFound) (nullable): what is not as it was, or
 *   %NULL with %G_IO_ERROR_CANCELLED, %IMP_ERROR_REFUSED or an error of the register
 */
GArray *
imp_curation_check_files_finish (ImpCuration *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
