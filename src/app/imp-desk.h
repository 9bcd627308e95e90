/* The Desk: one picture, from opening to its export.
 *
 * Owns: the way in (dialog, drop, paste), the designed pages, the workbench.
 * May include: decode, image, redact and the widgets of this folder.
 * Must never: lose boxes or answers unasked, or leave a trace of what was opened. */
#pragma once

#include <adwaita.h>

#include "gate.h"
#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_DESK (imp_desk_get_type ())
G_DECLARE_FINAL_TYPE (ImpDesk, imp_desk, IMP, DESK, GtkWidget)

/* Signals: "notice" (const char *sentence): for a toast.
 * Property: has-picture (boolean). */
GtkWidget *imp_desk_new (void);
void imp_desk_open_file (ImpDesk *self, GFile *file);
void imp_desk_choose_file (ImpDesk *self);
ImpPicture *imp_desk_get_picture (ImpDesk *self); /* transfer none, nullable */

G_END_DECLS
