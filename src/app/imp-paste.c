#include "imp-paste.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"

#define CHUNK ((gsize)1 << 20)
#define MOST ((guint)256 << 20) /* whatever program answers may go on for ever */

/* What the helper reads. */
static const char *const MIME_TYPES[] = { "image/jpeg",        "image/jpg",  "image/png",
                                          "image/tiff",        "image/webp", "image/bmp",
                                          "image/heif",        "image/heic", "image/avif",
                                          "application/dicom", NULL };

static void read_chunk (GTask *task, GInputStream *stream);

static void
on_chunk (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GInputStream *stream = G_INPUT_STREAM (object);
  GByteArray *read = g_task_get_task_data (task);
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (stream, result, &error);

  if (chunk == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Cancelled"));
  else if (chunk == NULL)
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_IO,
                             _ ("The other program did not hand the picture over: copy it again"));
  else if (g_bytes_get_size (chunk) > MOST - read->len)
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                             _ ("The picture on the clipboard is too large to paste: save it as a "
                                "file and open that"));
  else if (g_bytes_get_size (chunk) > 0)
    {
      g_byte_array_append (read, g_bytes_get_data (chunk, NULL), (guint)g_bytes_get_size (chunk));
      read_chunk (g_steal_pointer (&task), stream);
    }
  else if (read->len == 0)
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                             _ ("There is no picture on the clipboard"));
  else
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_byte_array_ref (read)),
                           (GDestroyNotify)g_bytes_unref);
}

static void
read_chunk (GTask *task, GInputStream *stream)
{
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                   on_chunk, task);
}

static void
on_stream (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  const char *mime_type = NULL;
  g_autoptr (GInputStream) stream =
      gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, &mime_type, &error);

  if (stream != NULL)
    read_chunk (g_steal_pointer (&task), stream);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Cancelled"));
  else
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_IO,
                             _ ("The other program did not hand the picture over: copy it again"));
}

static gboolean
has_other_picture (GdkContentFormats *formats)
{
  gsize n_types = 0;
  const char *const *types = gdk_content_formats_get_mime_types (formats, &n_types);

  for (gsize i = 0; i < n_types; i++)
    if (g_str_has_prefix (types[i], "image/"))
      return TRUE;
  return FALSE;
}

/**
 * imp_paste_read_async:
 * @clipboard: a clipboard
 * @cancellable: (nullable): to stop
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads the bytes of the picture on @clipboard and leaves them as they are. Of several forms, the
 * one that the other program names first is taken: programs name first what they hold, and then
 * what they can convert it to.
 */
void
imp_paste_read_async (GdkClipboard *clipboard, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (clipboard, cancellable, callback, user_data);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  g_autoptr (GdkContentFormats) read =
      gdk_content_formats_new ((const char **)MIME_TYPES, g_strv_length ((char **)MIME_TYPES));
  const char *wanted[] = { gdk_content_formats_match_mime_type (formats, read), NULL };

  g_task_set_source_tag (task, imp_paste_read_async);
  g_task_set_check_cancellable (task, FALSE); /* our own error says it */
  if (wanted[0] != NULL)
    {
      g_task_set_task_data (task, g_byte_array_new (), (GDestroyNotify)g_byte_array_unref);
      gdk_clipboard_read_async (clipboard, wanted, G_PRIORITY_DEFAULT, cancellable, on_stream,
                                g_steal_pointer (&task));
    }
  else if (has_other_picture (formats))
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                             _ ("The picture on the clipboard is of a kind that cannot be pasted: "
                                "copy it as JPEG, PNG or TIFF"));
  else
    g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                             _ ("There is no picture on the clipboard"));
}

/**
 * imp_paste_read_finish:
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the bytes as the other program gave them, or %NULL with
 *   %IMP_ERROR_NOT_FOUND (no picture), %IMP_ERROR_UNSUPPORTED (a picture of another kind, or too
 *   large), %IMP_ERROR_IO or %IMP_ERROR_CANCELLED
 */
GBytes *
imp_paste_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
