#include "imp-wizard-page-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-widgets.h"

struct _ImpWizardPageWords
{
  ImpWizardPage parent_instance;

  GtkWidget *caption_row;
};

G_DEFINE_FINAL_TYPE (ImpWizardPageWords, imp_wizard_page_words, IMP_TYPE_WIZARD_PAGE)

static void
on_changed (GtkEditable *editable, ImpWizardPageWords *self)
{
  g_autofree char *caption = imp_widgets_get_text (self->caption_row);

  imp_wizard_session_set_caption (imp_wizard_page_get_session (IMP_WIZARD_PAGE (self)), caption);
}

static void
imp_wizard_page_words_refresh (ImpWizardPage *page)
{
  ImpWizardPageWords *self = IMP_WIZARD_PAGE_WORDS (page);
  ImpWizardSession *session = imp_wizard_page_get_session (page);
  const char *caption = imp_wizard_session_get_caption (session);
  g_autofree char *shown = imp_widgets_get_text (self->caption_row);

  if (g_strcmp0 (shown, caption) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->caption_row), caption == NULL ? "" : caption);
  IMP_WIZARD_PAGE_CLASS (imp_wizard_page_words_parent_class)->refresh (page);
}

static void
imp_wizard_page_words_class_init (ImpWizardPageWordsClass *klass)
{
  IMP_WIZARD_PAGE_CLASS (klass)->refresh = imp_wizard_page_words_refresh;
}

static void
imp_wizard_page_words_init (ImpWizardPageWords *self)
{
}

/**
 * imp_wizard_page_words_new:
 * @session: what has been said so far
 *
 * Returns: (transfer floating): the page of words that travel with the picture
 */
GtkWidget *
imp_wizard_page_words_new (ImpWizardSession *session)
{
  ImpWizardPageWords *self = g_object_new (IMP_TYPE_WIZARD_PAGE_WORDS, NULL);
  ImpWizardPage *page = IMP_WIZARD_PAGE (self);
  GtkWidget *group = adw_preferences_group_new ();

  imp_wizard_page_construct (
      page, session, "words", _ ("Words that travel with it"),
      _ ("A caption identifies as well as a face: names, dates, ages over 89, places, the scanner, "
         "the hospital and its doctors. The file gets a random name."));
  self->caption_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->caption_row),
                                 _ ("Caption, if there is one"));
  imp_widgets_set_name (self->caption_row, _ ("Caption, if there is one"));
  g_signal_connect (self->caption_row, "changed", G_CALLBACK (on_changed), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->caption_row);
  imp_wizard_page_add (page, group);
  return GTK_WIDGET (self);
}
