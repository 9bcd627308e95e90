/* What a second person says: in which words, whether it lifts what the file says, yes or no. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_DECISION_FORM (imp_decision_form_get_type ())
G_DECLARE_FINAL_TYPE (ImpDecisionForm, imp_decision_form, IMP, DECISION_FORM, GtkWidget)

/* Signal: "decided" (gboolean approve). */
GtkWidget *imp_decision_form_new (void);
void imp_decision_form_start (ImpDecisionForm *self, gboolean file_says_no);
gboolean imp_decision_form_get_lift (ImpDecisionForm *self);
char *imp_decision_form_get_words (ImpDecisionForm *self);
void imp_decision_form_set_busy (ImpDecisionForm *self, gboolean busy);

G_END_DECLS
