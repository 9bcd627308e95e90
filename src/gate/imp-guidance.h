/* The site's own guidance: PDFs from a file into the register, and out again by the records verb.
 */
#pragma once

#include "gate.h"
#include "imp-register-guidance.h"

G_BEGIN_DECLS

char *imp_gate_add_guidance_sync (ImpGate *self, const char *title, GFile *file,
                                  GCancellable *cancellable, GError **error);
gboolean imp_gate_remove_guidance_sync (ImpGate *self, const char *id, GError **error);
gboolean imp_gate_export_guidance_sync (ImpGate *self, const char *id, GFile *target,
                                        GCancellable *cancellable, GError **error);

G_END_DECLS
