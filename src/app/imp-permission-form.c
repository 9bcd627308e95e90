#include "imp-permission-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-date-row.h"
#include "imp-notice.h"
#include "imp-register-work.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpPermissionForm
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *subtitle;
  GtkToggleButton *agreed_button;
  GtkToggleButton *refused_button;
  AdwComboRow *level_row;
  GtkWidget *scope_row;
  GtkLabel *covers;
  GtkWidget *agreed_rows;
  GtkSwitch *identifiable_switch;
  AdwComboRow *giver_row;
  GtkWidget *giver_note_row;
  AdwComboRow *capacity_row;
  GtkWidget *decision_row;
  GtkWidget *assessor_row;
  ImpDateRow *assessed_row;
  AdwComboRow *evidence_row;
  GtkWidget *witness_row;
  GtkWidget *witness_role_row;
  GtkWidget *reference_row;
  GtkWidget *wording_row;
  ImpDateRow *given_row;
  ImpDateRow *expires_row;
  ImpDateRow *review_row;
  ImpNotice *notice;
  GtkWidget *save_button;

  /* Owned references */
  ImpRegister *source;
  ImpPerson *person;
};

G_DEFINE_FINAL_TYPE (ImpPermissionForm, imp_permission_form, GTK_TYPE_WIDGET)

enum
{
  SAVED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a level is limited to, where it names one thing (policy.md 2.2). */
static const char *
scope_title (const char *level)
{
  if (g_strcmp0 (level, "publication-named") == 0)
    return _ ("Which publication?");
  if (g_strcmp0 (level, "social-media") == 0)
    return _ ("Which platform?");
  if (g_strcmp0 (level, "research-study") == 0)
    return _ ("Which study?");
  if (g_strcmp0 (level, "research-area") == 0)
    return _ ("Which area of research?");
  return NULL;
}

static void
update_rows (ImpPermissionForm *self)
{
  const char *level = imp_widgets_get_choice (self->level_row);
  const char *giver = imp_widgets_get_choice (self->giver_row);
  const char *scope = scope_title (level);
  gboolean lacks = g_strcmp0 (imp_widgets_get_choice (self->capacity_row), "lacks") == 0;
  gboolean spoken =
      g_strcmp0 (imp_widgets_get_choice (self->evidence_row), "verbal-with-witness") == 0;

  gtk_widget_set_visible (self->decision_row, lacks);
  gtk_widget_set_visible (self->assessor_row, lacks);
  gtk_widget_set_visible (GTK_WIDGET (self->assessed_row), lacks);
  gtk_widget_set_visible (self->witness_row, spoken);
  gtk_widget_set_visible (self->witness_role_row, spoken);
  gtk_label_set_label (self->covers, level == NULL ? "" : imp_words_level_covers (level));
  gtk_widget_set_visible (GTK_WIDGET (self->covers), level != NULL);
  gtk_widget_set_visible (self->scope_row, scope != NULL);
  if (scope != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->scope_row), scope);
      imp_widgets_set_name (self->scope_row, scope);
    }
  gtk_widget_set_visible (self->agreed_rows, gtk_toggle_button_get_active (self->agreed_button));
  gtk_widget_set_visible (self->giver_note_row, giver != NULL && !g_str_equal (giver, "patient")
                                                    && !g_str_equal (giver, "none"));
}

/* One thing is found wrong at a time: whatever is changed may have put it right. */
static void
clear_errors (ImpPermissionForm *self)
{
  GtkWidget *rows[] = { GTK_WIDGET (self->level_row),
                        self->scope_row,
                        GTK_WIDGET (self->giver_row),
                        self->giver_note_row,
                        GTK_WIDGET (self->capacity_row),
                        GTK_WIDGET (self->evidence_row),
                        self->decision_row,
                        self->assessor_row,
                        self->witness_row,
                        self->witness_role_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    imp_widgets_set_error (rows[i], FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
}

/* A grown-up patient's capacity is presumed by law; nobody else's is. */
static void
on_giver_changed (ImpPermissionForm *self, GParamSpec *pspec, gpointer row)
{
  const char *giver = imp_widgets_get_choice (self->giver_row);

  if (g_strcmp0 (giver, "patient") == 0)
    imp_widgets_set_choice (self->capacity_row, "presumed");
  else if (g_strcmp0 (giver, "competent-under-16") == 0)
    imp_widgets_set_choice (self->capacity_row, "assessed-competent");
  clear_errors (self);
  update_rows (self);
}

static void
on_choice_changed (ImpPermissionForm *self, GParamSpec *pspec, gpointer row)
{
  clear_errors (self);
  update_rows (self);
}

static void
on_answer_toggled (ImpPermissionForm *self, GtkToggleButton *button)
{
  clear_errors (self);
  update_rows (self);
}

static gboolean
fail (ImpPermissionForm *self, GtkWidget *row, const char *text)
{
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, text);
  if (row != NULL)
    {
      imp_widgets_set_error (row, TRUE);
      gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
    }
  return FALSE;
}

static gboolean
read_dates (ImpPermissionForm *self, ImpPermission *permission)
{
  g_autofree char *today = imp_clock_today ();

  if (!imp_date_row_get_date (self->given_row, &permission->given)
      || !imp_date_row_get_date (self->expires_row, &permission->expires)
      || !imp_date_row_get_date (self->review_row, &permission->review))
    return fail (self, NULL, _ ("Write a date as 3 May 2027, or leave it empty."));
  if (permission->given == NULL)
    return fail (self, GTK_WIDGET (self->given_row), _ ("When was this said?"));
  if (g_strcmp0 (permission->given, today) > 0)
    return fail (self, GTK_WIDGET (self->given_row), _ ("That day lies in the future."));
  if (permission->expires != NULL && g_strcmp0 (permission->expires, permission->given) < 0)
    return fail (self, GTK_WIDGET (self->expires_row), _ ("It would end before it begins."));
  return TRUE;
}

/* What only some answers ask for: an assessment of capacity, a witness. */
static gboolean
read_details (ImpPermissionForm *self, ImpPermission *permission)
{
  if (gtk_widget_get_visible (self->decision_row))
    {
      permission->capacity_decision = imp_widgets_get_text (self->decision_row);
      permission->capacity_assessor = imp_widgets_get_text (self->assessor_row);
      if (permission->capacity_decision == NULL)
        return fail (self, self->decision_row, _ ("Which decision was assessed?"));
      if (permission->capacity_assessor == NULL)
        return fail (self, self->assessor_row, _ ("Who assessed it?"));
      if (!imp_date_row_get_date (self->assessed_row, &permission->capacity_assessed)
          || permission->capacity_assessed == NULL)
        return fail (self, GTK_WIDGET (self->assessed_row), _ ("On which day was it assessed?"));
    }
  if (gtk_widget_get_visible (self->witness_row))
    {
      permission->witness_name = imp_widgets_get_text (self->witness_row);
      permission->witness_role = imp_widgets_get_text (self->witness_role_row);
      if (permission->witness_name == NULL)
        return fail (self, self->witness_row, _ ("Who witnessed it?"));
      if (permission->witness_role == NULL)
        return fail (self, self->witness_role_row, _ ("What is the role of the witness?"));
    }
  return TRUE;
}

/* What only an agreement has: who gave it, and what proves it. */
static gboolean
read_agreement (ImpPermissionForm *self, ImpPermission *permission)
{
  permission->identifiable = gtk_switch_get_active (self->identifiable_switch);
  permission->giver_note = imp_widgets_get_text (self->giver_note_row);
  permission->evidence = g_strdup (imp_widgets_get_choice (self->evidence_row));
  permission->evidence_reference = imp_widgets_get_text (self->reference_row);
  permission->wording_version = imp_widgets_get_text (self->wording_row);
  permission->given_by = g_strdup (imp_widgets_get_choice (self->giver_row));
  permission->capacity = g_strdup (imp_widgets_get_choice (self->capacity_row));
  if (permission->given_by == NULL)
    return fail (self, GTK_WIDGET (self->giver_row), _ ("Who agreed?"));
  if (permission->capacity == NULL)
    return fail (self, GTK_WIDGET (self->capacity_row), _ ("Was the patient able to decide?"));
  if (gtk_widget_get_visible (self->giver_note_row) && permission->giver_note == NULL)
    return fail (self, self->giver_note_row,
                 _ ("Write what makes this person the one to ask, and how it was checked."));
  if (permission->evidence == NULL)
    return fail (self, GTK_WIDGET (self->evidence_row),
                 _ ("What proves it? An agreement without evidence covers nothing."));
  return read_details (self, permission);
}

static gboolean
read_form (ImpPermissionForm *self, ImpPermission *permission)
{
  gboolean agreed = gtk_toggle_button_get_active (self->agreed_button);

  permission->person_id = g_strdup (self->person->id);
  permission->level = g_strdup (imp_widgets_get_choice (self->level_row));
  permission->state = agreed ? IMP_PERMISSION_ACTIVE : IMP_PERMISSION_REFUSED;
  if (!agreed && !gtk_toggle_button_get_active (self->refused_button))
    return fail (self, NULL, _ ("Did they agree, or refuse?"));
  if (permission->level == NULL)
    return fail (self, GTK_WIDGET (self->level_row), _ ("What is it about?"));
  if (gtk_widget_get_visible (self->scope_row))
    {
      permission->scope = imp_widgets_get_text (self->scope_row);
      if (permission->scope == NULL)
        return fail (self, self->scope_row, scope_title (permission->level));
    }
  if (agreed && !read_agreement (self, permission))
    return FALSE;
  if (!agreed)
    {
      permission->given_by = g_strdup ("patient");
      permission->capacity = g_strdup ("presumed");
    }
  return read_dates (self, permission);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPermissionForm) self = IMP_PERMISSION_FORM (user_data);
  g_autoptr (GError) error = NULL;
  gboolean saved = imp_register_work_write_finish (result, &error);

  gtk_widget_set_sensitive (self->save_button, TRUE);
  imp_notice_show_error (self->notice, error);
  if (saved)
    g_signal_emit (self, signals[SAVED], 0);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPermissionForm *self = IMP_PERMISSION_FORM (widget);
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  if (self->source == NULL || !gtk_widget_get_sensitive (self->save_button))
    return;
  clear_errors (self);
  if (!read_form (self, permission))
    return;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  imp_register_work_add_permission_async (self->source, permission, on_saved, g_object_ref (self));
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CANCELLED], 0);
}

static void
imp_permission_form_dispose (GObject *object)
{
  ImpPermissionForm *self = IMP_PERMISSION_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->source);
  g_clear_pointer (&self->person, imp_person_free);
  G_OBJECT_CLASS (imp_permission_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, box);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, agreed_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, refused_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, level_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, scope_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, covers);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, agreed_rows);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, identifiable_switch);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, giver_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, giver_note_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, capacity_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, evidence_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, decision_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, assessor_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, assessed_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, witness_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, witness_role_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, reference_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, wording_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, given_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, expires_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, review_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, notice);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, save_button);
}

static void
imp_permission_form_class_init (ImpPermissionFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_permission_form_dispose;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (IMP_TYPE_DATE_ROW);
  g_type_ensure (IMP_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-permission-form.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "permission-form.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "permission-form.cancel", NULL, cancel);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_permission_form_init (ImpPermissionForm *self)
{
  GtkWidget *written[10];

  gtk_widget_init_template (GTK_WIDGET (self));
  written[0] = self->scope_row;
  written[1] = self->giver_note_row;
  written[2] = GTK_WIDGET (self->given_row);
  written[3] = GTK_WIDGET (self->expires_row);
  written[4] = GTK_WIDGET (self->review_row);
  written[5] = self->decision_row;
  written[6] = self->assessor_row;
  written[7] = GTK_WIDGET (self->assessed_row);
  written[8] = self->witness_row;
  written[9] = self->witness_role_row;
  imp_widgets_set_name (self->giver_note_row, _ ("Relationship, and how it was checked"));
  imp_widgets_set_name (self->reference_row, _ ("Where the evidence is filed"));
  imp_widgets_set_name (self->decision_row, _ ("Which decision was assessed"));
  imp_widgets_set_name (self->assessor_row, _ ("Who assessed it"));
  imp_widgets_set_name (self->witness_row, _ ("Name of the witness"));
  imp_widgets_set_name (self->witness_role_row, _ ("Role of the witness"));
  imp_widgets_set_name (self->wording_row, _ ("Information sheet and version"));
  imp_widgets_fill_choices (self->level_row, imp_permission_levels (), imp_words_level, FALSE);
  imp_widgets_fill_choices (self->giver_row, imp_permission_givers (), imp_words_giver, FALSE);
  imp_widgets_fill_choices (self->evidence_row, imp_permission_evidences (), imp_words_evidence,
                            FALSE);
  imp_widgets_fill_choices (self->capacity_row, imp_permission_capacities (), imp_words_capacity,
                            FALSE);
  g_signal_connect_swapped (self->level_row, "notify::selected", G_CALLBACK (on_choice_changed),
                            self);
  g_signal_connect_swapped (self->giver_row, "notify::selected", G_CALLBACK (on_giver_changed),
                            self);
  g_signal_connect_swapped (self->evidence_row, "notify::selected", G_CALLBACK (on_choice_changed),
                            self);
  g_signal_connect_swapped (self->capacity_row, "notify::selected", G_CALLBACK (on_choice_changed),
                            self);
  g_signal_connect_swapped (self->agreed_button, "toggled", G_CALLBACK (on_answer_toggled), self);
  g_signal_connect_swapped (self->refused_button, "toggled", G_CALLBACK (on_answer_toggled), self);
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    g_signal_connect_swapped (written[i], "changed", G_CALLBACK (clear_errors), self);
  update_rows (self);
}

/**
 * imp_permission_form_new:
 *
 * Returns: (transfer floating): an empty form; start it
 */
GtkWidget *
imp_permission_form_new (void)
{
  return g_object_new (IMP_TYPE_PERMISSION_FORM, NULL);
}

static void
set_text (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text == NULL ? "" : text);
}

/**
 * imp_permission_form_start:
 * @self: a form
 * @source: the register
 * @person: whose permission it is; copied
 * @level: (nullable): what it is probably about, where the form is opened for one use
 * @scope: (nullable): the named work, platform or study of that use
 *
 * Shows the form anew. Whether they agreed, who, and with what evidence is never preselected.
 */
void
imp_permission_form_start (ImpPermissionForm *self, ImpRegister *source, const ImpPerson *person,
                           const char *level, const char *scope)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *subtitle = NULL;

  g_set_object (&self->source, source);
  g_clear_pointer (&self->person, imp_person_free);
  self->person = imp_person_copy (person);
  subtitle = g_strdup_printf (_ ("For %s, %s"), person->name == NULL ? _ ("no name") : person->name,
                              person->hospital_number == NULL ? "–" : person->hospital_number);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_toggle_button_set_active (self->agreed_button, FALSE);
  gtk_toggle_button_set_active (self->refused_button, FALSE);
  gtk_switch_set_active (self->identifiable_switch, FALSE);
  imp_widgets_set_choice (self->level_row, level);
  imp_widgets_set_choice (self->giver_row, NULL);
  imp_widgets_set_choice (self->capacity_row, NULL);
  imp_widgets_set_choice (self->evidence_row, NULL);
  set_text (self->scope_row, scope);
  set_text (self->giver_note_row, NULL);
  set_text (self->decision_row, NULL);
  set_text (self->assessor_row, NULL);
  set_text (self->witness_row, NULL);
  set_text (self->witness_role_row, NULL);
  set_text (self->reference_row, NULL);
  set_text (self->wording_row, NULL);
  imp_date_row_set_date (self->given_row, today);
  imp_date_row_set_date (self->assessed_row, NULL);
  imp_date_row_set_date (self->expires_row, NULL);
  imp_date_row_set_date (self->review_row, NULL);
  clear_errors (self);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  update_rows (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->agreed_button));
}
