#include "cli.h"
#include "imp-error.h"
#include "imp-register-look-ups.h"
#include "imp-views.h"

static void
add_request (ImpCli *cli, const char *request)
{
  json_builder_set_member_name (cli->out, "request");
  if (request != NULL && cli->reveal)
    json_builder_add_value (cli->out, json_from_string (request, NULL));
  else
    json_builder_add_null_value (cli->out);
}

/**
 * imp_cli_add_case:
 * @cli: the call
 * @parked: a case
 * @users: (nullable) (element-type ImpUser): everybody
 *
 * Adds a case to the answer. Its free texts, and the request with the answers in it, may identify
 * somebody.
 */
void
imp_cli_add_case (ImpCli *cli, const ImpParkedCase *parked, GPtrArray *users)
{
  g_autofree char *parked_by = imp_cli_name_user (users, parked->parked_by);
  g_autofree char *decided_by = imp_cli_name_user (users, parked->decided_by);

  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", parked->id);
  imp_cli_add_string (cli, "state", parked->state);
  imp_cli_add_string (cli, "digest", parked->digest);
  imp_cli_add_string (cli, "source_sha256", parked->source_sha256);
  imp_cli_add_string (cli, "refused_by", parked->rules);
  imp_cli_add_string (cli, "authority", parked->authority);
  imp_cli_add_secret (cli, "reason", parked->reason);
  imp_cli_add_string (cli, "parked_by", parked_by != NULL ? parked_by : parked->parked_by);
  imp_cli_add_string (cli, "parked", parked->parked);
  imp_cli_add_string (cli, "decided_by", decided_by != NULL ? decided_by : parked->decided_by);
  imp_cli_add_string (cli, "decided", parked->decided);
  imp_cli_add_secret (cli, "words", parked->words);
  add_request (cli, parked->request);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s  %-10s  %s  %s  %s", parked->id, parked->state, parked->parked,
                parked->rules, imp_cli_shown (cli, parked->reason));
}

/**
 * imp_cli_case_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the cases that who is signed in may see.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_case_list (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *state = NULL;
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &state, "Only those", "STATE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GPtrArray) users = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  cases = gate != NULL ? imp_gate_list_cases_sync (gate, state, error) : NULL;
  users = cases != NULL ? imp_gate_list_users (gate, error) : NULL;
  if (users == NULL
      || !imp_register_note_view (imp_gate_get_register (gate),
                                  imp_saved_view_to_text (IMP_VIEW_WAITING), cases->len, error))
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < cases->len; i++)
    imp_cli_add_case (cli, g_ptr_array_index (cases, i), users);
  json_builder_end_array (cli->out);
  if (cases->len == 0)
    imp_cli_line (cli, "No case.");
  return TRUE;
}

static gboolean
show (ImpCli *cli, ImpGate *gate, const char *id, GError **error)
{
  g_autoptr (ImpParkedCase) parked = imp_gate_get_case_sync (gate, id, error);
  g_autoptr (GPtrArray) users = parked != NULL ? imp_gate_list_users (gate, error) : NULL;

  if (users == NULL
      || (parked->person_id != NULL
          && !imp_register_note_opened (imp_gate_get_register (gate), parked->person_id, 0, error)))
    return FALSE;
  imp_cli_add_case (cli, parked, users);
  return TRUE;
}

/**
 * imp_cli_case_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Shows one case.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_case_show (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && show (cli, gate, left[1], error);
}

/**
 * imp_cli_case_decide:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Decides a case, signed by the approver whose PIN was given.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_case_decide (ImpCli *cli, char **arguments, GError **error)
{
  gboolean approve = FALSE;
  gboolean decline = FALSE;
  gboolean lift = FALSE;
  g_autofree char *words = NULL;
  const GOptionEntry entries[] = {
    { "approve", 0, 0, G_OPTION_ARG_NONE, &approve, "Yes", NULL },
    { "decline", 0, 0, G_OPTION_ARG_NONE, &decline, "No", NULL },
    { "lift-file-refusal", 0, 0, G_OPTION_ARG_NONE, &lift, "Although the file says no", NULL },
    { "words", 0, 0, G_OPTION_ARG_STRING, &words, "In which words", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autofree char *said = NULL;
  g_autoptr (ImpGate) gate = NULL;
  ImpDecision decision = { FALSE, FALSE, NULL };

  if (!imp_cli_parse (cli, entries, "ID", &left, 1, error))
    return FALSE;
  if (approve == decline || (lift && decline))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "A decision is --approve (with --lift-file-refusal, where the file says "
                           "no) or --decline");
      return FALSE;
    }
  if (words != NULL)
    {
      said = imp_cli_read_value (cli, words, error);
      if (said == NULL)
        return FALSE;
    }
  decision = (ImpDecision){ approve, lift, said };
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && imp_gate_decide_case_sync (gate, left[1], &decision, error)
         && show (cli, gate, left[1], error);
}

/**
 * imp_cli_case_take_back:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Takes back a case that one has parked.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_case_take_back (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && imp_gate_take_back_case_sync (gate, left[1], error)
         && show (cli, gate, left[1], error);
}
