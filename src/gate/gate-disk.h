/* The only writer of export files. Private to the gate. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ImpDiskFile ImpDiskFile;

gboolean imp_disk_check_target (GFile *target, gboolean has_source, guint64 source_device,
                                guint64 source_inode, GError **error);
ImpDiskFile *imp_disk_begin (GFile *target, const char *export_id, GBytes *bytes,
                             GCancellable *cancellable, GError **error);
gboolean imp_disk_verify (ImpDiskFile *file, GBytes *expected, GCancellable *cancellable,
                          GError **error);
gboolean imp_disk_commit (ImpDiskFile *file, GError **error);
gboolean imp_disk_take_back (ImpDiskFile *file, GError **error);
gboolean imp_disk_is_there (const ImpDiskFile *file);
void imp_disk_file_free (ImpDiskFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpDiskFile, imp_disk_file_free)

char *imp_disk_hash_target (const char *target_path, GError **error);
void imp_disk_remove_leftover (const char *target_path, const char *export_id);

typedef struct _ImpDiskLock ImpDiskLock;

ImpDiskLock *imp_disk_lock (const char *register_path, gboolean exclusive, GError **error);
void imp_disk_lock_free (ImpDiskLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpDiskLock, imp_disk_lock_free)

G_END_DECLS
