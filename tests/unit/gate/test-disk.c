/* The only writer of export files: never replaces, never leaves anything behind. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate-disk.h"
#include "imp-error.h"
#include "imp-id.h"

typedef struct
{
  char *folder;
  GFile *target;
  GBytes *bytes;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("imprimatur-disk-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  path = g_build_filename (fixture->folder, "img-1.png", NULL);
  fixture->target = g_file_new_for_path (path);
  fixture->bytes = g_bytes_new_static ("sixteen bytes...", 16);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_object_unref (fixture->target);
  g_bytes_unref (fixture->bytes);
}

static void
write_target (Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->target), text, -1, NULL));
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDiskFile) file =
      imp_disk_begin (fixture->target, "e1", fixture->bytes, NULL, &error);
  g_autofree char *text = NULL;
  struct stat info;

  g_assert_no_error (error);
  g_assert_false (g_file_query_exists (fixture->target, NULL));
  g_assert_true (imp_disk_verify (file, fixture->bytes, NULL, &error));
  g_assert_true (imp_disk_commit (file, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (g_file_peek_path (fixture->target), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (info.st_nlink, ==, 1);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->target), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "sixteen bytes...");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  ImpDiskFile *file = imp_disk_begin (fixture->target, "e1", fixture->bytes, NULL, NULL);

  g_assert_nonnull (file);
  imp_disk_file_free (file);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_other_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) shorter = NULL;
  g_autoptr (GError) longer = NULL;
  g_autoptr (GBytes) changed = g_bytes_new_static ("sixteen bytes..!", 16);
  g_autoptr (GBytes) cut = g_bytes_new_static ("sixteen bytes..", 15);
  g_autoptr (GBytes) more = g_bytes_new_static ("sixteen bytes....", 17);
  g_autoptr (ImpDiskFile) file = imp_disk_begin (fixture->target, "e1", fixture->bytes, NULL, NULL);

  g_assert_false (imp_disk_verify (file, changed, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FLAT);
  g_assert_false (imp_disk_verify (file, cut, NULL, &shorter));
  g_assert_error (shorter, IMP_ERROR, IMP_ERROR_NOT_FLAT);
  g_assert_false (imp_disk_verify (file, more, NULL, &longer));
  g_assert_error (longer, IMP_ERROR, IMP_ERROR_NOT_FLAT);
}

static void
test_exists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  write_target (fixture, "mine");
  g_assert_false (imp_disk_check_target (fixture->target, FALSE, 0, 0, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->target), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

/* Somebody makes the target between check and rename: it is not replaced. */
static void
test_race (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDiskFile) file = NULL;
  g_autofree char *text = NULL;

  g_assert_true (imp_disk_check_target (fixture->target, FALSE, 0, 0, &error));
  file = imp_disk_begin (fixture->target, "e1", fixture->bytes, NULL, NULL);
  write_target (fixture, "theirs");
  g_assert_false (imp_disk_commit (file, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->target), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "theirs");
  g_clear_pointer (&file, imp_disk_file_free);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_dangling_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) late = NULL;
  g_autoptr (ImpDiskFile) file = imp_disk_begin (fixture->target, "e1", fixture->bytes, NULL, NULL);

  g_assert_cmpint (symlink ("elsewhere", g_file_peek_path (fixture->target)), ==, 0);
  g_assert_false (imp_disk_check_target (fixture->target, FALSE, 0, 0, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_assert_false (imp_disk_commit (file, &late));
  g_assert_error (late, IMP_ERROR, IMP_ERROR_TARGET);
  g_clear_pointer (&file, imp_disk_file_free);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_source_by_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_build_filename (fixture->folder, "source.jpg", NULL);
  struct stat info;

  g_assert_true (g_file_set_contents (source, "original", -1, NULL));
  g_assert_cmpint (stat (source, &info), ==, 0);
  for (int symbolic = 0; symbolic < 2; symbolic++)
    {
      g_autoptr (GError) error = NULL;

      g_unlink (g_file_peek_path (fixture->target));
      g_assert_cmpint (symbolic ? symlink (source, g_file_peek_path (fixture->target))
                                : link (source, g_file_peek_path (fixture->target)),
                       ==, 0);
      g_assert_false (
          imp_disk_check_target (fixture->target, TRUE, info.st_dev, info.st_ino, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
      g_assert_nonnull (strstr (error->message, "original"));
    }
}

static void
test_take_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpDiskFile) file = imp_disk_begin (fixture->target, "e1", fixture->bytes, NULL, NULL);
  g_autoptr (ImpDiskFile) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_disk_commit (file, NULL));
  g_assert_true (imp_disk_take_back (file, NULL));
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);

  /* Another's file under the same name is not touched. */
  second = imp_disk_begin (fixture->target, "e2", fixture->bytes, NULL, NULL);
  g_assert_true (imp_disk_commit (second, NULL));
  g_unlink (g_file_peek_path (fixture->target));
  write_target (fixture, "theirs");
  g_assert_false (imp_disk_take_back (second, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_assert_true (g_file_query_exists (fixture->target, NULL));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (imp_disk_begin (fixture->target, "e1", fixture->bytes, cancellable, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* Runs in a child: the exit status is the error's code, 99 for none. */
static int
begin_status (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDiskFile) file = NULL;

  if (!imp_disk_check_target (fixture->target, FALSE, 0, 0, &error))
    return error->code;
  file = imp_disk_begin (fixture->target, "e1", fixture->bytes, NULL, &error);
  return file == NULL ? error->code : 99;
}

static int
wait_for (pid_t child)
{
  int status = 0;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  pid_t child = fork ();

  if (child == 0)
    {
      const struct rlimit little = { 8, 8 };

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &little);
      _exit (begin_status (fixture));
    }
  g_assert_cmpint (wait_for (child), ==, IMP_ERROR_IO);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  pid_t child = 0;

  g_assert_cmpint (chmod (fixture->folder, 0555), ==, 0);
  child = fork ();
  if (child == 0)
    {
      /* As root everything is writable, and the test would pass for the wrong reason. */
      if (getuid () == 0 && setuid (65534) != 0)
        _exit (98);
      _exit (begin_status (fixture));
    }
  g_assert_cmpint (wait_for (child), ==, IMP_ERROR_TARGET);
  g_assert_cmpint (chmod (fixture->folder, 0700), ==, 0);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "img.png", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://example.invalid/img.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) far = NULL;

  g_assert_false (imp_disk_check_target (target, FALSE, 0, 0, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_assert_false (imp_disk_check_target (remote, FALSE, 0, 0, &far));
  g_assert_error (far, IMP_ERROR, IMP_ERROR_TARGET);
}

/* Settling waits for no release: it is refused the lock while one is under way. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "register.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDiskLock) first = imp_disk_lock (path, FALSE, &error);
  g_autoptr (ImpDiskLock) second = imp_disk_lock (path, FALSE, &error);
  g_autoptr (ImpDiskLock) settling = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_null (imp_disk_lock (path, TRUE, &error));
  g_assert_no_error (error);
  g_clear_pointer (&first, imp_disk_lock_free);
  g_clear_pointer (&second, imp_disk_lock_free);
  settling = imp_disk_lock (path, TRUE, &error);
  g_assert_nonnull (settling);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/disk/whole", test_whole },
    { "/disk/given-up", test_given_up },
    { "/article/row-10/other-bytes-are-not-kept", test_other_bytes },
    { "/leaks/row-20/exists", test_exists },
    { "/leaks/row-20/race", test_race },
    { "/leaks/row-20/dangling-link", test_dangling_link },
    { "/leaks/row-20/source-by-link", test_source_by_link },
    { "/disk/take-back", test_take_back },
    { "/disk/cancelled", test_cancelled },
    { "/disk/full", test_disk_full },
    { "/disk/unwritable", test_unwritable },
    { "/disk/no-folder", test_no_folder },
    { "/disk/lock", test_lock },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  return g_test_run ();
}
