/* “Keeping the register”: backups, keys, retention, policy, ledger, and what comes in and goes out.
 */
#pragma once

#include <adwaita.h>

#include "gate.h"
#include "imp-users-page.h"

G_BEGIN_DECLS

#define IMP_TYPE_KEEPING_WINDOW (imp_keeping_window_get_type ())
G_DECLARE_FINAL_TYPE (ImpKeepingWindow, imp_keeping_window, IMP, KEEPING_WINDOW,
                      AdwPreferencesWindow)

/* Signals: "changed" after anything of the register was; "closed-register" as a backup is about to
 * take its place; "restored" with the gate of the register that is there then, or NULL where it
 * has to be unlocked again. */
GtkWidget *imp_keeping_window_new (GtkWindow *parent, ImpGate *gate);
void imp_keeping_window_set_loss (ImpKeepingWindow *self, const char *sentences); /* nullable */
ImpUsersPage *imp_keeping_window_get_users (ImpKeepingWindow *self);

G_END_DECLS
