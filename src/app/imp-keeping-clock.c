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

  if (!imp_gate_check_clock_sync (gate, &now, &newest, error)
      || !imp_gate_has_users (gate, &facts->has_users, error))
    return FALSE;
  facts->text = newest != NULL ? imp_gate_describe_clock (now, newest) : NULL;
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
  text = facts->text != NULL ? g_markup_escape_text (facts->text, -1) : NULL;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
  gtk_widget_set_visible (self->row, facts->text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), facts->text != NULL);
}

/* ---- the clock is accepted ---- */

static void
second_free (gpointer data)
{
  if (data != NULL)
    imp_second_free (data);
}

static gboolean
accept_clock (ImpGate *gate, gpointer data, GError **error)
{
  return imp_gate_accept_clock_sync (gate, data, error);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingClock) self = IMP_KEEPING_CLOCK (user_data);
  g_autoptr (GError) error = NULL;

  if (!imp_gate_work_finish (result, &error))
    {
      imp_notice_show_error (self->notice, error);
      return;
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
  gtk_widget_set_visible (self->row, FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_SUCCESS,
                  _ ("The clock is accepted: permissions count again. The ledger says so."));
  g_signal_emit (self, signals[ACCEPTED], 0);
}

static void
start (ImpKeepingClock *self, ImpSecond *second)
{
  imp_gate_work_async (self->gate, accept_clock, second, second_free, on_accepted,
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
        _ ("Only where the register was written to while a clock was ahead of time. Where this "
           "clock is behind, a permission that has ended would be in force again: set the clock "
           "right instead."),
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
  self->row = imp_keeping_add_act (
      GTK_WIDGET (self), _ ("The clock is right"),
      _ ("The register was written to while a clock was ahead of time. Two people say so, or "
         "whoever keeps a register without users"),
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
