/* One question of the wizard: its text, its answers, nothing preselected. */
#pragma once

#include "imp-wizard-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_QUESTION_ROW (imp_question_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpQuestionRow, imp_question_row, IMP, QUESTION_ROW, GtkWidget)

GtkWidget *imp_question_row_new (ImpWizardSession *session, const ImpQuestion *question);
const char *imp_question_row_get_key (ImpQuestionRow *self);
void imp_question_row_refresh (ImpQuestionRow *self);
gboolean imp_question_row_check (ImpQuestionRow *self);

G_END_DECLS
