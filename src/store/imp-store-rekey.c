#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-keyring.h"
#include "imp-lock.h"
#include "imp-recovery.h"
#include "imp-store-private.h"

typedef struct
{
  const char *path;
  const char *current; /* nullable */
  const char *fresh;
  char *text; /* of the recovery key */
} Rekey;

/* Somebody who finds the register open must not be able to take it over. */
static gboolean
check_current (const ImpLock *lock, const ImpSecret *secret, const char *current, GError **error)
{
  g_autoptr (ImpSecret) found = NULL;

  if (!imp_lock_has_passphrase (lock))
    return TRUE;
  if (current == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                           _ ("Give the passphrase that opens the register now, too"));
      return FALSE;
    }
  found = imp_lock_unwrap (lock, current, error);
  return found != NULL && imp_lock_fits (lock, found);
}

static gboolean
change (sqlite3 *database, const ImpSecret *secret, gpointer user_data, GError **error)
{
  const Rekey *rekey = user_data;
  g_autoptr (ImpLock) lock = imp_lock_load (rekey->path, error);
  gboolean in_keyring = FALSE;

  if (lock == NULL || !check_current (lock, secret, rekey->current, error))
    return FALSE;
  in_keyring = imp_lock_get_kind (lock) == IMP_KEY_KEYRING;
  /* A key file that holds a passphrase is the user's to write anew. */
  if (imp_lock_get_kind (lock) != IMP_KEY_FILE || !imp_lock_has_passphrase (lock))
    imp_lock_set_kind (lock, IMP_KEY_PASSPHRASE);
  if (!imp_lock_wrap (lock, secret, rekey->fresh, error)
      || !imp_lock_replace (lock, rekey->path, error))
    return FALSE;
  if (in_keyring)
    imp_keyring_clear (rekey->path);
  return TRUE;
}

/**
 * imp_store_change_passphrase:
 * @self: a store
 * @current: (nullable): the passphrase that opens it now, or its recovery key; %NULL where none
 * does
 * @fresh: the one that does from now on, 8 characters or more
 * @error: where to put the error
 *
 * Locks the register with another passphrase; one whose key was in the keyring is taken out of it.
 * The data key stays the same, so what was backed up before opens with what opened it then.
 * Blocks: Argon2id takes about a second, twice.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_WRONG_KEY, %IMP_ERROR_USAGE (too short),
 *   %IMP_ERROR_LOCKED or %IMP_ERROR_IO, and the old one still valid
 */
gboolean
imp_store_change_passphrase (ImpStore *self, const char *current, const char *fresh, GError **error)
{
  Rekey rekey = { imp_store_get_path (self), current, fresh, NULL };

  return imp_store_use_database (self, change, &rekey, error);
}

static gboolean
make_recovery (sqlite3 *database, const ImpSecret *secret, gpointer user_data, GError **error)
{
  Rekey *rekey = user_data;
  g_autoptr (ImpLock) lock = imp_lock_load (rekey->path, error);
  g_autoptr (ImpSecret) recovery = imp_secret_new_random ();

  if (lock == NULL)
    return FALSE;
  imp_lock_add_recovery (lock, secret, recovery);
  if (!imp_lock_replace (lock, rekey->path, error))
    return FALSE;
  rekey->text = imp_recovery_to_text (recovery);
  return TRUE;
}

/**
 * imp_store_make_recovery_key:
 * @self: a store
 * @error: where to put the error
 *
 * Draws a key that opens the register when everything else is lost, to be printed and locked away.
 * It is shown this once; an older one no longer opens the register.
 *
 * Returns: (transfer full) (nullable): 14 groups of four characters, the last one a checksum, in
 *   locked memory that is given back with imp_store_free_text(); or %NULL with %IMP_ERROR_LOCKED
 *   or %IMP_ERROR_IO
 */
char *
imp_store_make_recovery_key (ImpStore *self, GError **error)
{
  Rekey rekey = { imp_store_get_path (self), NULL, NULL, NULL };

  return imp_store_use_database (self, make_recovery, &rekey, error) ? rekey.text : NULL;
}

/**
 * imp_store_free_text:
 * @text: (transfer full) (nullable): text from imp_store_make_recovery_key()
 */
void
imp_store_free_text (char *text)
{
  imp_secret_free_text (text);
}
