/* One file of a source, as it is listed: where it lies, and what its header says.
 *
 * Owns: one row of the list.  May include: core, decode.
 * Must never: hold pixels, or put what a header says into a message. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IMP_TYPE_SOURCE_ITEM (imp_source_item_get_type ())
G_DECLARE_FINAL_TYPE (ImpSourceItem, imp_source_item, IMP, SOURCE_ITEM, GObject)

ImpSourceItem *imp_source_item_new (GFile *file, const char *entry, const char *name);
GFile *imp_source_item_get_file (ImpSourceItem *self);
const char *imp_source_item_get_entry (ImpSourceItem *self);
const char *imp_source_item_get_name (ImpSourceItem *self);
const char *imp_source_item_get_problem (ImpSourceItem *self);

G_END_DECLS
