#include "imp-wizard-page.h"

#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-question-list.h"

typedef struct
{
  /* Children */
  GtkWidget *scroller;
  GtkWidget *box;
  GtkWidget *before; /* what subclasses put before the questions */
  ImpNotice *cover_first;
  GtkWidget *list; /* ImpQuestionList */
  GtkWidget *after;

  /* Owned references */
  ImpWizardSession *session;
  char *key;
  char *title;
  char *subtitle;

  gboolean has_form;
} ImpWizardPagePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (ImpWizardPage, imp_wizard_page, GTK_TYPE_WIDGET)

enum
{
  GO,
  SHOW_QUESTION,
  FORM_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static ImpWizardPagePrivate *
get (ImpWizardPage *self)
{
  return imp_wizard_page_get_instance_private (self);
}

/* Whether answers that a box or a crop would take back are still to be given here. */
static gboolean
asks_of_pixels (ImpWizardPage *self)
{
  static const char *const BEFORE_COVERING[] = { "case", "basis", NULL };
  ImpWizardSession *session = get (self)->session;
  g_autoptr (GPtrArray) questions = imp_wizard_session_list_questions (session, get (self)->key);

  if (!g_strv_contains (BEFORE_COVERING, get (self)->key))
    return FALSE;
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      if (g_str_equal (question->scope, "pixels")
          && !imp_wizard_session_is_answered (session, question))
        return TRUE;
    }
  return FALSE;
}

/* Said before anybody answers, not after the answers have gone. */
static void
show_cover_first (ImpWizardPage *self)
{
  ImpPicture *picture = imp_wizard_session_get_picture (get (self)->session);
  ImpRedaction *redaction = picture != NULL ? imp_picture_get_redaction (picture) : NULL;
  gboolean bare = redaction != NULL && imp_redaction_get_n_boxes (redaction) == 0
                  && !imp_redaction_get_crop (redaction, NULL);
  gboolean wanted = bare && gtk_widget_get_visible (get (self)->list) && asks_of_pixels (self);

  imp_notice_set (get (self)->cover_first, IMP_NOTICE_INFORMATION,
                  wanted ? _ ("Nothing is covered yet. What you answer about the picture is asked "
                              "again when it is covered or cropped afterwards.")
                         : NULL);
}

static void
on_cover_first (ImpNotice *notice, ImpWizardPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.cover-first", NULL);
}

static void
refresh_questions (ImpWizardPage *self)
{
  imp_question_list_refresh (IMP_QUESTION_LIST (get (self)->list));
  show_cover_first (self);
}

static gboolean
has_questions (ImpWizardPage *self)
{
  g_autoptr (GPtrArray) questions =
      imp_wizard_session_list_questions (get (self)->session, get (self)->key);

  /* Before it is known where the picture goes, any page may be asked for. */
  return questions->len > 0 || imp_wizard_session_get_destination (get (self)->session) == NULL;
}

static gboolean
check_questions (ImpWizardPage *self)
{
  return !gtk_widget_get_visible (get (self)->list)
         || imp_question_list_check (IMP_QUESTION_LIST (get (self)->list));
}

static void
imp_wizard_page_dispose (GObject *object)
{
  ImpWizardPagePrivate *priv = get (IMP_WIZARD_PAGE (object));

  g_clear_pointer (&priv->scroller, gtk_widget_unparent);
  g_clear_object (&priv->session);
  g_clear_pointer (&priv->key, g_free);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  G_OBJECT_CLASS (imp_wizard_page_parent_class)->dispose (object);
}

static void
imp_wizard_page_class_init (ImpWizardPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_wizard_page_dispose;
  klass->refresh = refresh_questions;
  klass->is_needed = has_questions;
  klass->check = check_questions;
  signals[GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SHOW_QUESTION] =
      g_signal_new ("show-question", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FORM_CHANGED] = g_signal_new ("form-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_wizard_page_init (ImpWizardPage *self)
{
  ImpWizardPagePrivate *priv = get (self);
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (priv->box, "wizard-page");
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), priv->box);
  priv->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (priv->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (priv->scroller), viewport);
  gtk_widget_set_parent (priv->scroller, GTK_WIDGET (self));
  priv->before = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_visible (priv->before, FALSE);
  gtk_box_append (GTK_BOX (priv->box), priv->before);
}

/**
 * imp_wizard_page_construct:
 * @self: a new page
 * @session: what has been said so far
 * @key: the name of the page in questions
 * @title: its title
 * @subtitle: (nullable): a sentence under it
 *
 * For subclasses, before anything else.
 */
void
imp_wizard_page_construct (ImpWizardPage *self, ImpWizardSession *session, const char *key,
                           const char *title, const char *subtitle)
{
  ImpWizardPagePrivate *priv = get (self);

  priv->session = g_object_ref (session);
  priv->key = g_strdup (key);
  priv->title = g_strdup (title);
  priv->subtitle = g_strdup (subtitle);
  priv->cover_first = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_notice_set_button (priv->cover_first, _ ("Cover first"));
  g_signal_connect (priv->cover_first, "activated", G_CALLBACK (on_cover_first), self);
  gtk_box_append (GTK_BOX (priv->box), GTK_WIDGET (priv->cover_first));
  priv->list = imp_question_list_new (session, key);
  gtk_box_append (GTK_BOX (priv->box), priv->list);
  priv->after = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_visible (priv->after, FALSE);
  gtk_box_append (GTK_BOX (priv->box), priv->after);
}

/**
 * imp_wizard_page_new:
 * @session: what has been said so far
 * @key: the name of the page in questions
 * @title: its title
 * @subtitle: (nullable): a sentence under it
 *
 * Returns: (transfer floating): a page of questions alone
 */
GtkWidget *
imp_wizard_page_new (ImpWizardSession *session, const char *key, const char *title,
                     const char *subtitle)
{
  ImpWizardPage *self = g_object_new (IMP_TYPE_WIZARD_PAGE, NULL);

  imp_wizard_page_construct (self, session, key, title, subtitle);
  return GTK_WIDGET (self);
}

/**
 * imp_wizard_page_get_session:
 * @self: a page
 *
 * Returns: (transfer none): what has been said so far
 */
ImpWizardSession *
imp_wizard_page_get_session (ImpWizardPage *self)
{
  return get (self)->session;
}

/**
 * imp_wizard_page_get_key:
 * @self: a page
 *
 * Returns: (transfer none): its name in questions
 */
const char *
imp_wizard_page_get_key (ImpWizardPage *self)
{
  return get (self)->key;
}

/**
 * imp_wizard_page_get_title:
 * @self: a page
 *
 * Returns: (transfer none): its title
 */
const char *
imp_wizard_page_get_title (ImpWizardPage *self)
{
  return get (self)->title;
}

/**
 * imp_wizard_page_get_subtitle:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the sentence under its title
 */
const char *
imp_wizard_page_get_subtitle (ImpWizardPage *self)
{
  return get (self)->subtitle;
}

/**
 * imp_wizard_page_add:
 * @self: a page
 * @child: (transfer floating): what to show before the questions
 */
void
imp_wizard_page_add (ImpWizardPage *self, GtkWidget *child)
{
  gtk_widget_set_visible (get (self)->before, TRUE);
  gtk_box_append (GTK_BOX (get (self)->before), child);
}

/**
 * imp_wizard_page_add_last:
 * @self: a page
 * @child: (transfer floating): what to show after the questions
 */
void
imp_wizard_page_add_last (ImpWizardPage *self, GtkWidget *child)
{
  gtk_widget_set_visible (get (self)->after, TRUE);
  gtk_box_append (GTK_BOX (get (self)->after), child);
}

/**
 * imp_wizard_page_show_questions:
 * @self: a page
 * @show: whether its questions are shown
 */
void
imp_wizard_page_show_questions (ImpWizardPage *self, gboolean show)
{
  gtk_widget_set_visible (get (self)->list, show);
}

/**
 * imp_wizard_page_find_question:
 * @self: a page
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): its row, where it stands on this page now
 */
GtkWidget *
imp_wizard_page_find_question (ImpWizardPage *self, const char *key)
{
  return imp_question_list_find (IMP_QUESTION_LIST (get (self)->list), key);
}

static gboolean
scroll_to_end (gpointer data)
{
  ImpWizardPage *self = data;
  GtkAdjustment *adjustment = NULL;

  if (get (self)->scroller == NULL)
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (get (self)->scroller));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

/**
 * imp_wizard_page_show_end:
 * @self: a page
 *
 * Brings the end of the page into view, once what was just added to it has its size.
 */
void
imp_wizard_page_show_end (ImpWizardPage *self)
{
  g_idle_add_full (G_PRIORITY_LOW, scroll_to_end, g_object_ref (self), g_object_unref);
}

/**
 * imp_wizard_page_set_has_form:
 * @self: a page
 * @has_form: whether a form of its own is open on it, which needs the room
 */
void
imp_wizard_page_set_has_form (ImpWizardPage *self, gboolean has_form)
{
  if (get (self)->has_form == has_form)
    return;
  get (self)->has_form = has_form;
  g_signal_emit (self, signals[FORM_CHANGED], 0);
}

/**
 * imp_wizard_page_has_form:
 * @self: a page
 *
 * Returns: whether a form of its own is open on it
 */
gboolean
imp_wizard_page_has_form (ImpWizardPage *self)
{
  return get (self)->has_form;
}

/**
 * imp_wizard_page_go:
 * @self: a page
 * @steps: 1 on, -1 back
 *
 * Asks the wizard to turn the page.
 */
void
imp_wizard_page_go (ImpWizardPage *self, int steps)
{
  g_signal_emit (self, signals[GO], 0, steps);
}

/**
 * imp_wizard_page_show_question:
 * @self: a page
 * @key: of a question, on whatever page
 *
 * Asks the wizard to go to that question.
 */
void
imp_wizard_page_show_question (ImpWizardPage *self, const char *key)
{
  g_signal_emit (self, signals[SHOW_QUESTION], 0, key);
}

/**
 * imp_wizard_page_refresh:
 * @self: a page
 *
 * Shows what the session holds.
 */
void
imp_wizard_page_refresh (ImpWizardPage *self)
{
  IMP_WIZARD_PAGE_GET_CLASS (self)->refresh (self);
}

/**
 * imp_wizard_page_is_needed:
 * @self: a page
 *
 * Returns: whether it is shown for what is chosen so far
 */
gboolean
imp_wizard_page_is_needed (ImpWizardPage *self)
{
  return IMP_WIZARD_PAGE_GET_CLASS (self)->is_needed (self);
}

/**
 * imp_wizard_page_check:
 * @self: a page
 *
 * Marks what is missing.
 *
 * Returns: whether the wizard may go on from here
 */
gboolean
imp_wizard_page_check (ImpWizardPage *self)
{
  return IMP_WIZARD_PAGE_GET_CLASS (self)->check (self);
}
