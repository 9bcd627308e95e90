/* Backup, restore, and what a restored backup must not bring back (policy.md 5.7). */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "gate-fixture.h"
#include "imp-config.h"
#include "imp-error.h"
#include "imp-keeping.h"
#include "users.h"

static gboolean
back_up (Fixture *fixture, const char *name, GError **error)
{
  g_autofree char *path = in_folder (fixture, name);
  g_autoptr (GFile) target = g_file_new_for_path (path);

  return imp_gate_backup_sync (fixture->gate, target, NULL, error);
}

static ImpGate *
restore (Fixture *fixture, const char *backup, const char *path, const char *journal,
         GError **error)
{
  g_autofree char *from = in_folder (fixture, backup);
  g_autofree char *to = in_folder (fixture, path);
  g_autofree char *key = in_folder (fixture, "key");
  g_autofree char *withdrawals = journal != NULL ? in_folder (fixture, journal) : NULL;

  return imp_gate_restore_sync (from, IMP_GATE_KEY_FILE, key, to, withdrawals, error);
}

static void
withdraw (Fixture *fixture, const char *permission)
{
  g_autoptr (GError) error = NULL;

  imp_register_withdraw (imp_gate_get_register (fixture->gate), permission, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_state (ImpGate *gate, const char *permission_id, ImpPermissionState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission =
      imp_register_get_permission (imp_gate_get_register (gate), permission_id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (permission->state, ==, state);
}

static void
assert_said (ImpGate *gate, const char *words)
{
  const char *const *said = imp_gate_get_recovered (gate);

  if (words == NULL)
    g_assert_null (said[0]);
  else
    {
      g_assert_nonnull (said[0]);
      g_assert_nonnull (strstr (said[0], words));
    }
}

static void
remove_register (Fixture *fixture, gboolean with_journal)
{
  g_autofree char *path = in_folder (fixture, "register.db");
  g_autofree char *side = in_folder (fixture, "register.db.key");
  g_autofree char *journal = in_folder (fixture, "register.db.withdrawals");

  g_clear_object (&fixture->gate);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (side), ==, 0);
  if (with_journal)
    g_assert_cmpint (g_unlink (journal), ==, 0);
}

static gboolean
is_there (Fixture *fixture, const char *name)
{
  g_autofree char *path = in_folder (fixture, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* ---- a backup ---- */

/* Opened as anybody would who has the key file and the manual of the library. */
static gint64
count_in (Fixture *fixture, const char *name, const char *table)
{
  g_autofree char *path = in_folder (fixture, name);
  g_autofree char *key_file = in_folder (fixture, "key");
  g_autofree char *key = NULL;
  g_autofree char *pragma = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 count = -1;

  g_assert_true (g_file_get_contents (key_file, &key, NULL, NULL));
  pragma = g_strdup_printf ("PRAGMA key = \"x'%s'\"", g_strchomp (key));
  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (IMP_ENCRYPTED)
    g_assert_cmpint (sqlite3_exec (database, pragma, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return count;
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  static const char *const NAMES[] = { "backup.db", "backup.db.key", "backup.db.withdrawals" };
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autoptr (GError) error = NULL;

  g_assert_true (back_up (fixture, "backup.db", &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = in_folder (fixture, NAMES[i]);
      GStatBuf status;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
  g_assert_false (is_there (fixture, "register.db.backup"));
  g_assert_cmpint (count_in (fixture, "backup.db", "permission"), ==, 1);
  g_assert_cmpint (count_in (fixture, "backup.db", "person"), ==, 1);
  if (IMP_ENCRYPTED)
    {
      g_autofree char *path = in_folder (fixture, "backup.db");
      g_autofree char *contents = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_null (memmem (contents, length, "EXAMPLE, Person A", 17));
      g_assert_null (memmem (contents, length, "SQLite format 3", 15));
    }
}

/* All three or none, and nothing is replaced. */
static void
test_backup_target (Fixture *fixture, gconstpointer data)
{
  static const char *const NAMES[] = { "backup.db", "backup.db.key", "backup.db.withdrawals" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = in_folder (fixture, NAMES[i]);
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
      g_assert_false (back_up (fixture, "backup.db", &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
      for (guint j = 0; j < G_N_ELEMENTS (NAMES); j++)
        g_assert_true (is_there (fixture, NAMES[j]) == (i == j));
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "mine");
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/* A register that is damaged makes no backup that looks sound. */
static void
test_backup_of_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "register.db");
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (ImpPerson) person = imp_person_new ();

      person->hospital_number = g_strdup_printf ("H%06u", i);
      person->note = g_strnfill (3000, 'n');
      g_assert_true (
          imp_register_add_person (imp_gate_get_register (fixture->gate), person, &error));
    }
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 1000000);
  {
    FILE *file = g_fopen (path, "r+b");

    g_assert_cmpint (fseek (file, 900000, SEEK_SET), ==, 0);
    g_assert_cmpint (fputc (contents[900000] ^ 1, file), !=, EOF);
    g_assert_cmpint (fclose (file), ==, 0);
  }
  if (!IMP_ENCRYPTED)
    return; /* only encryption authenticates every byte */
  g_assert_false (back_up (fixture, "backup.db", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
  g_assert_false (is_there (fixture, "backup.db"));
  g_assert_false (is_there (fixture, "register.db.backup"));
  g_clear_error (&error);
  g_assert_false (imp_gate_check_sync (fixture->gate, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
}

/* ---- and back ---- */

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *withdrawn = add_permission (fixture, "teaching-closed");
  g_autofree char *kept = add_permission (fixture, "record-only");
  g_autoptr (GError) error = NULL;
  gint64 n_rows = 0;

  g_assert_true (back_up (fixture, "backup.db", &error));
  withdraw (fixture, withdrawn);
  remove_register (fixture, FALSE);
  fixture->gate = restore (fixture, "backup.db", "register.db", NULL, &error);
  g_assert_no_error (error);
  assert_said (fixture->gate, "1 entry of the journal, such as a withdrawal");
  assert_state (fixture->gate, withdrawn, IMP_PERMISSION_WITHDRAWN);
  assert_state (fixture->gate, kept, IMP_PERMISSION_ACTIVE);
  g_assert_true (imp_gate_check_sync (fixture->gate, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 1); /* the row "restored" */
}

/* The register that is there, whole or not, is put aside and not lost. */
static void
test_restore_over_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "register.db");
  g_autofree char *withdrawn = add_permission (fixture, "teaching-closed");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;
  guint n_aside = 0;

  g_assert_true (back_up (fixture, "backup.db", &error));
  withdraw (fixture, withdrawn);
  g_clear_object (&fixture->gate);
  g_assert_true (g_file_set_contents (path, "not a register any more", -1, NULL));
  fixture->gate = restore (fixture, "backup.db", "register.db", NULL, &error);
  g_assert_no_error (error);
  assert_state (fixture->gate, withdrawn, IMP_PERMISSION_WITHDRAWN);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "register.db.old-"))
      {
        g_autofree char *aside = in_folder (fixture, name);
        g_autofree char *contents = NULL;

        n_aside++;
        g_assert_true (g_file_get_contents (aside, &contents, NULL, NULL));
        g_assert_cmpstr (contents, ==, "not a register any more");
      }
  g_assert_cmpuint (n_aside, ==, 1);
}

/* The journal is lost with the register: every permission waits, although one lies beside the
 * backup, which cannot know what came after it. */
static void
test_restore_without_journal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *withdrawn = add_permission (fixture, "teaching-closed");
  g_autofree char *kept = add_permission (fixture, "record-only");
  g_autoptr (GError) error = NULL;

  g_assert_true (back_up (fixture, "backup.db", &error));
  withdraw (fixture, withdrawn);
  remove_register (fixture, TRUE);
  fixture->gate = restore (fixture, "backup.db", "register.db", NULL, &error);
  g_assert_no_error (error);
  assert_said (fixture->gate, "2 permissions are suspended until you confirm each of them");
  assert_state (fixture->gate, withdrawn, IMP_PERMISSION_SUSPENDED);
  assert_state (fixture->gate, kept, IMP_PERMISSION_SUSPENDED);
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  assert_said (fixture->gate, NULL);
}

/* On another computer, with the journal brought along from the first one. */
static void
test_restore_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *withdrawn = add_permission (fixture, "teaching-closed");
  g_autofree char *kept = add_permission (fixture, "record-only");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) other = NULL;

  g_assert_true (back_up (fixture, "backup.db", &error));
  withdraw (fixture, withdrawn);
  g_clear_object (&fixture->gate);
  other = restore (fixture, "backup.db", "other.db", "register.db.withdrawals", &error);
  g_assert_no_error (error);
  assert_state (other, withdrawn, IMP_PERMISSION_WITHDRAWN);
  assert_state (other, kept, IMP_PERMISSION_ACTIVE);
}

static void
test_restore_in_use (Fixture *fixture, gconstpointer data)
{
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autoptr (GError) error = NULL;

  g_assert_true (back_up (fixture, "backup.db", &error));
  g_assert_null (restore (fixture, "backup.db", "register.db", NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_assert_nonnull (strstr (error->message, "open"));
  withdraw (fixture, permission);
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  assert_state (fixture->gate, permission, IMP_PERMISSION_WITHDRAWN);
}

static void
assert_not_restored (Fixture *fixture, const char *backup, ImpError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (restore (fixture, backup, "register.db", NULL, &error));
  g_assert_error (error, IMP_ERROR, (int)code);
  g_assert_false (is_there (fixture, "register.db.restored"));
}

/* What is no sound backup of this register leaves the register where it is. */
static void
test_restore_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autofree char *path = in_folder (fixture, "backup.db");
  g_autofree char *key = in_folder (fixture, "key");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_assert_true (back_up (fixture, "backup.db", &error));
  g_clear_object (&fixture->gate);
  assert_not_restored (fixture, "nothing.db", IMP_ERROR_NOT_FOUND);
  assert_not_restored (fixture, "register.db", IMP_ERROR_NOT_FOUND);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  contents[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, contents, (gssize)length, NULL));
  if (IMP_ENCRYPTED)
    assert_not_restored (fixture, "backup.db", IMP_ERROR_REGISTER_DAMAGED);
  contents[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, contents, (gssize)length / 2, NULL));
  assert_not_restored (fixture, "backup.db", IMP_ERROR_REGISTER_DAMAGED);
  {
    g_autofree char *other_path = in_folder (fixture, "other.db");
    g_autofree char *other_key = in_folder (fixture, "other-key");
    g_autoptr (ImpGate) other =
        imp_gate_open_sync (other_path, IMP_GATE_KEY_FILE, other_key, TRUE, &error);

    g_assert_no_error (error);
    g_clear_object (&other);
    g_assert_true (g_file_set_contents (path, contents, (gssize)length, NULL));
    g_assert_null (restore (fixture, "backup.db", "other.db", NULL, &error));
    g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  }
  fixture->gate = open_gate (fixture, FALSE);
  assert_said (fixture->gate, NULL);
  assert_state (fixture->gate, permission, IMP_PERMISSION_ACTIVE);
}

/* ---- how a record goes ---- */

/* The same person comes back under the same number: nothing of it leaves before two people say so.
 */
static void
test_stays_blocked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) again = imp_person_new ();
  const char *ids[2] = { NULL, NULL };
  guint n_copies = 9;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  g_assert_true (
      imp_gate_erase_person_sync (fixture->gate, fixture->person_id, NULL, &n_copies, &error));
  g_assert_cmpuint (n_copies, ==, 0);
  again->hospital_number = g_strdup ("h 204417");
  g_assert_true (imp_register_add_person (imp_gate_get_register (fixture->gate), again, &error));
  imp_request_set_person (fixture->request, again->id);
  assert_refused (fixture, "floor:tombstone");
  /* Nobody has an account, so what takes two people cannot be done. */
  g_assert_false (imp_gate_lift_tombstone_sync (fixture->gate, "H204417", NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  ids[0] = again->id;
  g_assert_false (imp_gate_purge_sync (fixture->gate, ids, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (
      imp_gate_erase_person_sync (fixture->gate, fixture->person_id, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static void
make_old (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_store_run (fixture->gate->store, &error,
                                "INSERT INTO person (id, hospital_number, number_folded, created) "
                                "VALUES ('old', 'H1', 'h1', '2010-03-01T08:00:00.000Z')",
                                NULL, NULL));
  g_assert_no_error (error);
}

/* Who may come to the list of those that were kept long enough. */
#define QUIET "SELECT count(*) FROM person_quiet WHERE since IS NOT NULL"

static void
test_purge (Fixture *fixture, gconstpointer data)
{
  const char *ids[] = { "old", NULL };
  const char *both[] = { "old", fixture->person_id, NULL };
  g_autoptr (ImpSecond) self = imp_second_new (KEEPER, pin_of (KEEPER));
  g_autoptr (ImpSecond) wrong = imp_second_new (APPROVER, "not the pin");
  g_autoptr (ImpSecond) watcher = imp_second_new (OPERATOR, pin_of (OPERATOR));
  g_autoptr (ImpSecond) approver = imp_second_new (APPROVER, pin_of (APPROVER));
  const ImpSecond *refused[] = { NULL, self, wrong, watcher };
  g_autoptr (GError) error = NULL;

  must_sign_in (fixture, KEEPER);
  make_old (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_false (imp_gate_purge_sync (fixture->gate, ids, refused[i], &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
      g_clear_error (&error);
    }
  /* One of them is not due: none goes. */
  g_assert_false (imp_gate_purge_sync (fixture->gate, both, approver, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM person WHERE id = 'old'"), ==, 1);
  g_assert_true (imp_gate_purge_sync (fixture->gate, ids, approver, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM person WHERE id = 'old'"), ==, 0);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM ledger WHERE kind = 'purged' "
                                        "AND json_extract(body, '$.second') IS NOT NULL "
                                        "AND json_extract(body, '$.user') IS NOT NULL"),
                   ==, 1);
}

/* What can still be seen is kept, however long ago it left. */
static void
test_purge_live_copy (Fixture *fixture, gconstpointer data)
{
  const char *ids[] = { "old", NULL };
  g_autoptr (ImpSecond) approver = imp_second_new (APPROVER, pin_of (APPROVER));
  g_autoptr (GError) error = NULL;

  must_sign_in (fixture, KEEPER);
  make_old (fixture);
  g_assert_true (imp_store_run (
      fixture->gate->store, &error,
      "INSERT INTO copy (export_id, intent_id, person_id, route, destination, decided, released) "
      "SELECT 'e', id, 'old', 'consent', 'publication', '2011-01-01', '2011-01-01' FROM ledger "
      "LIMIT 1",
      NULL, NULL));
  g_assert_false (imp_gate_purge_sync (fixture->gate, ids, approver, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "still be seen"));
  g_clear_error (&error);
  g_assert_true (imp_store_run (fixture->gate->store, &error, "UPDATE copy SET state = 'removed'",
                                NULL, NULL));
  g_assert_true (imp_gate_purge_sync (fixture->gate, ids, approver, &error));
  g_assert_no_error (error);
}

static gboolean
erase_kept (Fixture *fixture, const ImpSecond *second, GError **error)
{
  return imp_gate_erase_person_sync (fixture->gate, fixture->person_id, second, NULL, error);
}

static gboolean
end_exemption (Fixture *fixture, const ImpSecond *second, GError **error)
{
  return imp_gate_end_exemption_sync (fixture->gate, fixture->person_id, second, error);
}

/* What the journal brings back when a register with users is opened: nobody is signed in then. */
static void
test_restored_with_users (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *permission = NULL;
  g_autoptr (ImpGate) restored = NULL;
  g_autoptr (ImpSecond) keeper = imp_second_new (KEEPER, pin_of (KEEPER));
  ImpRegister *people = imp_gate_get_register (fixture->gate);

  must_sign_in (fixture, KEEPER);
  permission = add_permission (fixture, "teaching-closed");
  imp_register_set_permission_state (people, permission, IMP_PERMISSION_SUSPENDED, &error);
  g_assert_no_error (error);
  g_assert_true (back_up (fixture, "backup.db", &error));
  imp_register_set_permission_state (people, permission, IMP_PERMISSION_ACTIVE, &error);
  imp_register_set_permission_state (people, permission, IMP_PERMISSION_EXPIRED, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->gate);
  restored = restore (fixture, "backup.db", "register.db", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (imp_gate_sign_in_sync (restored, keeper, &error));
  g_assert_no_error (error);
  assert_state (restored, permission, IMP_PERMISSION_EXPIRED);
}

/* What is kept for a reason of the law one keeper neither erases nor stops keeping. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  gboolean (*const ACTS[]) (Fixture *, const ImpSecond *, GError **) = { erase_kept,
                                                                         end_exemption };
  g_autoptr (ImpSecond) self = imp_second_new (KEEPER, pin_of (KEEPER));
  g_autoptr (ImpSecond) wrong = imp_second_new (APPROVER, "not the pin");
  g_autoptr (ImpSecond) watcher = imp_second_new (OPERATOR, pin_of (OPERATOR));
  g_autoptr (ImpSecond) approver = imp_second_new (APPROVER, pin_of (APPROVER));
  const ImpSecond *refused[] = { NULL, self, wrong, watcher };
  g_autoptr (GError) error = NULL;

  must_sign_in (fixture, KEEPER);
  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++)
    {
      g_assert_true (
          imp_gate_keep_person_sync (fixture->gate, fixture->person_id, "legal-claims", &error));
      for (guint j = 0; j < G_N_ELEMENTS (refused); j++)
        {
          g_assert_false (ACTS[i](fixture, refused[j], &error));
          g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
          g_clear_error (&error);
        }
      /* A front end that forgets to ask gets no further. */
      g_assert_false (imp_register_erase_person (fixture->gate->people, fixture->person_id,
                                                 IMP_ERASURE_ASKED_FOR, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
      g_assert_false (
          imp_register_end_exemption (fixture->gate->people, fixture->person_id, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
      g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM exemption"), ==, 1);
      g_assert_cmpint (count_rows (fixture, QUIET), ==, 0);
      g_assert_true (end_exemption (fixture, approver, &error));
      g_assert_no_error (error);
      g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM exemption"), ==, 0);
      g_assert_cmpint (count_rows (fixture, QUIET), ==, 1);
    }
  g_assert_false (end_exemption (fixture, approver, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM ledger WHERE kind = 'kept-ended' "
                                        "AND json_extract(body, '$.second') IS NOT NULL "
                                        "AND json_extract(body, '$.user') IS NOT NULL"),
                   ==, 2);
  /* Two people erase it while it is kept. */
  g_assert_true (
      imp_gate_keep_person_sync (fixture->gate, fixture->person_id, "archiving", &error));
  g_assert_true (erase_kept (fixture, approver, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM person"), ==, 0);
}

static void
test_lift (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpSecond) approver = imp_second_new (APPROVER, pin_of (APPROVER));
  g_autoptr (GError) error = NULL;
  gboolean buried = FALSE;

  must_sign_in (fixture, OPERATOR);
  g_assert_false (
      imp_gate_erase_person_sync (fixture->gate, fixture->person_id, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  must_sign_in (fixture, KEEPER);
  g_assert_true (
      imp_gate_erase_person_sync (fixture->gate, fixture->person_id, NULL, NULL, &error));
  g_assert_true (imp_register_is_buried (fixture->gate->people, "H204417", &buried, &error));
  g_assert_true (buried);
  g_assert_true (imp_gate_lift_tombstone_sync (fixture->gate, "H204417", approver, &error));
  g_assert_true (imp_register_is_buried (fixture->gate->people, "H204417", &buried, &error));
  g_assert_false (buried);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/security/5-7/backup", test_backup },
    { "/security/5-7/backup-replaces-nothing", test_backup_target },
    { "/security/5-7/backup-of-a-damaged-register", test_backup_of_damage },
    { "/security/5-7/restore", test_restore },
    { "/security/5-7/restore-over-a-damaged-register", test_restore_over_damage },
    { "/security/5-7/restore-without-journal", test_restore_without_journal },
    { "/security/5-7/restore-elsewhere", test_restore_elsewhere },
    { "/security/5-7/restore-while-in-use", test_restore_in_use },
    { "/security/5-7/restore-refused", test_restore_refused },
    { "/security/5-5/exports-stay-blocked", test_stays_blocked },
  };

  int status = 0;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  g_test_add ("/security/5-7/restored-with-users", Fixture, NULL, set_up_two,
              test_restored_with_users, tear_down);
  g_test_add ("/security/5-5/kept-for-a-reason-of-the-law", Fixture, NULL, set_up_three, test_kept,
              tear_down);
  g_test_add ("/security/5-6/purge-by-two", Fixture, NULL, set_up_three, test_purge, tear_down);
  g_test_add ("/security/5-6/purge-keeps-what-can-be-seen", Fixture, NULL, set_up_three,
              test_purge_live_copy, tear_down);
  g_test_add ("/security/5-5/tombstone-lifted-by-two", Fixture, NULL, set_up_three, test_lift,
              tear_down);
  status = g_test_run ();
  forget_templates ();
  return status;
}
