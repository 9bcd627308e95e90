/* One question to the gate in a worker: what is known already, and what a release would do. */
#pragma once

#include <gdk/gdk.h>

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpPrefill:
 * @key: a question's key
 * @value: its answer, known already
 * @source: (nullable): from where, in words
 */
typedef struct
{
  char *key;
  char *value;
  char *source;
} ImpPrefill;

void imp_wizard_rehearsal_async (ImpGate *gate, ImpRequest *request, GPtrArray *keys,
                                 gboolean rehearse, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
ImpRehearsal *imp_wizard_rehearsal_finish (GAsyncResult *result, GPtrArray **prefills,
                                           GdkTexture **texture, GError **error);

G_END_DECLS
