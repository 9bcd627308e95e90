/* What lies on the clipboard, taken as it stands: bytes for the helper to read (leaks.md row 14).
 *
 * GTK would decode a picture in this process, and what came out would have lost the block grid
 * that the covering of a JPEG snaps to. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void imp_paste_read_async (GdkClipboard *clipboard, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
GBytes *imp_paste_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
