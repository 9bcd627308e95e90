/* The helper's processes from outside: one locked child for each file, which holds nothing but that
 * file, has not looked at it before the lock, and ends with it. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-child.h"
#include "imp-error.h"
#include "imp-sandbox.h"
#include "imp-session.h"
#include "imp-source.h"
#include "processes.h"

#define PATIENCE (10 * G_TIME_SPAN_SECOND)

static ImpSource *
open_fixture (const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return imp_source_open_sync (file, NULL, error);
}

/* The helper's children, once there are @n of them: they end a moment after their file is closed.
 */
static GArray *
wait_for_children (guint n)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;
  g_autoptr (GArray) children = process_list_children (process_find_zygote ());

  while (children->len != n && g_get_monotonic_time () < until)
    {
      g_usleep (1000);
      g_array_unref (children);
      children = process_list_children (process_find_zygote ());
    }
  g_assert_cmpuint (children->len, ==, n);
  return g_steal_pointer (&children);
}

static void
wait_for_lock (GPid child)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;

  while (process_get_number (child, "status", "Seccomp:") != 2 && g_get_monotonic_time () < until)
    g_usleep (1000);
  g_assert_cmpuint (process_get_number (child, "status", "Seccomp:"), ==, 2);
}

static guint64
blocks_of (int fd)
{
  struct stat info = { 0 };

  g_assert_cmpint (fstat (fd, &info), ==, 0);
  return (guint64)info.st_blocks;
}

/* The file is a hole: reading a page of it, even through a mapping, makes that page. */
static void
test_reads_nothing_before_the_lock (void)
{
  int input = memfd_create ("hole", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSession) session = NULL;
  g_autoptr (GArray) children = NULL;
  g_autoptr (GVariant) facts = NULL;

  g_assert_cmpint (ftruncate (input, 1 << 16), ==, 0);
  g_assert_cmpint (fcntl (input, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE), ==, 0);
  session = imp_session_new (IMP_HELPER_QUICK, input, 1 << 16, NULL, &error);
  g_assert_no_error (error);
  children = wait_for_children (1);
  wait_for_lock (g_array_index (children, GPid, 0));
  g_assert_cmpuint (blocks_of (input), ==, 0);
  facts = imp_session_ask (session, IMP_WIRE_OPEN, 0, NULL, &error);
  g_assert_null (facts);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED);
  g_assert_cmpuint (blocks_of (input), >, 0);
  close (input);
}

static void
test_one_for_each_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) one = open_fixture ("frames.dcm", &error);
  g_autoptr (ImpSource) two = NULL;
  g_autoptr (GArray) first = wait_for_children (1);
  g_autoptr (GArray) both = NULL;
  g_autoptr (GArray) left = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  GPid pid = g_array_index (first, GPid, 0);
  GPid other = 0;

  g_assert_no_error (error);
  two = open_fixture ("jpeg-444.jpg", &error);
  g_assert_no_error (error);
  both = wait_for_children (2);
  for (guint i = 0; i < both->len; i++)
    if (g_array_index (both, GPid, i) != pid)
      other = g_array_index (both, GPid, i);
  g_assert_cmpint (other, !=, 0);
  g_assert_cmpint (other, !=, pid);
  g_clear_object (&one); /* its process ends with it, and the other's does not */
  left = wait_for_children (1);
  g_assert_cmpint (g_array_index (left, GPid, 0), ==, other);
  frame = imp_source_load_frame_sync (two, 0, 0, NULL, &error);
  g_assert_no_error (error);
}

/* The same file twice is two files. */
static void
test_same_file_twice (void)
{
  g_autoptr (ImpSource) one = open_fixture ("frames.dcm", NULL);
  g_autoptr (ImpSource) two = open_fixture ("frames.dcm", NULL);
  g_autoptr (GArray) children = wait_for_children (2);

  g_assert_cmpint (g_array_index (children, GPid, 0), !=, g_array_index (children, GPid, 1));
}

static void
test_zygote_holds_no_file (void)
{
  g_autoptr (ImpSource) one = open_fixture ("frames.dcm", NULL);
  g_autoptr (ImpSource) two = open_fixture ("jpeg-444.jpg", NULL);
  GPid zygote = process_find_zygote ();
  g_autofree char *maps = process_read (zygote, "maps");
  g_autoptr (GPtrArray) held = process_list_descriptors (zygote);

  g_assert_nonnull (maps);
  g_assert_null (strstr (maps, "memfd:"));
  g_assert_cmpuint (held->len, ==, 4);
  for (guint i = 0; i < held->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u ", i);

      g_assert_true (g_str_has_prefix (held->pdata[i], number));
    }
  g_assert_nonnull (strstr (held->pdata[3], "socket:"));
#ifdef __SANITIZE_ADDRESS__ /* what it has to report must be seen */
  {
    g_autofree char *ours = g_file_read_link ("/proc/self/fd/2", NULL);

    g_assert_true (g_str_has_suffix (held->pdata[2], ours));
  }
#endif
}

/* CAP_SYS_PTRACE: needed to look into a process that does not want to be looked at. */
static gboolean
may_look (void)
{
  g_autofree char *status = process_read (getpid (), "status");
  const char *at = strstr (status, "CapEff:");

  return at != NULL && (g_ascii_strtoull (at + strlen ("CapEff:\t"), NULL, 16) >> 19 & 1) != 0;
}

/* A child lets go of its answer a moment after that has come. */
static GPtrArray *
wait_for_descriptors (GPid child, guint n)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;
  g_autoptr (GPtrArray) held = process_list_descriptors (child);

  while (held->len != n && g_get_monotonic_time () < until)
    {
      g_usleep (1000);
      g_ptr_array_unref (held);
      held = process_list_descriptors (child);
    }
  return g_steal_pointer (&held);
}

/* Whatever this program holds open, a child has its own file and its own socket, and no more. */
static void
test_child_holds_its_own (void)
{
  g_autoptr (ImpSource) before = open_fixture ("frames.dcm", NULL);
  g_autoptr (GArray) first = wait_for_children (1);
  int leaked = open ("/etc/passwd", O_RDONLY); /* not to be closed on exec */
  g_autoptr (ImpSource) source = open_fixture ("jpeg-444.jpg", NULL);
  g_autoptr (GArray) children = wait_for_children (2);

  for (guint i = 0; i < children->len; i++)
    {
      g_autoptr (GPtrArray) held = wait_for_descriptors (g_array_index (children, GPid, i), 5);
      guint n_memory = 0;
      guint n_sockets = 0;
      guint n_null = 0;

      for (guint each = 0; each < held->len; each++)
        {
          g_test_message ("a child holds %s", (const char *)held->pdata[each]);
          n_memory += strstr (held->pdata[each], "memfd:") != NULL;
          n_sockets += strstr (held->pdata[each], "socket:") != NULL;
          n_null += g_str_has_suffix (held->pdata[each], " /dev/null");
        }
      g_assert_cmpuint (n_memory, ==, 1);
      g_assert_cmpuint (n_sockets, ==, 1);
#ifdef __SANITIZE_ADDRESS__ /* reports must be seen: standard error is this program's */
      g_assert_cmpuint (n_null, >=, 2);
#else
      g_assert_cmpuint (n_null, ==, 3);
#endif
      g_assert_cmpuint (held->len, ==, 5);
    }
  close (leaked);
}

/* What the helper may know of its surroundings is listed; nothing else of them reaches it. */
static void
test_environment (void)
{
  static const char *const known[] = { "PATH=",         "LD_LIBRARY_PATH=", "GCONV_PATH=",
                                       "ASAN_OPTIONS=", "UBSAN_OPTIONS=",   "LSAN_OPTIONS=",
                                       "LC_ALL=C" };
  g_autoptr (ImpSource) source = open_fixture ("jpeg-444.jpg", NULL);
  g_autofree char *path = g_strdup_printf ("/proc/%d/environ", process_find_zygote ());
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  for (const char *at = data; at < data + length; at += strlen (at) + 1)
    {
      gboolean found = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
        found = found || g_str_has_prefix (at, known[i]);
      if (!found)
        g_error ("the helper knows %s", at);
    }
}

static void
test_locked (void)
{
  g_autoptr (ImpSource) source = open_fixture ("jpeg-444.jpg", NULL);
  g_autoptr (GArray) children = wait_for_children (1);
  GPid child = g_array_index (children, GPid, 0);

  g_assert_cmpuint (process_get_number (child, "status", "Seccomp:"), ==, 2);
  g_assert_cmpuint (process_get_number (child, "status", "NoNewPrivs:"), ==, 1);
  g_assert_cmpuint (process_get_number (child, "status", "Threads:"), ==, 1);
  g_assert_cmpuint (process_get_number (child, "limits", "Max cpu time"), ==, IMP_CHILD_CPU);
  g_assert_cmpuint (process_get_number (child, "limits", "Max file size"), ==, IMP_SANDBOX_OUTPUT);
  g_assert_cmpuint (process_get_number (child, "limits", "Max core file size"), ==, 0);
  g_assert_cmpuint (process_get_number (child, "limits", "Max open files"), ==, 16);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (process_get_number (child, "limits", "Max address space"), >=,
                    IMP_CHILD_MEMORY);
  g_assert_cmpuint (process_get_number (child, "limits", "Max address space"), <,
                    IMP_CHILD_MEMORY + (2 << 20));
#endif
}

typedef struct
{
  GPid zygote;
  gint stop;
  guint64 most; /* kB resident, of any child */
} Watch;

static gpointer
watch_memory (gpointer data)
{
  Watch *watch = data;

  /* At least once: on a busy machine the thread may begin when the file is done with. */
  do
    {
      g_autoptr (GArray) children = process_list_children (watch->zygote);

      for (guint i = 0; i < children->len; i++)
        {
          guint64 now = process_get_number (g_array_index (children, GPid, i), "status", "VmHWM:");

          if (now != G_MAXUINT64)
            watch->most = MAX (watch->most, now);
        }
      g_usleep (2000);
    }
  while (!g_atomic_int_get (&watch->stop));
  return NULL;
}

/* Small files that say they are huge: whatever comes of each, its process stays within its limit.
 */
static void
test_bomb (gconstpointer name)
{
  g_autoptr (ImpSource) warm = open_fixture ("jpeg-444.jpg", NULL);
  Watch watch = { .zygote = process_find_zygote () };
  GThread *thread = g_thread_new ("watch", watch_memory, &watch);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = NULL;
  g_autoptr (ImpFrame) frame = NULL;

  imp_session_set_time_limit (20000);
  source = open_fixture (name, &error);
  if (source != NULL)
    frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  imp_session_set_time_limit (0);
  g_atomic_int_set (&watch.stop, 1);
  g_thread_join (thread);
  g_assert_true (frame != NULL || error != NULL);
  g_test_message ("%s: at most %" G_GUINT64_FORMAT " MiB", (const char *)name, watch.most / 1024);
  g_assert_cmpuint (watch.most, >, 0);
  g_assert_cmpuint (watch.most, <, IMP_CHILD_MEMORY / 1024);
}

static void
test_zygote_restarts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_fixture ("frames.dcm", &error);
  g_autoptr (ImpSource) other = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (kill (process_find_zygote (), SIGKILL), ==, 0);
  other = open_fixture ("jpeg-444.jpg", &error);
  g_assert_no_error (error);
}

/* One of two dies: the other goes on, and the file of the first is read by another. */
static void
test_death_of_one (void)
{
  g_autoptr (ImpSource) one = open_fixture ("frames.dcm", NULL);
  g_autoptr (GArray) first = wait_for_children (1);
  g_autoptr (ImpSource) two = open_fixture ("jpeg-444.jpg", NULL);
  g_autoptr (GArray) both = wait_for_children (2);
  g_autoptr (ImpFrame) lost = NULL;
  g_autoptr (ImpFrame) again = NULL;
  g_autoptr (ImpFrame) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (kill (g_array_index (first, GPid, 0), SIGKILL), ==, 0);
  lost = imp_source_load_frame_sync (one, 0, 0, NULL, &error);
  g_assert_null (lost);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
  g_clear_error (&error);
  other = imp_source_load_frame_sync (two, 0, 0, NULL, &error);
  g_assert_no_error (error);
  again = imp_source_load_frame_sync (one, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("IMPRIMATUR_KEY_FILE", "/nowhere/key", TRUE); /* which must not reach the helper */
  g_test_add_func ("/decode/processes/reads-nothing-before-the-lock",
                   test_reads_nothing_before_the_lock);
  g_test_add_func ("/decode/processes/one-for-each-file", test_one_for_each_file);
  g_test_add_func ("/decode/processes/same-file-twice", test_same_file_twice);
  g_test_add_func ("/decode/processes/zygote-holds-no-file", test_zygote_holds_no_file);
  if (may_look ())
    g_test_add_func ("/decode/processes/child-holds-its-own", test_child_holds_its_own);
  g_test_add_func ("/decode/processes/environment", test_environment);
  g_test_add_func ("/decode/processes/locked", test_locked);
  g_test_add_data_func ("/decode/processes/bomb/png", "bomb.png", test_bomb);
  g_test_add_data_func ("/decode/processes/bomb/slow-png", "slow.png", test_bomb);
  g_test_add_data_func ("/decode/processes/bomb/dicom", "bomb.dcm", test_bomb);
  g_test_add_func ("/decode/processes/death-of-one", test_death_of_one);
  g_test_add_func ("/decode/processes/zygote-restarts", test_zygote_restarts);
  return g_test_run ();
}
