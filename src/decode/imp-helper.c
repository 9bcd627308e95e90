#include "imp-helper.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-config.h"
#include "imp-error.h"
#include "imp-wire.h"

#define PROGRAM "imprimatur-decoder"
#define CONTROL 3

#ifdef __SANITIZE_ADDRESS__
#define SILENCED G_SUBPROCESS_FLAGS_STDOUT_SILENCE /* what a sanitizer reports must be seen */
#else
#define SILENCED (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE)
#endif

static GMutex lock;
static int controls[2] = { -1, -1 }; /* guarded by lock: the sockets to the zygotes, the quick one's
                                      * first; -1 where none runs */

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

static const char *
get_name (gboolean full)
{
  return full ? PROGRAM "-full" : PROGRAM;
}

/* An environment variable for uninstalled runs, then the build tree that this program lies in, then
 * where it is installed. */
static char *
find_program (gboolean full)
{
  static const char *const near[] = { "../decoder", "../../src/decoder", "../../../src/decoder" };
  const char *told = g_getenv ("IMPRIMATUR_DECODER");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  if (told != NULL && *told != '\0')
    return g_strconcat (told, full ? "-full" : "", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (near) && folder != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, near[i], get_name (full), NULL);

      if (is_program (path))
        return g_steal_pointer (&path);
    }
  return g_build_filename (IMP_LIBEXECDIR, get_name (full), NULL);
}

static char **
make_environment (void)
{
  char **environment = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (passed_on); i++)
    {
      const char *value = g_getenv (passed_on[i]);

      if (value != NULL)
        environment = g_environ_setenv (environment, passed_on[i], value, TRUE);
    }
  return g_environ_setenv (environment, "LC_ALL", "C", TRUE);
}

static gboolean
start_locked (gboolean full, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (SILENCED);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *program = find_program (full);
  g_auto (GStrv) environment = make_environment ();
  int pair[2] = { -1, -1 };

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("Cannot talk to the decoder"));
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
                   _ ("The decoder program cannot be started (%s): install Imprimatur again"),
                   local->message);
      return FALSE;
    }
  controls[full] = pair[0];
  return TRUE;
}

/**
 * imp_helper_start:
 *
 * Starts the quick helper if it does not run, without waiting until it is warm. A failure shows
 * when a file is opened.
 */
void
imp_helper_start (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (controls[FALSE] < 0)
    start_locked (FALSE, NULL);
}

static int
fork_locked (gboolean full, int input, guint64 size, int session)
{
  const ImpWireRequest request = { IMP_WIRE_MAGIC, IMP_WIRE_FORK, (guint32)size,
                                   (guint32)(size >> 32) };
  const int fds[2] = { input, session };
  ImpWireReply reply = { 0 };
  int control = controls[full];
  int pidfd = -1;

  if (control >= 0 && imp_wire_send (control, &request, sizeof request, fds, 2)
      && imp_wire_receive (control, &reply, sizeof reply, &pidfd, 1) == sizeof reply
      && reply.magic == IMP_WIRE_MAGIC && reply.status == 0 && reply.kind == IMP_WIRE_FORKED)
    return pidfd;
  if (pidfd >= 0)
    close (pidfd);
  if (control >= 0)
    close (control);
  controls[full] = -1;
  return -1;
}

/**
 * imp_helper_fork:
 * @full: whether to ask the full helper, which has every decoder and takes longer to start
 * @input: a memfd with a file, which may still be growing to @size; it stays the caller's
 * @size: bytes of the whole file
 * @session: the child's end of a session; it stays the caller's
 * @error: where to put the error
 *
 * Has the warm process make a locked-down child; starts it first where it is not running, or again
 * where it has died.
 *
 * Returns: a pidfd of the child, or -1 with %IMP_ERROR_IO
 */
int
imp_helper_fork (gboolean full, int input, guint64 size, int session, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  int pidfd = fork_locked (full, input, size, session);

  if (pidfd >= 0)
    return pidfd;
  if (!start_locked (full, error))
    return -1;
  pidfd = fork_locked (full, input, size, session);
  if (pidfd < 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO,
                         _ ("The decoder program does not answer: install Imprimatur again"));
  return pidfd;
}
