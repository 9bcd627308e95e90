#include "imp-keeping-ledger.h"

#include <glib/gi18n.h>

#include "imp-file-dialog.h"
#include "imp-gate-work.h"
#include "imp-keeping.h"
#include "imp-keeping-parts.h"
#include "imp-widgets.h"

struct _ImpKeepingLedger
{
  AdwPreferencesPage parent_instance;

  /* Children */
  ImpNotice *notice;
  GtkWidget *head; /* label */
  GtkWidget *head_entry;
  GtkWidget *receipts; /* a group */
  GtkWidget *receipt_rows;

  ImpGate *gate; /* owned */
};

G_DEFINE_FINAL_TYPE (ImpKeepingLedger, imp_keeping_ledger, ADW_TYPE_PREFERENCES_PAGE)

/* ---- looking at it ---- */

typedef struct
{
  gboolean whole;     /* the file's pages and indexes, too */
  char *head;         /* nullable: of a receipt */
  char *head_now;     /* the answer */
  gint64 n_rows;      /* the answer */
  GFile *folder;      /* nullable: of receipts */
  GPtrArray *checked; /* the answer, where there is a folder */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->head);
  g_free (look->head_now);
  g_clear_object (&look->folder);
  g_clear_pointer (&look->checked, g_ptr_array_unref);
  g_free (look);
}

static gboolean
look_in_worker (ImpGate *gate, gpointer data, GError **error)
{
  Look *look = data;

  if ((look->whole && !imp_gate_check_sync (gate, NULL, error))
      || !imp_gate_ledger_verify_sync (gate, look->head, &look->n_rows, &look->head_now, error))
    return FALSE;
  if (look->folder != NULL)
    look->checked = imp_gate_check_receipts_sync (gate, look->folder, NULL, error);
  return look->folder == NULL || look->checked != NULL;
}

static void
show_receipts (ImpKeepingLedger *self, GPtrArray *checked)
{
  guint n_wrong = 0;
  g_autofree char *text = NULL;

  imp_widgets_clear (self->receipt_rows);
  for (guint i = 0; i < checked->len; i++)
    {
      const ImpReceiptCheck *check = g_ptr_array_index (checked, i);

      if (check->problem == NULL)
        continue;
      n_wrong++;
      gtk_list_box_append (GTK_LIST_BOX (self->receipt_rows),
                           imp_keeping_new_row (check->name, check->problem));
    }
  gtk_widget_set_visible (self->receipts, n_wrong > 0);
  if (checked->len == 0)
    text = g_strdup (_ ("There is no receipt in this folder."));
  else if (n_wrong == 0)
    text = g_strdup_printf (
        g_dngettext (NULL, "%u receipt was checked: it says what the ledger has.",
                     "%u receipts were checked: all say what the ledger has.", checked->len),
        checked->len);
  else
    text = g_strdup_printf (g_dngettext (NULL,
                                         "%u receipt does not fit the ledger. Keep this register, "
                                         "and find out what was changed.",
                                         "%u receipts do not fit the ledger. Keep this register, "
                                         "and find out what was changed.",
                                         n_wrong),
                            n_wrong);
  imp_keeping_say (self->notice,
                   checked->len == 0 ? IMP_NOTICE_WARNING
                   : n_wrong == 0    ? IMP_NOTICE_SUCCESS
                                     : IMP_NOTICE_ERROR,
                   text);
}

static void
show_sound (ImpKeepingLedger *self, const Look *look)
{
  g_autofree char *rows =
      g_strdup_printf (g_dngettext (NULL, "The ledger’s %ld row holds together",
                                    "The ledger’s %ld rows hold together", (gulong)look->n_rows),
                       (glong)look->n_rows);
  g_autofree char *text =
      look->head != NULL ? g_strdup_printf (_ ("%s, and the receipt’s head is one of them."), rows)
      : look->whole ? g_strdup_printf (_ ("%s, and every page of the register is sound."), rows)
                    : g_strdup_printf ("%s.", rows);

  imp_keeping_say (self->notice, IMP_NOTICE_SUCCESS, text);
}

static void
set_busy (ImpKeepingLedger *self, gboolean busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.verify", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.check-head", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ledger.check-receipts", !busy);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingLedger) self = IMP_KEEPING_LEDGER (user_data);
  g_autoptr (GError) error = NULL;
  const Look *look = imp_gate_work_get_data (result);
  gboolean sound = imp_gate_work_finish (result, &error);

  set_busy (self, FALSE);
  if (look->head_now != NULL)
    gtk_label_set_label (GTK_LABEL (self->head), look->head_now);
  if (!sound)
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
  else if (look->checked != NULL)
    show_receipts (self, look->checked);
  else
    show_sound (self, look);
}

static void
start (ImpKeepingLedger *self, gboolean whole, const char *head, GFile *folder)
{
  Look *look = g_new0 (Look, 1);

  look->whole = whole;
  look->head = g_strdup (head);
  look->folder = folder != NULL ? g_object_ref (folder) : NULL;
  set_busy (self, TRUE);
  gtk_widget_set_visible (self->receipts, FALSE);
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION, _ ("Every row is being read…"));
  imp_gate_work_async (self->gate, look_in_worker, look, look_free, on_looked, g_object_ref (self));
}

static void
act_verify (GtkWidget *widget, const char *action, GVariant *parameter)
{
  start (IMP_KEEPING_LEDGER (widget), TRUE, NULL, NULL);
}

static void
act_check_head (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpKeepingLedger *self = IMP_KEEPING_LEDGER (widget);
  g_autofree char *head = imp_widgets_get_text (self->head_entry);

  if (head != NULL)
    start (self, FALSE, head, NULL);
  else
    imp_keeping_say (self->notice, IMP_NOTICE_WARNING, _ ("Copy a head from a receipt first."));
}

static void
on_folder_chosen (GFile *folder, gpointer user_data)
{
  start (IMP_KEEPING_LEDGER (user_data), FALSE, NULL, folder);
}

static void
act_check_receipts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                        _ ("Choose the folder of receipts"), NULL, on_folder_chosen,
                        g_object_ref (widget), g_object_unref);
}

/* ---- the head, to be copied ---- */

static gboolean
read_head (ImpGate *gate, gpointer data, GError **error)
{
  Look *look = data;
  g_autoptr (GVariant) rows = imp_gate_ledger_list_sync (gate, 1, error);

  if (rows != NULL && g_variant_n_children (rows) > 0)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, 0);

      g_variant_lookup (row, "hash", "s", &look->head_now);
    }
  return rows != NULL;
}

static void
on_head_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpKeepingLedger) self = IMP_KEEPING_LEDGER (user_data);
  g_autoptr (GError) error = NULL;
  const Look *look = imp_gate_work_get_data (result);

  if (!imp_gate_work_finish (result, &error))
    imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
  else
    gtk_label_set_label (GTK_LABEL (self->head),
                         look->head_now != NULL ? look->head_now : _ ("The ledger is empty"));
}

/* ---- object ---- */

static void
imp_keeping_ledger_dispose (GObject *object)
{
  g_clear_object (&IMP_KEEPING_LEDGER (object)->gate);
  G_OBJECT_CLASS (imp_keeping_ledger_parent_class)->dispose (object);
}

static void
imp_keeping_ledger_class_init (ImpKeepingLedgerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_keeping_ledger_dispose;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "ledger.verify", NULL, act_verify);
  gtk_widget_class_install_action (widget_class, "ledger.check-head", NULL, act_check_head);
  gtk_widget_class_install_action (widget_class, "ledger.check-receipts", NULL, act_check_receipts);
}

static void
imp_keeping_ledger_init (ImpKeepingLedger *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);
  GtkWidget *group = NULL;
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Check"));

  self->notice = imp_keeping_add_notice (page);
  group = imp_keeping_add_group (page, _ ("The ledger"), NULL);
  imp_keeping_add_act (group, _ ("Every decision, export and change of a user is a row"),
                       _ ("Each holds the hash of the row before, so that a change shows"),
                       _ ("_Verify now"), "ledger.verify");
  group = imp_keeping_add_group (
      page, _ ("The anchor outside"),
      _ ("Who can write the register’s files could write another ledger. What lies elsewhere shows "
         "it: copy the head by hand from time to time, and keep receipts where the register is "
         "not."));
  self->head = imp_widgets_detail (_ ("Head of the chain now: copy it elsewhere"), NULL);
  gtk_widget_add_css_class (self->head, "question");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), self->head);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->head = gtk_widget_get_last_child (self->head);
  self->head_entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->head_entry),
                                 _ ("A head copied earlier, or from a receipt"));
  imp_widgets_set_name (self->head_entry, _ ("A head copied earlier, or from a receipt"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "ledger.check-head");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->head_entry), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->head_entry);
  imp_keeping_add_act (group, _ ("Receipts that were saved"), _ ("Each is held against the ledger"),
                       _ ("Check a _folder…"), "ledger.check-receipts");
  self->receipts = imp_keeping_add_group (page, _ ("Receipts that do not fit"), NULL);
  self->receipt_rows = imp_keeping_add_list (self->receipts);
  gtk_widget_set_visible (self->receipts, FALSE);
}

/**
 * imp_keeping_ledger_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
imp_keeping_ledger_new (ImpGate *gate)
{
  ImpKeepingLedger *self = g_object_new (IMP_TYPE_KEEPING_LEDGER, NULL);

  self->gate = g_object_ref (gate);
  imp_gate_work_async (gate, read_head, g_new0 (Look, 1), look_free, on_head_read,
                       g_object_ref (self));
  return GTK_WIDGET (self);
}
