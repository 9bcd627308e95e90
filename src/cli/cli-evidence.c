/* Evidence inside the register. */
#include "cli.h"
#include "imp-evidence.h"

static void
add_attachment (ImpCli *cli, const ImpAttachment *attachment)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", attachment->id);
  imp_cli_add_string (cli, "permission", attachment->permission_id);
  imp_cli_add_string (cli, "kind", attachment->kind);
  imp_cli_add_string (cli, "media_type", attachment->media_type);
  imp_cli_add_int (cli, "size", attachment->size);
  imp_cli_add_secret (cli, "sha256", attachment->sha256);
  imp_cli_add_secret (cli, "title", attachment->title);
  imp_cli_add_string (cli, "created", attachment->created);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s  %s  %s  %" G_GINT64_FORMAT " bytes", attachment->id, attachment->kind,
                attachment->media_type, attachment->size);
}

/**
 * imp_cli_evidence_add:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Copies a scan into the register.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_evidence_add (ImpCli *cli, char **arguments, GError **error)
{
  g_autoptr (ImpAttachment) attachment = imp_attachment_new ();
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &attachment->kind, "What it is", "KIND" },
    { "title", 0, 0, G_OPTION_ARG_STRING, &attachment->title, "What to call it", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "PERMISSION FILE", &left, 2, error))
    return FALSE;
  if (attachment->kind == NULL)
    attachment->kind = g_strdup ("signed-paper");
  attachment->permission_id = g_strdup (left[1]);
  file = g_file_new_for_commandline_arg (left[2]);
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_add_evidence_sync (gate, attachment, file, cli->cancellable, error))
    return FALSE;
  add_attachment (cli, attachment);
  return TRUE;
}

/**
 * imp_cli_evidence_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists what is kept with a permission.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_evidence_list (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpPermission) permission = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!imp_cli_parse (cli, NULL, "PERMISSION", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  permission = gate != NULL
                   ? imp_register_get_permission (imp_gate_get_register (gate), left[1], error)
                   : NULL;
  list = permission != NULL
             ? imp_register_list_evidence (imp_gate_get_register (gate), left[1], error)
             : NULL;
  if (list == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < list->len; i++)
    add_attachment (cli, g_ptr_array_index (list, i));
  json_builder_end_array (cli->out);
  if (list->len == 0)
    imp_cli_line (cli, "No evidence is kept here.");
  return TRUE;
}

/**
 * imp_cli_evidence_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says what one piece of evidence is, and that it is still what came.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_evidence_show (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpAttachment) attachment = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  attachment = gate != NULL
                   ? imp_register_get_evidence (imp_gate_get_register (gate), left[1], error)
                   : NULL;
  bytes = attachment != NULL
              ? imp_register_read_evidence (imp_gate_get_register (gate), left[1], error)
              : NULL;
  if (bytes == NULL)
    return FALSE;
  add_attachment (cli, attachment);
  return TRUE;
}

/**
 * imp_cli_evidence_export:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Writes evidence out as it came, by the records verb.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_evidence_export (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) target = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID FILE", &left, 2, error))
    return FALSE;
  target = g_file_new_for_commandline_arg (left[2]);
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL
      || !imp_gate_export_evidence_sync (gate, left[1], target, cli->cancellable, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "output", left[2]);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Written. The file can be read by you alone; keep it so.");
  return TRUE;
}
