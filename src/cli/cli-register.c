#include "cli.h"
#include "imp-error.h"

/**
 * imp_cli_register_init:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes a register: with a key file (made too where it does not exist), else with the keyring.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_init (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  const char *key_file = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  key_file = imp_cli_key_file (cli);
  if (imp_gate_probe_register (imp_cli_register_path (cli)) != IMP_GATE_REGISTER_ABSENT)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                   "A register exists there already, and it is never replaced");
      return FALSE;
    }
  if (key_file == NULL && !imp_gate_keyring_is_available ())
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "No keyring answers here: give --key-file with a file for the register's key");
      return FALSE;
    }
  gate = imp_gate_open_sync (imp_cli_register_path (cli),
                             key_file != NULL ? IMP_GATE_KEY_FILE : IMP_GATE_KEY_KEYRING, key_file,
                             TRUE, error);
  if (gate == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "register", imp_cli_register_path (cli));
  imp_cli_add_boolean (cli, "encrypted", imp_register_is_encrypted (imp_gate_get_register (gate)));
  imp_cli_add_string (cli, "key", key_file != NULL ? "file" : "keyring");
  imp_cli_add_string (cli, "policy_pack", imp_gate_get_pack_id (gate));
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Register made, %s; its key is in %s.",
                imp_register_is_encrypted (imp_gate_get_register (gate)) ? "encrypted"
                                                                         : "NOT ENCRYPTED",
                key_file != NULL ? "the key file: keep it safe" : "the keyring");
  return TRUE;
}

/**
 * imp_cli_register_set:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Sets a site setting: the local policy's reference, the policy pack, or what papers say of the
 * organisation and of whom to turn to.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_set (ImpCli *cli, char **arguments, GError **error)
{
  static const char *const SETTINGS[] = {
    "local-policy-reference",
    "policy-pack",
    "policy-review-by",
    "organisation",
    "contact",
    "place-names",
    "retention-years",
    "retention-child-age",
    "idle-lock-minutes",
    NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  gboolean done = FALSE;

  if (!imp_cli_parse (cli, NULL, "KEY VALUE", &left, 2, error))
    return FALSE;
  if (!g_strv_contains (SETTINGS, left[1]))
    {
      g_set_error (
          error, IMP_ERROR, IMP_ERROR_USAGE,
          "The settings are local-policy-reference, policy-pack, policy-review-by, place-names, "
          "organisation, contact, retention-years, retention-child-age and idle-lock-minutes");
      return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  done = g_str_equal (left[1], "policy-pack")
             ? imp_gate_set_pack (gate, left[2], error)
             : imp_register_set_setting (imp_gate_get_register (gate), left[1], left[2], error);
  if (!done)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, left[1], left[2]);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s is set.", left[1]);
  return TRUE;
}

static guint
add_receipts (ImpCli *cli, GPtrArray *checks)
{
  guint n_wrong = 0;

  json_builder_set_member_name (cli->out, "receipts");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < checks->len; i++)
    {
      const ImpReceiptCheck *check = g_ptr_array_index (checks, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "name", check->name);
      imp_cli_add_string (cli, "problem", check->problem);
      json_builder_end_object (cli->out);
      n_wrong += check->problem != NULL;
      if (check->problem != NULL)
        imp_cli_line (cli, "%s: %s", check->name, check->problem);
    }
  json_builder_end_array (cli->out);
  imp_cli_line (cli, "%u receipts, %u of them do not fit the ledger.", checks->len, n_wrong);
  return n_wrong;
}

/**
 * imp_cli_ledger_verify:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Checks the ledger's chain, with --head that a receipt's head is in it, and with --receipts that
 * all receipts of a folder say what it has.
 *
 * Returns: whether it holds
 */
gboolean
imp_cli_ledger_verify (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *head = NULL;
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = {
    { "head", 0, 0, G_OPTION_ARG_STRING, &head, "A chain head from a receipt", "HASH" },
    { "receipts", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where receipts were saved", "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autofree char *head_now = NULL;
  gint64 n_rows = 0;
  guint n_wrong = 0;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_ledger_verify_sync (gate, head, &n_rows, &head_now, error))
    return FALSE;
  if (folder != NULL)
    {
      file = g_file_new_for_commandline_arg (folder);
      checks = imp_gate_check_receipts_sync (gate, file, cli->cancellable, error);
      if (checks == NULL)
        return FALSE;
    }
  json_builder_begin_object (cli->out);
  imp_cli_add_boolean (cli, "valid", TRUE);
  imp_cli_add_int (cli, "rows", n_rows);
  imp_cli_add_string (cli, "head", head_now);
  if (checks != NULL)
    n_wrong = add_receipts (cli, checks);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "The ledger's %" G_GINT64_FORMAT " rows hold together. Head: %s", n_rows,
                head_now);
  if (n_wrong == 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
               "%u receipts do not fit the ledger: keep this register, and find out which of them "
               "was changed",
               n_wrong);
  return FALSE;
}

static void
add_row (ImpCli *cli, GVariant *row)
{
  static const char *const TEXTS[] = { "id", "export_id", "at", "kind", "previous", "hash" };
  const char *body = NULL;
  const char *at = "";
  const char *kind = "";
  const char *export_id = "";
  gint64 seq = 0;

  json_builder_begin_object (cli->out);
  g_variant_lookup (row, "seq", "x", &seq);
  imp_cli_add_int (cli, "seq", seq);
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *text = NULL;

      g_variant_lookup (row, TEXTS[i], "&s", &text);
      imp_cli_add_string (cli, TEXTS[i], text);
    }
  if (g_variant_lookup (row, "body", "&s", &body))
    {
      json_builder_set_member_name (cli->out, "body");
      json_builder_add_value (cli->out, json_from_string (body, NULL));
    }
  json_builder_end_object (cli->out);
  g_variant_lookup (row, "at", "&s", &at);
  g_variant_lookup (row, "kind", "&s", &kind);
  g_variant_lookup (row, "export_id", "&s", &export_id);
  imp_cli_line (cli, "%6" G_GINT64_FORMAT "  %s  %-9s  %s", seq, at, kind, export_id);
}

/**
 * imp_cli_ledger_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the ledger's rows, newest first.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_ledger_show (ImpCli *cli, char **arguments, GError **error)
{
  int limit = 100;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many rows", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GVariant) rows = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  rows = gate != NULL ? imp_gate_ledger_list_sync (gate, (guint)MAX (limit, 1), error) : NULL;
  if (rows == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);

      add_row (cli, row);
    }
  json_builder_end_array (cli->out);
  return TRUE;
}
