#include "cli.h"
#include "imp-error.h"

/* What the verbs about users have in common. */
typedef struct
{
  char *name;
  char *roles;
  char *authority;
  char *second;
  char *second_pin_file;
  char *new_pin_file;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->name);
  g_free (options->roles);
  g_free (options->authority);
  g_free (options->second);
  g_free (options->second_pin_file);
  g_free (options->new_pin_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_user (ImpCli *cli, const ImpUser *user)
{
  g_autofree char *roles = imp_user_roles_to_text (user->roles);

  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", user->id);
  imp_cli_add_string (cli, "name", user->name);
  imp_cli_add_string (cli, "roles", roles);
  imp_cli_add_string (cli, "authority", user->authority);
  imp_cli_add_boolean (cli, "active", user->active);
  imp_cli_add_string (cli, "signing_key", user->key);
  imp_cli_add_string (cli, "created", user->created);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s  %-24s %s%s%s%s", user->id, user->name, roles,
                user->authority != NULL ? ", " : "", user->authority != NULL ? user->authority : "",
                user->active ? "" : "  REMOVED");
}

static gboolean
parse (ImpCli *cli, Options *options, guint n_positional, char ***left, GError **error)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, "What is typed to sign in", "NAME" },
    { "roles", 0, 0, G_OPTION_ARG_STRING, &options->roles, "With commas in between", "ROLES" },
    { "authority", 0, 0, G_OPTION_ARG_STRING, &options->authority, "Of an approver", "A" },
    { "second", 0, 0, G_OPTION_ARG_STRING, &options->second, "The second person", "NAME" },
    { "second-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &options->second_pin_file, "Their PIN",
      "FILE" },
    { "new-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &options->new_pin_file, "The new PIN", "FILE" },
    G_OPTION_ENTRY_NULL,
  };

  return imp_cli_parse (cli, entries, n_positional == 1 ? "USER" : "", left, n_positional, error);
}

/* A new PIN is typed twice, as nobody sees it. */
static ImpSecond *
read_new_pin (ImpCli *cli, const Options *options, GError **error)
{
  g_autoptr (ImpSecond) first =
      imp_cli_read_pin (cli, NULL, "The new PIN: ", options->new_pin_file, error);
  g_autoptr (ImpSecond) again = NULL;

  if (first == NULL || options->new_pin_file != NULL)
    return g_steal_pointer (&first);
  again = imp_cli_read_pin (cli, NULL, "The new PIN once more: ", NULL, error);
  if (again == NULL)
    return NULL;
  if (g_str_equal (imp_second_get_pin (first), imp_second_get_pin (again)))
    return g_steal_pointer (&first);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "The two PINs are not the same");
  return NULL;
}

static gboolean
change (ImpCli *cli, const Options *options, const ImpUserChange *what, GError **error)
{
  gboolean needs_pin = what->act == IMP_USER_ADD || what->act == IMP_USER_RESET_PIN;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) second = NULL;
  g_autoptr (ImpSecond) fresh = NULL;
  g_autoptr (ImpUser) user = NULL;

  cli->by_nobody = TRUE; /* the gate knows when nobody needs to be */
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  if (options->second != NULL)
    {
      second = imp_cli_read_pin (cli, options->second,
                                 "PIN of the second person: ", options->second_pin_file, error);
      if (second == NULL)
        return FALSE;
    }
  if (needs_pin)
    {
      fresh = read_new_pin (cli, options, error);
      if (fresh == NULL)
        return FALSE;
    }
  user = imp_gate_change_user_sync (gate, what, second, fresh, error);
  if (user == NULL)
    return FALSE;
  add_user (cli, user);
  return TRUE;
}

/**
 * imp_cli_user_add:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Makes a user: the first alone, the second with the first, every other with two.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_user_add (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) left = g_strdupv (arguments);
  ImpUserChange what = { .act = IMP_USER_ADD };

  if (!parse (cli, &options, 0, &left, error)
      || !imp_user_roles_from_text (options.roles, &what.roles, error))
    return FALSE;
  what.name = options.name != NULL ? options.name : "";
  what.authority = options.authority;
  return change (cli, &options, &what, error);
}

/**
 * imp_cli_user_change:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Changes a user's name, roles or authority.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_user_change (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) left = g_strdupv (arguments);
  ImpUserChange what = { .act = IMP_USER_CHANGE };

  if (!parse (cli, &options, 1, &left, error)
      || (options.roles != NULL && !imp_user_roles_from_text (options.roles, &what.roles, error)))
    return FALSE;
  what.user = left[1];
  what.name = options.name;
  what.authority = g_strcmp0 (options.authority, "none") == 0 ? "" : options.authority;
  return change (cli, &options, &what, error);
}

static gboolean
change_one (ImpCli *cli, char **arguments, ImpUserAct act, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) left = g_strdupv (arguments);
  ImpUserChange what = { .act = act };

  if (!parse (cli, &options, 1, &left, error))
    return FALSE;
  if (options.name != NULL || options.roles != NULL || options.authority != NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "Name, roles and authority are given to \"user change\"");
      return FALSE;
    }
  what.user = left[1];
  return change (cli, &options, &what, error);
}

/**
 * imp_cli_user_remove:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Removes a user, who stays named in history.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_user_remove (ImpCli *cli, char **arguments, GError **error)
{
  return change_one (cli, arguments, IMP_USER_REMOVE, error);
}

/**
 * imp_cli_user_reset_pin:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Gives a user a new PIN and key, and ends a lock after too many wrong ones.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_user_reset_pin (ImpCli *cli, char **arguments, GError **error)
{
  return change_one (cli, arguments, IMP_USER_RESET_PIN, error);
}

/**
 * imp_cli_user_change_pin:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Changes one's own PIN.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_user_change_pin (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpSecond) me = NULL;
  g_autoptr (ImpSecond) fresh = NULL;
  g_autofree char *name = NULL;

  if (!parse (cli, &options, 0, &left, error))
    return FALSE;
  if (cli->user == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "Say whose PIN it is with --user");
      return FALSE;
    }
  name = g_steal_pointer (&cli->user); /* changing it asks for the PIN anyway */
  cli->by_nobody = TRUE;
  gate = imp_cli_open_gate (cli, error);
  me = gate != NULL ? imp_cli_read_pin (cli, name, "Your PIN: ", cli->pin_file, error) : NULL;
  fresh = me != NULL ? read_new_pin (cli, &options, error) : NULL;
  if (fresh == NULL || !imp_gate_change_pin_sync (gate, me, fresh, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "name", name);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "The PIN is changed.");
  return TRUE;
}

/**
 * imp_cli_user_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists everybody, also who was removed.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_user_list (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) users = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  users = gate != NULL ? imp_gate_list_users (gate, error) : NULL;
  if (users == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < users->len; i++)
    add_user (cli, g_ptr_array_index (users, i));
  json_builder_end_array (cli->out);
  if (users->len == 0)
    imp_cli_line (cli, "There are no users.");
  return TRUE;
}

/**
 * imp_cli_register_enrol:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Puts the register's key into one's own keyring.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_register_enrol (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_enrol_sync (gate, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "register", imp_cli_register_path (cli));
  imp_cli_add_string (cli, "key", "keyring");
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Your keyring opens the register from now on.");
  return TRUE;
}
