/* Where is it going, and why? */
#pragma once

#include "imp-wizard-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE_USE (imp_wizard_page_use_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardPageUse, imp_wizard_page_use, IMP, WIZARD_PAGE_USE, ImpWizardPage)

GtkWidget *imp_wizard_page_use_new (ImpWizardSession *session);

G_END_DECLS
