#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "cli.h"
#include "imp-error.h"

/* Waits for the signals that were kept from all other threads. */
static gpointer
wait_for_signals (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  sigset_t set;
  int number = 0;

  pthread_sigmask (SIG_SETMASK, NULL, &set);
  while (sigwait (&set, &number) != 0)
    ;
  g_cancellable_cancel (cancellable);
  /* Who asks twice will not wait: what is cut short leaves nothing, and is settled later. */
  while (sigwait (&set, &number) != 0)
    ;
  _exit (6);
}

/**
 * imp_cli_watch_signals:
 *
 * Has SIGINT, SIGTERM and SIGHUP cancel the call instead of ending the program, and a second one
 * end it. Those that were ignored when the program began stay so (nohup, a shell's background).
 * SIGPIPE and SIGXFSZ are ignored: writing fails then, and the failure is reported. To be called
 * before any thread begins, as each takes over what is blocked.
 *
 * Returns: (transfer full): what is cancelled
 */
GCancellable *
imp_cli_watch_signals (void)
{
  static const int ENDING[] = { SIGINT, SIGTERM, SIGHUP };
  const struct sigaction ignore = { .sa_handler = SIG_IGN };
  GCancellable *cancellable = g_cancellable_new ();
  sigset_t set;

  sigaction (SIGPIPE, &ignore, NULL);
  sigaction (SIGXFSZ, &ignore, NULL);
  sigemptyset (&set);
  for (guint i = 0; i < G_N_ELEMENTS (ENDING); i++)
    {
      struct sigaction before = { 0 };

      if (sigaction (ENDING[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaddset (&set, ENDING[i]);
    }
  pthread_sigmask (SIG_SETMASK, &set, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
  return cancellable;
}

/**
 * imp_cli_check_stopped:
 * @cli: the call
 * @error: where to put the error
 *
 * Returns: whether the call may go on, else %IMP_ERROR_CANCELLED
 */
gboolean
imp_cli_check_stopped (ImpCli *cli, GError **error)
{
  if (!g_cancellable_is_cancelled (cli->cancellable))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, "Stopped before it was done");
  return FALSE;
}
