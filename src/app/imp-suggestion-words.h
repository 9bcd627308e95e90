/* Suggestions in plain words: why something is suggested, why it is better left.
 *
 * Owns: the sentences.  May include: screen.  Must never: say what was read, unless it is asked
 * for.
 */
#pragma once

#include "imp-suggestion.h"

G_BEGIN_DECLS

char *imp_suggestion_words_why (const ImpSuggestion *suggestion);
char *imp_suggestion_words_why_all (const ImpSuggestion *suggestion);
const char *imp_suggestion_words_keep (ImpKeep keep);

G_END_DECLS
