#include "imp-keeping-window.h"

#include <glib/gi18n.h>

#include "imp-import-page.h"
#include "imp-keeping-backup.h"
#include "imp-keeping-keys.h"
#include "imp-keeping-ledger.h"
#include "imp-keeping-retention.h"
#include "imp-packs-page.h"

#define WIDTH 880
#define HEIGHT 600

struct _ImpKeepingWindow
{
  AdwPreferencesWindow parent_instance;

  ImpKeepingBackup *backup; /* among the pages */
  ImpUsersPage *users;
};

G_DEFINE_FINAL_TYPE (ImpKeepingWindow, imp_keeping_window, ADW_TYPE_PREFERENCES_WINDOW)

enum
{
  CHANGED,
  CLOSED_REGISTER,
  RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_changed (ImpKeepingWindow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_closed_register (ImpKeepingWindow *self)
{
  g_signal_emit (self, signals[CLOSED_REGISTER], 0);
}

/* What the pages show is of the register that was: the window has done its work. */
static void
on_restored (ImpKeepingWindow *self, ImpGate *gate)
{
  g_signal_emit (self, signals[RESTORED], 0, gate);
  gtk_window_close (GTK_WINDOW (self));
}

static void
imp_keeping_window_class_init (ImpKeepingWindowClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED_REGISTER] = g_signal_new ("closed-register", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, IMP_TYPE_GATE);
}

static void
imp_keeping_window_init (ImpKeepingWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Keeping the register"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
}

static void
add_page (ImpKeepingWindow *self, GtkWidget *page, const char *name, const char *title,
          const char *icon)
{
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (page), name);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), title);
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), icon);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
}

static void
add_kept_page (ImpKeepingWindow *self, GtkWidget *page, const char *name, const char *title,
               const char *icon)
{
  g_signal_connect_object (page, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  add_page (self, page, name, title, icon);
}

/**
 * imp_keeping_window_new:
 * @parent: the window that opens it
 * @gate: the gate of the register that is kept
 *
 * Returns: (transfer full): the window, not shown yet
 */
GtkWidget *
imp_keeping_window_new (GtkWindow *parent, ImpGate *gate)
{
  ImpKeepingWindow *self = g_object_new (IMP_TYPE_KEEPING_WINDOW, "transient-for", parent, "modal",
                                         TRUE, "destroy-with-parent", TRUE, NULL);
  GtkWidget *backup = imp_keeping_backup_new (gate);

  self->backup = IMP_KEEPING_BACKUP (backup);
  g_signal_connect_object (backup, "closed-register", G_CALLBACK (on_closed_register), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (backup, "restored", G_CALLBACK (on_restored), self, G_CONNECT_SWAPPED);
  self->users = IMP_USERS_PAGE (imp_users_page_new ());
  imp_users_page_set_gate (self->users, gate);
  add_kept_page (self, backup, "backup", _ ("Backup"), "drive-harddisk-symbolic");
  add_page (self, GTK_WIDGET (self->users), "users", _ ("Users"), "system-users-symbolic");
  add_kept_page (self, imp_keeping_keys_new (gate), "keys", _ ("Keys"), "dialog-password-symbolic");
  add_kept_page (self, imp_keeping_retention_new (gate), "retention", _ ("Retention"),
                 "user-trash-symbolic");
  add_kept_page (self, imp_packs_page_new (gate), "policy", _ ("Policy"),
                 "emblem-documents-symbolic");
  add_kept_page (self, imp_keeping_ledger_new (gate), "ledger", _ ("Ledger"), "view-list-symbolic");
  add_kept_page (self, imp_import_page_new (gate), "exchange", _ ("Exchange"),
                 "document-send-symbolic");
  return GTK_WIDGET (self);
}

/**
 * imp_keeping_window_set_loss:
 * @self: the window
 * @sentences: (nullable): what else would be lost if a backup took the register's place now: who
 *   puts one back is told before
 */
void
imp_keeping_window_set_loss (ImpKeepingWindow *self, const char *sentences)
{
  imp_keeping_backup_set_loss (self->backup, sentences);
}

/**
 * imp_keeping_window_get_users:
 * @self: the window
 *
 * Returns: (transfer none): its page of users, whose "changed" comes when one of them is another,
 *   or the idle lock: also once the window is closed
 */
ImpUsersPage *
imp_keeping_window_get_users (ImpKeepingWindow *self)
{
  return self->users;
}
