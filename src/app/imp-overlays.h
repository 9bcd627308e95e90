/* The overlays of a file: hidden until somebody asks for them.
 *
 * Owns: the way from a wish to drawn planes, and the words about them.
 * May include: ImpPicture.  Must never: show one unasked. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

guint imp_overlays_get_all (ImpPicture *picture);
guint imp_overlays_find_plane (const ImpGiveaway *giveaway);
char *imp_overlays_name (ImpPicture *picture, const ImpOverlay *overlay);
char *imp_overlays_explain_unseen (ImpPicture *picture);
char *imp_overlays_describe (ImpPicture *picture, guint planes);
void imp_overlays_show (ImpPicture *picture, guint planes, GtkWidget *teller);

G_END_DECLS
