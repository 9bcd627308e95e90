#include "imp-evidence.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-error.h"
#include "imp-strokes.h"

#define PDF "application/pdf"
#define STROKES "application/x-imprimatur-strokes"

typedef struct
{
  ImpAttachment *attachment;
  GFile *file; /* nullable */
  guint page;
} Job;

static void
job_free (Job *job)
{
  imp_attachment_free (job->attachment);
  g_clear_object (&job->file);
  g_free (job);
}

/* One byte more than is kept, so that a longer file is seen to be one. */
static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree guint8 *data = g_malloc (IMP_REGISTER_MAX_EVIDENCE + 1);
  gsize length = 0;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_REGULAR)
    stream = g_file_read (file, cancellable, &local_error);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), data, IMP_REGISTER_MAX_EVIDENCE + 1,
                                   &length, cancellable, &local_error))
    {
      g_set_error (error, IMP_ERROR,
                   g_cancellable_is_cancelled (cancellable) ? IMP_ERROR_CANCELLED
                                                            : IMP_ERROR_UNREADABLE,
                   _ ("The file with the evidence cannot be read: choose a plain file that you may "
                      "read"));
      return NULL;
    }
  return g_bytes_new (data, length);
}

static ImpFormPage *
draw_picture (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpSource) source = imp_source_open_bytes_sync (bytes, cancellable, error);
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_source_load_frame_sync (source, 0, 0, cancellable, error) : NULL;
  ImpRaster *raster = frame != NULL ? imp_frame_render (frame, NULL, error) : NULL;
  ImpFormPage *page = NULL;

  if (raster == NULL)
    return NULL;
  page = g_new0 (ImpFormPage, 1);
  page->raster = raster;
  page->n_pages = 1;
  return page;
}

/* A picture is one page. */
static ImpFormPage *
draw (const char *media_type, GBytes *bytes, guint page, GCancellable *cancellable, GError **error)
{
  return g_str_equal (media_type, PDF) ? imp_form_page_draw_sync (bytes, page, cancellable, error)
                                       : draw_picture (bytes, cancellable, error);
}

/* What cannot be shown later proves nothing: the helper draws the first page now. */
static gboolean
check_shows (const char *media_type, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpFormPage) page = NULL;

  if (g_str_equal (media_type, STROKES))
    return TRUE;
  page = draw (media_type, bytes, 0, cancellable, error);
  return page != NULL;
}

/**
 * _imp_gate_read_evidence:
 * @file: a scan
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): its bytes, of a kind that is kept and can be shown; or %NULL
 *   with the errors of imp_gate_add_evidence_sync()
 */
GBytes *
_imp_gate_read_evidence (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (file, cancellable, error);
  const char *media_type = bytes != NULL ? imp_register_sniff_evidence (bytes, error) : NULL;

  if (media_type == NULL || !check_shows (media_type, bytes, cancellable, error))
    return NULL;
  return g_steal_pointer (&bytes);
}

/**
 * imp_gate_add_evidence_sync:
 * @self: the gate
 * @attachment: permission_id, kind and title; the rest is filled in
 * @file: a scan as PDF, PNG or JPEG, or a signature's strokes
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Copies evidence into the encrypted register. A scan must be one that a helper can show.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_UNREADABLE, %IMP_ERROR_DAMAGED, %IMP_ERROR_UNSUPPORTED,
 *   the errors of imp_register_add_evidence() or of imp_gate_check_right()
 */
gboolean
imp_gate_add_evidence_sync (ImpGate *self, ImpAttachment *attachment, GFile *file,
                            GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_RECORD, error))
    return FALSE;
  bytes = _imp_gate_read_evidence (file, cancellable, error);
  return bytes != NULL && imp_register_add_evidence (self->people, attachment, bytes, error);
}

static void
add_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (ImpAttachment) attachment = imp_attachment_copy (job->attachment);
  GError *error = NULL;

  if (imp_gate_add_evidence_sync (source, attachment, job->file, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&attachment),
                           (GDestroyNotify)imp_attachment_free);
  else
    g_task_return_error (task, error);
}

static void
run (ImpGate *self, ImpAttachment *attachment, GFile *file, guint page, gpointer tag,
     GTaskThreadFunc thread, GCancellable *cancellable, GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->attachment = attachment;
  job->page = page;
  g_set_object (&job->file, file);
  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread (task, thread);
}

/**
 * imp_gate_add_evidence_async:
 * @self: the gate
 * @attachment: as imp_gate_add_evidence_sync(); copied
 * @file: likewise
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_add_evidence_sync() in a worker thread.
 */
void
imp_gate_add_evidence_async (ImpGate *self, const ImpAttachment *attachment, GFile *file,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  run (self, imp_attachment_copy (attachment), file, 0, imp_gate_add_evidence_async, add_thread,
       cancellable, callback, user_data);
}

/**
 * imp_gate_add_evidence_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what was recorded, or %NULL with the errors of
 *   imp_gate_add_evidence_sync()
 */
ImpAttachment *
imp_gate_add_evidence_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * imp_gate_show_evidence_sync:
 * @self: the gate
 * @id: an attachment's id
 * @page: which page of a PDF, from 0
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Draws a page of a scan in a sandboxed helper, to be shown. It stays within the program.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with %IMP_ERROR_UNSUPPORTED for what
 *   has none, %IMP_ERROR_USAGE where there is no such page, %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_DAMAGED or %IMP_ERROR_REGISTER_DAMAGED
 */
ImpFormPage *
imp_gate_show_evidence_sync (ImpGate *self, const char *id, guint page, GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (ImpAttachment) attachment = imp_register_get_evidence (self->desk, id, error);
  g_autoptr (GBytes) bytes = NULL;

  if (attachment == NULL)
    return NULL;
  if (g_str_equal (attachment->media_type, STROKES))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                           _ ("A signature has no pages: look at it with its permission"));
      return NULL;
    }
  bytes = imp_register_read_evidence (self->people, id, error);
  return bytes != NULL ? draw (attachment->media_type, bytes, page, cancellable, error) : NULL;
}

static void
show_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  ImpFormPage *page =
      imp_gate_show_evidence_sync (source, job->attachment->id, job->page, cancellable, &error);

  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify)imp_form_page_free);
  else
    g_task_return_error (task, error);
}

/**
 * imp_gate_show_evidence_async:
 * @self: the gate
 * @id: an attachment's id
 * @page: which page of a PDF, from 0
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_show_evidence_sync() in a worker thread.
 */
void
imp_gate_show_evidence_async (ImpGate *self, const char *id, guint page, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  ImpAttachment *wanted = imp_attachment_new ();

  wanted->id = g_strdup (id);
  run (self, wanted, NULL, page, imp_gate_show_evidence_async, show_thread, cancellable, callback,
       user_data);
}

/**
 * imp_gate_show_evidence_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_show_evidence_sync()
 */
ImpFormPage *
imp_gate_show_evidence_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A signature leaves as a drawing that other programs show. */
static GBytes *
draw_signature (GBytes *bytes, GError **error)
{
  g_autoptr (ImpStrokes) strokes = imp_strokes_from_bytes (bytes, error);
  char *svg = strokes != NULL ? imp_strokes_to_svg (strokes) : NULL;

  return svg != NULL ? g_bytes_new_take (svg, strlen (svg)) : NULL;
}

/**
 * imp_gate_export_evidence_sync:
 * @self: the gate
 * @id: an attachment's id
 * @target: the file to make; it must not exist
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Writes a form out as it came, a signature as SVG, by the records verb: the ledger has a row that
 * names the permission and the person by their random ids. A scan kept as a picture does not leave
 * so: pixels have one door, imp_gate_release_sync(), and imp_gate_show_evidence_sync() shows it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_UNSUPPORTED for a picture, %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REGISTER_DAMAGED, the errors of imp_gate_publish_record_sync() or of
 *   imp_gate_check_right()
 */
gboolean
imp_gate_export_evidence_sync (ImpGate *self, const char *id, GFile *target,
                               GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpAttachment) attachment = NULL;
  g_autoptr (ImpPermission) permission = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error))
    return FALSE;
  attachment = imp_register_get_evidence (self->people, id, error);
  if (attachment != NULL && g_str_has_prefix (attachment->media_type, "image/"))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                           _ ("A scan kept as a picture is shown in the program and does not leave "
                              "it: to hand the form on, keep it as a PDF"));
      return FALSE;
    }
  permission = attachment != NULL
                   ? imp_register_get_permission (self->people, attachment->permission_id, error)
                   : NULL;
  kept = permission != NULL ? imp_register_read_evidence (self->people, id, error) : NULL;
  if (kept == NULL)
    return FALSE;
  bytes = g_str_equal (attachment->media_type, STROKES) ? draw_signature (kept, error)
                                                        : g_bytes_ref (kept);
  if (bytes == NULL)
    return FALSE;
  _imp_gate_issue (self, "evidence", bytes);
  return _imp_gate_publish (self, "evidence", permission->id, permission->person_id, bytes, target,
                            cancellable, error);
}
