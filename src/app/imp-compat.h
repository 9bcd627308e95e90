/* Owns: what differs between the versions of GTK and libadwaita that the desk runs on.
 * May include: GTK and libadwaita.
 * Must never: hold anything that a version alone does not explain. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *imp_compat_message_dialog_new (GtkWindow *parent, const char *heading, const char *body);
GtkAccessibleRole imp_compat_get_status_role (void);
void imp_compat_announce (GtkAccessible *accessible, const char *sentence);
void imp_compat_set_name (GtkAccessible *accessible, const char *name);
void imp_compat_name_buttons (GtkWidget *row);

G_END_DECLS
