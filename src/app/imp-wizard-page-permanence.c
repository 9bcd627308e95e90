#include "imp-wizard-page-permanence.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-output-view.h"
#include "imp-reason-list.h"
#include "imp-widgets.h"
#include "imp-wizard-status.h"
#include "imp-words.h"

struct _ImpWizardPagePermanence
{
  ImpWizardPage parent_instance;

  /* Children of the page */
  GtkWidget *output; /* ImpOutputView */
  GtkWidget *jpeg_button;
  GtkWidget *png_button;
  ImpNotice *verdict;
  GtkWidget *reasons;
  GtkWidget *approval; /* tick and second button */
  GtkWidget *approve_tick;
  GtkWidget *progress;
  GtkWidget *progress_bar;
  ImpNotice *outcome;

  /* Owned references */
  ImpExportJob *job;
  char *ticked_digest; /* what the tick is about */

  guint pulse;
  gboolean approved_only;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpWizardPagePermanence, imp_wizard_page_permanence, IMP_TYPE_WIZARD_PAGE)

static ImpWizardSession *
session (ImpWizardPagePermanence *self)
{
  return imp_wizard_page_get_session (IMP_WIZARD_PAGE (self));
}

static gboolean
is_public (ImpWizardPagePermanence *self)
{
  const char *destination = imp_wizard_session_get_destination (session (self));

  return g_strcmp0 (destination, "publication") == 0
         || g_strcmp0 (destination, "social-media") == 0;
}

static void
show_verdict (ImpWizardPagePermanence *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session (self));
  GPtrArray *refused = imp_export_job_get_reasons (self->job);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *text = NULL;
  ImpStatus status = imp_wizard_status (session (self), NULL, &text);
  guint open = rehearsal == NULL ? 0 : rehearsal->reasons->len;

  if (rehearsal == NULL && refused == NULL)
    {
      const GError *error = imp_wizard_session_get_error (session (self));

      imp_notice_set (self->verdict, error == NULL ? IMP_NOTICE_INFORMATION : IMP_NOTICE_ERROR,
                      error == NULL ? _ ("Checking…") : error->message);
      imp_reason_list_show (IMP_REASON_LIST (self->reasons), none, session (self));
      return;
    }
  if (status == IMP_STATUS_SEALED)
    imp_notice_set (self->verdict, IMP_NOTICE_SUCCESS, text);
  else if (rehearsal != NULL && rehearsal->allowed)
    imp_notice_set (self->verdict, IMP_NOTICE_INFORMATION,
                    _ ("Only your approval of exactly this picture is missing."));
  else
    {
      g_autofree char *standing = g_strdup_printf (
          g_dngettext (NULL, "%u thing stands in the way:", "%u things stand in the way:", open),
          open);

      imp_notice_set (self->verdict, IMP_NOTICE_WARNING, standing);
    }
  imp_reason_list_show (IMP_REASON_LIST (self->reasons),
                        rehearsal != NULL ? rehearsal->reasons : refused, session (self));
}

static void
show_approval (ImpWizardPagePermanence *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session (self));

  gtk_widget_set_visible (self->approval,
                          is_public (self) || (rehearsal != NULL && rehearsal->needs_approval));
  /* The tick is about one digest: another picture, another tick. */
  if (rehearsal != NULL && g_strcmp0 (self->ticked_digest, rehearsal->digest) != 0)
    {
      g_free (self->ticked_digest);
      self->ticked_digest = g_strdup (rehearsal->digest);
      self->approved_only = FALSE;
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->approve_tick), FALSE);
    }
}

static gboolean
on_pulse (gpointer user_data)
{
  ImpWizardPagePermanence *self = user_data;

  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->progress_bar));
  return G_SOURCE_CONTINUE;
}

static void
show_job (ImpWizardPagePermanence *self)
{
  gboolean busy = imp_export_job_is_busy (self->job);
  const GError *error = imp_export_job_get_error (self->job);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->progress, busy);
  if (busy && self->pulse == 0)
    self->pulse = g_timeout_add (120, on_pulse, self);
  else if (!busy)
    g_clear_handle_id (&self->pulse, g_source_remove);
  if (error != NULL)
    {
      text = g_strdup_printf (_ ("Nothing was written. %s"), error->message);
      imp_notice_set (self->outcome, IMP_NOTICE_ERROR, text);
    }
  else if (self->approved_only)
    imp_notice_set (self->outcome, IMP_NOTICE_SUCCESS,
                    _ ("Approved. Exactly this picture may now also be released by a script. "
                       "Nothing was written."));
  else
    imp_notice_set (self->outcome, IMP_NOTICE_INFORMATION, NULL);
}

static void
imp_wizard_page_permanence_refresh (ImpWizardPage *page)
{
  ImpWizardPagePermanence *self = IMP_WIZARD_PAGE_PERMANENCE (page);

  IMP_WIZARD_PAGE_CLASS (imp_wizard_page_permanence_parent_class)->refresh (page);
  self->updating = TRUE;
  if (imp_wizard_session_get_jpeg (session (self)))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->jpeg_button), TRUE);
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->png_button), TRUE);
  self->updating = FALSE;
  imp_output_view_refresh (IMP_OUTPUT_VIEW (self->output), session (self));
  show_approval (self);
  show_verdict (self);
  show_job (self);
}

static gboolean
imp_wizard_page_permanence_is_needed (ImpWizardPage *page)
{
  return TRUE;
}

static void
on_job_changed (ImpExportJob *job, ImpWizardPagePermanence *self)
{
  show_verdict (self);
  show_job (self);
  imp_wizard_page_show_end (IMP_WIZARD_PAGE (self));
}

static void
on_job_approved (ImpExportJob *job, ImpWizardPagePermanence *self)
{
  self->approved_only = TRUE;
  show_job (self);
}

static void
on_format_toggled (GtkToggleButton *button, ImpWizardPagePermanence *self)
{
  if (!self->updating)
    imp_wizard_session_set_jpeg (session (self), gtk_toggle_button_get_active (button));
}

static void
on_cancel_clicked (GtkButton *button, ImpWizardPagePermanence *self)
{
  imp_export_job_cancel (self->job);
}

static void
on_answer (ImpReasonList *list, const char *key, ImpWizardPagePermanence *self)
{
  imp_wizard_page_show_question (IMP_WIZARD_PAGE (self), key);
}

static void
imp_wizard_page_permanence_dispose (GObject *object)
{
  ImpWizardPagePermanence *self = IMP_WIZARD_PAGE_PERMANENCE (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_pointer (&self->ticked_digest, g_free);
  G_OBJECT_CLASS (imp_wizard_page_permanence_parent_class)->dispose (object);
}

static void
imp_wizard_page_permanence_class_init (ImpWizardPagePermanenceClass *klass)
{
  ImpWizardPageClass *page_class = IMP_WIZARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_wizard_page_permanence_dispose;
  page_class->refresh = imp_wizard_page_permanence_refresh;
  page_class->is_needed = imp_wizard_page_permanence_is_needed;
}

static void
imp_wizard_page_permanence_init (ImpWizardPagePermanence *self)
{
}

static GtkWidget *
build_format (ImpWizardPagePermanence *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->png_button = gtk_toggle_button_new_with_label (_ ("PNG, exact"));
  self->jpeg_button = gtk_toggle_button_new_with_label (_ ("JPEG, smaller"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->jpeg_button),
                               GTK_TOGGLE_BUTTON (self->png_button));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->png_button), TRUE);
  g_signal_connect (self->jpeg_button, "toggled", G_CALLBACK (on_format_toggled), self);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (self->png_button, "answer");
  gtk_widget_add_css_class (self->jpeg_button, "answer");
  gtk_box_append (GTK_BOX (box), self->png_button);
  gtk_box_append (GTK_BOX (box), self->jpeg_button);
  return box;
}

static GtkWidget *
build_approval (ImpWizardPagePermanence *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Approve without exporting now"));
  GtkWidget *label = imp_widgets_label (
      _ ("I have looked at this picture and approve exactly it, for this use. It cannot be taken "
         "back."),
      NULL);

  self->approval = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->approval, "question");
  gtk_widget_add_css_class (self->approval, "card");
  self->approve_tick = gtk_check_button_new ();
  gtk_check_button_set_child (GTK_CHECK_BUTTON (self->approve_tick), label);
  imp_widgets_set_name (self->approve_tick, _ ("I approve exactly this picture, for this use"));
  gtk_box_append (GTK_BOX (self->approval), self->approve_tick);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "wizard.approve");
  gtk_box_append (GTK_BOX (self->approval), button);
  return self->approval;
}

static GtkWidget *
build_progress (ImpWizardPagePermanence *self)
{
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Stop"));

  self->progress = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->progress_bar = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->progress_bar), TRUE);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->progress_bar),
                             _ ("Writing, then reading back…"));
  gtk_widget_set_hexpand (self->progress_bar, TRUE);
  gtk_widget_set_valign (self->progress_bar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->progress), self->progress_bar);
  g_signal_connect (cancel, "clicked", G_CALLBACK (on_cancel_clicked), self);
  gtk_box_append (GTK_BOX (self->progress), cancel);
  gtk_widget_set_visible (self->progress, FALSE);
  return self->progress;
}

/**
 * imp_wizard_page_permanence_new:
 * @session_: what has been said so far
 * @job: the export that the wizard starts
 *
 * Returns: (transfer floating): the last page before an export
 */
GtkWidget *
imp_wizard_page_permanence_new (ImpWizardSession *session_, ImpExportJob *job)
{
  ImpWizardPagePermanence *self = g_object_new (IMP_TYPE_WIZARD_PAGE_PERMANENCE, NULL);
  ImpWizardPage *page = IMP_WIZARD_PAGE (self);

  imp_wizard_page_construct (page, session_, "permanence", _ ("This cannot be taken back"),
                             _ ("What has left can be copied by anyone who sees it. Look once "
                                "more."));
  self->job = g_object_ref (job);
  g_signal_connect (job, "changed", G_CALLBACK (on_job_changed), self);
  g_signal_connect (job, "approved", G_CALLBACK (on_job_approved), self);
  self->output = imp_output_view_new ();
  imp_wizard_page_add (page, self->output);
  imp_wizard_page_add_last (page, build_format (self));
  self->verdict = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_wizard_page_add_last (page, GTK_WIDGET (self->verdict));
  self->reasons = imp_reason_list_new ();
  g_signal_connect (self->reasons, "answer", G_CALLBACK (on_answer), self);
  imp_wizard_page_add_last (page, self->reasons);
  imp_wizard_page_add_last (page, build_approval (self));
  imp_wizard_page_add_last (page, build_progress (self));
  self->outcome = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_wizard_page_add_last (page, GTK_WIDGET (self->outcome));
  return GTK_WIDGET (self);
}

/**
 * imp_wizard_page_permanence_get_approves:
 * @self: the page
 *
 * Returns: whether the person has ticked that exactly what is shown is approved
 */
gboolean
imp_wizard_page_permanence_get_approves (ImpWizardPagePermanence *self)
{
  return gtk_widget_get_visible (self->approval)
         && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->approve_tick));
}

/**
 * imp_wizard_page_permanence_ask_approval:
 * @self: the page
 *
 * Says that the tick is missing, and goes to it.
 */
void
imp_wizard_page_permanence_ask_approval (ImpWizardPagePermanence *self)
{
  imp_notice_set (self->outcome, IMP_NOTICE_WARNING,
                  _ ("Tick first that you approve exactly this picture."));
  gtk_widget_grab_focus (self->approve_tick);
}

/**
 * imp_wizard_page_permanence_say_no:
 * @self: the page
 *
 * Says that it may not leave yet, and where the reasons stand.
 */
void
imp_wizard_page_permanence_say_no (ImpWizardPagePermanence *self)
{
  imp_notice_set (self->outcome, IMP_NOTICE_ERROR,
                  _ ("It may not leave yet. What stands in the way is listed above."));
  imp_wizard_page_show_end (IMP_WIZARD_PAGE (self));
}
