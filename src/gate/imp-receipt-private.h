/* Making a receipt and the ledger's bodies. Private to the gate. */
#pragma once

#include "gate-private.h"
#include "imp-verify.h"

G_BEGIN_DECLS

ImpReceipt *_imp_receipt_new (const ImpCase *the_case, const ImpVerifyReport *report,
                              const char *export_id);
void _imp_receipt_complete (ImpReceipt *self, const ImpLedgerRow *done);
char *_imp_receipt_ledger_body (const ImpReceipt *self, const ImpCase *the_case);
char *_imp_case_refusal_body (const ImpCase *self);
GVariant *_imp_case_texts (const ImpCase *self);

G_END_DECLS
