/* Who decides about a permission, by what right, and whether they can (policy.md 2.2). */
#pragma once

#include <adwaita.h>

#include "imp-form-rows.h"
#include "imp-permission.h"

G_BEGIN_DECLS

#define IMP_TYPE_GIVER_GROUP (imp_giver_group_get_type ())
G_DECLARE_FINAL_TYPE (ImpGiverGroup, imp_giver_group, IMP, GIVER_GROUP, AdwPreferencesGroup)

/* Signal: "changed" when anything in it was. */
GtkWidget *imp_giver_group_new (void);
void imp_giver_group_show (ImpGiverGroup *self, const ImpPermission *permission); /* nullable */
void imp_giver_group_set_state (ImpGiverGroup *self, ImpPermissionState state);
gboolean imp_giver_group_read (ImpGiverGroup *self, ImpPermission *permission,
                               ImpFormProblem *problem);

G_END_DECLS
