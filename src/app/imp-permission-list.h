/* A person's permissions, each with what can be done with it now. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERMISSION_LIST (imp_permission_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpPermissionList, imp_permission_list, IMP, PERMISSION_LIST, GtkWidget)

/* What is done with a permission, beside the states that it can go to. */
#define IMP_PERMISSION_ACT_DETAILS "details"
#define IMP_PERMISSION_ACT_GO_ON "go-on"
#define IMP_PERMISSION_ACT_RENEW "renew"

/* Signal: "act" with the permission's id, and one of the above or the text of a state. */
GtkWidget *imp_permission_list_new (void);
void imp_permission_list_show (ImpPermissionList *self, GPtrArray *permissions, GPtrArray *steps,
                               gboolean writable);

G_END_DECLS
