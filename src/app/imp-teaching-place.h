/* The teaching file's place in the window: the sessions, one to be begun, one at work.
 *
 * Must never: show anything of a session while nobody may work with the register. */
#pragma once

#include <gtk/gtk.h>

#include "imp-curation.h"

G_BEGIN_DECLS

#define IMP_TYPE_TEACHING_PLACE (imp_teaching_place_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingPlace, imp_teaching_place, IMP, TEACHING_PLACE, GtkWidget)

/* Signal: "open-item" (ImpCuration *, guint index): that picture is wanted on the desk. */
GtkWidget *imp_teaching_place_new (void);
void imp_teaching_place_set_gate (ImpTeachingPlace *self, ImpGate *gate); /* nullable: locked */
void imp_teaching_place_refresh (ImpTeachingPlace *self);
void imp_teaching_place_focus (ImpTeachingPlace *self);

G_END_DECLS
