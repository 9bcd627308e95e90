/* Where a paper is to be saved, and the gate asked to make it. */
#pragma once

#include <gtk/gtk.h>

#include "imp-paper.h"

G_BEGIN_DECLS

/* error: (nullable): why it was not made. */
typedef void (*ImpPaperFunc) (const GError *error, gpointer user_data);

void imp_paper_dialog_open (GtkWidget *parent, ImpGate *gate, const ImpPaper *paper,
                            ImpPaperFunc func, gpointer user_data, GDestroyNotify user_data_free);

G_END_DECLS
