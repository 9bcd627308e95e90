#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli.h"
#include "imp-error.h"
#include "imp-id.h"

static void
add_view (GOptionContext *context, ImpCliView *view)
{
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_INT, &view->page, "Which page, from 1", "N" },
    { "frame", 0, 0, G_OPTION_ARG_STRING, &view->said_frame, "Which frame, from 1", "N" },
    { "overlays", 0, 0, G_OPTION_ARG_STRING, &view->overlays, "Drawn", "all|none|6000,6002" },
    { "window", 0, 0, G_OPTION_ARG_STRING, &view->window, "VOI window", "CENTRE,WIDTH" },
    { "voi-lut", 0, 0, G_OPTION_ARG_INT, &view->voi_lut, "Which VOI LUT, from 1", "N" },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static gboolean
read_frame (ImpCliView *view, GError **error)
{
  gint64 number = 0;

  if (view->said_frame == NULL)
    return TRUE;
  if (view->films && g_str_equal (view->said_frame, "all"))
    {
      view->frame = IMP_CLI_ALL_FRAMES;
      return TRUE;
    }
  if (!g_ascii_string_to_signed (view->said_frame, 10, -G_MAXINT, G_MAXINT, &number, NULL))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "--frame is a number%s",
                   view->films ? ", or all" : "");
      return FALSE;
    }
  view->frame = (int)number;
  return TRUE;
}

/**
 * imp_cli_parse:
 * @cli: the call; where it has a view, the options of one are taken too
 * @entries: (nullable): the verb's own options
 * @usage: what follows the verb
 * @arguments: (inout): the verb and what followed it; afterwards its positional arguments
 * @n_positional: how many there must be, or %IMP_CLI_SOME
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
    { "user", 0, 0, G_OPTION_ARG_STRING, &cli->user, "Who you are", "NAME" },
    { "pin-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->pin_file, "Your PIN", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) local_error = NULL;

  g_option_context_add_main_entries (context, common, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (cli->view != NULL)
    add_view (context, cli->view);
  if (!g_option_context_parse_strv (context, arguments, &local_error))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, local_error->message);
      return FALSE;
    }
  if (cli->view != NULL && !read_frame (cli->view, error))
    return FALSE;
  /* The first one left is the program's name. */
  if (n_positional == IMP_CLI_SOME ? g_strv_length (*arguments) < 2
                                   : g_strv_length (*arguments) != n_positional + 1)
    {
      if (n_positional == IMP_CLI_SOME)
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "At least one argument is expected");
      else
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                     n_positional == 0 ? "Too many arguments"
                                       : "Wrong number of arguments: %u expected",
                     n_positional);
      return FALSE;
    }
  return TRUE;
}

/**
 * imp_cli_parse_limit:
 * @cli: the call
 * @arguments: (inout): the verb and what followed it
 * @limit: (out): how many rows are listed at most: 100 unless said
 * @error: where to put the error
 *
 * As imp_cli_parse(), for a verb that only lists.
 *
 * Returns: whether the command line is right, else %IMP_ERROR_USAGE
 */
gboolean
imp_cli_parse_limit (ImpCli *cli, char ***arguments, guint *limit, GError **error)
{
  int given = 100;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &given, "At most so many", "N" },
    G_OPTION_ENTRY_NULL,
  };

  if (!imp_cli_parse (cli, entries, "", arguments, 0, error))
    return FALSE;
  *limit = (guint)MAX (given, 1);
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

/**
 * imp_cli_ask_passphrase:
 * @cli: the call
 * @prompt: what is asked for
 * @error: where to put the error
 *
 * Asks at the terminal, without echo; a script has none and gives a key file.
 *
 * Returns: (transfer full) (nullable): what was typed, which the caller wipes, or %NULL with
 *   %IMP_ERROR_LOCKED or %IMP_ERROR_CANCELLED
 */
char *
imp_cli_ask_passphrase (ImpCli *cli, const char *prompt, GError **error)
{
  struct termios quiet;
  struct termios before;
  char line[1024] = "";
  char *answer = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  gssize got = 0;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "The register is locked by a passphrase: run this in a terminal, or give "
                   "--key-file with a file that holds it");
      return NULL;
    }
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t)ECHO;
  fputs (prompt, stderr);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  got = g_input_stream_read (input, line, sizeof line - 1, cli->cancellable, NULL);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputs ("\n", stderr);
  if (got > 0)
    answer = g_strdup (g_strchomp (line));
  else if (imp_cli_check_stopped (cli, error))
    g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED, "No passphrase was given");
  explicit_bzero (line, sizeof line);
  return answer;
}

/**
 * imp_cli_open_gate:
 * @cli: the call
 * @error: where to put the error
 *
 * Opens the register that the call means, and signs in who calls. Sentences about exports that had
 * been cut short go to standard error.
 *
 * Returns: (transfer full) (nullable): the gate, or %NULL with an error of exit status 3 (name or
 *   PIN), 4 or 6, which a signal meanwhile is, too
 */
ImpGate *
imp_cli_open_gate (ImpCli *cli, GError **error)
{
  const char *path = imp_cli_register_path (cli);
  const char *key_file = imp_cli_key_file (cli);
  ImpGateRegisterState state = imp_gate_probe_register (path);
  ImpGateKey key = key_file != NULL ? IMP_GATE_KEY_FILE : IMP_GATE_KEY_KEYRING;
  g_autofree char *passphrase = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (state == IMP_GATE_REGISTER_ABSENT)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "There is no register yet: make one with \"imprimatur-cli register init\"");
      return NULL;
    }
  /* Each person's own keyring may have the key of a department's register, too. */
  if (key_file == NULL && state != IMP_GATE_REGISTER_BY_KEYRING && imp_gate_keyring_is_available ())
    gate = imp_gate_open_sync (path, IMP_GATE_KEY_KEYRING, NULL, FALSE, NULL);
  if (gate == NULL && key_file == NULL && state == IMP_GATE_REGISTER_BY_FILE)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   "The register is locked by a key file: give it with --key-file");
      return NULL;
    }
  if (gate == NULL && key_file == NULL && state == IMP_GATE_REGISTER_BY_PASSPHRASE)
    {
      key = IMP_GATE_KEY_PASSPHRASE;
      passphrase = imp_cli_ask_passphrase (cli, "Passphrase of the register: ", error);
      if (passphrase == NULL)
        return NULL;
    }
  if (gate == NULL)
    gate = imp_gate_open_sync (path, key, passphrase != NULL ? passphrase : key_file, FALSE, error);
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  for (guint i = 0; gate != NULL && imp_gate_get_recovered (gate)[i] != NULL; i++)
    fprintf (stderr, "imprimatur-cli: %s\n", imp_gate_get_recovered (gate)[i]);
  if (gate == NULL || !imp_cli_check_stopped (cli, error) || !imp_cli_sign_in (cli, gate, error))
    return NULL;
  return g_steal_pointer (&gate);
}

/**
 * imp_cli_find_person:
 * @gate: the gate
 * @text: a person's id, or a hospital or NHS number
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the person's id, or %NULL with %IMP_ERROR_NOT_FOUND
 */
char *
imp_cli_find_person (ImpGate *gate, const char *text, GError **error)
{
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) local_error = NULL;

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
 * imp_cli_resolve_person:
 * @cli: the call
 * @gate: the gate
 * @value: as imp_cli_find_person() takes it, or "-" or "@FILE" that give it
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the person's id, or %NULL with %IMP_ERROR_USAGE or
 *   %IMP_ERROR_NOT_FOUND
 */
char *
imp_cli_resolve_person (ImpCli *cli, ImpGate *gate, const char *value, GError **error)
{
  g_autofree char *text = imp_cli_read_value (cli, value, error);

  return text != NULL ? imp_cli_find_person (gate, text, error) : NULL;
}
