#include "imp-question-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-decision-words.h"
#include "imp-widgets.h"
#include "imp-words.h"

#define MOST_IN_A_ROW 3

struct _ImpQuestionRow
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *hint;  /* where the answer is known from, or what is missing */
  GtkWidget *go_to; /* where the answer that clears can be come by, while it has to wait */
  GtkWidget *known; /* the answer that is known already, and "Change" */
  GtkWidget *known_label;
  GtkWidget *asked; /* the answers to choose from, or the entry */
  GtkWidget *entry; /* nullable */

  /* Owned references */
  ImpWizardSession *session;
  ImpQuestion *question;
  GPtrArray *buttons; /* in the order of question->allowed; the box owns them */

  gboolean changing; /* a known answer is being changed */
  gboolean updating; /* the model is shown, not edited */
};

G_DEFINE_FINAL_TYPE (ImpQuestionRow, imp_question_row, GTK_TYPE_WIDGET)

static gboolean
is_text (ImpQuestionRow *self)
{
  return self->question->allowed == NULL;
}

static gboolean
asks_to_look (ImpQuestionRow *self)
{
  return g_str_equal (self->question->key, "looked-at-all");
}

static gboolean
button_is_active (GtkWidget *button)
{
  return GTK_IS_CHECK_BUTTON (button) ? gtk_check_button_get_active (GTK_CHECK_BUTTON (button))
                                      : gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

static void
button_set_active (GtkWidget *button, gboolean active)
{
  if (GTK_IS_CHECK_BUTTON (button))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), active);
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), active);
}

static void
on_toggled (GtkWidget *button, ImpQuestionRow *self)
{
  if (self->updating || !button_is_active (button))
    return;
  for (guint i = 0; i < self->buttons->len; i++)
    if (g_ptr_array_index (self->buttons, i) == button)
      imp_wizard_session_answer (self->session, self->question->key, self->question->allowed[i]);
}

static void
on_text_changed (GtkEditable *editable, ImpQuestionRow *self)
{
  g_autofree char *text = NULL;

  if (self->updating)
    return;
  text = imp_widgets_get_text (self->entry);
  imp_wizard_session_answer (self->session, self->question->key, text);
}

static void
on_change_clicked (GtkButton *button, ImpQuestionRow *self)
{
  self->changing = TRUE;
  imp_question_row_refresh (self);
  gtk_widget_child_focus (self->asked, GTK_DIR_TAB_FORWARD);
}

static void
add_buttons (ImpQuestionRow *self)
{
  gboolean in_a_row = g_strv_length (self->question->allowed) <= MOST_IN_A_ROW;
  GtkWidget *first = NULL;

  self->asked = gtk_box_new (in_a_row ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
                             in_a_row ? 6 : 0);
  gtk_box_set_homogeneous (GTK_BOX (self->asked), in_a_row);
  for (gsize i = 0; self->question->allowed[i] != NULL; i++)
    {
      g_autofree char *label = imp_decision_words_answer (self->question->allowed[i]);
      GtkWidget *button = in_a_row ? gtk_toggle_button_new_with_label (label)
                                   : gtk_check_button_new_with_label (label);

      if (first == NULL)
        first = button;
      else if (in_a_row)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      self->question->text, -1);
      gtk_widget_add_css_class (button, "answer");
      g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
      gtk_box_append (GTK_BOX (self->asked), button);
      g_ptr_array_add (self->buttons, button);
    }
}

static void
add_entry (ImpQuestionRow *self)
{
  self->asked = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->entry = gtk_entry_new ();
  imp_widgets_set_name (self->entry, self->question->text);
  g_signal_connect (self->entry, "changed", G_CALLBACK (on_text_changed), self);
  gtk_box_append (GTK_BOX (self->asked), self->entry);
}

static void
build (ImpQuestionRow *self)
{
  GtkWidget *change = gtk_button_new_with_label (_ ("Change"));
  g_autofree char *change_name = g_strdup_printf (_ ("Change: %s"), self->question->text);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->box, "question");
  gtk_widget_add_css_class (self->box, "card");
  self->title = imp_widgets_label (self->question->text, NULL);
  gtk_box_append (GTK_BOX (self->box), self->title);
  if (self->question->help != NULL)
    {
      GtkWidget *help = imp_widgets_label (self->question->help, "dim-label");

      gtk_widget_add_css_class (help, "caption");
      gtk_box_append (GTK_BOX (self->box), help);
    }
  self->known = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->known_label = imp_widgets_label (NULL, "heading");
  gtk_widget_set_hexpand (self->known_label, TRUE);
  gtk_box_append (GTK_BOX (self->known), self->known_label);
  imp_widgets_set_name (change, change_name);
  g_signal_connect (change, "clicked", G_CALLBACK (on_change_clicked), self);
  gtk_box_append (GTK_BOX (self->known), change);
  gtk_box_append (GTK_BOX (self->box), self->known);
  if (is_text (self))
    add_entry (self);
  else
    add_buttons (self);
  gtk_box_append (GTK_BOX (self->box), self->asked);
  self->hint = imp_widgets_label (NULL, "caption");
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->hint);
  self->go_to =
      gtk_button_new_with_label (asks_to_look (self) ? _ ("Go on looking") : _ ("Show overlays…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->go_to),
                                  asks_to_look (self) ? "canvas.look-on" : "desk.choose-overlays");
  gtk_widget_set_halign (self->go_to, GTK_ALIGN_START);
  gtk_widget_set_visible (self->go_to, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->go_to);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->question->text, -1);
}

static void
imp_question_row_dispose (GObject *object)
{
  ImpQuestionRow *self = IMP_QUESTION_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (imp_question_row_parent_class)->dispose (object);
}

static void
imp_question_row_finalize (GObject *object)
{
  ImpQuestionRow *self = IMP_QUESTION_ROW (object);

  imp_question_free (self->question);
  g_ptr_array_unref (self->buttons);
  G_OBJECT_CLASS (imp_question_row_parent_class)->finalize (object);
}

static void
imp_question_row_class_init (ImpQuestionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_question_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_question_row_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "questionrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
imp_question_row_init (ImpQuestionRow *self)
{
  self->buttons = g_ptr_array_new ();
}

/**
 * imp_question_row_new:
 * @session: where the answer is kept
 * @question: what is asked; copied
 *
 * Returns: (transfer floating): a row that shows the session's answer and takes a new one
 */
GtkWidget *
imp_question_row_new (ImpWizardSession *session, const ImpQuestion *question)
{
  ImpQuestionRow *self = g_object_new (IMP_TYPE_QUESTION_ROW, NULL);

  self->session = g_object_ref (session);
  self->question = imp_question_copy (question);
  build (self);
  if (asks_to_look (self))
    g_signal_connect_object (session, "seen", G_CALLBACK (imp_question_row_refresh), self,
                             G_CONNECT_SWAPPED);
  imp_question_row_refresh (self);
  return GTK_WIDGET (self);
}

/**
 * imp_question_row_get_key:
 * @self: a row
 *
 * Returns: (transfer none): the key of its question
 */
const char *
imp_question_row_get_key (ImpQuestionRow *self)
{
  return self->question->key;
}

static void
show_answer (ImpQuestionRow *self, const char *answer)
{
  if (is_text (self))
    {
      g_autofree char *shown = imp_widgets_get_text (self->entry);

      if (g_strcmp0 (shown, answer) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->entry), answer == NULL ? "" : answer);
      return;
    }
  for (guint i = 0; i < self->buttons->len; i++)
    button_set_active (g_ptr_array_index (self->buttons, i),
                       g_strcmp0 (answer, self->question->allowed[i]) == 0);
}

/* The answer that clears the question is not offered while it has to wait. */
static void
show_wait (ImpQuestionRow *self, const char *wait)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_set_sensitive (
        g_ptr_array_index (self->buttons, i),
        wait == NULL || g_strcmp0 (self->question->allowed[i], self->question->clears) != 0);
  gtk_widget_set_visible (self->go_to, wait != NULL);
}

static void
show_hint (ImpQuestionRow *self, const char *answer, const char *source, const char *wait)
{
  g_autofree char *text = NULL;
  glong length = answer == NULL ? 0 : g_utf8_strlen (answer, -1);

  if (source != NULL && source[0] != '\0')
    text = g_strdup_printf (_ ("Known already: %s"), source);
  else if (wait != NULL)
    text = g_strdup (wait);
  else if (imp_wizard_session_get_answer_note (self->session, self->question->key) != NULL)
    text = g_strdup (imp_wizard_session_get_answer_note (self->session, self->question->key));
  else if (asks_to_look (self) && answer == NULL)
    text = g_strdup (_ ("All of it was on screen at full size."));
  else if (g_strcmp0 (answer, "not-sure") == 0)
    text = g_strdup (_ ("“Not sure” waits: find out, or rest the export on explicit consent."));
  else if (is_text (self) && length > 0 && length < self->question->min_length)
    text = g_strdup_printf (_ ("%d characters or more; %ld so far"), self->question->min_length,
                            length);
  gtk_label_set_label (GTK_LABEL (self->hint), text == NULL ? "" : text);
  gtk_widget_set_visible (self->hint, text != NULL);
  gtk_widget_remove_css_class (self->hint, "error");
  gtk_widget_add_css_class (self->hint, "dim-label");
}

/**
 * imp_question_row_refresh:
 * @self: a row
 *
 * Shows what the session holds.
 */
void
imp_question_row_refresh (ImpQuestionRow *self)
{
  const char *answer = imp_wizard_session_get_answer (self->session, self->question->key);
  const char *source = imp_wizard_session_get_answer_source (self->session, self->question->key);
  gboolean known = answer != NULL && source != NULL && !self->changing;
  g_autofree char *wait = imp_wizard_session_explain_wait (self->session, self->question);
  g_autofree char *words = NULL;

  self->updating = TRUE;
  if (known)
    {
      words = is_text (self) ? g_strdup (answer) : imp_decision_words_answer (answer);
      gtk_label_set_label (GTK_LABEL (self->known_label), words);
    }
  gtk_widget_set_visible (self->known, known);
  gtk_widget_set_visible (self->asked, !known);
  show_answer (self, known && !is_text (self) ? NULL : answer);
  show_hint (self, answer, source, wait);
  show_wait (self, wait);
  if (answer != NULL)
    imp_widgets_set_error (self->box, FALSE);
  self->updating = FALSE;
}

/**
 * imp_question_row_check:
 * @self: a row
 *
 * Marks the row where its answer is missing or too short.
 *
 * Returns: whether there is an answer to go on with
 */
gboolean
imp_question_row_check (ImpQuestionRow *self)
{
  if (imp_wizard_session_is_answered (self->session, self->question))
    return TRUE;
  imp_widgets_set_error (self->box, TRUE);
  if (!gtk_widget_get_visible (self->hint))
    {
      gtk_label_set_label (GTK_LABEL (self->hint), is_text (self) ? _ ("Please write an answer.")
                                                                  : _ ("Please choose an answer."));
      gtk_widget_remove_css_class (self->hint, "dim-label");
      gtk_widget_add_css_class (self->hint, "error");
      gtk_widget_set_visible (self->hint, TRUE);
    }
  return FALSE;
}
