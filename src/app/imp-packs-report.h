/* What another policy pack would have said of past exports, in rows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *imp_packs_report_fill (GtkListBox *rows, GPtrArray *report);

G_END_DECLS
