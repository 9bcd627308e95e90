/* Users, roles, PINs: who may sign in, what each may do, and how users are made and changed. */
#include <string.h>

#include "gate-trace.h"
#include "imp-error.h"
#include "imp-finding.h"
#include "users.h"

static void
assert_message (GError *error, int code, const char *words)
{
  g_assert_error (error, IMP_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_test_message ("message: %s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

/* ---- without users ---- */

static void
test_no_users (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean has_users = TRUE;

  g_assert_true (imp_gate_has_users (fixture->gate, &has_users, &error));
  g_assert_false (has_users);
  g_assert_true (imp_gate_check_right (fixture->gate, IMP_RIGHT_RELEASE, &error));
  g_assert_true (imp_gate_check_right (fixture->gate, IMP_RIGHT_KEEP, &error));
  g_assert_true (imp_gate_check_right (fixture->gate, IMP_RIGHT_AUDIT, &error));
  g_assert_true (imp_gate_check_right (fixture->gate, IMP_RIGHT_ADMINISTER, &error));
  g_assert_no_error (error);
  g_assert_false (imp_gate_check_right (fixture->gate, IMP_RIGHT_APPROVE, &error));
  assert_message (error, IMP_ERROR_REFUSED, "make them first");
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM event_actor"), ==, 0);
}

/* ---- the first and the second ---- */

static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) refused = try_user (fixture, IMP_USER_ADD, NULL, OPERATOR, IMP_ROLE_OPERATOR,
                                          NULL, NULL, "162342", &error);

  g_assert_null (refused);
  assert_message (error, IMP_ERROR_REFUSED, "keeper");
  g_clear_error (&error);
  refused =
      try_user (fixture, IMP_USER_ADD, NULL, KEEPER, IMP_ROLE_KEEPER, NULL, NULL, "12345", &error);
  assert_message (error, IMP_ERROR_USAGE, "too short");
  g_clear_error (&error);
  refused =
      try_user (fixture, IMP_USER_ADD, NULL, KEEPER, IMP_ROLE_KEEPER, NULL, NULL, "876543", &error);
  assert_message (error, IMP_ERROR_USAGE, "guessed");
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM user"), ==, 0);

  add_user (fixture, KEEPER, IMP_ROLE_KEEPER, NULL, NULL);
  g_clear_error (&error);
  g_assert_false (imp_gate_check_right (fixture->gate, IMP_RIGHT_KEEP, &error));
  assert_message (error, IMP_ERROR_REFUSED, "Sign in first");
}

static void
test_second (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;

  add_user (fixture, KEEPER, IMP_ROLE_KEEPER, NULL, NULL);
  user = try_user (fixture, IMP_USER_ADD, NULL, OPERATOR, IMP_ROLE_OPERATOR, NULL, NULL,
                   pin_of (OPERATOR), &error);
  g_assert_null (user); /* nobody has signed in */
  assert_message (error, IMP_ERROR_REFUSED, "Sign in first");
  g_clear_error (&error);
  must_sign_in (fixture, KEEPER);
  user =
      try_user (fixture, IMP_USER_ADD, NULL, OPERATOR, IMP_ROLE_OPERATOR, NULL, NULL, NULL, &error);
  g_assert_null (user); /* the second user's own PIN confirms it */
  assert_message (error, IMP_ERROR_USAGE, "choose a PIN");
  g_clear_error (&error);
  user = try_user (fixture, IMP_USER_REMOVE, KEEPER, NULL, 0, NULL, NULL, NULL, &error);
  g_assert_null (user);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  add_user (fixture, OPERATOR, IMP_ROLE_OPERATOR, NULL, NULL);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM user_record WHERE second_id = "
                                        "user_id AND act = 'add'"),
                   ==, 1);
}

/* ---- two people ---- */

static void
test_two_people (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;

  must_sign_in (fixture, KEEPER);
  user = try_user (fixture, IMP_USER_ADD, NULL, APPROVER, IMP_ROLE_APPROVER, NULL, NULL,
                   pin_of (APPROVER), &error);
  g_assert_null (user);
  assert_message (error, IMP_ERROR_REFUSED, "two people");
  g_clear_error (&error);
  user = try_user (fixture, IMP_USER_ADD, NULL, APPROVER, IMP_ROLE_APPROVER, NULL, KEEPER,
                   pin_of (APPROVER), &error);
  g_assert_null (user);
  assert_message (error, IMP_ERROR_REFUSED, "somebody else");
  g_clear_error (&error);
  add_user (fixture, APPROVER, IMP_ROLE_APPROVER, "guardian", OPERATOR);

  user = try_user (fixture, IMP_USER_ADD, NULL, "  kay KEEPER ", IMP_ROLE_AUDITOR, NULL, OPERATOR,
                   "777123", &error);
  g_assert_null (user);
  assert_message (error, IMP_ERROR_USAGE, "this name");
  g_clear_error (&error);
  user = try_user (fixture, IMP_USER_CHANGE, KEEPER, NULL, IMP_ROLE_OPERATOR, NULL, APPROVER, NULL,
                   &error);
  g_assert_null (user);
  assert_message (error, IMP_ERROR_REFUSED, "keeper");
  g_clear_error (&error);
  user = try_user (fixture, IMP_USER_CHANGE, OPERATOR, NULL, IMP_ROLE_OPERATOR | IMP_ROLE_AUDITOR,
                   NULL, APPROVER, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (user->roles, ==, IMP_ROLE_OPERATOR | IMP_ROLE_AUDITOR);
  g_clear_pointer (&user, imp_user_free);

  must_sign_in (fixture, OPERATOR);
  user = try_user (fixture, IMP_USER_REMOVE, APPROVER, NULL, 0, NULL, KEEPER, NULL, &error);
  g_assert_null (user); /* an operator is no keeper */
  assert_message (error, IMP_ERROR_REFUSED, "keeper");
  g_clear_error (&error);
  must_sign_in (fixture, KEEPER);
  user = try_user (fixture, IMP_USER_REMOVE, APPROVER, NULL, 0, NULL, OPERATOR, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (user->active);
  g_assert_false (sign_in (fixture, APPROVER, &error));
  assert_message (error, IMP_ERROR_REFUSED, "name or the PIN");
  g_clear_error (&error);
  must_sign_in (fixture, KEEPER);
  g_clear_pointer (&user, imp_user_free);
  user = try_user (fixture, IMP_USER_REMOVE, OPERATOR, NULL, 0, NULL, OPERATOR, NULL, &error);
  g_assert_null (user);
  assert_message (error, IMP_ERROR_REFUSED, "Two users have to stay");
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM ledger WHERE kind = 'user'"), ==,
                   count_rows (fixture, "SELECT count(*) FROM user_record"));
}

static void
test_pins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (ImpSecond) old = imp_second_new (APPROVER, pin_of (APPROVER));
  g_autoptr (ImpSecond) fresh = imp_second_new (NULL, "correct horse");
  g_autoptr (ImpSecond) mine = imp_second_new ("ari  approver", "correct horse");

  g_assert_true (imp_gate_change_pin_sync (fixture->gate, old, fresh, &error));
  g_assert_no_error (error);
  g_assert_false (imp_gate_sign_in_sync (fixture->gate, old, &error));
  g_clear_error (&error);
  g_assert_true (imp_gate_sign_in_sync (fixture->gate, mine, &error));
  g_assert_no_error (error);

  must_sign_in (fixture, KEEPER);
  user = try_user (fixture, IMP_USER_RESET_PIN, APPROVER, NULL, 0, NULL, NULL, "908172", &error);
  g_assert_null (user);
  assert_message (error, IMP_ERROR_REFUSED, "two people");
  g_clear_error (&error);
  user =
      try_user (fixture, IMP_USER_RESET_PIN, APPROVER, NULL, 0, NULL, OPERATOR, "908172", &error);
  g_assert_no_error (error);
  g_assert_false (imp_gate_sign_in_sync (fixture->gate, mine, &error));
  g_clear_error (&error);
  must_sign_in (fixture, APPROVER);
}

/* ---- roles, and who did it ---- */

static gboolean
may (Fixture *fixture, ImpRight right)
{
  return imp_gate_check_right (fixture->gate, right, NULL);
}

static void
test_rights (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (GVariant) rows = NULL;

  must_sign_in (fixture, KEEPER);
  g_assert_true (may (fixture, IMP_RIGHT_KEEP) && may (fixture, IMP_RIGHT_ADMINISTER)
                 && may (fixture, IMP_RIGHT_AUDIT));
  g_assert_false (may (fixture, IMP_RIGHT_RELEASE) || may (fixture, IMP_RIGHT_APPROVE));
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_null (receipt);
  assert_message (error, IMP_ERROR_REFUSED, "operator");
  g_clear_error (&error);

  must_sign_in (fixture, OPERATOR);
  g_assert_true (may (fixture, IMP_RIGHT_RELEASE));
  g_assert_false (may (fixture, IMP_RIGHT_KEEP) || may (fixture, IMP_RIGHT_ADMINISTER)
                  || may (fixture, IMP_RIGHT_AUDIT) || may (fixture, IMP_RIGHT_APPROVE));
  rows = imp_gate_ledger_list_sync (fixture->gate, 1, &error);
  g_assert_null (rows);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (imp_gate_set_pack (fixture->gate, "uk-standard", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);

  must_sign_in (fixture, APPROVER);
  g_assert_true (may (fixture, IMP_RIGHT_APPROVE));
  g_assert_false (may (fixture, IMP_RIGHT_RELEASE) || may (fixture, IMP_RIGHT_KEEP));
  imp_gate_sign_out (fixture->gate);
  g_assert_false (may (fixture, IMP_RIGHT_RELEASE) || may (fixture, IMP_RIGHT_AUDIT));
}

/* The schema holds roles too: a front end that forgets to ask gets no further. */
static void
test_rights_in_schema (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *permission = NULL;
  g_autoptr (ImpPermission) refused = imp_permission_new ();
  ImpRegister *people = imp_gate_get_register (fixture->gate);

  must_sign_in (fixture, KEEPER);
  permission = add_permission (fixture, "teaching-closed");
  must_sign_in (fixture, APPROVER);
  refused->person_id = g_strdup (fixture->person_id);
  refused->level = g_strdup ("record-only");
  refused->given_by = g_strdup ("patient");
  refused->capacity = g_strdup ("presumed");
  refused->given = g_strdup ("2026-01-05");
  refused->state = IMP_PERMISSION_ACTIVE;
  g_assert_false (imp_register_add_permission (people, refused, &error));
  assert_message (error, IMP_ERROR_USAGE, "sign in as an operator or keeper");
  g_clear_error (&error);
  g_assert_false (imp_register_set_setting (people, "local-policy-reference", "x", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  /* A no is everybody's to record, and so is taking a yes back. */
  refused->state = IMP_PERMISSION_REFUSED;
  g_assert_true (imp_register_add_permission (people, refused, &error));
  g_assert_true (imp_register_withdraw (people, permission, "patient", "letter", &error));
  g_assert_true (imp_register_set_objection (people, fixture->person_id, TRUE, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (imp_register_set_objection (people, fixture->person_id, FALSE, NULL, &error));
  assert_message (error, IMP_ERROR_USAGE, "keeper");
  g_clear_error (&error);
  /* To call a refusal a mistake takes it back. */
  must_sign_in (fixture, OPERATOR);
  g_assert_false (imp_register_set_permission_state (people, refused->id,
                                                     IMP_PERMISSION_ENTERED_IN_ERROR, &error));
  assert_message (error, IMP_ERROR_USAGE, "keeper");
  g_clear_error (&error);
  g_clear_pointer (&permission, g_free);
  permission = add_permission (fixture, "record-only"); /* an operator records what was said */
  must_sign_in (fixture, KEEPER);
  g_assert_true (imp_register_set_permission_state (people, refused->id,
                                                    IMP_PERMISSION_ENTERED_IN_ERROR, &error));
  g_assert_no_error (error);
}

static void
assert_reads (Fixture *fixture, gboolean may)
{
  const ImpCopyFilter all = { .person_id = fixture->person_id, .limit = 10 };
  ImpRegister *people = imp_gate_get_register (fixture->gate);
  GError *errors[6] = { NULL };
  g_autoptr (GPtrArray) found = imp_register_find (people, "example", 10, &errors[0]);
  g_autoptr (ImpPerson) person = imp_register_get_person (people, fixture->person_id, &errors[1]);
  g_autoptr (ImpPerson) numbered = imp_register_find_by_number (people, "H204417", &errors[2]);
  g_autoptr (GPtrArray) permissions =
      imp_register_list_permissions (people, fixture->person_id, &errors[3]);
  g_autoptr (GPtrArray) history =
      imp_register_list_history (people, fixture->person_id, &errors[4]);
  g_autoptr (GPtrArray) copies = imp_gate_list_copies_sync (fixture->gate, &all, &errors[5]);

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (!may && errors[i] == NULL)
      g_error ("%u could be read", i);
    else if (may)
      g_assert_no_error (errors[i]);
    else
      assert_message (errors[i], IMP_ERROR_REFUSED, "sign in with your name and PIN");
  g_assert_true (may ? found->len == 1 && person != NULL && numbered != NULL
                     : found == NULL && person == NULL && numbered == NULL);
  g_assert_true ((permissions != NULL) == may && (history != NULL) == may
                 && (copies != NULL) == may);
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    g_clear_error (&errors[i]);
}

/* What is known of people is for who is signed in; what the site has set is not about people. */
static void
test_reads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *policy = NULL;

  must_sign_in (fixture, OPERATOR);
  assert_reads (fixture, TRUE);
  imp_gate_sign_out (fixture->gate);
  assert_reads (fixture, FALSE);
  policy = imp_register_get_setting (imp_gate_get_register (fixture->gate),
                                     "local-policy-reference", &error);
  g_assert_no_error (error);
  must_sign_in (fixture, KEEPER);
  assert_reads (fixture, TRUE);
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  assert_reads (fixture, FALSE);
  must_sign_in (fixture, OPERATOR);
  assert_reads (fixture, TRUE);
}

/* Nobody has to sign in where nobody could. */
static void
test_reads_without_users (Fixture *fixture, gconstpointer data)
{
  assert_reads (fixture, TRUE);
}

static void
test_actor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autofree char *event = NULL;
  g_autofree char *body = NULL;
  g_autofree char *member = NULL;

  must_sign_in (fixture, OPERATOR);
  user = imp_gate_get_user (fixture->gate);
  g_assert_true (imp_register_set_objection (imp_gate_get_register (fixture->gate),
                                             fixture->person_id, TRUE, NULL, &error));
  g_assert_no_error (error);
  event = read_text (fixture, "SELECT user_id FROM event_actor JOIN event USING (seq) "
                              "WHERE kind = 'objection'");
  g_assert_cmpstr (event, ==, user->id);
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  body = read_text (fixture, "SELECT body FROM ledger WHERE kind = 'done'");
  member = g_strdup_printf ("\"user\":\"%s\"", user->id);
  g_assert_nonnull (strstr (body, member));
  imp_gate_sign_out (fixture->gate);
  g_assert_cmpint (count_rows (fixture, "SELECT imp_actor() IS NULL"), ==, 1);
  g_assert_true (
      imp_gate_ledger_verify_sync (fixture->gate, receipt->chain_head, NULL, NULL, &error));
}

/* ---- wrong PINs ---- */

static char *
say_wrong (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) who = imp_second_new (name, "000001");

  g_assert_false (imp_gate_sign_in_sync (fixture->gate, who, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_assert_null (imp_gate_get_user (fixture->gate));
  return g_strdup (error->message);
}

static void
test_wrong_tells_nothing (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *known = say_wrong (fixture, KEEPER);
      g_autofree char *unknown = say_wrong (fixture, "Nobody Here");

      if (i < 3)
        g_assert_cmpstr (known, ==, unknown);
      else
        g_assert_true (strstr (known, "wait") != NULL && strstr (unknown, "wait") != NULL);
    }
}

/* A try that was cut short by ending the program. */
static gboolean
begin_try (Fixture *fixture, const char *name, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM user WHERE name = '%s'", name);
  g_autofree char *id = read_text (fixture, sql);

  return imp_accounts_begin_try (fixture->gate->accounts, id, error);
}

static void
test_back_off (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    g_free (say_wrong (fixture, KEEPER));
  g_assert_false (sign_in (fixture, KEEPER, &error)); /* the right PIN has to wait, too */
  assert_message (error, IMP_ERROR_REFUSED, "wait");
  g_clear_error (&error);

  /* Another start of the program. */
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  g_assert_false (sign_in (fixture, KEEPER, &error));
  assert_message (error, IMP_ERROR_REFUSED, "wait");
  g_clear_error (&error);

  /* The clock was set back by a year: the last try lies ahead. The wait begins anew. */
  tamper (fixture, NULL, "UPDATE pin_try SET last = '2099-01-01T00:00:00.000Z'");
  g_assert_false (sign_in (fixture, KEEPER, &error));
  assert_message (error, IMP_ERROR_REFUSED, "wait");
  g_clear_error (&error);
  g_assert_cmpint (count_rows (fixture, "SELECT failures FROM pin_try"), ==, 3);
  g_assert_cmpint (count_rows (fixture, "SELECT last < '2099' FROM pin_try"), ==, 1);

  /* Half a minute later. A try that was cut short by ending the program counts. */
  tamper (fixture, NULL,
          "UPDATE pin_try SET last = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-31 seconds')");
  g_assert_true (begin_try (fixture, KEEPER, &error));
  g_assert_cmpint (count_rows (fixture, "SELECT failures FROM pin_try"), ==, 4);
  tamper (fixture, NULL,
          "UPDATE pin_try SET last = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-31 seconds')");
  g_assert_false (begin_try (fixture, KEEPER, &error));
  g_clear_error (&error);
  tamper (fixture, NULL, "UPDATE pin_try SET last = '2020-01-01T00:00:00.000Z'");
  must_sign_in (fixture, KEEPER);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM pin_try"), ==, 0);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;

  for (int i = 0; i < 10; i++)
    {
      g_assert_true (begin_try (fixture, OPERATOR, &error));
      tamper (fixture, NULL, "UPDATE pin_try SET last = '2020-01-01T00:00:00.000Z'");
    }
  g_assert_false (sign_in (fixture, OPERATOR, &error));
  assert_message (error, IMP_ERROR_REFUSED, "locked");
  g_clear_error (&error);
  must_sign_in (fixture, KEEPER);
  user = try_user (fixture, IMP_USER_RESET_PIN, OPERATOR, NULL, 0, NULL, APPROVER,
                   pin_of (OPERATOR), &error);
  g_assert_no_error (error);
  must_sign_in (fixture, OPERATOR);
}

/* ---- changed from outside ---- */

static void
assert_nobody_gets_in (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (fixture, KEEPER, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
  g_clear_error (&error);
  g_assert_false (imp_gate_check_right (fixture->gate, IMP_RIGHT_RELEASE, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
}

static void
test_schema_refuses (Fixture *fixture, gconstpointer data)
{
  static const char *const FORGERIES[] = {
    "INSERT INTO user_role SELECT id, 'approver' FROM user WHERE name LIKE 'Olga%'",
    "UPDATE user SET authority = 'guardian' WHERE name LIKE 'Olga%'",
    "UPDATE user SET active = 1, locked_key = 'x' WHERE NOT active",
    "UPDATE user_record SET roles = 'approver'",
    "DELETE FROM user_record",
    "DELETE FROM user",
    "DELETE FROM user_role WHERE role = 'keeper'",
    "UPDATE user_role SET role = 'approver'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (FORGERIES); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 changes = 0;
      gboolean done = imp_store_run (fixture->gate->store, &error, FORGERIES[i], NULL, &changes);

      if (done && changes > 0)
        g_test_message ("not refused: %s", FORGERIES[i]);
      g_assert_true (!done || changes == 0);
    }
}

static void
test_forged (Fixture *fixture, gconstpointer forgery)
{
  const char *const *steps = forgery;

  tamper (fixture, *steps[0] != '\0' ? steps[0] : NULL, steps[1]);
  assert_nobody_gets_in (fixture);
}

static const char *const FORGED_ROLE[] = {
  "user_role_given", "INSERT INTO user_role SELECT id, 'approver' FROM user WHERE name LIKE 'Olga%'"
};
static const char *const FORGED_AUTHORITY[] = {
  "user_moved", "UPDATE user SET authority = 'guardian' WHERE name LIKE 'Ari%'"
};
static const char *const FORGED_RECORD[] = {
  "user_record_not_changed", "UPDATE user_record SET roles = 'approver,operator' WHERE seq = 2"
};
/* The approver's key is put in place of the operator's, so that his PIN opens her account. */
static const char *const FORGED_KEY[] = {
  "user_moved",
  "UPDATE user SET (key, locked_key) = (SELECT key, locked_key FROM user WHERE name LIKE 'Ari%') "
  "WHERE name LIKE 'Olga%'"
};
static const char *const CUT_RECORDS[] = { "user_record_not_deleted",
                                           "DELETE FROM user_record WHERE seq = 3" };
static const char *const FORGED_LEDGER[] = { "ledger_not_changed",
                                             "UPDATE ledger SET kind = 'record' WHERE seq = "
                                             "(SELECT max(seq) FROM ledger WHERE kind = 'user')" };

/* All users gone: a register without users would ask nobody anything. */
static void
test_all_cut_off (Fixture *fixture, gconstpointer data)
{
  tamper (fixture, "user_role_taken", "DELETE FROM user_role");
  tamper (fixture, "user_stays", "PRAGMA foreign_keys = OFF");
  tamper (fixture, NULL, "DELETE FROM user");
  tamper (fixture, "user_record_not_deleted", "DELETE FROM user_record");
  assert_nobody_gets_in (fixture);
}

/* The key that another PIN opens, moved to another row with its public key left: it does not fit.
 */
static void
test_key_of_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) who = imp_second_new (OPERATOR, pin_of (APPROVER));

  tamper (fixture, NULL,
          "UPDATE user SET locked_key = (SELECT locked_key FROM user WHERE name LIKE 'Ari%') "
          "WHERE name LIKE 'Olga%'");
  g_assert_false (imp_gate_sign_in_sync (fixture->gate, who, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);

#define TEST(path, up, data, func) g_test_add (path, Fixture, data, up, func, tear_down)
  TEST ("/security/5-9/no-users", set_up, NULL, test_no_users);
  TEST ("/security/5-9/first-user", set_up, NULL, test_first);
  TEST ("/security/5-9/second-user", set_up, NULL, test_second);
  TEST ("/security/5-9/two-people", set_up_two, NULL, test_two_people);
  TEST ("/security/5-9/pins", set_up_three, NULL, test_pins);
  TEST ("/security/5-9/rights", set_up_three, NULL, test_rights);
  TEST ("/security/5-9/rights-in-schema", set_up_three, NULL, test_rights_in_schema);
  TEST ("/security/5-9/reads", set_up_two, NULL, test_reads);
  TEST ("/security/5-9/reads-without-users", set_up, NULL, test_reads_without_users);
  TEST ("/security/5-9/actor", set_up_two, NULL, test_actor);
  TEST ("/security/5-9/wrong-pin-tells-nothing", set_up_two, NULL, test_wrong_tells_nothing);
  TEST ("/security/5-9/back-off", set_up_two, NULL, test_back_off);
  TEST ("/security/5-9/locked", set_up_three, NULL, test_locked);
  TEST ("/security/5-9/schema-refuses", set_up_three, NULL, test_schema_refuses);
  TEST ("/security/5-9/forged/role", set_up_three, FORGED_ROLE, test_forged);
  TEST ("/security/5-9/forged/authority", set_up_three, FORGED_AUTHORITY, test_forged);
  TEST ("/security/5-9/forged/record", set_up_three, FORGED_RECORD, test_forged);
  TEST ("/security/5-9/forged/key", set_up_three, FORGED_KEY, test_forged);
  TEST ("/security/5-9/forged/cut", set_up_three, CUT_RECORDS, test_forged);
  TEST ("/security/5-9/forged/ledger", set_up_three, FORGED_LEDGER, test_forged);
  TEST ("/security/5-9/forged/all-cut-off", set_up_two, NULL, test_all_cut_off);
  TEST ("/security/5-9/forged/key-of-another", set_up_three, NULL, test_key_of_another);
#undef TEST
  result = g_test_run ();
  forget_templates ();
  return result;
}
