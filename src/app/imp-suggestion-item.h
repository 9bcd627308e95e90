/* A suggestion on the desk, which a person decides about.
 *
 * Owns: what is the same place when a frame is looked at again.  May include: screen, redact.
 * Must never: be logged: it holds what was read. */
#pragma once

#include "imp-redaction.h"
#include "imp-suggestion.h"

G_BEGIN_DECLS

/**
 * ImpSuggestionItem:
 * @id: its name for life, never 0
 * @suggestion: what and why
 */
typedef struct
{
  guint id;
  ImpSuggestion *suggestion;
} ImpSuggestionItem;

GPtrArray *imp_suggestion_items_new (GPtrArray *suggestions, GPtrArray *before,
                                     ImpRedaction *redaction, guint *last_id);
void imp_suggestion_item_free (ImpSuggestionItem *item);

G_END_DECLS
