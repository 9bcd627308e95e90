/* Passphrases, key files, the side file. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "store-support.h"

static const char HEX[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/* The same words, once with composed letters and once with accents apart. */
static const char COMPOSED[] = "caf\xc3\xa9 r\xc3\xa9servé";
static const char APART[] = "cafe\xcc\x81 re\xcc\x81servé";

static char *
in_folder (StoreFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static char *
put_file (StoreFixture *fixture, const char *name, const char *data, gssize length, int mode)
{
  char *path = in_folder (fixture, name);

  g_assert_true (g_file_set_contents (path, data, length, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static void
check_opens (const char *path, ImpKey key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = imp_store_open (path, &key, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  g_assert_null (imp_store_get_read_only_reason (store));
}

static void
check_stays_shut (const char *path, ImpKey key, ImpError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (imp_store_open (path, &key, &error));
  g_assert_error (error, IMP_ERROR, (int)code);
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
}

static void
create (const char *path, ImpKey key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = imp_store_create (path, &key, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
}

static ImpKey
by_file (const char *key_file)
{
  return (ImpKey){ IMP_KEY_FILE, NULL, key_file };
}

static ImpKey
by_passphrase (const char *passphrase)
{
  return (ImpKey){ IMP_KEY_PASSPHRASE, passphrase, NULL };
}

/* ---- passphrases ---- */

static void
test_passphrase (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "second.db");
  g_autofree char *side = in_folder (fixture, "second.db.key");
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) values = g_key_file_new ();
  struct stat status;

  create (path, by_passphrase (COMPOSED));
  g_assert_cmpint (imp_store_probe (path), ==, IMP_STORE_BY_PASSPHRASE);
  check_opens (path, by_passphrase (APART));
  check_stays_shut (path, by_passphrase ("another passphrase"), IMP_ERROR_WRONG_KEY, NULL);
  check_stays_shut (path, by_passphrase (""), IMP_ERROR_WRONG_KEY, NULL);
  check_stays_shut (path, by_passphrase (NULL), IMP_ERROR_LOCKED, NULL);
  check_stays_shut (path, by_file (fixture->key_file), IMP_ERROR_WRONG_KEY, NULL);
  g_assert_cmpint (stat (side, &status), ==, 0);
  g_assert_cmpint ((int)(status.st_mode & 07777), ==, 0600);
  g_assert_true (g_key_file_load_from_file (values, side, G_KEY_FILE_NONE, NULL));
  text = g_key_file_get_string (values, "passphrase", "algorithm", NULL);
  g_assert_true (g_str_has_prefix (text, "argon2id"));
  /* RFC 9106, 4: the second recommended choice is 64 MiB and three passes; ours is above it. */
  g_assert_cmpuint (g_key_file_get_uint64 (values, "passphrase", "memory", NULL), >=, 64 << 20);
  g_assert_cmpuint (g_key_file_get_uint64 (values, "passphrase", "operations", NULL), >=, 3);
}

static void
test_side_file (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "second.db");
  g_autofree char *side = in_folder (fixture, "second.db.key");
  g_autoptr (GKeyFile) values = g_key_file_new ();
  g_autofree char *good = NULL;

  create (path, by_passphrase ("correct horse"));
  g_assert_true (g_file_get_contents (side, &good, NULL, NULL));
  g_assert_true (g_key_file_load_from_file (values, side, G_KEY_FILE_NONE, NULL));
  g_key_file_set_uint64 (values, "passphrase", "memory", G_GUINT64_CONSTANT (1) << 40);
  g_assert_true (g_key_file_save_to_file (values, side, NULL));
  check_stays_shut (path, by_passphrase ("correct horse"), IMP_ERROR_REGISTER_DAMAGED, NULL);
  g_assert_true (g_file_set_contents (side, "not a side file", -1, NULL));
  check_stays_shut (path, by_passphrase ("correct horse"), IMP_ERROR_REGISTER_DAMAGED, NULL);
  g_assert_true (g_file_set_contents (side, "[register]\nversion=2\n", -1, NULL));
  check_stays_shut (path, by_passphrase ("correct horse"), IMP_ERROR_NEWER, NULL);
  g_assert_cmpint (g_unlink (side), ==, 0);
  check_stays_shut (path, by_passphrase ("correct horse"), IMP_ERROR_LOCKED, "“.key”");
  g_assert_true (g_file_set_contents (side, good, -1, NULL));
  check_opens (path, by_passphrase ("correct horse"));
}

static void
test_failed_creation_leaves_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "second.db");
  g_autofree char *side = in_folder (fixture, "second.db.key");
  g_autofree char *open_key = put_file (fixture, "open", HEX, -1, 0644);
  g_autoptr (GError) error = NULL;
  ImpKey key = by_passphrase ("7 chars");

  g_assert_null (imp_store_create (path, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  key = by_file (open_key);
  g_assert_null (imp_store_create (path, &key, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LOCKED);
  g_assert_cmpint (imp_store_probe (path), ==, IMP_STORE_ABSENT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (side, G_FILE_TEST_EXISTS));
}

/* The side file of a register that was moved away may be its only one. */
static void
test_older_side_file_is_kept (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "second.db");
  g_autofree char *side = put_file (fixture, "second.db.key", "precious", -1, 0600);
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;
  int n_kept = 0;

  create (path, by_file (fixture->key_file));
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "second.db.key.old-"))
      {
        g_autofree char *kept = in_folder (fixture, name);
        g_autofree char *text = NULL;

        g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
        g_assert_cmpstr (text, ==, "precious");
        n_kept++;
      }
  g_assert_cmpint (n_kept, ==, 1);
  check_opens (path, by_file (fixture->key_file));
}

/* ---- key files ---- */

static void
test_key_file_forms (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "second.db");
  g_autofree char *upper = g_ascii_strup (HEX, -1);
  g_autofree char *line = g_strconcat (upper, "\r\n", NULL);
  g_autofree char *hex = put_file (fixture, "hex", HEX, -1, 0600);
  g_autofree char *hex_line = put_file (fixture, "hex-line", line, -1, 0400);
  g_autofree char *bytes =
      put_file (fixture, "bytes",
                "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff"
                "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff",
                32, 0600);

  create (path, by_file (hex));
  g_assert_cmpint (imp_store_probe (path), ==, IMP_STORE_BY_FILE);
  check_opens (path, by_file (hex_line));
  check_opens (path, by_file (bytes));
  check_stays_shut (path, by_file (fixture->key_file), IMP_ERROR_WRONG_KEY, NULL);
  check_stays_shut (path, by_passphrase (HEX), IMP_ERROR_LOCKED, "not locked with a passphrase");
}

static void
test_key_file_passphrase (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "second.db");
  g_autofree char *words = put_file (fixture, "words", "correct horse\n", -1, 0600);
  g_autofree char *other = put_file (fixture, "other", "battery staple", -1, 0600);

  create (path, by_file (words));
  g_assert_cmpint (imp_store_probe (path), ==, IMP_STORE_BY_FILE);
  check_opens (path, by_file (words));
  check_opens (path, by_passphrase ("correct horse"));
  check_stays_shut (path, by_file (other), IMP_ERROR_WRONG_KEY, NULL);
}

static void
test_key_file_refused (StoreFixture *fixture, gconstpointer data)
{
  const int modes[] = { 0640, 0604, 0620, 0610, 0602, 0666 };
  g_autofree char *words = put_file (fixture, "short", "1234567\n", -1, 0600);
  g_autofree char *empty = put_file (fixture, "empty", "", 0, 0600);
  g_autofree char *binary =
      put_file (fixture, "binary", "\xff\xfe\x00\x01\x02\x03\x04\x05\x06", 9, 0600);
  g_autofree char *link = in_folder (fixture, "link");
  g_autofree char *pipe = in_folder (fixture, "pipe");
  g_autofree char *missing = in_folder (fixture, "missing");

  store_fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_assert_cmpint (g_chmod (fixture->key_file, modes[i]), ==, 0);
      check_stays_shut (fixture->path, by_file (fixture->key_file), IMP_ERROR_LOCKED, "chmod 600");
    }
  g_assert_cmpint (g_chmod (fixture->key_file, 0600), ==, 0);
  g_assert_cmpint (symlink (fixture->key_file, link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  check_stays_shut (fixture->path, by_file (link), IMP_ERROR_LOCKED, "link");
  check_stays_shut (fixture->path, by_file (pipe), IMP_ERROR_LOCKED, "not a file");
  check_stays_shut (fixture->path, by_file (fixture->folder), IMP_ERROR_LOCKED, "not a file");
  check_stays_shut (fixture->path, by_file (missing), IMP_ERROR_LOCKED, "no such key file");
  check_stays_shut (fixture->path, by_file (words), IMP_ERROR_LOCKED, "neither");
  check_stays_shut (fixture->path, by_file (empty), IMP_ERROR_LOCKED, "neither");
  check_stays_shut (fixture->path, by_file (binary), IMP_ERROR_LOCKED, "neither");
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
  check_opens (fixture->path, by_file (fixture->key_file));
}

static void
test_key_file_is_made (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "second.db");
  g_autofree char *third = in_folder (fixture, "third.db");
  g_autofree char *made = in_folder (fixture, "made");
  g_autofree char *also_made = in_folder (fixture, "also-made");
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  struct stat status;

  create (path, by_file (made));
  create (third, by_file (also_made));
  g_assert_cmpint (stat (made, &status), ==, 0);
  g_assert_cmpint ((int)(status.st_mode & 07777), ==, 0600);
  g_assert_true (g_file_get_contents (made, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (also_made, &other, NULL, NULL));
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{64}\\n$", text, 0, 0));
  g_assert_cmpstr (text, !=, other);
  check_opens (path, by_file (made));
  check_stays_shut (path, by_file (also_made), IMP_ERROR_WRONG_KEY, NULL);
}

/* With the key itself the side file is a convenience. */
static void
test_key_file_without_side_file (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *side = in_folder (fixture, "register.db.key");
  g_autofree char *other = put_file (fixture, "other", HEX, -1, 0600);

  store_fixture_close (fixture);
  g_assert_cmpint (g_unlink (side), ==, 0);
  check_stays_shut (fixture->path, by_file (other), IMP_ERROR_WRONG_KEY, NULL);
  check_opens (fixture->path, by_file (fixture->key_file));
}

static void
test_digest_key (StoreFixture *fixture, gconstpointer data)
{
  guint8 first[32];

  memcpy (first, imp_store_get_digest_key (fixture->store), sizeof first);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpmem (first, 32, imp_store_get_digest_key (fixture->store), 32);
  /* Not the data key, whose first bytes are 8f 1d. */
  g_assert_false (first[0] == 0x8f && first[1] == 0x1d);
}

/* ---- another passphrase, and the recovery key ---- */

#define FIRST "correct horse battery"
#define SECOND "purple monkey dishwasher"

static char *
make_with_passphrase (StoreFixture *fixture, ImpStore **store)
{
  char *path = g_build_filename (fixture->folder, "passphrase.db", NULL);
  ImpKey key = { IMP_KEY_PASSPHRASE, FIRST, NULL };
  g_autoptr (GError) error = NULL;

  *store = imp_store_create (path, &key, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_opens (const char *path, const char *passphrase, gboolean expected)
{
  ImpKey key = { IMP_KEY_PASSPHRASE, passphrase, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = imp_store_open (path, &key, &error);

  if (expected)
    g_assert_no_error (error);
  else
    g_assert_error (error, IMP_ERROR, IMP_ERROR_WRONG_KEY);
}

static void
test_change_passphrase (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpStore) store = NULL;
  g_autofree char *path = make_with_passphrase (fixture, &store);
  g_autofree char *side = g_strconcat (path, ".key", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  g_assert_true (g_file_get_contents (side, &before, NULL, NULL));
  g_assert_false (imp_store_change_passphrase (store, NULL, SECOND, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_assert_false (imp_store_change_passphrase (store, "not this one", SECOND, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_assert_false (imp_store_change_passphrase (store, FIRST, "short", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (side, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
  g_assert_true (imp_store_change_passphrase (store, FIRST, SECOND, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  assert_opens (path, FIRST, FALSE);
  assert_opens (path, SECOND, TRUE);
  /* No copy of the old side file, which would still open it. */
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "passphrase.db.key."));
}

static void
test_recovery_key (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpStore) store = NULL;
  g_autofree char *path = make_with_passphrase (fixture, &store);
  g_autofree char *typed = NULL;
  g_autofree char *file = g_build_filename (fixture->folder, "recovery", NULL);
  g_autoptr (GError) error = NULL;
  char *first = imp_store_make_recovery_key (store, &error);
  char *second = NULL;
  ImpKey key = { IMP_KEY_FILE, NULL, file };

  g_assert_no_error (error);
  /* 14 groups of four: 52 characters are the key, 4 the checksum. */
  g_assert_cmpuint (strlen (first), ==, 69);
  second = imp_store_make_recovery_key (store, &error);
  g_assert_cmpstr (first, !=, second);
  g_clear_object (&store);
  assert_opens (path, first, FALSE);
  assert_opens (path, second, TRUE);
  assert_opens (path, FIRST, TRUE);
  typed = g_ascii_strdown (g_strdelimit (second, "-", ' '), -1);
  assert_opens (path, typed, TRUE);
  for (gsize i = 0; i < strlen (typed); i += 7)
    if (typed[i] != ' ')
      {
        char kept = typed[i];

        typed[i] = kept == '2' ? '3' : '2';
        assert_opens (path, typed, FALSE);
        typed[i] = kept;
        break;
      }
  g_assert_true (
      g_file_set_contents_full (file, typed, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error));
  store = imp_store_open (path, &key, &error);
  g_assert_no_error (error);
  /* Who has lost the passphrase sets another one with it, and it goes on opening the register. */
  g_assert_true (imp_store_change_passphrase (store, typed, SECOND, &error));
  g_clear_object (&store);
  assert_opens (path, SECOND, TRUE);
  assert_opens (path, typed, TRUE);
  assert_opens (path, FIRST, FALSE);
  imp_store_free_text (first);
  imp_store_free_text (second);
}

/* Where a key file alone opened it: the printed key does, too, when that is lost. */
static void
test_recovery_of_key_file (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char *text = imp_store_make_recovery_key (fixture->store, &error);

  g_assert_no_error (error);
  store_fixture_close (fixture);
  assert_opens (fixture->path, text, TRUE);
  imp_store_free_text (text);
  store_fixture_open (fixture);
}

/* ---- the idle lock ---- */

static void
test_idle_lock (StoreFixture *fixture, gconstpointer data)
{
  ImpKey key = store_fixture_key (fixture);
  ImpKey wrong = { IMP_KEY_PASSPHRASE, "another passphrase", NULL };
  ImpStore *store = fixture->store;
  const guint8 *digest_key = imp_store_get_digest_key (store);
  g_autoptr (GError) error = NULL;
  guint8 kept[32];
  static const guint8 ZERO[32] = { 0 };

  memcpy (kept, digest_key, sizeof kept);
  g_assert_true (imp_store_begin (store, &error));
  g_assert_false (imp_store_lock (store));
  imp_store_rollback (store);
  g_assert_true (imp_store_lock (store));
  g_assert_true (imp_store_is_locked (store));
  g_assert_cmpmem (digest_key, 32, ZERO, 32);
  g_assert_false (imp_store_run (store, &error, "SELECT 1", NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (imp_store_begin (store, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (imp_store_make_recovery_key (store, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (imp_store_unlock (store, &wrong, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (imp_store_is_locked (store));
  g_assert_true (imp_store_unlock (store, &key, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (digest_key, 32, kept, 32);
  g_assert_true (imp_store_run (store, &error, "INSERT INTO setting (key, value) VALUES ('a', 'b')",
                                NULL, NULL));
  g_assert_cmpint (store_fixture_integer (store, "SELECT count(*) FROM setting"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/store/keys/passphrase", test_passphrase);
  store_fixture_add ("/store/keys/side-file", test_side_file);
  store_fixture_add ("/store/keys/failed-creation", test_failed_creation_leaves_nothing);
  store_fixture_add ("/store/keys/older-side-file", test_older_side_file_is_kept);
  store_fixture_add ("/store/keys/file/forms", test_key_file_forms);
  store_fixture_add ("/store/keys/file/passphrase", test_key_file_passphrase);
  store_fixture_add ("/store/keys/file/refused", test_key_file_refused);
  store_fixture_add ("/store/keys/file/made", test_key_file_is_made);
  store_fixture_add ("/store/keys/file/without-side-file", test_key_file_without_side_file);
  store_fixture_add ("/store/keys/digest-key", test_digest_key);
  store_fixture_add ("/security/5-2/change-passphrase", test_change_passphrase);
  store_fixture_add ("/security/5-2/recovery-key", test_recovery_key);
  store_fixture_add ("/security/5-2/recovery-key/of-key-file", test_recovery_of_key_file);
  store_fixture_add ("/security/5-2/idle-lock", test_idle_lock);
  return g_test_run ();
}
