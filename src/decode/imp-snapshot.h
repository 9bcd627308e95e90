/* A sealed copy of a file's bytes: what was hashed is what is decoded.
 *
 * Owns: the memfd and its hash.  May include: core.  Must never: look inside. */
#pragma once

#include "imp-archive.h"

G_BEGIN_DECLS

typedef struct _ImpSnapshot ImpSnapshot;

ImpSnapshot *imp_snapshot_new_from_file (GFile *file, GCancellable *cancellable, GError **error);
ImpSnapshot *imp_snapshot_new_from_bytes (GBytes *bytes, GError **error);
ImpSnapshot *imp_snapshot_new_from_entry (ImpArchive *archive, guint number,
                                          GCancellable *cancellable, GError **error);
ImpSnapshot *imp_snapshot_ref (ImpSnapshot *snapshot);
void imp_snapshot_unref (ImpSnapshot *snapshot);
int imp_snapshot_get_fd (ImpSnapshot *snapshot);
guint64 imp_snapshot_get_size (ImpSnapshot *snapshot);
void imp_snapshot_explain (ImpSnapshot *snapshot, GError **error);
gboolean imp_snapshot_check (ImpSnapshot *snapshot, GError **error);
const char *imp_snapshot_get_sha256 (ImpSnapshot *snapshot);
gboolean imp_snapshot_get_identity (ImpSnapshot *snapshot, guint64 *device, guint64 *inode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSnapshot, imp_snapshot_unref)

G_END_DECLS
