/* What a permission must say to be in force, what of it stays, and its steps (policy.md 2.2, 2.3).
 */
#include <string.h>

#include "imp-error.h"
#include "record-fixture.h"

typedef void (*Change) (ImpPermission *permission);

/* ---- round trip ---- */

static void
fill_all (ImpPermission *permission)
{
  record_replace (&permission->level, "publication-named");
  permission->scope = g_strdup ("Atlas of Examples");
  permission->destination = g_strdup ("publication");
  permission->destination_url = g_strdup ("https://atlas.example/7");
  permission->controller = g_strdup ("Example Press");
  record_replace (&permission->given_by, "parental-responsibility");
  permission->giver_name = g_strdup ("EXAMPLE^PARENT");
  permission->giver_relationship = g_strdup ("mother");
  permission->giver_check = g_strdup ("birth certificate seen");
  permission->giver_note = g_strdup ("by telephone");
  record_replace (&permission->capacity, "lacks");
  permission->capacity_decision = g_strdup ("to publish this picture");
  permission->capacity_assessor = g_strdup ("Dr Example");
  permission->capacity_assessed = g_strdup ("2026-01-04");
  record_replace (&permission->evidence, "verbal-with-witness");
  permission->evidence_reference = g_strdup ("folder 7");
  permission->witness_name = g_strdup ("EXAMPLE^WITNESS");
  permission->witness_role = g_strdup ("charge nurse");
  permission->wording_version = g_strdup ("IS-7, 2026-01");
  permission->language = g_strdup ("Welsh");
  permission->interpreter = g_strdup ("EXAMPLE^INTERPRETER");
  permission->image_version = g_strdup ("cropped, second");
  permission->basis = g_strdup ("common-law-consent");
  permission->basis_note = g_strdup ("public task for the record itself");
}

static void
test_all_fields (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  ImpPermission *permission = record_make_permission (person_id);
  g_autofree char *id = NULL;
  g_autoptr (ImpPermission) found = NULL;
  g_autoptr (ImpPermission) copy = NULL;

  fill_all (permission);
  id = record_add_permission (reg, permission);
  found = imp_register_get_permission (reg, id, NULL);
  copy = imp_permission_copy (found);
  g_assert_cmpstr (copy->destination, ==, "publication");
  g_assert_cmpstr (copy->destination_url, ==, "https://atlas.example/7");
  g_assert_cmpstr (copy->controller, ==, "Example Press");
  g_assert_cmpstr (copy->giver_name, ==, "EXAMPLE^PARENT");
  g_assert_cmpstr (copy->giver_relationship, ==, "mother");
  g_assert_cmpstr (copy->giver_check, ==, "birth certificate seen");
  g_assert_cmpstr (copy->giver_note, ==, "by telephone");
  g_assert_cmpstr (copy->capacity_decision, ==, "to publish this picture");
  g_assert_cmpstr (copy->capacity_assessor, ==, "Dr Example");
  g_assert_cmpstr (copy->capacity_assessed, ==, "2026-01-04");
  g_assert_cmpstr (copy->evidence_reference, ==, "folder 7");
  g_assert_cmpstr (copy->witness_name, ==, "EXAMPLE^WITNESS");
  g_assert_cmpstr (copy->witness_role, ==, "charge nurse");
  g_assert_cmpstr (copy->language, ==, "Welsh");
  g_assert_cmpstr (copy->interpreter, ==, "EXAMPLE^INTERPRETER");
  g_assert_cmpstr (copy->image_version, ==, "cropped, second");
  g_assert_cmpstr (copy->basis, ==, "common-law-consent");
  g_assert_cmpstr (copy->basis_note, ==, "public task for the record itself");
  g_assert_cmpstr (copy->wording_version, ==, "IS-7, 2026-01");
}

/* The article's row 16: the record holds which information sheet was given, and it stays. */
static void
test_row_16_wording (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = record_add_permission (reg, record_make_permission (person_id));
  g_autoptr (ImpPermission) permission = imp_register_get_permission (reg, id, NULL);
  g_autoptr (ImpPermission) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (permission->wording_version);
  permission->wording_version = g_strdup (" IS-7, 2026-01 ");
  g_assert_true (imp_register_amend_permission (reg, permission, &error));
  g_assert_no_error (error);
  found = imp_register_get_permission (reg, id, NULL);
  g_assert_cmpstr (found->wording_version, ==, "IS-7, 2026-01");
  record_replace (&permission->wording_version, "IS-8");
  g_assert_false (imp_register_amend_permission (reg, permission, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "wording_version"));
  record_check_sql_refused (fixture->store, "UPDATE permission SET wording_version = 'IS-8'");
  record_check_sql_refused (fixture->store, "UPDATE permission SET wording_version = NULL");
}

/* ---- whole ---- */

static void
nobody (ImpPermission *permission)
{
  record_replace (&permission->given_by, "none");
}

static void
child_presumed (ImpPermission *permission)
{
  record_replace (&permission->given_by, "competent-under-16");
}

static void
lacks_without_assessor (ImpPermission *permission)
{
  record_replace (&permission->capacity, "lacks");
  permission->capacity_decision = g_strdup ("to publish");
  permission->capacity_assessed = g_strdup ("2026-01-04");
}

static void
lacks_without_day (ImpPermission *permission)
{
  lacks_without_assessor (permission);
  permission->capacity_assessor = g_strdup ("Dr Example");
  g_clear_pointer (&permission->capacity_assessed, g_free);
}

static void
lacks_without_decision (ImpPermission *permission)
{
  lacks_without_assessor (permission);
  permission->capacity_assessor = g_strdup ("Dr Example");
  g_clear_pointer (&permission->capacity_decision, g_free);
}

static void
fluctuates_without_review (ImpPermission *permission)
{
  record_replace (&permission->capacity, "fluctuating");
}

static void
parent_unchecked (ImpPermission *permission)
{
  record_replace (&permission->given_by, "parental-responsibility");
  permission->giver_relationship = g_strdup ("father");
}

static void
relative_of_nobody (ImpPermission *permission)
{
  record_replace (&permission->given_by, "relative");
}

static void
spoken_without_role (ImpPermission *permission)
{
  record_replace (&permission->evidence, "verbal-with-witness");
  permission->witness_name = g_strdup ("EXAMPLE^WITNESS");
}

static void
spoken_without_witness (ImpPermission *permission)
{
  record_replace (&permission->evidence, "verbal-with-witness");
  permission->witness_role = g_strdup ("nurse");
  permission->witness_name = g_strdup ("  ");
}

static const Change GAPS[] = {
  nobody,
  child_presumed,
  lacks_without_assessor,
  lacks_without_day,
  lacks_without_decision,
  fluctuates_without_review,
  parent_unchecked,
  relative_of_nobody,
  spoken_without_role,
  spoken_without_witness,
};

/* With a gap it is not recorded as given; as an offer it is, and then the answer is refused, by the
 * register and, past it, by the database. */
static void
test_gaps (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (GAPS); i++)
    {
      g_autoptr (ImpPermission) permission = record_make_permission (person_id);
      g_autofree char *sql = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) step_error = NULL;

      GAPS[i](permission);
      g_assert_false (imp_register_add_permission (reg, permission, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
      permission->state = IMP_PERMISSION_OFFERED;
      g_assert_true (imp_register_add_permission (reg, permission, &error));
      g_assert_no_error (error);
      g_assert_false (
          imp_register_step (reg, permission->id, IMP_PERMISSION_ACTIVE, NULL, &step_error));
      g_assert_error (step_error, IMP_ERROR, IMP_ERROR_USAGE);
      sql = g_strdup_printf ("UPDATE permission SET state = 'active' WHERE id = '%s'",
                             permission->id);
      record_check_sql_refused (fixture->store, sql);
      g_free (sql);
      sql = g_strdup_printf (
          "INSERT INTO permission (id, person_id, level, identifiable, given_by, capacity, "
          "evidence, witness_name, given, state, created) SELECT 'x', person_id, level, 0, "
          "given_by, capacity, evidence, witness_name, given, 'active', created FROM permission "
          "WHERE id = '%s'",
          permission->id);
      record_check_sql_refused (fixture->store, sql);
    }
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM permission WHERE "
                                                          "state <> 'offered'"),
                   ==, 0);
}

static void
test_other_words (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);

#define REFUSED(field, value)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (ImpPermission) permission = record_make_permission (person_id);                     \
    g_autoptr (GError) error = NULL;                                                               \
                                                                                                   \
    record_replace (&permission->field, value);                                                    \
    g_assert_false (imp_register_add_permission (reg, permission, &error));                        \
    g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);                                            \
  }                                                                                                \
  G_STMT_END

  REFUSED (destination, "everywhere");
  REFUSED (basis, "hope");
  REFUSED (capacity_assessed, "2026-02-30");
  REFUSED (capacity_assessed, "2999-01-01");
  REFUSED (giver_name, "\xff");
#undef REFUSED
  g_assert_cmpint (
      store_fixture_integer (fixture->store, "SELECT count(*) FROM permission_destination"), ==,
      g_strv_length ((char **)imp_permission_destinations ()));
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM permission_basis"),
                   ==, g_strv_length ((char **)imp_permission_bases ()));
  g_assert_cmpint (
      store_fixture_integer (fixture->store, "SELECT count(*) FROM permission_capacity"), ==,
      g_strv_length ((char **)imp_permission_capacities ()));
}

/* ---- what may change ---- */

static gboolean
try_amend (ImpRegister *reg, const char *id, gsize member, const char *value)
{
  g_autoptr (ImpPermission) permission = imp_register_get_permission (reg, id, NULL);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  record_replace (G_STRUCT_MEMBER_P (permission, member), value);
  done = imp_register_amend_permission (reg, permission, &error);
  if (!done)
    g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  return done;
}

#define MEMBER(field) G_STRUCT_OFFSET (ImpPermission, field)

static void
test_amend (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  ImpPermission *permission = record_make_permission (person_id);
  g_autofree char *id = NULL;
  const ImpPermissionStep answer = { .given = "2026-02-03", .reason = "on the ward" };
  g_autoptr (ImpPermission) found = NULL;
  g_autoptr (GError) error = NULL;

  permission->state = IMP_PERMISSION_DRAFT;
  id = record_add_permission (reg, permission);
  g_assert_true (try_amend (reg, id, MEMBER (level), "record-only"));
  g_assert_true (try_amend (reg, id, MEMBER (destination), "teaching-file"));
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_OFFERED, NULL, &error));
  g_assert_false (try_amend (reg, id, MEMBER (level), "teaching-closed"));
  g_assert_false (try_amend (reg, id, MEMBER (destination), NULL));
  g_assert_true (try_amend (reg, id, MEMBER (expires), "2030-01-01"));
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_ACTIVE, &answer, &error));
  g_assert_no_error (error);
  g_assert_false (try_amend (reg, id, MEMBER (expires), "2031-01-01"));
  g_assert_false (try_amend (reg, id, MEMBER (given_by), "attorney-or-deputy"));
  g_assert_false (try_amend (reg, id, MEMBER (evidence), "letter"));
  g_assert_false (try_amend (reg, id, MEMBER (evidence), NULL));
  g_assert_true (try_amend (reg, id, MEMBER (interpreter), "EXAMPLE^INTERPRETER"));
  found = imp_register_get_permission (reg, id, NULL);
  g_assert_cmpstr (found->given, ==, "2026-02-03");
  g_assert_cmpstr (found->level, ==, "record-only");
  g_assert_cmpstr (found->interpreter, ==, "EXAMPLE^INTERPRETER");
  g_assert_cmpstr (found->expires, ==, "2030-01-01");
  record_check_sql_refused (fixture->store, "UPDATE permission SET expires = '2031-01-01'");
  record_check_sql_refused (fixture->store, "UPDATE permission SET destination = NULL");
  record_check_sql_refused (fixture->store, "UPDATE permission SET interpreter = NULL");
  g_assert_true (imp_register_withdraw (reg, id, NULL, NULL, &error));
  g_assert_false (try_amend (reg, id, MEMBER (language), "Welsh"));
}

/* ---- steps ---- */

static void
test_steps_in_history (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  ImpPermission *permission = record_make_permission (person_id);
  g_autofree char *id = NULL;
  g_autofree char *history = NULL;
  const ImpPermissionStep suspended = { .reason = "asked for time" };
  const ImpPermissionStep resumed = { .review = "2030-05-05" };
  const ImpPermissionStep withdrawn = {
    .by = "the patient", .channel = "letter", .partly = TRUE, .reason = "only the web"
  };
  const ImpPermissionStep late = { .given = "2026-03-03" };
  g_autoptr (ImpPermission) found = NULL;
  g_autoptr (GError) error = NULL;

  permission->state = IMP_PERMISSION_OFFERED;
  id = record_add_permission (reg, permission);
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_ACTIVE, NULL, &error));
  g_assert_false (imp_register_step (reg, id, IMP_PERMISSION_SUSPENDED, &late, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_SUSPENDED, &suspended, &error));
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_ACTIVE, &resumed, &error));
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_WITHDRAWN, &withdrawn, &error));
  g_assert_no_error (error);
  found = imp_register_get_permission (reg, id, NULL);
  g_assert_cmpstr (found->review, ==, "2030-05-05");
  g_assert_cmpstr (found->withdrawn_by, ==, "the patient");
  g_assert_cmpstr (found->withdrawn_channel, ==, "letter");
  g_assert_true (found->withdrawn_partly);
  history = store_fixture_text (
      fixture->store,
      "SELECT group_concat (coalesce (old, '') || '>' || new || coalesce (' ' || text, ''), ', ') "
      "FROM event LEFT JOIN event_text USING (seq) WHERE subject = 'permission'");
  g_assert_cmpstr (history, ==,
                   ">offered, offered>active, active>suspended asked for time, suspended>active, "
                   "active>withdrawn only the web");
}

static void
test_renew (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  ImpPermission *permission = record_make_permission (person_id);
  g_autofree char *id = NULL;
  g_autoptr (ImpPermission) found = NULL;
  g_autoptr (GError) error = NULL;

  record_replace (&permission->capacity, "fluctuating");
  record_replace (&permission->review, "2026-02-01");
  id = record_add_permission (reg, permission);
  found = imp_register_get_permission (reg, id, NULL);
  /* Not asked again by the day on which that was due: it covers nothing until somebody asks. */
  g_assert_cmpint (imp_permission_state_on (found, "2026-02-01"), ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpint (imp_permission_state_on (found, "2026-02-02"), ==, IMP_PERMISSION_SUSPENDED);
  g_assert_false (imp_register_renew (reg, id, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_register_renew (reg, id, "2026-02-03", NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (imp_register_renew (reg, id, "2999-01-01", "asked, and agreed", &error));
  g_assert_no_error (error);
  imp_permission_free (found);
  found = imp_register_get_permission (reg, id, NULL);
  g_assert_cmpint (imp_permission_state_on (found, "2026-02-02"), ==, IMP_PERMISSION_ACTIVE);
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_SUSPENDED, NULL, &error));
  g_assert_false (imp_register_renew (reg, id, "2999-01-01", NULL, &error));
}

/* One that replaces another ends it when it comes into force, not before. */
static void
test_replaces (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  g_autofree char *other_id = record_add_person (reg, "H204418", NULL, NULL);
  g_autofree char *old = record_add_permission (reg, record_make_permission (person_id));
  ImpPermission *offer = record_make_permission (person_id);
  g_autoptr (ImpPermission) another = record_make_permission (other_id);
  g_autofree char *id = NULL;
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;
  const char *state_of_first = "SELECT state FROM permission WHERE replaces IS NULL";

  another->replaces = g_strdup (old);
  g_assert_false (imp_register_add_permission (reg, another, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  offer->state = IMP_PERMISSION_OFFERED;
  offer->replaces = g_strdup (old);
  id = record_add_permission (reg, offer);
  state = store_fixture_text (fixture->store, state_of_first);
  g_assert_cmpstr (state, ==, "active");
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_ACTIVE, NULL, &error));
  g_assert_no_error (error);
  g_free (state);
  state = store_fixture_text (fixture->store, state_of_first);
  g_assert_cmpstr (state, ==, "superseded");
  record_replace (&another->person_id, person_id);
  g_assert_false (imp_register_add_permission (reg, another, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

/* A closed group is public (the article's row 22): it is no other destination. */
static void
test_row_22_closed_group (void)
{
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  g_assert_true (imp_permission_is_for (permission, "social-media"));
  permission->destination = g_strdup ("social-media-closed");
  g_assert_true (imp_permission_is_for (permission, "social-media"));
  g_assert_false (imp_permission_is_for (permission, "internal-meeting"));
  record_replace (&permission->destination, "teaching-file");
  g_assert_true (imp_permission_is_for (permission, "teaching-file"));
  g_assert_false (imp_permission_is_for (permission, "internal-meeting"));
  g_assert_false (imp_permission_is_for (permission, "social-media"));
}

/* Erasure, and nothing else, may take away what a person's record holds. */
static void
test_erasing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  g_autofree char *other_id = record_add_person (reg, "H204418", NULL, NULL);
  g_autofree char *id = record_add_permission (reg, record_make_permission (person_id));
  g_autofree char *other = record_add_permission (reg, record_make_permission (other_id));
  g_autoptr (GError) error = NULL;

  record_check_sql_refused (fixture->store, "DELETE FROM permission");
  g_assert_true (imp_store_begin (fixture->store, &error));
  g_assert_true (imp_store_run (fixture->store, &error, "INSERT INTO erasing VALUES (?)",
                                g_variant_new ("(s)", person_id), NULL));
  record_check_sql_refused (fixture->store, "DELETE FROM permission");
  g_assert_true (imp_store_run (fixture->store, &error, "DELETE FROM permission WHERE id = ?",
                                g_variant_new ("(s)", id), NULL));
  g_assert_true (imp_store_run (fixture->store, &error, "DELETE FROM erasing", NULL, NULL));
  g_assert_true (imp_store_commit (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM permission"), ==,
                   1);
}

/* ---- answers ---- */

static void
add_detail (ImpRow *row, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", imp_row_text (row, 3));
}

/* When an offer was answered is read from an index alone, as it is asked with every permission. */
static void
test_answered (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  ImpPermission *offer = record_make_permission (person_id);
  g_autofree char *id = NULL;
  g_autofree char *moment = NULL;
  g_autoptr (ImpPermission) before = NULL;
  g_autoptr (ImpPermission) after = NULL;
  g_autoptr (GString) plan = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  offer->state = IMP_PERMISSION_OFFERED;
  id = record_add_permission (reg, offer);
  before = imp_register_get_permission (reg, id, &error);
  g_assert_no_error (error);
  g_assert_null (before->answered);
  g_assert_true (imp_register_step (reg, id, IMP_PERMISSION_ACTIVE, NULL, &error));
  after = imp_register_get_permission (reg, id, &error);
  g_assert_no_error (error);
  moment = store_fixture_text (fixture->store,
                               "SELECT at FROM event WHERE kind = 'state' ORDER BY seq DESC");
  g_assert_cmpstr (after->answered, ==, moment);
  imp_store_query (fixture->store, &error,
                   "EXPLAIN QUERY PLAN SELECT (SELECT max(at) FROM event WHERE subject_id = "
                   "permission.id AND kind = 'state' AND old = 'offered') FROM permission "
                   "WHERE person_id = ?",
                   g_variant_new ("(s)", person_id), add_detail, plan);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (plan->str, "COVERING INDEX event_answer"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/record/permission/all-fields", test_all_fields);
  store_fixture_add ("/article/row-16/wording-version", test_row_16_wording);
  store_fixture_add ("/record/permission/gaps", test_gaps);
  store_fixture_add ("/record/permission/other-words", test_other_words);
  store_fixture_add ("/record/permission/amend", test_amend);
  store_fixture_add ("/record/permission/steps-in-history", test_steps_in_history);
  store_fixture_add ("/record/permission/renew-fluctuating", test_renew);
  store_fixture_add ("/record/permission/replaces", test_replaces);
  g_test_add_func ("/article/row-22/closed-group", test_row_22_closed_group);
  store_fixture_add ("/record/permission/answered", test_answered);
  store_fixture_add ("/record/erasing", test_erasing);
  return g_test_run ();
}
