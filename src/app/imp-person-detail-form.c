#include "imp-person-detail-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-date-row.h"
#include "imp-form-rows.h"
#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-record-words.h"
#include "imp-register-names.h"
#include "imp-widgets.h"

struct _ImpPersonDetailForm
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *hint;
  GtkWidget *alias_kind_row;
  GtkWidget *alias_row;
  GtkWidget *scheme_row;
  GtkWidget *number_row;
  GtkWidget *outcome_row;
  GtkWidget *decision_row;
  GtkWidget *assessor_row;
  GtkWidget *assessed_row;
  GtkWidget *ask_again_row;
  GtkWidget *scheme_title_row;
  GtkWidget *scheme_name_row;
  GtkWidget *pattern_row;
  GtkWidget *check_row;
  ImpNotice *notice;
  GtkWidget *save_button;

  /* Owned references */
  ImpGate *gate;
  char *person_id;
  char *what;
  GPtrArray *schemes; /* of ImpScheme: the choices of scheme_row after the first */
};

G_DEFINE_FINAL_TYPE (ImpPersonDetailForm, imp_person_detail_form, GTK_TYPE_WIDGET)

enum
{
  SAVED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- in the worker ---- */

/* One of these is filled in. */
typedef struct
{
  char *person_id;
  ImpAlias *alias;
  ImpIdentifier *number;
  ImpAssessment *assessment;
  ImpScheme *scheme;
} Detail;

static void
detail_free (gpointer data)
{
  Detail *detail = data;

  g_free (detail->person_id);
  g_clear_pointer (&detail->alias, imp_alias_free);
  g_clear_pointer (&detail->number, imp_identifier_free);
  g_clear_pointer (&detail->assessment, imp_assessment_free);
  g_clear_pointer (&detail->scheme, imp_scheme_free);
  g_free (detail);
}

static gboolean
write_it (ImpGate *gate, gpointer data, GError **error)
{
  Detail *detail = data;
  ImpRegister *people = imp_gate_get_register (gate);

  if (!imp_gate_check_right (gate, detail->scheme != NULL ? IMP_RIGHT_KEEP : IMP_RIGHT_RECORD,
                             error))
    return FALSE;
  if (detail->alias != NULL)
    return imp_register_add_alias (people, detail->person_id, detail->alias, error);
  if (detail->number != NULL)
    return imp_register_add_identifier (people, detail->person_id, detail->number->scheme,
                                        detail->number->value, error);
  if (detail->scheme != NULL)
    return imp_register_set_scheme (people, detail->scheme, error);
  return imp_register_add_assessment (people, detail->assessment, error);
}

/* ---- reading the form ---- */

static char *
take_choice (GtkWidget *row)
{
  return g_strdup (imp_widgets_get_choice (ADW_COMBO_ROW (row)));
}

static gboolean
read_alias (ImpPersonDetailForm *self, Detail *detail, ImpFormProblem *problem)
{
  detail->alias = imp_alias_new ();
  detail->alias->kind = take_choice (self->alias_kind_row);
  detail->alias->name = imp_form_rows_take_text (self->alias_row);
  if (detail->alias->kind == NULL)
    return imp_form_problem_set (problem, self->alias_kind_row, _ ("What kind of name is it?"));
  return detail->alias->name != NULL
         || imp_form_problem_set (problem, self->alias_row, _ ("Write the name."));
}

static gboolean
read_number (ImpPersonDetailForm *self, Detail *detail, ImpFormProblem *problem)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->scheme_row));

  detail->number = imp_identifier_new ();
  if (chosen > 0 && chosen <= self->schemes->len)
    detail->number->scheme = g_strdup (((const ImpScheme *)self->schemes->pdata[chosen - 1])->name);
  detail->number->value = imp_form_rows_take_text (self->number_row);
  if (detail->number->scheme == NULL)
    return imp_form_problem_set (problem, self->scheme_row, _ ("What kind of number is it?"));
  return detail->number->value != NULL
         || imp_form_problem_set (problem, self->number_row, _ ("Write the number."));
}

static gboolean
read_assessment (ImpPersonDetailForm *self, Detail *detail, ImpFormProblem *problem)
{
  ImpAssessment *assessment = imp_assessment_new ();

  detail->assessment = assessment;
  assessment->person_id = g_strdup (self->person_id);
  assessment->outcome = take_choice (self->outcome_row);
  assessment->decision = imp_form_rows_take_text (self->decision_row);
  assessment->assessor = imp_form_rows_take_text (self->assessor_row);
  if (assessment->outcome == NULL)
    return imp_form_problem_set (problem, self->outcome_row, _ ("What was found?"));
  if (assessment->decision == NULL)
    return imp_form_problem_set (problem, self->decision_row, _ ("Which decision was assessed?"));
  if (assessment->assessor == NULL)
    return imp_form_problem_set (problem, self->assessor_row, _ ("Who assessed it?"));
  if (!imp_date_row_get_date (IMP_DATE_ROW (self->assessed_row), &assessment->assessed)
      || assessment->assessed == NULL)
    return imp_form_problem_set (problem, self->assessed_row, _ ("On which day was it assessed?"));
  return !gtk_widget_get_visible (self->ask_again_row)
         || (imp_date_row_get_date (IMP_DATE_ROW (self->ask_again_row), &assessment->ask_again)
             && assessment->ask_again != NULL)
         || imp_form_problem_set (problem, self->ask_again_row,
                                  _ ("By which day is the person asked again?"));
}

static gboolean
read_scheme (ImpPersonDetailForm *self, Detail *detail, ImpFormProblem *problem)
{
  detail->scheme = imp_scheme_new ();
  detail->scheme->title = imp_form_rows_take_text (self->scheme_title_row);
  detail->scheme->name = imp_form_rows_take_text (self->scheme_name_row);
  detail->scheme->pattern = imp_form_rows_take_text (self->pattern_row);
  detail->scheme->check_rule = take_choice (self->check_row);
  if (detail->scheme->title == NULL)
    return imp_form_problem_set (problem, self->scheme_title_row, _ ("What do people call it?"));
  return detail->scheme->name != NULL
         || imp_form_problem_set (problem, self->scheme_name_row, _ ("Give it a short name."));
}

static gboolean
read_form (ImpPersonDetailForm *self, Detail *detail, ImpFormProblem *problem)
{
  detail->person_id = g_strdup (self->person_id);
  if (g_str_equal (self->what, IMP_DETAIL_ALIAS))
    return read_alias (self, detail, problem);
  if (g_str_equal (self->what, IMP_DETAIL_NUMBER))
    return read_number (self, detail, problem);
  if (g_str_equal (self->what, IMP_DETAIL_SCHEME))
    return read_scheme (self, detail, problem);
  return read_assessment (self, detail, problem);
}

/* ---- the form ---- */

static void
clear_errors (ImpPersonDetailForm *self)
{
  GtkWidget *rows[] = { self->alias_kind_row, self->alias_row,        self->scheme_row,
                        self->number_row,     self->outcome_row,      self->decision_row,
                        self->assessor_row,   self->assessed_row,     self->ask_again_row,
                        self->check_row,      self->scheme_title_row, self->scheme_name_row,
                        self->pattern_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    imp_widgets_set_error (rows[i], FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPersonDetailForm) self = IMP_PERSON_DETAIL_FORM (user_data);
  g_autoptr (GError) error = NULL;
  gboolean saved = imp_gate_work_finish (result, &error);

  gtk_widget_set_sensitive (self->save_button, TRUE);
  imp_notice_show_error (self->notice, error);
  if (saved)
    g_signal_emit (self, signals[SAVED], 0);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonDetailForm *self = IMP_PERSON_DETAIL_FORM (widget);
  ImpFormProblem problem = { NULL, NULL };
  Detail *detail = NULL;

  if (self->gate == NULL || !gtk_widget_get_sensitive (self->save_button))
    return;
  clear_errors (self);
  detail = g_new0 (Detail, 1);
  if (!read_form (self, detail, &problem))
    {
      detail_free (detail);
      imp_notice_set (self->notice, IMP_NOTICE_ERROR, problem.text);
      imp_form_rows_go_to (&problem);
      imp_widgets_bring_into_view (problem.where, GTK_WIDGET (self->notice));
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  imp_gate_work_async (self->gate, write_it, detail, detail_free, on_saved, g_object_ref (self));
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CANCELLED], 0);
}

static void
on_choice_changed (ImpPersonDetailForm *self, GParamSpec *pspec, gpointer row)
{
  const char *outcome = imp_widgets_get_choice (ADW_COMBO_ROW (self->outcome_row));

  clear_errors (self);
  gtk_widget_set_visible (self->ask_again_row, g_strcmp0 (self->what, IMP_DETAIL_ASSESSMENT) == 0
                                                   && g_strcmp0 (outcome, "fluctuating") == 0);
}

static void
imp_person_detail_form_dispose (GObject *object)
{
  ImpPersonDetailForm *self = IMP_PERSON_DETAIL_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->what, g_free);
  G_OBJECT_CLASS (imp_person_detail_form_parent_class)->dispose (object);
}

static void
imp_person_detail_form_finalize (GObject *object)
{
  g_ptr_array_unref (IMP_PERSON_DETAIL_FORM (object)->schemes);
  G_OBJECT_CLASS (imp_person_detail_form_parent_class)->finalize (object);
}

static void
imp_person_detail_form_class_init (ImpPersonDetailFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_person_detail_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_person_detail_form_finalize;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "detail-form.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "detail-form.cancel", NULL, cancel);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add (ImpPersonDetailForm *self, GtkWidget *group, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  if (GTK_IS_EDITABLE (row))
    g_signal_connect_swapped (row, "changed", G_CALLBACK (clear_errors), self);
  else
    g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_choice_changed), self);
  return row;
}

static void
build_rows (ImpPersonDetailForm *self, GtkWidget *group)
{
  self->alias_kind_row = add (self, group, imp_form_rows_combo (_ ("What name it is")));
  self->alias_row = add (self, group, imp_form_rows_entry (_ ("The other name")));
  self->scheme_row = add (self, group, imp_form_rows_combo (_ ("What number it is")));
  self->number_row = add (self, group, imp_form_rows_entry (_ ("The number")));
  self->outcome_row = add (self, group, imp_form_rows_combo (_ ("What was found")));
  self->decision_row = add (self, group, imp_form_rows_entry (_ ("Which decision was assessed")));
  self->assessor_row = add (self, group, imp_form_rows_entry (_ ("Who assessed it")));
  self->assessed_row = add (self, group, imp_form_rows_date (_ ("Assessed on")));
  self->ask_again_row = add (self, group, imp_form_rows_date (_ ("Ask again by")));
  self->scheme_title_row =
      add (self, group, imp_form_rows_entry (_ ("What people call this number")));
  self->scheme_name_row =
      add (self, group, imp_form_rows_entry (_ ("Short name: small letters, digits, hyphens")));
  self->pattern_row =
      add (self, group,
           imp_form_rows_entry (_ ("Its form (optional): A a letter, 9 a digit, * either")));
  self->check_row = add (self, group, imp_form_rows_combo (_ ("Check digit (optional)")));
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->alias_kind_row), imp_alias_kinds (),
                            imp_record_words_alias, FALSE);
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->outcome_row), imp_assessment_outcomes (),
                            imp_record_words_outcome, FALSE);
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->check_row), imp_scheme_check_rules (),
                            imp_record_words_check_rule, FALSE);
}

static void
imp_person_detail_form_init (ImpPersonDetailForm *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->schemes = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_scheme_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->title = imp_widgets_label (NULL, "heading");
  self->hint = imp_widgets_label (NULL, "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->hint);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  build_rows (self, group);
  gtk_box_append (GTK_BOX (self->box), group);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  gtk_box_append (
      GTK_BOX (self->box),
      imp_form_rows_buttons ("detail-form.cancel", "detail-form.save", &self->save_button));
  gtk_button_set_label (GTK_BUTTON (self->save_button), _ ("Record it"));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_person_detail_form_new:
 *
 * Returns: (transfer floating): an empty form; start it
 */
GtkWidget *
imp_person_detail_form_new (void)
{
  return g_object_new (IMP_TYPE_PERSON_DETAIL_FORM, NULL);
}

/* What is asked for, and with which words. */
static const struct
{
  const char *what;
  const char *title;
  const char *hint;
} FORMS[] = {
  { IMP_DETAIL_ALIAS, N_ ("Another name"),
    N_ ("The person is found by it, and it is looked for in captions and file names.") },
  { IMP_DETAIL_NUMBER, N_ ("Another number"), N_ ("The person is found by it.") },
  { IMP_DETAIL_ASSESSMENT, N_ ("An assessment of capacity"),
    N_ ("It is about one decision, on one day. The newest is what the person is known by.") },
  { IMP_DETAIL_SCHEME, N_ ("A kind of number"),
    N_ ("It can then be recorded for everybody in this register.") },
};

static void
show_rows (ImpPersonDetailForm *self)
{
  gboolean alias = g_str_equal (self->what, IMP_DETAIL_ALIAS);
  gboolean number = g_str_equal (self->what, IMP_DETAIL_NUMBER);
  gboolean assessment = g_str_equal (self->what, IMP_DETAIL_ASSESSMENT);
  gboolean scheme = g_str_equal (self->what, IMP_DETAIL_SCHEME);

  gtk_widget_set_visible (self->alias_kind_row, alias);
  gtk_widget_set_visible (self->alias_row, alias);
  gtk_widget_set_visible (self->scheme_row, number);
  gtk_widget_set_visible (self->number_row, number);
  gtk_widget_set_visible (self->outcome_row, assessment);
  gtk_widget_set_visible (self->decision_row, assessment);
  gtk_widget_set_visible (self->assessor_row, assessment);
  gtk_widget_set_visible (self->assessed_row, assessment);
  gtk_widget_set_visible (self->ask_again_row, FALSE);
  gtk_widget_set_visible (self->scheme_title_row, scheme);
  gtk_widget_set_visible (self->scheme_name_row, scheme);
  gtk_widget_set_visible (self->pattern_row, scheme);
  gtk_widget_set_visible (self->check_row, scheme);
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++)
    if (g_str_equal (FORMS[i].what, self->what))
      {
        gtk_label_set_label (GTK_LABEL (self->title), _ (FORMS[i].title));
        gtk_label_set_label (GTK_LABEL (self->hint), _ (FORMS[i].hint));
      }
  gtk_widget_grab_focus (alias    ? self->alias_kind_row
                         : number ? self->scheme_row
                         : scheme ? self->scheme_title_row
                                  : self->outcome_row);
}

/* Titles are the site's own, and may be alike: the choice is known by its place. */
static void
fill_schemes (ImpPersonDetailForm *self, GPtrArray *schemes)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->schemes, 0);
  gtk_string_list_append (titles, schemes->len > 0 ? _ ("Choose…")
                                                   : _ ("This register has no other kind yet"));
  for (guint i = 0; i < schemes->len; i++)
    {
      const ImpScheme *scheme = g_ptr_array_index (schemes, i);

      gtk_string_list_append (titles, scheme->title);
      g_ptr_array_add (self->schemes, imp_scheme_copy (scheme));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->scheme_row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->scheme_row), schemes->len == 1 ? 1 : 0);
}

/**
 * imp_person_detail_form_start:
 * @self: a form
 * @gate: the gate
 * @person: who it is about
 * @schemes: (element-type ImpScheme): the site's kinds of numbers
 * @what: what is added: %IMP_DETAIL_ALIAS, …
 *
 * Shows the form anew.
 */
void
imp_person_detail_form_start (ImpPersonDetailForm *self, ImpGate *gate, const ImpPerson *person,
                              GPtrArray *schemes, const char *what)
{
  GtkWidget *entries[] = { self->alias_row,        self->number_row,      self->decision_row,
                           self->assessor_row,     self->assessed_row,    self->ask_again_row,
                           self->scheme_title_row, self->scheme_name_row, self->pattern_row };

  g_set_object (&self->gate, gate);
  g_free (self->person_id);
  self->person_id = g_strdup (person->id);
  g_free (self->what);
  self->what = g_strdup (what);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    imp_form_rows_set_text (entries[i], NULL);
  imp_widgets_set_choice (ADW_COMBO_ROW (self->alias_kind_row), NULL);
  imp_widgets_set_choice (ADW_COMBO_ROW (self->outcome_row), NULL);
  imp_widgets_set_choice (ADW_COMBO_ROW (self->check_row), NULL);
  fill_schemes (self, schemes);
  clear_errors (self);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  show_rows (self);
}

/**
 * imp_person_detail_form_set_gate:
 * @self: a form, in use
 * @gate: (nullable): the gate that is there now; %NULL while the register is locked
 *
 * What was typed stays, for who typed it.
 */
void
imp_person_detail_form_set_gate (ImpPersonDetailForm *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
}
