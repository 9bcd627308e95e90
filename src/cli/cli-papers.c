#include "cli.h"
#include "imp-error.h"
#include "imp-paper.h"

/* Makes the paper that a verb is about, and says where it is. */
static gboolean
make_paper (ImpCli *cli, ImpGate *gate, const ImpPaper *paper, const char *output, GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (output);

  if (!imp_gate_make_paper_sync (gate, paper, target, cli->cancellable, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "output", output);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Written. The file can be read by you alone; keep it so.");
  return TRUE;
}

static gboolean
check_output (const char *output, GError **error)
{
  if (output == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "Where to? Give --output");
  return output != NULL;
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
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file to make", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (ImpPaper) paper = imp_paper_new ("csv");
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error) || !check_output (output, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && make_paper (cli, gate, paper, output, error);
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
  g_autofree char *output = NULL;
  g_autofree char *person = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file to make", "FILE" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, "All of a person's", "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (ImpPaper) paper = imp_paper_new ("fhir");
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  gboolean has_id = !says (arguments, "--person");

  if (!imp_cli_parse (cli, entries, "ID", &left, has_id ? 1 : 0, error)
      || !check_output (output, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  paper->permission_id = has_id ? g_strdup (left[1]) : NULL;
  if (person != NULL)
    paper->person_id = imp_cli_resolve_person (cli, gate, person, error);
  return (has_id || paper->person_id != NULL) && make_paper (cli, gate, paper, output, error);
}

/* A form for somebody, or an empty one. */
static gboolean
make_form (ImpCli *cli, char **arguments, const char *kind, GError **error)
{
  g_autofree char *output = NULL;
  g_autofree char *person = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file to make", "FILE" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, "Filled in for", "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (ImpPaper) paper = imp_paper_new (kind);
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error) || !check_output (output, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  if (person != NULL)
    paper->person_id = imp_cli_resolve_person (cli, gate, person, error);
  return (person == NULL || paper->person_id != NULL)
         && make_paper (cli, gate, paper, output, error);
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
  return make_form (cli, arguments, "consent-form", error);
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
  return make_form (cli, arguments, "withdrawal-slip", error);
}

/* A paper about one person. */
static gboolean
make_of_person (ImpCli *cli, char **arguments, const char *kind, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file to make", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (ImpPaper) paper = imp_paper_new (kind);
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "PERSON", &left, 1, error) || !check_output (output, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate != NULL)
    paper->person_id = imp_cli_resolve_person (cli, gate, left[1], error);
  return paper->person_id != NULL && make_paper (cli, gate, paper, output, error);
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
  return make_of_person (cli, arguments, "patient-copy", error);
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
  return make_of_person (cli, arguments, "subject-access", error);
}

/* A paper about one export. */
static gboolean
make_of_export (ImpCli *cli, char **arguments, const char *kind, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file to make", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (ImpPaper) paper = imp_paper_new (kind);
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "EXPORT", &left, 1, error) || !check_output (output, error))
    return FALSE;
  paper->export_id = g_strdup (left[1]);
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && make_paper (cli, gate, paper, output, error);
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
  return make_of_export (cli, arguments, "receipt-page", error);
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
  return make_of_export (cli, arguments, "case-file", error);
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
  return make_of_export (cli, arguments, "takedown-letter", error);
}
