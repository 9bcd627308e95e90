/* What opens the register: its passphrase, and the recovery key. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_KEEPING_KEYS (imp_keeping_keys_get_type ())
G_DECLARE_FINAL_TYPE (ImpKeepingKeys, imp_keeping_keys, IMP, KEEPING_KEYS, AdwPreferencesPage)

/* Signal: "changed" after anything of the register was. */
GtkWidget *imp_keeping_keys_new (ImpGate *gate);

G_END_DECLS
