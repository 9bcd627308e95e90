/* Which files a source has: a folder and all below it, or what a disc's index names.
 *
 * Owns: what is passed by, and why.  May include: core, decode.
 * Must never: follow a link, or leave the folder that it was given. */
#pragma once

#include "imp-source-item.h"

G_BEGIN_DECLS

/* More in one source would not be looked at by anybody. */
#define IMP_SOURCE_MAX_FILES 100000u

gboolean imp_source_walk_folder (GFile *folder, GPtrArray *items, guint *n_hidden,
                                 GCancellable *cancellable, GError **error);
gboolean imp_source_walk_is_hidden (const char *name);
void imp_source_walk_index (GFile *index, const ImpListing *listing, GPtrArray *items);

G_END_DECLS
