#include "imp-channel.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FDS 4

/**
 * imp_channel_send:
 * @socket: a SOCK_SEQPACKET socket
 * @data: the message
 * @length: bytes of @data
 * @fds: (nullable) (array length=n_fds): descriptors to pass; they stay open here
 * @n_fds: at most 4
 *
 * Returns: whether it was sent whole; errno says why not
 */
gboolean
imp_channel_send (int socket, gconstpointer data, gsize length, const int *fds, gsize n_fds)
{
  struct iovec part = { .iov_base = (gpointer)data, .iov_len = length };
  union
  {
    char bytes[CMSG_SPACE (MAX_FDS * sizeof (int))];
    struct cmsghdr align;
  } control = { { 0 } };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  gssize sent = 0;

  if (n_fds > MAX_FDS)
    {
      errno = EINVAL;
      return FALSE;
    }
  if (n_fds > 0)
    {
      struct cmsghdr *header = NULL;

      message.msg_control = control.bytes;
      message.msg_controllen = CMSG_SPACE (n_fds * sizeof (int));
      header = CMSG_FIRSTHDR (&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (n_fds * sizeof (int));
      memcpy (CMSG_DATA (header), fds, n_fds * sizeof (int));
    }
  do
    sent = sendmsg (socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == (gssize)length;
}

static void
take_descriptors (struct msghdr *message, int *fds, gsize n_fds)
{
  gsize taken = 0;

  for (struct cmsghdr *header = CMSG_FIRSTHDR (message); header != NULL;
       header = CMSG_NXTHDR (message, header))
    {
      gsize n = 0;

      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        continue;
      n = (header->cmsg_len - CMSG_LEN (0)) / sizeof (int);
      for (gsize i = 0; i < n; i++)
        {
          int fd = -1;

          memcpy (&fd, CMSG_DATA (header) + i * sizeof (int), sizeof (int));
          if (taken < n_fds)
            fds[taken++] = fd;
          else
            close (fd);
        }
    }
}

/**
 * imp_channel_receive:
 * @socket: a SOCK_SEQPACKET socket
 * @data: (out caller-allocates): room for the message
 * @length: bytes of room; a longer message counts as none
 * @fds: (out caller-allocates) (array length=n_fds): descriptors received, -1 where fewer came;
 *   the caller closes them
 * @n_fds: at most 4; surplus descriptors are closed
 *
 * Returns: bytes received, 0 when the other end is gone, -1 on failure with errno
 */
gssize
imp_channel_receive (int socket, gpointer data, gsize length, int *fds, gsize n_fds)
{
  struct iovec part = { .iov_base = data, .iov_len = length };
  union
  {
    char bytes[CMSG_SPACE (MAX_FDS * sizeof (int))];
    struct cmsghdr align;
  } control = { { 0 } };
  struct msghdr message = { .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes };
  gssize received = 0;

  for (gsize i = 0; i < n_fds; i++)
    fds[i] = -1;
  do
    received = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
  while (received < 0 && errno == EINTR);
  if (received < 0)
    return -1;
  take_descriptors (&message, fds, n_fds);
  if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
    {
      for (gsize i = 0; i < n_fds; i++)
        if (fds[i] >= 0)
          close (fds[i]);
      for (gsize i = 0; i < n_fds; i++)
        fds[i] = -1;
      errno = EBADMSG;
      return -1;
    }
  return received;
}

/**
 * imp_channel_wait:
 * @socket: a socket on which an answer is due
 * @milliseconds: how long to wait at most
 * @cancellable: (nullable): to stop
 *
 * Waits for an answer, the end of the other side, the user, or the clock.
 *
 * Returns: which of them it was; the end of the other side counts as an answer, of no bytes
 */
ImpChannelEvent
imp_channel_wait (int socket, guint milliseconds, GCancellable *cancellable)
{
  gint64 deadline = g_get_monotonic_time () + (gint64)milliseconds * G_TIME_SPAN_MILLISECOND;
  GPollFD cancel = { .fd = -1 };
  gboolean watched = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &cancel);
  struct pollfd fds[2] = { { socket, POLLIN, 0 }, { watched ? cancel.fd : -1, POLLIN, 0 } };
  int ready = 0;

  do
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

      ready = poll (fds, 2, (int)CLAMP (left, 0, G_MAXINT));
    }
  while (ready < 0 && errno == EINTR);
  if (watched)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    return IMP_CHANNEL_CANCELLED;
  if (ready < 0)
    return IMP_CHANNEL_BROKEN;
  return ready == 0 ? IMP_CHANNEL_TIMED_OUT : IMP_CHANNEL_READY;
}

/**
 * imp_channel_kill:
 * @pidfd: of a child, or -1
 *
 * Ends the child, whatever it is doing.
 */
void
imp_channel_kill (int pidfd)
{
  if (pidfd >= 0)
    syscall (SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
}
