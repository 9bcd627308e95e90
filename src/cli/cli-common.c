#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli.h"
#include "imp-error.h"
#include "imp-id.h"

#define MASK "••••••"

/**
 * imp_cli_parse:
 * @cli: the call
 * @entries: the verb's own options
 * @usage: what follows the verb
 * @arguments: (inout): the verb and what followed it; afterwards its positional arguments
 * @n_positional: how many there must be
 * @error: where to put the error
 *
 * Returns: whether the command line is right, else %IMP_ERROR_USAGE
 */
gboolean
imp_cli_parse (ImpCli *cli, const GOptionEntry *entries, const char *usage, char ***arguments,
               guint n_positional, GError **error)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "Answer in JSON", NULL },
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &cli->reveal, "Show values that identify", NULL },
    { "register", 0, 0, G_OPTION_ARG_FILENAME, &cli->register_path, "The register", "FILE" },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->key_file, "Its key", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) local_error = NULL;

  g_option_context_add_main_entries (context, common, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, arguments, &local_error))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, local_error->message);
      return FALSE;
    }
  /* The first one left is the program's name. */
  if (g_strv_length (*arguments) != n_positional + 1)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   n_positional == 0 ? "Too many arguments"
                                     : "Wrong number of arguments: %u expected",
                   n_positional);
      return FALSE;
    }
  return TRUE;
}

/**
 * imp_cli_register_path:
 * @cli: the call
 *
 * Returns: (transfer none): the register that the call means: --register, else
 *   IMPRIMATUR_REGISTER, else the user's
 */
const char *
imp_cli_register_path (ImpCli *cli)
{
  if (cli->register_path == NULL && g_getenv ("IMPRIMATUR_REGISTER") != NULL)
    cli->register_path = g_strdup (g_getenv ("IMPRIMATUR_REGISTER"));
  if (cli->register_path == NULL)
    cli->register_path = imp_gate_default_register_path ();
  return cli->register_path;
}

/**
 * imp_cli_key_file:
 * @cli: the call
 *
 * Returns: (transfer none) (nullable): --key-file, else IMPRIMATUR_KEY_FILE
 */
const char *
imp_cli_key_file (ImpCli *cli)
{
  if (cli->key_file == NULL && g_getenv ("IMPRIMATUR_KEY_FILE") != NULL)
    cli->key_file = g_strdup (g_getenv ("IMPRIMATUR_KEY_FILE"));
  return cli->key_file;
}

/* Asks at the terminal, without echo; a script has none and gives a key file. */
static char *
ask_passphrase (GError **error)
{
  struct termios quiet;
  struct termios before;
  char line[1024] = "";
  char *answer = NULL;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "The register is locked by a passphrase: run this in a terminal, or give "
                   "--key-file with a file that holds it");
      return NULL;
    }
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t)ECHO;
  fputs ("Passphrase of the register: ", stderr);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  answer = fgets (line, sizeof line, stdin) != NULL ? g_strdup (g_strchomp (line)) : NULL;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputs ("\n", stderr);
  explicit_bzero (line, sizeof line);
  if (answer == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED, "No passphrase was given");
  return answer;
}

/**
 * imp_cli_open_gate:
 * @cli: the call
 * @error: where to put the error
 *
 * Opens the register that the call means. Sentences about exports that had been cut short go to
 * standard error.
 *
 * Returns: (transfer full) (nullable): the gate, or %NULL with an error of exit status 4 or 6
 */
ImpGate *
imp_cli_open_gate (ImpCli *cli, GError **error)
{
  const char *path = imp_cli_register_path (cli);
  const char *key_file = imp_cli_key_file (cli);
  ImpGateRegisterState state = imp_gate_probe_register (path);
  ImpGateKey key = key_file != NULL ? IMP_GATE_KEY_FILE : IMP_GATE_KEY_KEYRING;
  g_autofree char *passphrase = NULL;
  ImpGate *gate = NULL;

  if (state == IMP_GATE_REGISTER_ABSENT)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "There is no register yet: make one with \"imprimatur-cli register init\"");
      return NULL;
    }
  if (key_file == NULL && state == IMP_GATE_REGISTER_BY_FILE)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "The register is locked by a key file: give it with --key-file");
      return NULL;
    }
  if (key_file == NULL && state == IMP_GATE_REGISTER_BY_PASSPHRASE)
    {
      key = IMP_GATE_KEY_PASSPHRASE;
      passphrase = ask_passphrase (error);
      if (passphrase == NULL)
        return NULL;
    }
  gate = imp_gate_open_sync (path, key, passphrase != NULL ? passphrase : key_file, FALSE, error);
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  for (guint i = 0; gate != NULL && imp_gate_get_recovered (gate)[i] != NULL; i++)
    fprintf (stderr, "imprimatur-cli: %s\n", imp_gate_get_recovered (gate)[i]);
  return gate;
}

static char *
read_stream (FILE *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gsize got = 0;

  while ((got = fread (buffer, 1, sizeof buffer, stream)) > 0 && text->len < 1024 * 1024)
    g_string_append_len (text, buffer, (gssize)got);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * imp_cli_read_value:
 * @value: a value, "-" for standard input, "@FILE" for a file's content
 * @error: where to put the error
 *
 * Keeps identifiers off the command line, which other users of the machine can read.
 *
 * Returns: (transfer full) (nullable): the value without white space around it, or %NULL with
 *   %IMP_ERROR_USAGE
 */
char *
imp_cli_read_value (const char *value, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  if (g_str_equal (value, "-"))
    text = read_stream (stdin);
  else if (value[0] == '@')
    {
      if (!g_file_get_contents (value + 1, &text, NULL, &local_error))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The file with the value cannot be read");
          return NULL;
        }
    }
  else
    text = g_strdup (value);
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The value is not UTF-8 text");
      return NULL;
    }
  return g_strdup (g_strstrip (text));
}

/**
 * imp_cli_read_fields:
 * @from: "-" for standard input, else a file
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the JSON object there, or %NULL with %IMP_ERROR_USAGE
 */
JsonObject *
imp_cli_read_fields (const char *from, GError **error)
{
  g_autofree char *where =
      g_str_equal (from, "-") ? g_strdup (from) : g_strconcat ("@", from, NULL);
  g_autofree char *text = imp_cli_read_value (where, error);
  g_autoptr (JsonNode) root = NULL;

  if (text == NULL)
    return NULL;
  root = json_from_string (text, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The file is not one JSON object");
      return NULL;
    }
  return json_node_dup_object (root);
}

/**
 * imp_cli_resolve_person:
 * @gate: the gate
 * @value: a person's id, or a hospital or NHS number, or "-" or "@FILE" that give one
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the person's id, or %NULL with %IMP_ERROR_NOT_FOUND
 */
char *
imp_cli_resolve_person (ImpGate *gate, const char *value, GError **error)
{
  g_autofree char *text = imp_cli_read_value (value, error);
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) local_error = NULL;

  if (text == NULL)
    return NULL;
  if (imp_id_is_valid (text))
    person = imp_register_get_person (imp_gate_get_register (gate), text, &local_error);
  if (local_error != NULL && !g_error_matches (local_error, IMP_ERROR, IMP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (person == NULL)
    {
      g_clear_error (&local_error);
      person = imp_register_find_by_number (imp_gate_get_register (gate), text, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (person == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                   "The register has nobody of that id or number: add the person first, or say "
                   "unknown");
      return NULL;
    }
  return g_strdup (person->id);
}

/**
 * imp_cli_mask:
 * @cli: the call
 * @value: (nullable): a value that may identify
 *
 * Returns: (transfer none) (nullable): @value where --reveal was given, else dots; %NULL stays
 *   %NULL, which a line for people shows as a dash (imp_cli_shown())
 */
const char *
imp_cli_mask (ImpCli *cli, const char *value)
{
  return value == NULL || cli->reveal ? value : MASK;
}

/**
 * imp_cli_shown:
 * @cli: the call
 * @value: (nullable): a value that may identify
 *
 * Returns: (transfer none): imp_cli_mask() for a line that people read: a dash where there is none
 */
const char *
imp_cli_shown (ImpCli *cli, const char *value)
{
  return value != NULL ? imp_cli_mask (cli, value) : "–";
}

/**
 * imp_cli_add_string:
 * @cli: the call
 * @name: a member
 * @value: (nullable): its value
 */
void
imp_cli_add_string (ImpCli *cli, const char *name, const char *value)
{
  json_builder_set_member_name (cli->out, name);
  if (value != NULL)
    json_builder_add_string_value (cli->out, value);
  else
    json_builder_add_null_value (cli->out);
}

/**
 * imp_cli_add_secret:
 * @cli: the call
 * @name: a member
 * @value: (nullable): its value, masked unless --reveal
 */
void
imp_cli_add_secret (ImpCli *cli, const char *name, const char *value)
{
  imp_cli_add_string (cli, name, imp_cli_mask (cli, value));
}

/**
 * imp_cli_add_int:
 * @cli: the call
 * @name: a member
 * @value: its value
 */
void
imp_cli_add_int (ImpCli *cli, const char *name, gint64 value)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_add_int_value (cli->out, value);
}

/**
 * imp_cli_add_boolean:
 * @cli: the call
 * @name: a member
 * @value: its value
 */
void
imp_cli_add_boolean (ImpCli *cli, const char *name, gboolean value)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_add_boolean_value (cli->out, value);
}

/**
 * imp_cli_add_reasons:
 * @cli: the call
 * @reasons: (element-type ImpReason): what refused
 *
 * Writes the list that a refusal answers with.
 */
void
imp_cli_add_reasons (ImpCli *cli, GPtrArray *reasons)
{
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (reasons, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "rule", reason->rule);
      imp_cli_add_string (cli, "outcome", imp_outcome_to_text (reason->outcome));
      imp_cli_add_string (cli, "reason", reason->reason);
      imp_cli_add_string (cli, "source", reason->source);
      imp_cli_add_string (cli, "lift", reason->lift);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s: %s\n    Source: %s\n    To lift it: %s", reason->rule, reason->reason,
                    reason->source, reason->lift);
    }
  json_builder_end_array (cli->out);
}

/**
 * imp_cli_line:
 * @cli: the call
 * @format: a line for a person, without its end
 * @...: its values
 */
void
imp_cli_line (ImpCli *cli, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_string_append_vprintf (cli->text, format, values);
  va_end (values);
  g_string_append_c (cli->text, '\n');
}
