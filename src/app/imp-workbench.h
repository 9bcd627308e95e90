/* Canvas, bottom bar and side pane for the picture on the desk.
 *
 * Owns: the layout, and the "canvas.*" and "desk.*" verbs for everything beside the canvas.
 * May include: the widgets of this folder.  Must never: open or write files. */
#pragma once

#include <adwaita.h>

#include "imp-canvas.h"
#include "imp-wizard.h"

G_BEGIN_DECLS

#define IMP_TYPE_WORKBENCH (imp_workbench_get_type ())
G_DECLARE_FINAL_TYPE (ImpWorkbench, imp_workbench, IMP, WORKBENCH, GtkWidget)

/* Signal: "notice" (const char *sentence).  Property: side-pane-shown (boolean). */
GtkWidget *imp_workbench_new (void);
void imp_workbench_set_picture (ImpWorkbench *self, ImpPicture *picture);      /* nullable */
void imp_workbench_set_remembered (ImpWorkbench *self, GPtrArray *remembered); /* ImpSuggestion */
void imp_workbench_begin (ImpWorkbench *self);
void imp_workbench_show_page_number (ImpWorkbench *self);
ImpCanvas *imp_workbench_get_canvas (ImpWorkbench *self);            /* transfer none */
AdwToastOverlay *imp_workbench_get_toasts (ImpWorkbench *self);      /* transfer none */
ImpWizard *imp_workbench_get_wizard (ImpWorkbench *self);            /* transfer none */
void imp_workbench_show_pane (ImpWorkbench *self, const char *name); /* findings boxes export */

G_END_DECLS
