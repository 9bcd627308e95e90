/* One picture of a session in the grid: its small picture, how far it is, its number. */
#pragma once

#include <gtk/gtk.h>

#include "imp-teaching-item.h"

G_BEGIN_DECLS

#define IMP_TEACHING_TILE_SIDE 136

#define IMP_TYPE_TEACHING_TILE (imp_teaching_tile_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingTile, imp_teaching_tile, IMP, TEACHING_TILE, GtkWidget)

GtkWidget *imp_teaching_tile_new (void);
void imp_teaching_tile_set_item (ImpTeachingTile *self, ImpTeachingItem *item);    /* nullable */
ImpTeachingItem *imp_teaching_tile_get_item (ImpTeachingTile *self);               /* nullable */
void imp_teaching_tile_set_picture (ImpTeachingTile *self, GdkPaintable *picture); /* nullable */

G_END_DECLS
