#include "imp-pages.h"

struct _ImpPages
{
  GObject parent_instance;

  ImpPicture *current;   /* owned */
  GHashTable *kept;      /* owned: page number → ImpPicture, of other pages with work on them */
  GCancellable *opening; /* owned, nullable: of the page on its way */
};

G_DEFINE_FINAL_TYPE (ImpPages, imp_pages, G_TYPE_OBJECT)

static void
imp_pages_dispose (GObject *object)
{
  ImpPages *self = IMP_PAGES (object);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_object (&self->current);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  G_OBJECT_CLASS (imp_pages_parent_class)->dispose (object);
}

static void
imp_pages_class_init (ImpPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_pages_dispose;
}

static void
imp_pages_init (ImpPages *self)
{
  self->kept = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

/**
 * imp_pages_new:
 * @first: a picture of the file
 *
 * Returns: (transfer full): the pages of its file, @first the open one
 */
ImpPages *
imp_pages_new (ImpPicture *first)
{
  ImpPages *self = g_object_new (IMP_TYPE_PAGES, NULL);

  self->current = g_object_ref (first);
  return self;
}

/**
 * imp_pages_get_current:
 * @self: pages
 *
 * Returns: (transfer none): the open one
 */
ImpPicture *
imp_pages_get_current (ImpPages *self)
{
  return self->current;
}

static gboolean
has_boxes (ImpPicture *picture)
{
  ImpRedaction *redaction = imp_picture_get_redaction (picture);
  ImpRect crop;

  return imp_redaction_get_n_boxes (redaction) > 0 || imp_redaction_get_crop (redaction, &crop);
}

/**
 * imp_pages_has_work:
 * @self: pages
 *
 * Returns: whether boxes or a crop on any page would be lost with the file
 */
gboolean
imp_pages_has_work (ImpPages *self)
{
  GHashTableIter iter;
  gpointer picture = NULL;

  if (has_boxes (self->current))
    return TRUE;
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &picture))
    if (has_boxes (picture))
      return TRUE;
  return FALSE;
}

static guint
page_of (ImpPicture *picture)
{
  return imp_facts_get_page (imp_source_get_facts (imp_picture_get_source (picture)));
}

static gboolean
is_worth_keeping (ImpPicture *picture)
{
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;

  g_object_get (imp_picture_get_redaction (picture), "can-undo", &can_undo, "can-redo", &can_redo,
                NULL);
  return has_boxes (picture) || can_undo || can_redo || imp_picture_get_window (picture) != NULL;
}

static void
make_current (ImpPages *self, ImpPicture *picture)
{
  if (is_worth_keeping (self->current))
    g_hash_table_insert (self->kept, GUINT_TO_POINTER (page_of (self->current)),
                         g_object_ref (self->current));
  g_set_object (&self->current, picture);
  g_hash_table_remove (self->kept, GUINT_TO_POINTER (page_of (picture)));
}

static void
on_frame (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ImpPages *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_finish (IMP_SOURCE (source), result, &error);
  g_autoptr (ImpPicture) picture = NULL;

  if (frame == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  g_clear_object (&self->opening);
  picture = imp_picture_new (IMP_SOURCE (source), frame);
  make_current (self, picture);
  g_task_return_boolean (task, TRUE);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_open_finish (result, &error);

  if (source == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    imp_source_load_frame_async (source, 0, 0, cancellable, on_frame, g_steal_pointer (&task));
}

/**
 * imp_pages_open_async:
 * @self: pages
 * @page: which one to open, from 0
 * @callback: called when it is the current one, or cannot be opened
 * @user_data: for @callback
 *
 * Opens another page, or goes back to one with all that was done to it. The page before stays the
 * current one until then. Another call of this gives up.
 */
void
imp_pages_open_async (ImpPages *self, guint page, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ImpPicture *kept = g_hash_table_lookup (self->kept, GUINT_TO_POINTER (page));

  g_task_set_source_tag (task, imp_pages_open_async);
  g_task_set_check_cancellable (task, FALSE);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (page == page_of (self->current))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (kept != NULL)
    {
      g_object_ref (kept);
      make_current (self, kept);
      g_object_unref (kept);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_set_object (&self->opening, cancellable);
  imp_source_open_page_async (imp_picture_get_source (self->current), page, cancellable, on_opened,
                              g_steal_pointer (&task));
}

/**
 * imp_pages_open_finish:
 * @self: pages
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Returns: whether the page that was asked for is the current one; if not, %IMP_ERROR_CANCELLED or
 *   %G_IO_ERROR_CANCELLED where another was asked for, or what imp_source_open_page_sync() says
 */
gboolean
imp_pages_open_finish (ImpPages *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
