/* One permission: all that is recorded of it, what proves it, and its history. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERMISSION_PAGE (imp_permission_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpPermissionPage, imp_permission_page, IMP, PERMISSION_PAGE, GtkWidget)

/* Signals: "closed" to go back; "changed" after evidence was added. */
GtkWidget *imp_permission_page_new (void);
void imp_permission_page_show (ImpPermissionPage *self, ImpGate *gate, const char *permission_id);
void imp_permission_page_set_gate (ImpPermissionPage *self, ImpGate *gate); /* nullable: locked */
gboolean imp_permission_page_has_form (ImpPermissionPage *self);

G_END_DECLS
