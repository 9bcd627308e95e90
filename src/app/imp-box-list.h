/* The boxes as a list: the same as on the canvas, for keyboard and screen reader. */
#pragma once

#include <gtk/gtk.h>

#include "imp-canvas.h"

G_BEGIN_DECLS

#define IMP_TYPE_BOX_LIST (imp_box_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpBoxList, imp_box_list, IMP, BOX_LIST, GtkWidget)

GtkWidget *imp_box_list_new (void);
void imp_box_list_set_canvas (ImpBoxList *self, ImpCanvas *canvas);
void imp_box_list_set_picture (ImpBoxList *self, ImpPicture *picture); /* nullable */

G_END_DECLS
