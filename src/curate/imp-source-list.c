#include "imp-source-list.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-source-item-private.h"
#include "imp-source-twins.h"
#include "imp-source-walk.h"

/**
 * ImpSourceList:
 *
 * Its items come in while the files are listed, each into its place (imp_source_item_compare()).
 * `items-changed` of the model tells of them, and `notify::n-found` of how many there will be.
 */
struct _ImpSourceList
{
  GObject parent_instance;

  GListStore *items; /* owned */
  guint n_found;
  guint n_hidden;
};

enum
{
  PROP_N_FOUND = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ImpSourceList, imp_source_list, G_TYPE_OBJECT)

/* One run through a source: the workers' side. */
typedef struct
{
  GPtrArray *files;          /* owned: of GFile */
  GPtrArray *items;          /* owned: of ImpSourceItem */
  GHashTable *named;         /* owned: the items of files that were named themselves */
  GCancellable *cancellable; /* owned, nullable */
  GMainContext *context;     /* owned: that of who listens */
  GWeakRef list;
  GMutex
      turn;   /* guards next, and holds files of an archive back until the one before is unpacked */
  guint next; /* the item to list next */
  GMutex lock;         /* guards what follows */
  GPtrArray *ready;    /* owned: listed, and not shown yet */
  gboolean told;       /* somebody is on the way to show them */
  GPtrArray *indices;  /* owned: items that name others, and were named themselves */
  GPtrArray *named_in; /* owned: ImpListing of each */
  guint n_passed;      /* items that are none: indices */
  guint n_found;
  guint n_hidden;
  GError *broken; /* owned, nullable: the helper is missing: nothing can be listed */
} Run;

static void
run_unref (gpointer data)
{
  Run *run = data;

  g_ptr_array_unref (run->files);
  g_ptr_array_unref (run->items);
  g_hash_table_unref (run->named);
  g_ptr_array_unref (run->indices);
  g_ptr_array_unref (run->named_in);
  g_clear_object (&run->cancellable);
  g_main_context_unref (run->context);
  g_weak_ref_clear (&run->list);
  g_mutex_clear (&run->turn);
  g_mutex_clear (&run->lock);
  g_ptr_array_unref (run->ready);
  g_clear_error (&run->broken);
}

static void
run_release (gpointer run)
{
  g_atomic_rc_box_release_full (run, run_unref);
}

static void
imp_source_list_finalize (GObject *object)
{
  g_clear_object (&IMP_SOURCE_LIST (object)->items);
  G_OBJECT_CLASS (imp_source_list_parent_class)->finalize (object);
}

static void
imp_source_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_N_FOUND)
    g_value_set_uint (value, IMP_SOURCE_LIST (object)->n_found);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
imp_source_list_class_init (ImpSourceListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = imp_source_list_finalize;
  object_class->get_property = imp_source_list_get_property;
  properties[PROP_N_FOUND] =
      g_param_spec_uint ("n-found", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
imp_source_list_init (ImpSourceList *self)
{
  self->items = g_list_store_new (IMP_TYPE_SOURCE_ITEM);
}

/**
 * imp_source_list_new:
 *
 * Returns: (transfer full): an empty list
 */
ImpSourceList *
imp_source_list_new (void)
{
  return g_object_new (IMP_TYPE_SOURCE_LIST, NULL);
}

/* In the thread of who listens. */
static gboolean
show_ready (gpointer data)
{
  Run *run = data;
  g_autoptr (ImpSourceList) self = g_weak_ref_get (&run->list);
  g_autoptr (GPtrArray) ready = NULL;
  guint n_found = 0;

  g_mutex_lock (&run->lock);
  ready = g_steal_pointer (&run->ready);
  run->ready = g_ptr_array_new_with_free_func (g_object_unref);
  run->told = FALSE;
  n_found = run->n_found;
  if (self != NULL)
    self->n_hidden = run->n_hidden;
  g_mutex_unlock (&run->lock);
  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (n_found != self->n_found)
    {
      self->n_found = n_found;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FOUND]);
    }
  for (guint i = 0; i < ready->len; i++)
    g_list_store_insert_sorted (self->items, ready->pdata[i], imp_source_item_compare, NULL);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
tell (Run *run)
{
  g_autoptr (GSource) idle = NULL;

  if (run->told)
    return;
  run->told = TRUE;
  idle = g_idle_source_new ();
  g_source_set_priority (idle, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (idle, show_ready, g_atomic_rc_box_acquire (run), run_release);
  g_source_attach (idle, run->context);
}

/* What names others is not a picture: where it was named itself, they are listed in its place; in a
 * folder they lie beside it, and are listed anyway. */
static void
keep_index (Run *run, ImpSourceItem *item, ImpListing *listing)
{
  gboolean named = g_hash_table_contains (run->named, item);

  if (!named && strcmp (listing->format, "zip") == 0)
    {
      imp_source_item_set_problem (
          item,
          imp_source_item_get_entry (item) != NULL
              ? _ ("This is an archive inside of an archive: unpack it, and open it by itself")
              : _ ("This is an archive: open it by itself"));
      g_ptr_array_add (run->ready, g_object_ref (item));
    }
  else
    {
      run->n_passed++;
      run->n_found--;
    }
  if (!named)
    {
      imp_listing_free (listing);
      return;
    }
  g_ptr_array_add (run->indices, g_object_ref (item));
  g_ptr_array_add (run->named_in, listing);
}

static gboolean
is_index (const ImpListing *listing)
{
  return strcmp (listing->format, "dicomdir") == 0 || strcmp (listing->format, "zip") == 0;
}

/* With a child of its own for the header. */
static void
list_one (Run *run, ImpSourceItem *item, int fd, guint64 size, GError *failed)
{
  g_autoptr (GError) error = failed;
  ImpListing *listing = fd >= 0 ? imp_listing_read_sync (fd, size, run->cancellable, &error) : NULL;
  gboolean index = listing != NULL && is_index (listing);

  if (listing != NULL && !index)
    imp_source_item_take_listing (item, listing);
  else if (error != NULL)
    imp_source_item_set_problem (item, error->message);
  g_mutex_lock (&run->lock);
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_IO) && run->broken == NULL)
    run->broken = g_steal_pointer (&error);
  else if (index)
    keep_index (run, item, listing);
  else if (!g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    g_ptr_array_add (run->ready, g_object_ref (item));
  tell (run);
  g_mutex_unlock (&run->lock);
}

/* The next item, and its bytes. Archives are unpacked front to back, one file at a time. */
static ImpSourceItem *
take_next (Run *run, int *fd, guint64 *size, GError **error)
{
  g_autoptr (GMutexLocker) turn = g_mutex_locker_new (&run->turn);
  ImpSourceItem *item = NULL;

  if (run->next >= run->items->len || g_cancellable_is_cancelled (run->cancellable))
    return NULL;
  item = run->items->pdata[run->next++];
  *fd = -1;
  if (imp_source_item_get_problem (item) == NULL)
    *fd = imp_source_item_open_bytes_sync (item, size, run->cancellable, error);
  return item;
}

static gpointer
work_through (gpointer data)
{
  Run *run = data;
  int fd = -1;
  guint64 size = 0;
  GError *error = NULL;
  ImpSourceItem *item = NULL;

  while ((item = take_next (run, &fd, &size, &error)) != NULL)
    {
      list_one (run, item, fd, size, g_steal_pointer (&error));
      if (fd >= 0)
        close (fd);
    }
  return NULL;
}

static void
add_named (Run *run, GFile *file)
{
  g_autofree char *own = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (own);
  ImpSourceItem *item = imp_source_item_new (file, name);

  g_ptr_array_add (run->items, item);
  g_hash_table_add (run->named, item);
}

static void
tell_found (Run *run, guint n_hidden)
{
  g_mutex_lock (&run->lock);
  run->n_found = run->items->len - run->n_passed;
  run->n_hidden = n_hidden;
  tell (run);
  g_mutex_unlock (&run->lock);
}

/* Everything is found before the first file is read, so that progress has an end. */
static gboolean
find_all (Run *run, GError **error)
{
  guint n_hidden = 0;

  for (guint i = 0; i < run->files->len; i++)
    {
      GFile *file = run->files->pdata[i];

      if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_DIRECTORY)
        add_named (run, file);
      else if (!imp_source_walk_folder (file, run->items, &n_hidden, run->cancellable, error))
        return FALSE;
    }
  tell_found (run, n_hidden);
  return TRUE;
}

/* The items that are left, in as many threads as there are processors to parse and one to wait. */
static gboolean
list_rest (Run *run, GError **error)
{
  guint n = g_get_num_processors () + 1;
  g_autofree GThread **threads = g_new0 (GThread *, n);

  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("list", work_through, run);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  if (run->broken != NULL)
    g_propagate_error (error, g_steal_pointer (&run->broken));
  else if (g_cancellable_is_cancelled (run->cancellable))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Listing was stopped"));
  else
    return TRUE;
  return FALSE;
}

/* What an archive holds; one that cannot be read is an item with its problem. */
static void
open_archive (Run *run, ImpSourceItem *item, guint *n_hidden)
{
  GFile *file = imp_source_item_get_file (item);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpArchive) archive = imp_archive_open_sync (file, run->cancellable, &error);
  GPtrArray *entries = archive != NULL ? imp_archive_get_entries (archive) : NULL;

  if (entries == NULL)
    {
      ImpSourceItem *broken = imp_source_item_new (file, imp_source_item_get_name (item));

      imp_source_item_set_problem (broken, error->message);
      g_ptr_array_add (run->items, broken);
    }
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const ImpArchiveEntry *entry = entries->pdata[i];

      if (imp_source_walk_is_hidden (entry->name))
        (*n_hidden)++;
      else
        g_ptr_array_add (run->items, imp_source_item_new_packed (file, archive, entry));
    }
}

/* First what was found, then what indices and archives among it name. */
static gboolean
list_all (Run *run, GError **error)
{
  guint n_hidden = run->n_hidden;

  if (!list_rest (run, error))
    return FALSE;
  for (guint i = 0; i < run->indices->len; i++)
    {
      const ImpListing *listing = run->named_in->pdata[i];

      if (strcmp (listing->format, "zip") == 0)
        open_archive (run, run->indices->pdata[i], &n_hidden);
      else
        imp_source_walk_index (imp_source_item_get_file (run->indices->pdata[i]), listing,
                               run->items);
    }
  tell_found (run, n_hidden);
  return list_rest (run, error);
}

static void
work (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  GError *error = NULL;

  if (find_all (run, &error) && list_all (run, &error))
    g_task_return_pointer (task, imp_source_find_twins (run->items, cancellable),
                           (GDestroyNotify)g_hash_table_unref);
  else
    g_task_return_error (task, error);
}

/**
 * imp_source_list_load_async:
 * @self: a list
 * @files: (element-type GFile): folders, files and indices of discs (DICOMDIR); a folder is walked
 *   with all below it
 * @cancellable: (nullable): to stop; what was listed stays
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Lists one source. What cannot be read is an item with its problem, and stops nothing.
 */
void
imp_source_list_load_async (ImpSourceList *self, GPtrArray *files, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_atomic_rc_box_new0 (Run);

  run->files = g_ptr_array_ref (files);
  run->items = g_ptr_array_new_with_free_func (g_object_unref);
  run->named = g_hash_table_new (g_direct_hash, g_direct_equal);
  run->indices = g_ptr_array_new_with_free_func (g_object_unref);
  run->named_in = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_listing_free);
  run->ready = g_ptr_array_new_with_free_func (g_object_unref);
  run->context = g_main_context_ref_thread_default ();
  g_set_object (&run->cancellable, cancellable);
  g_weak_ref_init (&run->list, self);
  g_mutex_init (&run->turn);
  g_mutex_init (&run->lock);
  g_task_set_source_tag (task, imp_source_list_load_async);
  g_task_set_check_cancellable (task, FALSE); /* the worker's own error says it */
  g_task_set_task_data (task, run, run_release);
  g_task_run_in_thread (task, work);
}

/**
 * imp_source_list_load_finish:
 * @self: a list
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Shows what was listed last, and what of the list contradicts or repeats itself.
 *
 * Returns: whether all was listed; else %IMP_ERROR_CANCELLED, %IMP_ERROR_UNSUPPORTED (too many
 *   files) or %IMP_ERROR_IO (the helper is missing)
 */
gboolean
imp_source_list_load_finish (ImpSourceList *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GHashTable) notices = g_task_propagate_pointer (G_TASK (result), error);
  GHashTableIter iter;
  gpointer item = NULL;
  gpointer flags = NULL;

  show_ready (g_task_get_task_data (G_TASK (result)));
  if (notices == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, notices);
  while (g_hash_table_iter_next (&iter, &item, &flags))
    imp_source_item_set_notices (item, GPOINTER_TO_UINT (flags));
  return TRUE;
}

/**
 * imp_source_list_get_items:
 * @self: a list
 *
 * Returns: (transfer none): its #ImpSourceItem, in order
 */
GListModel *
imp_source_list_get_items (ImpSourceList *self)
{
  return G_LIST_MODEL (self->items);
}

/**
 * imp_source_list_get_n_found:
 * @self: a list
 *
 * Returns: how many items there are once all are listed, as far as is known
 */
guint
imp_source_list_get_n_found (ImpSourceList *self)
{
  return self->n_found;
}

/**
 * imp_source_list_get_n_hidden:
 * @self: a list
 *
 * Returns: how many files and folders were passed by, as their names begin with a dot
 */
guint
imp_source_list_get_n_hidden (ImpSourceList *self)
{
  return self->n_hidden;
}
