/* What a text looks like, whoever's it is, and whether readers of the picture need it.
 *
 * Owns: the patterns, and the keep-list.  May include: core.
 * Must never: be asked about what matches a header: that is never kept. */
#pragma once

#include "imp-suggestion.h"

G_BEGIN_DECLS

gboolean imp_likeness_is_date (const char *text); /* a day, a time of day, an age */
gboolean imp_likeness_is_number (const char *text);
gboolean imp_likeness_is_name (const char *text);
ImpKeep imp_likeness_find_keep (const char *text);

G_END_DECLS
