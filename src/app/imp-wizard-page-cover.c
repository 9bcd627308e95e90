#include "imp-wizard-page-cover.h"

#include <glib/gi18n.h>

#include "imp-notice.h"

struct _ImpWizardPageCover
{
  ImpWizardPage parent_instance;

  ImpNotice *boxes;
  ImpNotice *crop;
};

G_DEFINE_FINAL_TYPE (ImpWizardPageCover, imp_wizard_page_cover, IMP_TYPE_WIZARD_PAGE)

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
  imp_notice_set (self->boxes, n_boxes > 0 ? IMP_NOTICE_INFORMATION : IMP_NOTICE_WARNING,
                  n_boxes > 0 ? text : _ ("Nothing is covered yet."));
  imp_notice_set (self->crop, IMP_NOTICE_INFORMATION,
                  cropped ? _ ("It is cropped: what lies outside does not leave.") : NULL);
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
         "through all corners at full size. Editing the picture afterwards clears these answers."));
  self->boxes = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_wizard_page_add (page, GTK_WIDGET (self->boxes));
  self->crop = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_wizard_page_add (page, GTK_WIDGET (self->crop));
  return GTK_WIDGET (self);
}
