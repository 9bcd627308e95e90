/* The questions about one picture of a session, each written out with the answer that clears it:
 * one press gives them all, another takes them back.
 *
 * Must never: answer before that press, or give an answer that has to wait. */
#pragma once

#include <gtk/gtk.h>

#include "imp-desk-item.h"

G_BEGIN_DECLS

#define IMP_TYPE_ANSWER_SHEET (imp_answer_sheet_get_type ())
G_DECLARE_FINAL_TYPE (ImpAnswerSheet, imp_answer_sheet, IMP, ANSWER_SHEET, GtkWidget)

/* Signal: "done" (const char *sentence) after a press. */
GtkWidget *imp_answer_sheet_new (void);
void imp_answer_sheet_set_item (ImpAnswerSheet *self, ImpDeskItem *item); /* nullable */
gboolean imp_answer_sheet_asks (ImpDeskItem *item, const ImpQuestion *question);
guint imp_answer_sheet_count_open (ImpDeskItem *item); /* that one press would answer */

G_END_DECLS
