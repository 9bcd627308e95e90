#include "imp-giver-group.h"

#include <glib/gi18n.h>

#include "imp-date-row.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpGiverGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *giver_row;
  GtkWidget *name_row;
  GtkWidget *relationship_row;
  GtkWidget *check_row;
  GtkWidget *capacity_row;
  GtkWidget *decision_row;
  GtkWidget *assessor_row;
  GtkWidget *assessed_row;

  ImpPermissionState state; /* that the form is about */
  gboolean taken;           /* the patient was taken for who refused: nobody chose */
};

G_DEFINE_FINAL_TYPE (ImpGiverGroup, imp_giver_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
decides_for_another (const char *giver)
{
  return giver != NULL && !g_str_equal (giver, "patient")
         && !g_str_equal (giver, "competent-under-16") && !g_str_equal (giver, "none");
}

static void
update_rows (ImpGiverGroup *self)
{
  const char *giver = imp_widgets_get_choice (ADW_COMBO_ROW (self->giver_row));
  const char *capacity = imp_widgets_get_choice (ADW_COMBO_ROW (self->capacity_row));
  gboolean another = decides_for_another (giver);
  gboolean assessed = capacity != NULL && !g_str_equal (capacity, "presumed");

  gtk_widget_set_visible (self->name_row, another);
  gtk_widget_set_visible (self->relationship_row, another);
  gtk_widget_set_visible (self->check_row, another);
  gtk_widget_set_visible (self->decision_row, assessed);
  gtk_widget_set_visible (self->assessor_row, assessed);
  gtk_widget_set_visible (self->assessed_row, assessed);
}

static void
on_changed (ImpGiverGroup *self)
{
  GtkWidget *rows[] = { self->giver_row,    self->name_row,     self->relationship_row,
                        self->check_row,    self->capacity_row, self->decision_row,
                        self->assessor_row, self->assessed_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    imp_widgets_set_error (rows[i], FALSE);
  update_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A grown-up patient's capacity is presumed by law; nobody else's is. */
static void
on_giver_changed (ImpGiverGroup *self, GParamSpec *pspec, gpointer row)
{
  const char *giver = imp_widgets_get_choice (ADW_COMBO_ROW (self->giver_row));

  self->taken = FALSE;
  if (g_strcmp0 (giver, "patient") == 0)
    imp_widgets_set_choice (ADW_COMBO_ROW (self->capacity_row), "presumed");
  else if (g_strcmp0 (giver, "competent-under-16") == 0)
    imp_widgets_set_choice (ADW_COMBO_ROW (self->capacity_row), "assessed-competent");
  on_changed (self);
}

static void
on_capacity_changed (ImpGiverGroup *self, GParamSpec *pspec, gpointer row)
{
  on_changed (self);
}

static void
imp_giver_group_class_init (ImpGiverGroupClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add (ImpGiverGroup *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  if (GTK_IS_EDITABLE (row))
    g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  return row;
}

static void
imp_giver_group_init (ImpGiverGroup *self)
{
  self->giver_row = add (self, imp_form_rows_combo (_ ("Who agreed")));
  self->name_row = add (self, imp_form_rows_entry (_ ("Name of who decides (optional)")));
  self->relationship_row = add (self, imp_form_rows_entry (_ ("Relationship to the patient")));
  self->check_row = add (self, imp_form_rows_entry (_ ("How that was checked")));
  self->capacity_row = add (self, imp_form_rows_combo (_ ("Able to decide")));
  self->decision_row = add (self, imp_form_rows_entry (_ ("Which decision was assessed")));
  self->assessor_row = add (self, imp_form_rows_entry (_ ("Who assessed it")));
  self->assessed_row = add (self, imp_form_rows_date (_ ("Assessed on")));
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->giver_row), imp_permission_givers (),
                            imp_words_giver, FALSE);
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->capacity_row), imp_permission_capacities (),
                            imp_words_capacity, FALSE);
  g_signal_connect_swapped (self->giver_row, "notify::selected", G_CALLBACK (on_giver_changed),
                            self);
  g_signal_connect_swapped (self->capacity_row, "notify::selected",
                            G_CALLBACK (on_capacity_changed), self);
  update_rows (self);
}

/**
 * imp_giver_group_new:
 *
 * Returns: (transfer floating): the group, empty
 */
GtkWidget *
imp_giver_group_new (void)
{
  return g_object_new (IMP_TYPE_GIVER_GROUP, NULL);
}

/**
 * imp_giver_group_show:
 * @self: the group
 * @permission: (nullable): what is on record; %NULL for an empty group, in which nobody is
 *   preselected
 */
void
imp_giver_group_show (ImpGiverGroup *self, const ImpPermission *permission)
{
  g_autoptr (ImpPermission) nothing = imp_permission_new ();
  const ImpPermission *shown = permission != NULL ? permission : nothing;

  imp_widgets_set_choice (ADW_COMBO_ROW (self->giver_row), shown->given_by);
  imp_widgets_set_choice (ADW_COMBO_ROW (self->capacity_row), shown->capacity);
  imp_form_rows_set_text (self->name_row, shown->giver_name);
  imp_form_rows_set_text (self->relationship_row, shown->giver_relationship);
  imp_form_rows_set_text (self->check_row, shown->giver_check);
  imp_form_rows_set_text (self->decision_row, shown->capacity_decision);
  imp_form_rows_set_text (self->assessor_row, shown->capacity_assessor);
  imp_date_row_set_date (IMP_DATE_ROW (self->assessed_row), shown->capacity_assessed);
  update_rows (self);
}

/**
 * imp_giver_group_set_state:
 * @self: the group
 * @state: what is recorded: agreed, refused, offered or a draft
 *
 * Asks for who agreed, refused, or is asked. A refusal allows nothing, so that the patient is
 * taken for who gave it unless somebody else is chosen. For any other answer nobody is.
 */
void
imp_giver_group_set_state (ImpGiverGroup *self, ImpPermissionState state)
{
  const char *title = state == IMP_PERMISSION_ACTIVE    ? _ ("Who agreed")
                      : state == IMP_PERMISSION_REFUSED ? _ ("Who refused")
                                                        : _ ("Who is asked");

  self->state = state;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->giver_row), title);
  if (state == IMP_PERMISSION_REFUSED
      && imp_widgets_get_choice (ADW_COMBO_ROW (self->giver_row)) == NULL)
    {
      imp_widgets_set_choice (ADW_COMBO_ROW (self->giver_row), "patient");
      self->taken = TRUE;
    }
  else if (state != IMP_PERMISSION_REFUSED && self->taken)
    {
      imp_widgets_set_choice (ADW_COMBO_ROW (self->giver_row), NULL);
      imp_widgets_set_choice (ADW_COMBO_ROW (self->capacity_row), NULL);
    }
}

/* What only some answers ask for. Only an agreement has to be whole. */
static gboolean
read_details (ImpGiverGroup *self, ImpPermission *permission, ImpFormProblem *problem)
{
  gboolean whole = self->state == IMP_PERMISSION_ACTIVE;

  permission->giver_name = imp_form_rows_take_text (self->name_row);
  permission->giver_relationship = imp_form_rows_take_text (self->relationship_row);
  permission->giver_check = imp_form_rows_take_text (self->check_row);
  permission->capacity_decision = imp_form_rows_take_text (self->decision_row);
  permission->capacity_assessor = imp_form_rows_take_text (self->assessor_row);
  if (gtk_widget_get_visible (self->assessed_row)
      && !imp_date_row_get_date (IMP_DATE_ROW (self->assessed_row), &permission->capacity_assessed))
    return imp_form_problem_set (problem, self->assessed_row,
                                 _ ("Write a date as 3 May 2027, or leave it empty."));
  if (!whole)
    return TRUE;
  if (gtk_widget_get_visible (self->relationship_row) && permission->giver_relationship == NULL)
    return imp_form_problem_set (problem, self->relationship_row,
                                 _ ("What makes this person the one to ask?"));
  if (gtk_widget_get_visible (self->check_row) && permission->giver_check == NULL)
    return imp_form_problem_set (problem, self->check_row, _ ("How was that checked?"));
  if (g_strcmp0 (permission->capacity, "lacks") != 0)
    return TRUE;
  if (permission->capacity_decision == NULL)
    return imp_form_problem_set (problem, self->decision_row, _ ("Which decision was assessed?"));
  if (permission->capacity_assessor == NULL)
    return imp_form_problem_set (problem, self->assessor_row, _ ("Who assessed it?"));
  return permission->capacity_assessed != NULL
         || imp_form_problem_set (problem, self->assessed_row, _ ("On which day was it assessed?"));
}

/**
 * imp_giver_group_read:
 * @self: the group
 * @permission: a new permission, to be filled in
 * @problem: (out): what is missing
 *
 * Returns: whether nothing is
 */
gboolean
imp_giver_group_read (ImpGiverGroup *self, ImpPermission *permission, ImpFormProblem *problem)
{
  permission->given_by = g_strdup (imp_widgets_get_choice (ADW_COMBO_ROW (self->giver_row)));
  permission->capacity = g_strdup (imp_widgets_get_choice (ADW_COMBO_ROW (self->capacity_row)));
  if (permission->given_by == NULL)
    return imp_form_problem_set (problem, self->giver_row,
                                 self->state == IMP_PERMISSION_ACTIVE ? _ ("Who agreed?")
                                                                      : _ ("Who is asked?"));
  if (permission->capacity == NULL)
    return imp_form_problem_set (problem, self->capacity_row,
                                 _ ("Was the patient able to decide?"));
  return read_details (self, permission, problem);
}
