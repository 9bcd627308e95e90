/* Recording what was said: one permission, its refusal, an offer or a draft; with its proof. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERMISSION_FORM (imp_permission_form_get_type ())
G_DECLARE_FINAL_TYPE (ImpPermissionForm, imp_permission_form, IMP, PERMISSION_FORM, GtkWidget)

/* Signals: "saved" after it was recorded, "cancelled". */
GtkWidget *imp_permission_form_new (void);
void imp_permission_form_start (ImpPermissionForm *self, ImpGate *gate, const ImpPerson *person,
                                const char *level, const char *scope);
void imp_permission_form_follow (ImpPermissionForm *self, ImpGate *gate, const ImpPerson *person,
                                 GPtrArray *replaceable, const char *replaces);
void imp_permission_form_go_on (ImpPermissionForm *self, ImpGate *gate, const ImpPerson *person,
                                const ImpPermission *permission);
void imp_permission_form_set_gate (ImpPermissionForm *self, ImpGate *gate); /* nullable: locked */

G_END_DECLS
