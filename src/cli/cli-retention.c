#include "cli.h"
#include "imp-error.h"
#include "imp-keeping.h"

/**
 * imp_cli_person_erase:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Erases a person who asked for it, or records why the record is kept.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_erase (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *exemption = NULL;
  g_autofree char *name = NULL;
  g_autofree char *pin_file = NULL;
  const GOptionEntry entries[] = {
    { "exempt", 0, 0, G_OPTION_ARG_STRING, &exemption, "Keep the record, for this reason",
      "REASON" },
    { "second", 0, 0, G_OPTION_ARG_STRING, &name,
      "The second person, where the record is kept for a reason of the law", "NAME" },
    { "second-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &pin_file, "A file with their PIN", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) second = NULL;
  g_autofree char *id = NULL;
  guint n_copies = 0;
  gboolean done = FALSE;

  if (!imp_cli_parse (cli, entries, "PERSON", &left, 1, error))
    return FALSE;
  if (exemption != NULL && name != NULL)
    {
      g_set_error_literal (
          error, IMP_ERROR, IMP_ERROR_USAGE,
          "To keep a record takes no second person: leave --second or --exempt out");
      return FALSE;
    }
  if (name != NULL)
    {
      second = imp_cli_read_pin (cli, name, "PIN of the second person: ", pin_file, error);
      if (second == NULL)
        return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  if (id == NULL)
    return FALSE;
  done = exemption != NULL ? imp_gate_keep_person_sync (gate, id, exemption, error)
                           : imp_gate_erase_person_sync (gate, id, second, &n_copies, error);
  if (!done)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", id);
  imp_cli_add_boolean (cli, "erased", exemption == NULL);
  imp_cli_add_string (cli, "exempt", exemption);
  imp_cli_add_int (cli, "copies", n_copies);
  json_builder_end_object (cli->out);
  if (exemption != NULL)
    imp_cli_line (cli, "The record is kept: %s.", exemption);
  else
    imp_cli_line (cli,
                  "Erased. Nothing of this person's numbers leaves from now on. Pictures that can "
                  "still be seen, and are being asked back: %u. Backups made before still hold "
                  "the record: when one is restored, it is erased again.",
                  n_copies);
  return TRUE;
}

/* What takes two people: what it is done to, and who else agrees. */
static ImpSecond *
parse_second (ImpCli *cli, const char *takes, char ***left, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *pin_file = NULL;
  const GOptionEntry entries[] = {
    { "second", 0, 0, G_OPTION_ARG_STRING, &name, "The second person", "NAME" },
    { "second-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &pin_file, "A file with their PIN", "FILE" },
    G_OPTION_ENTRY_NULL,
  };

  if (!imp_cli_parse (cli, entries, takes, left, 1, error))
    return NULL;
  if (name != NULL)
    return imp_cli_read_pin (cli, name, "PIN of the second person: ", pin_file, error);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               "This takes two people: name the second one with --second");
  return NULL;
}

/**
 * imp_cli_person_end_exemption:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Ends the reason for which a record is kept although its person asked for erasure.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_end_exemption (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) second = NULL;
  g_autofree char *id = NULL;

  second = parse_second (cli, "PERSON", &left, error);
  gate = second != NULL ? imp_cli_open_gate (cli, error) : NULL;
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  if (id == NULL || !imp_gate_end_exemption_sync (gate, id, second, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", id);
  imp_cli_add_boolean (cli, "ended", TRUE);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "The record is no longer kept for a reason of the law.");
  return TRUE;
}

/**
 * imp_cli_person_unblock:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Takes the block off a number whose person has agreed again.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_unblock (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) second = NULL;
  g_autofree char *number = NULL;

  second = parse_second (cli, "NUMBER", &left, error);
  number = second != NULL ? imp_cli_read_value (cli, left[1], error) : NULL;
  gate = number != NULL ? imp_cli_open_gate (cli, error) : NULL;
  if (gate == NULL || !imp_gate_lift_tombstone_sync (gate, number, second, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_boolean (cli, "unblocked", TRUE);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Exports of this number are judged by the rules again.");
  return TRUE;
}

/**
 * imp_cli_permission_unconfirmed:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the permissions that are suspended as the journal of withdrawals was lost.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_unconfirmed (ImpCli *cli, char **arguments, GError **error)
{
  guint limit = 0;
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) permissions = NULL;

  if (!imp_cli_parse_limit (cli, &left, &limit, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate != NULL)
    permissions = imp_register_list_unconfirmed (imp_gate_get_register (gate), limit, error);
  if (permissions == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (permissions, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "id", permission->id);
      imp_cli_add_string (cli, "person", permission->person_id);
      imp_cli_add_string (cli, "level", permission->level);
      imp_cli_add_string (cli, "given", permission->given);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s  %s  %s", permission->id, permission->person_id, permission->level);
    }
  json_builder_end_array (cli->out);
  if (permissions->len == 0)
    imp_cli_line (cli, "No permission waits to be confirmed.");
  return TRUE;
}

/**
 * imp_cli_permission_confirm:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Puts one of them in force again.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_confirm (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_confirm_permission_sync (gate, left[1], error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", left[1]);
  imp_cli_add_string (cli, "state", "active");
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s is in force again.", left[1]);
  return TRUE;
}

/**
 * imp_cli_retention_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists whose record has been kept long enough.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_retention_list (ImpCli *cli, char **arguments, GError **error)
{
  guint limit = 0;
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) due = NULL;

  if (!imp_cli_parse_limit (cli, &left, &limit, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate != NULL)
    due = imp_gate_list_due_sync (gate, limit, error);
  if (due == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < due->len; i++)
    {
      const ImpRetention *retention = g_ptr_array_index (due, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "person", retention->person_id);
      imp_cli_add_string (cli, "last", retention->last);
      imp_cli_add_string (cli, "due", retention->due);
      imp_cli_add_int (cli, "copies", retention->n_copies);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s  due %s%s", retention->person_id, retention->due,
                    retention->n_copies > 0 ? "  KEPT: pictures can still be seen" : "");
    }
  json_builder_end_array (cli->out);
  if (due->len == 0)
    imp_cli_line (cli, "Nobody's record is due.");
  return TRUE;
}

/**
 * imp_cli_retention_purge:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Purges one record that is due, with a second person.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_retention_purge (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) second = NULL;
  g_autofree char *id = NULL;
  const char *ids[2] = { NULL, NULL };

  second = parse_second (cli, "PERSON", &left, error);
  gate = second != NULL ? imp_cli_open_gate (cli, error) : NULL;
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  if (id == NULL)
    return FALSE;
  ids[0] = id;
  if (!imp_gate_purge_sync (gate, ids, second, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", id);
  imp_cli_add_boolean (cli, "purged", TRUE);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Purged.");
  return TRUE;
}
