/* One page of the wizard: a title, what it says, and the questions that stand on it.
 *
 * Usable as it is for a page of questions alone; subclasses put widgets before them. */
#pragma once

#include "imp-wizard-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_PAGE (imp_wizard_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (ImpWizardPage, imp_wizard_page, IMP, WIZARD_PAGE, GtkWidget)

/**
 * ImpWizardPageClass:
 * @refresh: the session has changed, or the gate has answered: show it
 * @is_needed: whether the page is shown for what is chosen so far
 * @check: whether the wizard may go on from here; marks what is missing
 */
struct _ImpWizardPageClass
{
  GtkWidgetClass parent_class;

  void (*refresh) (ImpWizardPage *self);
  gboolean (*is_needed) (ImpWizardPage *self);
  gboolean (*check) (ImpWizardPage *self);
};

/* Signals: "go" (int steps): the page asks the wizard to go on (1) or back (-1); "show-question"
 * (const char *key); "form-changed": a form was opened or closed on the page. */
GtkWidget *imp_wizard_page_new (ImpWizardSession *session, const char *key, const char *title,
                                const char *subtitle);
void imp_wizard_page_construct (ImpWizardPage *self, ImpWizardSession *session, const char *key,
                                const char *title, const char *subtitle);
ImpWizardSession *imp_wizard_page_get_session (ImpWizardPage *self);
const char *imp_wizard_page_get_key (ImpWizardPage *self);
const char *imp_wizard_page_get_title (ImpWizardPage *self);
const char *imp_wizard_page_get_subtitle (ImpWizardPage *self);
void imp_wizard_page_add (ImpWizardPage *self, GtkWidget *child);
void imp_wizard_page_add_last (ImpWizardPage *self, GtkWidget *child);
void imp_wizard_page_show_questions (ImpWizardPage *self, gboolean show);
GtkWidget *imp_wizard_page_find_question (ImpWizardPage *self, const char *key);
void imp_wizard_page_show_end (ImpWizardPage *self);
void imp_wizard_page_set_has_form (ImpWizardPage *self, gboolean has_form);
gboolean imp_wizard_page_has_form (ImpWizardPage *self);
void imp_wizard_page_go (ImpWizardPage *self, int steps);
void imp_wizard_page_show_question (ImpWizardPage *self, const char *key);

void imp_wizard_page_refresh (ImpWizardPage *self);
gboolean imp_wizard_page_is_needed (ImpWizardPage *self);
gboolean imp_wizard_page_check (ImpWizardPage *self);

G_END_DECLS
