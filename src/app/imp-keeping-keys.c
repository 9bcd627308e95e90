#include "imp-keeping-keys.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-compat.h"
#include "imp-gate-work.h"
#include "imp-keeping.h"
#include "imp-keeping-parts.h"
#include "imp-second.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"

#define SHORTEST_PASSPHRASE 12

struct _ImpKeepingKeys
{
  AdwPreferencesPage parent_instance;

  ImpNotice *notice; /* child */
  ImpGate *gate;     /* owned */
  gboolean by_passphrase;
};

G_DEFINE_FINAL_TYPE (ImpKeepingKeys, imp_keeping_keys, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- another passphrase; both in locked memory ---- */

typedef struct
{
  ImpSecond *current; /* nullable */
  ImpSecond *fresh;
} Passphrases;

static void
passphrases_free (gpointer data)
{
  Passphrases *passphrases = data;

  g_clear_pointer (&passphrases->current, imp_second_free);
  g_clear_pointer (&passphrases->fresh, imp_second_free);
  g_free (passphrases);
}

static gboolean
change (ImpGate *gate, gpointer data, GError **error)
{
  const Passphrases *passphrases = data;

  return imp_gate_change_passphrase_sync (
      gate, passphrases->current != NULL ? imp_second_get_pin (passphrases->current) : NULL,
      imp_second_get_pin (passphrases->fresh), error);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingKeys) self = IMP_KEEPING_KEYS (user_data);
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.change", TRUE);
  if (!imp_gate_work_finish (result, &error))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
      return;
    }
  self->by_passphrase = TRUE;
  imp_keeping_say (self->notice, IMP_NOTICE_SUCCESS,
                   _ ("The new passphrase opens the register from now on. Backups made before open "
                      "with what opened them then."));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_typed (const char *const *texts, gpointer user_data)
{
  ImpKeepingKeys *self = IMP_KEEPING_KEYS (user_data);
  const char *current = self->by_passphrase ? texts[0] : NULL;
  const char *const *fresh = self->by_passphrase ? texts + 1 : texts;
  Passphrases *passphrases = NULL;

  if (g_utf8_strlen (fresh[0], -1) < SHORTEST_PASSPHRASE)
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR,
                       _ ("The passphrase is too short: 12 characters or more, such as four "
                          "unrelated words. Nothing was changed."));
      return;
    }
  if (!g_str_equal (fresh[0], fresh[1]))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR,
                       _ ("The two new passphrases differ. Nothing was changed."));
      return;
    }
  passphrases = g_new0 (Passphrases, 1);
  passphrases->current = current != NULL ? imp_second_new ("", current) : NULL;
  passphrases->fresh = imp_second_new ("", fresh[0]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.change", FALSE);
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION, _ ("This takes a few seconds…"));
  imp_gate_work_async (self->gate, change, passphrases, passphrases_free, on_changed,
                       g_object_ref (self));
}

static void
act_change (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingKeys *self = IMP_KEEPING_KEYS (widget);
  ImpTextDialog dialog = {
    .heading = _ ("Change the passphrase"),
    .body = _ ("12 characters or more, such as four unrelated words. Everybody who opens this "
               "register has to know the new one."),
    .verb = _ ("_Change"),
  };
  guint n = 0;

  imp_keeping_say (self->notice, IMP_NOTICE_ERROR, NULL);
  if (self->by_passphrase)
    dialog.fields[n++] = (ImpTextField){ _ ("Passphrase of now"), NULL, TRUE };
  dialog.fields[n++] = (ImpTextField){ _ ("New passphrase"), NULL, TRUE };
  dialog.fields[n++] = (ImpTextField){ _ ("The same again"), NULL, TRUE };
  imp_text_dialog_open (widget, &dialog, on_typed, g_object_ref (self), g_object_unref);
}

/* ---- the recovery key ---- */

typedef struct
{
  char *text; /* locked memory */
} Recovery;

static void
recovery_free (gpointer data)
{
  Recovery *recovery = data;

  imp_gate_free_recovery_key (recovery->text);
  g_free (recovery);
}

static gboolean
draw_key (ImpGate *gate, gpointer data, GError **error)
{
  Recovery *recovery = data;

  recovery->text = imp_gate_make_recovery_key_sync (gate, error);
  return recovery->text != NULL;
}

static void
on_key_response (AdwMessageDialog *dialog, const char *response, GtkLabel *label)
{
  gtk_label_set_label (label, "");
}

static void
show_key (ImpKeepingKeys *self, const char *text)
{
  GtkWidget *label = imp_widgets_label (text, "title-3");
  GtkWidget *dialog = imp_compat_message_dialog_new (
      imp_widgets_get_window (GTK_WIDGET (self)), _ ("The recovery key"),
      _ ("Write it down on paper now and lock that away: it opens the register when everything "
         "else is lost. It is not shown again. One made before no longer does."));

  gtk_widget_add_css_class (label, "monospace");
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), label);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_It is written down"));
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_key_response), label, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_key_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingKeys) self = IMP_KEEPING_KEYS (user_data);
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.recovery", TRUE);
  if (imp_gate_work_finish (result, &error))
    show_key (self, ((Recovery *)imp_gate_work_get_data (result))->text);
  else
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
}

static void
on_key_wanted (const char *const *texts, gpointer user_data)
{
  ImpKeepingKeys *self = IMP_KEEPING_KEYS (user_data);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.recovery", FALSE);
  imp_gate_work_async (self->gate, draw_key, g_new0 (Recovery, 1), recovery_free, on_key_drawn,
                       g_object_ref (self));
}

static void
act_recovery (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const ImpTextDialog dialog = {
    .heading = _ ("Make a recovery key?"),
    .body = _ ("It is shown once, to be written down and locked away. A recovery key that was made "
               "before no longer opens the register. Make sure that nobody looks on."),
    .verb = _ ("_Make it"),
    .destructive = TRUE,
  };

  imp_keeping_say (IMP_KEEPING_KEYS (widget)->notice, IMP_NOTICE_ERROR, NULL);
  imp_text_dialog_open (widget, &dialog, on_key_wanted, g_object_ref (widget), g_object_unref);
}

/* ---- object ---- */

static void
imp_keeping_keys_dispose (GObject *object)
{
  g_clear_object (&IMP_KEEPING_KEYS (object)->gate);
  G_OBJECT_CLASS (imp_keeping_keys_parent_class)->dispose (object);
}

static void
imp_keeping_keys_class_init (ImpKeepingKeysClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_keeping_keys_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "keys.change", NULL, act_change);
  gtk_widget_class_install_action (widget_class, "keys.recovery", NULL, act_recovery);
}

static void
imp_keeping_keys_init (ImpKeepingKeys *self)
{
}

static const char *
say_how (ImpGateRegisterState state)
{
  switch (state)
    {
    case IMP_GATE_REGISTER_BY_PASSPHRASE:
      return _ ("A passphrase opens this register");
    case IMP_GATE_REGISTER_BY_FILE:
      return _ ("A key file opens this register");
    default:
      return _ ("The keyring of who is logged in opens this register; with a passphrase it no "
                "longer does");
    }
}

/**
 * imp_keeping_keys_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
imp_keeping_keys_new (ImpGate *gate)
{
  ImpKeepingKeys *self = g_object_new (IMP_TYPE_KEEPING_KEYS, NULL);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);
  ImpGateRegisterState state =
      imp_gate_probe_register (imp_register_get_path (imp_gate_get_register (gate)));
  GtkWidget *group = NULL;

  self->gate = g_object_ref (gate);
  self->by_passphrase = state == IMP_GATE_REGISTER_BY_PASSPHRASE;
  self->notice = imp_keeping_add_notice (page);
  group = imp_keeping_add_group (page, _ ("What opens the register"), NULL);
  imp_keeping_add_act (group, _ ("Passphrase"), say_how (state), _ ("_Change the passphrase…"),
                       "keys.change");
  imp_keeping_add_act (group, _ ("Recovery key"),
                       _ ("For when the passphrase, the key file or the keyring is lost: typed "
                          "instead of the passphrase, it opens the register"),
                       _ ("_Make a recovery key…"), "keys.recovery");
  return GTK_WIDGET (self);
}
