/* Frames of a series: slider, number, play. Not there for a single frame. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_FRAME_BAR (imp_frame_bar_get_type ())
G_DECLARE_FINAL_TYPE (ImpFrameBar, imp_frame_bar, IMP, FRAME_BAR, GtkWidget)

/* Signal: "notice" (const char *sentence) where a frame cannot be shown. */
GtkWidget *imp_frame_bar_new (void);
void imp_frame_bar_set_picture (ImpFrameBar *self, ImpPicture *picture); /* nullable */
void imp_frame_bar_step (ImpFrameBar *self, int frames);
void imp_frame_bar_toggle_play (ImpFrameBar *self);

G_END_DECLS
