/* One picture that left: when, where to, whether it is still out there, and what can be done. */
#pragma once

#include <gtk/gtk.h>

#include "imp-seen-copy.h"

G_BEGIN_DECLS

char *imp_copy_row_title (const ImpCopy *copy);
char *imp_copy_row_state (const ImpCopy *copy);

/* Its buttons are the actions "copies.place", "copies.chase" …, each with the export's id. */
GtkWidget *imp_copy_row_new (const ImpSeenCopy *seen, gboolean writable);

G_END_DECLS
