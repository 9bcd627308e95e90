/* One receipt of a folder, held against the ledger: plain values. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_RECEIPT_CHECK (imp_receipt_check_get_type ())

/**
 * ImpReceiptCheck:
 * @name: of its file
 * @problem: (nullable): what is wrong, in a sentence; %NULL where the ledger has it as it says
 */
typedef struct
{
  char *name;
  char *problem;
} ImpReceiptCheck;

GType imp_receipt_check_get_type (void);
ImpReceiptCheck *imp_receipt_check_copy (const ImpReceiptCheck *check);
void imp_receipt_check_free (ImpReceiptCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpReceiptCheck, imp_receipt_check_free)

G_END_DECLS
