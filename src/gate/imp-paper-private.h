/* What the papers are made by. Private to the gate. */
#pragma once

#include "gate-private.h"
#include "imp-paper.h"

G_BEGIN_DECLS

GBytes *_imp_paper_csv (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                        GError **error);
GBytes *_imp_paper_fhir (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                         GError **error);

G_END_DECLS
