/* What the side file of a register says: how it is locked, and the wrapped data key.
 *
 * Owns: `<register>.key` (0600): kind, key check, and where a passphrase is used the data key
 * wrapped under it.
 * May include: core.  Must never: hold an unwrapped key. */
#pragma once

#include "imp-secret.h"
#include "imp-store.h"

G_BEGIN_DECLS

#define IMP_LOCK_PASSPHRASE_MIN 8 /* characters */

typedef struct _ImpLock ImpLock;

ImpLock *imp_lock_new (ImpKeyKind kind, const ImpSecret *secret);
ImpLock *imp_lock_load (const char *register_path, GError **error);
void imp_lock_free (ImpLock *lock);

gboolean imp_lock_save (ImpLock *lock, const char *register_path, GError **error);
ImpKeyKind imp_lock_get_kind (const ImpLock *lock);
gboolean imp_lock_fits (const ImpLock *lock, const ImpSecret *secret);
gboolean imp_lock_wrap (ImpLock *lock, const ImpSecret *secret, const char *passphrase,
                        GError **error);
ImpSecret *imp_lock_unwrap (const ImpLock *lock, const char *passphrase, GError **error);
gboolean imp_lock_replace (ImpLock *lock, const char *register_path, GError **error);
void imp_lock_set_kind (ImpLock *lock, ImpKeyKind kind);
gboolean imp_lock_has_passphrase (const ImpLock *lock);
void imp_lock_add_recovery (ImpLock *lock, const ImpSecret *secret, const ImpSecret *recovery);
gboolean imp_lock_has_recovery (const ImpLock *lock);
char *imp_lock_path (const char *register_path);
gboolean imp_lock_derive (guint8 *key, const char *words, const guint8 *salt, guint64 operations,
                          guint64 memory, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpLock, imp_lock_free)

G_END_DECLS
