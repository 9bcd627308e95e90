/* Evidence: from a file into the register, onto the screen, and out again by the records verb.
 *
 * A scan is a stranger's file. The gate's process never parses it: pictures are decoded and pages
 * of PDF are drawn in sandboxed helpers, when they come in and whenever they are shown. */
#pragma once

#include "gate.h"
#include "imp-form-page.h"
#include "imp-register-evidence.h"

G_BEGIN_DECLS

gboolean imp_gate_add_evidence_sync (ImpGate *self, ImpAttachment *attachment, GFile *file,
                                     GCancellable *cancellable, GError **error);
void imp_gate_add_evidence_async (ImpGate *self, const ImpAttachment *attachment, GFile *file,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
ImpAttachment *imp_gate_add_evidence_finish (ImpGate *self, GAsyncResult *result, GError **error);

ImpFormPage *imp_gate_show_evidence_sync (ImpGate *self, const char *id, guint page,
                                          GCancellable *cancellable, GError **error);
void imp_gate_show_evidence_async (ImpGate *self, const char *id, guint page,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
ImpFormPage *imp_gate_show_evidence_finish (ImpGate *self, GAsyncResult *result, GError **error);

/* What was said and what proves it, in one: both are recorded, or neither. */
gboolean imp_gate_record_permission_sync (ImpGate *self, ImpPermission *permission,
                                          ImpAttachment *attachment, GFile *file, GBytes *signature,
                                          GCancellable *cancellable, GError **error);

gboolean imp_gate_export_evidence_sync (ImpGate *self, const char *id, GFile *target,
                                        GCancellable *cancellable, GError **error);

G_END_DECLS
