/* A ZIP archive: what is in it, and one file of it at a time, in memory.
 *
 * Owns: the conversation with the helper that unpacks, and which names are refused.
 * May include: core, helper.  Must never: unpack to a disc, or look into an entry. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ImpArchive ImpArchive;

/**
 * ImpArchiveEntry:
 * @number: of the entry in its archive
 * @name: in UTF-8, with "/" between its parts
 * @problem: (nullable): why it cannot be unpacked, in a sentence that does not name it
 */
typedef struct
{
  guint number;
  char *name;
  char *problem;
} ImpArchiveEntry;

ImpArchive *imp_archive_open_sync (GFile *file, GCancellable *cancellable, GError **error);
ImpArchive *imp_archive_ref (ImpArchive *archive);
void imp_archive_unref (ImpArchive *archive);
GPtrArray *imp_archive_get_entries (ImpArchive *archive);
const ImpArchiveEntry *imp_archive_find_entry (ImpArchive *archive, const char *name,
                                               GError **error);
GFile *imp_archive_get_file (ImpArchive *archive);
void imp_archive_get_identity (ImpArchive *archive, guint64 *device, guint64 *inode);
int imp_archive_unpack_sync (ImpArchive *archive, guint number, guint64 *size,
                             GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpArchive, imp_archive_unref)

G_END_DECLS
