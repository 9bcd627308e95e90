#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-decision.h"
#include "imp-error.h"

#define PAGE 500 /* rows of the ledger at a time */

G_DEFINE_BOXED_TYPE (ImpWhatIf, imp_what_if, imp_what_if_copy, imp_what_if_free)

/**
 * imp_what_if_copy:
 * @what_if: what would have become of one export
 *
 * Returns: (transfer full): a copy
 */
ImpWhatIf *
imp_what_if_copy (const ImpWhatIf *what_if)
{
  ImpWhatIf *copy = g_new0 (ImpWhatIf, 1);

  copy->export_id = g_strdup (what_if->export_id);
  copy->at = g_strdup (what_if->at);
  copy->route = g_strdup (what_if->route);
  copy->destination = g_strdup (what_if->destination);
  copy->pack = g_strdup (what_if->pack);
  copy->then = g_strdup (what_if->then);
  copy->now = g_strdup (what_if->now);
  copy->stricter = what_if->stricter;
  copy->rules = g_strdupv (what_if->rules);
  copy->refused_by = g_strdupv (what_if->refused_by);
  return copy;
}

/**
 * imp_what_if_free:
 * @what_if: (transfer full) (nullable): what would have become of one export
 */
void
imp_what_if_free (ImpWhatIf *what_if)
{
  if (what_if == NULL)
    return;
  g_free (what_if->export_id);
  g_free (what_if->at);
  g_free (what_if->route);
  g_free (what_if->destination);
  g_free (what_if->pack);
  g_free (what_if->then);
  g_free (what_if->now);
  g_strfreev (what_if->rules);
  g_strfreev (what_if->refused_by);
  g_free (what_if);
}

static char *
dup_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

/* A confirmation or a second person's agreement that was given then is given now. */
static void
compare (ImpWhatIf *self, const ImpVerdict *verdict, ImpOutcome then)
{
  g_autoptr (GStrvBuilder) rules = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) refused_by = g_strv_builder_new ();

  for (guint i = 0; i < verdict->rules->len; i++)
    g_strv_builder_add (rules, g_ptr_array_index (verdict->rules, i));
  for (guint i = 0; i < verdict->reasons->len; i++)
    g_strv_builder_add (refused_by, ((ImpReason *)g_ptr_array_index (verdict->reasons, i))->rule);
  self->rules = g_strv_builder_end (rules);
  self->refused_by = g_strv_builder_end (refused_by);
  self->then = g_strdup (imp_outcome_to_text (then));
  self->now = g_strdup (imp_outcome_to_text (verdict->outcome));
  self->stricter = !verdict->allowed;
}

static ImpWhatIf *
judge_row (const ImpLedgerRow *row, ImpPack *pack)
{
  g_autoptr (JsonNode) root = json_from_string (row->body, NULL);
  JsonObject *body =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *node = body != NULL ? json_object_get_member (body, "decision") : NULL;
  JsonObject *decision =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (ImpVerdict) verdict = NULL;
  ImpOutcome then = IMP_OUTCOME_ALLOW;
  ImpWhatIf *self = g_new0 (ImpWhatIf, 1);

  self->export_id = g_strdup (row->export_id);
  self->at = g_strdup (row->at);
  if (body != NULL)
    {
      self->route = dup_text (body, "route");
      self->destination = dup_text (body, "destination");
      self->pack = dup_text (body, "pack");
    }
  if (decision != NULL && imp_decision_get_outcome (decision, &then))
    verdict = imp_decision_judge_again (decision, pack);
  if (verdict != NULL)
    compare (self, verdict, then);
  else
    {
      self->now = g_strdup ("unknown");
      self->rules = g_new0 (char *, 1);
      self->refused_by = g_new0 (char *, 1);
    }
  return self;
}

/**
 * imp_gate_what_if_sync:
 * @self: a gate
 * @name: (nullable): the pack, as imp_gate_set_pack() takes it
 * @json: (nullable): a pack that the register does not have, instead
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Judges every export that was made again, by another pack, on what was known and answered then.
 * What the register says now does not count, nor do refusals that were found then by another map
 * of permissions; the consent that an export rested on is the one it rested on. Nothing is
 * changed.
 *
 * Returns: (transfer full) (nullable) (element-type ImpWhatIf): each export, oldest first; %NULL
 *   with the errors of imp_gate_check_right(), the pack, the register, or %IMP_ERROR_CANCELLED
 */
GPtrArray *
imp_gate_what_if_sync (ImpGate *self, const char *name, GBytes *json, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (ImpPack) pack = NULL;
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_what_if_free);
  gint64 after = 0;

  if (!imp_gate_check_right (self, IMP_RIGHT_AUDIT, error))
    return NULL;
  pack = json != NULL ? imp_pack_parse (json, error) : _imp_gate_find_pack (self, name, error);
  if (pack == NULL)
    return NULL;
  for (;;)
    {
      g_autoptr (GPtrArray) rows = imp_ledger_list_exports (self->ledger, after, PAGE, error);

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          const ImpLedgerRow *row = g_ptr_array_index (rows, i);

          after = row->seq;
          g_ptr_array_add (report, judge_row (row, pack));
        }
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("The report was stopped"));
          return NULL;
        }
      if (rows->len < PAGE)
        return g_steal_pointer (&report);
    }
}

typedef struct
{
  char *name;
  GBytes *json;
} Asked;

static void
asked_free (Asked *asked)
{
  g_free (asked->name);
  g_clear_pointer (&asked->json, g_bytes_unref);
  g_free (asked);
}

static void
what_if_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Asked *asked = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *report = imp_gate_what_if_sync (source, asked->name, asked->json, cancellable, &error);

  if (report == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, report, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * imp_gate_what_if_async:
 * @self: a gate
 * @name: (nullable): as imp_gate_what_if_sync()
 * @json: (nullable): as imp_gate_what_if_sync()
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_what_if_sync() in a worker thread.
 */
void
imp_gate_what_if_async (ImpGate *self, const char *name, GBytes *json, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Asked *asked = g_new0 (Asked, 1);

  asked->name = g_strdup (name);
  asked->json = json != NULL ? g_bytes_ref (json) : NULL;
  g_task_set_source_tag (task, imp_gate_what_if_async);
  g_task_set_task_data (task, asked, (GDestroyNotify)asked_free);
  g_task_run_in_thread (task, what_if_thread);
}

/**
 * imp_gate_what_if_finish:
 * @self: a gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable) (element-type ImpWhatIf): as imp_gate_what_if_sync()
 */
GPtrArray *
imp_gate_what_if_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
