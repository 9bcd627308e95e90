#include "imp-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-recovery.h"
#include "imp-store-private.h"

#define VERSION 1
#define GROUP "register"
#define WRAP_GROUP "passphrase"
#define RECOVERY_GROUP "recovery"
#define NONCE_LENGTH crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define WRAPPED_LENGTH (IMP_SECRET_LENGTH + crypto_aead_xchacha20poly1305_ietf_ABYTES)

/* A side file may come from anywhere: it must not make this machine work for hours. */
#define MAX_OPERATIONS 20
#define MAX_MEMORY (G_GINT64_CONSTANT (1) << 30)

static const char ALGORITHM[] = "argon2id13+xchacha20poly1305";
static const char RECOVERY_ALGORITHM[] = "blake2b+xchacha20poly1305";
static const char RECOVERY_CONTEXT[] = "imprimatur recovery wrap 1";
static const char WRAP_CONTEXT[] = "imprimatur register key 1";
static const char *const KINDS[] = { "keyring", "passphrase", "file" };

struct _ImpLock
{
  GKeyFile *values; /* owned */
  ImpKeyKind kind;
};

/**
 * imp_lock_path:
 * @register_path: the register's file
 *
 * Returns: (transfer full): the path of its side file
 */
char *
imp_lock_path (const char *register_path)
{
  return g_strconcat (register_path, ".key", NULL);
}

/**
 * imp_lock_free:
 * @lock: (transfer full) (nullable): a lock
 */
void
imp_lock_free (ImpLock *lock)
{
  if (lock == NULL)
    return;
  g_key_file_unref (lock->values);
  g_free (lock);
}

/**
 * imp_lock_new:
 * @kind: what the user gives to open the register
 * @secret: its data key
 *
 * Returns: (transfer full): a lock that knows its key but does not hold it
 */
ImpLock *
imp_lock_new (ImpKeyKind kind, const ImpSecret *secret)
{
  ImpLock *lock = g_new0 (ImpLock, 1);
  g_autofree char *check = imp_secret_make_check (secret);

  lock->values = g_key_file_new ();
  lock->kind = kind;
  g_key_file_set_integer (lock->values, GROUP, "version", VERSION);
  g_key_file_set_string (lock->values, GROUP, "kind", KINDS[kind]);
  g_key_file_set_string (lock->values, GROUP, "check", check);
  return lock;
}

/**
 * imp_lock_load:
 * @register_path: the register's file
 * @error: where to put the error
 *
 * Reads the side file.
 *
 * Returns: (transfer full) (nullable): the lock, or %NULL with %IMP_ERROR_LOCKED (there is none,
 *   or it may not be read), %IMP_ERROR_NEWER or %IMP_ERROR_REGISTER_DAMAGED
 */
ImpLock *
imp_lock_load (const char *register_path, GError **error)
{
  g_autofree char *path = imp_lock_path (register_path);
  g_autoptr (ImpLock) lock = g_new0 (ImpLock, 1);
  g_autoptr (GError) cause = NULL;
  g_autofree char *kind = NULL;
  int version = 0;

  lock->values = g_key_file_new ();
  if (!g_key_file_load_from_file (lock->values, path, G_KEY_FILE_NONE, &cause))
    {
      if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                             _ ("The register's side file (its name with “.key” added) is missing: "
                                "bring it back from a backup"));
      else if (cause->domain == G_FILE_ERROR)
        g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                     _ ("The register's side file cannot be read (%s): ask whoever keeps it"),
                     cause->message);
      else
        g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                             _ ("The register's side file (its name with “.key” added) is damaged: "
                                "bring it back from a backup"));
      return NULL;
    }
  version = g_key_file_get_integer (lock->values, GROUP, "version", NULL);
  if (version > VERSION)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NEWER,
                           _ ("A newer version of this program locked the register: update this "
                              "one"));
      return NULL;
    }
  kind = g_key_file_get_string (lock->values, GROUP, "kind", NULL);
  for (guint i = 0; version == VERSION && kind != NULL && i < G_N_ELEMENTS (KINDS); i++)
    if (strcmp (kind, KINDS[i]) == 0)
      {
        lock->kind = (ImpKeyKind)i;
        return g_steal_pointer (&lock);
      }
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                       _ ("The register's side file (its name with “.key” added) is damaged: bring "
                          "it back from a backup"));
  return NULL;
}

/**
 * imp_lock_get_kind:
 * @lock: a lock
 *
 * Returns: what the user gives to open it
 */
ImpKeyKind
imp_lock_get_kind (const ImpLock *lock)
{
  return lock->kind;
}

/**
 * imp_lock_fits:
 * @lock: a lock
 * @secret: a key
 *
 * Returns: whether @secret is the data key that the lock was made for
 */
gboolean
imp_lock_fits (const ImpLock *lock, const ImpSecret *secret)
{
  g_autofree char *check = imp_secret_make_check (secret);
  g_autofree char *expected = g_key_file_get_string (lock->values, GROUP, "check", NULL);

  return g_strcmp0 (check, expected) == 0;
}

static gboolean
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      ssize_t written = write (fd, text, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      text += written;
      length -= (gsize)written;
    }
  return TRUE;
}

/**
 * imp_lock_save:
 * @lock: a lock
 * @register_path: the register's file
 * @error: where to put the error
 *
 * Writes the side file, readable for the user only, and waits until it is on disk. One that is
 * there already is kept under another name.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO and no new file
 */
gboolean
imp_lock_save (ImpLock *lock, const char *register_path, GError **error)
{
  g_autofree char *path = imp_lock_path (register_path);
  gsize length = 0;
  g_autofree char *text = g_key_file_to_data (lock->values, &length, NULL);
  gboolean done = FALSE;
  int saved = 0;
  int fd = -1;

  if (!imp_store_put_aside (path, error))
    return FALSE;
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  done = fd >= 0 && write_all (fd, text, length) && fsync (fd) == 0;
  saved = errno;
  if (fd >= 0)
    close (fd);
  if (!done)
    {
      if (fd >= 0)
        g_unlink (path);
      imp_error_set_errno (error, IMP_ERROR_IO, saved,
                           _ ("The register's side file cannot be written"));
    }
  return done;
}

/**
 * imp_lock_replace:
 * @lock: a lock, changed
 * @register_path: the register's file
 * @error: where to put the error
 *
 * Puts it in the place of the side file that is there: at any moment either the old one is there
 * or the new one, whole. The old one is not kept, as it would still open the register.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO and the old side file
 */
gboolean
imp_lock_replace (ImpLock *lock, const char *register_path, GError **error)
{
  g_autofree char *path = imp_lock_path (register_path);
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  gsize length = 0;
  g_autofree char *text = g_key_file_to_data (lock->values, &length, NULL);
  int fd = -1;
  gboolean done = FALSE;

  g_unlink (fresh);
  fd = open (fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  done = fd >= 0 && write_all (fd, text, length) && fsync (fd) == 0 && g_rename (fresh, path) == 0;
  if (!done)
    imp_error_set_errno (error, IMP_ERROR_IO, errno,
                         _ ("The register's side file cannot be written"));
  if (fd >= 0)
    close (fd);
  if (!done)
    g_unlink (fresh);
  return done && imp_store_sync_folder (path, error);
}

/**
 * imp_lock_set_kind:
 * @lock: a lock
 * @kind: what the user gives from now on
 */
void
imp_lock_set_kind (ImpLock *lock, ImpKeyKind kind)
{
  lock->kind = kind;
  g_key_file_set_string (lock->values, GROUP, "kind", KINDS[kind]);
}

/**
 * imp_lock_has_passphrase:
 * @lock: a lock
 *
 * Returns: whether a passphrase opens it
 */
gboolean
imp_lock_has_passphrase (const ImpLock *lock)
{
  return g_key_file_has_group (lock->values, WRAP_GROUP);
}

/* The same words give the same key, however their accents were typed. */
static char *
normalise (const char *passphrase)
{
  return g_utf8_normalize (passphrase, -1, G_NORMALIZE_NFKC);
}

/**
 * imp_lock_derive:
 * @key: (out caller-allocates) (array fixed-size=32): the key; the caller wipes it
 * @words: a passphrase or PIN
 * @salt: (array fixed-size=16): salt
 * @operations: Argon2id's passes
 * @memory: Argon2id's bytes
 * @error: where to put the error
 *
 * Draws a key from what somebody remembers.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (not UTF-8), %IMP_ERROR_REGISTER_DAMAGED (sizes
 *   that no program of ours wrote) or %IMP_ERROR_IO (no memory)
 */
gboolean
imp_lock_derive (guint8 *key, const char *words, const guint8 *salt, guint64 operations,
                 guint64 memory, GError **error)
{
  char *text = NULL;
  int result = -1;

  if (operations < 1 || operations > MAX_OPERATIONS || memory < crypto_pwhash_MEMLIMIT_MIN
      || memory > MAX_MEMORY)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                           _ ("What a passphrase or PIN is checked with is damaged: bring it back "
                              "from a backup"));
      return FALSE;
    }
  text = normalise (words);
  if (text == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The passphrase or PIN is not UTF-8"));
      return FALSE;
    }
  result = crypto_pwhash (key, IMP_SECRET_LENGTH, text, strlen (text), salt, operations,
                          (size_t)memory, crypto_pwhash_ALG_ARGON2ID13);
  sodium_memzero (text, strlen (text));
  g_free (text);
  if (result != 0)
    g_set_error (
        error, IMP_ERROR, IMP_ERROR_IO,
        _ ("The passphrase or PIN cannot be checked, as that needs %d MiB of memory: close "
           "other programs and try again"),
        (int)(memory >> 20));
  return result == 0;
}

static void
set_hex (GKeyFile *values, const char *group, const char *key, const guint8 *data, gsize length)
{
  g_autofree char *hex = imp_hash_hex (data, length);

  g_key_file_set_string (values, group, key, hex);
}

static gboolean
get_hex (GKeyFile *values, const char *group, const char *key, guint8 *data, gsize length)
{
  g_autofree char *hex = g_key_file_get_string (values, group, key, NULL);
  gsize got = 0;

  return hex != NULL && strlen (hex) == 2 * length
         && sodium_hex2bin (data, length, hex, 2 * length, NULL, &got, NULL) == 0 && got == length;
}

/**
 * imp_lock_wrap:
 * @lock: a lock
 * @secret: the data key
 * @passphrase: what opens it from now on, 8 characters or more
 * @error: where to put the error
 *
 * Encrypts the data key (XChaCha20-Poly1305) under a key that Argon2id draws from @passphrase,
 * and keeps that in @lock.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (too short) or %IMP_ERROR_IO (no memory)
 */
gboolean
imp_lock_wrap (ImpLock *lock, const ImpSecret *secret, const char *passphrase, GError **error)
{
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 nonce[NONCE_LENGTH];
  guint8 wrapped[WRAPPED_LENGTH];
  guint8 key[IMP_SECRET_LENGTH];
  guint64 operations = crypto_pwhash_OPSLIMIT_MODERATE;
  guint64 memory = crypto_pwhash_MEMLIMIT_MODERATE;

  if (passphrase == NULL || g_utf8_strlen (passphrase, -1) < IMP_LOCK_PASSPHRASE_MIN)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("The passphrase is too short: use %d characters or more"),
                   IMP_LOCK_PASSPHRASE_MIN);
      return FALSE;
    }
  randombytes_buf (salt, sizeof salt);
  randombytes_buf (nonce, sizeof nonce);
  if (!imp_lock_derive (key, passphrase, salt, operations, memory, error))
    return FALSE;
  crypto_aead_xchacha20poly1305_ietf_encrypt (wrapped, NULL, imp_secret_get_bytes (secret),
                                              IMP_SECRET_LENGTH, (const guint8 *)WRAP_CONTEXT,
                                              sizeof WRAP_CONTEXT - 1, NULL, nonce, key);
  sodium_memzero (key, sizeof key);
  g_key_file_set_string (lock->values, WRAP_GROUP, "algorithm", ALGORITHM);
  g_key_file_set_uint64 (lock->values, WRAP_GROUP, "operations", operations);
  g_key_file_set_uint64 (lock->values, WRAP_GROUP, "memory", memory);
  set_hex (lock->values, WRAP_GROUP, "salt", salt, sizeof salt);
  set_hex (lock->values, WRAP_GROUP, "nonce", nonce, sizeof nonce);
  set_hex (lock->values, WRAP_GROUP, "wrapped", wrapped, sizeof wrapped);
  return TRUE;
}

/* A key of 256 random bits needs no slow derivation. */
static void
derive_recovery (guint8 *key, const ImpSecret *recovery)
{
  crypto_generichash (key, IMP_SECRET_LENGTH, (const guint8 *)RECOVERY_CONTEXT,
                      sizeof RECOVERY_CONTEXT - 1, imp_secret_get_bytes (recovery),
                      IMP_SECRET_LENGTH);
}

/**
 * imp_lock_add_recovery:
 * @lock: a lock
 * @secret: the data key
 * @recovery: a key that opens it from now on, too; one that did so until now no longer does
 */
void
imp_lock_add_recovery (ImpLock *lock, const ImpSecret *secret, const ImpSecret *recovery)
{
  guint8 nonce[NONCE_LENGTH];
  guint8 wrapped[WRAPPED_LENGTH];
  guint8 key[IMP_SECRET_LENGTH];

  randombytes_buf (nonce, sizeof nonce);
  derive_recovery (key, recovery);
  crypto_aead_xchacha20poly1305_ietf_encrypt (wrapped, NULL, imp_secret_get_bytes (secret),
                                              IMP_SECRET_LENGTH, (const guint8 *)RECOVERY_CONTEXT,
                                              sizeof RECOVERY_CONTEXT - 1, NULL, nonce, key);
  sodium_memzero (key, sizeof key);
  g_key_file_set_string (lock->values, RECOVERY_GROUP, "algorithm", RECOVERY_ALGORITHM);
  set_hex (lock->values, RECOVERY_GROUP, "nonce", nonce, sizeof nonce);
  set_hex (lock->values, RECOVERY_GROUP, "wrapped", wrapped, sizeof wrapped);
}

/**
 * imp_lock_has_recovery:
 * @lock: a lock
 *
 * Returns: whether a recovery key was made for it
 */
gboolean
imp_lock_has_recovery (const ImpLock *lock)
{
  return g_key_file_has_group (lock->values, RECOVERY_GROUP);
}

static ImpSecret *
unwrap_recovery (const ImpLock *lock, const ImpSecret *recovery, GError **error)
{
  g_autofree char *algorithm =
      g_key_file_get_string (lock->values, RECOVERY_GROUP, "algorithm", NULL);
  guint8 nonce[NONCE_LENGTH];
  guint8 wrapped[WRAPPED_LENGTH];
  guint8 key[IMP_SECRET_LENGTH];
  guint8 bytes[IMP_SECRET_LENGTH];
  ImpSecret *secret = NULL;

  derive_recovery (key, recovery);
  if (g_strcmp0 (algorithm, RECOVERY_ALGORITHM) == 0
      && get_hex (lock->values, RECOVERY_GROUP, "nonce", nonce, sizeof nonce)
      && get_hex (lock->values, RECOVERY_GROUP, "wrapped", wrapped, sizeof wrapped)
      && crypto_aead_xchacha20poly1305_ietf_decrypt (bytes, NULL, NULL, wrapped, sizeof wrapped,
                                                     (const guint8 *)RECOVERY_CONTEXT,
                                                     sizeof RECOVERY_CONTEXT - 1, nonce, key)
             == 0)
    secret = imp_secret_new_from_bytes (bytes);
  else
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                         _ ("This recovery key does not open the register: a newer one was made, "
                            "or it is another register's"));
  sodium_memzero (key, sizeof key);
  sodium_memzero (bytes, sizeof bytes);
  return secret;
}

/**
 * imp_lock_unwrap:
 * @lock: a lock
 * @passphrase: what the user gave: the passphrase, or the printed recovery key
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the data key, or %NULL with %IMP_ERROR_WRONG_KEY,
 *   %IMP_ERROR_LOCKED (it is not locked with a passphrase), %IMP_ERROR_REGISTER_DAMAGED or
 *   %IMP_ERROR_IO (no memory)
 */
ImpSecret *
imp_lock_unwrap (const ImpLock *lock, const char *passphrase, GError **error)
{
  g_autofree char *algorithm = g_key_file_get_string (lock->values, WRAP_GROUP, "algorithm", NULL);
  guint64 operations = g_key_file_get_uint64 (lock->values, WRAP_GROUP, "operations", NULL);
  guint64 memory = g_key_file_get_uint64 (lock->values, WRAP_GROUP, "memory", NULL);
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 nonce[NONCE_LENGTH];
  guint8 wrapped[WRAPPED_LENGTH];
  guint8 key[IMP_SECRET_LENGTH];
  guint8 bytes[IMP_SECRET_LENGTH];
  g_autoptr (ImpSecret) recovery = imp_recovery_from_text (passphrase);
  ImpSecret *secret = NULL;
  int result = -1;

  if (recovery != NULL && imp_lock_has_recovery (lock))
    return unwrap_recovery (lock, recovery, error);
  if (algorithm == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                           _ ("The register is not locked with a passphrase: give its key file, or "
                              "unlock the keyring"));
      return NULL;
    }
  if (strcmp (algorithm, ALGORITHM) != 0 || operations < 1 || operations > MAX_OPERATIONS
      || memory < crypto_pwhash_MEMLIMIT_MIN || memory > MAX_MEMORY
      || !get_hex (lock->values, WRAP_GROUP, "salt", salt, sizeof salt)
      || !get_hex (lock->values, WRAP_GROUP, "nonce", nonce, sizeof nonce)
      || !get_hex (lock->values, WRAP_GROUP, "wrapped", wrapped, sizeof wrapped))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                           _ ("The register's side file (its name with “.key” added) is damaged: "
                              "bring it back from a backup"));
      return NULL;
    }
  if (!imp_lock_derive (key, passphrase, salt, operations, memory, error))
    return NULL;
  result = crypto_aead_xchacha20poly1305_ietf_decrypt (bytes, NULL, NULL, wrapped, sizeof wrapped,
                                                       (const guint8 *)WRAP_CONTEXT,
                                                       sizeof WRAP_CONTEXT - 1, nonce, key);
  if (result == 0)
    secret = imp_secret_new_from_bytes (bytes);
  else
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                         _ ("This passphrase does not open the register: try again"));
  sodium_memzero (key, sizeof key);
  sodium_memzero (bytes, sizeof bytes);
  return secret;
}
