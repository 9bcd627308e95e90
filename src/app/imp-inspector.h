/* What this file gives away, and what it is. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_INSPECTOR (imp_inspector_get_type ())
G_DECLARE_FINAL_TYPE (ImpInspector, imp_inspector, IMP, INSPECTOR, GtkWidget)

/* Signal: "notice" (const char *sentence) where overlays were shown or hidden here. */
GtkWidget *imp_inspector_new (void);
void imp_inspector_set_picture (ImpInspector *self, ImpPicture *picture); /* nullable */

G_END_DECLS
