/* A register that was written to ahead of time: what does not count then, and who may accept the
 * clock. tests/cases/clock-set-back-revives-what-ended has the same from outside. */
#include <string.h>

#include "imp-error.h"
#include "imp-keeping.h"
#include "users.h"

#define AHEAD "2099-05-04T10:00:00.000Z"

static void
run (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_store_run (fixture->gate->store, &error, sql, NULL, NULL));
  g_assert_no_error (error);
}

static void
write_ahead (Fixture *fixture)
{
  run (fixture, "INSERT INTO event (at, subject, subject_id, kind) VALUES ('" AHEAD
                "', 'person', 'p', 'changed')");
}

static void
assert_newest (Fixture *fixture, const char *expected)
{
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_gate_check_clock_sync (fixture->gate, &now, &newest, &error));
  g_assert_no_error (error);
  g_assert_nonnull (now);
  g_assert_cmpstr (newest, ==, expected);
}

static void
assert_not_accepted (Fixture *fixture, const ImpSecond *second, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (imp_gate_accept_clock_sync (fixture->gate, second, NULL, &error));
  g_assert_error (error, IMP_ERROR, code);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM ledger WHERE kind = 'clock'"), ==, 0);
}

static void
test_behind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) before = NULL;
  g_autoptr (ImpRehearsal) behind = NULL;
  g_autoptr (ImpRehearsal) after = NULL;

  imp_request_set_person (fixture->request, fixture->person_id);
  answer_all (fixture, fixture->request, "consent", "teaching-file");
  before = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (before->allowed);
  write_ahead (fixture);
  assert_newest (fixture, AHEAD);
  behind = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (behind->allowed);
  g_assert_true (refused_by (behind->reasons, "floor:clock"));

  /* Nobody else is there, so one person accepts it. */
  g_assert_true (imp_gate_accept_clock_sync (fixture->gate, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_newest (fixture, NULL);
  after = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (after->allowed);
  g_assert_false (imp_gate_accept_clock_sync (fixture->gate, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_accepted_by_two (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpSecond) self = imp_second_new (KEEPER, pin_of (KEEPER));
  g_autoptr (ImpSecond) wrong = imp_second_new (APPROVER, "not the pin");
  g_autoptr (ImpSecond) watcher = imp_second_new (OPERATOR, pin_of (OPERATOR));
  g_autoptr (ImpSecond) approver = imp_second_new (APPROVER, pin_of (APPROVER));
  g_autoptr (GError) error = NULL;
  g_autofree char *given_up = NULL;

  write_ahead (fixture);
  must_sign_in (fixture, OPERATOR);
  assert_not_accepted (fixture, approver, IMP_ERROR_REFUSED);
  must_sign_in (fixture, KEEPER);
  assert_not_accepted (fixture, NULL, IMP_ERROR_REFUSED);
  assert_not_accepted (fixture, self, IMP_ERROR_REFUSED);
  assert_not_accepted (fixture, wrong, IMP_ERROR_REFUSED);
  assert_not_accepted (fixture, watcher, IMP_ERROR_REFUSED);
  assert_newest (fixture, AHEAD);

  g_assert_true (imp_gate_accept_clock_sync (fixture->gate, approver, NULL, &error));
  g_assert_no_error (error);
  assert_newest (fixture, NULL);
  g_assert_cmpint (count_rows (fixture,
                               "SELECT count(*) FROM ledger JOIN user AS first ON first.id "
                               "= json_extract(body, '$.user') JOIN user AS second ON "
                               "second.id = json_extract(body, '$.second') WHERE kind = "
                               "'clock' AND first.name = '" KEEPER "' AND second.name = '" APPROVER
                               "'"),
                   ==, 1);
  given_up = read_text (fixture, "SELECT json_extract(body, '$.newest') FROM ledger "
                                 "WHERE kind = 'clock'");
  g_assert_cmpstr (given_up, ==, AHEAD);
}

/* A front end that forgets to ask gets no further: the schema holds the moment, too. */
static void
test_schema (Fixture *fixture, gconstpointer data)
{
  static const char *const STATEMENTS[] = {
    "UPDATE clock SET newest = '2026-01-01T00:00:00.000Z'",
    "DELETE FROM clock",
    "INSERT INTO clock (one, newest) VALUES (1, '2026-01-01T00:00:00.000Z')",
    "INSERT OR REPLACE INTO clock (one, newest) VALUES (1, '2026-01-01T00:00:00.000Z')",
  };

  must_sign_in (fixture, KEEPER);
  write_ahead (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (STATEMENTS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (imp_store_run (fixture->gate->store, &error, STATEMENTS[i], NULL, NULL));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
  assert_newest (fixture, AHEAD);
}

/* One person's row of the ledger is not enough where there are users. */
static void
test_schema_by_two (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;

  must_sign_in (fixture, KEEPER);
  write_ahead (fixture);
  row = imp_ledger_append (fixture->gate->ledger, "clock", NULL, "{}", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (imp_store_run (fixture->gate->store, &error, "UPDATE clock SET newest = ?",
                                 g_variant_new ("(s)", row->at), NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  assert_newest (fixture, AHEAD);
}

/* What a restored backup learns from the journal of withdrawals counts, too. */
static void
test_journal (Fixture *fixture, gconstpointer data)
{
  run (fixture,
       "INSERT INTO journal_entry (at, kind, subject_id) VALUES ('" AHEAD "', 'objects', 'p')");
  assert_newest (fixture, AHEAD);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reliability/clock-set-back/no-permission-counts", Fixture, NULL, set_up,
              test_behind, tear_down);
  g_test_add ("/reliability/clock-set-back/accepted", Fixture, NULL, set_up_three,
              test_accepted_by_two, tear_down);
  g_test_add ("/reliability/clock-set-back/schema", Fixture, NULL, set_up_three, test_schema,
              tear_down);
  g_test_add ("/reliability/clock-set-back/schema-by-two", Fixture, NULL, set_up_three,
              test_schema_by_two, tear_down);
  g_test_add ("/reliability/clock-set-back/journal", Fixture, NULL, set_up, test_journal,
              tear_down);
  status = g_test_run ();
  forget_templates ();
  return status;
}
