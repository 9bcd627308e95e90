/* Numbers of other kinds, other names, capacity, coming of age. */
#include "imp-register-names.h"

#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-finding.h"
#include "record-fixture.h"

static void
set_scheme (ImpRegister *reg, const char *name, const char *pattern, const char *rule)
{
  g_autoptr (ImpScheme) scheme = imp_scheme_new ();
  g_autoptr (GError) error = NULL;

  scheme->name = g_strdup (name);
  scheme->title = g_strdup ("Number of the clinic");
  scheme->pattern = g_strdup (pattern);
  scheme->check_rule = g_strdup (rule);
  imp_register_set_scheme (reg, scheme, &error);
  g_assert_no_error (error);
}

/* ---- forms and check digits ---- */

static const struct
{
  const char *pattern;
  const char *rule;
  const char *value;
  const char *folded; /* NULL: refused */
} NUMBERS[] = {
  { NULL, NULL, " H-204 417 ", "h204417" },
  { NULL, NULL, " - ", "-" },
  { NULL, NULL, "", NULL },
  { "h999999", NULL, "H204417", "h204417" },
  { "h999999", NULL, "X204417", NULL },
  { "h999999", NULL, "H20441", NULL },
  { "h999999", NULL, "H2044171", NULL },
  { "A-999|999 999", NULL, "q123", "q123" },
  { "A-999|999 999", NULL, "123-456", "123456" },
  { "A-999|999 999", NULL, "12345", NULL },
  { "**-**", NULL, "a1 2b", "a12b" },
  /* The example of the NHS Data Dictionary; CHI and H&C numbers have the same rule. */
  { "9999999999", "mod-11", "943 476 5919", "9434765919" },
  { "9999999999", "mod-11", "943 476 5918", NULL },
  { NULL, "mod-11", "943X765919", NULL },
  /* The example of many texts on ISO/IEC 7812-1. */
  { NULL, "luhn", "7992739871 3", "79927398713" },
  { NULL, "luhn", "79927398710", NULL },
  /* ISO/IEC 7064: 794 gets 44. An IBAN's letters, put last as ISO 13616 says. */
  { NULL, "mod-97", "79444", "79444" },
  { NULL, "mod-97", "79445", NULL },
  { NULL, "mod-97", "WEST 1234 5698 7654 32 GB82", "west12345698765432gb82" },
  { NULL, "mod-97", "WEST 1234 5698 7654 32 GB83", NULL },
};

static void
test_schemes (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    {
      g_autoptr (ImpScheme) scheme = imp_scheme_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *folded = NULL;

      scheme->name = g_strdup ("clinic");
      scheme->title = g_strdup ("Number of the clinic");
      scheme->pattern = g_strdup (NUMBERS[i].pattern);
      scheme->check_rule = g_strdup (NUMBERS[i].rule);
      g_assert_true (imp_scheme_is_valid (scheme, &error));
      folded = imp_scheme_fold (scheme, NUMBERS[i].value, &error);
      g_assert_cmpstr (folded, ==, NUMBERS[i].folded);
      if (folded != NULL)
        continue;
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_assert_true (*NUMBERS[i].value == '\0'
                     || strstr (error->message, NUMBERS[i].value) == NULL);
    }
}

static void
test_bad_schemes (StoreFixture *fixture, gconstpointer data)
{
  static const char *const BAD[][4] = {
    { "Clinic", "Clinic", NULL, NULL },     { "", "Clinic", NULL, NULL },
    { "nhs", "Clinic", NULL, NULL },        { "clinic", " ", NULL, NULL },
    { "clinic", "Clinic", "(a+)+$", NULL }, { "clinic", "Clinic", "|", NULL },
    { "clinic", "Clinic", NULL, "mod-10" },
  };
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (ImpScheme) scheme = imp_scheme_new ();
      g_autoptr (GError) error = NULL;

      scheme->name = g_strdup (BAD[i][0]);
      scheme->title = g_strdup (BAD[i][1]);
      scheme->pattern = g_strdup (BAD[i][2]);
      scheme->check_rule = g_strdup (BAD[i][3]);
      g_assert_false (imp_register_set_scheme (reg, scheme, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
  for (guint i = 0; imp_scheme_check_rules ()[i] != NULL; i++)
    set_scheme (reg, imp_scheme_check_rules ()[i], NULL, imp_scheme_check_rules ()[i]);
}

/* ---- identifiers ---- */

static void
test_identifiers (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H204417", "EXAMPLE^A", NULL);
  g_autofree char *b = record_add_person (reg, "H204418", "EXAMPLE^B", NULL);
  g_autoptr (ImpPerson) found = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  set_scheme (reg, "clinic", "A99999", NULL);
  g_assert_true (imp_register_add_identifier (reg, b, "clinic", "q-77 777", &error));
  g_assert_no_error (error);
  found = imp_register_find_by_number (reg, "Q77777", &error);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->id, ==, b);
  people = imp_register_find (reg, "q777", 10, &error);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_false (imp_register_add_identifier (reg, a, "clinic", "Q77777", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_register_add_identifier (reg, a, "other", "Q77778", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (imp_register_add_identifier (reg, a, "clinic", "77", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  list = imp_register_list_identifiers (reg, b, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ImpIdentifier *)list->pdata[0])->value, ==, "q-77 777");
  /* In use: neither its form changes nor does it go. */
  {
    g_autoptr (ImpScheme) scheme = imp_scheme_new ();

    scheme->name = g_strdup ("clinic");
    scheme->title = g_strdup ("Clinic");
    g_assert_false (imp_register_set_scheme (reg, scheme, &error));
    g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    g_clear_error (&error);
  }
  g_assert_false (imp_register_remove_scheme (reg, "clinic", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  record_check_sql_refused (fixture->store, "UPDATE person_identifier SET value = 'x'");
  g_assert_true (imp_register_remove_identifier (reg, b, "clinic", "Q77777", &error));
  g_assert_false (imp_register_remove_identifier (reg, b, "clinic", "Q77777", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (imp_register_remove_scheme (reg, "clinic", &error));
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT count(*) FROM event WHERE kind IN "
                                          "('identifier-added', 'identifier-removed')"),
                   ==, 2);
  /* No history row holds the number. */
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM event WHERE old "
                                                          "LIKE '%77%' OR new LIKE '%77%'"),
                   ==, 0);
}

/* The same number at two hospitals: both are found, and one who objects comes first. */
static void
test_row_29_same_number (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "204417", NULL, NULL);
  g_autofree char *b = record_add_person (reg, "H204418", NULL, NULL);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  set_scheme (reg, "clinic", NULL, NULL);
  g_assert_true (imp_register_add_identifier (reg, b, "clinic", "204417", &error));
  people = imp_register_list_by_number (reg, "204417", &error);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpstr (((ImpPerson *)people->pdata[0])->id, ==, a);
  g_ptr_array_unref (people);
  g_assert_true (imp_register_set_objection (reg, b, TRUE, NULL, &error));
  people = imp_register_list_by_number (reg, "204417", &error);
  g_assert_cmpstr (((ImpPerson *)people->pdata[0])->id, ==, b);
}

/* ---- names ---- */

static void
test_aliases (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H204417", "EXAMPLE^PERSON", NULL);
  g_autofree char *b = record_add_person (reg, "H204418", "OTHER^PERSON", NULL);
  g_autoptr (ImpAlias) alias = imp_alias_new ();
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  alias->name = g_strdup (" Sámple, Zoë ");
  g_assert_false (imp_register_add_alias (reg, a, alias, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  alias->kind = g_strdup ("former");
  g_assert_true (imp_register_add_alias (reg, a, alias, &error));
  g_assert_no_error (error);
  people = imp_register_find (reg, "sample zoe", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (((ImpFound *)people->pdata[0])->person->id, ==, a);
  list = imp_register_list_aliases (reg, a, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ImpAlias *)list->pdata[0])->name, ==, "Sámple, Zoë");
  g_assert_cmpstr (((ImpAlias *)list->pdata[0])->kind, ==, "former");
  g_assert_false (imp_register_remove_alias (reg, b, alias->id, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (imp_register_remove_alias (reg, a, alias->id, &error));
  g_assert_no_error (error);
}

/* ---- capacity ---- */

static gboolean
assess (ImpRegister *reg, const char *person_id, const char *outcome, const char *day,
        const char *ask_again)
{
  g_autoptr (ImpAssessment) assessment = imp_assessment_new ();
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  assessment->person_id = g_strdup (person_id);
  assessment->outcome = g_strdup (outcome);
  assessment->decision = g_strdup ("to have pictures published");
  assessment->assessor = g_strdup ("Dr Example");
  assessment->assessed = g_strdup (day);
  assessment->ask_again = g_strdup (ask_again);
  done = imp_register_add_assessment (reg, assessment, &error);
  if (!done)
    g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  return done;
}

static gboolean
lacks (ImpRegister *reg, const char *person_id)
{
  g_autoptr (ImpPerson) person = imp_register_get_person (reg, person_id, NULL);

  return person->lacks_capacity;
}

static void
test_capacity (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *id = record_add_person (reg, "H204417", NULL, NULL);
  g_autoptr (GPtrArray) list = NULL;

  g_assert_false (assess (reg, id, "perhaps", "2026-02-01", NULL));
  g_assert_false (assess (reg, id, "lacks", "2026-02-30", NULL));
  g_assert_false (assess (reg, id, "lacks", "2999-02-01", NULL));
  g_assert_false (assess (reg, id, "fluctuating", "2026-02-01", NULL));
  g_assert_false (assess (reg, id, "fluctuating", "2026-02-01", "2026-01-31"));
  g_assert_true (assess (reg, id, "lacks", "2026-02-01", NULL));
  g_assert_true (lacks (reg, id));
  /* Typed in late, not found late. */
  g_assert_true (assess (reg, id, "has", "2026-01-01", NULL));
  g_assert_true (lacks (reg, id));
  g_assert_true (assess (reg, id, "fluctuating", "2026-03-01", "2026-04-01"));
  g_assert_false (lacks (reg, id));
  g_assert_true (assess (reg, id, "lacks", "2026-05-01", NULL));
  g_assert_true (lacks (reg, id));
  list = imp_register_list_assessments (reg, id, NULL);
  g_assert_cmpuint (list->len, ==, 4);
  g_assert_cmpstr (((ImpAssessment *)list->pdata[0])->assessed, ==, "2026-05-01");
  g_assert_cmpstr (((ImpAssessment *)list->pdata[1])->ask_again, ==, "2026-04-01");
  record_check_sql_refused (fixture->store, "UPDATE capacity_assessment SET outcome = 'has'");
  record_check_sql_refused (fixture->store, "DELETE FROM capacity_assessment");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM event WHERE kind "
                                                          "= 'capacity-assessed'"),
                   ==, 4);
}

/* ---- coming of age ---- */

static void
add_parental (ImpRegister *reg, const char *number, const char *born)
{
  g_autofree char *id = record_add_person (reg, number, NULL, born);
  ImpPermission *permission = record_make_permission (id);
  g_autofree char *permission_id = NULL;

  record_replace (&permission->given_by, "parental-responsibility");
  record_replace (&permission->giver_note, "mother, birth certificate seen");
  permission_id = record_add_permission (reg, permission);
}

static void
check_coming (ImpRegister *reg, const char *from, const char *to, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = imp_register_list_coming_of_age (reg, from, to, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const ImpComing *coming = g_ptr_array_index (list, i);

      g_string_append_printf (found, "%s%s:%d:%s", i > 0 ? " " : "", coming->hospital_number,
                              coming->age, coming->birthday);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_row_28_coming_of_age (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *patient = record_add_person (reg, "P1", NULL, "2010-12-01");
  ImpPermission *signed_alone = record_make_permission (patient);
  g_autofree char *own = NULL;
  g_autoptr (ImpPerson) dead = NULL;
  g_autoptr (GPtrArray) ended = NULL;
  g_autoptr (GError) error = NULL;

  record_replace (&signed_alone->capacity, "assessed-competent");
  own = record_add_permission (reg, signed_alone);
  add_parental (reg, "A16", "2010-12-01");
  add_parental (reg, "A18", "2008-12-02");
  add_parental (reg, "LEAP", "2008-02-29");
  add_parental (reg, "DEAD", "2010-12-03");
  add_parental (reg, "GONE", "2010-12-03");
  dead = imp_register_find_by_number (reg, "DEAD", NULL);
  dead->died = g_strdup ("2026-01-06");
  g_assert_true (imp_register_update_person (reg, dead, &error));
  imp_person_free (dead);
  dead = imp_register_find_by_number (reg, "GONE", NULL);
  ended = imp_register_list_permissions (reg, dead->id, NULL);
  g_assert_true (
      imp_register_withdraw (reg, ((ImpPermission *)ended->pdata[0])->id, NULL, NULL, &error));
  check_coming (reg, "2026-12-01", "2026-12-31", "A16:16:2026-12-01 A18:18:2026-12-02");
  check_coming (reg, "2026-12-02", "2026-12-02", "A18:18:2026-12-02");
  check_coming (reg, "2026-11-01", "2026-11-30", "");
  check_coming (reg, "2024-02-29", "2024-02-29", "LEAP:16:2024-02-29");
  check_coming (reg, "2026-02-28", "2026-02-28", "");
  check_coming (reg, "2026-03-01", "2026-03-01", "LEAP:18:2026-03-01");
  g_assert_null (imp_register_list_coming_of_age (reg, "2026-12-02", "2026-12-01", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_birthday (void)
{
  static const struct
  {
    const char *born;
    int age;
    const char *day;
  } DAYS[] = {
    { "2010-05-03", 16, "2026-05-03" }, { "2008-02-29", 18, "2026-03-01" },
    { "2008-02-29", 16, "2024-02-29" }, { "2084-02-29", 16, "2100-03-01" },
    { "2010-02-30", 16, NULL },         { NULL, 16, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++)
    {
      g_autofree char *day = imp_clock_birthday (DAYS[i].born, DAYS[i].age);

      g_assert_cmpstr (day, ==, DAYS[i].day);
      if (day != NULL)
        g_assert_cmpint (imp_clock_age_at (DAYS[i].born, day), ==, DAYS[i].age);
    }
}

/* ---- a million permissions: no question reads a whole table ---- */

static void
take_plan (ImpRow *row, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", imp_row_text (row, 3));
}

static void
test_indexes (StoreFixture *fixture, gconstpointer data)
{
  static const char *const QUESTIONS[] = {
    "SELECT id FROM person WHERE id IN (SELECT id FROM person WHERE number_folded = 'a' UNION "
    "SELECT id FROM person WHERE nhs_number = 'a' UNION SELECT person_id FROM person_identifier "
    "WHERE value_folded = 'a')",
    "SELECT name FROM person_alias WHERE person_id = 'a' ORDER BY name_folded",
    "SELECT scheme, value FROM person_identifier WHERE person_id = 'a'",
    "SELECT outcome FROM capacity_assessment WHERE person_id = 'a' ORDER BY assessed DESC",
    "SELECT sha256 FROM attachment WHERE permission_id = 'a' ORDER BY created",
    "SELECT id FROM permission WHERE replaces = 'a'",
    "SELECT person.id FROM person CROSS JOIN permission ON permission.person_id = person.id WHERE "
    "born BETWEEN date('2026-12-01', '-16 years') AND date('2026-12-31', '-16 years') AND given_by "
    "= 'parental-responsibility' AND +state IN ('active', 'review-due', 'suspended') AND died IS "
    "NULL",
    "SELECT permission_id, seq FROM permission_order AS said WHERE person_id = 'a'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", QUESTIONS[i], NULL);
      g_autoptr (GString) plan = g_string_new (NULL);
      g_autoptr (GError) error = NULL;

      imp_store_query (fixture->store, &error, sql, NULL, take_plan, plan);
      g_assert_no_error (error);
      g_test_message ("%s", plan->str);
      g_assert_null (strstr (plan->str, "SCAN p"));
      g_assert_null (strstr (plan->str, "SCAN a"));
      g_assert_null (strstr (plan->str, "SCAN c"));
      g_assert_null (strstr (plan->str, "(state=?)"));
      g_assert_nonnull (strstr (plan->str, "INDEX"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/record/identifier/forms", test_schemes);
  store_fixture_add ("/record/identifier/bad-schemes", test_bad_schemes);
  store_fixture_add ("/record/identifier/recorded", test_identifiers);
  store_fixture_add ("/article/row-29/number-of-two", test_row_29_same_number);
  store_fixture_add ("/record/alias", test_aliases);
  store_fixture_add ("/record/capacity", test_capacity);
  store_fixture_add ("/policy/row-28/coming-of-age", test_row_28_coming_of_age);
  g_test_add_func ("/record/birthday", test_birthday);
  store_fixture_add ("/record/indexes", test_indexes);
  return g_test_run ();
}
