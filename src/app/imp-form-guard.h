/* What was typed into a form is not lost without a word. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*ImpFormGuardFunc) (GtkWidget *parent, gpointer user_data);

void imp_form_guard_watch (GtkWidget *page);
gboolean imp_form_guard_is_touched (GtkWidget *page);
GtkWidget *imp_form_guard_ask (GtkWidget *parent, ImpFormGuardFunc leave, ImpFormGuardFunc keep,
                               gpointer user_data, GDestroyNotify user_data_free);

G_END_DECLS
