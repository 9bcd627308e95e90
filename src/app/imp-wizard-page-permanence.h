/* The true output, what stands in the way, and the export itself. */
#pragma once

#include "imp-export-job.h"
#include "imp-wizard-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE_PERMANENCE (imp_wizard_page_permanence_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardPagePermanence, imp_wizard_page_permanence, IMP,
                      WIZARD_PAGE_PERMANENCE, ImpWizardPage)

GtkWidget *imp_wizard_page_permanence_new (ImpWizardSession *session, ImpExportJob *job);
gboolean imp_wizard_page_permanence_get_approves (ImpWizardPagePermanence *self);
void imp_wizard_page_permanence_ask_approval (ImpWizardPagePermanence *self);
void imp_wizard_page_permanence_say_no (ImpWizardPagePermanence *self);

G_END_DECLS
