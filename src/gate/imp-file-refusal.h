/* What a DICOM file says against its being passed on, recorded against the person. */
#pragma once

#include "gate.h"

G_BEGIN_DECLS

gboolean imp_gate_record_file_refusal_sync (ImpGate *self, const char *person_id, ImpSource *source,
                                            gboolean *objects, GStrv *permissions, GError **error);

G_END_DECLS
