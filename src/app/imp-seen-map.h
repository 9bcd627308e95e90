/* A small map in the corner of the canvas: what of the picture was looked at at full size.
 *
 * Owns: its drawing and its name.  May include: ImpPicture, image.  Must never: show a pixel. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_SEEN_MAP (imp_seen_map_get_type ())
G_DECLARE_FINAL_TYPE (ImpSeenMap, imp_seen_map, IMP, SEEN_MAP, GtkWidget)

/* Signal: "go-to" (double x, double y): a place of the picture that was pressed. */
GtkWidget *imp_seen_map_new (void);
void imp_seen_map_set_picture (ImpSeenMap *self, ImpPicture *picture); /* nullable */
void imp_seen_map_set_sight (ImpSeenMap *self, const ImpRect *sight);

G_END_DECLS
