/* The papers about one person: forms to print and sign, the patient's copy, and all that is held.
 */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PAPER_LIST (imp_paper_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpPaperList, imp_paper_list, IMP, PAPER_LIST, GtkWidget)

GtkWidget *imp_paper_list_new (void);
void imp_paper_list_show (ImpPaperList *self, ImpGate *gate, const char *person_id);

G_END_DECLS
