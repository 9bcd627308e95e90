#include "gate-disk.h"
#include "gate-private.h"
#include "imp-error.h"
#include "imp-register-curation.h"

#include <json-glib/json-glib.h>

static char *
intended_sha256 (const ImpLedgerRow *intent)
{
  g_autoptr (JsonNode) root = json_from_string (intent->body, NULL);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return g_strdup (
      json_object_get_string_member_with_default (json_node_get_object (root), "sha256", NULL));
}

/* Settles one export that a crash, a kill or a power cut ended between intent and done. */
static gboolean
settle (ImpGate *self, const ImpLedgerRow *intent, GStrvBuilder *said, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *uri = imp_ledger_get_text (self->ledger, intent->id, "target-uri", &local_error);
  g_autofree char *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  g_autofree char *wanted = intended_sha256 (intent);
  g_autofree char *found = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;
  gboolean whole = FALSE;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (path != NULL)
    {
      found = imp_disk_hash_target (path, &local_error);
      if (local_error != NULL)
        {
          g_strv_builder_add (said, local_error->message);
          return TRUE; /* stays open, and is tried again at the next start */
        }
      imp_disk_remove_leftover (path, intent->export_id);
    }
  whole = found != NULL && g_strcmp0 (found, wanted) == 0;
  row = imp_ledger_append (self->ledger, whole ? "recovered" : "abandoned", intent->export_id, "{}",
                           NULL, error);
  if (row == NULL)
    return FALSE;
  if (whole)
    {
      g_autofree char *text =
          g_strdup_printf ("Export %s of %s was complete when the program was stopped; the "
                           "ledger now says so.",
                           intent->export_id, intent->at);

      g_strv_builder_add (said, text);
    }
  else
    {
      g_autofree char *text =
          g_strdup_printf ("Export %s of %s was cut short: its picture is not where it was to be. "
                           "Export it again if it is still "
                           "wanted; should it turn up elsewhere, it has no record.",
                           intent->export_id, intent->at);

      g_strv_builder_add (said, text);
    }
  return TRUE;
}

/* What was done because the journal of withdrawals and the register did not agree, told to the user
 * and kept in the ledger. */
static gboolean
tell_journal (ImpGate *self, GStrvBuilder *said, GError **error)
{
  gint64 n_suspended = 0;
  const char *note = imp_store_get_journal_note (self->store, &n_suspended);
  g_autofree char *body = g_strdup_printf ("{\"suspended\":%" G_GINT64_FORMAT "}", n_suspended);
  g_autoptr (ImpLedgerRow) row = NULL;

  if (note == NULL)
    return TRUE;
  g_strv_builder_add (said, note);
  row = imp_ledger_append (self->ledger, "restored", NULL, body, NULL, error);
  return row != NULL;
}

/**
 * _imp_gate_recover:
 * @self: a gate whose register was just opened
 * @error: where to put the error
 *
 * Settles every intent without an end, unless another process is releasing just now or the
 * register is read-only: then they stay open for the next start. What was found is kept for
 * imp_gate_get_recovered().
 *
 * Returns: whether the ledger could be read and written
 */
gboolean
_imp_gate_recover (ImpGate *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ImpDiskLock) lock = NULL;
  g_autoptr (GPtrArray) intents = NULL;
  GStrvBuilder *said = g_strv_builder_new ();
  gboolean ok = TRUE;

  if (imp_store_get_read_only_reason (self->store) == NULL)
    lock = imp_disk_lock (imp_store_get_path (self->store), TRUE, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      ok = FALSE;
    }
  else if (!tell_journal (self, said, error))
    ok = FALSE;
  else if (lock != NULL)
    {
      intents = imp_ledger_list_open_intents (self->ledger, error);
      ok = intents != NULL && imp_register_forget_curated (self->people, error);
      for (guint i = 0; ok && i < intents->len; i++)
        ok = settle (self, g_ptr_array_index (intents, i), said, error);
    }
  self->recovered = g_strv_builder_end (said);
  g_strv_builder_unref (said);
  return ok;
}
