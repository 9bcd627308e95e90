#include "imp-database.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "imp-config.h"
#include "imp-error.h"
#include "imp-fold.h"
#include "imp-sound.h"

#define BUSY_TIMEOUT_MS 10000

static const char PLAIN_HEADER[16] = "SQLite format 3";

/* Deleted text is overwritten, nothing temporary goes to disk, and a file that someone has
 * tampered with cannot make the library do more than read rows. */
static const char SETTINGS[] =
    "PRAGMA secure_delete = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA recursive_triggers = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA cache_size = -65536;" /* KiB: the inner pages of 1,000,000 rows, and leaves: to decrypt
                                     takes longer than to read */
    "PRAGMA synchronous = FULL;";

/**
 * imp_database_cipher_is_recent:
 * @cipher_version: (nullable): what `PRAGMA cipher_version` says, "4.6.1 community"
 *
 * Returns: whether it is SQLCipher 4.5 or later; %FALSE for %NULL, which is what a library
 *   without encryption says (policy.md 5.1)
 */
gboolean
imp_database_cipher_is_recent (const char *cipher_version)
{
  int major = 0;
  int minor = 0;

  if (cipher_version == NULL || sscanf (cipher_version, "%d.%d", &major, &minor) != 2)
    return FALSE;
  return major > 4 || (major == 4 && minor >= 5);
}

/* Read through the connection itself: to open and close the file a second time would give up
 * every lock that this program has on it. */
static int
read_header (sqlite3 *database, char *header, gsize length)
{
  sqlite3_file *file = NULL;

  memset (header, 0, length);
  if (sqlite3_file_control (database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK
      || file == NULL || file->pMethods == NULL)
    return SQLITE_CANTOPEN;
  return file->pMethods->xRead (file, header, (int)length, 0);
}

/**
 * imp_database_check_header:
 * @database: a connection
 * @error: where to put the error
 *
 * Trap (a) of policy.md 5.1 from its other side: looks at the bytes on disk, which must begin as
 * an unencrypted database in the build that does not encrypt, and must not in the one that does.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED (empty, or not encrypted),
 *   %IMP_ERROR_LOCKED (encrypted, and this build cannot decrypt) or %IMP_ERROR_IO
 */
gboolean
imp_database_check_header (sqlite3 *database, GError **error)
{
  char header[sizeof PLAIN_HEADER];
  int result = read_header (database, header, sizeof header);

  if (result == SQLITE_IOERR_SHORT_READ)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("This file is empty, not a register: choose another file"));
  else if (result != SQLITE_OK)
    imp_database_set_error (error, NULL, result);
  else if ((memcmp (header, PLAIN_HEADER, sizeof header) == 0) == !IMP_ENCRYPTED)
    return TRUE;
  else if (IMP_ENCRYPTED)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("This file is a database without encryption, not a register: choose "
                            "another file"));
  else
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("This program was built without encryption, and this file is encrypted "
                            "or no register: open it with a build that encrypts"));
  return FALSE;
}

/**
 * imp_database_set_error:
 * @error: (nullable): where to put the error
 * @database: (nullable): the connection that failed
 * @result: its result code
 *
 * Says in our words why a call failed and what to do. The library's own text is added where it
 * names a rule or a cause; it never holds a value.
 */
void
imp_database_set_error (GError **error, sqlite3 *database, int result)
{
  const char *cause = database != NULL ? sqlite3_errmsg (database) : sqlite3_errstr (result);

  switch (result & 0xff)
    {
    case SQLITE_FULL:
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO,
                           _ ("The disk is full, so nothing was saved: make room and try again"));
      break;
    case SQLITE_READONLY:
      g_set_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY, _ ("The register cannot be written: %s"),
                   cause);
      break;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      g_set_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                   _ ("The register is damaged (%s): restore it from a backup"), cause);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO,
                           _ ("Another program has been using the register for too long, so "
                              "nothing was saved: try again"));
      break;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("The register refuses this: %s"), cause);
      break;
    default:
      g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                   _ ("The register could not be read or written (%s): nothing was saved; see "
                      "that its disk is there and has room, and try again"),
                   cause);
    }
}

/**
 * imp_database_execute:
 * @database: a connection
 * @sql: statements that give no rows
 * @error: where to put the error
 *
 * Returns: %TRUE when all of @sql has run, else %FALSE with the error of
 *   imp_database_set_error()
 */
gboolean
imp_database_execute (sqlite3 *database, const char *sql, GError **error)
{
  int result = sqlite3_exec (database, sql, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    imp_database_set_error (error, database, result);
  return result == SQLITE_OK;
}

/**
 * imp_database_get_integer:
 * @database: a connection
 * @sql: a statement that gives one row of one number
 * @value: (out): the number
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with the error of imp_database_set_error()
 */
gboolean
imp_database_get_integer (sqlite3 *database, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  else
    imp_database_set_error (error, database, result);
  sqlite3_finalize (statement);
  return result == SQLITE_ROW;
}

#if IMP_ENCRYPTED
/* Trap (a): where plain SQLite was linked first, PRAGMA key does nothing and says nothing; so the
 * library has to name its cipher before it is given anything. Trap (b): too old a cipher. */
static gboolean
check_cipher (sqlite3 *database, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database, "PRAGMA cipher_version", -1, &statement, NULL);
  g_autofree char *version = NULL;

  if (result == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    version = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  if (version == NULL || *version == '\0')
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                           _ ("The register stays closed, as the database library of this computer "
                              "does not encrypt: install SQLCipher 4.5 or later"));
      return FALSE;
    }
  if (!imp_database_cipher_is_recent (version))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   _ ("The register stays closed, as SQLCipher %s is too old: install SQLCipher "
                      "4.5 or later"),
                   version);
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_key (sqlite3 *database, const ImpSecret *secret, GError **error)
{
  char *sql = imp_secret_to_text (secret, "PRAGMA key = \"x'", "'\"");
  gboolean done = imp_database_execute (database, sql, error);

  imp_secret_free_text (sql);
  return done;
}
#endif

/* Of history: who is signed in on this connection. */
static void
give_actor (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *user_id = sqlite3_user_data (context);

  if (user_id != NULL)
    sqlite3_result_text (context, user_id, -1, SQLITE_TRANSIENT);
  else
    sqlite3_result_null (context);
}

/* Of triggers that compare names: the rule of policy. */
static void
fold_name (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  g_autofree char *folded = imp_fold_name ((const char *)sqlite3_value_text (values[0]));

  sqlite3_result_text (context, folded, -1, SQLITE_TRANSIENT);
}

/* Of the index of names: what its words sound like. */
static void
give_sound (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *word = (const char *)sqlite3_value_text (values[0]);

  if (word == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, imp_sound_of (word), -1, g_free);
}

/**
 * imp_database_add_functions:
 * @database: a connection
 * @error: where to put the error
 *
 * Adds what the triggers of the schema ask for: `imp_fold ()`, `imp_sound ()`, and `imp_actor ()`,
 * who is nobody.
 *
 * Returns: %TRUE, or %FALSE with the error of imp_database_set_error()
 */
gboolean
imp_database_add_functions (sqlite3 *database, GError **error)
{
  const int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC;
  int result =
      sqlite3_create_function (database, "imp_fold", 1, flags, NULL, fold_name, NULL, NULL);

  if (result == SQLITE_OK)
    result =
        sqlite3_create_function (database, "imp_sound", 1, flags, NULL, give_sound, NULL, NULL);
  if (result != SQLITE_OK)
    imp_database_set_error (error, database, result);
  return result == SQLITE_OK && imp_database_set_actor (database, NULL, error);
}

/**
 * imp_database_set_actor:
 * @database: a connection
 * @user_id: (nullable): who is signed in on it, or %NULL for nobody
 * @error: where to put the error
 *
 * Makes `imp_actor ()` give @user_id, in triggers too. Not while a statement runs.
 *
 * Returns: %TRUE, or %FALSE with the error of imp_database_set_error()
 */
gboolean
imp_database_set_actor (sqlite3 *database, const char *user_id, GError **error)
{
  int result = sqlite3_create_function_v2 (database, "imp_actor", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                           g_strdup (user_id), give_actor, NULL, NULL, g_free);

  if (result != SQLITE_OK)
    imp_database_set_error (error, database, result);
  return result == SQLITE_OK;
}

/* An immutable file has to be named by a URI, whose special characters are escaped. */
static char *
make_name (const char *path, ImpDatabaseMode mode)
{
  g_autofree char *escaped = NULL;

  if (mode != IMP_DATABASE_READ_IMMUTABLE)
    return g_canonicalize_filename (path, NULL);
  escaped = g_uri_escape_string (path, "/", FALSE);
  return g_strconcat ("file:", escaped, "?immutable=1", NULL);
}

static gboolean
set_up (sqlite3 *database, const ImpSecret *secret, ImpDatabaseMode mode, GError **error)
{
  int result = SQLITE_OK;

  sqlite3_extended_result_codes (database, 1);
  sqlite3_busy_timeout (database, BUSY_TIMEOUT_MS);
  sqlite3_db_config (database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  if (!imp_database_add_functions (database, error))
    return FALSE;
  if (mode != IMP_DATABASE_WRITE)
    sqlite3_db_config (database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
#if IMP_ENCRYPTED
  /* What fails is told to the user in our words: the library would also write to the terminal,
   * and listens to this only once it has a key. */
  if (!check_cipher (database, error) || !set_key (database, secret, error)
      || !imp_database_execute (database, "PRAGMA cipher_log_level = NONE", error))
    return FALSE;
#endif
  result = sqlite3_exec (database, SETTINGS, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_exec (database, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  if ((result & 0xff) == SQLITE_NOTADB)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_WRONG_KEY,
                         _ ("This key does not open the register, or its file is damaged: give the "
                            "key it was made with, or restore a backup"));
  else if (result != SQLITE_OK)
    imp_database_set_error (error, database, result);
  return result == SQLITE_OK
         && (mode != IMP_DATABASE_WRITE
             || imp_database_execute (database, "PRAGMA journal_mode = WAL", error));
}

/**
 * imp_database_open:
 * @path: the file, which exists; it may be empty in mode %IMP_DATABASE_WRITE
 * @secret: the data key
 * @mode: what for
 * @error: where to put the error
 *
 * Opens a connection and reads the first page, which shows whether the key fits. In the reading
 * modes nothing in the file or beside it is changed, on closing neither.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with %IMP_ERROR_LOCKED (this
 *   computer's library cannot decrypt), %IMP_ERROR_WRONG_KEY (or its first page is damaged: the two
 *   look the same) or the error of imp_database_set_error()
 */
sqlite3 *
imp_database_open (const char *path, const ImpSecret *secret, ImpDatabaseMode mode, GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  g_autofree char *name = make_name (path, mode);
  int flags = SQLITE_OPEN_FULLMUTEX;
  int result = SQLITE_OK;

  flags |= mode == IMP_DATABASE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (mode == IMP_DATABASE_READ_IMMUTABLE)
    flags |= SQLITE_OPEN_URI;
  result = sqlite3_open_v2 (name, &database, flags, NULL);
  if (result != SQLITE_OK)
    {
      imp_database_set_error (error, database, result);
      return NULL;
    }
  /* A file opened for writing is a new one, or was opened for reading before. */
  if ((mode != IMP_DATABASE_WRITE && !imp_database_check_header (database, error))
      || !set_up (database, secret, mode, error))
    return NULL;
  return g_steal_pointer (&database);
}

/**
 * imp_database_close:
 * @database: (transfer full) (nullable): a connection without open statements
 *
 * Closes it. A writing connection first empties the write-ahead log, so that nothing deleted
 * stays behind in it.
 */
void
imp_database_close (sqlite3 *database)
{
  if (database == NULL)
    return;
  if (sqlite3_db_readonly (database, "main") == 0)
    sqlite3_wal_checkpoint_v2 (database, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_close (database);
}
