/* The Secret Service: a real one on a bus of its own, and sessions without one. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "imp-error.h"
#include "store-support.h"

static const ImpKey KEYRING = { IMP_KEY_KEYRING, NULL, NULL };

/* ---- without a service: an answer, and soon ---- */

static void
check_unavailable_soon (void)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_false (imp_store_keyring_is_available (NULL));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
  g_assert_null (imp_store_create ("/nonexistent/imprimatur/register.db", &KEYRING, &error));
  g_assert_nonnull (error);
}

static void
test_no_bus (void)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
      g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
      check_unavailable_soon ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_dead_bus (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      check_unavailable_soon ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* A bus that takes the call and never says a word. */
static void
test_silent_bus (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  struct sockaddr_un name = { .sun_family = AF_UNIX };
  int fd = -1;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  folder = g_dir_make_tmp ("imprimatur-bus-XXXXXX", NULL);
  path = g_build_filename (folder, "bus", NULL);
  address = g_strconcat ("unix:path=", path, NULL);
  g_strlcpy (name.sun_path, path, sizeof name.sun_path);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&name, sizeof name), ==, 0);
  g_assert_cmpint (listen (fd, 5), ==, 0);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  check_unavailable_soon ();
  close (fd);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_bus_without_service (void)
{
  g_autoptr (GTestDBus) bus = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  check_unavailable_soon ();
  g_test_dbus_stop (bus);
}

/* ---- with the real one ---- */

/* Starts the keyring with an empty, unlocked collection in a home of its own. */
static GSubprocess *
start_keyring (const char *home)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *keyring = NULL;
  GOutputStream *input = NULL;

  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "GNOME_KEYRING_CONTROL");
  keyring = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                         "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (keyring);
  g_assert_true (g_output_stream_write_all (input, "login", 5, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (input, NULL, &error));
  for (int i = 0; i < 100 && !imp_store_keyring_is_available (NULL); i++)
    g_usleep (100000);
  g_assert_true (imp_store_keyring_is_available (NULL));
  return keyring;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_all (inner);
    }
  g_remove (path);
}

static void
check_keyring (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "register.db", NULL);
  g_autofree char *moved = g_build_filename (folder, "moved.db", NULL);
  g_autofree char *side = g_strconcat (path, ".key", NULL);
  g_autofree char *side_text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = imp_store_create (path, &KEYRING, &error);

  g_assert_no_error (error);
  imp_store_run (store, &error, "INSERT INTO setting (key, value) VALUES ('a', 'b')", NULL, NULL);
  g_assert_no_error (error);
  g_clear_object (&store);
  g_assert_cmpint (imp_store_probe (path), ==, IMP_STORE_BY_KEYRING);
  g_assert_true (g_file_get_contents (side, &side_text, NULL, NULL));
  g_assert_null (strstr (side_text, "wrapped"));
  store = imp_store_open (path, &KEYRING, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (store, "SELECT count(*) FROM setting"), ==, 1);
  g_clear_object (&store);
  /* Another place is another register. */
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  g_assert_null (imp_store_open (moved, &KEYRING, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LOCKED);
  g_clear_error (&error);
  /* What is said when the creation fails is also taken back: nothing is left in the keyring. */
  g_assert_cmpint (g_rename (moved, path), ==, 0);
  g_assert_null (imp_store_create (path, &KEYRING, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_clear_error (&error);
  store = imp_store_open (path, &KEYRING, &error);
  g_assert_no_error (error);
}

/* A department's register is locked by a passphrase; each person's own keyring holds the same key.
 */
static void
check_enrolled (const char *folder)
{
  static const ImpKey PASSPHRASE = { IMP_KEY_PASSPHRASE, "a passphrase of the department", NULL };
  g_autofree char *path = g_build_filename (folder, "department.db", NULL);
  g_autofree char *side = g_strconcat (path, ".key", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = imp_store_create (path, &PASSPHRASE, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (side, &before, NULL, NULL));
  g_assert_null (imp_store_open (path, &KEYRING, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (imp_store_keep_in_keyring (store, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  store = imp_store_open (path, &KEYRING, &error);
  g_assert_no_error (error);
  g_clear_object (&store);
  store = imp_store_open (path, &PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (imp_store_probe (path), ==, IMP_STORE_BY_PASSPHRASE);
  g_assert_true (g_file_get_contents (side, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

/* Unlike GTestDBus this leaves the shared connection alone, which libsecret holds until the end. */
static GSubprocess *
start_bus (const char *folder)
{
  static const char CONFIG[] =
      "<busconfig><type>session</type><listen>unix:tmpdir=%s</listen>"
      "<policy context='default'><allow send_destination='*' eavesdrop='true'/>"
      "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>";
  g_autofree char *config = g_build_filename (folder, "bus.conf", NULL);
  g_autofree char *text = g_strdup_printf (CONFIG, folder);
  g_autofree char *option = g_strconcat ("--config-file=", config, NULL);
  g_autofree char *address = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *bus = NULL;

  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  bus = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, "dbus-daemon", "--nofork", "--print-address=1", option, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  return bus;
}

static void
test_real_service (void)
{
  g_autoptr (GSubprocess) bus = NULL;
  g_autoptr (GSubprocess) keyring = NULL;
  g_autofree char *folder = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  folder = g_dir_make_tmp ("imprimatur-keyring-XXXXXX", NULL);
  bus = start_bus (folder);
  keyring = start_keyring (folder);
  check_keyring (folder);
  check_enrolled (folder);
  g_subprocess_force_exit (keyring);
  g_subprocess_wait (keyring, NULL, NULL);
  g_subprocess_force_exit (bus);
  g_subprocess_wait (bus, NULL, NULL);
  remove_all (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/keyring/no-bus", test_no_bus);
  g_test_add_func ("/store/keyring/dead-bus", test_dead_bus);
  g_test_add_func ("/store/keyring/silent-bus", test_silent_bus);
  g_test_add_func ("/store/keyring/bus-without-service", test_bus_without_service);
  g_test_add_func ("/store/keyring/real-service", test_real_service);
  return g_test_run ();
}
