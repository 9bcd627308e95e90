#include "imp-decision-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-widgets.h"

struct _ImpDecisionForm
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *words; /* AdwEntryRow */
  GtkWidget *lift;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (ImpDecisionForm, imp_decision_form, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_approve (GtkButton *button, ImpDecisionForm *self)
{
  g_signal_emit (self, signals[DECIDED], 0, TRUE);
}

static void
on_decline (GtkButton *button, ImpDecisionForm *self)
{
  g_signal_emit (self, signals[DECIDED], 0, FALSE);
}

static void
imp_decision_form_dispose (GObject *object)
{
  g_clear_pointer (&IMP_DECISION_FORM (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_decision_form_parent_class)->dispose (object);
}

static void
imp_decision_form_class_init (ImpDecisionFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_decision_form_dispose;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
add_button (ImpDecisionForm *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->buttons), button);
}

static void
imp_decision_form_init (ImpDecisionForm *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->words = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->words), _ ("In your words (optional)"));
  imp_widgets_set_name (self->words, _ ("In your words (optional)"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->words);
  gtk_box_append (GTK_BOX (self->box), group);
  self->lift = gtk_check_button_new ();
  gtk_check_button_set_child (
      GTK_CHECK_BUTTON (self->lift),
      imp_widgets_label (_ ("I lift what the file itself says: that the person does not consent to "
                            "its being passed on. I know why it may go all the same."),
                         NULL));
  imp_widgets_set_name (self->lift, _ ("I lift what the file itself says"));
  gtk_box_append (GTK_BOX (self->box), self->lift);
  /* Neither is the default: Return in the words decides nothing. */
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_set_homogeneous (GTK_BOX (self->buttons), TRUE);
  add_button (self, _ ("Decline"), G_CALLBACK (on_decline));
  add_button (self, _ ("Approve"), G_CALLBACK (on_approve));
  gtk_box_append (GTK_BOX (self->box), self->buttons);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  imp_decision_form_start (self, FALSE);
}

/**
 * imp_decision_form_new:
 *
 * Returns: (transfer floating): a form in which nothing is said
 */
GtkWidget *
imp_decision_form_new (void)
{
  return g_object_new (IMP_TYPE_DECISION_FORM, NULL);
}

/**
 * imp_decision_form_start:
 * @self: a form
 * @file_says_no: whether a yes has to lift what the file itself says (row 2)
 *
 * Forgets what was said about something else.
 */
void
imp_decision_form_start (ImpDecisionForm *self, gboolean file_says_no)
{
  gtk_editable_set_text (GTK_EDITABLE (self->words), "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->lift), FALSE);
  gtk_widget_set_visible (self->lift, file_says_no);
}

/**
 * imp_decision_form_get_lift:
 * @self: a form
 *
 * Returns: whether a yes lifts what the file itself says
 */
gboolean
imp_decision_form_get_lift (ImpDecisionForm *self)
{
  return gtk_widget_get_visible (self->lift)
         && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->lift));
}

/**
 * imp_decision_form_get_words:
 * @self: a form
 *
 * Returns: (transfer full) (nullable): what was said
 */
char *
imp_decision_form_get_words (ImpDecisionForm *self)
{
  return imp_widgets_get_text (self->words);
}

/**
 * imp_decision_form_set_busy:
 * @self: a form
 * @busy: whether what was said is being signed
 */
void
imp_decision_form_set_busy (ImpDecisionForm *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->buttons, !busy);
}
