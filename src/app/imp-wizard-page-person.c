#include "imp-wizard-page-person.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-file-person.h"
#include "imp-notice.h"
#include "imp-person-card.h"
#include "imp-person-form.h"
#include "imp-register-work.h"
#include "imp-widgets.h"

#define DEBOUNCE_MS 250

struct _ImpWizardPagePerson
{
  ImpWizardPage parent_instance;

  /* Children of the page */
  GtkWidget *asking; /* the entry and what belongs to it */
  GtkWidget *number_row;
  GtkWidget *spinner;
  GtkWidget *file_says; /* ImpFilePerson */
  ImpNotice *nobody;    /* no such number */
  GtkWidget *found;     /* card, question and two answers */
  GtkWidget *found_card;
  GtkWidget *unknown_button;
  ImpNotice *unknown_notice;
  GtkWidget *confirmed; /* card and "Change" */
  GtkWidget *confirmed_card;
  ImpNotice *objection;
  ImpNotice *failure;
  GtkWidget *form; /* ImpPersonForm */

  /* Owned references */
  ImpPerson *candidate; /* found by number, not confirmed yet */
  GCancellable *searching;

  guint timeout;
  gboolean registering;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpWizardPagePerson, imp_wizard_page_person, IMP_TYPE_WIZARD_PAGE)

static ImpWizardSession *
session (ImpWizardPagePerson *self)
{
  return imp_wizard_page_get_session (IMP_WIZARD_PAGE (self));
}

static ImpRegister *
get_register (ImpWizardPagePerson *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (session (self));

  return gate == NULL ? NULL : imp_gate_get_register (gate);
}

static void
show_card (GtkWidget *box, const ImpPerson *person)
{
  imp_widgets_clear (box);
  if (person != NULL)
    gtk_box_append (GTK_BOX (box), imp_person_card_new (person));
}

static void
update (ImpWizardPagePerson *self)
{
  const ImpPerson *person = imp_wizard_session_get_person (session (self));
  const char *id = imp_wizard_session_get_person_id (session (self));
  const ImpPerson *objector = person != NULL ? person : self->candidate;
  gboolean unknown = g_strcmp0 (id, "") == 0;
  gboolean asking = person == NULL && !self->registering;

  self->updating = TRUE;
  show_card (self->found_card, self->candidate);
  show_card (self->confirmed_card, person);
  gtk_widget_set_visible (self->form, self->registering);
  gtk_widget_set_visible (self->confirmed, person != NULL && !self->registering);
  gtk_widget_set_visible (self->asking, asking);
  gtk_widget_set_visible (self->number_row, !unknown);
  gtk_widget_set_visible (self->found, asking && !unknown && self->candidate != NULL);
  gtk_widget_set_visible (self->file_says, asking && !unknown && self->candidate == NULL);
  if (unknown || self->candidate != NULL)
    imp_notice_set (self->nobody, IMP_NOTICE_INFORMATION, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->unknown_button), unknown);
  imp_notice_set (self->unknown_notice, IMP_NOTICE_INFORMATION,
                  unknown ? _ ("Then only “nobody could be identified” can let it leave: consent "
                               "belongs to a person.")
                          : NULL);
  imp_notice_set (self->objection, IMP_NOTICE_ERROR,
                  objector != NULL && objector->objects && !self->registering
                      ? _ ("This person has said no. Pictures of this person may not leave, with "
                           "or without a name. Only the person can lift that; it is recorded in "
                           "the register.")
                      : NULL);
  imp_wizard_page_show_questions (IMP_WIZARD_PAGE (self), !self->registering);
  self->updating = FALSE;
}

static void
set_candidate (ImpWizardPagePerson *self, ImpPerson *person)
{
  g_clear_pointer (&self->candidate, imp_person_free);
  self->candidate = person;
  update (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpWizardPagePerson) self = IMP_WIZARD_PAGE_PERSON (user_data);
  g_autoptr (GError) error = NULL;
  ImpPerson *person = imp_register_work_find_number_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->searching)
    {
      g_clear_pointer (&person, imp_person_free);
      return;
    }
  g_clear_object (&self->searching);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  imp_notice_show_error (self->failure, error);
  imp_notice_set (self->nobody, IMP_NOTICE_INFORMATION,
                  person == NULL && error == NULL ? _ ("Nobody is registered with this number.")
                                                  : NULL);
  set_candidate (self, person);
}

static gboolean
search_now (gpointer user_data)
{
  ImpWizardPagePerson *self = user_data;
  g_autofree char *number = imp_widgets_get_text (self->number_row);

  self->timeout = 0;
  if (number == NULL || get_register (self) == NULL)
    return G_SOURCE_REMOVE;
  self->searching = g_cancellable_new ();
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  imp_register_work_find_number_async (get_register (self), number, self->searching, on_found,
                                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_searching (ImpWizardPagePerson *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
}

static void
on_number_changed (GtkEditable *editable, ImpWizardPagePerson *self)
{
  if (self->updating)
    return;
  stop_searching (self);
  imp_notice_set (self->nobody, IMP_NOTICE_INFORMATION, NULL);
  imp_widgets_set_error (self->number_row, FALSE);
  set_candidate (self, NULL);
  self->timeout = g_timeout_add (DEBOUNCE_MS, search_now, self);
}

static void
look_up_file (ImpWizardPagePerson *self)
{
  ImpPicture *picture = imp_wizard_session_get_picture (session (self));
  ImpFacts *facts =
      picture == NULL ? NULL : imp_source_get_facts (imp_picture_get_source (picture));

  imp_file_person_look (IMP_FILE_PERSON (self->file_says), get_register (self),
                        facts == NULL ? NULL : imp_facts_get_patient_id (facts));
}

/* All that was said is forgotten: so is what was typed here. */
static void
on_reset (ImpWizardSession *session_, ImpWizardPagePerson *self)
{
  stop_searching (self);
  g_clear_pointer (&self->candidate, imp_person_free);
  self->registering = FALSE;
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->number_row), "");
  self->updating = FALSE;
  imp_notice_set (self->nobody, IMP_NOTICE_INFORMATION, NULL);
  imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  look_up_file (self);
}

static void
on_register_changed (ImpWizardSession *session_, ImpWizardPagePerson *self)
{
  look_up_file (self);
}

static void
on_file_person_shown (ImpFilePerson *file, ImpPerson *person, ImpWizardPagePerson *self)
{
  set_candidate (self, imp_person_copy (person));
}

static void
register_person (ImpWizardPagePerson *self, const char *number)
{
  if (get_register (self) == NULL)
    return;
  self->registering = TRUE;
  update (self);
  imp_person_form_start (IMP_PERSON_FORM (self->form), get_register (self), number);
}

static void
on_file_person_registered (ImpFilePerson *file, const char *number, ImpWizardPagePerson *self)
{
  register_person (self, number);
}

/* The objection stands in the register: that is where it is read, and lifted. */
static void
on_objection_activated (ImpNotice *notice, ImpWizardPagePerson *self)
{
  const ImpPerson *person = imp_wizard_session_get_person (session (self));

  if (person == NULL)
    person = self->candidate;
  if (person != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.show-person", "s", person->id);
}

static void
on_confirm_clicked (GtkButton *button, ImpWizardPagePerson *self)
{
  g_autoptr (ImpPerson) person = g_steal_pointer (&self->candidate);

  if (person != NULL)
    imp_wizard_session_set_person (session (self), person);
}

static void
on_deny_clicked (GtkButton *button, ImpWizardPagePerson *self)
{
  g_clear_pointer (&self->candidate, imp_person_free);
  update (self);
  gtk_widget_grab_focus (self->number_row);
}

static void
on_change_clicked (GtkButton *button, ImpWizardPagePerson *self)
{
  imp_wizard_session_clear_person (session (self));
  gtk_widget_grab_focus (self->number_row);
}

static void
on_unknown_toggled (GtkCheckButton *button, ImpWizardPagePerson *self)
{
  if (self->updating)
    return;
  stop_searching (self);
  g_clear_pointer (&self->candidate, imp_person_free);
  if (gtk_check_button_get_active (button))
    imp_wizard_session_set_person_unknown (session (self));
  else
    imp_wizard_session_clear_person (session (self));
}

static void
on_register_activated (ImpNotice *notice, ImpWizardPagePerson *self)
{
  g_autofree char *number = imp_widgets_get_text (self->number_row);

  register_person (self, number);
}

static void
on_form_saved (ImpPersonForm *form, ImpPerson *person, ImpWizardPagePerson *self)
{
  self->registering = FALSE;
  imp_wizard_session_set_person (session (self), person);
}

static void
on_form_cancelled (ImpPersonForm *form, ImpWizardPagePerson *self)
{
  self->registering = FALSE;
  update (self);
  gtk_widget_grab_focus (self->number_row);
}

static void
imp_wizard_page_person_refresh (ImpWizardPage *page)
{
  ImpWizardPagePerson *self = IMP_WIZARD_PAGE_PERSON (page);

  update (self);
  IMP_WIZARD_PAGE_CLASS (imp_wizard_page_person_parent_class)->refresh (page);
}

static gboolean
imp_wizard_page_person_is_needed (ImpWizardPage *page)
{
  return TRUE;
}

static gboolean
imp_wizard_page_person_check (ImpWizardPage *page)
{
  ImpWizardPagePerson *self = IMP_WIZARD_PAGE_PERSON (page);
  const ImpPerson *person = imp_wizard_session_get_person (session (self));

  if (imp_wizard_session_get_person_id (session (self)) == NULL)
    {
      imp_notice_set (self->failure, IMP_NOTICE_WARNING,
                      self->candidate != NULL
                          ? _ ("Is this the person? Please answer first.")
                          : _ ("Find the person by hospital number, register the person, or say "
                               "that it is not known."));
      imp_widgets_set_error (self->number_row, self->candidate == NULL);
      gtk_widget_grab_focus (self->number_row);
      return FALSE;
    }
  imp_notice_set (self->failure, IMP_NOTICE_WARNING, NULL);
  if (person != NULL && person->objects)
    return FALSE; /* the notice says why; the gate would refuse as well */
  return IMP_WIZARD_PAGE_CLASS (imp_wizard_page_person_parent_class)->check (page);
}

static void
imp_wizard_page_person_dispose (GObject *object)
{
  ImpWizardPagePerson *self = IMP_WIZARD_PAGE_PERSON (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_pointer (&self->candidate, imp_person_free);
  G_OBJECT_CLASS (imp_wizard_page_person_parent_class)->dispose (object);
}

static void
imp_wizard_page_person_class_init (ImpWizardPagePersonClass *klass)
{
  ImpWizardPageClass *page_class = IMP_WIZARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_wizard_page_person_dispose;
  page_class->refresh = imp_wizard_page_person_refresh;
  page_class->is_needed = imp_wizard_page_person_is_needed;
  page_class->check = imp_wizard_page_person_check;
}

static void
imp_wizard_page_person_init (ImpWizardPagePerson *self)
{
}

static GtkWidget *
new_button (const char *label, GCallback clicked, gpointer self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static void
build_asking (ImpWizardPagePerson *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->asking = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->number_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->number_row), _ ("Hospital number"));
  imp_widgets_set_name (self->number_row, _ ("Hospital number"));
  gtk_widget_add_css_class (self->number_row, "numeric");
  self->spinner = gtk_spinner_new ();
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->number_row), self->spinner);
  g_signal_connect (self->number_row, "changed", G_CALLBACK (on_number_changed), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->number_row);
  gtk_box_append (GTK_BOX (self->asking), group);
  self->file_says = imp_file_person_new ();
  g_signal_connect (self->file_says, "show-person", G_CALLBACK (on_file_person_shown), self);
  g_signal_connect (self->file_says, "register", G_CALLBACK (on_file_person_registered), self);
  gtk_box_append (GTK_BOX (self->asking), self->file_says);
  self->nobody = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_notice_set_button (self->nobody, _ ("Register…"));
  g_signal_connect (self->nobody, "activated", G_CALLBACK (on_register_activated), self);
  gtk_box_append (GTK_BOX (self->asking), GTK_WIDGET (self->nobody));
}

static void
build_found (ImpWizardPagePerson *self)
{
  GtkWidget *answers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->found = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->found, "question");
  gtk_widget_add_css_class (self->found, "card");
  self->found_card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->found), self->found_card);
  gtk_box_append (
      GTK_BOX (self->found),
      imp_widgets_label (_ ("Do name and date of birth fit the person in the picture?"), NULL));
  gtk_box_set_homogeneous (GTK_BOX (answers), TRUE);
  gtk_box_append (GTK_BOX (answers),
                  new_button (_ ("Yes, this person"), G_CALLBACK (on_confirm_clicked), self));
  gtk_box_append (GTK_BOX (answers),
                  new_button (_ ("No, someone else"), G_CALLBACK (on_deny_clicked), self));
  gtk_box_append (GTK_BOX (self->found), answers);
  gtk_box_append (GTK_BOX (self->asking), self->found);
  self->unknown_button =
      gtk_check_button_new_with_label (_ ("It is not known whose picture this is"));
  g_signal_connect (self->unknown_button, "toggled", G_CALLBACK (on_unknown_toggled), self);
  gtk_box_append (GTK_BOX (self->asking), self->unknown_button);
  self->unknown_notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  gtk_box_append (GTK_BOX (self->asking), GTK_WIDGET (self->unknown_notice));
}

static void
build_confirmed (ImpWizardPagePerson *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("emblem-ok-symbolic");
  GtkWidget *change = new_button (_ ("Change"), G_CALLBACK (on_change_clicked), self);

  self->confirmed = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->confirmed, "question");
  gtk_widget_add_css_class (self->confirmed, "card");
  gtk_widget_add_css_class (icon, "success");
  gtk_box_append (GTK_BOX (self->confirmed), icon);
  self->confirmed_card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->confirmed_card, TRUE);
  gtk_box_append (GTK_BOX (self->confirmed), self->confirmed_card);
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  imp_widgets_set_name (change, _ ("Change the person"));
  gtk_box_append (GTK_BOX (self->confirmed), change);
  self->objection = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  imp_notice_set_button (self->objection, _ ("Show"));
  g_signal_connect (self->objection, "activated", G_CALLBACK (on_objection_activated), self);
  self->failure = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  self->form = imp_person_form_new ();
  g_signal_connect (self->form, "saved", G_CALLBACK (on_form_saved), self);
  g_signal_connect (self->form, "cancelled", G_CALLBACK (on_form_cancelled), self);
}

/**
 * imp_wizard_page_person_new:
 * @session: what has been said so far
 *
 * Returns: (transfer floating): the first page
 */
GtkWidget *
imp_wizard_page_person_new (ImpWizardSession *session_)
{
  ImpWizardPagePerson *self = g_object_new (IMP_TYPE_WIZARD_PAGE_PERSON, NULL);
  ImpWizardPage *page = IMP_WIZARD_PAGE (self);

  imp_wizard_page_construct (page, session_, "person", _ ("Whose picture is this?"),
                             _ ("Each person’s own wishes come first, so the register is searched "
                                "before anything else."));
  build_asking (self);
  build_found (self);
  build_confirmed (self);
  imp_wizard_page_add (page, GTK_WIDGET (self->objection));
  imp_wizard_page_add (page, self->confirmed);
  imp_wizard_page_add (page, self->asking);
  imp_wizard_page_add (page, GTK_WIDGET (self->failure));
  imp_wizard_page_add (page, self->form);
  g_signal_connect_object (session_, "reset", G_CALLBACK (on_reset), self, 0);
  g_signal_connect_object (session_, "register-changed", G_CALLBACK (on_register_changed), self, 0);
  update (self);
  return GTK_WIDGET (self);
}
