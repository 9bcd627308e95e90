#include "imp-question-list.h"

struct _ImpQuestionList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  ImpWizardSession *session; /* owned */
  char *page;
};

G_DEFINE_FINAL_TYPE (ImpQuestionList, imp_question_list, GTK_TYPE_WIDGET)

static void
imp_question_list_dispose (GObject *object)
{
  ImpQuestionList *self = IMP_QUESTION_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_pointer (&self->page, g_free);
  G_OBJECT_CLASS (imp_question_list_parent_class)->dispose (object);
}

static void
imp_question_list_class_init (ImpQuestionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_question_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_question_list_init (ImpQuestionList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_question_list_new:
 * @session: what has been said so far
 * @page: which page's questions
 *
 * Returns: (transfer floating): a list, empty until it is refreshed
 */
GtkWidget *
imp_question_list_new (ImpWizardSession *session, const char *page)
{
  ImpQuestionList *self = g_object_new (IMP_TYPE_QUESTION_LIST, NULL);

  self->session = g_object_ref (session);
  self->page = g_strdup (page);
  return GTK_WIDGET (self);
}

/**
 * imp_question_list_find:
 * @self: a list
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): its row
 */
GtkWidget *
imp_question_list_find (ImpQuestionList *self, const char *key)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (imp_question_row_get_key (IMP_QUESTION_ROW (row)), key))
      return row;
  return NULL;
}

static gboolean
is_listed (GPtrArray *questions, const char *key)
{
  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (((ImpQuestion *)g_ptr_array_index (questions, i))->key, key))
      return TRUE;
  return FALSE;
}

/**
 * imp_question_list_refresh:
 * @self: a list
 *
 * Adds what is asked now and removes what is not; rows that stay keep the focus.
 */
void
imp_question_list_refresh (ImpQuestionList *self)
{
  g_autoptr (GPtrArray) questions = imp_wizard_session_list_questions (self->session, self->page);
  GtkWidget *previous = NULL;
  GtkWidget *next = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (self->box); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (!is_listed (questions, imp_question_row_get_key (IMP_QUESTION_ROW (row))))
        gtk_box_remove (GTK_BOX (self->box), row);
    }
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      GtkWidget *row = imp_question_list_find (self, question->key);

      if (row == NULL)
        {
          row = imp_question_row_new (self->session, question);
          gtk_box_insert_child_after (GTK_BOX (self->box), row, previous);
        }
      else
        imp_question_row_refresh (IMP_QUESTION_ROW (row));
      previous = row;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), questions->len > 0);
}

/**
 * imp_question_list_get_n_rows:
 * @self: a list
 *
 * Returns: how many questions are asked now
 */
guint
imp_question_list_get_n_rows (ImpQuestionList *self)
{
  guint n_rows = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n_rows++;
  return n_rows;
}

/**
 * imp_question_list_check:
 * @self: a list
 *
 * Marks every question that waits for its answer, and goes to the first.
 *
 * Returns: whether all are answered
 */
gboolean
imp_question_list_check (ImpQuestionList *self)
{
  GtkWidget *first = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (self->box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (!imp_question_row_check (IMP_QUESTION_ROW (row)) && first == NULL)
      first = row;
  if (first != NULL && gtk_widget_get_focus_child (first) == NULL)
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
  return first == NULL;
}
