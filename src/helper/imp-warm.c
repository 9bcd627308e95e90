#include "imp-warm.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-config.h"
#include "imp-error.h"
#include "imp-channel.h"

#define CONTROL 3

#ifdef __SANITIZE_ADDRESS__
#define SILENCED G_SUBPROCESS_FLAGS_STDOUT_SILENCE /* what a sanitizer reports must be seen */
#else
#define SILENCED (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE)
#endif

/* What the helper may know of this program's surroundings. */
static const char *const passed_on[] = {
  "PATH", "LD_LIBRARY_PATH", "GCONV_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
};

static gboolean
is_program (const char *path)
{
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE)
         && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* An environment variable for uninstalled runs, then the build tree that this program lies in, then
 * where it is installed. */
static char *
find_program (const ImpWarm *warm)
{
  static const char *const near[] = { "..", "../../src", "../../../src" };
  const char *told = g_getenv (warm->variable);
  g_autofree char *name = g_strconcat (warm->program, warm->suffix, NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  if (told != NULL && *told != '\0')
    return g_strconcat (told, warm->suffix, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (near) && folder != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, near[i], warm->folder, name, NULL);

      if (is_program (path))
        return g_steal_pointer (&path);
    }
  return g_build_filename (IMP_LIBEXECDIR, name, NULL);
}

static char **
make_environment (const ImpWarm *warm)
{
  char **environment = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (passed_on); i++)
    {
      const char *value = g_getenv (passed_on[i]);

      if (value != NULL)
        environment = g_environ_setenv (environment, passed_on[i], value, TRUE);
    }
  if (warm->setting != NULL)
    environment = g_environ_setenv (environment, warm->setting, warm->value, TRUE);
  return g_environ_setenv (environment, "LC_ALL", "C", TRUE);
}

static gboolean
start_locked (ImpWarm *warm, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (SILENCED);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *program = find_program (warm);
  g_auto (GStrv) environment = make_environment (warm);
  int pair[2] = { -1, -1 };

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("Cannot talk to a helper program"));
      return FALSE;
    }
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_take_fd (launcher, pair[1], CONTROL);
  process = g_subprocess_launcher_spawn (launcher, &local, program, NULL);
  g_subprocess_launcher_close (launcher);
  if (process == NULL)
    {
      close (pair[0]);
      g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                   _ ("The helper program %s cannot be started (%s): install Imprimatur again"),
                   warm->program, local->message);
      return FALSE;
    }
  warm->control = pair[0];
  return TRUE;
}

/**
 * imp_warm_start:
 * @warm: a helper
 *
 * Starts @warm if it does not run, without waiting until it is warm. A failure shows when a child
 * is asked for.
 */
void
imp_warm_start (ImpWarm *warm)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&warm->lock);

  if (warm->control < 0)
    start_locked (warm, NULL);
}

static int
fork_locked (ImpWarm *warm, int input, guint64 size, int session)
{
  const ImpForkRequest request = { .magic = IMP_CHANNEL_MAGIC, .size = size };
  const int fds[2] = { input, session };
  ImpForkReply reply = { 0 };
  int pidfd = -1;

  if (warm->control >= 0 && imp_channel_send (warm->control, &request, sizeof request, fds, 2)
      && imp_channel_receive (warm->control, &reply, sizeof reply, &pidfd, 1) == sizeof reply
      && reply.magic == IMP_CHANNEL_MAGIC && reply.status == 0)
    return pidfd;
  if (pidfd >= 0)
    close (pidfd);
  if (warm->control >= 0)
    close (warm->control);
  warm->control = -1;
  return -1;
}

/**
 * imp_warm_fork:
 * @warm: a helper
 * @input: a memfd, which may still be growing to @size; it stays the caller's
 * @size: bytes of the whole input
 * @session: the child's end of a session; it stays the caller's
 * @error: where to put the error
 *
 * Has the warm process make a locked-down child; starts it first where it is not running, or again
 * where it has died.
 *
 * Returns: a pidfd of the child, or -1 with %IMP_ERROR_IO
 */
int
imp_warm_fork (ImpWarm *warm, int input, guint64 size, int session, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&warm->lock);
  int pidfd = fork_locked (warm, input, size, session);

  if (pidfd >= 0)
    return pidfd;
  if (!start_locked (warm, error))
    return -1;
  pidfd = fork_locked (warm, input, size, session);
  if (pidfd < 0)
    g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                 _ ("The helper program %s does not answer: install Imprimatur again"),
                 warm->program);
  return pidfd;
}
