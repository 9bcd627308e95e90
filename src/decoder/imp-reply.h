/* How a child answers: with an error, with memory, with a value. */
#pragma once

#include "imp-memory.h"
#include "imp-wire.h"

G_BEGIN_DECLS

void imp_reply_send_error (int session, const GError *error);
void imp_reply_send_memory (int session, ImpWireReply *reply, ImpMemory *memory);
void imp_reply_send_variant (int session, GVariant *variant);

G_END_DECLS
