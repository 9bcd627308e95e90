#include "imp-hash.h"

#include <sodium.h>
#include <string.h>

/**
 * imp_hash_data:
 * @data: (array length=length) (nullable): bytes
 * @length: how many
 *
 * Returns: (transfer full): the SHA-256 of @data, 64 lower-case hexadecimal characters
 */
char *
imp_hash_data (gconstpointer data, gsize length)
{
  guint8 digest[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (digest, data, length);
  return imp_hash_hex (digest, sizeof digest);
}

/**
 * imp_hash_bytes:
 * @bytes: bytes
 *
 * Returns: (transfer full): the SHA-256 of @bytes, as imp_hash_data() gives it
 */
char *
imp_hash_bytes (GBytes *bytes)
{
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  return imp_hash_data (data, length);
}

/**
 * imp_hash_hex:
 * @data: (array length=length): bytes
 * @length: how many
 *
 * Returns: (transfer full): two lower-case hexadecimal characters for each byte
 */
char *
imp_hash_hex (gconstpointer data, gsize length)
{
  char *text = g_malloc (2 * length + 1);

  sodium_bin2hex (text, 2 * length + 1, data, length);
  return text;
}

/**
 * imp_hash_is_valid:
 * @text: (nullable): text
 *
 * Returns: whether @text is 64 lower-case hexadecimal characters
 */
gboolean
imp_hash_is_valid (const char *text)
{
  return text != NULL && strlen (text) == IMP_HASH_LENGTH
         && strspn (text, "0123456789abcdef") == IMP_HASH_LENGTH;
}
