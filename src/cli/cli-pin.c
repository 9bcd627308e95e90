/* Names and PINs: who calls, and who stands beside them. A PIN is never on the command line. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "imp-error.h"

#define LONGEST_PIN 1024 /* bytes */

/* Of a file that nobody else can read, less the line's end. */
static ImpSecond *
read_file (const char *name, const char *path, GError **error)
{
  struct stat status;
  char text[LONGEST_PIN + 1] = "";
  ImpSecond *second = NULL;
  gssize got = -1;
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    imp_error_set_errno (error, IMP_ERROR_LOCKED, fd < 0 ? errno : EINVAL,
                         "The file with the PIN cannot be read");
  else if ((status.st_mode & 077) != 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         "The file with the PIN can be read by others: make it yours alone with "
                         "\"chmod 600\" on it");
  else
    got = read (fd, text, LONGEST_PIN);
  if (got > 0)
    second = imp_second_new (name, g_strdelimit (g_strchomp (text), "\n", '\0'));
  else if (error != NULL && *error == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED, "There is no PIN in its file");
  explicit_bzero (text, sizeof text);
  if (fd >= 0)
    close (fd);
  return second;
}

/**
 * imp_cli_read_pin:
 * @cli: the call
 * @name: (nullable): whose PIN it is
 * @prompt: what the terminal is asked
 * @file: (nullable): a file with the PIN, instead of the terminal
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): name and PIN, or %NULL with %IMP_ERROR_LOCKED or
 *   %IMP_ERROR_CANCELLED
 */
ImpSecond *
imp_cli_read_pin (ImpCli *cli, const char *name, const char *prompt, const char *file,
                  GError **error)
{
  ImpSecond *second = NULL;
  char *typed = NULL;

  if (file != NULL)
    return read_file (name, file, error);
  if (!isatty (STDIN_FILENO))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                           "A PIN is needed: run this in a terminal, or give it in a file that "
                           "nobody else can read");
      return NULL;
    }
  typed = imp_cli_ask_passphrase (cli, prompt, error);
  if (typed == NULL)
    return NULL;
  second = imp_second_new (name, typed);
  explicit_bzero (typed, strlen (typed));
  g_free (typed);
  return second;
}

/**
 * imp_cli_sign_in:
 * @cli: the call
 * @gate: the gate
 * @error: where to put the error
 *
 * Signs in who --user names. A register with users does nothing for nobody.
 *
 * Returns: whether the verb may go on, else %IMP_ERROR_REFUSED or an error of the register
 */
gboolean
imp_cli_sign_in (ImpCli *cli, ImpGate *gate, GError **error)
{
  g_autoptr (ImpSecond) who = NULL;
  gboolean has_users = FALSE;

  if (cli->user != NULL)
    {
      who = imp_cli_read_pin (cli, cli->user, "Your PIN: ", cli->pin_file, error);
      return who != NULL && imp_gate_sign_in_sync (gate, who, error);
    }
  if (cli->by_nobody)
    return TRUE;
  if (!imp_gate_has_users (gate, &has_users, error))
    return FALSE;
  if (has_users)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         "This register has users: say who you are with --user");
  return !has_users;
}

/**
 * imp_cli_name_user:
 * @users: (nullable) (element-type ImpUser): everybody
 * @id: (nullable): a user's id
 *
 * Returns: (transfer full) (nullable): that user's name, or %NULL where it is not known
 */
char *
imp_cli_name_user (GPtrArray *users, const char *id)
{
  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);

      if (g_strcmp0 (user->id, id) == 0)
        return g_strdup (user->name);
    }
  return NULL;
}
