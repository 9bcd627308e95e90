/* The picture as textures of 512 × 512 pixels, built only where it is looked at.
 *
 * Owns: the textures, and reduced copies of the picture for small zooms.
 * May include: image, GDK (textures).  Must never: hold what was covered longer than the picture.
 */
#pragma once

#include <gdk/gdk.h>

#include "imp-frame.h"
#include "imp-geometry.h"

G_BEGIN_DECLS

#define IMP_TILES_SIZE 512
#define IMP_TILES_LEVELS 4 /* full, half, quarter, eighth */

#define IMP_TYPE_TILES (imp_tiles_get_type ())
G_DECLARE_FINAL_TYPE (ImpTiles, imp_tiles, IMP, TILES, GObject)

ImpTiles *imp_tiles_new (ImpFrame *frame, const ImpWindow *window);
void imp_tiles_set_window (ImpTiles *self, const ImpWindow *window);
int imp_tiles_get_width (ImpTiles *self);
int imp_tiles_get_height (ImpTiles *self);
int imp_tiles_choose_level (double device_zoom);
GdkTexture *imp_tiles_get (ImpTiles *self, int level, int column, int row, ImpRect *area);
void imp_tiles_trim (ImpTiles *self);
guint imp_tiles_get_n_built (ImpTiles *self);

G_END_DECLS
