#include "imp-paper-ledger-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gate-accounts.h"
#include "imp-decision-words.h"
#include "imp-error.h"

/**
 * _imp_paper_export_new:
 * @gate: the gate
 * @export_id: (nullable): the ledger id of a receipt
 * @error: where to put the error
 *
 * Gathers what the ledger has of one export.
 *
 * Returns: (transfer full) (nullable): it, or %NULL with %IMP_ERROR_NOT_FOUND or an error of the
 *   register
 */
ImpPaperExport *
_imp_paper_export_new (ImpGate *gate, const char *export_id, GError **error)
{
  g_autoptr (ImpPaperExport) self = g_new0 (ImpPaperExport, 1);

  self->rows = imp_ledger_list_export (gate->ledger, export_id != NULL ? export_id : "", error);
  if (self->rows == NULL)
    return NULL;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (self->rows, i);

      if (strcmp (row->kind, "intent") == 0)
        self->intent = row;
      else if (strcmp (row->kind, "done") == 0 || strcmp (row->kind, "recovered") == 0)
        self->finish = row;
    }
  if (self->intent == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                   _ ("The ledger has no such export: its id stands on the receipt"));
      return NULL;
    }
  self->body = imp_ledger_chain_parse (self->intent->body, error);
  if (self->body == NULL)
    return NULL;
  self->texts = imp_ledger_list_texts (gate->ledger, self->intent->id, error);
  return self->texts != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * _imp_paper_export_free:
 * @self: (transfer full) (nullable): an export
 */
void
_imp_paper_export_free (ImpPaperExport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->texts, g_variant_unref);
  g_free (self);
}

/**
 * _imp_paper_member:
 * @body: (nullable): the body of a row
 * @name: a member
 *
 * Returns: (transfer none) (nullable): its text
 */
const char *
_imp_paper_member (JsonObject *body, const char *name)
{
  JsonNode *node = body != NULL ? json_object_get_member (body, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Words as they are, the rest as JSON has it: "0, 0, 512, 46". */
static char *
to_words (JsonNode *node)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_to_string (node, FALSE);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (node), i);
      g_autofree char *word = to_words (item);

      g_string_append_printf (words, "%s%s",
                              i == 0                         ? ""
                              : JSON_NODE_HOLDS_ARRAY (item) ? "; "
                                                             : ", ",
                              word);
    }
  return g_strdup (words->str);
}

/**
 * _imp_paper_add_member:
 * @sheet: a sheet
 * @label: what it is called
 * @body: the body of a row
 * @name: its member; nothing is added where it is not there, null, or an empty list
 */
void
_imp_paper_add_member (ImpSheet *sheet, const char *label, JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);
  g_autofree char *words = node != NULL && !JSON_NODE_HOLDS_NULL (node) ? to_words (node) : NULL;

  if (words != NULL && *words != '\0')
    imp_sheet_add_fact (sheet, label, words);
}

/**
 * _imp_paper_user_name:
 * @gate: the gate
 * @user_id: (nullable): the random id of a user
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the name of that user, the id where the register has no such
 *   user, or that nobody was signed in; %NULL with an error of the register
 */
char *
_imp_paper_user_name (ImpGate *gate, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) users = NULL;

  if (user_id == NULL)
    return g_strdup (_ ("nobody was signed in"));
  users = imp_gate_list_users (gate, error);
  if (users == NULL)
    return NULL;
  for (guint i = 0; i < users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);

      if (strcmp (user->id, user_id) == 0)
        return g_strdup (user->name);
    }
  return g_strdup (user_id);
}

/* ---- what was decided ---- */

/* What a row of a pack says where it does not refuse, and where that comes from. */
static char *
describe_row (GVariant *row)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GVariant) cases = g_variant_lookup_value (row, "cases", G_VARIANT_TYPE ("a(sss)"));
  GVariantIter iter;
  const char *outcome = NULL;
  const char *reason = NULL;
  const char *source = NULL;

  g_variant_iter_init (&iter, cases);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &outcome, &reason, NULL))
    if (strcmp (outcome, "refuse") != 0 || g_variant_n_children (cases) == 1)
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", reason);
  if (g_variant_lookup (row, "source", "&s", &source))
    g_string_append_printf (words, _ (" Source: %s"), source);
  return g_strdup (g_strstrip (words->str));
}

/* "row-20" in the words of the pack that was in force. */
static char *
describe_rule (GVariant *rows, const char *rule)
{
  GVariantIter iter;
  GVariant *row = NULL;
  guint64 number = 0;

  if (rows == NULL || !g_str_has_prefix (rule, "row-")
      || !g_ascii_string_to_unsigned (rule + strlen ("row-"), 10, 1, 1000, &number, NULL))
    return NULL;
  g_variant_iter_init (&iter, rows);
  while ((row = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) each = row;
      guint32 its = 0;

      if (g_variant_lookup (each, "row", "u", &its) && its == number)
        return describe_row (each);
    }
  return NULL;
}

/* The pack as it was: the register keeps those that were ever in force. A receipt stands without
 * its words where one cannot be read any more. */
static ImpPack *
find_pack (ImpGate *gate, JsonObject *body, char **hash)
{
  const char *pack = _imp_paper_member (body, "pack");
  const char *last = pack != NULL ? strrchr (pack, ' ') : NULL;

  *hash = g_strdup (last != NULL ? last + 1 : pack);
  return *hash != NULL ? _imp_gate_find_pack (gate, *hash, NULL) : NULL;
}

static void
add_rules (ImpSheet *sheet, JsonObject *body, ImpPack *pack)
{
  g_autoptr (GVariant) rows =
      pack != NULL ? g_variant_ref_sink (imp_pack_describe_rows (pack)) : NULL;
  JsonNode *node = json_object_get_member (body, "rules");
  JsonArray *rules =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      const char *rule = json_array_get_string_element (rules, i);
      g_autofree char *name = imp_decision_words_rule (rule);
      g_autofree char *words = describe_rule (rows, rule);

      imp_sheet_add_fact (sheet, name, words != NULL ? words : _ ("It applied."));
    }
}

static void
add_pack (ImpSheet *sheet, JsonObject *body, ImpPack *pack, const char *hash)
{
  g_autofree char *words = pack != NULL
                               ? g_strdup_printf (_ ("%s. Version %s"), imp_pack_get_title (pack),
                                                  imp_pack_get_version (pack))
                               : g_strdup (_imp_paper_member (body, "pack"));

  imp_sheet_add_fact (sheet, _ ("Policy in force"), words);
  imp_sheet_add_fact (sheet, _ ("SHA-256 of the policy"), hash);
}

typedef char *(*Words) (const char *id);

static void
add_words_of (ImpSheet *sheet, const char *label, JsonObject *body, const char *name,
              Words words_of)
{
  const char *text = _imp_paper_member (body, name);
  g_autofree char *words = text != NULL ? words_of (text) : NULL;

  if (words != NULL)
    imp_sheet_add_fact (sheet, label, words);
}

static void
add_picture (ImpSheet *sheet, JsonObject *body)
{
  const char *format = _imp_paper_member (body, "format");
  g_autofree char *capitals = g_ascii_strup (format != NULL ? format : "", -1);
  g_autofree char *size =
      g_strdup_printf (_ ("%s, %d × %d pixels"), capitals,
                       (int)json_object_get_int_member_with_default (body, "width", 0),
                       (int)json_object_get_int_member_with_default (body, "height", 0));
  g_autofree char *place =
      g_strdup_printf (_ ("Page %d, image %d of its file"),
                       (int)json_object_get_int_member_with_default (body, "page", 1),
                       (int)json_object_get_int_member_with_default (body, "frame", 1));

  imp_sheet_add_fact (sheet, _ ("Picture"), size);
  imp_sheet_add_fact (sheet, _ ("Which one"), place);
}

static gboolean
has_boxes (JsonObject *body)
{
  JsonNode *node = json_object_get_member (body, "boxes_as_filled");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
         && json_array_get_length (json_node_get_array (node)) > 0;
}

/**
 * _imp_paper_add_export:
 * @gate: the gate
 * @sheet: a sheet
 * @export: an export
 *
 * What a receipt says of an export. No identifiers.
 */
void
_imp_paper_add_export (ImpGate *gate, ImpSheet *sheet, const ImpPaperExport *export)
{
  JsonObject *body = export->body;
  g_autofree char *hash = NULL;
  g_autoptr (ImpPack) pack = find_pack (gate, body, &hash);

  imp_sheet_add_heading (sheet, _ ("What left"));
  imp_form_add_day (sheet, _ ("When"),
                    export->finish != NULL ? export->finish->at : export->intent->at);
  imp_sheet_add_fact (sheet, _ ("For"),
                      imp_form_destination_name (_imp_paper_member (body, "destination")));
  imp_sheet_add_fact (sheet, _ ("What lets it be shared"),
                      imp_decision_words_route (_imp_paper_member (body, "route")));
  add_words_of (sheet, _ ("It rests on"), body, "basis", imp_decision_words_basis);
  add_picture (sheet, body);
  imp_sheet_add_fact (sheet, _ ("Export"), export->intent->export_id);
  _imp_paper_add_member (sheet, _ ("SHA-256 of the file"), body, "sha256");
  imp_sheet_add_heading (sheet, _ ("How it was made"));
  add_words_of (sheet, _ ("Grey levels and colours"), body, "voi", imp_decision_words_voi);
  _imp_paper_add_member (sheet, _ ("Overlays drawn"), body, "overlays_drawn");
  _imp_paper_add_member (sheet, _ ("Overlays left out"), body, "overlays_hidden");
  _imp_paper_add_member (sheet, _ ("Covered (x, y, width, height)"), body, "boxes_as_filled");
  if (has_boxes (body))
    imp_sheet_add_fact (sheet, _ ("How sure it is"),
                        imp_decision_words_assurance (_imp_paper_member (body, "assurance")));
  _imp_paper_add_member (sheet, _ ("How that was checked"), body, "proof");
  imp_sheet_add_heading (sheet, _ ("Why it was allowed"));
  add_rules (sheet, body, pack);
  add_pack (sheet, body, pack, hash);
  add_words_of (sheet, _ ("Answers"), body, "answered_by", imp_decision_words_origin);
  _imp_paper_add_member (sheet, _ ("Digest of the request"), body, "digest");
}

static void
add_answer (ImpSheet *sheet, const ImpQuestion *question, const char *answer)
{
  g_autofree char *words =
      question->allowed != NULL ? imp_decision_words_answer (answer) : g_strdup (answer);

  imp_sheet_add_answer (sheet, question->text, words);
}

/**
 * _imp_paper_add_answers:
 * @gate: the gate
 * @sheet: a sheet
 * @body: (nullable): the body of a row that decided about an export
 * @texts: an a{ss}: the row's words
 * @prefix: what stands in @texts before the key of a question
 *
 * Every question with its answer, in the words of the pack that was in force.
 *
 * Returns: how many there were
 */
guint
_imp_paper_add_answers (ImpGate *gate, ImpSheet *sheet, JsonObject *body, GVariant *texts,
                        const char *prefix)
{
  g_autofree char *hash = NULL;
  g_autoptr (ImpPack) kept = find_pack (gate, body, &hash);
  g_autoptr (ImpPack) pack = kept != NULL ? g_object_ref (kept) : _imp_gate_ref_pack (gate);
  g_autoptr (GPtrArray) questions = imp_pack_list_questions (pack);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GVariantIter iter;
  const char *key = NULL;
  const char *value = NULL;

  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      g_autofree char *name = g_strconcat (prefix, question->key, NULL);

      if (!g_variant_lookup (texts, name, "&s", &value))
        continue;
      add_answer (sheet, question, value);
      g_hash_table_add (told, g_steal_pointer (&name));
    }
  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (g_str_has_prefix (key, prefix) && !g_hash_table_contains (told, key))
      {
        g_autofree char *name = _imp_paper_text_name (key + strlen (prefix));

        imp_sheet_add_answer (sheet, name, value);
        g_hash_table_add (told, g_strdup (key));
      }
  return g_hash_table_size (told);
}
