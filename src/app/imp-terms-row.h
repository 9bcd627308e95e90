/* What else a permission says, for those that need it: one place only, language, wording, basis
 * (policy.md 2.2). */
#pragma once

#include <adwaita.h>

#include "imp-form-rows.h"
#include "imp-permission.h"

G_BEGIN_DECLS

#define IMP_TYPE_TERMS_ROW (imp_terms_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpTermsRow, imp_terms_row, IMP, TERMS_ROW, AdwExpanderRow)

/* Signal: "changed" when anything in it was. */
GtkWidget *imp_terms_row_new (void);
void imp_terms_row_show (ImpTermsRow *self, const ImpPermission *permission,
                         GPtrArray *replaceable); /* both nullable */
void imp_terms_row_set_replaces (ImpTermsRow *self, const char *id);
void imp_terms_row_set_fixed (ImpTermsRow *self, gboolean fixed);
gboolean imp_terms_row_read (ImpTermsRow *self, ImpPermission *permission, ImpFormProblem *problem);

G_END_DECLS
