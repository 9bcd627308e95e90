#include "imp-store.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "imp-config.h"
#include "imp-error.h"
#include "imp-keyring.h"
#include "imp-outbox.h"
#include "imp-hash.h"
#include "imp-row.h"
#include "imp-store-private.h"

struct _ImpStore
{
  GObject parent_instance;

  /* Owned */
  char *path;
  char *read_only_reason;
  guint8 *digest_key;
  ImpSecret *secret;
  char *actor; /* nullable: the id of who is signed in */
  sqlite3 *database;
  ImpOutbox *outbox; /* nullable: where nothing may be written */

  /* Held during every call, and from begin to commit or rollback */
  GRecMutex lock;
  gboolean in_transaction;
  gboolean failed; /* the machine failed inside the transaction: it must not be committed */
};

G_DEFINE_FINAL_TYPE (ImpStore, imp_store, G_TYPE_OBJECT)

static void
imp_store_finalize (GObject *object)
{
  ImpStore *self = IMP_STORE (object);

  imp_database_close (self->database);
  imp_outbox_free (self->outbox);
  imp_secret_free (self->secret);
  imp_secret_free_digest_key (self->digest_key);
  g_free (self->actor);
  g_free (self->path);
  g_free (self->read_only_reason);
  g_rec_mutex_clear (&self->lock);
  G_OBJECT_CLASS (imp_store_parent_class)->finalize (object);
}

static void
imp_store_class_init (ImpStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_store_finalize;
}

static void
imp_store_init (ImpStore *self)
{
  g_rec_mutex_init (&self->lock);
}

/**
 * imp_store_new:
 * @path: the absolute path of the file
 * @database: (transfer full): an open connection to it
 * @secret: its data key; copied
 * @outbox: (transfer full) (nullable): its journal of withdrawals, settled; %NULL where nothing may
 *   be written
 * @read_only_reason: (transfer full) (nullable): why nothing may be written
 *
 * Returns: (transfer full): a store over @database
 */
ImpStore *
imp_store_new (const char *path, sqlite3 *database, const ImpSecret *secret, ImpOutbox *outbox,
               char *read_only_reason)
{
  ImpStore *self = g_object_new (IMP_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  self->database = database;
  self->digest_key = imp_secret_derive_digest_key (secret);
  self->secret = imp_secret_new_from_bytes (imp_secret_get_bytes (secret));
  self->outbox = outbox;
  self->read_only_reason = read_only_reason;
  return self;
}

/* ---- about it ---- */

/**
 * imp_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the absolute path of its file
 */
const char *
imp_store_get_path (ImpStore *self)
{
  return self->path;
}

/**
 * imp_store_get_read_only_reason:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): a sentence for the user, or %NULL where it can be written
 */
const char *
imp_store_get_read_only_reason (ImpStore *self)
{
  return self->read_only_reason;
}

/**
 * imp_store_is_encrypted:
 * @self: a store
 *
 * Returns: whether the file is encrypted: %FALSE in the build without SQLCipher
 */
gboolean
imp_store_is_encrypted (ImpStore *self)
{
  return IMP_ENCRYPTED;
}

/**
 * imp_store_get_digest_key:
 * @self: a store
 *
 * Returns: (transfer none) (array fixed-size=32): the key for keyed digests, in locked memory
 *   that lives as long as @self
 */
const guint8 *
imp_store_get_digest_key (ImpStore *self)
{
  return self->digest_key;
}

/**
 * imp_store_digest_number:
 * @self: a store
 * @folded: a hospital, NHS or other number, folded as it is searched
 *
 * Returns: (transfer full): its keyed digest, 64 hexadecimal characters, from which nobody without
 *   the register's key can find the number: of tombstones and of the journal of withdrawals
 */
char *
imp_store_digest_number (ImpStore *self, const char *folded)
{
  return imp_secret_digest_number (self->digest_key, folded);
}

/**
 * imp_store_get_journal_note:
 * @self: a store
 * @n_suspended: (out) (optional): how many permissions were suspended for it
 *
 * Returns: (transfer none) (nullable): sentences for the user where register and journal of
 *   withdrawals did not agree when it was opened, and what was done
 */
const char *
imp_store_get_journal_note (ImpStore *self, gint64 *n_suspended)
{
  if (n_suspended != NULL)
    *n_suspended = self->outbox != NULL ? imp_outbox_get_n_suspended (self->outbox) : 0;
  return self->outbox != NULL ? imp_outbox_get_note (self->outbox) : NULL;
}

/**
 * imp_store_keep_in_keyring:
 * @self: an open store, however it was opened
 * @error: where to put the error
 *
 * Puts the same data key into the keyring of who is logged in to this computer, so that
 * %IMP_KEY_KEYRING opens the register for them. What else opens it goes on doing so.
 *
 * Returns: %TRUE once the keyring has it, or %FALSE with %IMP_ERROR_LOCKED
 */
gboolean
imp_store_keep_in_keyring (ImpStore *self, GError **error)
{
  return imp_keyring_store (self->path, self->secret, error);
}

/**
 * imp_store_make_digest:
 * @self: a store
 * @form: what is digested, so that one digest cannot be taken for another
 * @text: what must be known again, and not read
 *
 * Returns: (transfer full): BLAKE2b of 256 bits under the digest key over @form, a line feed and
 *   @text, 64 hexadecimal characters
 */
char *
imp_store_make_digest (ImpStore *self, const char *form, const char *text)
{
  g_autofree char *whole = g_strconcat (form, "\n", text, NULL);
  guint8 digest[32];

  crypto_generichash (digest, sizeof digest, (const guint8 *)whole, strlen (whole),
                      self->digest_key, IMP_SECRET_LENGTH);
  return imp_hash_hex (digest, sizeof digest);
}

/**
 * imp_store_set_actor:
 * @self: a store
 * @user_id: (nullable): who is signed in from now on, or %NULL for nobody
 *
 * From now on `imp_actor ()` is @user_id in this program's statements and triggers.
 */
void
imp_store_set_actor (ImpStore *self, const char *user_id)
{
  g_autoptr (GError) error = NULL;

  g_rec_mutex_lock (&self->lock);
  /* It can fail for want of memory only, or inside of a statement, where nobody signs in. */
  if (self->database != NULL && !imp_database_set_actor (self->database, user_id, &error))
    g_error ("Who is signed in cannot be told to the register");
  g_free (self->actor);
  self->actor = g_strdup (user_id);
  g_rec_mutex_unlock (&self->lock);
}

/**
 * imp_store_get_actor:
 * @self: a store
 *
 * Returns: (transfer full) (nullable): the id of who is signed in
 */
char *
imp_store_get_actor (ImpStore *self)
{
  char *actor = NULL;

  g_rec_mutex_lock (&self->lock);
  actor = g_strdup (self->actor);
  g_rec_mutex_unlock (&self->lock);
  return actor;
}

/* ---- transactions ---- */

static void
set_read_only_error (ImpStore *self, GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_READ_ONLY, self->read_only_reason);
}

static gboolean
is_locked (ImpStore *self, GError **error)
{
  if (self->database != NULL)
    return FALSE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                       _ ("The register is locked: unlock it to go on"));
  return TRUE;
}

/**
 * imp_store_begin:
 * @self: a store
 * @error: where to put the error
 *
 * Begins a transaction that may write. Until this thread commits or rolls back, calls from other
 * threads wait; other programs can read, and wait up to ten seconds to write.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_READ_ONLY, %IMP_ERROR_USAGE (this thread has one
 *   open) or %IMP_ERROR_IO
 */
gboolean
imp_store_begin (ImpStore *self, GError **error)
{
  g_rec_mutex_lock (&self->lock);
  if (is_locked (self, error))
    ; /* said so */
  else if (self->read_only_reason != NULL)
    set_read_only_error (self, error);
  else if (self->in_transaction)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "Transactions do not nest");
  else if (imp_database_execute (self->database, "BEGIN IMMEDIATE", error))
    {
      self->in_transaction = TRUE;
      self->failed = FALSE;
      return TRUE;
    }
  g_rec_mutex_unlock (&self->lock);
  return FALSE;
}

/**
 * imp_store_is_in_transaction:
 * @self: a store
 *
 * Returns: whether the calling thread has a transaction open
 */
gboolean
imp_store_is_in_transaction (ImpStore *self)
{
  gboolean open = FALSE;

  g_rec_mutex_lock (&self->lock);
  open = self->in_transaction;
  g_rec_mutex_unlock (&self->lock);
  return open;
}

/* The lock is held once more than on entry of begin. */
static void
end_transaction (ImpStore *self)
{
  if (!sqlite3_get_autocommit (self->database))
    sqlite3_exec (self->database, "ROLLBACK", NULL, NULL, NULL);
  self->in_transaction = FALSE;
  g_rec_mutex_unlock (&self->lock);
}

/* After a full disk the library may have undone the transaction by itself: what came next would
 * be saved without what came before. */
static gboolean
is_lost (ImpStore *self, GError **error)
{
  if (!self->in_transaction || !(self->failed || sqlite3_get_autocommit (self->database)))
    return FALSE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO,
                       _ ("An earlier failure has undone this change: nothing was saved; try "
                          "again"));
  return TRUE;
}

/* Every "no" is in the journal of withdrawals before it is saved, and so before anybody is told. */
static gboolean
commit (ImpStore *self, GError **error)
{
  gboolean done = (self->outbox == NULL || imp_outbox_flush (self->outbox, self->database, error))
                  && imp_database_execute (self->database, "COMMIT", error);

  if (self->outbox != NULL)
    imp_outbox_end (self->outbox, self->database, done);
  return done;
}

/**
 * imp_store_commit:
 * @self: a store
 * @error: where to put the error
 *
 * Ends this thread's transaction; on return what it wrote is on disk. Whatever it returns, the
 * transaction is over.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO or %IMP_ERROR_USAGE (none is open), and nothing of
 *   it saved
 */
gboolean
imp_store_commit (ImpStore *self, GError **error)
{
  gboolean done = FALSE;

  g_rec_mutex_lock (&self->lock);
  if (!self->in_transaction)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "No transaction is open");
      g_rec_mutex_unlock (&self->lock);
      return FALSE;
    }
  done = !is_lost (self, error) && commit (self, error);
  end_transaction (self);
  g_rec_mutex_unlock (&self->lock);
  return done;
}

/**
 * imp_store_rollback:
 * @self: a store
 *
 * Undoes this thread's transaction, if it has one.
 */
void
imp_store_rollback (ImpStore *self)
{
  g_rec_mutex_lock (&self->lock);
  if (self->in_transaction)
    end_transaction (self);
  g_rec_mutex_unlock (&self->lock);
}

/* ---- statements ---- */

static sqlite3_stmt *
prepare (ImpStore *self, const char *sql, GVariant *parameters, GError **error)
{
  sqlite3_stmt *statement = NULL;
  const char *rest = NULL;
  int result = sqlite3_prepare_v2 (self->database, sql, -1, &statement, &rest);

  if (result != SQLITE_OK)
    imp_database_set_error (error, self->database, result);
  else if (statement == NULL || rest[strspn (rest, " \t\r\n;")] != '\0')
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "One statement at a time");
  else if (self->read_only_reason != NULL && !sqlite3_stmt_readonly (statement))
    set_read_only_error (self, error);
  else if (imp_row_bind (statement, parameters, error))
    return statement;
  sqlite3_finalize (statement);
  return NULL;
}

/* A statement that may say "no" outside of a transaction gets one, as the journal is written before
 * its end. A pragma must not be in one. */
static gboolean
needs_transaction (ImpStore *self, sqlite3_stmt *statement)
{
  return self->outbox != NULL && !self->in_transaction && !sqlite3_stmt_readonly (statement)
         && g_ascii_strncasecmp (sqlite3_sql (statement), "PRAGMA", strlen ("PRAGMA")) != 0;
}

static gboolean
step_all (ImpStore *self, sqlite3_stmt *statement, gint64 *changes, ImpRowFunc func,
          gpointer user_data, GError **error)
{
  ImpRow row = { statement };
  int result = SQLITE_ROW;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    if (func != NULL)
      func (&row, user_data);
  if (result == SQLITE_DONE)
    {
      if (changes != NULL)
        *changes = sqlite3_changes64 (self->database);
      return TRUE;
    }
  self->failed = self->failed || (result & 0xff) != SQLITE_CONSTRAINT;
  imp_database_set_error (error, self->database, result);
  return FALSE;
}

static gboolean
run_locked (ImpStore *self, GError **error, const char *sql, GVariant *parameters, gint64 *changes,
            ImpRowFunc func, gpointer user_data)
{
  sqlite3_stmt *statement = NULL;
  gboolean own = FALSE;
  gboolean done = TRUE;

  if (is_locked (self, error) || is_lost (self, error))
    return FALSE;
  statement = prepare (self, sql, parameters, error);
  if (statement == NULL)
    return FALSE;
  own = needs_transaction (self, statement);
  if (own)
    done = imp_database_execute (self->database, "BEGIN IMMEDIATE", error);
  done = done && step_all (self, statement, changes, func, user_data, error);
  sqlite3_finalize (statement);
  if (!own)
    return done;
  done = done && commit (self, error);
  if (!sqlite3_get_autocommit (self->database))
    sqlite3_exec (self->database, "ROLLBACK", NULL, NULL, NULL);
  return done;
}

static gboolean
run (ImpStore *self, GError **error, const char *sql, GVariant *parameters, gint64 *changes,
     ImpRowFunc func, gpointer user_data)
{
  g_autoptr (GVariant) owned = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  gboolean done = FALSE;

  g_rec_mutex_lock (&self->lock);
  done = run_locked (self, error, sql, owned, changes, func, user_data);
  g_rec_mutex_unlock (&self->lock);
  return done;
}

/**
 * imp_store_run:
 * @self: a store
 * @error: where to put the error
 * @sql: one statement; its rows, if any, are passed over
 * @parameters: (nullable): a tuple, see imp-store.h; consumed where it is floating
 * @changes: (out) (optional): rows inserted, changed or deleted, triggers not counted
 *
 * Runs in this thread's transaction if it has one, else in one of its own.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_READ_ONLY, %IMP_ERROR_USAGE (a rule of the schema
 *   refuses it, or the call is wrong), %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO. After an
 *   error inside a transaction the caller rolls back; after one of the machine it can do no other.
 */
gboolean
imp_store_run (ImpStore *self, GError **error, const char *sql, GVariant *parameters,
               gint64 *changes)
{
  return run (self, error, sql, parameters, changes, NULL, NULL);
}

/**
 * imp_store_query:
 * @self: a store
 * @error: where to put the error
 * @sql: one statement
 * @parameters: (nullable): a tuple, see imp-store.h; consumed where it is floating
 * @func: (scope call): called for each row, with the store's lock held
 * @user_data: for @func
 *
 * Returns: %TRUE when all rows have been given, or %FALSE with the errors of imp_store_run(); rows
 *   given until then are to be thrown away
 */
gboolean
imp_store_query (ImpStore *self, GError **error, const char *sql, GVariant *parameters,
                 ImpRowFunc func, gpointer user_data)
{
  return run (self, error, sql, parameters, NULL, func, user_data);
}

/**
 * imp_store_use_database:
 * @self: a store
 * @func: (scope call): called with the connection and the data key while the store's lock is held
 * @user_data: for @func
 * @error: where to put the error
 *
 * Returns: what @func returned, or %FALSE with %IMP_ERROR_USAGE inside a transaction
 */
gboolean
imp_store_use_database (ImpStore *self, ImpStoreFunc func, gpointer user_data, GError **error)
{
  gboolean done = FALSE;

  g_rec_mutex_lock (&self->lock);
  if (self->in_transaction)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "Not inside of a transaction");
  else if (!is_locked (self, error))
    done = func (self->database, self->secret, user_data, error);
  g_rec_mutex_unlock (&self->lock);
  return done;
}

/* ---- locking ---- */

/**
 * imp_store_lock:
 * @self: a store
 *
 * Closes the file and wipes its key; calls of other threads that are under way end first. From now
 * on every call fails with %IMP_ERROR_LOCKED, until imp_store_unlock().
 *
 * Returns: whether it is locked: %FALSE inside of a transaction of this thread
 */
gboolean
imp_store_lock (ImpStore *self)
{
  gboolean done = FALSE;

  g_rec_mutex_lock (&self->lock);
  if (!self->in_transaction)
    {
      g_clear_pointer (&self->database, imp_database_close);
      g_clear_pointer (&self->outbox, imp_outbox_free);
      g_clear_pointer (&self->secret, imp_secret_free);
      imp_secret_wipe_digest_key (self->digest_key);
      done = TRUE;
    }
  g_rec_mutex_unlock (&self->lock);
  return done;
}

/**
 * imp_store_unlock:
 * @self: a locked store
 * @key: what opens it
 * @error: where to put the error
 *
 * Opens the file again, as imp_store_open() does.
 *
 * Returns: %TRUE, also where it was not locked, or %FALSE with the errors of imp_store_open()
 */
gboolean
imp_store_unlock (ImpStore *self, const ImpKey *key, GError **error)
{
  g_autoptr (ImpStore) fresh = NULL;
  gboolean done = TRUE;

  g_rec_mutex_lock (&self->lock);
  if (self->database == NULL)
    {
      fresh = imp_store_open (self->path, key, error);
      done = fresh != NULL;
    }
  if (fresh != NULL)
    {
      self->database = g_steal_pointer (&fresh->database);
      self->outbox = g_steal_pointer (&fresh->outbox);
      self->secret = g_steal_pointer (&fresh->secret);
      imp_secret_copy_digest_key (self->digest_key, fresh->digest_key);
      g_free (self->read_only_reason);
      self->read_only_reason = g_steal_pointer (&fresh->read_only_reason);
    }
  g_rec_mutex_unlock (&self->lock);
  return done;
}

/**
 * imp_store_is_locked:
 * @self: a store
 *
 * Returns: whether imp_store_lock() was called, and not imp_store_unlock() since
 */
gboolean
imp_store_is_locked (ImpStore *self)
{
  gboolean locked = FALSE;

  g_rec_mutex_lock (&self->lock);
  locked = self->database == NULL;
  g_rec_mutex_unlock (&self->lock);
  return locked;
}
