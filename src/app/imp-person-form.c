#include "imp-person-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-date-row.h"
#include "imp-form-rows.h"
#include "imp-notice.h"
#include "imp-register-work.h"
#include "imp-widgets.h"

struct _ImpPersonForm
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *title;
  GtkWidget *number_row;
  GtkWidget *name_row;
  ImpDateRow *born_row;
  GtkWidget *nhs_row;
  AdwExpanderRow *more_row;
  GtkSwitch *died_switch;
  ImpDateRow *died_row;
  GtkSwitch *capacity_switch;
  GtkSwitch *known_switch;
  ImpNotice *notice;
  GtkWidget *save_button;

  /* Owned references */
  ImpRegister *source;
  ImpPerson *person; /* what is edited; without an id while it is new */
};

G_DEFINE_FINAL_TYPE (ImpPersonForm, imp_person_form, GTK_TYPE_WIDGET)

enum
{
  SAVED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPersonForm) self = IMP_PERSON_FORM (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_register_work_save_person_finish (result, &error);

  gtk_widget_set_sensitive (self->save_button, TRUE);
  imp_notice_show_error (self->notice, error);
  if (person != NULL)
    g_signal_emit (self, signals[SAVED], 0, person);
}

static void
replace (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

static void
clear_errors (ImpPersonForm *self)
{
  GtkWidget *rows[] = { self->number_row, self->name_row, GTK_WIDGET (self->born_row),
                        GTK_WIDGET (self->died_row) };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    imp_widgets_set_error (rows[i], FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
}

static gboolean
read_days (ImpPersonForm *self, char **born, char **died, ImpFormProblem *problem)
{
  static const char WRITE[] = N_ ("Write a date as 12 Mar 1961, or leave it empty.");
  static const char CANNOT[] =
      N_ ("That day cannot be: it lies in the future, or before the birth.");
  g_autofree char *today = imp_clock_today ();

  if (!imp_date_row_get_date (self->born_row, born))
    return imp_form_problem_set (problem, GTK_WIDGET (self->born_row), _ (WRITE));
  if (*born != NULL && g_strcmp0 (*born, today) > 0)
    return imp_form_problem_set (problem, GTK_WIDGET (self->born_row), _ (CANNOT));
  if (!gtk_switch_get_active (self->died_switch))
    return TRUE;
  if (!imp_date_row_get_date (self->died_row, died))
    return imp_form_problem_set (problem, GTK_WIDGET (self->died_row), _ (WRITE));
  if (*died != NULL && (g_strcmp0 (*died, today) > 0 || g_strcmp0 (*died, *born) < 0))
    return imp_form_problem_set (problem, GTK_WIDGET (self->died_row), _ (CANNOT));
  return TRUE;
}

/* Reads the form into self->person. */
static gboolean
read_form (ImpPersonForm *self, ImpFormProblem *problem)
{
  g_autofree char *born = NULL;
  g_autofree char *died = NULL;

  replace (&self->person->hospital_number, imp_widgets_get_text (self->number_row));
  replace (&self->person->nhs_number, imp_widgets_get_text (self->nhs_row));
  replace (&self->person->name, imp_widgets_get_text (self->name_row));
  if (self->person->hospital_number == NULL)
    return imp_form_problem_set (
        problem, self->number_row,
        _ ("A hospital number is needed: it is how the person is found again."));
  if (!read_days (self, &born, &died, problem))
    return FALSE;
  if (self->person->name == NULL && born == NULL)
    return imp_form_problem_set (problem, self->name_row,
                                 _ ("A name or a date of birth is needed, to tell people apart."));
  replace (&self->person->born, g_steal_pointer (&born));
  if (!gtk_switch_get_active (self->died_switch))
    replace (&self->person->died, NULL);
  else
    replace (&self->person->died, died != NULL ? g_steal_pointer (&died) : g_strdup ("unknown"));
  self->person->lacks_capacity = gtk_switch_get_active (self->capacity_switch);
  self->person->known_to_audience = gtk_switch_get_active (self->known_switch);
  return TRUE;
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonForm *self = IMP_PERSON_FORM (widget);
  ImpFormProblem problem = { NULL, NULL };

  if (self->source == NULL || !gtk_widget_get_sensitive (self->save_button))
    return;
  clear_errors (self);
  if (!read_form (self, &problem))
    {
      imp_notice_set (self->notice, IMP_NOTICE_ERROR, problem.text);
      if (problem.where == GTK_WIDGET (self->died_row))
        adw_expander_row_set_expanded (self->more_row, TRUE);
      imp_form_rows_go_to (&problem);
      imp_widgets_bring_into_view (problem.where, GTK_WIDGET (self->notice));
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  imp_register_work_save_person_async (self->source, self->person, on_saved, g_object_ref (self));
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CANCELLED], 0);
}

static void
on_activated (GtkWidget *row, ImpPersonForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "person-form.save", NULL);
}

static void
imp_person_form_dispose (GObject *object)
{
  ImpPersonForm *self = IMP_PERSON_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->source);
  g_clear_pointer (&self->person, imp_person_free);
  G_OBJECT_CLASS (imp_person_form_parent_class)->dispose (object);
}

static void
imp_person_form_class_init (ImpPersonFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_person_form_dispose;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, IMP_TYPE_PERSON);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (IMP_TYPE_DATE_ROW);
  g_type_ensure (IMP_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-person-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, box);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, title);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, number_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, born_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, nhs_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, more_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, died_switch);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, died_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, capacity_switch);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, known_switch);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, notice);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonForm, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "person-form.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "person-form.cancel", NULL, cancel);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_person_form_init (ImpPersonForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_set_name (self->number_row, _ ("Hospital number"));
  imp_widgets_set_name (self->name_row, _ ("Name"));
  imp_widgets_set_name (self->nhs_row, _ ("NHS number, if known"));
  g_object_bind_property (self->died_switch, "active", self->died_row, "visible",
                          G_BINDING_SYNC_CREATE);
}

/**
 * imp_person_form_new:
 *
 * Returns: (transfer floating): an empty form; start or edit it
 */
GtkWidget *
imp_person_form_new (void)
{
  return g_object_new (IMP_TYPE_PERSON_FORM, NULL);
}

static void
set_text (GtkWidget *row, const char *text)
{
  imp_form_rows_set_text (row, text);
  imp_widgets_set_error (row, FALSE);
}

/**
 * imp_person_form_edit:
 * @self: a form
 * @source: the register
 * @person: who to show; copied. One without an id is new.
 */
void
imp_person_form_edit (ImpPersonForm *self, ImpRegister *source, const ImpPerson *person)
{
  gboolean known_day = g_strcmp0 (person->died, "unknown") != 0;

  g_set_object (&self->source, source);
  g_clear_pointer (&self->person, imp_person_free);
  self->person = imp_person_copy (person);
  gtk_label_set_label (self->title,
                       person->id == NULL ? _ ("Register a person") : _ ("Correct this person"));
  set_text (self->number_row, person->hospital_number);
  set_text (self->name_row, person->name);
  set_text (self->nhs_row, person->nhs_number);
  imp_date_row_set_date (self->born_row, person->born);
  imp_date_row_set_date (self->died_row, known_day ? person->died : NULL);
  gtk_switch_set_active (self->died_switch, person->died != NULL);
  gtk_switch_set_active (self->capacity_switch, person->lacks_capacity);
  gtk_switch_set_active (self->known_switch, person->known_to_audience);
  adw_expander_row_set_expanded (self->more_row, person->died != NULL || person->lacks_capacity
                                                     || person->known_to_audience
                                                     || person->nhs_number != NULL);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  gtk_widget_grab_focus (person->hospital_number == NULL ? self->number_row : self->name_row);
}

/**
 * imp_person_form_start:
 * @self: a form
 * @source: the register
 * @number: (nullable): a hospital number that is known already
 *
 * Shows an empty form for a new person.
 */
void
imp_person_form_start (ImpPersonForm *self, ImpRegister *source, const char *number)
{
  g_autoptr (ImpPerson) person = imp_person_new ();

  person->hospital_number = g_strdup (number);
  imp_person_form_edit (self, source, person);
}

/**
 * imp_person_form_set_source:
 * @self: a form, in use
 * @source: (nullable): the register as it is open now; %NULL while it is locked
 *
 * What was typed stays, for who typed it.
 */
void
imp_person_form_set_source (ImpPersonForm *self, ImpRegister *source)
{
  g_set_object (&self->source, source);
}
