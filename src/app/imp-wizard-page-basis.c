#include "imp-wizard-page-basis.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-permission-form.h"
#include "imp-permission-row.h"
#include "imp-register-work.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpWizardPageBasis
{
  ImpWizardPage parent_instance;

  /* Children of the page */
  GtkWidget *routes;
  GtkWidget *anonymised_row;
  GtkWidget *anonymised_button;
  GtkWidget *consent_row;
  GtkWidget *consent_button;
  ImpNotice *missing;
  GtkWidget *consent;     /* what the consent route shows */
  ImpNotice *nobody;      /* consent needs a person */
  GtkWidget *permissions; /* rows of the person's permissions */
  GtkWidget *record_button;
  GtkWidget *form; /* ImpPermissionForm */
  ImpNotice *failure;

  /* Owned references */
  GPtrArray *known;   /* ImpPermission, as last read */
  GPtrArray *picks;   /* a check button for each, the first for "automatic" */
  char *person_id;    /* whose they are */
  char *used_id;      /* the one marked as used */
  char *recording_of; /* whose the form is: imp_wizard_session_name_seat() */
  GCancellable *loading;

  gboolean anonymised_first;
  gboolean recording;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpWizardPageBasis, imp_wizard_page_basis, IMP_TYPE_WIZARD_PAGE)

static void update (ImpWizardPageBasis *self);

static ImpWizardSession *
session (ImpWizardPageBasis *self)
{
  return imp_wizard_page_get_session (IMP_WIZARD_PAGE (self));
}

static void
on_route_toggled (GtkCheckButton *button, ImpWizardPageBasis *self)
{
  if (self->updating || !gtk_check_button_get_active (button))
    return;
  imp_wizard_session_set_route (
      session (self), GTK_WIDGET (button) == self->consent_button ? "consent" : "anonymised");
}

static void
on_pick_toggled (GtkCheckButton *button, ImpWizardPageBasis *self)
{
  if (self->updating || !gtk_check_button_get_active (button))
    return;
  for (guint i = 0; i < self->picks->len; i++)
    if (g_ptr_array_index (self->picks, i) == button)
      imp_wizard_session_set_permission (
          session (self),
          i == 0 ? NULL : ((ImpPermission *)g_ptr_array_index (self->known, i - 1))->id);
}

static void
add_pick (ImpWizardPageBasis *self, GtkWidget *row, const char *permission_id)
{
  GtkWidget *button = gtk_check_button_new ();
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  if (self->picks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (self->picks, 0));
  imp_widgets_set_name (button, title);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (button),
      g_strcmp0 (permission_id, imp_wizard_session_get_permission (session (self))) == 0);
  g_signal_connect (button, "toggled", G_CALLBACK (on_pick_toggled), self);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->permissions), row);
  g_ptr_array_add (self->picks, button);
}

/* What the gate looked at: used where it still stands, and otherwise what became of it. */
static GtkWidget *
new_tag (const ImpPermission *permission)
{
  ImpPermissionState state = imp_permission_row_state (permission);
  gboolean stands = state == IMP_PERMISSION_ACTIVE || state == IMP_PERMISSION_REVIEW_DUE;
  GtkWidget *tag = gtk_label_new (stands ? _ ("Used") : imp_words_state (state));

  gtk_widget_add_css_class (tag, "used-tag");
  if (!stands)
    gtk_widget_add_css_class (tag, "denied");
  gtk_label_set_wrap (GTK_LABEL (tag), TRUE);
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  return tag;
}

static void
show_permissions (ImpWizardPageBasis *self)
{
  GtkWidget *automatic = NULL;

  imp_widgets_clear (self->permissions);
  g_ptr_array_set_size (self->picks, 0);
  gtk_widget_set_visible (self->permissions, self->known != NULL && self->known->len > 0);
  if (self->known == NULL || self->known->len == 0)
    return;
  self->updating = TRUE;
  automatic = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (automatic), _ ("Whichever covers this use"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (automatic),
                               _ ("The best permission on record is looked up"));
  add_pick (self, automatic, NULL);
  for (guint i = 0; i < self->known->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (self->known, i);
      GtkWidget *row = imp_permission_row_new (permission);

      if (g_strcmp0 (permission->id, self->used_id) == 0)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_tag (permission));
      add_pick (self, row, permission->id);
    }
  self->updating = FALSE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpWizardPageBasis) self = IMP_WIZARD_PAGE_BASIS (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDossier) dossier = imp_register_work_load_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->loading)
    return;
  g_clear_object (&self->loading);
  imp_notice_show_error (self->failure, error);
  if (dossier == NULL)
    return;
  g_clear_pointer (&self->known, g_ptr_array_unref);
  self->known = g_ptr_array_ref (dossier->permissions);
  show_permissions (self);
  update (self);
}

static void
load (ImpWizardPageBasis *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (session (self));

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (gate == NULL || self->person_id == NULL || self->person_id[0] == '\0')
    return;
  self->loading = g_cancellable_new ();
  imp_register_work_load_async (imp_gate_get_register (gate), self->person_id, self->loading,
                                on_loaded, g_object_ref (self));
}

/* The level of permission that is asked for when consent is recorded for this use. */
static const char *
level_for (const char *destination)
{
  static const char *const LEVELS[][2] = {
    { "internal-meeting", "teaching-closed" }, { "teaching-file", "teaching-closed" },
    { "publication", "publication-named" },    { "research", "research-study" },
    { "social-media", "social-media" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (LEVELS); i++)
    if (g_strcmp0 (LEVELS[i][0], destination) == 0)
      return LEVELS[i][1];
  return NULL;
}

/* A form is for who began it, and goes on with the gate that is there: while the register is locked
 * it is out of sight, and whoever else signs in gets none. */
static void
settle_form (ImpWizardPageBasis *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (session (self));
  g_autofree char *seat = imp_wizard_session_name_seat (gate);

  if (gate == NULL || !self->recording)
    return;
  if (g_strcmp0 (seat, self->recording_of) == 0)
    imp_permission_form_set_gate (IMP_PERMISSION_FORM (self->form), gate);
  else
    self->recording = FALSE;
}

static void
on_record_clicked (GtkButton *button, ImpWizardPageBasis *self)
{
  const ImpPerson *person = imp_wizard_session_get_person (session (self));
  ImpGate *gate = imp_wizard_session_get_gate (session (self));

  if (person == NULL || gate == NULL)
    return;
  self->recording = TRUE;
  g_free (self->recording_of);
  self->recording_of = imp_wizard_session_name_seat (gate);
  update (self);
  imp_permission_form_start (IMP_PERMISSION_FORM (self->form), gate, person,
                             level_for (imp_wizard_session_get_destination (session (self))),
                             imp_wizard_session_get_answer (session (self), "destination-name"));
}

static void
on_form_saved (ImpPermissionForm *form, ImpWizardPageBasis *self)
{
  self->recording = FALSE;
  load (self);
  imp_wizard_session_touch (session (self));
}

static void
on_form_cancelled (ImpPermissionForm *form, ImpWizardPageBasis *self)
{
  self->recording = FALSE;
  update (self);
  gtk_widget_grab_focus (self->record_button);
}

/* For a teaching file the anonymised route comes first (policy.md article row 8). */
static void
order_routes (ImpWizardPageBasis *self)
{
  gboolean first =
      g_strcmp0 (imp_wizard_session_get_destination (session (self)), "teaching-file") == 0;

  if (first == self->anonymised_first)
    return;
  self->anonymised_first = first;
  gtk_list_box_remove (GTK_LIST_BOX (self->routes), self->anonymised_row);
  gtk_list_box_insert (GTK_LIST_BOX (self->routes), self->anonymised_row, first ? 0 : 1);
}

static void
update (ImpWizardPageBasis *self)
{
  const char *route = imp_wizard_session_get_route (session (self));
  const ImpPerson *person = imp_wizard_session_get_person (session (self));
  gboolean consent = g_strcmp0 (route, "consent") == 0;
  const char *text = NULL;

  self->updating = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->consent_button), consent);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->anonymised_button),
                               g_strcmp0 (route, "anonymised") == 0);
  self->updating = FALSE;
  if (consent && person == NULL)
    text = _ ("Consent belongs to a person. Go back and say whose picture it is.");
  else if (consent && self->known != NULL && self->known->len == 0)
    text = _ ("Nothing is on record for this person yet. If the patient has agreed, record it "
              "here with its evidence.");
  imp_notice_set (self->nobody, IMP_NOTICE_INFORMATION, text);
  gtk_widget_set_visible (self->routes, !self->recording);
  gtk_widget_set_visible (self->consent, consent && !self->recording);
  gtk_widget_set_visible (self->record_button, person != NULL);
  gtk_widget_set_visible (self->form, self->recording);
  imp_wizard_page_show_questions (IMP_WIZARD_PAGE (self), !self->recording && route != NULL);
  imp_wizard_page_set_has_form (IMP_WIZARD_PAGE (self), self->recording);
}

static void
imp_wizard_page_basis_refresh (ImpWizardPage *page)
{
  ImpWizardPageBasis *self = IMP_WIZARD_PAGE_BASIS (page);
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session (self));
  const char *person_id = imp_wizard_session_get_person_id (session (self));

  IMP_WIZARD_PAGE_CLASS (imp_wizard_page_basis_parent_class)->refresh (page);
  order_routes (self);
  settle_form (self);
  if (imp_wizard_session_get_gate (session (self)) != NULL
      && g_strcmp0 (person_id, self->person_id) != 0)
    {
      g_free (self->person_id);
      self->person_id = g_strdup (person_id);
      g_clear_pointer (&self->known, g_ptr_array_unref);
      self->recording = FALSE;
      show_permissions (self);
      load (self);
    }
  if (rehearsal != NULL && g_strcmp0 (rehearsal->permission_id, self->used_id) != 0)
    {
      g_free (self->used_id);
      self->used_id = g_strdup (rehearsal->permission_id);
      show_permissions (self);
    }
  if (imp_wizard_session_get_route (session (self)) != NULL)
    imp_notice_set (self->missing, IMP_NOTICE_WARNING, NULL);
  update (self);
}

static gboolean
imp_wizard_page_basis_is_needed (ImpWizardPage *page)
{
  return TRUE;
}

static gboolean
imp_wizard_page_basis_check (ImpWizardPage *page)
{
  ImpWizardPageBasis *self = IMP_WIZARD_PAGE_BASIS (page);

  if (imp_wizard_session_get_route (session (self)) == NULL)
    {
      imp_notice_set (self->missing, IMP_NOTICE_WARNING, _ ("Choose what lets you share it."));
      gtk_widget_grab_focus (self->anonymised_first ? self->anonymised_button
                                                    : self->consent_button);
      return FALSE;
    }
  return IMP_WIZARD_PAGE_CLASS (imp_wizard_page_basis_parent_class)->check (page);
}

static void
imp_wizard_page_basis_dispose (GObject *object)
{
  ImpWizardPageBasis *self = IMP_WIZARD_PAGE_BASIS (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_pointer (&self->picks, g_ptr_array_unref);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->used_id, g_free);
  g_clear_pointer (&self->recording_of, g_free);
  g_clear_object (&self->anonymised_row);
  G_OBJECT_CLASS (imp_wizard_page_basis_parent_class)->dispose (object);
}

static void
imp_wizard_page_basis_class_init (ImpWizardPageBasisClass *klass)
{
  ImpWizardPageClass *page_class = IMP_WIZARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_wizard_page_basis_dispose;
  page_class->refresh = imp_wizard_page_basis_refresh;
  page_class->is_needed = imp_wizard_page_basis_is_needed;
  page_class->check = imp_wizard_page_basis_check;
}

static void
imp_wizard_page_basis_init (ImpWizardPageBasis *self)
{
  self->picks = g_ptr_array_new ();
}

static GtkWidget *
new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
new_route (ImpWizardPageBasis *self, const char *title, const char *subtitle, GtkWidget **button)
{
  GtkWidget *row = adw_action_row_new ();

  *button = gtk_check_button_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  imp_widgets_set_name (*button, title);
  g_signal_connect (*button, "toggled", G_CALLBACK (on_route_toggled), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), *button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *button);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
build (ImpWizardPageBasis *self)
{
  self->routes = new_list ();
  self->consent_row = new_route (
      self, _ ("The patient agreed"),
      _ ("A permission on record covers this use. What identifies is covered all the same."),
      &self->consent_button);
  self->anonymised_row = g_object_ref_sink (
      new_route (self, _ ("Nobody could be identified"),
                 _ ("Not by you, a relative, a workmate, or someone who reads the news."),
                 &self->anonymised_button));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (self->anonymised_button),
                              GTK_CHECK_BUTTON (self->consent_button));
  gtk_list_box_append (GTK_LIST_BOX (self->routes), self->consent_row);
  gtk_list_box_append (GTK_LIST_BOX (self->routes), self->anonymised_row);
  self->missing = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  self->consent = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->consent), imp_widgets_label (_ ("On record"), "heading"));
  self->permissions = new_list ();
  gtk_box_append (GTK_BOX (self->consent), self->permissions);
  self->nobody = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  gtk_box_append (GTK_BOX (self->consent), GTK_WIDGET (self->nobody));
  self->record_button = gtk_button_new_with_label (_ ("Record consent…"));
  g_signal_connect (self->record_button, "clicked", G_CALLBACK (on_record_clicked), self);
  gtk_box_append (GTK_BOX (self->consent), self->record_button);
  self->failure = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  self->form = imp_permission_form_new ();
  g_signal_connect (self->form, "saved", G_CALLBACK (on_form_saved), self);
  g_signal_connect (self->form, "cancelled", G_CALLBACK (on_form_cancelled), self);
}

/**
 * imp_wizard_page_basis_new:
 * @session_: what has been said so far
 *
 * Returns: (transfer floating): the page of the two routes
 */
GtkWidget *
imp_wizard_page_basis_new (ImpWizardSession *session_)
{
  ImpWizardPageBasis *self = g_object_new (IMP_TYPE_WIZARD_PAGE_BASIS, NULL);
  ImpWizardPage *page = IMP_WIZARD_PAGE (self);

  imp_wizard_page_construct (page, session_, "basis", _ ("What lets you share it?"),
                             _ ("One of the two must hold, and the answers are kept as proof."));
  build (self);
  imp_wizard_page_add (page, self->routes);
  imp_wizard_page_add (page, GTK_WIDGET (self->missing));
  imp_wizard_page_add (page, self->consent);
  imp_wizard_page_add (page, GTK_WIDGET (self->failure));
  imp_wizard_page_add (page, self->form);
  g_signal_connect_object (session_, "register-changed", G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
