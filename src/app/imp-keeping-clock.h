/* The computer's clock, where it is behind what the register knows of: what that means, and the way
 * out. Hidden otherwise. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_KEEPING_CLOCK (imp_keeping_clock_get_type ())
G_DECLARE_FINAL_TYPE (ImpKeepingClock, imp_keeping_clock, IMP, KEEPING_CLOCK, AdwPreferencesGroup)

/* Signal: "accepted" when permissions count again. */
GtkWidget *imp_keeping_clock_new (ImpGate *gate);

G_END_DECLS
