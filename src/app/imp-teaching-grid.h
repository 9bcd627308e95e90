/* The pictures of a session as a grid, and which of them are shown. */
#pragma once

#include <gtk/gtk.h>

#include "imp-teaching-item.h"

G_BEGIN_DECLS

/* Instead of a patient's row: everybody, or the pictures whose files have no number. */
#define IMP_TEACHING_EVERYBODY 0
#define IMP_TEACHING_NOBODY -1

#define IMP_TYPE_TEACHING_GRID (imp_teaching_grid_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingGrid, imp_teaching_grid, IMP, TEACHING_GRID, GtkWidget)

/* Signals: "chosen" when another picture is, or what is said of it changed; "activated" (guint
 * index) by Return or two clicks. */
GtkWidget *imp_teaching_grid_new (void);
void imp_teaching_grid_set_curation (ImpTeachingGrid *self, ImpCuration *curation); /* nullable */
void imp_teaching_grid_set_patient (ImpTeachingGrid *self, gint64 patient_id);
void imp_teaching_grid_tell_findings (ImpTeachingGrid *self, const GArray *findings);
ImpTeachingItem *imp_teaching_grid_get_chosen (ImpTeachingGrid *self); /* nullable */
gboolean imp_teaching_grid_step (ImpTeachingGrid *self, int step);
void imp_teaching_grid_show_kind (ImpTeachingGrid *self, ImpTeachingKind kind);
void imp_teaching_grid_focus_filters (ImpTeachingGrid *self);
void imp_teaching_grid_focus (ImpTeachingGrid *self);

G_END_DECLS
