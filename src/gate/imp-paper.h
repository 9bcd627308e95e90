/* Records as files and pages: what the register and the ledger hold, written down for somebody
 * outside, and let out by the records verb.
 *
 * Owns: gathering what a paper says.
 * May include: register, ledger, papers, core.  Must never: write a file itself. */
#pragma once

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpPaper: which paper is wanted. Plain values; only those that its kind needs are looked at.
 * @kind: "csv"; "csv-template" (of nobody); "fhir" (of a permission, or of all of a person's);
 * "consent-form" and "withdrawal-slip" (of a person, or empty); "patient-copy" and "subject-access"
 * (of a person); "receipt-page", "case-file" and "takedown-letter" (of an export)
 * @person_id: (nullable): by random id
 * @permission_id: (nullable)
 * @export_id: (nullable): the ledger id of a receipt
 */
typedef struct
{
  char *kind;
  char *person_id;
  char *permission_id;
  char *export_id;
} ImpPaper;

ImpPaper *imp_paper_new (const char *kind);
ImpPaper *imp_paper_copy (const ImpPaper *paper);
void imp_paper_free (ImpPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPaper, imp_paper_free)

void imp_gate_make_paper_async (ImpGate *self, const ImpPaper *paper, GFile *target,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean imp_gate_make_paper_finish (ImpGate *self, GAsyncResult *result, GError **error);
gboolean imp_gate_make_paper_sync (ImpGate *self, const ImpPaper *paper, GFile *target,
                                   GCancellable *cancellable, GError **error);

G_END_DECLS
