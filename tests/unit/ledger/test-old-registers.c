/* A register of every released schema opens, is brought up to date, and loses no row. */
#include <glib/gstdio.h>

#include "imp-error.h"
#include "imp-finding.h"
#include "imp-ledger.h"
#include "imp-register-evidence.h"
#include "imp-register-guidance.h"
#include "imp-register-keeping.h"
#include "imp-register-names.h"
#include "imp-register.h"
#include "store-support.h"

/* register_v1.sql, register_v7.sql, register_v8.sql, register_v11.sql, register_v13.sql */
static char **fixture_paths;

/* Puts the register of the dump, and what else it had held, in the place of the fixture's empty
 * one. */
static void
restore_dump (StoreFixture *fixture, guint number, const char *more)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_close (fixture);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_file_get_contents (fixture_paths[number], &sql, NULL, &error);
  g_assert_no_error (error);
  store_fixture_run_raw (fixture, sql);
  if (more != NULL)
    store_fixture_run_raw (fixture, more);
  store_fixture_open (fixture);
  g_assert_cmpstr (imp_store_get_read_only_reason (fixture->store), ==, NULL);
}

static void
check_people (ImpRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = imp_register_find (reg, "", 10, &error);
  g_autoptr (ImpPerson) first = imp_register_find_by_number (reg, "943 476 5919", &error);
  g_autoptr (ImpPerson) second = imp_register_find_by_number (reg, "h204418", &error);
  g_autoptr (GPtrArray) found = imp_register_find (reg, "person example", 10, &error);
  g_autofree char *policy = imp_register_get_setting (reg, "local-policy-reference", &error);
  g_autofree char *pack = imp_register_get_setting (reg, "policy-pack", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (first->hospital_number, ==, "H204417");
  g_assert_cmpstr (first->name, ==, "EXAMPLE^PERSON A");
  g_assert_cmpstr (first->born, ==, "1961-05-03");
  g_assert_cmpstr (first->note, ==, "needs an interpreter");
  g_assert_true (first->known_to_audience);
  g_assert_false (first->objects);
  g_assert_cmpstr (second->died, ==, "2025-12-24");
  g_assert_true (second->objects);
  g_assert_cmpstr (policy, ==, "IG-12");
  g_assert_cmpstr (pack, ==, "uk-strict");
}

static void
check_permissions (ImpRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_register_find_by_number (reg, "H204417", &error);
  g_autoptr (GPtrArray) permissions = imp_register_list_permissions (reg, person->id, &error);
  guint states = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (permissions->len, ==, 10);
  for (guint i = 0; i < permissions->len; i++)
    {
      ImpPermission *permission = permissions->pdata[i];

      states |= 1u << permission->state;
      g_assert_cmpstr (permission->level, ==, "publication-named");
      g_assert_cmpstr (permission->scope, ==, "Atlas of Examples");
      g_assert_true (permission->identifiable);
      g_assert_cmpstr (permission->given_by, ==, "parental-responsibility");
      g_assert_cmpstr (permission->giver_note, ==, "mother, birth certificate seen");
      g_assert_cmpstr (permission->capacity, ==, "presumed");
      g_assert_cmpstr (permission->evidence, ==, "signed-paper");
      g_assert_cmpstr (permission->evidence_reference, ==, "folder 7");
      g_assert_cmpstr (permission->wording_version, ==, "2026-1");
      g_assert_cmpstr (permission->given, ==, "2026-01-05");
      g_assert_cmpstr (permission->valid_from, ==, "2026-01-06");
      g_assert_cmpstr (permission->review, ==, "2028-01-01");
      g_assert_cmpstr (permission->expires, ==, "2030-01-01");
      g_assert_cmpint (permission->withdrawn != NULL, ==,
                       permission->state == IMP_PERMISSION_WITHDRAWN);
    }
  g_assert_cmpuint (states, ==, 0x3ff);
}

static void
check_ledger (ImpLedger *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = imp_ledger_list (ledger, 10, &error);
  g_autoptr (GPtrArray) open = imp_ledger_list_open_intents (ledger, &error);
  const char *const kinds[] = { "intent", "done", "intent" };
  const char *const texts[] = { "teaching the signs of an example", NULL,
                                "teaching the signs of an example" };
  gint64 n_rows = 0;

  imp_ledger_verify (ledger, NULL, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_rows, ==, 3);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpuint (open->len, ==, 1);
  for (guint i = 0; i < rows->len; i++)
    {
      ImpLedgerRow *row = rows->pdata[2 - i];
      g_autofree char *text = imp_ledger_get_text (ledger, row->id, "reason", &error);

      g_assert_no_error (error);
      g_assert_cmpint (row->seq, ==, i + 1);
      g_assert_cmpstr (row->kind, ==, kinds[i]);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_v1 (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = NULL;
  g_autoptr (ImpLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  restore_dump (fixture, 0, NULL);
  reg = imp_register_new (fixture->store);
  ledger = imp_ledger_new (fixture->store);
  check_people (reg);
  check_permissions (reg);
  check_ledger (ledger);
  /* 2 people, an objection and its note; 10 permissions and their 7 steps; 2 settings. */
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM event"), ==, 23);
  /* The rules of the schema came along: a withdrawn permission stays so. */
  id = store_fixture_text (fixture->store, "SELECT id FROM permission WHERE state = 'withdrawn'");
  g_assert_false (imp_register_set_permission_state (reg, id, IMP_PERMISSION_ACTIVE, &error));
  g_clear_error (&error);
  g_assert_false (imp_store_run (fixture->store, &error,
                                 "UPDATE permission SET state = 'active', withdrawn = NULL "
                                 "WHERE state = 'withdrawn'",
                                 NULL, NULL));
}

/* Exports from before copies were kept: found again in the ledger, and asked back where the person
 * has said no since. */
static void
test_v1_copies (StoreFixture *fixture, gconstpointer data)
{
  static const char *const MORE[][3] = {
    { "live", "intent", "'active'" },    { "live", "done", "'active'" },
    { "gone", "intent", "'withdrawn'" }, { "gone", "recovered", "'withdrawn'" },
    { "none", "intent", "'active'" },    { "none", "abandoned", "'active'" },
  };
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *live = NULL;
  g_autofree char *gone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (MORE); i++)
    g_string_append_printf (
        sql,
        "INSERT INTO ledger SELECT max(seq) + 1, 'row-%u', '%s', '2026-11-22T14:00:00.%03uZ', '%s',"
        "(SELECT json_object('route', 'consent', 'destination', 'publication', 'person', person_id,"
        " 'permission', id, 'sha256', 'hash-%s') FROM permission WHERE state = %s),"
        "(SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), 'hash-%u' FROM ledger;",
        i, MORE[i][0], i, MORE[i][1], MORE[i][0], MORE[i][2], i);
  restore_dump (fixture, 0, sql->str);
  live = store_fixture_text (fixture->store,
                             "SELECT copy.state || ' ' || released || ' ' || sha256 || ' ' || "
                             "permission.state FROM copy JOIN permission "
                             "ON permission.id = permission_id WHERE export_id = 'live'");
  gone = store_fixture_text (fixture->store,
                             "SELECT reason FROM copy JOIN takedown USING (export_id)");
  g_assert_cmpstr (live, ==, "live 2026-11-22T14:00:00.001Z hash-live active");
  g_assert_cmpstr (gone, ==, "withdrawn");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM copy"), ==, 2);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM takedown"), ==, 1);
}

/* Everything that schemas 2 to 7 brought is found again, and guidance can be kept. Its journal of
 * withdrawals did not come along: what was in force waits to be confirmed (policy.md 5.7). */
static void
test_everything (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRegister) reg = NULL;
  g_autoptr (ImpLedger) ledger = NULL;
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GBytes) pack = NULL;
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.4\n%%EOF\n", 15);
  g_autofree char *scan = NULL;
  g_autofree char *guidance = NULL;
  g_autoptr (GBytes) read = NULL;
  gboolean buried = FALSE;

  restore_dump (fixture, GPOINTER_TO_UINT (data), NULL);
  reg = imp_register_new (fixture->store);
  ledger = imp_ledger_new (fixture->store);
  check_ledger (ledger);
  person = imp_register_find_by_number (reg, "943 476 5919", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person->name, ==, "EXAMPLE^PERSON A");
  numbers = imp_register_list_identifiers (reg, person->id, &error);
  names = imp_register_list_aliases (reg, person->id, &error);
  g_assert_cmpuint (numbers->len, ==, 1);
  g_assert_cmpstr (((ImpIdentifier *)numbers->pdata[0])->value, ==, "TX 771");
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (((ImpAlias *)names->pdata[0])->name, ==, "EXAMPLE^FORMER");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM permission"), ==,
                   10);
  scan = store_fixture_text (fixture->store, "SELECT id FROM attachment");
  read = imp_register_read_evidence (reg, scan, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, pdf));
  pack = imp_register_get_pack (
      reg, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", &error);
  g_assert_cmpuint (g_bytes_get_size (pack), ==, 2);
  g_assert_true (imp_register_is_buried (reg, "H204419", &buried, &error));
  g_assert_true (buried);
  due = imp_register_list_due (reg, "2060-01-01", 10, &error);
  g_assert_no_error (error);
  g_assert_nonnull (due);
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT count(*) FROM person "
                                          "WHERE id NOT IN (SELECT person_id FROM person_quiet)"),
                   ==, 0);
  guidance = imp_register_add_guidance (reg, "Policy 7", pdf, &error);
  g_assert_no_error (error);
  g_assert_nonnull (guidance);
}

static gboolean
add_permission (ImpRegister *reg, ImpPermissionState state, GError **error)
{
  g_autoptr (ImpPerson) person = imp_register_find_by_number (reg, "H204417", error);
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  if (person == NULL)
    return FALSE;
  permission->person_id = g_strdup (person->id);
  permission->level = g_strdup ("record-only");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = state;
  return imp_register_add_permission (reg, permission, error);
}

/* Its users are there, and may what their roles allow now (docs/accounts.md). */
static void
test_v11 (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRegister) reg = NULL;
  g_autoptr (ImpLedger) ledger = NULL;
  g_autofree char *auditor = NULL;
  g_autofree char *secretary = NULL;
  gint64 n_rows = 0;

  restore_dump (fixture, 3, NULL);
  reg = imp_register_new (fixture->store);
  ledger = imp_ledger_new (fixture->store);
  imp_ledger_verify (ledger, NULL, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_rows, ==, 7);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM user"), ==, 3);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM permission"), ==,
                   10);
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT count(*) FROM pragma_index_list ('event') "
                                          "WHERE name = 'event_answer'"),
                   ==, 1);
  auditor = store_fixture_text (fixture->store, "SELECT id FROM user WHERE name LIKE 'Audrey%'");
  secretary = store_fixture_text (fixture->store, "SELECT id FROM user WHERE name LIKE 'Olga%'");
  imp_store_set_actor (fixture->store, auditor);
  g_assert_false (add_permission (reg, IMP_PERMISSION_ACTIVE, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "sign in as an operator or keeper"));
  g_clear_error (&error);
  add_permission (reg, IMP_PERMISSION_REFUSED, &error);
  g_assert_no_error (error);
  imp_store_set_actor (fixture->store, secretary);
  add_permission (reg, IMP_PERMISSION_ACTIVE, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_paths = argv + 1;
  store_fixture_add ("/register/old/v1", test_v1);
  store_fixture_add ("/register/old/v1-copies", test_v1_copies);
  g_test_add ("/register/old/v7", StoreFixture, GUINT_TO_POINTER (1), store_fixture_set_up,
              test_everything, store_fixture_tear_down);
  g_test_add ("/register/old/v8", StoreFixture, GUINT_TO_POINTER (2), store_fixture_set_up,
              test_everything, store_fixture_tear_down);
  store_fixture_add ("/register/old/v11", test_v11);
  g_test_add ("/register/old/v13", StoreFixture, GUINT_TO_POINTER (4), store_fixture_set_up,
              test_everything, store_fixture_tear_down);
  return g_test_run ();
}
