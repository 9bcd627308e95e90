/* How the window stood when it was closed: its size, and whether the side pane was open. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void imp_window_settings_bind (GtkWindow *window, GObject *workbench);

G_END_DECLS
