/* One box (or the crop) on the canvas: what a hand grasps and a screen reader names.
 *
 * Owns: outline, number and handles; its accessible name.
 * May include: image (rectangles).  Must never: change the redaction (the canvas does). */
#pragma once

#include <gtk/gtk.h>

#include "imp-geometry.h"

G_BEGIN_DECLS

/* Room around the drawn box for its handles, in logical pixels. */
#define IMP_BOX_WIDGET_MARGIN 8

/* What of a box a point lies on: any of the edges, or all of it. */
typedef enum
{
  IMP_GRIP_NONE = 0,
  IMP_GRIP_LEFT = 1 << 0,
  IMP_GRIP_RIGHT = 1 << 1,
  IMP_GRIP_TOP = 1 << 2,
  IMP_GRIP_BOTTOM = 1 << 3,
  IMP_GRIP_MOVE = 1 << 4,
} ImpGrip;

#define IMP_TYPE_BOX_WIDGET (imp_box_widget_get_type ())
G_DECLARE_FINAL_TYPE (ImpBoxWidget, imp_box_widget, IMP, BOX_WIDGET, GtkWidget)

GtkWidget *imp_box_widget_new (guint id);
GtkWidget *imp_box_widget_new_crop (void);
guint imp_box_widget_get_id (ImpBoxWidget *self);
void imp_box_widget_describe (ImpBoxWidget *self, guint number, const ImpRect *box);
void imp_box_widget_set_selected (ImpBoxWidget *self, gboolean selected);
ImpGrip imp_box_widget_grip_at (ImpBoxWidget *self, double x, double y);
const char *imp_grip_get_cursor (ImpGrip grip);

G_END_DECLS
