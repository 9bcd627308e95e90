/* One row of a saved view. */
#pragma once

#include <gtk/gtk.h>

#include "imp-views.h"

G_BEGIN_DECLS

#define IMP_TYPE_TASK_ROW (imp_task_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpTaskRow, imp_task_row, IMP, TASK_ROW, GtkListBoxRow)

GtkWidget *imp_task_row_new (ImpSavedView view, const ImpViewRow *row);
const ImpViewRow *imp_task_row_get (ImpTaskRow *self);

G_END_DECLS
