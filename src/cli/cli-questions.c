#include "cli.h"
#include "imp-error.h"

static void
add_strv (ImpCli *cli, const char *name, char **values)
{
  json_builder_set_member_name (cli->out, name);
  if (values == NULL)
    {
      json_builder_add_null_value (cli->out);
      return;
    }
  json_builder_begin_array (cli->out);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (cli->out, values[i]);
  json_builder_end_array (cli->out);
}

static void
add_question (ImpCli *cli, const ImpQuestion *question)
{
  g_autofree char *allowed =
      question->allowed != NULL ? g_strjoinv (" | ", question->allowed) : NULL;

  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "key", question->key);
  imp_cli_add_string (cli, "text", question->text);
  add_strv (cli, "allowed", question->allowed);
  imp_cli_add_string (cli, "clears", question->clears);
  imp_cli_add_int (cli, "min_length", question->min_length);
  imp_cli_add_boolean (cli, "required", question->required);
  imp_cli_add_string (cli, "needed_when", question->needed_when);
  imp_cli_add_string (cli, "scope", question->scope);
  add_strv (cli, "rows", question->rows);
  json_builder_end_object (cli->out);

  if (allowed != NULL)
    imp_cli_line (cli, "%s\n    %s\n    [%s]", question->key, question->text, allowed);
  else
    imp_cli_line (cli, "%s\n    %s\n    text of %d characters or more", question->key,
                  question->text, question->min_length);
  if (!question->required && question->needed_when != NULL)
    imp_cli_line (cli, "    asked when: %s", question->needed_when);
}

/* The site's pack is asked where a register can be opened without a word from anybody. */
static ImpGate *
open_site (ImpCli *cli, GError **error)
{
  ImpGateRegisterState state = imp_gate_probe_register (imp_cli_register_path (cli));

  if (state == IMP_GATE_REGISTER_ABSENT
      || (imp_cli_key_file (cli) == NULL && state != IMP_GATE_REGISTER_BY_KEYRING))
    return NULL;
  cli->by_nobody = TRUE;
  return imp_cli_open_gate (cli, error);
}

/**
 * imp_cli_questions:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists what must be answered for a route and a destination: by the site's pack where the
 * register can be opened, else by the default one.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_questions (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *destination = NULL;
  g_autofree char *route = NULL;
  const GOptionEntry entries[] = {
    { "destination", 0, 0, G_OPTION_ARG_STRING, &destination, "Where it goes", "D" },
    { "route", 0, 0, G_OPTION_ARG_STRING, &route, "consent or anonymised", "R" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = open_site (cli, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  questions = imp_gate_questions (gate, route, destination, error);
  if (questions == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < questions->len; i++)
    add_question (cli, g_ptr_array_index (questions, i));
  json_builder_end_array (cli->out);
  return TRUE;
}
