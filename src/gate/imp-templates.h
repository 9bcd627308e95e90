/* What is remembered of scanners, as a file for another department: without station, name or
 * anything else that says where it is from.
 *
 * Owns: the format of that file.  Must never: take in a box that its scanner's pictures have not.
 */
#pragma once

#include "gate.h"

G_BEGIN_DECLS

gboolean imp_gate_export_templates_sync (ImpGate *self, GFile *target, GCancellable *cancellable,
                                         GError **error);
/* All of a file, or nothing; what was remembered of the same scanner is replaced. */
gboolean imp_gate_import_templates_sync (ImpGate *self, GFile *file, GCancellable *cancellable,
                                         guint *n_taken, GError **error);

G_END_DECLS
