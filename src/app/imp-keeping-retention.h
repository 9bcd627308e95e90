/* How long records are kept, how they go, and who asked for that. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_KEEPING_RETENTION (imp_keeping_retention_get_type ())
G_DECLARE_FINAL_TYPE (ImpKeepingRetention, imp_keeping_retention, IMP, KEEPING_RETENTION,
                      AdwPreferencesPage)

/* Signal: "changed" after anything of the register was. */
GtkWidget *imp_keeping_retention_new (ImpGate *gate);

G_END_DECLS
