/* What this file gives away, and what it is. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"
#include "imp-suggestion-list.h"

G_BEGIN_DECLS

#define IMP_TYPE_INSPECTOR (imp_inspector_get_type ())
G_DECLARE_FINAL_TYPE (ImpInspector, imp_inspector, IMP, INSPECTOR, GtkWidget)

/* Signals: "notice" (const char *sentence) where overlays were shown or hidden here,
 * "show-suggestion" (uint id) for one that is to be shown on the picture. */
GtkWidget *imp_inspector_new (void);
void imp_inspector_set_suggestions (ImpInspector *self, ImpSuggestionList *list); /* nullable */
void imp_inspector_set_picture (ImpInspector *self, ImpPicture *picture);         /* nullable */

G_END_DECLS
