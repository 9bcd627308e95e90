#include "imp-ledger.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-ledger-chain.h"
#include "imp-ledger-private.h"

G_DEFINE_FINAL_TYPE (ImpLedger, imp_ledger, G_TYPE_OBJECT)

static void
imp_ledger_finalize (GObject *object)
{
  ImpLedger *self = IMP_LEDGER (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (imp_ledger_parent_class)->finalize (object);
}

static void
imp_ledger_class_init (ImpLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_ledger_finalize;
}

static void
imp_ledger_init (ImpLedger *self)
{
}

/**
 * imp_ledger_row_free:
 * @row: (transfer full) (nullable): a row
 */
void
imp_ledger_row_free (ImpLedgerRow *row)
{
  if (row == NULL)
    return;
  g_free (row->id);
  g_free (row->export_id);
  g_free (row->at);
  g_free (row->kind);
  g_free (row->body);
  g_free (row->previous);
  g_free (row->hash);
  g_free (row);
}

/**
 * imp_ledger_new:
 * @store: an open store
 *
 * Returns: (transfer full): the ledger in @store
 */
ImpLedger *
imp_ledger_new (ImpStore *store)
{
  ImpLedger *self = g_object_new (IMP_TYPE_LEDGER, NULL);

  self->store = g_object_ref (store);
  return self;
}

/* ---- rows ---- */

/**
 * imp_ledger_row_from_row:
 * @row: a row of %LEDGER_COLUMNS
 *
 * Returns: (transfer full): the row of the ledger
 */
ImpLedgerRow *
imp_ledger_row_from_row (ImpRow *row)
{
  ImpLedgerRow *ledger_row = g_new0 (ImpLedgerRow, 1);

  ledger_row->seq = imp_row_integer (row, 0);
  ledger_row->id = g_strdup (imp_row_text (row, 1));
  ledger_row->export_id = g_strdup (imp_row_text (row, 2));
  ledger_row->at = g_strdup (imp_row_text (row, 3));
  ledger_row->kind = g_strdup (imp_row_text (row, 4));
  ledger_row->body = g_strdup (imp_row_text (row, 5));
  ledger_row->previous = g_strdup (imp_row_text (row, 6));
  ledger_row->hash = g_strdup (imp_row_text (row, 7));
  return ledger_row;
}

static void
add_to_list (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, imp_ledger_row_from_row (row));
}

static void
take_text (ImpRow *row, gpointer user_data)
{
  char **text = user_data;

  if (*text == NULL)
    *text = g_strdup (imp_row_text (row, 0));
}

static void
take_integer (ImpRow *row, gpointer user_data)
{
  gint64 *value = user_data;

  *value = imp_row_integer (row, 0);
}

static void
take_last (ImpRow *row, gpointer user_data)
{
  ImpLedgerRow *next = user_data;

  next->seq = imp_row_integer (row, 0) + 1;
  g_free (next->previous);
  next->previous = g_strdup (imp_row_text (row, 1));
}

static GPtrArray *
list_rows (ImpLedger *self, const char *sql, GVariant *parameters, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_ledger_row_free);

  if (!imp_store_query (self->store, error, sql, parameters, add_to_list, rows))
    return NULL;
  return g_steal_pointer (&rows);
}

/* ---- appending ---- */

static gboolean
check_append (const char *kind, const char *export_id, GVariant *texts, GError **error)
{
  if (kind == NULL || *kind == '\0'
      || strspn (kind, "abcdefghijklmnopqrstuvwxyz-") != strlen (kind))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         "The kind of a row of the ledger is a word of small letters");
  else if (export_id != NULL && !g_utf8_validate (export_id, -1, NULL))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "An export's id is not UTF-8");
  else if (texts != NULL && !g_variant_is_of_type (texts, G_VARIANT_TYPE ("a{ss}")))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "The texts of a row are not a{ss}");
  else
    return TRUE;
  return FALSE;
}

/* The body in its one form, with who is signed in and the digests of the texts in it. */
static char *
make_body (ImpLedger *self, const char *row_id, const char *body_json, GVariant *texts,
           GError **error)
{
  g_autoptr (JsonObject) body = imp_ledger_chain_parse (body_json, error);
  g_autoptr (JsonObject) digests = json_object_new ();
  g_autofree char *actor = imp_store_get_actor (self->store);
  GVariantIter iter;
  const char *name = NULL;
  const char *text = NULL;

  if (body == NULL)
    return NULL;
  if (json_object_has_member (body, "digests") || json_object_has_member (body, "user"))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "“digests” and “user” in the body of a row are the ledger's own");
      return NULL;
    }
  if (actor != NULL)
    json_object_set_string_member (body, "user", actor);
  if (texts == NULL || g_variant_n_children (texts) == 0)
    return imp_ledger_chain_to_text (body);
  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &text))
    {
      g_autofree char *digest =
          imp_ledger_chain_digest (imp_store_get_digest_key (self->store), row_id, name, text);

      json_object_set_string_member (digests, name, digest);
    }
  json_object_set_object_member (body, "digests", g_steal_pointer (&digests));
  return imp_ledger_chain_to_text (body);
}

static gboolean
insert_texts (ImpLedger *self, const char *row_id, GVariant *texts, GError **error)
{
  GVariantIter iter;
  const char *name = NULL;
  const char *text = NULL;

  if (texts == NULL)
    return TRUE;
  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &text))
    if (!imp_store_run (self->store, error,
                        "INSERT INTO ledger_text (row_id, key, value) VALUES (?, ?, ?)",
                        g_variant_new ("(sss)", row_id, name, text), NULL))
      return FALSE;
  return TRUE;
}

/* The last row is read under the lock for writing, so that no other program comes in between. */
static gboolean
append_row (ImpLedger *self, ImpLedgerRow *row, GVariant *texts, GError **error)
{
  row->seq = 1;
  row->previous = g_strdup (IMP_LEDGER_FIRST);
  if (!imp_store_query (self->store, error,
                        "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1", NULL, take_last,
                        row))
    return FALSE;
  row->hash = imp_ledger_chain_hash (row);
  return imp_store_run (self->store, error,
                        "INSERT INTO ledger (" LEDGER_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        g_variant_new ("(xsmssssss)", row->seq, row->id, row->export_id, row->at,
                                       row->kind, row->body, row->previous, row->hash),
                        NULL)
         && insert_texts (self, row->id, texts, error);
}

/**
 * imp_ledger_append:
 * @self: a ledger
 * @kind: "intent", "done", "failed", "refused", "approval", "record", "recovered", "abandoned",
 *   "user", "second"
 * @export_id: (nullable): what the rows of one export share
 * @body_json: a JSON object of plain facts without identifiers; kept with its names in order, and
 *   with the id of who is signed in as "user"
 * @texts: (nullable): a{ss} of free text, kept apart and erasable; the body gets a keyed digest
 *   of each under "digests". Consumed where it is floating
 * @error: where to put the error
 *
 * Adds a row to the chain, in the calling thread's transaction if it has one (which the caller
 * rolls back after an error), else in one of its own.
 *
 * Returns: (transfer full) (nullable): the new row, or %NULL with %IMP_ERROR_USAGE,
 *   %IMP_ERROR_READ_ONLY, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpLedgerRow *
imp_ledger_append (ImpLedger *self, const char *kind, const char *export_id, const char *body_json,
                   GVariant *texts, GError **error)
{
  g_autoptr (GVariant) owned_texts = texts != NULL ? g_variant_ref_sink (texts) : NULL;
  g_autoptr (ImpLedgerRow) row = g_new0 (ImpLedgerRow, 1);
  gboolean joined = FALSE;

  if (!check_append (kind, export_id, owned_texts, error))
    return NULL;
  row->id = imp_id_new ();
  row->export_id = g_strdup (export_id);
  row->kind = g_strdup (kind);
  row->body = make_body (self, row->id, body_json, owned_texts, error);
  if (row->body == NULL)
    return NULL;
  joined = imp_store_is_in_transaction (self->store);
  if (!joined && !imp_store_begin (self->store, error))
    return NULL;
  row->at = imp_clock_now ();
  if (!append_row (self, row, owned_texts, error))
    {
      if (!joined)
        imp_store_rollback (self->store);
      return NULL;
    }
  if (!joined && !imp_store_commit (self->store, error))
    return NULL;
  return g_steal_pointer (&row);
}

/* ---- looking ---- */

/**
 * imp_ledger_get_head:
 * @self: a ledger
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the hash of the last row, 64 zeros where there is none, or
 *   %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
char *
imp_ledger_get_head (ImpLedger *self, GError **error)
{
  g_autofree char *head = NULL;

  if (!imp_store_query (self->store, error, "SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1",
                        NULL, take_text, &head))
    return NULL;
  return head != NULL ? g_steal_pointer (&head) : g_strdup (IMP_LEDGER_FIRST);
}

/**
 * imp_ledger_has:
 * @self: a ledger
 * @kind: a kind of row
 * @export_id: an export's id
 * @found: (out): whether there is a row of that kind for that export
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_ledger_has (ImpLedger *self, const char *kind, const char *export_id, gboolean *found,
                GError **error)
{
  gint64 n_rows = 0;

  *found = FALSE;
  if (!imp_store_query (self->store, error,
                        "SELECT count(*) FROM ledger WHERE export_id = ? AND kind = ?",
                        g_variant_new ("(ss)", export_id, kind), take_integer, &n_rows))
    return FALSE;
  *found = n_rows > 0;
  return TRUE;
}

/**
 * imp_ledger_list_of:
 * @self: a ledger
 * @kind: a kind of row
 * @export_id: what its rows share
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpLedgerRow) (nullable): those rows, oldest first,
 *   or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_ledger_list_of (ImpLedger *self, const char *kind, const char *export_id, GError **error)
{
  return list_rows (self,
                    "SELECT " LEDGER_COLUMNS " FROM ledger WHERE export_id = ? AND kind = ? "
                    "ORDER BY seq",
                    g_variant_new ("(ss)", export_id, kind), error);
}

/**
 * imp_ledger_list:
 * @self: a ledger
 * @limit: how many at most
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpLedgerRow) (nullable): the last rows, newest
 *   first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_ledger_list (ImpLedger *self, guint limit, GError **error)
{
  return list_rows (self, "SELECT " LEDGER_COLUMNS " FROM ledger ORDER BY seq DESC LIMIT ?",
                    g_variant_new ("(x)", (gint64)limit), error);
}

/**
 * imp_ledger_list_open_intents:
 * @self: a ledger
 * @error: where to put the error
 *
 * Lists the exports that were begun and of which nothing more is recorded.
 *
 * Returns: (transfer container) (element-type ImpLedgerRow) (nullable): their intents, oldest
 *   first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_ledger_list_open_intents (ImpLedger *self, GError **error)
{
  return list_rows (self,
                    "SELECT " LEDGER_COLUMNS " FROM ledger AS intent WHERE kind = 'intent' "
                    "AND NOT EXISTS (SELECT 1 FROM ledger AS later "
                    "WHERE later.export_id = intent.export_id "
                    "AND later.kind IN ('done', 'failed', 'recovered', 'abandoned')) "
                    "ORDER BY seq",
                    NULL, error);
}

/**
 * imp_ledger_list_exports:
 * @self: a ledger
 * @after: only those after this row's seq; 0 for all
 * @limit: how many at most
 * @error: where to put the error
 *
 * Lists the exports that were made: their intents, which say what was decided.
 *
 * Returns: (transfer container) (element-type ImpLedgerRow) (nullable): oldest first, or %NULL with
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_ledger_list_exports (ImpLedger *self, gint64 after, guint limit, GError **error)
{
  return list_rows (self,
                    "SELECT " LEDGER_COLUMNS " FROM ledger AS intent WHERE seq > ? "
                    "AND kind = 'intent' AND EXISTS (SELECT 1 FROM ledger AS later "
                    "WHERE later.export_id = intent.export_id "
                    "AND later.kind IN ('done', 'recovered')) ORDER BY seq LIMIT ?",
                    g_variant_new ("(xx)", after, (gint64)limit), error);
}

/* ---- texts ---- */

static void
take_body_and_text (ImpRow *row, gpointer user_data)
{
  char **texts = user_data;

  texts[0] = g_strdup (imp_row_text (row, 0));
  texts[1] = g_strdup (imp_row_text (row, 1));
}

/**
 * imp_ledger_text_fits:
 * @self: a ledger
 * @row_id: (nullable): a row's id
 * @key: what text
 * @text: the text as it is now
 * @body_json: (nullable): the body of that row
 *
 * Returns: whether @body_json has the digest of @text
 */
gboolean
imp_ledger_text_fits (ImpLedger *self, const char *row_id, const char *key, const char *text,
                      const char *body_json)
{
  g_autoptr (JsonObject) body = imp_ledger_chain_parse (body_json, NULL);
  g_autofree char *digest =
      imp_ledger_chain_digest (imp_store_get_digest_key (self->store), row_id, key, text);

  return body != NULL && g_strcmp0 (imp_ledger_chain_get_digest (body, key), digest) == 0;
}

/**
 * imp_ledger_get_text:
 * @self: a ledger
 * @row_id: a row's id
 * @key: what text
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the text, or %NULL: without @error set there is none, or
 *   it was erased; else it is %IMP_ERROR_REGISTER_DAMAGED (it is not what the chain vouches for)
 *   or %IMP_ERROR_IO
 */
char *
imp_ledger_get_text (ImpLedger *self, const char *row_id, const char *key, GError **error)
{
  char *found[2] = { NULL, NULL };
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  gboolean done =
      imp_store_query (self->store, error,
                       "SELECT body, value FROM ledger_text JOIN ledger ON ledger.id = row_id "
                       "WHERE row_id = ? AND key = ?",
                       g_variant_new ("(ss)", row_id, key), take_body_and_text, found);

  body = found[0];
  text = found[1];
  if (!done || text == NULL)
    return NULL;
  if (imp_ledger_text_fits (self, row_id, key, text, body))
    return g_steal_pointer (&text);
  g_set_error (
      error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
      _ ("The text “%s” of a row of the ledger was changed from outside: restore a backup"), key);
  return NULL;
}

/**
 * imp_ledger_erase_texts:
 * @self: a ledger
 * @row_id: a row's id
 * @error: where to put the error
 *
 * Erases a row's texts for good: outside a transaction also from the write-ahead log. The row
 * itself stays, and the chain with it.
 *
 * Returns: %TRUE, also where there was none, or %FALSE with %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_ledger_erase_texts (ImpLedger *self, const char *row_id, GError **error)
{
  if (!imp_store_run (self->store, error, "DELETE FROM ledger_text WHERE row_id = ?",
                      g_variant_new ("(s)", row_id), NULL))
    return FALSE;
  return imp_store_is_in_transaction (self->store)
         || imp_store_run (self->store, error, "PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL);
}
