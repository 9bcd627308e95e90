#include "imp-ledger-chain.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "imp-error.h"
#include "imp-hash.h"

#define DIGEST_KEY_LENGTH 32
#define DIGEST_LENGTH 32

/* What is hashed begins with the name of its form, so that a later form cannot be taken for it. */
static const char ROW_FORM[] = "imprimatur ledger row 1\n";
static const char TEXT_FORM[] = "imprimatur ledger text 1\n";

/* "5:hello," or "-," for nothing: no two lists of fields give the same text. */
static void
append_field (GString *text, const char *field)
{
  if (field == NULL)
    g_string_append (text, "-,");
  else
    g_string_append_printf (text, "%" G_GSIZE_FORMAT ":%s,", strlen (field), field);
}

/**
 * imp_ledger_chain_hash:
 * @row: a row; its hash is not looked at
 *
 * Hashes a row together with the hash of the one before: SHA-256 over "imprimatur ledger row 1",
 * a line feed, and the fields seq, id, export_id, at, kind, body and previous, each written as its
 * length in bytes, a colon, its bytes and a comma; "-," stands for one that is not there.
 *
 * Returns: (transfer full): 64 hexadecimal characters
 */
char *
imp_ledger_chain_hash (const ImpLedgerRow *row)
{
  g_autoptr (GString) text = g_string_new (ROW_FORM);
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, row->seq);

  append_field (text, seq);
  append_field (text, row->id);
  append_field (text, row->export_id);
  append_field (text, row->at);
  append_field (text, row->kind);
  append_field (text, row->body);
  append_field (text, row->previous);
  return imp_hash_data (text->str, text->len);
}

/**
 * imp_ledger_chain_digest:
 * @key: (array fixed-size=32): the store's digest key
 * @row_id: the row that @text belongs to
 * @name: what @text is
 * @text: free text
 *
 * Makes what the chain holds instead of a text that may be erased: BLAKE2b of 256 bits under @key
 * over "imprimatur ledger text 1", a line feed, and the three fields written as in
 * imp_ledger_chain_hash(). Without the key no text can be guessed from it.
 *
 * Returns: (transfer full): 64 hexadecimal characters
 */
char *
imp_ledger_chain_digest (const guint8 *key, const char *row_id, const char *name, const char *text)
{
  g_autoptr (GString) fields = g_string_new (TEXT_FORM);
  guint8 digest[DIGEST_LENGTH];

  append_field (fields, row_id);
  append_field (fields, name);
  append_field (fields, text);
  crypto_generichash (digest, sizeof digest, (const guint8 *)fields->str, fields->len, key,
                      DIGEST_KEY_LENGTH);
  return imp_hash_hex (digest, sizeof digest);
}

/**
 * imp_ledger_chain_parse:
 * @body: text
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the JSON object that @body is, or %NULL with
 *   %IMP_ERROR_USAGE
 */
JsonObject *
imp_ledger_chain_parse (const char *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;

  if (body != NULL && g_utf8_validate (body, -1, NULL)
      && json_parser_load_from_data (parser, body, -1, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "The body of a row of the ledger is not a JSON object");
  return NULL;
}

static JsonNode *sort_node (JsonNode *node);

static JsonNode *
sort_object (JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), (GCompareFunc)strcmp);
  JsonObject *sorted = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (GList *at = names; at != NULL; at = at->next)
    json_object_set_member (sorted, at->data,
                            sort_node (json_object_get_member (object, at->data)));
  json_node_take_object (node, sorted);
  return node;
}

static JsonNode *
sort_node (JsonNode *node)
{
  JsonArray *sorted = NULL;
  JsonArray *array = NULL;
  JsonNode *copy = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return sort_object (json_node_get_object (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);
  array = json_node_get_array (node);
  sorted = json_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (sorted, sort_node (json_array_get_element (array, i)));
  copy = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (copy, sorted);
  return copy;
}

/**
 * imp_ledger_chain_to_text:
 * @body: a JSON object
 *
 * Writes @body in one way only: the names of every object in the order of their bytes, no white
 * space.
 *
 * Returns: (transfer full): JSON
 */
char *
imp_ledger_chain_to_text (JsonObject *body)
{
  g_autoptr (JsonNode) sorted = sort_object (body);

  return json_to_string (sorted, FALSE);
}

/**
 * imp_ledger_chain_get_digest:
 * @body: a row's body
 * @name: what a text is
 *
 * Returns: (transfer none) (nullable): the digest of that text in @body
 */
const char *
imp_ledger_chain_get_digest (JsonObject *body, const char *name)
{
  JsonNode *digests = json_object_get_member (body, "digests");

  if (digests == NULL || !JSON_NODE_HOLDS_OBJECT (digests))
    return NULL;
  return json_object_get_string_member_with_default (json_node_get_object (digests), name, NULL);
}
