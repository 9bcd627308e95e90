/* Making, opening, statements, transactions, migrations. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "imp-config.h"
#include "imp-database.h"
#include "imp-error.h"
#include "imp-store-private.h"
#include "store-support.h"

static int
mode_of (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  struct stat status;

  g_assert_cmpint (stat (name, &status), ==, 0);
  return (int)(status.st_mode & 07777);
}

/* ---- the two traps of policy.md 5.1 ---- */

static void
test_cipher_version (void)
{
  g_assert_false (imp_database_cipher_is_recent (NULL));
  g_assert_false (imp_database_cipher_is_recent (""));
  g_assert_false (imp_database_cipher_is_recent ("community"));
  g_assert_false (imp_database_cipher_is_recent ("3.4.1 community"));
  g_assert_false (imp_database_cipher_is_recent ("4.4.3 community"));
  g_assert_true (imp_database_cipher_is_recent ("4.5.0"));
  g_assert_true (imp_database_cipher_is_recent ("4.6.1 community"));
  g_assert_true (imp_database_cipher_is_recent ("4.10.0 community"));
  g_assert_true (imp_database_cipher_is_recent ("5.0.0"));
}

static gboolean
file_contains (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &contents, &length, NULL)
         && memmem (contents, length, text, strlen (text)) != NULL;
}

static void
test_file_is_encrypted (StoreFixture *fixture, gconstpointer data)
{
  static const char PLANTED[] = "EXAMPLE^PLANTED SENTINEL";
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_cmpint (imp_store_is_encrypted (fixture->store), ==, IMP_ENCRYPTED);
  imp_store_run (fixture->store, &error, "INSERT INTO setting (key, value) VALUES ('s', ?)",
                 g_variant_new ("(s)", PLANTED), NULL);
  g_assert_no_error (error);
  g_assert_cmpint (file_contains (log, PLANTED), ==, !IMP_ENCRYPTED);
  store_fixture_close (fixture);
  g_assert_cmpint (file_contains (fixture->path, PLANTED), ==, !IMP_ENCRYPTED);
  g_assert_cmpint (file_contains (fixture->path, "CREATE TABLE"), ==, !IMP_ENCRYPTED);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_file_get_contents (fixture->path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 4096);
  g_assert_cmpint (memcmp (contents, "SQLite format 3", 16) == 0, ==, !IMP_ENCRYPTED);
}

#if IMP_ENCRYPTED
/* What plain SQLite linked in front of SQLCipher would have made. */
static void
test_plain_file_is_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "plain.db", NULL);
  g_autoptr (GError) error = NULL;
  ImpKey key = store_fixture_key (fixture);
  sqlite3 *plain = NULL;

  g_assert_cmpint (sqlite3_open (path, &plain), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (plain,
                                 "PRAGMA application_id = 0x496d7072; PRAGMA user_version = 1;"
                                 "CREATE TABLE meta (key TEXT, value TEXT)",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (plain);
  g_assert_null (imp_store_open (path, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
}

/* The command line tool of SQLCipher is another program that follows the same format. */
static void
test_key_file_is_the_key (StoreFixture *fixture, gconstpointer data)
{
  sqlite3 *raw = NULL;

  store_fixture_close (fixture);
  raw = store_fixture_open_raw (fixture);
  g_assert_cmpint (sqlite3_exec (raw, "SELECT count(*) FROM person", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (raw);
}
#endif

/* ---- files ---- */

static void
test_files_are_private (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "inner", NULL);
  g_autofree char *path = g_build_filename (folder, "register.db", NULL);
  g_autofree char *side = g_strconcat (path, ".key", NULL);
  g_autofree char *journal = g_strconcat (path, ".withdrawals", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = NULL;
  ImpKey key = store_fixture_key (fixture);

  store = imp_store_create (path, &key, &error);
  g_assert_no_error (error);
  imp_store_run (store, &error, "INSERT INTO setting (key, value) VALUES ('a', 'b')", NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (mode_of (folder, ""), ==, 0700);
  g_assert_cmpint (mode_of (path, ""), ==, 0600);
  g_assert_cmpint (mode_of (path, "-wal"), ==, 0600);
  g_assert_cmpint (mode_of (path, "-shm"), ==, 0600);
  g_assert_cmpint (mode_of (path, ".key"), ==, 0600);
  g_assert_cmpint (mode_of (path, ".withdrawals"), ==, 0600);
  g_clear_object (&store);
  g_assert_cmpint (g_unlink (journal), ==, 0);
  g_assert_cmpint (g_unlink (side), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_create_keeps_what_is_there (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ImpKey key = store_fixture_key (fixture);

  store_fixture_close (fixture);
  before = store_fixture_hash (fixture, "");
  g_assert_null (imp_store_create (fixture->path, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  after = store_fixture_hash (fixture, "");
  g_assert_cmpstr (before, ==, after);
}

static void
test_open_absent_and_foreign (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *absent = g_build_filename (fixture->folder, "absent.db", NULL);
  g_autofree char *foreign = g_build_filename (fixture->folder, "foreign.db", NULL);
  ImpKey key = store_fixture_key (fixture);

  g_assert_null (imp_store_open (absent, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (imp_store_open (fixture->folder, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (foreign, "", 0, NULL));
  g_assert_null (imp_store_open (foreign, &key, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (imp_error_exit_status (error), ==, 4);
}

/* ---- statements ---- */

static void
check_round_trip (ImpRow *row, gpointer user_data)
{
  g_autoptr (GBytes) blob = imp_row_blob (row, 4);
  int *n_rows = user_data;

  (*n_rows)++;
  g_assert_cmpstr (imp_row_text (row, 0), ==, "é ☂");
  g_assert_cmpint (imp_row_integer (row, 1), ==, G_MININT64);
  g_assert_cmpint (imp_row_integer (row, 2), ==, 1);
  g_assert_cmpstr (imp_row_text (row, 3), ==, "0.5");
  g_assert_cmpmem (g_bytes_get_data (blob, NULL), g_bytes_get_size (blob), "\0\1\2", 3);
  g_assert_true (imp_row_is_null (row, 5));
  g_assert_null (imp_row_text (row, 5));
  g_assert_null (imp_row_blob (row, 6));
  g_assert_false (imp_row_is_null (row, 7));
  g_assert_cmpint (imp_row_integer (row, 7), ==, 42);
}

static void
test_parameters (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GVariant *bytes = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "\0\1\2", 3, 1);
  int n_rows = 0;

  imp_store_query (fixture->store, &error, "SELECT ?, ?, ?, ?, ?, ?, ?, ?",
                   g_variant_new ("(sxbd@aymsm@aymx)", "é ☂", G_MININT64, TRUE, 0.5, bytes, NULL,
                                  NULL, TRUE, G_GINT64_CONSTANT (42)),
                   check_round_trip, &n_rows);
  g_assert_no_error (error);
  g_assert_cmpint (n_rows, ==, 1);
}

static void
test_wrong_statements (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
      imp_store_run (fixture->store, &error, "SELECT ?", g_variant_new ("(ss)", "a", "b"), NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_store_run (fixture->store, &error, "SELECT ?", NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (
      imp_store_run (fixture->store, &error, "SELECT ?", g_variant_new ("(u)", 1), NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_store_run (fixture->store, &error, "SELECT 1; SELECT 2", NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_store_run (fixture->store, &error, "SELEKT", NULL, NULL));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (imp_store_run (fixture->store, &error,
                                 "INSERT INTO person (id, created, objects) VALUES ('a', 'b', 7)",
                                 NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_settings_of_connection (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *journal = store_fixture_text (fixture->store, "PRAGMA journal_mode");

  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA temp_store"), ==, 2);
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA recursive_triggers"), ==, 1);
  g_assert_cmpstr (journal, ==, "wal");
}

/* ---- transactions ---- */

static void
add_setting (ImpStore *store, const char *key)
{
  g_autoptr (GError) error = NULL;
  gint64 changes = 0;

  imp_store_run (store, &error, "INSERT INTO setting (key, value) VALUES (?, 'x')",
                 g_variant_new ("(s)", key), &changes);
  g_assert_no_error (error);
  g_assert_cmpint (changes, ==, 1);
}

static void
test_transactions (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ImpStore *store = fixture->store;

  g_assert_false (imp_store_is_in_transaction (store));
  g_assert_true (imp_store_begin (store, &error));
  g_assert_true (imp_store_is_in_transaction (store));
  add_setting (store, "undone");
  g_assert_false (imp_store_begin (store, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  imp_store_rollback (store);
  g_assert_false (imp_store_is_in_transaction (store));
  g_assert_true (imp_store_begin (store, &error));
  add_setting (store, "kept");
  g_assert_true (imp_store_commit (store, &error));
  g_assert_false (imp_store_commit (store, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  imp_store_rollback (store);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM setting"), ==, 1);
}

static gpointer
count_in_thread (gpointer data)
{
  ImpStore *store = data;

  g_assert_false (imp_store_is_in_transaction (store));
  return GINT_TO_POINTER ((int)store_fixture_integer (store, "SELECT count(*) FROM setting"));
}

/* Another thread sees all of a transaction or nothing, and does not join it. */
static void
test_threads_wait (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GThread *thread = NULL;

  g_assert_true (imp_store_begin (fixture->store, &error));
  add_setting (fixture->store, "one");
  thread = g_thread_new ("reader", count_in_thread, fixture->store);
  g_usleep (50000);
  add_setting (fixture->store, "two");
  g_assert_true (imp_store_commit (fixture->store, &error));
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (thread)), ==, 2);
}

static gpointer
write_in_thread (gpointer data)
{
  ImpStore *store = data;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 50; i++)
    {
      g_assert_true (imp_store_begin (store, &error));
      imp_store_run (store, &error,
                     "UPDATE setting SET value = CAST (value AS INTEGER) + 1 WHERE key = 'n'", NULL,
                     NULL);
      g_assert_no_error (error);
      g_assert_true (imp_store_commit (store, &error));
    }
  return NULL;
}

/* Two connections (as two programs have them) and two threads on each lose no write. */
static void
test_two_connections (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) second = NULL;
  ImpKey key = store_fixture_key (fixture);
  GThread *threads[4];

  second = imp_store_open (fixture->path, &key, &error);
  g_assert_no_error (error);
  g_assert_null (imp_store_get_read_only_reason (second));
  imp_store_run (second, &error, "INSERT INTO setting (key, value) VALUES ('n', '0')", NULL, NULL);
  g_assert_no_error (error);
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("writer", write_in_thread, i % 2 ? second : fixture->store);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (
      store_fixture_integer (fixture->store, "SELECT value FROM setting WHERE key = 'n'"), ==, 200);
}

/* ---- migrations ---- */

static void
test_newer_is_read_only (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *reason = NULL;

  add_setting (fixture->store, "kept");
  store_fixture_close (fixture);
  store_fixture_run_raw (fixture, "PRAGMA user_version = 999");
  before = store_fixture_hash (fixture, "");
  store_fixture_open (fixture);
  reason = imp_store_get_read_only_reason (fixture->store);
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, "newer version"));
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM setting"), ==, 1);
  g_assert_false (imp_store_begin (fixture->store, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY);
  g_assert_cmpstr (error->message, ==, reason);
  g_clear_error (&error);
  g_assert_false (imp_store_run (fixture->store, &error, "DELETE FROM setting", NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY);
  store_fixture_close (fixture);
  after = store_fixture_hash (fixture, "");
  g_assert_cmpstr (before, ==, after);
}

static int
newest (void)
{
  return imp_migrations_get_newest (imp_migrations_get ());
}

static const ImpMigration *
with_one_more (const char *sql)
{
  static ImpMigration migrations[64];

  for (int i = 0; i < newest (); i++)
    migrations[i] = imp_migrations_get ()[i];
  migrations[newest ()] = (ImpMigration){ newest () + 1, sql };
  migrations[newest () + 1] = (ImpMigration){ 0, NULL };
  return migrations;
}

static void
test_failed_migration (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *reason = NULL;
  ImpKey key = store_fixture_key (fixture);

  add_setting (fixture->store, "kept");
  store_fixture_close (fixture);
  before = store_fixture_hash (fixture, "");
  fixture->store = imp_store_open_with (
      fixture->path, &key,
      with_one_more ("CREATE TABLE extra (x); INSERT INTO setting (key, value) VALUES ('new', 'x');"
                     "INSERT INTO no_such_table VALUES (1)"),
      &error);
  g_assert_no_error (error);
  reason = imp_store_get_read_only_reason (fixture->store);
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, "could not be brought up to date"));
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM setting"), ==, 1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA user_version"), ==, newest ());
  g_assert_false (imp_store_begin (fixture->store, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY);
  store_fixture_close (fixture);
  after = store_fixture_hash (fixture, "");
  g_assert_cmpstr (before, ==, after);
  store_fixture_open (fixture);
  g_assert_null (imp_store_get_read_only_reason (fixture->store));
}

static void
test_migration (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ImpKey key = store_fixture_key (fixture);

  add_setting (fixture->store, "kept");
  store_fixture_close (fixture);
  fixture->store = imp_store_open_with (
      fixture->path, &key, with_one_more ("ALTER TABLE setting ADD COLUMN extra TEXT"), &error);
  g_assert_no_error (error);
  g_assert_null (imp_store_get_read_only_reason (fixture->store));
  g_assert_cmpint (store_fixture_integer (fixture->store, "PRAGMA user_version"), ==,
                   newest () + 1);
  g_assert_cmpint (
      store_fixture_integer (fixture->store, "SELECT count(*) FROM setting WHERE extra IS NULL"),
      ==, 1);
}

/* Damage is told once, by us: nothing comes out on the terminal. */
static void
test_damaged_page (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;
  ImpKey key = store_fixture_key (fixture);
  int page = GPOINTER_TO_INT (data);

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      g_test_trap_assert_stderr ("");
      return;
    }
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  memset (contents + (page - 1) * 4096 + 100, 0x5a, 200);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize)length, NULL));
  fixture->store = imp_store_open (fixture->path, &key, &error);
  g_assert_null (fixture->store);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/security/5-1/version", test_cipher_version);
  store_fixture_add ("/security/5-1/file-is-encrypted", test_file_is_encrypted);
#if IMP_ENCRYPTED
  store_fixture_add ("/security/5-1/plain-file-is-refused", test_plain_file_is_refused);
  store_fixture_add ("/security/5-1/key-file-is-the-key", test_key_file_is_the_key);
#endif
  store_fixture_add ("/store/files/private", test_files_are_private);
  store_fixture_add ("/store/files/create-keeps-what-is-there", test_create_keeps_what_is_there);
  store_fixture_add ("/store/files/absent-and-foreign", test_open_absent_and_foreign);
  store_fixture_add ("/store/statements/parameters", test_parameters);
  store_fixture_add ("/store/statements/wrong", test_wrong_statements);
  store_fixture_add ("/store/statements/settings", test_settings_of_connection);
  store_fixture_add ("/store/transactions/one-thread", test_transactions);
  store_fixture_add ("/store/transactions/threads-wait", test_threads_wait);
  store_fixture_add ("/store/transactions/two-connections", test_two_connections);
  store_fixture_add ("/store/migrations/newer-is-read-only", test_newer_is_read_only);
  store_fixture_add ("/store/migrations/failed", test_failed_migration);
  store_fixture_add ("/store/migrations/done", test_migration);
  g_test_add ("/store/damaged-page/1", StoreFixture, GINT_TO_POINTER (1), store_fixture_set_up,
              test_damaged_page, store_fixture_tear_down);
#if IMP_ENCRYPTED /* every byte is authenticated */
  g_test_add ("/store/damaged-page/2", StoreFixture, GINT_TO_POINTER (2), store_fixture_set_up,
              test_damaged_page, store_fixture_tear_down);
#endif
  return g_test_run ();
}
