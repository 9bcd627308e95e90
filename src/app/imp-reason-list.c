#include "imp-reason-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-decision-words.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpReasonList
{
  GtkWidget parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (ImpReasonList, imp_reason_list, GTK_TYPE_WIDGET)

enum
{
  ANSWER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
imp_reason_list_dispose (GObject *object)
{
  g_clear_pointer (&IMP_REASON_LIST (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_reason_list_parent_class)->dispose (object);
}

static void
imp_reason_list_class_init (ImpReasonListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_reason_list_dispose;
  signals[ANSWER] = g_signal_new ("answer", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_reason_list_init (ImpReasonList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_reason_list_new:
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
imp_reason_list_new (void)
{
  return g_object_new (IMP_TYPE_REASON_LIST, NULL);
}

static const char *
name_outcome (ImpOutcome outcome)
{
  switch (outcome)
    {
    case IMP_OUTCOME_CONFIRM:
      return _ ("asks for your confirmation");
    case IMP_OUTCOME_SECOND_PERSON:
      return _ ("asks for a second person");
    case IMP_OUTCOME_REFUSE:
      return _ ("refuses");
    case IMP_OUTCOME_ALLOW:
    default:
      return _ ("allows");
    }
}

static void
on_answer_clicked (GtkButton *button, ImpReasonList *self)
{
  g_signal_emit (self, signals[ANSWER], 0, g_object_get_data (G_OBJECT (button), "imp-key"));
}

static void
add_answer_button (ImpReasonList *self, GtkWidget *card, const ImpQuestion *question)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Go to the question"));
  g_autofree char *name = g_strdup_printf (_ ("Go to: %s"), question->text);

  imp_widgets_set_name (button, name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "imp-key", g_strdup (question->key), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_answer_clicked), self);
  gtk_box_append (GTK_BOX (card), button);
}

static void
on_acknowledge_clicked (GtkButton *button, ImpWizardSession *session)
{
  ImpRect region = { 0 };

  if (imp_rect_parse (g_object_get_data (G_OBJECT (button), "imp-region"), &region))
    imp_wizard_session_acknowledge (session, &region);
}

/* What screening sees in the finished picture, and somebody may say can stay: place by place. */
static void
add_acknowledge_button (GtkWidget *card, const ImpReason *reason, ImpWizardSession *session)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("I looked: it may stay"));
  g_autofree char *name = g_strdup_printf (_ ("I looked at %s: it may stay"), reason->region);

  imp_widgets_set_name (button, name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "imp-region", g_strdup (reason->region), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_acknowledge_clicked), session, 0);
  gtk_box_append (GTK_BOX (card), button);
}

/* Whether the answer to @question is one that @rule speaks of. */
static gboolean
bears_on (ImpWizardSession *session, const ImpQuestion *question, const char *rule)
{
  const char *answer = imp_wizard_session_get_answer (session, question->key);

  if (answer == NULL)
    return FALSE;
  if (g_str_equal (rule, "row-4") || g_str_equal (rule, "floor:not-sure"))
    return g_str_equal (answer, "not-sure");
  return question->clears != NULL && !g_str_equal (answer, question->clears)
         && question->rows != NULL && g_strv_contains ((const char *const *)question->rows, rule);
}

/* A rule that refuses what was answered names the questions, and leads back to them. */
static void
add_answers (ImpReasonList *self, GtkWidget *card, const char *rule, ImpWizardSession *session)
{
  g_autoptr (GPtrArray) questions = imp_wizard_session_list_questions (session, NULL);

  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      if (!bears_on (session, question, rule))
        continue;
      gtk_box_append (GTK_BOX (card), imp_widgets_label (question->text, "caption"));
      add_answer_button (self, card, question);
    }
}

static GtkWidget *
new_card (ImpReasonList *self, const ImpReason *reason, ImpWizardSession *session)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gboolean open = g_str_has_prefix (reason->rule, "question:");
  const ImpQuestion *question =
      open ? imp_wizard_session_get_question (session, reason->rule + strlen ("question:")) : NULL;
  g_autofree char *rule = imp_decision_words_rule (reason->rule);
  g_autofree char *origin = NULL;
  g_autofree char *lift = NULL;
  GtkWidget *line = NULL;

  gtk_widget_add_css_class (card, "reason");
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), imp_widgets_label (reason->reason, NULL));
  if (question != NULL)
    {
      add_answer_button (self, card, question);
      return card;
    }
  origin = reason->source == NULL
               ? g_strdup_printf ("%s %s", rule, name_outcome (reason->outcome))
               : g_strdup_printf (_ ("%s %s · %s"), rule, name_outcome (reason->outcome),
                                  reason->source);
  line = imp_widgets_label (origin, "caption");
  gtk_widget_add_css_class (line, "dim-label");
  gtk_box_append (GTK_BOX (card), line);
  if (reason->lift != NULL && reason->lift[0] != '\0')
    {
      lift = g_strdup_printf (_ ("What would lift it: %s"), reason->lift);
      gtk_box_append (GTK_BOX (card), imp_widgets_label (lift, "caption"));
    }
  if (reason->region != NULL && !g_str_equal (reason->rule, "floor:output-shows"))
    add_acknowledge_button (card, reason, session);
  if (reason->outcome == IMP_OUTCOME_REFUSE)
    add_answers (self, card, reason->rule, session);
  return card;
}

/**
 * imp_reason_list_show:
 * @self: a list
 * @reasons: (element-type ImpReason): what stands in the way
 * @session: whose questions are meant
 */
void
imp_reason_list_show (ImpReasonList *self, GPtrArray *reasons, ImpWizardSession *session)
{
  imp_widgets_clear (self->box);
  for (guint i = 0; i < reasons->len; i++)
    gtk_box_append (GTK_BOX (self->box), new_card (self, g_ptr_array_index (reasons, i), session));
  gtk_widget_set_visible (GTK_WIDGET (self), reasons->len > 0);
}
