/* Which overlays are drawn, and a choice. Not there for pictures without any. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_OVERLAYS_BUTTON (imp_overlays_button_get_type ())
G_DECLARE_FINAL_TYPE (ImpOverlaysButton, imp_overlays_button, IMP, OVERLAYS_BUTTON, GtkWidget)

/* Signal: "notice" (const char *sentence) says what was shown or hidden, or why not. */
GtkWidget *imp_overlays_button_new (void);
void imp_overlays_button_set_picture (ImpOverlaysButton *self, ImpPicture *picture); /* nullable */
void imp_overlays_button_popup (ImpOverlaysButton *self);

G_END_DECLS
