#include "imp-reply.h"

#include <unistd.h>

#include "imp-notes.h"

/**
 * imp_reply_send_error:
 * @session: the socket to the client
 * @error: (nullable): what went wrong, %NULL for damage
 */
void
imp_reply_send_error (int session, const GError *error)
{
  ImpWireReply reply = { .magic = IMP_WIRE_MAGIC };

  reply.status = 1 + (guint32)(error != NULL ? error->code : IMP_ERROR_DAMAGED);
  g_strlcpy (reply.text, error != NULL ? error->message : "", sizeof reply.text);
  imp_channel_send (session, &reply, sizeof reply, NULL, 0);
}

/**
 * imp_reply_send_memory:
 * @session: the socket to the client
 * @reply: (inout): the answer, whose magic and size are filled in
 * @memory: what it brings, sealed here
 *
 * Ends the process where it cannot be sent.
 */
void
imp_reply_send_memory (int session, ImpWireReply *reply, ImpMemory *memory)
{
  int fd = -1;

  reply->magic = IMP_WIRE_MAGIC;
  reply->size = memory->size;
  fd = imp_memory_seal (memory);
  if (fd < 0 || !imp_channel_send (session, reply, sizeof *reply, &fd, 1))
    _exit (1);
}

/**
 * imp_reply_send_variant:
 * @session: the socket to the client
 * @variant: an a{sv}
 */
void
imp_reply_send_variant (int session, GVariant *variant)
{
  ImpWireReply reply = { .kind = IMP_WIRE_VARIANT };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) normal = g_variant_get_normal_form (variant);
  g_autoptr (ImpMemory) memory = imp_memory_new (g_variant_get_size (normal), &error);

  if (memory == NULL)
    {
      imp_reply_send_error (session, error);
      return;
    }
  g_variant_store (normal, memory->data);
  imp_reply_send_memory (session, &reply, memory);
}
