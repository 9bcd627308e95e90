#include "imp-wizard.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-export-job.h"
#include "imp-notice.h"
#include "imp-question-row.h"
#include "imp-reason-list.h"
#include "imp-receipt-view.h"
#include "imp-widgets.h"
#include "imp-wizard-page-basis.h"
#include "imp-wizard-page-cover.h"
#include "imp-wizard-page-permanence.h"
#include "imp-wizard-page-person.h"
#include "imp-wizard-page-second.h"
#include "imp-wizard-page-use.h"
#include "imp-wizard-page-words.h"
#include "imp-wizard-status.h"

struct _ImpWizard
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkWidget *locked;
  GtkWidget *absent;
  GtkWidget *signed_out;
  GtkWidget *empty;
  GtkWidget *asking;
  GtkLabel *title;
  GtkLabel *step;
  GtkLabel *subtitle;
  GtkStack *pages;
  GtkWidget *panel;
  ImpNotice *headline;
  GtkRevealer *revealer;
  ImpReasonList *reasons;
  GtkWidget *back_button;
  GtkWidget *next_button;
  GtkWidget *export_button;
  ImpReceiptView *receipt;

  /* Owned references */
  ImpWizardSession *session;
  ImpExportJob *job;
  char *status_text;

  ImpWizardPagePermanence *permanence; /* these two are in the stack, too */
  ImpWizardPageSecond *second;
  GPtrArray *order; /* ImpWizardPage, which the stack owns, in order */
  ImpWizardPage *current;
  ImpWizardPage *cover;       /* in the stack, too */
  ImpWizardPage *asking_page; /* nullable: where to go on after covering first */
  ImpStatus status;
  gboolean saved;
  ImpWizardClosed closed; /* why there is no gate */
};

G_DEFINE_FINAL_TYPE (ImpWizard, imp_wizard, GTK_TYPE_WIDGET)

enum
{
  STATUS_CHANGED,
  RECORD_CONSENT,
  NOTICE,
  PERSON_CHANGED,
  RELEASED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void show_page (ImpWizard *self, ImpWizardPage *page);

/* The page to export from: that of the second person where it takes one, else what leaves. */
static ImpWizardPage *
last_page (ImpWizard *self)
{
  ImpWizardPage *second = IMP_WIZARD_PAGE (self->second);

  return self->current == second || imp_wizard_page_is_needed (second)
             ? second
             : IMP_WIZARD_PAGE (self->permanence);
}

static guint
position_of (ImpWizard *self, ImpWizardPage *page)
{
  guint position = 0;

  g_ptr_array_find (self->order, page, &position);
  return position;
}

/* The nearest page in that direction that what is chosen so far needs. */
static ImpWizardPage *
neighbour (ImpWizard *self, int direction)
{
  for (gint64 i = (gint64)position_of (self, self->current) + direction;
       i >= 0 && i < (gint64)self->order->len; i += direction)
    if (imp_wizard_page_is_needed (g_ptr_array_index (self->order, (guint)i)))
      return g_ptr_array_index (self->order, (guint)i);
  return NULL;
}

static void
update_header (ImpWizard *self)
{
  guint n_steps = 0;
  guint step = 0;
  gboolean last = self->current == last_page (self);
  g_autofree char *text = NULL;
  const char *subtitle = imp_wizard_page_get_subtitle (self->current);

  for (guint i = 0; i < self->order->len; i++)
    {
      ImpWizardPage *page = g_ptr_array_index (self->order, i);

      if (imp_wizard_page_is_needed (page) || page == self->current)
        n_steps++;
      if (page == self->current)
        step = n_steps;
    }
  text = g_strdup_printf (_ ("step %u of %u"), step, n_steps);
  gtk_label_set_label (self->title, imp_wizard_page_get_title (self->current));
  gtk_label_set_label (self->step, text);
  gtk_label_set_label (self->subtitle, subtitle == NULL ? "" : subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL);
  gtk_widget_set_visible (self->next_button, !last);
  gtk_widget_set_visible (self->export_button, last);
  gtk_widget_set_sensitive (self->back_button, neighbour (self, -1) != NULL);
}

/* Every page shows what refuses; the last ones show it in full, with the questions that are open. A
 * form that is open needs the room, and often is what would lift the refusal. */
static void
update_panel (ImpWizard *self)
{
  g_autoptr (GPtrArray) refusals = imp_wizard_status_list_refusals (self->session);
  gboolean shown = refusals->len > 0 && self->current != last_page (self)
                   && self->current != IMP_WIZARD_PAGE (self->permanence)
                   && !imp_wizard_page_has_form (self->current);
  gboolean open = gtk_revealer_get_reveal_child (self->revealer);
  g_autofree char *count = NULL;

  gtk_widget_set_visible (self->panel, shown);
  if (!shown)
    return;
  count = g_strdup_printf (g_dngettext (NULL, "%u thing stands in the way:",
                                        "%u things stand in the way:", refusals->len),
                           refusals->len);
  imp_notice_set (self->headline, IMP_NOTICE_WARNING,
                  open ? count : ((ImpReason *)g_ptr_array_index (refusals, 0))->reason);
  imp_notice_set_button (self->headline, open ? _ ("Hide") : _ ("Why?"));
  imp_reason_list_show (self->reasons, refusals, self->session);
}

static void
on_why (ImpNotice *notice, ImpWizard *self)
{
  gboolean open = !gtk_revealer_get_reveal_child (self->revealer);

  gtk_widget_set_visible (GTK_WIDGET (self->revealer), open);
  gtk_revealer_set_reveal_child (self->revealer, open);
  update_panel (self);
}

static void
update_status (ImpWizard *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self->session);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  ImpStatus status = imp_wizard_status (self->session, &words, &text);

  /* What cannot be done yet is not what stands out. */
  if (rehearsal != NULL && rehearsal->allowed)
    gtk_widget_add_css_class (self->export_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->export_button, "suggested-action");

  if (status == self->status && g_strcmp0 (text, self->status_text) == 0)
    return;
  self->status = status;
  g_free (self->status_text);
  self->status_text = g_strdup (text);
  g_signal_emit (self, signals[STATUS_CHANGED], 0, (int)status, words, text);
}

static void
tell_person (ImpWizard *self)
{
  g_signal_emit (self, signals[PERSON_CHANGED], 0);
}

static void
update (ImpWizard *self)
{
  gboolean has_gate = imp_wizard_session_get_gate (self->session) != NULL;
  gboolean has_picture = imp_wizard_session_get_picture (self->session) != NULL;

  gtk_widget_set_visible (self->locked, !has_gate && self->closed == IMP_WIZARD_LOCKED);
  gtk_widget_set_visible (self->absent, !has_gate && self->closed == IMP_WIZARD_ABSENT);
  gtk_widget_set_visible (self->signed_out, !has_gate && self->closed == IMP_WIZARD_SIGNED_OUT);
  gtk_widget_set_visible (self->empty, has_gate && !has_picture);
  gtk_widget_set_visible (self->asking, has_gate && has_picture && !self->saved);
  gtk_widget_set_visible (GTK_WIDGET (self->receipt), has_gate && has_picture && self->saved);
  if (self->current == NULL)
    return;
  for (guint i = 0; i < self->order->len; i++)
    imp_wizard_page_refresh (g_ptr_array_index (self->order, i));
  update_header (self);
  update_panel (self);
  update_status (self);
}

/* Hidden pages are invisible to screen readers too: a stack alone leaves them in the tree. */
static void
show_page (ImpWizard *self, ImpWizardPage *page)
{
  gtk_widget_set_visible (GTK_WIDGET (page), TRUE);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  self->current = page;
  for (guint i = 0; i < self->order->len; i++)
    if (g_ptr_array_index (self->order, i) != page)
      gtk_widget_set_visible (g_ptr_array_index (self->order, i), FALSE);
  update (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->asking), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  imp_wizard_page_get_title (page), -1);
}

/* Hiding a page lets GTK choose a focus of its own; reading starts at the first thing. */
static void
focus_start (ImpWizard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL)
    return;
  gtk_root_set_focus (root, NULL);
  gtk_widget_child_focus (GTK_WIDGET (self->current), GTK_DIR_TAB_FORWARD);
}

static void
go (ImpWizard *self, int direction)
{
  ImpWizardPage *page = neighbour (self, direction);

  /* Who covered first goes on where the questions are. */
  if (self->asking_page != NULL && self->current == self->cover)
    page = self->asking_page;
  self->asking_page = NULL;
  if (page == NULL)
    return;
  show_page (self, page);
  focus_start (self);
}

static void
act_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpWizard *self = IMP_WIZARD (widget);

  if (!self->saved
      && ((self->asking_page != NULL && self->current == self->cover)
          || imp_wizard_page_check (self->current)))
    go (self, 1);
}

/* From the questions about the picture, which covering would take back, and back to them. */
static void
act_cover_first (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpWizard *self = IMP_WIZARD (widget);

  if (self->saved || self->current == self->cover)
    return;
  self->asking_page = self->current;
  show_page (self, self->cover);
  focus_start (self);
}

/* For a page whose own widgets go away as they are used: the keyboard goes on to what is next. */
static void
act_focus_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpWizard *self = IMP_WIZARD (widget);

  gtk_widget_grab_focus (gtk_widget_get_visible (self->next_button) ? self->next_button
                                                                    : self->export_button);
}

static void
act_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpWizard *self = IMP_WIZARD (widget);

  if (!self->saved)
    go (self, -1);
}

/* From an earlier page, "Export" goes on as far as the answers reach. */
static gboolean
reach_last_page (ImpWizard *self)
{
  while (self->current != last_page (self))
    {
      ImpWizardPage *before = self->current;

      if (!imp_wizard_page_check (self->current))
        return FALSE;
      go (self, 1);
      if (self->current == before)
        return FALSE;
    }
  return TRUE;
}

static void
say_no (ImpWizard *self)
{
  if (self->current == IMP_WIZARD_PAGE (self->second))
    imp_wizard_page_second_say_no (self->second);
  else
    imp_wizard_page_permanence_say_no (self->permanence);
}

/* The tick stands with what leaves, a page before the second person. */
static void
ask_approval (ImpWizard *self)
{
  if (self->current != IMP_WIZARD_PAGE (self->permanence))
    show_page (self, IMP_WIZARD_PAGE (self->permanence));
  imp_wizard_page_permanence_ask_approval (self->permanence);
}

static void
act_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpWizard *self = IMP_WIZARD (widget);
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self->session);
  gboolean was_last = self->current == last_page (self);

  if (self->saved || imp_wizard_session_get_gate (self->session) == NULL
      || imp_wizard_session_get_picture (self->session) == NULL || !reach_last_page (self)
      || !was_last)
    return;                                     /* the last page is seen before anything leaves */
  if (rehearsal == NULL || !rehearsal->allowed) /* NULL: the last answer is still being looked at */
    say_no (self);
  else if (rehearsal->needs_approval && imp_wizard_session_get_approved (self->session) == NULL
           && !imp_wizard_page_permanence_get_approves (self->permanence))
    ask_approval (self);
  else
    {
      /* Where the work shows, and how it ended. */
      if (self->current != IMP_WIZARD_PAGE (self->permanence))
        show_page (self, IMP_WIZARD_PAGE (self->permanence));
      imp_export_job_choose (self->job, widget,
                             imp_wizard_page_permanence_get_approves (self->permanence));
    }
}

static void
act_approve (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpWizard *self = IMP_WIZARD (widget);

  if (self->current != IMP_WIZARD_PAGE (self->permanence) || self->saved)
    return;
  if (!imp_wizard_page_permanence_get_approves (self->permanence))
    ask_approval (self);
  else
    imp_export_job_approve (self->job);
}

static void
act_show_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[RECORD_CONSENT], 0, g_variant_get_string (parameter, NULL));
}

static void
on_released (ImpExportJob *job, ImpWizard *self)
{
  self->saved = TRUE;
  imp_receipt_view_show (self->receipt, imp_wizard_session_get_gate (self->session),
                         imp_export_job_get_receipt (job), imp_export_job_get_target (job));
  g_signal_emit (self, signals[RELEASED], 0, imp_export_job_get_receipt (job)->ledger_id);
  update (self);
}

/* Work that goes is never let go without a word. */
static void
on_answers_forgotten (ImpWizard *self, guint n_forgotten)
{
  g_autofree char *sentence = NULL;

  if (self->saved)
    return;
  sentence = g_strdup_printf (
      g_dngettext (NULL, "The picture changed: %u answer about what it shows is asked again",
                   "The picture changed: %u answers about what it shows are asked again",
                   n_forgotten),
      n_forgotten);
  g_signal_emit (self, signals[NOTICE], 0, sentence);
}

static void
start_again (ImpWizard *self)
{
  self->saved = FALSE;
  self->asking_page = NULL;
  imp_receipt_view_clear (self->receipt);
  imp_export_job_reset (self->job);
  show_page (self, g_ptr_array_index (self->order, 0));
}

static void
on_again (ImpReceiptView *view, ImpWizard *self)
{
  imp_wizard_session_reset (self->session);
  start_again (self);
}

static void
on_go (ImpWizardPage *page, int steps, ImpWizard *self)
{
  go (self, steps);
}

static void
on_show_question (ImpWizardPage *from, const char *key, ImpWizard *self)
{
  const ImpQuestion *question = imp_wizard_session_get_question (self->session, key);

  for (guint i = 0; question != NULL && i < self->order->len; i++)
    {
      ImpWizardPage *page = g_ptr_array_index (self->order, i);
      GtkWidget *row = NULL;

      if (g_strcmp0 (imp_wizard_page_get_key (page), question->page) != 0)
        continue;
      self->asking_page = NULL;
      show_page (self, page);
      row = imp_wizard_page_find_question (page, key);
      if (row != NULL)
        {
          imp_question_row_check (IMP_QUESTION_ROW (row));
          gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
        }
      return;
    }
}

static void
on_answer (ImpReasonList *list, const char *key, ImpWizard *self)
{
  on_show_question (self->current, key, self);
}

static void
add_page (ImpWizard *self, GtkWidget *page)
{
  g_ptr_array_add (self->order, page);
  gtk_widget_set_visible (page, FALSE);
  g_signal_connect (page, "go", G_CALLBACK (on_go), self);
  g_signal_connect (page, "show-question", G_CALLBACK (on_show_question), self);
  g_signal_connect_swapped (page, "form-changed", G_CALLBACK (update_panel), self);
  gtk_stack_add_named (self->pages, page, imp_wizard_page_get_key (IMP_WIZARD_PAGE (page)));
}

static void
add_pages (ImpWizard *self)
{
  add_page (self, imp_wizard_page_person_new (self->session));
  add_page (self, imp_wizard_page_use_new (self->session));
  add_page (self, imp_wizard_page_new (self->session, "case", _ ("About this case"),
                                       _ ("Nothing is preselected. “Not sure” waits for an "
                                          "answer.")));
  add_page (self, imp_wizard_page_basis_new (self->session));
  self->cover = IMP_WIZARD_PAGE (imp_wizard_page_cover_new (self->session));
  add_page (self, GTK_WIDGET (self->cover));
  add_page (self, imp_wizard_page_words_new (self->session));
  add_page (self, imp_wizard_page_new (self->session, "account", _ ("Your account"),
                                       _ ("Who posts it tells where it was taken. Closed groups "
                                          "count as public.")));
  self->permanence =
      IMP_WIZARD_PAGE_PERMANENCE (imp_wizard_page_permanence_new (self->session, self->job));
  self->second = IMP_WIZARD_PAGE_SECOND (imp_wizard_page_second_new (self->session));
  add_page (self, GTK_WIDGET (self->permanence));
  add_page (self, GTK_WIDGET (self->second));
}

static void
imp_wizard_dispose (GObject *object)
{
  ImpWizard *self = IMP_WIZARD (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->job);
  g_clear_object (&self->session);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_clear_pointer (&self->status_text, g_free);
  G_OBJECT_CLASS (imp_wizard_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, box);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, locked);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, absent);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, signed_out);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, empty);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, asking);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, title);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, step);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, subtitle);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, pages);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, panel);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, headline);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, revealer);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, reasons);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, back_button);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, next_button);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, export_button);
  gtk_widget_class_bind_template_child (widget_class, ImpWizard, receipt);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
imp_wizard_class_init (ImpWizardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_wizard_dispose;
  signals[STATUS_CHANGED] =
      g_signal_new ("status-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_STRING, G_TYPE_STRING);
  signals[RECORD_CONSENT] =
      g_signal_new ("record-consent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PERSON_CHANGED] = g_signal_new ("person-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RELEASED] = g_signal_new ("released", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (IMP_TYPE_NOTICE);
  g_type_ensure (IMP_TYPE_REASON_LIST);
  g_type_ensure (IMP_TYPE_RECEIPT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-wizard.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "wizard.next", NULL, act_next);
  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, act_back);
  gtk_widget_class_install_action (widget_class, "wizard.focus-next", NULL, act_focus_next);
  gtk_widget_class_install_action (widget_class, "wizard.export", NULL, act_export);
  gtk_widget_class_install_action (widget_class, "wizard.approve", NULL, act_approve);
  gtk_widget_class_install_action (widget_class, "wizard.show-person", "s", act_show_person);
  gtk_widget_class_install_action (widget_class, "wizard.cover-first", NULL, act_cover_first);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "wizard.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "wizard.back",
                                       NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "wizard");
}

static void
imp_wizard_init (ImpWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_hide_unseen (GTK_WIDGET (self->revealer));
  self->order = g_ptr_array_new ();
  self->session = imp_wizard_session_new ();
  self->job = imp_export_job_new (self->session);
  add_pages (self);
  imp_notice_set_button (self->headline, _ ("Why?"));
  g_signal_connect (self->headline, "activated", G_CALLBACK (on_why), self);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (tell_person), self);
  g_signal_connect_swapped (self->session, "rehearsed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->session, "answers-forgotten", G_CALLBACK (on_answers_forgotten),
                            self);
  g_signal_connect (self->job, "released", G_CALLBACK (on_released), self);
  show_page (self, g_ptr_array_index (self->order, 0));
}

/**
 * imp_wizard_new:
 *
 * Returns: (transfer floating): the export wizard, locked and empty
 */
GtkWidget *
imp_wizard_new (void)
{
  return g_object_new (IMP_TYPE_WIZARD, NULL);
}

/**
 * imp_wizard_set_gate:
 * @self: a wizard
 * @gate: (nullable): the gate; %NULL while the register is locked, or nobody is signed in
 *
 * The same gate with the same user again says that the register has changed: person and verdict
 * are read anew, and the answers stay. What one user said waits for that user.
 */
void
imp_wizard_set_gate (ImpWizard *self, ImpGate *gate)
{
  if (self->saved && gate != imp_wizard_session_get_gate (self->session))
    imp_wizard_session_reset (self->session);
  if (imp_wizard_session_set_gate (self->session, gate))
    start_again (self);
  else if (gate != NULL)
    imp_wizard_session_reload (self->session);
}

/**
 * imp_wizard_set_closed:
 * @self: a wizard
 * @closed: why there is no gate
 *
 * Without a gate the wizard says that the register is locked, that there is none to unlock, or
 * that nobody is signed in.
 */
void
imp_wizard_set_closed (ImpWizard *self, ImpWizardClosed closed)
{
  self->closed = closed;
  update (self);
}

/**
 * imp_wizard_get_person:
 * @self: a wizard
 *
 * Returns: (transfer none) (nullable): whose picture it is, where who sits here has said so
 */
const ImpPerson *
imp_wizard_get_person (ImpWizard *self)
{
  return imp_wizard_session_get_person (self->session);
}

/**
 * imp_wizard_get_session:
 * @self: a wizard
 *
 * Returns: (transfer none): what has been said so far
 */
ImpWizardSession *
imp_wizard_get_session (ImpWizard *self)
{
  return self->session;
}

/**
 * imp_wizard_show_question:
 * @self: a wizard
 * @key: of a question
 *
 * Shows the page on which it stands, with the keyboard on it.
 */
void
imp_wizard_show_question (ImpWizard *self, const char *key)
{
  if (!self->saved)
    on_show_question (self->current, key, self);
}

/**
 * imp_wizard_is_busy:
 * @self: a wizard
 *
 * Returns: whether a picture is being released, or asked for: who does that stays signed in
 *   meanwhile
 */
gboolean
imp_wizard_is_busy (ImpWizard *self)
{
  return imp_export_job_is_busy (self->job) || imp_wizard_page_second_is_busy (self->second);
}

/**
 * imp_wizard_set_picture:
 * @self: a wizard
 * @picture: (nullable): what lies on the desk
 *
 * Another picture starts again: what was said about one person's picture holds for no other.
 */
void
imp_wizard_set_picture (ImpWizard *self, ImpPicture *picture)
{
  imp_wizard_session_set_picture (self->session, picture);
  start_again (self);
}

/**
 * imp_wizard_has_answers:
 * @self: a wizard
 *
 * Returns: whether anything was said that another picture would lose
 */
gboolean
imp_wizard_has_answers (ImpWizard *self)
{
  return !self->saved && imp_wizard_session_has_answers (self->session);
}
