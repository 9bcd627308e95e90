/* A session to be begun: its title, and the folders and files that it takes in.
 *
 * Owns: how far listing is.  May include: curate, register (values).
 * Must never: leave a session behind that has only some of its pictures. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_TEACHING_NEW (imp_teaching_new_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingNew, imp_teaching_new, IMP, TEACHING_NEW, GtkWidget)

/* Signals: "created" (const char *id); "cancelled". */
GtkWidget *imp_teaching_new_new (void);
void imp_teaching_new_start (ImpTeachingNew *self, ImpGate *gate); /* nullable: forget all */
void imp_teaching_new_add (ImpTeachingNew *self, GFile *source);

G_END_DECLS
