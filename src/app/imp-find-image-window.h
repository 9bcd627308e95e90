/* A picture that somebody found on the internet: did it leave from here, and under which consent?
 */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_FIND_IMAGE_WINDOW (imp_find_image_window_get_type ())
G_DECLARE_FINAL_TYPE (ImpFindImageWindow, imp_find_image_window, IMP, FIND_IMAGE_WINDOW, AdwWindow)

/* Signal: "person-chosen" with a person's id; the window closes then. */
GtkWidget *imp_find_image_window_new (GtkWindow *parent, ImpGate *gate);
void imp_find_image_window_look (ImpFindImageWindow *self, GFile *file);

G_END_DECLS
