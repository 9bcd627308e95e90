/* One suggestion in the inspector: why, what was read (masked), and what to do about it.
 *
 * Owns: its words, buttons and keys.  May include: ImpSuggestionList.
 * Must never: show what was read before somebody asks for it. */
#pragma once

#include <adwaita.h>

#include "imp-suggestion-list.h"

G_BEGIN_DECLS

#define IMP_TYPE_SUGGESTION_ROW (imp_suggestion_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpSuggestionRow, imp_suggestion_row, IMP, SUGGESTION_ROW, AdwActionRow)

GtkWidget *imp_suggestion_row_new (ImpSuggestionList *list, const ImpSuggestionItem *item,
                                   ImpSuggestionKind kind);
gboolean imp_suggestion_row_shows (ImpSuggestionRow *self, const ImpSuggestionItem *item,
                                   ImpSuggestionKind kind);
guint imp_suggestion_row_get_id (ImpSuggestionRow *self);
ImpSuggestionKind imp_suggestion_row_get_kind (ImpSuggestionRow *self);
void imp_suggestion_row_show_text (ImpSuggestionRow *self);

G_END_DECLS
