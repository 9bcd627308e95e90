#include "imp-paper-ledger-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gate-accounts.h"
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
 *
 * Returns: (transfer full): the name of that user, else the id, else that nobody was signed in
 */
char *
_imp_paper_user_name (ImpGate *gate, const char *user_id)
{
  g_autoptr (GPtrArray) users = user_id != NULL ? imp_gate_list_users (gate, NULL) : NULL;

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);

      if (strcmp (user->id, user_id) == 0)
        return g_strdup (user->name);
    }
  return g_strdup (user_id != NULL ? user_id : _ ("nobody was signed in"));
}

/**
 * _imp_paper_add_export:
 * @sheet: a sheet
 * @export: an export
 *
 * What a receipt says of an export. No identifiers.
 */
void
_imp_paper_add_export (ImpSheet *sheet, const ImpPaperExport *export)
{
  JsonObject *body = export->body;

  imp_sheet_add_heading (sheet, _ ("What left"));
  imp_sheet_add_fact (sheet, _ ("Export"), export->intent->export_id);
  imp_form_add_day (sheet, _ ("When"),
                    export->finish != NULL ? export->finish->at : export->intent->at);
  _imp_paper_add_member (sheet, _ ("Destination"), body, "destination");
  _imp_paper_add_member (sheet, _ ("Route"), body, "route");
  _imp_paper_add_member (sheet, _ ("It rests on"), body, "basis");
  _imp_paper_add_member (sheet, _ ("Kind of file"), body, "format");
  _imp_paper_add_member (sheet, _ ("Width"), body, "width");
  _imp_paper_add_member (sheet, _ ("Height"), body, "height");
  _imp_paper_add_member (sheet, _ ("SHA-256 of the file"), body, "sha256");
  imp_sheet_add_heading (sheet, _ ("How it was made"));
  _imp_paper_add_member (sheet, _ ("Page of the source"), body, "page");
  _imp_paper_add_member (sheet, _ ("Frame of the page"), body, "frame");
  _imp_paper_add_member (sheet, _ ("Grey levels"), body, "voi");
  _imp_paper_add_member (sheet, _ ("Overlays drawn"), body, "overlays_drawn");
  _imp_paper_add_member (sheet, _ ("Overlays left out"), body, "overlays_hidden");
  _imp_paper_add_member (sheet, _ ("Covered (x, y, width, height)"), body, "boxes_as_filled");
  _imp_paper_add_member (sheet, _ ("How sure it is"), body, "assurance");
  _imp_paper_add_member (sheet, _ ("Proof"), body, "proof");
  imp_sheet_add_heading (sheet, _ ("Why it was allowed"));
  _imp_paper_add_member (sheet, _ ("Rules that applied"), body, "rules");
  _imp_paper_add_member (sheet, _ ("Policy pack"), body, "pack");
  _imp_paper_add_member (sheet, _ ("Answers"), body, "answered_by");
  _imp_paper_add_member (sheet, _ ("Digest of the request"), body, "digest");
}
