/* One session at work: its patients, its pictures, and the one that is chosen.
 *
 * Owns: the keys of a session, and what is told of saving.  May include: curate.
 * Must never: say that something is saved before the register has it. */
#pragma once

#include <gtk/gtk.h>

#include "imp-curation.h"

G_BEGIN_DECLS

#define IMP_TYPE_TEACHING_PAGE (imp_teaching_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingPage, imp_teaching_page, IMP, TEACHING_PAGE, GtkWidget)

/* Signals: "open-item" (ImpCuration *, guint index) for the desk; "closed": back to the list. */
GtkWidget *imp_teaching_page_new (void);
void imp_teaching_page_set_curation (ImpTeachingPage *self, ImpCuration *curation); /* nullable */
ImpCuration *imp_teaching_page_get_curation (ImpTeachingPage *self);                /* nullable */
void imp_teaching_page_refresh (ImpTeachingPage *self);
void imp_teaching_page_focus (ImpTeachingPage *self);

G_END_DECLS
