/* The questions of one page of the wizard, as many as are to be asked now. */
#pragma once

#include "imp-question-row.h"

G_BEGIN_DECLS

#define IMP_TYPE_QUESTION_LIST (imp_question_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpQuestionList, imp_question_list, IMP, QUESTION_LIST, GtkWidget)

GtkWidget *imp_question_list_new (ImpWizardSession *session, const char *page);
void imp_question_list_refresh (ImpQuestionList *self);
guint imp_question_list_get_n_rows (ImpQuestionList *self);
gboolean imp_question_list_check (ImpQuestionList *self);
GtkWidget *imp_question_list_find (ImpQuestionList *self, const char *key);

G_END_DECLS
