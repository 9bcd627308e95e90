#include "imp-zygote.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "imp-channel.h"

static gboolean
fork_child (int control, const int *fds, guint64 size, ImpZygoteChild child)
{
  ImpForkReply reply = { .magic = IMP_CHANNEL_MAGIC };
  int pidfd = -1;
  gboolean sent = FALSE;
  pid_t pid = fork ();

  if (pid == 0)
    {
      close (control);
      child (fds[0], size, fds[1]);
      _exit (0);
    }
  /* The child waits for its first request, so it is still there. */
  if (pid > 0)
    pidfd = (int)syscall (SYS_pidfd_open, pid, 0);
  if (pidfd < 0)
    {
      if (pid > 0)
        kill (pid, SIGKILL);
      reply.status = 1;
      return imp_channel_send (control, &reply, sizeof reply, NULL, 0);
    }
  sent = imp_channel_send (control, &reply, sizeof reply, &pidfd, 1);
  close (pidfd);
  return sent;
}

/**
 * imp_zygote_run:
 * @control: the socket to the client
 * @child: what a child does: it locks itself down before it reads the first byte of its input
 *
 * Forks a child for each request, until the client is gone. The zygote itself never reads a byte
 * of an input.
 *
 * Returns: the exit status
 */
int
imp_zygote_run (int control, ImpZygoteChild child)
{
  ImpForkRequest request = { 0 };
  int fds[2] = { -1, -1 };

  signal (SIGCHLD, SIG_IGN); /* nobody waits for children: the pidfd tells the client */
  while (imp_channel_receive (control, &request, sizeof request, fds, 2) == sizeof request)
    {
      gboolean forked = request.magic == IMP_CHANNEL_MAGIC && fds[0] >= 0 && fds[1] >= 0
                        && fork_child (control, fds, request.size, child);

      for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
        if (fds[i] >= 0)
          close (fds[i]);
      if (!forked)
        return 1;
    }
  return 0;
}
