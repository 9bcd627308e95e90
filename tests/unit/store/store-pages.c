#include "store-pages.h"

#include <string.h>

#include "imp-config.h"

#if IMP_ENCRYPTED
#include <openssl/evp.h>

/* SQLCipher's design document, format 4: pages of 4096 bytes under AES-256-CBC, each ending in its
 * IV (16) and its HMAC-SHA512 (64); page 1 begins with a salt (16). A key given as 64 hexadecimal
 * characters is used as it is. */
#define PAGE 4096
#define IV 16
#define HMAC 64
#define SALT 16

static void
decrypt_page (const guint8 *key, guint8 *page, gsize skip)
{
  int length = PAGE - HMAC - IV - (int)skip;
  int n_written = 0;
  g_autofree guint8 *plain = g_malloc (PAGE);
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();

  g_assert_cmpint (
      EVP_DecryptInit_ex (context, EVP_aes_256_cbc (), NULL, key, page + PAGE - HMAC - IV), ==, 1);
  EVP_CIPHER_CTX_set_padding (context, 0);
  g_assert_cmpint (EVP_DecryptUpdate (context, plain, &n_written, page + skip, length), ==, 1);
  g_assert_cmpint (n_written, ==, length);
  memcpy (page + skip, plain, (gsize)length);
  EVP_CIPHER_CTX_free (context);
}

static void
decrypt (const char *hex_key, guint8 *contents, gsize length)
{
  guint8 key[32];

  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8)(g_ascii_xdigit_value (hex_key[2 * i]) << 4
                      | g_ascii_xdigit_value (hex_key[2 * i + 1]));
  for (gsize at = 0; at + PAGE <= length; at += PAGE)
    decrypt_page (key, contents + at, at == 0 ? SALT : 0);
}
#endif

/* Whether the file holds @text in any page, free ones included. The log has to be empty. */
gboolean
store_pages_contain (const char *path, const char *hex_key, const char *text)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *log_contents = NULL;
  g_autofree char *contents = NULL;
  gsize log_length = 0;
  gsize length = 0;

  if (g_file_get_contents (log, &log_contents, &log_length, NULL))
    g_assert_cmpuint (log_length, ==, 0);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 0);
#if IMP_ENCRYPTED
  decrypt (hex_key, (guint8 *)contents, length);
#endif
  /* What everybody knows is there: else the pages were not read rightly. */
  g_assert_nonnull (memmem (contents, length, "CREATE TABLE person", 19));
  return memmem (contents, length, text, strlen (text)) != NULL;
}
