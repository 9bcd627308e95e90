#include "imp-parked-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-decision-form.h"
#include "imp-decision-words.h"
#include "imp-notice.h"
#include "imp-person-card.h"
#include "imp-role-words.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpParkedView
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *scroller;
  GtkWidget *box;
  GtkWidget *details;
  ImpNotice *advice;
  GtkWidget *form; /* ImpDecisionForm */
  GtkWidget *take_back_button;
  GtkWidget *spinner;
  ImpNotice *notice;

  /* Owned references */
  ImpGate *gate;
  char *id;     /* nullable: the case */
  char *reader; /* nullable: who is signed in, and may have written something */

  const char *signed_words; /* what is told once it is signed */
  gboolean approved;        /* the case is, and a no takes that back */
  gboolean working;
};

G_DEFINE_FINAL_TYPE (ImpParkedView, imp_parked_view, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * imp_parked_view_name_user:
 * @roll: the cases and everybody
 * @id: (nullable): a user's id
 *
 * Returns: (transfer full): their name, and that they were removed, where they were
 */
char *
imp_parked_view_name_user (const ImpParkedRoll *roll, const char *id)
{
  for (guint i = 0; i < roll->users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (roll->users, i);

      if (g_strcmp0 (user->id, id) == 0)
        return user->active ? g_strdup (user->name)
                            : g_strdup_printf (_ ("%s (removed since)"), user->name);
    }
  return g_strdup (_ ("Not known"));
}

/**
 * imp_parked_view_name_state:
 * @state: "waiting"
 *
 * Returns: (transfer none): the same in words
 */
const char *
imp_parked_view_name_state (const char *state)
{
  if (g_str_equal (state, "approved"))
    return _ ("Approved");
  if (g_str_equal (state, "declined"))
    return _ ("Declined");
  if (g_str_equal (state, "taken-back"))
    return _ ("Taken back");
  return _ ("Waits");
}

/* ---- what is asked ---- */

static void
add (ImpParkedView *self, const char *title, const char *value)
{
  if (value != NULL)
    gtk_box_append (GTK_BOX (self->details), imp_widgets_detail (title, value));
}

static void
add_rules (ImpParkedView *self, const ImpParkedRoll *roll, const ImpParkedCase *parked)
{
  g_auto (GStrv) rules = g_strsplit (parked->rules, " ", -1);
  gboolean lifts = FALSE;

  for (guint i = 0; rules[i] != NULL; i++)
    {
      const char *reason = g_hash_table_lookup (roll->reasons, rules[i]);
      g_autofree char *rule = imp_decision_words_rule (rules[i]);

      lifts =
          lifts || g_str_equal (rules[i], "row-2") || g_str_equal (rules[i], "floor:file-says-no");
      if (reason != NULL)
        add (self, rule, reason);
    }
  if (lifts)
    add (self, _ ("The file"),
         _ ("It says itself that the person does not consent to its being passed on."));
}

static void
add_answers (ImpParkedView *self, const ImpParkedRoll *roll, GVariant *answers)
{
  GVariantIter iter;
  const char *key = NULL;
  const char *value = NULL;

  g_variant_iter_init (&iter, answers);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    {
      const ImpQuestion *question = g_hash_table_lookup (roll->questions, key);
      g_autofree char *words = question != NULL && question->allowed != NULL
                                   ? imp_decision_words_answer (value)
                                   : g_strdup (value);

      add (self, question != NULL ? question->text : key, words);
    }
}

static void
add_request (ImpParkedView *self, const ImpParkedRoll *roll, const ImpParkedCase *parked)
{
  g_autoptr (GVariant) request = imp_gate_describe_case (parked);
  g_autoptr (GVariant) answers = NULL;
  g_autofree char *covered = NULL;
  g_autofree char *place = NULL;
  const char *destination = NULL;
  const char *route = NULL;
  const char *caption = NULL;
  const char *alt = NULL;
  gboolean cropped = FALSE;
  const char *file = NULL;
  guint32 n_overlays = 0;
  guint32 n_boxes = 0;
  guint32 page = 1;
  guint32 frame = 1;

  if (request == NULL)
    {
      add (self, _ ("What is asked"), _ ("It was erased with the person."));
      return;
    }
  g_variant_lookup (request, "destination", "&s", &destination);
  g_variant_lookup (request, "route", "&s", &route);
  g_variant_lookup (request, "caption", "&s", &caption);
  g_variant_lookup (request, "alt", "&s", &alt);
  g_variant_lookup (request, "file", "&s", &file);
  g_variant_lookup (request, "cropped", "b", &cropped);
  g_variant_lookup (request, "n_overlays", "u", &n_overlays);
  g_variant_lookup (request, "n_boxes", "u", &n_boxes);
  g_variant_lookup (request, "page", "u", &page);
  g_variant_lookup (request, "frame", "u", &frame);
  covered = n_boxes == 0
                ? g_strdup (_ ("Nothing"))
                : g_strdup_printf (g_dngettext (NULL, "%u area", "%u areas", n_boxes), n_boxes);
  if (page > 1 || frame > 1)
    place = g_strdup_printf (_ ("Page %u, image %u of its file"), page, frame);
  if (destination != NULL)
    add (self, _ ("Where it is going"), imp_words_destination (destination));
  if (route != NULL)
    add (self, _ ("What lets it be shared"), imp_decision_words_route (route));
  add (self, _ ("Its file"), file);
  add (self, _ ("Which picture"), place);
  add (self, _ ("What is covered"), covered);
  add (self, _ ("What is cut off"), cropped ? _ ("It is cropped") : _ ("Nothing"));
  if (n_overlays > 0)
    add (self, _ ("Overlays"), _ ("Drawings of the file are drawn on it"));
  add (self, _ ("Caption"), caption != NULL ? caption : _ ("None"));
  add (self, _ ("Alternative text"), alt);
  answers = g_variant_lookup_value (request, "answers", G_VARIANT_TYPE ("a{ss}"));
  if (answers != NULL)
    add_answers (self, roll, answers);
}

static void
add_case (ImpParkedView *self, const ImpParkedRoll *roll, const ImpParkedCase *parked)
{
  const ImpPerson *person =
      parked->person_id != NULL ? g_hash_table_lookup (roll->people, parked->person_id) : NULL;
  g_autofree char *asker = imp_parked_view_name_user (roll, parked->parked_by);
  g_autofree char *day = imp_words_date (parked->parked);
  g_autofree char *asked = g_strdup_printf (_ ("%s, on %s"), asker, day != NULL ? day : "");
  gboolean is_decided = parked->decided_by != NULL;
  g_autofree char *decider =
      is_decided ? imp_parked_view_name_user (roll, parked->decided_by) : NULL;
  g_autofree char *when = is_decided ? imp_words_date (parked->decided) : NULL;
  g_autofree char *decided =
      is_decided
          ? g_strdup_printf (_ ("%s by %s, on %s"), imp_parked_view_name_state (parked->state),
                             decider, when != NULL ? when : "")
          : NULL;

  add (self, _ ("Decided"), decided);
  add (self, _ ("In these words"), parked->words);
  add (self, _ ("Asked by"), asked);
  add (self, _ ("Why"), parked->reason);
  if (parked->authority != NULL)
    add (self, _ ("Decided by"), imp_role_words_authority (parked->authority));
  add_rules (self, roll, parked);
  if (person != NULL)
    gtk_box_append (GTK_BOX (self->details), imp_person_card_new (person));
  else
    add (self, _ ("Whose picture it is"), _ ("Not known"));
  add_request (self, roll, parked);
}

/* ---- what is decided ---- */

static void
set_working (ImpParkedView *self, gboolean working)
{
  self->working = working;
  imp_decision_form_set_busy (IMP_DECISION_FORM (self->form), working);
  gtk_widget_set_sensitive (self->take_back_button, !working);
  gtk_widget_set_visible (self->spinner, working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), working);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpParkedView) self = IMP_PARKED_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  gboolean done = imp_gate_decide_case_finish (IMP_GATE (source), result, &error);

  set_working (self, FALSE);
  imp_notice_show_error (self->notice, error);
  if (done)
    g_signal_emit (self, signals[DECIDED], 0, self->signed_words);
}

static void
decide (ImpParkedView *self, const ImpDecision *decision, const char *signed_words)
{
  if (self->working || self->gate == NULL || self->id == NULL)
    return;
  self->signed_words = signed_words;
  set_working (self, TRUE);
  imp_gate_decide_case_async (self->gate, self->id, decision, NULL, on_decided,
                              g_object_ref (self));
}

static void
on_form_decided (ImpDecisionForm *form, gboolean approve, ImpParkedView *self)
{
  g_autofree char *words = imp_decision_form_get_words (form);
  const ImpDecision decision = { approve, imp_decision_form_get_lift (form), words };

  decide (self, &decision,
          approve ? _ ("Approved and signed. Who asked can export exactly this now.")
                  : _ ("Declined and signed. Who asked reads what you said."));
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpParkedView) self = IMP_PARKED_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  gboolean done = imp_gate_take_back_case_finish (IMP_GATE (source), result, &error);

  set_working (self, FALSE);
  imp_notice_show_error (self->notice, error);
  if (done)
    g_signal_emit (self, signals[DECIDED], 0, _ ("Taken back. Nobody is asked any more."));
}

/* A no after the yes: also who asked reads its words. */
static void
on_approval_taken_back (const char *const *texts, gpointer user_data)
{
  const ImpDecision decision = { FALSE, FALSE, *texts[0] != '\0' ? texts[0] : NULL };

  decide (user_data, &decision, _ ("The approval was taken back, and that is signed."));
}

static void
ask_about_approval (ImpParkedView *self)
{
  const ImpTextDialog dialog = {
    .heading = _ ("Take the approval back?"),
    .body = _ ("Exactly this can then be exported no more, unless somebody approves it anew. What "
               "was exported already stays out there."),
    .verb = _ ("_Take it back"),
    .destructive = TRUE,
    .fields = { { .title = _ ("In your words (optional)") } },
  };

  imp_text_dialog_open (GTK_WIDGET (self), &dialog, on_approval_taken_back, g_object_ref (self),
                        g_object_unref);
}

static void
on_take_back_clicked (GtkButton *button, ImpParkedView *self)
{
  if (self->working || self->gate == NULL || self->id == NULL)
    return;
  if (self->approved)
    {
      ask_about_approval (self);
      return;
    }
  set_working (self, TRUE);
  imp_gate_take_back_case_async (self->gate, self->id, NULL, on_taken_back, g_object_ref (self));
}

static void
on_desk_clicked (ImpNotice *notice, ImpParkedView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-place", "s", "desk");
}

/* ---- object ---- */

static void
imp_parked_view_dispose (GObject *object)
{
  ImpParkedView *self = IMP_PARKED_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->reader, g_free);
  G_OBJECT_CLASS (imp_parked_view_parent_class)->dispose (object);
}

static void
imp_parked_view_class_init (ImpParkedViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_parked_view_dispose;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_parked_view_init (ImpParkedView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->box, "register-pane");
  self->advice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  g_signal_connect (self->advice, "activated", G_CALLBACK (on_desk_clicked), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->advice));
  self->details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (self->box), self->details);
  self->form = imp_decision_form_new ();
  g_signal_connect (self->form, "decided", G_CALLBACK (on_form_decided), self);
  gtk_box_append (GTK_BOX (self->box), self->form);
  self->take_back_button = gtk_button_new_with_label (_ ("Take it back"));
  gtk_widget_set_halign (self->take_back_button, GTK_ALIGN_START);
  g_signal_connect (self->take_back_button, "clicked", G_CALLBACK (on_take_back_clicked), self);
  gtk_box_append (GTK_BOX (self->box), self->take_back_button);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->spinner);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * imp_parked_view_new:
 *
 * Returns: (transfer floating): a view of nothing yet
 */
GtkWidget *
imp_parked_view_new (void)
{
  return g_object_new (IMP_TYPE_PARKED_VIEW, NULL);
}

/* What whoever looks at it can do about it, or who else can. */
static void
advise (ImpParkedView *self, const ImpParkedRoll *roll, const ImpParkedCase *parked,
        gboolean is_mine, gboolean is_approver)
{
  g_autoptr (GVariant) request = imp_gate_describe_case (parked);
  gboolean waits = g_str_equal (parked->state, "waiting");
  gboolean is_open = g_strcmp0 (parked->source_sha256, roll->open_sha256) == 0;
  const char *text = NULL;

  if (waits && is_mine)
    text = _ ("You asked for this, so somebody else decides.");
  else if (waits && !is_approver)
    text = _ ("An approver decides this, once signed in.");
  else if (waits && is_open)
    text = _ ("The file of this picture is open on the desk. Look at it there, with what is "
              "covered on it now.");
  else if (waits && request != NULL && g_variant_lookup (request, "file", "s", NULL))
    text = _ ("The picture is not kept here. Open its file on the desk to look at it; its name "
              "stands below “Its file”, and who asked knows where it is.");
  else if (waits)
    text = _ ("The picture is not kept here. Open its file on the desk to look at it; ask who "
              "asked where it is.");
  imp_notice_set (self->advice, IMP_NOTICE_INFORMATION, text);
  imp_notice_set_button (self->advice, waits && is_open ? _ ("Look at it") : NULL);
}

/**
 * imp_parked_view_show:
 * @self: a view
 * @gate: the gate
 * @roll: the cases and everybody
 * @parked: one of them
 *
 * Shows a case; who asked may take it back, everybody else may try to decide it, and to take an
 * approval back: the gate says who may.  Where the same user looks at the same case again, as when
 * the list was read anew, what they have written stays.
 */
void
imp_parked_view_show (ImpParkedView *self, ImpGate *gate, const ImpParkedRoll *roll,
                      const ImpParkedCase *parked)
{
  g_autoptr (ImpUser) me = imp_gate_get_user (gate);
  gboolean waits = g_str_equal (parked->state, "waiting");
  gboolean mine = me != NULL && g_strcmp0 (me->id, parked->parked_by) == 0;
  gboolean approver = me != NULL && (me->roles & IMP_ROLE_APPROVER) != 0;
  const char *reader = me != NULL ? me->id : NULL;
  gboolean again = g_strcmp0 (self->id, parked->id) == 0 && g_strcmp0 (self->reader, reader) == 0;
  g_auto (GStrv) rules = g_strsplit (parked->rules, " ", -1);

  g_set_object (&self->gate, gate);
  g_free (self->id);
  self->id = g_strdup (parked->id);
  g_free (self->reader);
  self->reader = g_strdup (reader);
  self->approved = g_str_equal (parked->state, "approved");
  imp_widgets_clear (self->details);
  add_case (self, roll, parked);
  if (!again || !waits)
    imp_decision_form_start (
        IMP_DECISION_FORM (self->form),
        g_strv_contains ((const char *const *)rules, "row-2")
            || g_strv_contains ((const char *const *)rules, "floor:file-says-no"));
  advise (self, roll, parked, mine, approver);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  gtk_widget_set_visible (self->form, waits && !mine && approver);
  gtk_button_set_label (GTK_BUTTON (self->take_back_button),
                        self->approved ? _ ("Take the approval back…") : _ ("Take it back"));
  gtk_widget_set_visible (self->take_back_button,
                          (waits && mine) || (self->approved && !mine && approver));
}
