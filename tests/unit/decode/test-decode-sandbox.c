/* The lock of the helper's children, by the very code that they run: each forbidden thing, tried in
 * a locked child, ends it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "imp-sandbox.h"

typedef void (*Attempt) (void);

/* Runs @attempt in a locked child. Returns its wait status; exit status 0 means "it went on". */
static int
run_locked (Attempt attempt)
{
  int status = 0;
  pid_t pid = fork ();

  if (pid == 0)
    {
      if (!imp_sandbox_enter (1 << 20))
        _exit (99);
      attempt ();
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
try_nothing (void)
{
}

static void
try_open (void)
{
  open ("/etc/passwd", O_RDONLY);
}

static void
try_create (void)
{
  syscall (SYS_openat, AT_FDCWD, "imprimatur-sandbox-was-here", O_CREAT | O_WRONLY, 0600);
}

static void
try_socket (void)
{
  socket (AF_INET, SOCK_STREAM, 0);
}

static void
try_unix_socket (void)
{
  socket (AF_UNIX, SOCK_STREAM, 0);
}

static void
try_exec (void)
{
  char *const arguments[] = { (char *)"true", NULL };

  execv ("/bin/true", arguments);
}

static void
try_fork (void)
{
  fork ();
}

static void
try_executable_memory (void)
{
  mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
try_making_executable (void)
{
  mprotect (mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4096,
            PROT_READ | PROT_EXEC);
}

static void
try_ptrace (void)
{
  syscall (SYS_ptrace, 16, getppid (), 0, 0);
}

static void
try_kill (void)
{
  kill (getppid (), 0);
}

static void
try_unlink (void)
{
  unlink ("imprimatur-sandbox-was-here");
}

static void
test_stopped (gconstpointer data)
{
  int status = run_locked ((Attempt)data);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
}

static void
test_goes_on (void)
{
  int status = run_locked (try_nothing);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

#ifndef __SANITIZE_ADDRESS__
static void
try_much_memory (void)
{
  for (int i = 0; i < 64; i++)
    if (mmap (NULL, (gsize)128 << 20, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        == MAP_FAILED)
      _exit (errno == ENOMEM ? 7 : 8);
}

static void
test_memory (void)
{
  int status = run_locked (try_much_memory);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 7);
}
#endif

static void
try_much_output (void)
{
  int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && ftruncate (fd, (off_t)IMP_SANDBOX_OUTPUT + 1) == 0)
    _exit (0);
  _exit (7);
}

static void
test_output (void)
{
  int status = run_locked (try_much_output);

  /* By SIGXFSZ, or by an error where that is ignored. */
  if (WIFSIGNALED (status))
    g_assert_cmpint (WTERMSIG (status), ==, SIGXFSZ);
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 7);
}

static void
try_loosening (void)
{
  struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

  setrlimit (RLIMIT_CPU, &limit);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    Attempt attempt;
  } attempts[] = {
    { "open", try_open },
    { "create", try_create },
    { "unlink", try_unlink },
    { "socket", try_socket },
    { "unix-socket", try_unix_socket },
    { "exec", try_exec },
    { "fork", try_fork },
    { "executable-memory", try_executable_memory },
    { "making-executable", try_making_executable },
    { "ptrace", try_ptrace },
    { "kill", try_kill },
    { "loosening", try_loosening },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/sandbox/goes-on", test_goes_on);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *name = g_strdup_printf ("/decode/sandbox/stopped/%s", attempts[i].name);

      g_test_add_data_func (name, (gconstpointer)attempts[i].attempt, test_stopped);
    }
#ifndef __SANITIZE_ADDRESS__ /* which needs more address space than any limit leaves */
  g_test_add_func ("/decode/sandbox/memory", test_memory);
#endif
  g_test_add_func ("/decode/sandbox/output", test_output);
  return g_test_run ();
}
