/* Records that belong together and leave as several files, or not at all. Private to the gate. */
#pragma once

#include "gate-private.h"

G_BEGIN_DECLS

/**
 * ImpRecordPart: one of them.
 */
typedef struct
{
  GBytes *bytes; /* borrowed */
  GFile *target; /* borrowed */
} ImpRecordPart;

gboolean _imp_gate_publish_set (ImpGate *self, const char *kind, const ImpRecordPart *parts,
                                guint n_parts, GCancellable *cancellable, GError **error);

G_END_DECLS
