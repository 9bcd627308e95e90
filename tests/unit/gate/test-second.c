/* The second person: at the same desk, and by a parked case; bound to exactly one release. */
#include <string.h>

#include "imp-error.h"
#include "imp-keeping.h"
#include "users.h"

static void
assert_message (GError *error, int code, const char *words)
{
  g_assert_error (error, IMP_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_test_message ("message: %s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

/* Policy row 8: somebody in the meeting knows the person. */
static void
ask_row_8 (Fixture *fixture)
{
  answer_all (fixture, fixture->request, "anonymised", "internal-meeting");
  imp_request_set_answer (fixture->request, "known-to-audience", "yes");
}

static char *
digest_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) rehearsal =
      imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (rehearsal->digest);
}

static gboolean
is_allowed (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) rehearsal =
      imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);

  g_assert_no_error (error);
  return rehearsal->allowed;
}

static gboolean
agree (Fixture *fixture, const char *digest, const char *who, gboolean lift, GError **error)
{
  const ImpDecision decision = { TRUE, lift, "seen, and it is fit to be shown" };
  g_autoptr (ImpSecond) second = imp_second_new (who, pin_of (who));

  return imp_gate_agree_sync (fixture->gate, fixture->request, digest, &decision, second, error);
}

static ImpReceipt *
release (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ImpReceipt *receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);

  g_assert_no_error (error);
  return receipt;
}

/* ---- no second person ---- */

static void
test_without_users (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (ImpParkedCase) parked = NULL;

  ask_row_8 (fixture);
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, &reasons, &error);
  g_assert_null (receipt);
  assert_message (error, IMP_ERROR_REFUSED, "no second user yet");
  g_assert_true (refused_by (reasons, "row-8"));
  g_clear_error (&error);
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "Is this fit to be shown?", NULL,
                               &error);
  g_assert_null (parked);
  assert_message (error, IMP_ERROR_REFUSED, "make them first");
}

/* ---- at the same desk ---- */

static void
test_same_desk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *row = NULL;

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  assert_refused (fixture, "row-8");
  digest = digest_of (fixture);
  g_assert_false (agree (fixture, digest, OPERATOR, FALSE, &error));
  assert_message (error, IMP_ERROR_REFUSED, "approver");
  g_clear_error (&error);
  g_assert_false (agree (fixture, digest, KEEPER, FALSE, &error));
  assert_message (error, IMP_ERROR_REFUSED, "approver");
  g_clear_error (&error);
  g_assert_false (agree (fixture, "0123", APPROVER, FALSE, &error));
  assert_message (error, IMP_ERROR_REFUSED, "changed since");
  g_clear_error (&error);
  assert_refused (fixture, "row-8");

  g_assert_true (agree (fixture, digest, APPROVER, FALSE, &error));
  g_assert_no_error (error);
  receipt = release (fixture);
  g_assert_cmpstr (receipt->digest, ==, digest);
  row = read_text (fixture, "SELECT id FROM ledger WHERE kind = 'second'");
  g_assert_cmpstr (receipt->second, ==, row);
  g_assert_nonnull (strstr (receipt->json, row));
  g_assert_true (
      imp_gate_ledger_verify_sync (fixture->gate, receipt->chain_head, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* One user who is both: still not about what she asks for. */
static void
test_approver_is_operator (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (ImpParkedCase) parked = NULL;
  const ImpDecision decision = { TRUE, FALSE, NULL };
  g_autofree char *digest = NULL;

  must_sign_in (fixture, KEEPER);
  user = try_user (fixture, IMP_USER_CHANGE, APPROVER, NULL, IMP_ROLE_OPERATOR | IMP_ROLE_APPROVER,
                   NULL, OPERATOR, NULL, &error);
  g_assert_no_error (error);
  must_sign_in (fixture, APPROVER);
  ask_row_8 (fixture);
  digest = digest_of (fixture);
  g_assert_false (agree (fixture, digest, APPROVER, FALSE, &error));
  assert_message (error, IMP_ERROR_REFUSED, "somebody else");
  g_clear_error (&error);
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "Is this fit to be shown?", NULL,
                               &error);
  g_assert_no_error (error);
  g_assert_false (imp_gate_decide_case_sync (fixture->gate, parked->id, &decision, &error));
  assert_message (error, IMP_ERROR_REFUSED, "somebody else");
  g_assert_false (is_allowed (fixture));

  /* What she approved for another she does not release herself. */
  must_sign_in (fixture, OPERATOR);
  g_clear_error (&error);
  g_assert_true (agree (fixture, digest, APPROVER, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (is_allowed (fixture));
  must_sign_in (fixture, APPROVER);
  g_assert_false (is_allowed (fixture));
  assert_refused (fixture, "row-8");
}

static void
test_voided (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  ImpRect box = { 3, 5, 20, 10 };
  ImpRect moved = { 4, 5, 20, 10 };

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  imp_request_set_boxes (fixture->request, &box, 1);
  digest = digest_of (fixture);
  g_assert_true (agree (fixture, digest, APPROVER, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (is_allowed (fixture));
  imp_request_set_boxes (fixture->request, &moved, 1);
  assert_refused (fixture, "row-8");
  imp_request_set_boxes (fixture->request, &box, 1);
  imp_request_set_answer (fixture->request, "why-share", "another reason than was shown");
  assert_refused (fixture, "row-8");
  imp_request_set_answer (fixture->request, "why-share", "a synthetic answer for a test");
  imp_request_set_words (fixture->request, "A caption nobody saw");
  assert_refused (fixture, "row-8");
  imp_request_set_words (fixture->request, NULL);
  g_assert_true (is_allowed (fixture));
}

/* Who may no longer decide has not decided. */
static void
test_approver_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;
  g_autofree char *digest = NULL;

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  digest = digest_of (fixture);
  g_assert_true (agree (fixture, digest, APPROVER, FALSE, &error));
  g_assert_true (is_allowed (fixture));
  must_sign_in (fixture, KEEPER);
  user = try_user (fixture, IMP_USER_REMOVE, APPROVER, NULL, 0, NULL, OPERATOR, NULL, &error);
  g_assert_no_error (error);
  must_sign_in (fixture, OPERATOR);
  assert_refused (fixture, "row-8");
}

/* Rows of the ledger that another program wrote: a decision without a signature is none. */
static void
test_forged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *body = NULL;
  g_autofree char *approver = NULL;
  g_autofree char *key = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;
  g_autoptr (ImpLedgerRow) copied = NULL;

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  digest = digest_of (fixture);
  approver = read_text (fixture, "SELECT id FROM user WHERE name LIKE 'Ari%'");
  key = read_text (fixture, "SELECT key FROM user WHERE name LIKE 'Ari%'");
  body = g_strdup_printf ("{\"decision\":\"approve\",\"approver\":\"%s\",\"key\":\"%s\","
                          "\"at\":\"2026-11-22T12:00:00.000Z\",\"signature\":\"%0128d\"}",
                          approver, key, 0);
  row = imp_ledger_append (fixture->gate->ledger, "second", digest, body, NULL, &error);
  g_assert_no_error (error);
  assert_refused (fixture, "row-8");

  /* A true decision about another release, under this one's digest. */
  imp_request_set_answer (fixture->request, "why-share", "another release altogether");
  {
    g_autofree char *other = digest_of (fixture);
    g_autofree char *true_body = NULL;

    g_assert_true (agree (fixture, other, APPROVER, FALSE, &error));
    g_assert_no_error (error);
    g_assert_true (is_allowed (fixture));
    true_body = read_text (fixture, "SELECT json_remove (body, '$.digests', '$.user') FROM ledger "
                                    "WHERE kind = 'second' ORDER BY seq DESC LIMIT 1");
    copied = imp_ledger_append (fixture->gate->ledger, "second", digest, true_body, NULL, &error);
    g_assert_no_error (error);
  }
  imp_request_set_answer (fixture->request, "why-share", "a synthetic answer for a test");
  assert_refused (fixture, "row-8");
}

/* A yes of a second person lifts no refusal. */
static void
test_refused_all_the_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (ImpParkedCase) parked = NULL;

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  imp_request_set_answer (fixture->request, "face-or-mark", "yes");
  digest = digest_of (fixture);
  g_assert_false (agree (fixture, digest, APPROVER, FALSE, &error));
  assert_message (error, IMP_ERROR_REFUSED, "all the same");
  g_clear_error (&error);
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "Is this fit to be shown?", NULL,
                               &error);
  g_assert_null (parked);
  assert_message (error, IMP_ERROR_REFUSED, "all the same");
  g_clear_error (&error);
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  g_free (digest);
  digest = digest_of (fixture);
  g_assert_false (agree (fixture, digest, APPROVER, FALSE, &error));
  assert_message (error, IMP_ERROR_REFUSED, "No rule asks");
}

/* ---- the public ---- */

/* Unusual, for publication: a second person, and the operator's approval at the desk besides. */
static void
test_publication (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autofree char *digest = NULL;
  const char *const *answer = data;
  ImpRequest *script = fixture->request;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, &error);

  fixture->request = imp_request_new (fixture->source, 0, frame, IMP_ORIGIN_APP);
  imp_request_set_target (fixture->request, fixture->target);
  imp_request_set_person (fixture->request, "");
  g_object_unref (script);
  must_sign_in (fixture, OPERATOR);
  answer_all (fixture, fixture->request, "anonymised", "publication");
  imp_request_set_answer (fixture->request, "image-kind", "x-ray");
  imp_request_set_answer (fixture->request, answer[0], "yes");
  digest = digest_of (fixture);
  g_assert_false (imp_gate_approve_sync (fixture->gate, fixture->request, digest, &error));
  assert_message (error, IMP_ERROR_REFUSED, "second person");
  g_clear_error (&error);
  g_assert_true (agree (fixture, digest, APPROVER, FALSE, &error));
  g_assert_no_error (error);
  imp_request_set_approved_digest (fixture->request, digest);
  assert_refused (fixture, "floor:approval");
  g_assert_true (imp_gate_approve_sync (fixture->gate, fixture->request, digest, &error));
  g_assert_no_error (error);
  receipt = release (fixture);
  g_assert_true (g_strv_contains ((const char *const *)receipt->rules, answer[1]));
  g_assert_nonnull (receipt->second);
}

static const char *const UNUSUAL[] = { "unusual", "row-14" };
static const char *const CHILD[] = { "child", "row-17" };
static const char *const DECEASED[] = { "deceased", "row-18" };

/* ---- asking the Guardian ---- */

static void
test_parked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const ImpDecision decision = { TRUE, FALSE, "the family was asked, and it can be shown" };
  g_autoptr (ImpParkedCase) parked = NULL;
  g_autoptr (ImpParkedCase) again = NULL;
  g_autoptr (ImpParkedCase) decided = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autofree char *said = NULL;

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "too short", NULL, &error);
  g_assert_null (parked);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "Her colleague was the patient.",
                               NULL, &error);
  g_assert_no_error (error);
  again = imp_gate_park_sync (fixture->gate, fixture->request, "Her colleague was the patient.",
                              NULL, &error);
  g_assert_null (again);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  assert_refused (fixture, "row-8");
  g_assert_false (imp_gate_decide_case_sync (fixture->gate, parked->id, &decision, &error));
  assert_message (error, IMP_ERROR_REFUSED, "approver");
  g_clear_error (&error);

  /* Another day, another start. */
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  must_sign_in (fixture, APPROVER);
  cases = imp_gate_list_cases_sync (fixture->gate, "waiting", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cases->len, ==, 1);
  again = imp_parked_case_copy (g_ptr_array_index (cases, 0));
  g_assert_cmpstr (again->reason, ==, "Her colleague was the patient.");
  g_assert_cmpstr (again->rules, ==, "row-8");
  g_assert_cmpstr (again->source_sha256, ==, imp_source_get_sha256 (fixture->source));
  g_assert_nonnull (strstr (again->request, "\"known-to-audience\":\"yes\""));
  g_assert_null (strstr (again->request, "H204417"));
  g_assert_true (imp_gate_decide_case_sync (fixture->gate, parked->id, &decision, &error));
  g_assert_no_error (error);
  g_assert_false (imp_gate_decide_case_sync (fixture->gate, parked->id, &decision, &error));
  assert_message (error, IMP_ERROR_USAGE, "no longer waits");
  g_clear_error (&error);

  must_sign_in (fixture, OPERATOR);
  decided = imp_gate_get_case_sync (fixture->gate, parked->id, &error);
  g_assert_cmpstr (decided->state, ==, "approved");
  g_assert_cmpstr (decided->words, ==, decision.words);
  receipt = release (fixture);
  said = read_text (fixture, "SELECT value FROM ledger_text WHERE key = 'second-person'");
  g_assert_cmpstr (said, ==, decision.words);
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const ImpDecision no = { FALSE, FALSE, "she asked that nobody sees it" };
  g_autoptr (ImpParkedCase) parked = NULL;
  g_autofree char *digest = NULL;

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  digest = digest_of (fixture);
  g_assert_true (agree (fixture, digest, APPROVER, FALSE, &error));
  g_assert_true (is_allowed (fixture));
  imp_request_set_answer (fixture->request, "why-share", "to ask about it once more");
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "Is this fit to be shown?", NULL,
                               &error);
  g_assert_no_error (error);
  must_sign_in (fixture, APPROVER);
  g_assert_true (imp_gate_decide_case_sync (fixture->gate, parked->id, &no, &error));
  g_assert_no_error (error);
  must_sign_in (fixture, OPERATOR);
  assert_refused (fixture, "row-8");

  /* The state of the case says nothing: it is no signature. */
  tamper (fixture, "parked_case_final", "UPDATE parked_case SET state = 'approved'");
  assert_refused (fixture, "row-8");

  /* A later no takes an earlier yes back. */
  imp_request_set_answer (fixture->request, "why-share", "a synthetic answer for a test");
  g_assert_true (is_allowed (fixture));
  {
    g_autoptr (ImpSecond) second = imp_second_new (APPROVER, pin_of (APPROVER));

    g_free (digest);
    digest = digest_of (fixture);
    g_assert_true (
        imp_gate_agree_sync (fixture->gate, fixture->request, digest, &no, second, &error));
    g_assert_no_error (error);
    assert_refused (fixture, "row-8");
  }
}

static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpParkedCase) parked = NULL;
  g_autoptr (ImpParkedCase) now = NULL;

  must_sign_in (fixture, OPERATOR);
  ask_row_8 (fixture);
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "Is this fit to be shown?", NULL,
                               &error);
  g_assert_no_error (error);
  must_sign_in (fixture, APPROVER);
  g_assert_false (imp_gate_take_back_case_sync (fixture->gate, parked->id, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  must_sign_in (fixture, OPERATOR);
  g_assert_true (imp_gate_take_back_case_sync (fixture->gate, parked->id, &error));
  now = imp_gate_get_case_sync (fixture->gate, parked->id, &error);
  g_assert_cmpstr (now->state, ==, "taken-back");
}

/* Who is erased takes along what was asked and said about them; the signed decisions stay. */
static void
test_erased (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpParkedCase) parked = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *state = NULL;

  must_sign_in (fixture, OPERATOR);
  imp_request_set_person (fixture->request, fixture->person_id);
  ask_row_8 (fixture);
  digest = digest_of (fixture);
  g_assert_true (agree (fixture, digest, APPROVER, FALSE, &error));
  g_assert_no_error (error);
  imp_request_set_answer (fixture->request, "why-share", "to ask about it once more");
  parked = imp_gate_park_sync (fixture->gate, fixture->request, "Is this fit to be shown?", NULL,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parked->person_id, ==, fixture->person_id);
  must_sign_in (fixture, KEEPER);
  g_assert_true (
      imp_gate_erase_person_sync (fixture->gate, fixture->person_id, NULL, NULL, &error));
  g_assert_no_error (error);
  state = read_text (fixture, "SELECT state FROM parked_case");
  g_assert_cmpstr (state, ==, "taken-back");
  g_assert_cmpint (count_rows (fixture,
                               "SELECT count(*) FROM parked_case WHERE request IS NOT NULL "
                               "OR reason IS NOT NULL"),
                   ==, 0);
  g_assert_cmpint (
      count_rows (fixture, "SELECT count(*) FROM ledger_text WHERE key = 'second-person'"), ==, 0);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM ledger WHERE kind = 'second'"), ==,
                   1);
  g_assert_true (imp_gate_ledger_verify_sync (fixture->gate, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);

#define TEST(path, up, data, func) g_test_add (path, Fixture, data, up, func, tear_down)
  TEST ("/policy/row-8/without-users", set_up, NULL, test_without_users);
  TEST ("/policy/row-8/same-desk", set_up_three, NULL, test_same_desk);
  TEST ("/second/approver-is-operator", set_up_three, NULL, test_approver_is_operator);
  TEST ("/second/voided-by-a-change", set_up_three, NULL, test_voided);
  TEST ("/second/approver-removed", set_up_three, NULL, test_approver_removed);
  TEST ("/second/forged", set_up_three, NULL, test_forged);
  TEST ("/second/refused-all-the-same", set_up_three, NULL, test_refused_all_the_same);
  TEST ("/article/row-12/unusual-publication", set_up_three, UNUSUAL, test_publication);
  TEST ("/policy/row-17/second-person", set_up_three, CHILD, test_publication);
  TEST ("/policy/row-18/second-person", set_up_three, DECEASED, test_publication);
  TEST ("/article/row-18/ask-the-guardian", set_up_three, NULL, test_parked);
  TEST ("/article/row-18/declined", set_up_three, NULL, test_declined);
  TEST ("/article/row-18/taken-back", set_up_three, NULL, test_taken_back);
  TEST ("/security/5-5/erased", set_up_three, NULL, test_erased);
#undef TEST
  result = g_test_run ();
  forget_templates ();
  return result;
}
