/* The words that travel with the picture. */
#pragma once

#include "imp-wizard-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE_WORDS (imp_wizard_page_words_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardPageWords, imp_wizard_page_words, IMP, WIZARD_PAGE_WORDS,
                      ImpWizardPage)

GtkWidget *imp_wizard_page_words_new (ImpWizardSession *session);

G_END_DECLS
