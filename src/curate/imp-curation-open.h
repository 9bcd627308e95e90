/* Opening the file of a session's picture, wherever it lies.
 *
 * Owns: that a file of a folder and one of a ZIP are opened alike.  May include: decode, register.
 * Must never: keep the picture. */
#pragma once

#include "imp-curation.h"
#include "imp-source.h"

G_BEGIN_DECLS

ImpSource *imp_curation_open_file_sync (const ImpCurationItem *item, GCancellable *cancellable,
                                        GError **error);
/* Its file, at its first page: imp_curation_note_file_async() says whether it is as it was. */
void imp_curation_open_item_async (ImpCuration *self, guint index, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
ImpSource *imp_curation_open_item_finish (ImpCuration *self, GAsyncResult *result, GError **error);

G_END_DECLS
