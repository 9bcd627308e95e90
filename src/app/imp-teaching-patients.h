/* Whose pictures are in a session, and how each stands to the teaching file; choosing one shows
 * theirs. */
#pragma once

#include <gtk/gtk.h>

#include "imp-curation.h"

G_BEGIN_DECLS

#define IMP_TYPE_TEACHING_PATIENTS (imp_teaching_patients_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingPatients, imp_teaching_patients, IMP, TEACHING_PATIENTS, GtkWidget)

/* Signal: "chosen" (gint64 patient_id: of a row, or what imp-teaching-grid.h has instead). */
GtkWidget *imp_teaching_patients_new (void);
void imp_teaching_patients_set_curation (ImpTeachingPatients *self,
                                         ImpCuration *curation); /* nullable */

G_END_DECLS
