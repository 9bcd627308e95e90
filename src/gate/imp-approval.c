#include "imp-approval.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "imp-clock.h"

static const char FORM[] = "imprimatur second person 1\n";
static const char WORDS_FORM[] = "imprimatur words of a second person 1";

/**
 * imp_approval_new:
 * @digest: of the release
 * @approve: yes or no
 * @lift: whether it also lifts what the file itself says
 *
 * Returns: (transfer full): a decision, not signed
 */
ImpApproval *
imp_approval_new (const char *digest, gboolean approve, gboolean lift)
{
  ImpApproval *approval = g_new0 (ImpApproval, 1);

  approval->digest = g_strdup (digest);
  approval->approve = approve;
  approval->lift = approve && lift;
  return approval;
}

/**
 * imp_approval_free:
 * @approval: (transfer full) (nullable): a decision
 */
void
imp_approval_free (ImpApproval *approval)
{
  if (approval == NULL)
    return;
  g_free (approval->digest);
  g_free (approval->approver);
  g_free (approval->authority);
  g_free (approval->key);
  g_free (approval->asker);
  g_free (approval->person);
  g_free (approval->case_id);
  g_free (approval->at);
  g_free (approval->words);
  g_free (approval->signature);
  g_free (approval->row_id);
  g_free (approval);
}

static void
append_field (GString *text, const char *field)
{
  if (field == NULL)
    g_string_append (text, "-,");
  else
    g_string_append_printf (text, "%" G_GSIZE_FORMAT ":%s,", strlen (field), field);
}

static const char *
decision_of (const ImpApproval *approval)
{
  return approval->approve ? "approve" : "decline";
}

static char *
to_text (const ImpApproval *approval)
{
  g_autoptr (GString) text = g_string_new (FORM);

  append_field (text, approval->digest);
  append_field (text, decision_of (approval));
  append_field (text, approval->lift ? "lift" : NULL);
  append_field (text, approval->approver);
  append_field (text, approval->asker);
  append_field (text, approval->case_id);
  append_field (text, approval->at);
  append_field (text, approval->words);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- reading ---- */

static char *
take_member (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static ImpApproval *
from_row (const ImpLedgerRow *row)
{
  g_autoptr (JsonNode) root = json_from_string (row->body, NULL);
  JsonObject *object = NULL;
  const char *decision = NULL;
  ImpApproval *approval = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  decision = json_object_get_string_member_with_default (object, "decision", "");
  approval = imp_approval_new (row->export_id, g_str_equal (decision, "approve"),
                               json_object_get_boolean_member_with_default (object, "lift", FALSE));
  approval->approver = take_member (object, "approver");
  approval->key = take_member (object, "key");
  approval->asker = take_member (object, "operator");
  approval->case_id = take_member (object, "case");
  approval->at = take_member (object, "at");
  approval->words = take_member (object, "words");
  approval->signature = take_member (object, "signature");
  approval->row_id = g_strdup (row->id);
  return approval;
}

/* Whether a yes counts: who signed it may still decide, with the same key; nobody decides about
 * what they ask for. */
static gboolean
counts (ImpApproval *approval, GPtrArray *users, const ImpUser *at_the_desk)
{
  const ImpUser *approver = imp_accounts_find (users, approval->approver);
  g_autofree char *text = to_text (approval);

  if (approver == NULL || (approver->roles & IMP_ROLE_APPROVER) == 0
      || g_strcmp0 (approver->key, approval->key) != 0
      || g_strcmp0 (approval->asker, approval->approver) == 0
      || (at_the_desk != NULL && g_strcmp0 (at_the_desk->id, approval->approver) == 0)
      || !imp_signer_verify (approver->key, text, approval->signature))
    return FALSE;
  approval->authority = g_strdup (approver->authority);
  return TRUE;
}

/**
 * imp_approval_find:
 * @gate: the gate
 * @digest: of a release
 * @approval: (out) (transfer full) (nullable): the last decision about it that counts, where that
 *   is a yes
 * @error: where to put the error
 *
 * Looks in the ledger. A yes counts where its signature is that of a user who may decide now, and
 * who is neither the one who asked nor the one at the desk. A no counts whoever said it and
 * whatever they are now, until a later yes; so does a row that cannot be read.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_approval_find (ImpGate *gate, const char *digest, ImpApproval **approval, GError **error)
{
  g_autoptr (GPtrArray) rows = imp_ledger_list_of (gate->ledger, "second", digest, error);
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (ImpUser) at_the_desk = NULL;

  *approval = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  users = _imp_gate_load_users (gate, NULL, error);
  if (users == NULL)
    return FALSE;
  at_the_desk = imp_gate_get_user (gate);
  for (guint i = rows->len; i-- > 0;)
    {
      g_autoptr (ImpApproval) found = from_row (g_ptr_array_index (rows, i));

      if (found == NULL || !found->approve)
        return TRUE;
      if (!counts (found, users, at_the_desk))
        continue;
      *approval = g_steal_pointer (&found);
      return TRUE;
    }
  return TRUE;
}

/* ---- writing ---- */

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static char *
to_body (const ImpApproval *approval)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_member (builder, "decision", decision_of (approval));
  json_builder_set_member_name (builder, "lift");
  json_builder_add_boolean_value (builder, approval->lift);
  add_member (builder, "approver", approval->approver);
  add_member (builder, "key", approval->key);
  add_member (builder, "operator", approval->asker);
  add_member (builder, "person", approval->person);
  add_member (builder, "case", approval->case_id);
  add_member (builder, "at", approval->at);
  add_member (builder, "words", approval->words);
  add_member (builder, "signature", approval->signature);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * imp_approval_sign:
 * @approval: a decision; what is missing is filled in
 * @gate: the gate
 * @approver: who decides
 * @signer: their key, which their PIN unlocked
 * @words: (nullable): what they say
 * @error: where to put the error
 *
 * Signs a decision and writes it into the ledger, the words beside it, where they can be erased.
 *
 * Returns: %TRUE, or %FALSE with an error of the register
 */
gboolean
imp_approval_sign (ImpApproval *approval, ImpGate *gate, const ImpUser *approver,
                   const ImpSigner *signer, const char *words, GError **error)
{
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (ImpLedgerRow) row = NULL;
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;

  approval->approver = g_strdup (approver->id);
  approval->key = g_strdup (imp_signer_get_key (signer));
  approval->at = imp_clock_now ();
  if (words != NULL)
    {
      approval->words = imp_store_make_digest (gate->store, WORDS_FORM, words);
      g_variant_builder_add (&texts, "{ss}", "second-person", words);
    }
  text = to_text (approval);
  approval->signature = imp_signer_sign (signer, text);
  body = to_body (approval);
  row = imp_ledger_append (gate->ledger, "second", approval->digest, body,
                           g_variant_builder_end (&texts), error);
  if (row == NULL)
    return FALSE;
  approval->row_id = g_strdup (row->id);
  return TRUE;
}
