/* What stands in the way: each sentence with its rule, its source and what would lift it. */
#pragma once

#include "imp-wizard-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_REASON_LIST (imp_reason_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpReasonList, imp_reason_list, IMP, REASON_LIST, GtkWidget)

/* Signal: "answer" (const char *key): the person wants to go to this question. */
GtkWidget *imp_reason_list_new (void);
void imp_reason_list_show (ImpReasonList *self, GPtrArray *reasons, ImpWizardSession *session);

G_END_DECLS
