/* Two planted bugs, in a tree built with sanitizers: a report gets out of a locked child. That a
 * report fails the run is scripts/count-tests' part. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "imp-sandbox.h"

typedef void (*Bug) (void);

/* Runs @bug in a locked child. Returns what it said on standard error. */
static char *
run_locked (Bug bug, int *status)
{
  int ends[2] = { -1, -1 };
  GString *said = g_string_new (NULL);
  char buffer[4096];
  gssize n = 0;
  pid_t pid = 0;

  g_assert_cmpint (pipe (ends), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      dup2 (ends[1], STDERR_FILENO);
      if (!imp_sandbox_enter (G_GUINT64_CONSTANT (3) << 30, 120))
        _exit (99);
      bug ();
      _exit (0);
    }
  close (ends[1]);
  while ((n = read (ends[0], buffer, sizeof buffer)) > 0)
    g_string_append_len (said, buffer, n);
  close (ends[0]);
  g_assert_cmpint (waitpid (pid, status, 0), ==, pid);
  return g_string_free (said, FALSE);
}

static void
step_beyond (void)
{
  char *volatile bytes = g_malloc (16);
  volatile int at = 16;

  bytes[at] = 1;
  g_free (bytes);
}

static void
overflow (void)
{
  volatile int most = G_MAXINT;

  most = most + 1;
}

static void
test_step_beyond (void)
{
  int status = 0;
  g_autofree char *said = run_locked (step_beyond, &status);

  g_assert_nonnull (strstr (said, "ERROR: AddressSanitizer: heap-buffer-overflow"));
  g_assert_cmpint (status, !=, 0);
}

static void
test_overflow (void)
{
  int status = 0;
  g_autofree char *said = run_locked (overflow, &status);

  g_assert_nonnull (strstr (said, "runtime error: signed integer overflow"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/planted/step-beyond", test_step_beyond);
  g_test_add_func ("/decode/planted/overflow", test_overflow);
  return g_test_run ();
}
