/* What a client and its helper programs talk over: messages of fixed size, with descriptors.
 *
 * Owns: sending, receiving, waiting; the message by which a child is asked for.
 * May include: core.  Must never: know what the messages mean. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IMP_CHANNEL_MAGIC 0x494d5031u /* "IMP1": both ends come from one build */

typedef enum
{
  IMP_CHANNEL_READY,
  IMP_CHANNEL_CANCELLED,
  IMP_CHANNEL_TIMED_OUT,
  IMP_CHANNEL_BROKEN,
} ImpChannelEvent;

/* To the warm process, with the input and the child's end of a session. */
typedef struct
{
  guint32 magic;
  guint32 padding;
  guint64 size; /* bytes of the whole input */
} ImpForkRequest;

/* Its answer, with the child's pidfd where @status is 0. */
typedef struct
{
  guint32 magic;
  guint32 status;
} ImpForkReply;

gboolean imp_channel_send (int socket, gconstpointer data, gsize length, const int *fds,
                           gsize n_fds);
gssize imp_channel_receive (int socket, gpointer data, gsize length, int *fds, gsize n_fds);
ImpChannelEvent imp_channel_wait (int socket, guint milliseconds, GCancellable *cancellable);
void imp_channel_kill (int pidfd);

G_END_DECLS
