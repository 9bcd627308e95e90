/* What was listed, as the pictures of a session.
 *
 * Owns: which files become pictures, and which are set aside from the beginning.
 * May include: core, decode (listings), register (values).  Must never: read a file. */
#pragma once

#include "imp-curation-item.h"
#include "imp-source-list.h"

G_BEGIN_DECLS

GPtrArray *imp_curation_items_of_list (ImpSourceList *list); /* ImpCurationItem, in its order */

G_END_DECLS
