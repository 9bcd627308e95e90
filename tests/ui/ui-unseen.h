/* Whoever reads by ear hears what is on screen, and nothing else. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

guint ui_count_unseen (GtkWidget *root); /* with GTK_A11Y=test; says which */

G_END_DECLS
