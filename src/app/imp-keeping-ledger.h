/* The ledger looked at from its first row on, and held against what lies elsewhere. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_KEEPING_LEDGER (imp_keeping_ledger_get_type ())
G_DECLARE_FINAL_TYPE (ImpKeepingLedger, imp_keeping_ledger, IMP, KEEPING_LEDGER, AdwPreferencesPage)

/* Signal: "changed" after anything of the register was. */
GtkWidget *imp_keeping_ledger_new (ImpGate *gate);

G_END_DECLS
