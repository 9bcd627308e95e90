/* Saved: the seal, what was written, and why it was allowed. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_RECEIPT_VIEW (imp_receipt_view_get_type ())
G_DECLARE_FINAL_TYPE (ImpReceiptView, imp_receipt_view, IMP, RECEIPT_VIEW, GtkWidget)

/* Signal: "again" when the person wants another export. */
GtkWidget *imp_receipt_view_new (void);
void imp_receipt_view_show (ImpReceiptView *self, ImpGate *gate, const ImpReceipt *receipt,
                            GFile *target);
void imp_receipt_view_clear (ImpReceiptView *self);
void imp_receipt_view_save (ImpReceiptView *self, GFile *target);

G_END_DECLS
