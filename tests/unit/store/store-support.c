#include "store-support.h"

#include <glib/gstdio.h>
#include <string.h>

#include "imp-config.h"
#include "imp-database.h"

void
store_fixture_close (StoreFixture *fixture)
{
  if (fixture->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

ImpKey
store_fixture_key (StoreFixture *fixture)
{
  return (ImpKey){ IMP_KEY_FILE, NULL, fixture->key_file };
}

void
store_fixture_open (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ImpKey key = store_fixture_key (fixture);

  fixture->store = imp_store_open (fixture->path, &key, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->store);
}

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ImpKey key = { 0 };

  fixture->folder = g_dir_make_tmp ("imprimatur-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "register.db", NULL);
  fixture->key_file = g_build_filename (fixture->folder, "key", NULL);
  g_file_set_contents_full (fixture->key_file, STORE_FIXTURE_KEY, -1, G_FILE_SET_CONTENTS_NONE,
                            0600, &error);
  g_assert_no_error (error);
  key = store_fixture_key (fixture);
  fixture->store = imp_store_create (fixture->path, &key, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->store);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  store_fixture_close (fixture);
  g_chmod (fixture->folder, 0700);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->key_file);
}

/* A connection as anybody would make it who has the key file and the library's manual, and whom
 * the triggers let write. */
sqlite3 *
store_fixture_open_raw (StoreFixture *fixture)
{
  sqlite3 *database = NULL;
  g_autofree char *pragma = g_strdup_printf ("PRAGMA key = \"x'%s'\"", STORE_FIXTURE_KEY);

  g_assert_cmpint (sqlite3_open (fixture->path, &database), ==, SQLITE_OK);
  if (IMP_ENCRYPTED)
    g_assert_cmpint (sqlite3_exec (database, pragma, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (imp_database_add_functions (database, NULL));
  return database;
}

void
store_fixture_run_raw (StoreFixture *fixture, const char *sql)
{
  sqlite3 *database = store_fixture_open_raw (fixture);
  char *message = NULL;

  sqlite3_exec (database, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

/* The SHA-256 of the register's file, or of the one beside it with @suffix. */
char *
store_fixture_hash (StoreFixture *fixture, const char *suffix)
{
  g_autofree char *path = g_strconcat (fixture->path, suffix, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)contents, length);
}

static void
take_text (ImpRow *row, gpointer user_data)
{
  char **text = user_data;

  g_assert_null (*text);
  *text = g_strdup (imp_row_text (row, 0));
}

/* What a statement of one row and one column gives. */
char *
store_fixture_text (ImpStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  imp_store_query (store, &error, sql, NULL, take_text, &text);
  g_assert_no_error (error);
  return text;
}

gint64
store_fixture_integer (ImpStore *store, const char *sql)
{
  g_autofree char *text = store_fixture_text (store, sql);

  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}
