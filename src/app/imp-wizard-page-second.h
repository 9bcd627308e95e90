/* Step 9: the second person, at the same desk or later (policy.md 2.4, 2P). */
#pragma once

#include "imp-wizard-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE_SECOND (imp_wizard_page_second_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardPageSecond, imp_wizard_page_second, IMP, WIZARD_PAGE_SECOND,
                      ImpWizardPage)

GtkWidget *imp_wizard_page_second_new (ImpWizardSession *session);
gboolean imp_wizard_page_second_is_busy (ImpWizardPageSecond *self);
void imp_wizard_page_second_say_no (ImpWizardPageSecond *self);

G_END_DECLS
