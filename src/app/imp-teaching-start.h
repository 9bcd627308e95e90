/* The sessions that there are, to be opened. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_TEACHING_START (imp_teaching_start_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingStart, imp_teaching_start, IMP, TEACHING_START, GtkWidget)

/* Signals: "chosen" (const char *id); "new": a session is to be begun. */
GtkWidget *imp_teaching_start_new (void);
void imp_teaching_start_set_gate (ImpTeachingStart *self, ImpGate *gate); /* nullable */
void imp_teaching_start_load (ImpTeachingStart *self);
void imp_teaching_start_show_error (ImpTeachingStart *self, const GError *error);

G_END_DECLS
