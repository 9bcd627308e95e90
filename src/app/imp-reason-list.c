#include "imp-reason-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-decision-words.h"
#include "imp-place-card.h"
#include "imp-widgets.h"
#include "imp-words.h"

/* Places of which each has its card: more is no list that anybody reads. */
#define MOST_PLACES 8

struct _ImpReasonList
{
  GtkWidget parent_instance;

  GtkWidget *box;

  ImpWizardSession *session; /* owned, nullable: whose reasons are shown */
  gboolean goes_on;          /* the keyboard goes to what is shown next */
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
  g_clear_object (&IMP_REASON_LIST (object)->session);
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

/* ---- what the finished picture still shows ---- */

/* The cards go away as they are used: the keyboard goes on in those that come instead. */
static void
on_decided (ImpReasonList *self)
{
  self->goes_on = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.show-place", "s", "");
}

static void
on_acknowledge_clicked (GtkButton *button, ImpReasonList *self)
{
  ImpRect region = { 0, 0, 0, 0 };

  if (!imp_rect_parse (g_object_get_data (G_OBJECT (button), "imp-region"), &region))
    return;
  on_decided (self);
  imp_wizard_session_acknowledge (self->session, &region);
}

static void
on_try_again (GtkButton *button, ImpReasonList *self)
{
  on_decided (self);
  imp_wizard_session_touch (self->session);
}

static GtkWidget *
add_button (GtkWidget *card, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (card), button);
  return button;
}

static void
add_way_to_suggestions (GtkWidget *card)
{
  GtkWidget *button = add_button (card, _ ("Go to the suggestions"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "desk.show-pane");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "findings");
}

/* The file says so of all of its picture, so all of it is what somebody answers for. */
static void
add_whole_picture (ImpReasonList *self, GtkWidget *card, const char *region)
{
  GtkWidget *button = NULL;

  add_way_to_suggestions (card);
  button = add_button (card, _ ("I looked: it may stay"));
  imp_widgets_set_name (button, _ ("I looked at all of the picture: it may stay"));
  g_object_set_data_full (G_OBJECT (button), "imp-region", g_strdup (region), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_acknowledge_clicked), self, 0);
}

static gboolean
is_place (const ImpReason *reason)
{
  return reason->region != NULL && !g_str_equal (reason->rule, "floor:burned-in");
}

static void
add_place (ImpReasonList *self, const ImpReason *reason, guint number, guint n_places)
{
  GtkWidget *card = imp_place_card_new (self->session, reason, number, n_places);

  g_signal_connect_object (card, "decided", G_CALLBACK (on_decided), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), card);
}

static void
add_rest (ImpReasonList *self, guint n_more)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u more place comes up here once these are decided.",
                                 "%u more places come up here once these are decided.", n_more),
                       n_more);

  gtk_widget_add_css_class (card, "reason");
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), imp_widgets_label (text, NULL));
  gtk_box_append (
      GTK_BOX (card),
      imp_widgets_label (_ ("The suggestions have “Cover all” for what nobody needs."), "caption"));
  add_way_to_suggestions (card);
  gtk_box_append (GTK_BOX (self->box), card);
}

/* ---- answers ---- */

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
  if (reason->region != NULL)
    add_whole_picture (self, card, reason->region);
  if (g_str_equal (reason->rule, "floor:not-screened"))
    g_signal_connect_object (add_button (card, _ ("Try again")), "clicked",
                             G_CALLBACK (on_try_again), self, 0);
  if (reason->outcome == IMP_OUTCOME_REFUSE)
    add_answers (self, card, reason->rule, session);
  return card;
}

/* To the first thing that can be done; where nothing is left to do here, to what comes next. */
static void
go_on (ImpReasonList *self, gboolean any)
{
  if (!any && imp_wizard_session_get_rehearsal (self->session) == NULL)
    return;
  self->goes_on = FALSE;
  if (!any || !gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD))
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.focus-next", NULL);
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
  guint n_places = 0;
  guint number = 0;

  g_set_object (&self->session, session);
  imp_widgets_clear (self->box);
  for (guint i = 0; i < reasons->len; i++)
    n_places += is_place (g_ptr_array_index (reasons, i));
  for (guint i = 0; i < reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (reasons, i);

      if (!is_place (reason))
        gtk_box_append (GTK_BOX (self->box), new_card (self, reason, session));
      else if (++number <= MOST_PLACES)
        add_place (self, reason, number, n_places);
    }
  if (number > MOST_PLACES)
    add_rest (self, number - MOST_PLACES);
  gtk_widget_set_visible (GTK_WIDGET (self), reasons->len > 0);
  if (self->goes_on)
    go_on (self, reasons->len > 0);
}
