/* SHA-256 over bytes, and its hexadecimal text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_HASH_LENGTH 64 /* hexadecimal characters of a SHA-256 */

char *imp_hash_data (gconstpointer data, gsize length);
char *imp_hash_bytes (GBytes *bytes);
char *imp_hash_descriptor (int fd, gsize length, const gint *stop);
char *imp_hash_hex (gconstpointer data, gsize length);
gboolean imp_hash_is_valid (const char *text);

G_END_DECLS
