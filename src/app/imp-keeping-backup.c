#include "imp-keeping-backup.h"

#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-compat.h"
#include "imp-file-dialog.h"
#include "imp-gate-work.h"
#include "imp-keeping-clock.h"
#include "imp-keeping.h"
#include "imp-keeping-parts.h"
#include "imp-permission-row.h"
#include "imp-register-look-ups.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"
#include "imp-words.h"

#define MOST_WAITING 100

struct _ImpKeepingBackup
{
  AdwPreferencesPage parent_instance;

  /* Children */
  ImpNotice *notice;
  GtkWidget *last;
  GtkWidget *journal_row;
  GtkWidget *waiting; /* a group */
  GtkWidget *waiting_rows;

  ImpGate *gate;  /* owned */
  GFile *backup;  /* owned, nullable: what is to be put back */
  GFile *journal; /* owned, nullable: of withdrawals, from elsewhere */
  char *loss;     /* nullable: what else would be lost by that */
  char *path;     /* of the register */
};

G_DEFINE_FINAL_TYPE (ImpKeepingBackup, imp_keeping_backup, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  CHANGED,
  CLOSED_REGISTER,
  RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is shown ---- */

typedef struct
{
  char *last;
  GPtrArray *waiting; /* of ImpPermission */
  GPtrArray *people;  /* of char*: whose */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->last);
  g_clear_pointer (&facts->waiting, g_ptr_array_unref);
  g_clear_pointer (&facts->people, g_ptr_array_unref);
  g_free (facts);
}

static gboolean
read_facts (ImpGate *gate, gpointer data, GError **error)
{
  Facts *facts = data;
  ImpRegister *source = imp_gate_get_register (gate);

  facts->people = g_ptr_array_new_with_free_func (g_free);
  if (!imp_gate_get_last_backup_sync (gate, &facts->last, error))
    return FALSE;
  facts->waiting = imp_register_list_unconfirmed (source, MOST_WAITING, error);
  for (guint i = 0; facts->waiting != NULL && i < facts->waiting->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (facts->waiting, i);
      g_autoptr (ImpPerson) person = imp_register_get_person (source, permission->person_id, NULL);

      g_ptr_array_add (facts->people, person == NULL || person->name == NULL
                                          ? g_strdup (_ ("No name on record"))
                                          : g_strdup (person->name));
    }
  return facts->waiting != NULL
         && (facts->waiting->len == 0
             || imp_register_note_view (source, "unconfirmed", facts->waiting->len, error));
}

static void
show_facts (ImpKeepingBackup *self, const Facts *facts)
{
  g_autofree char *day = imp_words_date (facts->last);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->last),
                               day != NULL ? day : _ ("None was made yet"));
  imp_widgets_clear (self->waiting_rows);
  for (guint i = 0; i < facts->waiting->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (facts->waiting, i);
      g_autofree char *title = imp_permission_row_title (permission);
      GtkWidget *row = imp_keeping_new_row (title, g_ptr_array_index (facts->people, i));

      imp_keeping_add_button (row, _ ("_Confirm"), "backup.confirm", permission->id);
      gtk_list_box_append (GTK_LIST_BOX (self->waiting_rows), row);
    }
  gtk_widget_set_visible (self->waiting, facts->waiting->len > 0);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingBackup) self = IMP_KEEPING_BACKUP (user_data);
  g_autoptr (GError) error = NULL;

  if (imp_gate_work_finish (result, &error))
    show_facts (self, imp_gate_work_get_data (result));
  else
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
}

static void
refresh (ImpKeepingBackup *self)
{
  imp_gate_work_async (self->gate, read_facts, g_new0 (Facts, 1), facts_free, on_read,
                       g_object_ref (self));
}

/* ---- a backup is made ---- */

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingBackup) self = IMP_KEEPING_BACKUP (user_data);
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backup.make", TRUE);
  if (imp_gate_backup_finish (IMP_GATE (source), result, &error))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_SUCCESS,
                       _ ("The backup is made, and was opened again and checked. It is encrypted; "
                          "what opens the register opens it. Keep its files together, elsewhere."));
      refresh (self);
    }
  else
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
}

static void
on_target_chosen (GFile *file, gpointer user_data)
{
  ImpKeepingBackup *self = IMP_KEEPING_BACKUP (user_data);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backup.make", FALSE);
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION, _ ("The backup is being made…"));
  imp_gate_backup_async (self->gate, file, NULL, on_made, g_object_ref (self));
}

static void
act_make (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *name = g_strdup_printf ("register-%s.db", today);

  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Make a backup"), name,
                        on_target_chosen, g_object_ref (widget), g_object_unref);
}

/* ---- a backup is put back ---- */

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingBackup) self = IMP_KEEPING_BACKUP (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) gate = imp_gate_restore_finish (result, &error);
  GtkWidget *dialog = NULL;

  if (error != NULL)
    {
      GtkWindow *window = imp_widgets_get_window (GTK_WIDGET (self));

      dialog = imp_compat_message_dialog_new (window != NULL ? gtk_window_get_transient_for (window)
                                                             : NULL,
                                              _ ("The backup was not put back"), error->message);
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
      gtk_window_present (GTK_WINDOW (dialog));
    }
  g_signal_emit (self, signals[RESTORED], 0, gate);
}

static void
restore (ImpKeepingBackup *self, ImpGateKey key, const char *secret)
{
  g_autofree char *backup = g_file_get_path (self->backup);
  g_autofree char *journal = self->journal != NULL ? g_file_get_path (self->journal) : NULL;

  /* The register that is replaced must be closed first, here as elsewhere. */
  if (!imp_gate_lock (self->gate))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR,
                       _ ("Something is being written into the register just now: try again."));
      return;
    }
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION,
                   _ ("The backup is being checked and put back…"));
  g_signal_emit (self, signals[CLOSED_REGISTER], 0);
  imp_gate_restore_async (backup, key, secret, self->path, journal, NULL, on_restored,
                          g_object_ref (self));
}

static void
on_key_file_chosen (GFile *file, gpointer user_data)
{
  restore (IMP_KEEPING_BACKUP (user_data), IMP_GATE_KEY_FILE, g_file_peek_path (file));
}

static void
on_restore_confirmed (const char *const *texts, gpointer user_data)
{
  ImpKeepingBackup *self = IMP_KEEPING_BACKUP (user_data);
  g_autofree char *backup = g_file_get_path (self->backup);

  switch (imp_gate_probe_register (backup))
    {
    case IMP_GATE_REGISTER_BY_PASSPHRASE:
      restore (self, IMP_GATE_KEY_PASSPHRASE, texts[0]);
      break;
    case IMP_GATE_REGISTER_BY_FILE:
      imp_file_dialog_open (GTK_WIDGET (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                            _ ("Choose the key file of the backup"), NULL, on_key_file_chosen,
                            g_object_ref (self), g_object_unref);
      break;
    default:
      restore (self, IMP_GATE_KEY_KEYRING, NULL);
      break;
    }
}

static const char *
explain_journal (ImpKeepingBackup *self)
{
  return self->journal != NULL
             ? _ ("The register of now is put aside under another name, not deleted. Whatever was "
                  "recorded after the backup was made is no longer in it, with one exception: who "
                  "withdrew, refused or said no since then has still done so, as the journal of "
                  "withdrawals that you chose says. Where that journal is older than the backup, "
                  "every permission is suspended until somebody confirms it.")
             : _ ("The register of now is put aside under another name, not deleted. Whatever was "
                  "recorded after the backup was made is no longer in it, with one exception: who "
                  "withdrew, refused or said no since then has still done so, as the journal of "
                  "withdrawals beside the register says. Where that journal is missing or older, "
                  "every permission is suspended until somebody confirms it.");
}

/* policy.md 5.7, in plain words. */
static void
on_backup_chosen (GFile *file, gpointer user_data)
{
  ImpKeepingBackup *self = IMP_KEEPING_BACKUP (user_data);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *side = path != NULL ? g_strconcat (path, ".key", NULL) : NULL;
  g_autofree char *body = g_strjoin ("\n\n", explain_journal (self), self->loss, NULL);
  ImpTextDialog dialog = {
    .heading = _ ("Put this backup in the register’s place?"),
    .body = body,
    .verb = _ ("_Put back"),
    .destructive = TRUE,
  };

  g_set_object (&self->backup, file);
  if (path != NULL && imp_gate_probe_register (path) == IMP_GATE_REGISTER_BY_PASSPHRASE)
    dialog.fields[0] = (ImpTextField){ _ ("Passphrase of the backup"), NULL, TRUE };
  if (side == NULL || !g_file_test (side, G_FILE_TEST_IS_REGULAR))
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR,
                     _ ("This is no backup: its side file (its name with “.key” added) is not "
                        "beside it."));
  else
    imp_text_dialog_open (GTK_WIDGET (self), &dialog, on_restore_confirmed, g_object_ref (self),
                          g_object_unref);
}

static void
show_journal (ImpKeepingBackup *self)
{
  g_autofree char *name = self->journal != NULL ? g_file_get_basename (self->journal) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;
  g_autofree char *chosen = shown != NULL ? g_strdup_printf (_ ("Chosen: %s"), shown) : NULL;

  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->journal_row),
      chosen != NULL ? chosen
                     : _ ("The one beside the register. Where the register comes from "
                          "another computer, choose the newest one from there."));
}

static void
on_journal_chosen (GFile *file, gpointer user_data)
{
  ImpKeepingBackup *self = IMP_KEEPING_BACKUP (user_data);

  g_set_object (&self->journal, file);
  show_journal (self);
}

static void
act_journal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose a journal of withdrawals"),
                        NULL, on_journal_chosen, g_object_ref (widget), g_object_unref);
}

static void
act_restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose a backup"), NULL,
                        on_backup_chosen, g_object_ref (widget), g_object_unref);
}

/* ---- what waits to be confirmed ---- */

static gboolean
confirm (ImpGate *gate, gpointer data, GError **error)
{
  return imp_gate_confirm_permission_sync (gate, data, error);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingBackup) self = IMP_KEEPING_BACKUP (user_data);
  g_autoptr (GError) error = NULL;

  if (!imp_gate_work_finish (result, &error))
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
      return;
    }
  imp_keeping_say (self->notice, IMP_NOTICE_SUCCESS, _ ("The permission is in force again."));
  refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
act_confirm (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_gate_work_async (IMP_KEEPING_BACKUP (widget)->gate, confirm,
                       g_variant_dup_string (parameter, NULL), g_free, on_confirmed,
                       g_object_ref (widget));
}

/* ---- object ---- */

static void
imp_keeping_backup_dispose (GObject *object)
{
  ImpKeepingBackup *self = IMP_KEEPING_BACKUP (object);

  g_clear_object (&self->gate);
  g_clear_object (&self->backup);
  g_clear_object (&self->journal);
  g_clear_pointer (&self->loss, g_free);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (imp_keeping_backup_parent_class)->dispose (object);
}

static void
imp_keeping_backup_class_init (ImpKeepingBackupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_keeping_backup_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED_REGISTER] = g_signal_new ("closed-register", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, IMP_TYPE_GATE);
  gtk_widget_class_install_action (widget_class, "backup.make", NULL, act_make);
  gtk_widget_class_install_action (widget_class, "backup.restore", NULL, act_restore);
  gtk_widget_class_install_action (widget_class, "backup.journal", NULL, act_journal);
  gtk_widget_class_install_action (widget_class, "backup.confirm", "s", act_confirm);
}

static void
imp_keeping_backup_init (ImpKeepingBackup *self)
{
  self->notice = imp_keeping_add_notice (ADW_PREFERENCES_PAGE (self));
}

static void
add_groups (ImpKeepingBackup *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);
  GtkWidget *group =
      imp_keeping_add_group (page, _ ("Backups"),
                             _ ("A backup is three files: the register, its side file and the "
                                "journal of withdrawals. All are encrypted."));
  self->last =
      imp_keeping_add_act (group, _ ("Last backup"), NULL, _ ("_Make a backup…"), "backup.make");
  self->journal_row = imp_keeping_add_act (group, _ ("Journal of withdrawals"), NULL,
                                           _ ("Choose a _journal…"), "backup.journal");
  show_journal (self);
  imp_keeping_add_act (group, _ ("Put a backup back"),
                       _ ("What was withdrawn since it was made stays withdrawn"),
                       _ ("_Choose a backup…"), "backup.restore");
  self->waiting = imp_keeping_add_group (
      page, _ ("Permissions that wait to be confirmed"),
      _ ("They were suspended as the journal of withdrawals was missing. Confirm one only after "
         "making sure that it was not withdrawn: ask whoever took it, or look at the paper."));
  self->waiting_rows = imp_keeping_add_list (self->waiting);
  gtk_widget_set_visible (self->waiting, FALSE);
}

static void
on_clock_accepted (ImpKeepingBackup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * imp_keeping_backup_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
imp_keeping_backup_new (ImpGate *gate)
{
  ImpKeepingBackup *self = g_object_new (IMP_TYPE_KEEPING_BACKUP, NULL);

  GtkWidget *clock = imp_keeping_clock_new (gate);

  g_signal_connect_object (clock, "accepted", G_CALLBACK (on_clock_accepted), self,
                           G_CONNECT_SWAPPED);
  /* Before everything else: where it is behind, permissions do not count. */
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (clock));
  add_groups (self);
  self->gate = g_object_ref (gate);
  self->path = g_strdup (imp_register_get_path (imp_gate_get_register (gate)));
  refresh (self);
  return GTK_WIDGET (self);
}

/**
 * imp_keeping_backup_set_loss:
 * @self: the page
 * @sentences: (nullable): what else would be lost if a backup took the register's place
 */
void
imp_keeping_backup_set_loss (ImpKeepingBackup *self, const char *sentences)
{
  g_free (self->loss);
  self->loss = g_strdup (sentences);
}
