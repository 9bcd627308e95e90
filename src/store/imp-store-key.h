/* From what the user gives to the data key.
 *
 * Owns: the choice between keyring, passphrase and key file.
 * May include: core.  Must never: keep a key. */
#pragma once

#include "imp-secret.h"
#include "imp-store.h"

G_BEGIN_DECLS

ImpSecret *imp_store_key_make (const char *path, const ImpKey *key, GError **error);
void imp_store_key_unmake (const char *path, const ImpKey *key);
ImpSecret *imp_store_key_find (const char *path, const ImpKey *key, gboolean *proven,
                               GError **error);

G_END_DECLS
