#include "imp-permission-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-date-row.h"
#include "imp-evidence.h"
#include "imp-giver-group.h"
#include "imp-notice.h"
#include "imp-proof-group.h"
#include "imp-gate-work.h"
#include "imp-terms-row.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpPermissionForm
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkToggleButton *agreed_button;
  GtkToggleButton *refused_button;
  GtkToggleButton *offered_button;
  GtkToggleButton *draft_button;
  AdwComboRow *level_row;
  GtkWidget *scope_row;
  ImpDateRow *given_row;
  GtkLabel *covers;
  ImpGiverGroup *giver;
  ImpProofGroup *proof;
  GtkWidget *limits;
  GtkWidget *identifiable_row;
  GtkSwitch *identifiable_switch;
  ImpDateRow *expires_row;
  ImpDateRow *review_row;
  ImpTermsRow *terms;
  ImpNotice *notice;
  GtkWidget *save_button;

  /* Owned references */
  ImpGate *gate;
  ImpPerson *person;
  ImpPermission *before; /* nullable: the draft or offer that goes on */
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

/* Nothing is preselected: %FALSE until one of the four is pressed. */
static gboolean
get_state (ImpPermissionForm *self, ImpPermissionState *state)
{
  const struct
  {
    GtkToggleButton *button;
    ImpPermissionState state;
  } ANSWERS[] = { { self->agreed_button, IMP_PERMISSION_ACTIVE },
                  { self->refused_button, IMP_PERMISSION_REFUSED },
                  { self->offered_button, IMP_PERMISSION_OFFERED },
                  { self->draft_button, IMP_PERMISSION_DRAFT } };

  for (guint i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    if (gtk_toggle_button_get_active (ANSWERS[i].button))
      {
        *state = ANSWERS[i].state;
        return TRUE;
      }
  return FALSE;
}

static void
update_rows (ImpPermissionForm *self)
{
  const char *level = imp_widgets_get_choice (self->level_row);
  const char *scope = scope_title (level);
  ImpPermissionState state = IMP_PERMISSION_DRAFT;
  gboolean said = get_state (self, &state);
  gboolean refused = said && state == IMP_PERMISSION_REFUSED;

  gtk_label_set_label (self->covers, level == NULL ? "" : imp_words_level_covers (level));
  gtk_widget_set_visible (GTK_WIDGET (self->covers), level != NULL);
  gtk_widget_set_visible (self->scope_row, scope != NULL);
  if (scope != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->scope_row), scope);
      imp_widgets_set_name (self->scope_row, scope);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->given_row),
                                 state == IMP_PERMISSION_OFFERED         ? _ ("Asked on")
                                 : said && state == IMP_PERMISSION_DRAFT ? _ ("Written on")
                                                                         : _ ("Said on"));
  if (said)
    imp_giver_group_set_state (self->giver, state);
  gtk_widget_set_visible (GTK_WIDGET (self->giver), said);
  gtk_widget_set_visible (GTK_WIDGET (self->proof), said && !refused);
  gtk_widget_set_visible (self->limits, said && !refused);
}

/* One thing is found wrong at a time: whatever is changed may have put it right. */
static void
clear_errors (ImpPermissionForm *self)
{
  GtkWidget *rows[] = { GTK_WIDGET (self->level_row), self->scope_row, GTK_WIDGET (self->given_row),
                        GTK_WIDGET (self->expires_row), GTK_WIDGET (self->review_row) };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    imp_widgets_set_error (rows[i], FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
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

/* A refusal has no terms of its own, but for those of the offer that was refused. */
static gboolean
has_terms (ImpPermissionForm *self, const ImpPermission *permission)
{
  return permission->state != IMP_PERMISSION_REFUSED || self->before != NULL;
}

static gboolean
read_dates (ImpPermissionForm *self, ImpPermission *permission, ImpFormProblem *problem)
{
  static const char WRITE[] = N_ ("Write a date as 3 May 2027, or leave it empty.");
  g_autofree char *today = imp_clock_today ();

  if (!imp_date_row_get_date (self->given_row, &permission->given))
    return imp_form_problem_set (problem, GTK_WIDGET (self->given_row), _ (WRITE));
  if (permission->given == NULL)
    return imp_form_problem_set (problem, GTK_WIDGET (self->given_row), _ ("When was this said?"));
  /* Whether a "no" may be of a later day than this clock has seen is the register's to say. */
  if (permission->state != IMP_PERMISSION_REFUSED && g_strcmp0 (permission->given, today) > 0)
    return imp_form_problem_set (problem, GTK_WIDGET (self->given_row),
                                 _ ("That day lies in the future."));
  if (!has_terms (self, permission))
    return TRUE;
  if (!imp_date_row_get_date (self->expires_row, &permission->expires))
    return imp_form_problem_set (problem, GTK_WIDGET (self->expires_row), _ (WRITE));
  if (!imp_date_row_get_date (self->review_row, &permission->review))
    return imp_form_problem_set (problem, GTK_WIDGET (self->review_row), _ (WRITE));
  if (permission->expires != NULL && g_strcmp0 (permission->expires, permission->given) < 0)
    return imp_form_problem_set (problem, GTK_WIDGET (self->expires_row),
                                 _ ("It would end before it begins."));
  return TRUE;
}

static gboolean
read_what_for (ImpPermissionForm *self, ImpPermission *permission, ImpFormProblem *problem)
{
  permission->level = g_strdup (imp_widgets_get_choice (self->level_row));
  if (permission->level == NULL)
    return imp_form_problem_set (problem, GTK_WIDGET (self->level_row), _ ("What is it about?"));
  permission->scope = imp_form_rows_take_text (self->scope_row);
  return !gtk_widget_get_visible (self->scope_row) || permission->scope != NULL
         || imp_form_problem_set (problem, self->scope_row, scope_title (permission->level));
}

/* An agreement needs one; a draft or an offer may have a paper already, and keeps it. */
static gboolean
has_proof (ImpPermissionForm *self, ImpPermissionState state)
{
  return state == IMP_PERMISSION_ACTIVE
         || (state != IMP_PERMISSION_REFUSED && !imp_proof_group_is_empty (self->proof));
}

static gboolean
read_form (ImpPermissionForm *self, ImpPermission *permission, ImpFormProblem *problem)
{
  permission->person_id = g_strdup (self->person->id);
  if (self->before != NULL)
    {
      permission->id = g_strdup (self->before->id);
      permission->created = g_strdup (self->before->created);
      permission->replaces = g_strdup (self->before->replaces);
    }
  if (!get_state (self, &permission->state))
    return imp_form_problem_set (problem, NULL, _ ("Did they agree, or refuse?"));
  if (!read_what_for (self, permission, problem)
      || !imp_giver_group_read (self->giver, permission, problem))
    return FALSE;
  if (has_proof (self, permission->state)
      && !imp_proof_group_read (self->proof, permission, problem))
    return FALSE;
  if (!read_dates (self, permission, problem))
    return FALSE;
  permission->identifiable =
      has_terms (self, permission) && gtk_switch_get_active (self->identifiable_switch);
  return !has_terms (self, permission) || imp_terms_row_read (self->terms, permission, problem);
}

/* What was said, and what proves it. */
typedef struct
{
  ImpPermission *permission;
  ImpAttachment *attachment; /* nullable */
  GFile *scan;               /* nullable */
  GBytes *signature;         /* nullable */
} Said;

static void
said_free (gpointer data)
{
  Said *said = data;

  imp_permission_free (said->permission);
  g_clear_pointer (&said->attachment, imp_attachment_free);
  g_clear_object (&said->scan);
  g_clear_pointer (&said->signature, g_bytes_unref);
  g_free (said);
}

static gboolean
write_it (ImpGate *gate, gpointer what, GError **error)
{
  Said *said = what;

  return imp_gate_record_permission_sync (gate, said->permission, said->attachment, said->scan,
                                          said->signature, NULL, error);
}

/* What is wrong stands under the part of the form that it is about, in sight: nothing moves away
 * under the pen when it is put right. What came of writing stands above the buttons. */
static void
say (ImpPermissionForm *self, GtkWidget *where)
{
  GtkWidget *notice = GTK_WIDGET (self->notice);
  GtkWidget *part = where != NULL ? where : gtk_widget_get_last_child (self->box);

  while (gtk_widget_get_parent (part) != self->box)
    part = gtk_widget_get_parent (part);
  if (where == NULL)
    part = gtk_widget_get_prev_sibling (part);
  if (part != notice)
    gtk_box_reorder_child_after (GTK_BOX (self->box), notice, part);
  imp_widgets_bring_into_view (where != NULL ? where : notice, notice);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPermissionForm) self = IMP_PERMISSION_FORM (user_data);
  g_autoptr (GError) error = NULL;
  gboolean saved = imp_gate_work_finish (result, &error);

  gtk_widget_set_sensitive (self->save_button, TRUE);
  imp_notice_show_error (self->notice, error);
  if (saved)
    g_signal_emit (self, signals[SAVED], 0);
  else
    say (self, NULL);
}

static Said *
said_new (ImpPermissionForm *self, ImpPermission *permission)
{
  Said *said = g_new0 (Said, 1);

  said->permission = permission;
  if (!has_proof (self, permission->state))
    return said;
  said->scan = imp_proof_group_get_scan (self->proof);
  if (said->scan != NULL)
    g_object_ref (said->scan);
  said->signature = imp_proof_group_get_signature (self->proof);
  if (said->scan != NULL || said->signature != NULL)
    {
      said->attachment = imp_attachment_new ();
      said->attachment->kind = g_strdup (permission->evidence);
    }
  return said;
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPermissionForm *self = IMP_PERMISSION_FORM (widget);
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  ImpFormProblem problem = { NULL, NULL };

  if (self->gate == NULL || !gtk_widget_get_sensitive (self->save_button))
    return;
  clear_errors (self);
  if (!read_form (self, permission, &problem))
    {
      imp_notice_set (self->notice, IMP_NOTICE_ERROR, problem.text);
      imp_form_rows_go_to (&problem);
      if (problem.where == NULL)
        gtk_widget_grab_focus (GTK_WIDGET (self->agreed_button));
      say (self, problem.where != NULL ? problem.where : GTK_WIDGET (self->agreed_button));
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  imp_gate_work_async (self->gate, write_it, said_new (self, g_steal_pointer (&permission)),
                       said_free, on_saved, g_object_ref (self));
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
  g_clear_object (&self->gate);
  g_clear_pointer (&self->person, imp_person_free);
  g_clear_pointer (&self->before, imp_permission_free);
  G_OBJECT_CLASS (imp_permission_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, box);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, title);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, agreed_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, refused_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, offered_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, draft_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, level_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, scope_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, given_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, covers);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, giver);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, proof);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, limits);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, identifiable_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, identifiable_switch);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, expires_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, review_row);
  gtk_widget_class_bind_template_child (widget_class, ImpPermissionForm, terms);
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
  g_type_ensure (IMP_TYPE_GIVER_GROUP);
  g_type_ensure (IMP_TYPE_NOTICE);
  g_type_ensure (IMP_TYPE_PROOF_GROUP);
  g_type_ensure (IMP_TYPE_TERMS_ROW);
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
  GtkWidget *answers[4];
  GtkWidget *said[7];

  gtk_widget_init_template (GTK_WIDGET (self));
  answers[0] = GTK_WIDGET (self->agreed_button);
  answers[1] = GTK_WIDGET (self->refused_button);
  answers[2] = GTK_WIDGET (self->offered_button);
  answers[3] = GTK_WIDGET (self->draft_button);
  said[0] = self->scope_row;
  said[1] = GTK_WIDGET (self->given_row);
  said[2] = GTK_WIDGET (self->expires_row);
  said[3] = GTK_WIDGET (self->review_row);
  said[4] = GTK_WIDGET (self->giver);
  said[5] = GTK_WIDGET (self->proof);
  said[6] = GTK_WIDGET (self->terms);
  imp_widgets_fill_choices (self->level_row, imp_permission_levels (), imp_words_level, FALSE);
  g_signal_connect_swapped (self->level_row, "notify::selected", G_CALLBACK (on_choice_changed),
                            self);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_signal_connect_swapped (answers[i], "toggled", G_CALLBACK (on_answer_toggled), self);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    g_signal_connect_swapped (said[i], "changed", G_CALLBACK (clear_errors), self);
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

/* Shows the form with what is on record, if anything is; the answer is never preselected. */
static void
show (ImpPermissionForm *self, ImpGate *gate, const ImpPerson *person,
      const ImpPermission *permission, GPtrArray *replaceable)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *subtitle = NULL;
  ImpPermission *before = permission != NULL ? imp_permission_copy (permission) : NULL;
  ImpPerson *whose = imp_person_copy (person);
  gboolean fixed = before != NULL && before->state == IMP_PERMISSION_OFFERED;
  gboolean draft = before != NULL && before->state == IMP_PERMISSION_DRAFT;

  g_set_object (&self->gate, gate);
  g_clear_pointer (&self->person, imp_person_free);
  self->person = whose;
  g_clear_pointer (&self->before, imp_permission_free);
  self->before = before;
  subtitle = g_strdup_printf (_ ("For %s, %s"), whose->name == NULL ? _ ("no name") : whose->name,
                              whose->hospital_number == NULL ? "–" : whose->hospital_number);
  gtk_label_set_label (self->title, draft   ? _ ("Go on with the draft")
                                    : fixed ? _ ("Record the answer")
                                            : _ ("Record what was said"));
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_toggle_button_set_active (self->agreed_button, FALSE);
  gtk_toggle_button_set_active (self->refused_button, FALSE);
  gtk_toggle_button_set_active (self->offered_button, FALSE);
  gtk_toggle_button_set_active (self->draft_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->agreed_button), !draft);
  gtk_widget_set_visible (GTK_WIDGET (self->refused_button), !draft);
  gtk_widget_set_visible (GTK_WIDGET (self->offered_button), !fixed);
  gtk_widget_set_visible (GTK_WIDGET (self->draft_button), !fixed);
  gtk_switch_set_active (self->identifiable_switch, before != NULL && before->identifiable);
  imp_widgets_set_choice (self->level_row, before != NULL ? before->level : NULL);
  imp_form_rows_set_text (self->scope_row, before != NULL ? before->scope : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->level_row), !fixed);
  gtk_widget_set_sensitive (self->scope_row, !fixed);
  gtk_widget_set_sensitive (self->identifiable_row, !fixed);
  imp_giver_group_show (self->giver, before);
  imp_proof_group_show (self->proof, before);
  imp_terms_row_show (self->terms, before, replaceable);
  imp_terms_row_set_fixed (self->terms, fixed);
  imp_date_row_set_date (self->given_row, today);
  imp_date_row_set_date (self->expires_row, before != NULL ? before->expires : NULL);
  imp_date_row_set_date (self->review_row, before != NULL ? before->review : NULL);
  clear_errors (self);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  update_rows (self);
  gtk_widget_grab_focus (GTK_WIDGET (draft ? self->offered_button : self->agreed_button));
}

/**
 * imp_permission_form_start:
 * @self: a form
 * @gate: the gate
 * @person: whose permission it is; copied
 * @level: (nullable): what it is probably about, where the form is opened for one use
 * @scope: (nullable): the named work, platform or study of that use
 *
 * Shows the form anew. Whether they agreed, who, and with what evidence is never preselected.
 */
void
imp_permission_form_start (ImpPermissionForm *self, ImpGate *gate, const ImpPerson *person,
                           const char *level, const char *scope)
{
  show (self, gate, person, NULL, NULL);
  imp_widgets_set_choice (self->level_row, level);
  imp_form_rows_set_text (self->scope_row, scope);
}

/**
 * imp_permission_form_follow:
 * @self: a form
 * @gate: the gate
 * @person: whose permission it is; copied
 * @replaceable: (element-type ImpPermission): what it can replace
 * @replaces: (nullable): the id of what it replaces, where that is known
 *
 * As imp_permission_form_start(), among what is on record.
 */
void
imp_permission_form_follow (ImpPermissionForm *self, ImpGate *gate, const ImpPerson *person,
                            GPtrArray *replaceable, const char *replaces)
{
  show (self, gate, person, NULL, replaceable);
  if (replaces != NULL)
    imp_terms_row_set_replaces (self->terms, replaces);
}

/**
 * imp_permission_form_go_on:
 * @self: a form
 * @gate: the gate
 * @person: whose permission it is; copied
 * @permission: a draft to write on, or an offer that is answered
 *
 * Shows what is on record of it. Of an offer the terms stay as they were put to the person.
 */
void
imp_permission_form_go_on (ImpPermissionForm *self, ImpGate *gate, const ImpPerson *person,
                           const ImpPermission *permission)
{
  show (self, gate, person, permission, NULL);
}

/**
 * imp_permission_form_set_gate:
 * @self: a form, in use
 * @gate: (nullable): the gate that is there now; %NULL while the register is locked
 *
 * What was typed stays, for who typed it.
 */
void
imp_permission_form_set_gate (ImpPermissionForm *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
}
