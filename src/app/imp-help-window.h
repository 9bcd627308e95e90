/* What there is to know before a picture leaves, on one page. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void imp_help_window_show (GtkWindow *parent);

G_END_DECLS
