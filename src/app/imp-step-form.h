/* One step of a permission along its life-cycle: what it does, why, and the day that goes with it
 * (policy.md 2.3). */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_STEP_FORM (imp_step_form_get_type ())
G_DECLARE_FINAL_TYPE (ImpStepForm, imp_step_form, IMP, STEP_FORM, GtkWidget)

/* Signals: "saved" after it was recorded, "cancelled". */
GtkWidget *imp_step_form_new (void);
void imp_step_form_start (ImpStepForm *self, ImpGate *gate, const ImpPermission *permission,
                          const char *act);
void imp_step_form_set_gate (ImpStepForm *self, ImpGate *gate); /* nullable: locked */

G_END_DECLS
