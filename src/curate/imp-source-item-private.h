/* What only the list may do to an item. */
#pragma once

#include "imp-archive.h"
#include "imp-source-item.h"

G_BEGIN_DECLS

ImpSourceItem *imp_source_item_new (GFile *file, const char *name);
ImpSourceItem *imp_source_item_new_packed (GFile *file, ImpArchive *archive,
                                           const ImpArchiveEntry *entry);
void imp_source_item_set_problem (ImpSourceItem *self, const char *problem);
void imp_source_item_take_listing (ImpSourceItem *self, ImpListing *listing);
void imp_source_item_set_notices (ImpSourceItem *self, guint notices);

G_END_DECLS
