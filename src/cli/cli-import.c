#include "cli.h"
#include "imp-error.h"
#include "imp-field-words.h"
#include "imp-import.h"

static void
add_problems (ImpCli *cli, const ImpImport *import)
{
  json_builder_set_member_name (cli->out, "problems");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < import->problems->len; i++)
    {
      const ImpProblem *problem = g_ptr_array_index (import->problems, i);
      g_autofree char *place = imp_field_words_place (problem->column);

      json_builder_begin_object (cli->out);
      imp_cli_add_int (cli, "row", (gint64)problem->row);
      imp_cli_add_string (cli, "column", problem->column);
      imp_cli_add_string (cli, "message", problem->message);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "Row %" G_GUINT64_FORMAT "%s%s: %s", problem->row,
                    *place != '\0' ? ", " : "", place, problem->message);
    }
  json_builder_end_array (cli->out);
}

static void
add_import (ImpCli *cli, const ImpImport *import)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_boolean (cli, "applied", import->applied);
  imp_cli_add_int (cli, "rows", import->n_rows);
  imp_cli_add_int (cli, "people", import->n_people);
  imp_cli_add_int (cli, "permissions", import->n_permissions);
  imp_cli_add_int (cli, "objections", import->n_objections);
  imp_cli_add_int (cli, "unchanged", import->n_unchanged);
  imp_cli_add_int (cli, "n_problems", (gint64)import->n_problems);
  add_problems (cli, import);
  json_builder_end_object (cli->out);
  imp_cli_line (cli,
                "%s: %" G_GINT64_FORMAT " rows, %" G_GINT64_FORMAT " new people, %" G_GINT64_FORMAT
                " new permissions, %" G_GINT64_FORMAT " objections, %" G_GINT64_FORMAT
                " already there.",
                import->applied ? "Taken in" : "Nothing was changed", import->n_rows,
                import->n_people, import->n_permissions, import->n_objections, import->n_unchanged);
}

/**
 * imp_cli_import:
 * @cli: the call
 * @arguments: what followed the verb
 * @format: of the file
 * @error: where to put the error
 *
 * Takes a file in, or with --dry-run says what would come of it.
 *
 * Returns: whether it did; %IMP_ERROR_DAMAGED where the file has problems, which are answered
 */
gboolean
imp_cli_import (ImpCli *cli, char **arguments, const char *format, GError **error)
{
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Only say what would come of it", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpImport) import = NULL;

  if (!imp_cli_parse (cli, entries, "FILE", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  file = g_file_new_for_commandline_arg (left[1]);
  import = imp_gate_import_sync (gate, format, file, dry_run, cli->cancellable, error);
  if (import == NULL)
    return FALSE;
  add_import (cli, import);
  if (import->n_problems == 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
               "The file has problems, so nothing of it was taken in: correct them and try again");
  return FALSE;
}

/**
 * imp_cli_fhir_import:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Takes in a FHIR Consent, or a Bundle of several.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_fhir_import (ImpCli *cli, char **arguments, GError **error)
{
  return imp_cli_import (cli, arguments, "fhir", error);
}

/**
 * imp_cli_register_import_csv:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Takes in a table of people and permissions.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_import_csv (ImpCli *cli, char **arguments, GError **error)
{
  return imp_cli_import (cli, arguments, "csv", error);
}
