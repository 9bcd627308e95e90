#include "imp-curation-open.h"

#include "imp-source-item.h"

/**
 * imp_curation_open_file_sync:
 * @item: a picture of a session
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the first page of its file, or %NULL with the errors of
 *   imp_source_item_open_sync()
 */
ImpSource *
imp_curation_open_file_sync (const ImpCurationItem *item, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpSourceItem) listed = imp_source_item_new_again (item->path, item->entry);

  return imp_source_item_open_sync (listed, cancellable, error);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  ImpSource *opened = imp_curation_open_file_sync (data, cancellable, &error);

  if (opened != NULL)
    g_task_return_pointer (task, opened, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * imp_curation_open_item_async:
 * @self: a session
 * @index: of a picture
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Opens the file of a picture, out of a ZIP where it lies in one.
 */
void
imp_curation_open_item_async (ImpCuration *self, guint index, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_curation_open_item_async);
  g_task_set_check_cancellable (task, FALSE); /* the worker's own error says it */
  g_task_set_task_data (task, imp_curation_item_copy (imp_curation_get_item (self, index)),
                        (GDestroyNotify)imp_curation_item_free);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * imp_curation_open_item_finish:
 * @self: a session
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_curation_open_file_sync()
 */
ImpSource *
imp_curation_open_item_finish (ImpCuration *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
