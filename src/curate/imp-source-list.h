/* All files of a source, put in order while they are listed.
 *
 * Owns: the list, its threads, and how far it is.  May include: core, decode.
 * Must never: decode a pixel, or block the thread that shows it. */
#pragma once

#include "imp-source-item.h"

G_BEGIN_DECLS

#define IMP_TYPE_SOURCE_LIST (imp_source_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpSourceList, imp_source_list, IMP, SOURCE_LIST, GObject)

ImpSourceList *imp_source_list_new (void);
void imp_source_list_load_async (ImpSourceList *self, GPtrArray *files, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean imp_source_list_load_finish (ImpSourceList *self, GAsyncResult *result, GError **error);
GListModel *imp_source_list_get_items (ImpSourceList *self);
guint imp_source_list_get_n_found (ImpSourceList *self);
guint imp_source_list_get_n_hidden (ImpSourceList *self);

G_END_DECLS
