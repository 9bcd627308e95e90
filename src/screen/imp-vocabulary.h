/* Words that stand in pictures and say nothing of a person.
 *
 * Owns: the lists.  May include: core.  Must never: be used to leave a match of a header away. */
#pragma once

#include "imp-suggestion.h"

G_BEGIN_DECLS

ImpKeep imp_vocabulary_find_keep (const char *folded); /* markers, views, technique */
gboolean imp_vocabulary_is_unit (const char *folded);
gboolean imp_vocabulary_is_common (const char *folded); /* in any of the lists */
gboolean imp_vocabulary_is_title (const char *folded);  /* "dr", "van": no name by itself */
gboolean
imp_vocabulary_is_label (const char *folded); /* "id", "name", "dob": what follows is one */

G_END_DECLS
