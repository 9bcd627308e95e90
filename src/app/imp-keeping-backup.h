/* Backups: made, put back, and what waits to be confirmed afterwards. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_KEEPING_BACKUP (imp_keeping_backup_get_type ())
G_DECLARE_FINAL_TYPE (ImpKeepingBackup, imp_keeping_backup, IMP, KEEPING_BACKUP, AdwPreferencesPage)

/* Signals: "changed" after anything of the register was; "closed-register" as a backup is about to
 * take its place; "restored" with the gate, or NULL where it failed. */
GtkWidget *imp_keeping_backup_new (ImpGate *gate);
void imp_keeping_backup_set_loss (ImpKeepingBackup *self, const char *sentences); /* nullable */

G_END_DECLS
