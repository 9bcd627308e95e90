/* The dialog in which a file is chosen, to read or to make, and nothing of it stays in the list of
 * recent files. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*ImpFileFunc) (GFile *file, gpointer user_data);

void imp_file_dialog_open (GtkWidget *parent, GtkFileChooserAction action, const char *title,
                           const char *name, ImpFileFunc func, gpointer user_data,
                           GDestroyNotify user_data_free);

G_END_DECLS
