/* What the papers are made by. Private to the gate. */
#pragma once

#include "gate-private.h"
#include "imp-paper.h"

G_BEGIN_DECLS

GBytes *_imp_paper_csv (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                        GError **error);
GBytes *_imp_paper_csv_template (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                                 GError **error);
GBytes *_imp_paper_fhir (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                         GError **error);
GBytes *_imp_paper_consent_form (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                                 GError **error);
GBytes *_imp_paper_withdrawal_slip (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                                    GError **error);
GBytes *_imp_paper_patient_copy (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                                 GError **error);
GBytes *_imp_paper_subject_access (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                                   GError **error);
GBytes *_imp_paper_receipt (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                            GError **error);
GBytes *_imp_paper_case_file (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                              GError **error);
GBytes *_imp_paper_takedown (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                             GError **error);
gboolean _imp_paper_site (ImpGate *gate, char **organisation, char **contact, GError **error);

G_END_DECLS
