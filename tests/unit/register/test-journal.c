/* An older copy of the register cannot revive what was withdrawn since: the journal beside it, and
 * what happens where that is lost, damaged, or knows less (policy.md 5.7). */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-register.h"
#include "store-support.h"

#define HEADER_LENGTH 24
#define RECORD_LENGTH 512

static const char NAME[] = "EXAMPLE^PERSON A";
static const char NUMBER[] = "H204417";

static char *
beside (StoreFixture *fixture, const char *suffix)
{
  return g_strconcat (fixture->path, suffix, NULL);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (from, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (to, contents, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* What somebody does who copies the register's file by hand, or brings such a copy back. */
static void
keep_copy (StoreFixture *fixture)
{
  g_autofree char *copy = beside (fixture, ".copy");

  store_fixture_close (fixture);
  copy_file (fixture->path, copy);
  store_fixture_open (fixture);
}

static void
bring_back (StoreFixture *fixture)
{
  g_autofree char *copy = beside (fixture, ".copy");

  if (fixture->store != NULL)
    store_fixture_close (fixture);
  copy_file (copy, fixture->path);
  store_fixture_open (fixture);
}

static char *
add_person (StoreFixture *fixture, const char *number)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autoptr (GError) error = NULL;

  person->hospital_number = g_strdup (number);
  person->name = g_strdup (NAME);
  imp_register_add_person (reg, person, &error);
  g_assert_no_error (error);
  return g_strdup (person->id);
}

static char *
add_permission (StoreFixture *fixture, const char *person_id, ImpPermissionState state)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autoptr (GError) error = NULL;

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = state;
  imp_register_add_permission (reg, permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

static gboolean
withdraw (StoreFixture *fixture, const char *permission_id, GError **error)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);

  return imp_register_withdraw (reg, permission_id, NULL, "telephone", error);
}

static void
set_state (StoreFixture *fixture, const char *permission_id, ImpPermissionState state)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;

  imp_register_set_permission_state (reg, permission_id, state, &error);
  g_assert_no_error (error);
}

static ImpPermissionState
state_of (StoreFixture *fixture, const char *permission_id)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = imp_register_get_permission (reg, permission_id, &error);

  g_assert_no_error (error);
  return permission->state;
}

static gboolean
objects (StoreFixture *fixture, const char *person_id)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_register_get_person (reg, person_id, &error);

  g_assert_no_error (error);
  return person->objects;
}

static void
object (StoreFixture *fixture, const char *person_id, gboolean objects)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;

  imp_register_set_objection (reg, person_id, objects, NULL, &error);
  g_assert_no_error (error);
}

static gsize
journal_length (StoreFixture *fixture)
{
  g_autofree char *path = beside (fixture, ".withdrawals");
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return (gsize)status.st_size;
}

static void
assert_note (StoreFixture *fixture, const char *words, gint64 n_suspended)
{
  gint64 found = -1;
  const char *note = imp_store_get_journal_note (fixture->store, &found);

  g_assert_null (imp_store_get_read_only_reason (fixture->store));
  g_assert_cmpint (found, ==, n_suspended);
  if (words == NULL)
    g_assert_cmpstr (note, ==, NULL);
  else
    g_assert_nonnull (strstr (note, words));
}

/* ---- an older copy ---- */

static void
test_old_copy (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);
  g_autofree char *withdrawn = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *mistaken = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *suspended = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *offered = add_permission (fixture, person, IMP_PERMISSION_OFFERED);
  g_autofree char *untouched = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);

  keep_copy (fixture);
  assert_note (fixture, NULL, 0);
  g_assert_true (withdraw (fixture, withdrawn, &error));
  set_state (fixture, mistaken, IMP_PERMISSION_ENTERED_IN_ERROR);
  set_state (fixture, suspended, IMP_PERMISSION_SUSPENDED);
  set_state (fixture, offered, IMP_PERMISSION_REFUSED);
  object (fixture, person, TRUE);

  bring_back (fixture);
  assert_note (fixture, "5 entries of the journal", 0);
  g_assert_cmpint (state_of (fixture, withdrawn), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, mistaken), ==, IMP_PERMISSION_ENTERED_IN_ERROR);
  g_assert_cmpint (state_of (fixture, suspended), ==, IMP_PERMISSION_SUSPENDED);
  g_assert_cmpint (state_of (fixture, offered), ==, IMP_PERMISSION_REFUSED);
  g_assert_cmpint (state_of (fixture, untouched), ==, IMP_PERMISSION_ACTIVE);
  g_assert_true (objects (fixture, person));

  /* That was it: the next start finds nothing more to do. */
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  assert_note (fixture, NULL, 0);
}

/* A permission granted and withdrawn since the copy was made, and one refused since: the copy has
 * neither, and the "no" of both stands against the anonymised route. */
static void
test_unknown_permission (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);
  g_autofree char *withdrawn = NULL;
  g_autofree char *refused = NULL;

  keep_copy (fixture);
  withdrawn = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_assert_true (withdraw (fixture, withdrawn, &error));
  refused = add_permission (fixture, person, IMP_PERMISSION_REFUSED);
  bring_back (fixture);
  g_assert_cmpint (state_of (fixture, withdrawn), ==, IMP_PERMISSION_REFUSED);
  g_assert_cmpint (state_of (fixture, refused), ==, IMP_PERMISSION_REFUSED);
}

/* Somebody who was registered, and objected, after the copy was made: the number stays blocked. */
static void
test_unknown_person (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *person = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *sql = NULL;

  keep_copy (fixture);
  person = add_person (fixture, NUMBER);
  object (fixture, person, TRUE);
  bring_back (fixture);
  assert_note (fixture, "1 entry of the journal", 0);
  digest = imp_store_digest_number (fixture->store, "h204417");
  sql = g_strdup_printf ("SELECT count(*) FROM tombstone WHERE digest = '%s' AND person_id = '%s' "
                         "AND reason = 'objects'",
                         digest, person);
  g_assert_cmpint (store_fixture_integer (fixture->store, sql), ==, 1);
}

/* What was allowed again is not in the journal: it has to be allowed again. */
static void
test_only_no (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, NUMBER);

  object (fixture, person, TRUE);
  keep_copy (fixture);
  object (fixture, person, FALSE);
  bring_back (fixture);
  g_assert_true (objects (fixture, person));
}

/* Two copies of the register that went different ways: the journal goes on with one of them. */
static void
test_two_ways (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *kept = beside (fixture, ".withdrawals.copy");
  g_autofree char *person = add_person (fixture, NUMBER);
  g_autofree char *first = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *second = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *third = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);

  keep_copy (fixture);
  copy_file (journal, kept);
  g_assert_true (withdraw (fixture, first, &error));
  store_fixture_close (fixture);
  copy_file (journal, kept);
  g_assert_cmpint (truncate (journal, HEADER_LENGTH), ==, 0);
  bring_back (fixture);
  g_assert_true (withdraw (fixture, second, &error));
  store_fixture_close (fixture);
  copy_file (kept, journal);
  store_fixture_open (fixture);
  assert_note (fixture, "put aside", 1);
  g_assert_cmpint (state_of (fixture, first), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, second), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, third), ==, IMP_PERMISSION_SUSPENDED);
}

/* ---- a journal that is lost ---- */

static void
check_lost (StoreFixture *fixture, const char *words, const char *withdrawn, const char *active)
{
  g_autoptr (GError) error = NULL;

  store_fixture_open (fixture);
  assert_note (fixture, words, 1);
  g_assert_cmpint (state_of (fixture, withdrawn), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, active), ==, IMP_PERMISSION_SUSPENDED);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM unconfirmed"), ==,
                   1);
  /* The new journal has what the register knows, so that the next start is an ordinary one. */
  g_assert_cmpuint (journal_length (fixture), ==, HEADER_LENGTH + RECORD_LENGTH);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  assert_note (fixture, NULL, 0);
  set_state (fixture, active, IMP_PERMISSION_ACTIVE);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM unconfirmed"), ==,
                   0);
  g_assert_true (withdraw (fixture, active, &error));
  g_assert_no_error (error);
}

static void
prepare_lost (StoreFixture *fixture, char **withdrawn, char **active)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);

  *withdrawn = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  *active = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_assert_true (withdraw (fixture, *withdrawn, &error));
  store_fixture_close (fixture);
}

static void
test_missing (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *withdrawn = NULL;
  g_autofree char *active = NULL;

  prepare_lost (fixture, &withdrawn, &active);
  g_assert_cmpint (g_unlink (journal), ==, 0);
  check_lost (fixture, "missing", withdrawn, active);
}

static void
test_older_journal (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *withdrawn = NULL;
  g_autofree char *active = NULL;

  prepare_lost (fixture, &withdrawn, &active);
  g_assert_cmpint (truncate (journal, HEADER_LENGTH), ==, 0);
  check_lost (fixture, "older than the register", withdrawn, active);
}

/* Every byte counts: any that is changed is noticed. */
static void
test_changed_journal (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *withdrawn = NULL;
  g_autofree char *active = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  prepare_lost (fixture, &withdrawn, &active);
  g_assert_true (g_file_get_contents (journal, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, HEADER_LENGTH + RECORD_LENGTH);
  contents[GPOINTER_TO_UINT (data)] ^= 1;
  g_assert_true (g_file_set_contents (journal, contents, (gssize)length, NULL));
  check_lost (fixture, "damaged", withdrawn, active);
}

/* An old copy, and a journal whose middle cannot be read: what comes after it is applied all the
 * same, and the rest waits. */
static void
test_damaged_middle (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *contents = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);
  char *permissions[4] = { NULL };
  gsize length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (permissions); i++)
    permissions[i] = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  keep_copy (fixture);
  for (guint i = 0; i < 3; i++)
    g_assert_true (withdraw (fixture, permissions[i], &error));
  store_fixture_close (fixture);
  g_assert_true (g_file_get_contents (journal, &contents, &length, NULL));
  contents[HEADER_LENGTH + RECORD_LENGTH + 100] ^= 1;
  g_assert_true (g_file_set_contents (journal, contents, (gssize)length, NULL));
  bring_back (fixture);
  assert_note (fixture, "damaged", 2);
  g_assert_cmpint (state_of (fixture, permissions[0]), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, permissions[1]), ==, IMP_PERMISSION_SUSPENDED);
  g_assert_cmpint (state_of (fixture, permissions[2]), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, permissions[3]), ==, IMP_PERMISSION_SUSPENDED);
  for (guint i = 0; i < G_N_ELEMENTS (permissions); i++)
    g_free (permissions[i]);
}

/* What a kill or a power cut leaves of a record that was never acknowledged. */
static void
test_torn_tail (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *withdrawn = NULL;
  g_autofree char *active = NULL;
  g_autofree char *contents = NULL;
  g_autofree guint8 *tail = g_malloc0 (2 * RECORD_LENGTH);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  prepare_lost (fixture, &withdrawn, &active);
  g_assert_true (g_file_get_contents (journal, &contents, &length, NULL));
  g_byte_array_append (whole, (const guint8 *)contents, (guint)length);
  if (data != NULL)
    memset (tail, 0x5a, 2 * RECORD_LENGTH);
  g_byte_array_append (whole, tail, data != NULL ? RECORD_LENGTH - 1 : RECORD_LENGTH + 7);
  g_assert_true (
      g_file_set_contents (journal, (const char *)whole->data, (gssize)whole->len, NULL));
  store_fixture_open (fixture);
  assert_note (fixture, NULL, 0);
  g_assert_cmpint (state_of (fixture, active), ==, IMP_PERMISSION_ACTIVE);
  g_assert_true (withdraw (fixture, active, &error));
  store_fixture_close (fixture);
  g_assert_cmpuint (journal_length (fixture) / RECORD_LENGTH, >=, 2);
  store_fixture_open (fixture);
  assert_note (fixture, NULL, 0);
}

/* ---- the order of the two ---- */

/* The journal cannot grow, the register could: nothing is acknowledged, nothing is withdrawn. */
static void
test_journal_full (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);
  g_autofree char *permission = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *journal = beside (fixture, ".withdrawals");
  struct rlimit limit;

  /* All but the journal lies below the limit. */
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *number = g_strdup_printf ("H%06u", i);
      g_autofree char *other = add_person (fixture, number);

      object (fixture, other, TRUE);
    }
  imp_store_run (fixture->store, &error, "PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpuint (journal_length (fixture), ==, HEADER_LENGTH + 200 * RECORD_LENGTH);
  limit.rlim_cur = journal_length (fixture) + 100;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (withdraw (fixture, permission, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "full"));
  g_clear_error (&error);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_cmpint (state_of (fixture, permission), ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpuint (journal_length (fixture), ==, HEADER_LENGTH + 200 * RECORD_LENGTH);
  g_assert_true (withdraw (fixture, permission, &error));
  g_assert_cmpuint (journal_length (fixture), ==, HEADER_LENGTH + 201 * RECORD_LENGTH);
}

/* A program that dies between journal and commit; another one, which has the register open, goes
 * on: the "no" that nobody was told of is applied, and the journal stays in order. */
static void
test_died_between (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);
  g_autofree char *first = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *second = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *kept = beside (fixture, ".withdrawals.copy");

  keep_copy (fixture);
  g_assert_true (withdraw (fixture, first, &error));
  copy_file (journal, kept);
  bring_back (fixture);
  /* The register is in the state before the commit now, the journal in the one after it. */
  store_fixture_close (fixture);
  g_assert_cmpint (truncate (journal, HEADER_LENGTH), ==, 0);
  bring_back (fixture);
  g_assert_cmpint (state_of (fixture, first), ==, IMP_PERMISSION_ACTIVE);
  copy_file (kept, journal);
  g_assert_true (withdraw (fixture, second, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state_of (fixture, first), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, second), ==, IMP_PERMISSION_WITHDRAWN);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  assert_note (fixture, NULL, 0);
}

/* Rows whose times lie in the future, as if the clock had been set back since: a withdrawal holds
 * at once, history stays in order, and the journal goes on. */
static void
test_clock_set_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);
  g_autofree char *permission = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *other = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);

  imp_store_run (fixture->store, &error,
                 "INSERT INTO event (at, subject, subject_id, kind) "
                 "VALUES ('2099-01-01T00:00:00.000Z', 'person', 'p', 'changed')",
                 NULL, NULL);
  g_assert_no_error (error);
  imp_store_run (fixture->store, &error,
                 "INSERT INTO journal_entry (at, kind, subject_id) "
                 "VALUES ('2099-01-01T00:00:00.000Z', 'objects', 'p')",
                 NULL, NULL);
  g_assert_no_error (error);
  keep_copy (fixture);
  g_assert_true (withdraw (fixture, permission, &error));
  g_assert_cmpint (state_of (fixture, permission), ==, IMP_PERMISSION_WITHDRAWN);
  bring_back (fixture);
  assert_note (fixture, "1 entry of the journal", 0);
  g_assert_cmpint (state_of (fixture, permission), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpint (state_of (fixture, other), ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT (SELECT max(seq) FROM event) > (SELECT seq FROM "
                                          "event WHERE at LIKE '2099%')"),
                   ==, 1);
}

/* Nothing that names anybody can be read in the file, with or without the register's key. */
static void
test_says_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);
  g_autofree char *permission = add_permission (fixture, person, IMP_PERMISSION_ACTIVE);
  g_autofree char *journal = beside (fixture, ".withdrawals");
  g_autofree char *contents = NULL;
  gsize length = 0;
  const char *words[] = { NAME, NUMBER, "h204417", person, permission, "withdrawn", "telephone" };

  g_assert_true (withdraw (fixture, permission, &error));
  object (fixture, person, TRUE);
  g_assert_true (g_file_get_contents (journal, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, HEADER_LENGTH + 2 * RECORD_LENGTH);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_null (memmem (contents, length, words[i], strlen (words[i])));
}

/* The rows are history: what they say stays. */
static void
test_entries_stay (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_person (fixture, NUMBER);

  object (fixture, person, TRUE);
  g_assert_false (imp_store_run (fixture->store, &error, "DELETE FROM journal_entry", NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_store_run (fixture->store, &error,
                                 "UPDATE journal_entry SET subject_id = 'other'", NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/security/5-7/old-copy-put-in-place-by-hand", test_old_copy);
  store_fixture_add ("/security/5-7/permission-the-copy-never-had", test_unknown_permission);
  store_fixture_add ("/security/5-7/person-the-copy-never-had", test_unknown_person);
  store_fixture_add ("/security/5-7/only-a-no-is-applied", test_only_no);
  store_fixture_add ("/security/5-7/two-copies-went-different-ways", test_two_ways);
  store_fixture_add ("/security/5-7/journal-missing", test_missing);
  store_fixture_add ("/security/5-7/journal-older-than-register", test_older_journal);
  g_test_add ("/security/5-7/journal-changed/id", StoreFixture, GUINT_TO_POINTER (10),
              store_fixture_set_up, test_changed_journal, store_fixture_tear_down);
  g_test_add ("/security/5-7/journal-changed/nonce", StoreFixture, GUINT_TO_POINTER (24),
              store_fixture_set_up, test_changed_journal, store_fixture_tear_down);
  g_test_add ("/security/5-7/journal-changed/last-byte", StoreFixture, GUINT_TO_POINTER (535),
              store_fixture_set_up, test_changed_journal, store_fixture_tear_down);
  store_fixture_add ("/security/5-7/journal-damaged-in-the-middle", test_damaged_middle);
  store_fixture_add ("/security/5-7/torn-tail/zeros", test_torn_tail);
  g_test_add ("/security/5-7/torn-tail/part", StoreFixture, GUINT_TO_POINTER (1),
              store_fixture_set_up, test_torn_tail, store_fixture_tear_down);
  store_fixture_add ("/security/5-7/journal-before-register/full", test_journal_full);
  store_fixture_add ("/security/5-7/journal-before-register/died-between", test_died_between);
  store_fixture_add ("/security/5-7/journal-names-nobody", test_says_nothing);
  store_fixture_add ("/security/5-7/entries-stay", test_entries_stay);
  store_fixture_add ("/reliability/clock-set-back", test_clock_set_back);
  return g_test_run ();
}
