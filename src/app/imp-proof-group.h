/* What proves a permission: its kind, where it is filed, a scan or a signature (policy.md 2.2). */
#pragma once

#include <adwaita.h>

#include "imp-form-rows.h"
#include "imp-permission.h"

G_BEGIN_DECLS

#define IMP_TYPE_PROOF_GROUP (imp_proof_group_get_type ())
G_DECLARE_FINAL_TYPE (ImpProofGroup, imp_proof_group, IMP, PROOF_GROUP, AdwPreferencesGroup)

/* Signal: "changed" when anything in it was. */
GtkWidget *imp_proof_group_new (void);
void imp_proof_group_show (ImpProofGroup *self, const ImpPermission *permission); /* nullable */
void imp_proof_group_set_brief (ImpProofGroup *self, gboolean brief);
gboolean imp_proof_group_is_empty (ImpProofGroup *self);
gboolean imp_proof_group_read (ImpProofGroup *self, ImpPermission *permission,
                               ImpFormProblem *problem);
GFile *imp_proof_group_get_scan (ImpProofGroup *self);       /* transfer none, nullable */
GBytes *imp_proof_group_get_signature (ImpProofGroup *self); /* transfer full, nullable */

G_END_DECLS
