/* What may identify, in the inspector: the suggestions with their reasons, and how the looking
 * goes.
 *
 * Owns: its rows.  May include: ImpSuggestionList.  Must never: decide about any of them. */
#pragma once

#include <gtk/gtk.h>

#include "imp-suggestion-list.h"

G_BEGIN_DECLS

#define IMP_TYPE_SUGGESTION_PANE (imp_suggestion_pane_get_type ())
G_DECLARE_FINAL_TYPE (ImpSuggestionPane, imp_suggestion_pane, IMP, SUGGESTION_PANE, GtkWidget)

/* Signal: "show-suggestion" (uint id): a suggestion that is to be shown on the picture. */
GtkWidget *imp_suggestion_pane_new (void);
void imp_suggestion_pane_set_list (ImpSuggestionPane *self, ImpSuggestionList *list); /* nullable */

G_END_DECLS
