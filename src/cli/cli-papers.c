#include "cli.h"
#include "imp-error.h"
#include "imp-paper.h"

static void
say_written (ImpCli *cli, const char *output)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "output", output);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Written. The file can be read by you alone; keep it so.");
}

/* Whom or what it is about: what stands where TAKES says, or who --person names. */
static gboolean
fill (ImpCli *cli, ImpGate *gate, ImpPaper *paper, const char *takes, char **left,
      const char *person, GError **error)
{
  const char *whose = g_str_equal (takes, "PERSON") ? left[1] : person;

  if (g_str_equal (takes, "EXPORT"))
    paper->export_id = g_strdup (left[1]);
  else if (g_str_equal (takes, "ID"))
    paper->permission_id = g_strdup (left[1]);
  if (whose != NULL)
    paper->person_id = imp_cli_resolve_person (cli, gate, whose, error);
  return whose == NULL || paper->person_id != NULL;
}

/* Makes a paper, and says where it is. TAKES: "PERSON", "EXPORT", "ID" or "". */
static gboolean
make_paper (ImpCli *cli, char **arguments, const char *kind, const char *takes,
            gboolean with_person, GError **error)
{
  g_autofree char *output = NULL;
  g_autofree char *person = NULL;
  GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file to make", "FILE" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, "Of this person, or filled in for", "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (ImpPaper) paper = imp_paper_new (kind);
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GFile) target = NULL;

  if (!with_person)
    entries[1] = entries[2];
  if (!imp_cli_parse (cli, entries, takes, &left, *takes != '\0' ? 1 : 0, error))
    return FALSE;
  if (output == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "Where to? Give --output");
      return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !fill (cli, gate, paper, takes, left, person, error))
    return FALSE;
  target = g_file_new_for_commandline_arg (output);
  if (!imp_gate_make_paper_sync (gate, paper, target, cli->cancellable, error))
    return FALSE;
  say_written (cli, output);
  return TRUE;
}

/**
 * imp_cli_register_export_csv:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Writes all people and permissions as a table.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_export_csv (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "csv", "", FALSE, error);
}

/**
 * imp_cli_register_csv_template:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Writes an empty table, with what belongs into each column.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_csv_template (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "csv-template", "", FALSE, error);
}

static gboolean
says (char **arguments, const char *option)
{
  g_autofree char *joined = g_strconcat (option, "=", NULL);

  for (guint i = 0; arguments[i] != NULL; i++)
    if (g_str_equal (arguments[i], option) || g_str_has_prefix (arguments[i], joined))
      return TRUE;
  return FALSE;
}

/**
 * imp_cli_permission_fhir:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Writes one permission as a FHIR Consent, or with --person all of a person's as a Bundle.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_fhir (ImpCli *cli, char **arguments, GError **error)
{
  gboolean of_person = says (arguments, "--person");

  return make_paper (cli, arguments, "fhir", of_person ? "" : "ID", of_person, error);
}

/**
 * imp_cli_form_consent:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes the consent form.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_form_consent (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "consent-form", "", TRUE, error);
}

/**
 * imp_cli_form_withdrawal:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes the withdrawal slip.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_form_withdrawal (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "withdrawal-slip", "", TRUE, error);
}

/**
 * imp_cli_person_copy:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes the patient's copy of what she decided.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_copy (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "patient-copy", "PERSON", FALSE, error);
}

/**
 * imp_cli_person_bundle:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes the answer to a request of access: all that is held about a person.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_bundle (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "subject-access", "PERSON", FALSE, error);
}

/**
 * imp_cli_receipt_pdf:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes the receipt of an export as a page.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_receipt_pdf (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "receipt-page", "EXPORT", FALSE, error);
}

/**
 * imp_cli_export_case_file:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes the case file of an export: what a complaint needs.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_export_case_file (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "case-file", "EXPORT", FALSE, error);
}

/**
 * imp_cli_export_takedown_letter:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes the letter that asks for a picture to be taken down.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_export_takedown_letter (ImpCli *cli, char **arguments, GError **error)
{
  return make_paper (cli, arguments, "takedown-letter", "EXPORT", FALSE, error);
}
