/* Cover what identifies, and look at all of it. */
#pragma once

#include "imp-wizard-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE_COVER (imp_wizard_page_cover_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardPageCover, imp_wizard_page_cover, IMP, WIZARD_PAGE_COVER,
                      ImpWizardPage)

GtkWidget *imp_wizard_page_cover_new (ImpWizardSession *session);

G_END_DECLS
