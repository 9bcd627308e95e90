/* A site's own policy pack, from its file to the receipt, and past exports judged again. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "gate-fixture.h"
#include "imp-clock.h"
#include "imp-decision.h"
#include "imp-error.h"
#include "imp-hash.h"
#include "policy-desk.h"

/* uk-strict under another name, and with what else @from to @to says. */
static GBytes *
site_pack (const char *version, const char *from, const char *to)
{
  g_autofree char *text = pack_text ("uk-strict");
  g_autofree char *named = text_with (text, "\"id\": \"uk-strict\"", "\"id\": \"example-trust\"");
  g_autofree char *id = g_strdup_printf ("\"version\": \"%s\"", version);
  g_autofree char *numbered = text_with (named, "\"version\": \"2026-11-3\"", id);
  char *changed = from != NULL ? text_with (numbered, from, to) : g_strdup (numbered);

  return g_bytes_new_take (changed, strlen (changed));
}

static ImpReceipt *
release (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, name);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  ImpReceipt *receipt = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_target (fixture->request, target);
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  return receipt;
}

static void
check_due (Fixture *fixture, const char *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (ImpPackInfo) info = imp_gate_describe_pack_sync (fixture->gate, NULL, &rows, &error);
  g_autofree char *due = imp_gate_get_review_due (fixture->gate);

  g_assert_no_error (error);
  g_assert_cmpstr (due, ==, day);
  g_assert_cmpint (info->review_due, ==, day != NULL);
}

/* A policy whose day has come is still in force, and says so; the site's day, or the pack's,
 * whichever is earlier. */
static void
test_review (Fixture *fixture, gconstpointer data)
{
  ImpRegister *reg = imp_gate_get_register (fixture->gate);
  g_autoptr (GError) error = NULL;
  g_autofree char *today = imp_clock_today ();
  g_autoptr (GBytes) json = site_pack ("1", "\"guardian\": null,",
                                       "\"guardian\": null,\n  \"review_by\": \"2026-02-28\",");

  check_due (fixture, NULL); /* no day at all */
  g_assert_true (imp_register_set_setting (reg, "policy-review-by", today, &error));
  check_due (fixture, NULL); /* there is all of today */
  g_assert_true (imp_register_set_setting (reg, "policy-review-by", "2026-03-01", &error));
  check_due (fixture, "2026-03-01");
  g_assert_true (imp_gate_use_pack_sync (fixture->gate, json, &error));
  g_assert_no_error (error);
  check_due (fixture, "2026-02-28");
  g_assert_true (imp_register_set_setting (reg, "policy-review-by", NULL, &error));
  check_due (fixture, "2026-02-28");
  g_assert_false (imp_register_set_setting (reg, "policy-review-by", "2027-02-30", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_site_pack (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = site_pack ("1", NULL, NULL);
  g_autoptr (GBytes) second = site_pack ("2", NULL, NULL);
  g_autofree char *hash = imp_hash_bytes (json);
  g_autofree char *expected = g_strconcat ("example-trust 1 ", hash, NULL);
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (ImpReceipt) later = NULL;
  g_autoptr (GPtrArray) packs = NULL;
  g_autoptr (GBytes) kept = NULL;

  g_assert_true (imp_gate_use_pack_sync (fixture->gate, json, &error));
  g_assert_no_error (error);
  receipt = release (fixture, "img-2.png");
  g_assert_cmpstr (receipt->pack, ==, expected);
  g_assert_nonnull (strstr (receipt->json, hash));

  /* The department's other desks find it; a second version leaves the first where it is. */
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  g_assert_cmpstr (imp_gate_get_pack_id (fixture->gate), ==, "example-trust");
  g_assert_true (imp_gate_use_pack_sync (fixture->gate, second, &error));
  later = release (fixture, "img-3.png");
  g_assert_nonnull (strstr (later->pack, "example-trust 2 "));
  packs = imp_gate_list_packs_sync (fixture->gate, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (packs->len, ==, 4);
  g_assert_cmpstr (((ImpPackInfo *)g_ptr_array_index (packs, 2))->version, ==, "2");
  g_assert_true (((ImpPackInfo *)g_ptr_array_index (packs, 2))->in_force);
  g_assert_cmpstr (((ImpPackInfo *)g_ptr_array_index (packs, 3))->hash, ==, hash);
  kept = imp_register_get_pack (imp_gate_get_register (fixture->gate), hash, &error);
  g_assert_true (g_bytes_equal (kept, json));
  g_assert_true (imp_gate_set_pack (fixture->gate, hash, &error)); /* the older one, by its hash */
  g_assert_true (imp_gate_set_pack (fixture->gate, "uk-standard", &error));
  g_assert_true (imp_gate_set_pack (fixture->gate, "example-trust", &error)); /* the newest */
  g_assert_cmpstr (imp_gate_get_pack_id (fixture->gate), ==, "example-trust");
  g_assert_false (imp_gate_set_pack (fixture->gate, "other-trust", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static void
check_not_taken (Fixture *fixture, GBytes *json, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (imp_gate_use_pack_sync (fixture->gate, json, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_cmpstr (imp_gate_get_pack_id (fixture->gate), ==, "uk-strict");
}

static void
test_refused_packs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) malformed = site_pack ("1", "\"row\": 7,", "\"row\": \"seven\",");
  g_autoptr (GBytes) weak =
      site_pack ("1", "\"when\": {\"fact\": \"objection\"},\n          \"outcome\": \"refuse\"",
                 "\"when\": {\"fact\": \"objection\"},\n          \"outcome\": \"allow\"");
  g_autoptr (GBytes) shipped = site_pack ("1", "example-trust", "uk-standard");
  g_auto (GStrv) weaknesses = NULL;
  g_autoptr (ImpPackInfo) info = imp_gate_check_pack (weak, &weaknesses, NULL);

  check_not_taken (fixture, malformed, "line 673: pack.rows[6].row");
  check_not_taken (fixture, weak, "has said no");
  check_not_taken (fixture, shipped, "ships with the program");
  g_assert_nonnull (info);
  g_assert_cmpuint (g_strv_length (weaknesses), ==, 1);
}

static void
test_one_name_one_pack (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = site_pack ("1", NULL, NULL);
  g_autoptr (GBytes) other = site_pack ("1", "\"guardian\": null", "\"guardian\": \"EXAMPLE\"");

  g_assert_true (imp_gate_use_pack_sync (fixture->gate, json, &error));
  g_assert_true (imp_gate_use_pack_sync (fixture->gate, json, &error)); /* the same again */
  g_assert_no_error (error);
  g_assert_true (imp_gate_set_pack (fixture->gate, "uk-strict", &error));
  check_not_taken (fixture, other, "raise the version");
}

/* Somebody else at the same register chooses another pack: the next decision is by that one. */
static void
test_chosen_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = site_pack ("1", NULL, NULL);
  g_autoptr (ImpGate) other = open_gate (fixture, FALSE);
  g_autoptr (ImpReceipt) receipt = NULL;

  g_assert_true (imp_gate_use_pack_sync (other, json, &error));
  g_assert_no_error (error);
  receipt = release (fixture, "img-2.png");
  g_assert_nonnull (strstr (receipt->pack, "example-trust 1 "));
}

/* A choice that cannot be read lets nothing out, and does not keep the register shut. */
static void
test_unreadable_choice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = g_strnfill (64, 'a');

  g_assert_true (imp_register_set_setting (imp_gate_get_register (fixture->gate), "policy-pack",
                                           hash, &error));
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  assert_refused (fixture, "floor:pack");
  g_assert_true (imp_gate_set_pack (fixture->gate, "uk-strict", &error));
  {
    g_autoptr (ImpReceipt) receipt = release (fixture, "img-2.png");

    g_assert_nonnull (receipt);
  }
}

static const ImpWhatIf *
only (GPtrArray *report)
{
  g_assert_nonnull (report);
  g_assert_cmpuint (report->len, ==, 1);
  return g_ptr_array_index (report, 0);
}

static void
test_what_if (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) longer = site_pack ("1", "\"min_length\": 15", "\"min_length\": 500");
  g_autoptr (ImpReceipt) receipt = release (fixture, "img-2.png");
  g_autoptr (GPtrArray) same =
      imp_gate_what_if_sync (fixture->gate, "uk-strict", NULL, NULL, &error);
  g_autoptr (GPtrArray) other = imp_gate_what_if_sync (fixture->gate, NULL, longer, NULL, &error);
  const ImpWhatIf *then = only (same);
  const ImpWhatIf *now = only (other);

  g_assert_cmpstr (then->export_id, ==, receipt->ledger_id);
  g_assert_cmpstr (then->pack, ==, receipt->pack);
  g_assert_cmpstr (then->then, ==, "allow");
  g_assert_cmpstr (then->now, ==, "allow");
  g_assert_false (then->stricter);
  g_assert_true (g_strv_contains ((const char *const *)then->rules, "row-9"));
  g_assert_cmpstr (now->now, ==, "refuse");
  g_assert_true (now->stricter);
  g_assert_true (g_strv_contains ((const char *const *)now->refused_by, "question:why-share"));
  g_assert_no_error (error);
}

/* Rows written before decisions were kept, and others that hold none, are said to. */
static void
test_what_if_of_old (Fixture *fixture, gconstpointer data)
{
  static const char *const BODIES[] = {
    "{\"route\":\"anonymised\",\"destination\":\"teaching-file\",\"pack\":\"uk-strict 1 0\"}",
    "{\"decision\":{\"format\":2,\"outcome\":\"allow\",\"answers\":{}}}",
    "{\"decision\":{\"format\":1,\"outcome\":\"allow\"}}",
    "{\"decision\":7}",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) report = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (BODIES); i++)
    {
      g_autofree char *id = g_strdup_printf ("old-%u", i);
      g_autoptr (ImpLedgerRow) intent =
          imp_ledger_append (fixture->gate->ledger, "intent", id, BODIES[i], NULL, &error);
      g_autoptr (ImpLedgerRow) done = imp_ledger_append (
          fixture->gate->ledger, i % 2 == 0 ? "done" : "recovered", id, "{}", NULL, &error);

      g_assert_no_error (error);
    }
  report = imp_gate_what_if_sync (fixture->gate, "uk-standard", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->len, ==, G_N_ELEMENTS (BODIES));
  for (guint i = 0; i < report->len; i++)
    {
      const ImpWhatIf *what_if = g_ptr_array_index (report, i);

      g_assert_cmpstr (what_if->now, ==, "unknown");
      g_assert_null (what_if->then);
      g_assert_false (what_if->stricter);
    }
}

/* What stays for ever names nobody and quotes nobody. */
static void
test_nothing_identifies (Fixture *fixture, gconstpointer data)
{
  static const char *const SECRETS[] = { "EXAMPLE", "Person A",           "H204417",
                                         "1961-03", "a synthetic answer", "teaching colleagues" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  guint n_decisions = 0;

  answer_all (fixture, fixture->request, "consent", "teaching-file");
  imp_request_set_person (fixture->request, fixture->person_id);
  imp_request_set_answer (fixture->request, "why-share", "EXAMPLE, for teaching colleagues");
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  imp_request_set_answer (fixture->request, "child", "not-sure");
  g_file_delete (fixture->target, NULL, NULL);
  assert_refused (fixture, "floor:not-sure");
  rows = imp_gate_ledger_list_sync (fixture->gate, 10, NULL);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char *body = NULL;

      g_assert_true (g_variant_lookup (row, "body", "&s", &body));
      n_decisions += strstr (body, "\"decision\"") != NULL;
      if (strstr (body, "\"decision\"") != NULL)
        g_assert_nonnull (strstr (body, "\"age\":\"18-or-over\""));
      for (guint j = 0; j < G_N_ELEMENTS (SECRETS); j++)
        g_assert_null (strstr (body, SECRETS[j]));
    }
  g_assert_cmpuint (n_decisions, ==, 2);
}

/* ---- what is written is judged again as it was ---- */

static void
check_round_trip (Desk *desk)
{
  g_autoptr (ImpVerdict) then = desk_decide (desk);
  g_autofree char *text = imp_decision_write (desk->pack, &desk->facts, then);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (ImpVerdict) now = imp_decision_judge_again (json_node_get_object (root), desk->pack);

  g_assert_nonnull (now);
  g_assert_cmpint (now->outcome, ==, then->outcome);
  g_assert_cmpint (now->allowed, ==, then->allowed);
  g_assert_cmpuint (now->rules->len, ==, then->rules->len);
  for (guint i = 0; i < then->rules->len; i++)
    g_assert_cmpstr (g_ptr_array_index (now->rules, i), ==, g_ptr_array_index (then->rules, i));
  g_assert_cmpuint (now->reasons->len, ==, then->reasons->len);
}

static void
change_something (Desk *desk, GRand *random)
{
  static const char *const GIVERS[] = { "patient", "parental-responsibility", "relative", "none" };
  static const char *const STATES[] = { "active", "review-due", "withdrawn", "expired" };
  static const char *const SCOPES[] = { NULL, "Another example", "  ",
                                        "an EXAMPLE of an answer that is long enough" };
  static const char *const CAPACITIES[] = { "presumed", "lacks", "assessed-competent" };
  static const char *const FLAGS[] = { NULL, "YES", "NO", "UNCLEAR" };
  g_autoptr (GPtrArray) questions =
      imp_pack_get_questions (desk->pack, desk->facts.route, desk->facts.destination);
  ImpPolicyFacts *facts = &desk->facts;

  for (guint i = 0; i < 3; i++)
    {
      const ImpQuestion *question =
          g_ptr_array_index (questions, g_rand_int_range (random, 0, (gint32)questions->len));
      guint n = question->allowed != NULL ? g_strv_length (question->allowed) : 3;
      guint at = (guint)g_rand_int_range (random, 0, (gint32)n);
      static const char *const TEXTS[] = { NULL, "short", "An example of a much longer answer" };

      desk_answer (desk, question->key,
                   question->allowed != NULL ? question->allowed[at] : TEXTS[at]);
    }
  facts->person_age = g_rand_int_range (random, -1, 100);
  facts->person_age_when_given = g_rand_int_range (random, -1, 100);
  facts->permission_given_by = GIVERS[g_rand_int_range (random, 0, 4)];
  facts->permission_scope = SCOPES[g_rand_int_range (random, 0, 4)];
  facts->permission_capacity = CAPACITIES[g_rand_int_range (random, 0, 3)];
  facts->dicom_consent_flag = FLAGS[g_rand_int_range (random, 0, 4)];
  facts->permission_identifiable = g_rand_boolean (random);
  facts->permission_given_in_life = g_rand_boolean (random);
  facts->number_differs = g_rand_boolean (random);
  facts->n_overlays = (guint)g_rand_int_range (random, 0, 3);
  facts->n_overlays_drawn = facts->n_overlays / 2;
  facts->record_deceased = g_rand_boolean (random) ? "yes" : NULL;
  if (facts->has_permission)
    facts->permission_state = STATES[g_rand_int_range (random, 0, 4)];
}

static void
test_round_trip (gconstpointer pack_id)
{
  static const char *const ROUTES[] = { "anonymised", "consent" };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (ImpPack) pack = pack_with_guardian (pack_id);

  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (const char *const *to = imp_pack_get_destinations (pack); *to != NULL; to++)
      for (guint i = 0; i < 300; i++)
        {
          g_autoptr (Desk) desk = desk_new_with (pack, ROUTES[r], *to);

          check_round_trip (desk);
          change_something (desk, random);
          check_round_trip (desk);
        }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/article/row-17/policy-past-its-review", test_review },
    { "/gate/policy/site-pack", test_site_pack },
    { "/gate/policy/refused-packs", test_refused_packs },
    { "/gate/policy/one-name-one-pack", test_one_name_one_pack },
    { "/gate/policy/chosen-elsewhere", test_chosen_elsewhere },
    { "/gate/policy/unreadable-choice", test_unreadable_choice },
    { "/gate/policy/what-if", test_what_if },
    { "/gate/policy/what-if/of-old", test_what_if_of_old },
    { "/gate/policy/nothing-identifies", test_nothing_identifies },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  g_test_add_data_func ("/gate/policy/round-trip/uk-strict", "uk-strict", test_round_trip);
  g_test_add_data_func ("/gate/policy/round-trip/uk-standard", "uk-standard", test_round_trip);
  return g_test_run ();
}
