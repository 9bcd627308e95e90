/* The drawing of the desk: picture, what is covered, what is cut away. No widget, no display.
 *
 * May include: image, GTK's snapshot.  Must never: show a pixel that a box covers. */
#pragma once

#include <gtk/gtk.h>

#include "imp-tiles.h"
#include "imp-view.h"

G_BEGIN_DECLS

/**
 * ImpCanvasScene:
 * @tiles: (transfer none): the picture
 * @view: where it lies
 * @width: the canvas, in logical pixels
 * @height: the canvas
 * @scale: device pixels for one logical pixel
 * @filled: the boxes exactly as they will be filled, in pixels of the full frame
 * @n_filled: how many
 * @crop: (nullable): what is kept of the picture; all else is hatched
 */
typedef struct
{
  ImpTiles *tiles;
  ImpView view;
  int width;
  int height;
  int scale;
  const ImpRect *filled;
  gsize n_filled;
  const ImpRect *crop;
} ImpCanvasScene;

void imp_canvas_paint (const ImpCanvasScene *scene, GtkSnapshot *snapshot);

G_END_DECLS
