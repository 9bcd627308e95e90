#include "imp-copies-acts.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gate-trace.h"
#include "imp-clock.h"
#include "imp-compat.h"
#include "imp-error.h"
#include "imp-gate-work.h"
#include "imp-paper-dialog.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"
#include "imp-words.h"

/* The act whose dialog a parent has open. */
#define ACT "imp-copies-act"

/* One act, from its dialog to the end; counted, as both hold it. */
typedef struct
{
  GtkWidget *parent; /* owned */
  ImpGate *gate;
  ImpCopy *copy;
  char *action;
  char *texts[IMP_TEXT_DIALOG_MOST]; /* as typed */
  char *letter;
  GtkWidget *dialog; /* nullable: none is open */
  gboolean asks;     /* the dialog takes words */
  ImpCopiesActFunc func;
  GObject *object;
} Act;

static void
act_clear (gpointer data)
{
  Act *act = data;

  g_object_unref (act->parent);
  g_object_unref (act->gate);
  imp_copy_free (act->copy);
  g_free (act->action);
  for (guint i = 0; i < IMP_TEXT_DIALOG_MOST; i++)
    g_free (act->texts[i]);
  g_free (act->letter);
  g_object_unref (act->object);
}

static void
act_unref (gpointer act)
{
  g_rc_box_release_full (act, act_clear);
}

static void
opened (Act *act, GtkWidget *dialog, gboolean asks)
{
  act->dialog = dialog;
  act->asks = asks;
  g_object_set_data (G_OBJECT (act->parent), ACT, act);
}

static void
closed (Act *act)
{
  act->dialog = NULL;
  if (g_object_get_data (G_OBJECT (act->parent), ACT) == act)
    g_object_set_data (G_OBJECT (act->parent), ACT, NULL);
}

/* The dialog that was open is through, with or without an answer. */
static void
act_through (gpointer data)
{
  closed (data);
  act_unref (data);
}

static gboolean
is (const Act *act, const char *action)
{
  return g_str_equal (act->action, action);
}

/* ---- what is recorded, in a worker ---- */

/* Addresses stand side by side, with white space or commas between. */
static GStrv
split (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n,;", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (kept, words[i]);
  return g_strv_builder_end (kept);
}

static gboolean
set_place (ImpGate *gate, const Act *act, GError **error)
{
  g_auto (GStrv) urls = split (act->texts[1]);
  g_auto (GStrv) dois = split (act->texts[2]);

  return imp_gate_set_copy_place (gate, act->copy->export_id, act->texts[0],
                                  (const char *const *)urls, (const char *const *)dois, TRUE,
                                  error);
}

static gboolean
chase (ImpGate *gate, const Act *act, GError **error)
{
  g_autofree char *day = imp_words_parse_date (act->texts[1]);

  if (day == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The day is not a date: type it like 4 Mar 2026"));
      return FALSE;
    }
  return imp_gate_chase_takedown (gate, act->copy->export_id, day, act->texts[0], error);
}

static gboolean
record_in_worker (ImpGate *gate, gpointer data, GError **error)
{
  Act *act = data;
  const char *id = act->copy->export_id;

  if (is (act, "copies.place"))
    return set_place (gate, act, error);
  if (is (act, "copies.chase"))
    return chase (gate, act, error);
  if (is (act, "copies.removed"))
    return imp_gate_settle_takedown (gate, id, IMP_COPY_REMOVED, act->texts[0], error);
  if (is (act, "copies.cannot"))
    return imp_gate_settle_takedown (gate, id, IMP_COPY_CANNOT_BE_REMOVED, act->texts[0], error);
  if (is (act, "copies.drop"))
    return imp_gate_drop_takedown (gate, id, act->texts[0], error);
  act->letter = imp_gate_write_takedown_letter (gate, id, error);
  return act->letter != NULL;
}

/* ---- what is asked ---- */

static const struct
{
  const char *action;
  ImpTextDialog dialog;
  const char *said;
} ASKS[] = {
  { "copies.place",
    { N_ ("Where did it go?"),
      N_ ("What is known of where this picture can be seen. Several addresses stand side by "
          "side, with a space between."),
      N_ ("_Record"),
      FALSE,
      { { N_ ("Journal, platform or course") }, { N_ ("Web addresses") }, { N_ ("DOIs") } } },
    N_ ("It is recorded where this picture went.") },
  { "copies.chase",
    { N_ ("Who was asked to take it down?"),
      N_ ("Ask where the picture can be seen, by letter, e-mail or telephone, and record it here."),
      N_ ("_Record"),
      FALSE,
      { { N_ ("How, and whom") }, { N_ ("On which day") } } },
    N_ ("It is recorded that somebody was asked.") },
  { "copies.removed",
    { N_ ("Was it taken down?"),
      N_ ("Look for yourself where that is possible. Copies that others made may still exist."),
      N_ ("_Record"),
      FALSE,
      { { N_ ("Who said so (optional)") } } },
    N_ ("It is recorded as taken down.") },
  { "copies.cannot",
    { N_ ("Can it not be taken down?"),
      N_ ("It was printed, say, or nobody answers. The person may ask why."),
      N_ ("_Record"),
      FALSE,
      { { N_ ("Why it stays") } } },
    N_ ("It is recorded why this picture stays.") },
  { "copies.drop",
    { N_ ("May it stay after all?"),
      N_ ("Only where nobody says no any more: the no was recorded by mistake, or was taken back."),
      N_ ("_Record"),
      FALSE,
      { { N_ ("Why it may stay") } } },
    N_ ("It is recorded that this picture may stay.") },
};

static void start_asking (Act *act, const char *problem);

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  const char *said = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ASKS); i++)
    if (is (act, ASKS[i].action))
      said = _ (ASKS[i].said);
  if (imp_gate_work_finish (result, &error))
    act->func (said, NULL, act->object);
  else if (g_error_matches (error, IMP_ERROR, IMP_ERROR_USAGE))
    start_asking (g_rc_box_acquire (act), error->message); /* what was typed is not lost */
  else
    act->func (NULL, error, act->object);
  act_unref (act);
}

static void
on_typed (const char *const *texts, gpointer user_data)
{
  Act *act = user_data;

  for (guint i = 0; i < IMP_TEXT_DIALOG_MOST && texts[i] != NULL; i++)
    {
      g_free (act->texts[i]);
      act->texts[i] = g_strstrip (g_strdup (texts[i]));
    }
  imp_gate_work_async (act->gate, record_in_worker, g_rc_box_acquire (act), act_unref, on_recorded,
                       g_rc_box_acquire (act));
}

/* Takes over what it is given. */
static void
start_asking (Act *act, const char *problem)
{
  ImpTextDialog dialog = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (ASKS); i++)
    if (is (act, ASKS[i].action))
      dialog = ASKS[i].dialog;
  dialog.heading = _ (dialog.heading);
  dialog.body = problem != NULL ? problem : _ (dialog.body);
  dialog.verb = _ (dialog.verb);
  for (guint i = 0; i < IMP_TEXT_DIALOG_MOST && dialog.fields[i].title != NULL; i++)
    {
      dialog.fields[i].title = _ (dialog.fields[i].title);
      dialog.fields[i].value = act->texts[i];
    }
  opened (act, imp_text_dialog_open (act->parent, &dialog, on_typed, act, act_through), TRUE);
}

/* ---- the letter, and papers ---- */

static void
on_saved (const GError *error, gpointer user_data)
{
  Act *act = user_data;

  act->func (error == NULL ? _ ("Saved. The file can be read by you alone; keep it so.") : NULL,
             error, act->object);
}

static void
make_paper (Act *act, const char *kind)
{
  g_autoptr (ImpPaper) paper = imp_paper_new (kind);

  paper->export_id = g_strdup (act->copy->export_id);
  imp_paper_dialog_open (act->parent, act->gate, paper, on_saved, g_rc_box_acquire (act),
                         act_unref);
}

static void
on_letter_response (AdwMessageDialog *dialog, const char *response, Act *act)
{
  closed (act);
  if (g_str_equal (response, "save"))
    make_paper (act, "takedown-letter");
  act_unref (act);
}

static GtkWidget *
new_letter_view (const char *letter)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), letter, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  imp_widgets_set_name (view, _ ("The letter"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_set_size_request (scroller, 480, 300);
  return scroller;
}

static void
on_letter_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog = NULL;

  if (!imp_gate_work_finish (result, &error))
    {
      act->func (NULL, error, act->object);
      act_unref (act);
      return;
    }
  dialog = imp_compat_message_dialog_new (
      imp_widgets_get_window (act->parent), _ ("Letter to whom the picture went"),
      _ ("It names nobody. Fill in what stands in square brackets."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), new_letter_view (act->letter));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"), "save",
                                    _ ("_Save as PDF…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_letter_response), act);
  opened (act, dialog, FALSE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static Act *
act_new (GtkWidget *parent, ImpGate *gate, const ImpCopy *copy, const char *action,
         ImpCopiesActFunc func, gpointer object)
{
  Act *act = g_rc_box_new0 (Act);

  act->parent = g_object_ref (parent);
  act->gate = g_object_ref (gate);
  act->copy = imp_copy_copy (copy);
  act->action = g_strdup (action);
  act->func = func;
  act->object = g_object_ref (object);
  return act;
}

/**
 * imp_copies_acts_start:
 * @parent: a widget of the window that asks
 * @gate: the gate
 * @copy: the picture that left; copied
 * @action: what is done
 * @func: called when it is done, or could not be; not when it is cancelled
 * @object: (type GObject): for @func; kept alive meanwhile
 */
void
imp_copies_acts_start (GtkWidget *parent, ImpGate *gate, const ImpCopy *copy, const char *action,
                       ImpCopiesActFunc func, gpointer object)
{
  Act *act = act_new (parent, gate, copy, action, func, object);
  g_autofree char *today = imp_clock_today ();

  if (is (act, "copies.place"))
    {
      act->texts[0] = g_strdup (copy->name);
      act->texts[1] = g_strjoinv (" ", copy->urls);
      act->texts[2] = g_strjoinv (" ", copy->dois);
    }
  else if (is (act, "copies.chase"))
    act->texts[1] = imp_words_date (today);
  if (is (act, "copies.receipt") || is (act, "copies.case-file"))
    {
      make_paper (act, is (act, "copies.receipt") ? "receipt-page" : "case-file");
      act_unref (act);
    }
  else if (is (act, "copies.letter"))
    imp_gate_work_async (gate, record_in_worker, g_rc_box_acquire (act), act_unref,
                         on_letter_written, act);
  else
    start_asking (act, NULL);
}

/**
 * imp_copies_acts_is_open:
 * @parent: what a dialog may have been opened for
 *
 * Returns: whether one is open that takes words
 */
gboolean
imp_copies_acts_is_open (GtkWidget *parent)
{
  const Act *act = g_object_get_data (G_OBJECT (parent), ACT);

  return act != NULL && act->asks;
}

/**
 * imp_copies_acts_leave:
 * @parent: what a dialog may have been opened for
 *
 * The register is being locked: a dialog that is open goes.
 *
 * Returns: (transfer full) (nullable): what stood in it, for imp_copies_acts_go_on()
 */
ImpCopiesLeft *
imp_copies_acts_leave (GtkWidget *parent)
{
  Act *act = g_object_get_data (G_OBJECT (parent), ACT);
  ImpCopiesLeft *left = NULL;

  if (act == NULL)
    return NULL;
  if (!act->asks)
    {
      GtkWidget *letter = act->dialog;

      g_signal_handlers_disconnect_by_data (letter, act);
      act_through (act);
      gtk_window_destroy (GTK_WINDOW (letter));
      return NULL;
    }
  left = g_new0 (ImpCopiesLeft, 1);
  left->copy = imp_copy_copy (act->copy);
  left->action = g_strdup (act->action);
  left->texts = imp_text_dialog_close (act->dialog);
  return left;
}

/**
 * imp_copies_acts_go_on:
 * @parent: a widget of the window that asks
 * @gate: the gate that there is now
 * @left: what imp_copies_acts_leave() returned
 * @func: as for imp_copies_acts_start()
 * @object: (type GObject): for @func; kept alive meanwhile
 *
 * Asks again, with what stood in the dialog.
 */
void
imp_copies_acts_go_on (GtkWidget *parent, ImpGate *gate, const ImpCopiesLeft *left,
                       ImpCopiesActFunc func, gpointer object)
{
  Act *act = act_new (parent, gate, left->copy, left->action, func, object);

  for (guint i = 0; left->texts[i] != NULL; i++)
    act->texts[i] = g_strdup (left->texts[i]);
  start_asking (act, NULL);
}

/**
 * imp_copies_left_free:
 * @left: (transfer full) (nullable): what was left
 */
void
imp_copies_left_free (ImpCopiesLeft *left)
{
  if (left == NULL)
    return;
  imp_copy_free (left->copy);
  g_free (left->action);
  g_strfreev (left->texts);
  g_free (left);
}
