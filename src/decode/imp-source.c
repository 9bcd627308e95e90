#include "imp-source.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-helper.h"
#include "imp-session.h"
#include "imp-snapshot.h"

#define CACHED_FRAMES 4
#define CACHED_PIXELS ((gsize)64 << 20) /* of all cached frames but the newest */

typedef struct
{
  guint number;
  ImpFrame *frame; /* owned */
} Cached;

struct _ImpSource
{
  GObject parent_instance;

  GFile *file;           /* owned, nullable */
  char *entry;           /* owned, nullable: its name in that file, an archive */
  ImpSnapshot *snapshot; /* owned */
  ImpFacts *facts;       /* owned */
  guint page;
  gboolean full; /* whether the quick helper sent it on to the full one */
  guint serial;  /* of all pages opened by this program, from 1: whose frames are whose */

  GMutex lock;         /* guards session and cache */
  ImpSession *session; /* owned, nullable: none after its child has died */
  GQueue cache;        /* of Cached, the latest first */
};

G_DEFINE_FINAL_TYPE (ImpSource, imp_source, G_TYPE_OBJECT)

static void
free_cached (gpointer data)
{
  Cached *cached = data;

  imp_frame_unref (cached->frame);
  g_free (cached);
}

static void
imp_source_finalize (GObject *object)
{
  ImpSource *self = IMP_SOURCE (object);

  g_clear_pointer (&self->session, imp_session_free);
  g_queue_clear_full (&self->cache, free_cached);
  g_clear_pointer (&self->facts, imp_facts_unref);
  g_clear_pointer (&self->snapshot, imp_snapshot_unref);
  g_clear_object (&self->file);
  g_clear_pointer (&self->entry, g_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (imp_source_parent_class)->finalize (object);
}

static void
imp_source_class_init (ImpSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_source_finalize;
}

static void
imp_source_init (ImpSource *self)
{
  static guint last = 0;

  self->serial = g_atomic_int_add (&last, 1) + 1;
  g_mutex_init (&self->lock);
  g_queue_init (&self->cache);
}

static GVariant *
open_document (ImpSource *self, ImpSession **session, GCancellable *cancellable, GError **error)
{
  *session = imp_session_new (self->full ? IMP_HELPER_FULL : IMP_HELPER_QUICK,
                              imp_snapshot_get_fd (self->snapshot),
                              imp_snapshot_get_size (self->snapshot), cancellable, error);
  return *session != NULL
             ? imp_session_ask (*session, IMP_WIRE_OPEN, self->page, cancellable, error)
             : NULL;
}

/* A new child parses the snapshot; what it says of the file is taken the first time, and must be
 * the same later. */
static gboolean
connect_session (ImpSource *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpSession) session = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (ImpFacts) facts = NULL;
  g_autoptr (GError) local = NULL;

  answer = open_document (self, &session, cancellable, &local);
  if (answer == NULL && session != NULL && !self->full && imp_session_needs_full (session))
    {
      self->full = TRUE;
      g_clear_error (&local);
      g_clear_pointer (&session, imp_session_free);
      answer = open_document (self, &session, cancellable, &local);
    }
  if (answer == NULL)
    {
      imp_snapshot_explain (self->snapshot, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  facts = imp_facts_new_from_variant (answer, error);
  if (facts == NULL || !imp_facts_check_again (facts, self->page, self->facts, error))
    return FALSE;
  if (self->facts == NULL)
    self->facts = g_steal_pointer (&facts);
  g_clear_pointer (&self->session, imp_session_free);
  self->session = g_steal_pointer (&session);
  return TRUE;
}

static ImpSource *
open_snapshot (ImpSnapshot *snapshot, GFile *file, const char *entry, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (ImpSource) self = NULL;

  if (snapshot == NULL)
    return NULL;
  self = g_object_new (IMP_TYPE_SOURCE, NULL);
  self->snapshot = snapshot;
  g_set_object (&self->file, file);
  self->entry = g_strdup (entry);
  return connect_session (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * imp_source_open_sync:
 * @file: a local file
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Copies @file into sealed memory and has a locked-down child of the helper read it. Blocks.
 *
 * Returns: (transfer full) (nullable): the opened file, or %NULL with %IMP_ERROR_UNREADABLE,
 *   %IMP_ERROR_UNSUPPORTED naming what it is, %IMP_ERROR_DAMAGED, %IMP_ERROR_IO or
 *   %IMP_ERROR_CANCELLED
 */
ImpSource *
imp_source_open_sync (GFile *file, GCancellable *cancellable, GError **error)
{
  imp_helper_start (); /* it warms up while the file is copied */
  return open_snapshot (imp_snapshot_new_from_file (file, cancellable, error), file, NULL,
                        cancellable, error);
}

static void
open_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  ImpSource *source = imp_source_open_sync (G_FILE (task_data), cancellable, &error);

  if (source != NULL)
    g_task_return_pointer (task, source, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * imp_source_open_async:
 * @file: a local file
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * The asynchronous form of imp_source_open_sync().
 */
void
imp_source_open_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_source_open_async);
  g_task_set_check_cancellable (task, FALSE); /* the worker's own error says it */
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * imp_source_open_bytes_sync:
 * @bytes: a file's bytes
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * imp_source_open_sync() for bytes that have no file. Blocks.
 *
 * Returns: (transfer full) (nullable): as imp_source_open_sync()
 */
ImpSource *
imp_source_open_bytes_sync (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  imp_helper_start ();
  return open_snapshot (imp_snapshot_new_from_bytes (bytes, error), NULL, NULL, cancellable, error);
}

/**
 * imp_source_open_entry_sync:
 * @archive: a ZIP archive
 * @name: of a file in it
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * imp_source_open_sync() for one file of an archive, which is unpacked into sealed memory. The
 * archive is its original: an export may not go there. Blocks.
 *
 * Returns: (transfer full) (nullable): as imp_source_open_sync(), or %NULL with the errors of
 *   imp_archive_find_entry() or imp_archive_unpack_sync()
 */
ImpSource *
imp_source_open_entry_sync (ImpArchive *archive, const char *name, GCancellable *cancellable,
                            GError **error)
{
  const ImpArchiveEntry *entry = imp_archive_find_entry (archive, name, error);

  if (entry == NULL)
    return NULL;
  imp_helper_start ();
  return open_snapshot (imp_snapshot_new_from_entry (archive, entry->number, cancellable, error),
                        imp_archive_get_file (archive), name, cancellable, error);
}

static void
open_bytes_in_thread (GTask *task, gpointer source_object, gpointer task_data,
                      GCancellable *cancellable)
{
  GError *error = NULL;
  ImpSource *source = imp_source_open_bytes_sync (task_data, cancellable, &error);

  if (source != NULL)
    g_task_return_pointer (task, source, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * imp_source_open_bytes_async:
 * @bytes: a file's bytes, such as a pasted picture's
 * @label: what the person calls it
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Opens bytes that have no file. End with imp_source_open_finish().
 */
void
imp_source_open_bytes_async (GBytes *bytes, const char *label, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_source_open_async);
  g_task_set_name (task, label);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, open_bytes_in_thread);
}

/**
 * imp_source_open_page_sync:
 * @self: an opened file
 * @page: which of its pages, from 0
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Opens another page of the same snapshot: another picture of its own size, with its own boxes.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with %IMP_ERROR_USAGE where there is no
 *   such page, or an error as imp_source_open_sync() has
 */
ImpSource *
imp_source_open_page_sync (ImpSource *self, guint page, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpSource) other = g_object_new (IMP_TYPE_SOURCE, NULL);

  other->snapshot = imp_snapshot_ref (self->snapshot);
  other->page = page;
  g_set_object (&other->file, self->file);
  other->entry = g_strdup (self->entry);
  return connect_session (other, cancellable, error) ? g_steal_pointer (&other) : NULL;
}

static void
open_page_in_thread (GTask *task, gpointer source_object, gpointer task_data,
                     GCancellable *cancellable)
{
  GError *error = NULL;
  ImpSource *page = imp_source_open_page_sync (IMP_SOURCE (source_object),
                                               GPOINTER_TO_UINT (task_data), cancellable, &error);

  if (page != NULL)
    g_task_return_pointer (task, page, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * imp_source_open_page_async:
 * @self: an opened file
 * @page: which of its pages, from 0
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * The asynchronous form of imp_source_open_page_sync(). End with imp_source_open_finish().
 */
void
imp_source_open_page_async (ImpSource *self, guint page, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_source_open_page_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, GUINT_TO_POINTER (page), NULL);
  g_task_run_in_thread (task, open_page_in_thread);
}

/**
 * imp_source_open_finish:
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_source_open_sync()
 */
ImpSource *
imp_source_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * imp_source_get_facts:
 * @self: an opened file
 *
 * Returns: (transfer none): what the helper found out about it
 */
ImpFacts *
imp_source_get_facts (ImpSource *self)
{
  return self->facts;
}

/**
 * imp_source_get_sha256:
 * @self: an opened file
 *
 * Waits where the hash, made beside the decoding, is not ready yet.
 *
 * Returns: (transfer none) (nullable): SHA-256 of the snapshot's bytes; %NULL where
 *   imp_source_check_whole() says that they are not whole
 */
const char *
imp_source_get_sha256 (ImpSource *self)
{
  return imp_snapshot_get_sha256 (self->snapshot);
}

/**
 * imp_source_check_whole:
 * @self: an opened file
 * @error: where to put the error
 *
 * A long series is shown while the rest of its file is still read. Waits until that is done:
 * nothing may rest on a file of which a part is missing.
 *
 * Returns: whether all of the file could be read; else %IMP_ERROR_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_source_check_whole (ImpSource *self, GError **error)
{
  return imp_snapshot_check (self->snapshot, error);
}

/**
 * imp_source_get_file:
 * @self: an opened file
 *
 * Returns: (transfer none) (nullable): the file, or the archive that it lies in; %NULL for pasted
 *   pictures
 */
GFile *
imp_source_get_file (ImpSource *self)
{
  return self->file;
}

/**
 * imp_source_get_entry:
 * @self: an opened file
 *
 * Returns: (transfer none) (nullable): its name in an archive; %NULL where it lies in none
 */
const char *
imp_source_get_entry (ImpSource *self)
{
  return self->entry;
}

/**
 * imp_source_get_identity:
 * @self: an opened file
 * @device: (out): where the file lies
 * @inode: (out): which file it is: an export may not go there
 *
 * Returns: whether it was opened from a file
 */
gboolean
imp_source_get_identity (ImpSource *self, guint64 *device, guint64 *inode)
{
  return imp_snapshot_get_identity (self->snapshot, device, inode);
}

static ImpFrame *
find_cached (ImpSource *self, guint number)
{
  for (GList *link = self->cache.head; link != NULL; link = link->next)
    {
      Cached *cached = link->data;

      if (cached->number != number)
        continue;
      g_queue_unlink (&self->cache, link);
      g_queue_push_head_link (&self->cache, link);
      return imp_frame_ref (cached->frame);
    }
  return NULL;
}

static gsize
count_pixels (const ImpFrame *frame)
{
  return (gsize)imp_frame_get_width (frame) * (gsize)imp_frame_get_height (frame);
}

static void
keep_cached (ImpSource *self, guint number, ImpFrame *frame)
{
  Cached *cached = g_new0 (Cached, 1);
  gsize pixels = 0;
  guint kept = 0;

  cached->number = number;
  cached->frame = imp_frame_ref (frame);
  g_queue_push_head (&self->cache, cached);
  for (GList *link = self->cache.head->next, *next = NULL; link != NULL; link = next)
    {
      Cached *older = link->data;

      next = link->next;
      pixels += count_pixels (older->frame);
      if (++kept < CACHED_FRAMES && pixels <= CACHED_PIXELS)
        continue;
      free_cached (older);
      g_queue_delete_link (&self->cache, link);
    }
}

static gboolean
connect_again (ImpSource *self, GCancellable *cancellable, GError **error)
{
  return (self->session != NULL && !imp_session_is_dead (self->session))
         || connect_session (self, cancellable, error);
}

/* The frame with the planes drawn on it; the lock is held. */
static ImpFrame *
draw_overlays (ImpSource *self, ImpFrame *plain, guint frame, guint planes,
               GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) mask = NULL;
  ImpFrame *drawn = NULL;

  if (!connect_again (self, cancellable, error))
    return NULL;
  mask = imp_session_load_overlays (self->session, frame, planes, cancellable, error);
  drawn = mask != NULL ? imp_frame_new_with_overlays (plain, planes, mask, error) : NULL;
  if (drawn != NULL)
    imp_frame_set_origin (drawn, self->serial, frame);
  return drawn;
}

/* The frame as it is stored, cached; the lock is held. */
static ImpFrame *
load_plain (ImpSource *self, guint frame, GCancellable *cancellable, GError **error)
{
  ImpFrame *result = find_cached (self, frame);

  if (result != NULL)
    return result;
  if (!connect_again (self, cancellable, error))
    return NULL;
  result = imp_session_load_frame (self->session, frame, cancellable, error);
  if (result == NULL)
    imp_snapshot_explain (self->snapshot, error);
  if (result != NULL
      && (imp_frame_get_width (result) != imp_facts_get_width (self->facts)
          || imp_frame_get_height (result) != imp_facts_get_height (self->facts)))
    {
      g_clear_pointer (&result, imp_frame_unref);
      g_set_error_literal (
          error, IMP_ERROR, IMP_ERROR_DAMAGED,
          _ ("The file is damaged, as its frames differ in size: fetch it again from its source"));
    }
  if (result != NULL)
    {
      imp_frame_set_origin (result, self->serial, frame);
      keep_cached (self, frame, result);
    }
  return result;
}

/**
 * imp_source_load_frame_sync:
 * @self: an opened file
 * @frame: 0-based, less than the facts' number of frames
 * @planes: the overlays to draw on it, 0 for none: bit 0 for group 6000, bit 15 for 601E
 * @cancellable: (nullable): to stop, which ends the helper's child; the next call starts another
 * @error: where to put the error
 *
 * Decodes one frame, or gives a cached one. Blocks; calls from several threads take turns.
 *
 * Returns: (transfer full) (nullable): the frame, or %NULL with %IMP_ERROR_USAGE,
 *   %IMP_ERROR_DAMAGED, %IMP_ERROR_UNSUPPORTED, %IMP_ERROR_IO or %IMP_ERROR_CANCELLED
 */
ImpFrame *
imp_source_load_frame_sync (ImpSource *self, guint frame, guint planes, GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (ImpFrame) plain = NULL;

  if (frame >= imp_facts_get_n_frames (self->facts))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("The file has no such frame"));
      return NULL;
    }
  plain = load_plain (self, frame, cancellable, error);
  if (plain == NULL || planes == 0)
    return g_steal_pointer (&plain);
  return draw_overlays (self, plain, frame, planes, cancellable, error);
}

typedef struct
{
  guint frame;
  guint planes;
} Wanted;

static void
load_frame_in_thread (GTask *task, gpointer source_object, gpointer task_data,
                      GCancellable *cancellable)
{
  const Wanted *wanted = task_data;
  GError *error = NULL;
  ImpFrame *frame = imp_source_load_frame_sync (IMP_SOURCE (source_object), wanted->frame,
                                                wanted->planes, cancellable, &error);

  if (frame != NULL)
    g_task_return_pointer (task, frame, (GDestroyNotify)imp_frame_unref);
  else
    g_task_return_error (task, error);
}

/**
 * imp_source_load_frame_async:
 * @self: an opened file
 * @frame: 0-based
 * @planes: the overlays to draw on it, 0 for none
 * @cancellable: (nullable): to stop
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * The asynchronous form of imp_source_load_frame_sync().
 */
void
imp_source_load_frame_async (ImpSource *self, guint frame, guint planes, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wanted *wanted = g_new0 (Wanted, 1);

  g_task_set_source_tag (task, imp_source_load_frame_async);
  g_task_set_check_cancellable (task, FALSE);
  wanted->frame = frame;
  wanted->planes = planes;
  g_task_set_task_data (task, wanted, g_free);
  g_task_run_in_thread (task, load_frame_in_thread);
}

/**
 * imp_source_load_frame_finish:
 * @self: an opened file
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_source_load_frame_sync()
 */
ImpFrame *
imp_source_load_frame_finish (ImpSource *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * imp_source_owns_frame:
 * @self: an opened page
 * @number: a frame of it, from 0
 * @frame: a frame from anywhere
 *
 * A frame of the right size may still be another page's or another file's.
 *
 * Returns: whether @frame is what imp_source_load_frame_sync() gave for @number, with or without
 *   overlays
 */
gboolean
imp_source_owns_frame (ImpSource *self, guint number, const ImpFrame *frame)
{
  return imp_frame_comes_from (frame, self->serial, number);
}

/**
 * imp_decode_verify_sync:
 * @file: anybody's file
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Has a locked-down child walk @file with the walker that proves our own exports. Blocks.
 *
 * Returns: (transfer full) (nullable): a{sv} with flat b, format s, width i, height i and findings
 *   a(ss), or %NULL with an error as imp_source_open_sync() has
 */
GVariant *
imp_decode_verify_sync (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpSnapshot) snapshot = NULL;
  g_autoptr (ImpSession) session = NULL;

  imp_helper_start ();
  snapshot = imp_snapshot_new_from_file (file, cancellable, error);
  if (snapshot == NULL)
    return NULL;
  session = imp_session_new (IMP_HELPER_QUICK, imp_snapshot_get_fd (snapshot),
                             imp_snapshot_get_size (snapshot), cancellable, error);
  return session != NULL ? imp_session_ask (session, IMP_WIRE_VERIFY, 0, cancellable, error) : NULL;
}
