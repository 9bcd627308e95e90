/* The client's side: what may be opened, cancel, and the clock. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "imp-error.h"
#include "imp-session.h"
#include "imp-source.h"

static char *
fixture_path (const char *name)
{
  return g_build_filename (g_getenv ("DECODE_FIXTURES"), name, NULL);
}

static ImpSource *
open_path (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return imp_source_open_sync (file, NULL, error);
}

static ImpSource *
open_fixture (const char *name)
{
  g_autofree char *path = fixture_path (name);
  g_autoptr (GError) error = NULL;
  ImpSource *source = open_path (path, &error);

  g_assert_no_error (error);
  return source;
}

typedef struct
{
  GMainLoop *loop;
  GAsyncResult *result;
} Wait;

static void
note_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static void
test_async (void)
{
  g_autofree char *path = fixture_path ("frames.dcm");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  Wait wait = { loop, NULL };

  imp_source_open_async (file, NULL, note_result, &wait);
  g_main_loop_run (loop);
  source = imp_source_open_finish (wait.result, &error);
  g_clear_object (&wait.result);
  g_assert_no_error (error);
  imp_source_load_frame_async (source, 2, 0, NULL, note_result, &wait);
  g_main_loop_run (loop);
  frame = imp_source_load_frame_finish (source, wait.result, &error);
  g_clear_object (&wait.result);
  g_assert_no_error (error);
  g_assert_cmpint (imp_frame_get_width (frame), ==, 64);
}

static void
test_bytes (void)
{
  g_autofree char *path = fixture_path ("jpeg-444.jpg");
  g_autofree char *data = NULL;
  gsize length = 0;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = NULL;
  g_autofree char *sum = NULL;
  Wait wait = { loop, NULL };
  guint64 device = 0;
  guint64 inode = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, length);
  bytes = g_bytes_new (data, length);
  imp_source_open_bytes_async (bytes, "pasted", NULL, note_result, &wait);
  g_main_loop_run (loop);
  source = imp_source_open_finish (wait.result, &error);
  g_clear_object (&wait.result);
  g_assert_no_error (error);
  g_assert_cmpstr (imp_source_get_sha256 (source), ==, sum);
  g_assert_null (imp_source_get_file (source));
  g_assert_false (imp_source_get_identity (source, &device, &inode));
}

/* What was hashed is what is decoded, whatever happens to the file. */
static void
test_snapshot (void)
{
  g_autofree char *path = fixture_path ("jpeg-444.jpg");
  g_autofree char *folder = g_dir_make_tmp ("imprimatur-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.jpg", NULL);
  g_autofree char *data = NULL;
  g_autofree char *sum = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  struct stat info = { 0 };
  guint64 device = 0;
  guint64 inode = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, length);
  g_assert_true (g_file_set_contents (copy, data, (gssize)length, NULL));
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  source = open_path (copy, &error);
  g_assert_no_error (error);
  g_assert_true (imp_source_get_identity (source, &device, &inode));
  g_assert_cmpuint (device, ==, info.st_dev);
  g_assert_cmpuint (inode, ==, info.st_ino);
  g_assert_true (g_file_set_contents (copy, "gone", 4, NULL));
  g_unlink (copy);
  g_rmdir (folder);
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (imp_source_get_sha256 (source), ==, sum);
}

/* A file of 1 GiB, most of which is a hole: its header says 2048 frames of 512 KiB. */
static char *
make_long (const char *folder)
{
  g_autofree char *begins = fixture_path ("long-begins.dcm");
  g_autofree char *path = g_build_filename (folder, "long.dcm", NULL);
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (begins, &data, &length, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
  g_assert_cmpint (truncate (path, (off_t)length + ((off_t)1 << 30)), ==, 0);
  return g_steal_pointer (&path);
}

/* Cut as soon as it is open, while its rest is still copied; where the copy was faster, again. */
static ImpSource *
open_and_cut (const char *folder, GError **error)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *path = make_long (folder);
      g_autoptr (ImpSource) source = open_path (path, error);

      g_assert_cmpint (truncate (path, 4 << 20), ==, 0);
      g_unlink (path);
      if (source == NULL || !imp_source_check_whole (source, error))
        return g_steal_pointer (&source);
    }
  g_assert_not_reached ();
}

/* What is shown of a file before all of it has come is no ground for anything. */
static void
test_becomes_shorter (void)
{
  g_autofree char *folder = g_dir_make_tmp ("imprimatur-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_and_cut (folder, &error);
  g_autoptr (ImpFrame) frame = NULL;

  g_rmdir (folder);
  g_assert_nonnull (source);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "became shorter"));
  g_clear_error (&error);
  g_assert_null (imp_source_get_sha256 (source));
  g_assert_false (imp_source_check_whole (source, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
  g_clear_error (&error);
  for (guint number = 0; number < 2048; number += 2047)
    {
      frame = imp_source_load_frame_sync (source, number, 0, NULL, &error);
      g_assert_null (frame);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
      g_clear_error (&error);
    }
}

static void
expect_error (const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_path (path, &error);

  g_assert_null (source);
  g_assert_error (error, IMP_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_special_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("imprimatur-XXXXXX", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty", NULL);
  g_autofree char *huge = g_build_filename (folder, "huge", NULL);
  int fd = -1;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  fd = open (huge, O_CREAT | O_WRONLY, 0600);
  g_assert_cmpint (ftruncate (fd, ((off_t)4 << 30) + 1), ==, 0);
  close (fd);
  expect_error (fifo, IMP_ERROR_UNSUPPORTED, "pipe");
  expect_error (folder, IMP_ERROR_UNSUPPORTED, "folder");
  expect_error ("/dev/zero", IMP_ERROR_UNSUPPORTED, "device");
  expect_error (empty, IMP_ERROR_DAMAGED, "empty");
  expect_error (huge, IMP_ERROR_UNSUPPORTED, "4 GiB");
  g_unlink (fifo);
  g_unlink (empty);
  g_unlink (huge);
  g_rmdir (folder);
  expect_error (fifo, IMP_ERROR_UNREADABLE, "");
}

static void
test_no_such_frame (void)
{
  g_autoptr (ImpSource) source = open_fixture ("frames.dcm");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (source, 3, 0, NULL, &error);

  g_assert_null (frame);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_cache (void)
{
  g_autoptr (ImpSource) source = open_fixture ("frames.dcm");
  g_autoptr (ImpFrame) first = imp_source_load_frame_sync (source, 0, 0, NULL, NULL);
  g_autoptr (ImpFrame) again = imp_source_load_frame_sync (source, 0, 0, NULL, NULL);
  g_autoptr (ImpFrame) other = imp_source_load_frame_sync (source, 1, 0, NULL, NULL);

  g_assert_true (first == again);
  g_assert_true (first != other);
}

static void
test_cancel (void)
{
  g_autofree char *path = fixture_path ("frames.dcm");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) none = NULL;
  g_autoptr (ImpSource) source = open_fixture ("frames.dcm");
  g_autoptr (ImpFrame) frame = NULL;

  g_cancellable_cancel (cancelled);
  none = imp_source_open_sync (file, cancelled, &error);
  g_assert_null (none);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_clear_error (&error);
  frame = imp_source_load_frame_sync (source, 0, 0, cancelled, &error);
  g_assert_null (frame);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_clear_error (&error);
  /* Its child was killed: another takes over, from the same snapshot. */
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (frame);
}

/* A picture of 400 million pixels takes longer than a millisecond. */
static void
test_time_limit (void)
{
  g_autofree char *path = fixture_path ("slow.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_path (path, &error);
  g_autoptr (ImpFrame) frame = NULL;
  gint64 before = 0;

  g_assert_no_error (error);
  imp_session_set_time_limit (30);
  before = g_get_monotonic_time ();
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  imp_session_set_time_limit (0);
  g_assert_null (frame);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "too long"));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 20 * G_TIME_SPAN_SECOND);
}

static void
test_verify (void)
{
  g_autofree char *flat = fixture_path ("grey-flat.png");
  g_autofree char *not_flat = fixture_path ("facts.png");
  g_autoptr (GFile) flat_file = g_file_new_for_path (flat);
  g_autoptr (GFile) not_flat_file = g_file_new_for_path (not_flat);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = imp_decode_verify_sync (flat_file, NULL, &error);
  g_autoptr (GVariant) findings = NULL;
  gboolean is_flat = FALSE;

  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (answer, "flat", "b", &is_flat));
  g_assert_true (is_flat);
  g_variant_unref (answer);
  answer = imp_decode_verify_sync (not_flat_file, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (answer, "flat", "b", &is_flat));
  g_assert_false (is_flat);
  findings = g_variant_lookup_value (answer, "findings", G_VARIANT_TYPE ("a(ss)"));
  g_assert_cmpuint (g_variant_n_children (findings), >=, 6); /* five chunks and what follows */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/session/async", test_async);
  g_test_add_func ("/decode/session/bytes", test_bytes);
  g_test_add_func ("/decode/session/snapshot", test_snapshot);
  g_test_add_func ("/decode/session/becomes-shorter", test_becomes_shorter);
  g_test_add_func ("/decode/session/special-files", test_special_files);
  g_test_add_func ("/decode/session/no-such-frame", test_no_such_frame);
  g_test_add_func ("/decode/session/cache", test_cache);
  g_test_add_func ("/decode/session/cancel", test_cancel);
  g_test_add_func ("/decode/session/time-limit", test_time_limit);
  g_test_add_func ("/decode/session/verify", test_verify);
  return g_test_run ();
}
