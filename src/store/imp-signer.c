#include "imp-signer.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-lock.h"

#define NONCE_LENGTH crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEED_LENGTH crypto_sign_SEEDBYTES
#define LOCKED_LENGTH (SEED_LENGTH + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define PIN_MAX 1024 /* bytes */

static const char FORM[] = "imprimatur user key 1";
static const char ALGORITHM[] = "argon2id13+xchacha20poly1305+ed25519";

struct _ImpSigner
{
  guint8 *secret; /* sodium_malloc: crypto_sign_SECRETKEYBYTES, the seed first */
  char *key;      /* owned: the public key in hexadecimal */
};

static ImpSigner *
signer_from_seed (const guint8 *seed)
{
  ImpSigner *signer = g_new0 (ImpSigner, 1);
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];

  signer->secret = imp_secret_allocate (crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair (public_key, signer->secret, seed);
  sodium_mprotect_readonly (signer->secret);
  signer->key = imp_hash_hex (public_key, sizeof public_key);
  return signer;
}

/**
 * imp_signer_new_random:
 *
 * Returns: (transfer full): a new key pair
 */
ImpSigner *
imp_signer_new_random (void)
{
  guint8 *seed = imp_secret_allocate (SEED_LENGTH);
  ImpSigner *signer = NULL;

  randombytes_buf (seed, SEED_LENGTH);
  signer = signer_from_seed (seed);
  sodium_free (seed);
  return signer;
}

/**
 * imp_signer_copy:
 * @signer: a key pair
 *
 * Returns: (transfer full): the same one
 */
ImpSigner *
imp_signer_copy (const ImpSigner *signer)
{
  return signer_from_seed (signer->secret);
}

/**
 * imp_signer_free:
 * @signer: (transfer full) (nullable): a key pair
 *
 * Wipes it.
 */
void
imp_signer_free (ImpSigner *signer)
{
  if (signer == NULL)
    return;
  sodium_free (signer->secret);
  g_free (signer->key);
  g_free (signer);
}

/**
 * imp_signer_get_key:
 * @signer: a key pair
 *
 * Returns: (transfer none): its public key, 64 hexadecimal characters
 */
const char *
imp_signer_get_key (const ImpSigner *signer)
{
  return signer->key;
}

/**
 * imp_signer_sign:
 * @signer: a key pair
 * @text: what is signed
 *
 * Returns: (transfer full): an Ed25519 signature (RFC 8032), 128 hexadecimal characters
 */
char *
imp_signer_sign (const ImpSigner *signer, const char *text)
{
  guint8 signature[crypto_sign_BYTES];

  crypto_sign_detached (signature, NULL, (const guint8 *)text, strlen (text), signer->secret);
  return imp_hash_hex (signature, sizeof signature);
}

static gboolean
from_hex (const char *hex, guint8 *data, gsize length)
{
  gsize got = 0;

  return hex != NULL && strlen (hex) == 2 * length
         && sodium_hex2bin (data, length, hex, 2 * length, NULL, &got, NULL) == 0 && got == length;
}

/**
 * imp_signer_verify:
 * @key: (nullable): a public key
 * @text: (nullable): what is said to be signed
 * @signature: (nullable): what is said to be its signature
 *
 * Returns: whether the owner of @key signed exactly @text
 */
gboolean
imp_signer_verify (const char *key, const char *text, const char *signature)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 bytes[crypto_sign_BYTES];

  return text != NULL && sodium_init () >= 0 && from_hex (key, public_key, sizeof public_key)
         && from_hex (signature, bytes, sizeof bytes)
         && crypto_sign_verify_detached (bytes, (const guint8 *)text, strlen (text), public_key)
                == 0;
}

/* "000000" and "123456" are what is tried first. */
static gboolean
is_a_run (const char *pin)
{
  int step = pin[0] != '\0' ? pin[1] - pin[0] : 0;

  if (step < -1 || step > 1)
    return FALSE;
  for (const char *at = pin + 1; *at != '\0'; at++)
    if (at[0] - at[-1] != step)
      return FALSE;
  return TRUE;
}

/**
 * imp_signer_check_pin:
 * @pin: (nullable): a PIN that somebody chose
 * @error: where to put the error
 *
 * Returns: whether it may be one, else %IMP_ERROR_USAGE
 */
gboolean
imp_signer_check_pin (const char *pin, GError **error)
{
  if (pin == NULL || !g_utf8_validate (pin, -1, NULL)
      || g_utf8_strlen (pin, -1) < IMP_SIGNER_PIN_MIN || strlen (pin) > PIN_MAX)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                 _ ("The PIN is too short: use %d characters or more, of any kind"),
                 IMP_SIGNER_PIN_MIN);
  else if (is_a_run (pin))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("The PIN is guessed too easily: take one whose characters do not "
                            "repeat or count up"));
  else
    return TRUE;
  return FALSE;
}

/**
 * imp_signer_lock:
 * @signer: a key pair
 * @pin: what unlocks it from now on
 * @owner: the id of whose key it is, to which the locked form is bound
 * @error: where to put the error
 *
 * Encrypts the private key (XChaCha20-Poly1305) under a key that Argon2id draws from @pin.
 *
 * Returns: (transfer full) (nullable): text to keep, or %NULL with %IMP_ERROR_USAGE (no good PIN)
 *   or %IMP_ERROR_IO (no memory)
 */
char *
imp_signer_lock (const ImpSigner *signer, const char *pin, const char *owner, GError **error)
{
  const guint64 operations = crypto_pwhash_OPSLIMIT_MODERATE;
  const guint64 memory = crypto_pwhash_MEMLIMIT_MODERATE;
  g_autofree char *bound = g_strdup_printf ("%s %s %s", FORM, owner, signer->key);
  g_autofree char *salt_hex = NULL;
  g_autofree char *nonce_hex = NULL;
  g_autofree char *locked_hex = NULL;
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 nonce[NONCE_LENGTH];
  guint8 locked[LOCKED_LENGTH];
  guint8 key[IMP_SECRET_LENGTH];

  if (!imp_signer_check_pin (pin, error))
    return NULL;
  randombytes_buf (salt, sizeof salt);
  randombytes_buf (nonce, sizeof nonce);
  if (!imp_lock_derive (key, pin, salt, operations, memory, error))
    return NULL;
  crypto_aead_xchacha20poly1305_ietf_encrypt (locked, NULL, signer->secret, SEED_LENGTH,
                                              (const guint8 *)bound, strlen (bound), NULL, nonce,
                                              key);
  sodium_memzero (key, sizeof key);
  salt_hex = imp_hash_hex (salt, sizeof salt);
  nonce_hex = imp_hash_hex (nonce, sizeof nonce);
  locked_hex = imp_hash_hex (locked, sizeof locked);
  return g_strdup_printf ("%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%s:%s:%s:%s", ALGORITHM,
                          operations, memory, signer->key, salt_hex, nonce_hex, locked_hex);
}

/**
 * imp_signer_unlock:
 * @locked: (nullable): text from imp_signer_lock(); %NULL for nobody's, which no PIN unlocks, and
 *   which takes as long to find out
 * @pin: what the user typed
 * @owner: the id of whose key it should be
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the key pair, or %NULL with %IMP_ERROR_WRONG_KEY,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO (no memory)
 */
ImpSigner *
imp_signer_unlock (const char *locked, const char *pin, const char *owner, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (locked != NULL ? locked : "", ":", -1);
  gboolean known = g_strv_length (parts) == 7 && g_str_equal (parts[0], ALGORITHM);
  guint64 operations =
      known ? g_ascii_strtoull (parts[1], NULL, 10) : crypto_pwhash_OPSLIMIT_MODERATE;
  guint64 memory = known ? g_ascii_strtoull (parts[2], NULL, 10) : crypto_pwhash_MEMLIMIT_MODERATE;
  g_autofree char *bound =
      g_strdup_printf ("%s %s %s", FORM, owner != NULL ? owner : "", known ? parts[3] : "");
  guint8 salt[crypto_pwhash_SALTBYTES] = { 0 };
  guint8 nonce[NONCE_LENGTH] = { 0 };
  guint8 bytes[LOCKED_LENGTH] = { 0 };
  guint8 key[IMP_SECRET_LENGTH];
  guint8 *seed = NULL;
  ImpSigner *signer = NULL;

  if (locked != NULL
      && (!known || !from_hex (parts[4], salt, sizeof salt)
          || !from_hex (parts[5], nonce, sizeof nonce)
          || !from_hex (parts[6], bytes, sizeof bytes)))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                           _ ("A user's key is damaged: have the PIN set anew, or restore a "
                              "backup"));
      return NULL;
    }
  if (!imp_lock_derive (key, pin, salt, operations, memory, error))
    return NULL;
  seed = imp_secret_allocate (SEED_LENGTH);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (seed, NULL, NULL, bytes, sizeof bytes,
                                                  (const guint8 *)bound, strlen (bound), nonce, key)
      == 0)
    signer = signer_from_seed (seed);
  sodium_free (seed);
  sodium_memzero (key, sizeof key);
  if (signer == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY, _ ("The PIN is not right"));
  return signer;
}

/**
 * imp_signer_keep_words:
 * @words: a PIN
 *
 * Returns: (transfer full): a copy in locked memory, for imp_signer_free_words()
 */
char *
imp_signer_keep_words (const char *words)
{
  gsize length = strlen (words) + 1;
  char *kept = imp_secret_allocate (length);

  memcpy (kept, words, length);
  return kept;
}

/**
 * imp_signer_free_words:
 * @words: (transfer full) (nullable): a PIN from imp_signer_keep_words(), which is wiped
 */
void
imp_signer_free_words (char *words)
{
  sodium_free (words);
}
