/* What lets you share it: consent on record, or nobody could be identified. */
#pragma once

#include "imp-wizard-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE_BASIS (imp_wizard_page_basis_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardPageBasis, imp_wizard_page_basis, IMP, WIZARD_PAGE_BASIS,
                      ImpWizardPage)

GtkWidget *imp_wizard_page_basis_new (ImpWizardSession *session);

G_END_DECLS
