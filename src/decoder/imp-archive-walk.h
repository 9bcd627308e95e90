/* A ZIP archive in memory, walked by libarchive: what it holds, and one file of it.
 *
 * Owns: what of an archive's words is believed.  May include: core, decode (wire).
 * Must never: look into an entry. */
#pragma once

#include "imp-memory.h"

G_BEGIN_DECLS

typedef struct
{
  const guint8 *data; /* borrowed: the archive */
  gsize length;
  struct archive *archive; /* owned, nullable */
  guint next;              /* the number of the entry that comes next */
} ImpArchiveWalk;

GVariant *imp_archive_walk_list (ImpArchiveWalk *walk, GError **error);
ImpMemory *imp_archive_walk_load (ImpArchiveWalk *walk, guint number, GError **error);
void imp_archive_walk_clear (ImpArchiveWalk *walk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpArchiveWalk, imp_archive_walk_clear)

G_END_DECLS
