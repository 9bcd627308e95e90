/* A row of the inspector: how many overlays there are, whether they are shown, and a switch. */
#pragma once

#include <adwaita.h>

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_OVERLAYS_ROW (imp_overlays_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpOverlaysRow, imp_overlays_row, IMP, OVERLAYS_ROW, AdwActionRow)

/* Signal: "notice" (const char *sentence) says what was shown or hidden, or why not. */
GtkWidget *imp_overlays_row_new (ImpPicture *picture);

G_END_DECLS
