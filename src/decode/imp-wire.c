#include "imp-wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gi18n.h>

#define MAX_FDS 4

/**
 * imp_wire_send:
 * @socket: a SOCK_SEQPACKET socket
 * @data: the message
 * @length: bytes of @data
 * @fds: (nullable) (array length=n_fds): descriptors to pass; they stay open here
 * @n_fds: at most 4
 *
 * Returns: whether it was sent whole; errno says why not
 */
gboolean
imp_wire_send (int socket, gconstpointer data, gsize length, const int *fds, gsize n_fds)
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
 * imp_wire_receive:
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
imp_wire_receive (int socket, gpointer data, gsize length, int *fds, gsize n_fds)
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
 * imp_wire_grey_size:
 * @reply: of a grey frame: width and height 1 or more, number of values and of tables
 * @values: (out): where the values begin
 * @tables: (out): where the tables begin
 * @padding: (out): where the padding begins
 * @presentation: (out): where the presentation LUT begins, if there is one
 *
 * Returns: how many bytes a grey frame's memfd holds
 */
gsize
imp_wire_grey_size (const ImpWireReply *reply, gsize *values, gsize *tables, gsize *padding,
                    gsize *presentation)
{
  gsize indices = (gsize)reply->width * (gsize)reply->height * sizeof (guint16);

  *values = (indices + 7) & ~(gsize)7;
  *tables = *values + (gsize)reply->n_values * sizeof (double);
  *padding = *tables + (gsize)reply->n_tables * reply->n_values;
  *presentation = *padding + reply->n_values;
  return *presentation + (reply->presented != 0 ? IMP_WIRE_PRESENTATION : 0);
}

/**
 * imp_wire_translate:
 * @text: a message of the helper, and after %IMP_WIRE_DETAIL what its %s stands for
 *
 * Puts a message into the user's language. The helper has no locale, and its text is never used as
 * a format.
 *
 * Returns: (transfer full): the sentence
 */
char *
imp_wire_translate (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\x1f", 2);
  const char *message = parts[0] != NULL && *parts[0] != '\0' ? _ (parts[0]) : "";
  const char *slot = strstr (message, "%s");

  if (slot == NULL || parts[0] == NULL || parts[1] == NULL)
    return g_strdup (message);
  return g_strdup_printf ("%.*s%s%s", (int)(slot - message), message, parts[1], slot + 2);
}
