/* A verb of the gate that takes a while, in a worker thread: the window never waits for the file.
 */
#pragma once

#include <gio/gio.h>

#include "gate.h"

G_BEGIN_DECLS

/* Runs in the worker: data is what it is given and what it answers; no widget is touched. */
typedef gboolean (*ImpGateWorkFunc) (ImpGate *gate, gpointer data, GError **error);

void imp_gate_work_async (ImpGate *gate, ImpGateWorkFunc func, gpointer data,
                          GDestroyNotify data_free, GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean imp_gate_work_finish (GAsyncResult *result, GError **error);
gpointer imp_gate_work_get_data (GAsyncResult *result);

G_END_DECLS
