/* A full disk, folders that may not be written, what deletion leaves behind. */
#include <glib/gstdio.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-config.h"
#include "imp-error.h"
#include "store-pages.h"
#include "store-support.h"

#define NOBODY 65534

static gboolean
add_setting (ImpStore *store, const char *key, gsize length, GError **error)
{
  g_autofree char *value = g_strnfill (length, 'x');

  return imp_store_run (store, error, "INSERT INTO setting (key, value) VALUES (?, ?)",
                        g_variant_new ("(ss)", key, value), NULL);
}

/* ---- full disk ---- */

/* Writes until the limit on the size of a file is met, as on a full disk. */
static int
fill (ImpStore *store, GError **error)
{
  for (int i = 0;; i++)
    {
      g_autofree char *key = g_strdup_printf ("filler-%d", i);

      g_assert_cmpint (i, <, 10000);
      if (!add_setting (store, key, 3000, error))
        return i;
    }
}

static void
test_disk_full (StoreFixture *fixture, gconstpointer data)
{
  struct rlimit limit;
  g_autoptr (GError) error = NULL;
  int n_acknowledged = 0;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = 600 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  n_acknowledged = fill (fixture->store, &error);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "nothing was saved"));
  g_assert_cmpint (n_acknowledged, >, 10);
  g_clear_error (&error);
  store_fixture_close (fixture);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  store_fixture_open (fixture);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM setting"), ==,
                   n_acknowledged);
  g_assert_true (add_setting (fixture->store, "after", 3000, &error));
}

/* The library may have undone the transaction by itself: the rest of it is not saved alone. */
static void
test_full_inside_transaction (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ImpStore *store = fixture->store;

  g_assert_true (imp_store_run (store, &error, "PRAGMA max_page_count = 100", NULL, NULL));
  g_assert_true (imp_store_begin (store, &error));
  g_assert_true (add_setting (store, "first", 10, &error));
  g_assert_false (add_setting (store, "too-long", 1000000, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "full"));
  g_clear_error (&error);
  g_assert_false (add_setting (store, "last", 10, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (imp_store_commit (store, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (imp_store_is_in_transaction (store));
  g_assert_cmpint (store_fixture_integer (store, "SELECT count(*) FROM setting"), ==, 0);
  g_assert_true (imp_store_begin (store, &error));
  g_assert_true (add_setting (store, "again", 10, &error));
  g_assert_true (imp_store_commit (store, &error));
}

/* ---- not to be written ---- */

/* Root may write anywhere: it hands its files to nobody and becomes nobody. */
static void
become_nobody (StoreFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  if (geteuid () != 0)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (chown (path, NOBODY, NOBODY), ==, 0);
    }
  g_assert_cmpint (chown (fixture->folder, NOBODY, NOBODY), ==, 0);
  g_assert_cmpint (setgroups (0, NULL), ==, 0);
  g_assert_cmpint (setgid (NOBODY), ==, 0);
  g_assert_cmpint (setuid (NOBODY), ==, 0);
}

static void
check_reads_only (StoreFixture *fixture, const char *words)
{
  g_autoptr (GError) error = NULL;
  const char *reason = NULL;

  store_fixture_open (fixture);
  reason = imp_store_get_read_only_reason (fixture->store);
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, words));
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM setting"), ==, 1);
  g_assert_false (add_setting (fixture->store, "no", 1, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY);
  g_assert_cmpstr (error->message, ==, reason);
  store_fixture_close (fixture);
}

static void
test_read_only_folder (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *second = g_build_filename (fixture->folder, "second.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ImpKey key = store_fixture_key (fixture);

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_true (add_setting (fixture->store, "kept", 10, &error));
  store_fixture_close (fixture);
  become_nobody (fixture);
  before = store_fixture_hash (fixture, "");
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  check_reads_only (fixture, "folder");
  g_assert_null (imp_store_create (second, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  check_reads_only (fixture, "file");
  after = store_fixture_hash (fixture, "");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
  store_fixture_open (fixture);
  g_assert_null (imp_store_get_read_only_reason (fixture->store));
}

/* What is only in the log must not be left out silently. */
static void
test_read_only_folder_with_log (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *log_index = g_strconcat (fixture->path, "-shm", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  ImpKey key = store_fixture_key (fixture);
  gsize length = 0;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_true (add_setting (fixture->store, "in the log", 10, &error));
  g_assert_true (g_file_get_contents (log, &contents, &length, NULL));
  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (log, contents, (gssize)length, NULL));
  become_nobody (fixture);
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  g_assert_null (imp_store_open (fixture->path, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, "not closed properly"));
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  store_fixture_open (fixture);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM setting"), ==, 1);
}

/* A log that lost its end with the power: what it still holds whole is there. */
static void
test_truncated_log (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  gsize early_length = 0;
  gsize late_length = 0;
  gsize file_length = 0;

  g_assert_true (add_setting (fixture->store, "one", 10, &error));
  g_assert_true (g_file_get_contents (log, &early, &early_length, NULL));
  g_assert_true (add_setting (fixture->store, "two", 10, &error));
  g_assert_true (g_file_get_contents (log, &late, &late_length, NULL));
  g_assert_true (g_file_get_contents (fixture->path, &file, &file_length, NULL));
  g_assert_cmpuint (late_length, >, early_length);
  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (fixture->path, file, (gssize)file_length, NULL));
  g_assert_true (g_file_set_contents (log, late, (gssize)(early_length + 1000), NULL));
  store_fixture_open (fixture);
  g_assert_cmpint (
      store_fixture_integer (fixture->store, "SELECT count(*) FROM setting WHERE key = 'one'"), ==,
      1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM setting"), ==, 1);
}

/* ---- leaks.md row 25 ---- */

static const char SENTINEL[] = "EXAMPLE^SENTINEL OF ROW 25 THAT NOBODY ELSE WRITES";

static void
write_sentinel (ImpStore *store)
{
  g_autoptr (GError) error = NULL;

  imp_store_run (store, &error, "INSERT INTO setting (key, value) VALUES ('s', ?)",
                 g_variant_new ("(s)", SENTINEL), NULL);
  g_assert_no_error (error);
  imp_store_run (store, &error, "PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL);
  g_assert_no_error (error);
}

static void
test_deleted_is_gone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_sentinel (fixture->store);
  g_assert_true (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINEL));
  /* The history of settings holds their values, so it goes too: as an erasure would do it. */
  imp_store_run (fixture->store, &error, "DELETE FROM setting", NULL, NULL);
  g_assert_no_error (error);
  store_fixture_close (fixture);
  store_fixture_run_raw (fixture, "PRAGMA secure_delete = ON; DROP TRIGGER event_not_deleted;"
                                  "DELETE FROM event; PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_false (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINEL));
}

/* The test above can fail: without secure_delete the words stay. */
static void
test_deleted_stays_without_setting (StoreFixture *fixture, gconstpointer data)
{
  write_sentinel (fixture->store);
  store_fixture_close (fixture);
  store_fixture_run_raw (fixture, "PRAGMA secure_delete = OFF; DROP TRIGGER event_not_deleted;"
                                  "DELETE FROM setting; DELETE FROM event;"
                                  "PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_true (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINEL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/store/faults/disk-full", test_disk_full);
  store_fixture_add ("/store/faults/full-inside-transaction", test_full_inside_transaction);
  store_fixture_add ("/store/faults/read-only-folder", test_read_only_folder);
  store_fixture_add ("/store/faults/read-only-folder-with-log", test_read_only_folder_with_log);
  store_fixture_add ("/store/faults/truncated-log", test_truncated_log);
  store_fixture_add ("/leaks/row-25/deleted-is-gone", test_deleted_is_gone);
  store_fixture_add ("/leaks/row-25/control", test_deleted_stays_without_setting);
  return g_test_run ();
}
