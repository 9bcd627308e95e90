#include "imp-hash.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define CHUNK ((gsize)256 << 10) /* it stays in the processor's cache */

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
 * imp_hash_descriptor:
 * @fd: a file that can be read at any place; where it stands is left alone
 * @length: its bytes
 * @stop: (nullable): read atomically: the work ends early where it is not 0
 *
 * Reads piece by piece: a mapping's pages would all count as this process's memory.
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the first @length bytes, as imp_hash_data()
 *   gives it; %NULL, with errno, where they cannot be read, or where it was stopped
 */
char *
imp_hash_descriptor (int fd, gsize length, const gint *stop)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  guint8 digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_state state;
  gsize at = 0;

  crypto_hash_sha256_init (&state);
  while (at < length)
    {
      gssize got = pread (fd, chunk, MIN (length - at, CHUNK), (off_t)at);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0 || (stop != NULL && g_atomic_int_get (stop) != 0))
        return NULL;
      crypto_hash_sha256_update (&state, chunk, (unsigned long long)got);
      at += (gsize)got;
    }
  crypto_hash_sha256_final (&state, digest);
  return imp_hash_hex (digest, sizeof digest);
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
