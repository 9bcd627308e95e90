#include "imp-wizard-page-person.h"

#include <glib/gi18n.h>

#include "imp-file-match.h"
#include "imp-notice.h"
#include "imp-person-card.h"
#include "imp-person-finder.h"
#include "imp-person-form.h"
#include "imp-widgets.h"

struct _ImpWizardPagePerson
{
  ImpWizardPage parent_instance;

  /* Children of the page */
  ImpNotice *objection;
  GtkWidget *confirmed; /* card and "Change" */
  GtkWidget *confirmed_card;
  GtkWidget *match;  /* ImpFileMatch */
  GtkWidget *finder; /* ImpPersonFinder */
  GtkWidget *unknown_button;
  ImpNotice *unknown_notice;
  GtkWidget *form; /* ImpPersonForm */

  char *matched;        /* owned: the id of whom it compares with the file */
  char *registering_of; /* owned: whose the form is: imp_wizard_session_name_seat() */
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

static ImpPicture *
get_picture (ImpWizardPagePerson *self)
{
  return imp_wizard_session_get_picture (session (self));
}

/* What the file says of the patient stays in sight after the answer, too. */
static void
show_match (ImpWizardPagePerson *self, const ImpPerson *person)
{
  if (g_strcmp0 (self->matched, person == NULL ? NULL : person->id) == 0)
    return;
  g_free (self->matched);
  self->matched = g_strdup (person == NULL ? NULL : person->id);
  imp_file_match_show (IMP_FILE_MATCH (self->match), get_register (self), get_picture (self),
                       person);
}

static const ImpPerson *
get_objector (ImpWizardPagePerson *self)
{
  const ImpPerson *person = imp_wizard_session_get_person (session (self));

  if (person == NULL)
    person = imp_person_finder_get_candidate (IMP_PERSON_FINDER (self->finder));
  return person != NULL && person->objects ? person : NULL;
}

static void
update (ImpWizardPagePerson *self)
{
  const ImpPerson *person = imp_wizard_session_get_person (session (self));
  gboolean unknown = g_strcmp0 (imp_wizard_session_get_person_id (session (self)), "") == 0;
  gboolean asking = person == NULL && !self->registering;

  self->updating = TRUE;
  imp_widgets_clear (self->confirmed_card);
  if (person != NULL)
    gtk_box_append (GTK_BOX (self->confirmed_card), imp_person_card_new (person));
  show_match (self, person);
  gtk_widget_set_visible (self->confirmed, person != NULL && !self->registering);
  gtk_widget_set_visible (self->finder, asking && !unknown);
  gtk_widget_set_visible (self->unknown_button, asking);
  gtk_widget_set_visible (self->form, self->registering);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->unknown_button), unknown);
  imp_notice_set (self->unknown_notice, IMP_NOTICE_INFORMATION,
                  unknown ? _ ("Then only “nobody could be identified” can let it leave: consent "
                               "belongs to a person.")
                          : NULL);
  imp_notice_set (self->objection, IMP_NOTICE_ERROR,
                  get_objector (self) != NULL && !self->registering && !unknown
                      ? _ ("This person has said no. Pictures of this person may not leave, with "
                           "or without a name. Only the person can lift that; it is recorded in "
                           "the register.")
                      : NULL);
  imp_wizard_page_show_questions (IMP_WIZARD_PAGE (self), !self->registering);
  self->updating = FALSE;
}

/* All that was said is forgotten: so is what was typed here. */
static void
on_reset (ImpWizardSession *session_, ImpWizardPagePerson *self)
{
  self->registering = FALSE;
  g_clear_pointer (&self->matched, g_free);
  imp_person_finder_start (IMP_PERSON_FINDER (self->finder), get_register (self),
                           get_picture (self));
}

static void
on_register_changed (ImpWizardSession *session_, ImpWizardPagePerson *self)
{
  g_clear_pointer (&self->matched, g_free);
  show_match (self, imp_wizard_session_get_person (session (self)));
  imp_person_finder_look_again (IMP_PERSON_FINDER (self->finder), get_register (self),
                                get_picture (self));
}

static void
on_candidate_changed (ImpPersonFinder *finder, ImpWizardPagePerson *self)
{
  update (self);
}

/* What was pressed to say who it is has gone: the keyboard goes on to Next, or to the objection. */
static void
say_person (ImpWizardPagePerson *self, const ImpPerson *person)
{
  imp_wizard_session_set_person (session (self), person);
  if (get_objector (self) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->objection), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.focus-next", NULL);
}

static void
on_confirmed (ImpPersonFinder *finder, ImpPerson *person, ImpWizardPagePerson *self)
{
  say_person (self, person);
}

static void
on_register (ImpPersonFinder *finder, const char *number, ImpWizardPagePerson *self)
{
  if (get_register (self) == NULL)
    return;
  self->registering = TRUE;
  g_free (self->registering_of);
  self->registering_of =
      imp_wizard_session_name_seat (imp_wizard_session_get_gate (session (self)));
  update (self);
  imp_person_form_start (IMP_PERSON_FORM (self->form), get_register (self), number);
}

/* The objection stands in the register: that is where it is read, and lifted. */
static void
on_objection_activated (ImpNotice *notice, ImpWizardPagePerson *self)
{
  const ImpPerson *person = get_objector (self);

  if (person != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.show-person", "s", person->id);
}

static void
on_change_clicked (GtkButton *button, ImpWizardPagePerson *self)
{
  imp_person_finder_start (IMP_PERSON_FINDER (self->finder), get_register (self),
                           get_picture (self));
  imp_wizard_session_clear_person (session (self));
  gtk_widget_child_focus (self->finder, GTK_DIR_TAB_FORWARD);
}

static void
on_unknown_toggled (GtkCheckButton *button, ImpWizardPagePerson *self)
{
  gboolean unknown = gtk_check_button_get_active (button);

  if (self->updating)
    return;
  imp_person_finder_start (IMP_PERSON_FINDER (self->finder), get_register (self),
                           get_picture (self));
  if (unknown)
    imp_wizard_session_set_person_unknown (session (self));
  else
    imp_wizard_session_clear_person (session (self));
}

static void
on_form_saved (ImpPersonForm *form, ImpPerson *person, ImpWizardPagePerson *self)
{
  self->registering = FALSE;
  say_person (self, person);
}

static void
on_form_cancelled (ImpPersonForm *form, ImpWizardPagePerson *self)
{
  self->registering = FALSE;
  update (self);
  gtk_widget_child_focus (self->finder, GTK_DIR_TAB_FORWARD);
}

/* A form is for who began it, and goes on with the gate that is there: while the register is locked
 * it is out of sight, and whoever else signs in gets none. */
static void
settle_form (ImpWizardPagePerson *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (session (self));
  g_autofree char *seat = imp_wizard_session_name_seat (gate);

  if (gate == NULL || !self->registering)
    return;
  if (g_strcmp0 (seat, self->registering_of) == 0)
    imp_person_form_set_source (IMP_PERSON_FORM (self->form), get_register (self));
  else
    self->registering = FALSE;
}

static void
imp_wizard_page_person_refresh (ImpWizardPage *page)
{
  settle_form (IMP_WIZARD_PAGE_PERSON (page));
  update (IMP_WIZARD_PAGE_PERSON (page));
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
      imp_person_finder_ask (IMP_PERSON_FINDER (self->finder));
      return FALSE;
    }
  if (person != NULL && person->objects)
    return FALSE; /* the notice says why; the gate would refuse as well */
  return IMP_WIZARD_PAGE_CLASS (imp_wizard_page_person_parent_class)->check (page);
}

static void
imp_wizard_page_person_finalize (GObject *object)
{
  g_free (IMP_WIZARD_PAGE_PERSON (object)->matched);
  g_free (IMP_WIZARD_PAGE_PERSON (object)->registering_of);
  G_OBJECT_CLASS (imp_wizard_page_person_parent_class)->finalize (object);
}

static void
imp_wizard_page_person_class_init (ImpWizardPagePersonClass *klass)
{
  ImpWizardPageClass *page_class = IMP_WIZARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = imp_wizard_page_person_finalize;
  page_class->refresh = imp_wizard_page_person_refresh;
  page_class->is_needed = imp_wizard_page_person_is_needed;
  page_class->check = imp_wizard_page_person_check;
}

static void
imp_wizard_page_person_init (ImpWizardPagePerson *self)
{
}

static void
build_confirmed (ImpWizardPagePerson *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("emblem-ok-symbolic");
  GtkWidget *change = gtk_button_new_with_label (_ ("Change"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->confirmed = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->confirmed, "question");
  gtk_widget_add_css_class (self->confirmed, "card");
  gtk_widget_add_css_class (icon, "granted");
  gtk_box_append (GTK_BOX (line), icon);
  self->confirmed_card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->confirmed_card, TRUE);
  gtk_box_append (GTK_BOX (line), self->confirmed_card);
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  imp_widgets_set_name (change, _ ("Change the person"));
  g_signal_connect (change, "clicked", G_CALLBACK (on_change_clicked), self);
  gtk_box_append (GTK_BOX (line), change);
  gtk_box_append (GTK_BOX (self->confirmed), line);
  self->match = imp_file_match_new ();
  gtk_box_append (GTK_BOX (self->confirmed), self->match);
}

static void
build (ImpWizardPagePerson *self)
{
  self->objection = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  imp_notice_set_button (self->objection, _ ("Show"));
  g_signal_connect (self->objection, "activated", G_CALLBACK (on_objection_activated), self);
  build_confirmed (self);
  self->finder = imp_person_finder_new ();
  g_signal_connect (self->finder, "candidate-changed", G_CALLBACK (on_candidate_changed), self);
  g_signal_connect (self->finder, "confirmed", G_CALLBACK (on_confirmed), self);
  g_signal_connect (self->finder, "register", G_CALLBACK (on_register), self);
  self->unknown_button =
      gtk_check_button_new_with_label (_ ("It is not known whose picture this is"));
  g_signal_connect (self->unknown_button, "toggled", G_CALLBACK (on_unknown_toggled), self);
  self->unknown_notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  self->form = imp_person_form_new ();
  g_signal_connect (self->form, "saved", G_CALLBACK (on_form_saved), self);
  g_signal_connect (self->form, "cancelled", G_CALLBACK (on_form_cancelled), self);
}

/**
 * imp_wizard_page_person_new:
 * @session_: what has been said so far
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
  build (self);
  imp_wizard_page_add (page, GTK_WIDGET (self->objection));
  imp_wizard_page_add (page, self->confirmed);
  imp_wizard_page_add (page, self->finder);
  imp_wizard_page_add (page, self->unknown_button);
  imp_wizard_page_add (page, GTK_WIDGET (self->unknown_notice));
  imp_wizard_page_add (page, self->form);
  g_signal_connect_object (session_, "reset", G_CALLBACK (on_reset), self, 0);
  g_signal_connect_object (session_, "register-changed", G_CALLBACK (on_register_changed), self, 0);
  update (self);
  return GTK_WIDGET (self);
}
