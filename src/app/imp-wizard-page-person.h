/* Whose picture is this? The register is searched now; "has said no" stops here. */
#pragma once

#include "imp-wizard-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE_PERSON (imp_wizard_page_person_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardPagePerson, imp_wizard_page_person, IMP, WIZARD_PAGE_PERSON,
                      ImpWizardPage)

GtkWidget *imp_wizard_page_person_new (ImpWizardSession *session);

G_END_DECLS
