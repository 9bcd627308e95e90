#include "imp-wizard-page-second.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-decision-form.h"
#include "imp-decision-words.h"
#include "imp-notice.h"
#include "imp-output-view.h"
#include "imp-reason-list.h"
#include "imp-second-row.h"
#include "imp-user-work.h"
#include "imp-widgets.h"
#include "imp-wizard-status.h"
#include "imp-words.h"

struct _ImpWizardPageSecond
{
  ImpWizardPage parent_instance;

  /* Children of the page */
  GtkWidget *reasons; /* ImpReasonList */
  ImpNotice *open;    /* what is to be answered first, or whom to make first */
  GtkWidget *ways;    /* the two ways, and what each takes */
  GtkWidget *here_button;
  GtkWidget *later_button;
  GtkWidget *here;
  GtkWidget *output; /* ImpOutputView */
  AdwExpanderRow *asked_row;
  GtkWidget *asked;
  GtkWidget *who;  /* ImpSecondRow */
  GtkWidget *form; /* ImpDecisionForm */
  GtkWidget *later;
  GtkWidget *reason_row; /* AdwEntryRow */
  GtkWidget *park_button;
  GtkWidget *spinner;
  ImpNotice *outcome;

  /* Owned references */
  ImpGate *gate;     /* whose users are shown */
  ImpUserRoll *roll; /* nullable */
  char *digest;      /* nullable: what the forms, or the outcome, are about */
  char *said;        /* nullable: how it ended */

  ImpNoticeKind said_kind;
  gboolean approve; /* what is being signed */
  gboolean closed;  /* decided, or parked: there is nothing more to ask */
  gboolean working;
  gboolean needed;
};

G_DEFINE_FINAL_TYPE (ImpWizardPageSecond, imp_wizard_page_second, IMP_TYPE_WIZARD_PAGE)

static ImpWizardSession *
session (ImpWizardPageSecond *self)
{
  return imp_wizard_page_get_session (IMP_WIZARD_PAGE (self));
}

/* ---- what is asked ---- */

static void
add_answer (ImpWizardPageSecond *self, const ImpQuestion *question, guint *n_answers)
{
  const char *answer = imp_wizard_session_get_answer (session (self), question->key);
  g_autofree char *words = NULL;

  if (answer == NULL)
    return;
  words = question->allowed != NULL ? imp_decision_words_answer (answer) : g_strdup (answer);
  gtk_box_append (GTK_BOX (self->asked), imp_widgets_detail (question->text, words));
  *n_answers += 1;
}

static void
show_asked (ImpWizardPageSecond *self)
{
  ImpWizardSession *said = session (self);
  const ImpPerson *person = imp_wizard_session_get_person (said);
  const char *caption = imp_wizard_session_get_caption (said);
  g_autoptr (GPtrArray) questions = imp_wizard_session_list_questions (said, NULL);
  g_autofree char *title = NULL;
  guint n_answers = 0;

  imp_widgets_clear (self->asked);
  gtk_box_append (
      GTK_BOX (self->asked),
      imp_widgets_detail (_ ("Where it is going"),
                          imp_words_destination (imp_wizard_session_get_destination (said))));
  gtk_box_append (
      GTK_BOX (self->asked),
      imp_widgets_detail (_ ("What lets it be shared"),
                          imp_decision_words_route (imp_wizard_session_get_route (said))));
  gtk_box_append (GTK_BOX (self->asked),
                  imp_widgets_detail (_ ("Whose picture it is"),
                                      person != NULL && person->name != NULL ? person->name
                                      : person != NULL ? person->hospital_number
                                                       : _ ("Not known")));
  gtk_box_append (GTK_BOX (self->asked),
                  imp_widgets_detail (_ ("Caption"), caption != NULL ? caption : _ ("None")));
  for (guint i = 0; i < questions->len; i++)
    add_answer (self, g_ptr_array_index (questions, i), &n_answers);
  title = g_strdup_printf (g_dngettext (NULL, "What was said, with %u answer",
                                        "What was said, with %u answers", n_answers),
                           n_answers);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->asked_row), title);
}

/* ---- what stands in the way ---- */

static GPtrArray *
list_for_second (ImpWizardPageSecond *self, gboolean *file_says_no)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session (self));
  GPtrArray *reasons = g_ptr_array_new ();

  *file_says_no = FALSE;
  for (guint i = 0; rehearsal != NULL && i < rehearsal->reasons->len; i++)
    {
      ImpReason *reason = g_ptr_array_index (rehearsal->reasons, i);

      if (imp_wizard_status_lifts_file (reason))
        *file_says_no = TRUE;
      if (imp_wizard_status_wants_second (reason))
        g_ptr_array_add (reasons, reason);
    }
  return reasons;
}

static gboolean
has_open_questions (ImpWizardPageSecond *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session (self));

  for (guint i = 0; rehearsal != NULL && i < rehearsal->reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (rehearsal->reasons, i);

      if (imp_wizard_status_is_open_question (reason)
          && !g_str_equal (reason->rule, "floor:approval"))
        return TRUE;
    }
  return FALSE;
}

static void
show_open (ImpWizardPageSecond *self, gboolean wanted)
{
  const ImpUserRoll *roll = self->roll;
  const char *text = NULL;
  const char *button = NULL;

  if (!wanted || roll == NULL)
    text = NULL;
  else if (!roll->any)
    {
      text = _ ("The register has no users yet, so nobody can be the second person. Make yourself "
                "the first user, then add the person who decides.");
      button = _ ("Users…");
    }
  else if (imp_second_row_get_n_users (IMP_SECOND_ROW (self->who)) == 0)
    {
      text = _ ("Nobody else is an approver yet. A keeper adds one under “Users…”; until then you "
                "can ask, and it waits.");
      button = _ ("Users…");
    }
  else if (has_open_questions (self))
    text = _ ("First answer what is still open, so that the second person sees all of it.");
  imp_notice_set (self->open, IMP_NOTICE_WARNING, text);
  imp_notice_set_button (self->open, button);
}

static void
show_ways (ImpWizardPageSecond *self, gboolean wanted)
{
  const ImpUserRoll *roll = self->roll;
  gboolean may = wanted && !self->closed && roll != NULL && roll->any && !has_open_questions (self);
  gboolean approver = imp_second_row_get_n_users (IMP_SECOND_ROW (self->who)) > 0;
  gboolean here = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->here_button));
  gboolean later = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->later_button));

  gtk_widget_set_visible (self->ways, may);
  imp_decision_form_set_busy (IMP_DECISION_FORM (self->form), self->working);
  gtk_widget_set_sensitive (self->park_button, !self->working);
  gtk_widget_set_sensitive (self->here_button, approver);
  gtk_widget_set_visible (self->here, here && approver);
  gtk_widget_set_visible (self->later, later);
  gtk_widget_set_visible (self->spinner, self->working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->working);
}

static void
update (ImpWizardPageSecond *self)
{
  gboolean file_says_no = FALSE;
  g_autoptr (GPtrArray) reasons = list_for_second (self, &file_says_no);
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session (self));
  gboolean wanted = reasons->len > 0;

  /* Another picture, or another answer: what was said about the one before is over. */
  if (rehearsal != NULL && g_strcmp0 (rehearsal->digest, self->digest) != 0)
    {
      g_free (self->digest);
      self->digest = g_strdup (rehearsal->digest);
      g_clear_pointer (&self->said, g_free);
      self->closed = FALSE;
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->here_button), FALSE);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->later_button), FALSE);
      imp_second_row_clear (IMP_SECOND_ROW (self->who));
      imp_decision_form_start (IMP_DECISION_FORM (self->form), file_says_no);
    }
  imp_reason_list_show (IMP_REASON_LIST (self->reasons), reasons, session (self));
  imp_output_view_refresh (IMP_OUTPUT_VIEW (self->output), session (self));
  if (wanted)
    show_asked (self);
  show_open (self, wanted && !self->closed);
  show_ways (self, wanted);
  imp_notice_set (self->outcome, self->said_kind, self->said);
}

static void
say (ImpWizardPageSecond *self, ImpNoticeKind kind, const char *text)
{
  g_free (self->said);
  self->said = g_strdup (text);
  self->said_kind = kind;
  update (self);
  imp_wizard_page_show_end (IMP_WIZARD_PAGE (self));
}

/* ---- who there is ---- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpWizardPageSecond) self = IMP_WIZARD_PAGE_SECOND (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUserRoll) roll = imp_user_work_load_finish (result, &error);

  if (self->gate != IMP_GATE (source))
    return;
  if (roll == NULL)
    {
      say (self, IMP_NOTICE_ERROR, error->message);
      return;
    }
  g_clear_pointer (&self->roll, imp_user_roll_free);
  self->roll = g_steal_pointer (&roll);
  imp_second_row_set_users (IMP_SECOND_ROW (self->who), self->roll->users, IMP_ROLE_APPROVER,
                            self->roll->me != NULL ? self->roll->me->id : NULL);
  update (self);
}

/* Users come and go: they are read anew whenever the register has changed. */
static void
load (ImpWizardPageSecond *self)
{
  g_set_object (&self->gate, imp_wizard_session_get_gate (session (self)));
  if (self->gate != NULL)
    imp_user_work_load_async (self->gate, NULL, on_loaded, g_object_ref (self));
}

/* ---- what is decided ---- */

static void
set_working (ImpWizardPageSecond *self, gboolean working)
{
  self->working = working;
  update (self);
}

/* A decision lifts what stood in the way, or adds a no: the gate is asked again. */
static void
on_agreed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpWizardPageSecond) self = IMP_WIZARD_PAGE_SECOND (user_data);
  g_autoptr (GError) error = NULL;

  set_working (self, FALSE);
  if (!imp_gate_agree_finish (IMP_GATE (source), result, &error))
    {
      say (self, IMP_NOTICE_ERROR, error->message);
      imp_second_row_mark (IMP_SECOND_ROW (self->who));
      return;
    }
  imp_second_row_clear (IMP_SECOND_ROW (self->who));
  self->closed = TRUE;
  say (self, self->approve ? IMP_NOTICE_SUCCESS : IMP_NOTICE_WARNING,
       self->approve
           ? _ ("Approved and signed: exactly this picture, for this use. Export it now, or "
                "later; any change asks again.")
           : _ ("Declined and signed. The picture stays here. Change what the second person "
                "did not agree with, and ask again."));
  imp_wizard_session_touch (session (self));
}

static void
on_decided (ImpDecisionForm *form, gboolean approve, ImpWizardPageSecond *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (session (self));
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session (self));
  g_autoptr (ImpRequest) request = imp_wizard_session_make_request (session (self));
  g_autofree char *words = imp_decision_form_get_words (form);
  const ImpDecision decision = { approve, imp_decision_form_get_lift (form), words };
  g_autoptr (ImpSecond) second = NULL;
  const char *missing = NULL;

  if (self->working || gate == NULL || rehearsal == NULL || request == NULL)
    return;
  second = imp_second_row_take (IMP_SECOND_ROW (self->who), &missing);
  if (second == NULL)
    {
      say (self, IMP_NOTICE_INFORMATION, missing);
      return;
    }
  say (self, IMP_NOTICE_INFORMATION, NULL);
  self->approve = approve;
  set_working (self, TRUE);
  imp_gate_agree_async (gate, request, rehearsal->digest, &decision, second, NULL, on_agreed,
                        g_object_ref (self));
}

static void
on_parked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpWizardPageSecond) self = IMP_WIZARD_PAGE_SECOND (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpParkedCase) parked = imp_gate_park_finish (IMP_GATE (source), result, &error);

  set_working (self, FALSE);
  if (parked == NULL)
    {
      say (self, IMP_NOTICE_ERROR, error->message);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->reason_row), "");
  self->closed = TRUE;
  say (self, IMP_NOTICE_SUCCESS,
       _ ("It waits under “Waiting for a second person”, with what you said and without the "
          "picture. An approver signs in, opens the picture and decides; after a yes you export "
          "exactly this. What you said stays here for you while the picture is on the desk."));
}

static void
on_park_clicked (GtkButton *button, ImpWizardPageSecond *self)
{
  ImpGate *gate = imp_wizard_session_get_gate (session (self));
  g_autoptr (ImpRequest) request = imp_wizard_session_make_request (session (self));
  g_autofree char *reason = imp_widgets_get_text (self->reason_row);

  if (self->working || gate == NULL || request == NULL)
    return;
  say (self, IMP_NOTICE_INFORMATION, NULL);
  set_working (self, TRUE);
  imp_gate_park_async (gate, request, reason, NULL, on_parked, g_object_ref (self));
}

static void
on_way_toggled (GtkCheckButton *button, ImpWizardPageSecond *self)
{
  if (self->said_kind == IMP_NOTICE_ERROR)
    g_clear_pointer (&self->said, g_free);
  update (self);
}

static void
on_reset (ImpWizardSession *session_, ImpWizardPageSecond *self)
{
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->said, g_free);
  self->closed = FALSE;
  self->needed = FALSE;
}

static void
on_users_clicked (ImpNotice *notice, ImpWizardPageSecond *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.users", NULL);
}

/* ---- page ---- */

static void
imp_wizard_page_second_refresh (ImpWizardPage *page)
{
  IMP_WIZARD_PAGE_CLASS (imp_wizard_page_second_parent_class)->refresh (page);
  update (IMP_WIZARD_PAGE_SECOND (page));
}

/* A second person is asked for nothing that is refused all the same. While the gate is asked,
 * things are as they were. */
static gboolean
imp_wizard_page_second_is_needed (ImpWizardPage *page)
{
  ImpWizardPageSecond *self = IMP_WIZARD_PAGE_SECOND (page);
  g_autoptr (GPtrArray) refusals = imp_wizard_status_list_refusals (session (self));

  if (imp_wizard_session_get_rehearsal (session (self)) == NULL)
    return self->needed && imp_wizard_session_is_busy (session (self));
  self->needed = refusals->len > 0;
  for (guint i = 0; i < refusals->len && self->needed; i++)
    self->needed = imp_wizard_status_wants_second (g_ptr_array_index (refusals, i));
  return self->needed;
}

static void
imp_wizard_page_second_dispose (GObject *object)
{
  ImpWizardPageSecond *self = IMP_WIZARD_PAGE_SECOND (object);

  g_clear_object (&self->gate);
  g_clear_pointer (&self->roll, imp_user_roll_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->said, g_free);
  G_OBJECT_CLASS (imp_wizard_page_second_parent_class)->dispose (object);
}

static void
imp_wizard_page_second_class_init (ImpWizardPageSecondClass *klass)
{
  ImpWizardPageClass *page_class = IMP_WIZARD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_wizard_page_second_dispose;
  page_class->refresh = imp_wizard_page_second_refresh;
  page_class->is_needed = imp_wizard_page_second_is_needed;
}

static void
imp_wizard_page_second_init (ImpWizardPageSecond *self)
{
}

static void
build_here (ImpWizardPageSecond *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->here = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->output = imp_output_view_new ();
  gtk_box_append (GTK_BOX (self->here), self->output);
  self->asked_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  self->asked = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->asked, "question");
  adw_expander_row_add_row (self->asked_row, self->asked);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->asked_row));
  gtk_box_append (GTK_BOX (self->here), group);
  self->who = imp_second_row_new (_ ("The second person"), _ ("PIN of the second person"));
  gtk_box_append (GTK_BOX (self->here), self->who);
  self->form = imp_decision_form_new ();
  g_signal_connect (self->form, "decided", G_CALLBACK (on_decided), self);
  gtk_box_append (GTK_BOX (self->here), self->form);
}

static void
build_later (ImpWizardPageSecond *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->later = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->later),
                  imp_widgets_label (_ ("An approver, such as the Caldicott Guardian, finds it in "
                                        "the list and decides. Tell them why you ask."),
                                     "dim-label"));
  self->reason_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason_row),
                                 _ ("Why you ask (15 characters or more)"));
  imp_widgets_set_name (self->reason_row, _ ("Why you ask (15 characters or more)"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->reason_row);
  gtk_box_append (GTK_BOX (self->later), group);
  self->park_button = gtk_button_new_with_label (_ ("Ask, and let it wait"));
  g_signal_connect (self->park_button, "clicked", G_CALLBACK (on_park_clicked), self);
  gtk_box_append (GTK_BOX (self->later), self->park_button);
}

static void
build (ImpWizardPageSecond *self)
{
  self->reasons = imp_reason_list_new ();
  self->open = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  g_signal_connect (self->open, "activated", G_CALLBACK (on_users_clicked), self);
  self->ways = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->here_button = gtk_check_button_new_with_label (_ ("Someone else is here, and decides now"));
  self->later_button = gtk_check_button_new_with_label (_ ("Ask later, such as the Guardian"));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (self->later_button),
                              GTK_CHECK_BUTTON (self->here_button));
  build_here (self);
  build_later (self);
  g_signal_connect (self->here_button, "toggled", G_CALLBACK (on_way_toggled), self);
  g_signal_connect (self->later_button, "toggled", G_CALLBACK (on_way_toggled), self);
  gtk_box_append (GTK_BOX (self->ways), self->here_button);
  gtk_box_append (GTK_BOX (self->ways), self->here);
  gtk_box_append (GTK_BOX (self->ways), self->later_button);
  gtk_box_append (GTK_BOX (self->ways), self->later);
  self->spinner = gtk_spinner_new ();
  self->outcome = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
}

/**
 * imp_wizard_page_second_new:
 * @session_: what has been said so far
 *
 * Returns: (transfer floating): the page of the second person
 */
GtkWidget *
imp_wizard_page_second_new (ImpWizardSession *session_)
{
  ImpWizardPageSecond *self = g_object_new (IMP_TYPE_WIZARD_PAGE_SECOND, NULL);
  ImpWizardPage *page = IMP_WIZARD_PAGE (self);

  imp_wizard_page_construct (page, session_, "second", _ ("Second person"),
                             _ ("Somebody else decides about exactly this picture, for exactly "
                                "this use, and signs it."));
  build (self);
  imp_wizard_page_add (page, self->reasons);
  imp_wizard_page_add (page, GTK_WIDGET (self->open));
  imp_wizard_page_add (page, self->ways);
  imp_wizard_page_add (page, self->spinner);
  imp_wizard_page_add (page, GTK_WIDGET (self->outcome));
  imp_wizard_page_show_questions (page, FALSE);
  g_signal_connect_object (session_, "reset", G_CALLBACK (on_reset), self, 0);
  g_signal_connect_object (session_, "register-changed", G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * imp_wizard_page_second_is_busy:
 * @self: the page
 *
 * Returns: whether something is being signed or parked
 */
gboolean
imp_wizard_page_second_is_busy (ImpWizardPageSecond *self)
{
  return self->working;
}

/**
 * imp_wizard_page_second_say_no:
 * @self: the page
 *
 * Says that nobody has agreed yet.
 */
void
imp_wizard_page_second_say_no (ImpWizardPageSecond *self)
{
  if (self->said == NULL)
    say (self, IMP_NOTICE_WARNING, _ ("It may not leave yet: the second person has not agreed."));
}
