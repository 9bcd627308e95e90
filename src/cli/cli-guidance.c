/* The site's own guidance. */
#include "cli.h"
#include "imp-error.h"
#include "imp-guidance.h"

/**
 * imp_cli_guidance_add:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Copies a PDF of the site's own into the register.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_guidance_add (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *title = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, "What it is called", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *id = NULL;

  if (!imp_cli_parse (cli, entries, "FILE", &left, 1, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (left[1]);
  gate = imp_cli_open_gate (cli, error);
  id =
      gate != NULL ? imp_gate_add_guidance_sync (gate, title, file, cli->cancellable, error) : NULL;
  if (id == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", id);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Kept: %s", id);
  return TRUE;
}

/**
 * imp_cli_guidance_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the site's own guidance.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_guidance_list (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GVariant) list = NULL;
  GVariantIter iter;
  const char *id = NULL;
  const char *title = NULL;
  const char *sha256 = NULL;
  const char *created = NULL;
  gint64 size = 0;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  list = gate != NULL ? imp_register_list_guidance (imp_gate_get_register (gate), error) : NULL;
  if (list == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s&sx&s)", &id, &title, &sha256, &size, &created))
    {
      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "id", id);
      imp_cli_add_string (cli, "title", title);
      imp_cli_add_string (cli, "sha256", sha256);
      imp_cli_add_int (cli, "size", size);
      imp_cli_add_string (cli, "created", created);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s  %s", id, title);
    }
  json_builder_end_array (cli->out);
  return TRUE;
}

/**
 * imp_cli_guidance_export:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Writes one out as it came, by the records verb.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_guidance_export (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) target = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID FILE", &left, 2, error))
    return FALSE;
  target = g_file_new_for_commandline_arg (left[2]);
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL
      || !imp_gate_export_guidance_sync (gate, left[1], target, cli->cancellable, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "output", left[2]);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Written.");
  return TRUE;
}

/**
 * imp_cli_guidance_remove:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Removes one that is out of date.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_guidance_remove (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_remove_guidance_sync (gate, left[1], error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", left[1]);
  imp_cli_add_boolean (cli, "removed", TRUE);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Removed.");
  return TRUE;
}
