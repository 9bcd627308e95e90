#include "imp-keeping-clock.h"

#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-gate-work.h"
#include "imp-keeping-parts.h"
#include "imp-keeping-second.h"
#include "imp-keeping.h"
#include "imp-text-dialog.h"

struct _ImpKeepingClock
{
  AdwPreferencesGroup parent_instance;

  /* Children */
  ImpNotice *notice;
  GtkWidget *row;

  ImpGate *gate;      /* owned */
  gboolean has_users; /* so that it takes two people */
  gboolean leapt;     /* it is ahead, not behind */
};

G_DEFINE_FINAL_TYPE (ImpKeepingClock, imp_keeping_clock, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is shown ---- */

typedef struct
{
  char *text;
  gboolean has_users;
  gboolean leapt;
} Facts;

static void
facts_free (gpointer data)
{
  g_free (((Facts *)data)->text);
  g_free (data);
}

static gboolean
read_facts (ImpGate *gate, gpointer data, GError **error)
{
  Facts *facts = data;
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;

  if (!imp_gate_check_clock_sync (gate, &now, &newest, error)
      || !imp_gate_check_leap_sync (gate, &since, &until, error)
      || !imp_gate_has_users (gate, &facts->has_users, error))
    return FALSE;
  /* Without users nothing is purged. */
  facts->leapt = newest == NULL && since != NULL && facts->has_users;
  if (newest != NULL)
    facts->text = imp_gate_describe_clock (now, newest);
  else if (facts->leapt)
    facts->text = imp_gate_describe_leap (since, until);
  return TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingClock) self = IMP_KEEPING_CLOCK (user_data);
  g_autoptr (GError) error = NULL;
  const Facts *facts = imp_gate_work_get_data (result);
  g_autofree char *text = NULL;

  if (!imp_gate_work_finish (result, &error))
    {
      imp_notice_show_error (self->notice, error);
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      return;
    }
  self->has_users = facts->has_users;
  self->leapt = facts->leapt;
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->row),
      self->leapt
          ? _ ("So much time has really passed since the last entry before. Two people say so")
          : _ ("The register was written to while a clock was ahead of time. Two people say so, or "
               "whoever keeps a register without users"));
  text = facts->text != NULL ? g_markup_escape_text (facts->text, -1) : NULL;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
  gtk_widget_set_visible (self->row, facts->text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), facts->text != NULL);
}

/* ---- the clock is accepted ---- */

typedef struct
{
  ImpSecond *second; /* nullable */
  guint n_ended;
} Acceptance;

static void
acceptance_free (gpointer data)
{
  g_clear_pointer (&((Acceptance *)data)->second, imp_second_free);
  g_free (data);
}

static gboolean
accept_clock (ImpGate *gate, gpointer data, GError **error)
{
  Acceptance *acceptance = data;

  return imp_gate_accept_clock_sync (gate, acceptance->second, &acceptance->n_ended, error);
}

static char *
describe_acceptance (ImpKeepingClock *self, guint n_ended)
{
  if (self->leapt)
    return g_strdup (_ ("The clock is accepted: records are purged by it again. The ledger says "
                        "so."));
  if (n_ended == 0)
    return g_strdup (_ ("The clock is accepted: permissions count again. The ledger says so."));
  return g_strdup_printf (
      g_dngettext (NULL,
                   "The clock is accepted: permissions count again, but for %u "
                   "that had ended before, and stays ended. The ledger says so.",
                   "The clock is accepted: permissions count again, but for %u "
                   "that had ended before, and stay ended. The ledger says so.",
                   n_ended),
      n_ended);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingClock) self = IMP_KEEPING_CLOCK (user_data);
  g_autoptr (GError) error = NULL;
  const Acceptance *acceptance = imp_gate_work_get_data (result);
  g_autofree char *said = describe_acceptance (self, acceptance->n_ended);

  if (!imp_gate_work_finish (result, &error))
    {
      imp_notice_show_error (self->notice, error);
      return;
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
  gtk_widget_set_visible (self->row, FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_SUCCESS, said);
  g_signal_emit (self, signals[ACCEPTED], 0);
}

static void
start (ImpKeepingClock *self, ImpSecond *second)
{
  Acceptance *acceptance = g_new0 (Acceptance, 1);

  acceptance->second = second;
  imp_gate_work_async (self->gate, accept_clock, acceptance, acceptance_free, on_accepted,
                       g_object_ref (self));
}

static void
on_agreed (ImpSecond *second, gpointer object)
{
  start (IMP_KEEPING_CLOCK (object), second);
}

static void
on_confirmed (const char *const *texts, gpointer user_data)
{
  start (IMP_KEEPING_CLOCK (user_data), NULL);
}

static void
act_accept (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingClock *self = IMP_KEEPING_CLOCK (widget);
  const ImpTextDialog dialog = {
    .heading = _ ("Is this computer’s clock right?"),
    .body =
        self->leapt ? _ ("Only where so much time has really passed. Where this clock is ahead of "
                         "time, records would be purged that are to be kept: set the clock right "
                         "instead.")
        : self->has_users
            ? _ ("Only where the register was written to while a clock was ahead of time. Where "
                 "this clock is behind, a permission that has ended would be in force again: set "
                 "the clock right instead.")
            : _ ("Only where the register was written to while a clock was ahead of time: where "
                 "this clock is behind, set it right instead. As you say so alone, permissions "
                 "that had ended by the time that is given up stay ended, for good. Two people "
                 "could keep them: make users first."),
    .verb = _ ("_It is right"),
    .destructive = TRUE,
  };

  if (self->has_users)
    imp_keeping_second_ask (widget, dialog.heading, dialog.body, dialog.verb, on_agreed, self);
  else
    imp_text_dialog_open (widget, &dialog, on_confirmed, g_object_ref (self), g_object_unref);
}

/* ---- object ---- */

static void
imp_keeping_clock_dispose (GObject *object)
{
  g_clear_object (&IMP_KEEPING_CLOCK (object)->gate);
  G_OBJECT_CLASS (imp_keeping_clock_parent_class)->dispose (object);
}

static void
imp_keeping_clock_class_init (ImpKeepingClockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_keeping_clock_dispose;
  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "clock.accept", NULL, act_accept);
}

static void
imp_keeping_clock_init (ImpKeepingClock *self)
{
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  gtk_widget_set_margin_top (GTK_WIDGET (self->notice), 12);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("The clock"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->notice));
  self->row = imp_keeping_add_act (GTK_WIDGET (self), _ ("The clock is right"), NULL,
                                   _ ("_Accept the clock…"), "clock.accept");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * imp_keeping_clock_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the group, hidden until it is known that the clock is behind
 */
GtkWidget *
imp_keeping_clock_new (ImpGate *gate)
{
  ImpKeepingClock *self = g_object_new (IMP_TYPE_KEEPING_CLOCK, NULL);

  self->gate = g_object_ref (gate);
  imp_gate_work_async (gate, read_facts, g_new0 (Facts, 1), facts_free, on_read,
                       g_object_ref (self));
  return GTK_WIDGET (self);
}
