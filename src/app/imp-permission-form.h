/* Record what somebody agreed to, or refused, with its evidence. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERMISSION_FORM (imp_permission_form_get_type ())
G_DECLARE_FINAL_TYPE (ImpPermissionForm, imp_permission_form, IMP, PERMISSION_FORM, GtkWidget)

/* Signals: "saved" once it is written; "cancelled". */
GtkWidget *imp_permission_form_new (void);
void imp_permission_form_start (ImpPermissionForm *self, ImpRegister *source,
                                const ImpPerson *person, const char *level, const char *scope);

G_END_DECLS
