#include "imp-step-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-date-row.h"
#include "imp-form-rows.h"
#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-permission-list.h"
#include "imp-permission-row.h"
#include "imp-widgets.h"

struct _ImpStepForm
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *which;
  GtkWidget *meaning;
  GtkWidget *review_row;
  GtkWidget *reason_row;
  ImpNotice *notice;
  GtkWidget *save_button;

  /* Owned references */
  ImpGate *gate;
  ImpPermission *permission;

  const struct _Kind *kind;
};

G_DEFINE_FINAL_TYPE (ImpStepForm, imp_step_form, GTK_TYPE_WIDGET)

enum
{
  SAVED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What each step means for the user, and what is asked for with it. */
typedef struct _Kind
{
  const char *act;
  ImpPermissionState after;
  const char *title;
  const char *meaning;
  const char *verb;
  gboolean needs_reason;
  gboolean has_review;
} Kind;

static const Kind KINDS[] = {
  { IMP_PERMISSION_ACT_RENEW, IMP_PERMISSION_ACTIVE, N_ ("Reviewed, and it stands"),
    N_ ("It stays as it was agreed. Its last day does not change."), N_ ("Record the review"),
    FALSE, TRUE },
  { "offered", IMP_PERMISSION_OFFERED, N_ ("Put to the person"),
    N_ ("From now on it waits for the answer, and its terms stay as they were put. It allows "
        "nothing yet."),
    N_ ("Record the offer"), FALSE, FALSE },
  { "active", IMP_PERMISSION_ACTIVE, N_ ("Lift the suspension"),
    N_ ("Pictures may leave under it again."), N_ ("Lift it"), FALSE, TRUE },
  { "review-due", IMP_PERMISSION_REVIEW_DUE, N_ ("A review is due"),
    N_ ("It allows what it did, and every use says that a review is due."),
    N_ ("Record that it is due"), FALSE, FALSE },
  { "suspended", IMP_PERMISSION_SUSPENDED, N_ ("Suspend this permission"),
    N_ ("No picture leaves under it until the suspension is lifted."), N_ ("Suspend it"), TRUE,
    FALSE },
  { "expired", IMP_PERMISSION_EXPIRED, N_ ("It has ended"),
    N_ ("No picture leaves under it any more. If the person agrees again, a new one is recorded."),
    N_ ("Record the end"), FALSE, FALSE },
  { "entered-in-error", IMP_PERMISSION_ENTERED_IN_ERROR, N_ ("Recorded by mistake"),
    N_ ("It stays in the history, allows nothing any more, and what left under it is to be taken "
        "down. This cannot be undone."),
    N_ ("Mark it as a mistake"), TRUE, FALSE },
};

/* ---- in the worker ---- */

typedef struct
{
  const Kind *kind;
  char *id;
  char *review;
  char *reason;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->id);
  g_free (step->review);
  g_free (step->reason);
  g_free (step);
}

static gboolean
take_step (ImpGate *gate, gpointer data, GError **error)
{
  const Step *step = data;
  const ImpPermissionStep with = { .review = step->review, .reason = step->reason };
  ImpRegister *people = imp_gate_get_register (gate);

  /* The schema knows which steps are everybody's: to end what was allowed is. */
  return g_str_equal (step->kind->act, IMP_PERMISSION_ACT_RENEW)
             ? imp_register_renew (people, step->id, step->review, step->reason, error)
             : imp_register_step (people, step->id, step->kind->after, &with, error);
}

/* ---- the form ---- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpStepForm) self = IMP_STEP_FORM (user_data);
  g_autoptr (GError) error = NULL;
  gboolean saved = imp_gate_work_finish (result, &error);

  gtk_widget_set_sensitive (self->save_button, TRUE);
  imp_notice_show_error (self->notice, error);
  if (saved)
    g_signal_emit (self, signals[SAVED], 0);
}

static void
clear_errors (ImpStepForm *self)
{
  imp_widgets_set_error (self->reason_row, FALSE);
  imp_widgets_set_error (self->review_row, FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
}

static gboolean
read_form (ImpStepForm *self, Step *step, ImpFormProblem *problem)
{
  step->reason = imp_form_rows_take_text (self->reason_row);
  if (self->kind->has_review
      && !imp_date_row_get_date (IMP_DATE_ROW (self->review_row), &step->review))
    return imp_form_problem_set (problem, self->review_row,
                                 _ ("Write a date as 3 May 2027, or leave it empty."));
  return !self->kind->needs_reason || step->reason != NULL
         || imp_form_problem_set (problem, self->reason_row, _ ("Write why, in a few words."));
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpStepForm *self = IMP_STEP_FORM (widget);
  ImpFormProblem problem = { NULL, NULL };
  Step *step = NULL;

  if (self->gate == NULL || self->permission == NULL
      || !gtk_widget_get_sensitive (self->save_button))
    return;
  clear_errors (self);
  step = g_new0 (Step, 1);
  step->kind = self->kind;
  step->id = g_strdup (self->permission->id);
  if (!read_form (self, step, &problem))
    {
      step_free (step);
      imp_notice_set (self->notice, IMP_NOTICE_ERROR, problem.text);
      imp_form_rows_go_to (&problem);
      imp_widgets_bring_into_view (problem.where, GTK_WIDGET (self->notice));
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  imp_gate_work_async (self->gate, take_step, step, step_free, on_saved, g_object_ref (self));
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CANCELLED], 0);
}

static void
imp_step_form_dispose (GObject *object)
{
  ImpStepForm *self = IMP_STEP_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->permission, imp_permission_free);
  G_OBJECT_CLASS (imp_step_form_parent_class)->dispose (object);
}

static void
imp_step_form_class_init (ImpStepFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_step_form_dispose;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "step-form.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "step-form.cancel", NULL, cancel);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_step_form_init (ImpStepForm *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->kind = &KINDS[0];
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->title = imp_widgets_label (NULL, "heading");
  self->which = imp_widgets_label (NULL, "dim-label");
  self->meaning = imp_widgets_label (NULL, NULL);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->which);
  gtk_box_append (GTK_BOX (self->box), self->meaning);
  self->reason_row = imp_form_rows_entry (_ ("Why"));
  self->review_row = imp_form_rows_date (_ ("Next review on (empty: no review)"));
  g_signal_connect_swapped (self->reason_row, "changed", G_CALLBACK (clear_errors), self);
  g_signal_connect_swapped (self->review_row, "changed", G_CALLBACK (clear_errors), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->reason_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->review_row);
  gtk_box_append (GTK_BOX (self->box), group);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (self->box),
                  imp_form_rows_buttons ("step-form.cancel", "step-form.save", &self->save_button));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_step_form_new:
 *
 * Returns: (transfer floating): an empty form; start it
 */
GtkWidget *
imp_step_form_new (void)
{
  return g_object_new (IMP_TYPE_STEP_FORM, NULL);
}

/**
 * imp_step_form_start:
 * @self: a form
 * @gate: the gate
 * @permission: whose step it is; copied
 * @act: %IMP_PERMISSION_ACT_RENEW, or the text of the state that it goes to
 *
 * Says what the step means, and asks for what goes with it.
 */
void
imp_step_form_start (ImpStepForm *self, ImpGate *gate, const ImpPermission *permission,
                     const char *act)
{
  ImpPermission *copy = imp_permission_copy (permission);
  g_autofree char *which = imp_permission_row_describe (permission);

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_equal (KINDS[i].act, act))
      self->kind = &KINDS[i];
  g_set_object (&self->gate, gate);
  g_clear_pointer (&self->permission, imp_permission_free);
  self->permission = copy;
  gtk_label_set_label (GTK_LABEL (self->title), _ (self->kind->title));
  gtk_label_set_label (GTK_LABEL (self->which), which);
  gtk_label_set_label (GTK_LABEL (self->meaning), _ (self->kind->meaning));
  imp_form_rows_set_title (self->reason_row,
                           self->kind->needs_reason ? _ ("Why") : _ ("Why (optional)"));
  imp_form_rows_set_text (self->reason_row, NULL);
  imp_date_row_set_date (IMP_DATE_ROW (self->review_row), NULL);
  gtk_widget_set_visible (self->review_row, self->kind->has_review);
  gtk_button_set_label (GTK_BUTTON (self->save_button), _ (self->kind->verb));
  gtk_widget_set_sensitive (self->save_button, TRUE);
  clear_errors (self);
  gtk_widget_grab_focus (self->reason_row);
}

/**
 * imp_step_form_set_gate:
 * @self: a form, in use
 * @gate: (nullable): the gate that is there now; %NULL while the register is locked
 *
 * What was typed stays, for who typed it.
 */
void
imp_step_form_set_gate (ImpStepForm *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
}
