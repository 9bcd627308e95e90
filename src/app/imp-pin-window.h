/* Changing one's own PIN, which nobody else needs to be there for. */
#pragma once

#include <adwaita.h>

#include "gate-accounts.h"

G_BEGIN_DECLS

#define IMP_TYPE_PIN_WINDOW (imp_pin_window_get_type ())
G_DECLARE_FINAL_TYPE (ImpPinWindow, imp_pin_window, IMP, PIN_WINDOW, AdwWindow)

GtkWidget *imp_pin_window_new (ImpGate *gate, const ImpUser *me);

G_END_DECLS
