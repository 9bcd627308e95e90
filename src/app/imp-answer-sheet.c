#include "imp-answer-sheet.h"

#include <glib/gi18n.h>

#include "imp-decision-words.h"
#include "imp-widgets.h"

#define WIDTH 600
#define MOST_HEIGHT 400

struct _ImpAnswerSheet
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *grid;
  GtkWidget *button;
  ImpDeskItem *item; /* owned, nullable */
  gboolean takes_back;
};

G_DEFINE_FINAL_TYPE (ImpAnswerSheet, imp_answer_sheet, GTK_TYPE_WIDGET)

/**
 * imp_answer_sheet_asks:
 * @item: a picture of a session
 * @question: a question
 *
 * Returns: whether it is asked of this one picture, and a choice is all that it takes
 */
gboolean
imp_answer_sheet_asks (ImpDeskItem *item, const ImpQuestion *question)
{
  const ImpCurationItem *picture = imp_desk_item_get (item);

  if (question->clears == NULL)
    return FALSE;
  if (g_str_equal (question->scope, "case"))
    return picture->case_id == 0;
  if (g_str_equal (question->scope, "person"))
    return picture->patient_id == 0;
  return g_str_equal (question->scope, "pixels") || g_strcmp0 (question->page, "use") != 0;
}

static GPtrArray *
list_questions (ImpDeskItem *item)
{
  ImpWizardSession *session = imp_desk_item_get_session (item);
  g_autoptr (GPtrArray) all = imp_wizard_session_list_questions (session, NULL);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (imp_answer_sheet_asks (item, g_ptr_array_index (all, i)))
      g_ptr_array_add (found, g_ptr_array_index (all, i));
  return found;
}

static gboolean
is_open (ImpDeskItem *item, const ImpQuestion *question)
{
  ImpWizardSession *session = imp_desk_item_get_session (item);
  g_autofree char *wait = imp_wizard_session_explain_wait (session, question);

  return wait == NULL && imp_wizard_session_get_answer (session, question->key) == NULL;
}

/**
 * imp_answer_sheet_count_open:
 * @item: a picture of a session
 *
 * Returns: how many questions one press would answer
 */
guint
imp_answer_sheet_count_open (ImpDeskItem *item)
{
  g_autoptr (GPtrArray) questions = list_questions (item);
  guint n_open = 0;

  for (guint i = 0; i < questions->len; i++)
    n_open += is_open (item, g_ptr_array_index (questions, i));
  return n_open;
}

/* ---- what is shown ---- */

static void
add_row (ImpAnswerSheet *self, guint row, const ImpQuestion *question)
{
  ImpWizardSession *session = imp_desk_item_get_session (self->item);
  const char *given = imp_wizard_session_get_answer (session, question->key);
  g_autofree char *wait = imp_wizard_session_explain_wait (session, question);
  g_autofree char *words =
      given == NULL && wait != NULL
          ? g_strdup (_ ("Later"))
          : imp_decision_words_answer (given != NULL ? given : question->clears);
  g_autofree char *name = NULL;
  GtkWidget *asked = imp_widgets_label (question->text, NULL);
  GtkWidget *answer = imp_widgets_label (words, given == NULL ? "heading" : "dim-label");
  GtkWidget *note = NULL;

  gtk_label_set_max_width_chars (GTK_LABEL (asked), 60);
  gtk_widget_set_hexpand (asked, TRUE);
  gtk_widget_set_valign (answer, GTK_ALIGN_START);
  if (given != NULL)
    name = g_strdup_printf (_ ("%s: given"), words);
  gtk_label_set_label (GTK_LABEL (answer), name != NULL ? name : words);
  gtk_grid_attach (GTK_GRID (self->grid), asked, 0, 2 * (int)row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), answer, 1, 2 * (int)row, 1, 1);
  if (given == NULL && wait != NULL)
    {
      note = imp_widgets_label (wait, "caption");
      gtk_widget_add_css_class (note, "dim-label");
      gtk_grid_attach (GTK_GRID (self->grid), note, 0, 2 * (int)row + 1, 2, 1);
    }
}

static void
show (ImpAnswerSheet *self)
{
  g_autoptr (GPtrArray) questions = NULL;
  g_autofree char *label = NULL;
  guint n_open = 0;
  guint n_given = 0;
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  if (self->item == NULL || !imp_desk_item_is_attached (self->item))
    {
      gtk_widget_set_sensitive (self->button, FALSE);
      return;
    }
  questions = list_questions (self->item);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      add_row (self, i, question);
      n_open += is_open (self->item, question);
      n_given +=
          imp_wizard_session_get_answer (imp_desk_item_get_session (self->item), question->key)
          != NULL;
    }
  self->takes_back = n_open == 0 && n_given > 0;
  label = self->takes_back ? g_strdup_printf (
              g_dngettext (NULL, "_Take %u answer back", "_Take %u answers back", n_given), n_given)
                           : g_strdup_printf (g_dngettext (NULL, "_Give this %u answer",
                                                           "_Give these %u answers", n_open),
                                              n_open);
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_widget_set_sensitive (self->button, n_open > 0 || n_given > 0);
}

/* ---- the press ---- */

static void
on_clicked (ImpAnswerSheet *self)
{
  g_autoptr (GPtrArray) questions = NULL;
  g_autofree char *sentence = NULL;
  const gboolean takes_back = self->takes_back; /* each answer shows the sheet anew */
  guint n = 0;

  if (self->item == NULL || !imp_desk_item_is_attached (self->item))
    return;
  questions = list_questions (self->item);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      ImpWizardSession *session = imp_desk_item_get_session (self->item);

      if (takes_back ? imp_wizard_session_get_answer (session, question->key) == NULL
                           || imp_wizard_session_get_answer_source (session, question->key) != NULL
                     : !is_open (self->item, question))
        continue;
      imp_wizard_session_answer (session, question->key, takes_back ? NULL : question->clears);
      n++;
    }
  sentence = g_strdup_printf (
      takes_back ? g_dngettext (NULL, "%u answer was taken back", "%u answers were taken back", n)
                 : g_dngettext (NULL, "%u answer was given: D takes it back",
                                "%u answers were given: D takes them back", n),
      n);
  show (self);
  g_signal_emit_by_name (self, "done", sentence);
}

static gboolean
on_key (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  ImpAnswerSheet *self = IMP_ANSWER_SHEET (widget);

  if (gtk_widget_get_sensitive (self->button))
    on_clicked (self);
  return TRUE;
}

/* ---- object ---- */

static void
imp_answer_sheet_map (GtkWidget *widget)
{
  show (IMP_ANSWER_SHEET (widget));
  GTK_WIDGET_CLASS (imp_answer_sheet_parent_class)->map (widget);
}

static void
imp_answer_sheet_dispose (GObject *object)
{
  ImpAnswerSheet *self = IMP_ANSWER_SHEET (object);

  imp_answer_sheet_set_item (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_answer_sheet_parent_class)->dispose (object);
}

static void
imp_answer_sheet_class_init (ImpAnswerSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_answer_sheet_dispose;
  widget_class->map = imp_answer_sheet_map;
  g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_d, 0, on_key, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "answersheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
imp_answer_sheet_init (ImpAnswerSheet *self)
{
  GtkWidget *explain = imp_widgets_label (_ ("One press gives each of these answers, as they stand "
                                             "here. Where one is not right, answer "
                                             "in the Export pane instead."),
                                          "dim-label");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_label_set_max_width_chars (GTK_LABEL (explain), 60);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  self->button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
  gtk_widget_set_halign (self->button, GTK_ALIGN_END);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self->box), imp_widgets_label (_ ("About this picture"), "heading"));
  gtk_box_append (GTK_BOX (self->box), explain);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->grid);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  imp_widgets_set_name (GTK_WIDGET (self), _ ("Questions about this picture"));
}

/**
 * imp_answer_sheet_new:
 *
 * Returns: (transfer floating): a sheet with nothing on it
 */
GtkWidget *
imp_answer_sheet_new (void)
{
  return g_object_new (IMP_TYPE_ANSWER_SHEET, NULL);
}

/**
 * imp_answer_sheet_set_item:
 * @self: a sheet
 * @item: (nullable): the picture that it asks about
 */
void
imp_answer_sheet_set_item (ImpAnswerSheet *self, ImpDeskItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (imp_desk_item_get_session (self->item), self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (imp_desk_item_get_session (item), "changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (imp_desk_item_get_session (item), "rehearsed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
}
