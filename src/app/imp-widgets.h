/* Small things that several panes do with GTK's widgets. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void imp_widgets_set_name (GtkWidget *widget, const char *name);
void imp_widgets_clear (GtkWidget *container);
void imp_widgets_break_as_it_is (GtkLabel *label);
GtkWidget *imp_widgets_label (const char *text, const char *css_class);
GtkWidget *imp_widgets_detail (const char *title, const char *value);
GtkWidget *imp_widgets_flow (guint most);
void imp_widgets_flow_add (GtkWidget *flow, GtkWidget *button);
void imp_widgets_hide_unseen (GtkWidget *container);
void imp_widgets_set_error (GtkWidget *row, gboolean error);
void imp_widgets_bring_into_view (GtkWidget *first, GtkWidget *last);
GtkWindow *imp_widgets_get_window (GtkWidget *widget);
void imp_widgets_fill_choices (AdwComboRow *row, const char *const *ids,
                               const char *(*to_words) (const char *id), gboolean choose_first);
const char *imp_widgets_get_choice (AdwComboRow *row);
void imp_widgets_set_choice (AdwComboRow *row, const char *id);
char *imp_widgets_get_text (GtkWidget *editable);

G_END_DECLS
