#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "imp-error.h"
#include "imp-keeping.h"

/**
 * imp_cli_register_backup:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes an encrypted backup, checked, with its side file and the journal of withdrawals beside it.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_backup (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GFile) target = NULL;

  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  target = g_file_new_for_commandline_arg (left[1]);
  if (!imp_gate_backup_sync (gate, target, cli->cancellable, error))
    return FALSE;
  cli->stands = "The backup was made";
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "backup", g_file_peek_path (target));
  json_builder_end_object (cli->out);
  imp_cli_line (cli,
                "Backup made and checked: %s, with its “.key” and “.withdrawals” beside it. The "
                "key that opens the register opens it.",
                g_file_peek_path (target));
  return TRUE;
}

static ImpGate *
restore (ImpCli *cli, const char *backup, const char *journal, GError **error)
{
  const char *key_file = imp_cli_key_file (cli);
  ImpGateRegisterState state = imp_gate_probe_register (backup);
  ImpGateKey key = key_file != NULL ? IMP_GATE_KEY_FILE : IMP_GATE_KEY_KEYRING;
  g_autofree char *passphrase = NULL;
  ImpGate *gate = NULL;

  if (key_file == NULL && state == IMP_GATE_REGISTER_BY_FILE)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "The backup is locked by a key file: give it with --key-file");
      return NULL;
    }
  if (key_file == NULL && state == IMP_GATE_REGISTER_BY_PASSPHRASE)
    {
      key = IMP_GATE_KEY_PASSPHRASE;
      passphrase = imp_cli_ask_passphrase (cli, "Passphrase of the backup: ", error);
      if (passphrase == NULL)
        return NULL;
    }
  gate = imp_gate_restore_sync (backup, key, passphrase != NULL ? passphrase : key_file,
                                imp_cli_register_path (cli), journal, error);
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  return gate;
}

/**
 * imp_cli_register_restore:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Puts a backup in the register's place; a register that is there is put aside.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_restore (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *journal = NULL;
  const GOptionEntry entries[] = {
    { "withdrawals", 0, 0, G_OPTION_ARG_FILENAME, &journal,
      "The newest journal of withdrawals, where the register comes from another computer", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  const char *const *said = NULL;

  if (!imp_cli_parse (cli, entries, "BACKUP", &left, 1, error))
    return FALSE;
  gate = restore (cli, left[1], journal, error);
  if (gate == NULL)
    return FALSE;
  said = imp_gate_get_recovered (gate);
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "register", imp_cli_register_path (cli));
  json_builder_set_member_name (cli->out, "notes");
  json_builder_begin_array (cli->out);
  for (guint i = 0; said[i] != NULL; i++)
    json_builder_add_string_value (cli->out, said[i]);
  json_builder_end_array (cli->out);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "The backup is restored: %s", imp_cli_register_path (cli));
  for (guint i = 0; said[i] != NULL; i++)
    imp_cli_line (cli, "%s", said[i]);
  return TRUE;
}

/**
 * imp_cli_register_check:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Reads all of the register and looks for damage.
 *
 * Returns: whether there is none
 */
gboolean
imp_cli_register_check (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  gint64 n_rows = 0;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_check_sync (gate, &n_rows, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_boolean (cli, "sound", TRUE);
  imp_cli_add_int (cli, "rows", n_rows);
  json_builder_end_object (cli->out);
  imp_cli_line (cli,
                "Every page of the register and the ledger's %" G_GINT64_FORMAT " rows are sound.",
                n_rows);
  return TRUE;
}

/**
 * imp_cli_register_change_passphrase:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Locks the register with another passphrase.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_change_passphrase (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *current_file = NULL;
  g_autofree char *new_file = NULL;
  const GOptionEntry entries[] = {
    { "current-file", 0, 0, G_OPTION_ARG_FILENAME, &current_file, "A file with the one of now",
      "FILE" },
    { "new-file", 0, 0, G_OPTION_ARG_FILENAME, &new_file, "A file with the new one", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) current = NULL;
  g_autoptr (ImpSecond) fresh = NULL;
  gboolean by_passphrase = FALSE;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  by_passphrase =
      imp_gate_probe_register (imp_cli_register_path (cli)) == IMP_GATE_REGISTER_BY_PASSPHRASE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  if (by_passphrase || current_file != NULL)
    {
      current = imp_cli_read_pin (cli, "", "Passphrase of now: ", current_file, error);
      if (current == NULL)
        return FALSE;
    }
  fresh = imp_cli_read_pin (cli, "", "New passphrase: ", new_file, error);
  if (fresh == NULL
      || !imp_gate_change_passphrase_sync (gate,
                                           current != NULL ? imp_second_get_pin (current) : NULL,
                                           imp_second_get_pin (fresh), error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_boolean (cli, "changed", TRUE);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "The new passphrase opens the register from now on. Backups made before open "
                     "with what opened them then.");
  return TRUE;
}

/**
 * imp_cli_register_recovery_key:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Draws a recovery key and prints it, this once.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_recovery_key (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  char *text = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  text = gate != NULL ? imp_gate_make_recovery_key_sync (gate, error) : NULL;
  if (text == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "recovery_key", text);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s", text);
  imp_cli_line (cli, "Print it and lock it away: it opens the register, is not shown again, and "
                     "one made before no longer does.");
  imp_gate_free_recovery_key (text);
  return TRUE;
}

/**
 * imp_cli_register_clock:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says whether the computer's clock is behind what the register knows of.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_clock (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;
  g_autofree char *text = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_check_clock_sync (gate, &now, &newest, error)
      || !imp_gate_check_leap_sync (gate, &since, &until, error))
    return FALSE;
  text = newest != NULL  ? imp_gate_describe_clock (now, newest)
         : since != NULL ? imp_gate_describe_leap (since, until)
                         : g_strdup ("The clock is not behind what the register knows of.");
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "now", now);
  imp_cli_add_string (cli, "newest", newest);
  imp_cli_add_boolean (cli, "behind", newest != NULL);
  json_builder_set_member_name (cli->out, "leap");
  if (since != NULL)
    {
      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "from", since);
      imp_cli_add_string (cli, "to", until);
      json_builder_end_object (cli->out);
    }
  else
    json_builder_add_null_value (cli->out);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s", text);
  return TRUE;
}

/**
 * imp_cli_register_accept_clock:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Takes the computer's clock for right although the register was once written to at a later moment.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_accept_clock (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *pin_file = NULL;
  const GOptionEntry entries[] = {
    { "second", 0, 0, G_OPTION_ARG_STRING, &name, "The second person, where there are users",
      "NAME" },
    { "second-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &pin_file, "A file with their PIN", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) second = NULL;
  guint n_ended = 0;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  if (name != NULL)
    {
      second = imp_cli_read_pin (cli, name, "PIN of the second person: ", pin_file, error);
      if (second == NULL)
        return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_accept_clock_sync (gate, second, &n_ended, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_boolean (cli, "accepted", TRUE);
  imp_cli_add_int (cli, "ended", n_ended);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "The clock is accepted, and the ledger says so.");
  if (n_ended > 0)
    imp_cli_line (cli,
                  "Permissions that had ended by the time that was given up, and stay ended: %u.",
                  n_ended);
  return TRUE;
}
