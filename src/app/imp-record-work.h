/* What is recorded of a person, written from a worker thread, so that the window never waits for
 * the file.
 *
 * May include: gate.  Must never: know of widgets. */
#pragma once

#include <gio/gio.h>

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpRecordAct:
 * @gate: the gate
 * @what: copies of all that it needs
 * @error: where to put the error
 *
 * Writes something; called in the worker thread.
 *
 * Returns: whether it is written
 */
typedef gboolean (*ImpRecordAct) (ImpGate *gate, gpointer what, GError **error);

void imp_record_work_async (ImpGate *gate, ImpRecordAct act, gpointer what,
                            GDestroyNotify free_what, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean imp_record_work_finish (GAsyncResult *result, GError **error);
gpointer imp_record_work_get_what (GAsyncResult *result);

G_END_DECLS
