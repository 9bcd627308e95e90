#include "imp-wizard-page-cover.h"

#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-reason-list.h"

struct _ImpWizardPageCover
{
  ImpWizardPage parent_instance;

  ImpNotice *boxes;
  ImpNotice *crop;
  ImpNotice *asked_again;
  ImpReasonList *earlier;
};

G_DEFINE_FINAL_TYPE (ImpWizardPageCover, imp_wizard_page_cover, IMP_TYPE_WIZARD_PAGE)

/* An edit here takes back what earlier pages were told of the picture: the questions are named, as
 * nobody would look for them there again. */
static void
show_earlier (ImpWizardPageCover *self)
{
  static const char *const PAGES[] = { "case", "basis" };
  ImpWizardSession *session = imp_wizard_page_get_session (IMP_WIZARD_PAGE (self));
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (PAGES); i++)
    {
      g_autoptr (GPtrArray) questions = imp_wizard_session_list_questions (session, PAGES[i]);

      for (guint j = 0; j < questions->len; j++)
        {
          const ImpQuestion *question = g_ptr_array_index (questions, j);
          g_autofree char *rule = g_strconcat ("question:", question->key, NULL);

          if (g_str_equal (question->scope, "pixels")
              && !imp_wizard_session_is_answered (session, question))
            g_ptr_array_add (open,
                             imp_reason_new (rule, IMP_OUTCOME_REFUSE, question->text, NULL, NULL));
        }
    }
  if (open->len > 0)
    text = g_strdup_printf (
        g_dngettext (
            NULL, "%u earlier question is about what the picture shows, and is open:",
            "%u earlier questions are about what the picture shows, and are open:", open->len),
        open->len);
  imp_notice_set (self->asked_again, IMP_NOTICE_WARNING, text);
  imp_reason_list_show (self->earlier, open, session);
}

static void
on_answer (ImpReasonList *list, const char *key, ImpWizardPageCover *self)
{
  imp_wizard_page_show_question (IMP_WIZARD_PAGE (self), key);
}

static void
imp_wizard_page_cover_refresh (ImpWizardPage *page)
{
  ImpWizardPageCover *self = IMP_WIZARD_PAGE_COVER (page);
  ImpPicture *picture = imp_wizard_session_get_picture (imp_wizard_page_get_session (page));
  ImpRedaction *redaction = picture == NULL ? NULL : imp_picture_get_redaction (picture);
  guint n_boxes = redaction == NULL ? 0 : imp_redaction_get_n_boxes (redaction);
  ImpRect crop = { 0 };
  gboolean cropped = redaction != NULL && imp_redaction_get_crop (redaction, &crop);
  g_autofree char *text = NULL;

  if (n_boxes > 0)
    text = g_strdup_printf (g_dngettext (NULL, "%u box covers part of the picture.",
                                         "%u boxes cover parts of the picture.", n_boxes),
                            n_boxes);
  if (picture != NULL && n_boxes == 0 && !cropped
      && imp_facts_says_burned_in (imp_source_get_facts (imp_picture_get_source (picture))))
    imp_notice_set (self->boxes, IMP_NOTICE_ERROR,
                    _ ("Nothing is covered, and the file itself says that text is part of the "
                       "picture: look for names, numbers, dates and places."));
  else
    imp_notice_set (self->boxes, n_boxes > 0 ? IMP_NOTICE_INFORMATION : IMP_NOTICE_WARNING,
                    n_boxes > 0 ? text : _ ("Nothing is covered yet."));
  imp_notice_set (self->crop, IMP_NOTICE_INFORMATION,
                  cropped ? _ ("It is cropped: what lies outside does not leave.") : NULL);
  show_earlier (self);
  IMP_WIZARD_PAGE_CLASS (imp_wizard_page_cover_parent_class)->refresh (page);
}

static void
imp_wizard_page_cover_class_init (ImpWizardPageCoverClass *klass)
{
  IMP_WIZARD_PAGE_CLASS (klass)->refresh = imp_wizard_page_cover_refresh;
}

static void
imp_wizard_page_cover_init (ImpWizardPageCover *self)
{
}

/**
 * imp_wizard_page_cover_new:
 * @session: what has been said so far
 *
 * Returns: (transfer floating): the page of covering and looking
 */
GtkWidget *
imp_wizard_page_cover_new (ImpWizardSession *session)
{
  ImpWizardPageCover *self = g_object_new (IMP_TYPE_WIZARD_PAGE_COVER, NULL);
  ImpWizardPage *page = IMP_WIZARD_PAGE (self);

  imp_wizard_page_construct (
      page, session, "cover", _ ("Cover it up"),
      _ ("Draw a box over every name, number, date and place, crop what is not needed, then look "
         "through all corners at full size. Editing the picture afterwards clears every answer "
         "about "
         "what it shows."));
  self->boxes = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_wizard_page_add (page, GTK_WIDGET (self->boxes));
  self->crop = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_wizard_page_add (page, GTK_WIDGET (self->crop));
  self->asked_again = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  imp_wizard_page_add_last (page, GTK_WIDGET (self->asked_again));
  self->earlier = IMP_REASON_LIST (imp_reason_list_new ());
  g_signal_connect (self->earlier, "answer", G_CALLBACK (on_answer), self);
  imp_wizard_page_add_last (page, GTK_WIDGET (self->earlier));
  return GTK_WIDGET (self);
}
