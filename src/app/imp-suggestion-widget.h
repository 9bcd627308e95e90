/* One suggestion on the canvas: a dashed outline with its reason, to be covered or left.
 *
 * Owns: its drawing, name and keys.  May include: ImpSuggestionList.
 * Must never: show or tell what was read. */
#pragma once

#include <gtk/gtk.h>

#include "imp-suggestion-list.h"

G_BEGIN_DECLS

#define IMP_TYPE_SUGGESTION_WIDGET (imp_suggestion_widget_get_type ())
G_DECLARE_FINAL_TYPE (ImpSuggestionWidget, imp_suggestion_widget, IMP, SUGGESTION_WIDGET, GtkWidget)

GtkWidget *imp_suggestion_widget_new (ImpSuggestionList *list, const ImpSuggestionItem *item);
void imp_suggestion_widget_update (ImpSuggestionWidget *self, const ImpSuggestionItem *item);
gboolean imp_suggestion_widget_is_kept (ImpSuggestionWidget *self);
guint imp_suggestion_widget_get_id (ImpSuggestionWidget *self);
void imp_suggestion_widget_describe (ImpSuggestionWidget *self, guint number);
void imp_suggestion_widget_get_tag_size (ImpSuggestionWidget *self, int *width, int *height);
void imp_suggestion_widget_set_tagged (ImpSuggestionWidget *self, gboolean tagged);
const ImpRect *imp_suggestion_widget_get_rect (ImpSuggestionWidget *self);

G_END_DECLS
