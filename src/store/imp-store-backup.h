/* Backups: the register's file as it is at one moment, with its side file and journal, and the way
 * back.
 *
 * Owns: copying, checking and restoring the encrypted file.
 * May include: core.  Must never: write outside the register's folder (a backup leaves through the
 * gate). */
#pragma once

#include "imp-store.h"

G_BEGIN_DECLS

/**
 * ImpStoreBackup: a backup that is on no one's disk yet. Its three parts belong together.
 */
typedef struct
{
  GBytes *database; /* encrypted with the register's own key; verified */
  GBytes *side;     /* how it is locked, or NULL where the register has no side file */
  GBytes *journal;  /* the withdrawals until now, or NULL where there is no journal */
} ImpStoreBackup;

ImpStoreBackup *imp_store_backup_new (ImpStore *store, GError **error);
void imp_store_backup_free (ImpStoreBackup *backup);

gboolean imp_store_restore (const char *backup_path, const ImpKey *key, const char *path,
                            const char *journal, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpStoreBackup, imp_store_backup_free)

G_END_DECLS
