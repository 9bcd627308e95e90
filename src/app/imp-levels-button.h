/* The window button of the bottom bar: what the picture is shown in, and what else it could be. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_LEVELS_BUTTON (imp_levels_button_get_type ())
G_DECLARE_FINAL_TYPE (ImpLevelsButton, imp_levels_button, IMP, LEVELS_BUTTON, GtkWidget)

GtkWidget *imp_levels_button_new (void);
void imp_levels_button_set_picture (ImpLevelsButton *self, ImpPicture *picture); /* nullable */
void imp_levels_button_popup (ImpLevelsButton *self);

G_END_DECLS
