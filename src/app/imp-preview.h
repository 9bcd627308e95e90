/* The true output, drawn small: made from the pixels that would be written. */
#pragma once

#include <gtk/gtk.h>

#include "imp-raster.h"

G_BEGIN_DECLS

GdkTexture *imp_preview_texture (ImpRaster *raster, int most);
GtkWindow *imp_preview_open_window (GtkWidget *parent, ImpRaster *raster); /* transfer none */
void imp_preview_update_window (GtkWindow *window, ImpRaster *raster);     /* nullable: changed */

G_END_DECLS
