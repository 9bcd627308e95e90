/* A file that the user keeps and that opens a register: a key, or a passphrase.
 *
 * Owns: reading and making key files.
 * May include: core.  Must never: accept one that others may read. */
#pragma once

#include "imp-secret.h"

G_BEGIN_DECLS

typedef struct _ImpKeyFile ImpKeyFile;

ImpKeyFile *imp_key_file_load (const char *path, GError **error);
ImpKeyFile *imp_key_file_make (const char *path, GError **error);
void imp_key_file_free (ImpKeyFile *file);
const ImpSecret *imp_key_file_get_secret (const ImpKeyFile *file);
const char *imp_key_file_get_passphrase (const ImpKeyFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpKeyFile, imp_key_file_free)

G_END_DECLS
