/* The canvas: the picture on its dark field, and the boxes that a hand or a key lays on it.
 *
 * Owns: view, tiles, box widgets, gestures and the "canvas.*" actions.
 * May include: image, redact, ImpPicture.  Must never: copy, drag out or print what it shows. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"
#include "imp-suggestion-list.h"
#include "imp-view.h"

G_BEGIN_DECLS

/* What imp_canvas_select() takes and "selected" says for the crop. */
#define IMP_CANVAS_CROP G_MAXUINT

#define IMP_TYPE_CANVAS (imp_canvas_get_type ())
G_DECLARE_FINAL_TYPE (ImpCanvas, imp_canvas, IMP, CANVAS, GtkWidget)

/* Properties: crop-mode (boolean), reveal (boolean), revealed (boolean, read only: the reveal view
 * is there), map-shown (boolean), comparing (boolean: the original is shown), zoom (double, read
 * only), selected (uint, read only: id of a box, 0 for none).  Signals: "copy-refused" when someone
 * tries to copy the picture out, "notice" (a sentence for who works here). */
GtkWidget *imp_canvas_new (void);
void imp_canvas_set_picture (ImpCanvas *self, ImpPicture *picture);                /* nullable */
void imp_canvas_set_suggestions (ImpCanvas *self, ImpSuggestionList *suggestions); /* nullable */
void imp_canvas_focus_suggestion (ImpCanvas *self, guint id);
void imp_canvas_point_out (ImpCanvas *self, const ImpRect *place); /* nullable: nothing any more */
void imp_canvas_select (ImpCanvas *self, guint id, gboolean grab_focus);
guint imp_canvas_get_selected (ImpCanvas *self);
double imp_canvas_get_zoom (ImpCanvas *self);
const ImpView *imp_canvas_get_view (ImpCanvas *self);
void imp_canvas_set_reveal (ImpCanvas *self, gboolean reveal);
void imp_canvas_set_zoom (ImpCanvas *self, double zoom);
void imp_canvas_look_on (ImpCanvas *self);
void imp_canvas_set_comparing (ImpCanvas *self, gboolean comparing);
guint imp_canvas_get_n_tiles_built (ImpCanvas *self);

G_END_DECLS
