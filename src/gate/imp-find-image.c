#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "gate-trace.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-image-probe.h"

#define PAGE 500 /* hashes that are read at once */

G_DEFINE_BOXED_TYPE (ImpImageMatch, imp_image_match, imp_image_match_copy, imp_image_match_free)

static ImpImageMatch *
match_new (const ImpCopy *copy, gboolean exact, double difference)
{
  ImpImageMatch *match = g_new0 (ImpImageMatch, 1);

  match->copy = imp_copy_copy (copy);
  match->exact = exact;
  match->difference = difference;
  return match;
}

/**
 * imp_image_match_copy:
 * @match: a match
 *
 * Returns: (transfer full): the same again
 */
ImpImageMatch *
imp_image_match_copy (const ImpImageMatch *match)
{
  return match_new (match->copy, match->exact, match->difference);
}

/**
 * imp_image_match_free:
 * @match: (transfer full) (nullable): a match
 */
void
imp_image_match_free (ImpImageMatch *match)
{
  if (match == NULL)
    return;
  imp_copy_free (match->copy);
  g_free (match);
}

static gboolean
add_exact (ImpGate *self, ImpSource *source, GPtrArray *matches, GError **error)
{
  ImpCopyFilter filter = { .sha256 = imp_source_get_sha256 (source) };
  g_autoptr (GPtrArray) copies = imp_copies_list (self->ledger, &filter, error);

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    g_ptr_array_add (matches, match_new (g_ptr_array_index (copies, i), TRUE, 0));
  return copies != NULL;
}

static gboolean
has_match (GPtrArray *matches, const char *export_id)
{
  for (guint i = 0; i < matches->len; i++)
    if (g_str_equal (((ImpImageMatch *)g_ptr_array_index (matches, i))->copy->export_id, export_id))
      return TRUE;
  return FALSE;
}

static gboolean
try_hash (ImpGate *self, const ImpImageProbe *probe, const ImpCopyHash *candidate,
          GPtrArray *matches, GError **error)
{
  g_autoptr (ImpImageHash) hash = imp_image_hash_new_from_text (candidate->hash);
  double difference = hash != NULL ? imp_image_probe_compare (probe, hash) : 1;
  g_autoptr (ImpCopy) copy = NULL;

  if (difference > IMP_IMAGE_PROBE_SAME || has_match (matches, candidate->export_id))
    return TRUE;
  copy = imp_copies_get (self->ledger, candidate->export_id, error);
  if (copy == NULL)
    return FALSE;
  g_ptr_array_add (matches, match_new (copy, FALSE, difference));
  return TRUE;
}

/* The hashes are compared between two looks into the register, so that nobody waits. */
static gboolean
add_similar (ImpGate *self, const ImpImageProbe *probe, GPtrArray *matches,
             ImpFindProgress *progress, GCancellable *cancellable, GError **error)
{
  gint64 after = 0;
  gint64 n_all = 0;

  if (!imp_copies_count (self->ledger, &n_all, error))
    return FALSE;
  g_atomic_int_set (&progress->n_all, (int)MIN (n_all, G_MAXINT));
  while (TRUE)
    {
      g_autoptr (GPtrArray) page = imp_copies_list_hashes (self->ledger, &after, PAGE, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          if (g_cancellable_is_cancelled (cancellable))
            {
              g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED,
                                   _ ("The search was stopped"));
              return FALSE;
            }
          if (!try_hash (self, probe, g_ptr_array_index (page, i), matches, error))
            return FALSE;
          g_atomic_int_inc (&progress->n_compared);
        }
      if (page->len < PAGE)
        return TRUE;
    }
}

static gint
compare_matches (gconstpointer a, gconstpointer b)
{
  const ImpImageMatch *left = *(ImpImageMatch *const *)a;
  const ImpImageMatch *right = *(ImpImageMatch *const *)b;

  if (left->exact != right->exact)
    return left->exact ? -1 : 1;
  return left->difference < right->difference ? -1 : left->difference > right->difference;
}

/* Who looked (the ledger adds it), when, and what was found, never what the file is called. Without
 * this row nobody gets an answer. */
static gboolean
write_look_up (ImpGate *self, GPtrArray *matches, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *body = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "look_up");
  json_builder_add_string_value (builder, "image");
  json_builder_set_member_name (builder, "hit");
  json_builder_add_boolean_value (builder, matches->len > 0);
  json_builder_set_member_name (builder, "found");
  json_builder_begin_array (builder);
  for (guint i = 0; i < matches->len; i++)
    json_builder_add_string_value (
        builder, ((ImpImageMatch *)g_ptr_array_index (matches, i))->copy->export_id);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  body = json_to_string (root, FALSE);
  row = imp_ledger_append (self->ledger, "look-up", NULL, body, NULL, error);
  return row != NULL;
}

static ImpImageProbe *
make_probe (ImpSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (source, 0, 0, cancellable, error);
  g_autoptr (ImpRaster) raster = frame != NULL ? imp_frame_render (frame, NULL, error) : NULL;

  return raster != NULL ? imp_image_probe_new (raster) : NULL;
}

/**
 * imp_gate_find_image_sync:
 * @self: a gate
 * @file: a picture that somebody found; the sandboxed helper reads it, and nothing of it is kept
 * @progress: (nullable): zeroed; how far it is
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Asks whether a picture left from here: by the SHA-256 of the file, then by what of its first
 * frame survives re-encoding, shrinking to a third, trimming by up to a tenth of each side and an
 * added caption (docs/trace.md). For keepers and auditors; each look-up becomes a row of the
 * ledger before it is answered.
 *
 * Returns: (transfer container) (element-type ImpImageMatch) (nullable): what it may be, best
 *   first, or %NULL with %IMP_ERROR_REFUSED (the right is missing), an error of opening @file,
 *   %IMP_ERROR_CANCELLED or an error of the register
 */
GPtrArray *
imp_gate_find_image_sync (ImpGate *self, GFile *file, ImpFindProgress *progress,
                          GCancellable *cancellable, GError **error)
{
  ImpFindProgress unseen = { 0 };
  g_autoptr (GPtrArray) matches =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_image_match_free);
  g_autoptr (ImpSource) source = NULL;
  g_autoptr (ImpImageProbe) probe = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_AUDIT, error))
    return NULL;
  source = imp_source_open_sync (file, cancellable, error);
  probe = source != NULL ? make_probe (source, cancellable, error) : NULL;
  /* Before the SHA-256, which only a whole file has. */
  if (probe == NULL || !imp_source_check_whole (source, error)
      || !add_exact (self, source, matches, error)
      || !add_similar (self, probe, matches, progress != NULL ? progress : &unseen, cancellable,
                       error))
    return NULL;
  g_ptr_array_sort (matches, compare_matches);
  if (!write_look_up (self, matches, error))
    return NULL;
  return g_steal_pointer (&matches);
}

static void
find_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *matches = imp_gate_find_image_sync (source, data, NULL, cancellable, &error);

  if (matches == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, matches, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * imp_gate_find_image_async:
 * @self: a gate
 * @file: a picture that somebody found
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_find_image_sync() in a worker thread.
 */
void
imp_gate_find_image_async (ImpGate *self, GFile *file, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_gate_find_image_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, find_thread);
}

/**
 * imp_gate_find_image_finish:
 * @self: a gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpImageMatch) (nullable): as
 *   imp_gate_find_image_sync()
 */
GPtrArray *
imp_gate_find_image_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
