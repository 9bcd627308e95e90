/* The data key in the desktop's Secret Service.
 *
 * Owns: the item with schema io.github.imprimatur.Register.
 * May include: core.  Must never: wait without a limit. */
#pragma once

#include <gio/gio.h>

#include "imp-secret.h"

G_BEGIN_DECLS

gboolean imp_keyring_is_available (GCancellable *cancellable);
gboolean imp_keyring_store (const char *register_path, const ImpSecret *secret, GError **error);
ImpSecret *imp_keyring_lookup (const char *register_path, GError **error);
void imp_keyring_clear (const char *register_path);

G_END_DECLS
