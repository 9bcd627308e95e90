#include "imp-secret.h"

#include <sodium.h>
#include <string.h>

#include "imp-hash.h"

#define HEX_LENGTH (2 * IMP_SECRET_LENGTH)

/* The number of the digest key among the keys derived from the data key, and their context: a
 * change of either makes every digest in the ledger unreadable. */
#define DIGEST_SUBKEY 1
static const char SUBKEY_CONTEXT[crypto_kdf_CONTEXTBYTES + 1] = "ImpRegst";

/* Never to be changed: tombstones would not be found any more. */
static const char NUMBER_FORM[] = "imprimatur number 1\n";

static const char CHECK_TEXT[] = "imprimatur register key check 1";

struct _ImpSecret
{
  guint8 *bytes; /* sodium_malloc */
};

/**
 * imp_secret_allocate:
 * @length: bytes
 *
 * Gives locked and guarded memory, or ends the program: a key must not be kept anywhere else.
 *
 * Returns: (transfer full): memory that sodium_free() wipes and gives back
 */
gpointer
imp_secret_allocate (gsize length)
{
  gpointer memory = NULL;

  if (sodium_init () < 0)
    g_error ("The system's random numbers cannot be had");
  memory = sodium_malloc (length);
  if (memory == NULL)
    g_error ("No memory can be locked for the register's key");
  return memory;
}

static ImpSecret *
secret_new (void)
{
  ImpSecret *secret = g_new0 (ImpSecret, 1);

  secret->bytes = imp_secret_allocate (IMP_SECRET_LENGTH);
  return secret;
}

/**
 * imp_secret_new_random:
 *
 * Returns: (transfer full): a key drawn at random
 */
ImpSecret *
imp_secret_new_random (void)
{
  ImpSecret *secret = secret_new ();

  randombytes_buf (secret->bytes, IMP_SECRET_LENGTH);
  return secret;
}

/**
 * imp_secret_new_from_bytes:
 * @bytes: (array fixed-size=32): the key; the caller wipes its own copy
 *
 * Returns: (transfer full): that key
 */
ImpSecret *
imp_secret_new_from_bytes (const guint8 *bytes)
{
  ImpSecret *secret = secret_new ();

  memcpy (secret->bytes, bytes, IMP_SECRET_LENGTH);
  return secret;
}

/**
 * imp_secret_new_from_hex:
 * @hex: text
 *
 * Returns: (transfer full) (nullable): the key that the first 64 characters of @hex spell, or
 *   %NULL where @hex is anything else than 64 hexadecimal characters
 */
ImpSecret *
imp_secret_new_from_hex (const char *hex)
{
  g_autoptr (ImpSecret) secret = NULL;
  gsize length = 0;

  if (hex == NULL || strlen (hex) != HEX_LENGTH)
    return NULL;
  secret = secret_new ();
  if (sodium_hex2bin (secret->bytes, IMP_SECRET_LENGTH, hex, HEX_LENGTH, NULL, &length, NULL) != 0
      || length != IMP_SECRET_LENGTH)
    return NULL;
  return g_steal_pointer (&secret);
}

/**
 * imp_secret_free:
 * @secret: (transfer full) (nullable): a key
 *
 * Wipes the key and gives its memory back.
 */
void
imp_secret_free (ImpSecret *secret)
{
  if (secret == NULL)
    return;
  sodium_free (secret->bytes);
  g_free (secret);
}

/**
 * imp_secret_get_bytes:
 * @secret: a key
 *
 * Returns: (transfer none) (array fixed-size=32): its bytes
 */
const guint8 *
imp_secret_get_bytes (const ImpSecret *secret)
{
  return secret->bytes;
}

/**
 * imp_secret_to_text:
 * @secret: a key
 * @before: text
 * @after: text
 *
 * Returns: (transfer full): @before, the key in 64 hexadecimal characters, and @after, in locked
 *   memory that is given back with imp_secret_free_text()
 */
char *
imp_secret_to_text (const ImpSecret *secret, const char *before, const char *after)
{
  gsize start = strlen (before);
  gsize length = start + HEX_LENGTH + strlen (after);
  char *text = imp_secret_allocate (length + 1);

  memcpy (text, before, start);
  sodium_bin2hex (text + start, HEX_LENGTH + 1, secret->bytes, IMP_SECRET_LENGTH);
  memcpy (text + start + HEX_LENGTH, after, strlen (after) + 1);
  return text;
}

/**
 * imp_secret_free_text:
 * @text: (transfer full) (nullable): text from imp_secret_to_text()
 */
void
imp_secret_free_text (char *text)
{
  sodium_free (text);
}

/**
 * imp_secret_derive_digest_key:
 * @secret: the data key
 *
 * Derives the key of the keyed digests, from which the data key cannot be computed back.
 *
 * Returns: (transfer full) (array fixed-size=32): read-only locked memory, to be given back with
 *   imp_secret_free_digest_key()
 */
guint8 *
imp_secret_derive_digest_key (const ImpSecret *secret)
{
  guint8 *key = imp_secret_allocate (IMP_SECRET_LENGTH);

  crypto_kdf_derive_from_key (key, IMP_SECRET_LENGTH, DIGEST_SUBKEY, SUBKEY_CONTEXT, secret->bytes);
  sodium_mprotect_readonly (key);
  return key;
}

/**
 * imp_secret_free_digest_key:
 * @digest_key: (transfer full) (nullable): a key from imp_secret_derive_digest_key()
 */
void
imp_secret_free_digest_key (guint8 *digest_key)
{
  sodium_free (digest_key);
}

/**
 * imp_secret_wipe_digest_key:
 * @digest_key: a key from imp_secret_derive_digest_key()
 *
 * Overwrites it; its memory stays, for who still points to it.
 */
void
imp_secret_wipe_digest_key (guint8 *digest_key)
{
  sodium_mprotect_readwrite (digest_key);
  sodium_memzero (digest_key, IMP_SECRET_LENGTH);
  sodium_mprotect_readonly (digest_key);
}

/**
 * imp_secret_copy_digest_key:
 * @digest_key: where a key was wiped
 * @from: the key to put there
 */
void
imp_secret_copy_digest_key (guint8 *digest_key, const guint8 *from)
{
  sodium_mprotect_readwrite (digest_key);
  memcpy (digest_key, from, IMP_SECRET_LENGTH);
  sodium_mprotect_readonly (digest_key);
}

/**
 * imp_secret_digest_number:
 * @digest_key: (array fixed-size=32): from imp_secret_derive_digest_key()
 * @folded: a person's number, folded as it is searched
 *
 * Returns: (transfer full): BLAKE2b of 256 bits under @digest_key over "imprimatur number 1", a
 * line feed and @folded, in 64 hexadecimal characters
 */
char *
imp_secret_digest_number (const guint8 *digest_key, const char *folded)
{
  guint8 digest[32];
  crypto_generichash_state state;

  crypto_generichash_init (&state, digest_key, IMP_SECRET_LENGTH, sizeof digest);
  crypto_generichash_update (&state, (const guint8 *)NUMBER_FORM, sizeof NUMBER_FORM - 1);
  crypto_generichash_update (&state, (const guint8 *)folded, strlen (folded));
  crypto_generichash_final (&state, digest, sizeof digest);
  sodium_memzero (&state, sizeof state);
  return imp_hash_hex (digest, sizeof digest);
}

/**
 * imp_secret_make_check:
 * @secret: the data key
 *
 * Makes a text that tells whether a key is the right one, and nothing else about it: so that a
 * wrong key is told from a damaged file.
 *
 * Returns: (transfer full): 64 hexadecimal characters
 */
char *
imp_secret_make_check (const ImpSecret *secret)
{
  guint8 check[32];
  guint8 *key = imp_secret_derive_digest_key (secret);

  crypto_generichash (check, sizeof check, (const guint8 *)CHECK_TEXT, sizeof CHECK_TEXT - 1, key,
                      IMP_SECRET_LENGTH);
  imp_secret_free_digest_key (key);
  return imp_hash_hex (check, sizeof check);
}
