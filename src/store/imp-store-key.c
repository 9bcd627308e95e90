#include "imp-store-key.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "imp-error.h"
#include "imp-key-file.h"
#include "imp-keyring.h"
#include "imp-lock.h"

static ImpSecret *
make_from_file (const char *path, ImpLock **lock, GError **error)
{
  g_autoptr (ImpKeyFile) file = NULL;
  g_autoptr (ImpSecret) secret = NULL;
  const char *passphrase = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    file = imp_key_file_load (path, error);
  else
    file = imp_key_file_make (path, error);
  if (file == NULL)
    return NULL;
  passphrase = imp_key_file_get_passphrase (file);
  secret = passphrase != NULL
               ? imp_secret_new_random ()
               : imp_secret_new_from_bytes (imp_secret_get_bytes (imp_key_file_get_secret (file)));
  *lock = imp_lock_new (IMP_KEY_FILE, secret);
  if (passphrase != NULL && !imp_lock_wrap (*lock, secret, passphrase, error))
    return NULL;
  return g_steal_pointer (&secret);
}

/**
 * imp_store_key_make:
 * @path: where the register will be
 * @key: what the user gives
 * @error: where to put the error
 *
 * Draws a data key (or takes the one in the key file), puts it where @key says, and writes the
 * side file. A key file that is not there is made.
 *
 * Returns: (transfer full) (nullable): the data key, or %NULL with %IMP_ERROR_USAGE,
 *   %IMP_ERROR_LOCKED or %IMP_ERROR_IO
 */
ImpSecret *
imp_store_key_make (const char *path, const ImpKey *key, GError **error)
{
  g_autoptr (ImpSecret) secret = NULL;
  g_autoptr (ImpLock) lock = NULL;

  switch (key->kind)
    {
    case IMP_KEY_KEYRING:
      secret = imp_secret_new_random ();
      lock = imp_lock_new (key->kind, secret);
      if (!imp_keyring_store (path, secret, error))
        return NULL;
      break;
    case IMP_KEY_PASSPHRASE:
      secret = imp_secret_new_random ();
      lock = imp_lock_new (key->kind, secret);
      if (!imp_lock_wrap (lock, secret, key->passphrase, error))
        return NULL;
      break;
    case IMP_KEY_FILE:
      secret = make_from_file (key->key_file, &lock, error);
      if (secret == NULL)
        return NULL;
      break;
    default:
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "There is no such kind of key");
      return NULL;
    }
  if (!imp_lock_save (lock, path, error))
    {
      if (key->kind == IMP_KEY_KEYRING)
        imp_keyring_clear (path);
      return NULL;
    }
  return g_steal_pointer (&secret);
}

/**
 * imp_store_key_unmake:
 * @path: where a register could not be made
 * @key: what the user gave
 *
 * Takes back the keyring's item and the side file. A key file stays: the user may have made it.
 */
void
imp_store_key_unmake (const char *path, const ImpKey *key)
{
  g_autofree char *side = imp_lock_path (path);

  g_unlink (side);
  if (key->kind == IMP_KEY_KEYRING)
    imp_keyring_clear (path);
}

/* The side file is needed for a passphrase only; with a key, one that is lost is no loss. */
static ImpSecret *
unwrap (const ImpLock *lock, const GError *lock_error, const char *passphrase, GError **error)
{
  if (lock == NULL)
    {
      g_propagate_error (error, g_error_copy (lock_error));
      return NULL;
    }
  if (passphrase == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                           _ ("The register is locked: give its passphrase"));
      return NULL;
    }
  return imp_lock_unwrap (lock, passphrase, error);
}

/**
 * imp_store_key_find:
 * @path: the register's file
 * @key: what the user gives
 * @proven: (out): whether the side file shows that the key is the right one
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the data key, or %NULL with %IMP_ERROR_WRONG_KEY,
 *   %IMP_ERROR_LOCKED, %IMP_ERROR_REGISTER_DAMAGED, %IMP_ERROR_NEWER, %IMP_ERROR_USAGE or
 *   %IMP_ERROR_IO
 */
ImpSecret *
imp_store_key_find (const char *path, const ImpKey *key, gboolean *proven, GError **error)
{
  g_autoptr (ImpSecret) secret = NULL;
  g_autoptr (ImpKeyFile) file = NULL;
  g_autoptr (GError) lock_error = NULL;
  g_autoptr (ImpLock) lock = imp_lock_load (path, &lock_error);

  switch (key->kind)
    {
    case IMP_KEY_KEYRING:
      secret = imp_keyring_lookup (path, error);
      break;
    case IMP_KEY_PASSPHRASE:
      secret = unwrap (lock, lock_error, key->passphrase, error);
      break;
    case IMP_KEY_FILE:
      file = imp_key_file_load (key->key_file, error);
      if (file == NULL)
        return NULL;
      if (imp_key_file_get_secret (file) != NULL)
        secret = imp_secret_new_from_bytes (imp_secret_get_bytes (imp_key_file_get_secret (file)));
      else
        secret = unwrap (lock, lock_error, imp_key_file_get_passphrase (file), error);
      break;
    default:
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "There is no such kind of key");
      return NULL;
    }
  if (secret == NULL)
    return NULL;
  *proven = lock != NULL && imp_lock_fits (lock, secret);
  if (lock != NULL && !*proven)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                           _ ("This key does not open the register: give the one it was made "
                              "with"));
      return NULL;
    }
  return g_steal_pointer (&secret);
}
