/* The bytes of a register as they lie on disk, decrypted page by page without SQLCipher. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean store_pages_contain (const char *path, const char *hex_key, const char *text);

G_END_DECLS
