/* What of a list contradicts or repeats itself.
 *
 * Owns: which items are compared, and by what.  May include: core, decode.
 * Must never: decide which of two is right. */
#pragma once

#include "imp-source-item.h"

G_BEGIN_DECLS

GHashTable *imp_source_find_twins (GPtrArray *items, GCancellable *cancellable);

G_END_DECLS
