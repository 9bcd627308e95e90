/* People, objections, permissions and their life-cycle, settings. */
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-finding.h"
#include "imp-id.h"
#include "imp-register.h"
#include "store-support.h"

static ImpPerson *
make_person (const char *number, const char *name, const char *born)
{
  ImpPerson *person = imp_person_new ();

  person->hospital_number = g_strdup (number);
  person->name = g_strdup (name);
  person->born = g_strdup (born);
  return person;
}

static char *
add_person (ImpRegister *reg, const char *number, const char *name, const char *born)
{
  g_autoptr (ImpPerson) person = make_person (number, name, born);
  g_autoptr (GError) error = NULL;

  imp_register_add_person (reg, person, &error);
  g_assert_no_error (error);
  g_assert_true (imp_id_is_valid (person->id));
  g_assert_nonnull (person->created);
  return g_strdup (person->id);
}

static ImpPermission *
make_permission (const char *person_id)
{
  ImpPermission *permission = imp_permission_new ();

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  return permission;
}

static char *
add_permission (ImpRegister *reg, const char *person_id, ImpPermissionState state)
{
  g_autoptr (ImpPermission) permission = make_permission (person_id);
  g_autoptr (GError) error = NULL;

  permission->state = state;
  imp_register_add_permission (reg, permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

/* ---- people ---- */

static void
test_person_round_trip (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPerson) person = make_person ("  H204417 ", "EXAMPLE^PERSON A", "1961-05-03");
  g_autoptr (ImpPerson) found = NULL;
  g_autoptr (GError) error = NULL;

  /* The example of the NHS Data Dictionary. */
  person->nhs_number = g_strdup ("943 476 5919");
  person->died = g_strdup ("unknown");
  person->known_to_audience = TRUE;
  person->note = g_strdup ("interpreter needed");
  g_assert_true (imp_register_add_person (reg, person, &error));
  g_assert_cmpstr (person->hospital_number, ==, "H204417");
  found = imp_register_get_person (reg, person->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->hospital_number, ==, "H204417");
  g_assert_cmpstr (found->nhs_number, ==, "9434765919");
  g_assert_cmpstr (found->name, ==, "EXAMPLE^PERSON A");
  g_assert_cmpstr (found->born, ==, "1961-05-03");
  g_assert_cmpstr (found->died, ==, "unknown");
  g_assert_false (found->objects);
  g_assert_false (found->lacks_capacity);
  g_assert_true (found->known_to_audience);
  g_assert_cmpstr (found->note, ==, "interpreter needed");
  g_assert_cmpstr (found->created, ==, person->created);
  g_assert_null (imp_register_get_person (reg, "nobody", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static void
check_refused_person (ImpRegister *reg, const char *number, const char *nhs, const char *name,
                      const char *born, const char *died)
{
  g_autoptr (ImpPerson) person = make_person (number, name, born);
  g_autoptr (GError) error = NULL;

  person->nhs_number = g_strdup (nhs);
  person->died = g_strdup (died);
  g_assert_false (imp_register_add_person (reg, person, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  /* No message names an identifier. */
  g_assert_true (number == NULL || *number == '\0' || strstr (error->message, number) == NULL);
  g_assert_true (nhs == NULL || strstr (error->message, nhs) == NULL);
}

static void
test_person_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *id = add_person (reg, "H204417", NULL, NULL);

  check_refused_person (reg, " h204417", NULL, "EXAMPLE", NULL, NULL);
  check_refused_person (reg, "\t", NULL, NULL, "1961-05-03", NULL);
  check_refused_person (reg, "H1", "9434765918", NULL, NULL, NULL); /* digit changed */
  check_refused_person (reg, "H1", "9434756919", NULL, NULL, NULL); /* digits swapped */
  check_refused_person (reg, "H1", "943476591", NULL, NULL, NULL);  /* too short */
  check_refused_person (reg, "H1", "abc", NULL, NULL, NULL);
  check_refused_person (reg, "H1", NULL, NULL, "1961-02-29", NULL);
  check_refused_person (reg, "H1", NULL, NULL, "03/05/1961", NULL);
  check_refused_person (reg, "H1", NULL, NULL, "2999-01-01", NULL);
  check_refused_person (reg, "H1", NULL, NULL, "1961-05-03", "1961-05-02");
  check_refused_person (reg, "H1", NULL, "\xff\xfe", NULL, NULL);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM person"), ==, 1);
}

static void
test_find_by_number (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPerson) person = make_person ("H204417", "EXAMPLE^A", NULL);
  g_autoptr (GError) error = NULL;
  const char *const same[] = { "H204417",    " h204417\n",     "Ｈ204417",
                               "4010232137", " 401 023 2137 ", "401-023-2137" };
  const char *const other[] = { "H20441", "H2044170", "204417", "", " ", "401023213", "%" };

  person->nhs_number = g_strdup ("401 023 2137");
  g_assert_true (imp_register_add_person (reg, person, &error));
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (ImpPerson) found = imp_register_find_by_number (reg, same[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (found);
      g_assert_cmpstr (found->id, ==, person->id);
    }
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_assert_null (imp_register_find_by_number (reg, other[i], &error));
      g_assert_no_error (error);
    }
}

static void
check_search (ImpRegister *reg, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = imp_register_find (reg, text, 10, &error);
  g_autoptr (GString) numbers = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (numbers, "%s%s", i > 0 ? " " : "",
                            ((ImpFound *)people->pdata[i])->person->hospital_number);
  if (strcmp (numbers->str, expected) != 0)
    g_test_message ("searched for “%s”", text);
  g_assert_cmpstr (numbers->str, ==, expected);
}

static void
test_search (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = add_person (reg, "H204417", "EXAMPLE^PERSON A", "1961-05-03");
  g_autofree char *b = add_person (reg, "H204418", "Müller-Łódź, Zoë", "1970-12-01");
  g_autofree char *c = add_person (reg, "X9", "O'Example, Søren", "2011-02-28");
  g_autoptr (GPtrArray) one = NULL;

  check_search (reg, "h2044", "H204417 H204418");
  check_search (reg, "204417", "");
  check_search (reg, "x9", "X9");
  check_search (reg, "person", "H204417");
  check_search (reg, "Person Example", "H204417");
  check_search (reg, "EXAMPLE^PERSON", "H204417");
  check_search (reg, "XAMPL", "H204417 X9");
  check_search (reg, "muller", "H204418");
  check_search (reg, "MÜLLER", "H204418");
  check_search (reg, "Lodz zoe", "H204418");
  check_search (reg, "oexample", "X9 H204417"); /* the second is spelt nearly so */
  check_search (reg, "o’example", "X9 H204417");
  check_search (reg, "soren", "X9");
  check_search (reg, "Søren", "X9");
  check_search (reg, "person nobody", "");
  check_search (reg, "%", "");
  check_search (reg, "_", "");
  check_search (reg, "1961-05-03", "H204417");
  check_search (reg, "19610503", "H204417");
  check_search (reg, "03/05/1961", "H204417");
  check_search (reg, "3.5.1961", "H204417");
  check_search (reg, "3 May 1961", "H204417");
  check_search (reg, " 1 dec 1970", "H204418");
  check_search (reg, "05/03/1961", "");
  check_search (reg, "31/02/1961", "");
  check_search (reg, "  ", "X9 H204418 H204417");
  one = imp_register_find (reg, "h2044", 1, NULL);
  g_assert_cmpuint (one->len, ==, 1);
}

static void
test_update_person (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *id = add_person (reg, "H204417", "EXAMPLE^A", NULL);
  g_autofree char *other = add_person (reg, "H204418", "EXAMPLE^B", NULL);
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (ImpPerson) found = NULL;
  g_autoptr (GError) error = NULL;

  person = imp_register_get_person (reg, id, &error);
  g_assert_true (imp_register_set_objection (reg, id, TRUE, NULL, &error));
  g_free (person->name);
  person->name = g_strdup ("CHANGED^NAME");
  person->lacks_capacity = TRUE;
  g_assert_false (person->objects);
  g_assert_true (imp_register_update_person (reg, person, &error));
  g_assert_no_error (error);
  found = imp_register_get_person (reg, id, &error);
  g_assert_cmpstr (found->name, ==, "CHANGED^NAME");
  g_assert_true (found->lacks_capacity);
  g_assert_true (found->objects); /* an older copy does not lift it */
  check_search (reg, "changed", "H204417");
  g_free (person->hospital_number);
  person->hospital_number = g_strdup ("h204418");
  g_assert_false (imp_register_update_person (reg, person, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_free (person->hospital_number);
  person->hospital_number = g_strdup ("H204419");
  g_free (person->id);
  person->id = imp_id_new ();
  g_assert_false (imp_register_update_person (reg, person, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

/* ---- objection ---- */

static void
test_objection (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *id = add_person (reg, "H204417", NULL, NULL);
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *history = NULL;

  g_assert_true (imp_register_set_objection (reg, id, TRUE, "said so on the ward", &error));
  g_assert_no_error (error);
  person = imp_register_find_by_number (reg, "h204417", &error);
  g_assert_true (person->objects);
  g_assert_true (imp_register_set_objection (reg, id, FALSE, NULL, &error));
  history = store_fixture_text (
      fixture->store, "SELECT group_concat (kind || ':' || coalesce (new, '') || ':' || "
                      "coalesce (text, ''), ' ') FROM event LEFT JOIN event_text USING (seq) "
                      "WHERE subject = 'person'");
  g_assert_cmpstr (history, ==,
                   "added:: objection:1: objection-note:1:said so on the ward objection:0:");
  g_assert_false (imp_register_set_objection (reg, "nobody", TRUE, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

/* ---- permissions ---- */

static void
test_permission_round_trip (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = add_person (reg, "H204417", NULL, NULL);
  g_autoptr (ImpPermission) permission = make_permission (person_id);
  g_autoptr (ImpPermission) found = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  g_free (permission->level);
  permission->level = g_strdup ("publication-named");
  permission->scope = g_strdup ("Atlas of Examples");
  permission->identifiable = TRUE;
  permission->giver_note = g_strdup ("checked by letter");
  permission->evidence_reference = g_strdup ("folder 7");
  permission->wording_version = g_strdup ("2026-1");
  permission->valid_from = g_strdup ("2026-01-06");
  permission->expires = g_strdup ("2030-01-01");
  permission->review = g_strdup ("2028-01-01");
  g_assert_true (imp_register_add_permission (reg, permission, &error));
  g_assert_no_error (error);
  found = imp_register_get_permission (reg, permission->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->person_id, ==, person_id);
  g_assert_cmpstr (found->level, ==, "publication-named");
  g_assert_cmpstr (found->scope, ==, "Atlas of Examples");
  g_assert_true (found->identifiable);
  g_assert_cmpstr (found->given_by, ==, "patient");
  g_assert_cmpstr (found->giver_note, ==, "checked by letter");
  g_assert_cmpstr (found->capacity, ==, "presumed");
  g_assert_cmpstr (found->evidence, ==, "signed-paper");
  g_assert_cmpstr (found->evidence_reference, ==, "folder 7");
  g_assert_cmpstr (found->wording_version, ==, "2026-1");
  g_assert_cmpstr (found->given, ==, "2026-01-05");
  g_assert_cmpstr (found->valid_from, ==, "2026-01-06");
  g_assert_cmpstr (found->expires, ==, "2030-01-01");
  g_assert_cmpstr (found->review, ==, "2028-01-01");
  g_assert_cmpint (found->state, ==, IMP_PERMISSION_ACTIVE);
  g_assert_null (found->withdrawn);
  g_assert_cmpstr (found->created, ==, permission->created);
  list = imp_register_list_permissions (reg, person_id, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_null (imp_register_get_permission (reg, "none", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static void
check_refused_permission (ImpRegister *reg, ImpPermission *permission)
{
  g_autoptr (ImpPermission) owned = permission;
  g_autoptr (GError) error = NULL;

  g_assert_false (imp_register_add_permission (reg, owned, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
test_permission_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = add_person (reg, "H204417", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) orphan = NULL;
  const char *const named[] = { "publication-named", "social-media", "research-study",
                                "research-area" };
  ImpPermission *permission = NULL;

#define REFUSED(field, value)                                                                      \
  permission = make_permission (person_id);                                                        \
  replace (&permission->field, value);                                                             \
  check_refused_permission (reg, permission)

  REFUSED (level, "everything");
  REFUSED (level, NULL);
  REFUSED (given_by, "neighbour");
  REFUSED (given_by, "none");
  REFUSED (capacity, "yes");
  REFUSED (capacity, NULL);
  REFUSED (evidence, "hearsay");
  REFUSED (given, NULL);
  REFUSED (given, "2026-02-30");
  REFUSED (given, "2999-01-01");
  REFUSED (expires, "soon");
  REFUSED (expires, "2026-01-04");
  REFUSED (valid_from, "2026-01-04");
  REFUSED (review, "2026-01-04");
  REFUSED (scope, "\xff");
#undef REFUSED
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      permission = make_permission (person_id);
      replace (&permission->level, named[i]);
      replace (&permission->scope, " ");
      check_refused_permission (reg, permission);
    }
  for (int state = IMP_PERMISSION_DRAFT; state <= IMP_PERMISSION_ENTERED_IN_ERROR + 1; state++)
    if (state != IMP_PERMISSION_DRAFT && state != IMP_PERMISSION_OFFERED
        && state != IMP_PERMISSION_ACTIVE && state != IMP_PERMISSION_REFUSED)
      {
        permission = make_permission (person_id);
        permission->state = (ImpPermissionState)state;
        check_refused_permission (reg, permission);
      }
  g_autofree char *nobody = imp_id_new ();
  orphan = make_permission (nobody);
  g_assert_false (imp_register_add_permission (reg, orphan, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM permission"), ==,
                   0);
}

static void
test_withdraw (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = add_permission (reg, person_id, IMP_PERMISSION_ACTIVE);
  g_autofree char *refused = add_permission (reg, person_id, IMP_PERMISSION_REFUSED);
  g_autoptr (ImpPermission) permission = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_register_withdraw (reg, id, "the patient", "telephone", &error));
  g_assert_no_error (error);
  permission = imp_register_get_permission (reg, id, &error);
  g_assert_cmpint (permission->state, ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_nonnull (permission->withdrawn);
  g_assert_cmpstr (permission->withdrawn_by, ==, "the patient");
  g_assert_cmpstr (permission->withdrawn_channel, ==, "telephone");
  g_assert_false (imp_register_withdraw (reg, id, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_register_withdraw (reg, refused, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_register_withdraw (reg, "none", NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

/* policy.md 2.3, written out: which step is allowed. Rows: from; columns: to, in the order of
 * ImpPermissionState. Also a step from active to expired, as a permission without a review day
 * runs out too. */
static const char *const STEPS[] = {
  /*                     dOARSrxWse */
  /* draft            */ ".O.......e",
  /* offered          */ "..A..r...e",
  /* active           */ "...RS.xWse",
  /* review-due       */ "..A.S.xWse",
  /* suspended        */ "..A....Wse",
  /* refused          */ ".........e",
  /* expired          */ ".......Wse",
  /* withdrawn        */ "..........",
  /* superseded       */ ".........e",
  /* entered-in-error */ "..........",
};

/* How to get to each state from one in which a permission may begin. */
static const int PATHS[][4] = {
  { IMP_PERMISSION_DRAFT, -1 },
  { IMP_PERMISSION_OFFERED, -1 },
  { IMP_PERMISSION_ACTIVE, -1 },
  { IMP_PERMISSION_ACTIVE, IMP_PERMISSION_REVIEW_DUE, -1 },
  { IMP_PERMISSION_ACTIVE, IMP_PERMISSION_SUSPENDED, -1 },
  { IMP_PERMISSION_REFUSED, -1 },
  { IMP_PERMISSION_ACTIVE, IMP_PERMISSION_REVIEW_DUE, IMP_PERMISSION_EXPIRED, -1 },
  { IMP_PERMISSION_ACTIVE, IMP_PERMISSION_WITHDRAWN, -1 },
  { IMP_PERMISSION_ACTIVE, IMP_PERMISSION_SUPERSEDED, -1 },
  { IMP_PERMISSION_DRAFT, IMP_PERMISSION_ENTERED_IN_ERROR, -1 },
};

static char *
make_in_state (ImpRegister *reg, const char *person_id, int state)
{
  char *id = add_permission (reg, person_id, (ImpPermissionState)PATHS[state][0]);
  g_autoptr (GError) error = NULL;

  for (int i = 1; PATHS[state][i] != -1; i++)
    {
      imp_register_set_permission_state (reg, id, (ImpPermissionState)PATHS[state][i], &error);
      g_assert_no_error (error);
    }
  return id;
}

/* Every step, through the register and past it: the triggers say the same. */
static void
test_life_cycle (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = add_person (reg, "H204417", NULL, NULL);
  int n_allowed = 0;

  for (int from = 0; from < 10; from++)
    for (int to = 0; to < 10; to++)
      {
        g_autofree char *id = make_in_state (reg, person_id, from);
        g_autofree char *second = make_in_state (reg, person_id, from);
        g_autoptr (GError) error = NULL;
        g_autoptr (GError) raw_error = NULL;
        gboolean allowed = STEPS[from][to] != '.';
        gboolean done = imp_register_set_permission_state (reg, id, (ImpPermissionState)to, &error);
        const char *word = imp_permission_state_to_text ((ImpPermissionState)to);

        g_assert_cmpint (done, ==, allowed);
        if (!allowed)
          g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
        if (from == to)
          continue;
        done = imp_store_run (fixture->store, &raw_error,
                              "UPDATE permission SET state = ?2, withdrawn = "
                              "iif (?2 = 'withdrawn', '2026-01-06', NULL) WHERE id = ?1",
                              g_variant_new ("(ss)", second, word), NULL);
        g_assert_cmpint (done, ==, allowed);
        n_allowed += allowed;
      }
  g_assert_cmpint (n_allowed, ==, 26);
}

static void
check_raw_refused (ImpStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (imp_store_run (store, &error, sql, NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

/* What a program that goes past the register is refused. */
static void
test_triggers (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = add_permission (reg, person_id, IMP_PERMISSION_ACTIVE);
  ImpStore *store = fixture->store;

  check_raw_refused (store, "DELETE FROM permission");
  check_raw_refused (store, "UPDATE permission SET level = 'research-area'");
  check_raw_refused (store, "UPDATE permission SET identifiable = 1");
  check_raw_refused (store, "UPDATE permission SET person_id = 'x'");
  check_raw_refused (store, "UPDATE permission SET state = 'nonsense'");
  check_raw_refused (store, "UPDATE permission SET expires = '2020-01-01'");
  check_raw_refused (store, "UPDATE permission SET withdrawn = '2026-01-06'");
  check_raw_refused (store, "INSERT OR REPLACE INTO permission SELECT * FROM permission");
  check_raw_refused (store, "DELETE FROM event");
  check_raw_refused (store, "UPDATE event SET kind = 'x'");
  check_raw_refused (store, "INSERT OR REPLACE INTO event SELECT * FROM event");
  check_raw_refused (store, "DELETE FROM person");
  check_raw_refused (store, "UPDATE person SET id = 'x'");
  check_raw_refused (store, "UPDATE person SET born = '1961-02-30'");
  check_raw_refused (store, "UPDATE person SET nhs_number = '123'");
}

static void
test_history (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = add_permission (reg, person_id, IMP_PERMISSION_OFFERED);
  g_autoptr (GError) error = NULL;
  g_autofree char *history = NULL;

  imp_register_set_permission_state (reg, id, IMP_PERMISSION_ACTIVE, &error);
  imp_register_withdraw (reg, id, NULL, NULL, &error);
  g_assert_no_error (error);
  history = store_fixture_text (
      fixture->store, "SELECT group_concat (kind || ':' || coalesce (old, '') || '>' || new, ' ') "
                      "FROM event WHERE subject = 'permission'");
  g_assert_cmpstr (history, ==, "added:>offered state:offered>active state:active>withdrawn");
}

static void
test_state_on_day (void)
{
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  permission->state = IMP_PERMISSION_ACTIVE;
  g_assert_cmpint (imp_permission_state_on (permission, "2026-06-01"), ==, IMP_PERMISSION_ACTIVE);
  permission->review = g_strdup ("2026-06-01");
  permission->expires = g_strdup ("2026-12-31");
  g_assert_cmpint (imp_permission_state_on (permission, "2026-06-01"), ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpint (imp_permission_state_on (permission, "2026-06-02"), ==,
                   IMP_PERMISSION_REVIEW_DUE);
  g_assert_cmpint (imp_permission_state_on (permission, "2026-12-31"), ==,
                   IMP_PERMISSION_REVIEW_DUE);
  g_assert_cmpint (imp_permission_state_on (permission, "2027-01-01"), ==, IMP_PERMISSION_EXPIRED);
  permission->state = IMP_PERMISSION_WITHDRAWN;
  g_assert_cmpint (imp_permission_state_on (permission, "2027-01-01"), ==,
                   IMP_PERMISSION_WITHDRAWN);
}

/* The words that the code offers and those that the database takes are the same. */
static void
test_vocabularies (StoreFixture *fixture, gconstpointer data)
{
  const char *const *const words[] = { imp_permission_levels (), imp_permission_givers (),
                                       imp_permission_evidences () };
  const char *const tables[] = { "permission_level", "permission_giver", "permission_evidence" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (store_fixture_integer (fixture->store, count), ==,
                       g_strv_length ((char **)words[i]));
      for (guint j = 0; words[i][j] != NULL; j++)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE value = '%s'",
                                                  tables[i], words[i][j]);

          g_assert_cmpint (store_fixture_integer (fixture->store, sql), ==, 1);
        }
    }
  for (int state = 0; state <= IMP_PERMISSION_ENTERED_IN_ERROR; state++)
    {
      const char *word = imp_permission_state_to_text ((ImpPermissionState)state);
      g_autofree char *sql =
          g_strdup_printf ("SELECT count(*) FROM permission_state WHERE value = '%s'", word);
      ImpPermissionState back = IMP_PERMISSION_DRAFT;

      g_assert_true (imp_permission_state_from_text (word, &back));
      g_assert_cmpint (back, ==, state);
      g_assert_cmpint (store_fixture_integer (fixture->store, sql), ==, 1);
    }
}

/* ---- settings, read-only ---- */

static void
test_settings (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_null (imp_register_get_setting (reg, "policy-pack", &error));
  g_assert_no_error (error);
  g_assert_true (imp_register_set_setting (reg, "policy-pack", "uk-strict", &error));
  g_assert_true (imp_register_set_setting (reg, "policy-pack", "uk-standard", &error));
  value = imp_register_get_setting (reg, "policy-pack", &error);
  g_assert_cmpstr (value, ==, "uk-standard");
  g_assert_true (imp_register_set_setting (reg, "policy-pack", NULL, &error));
  g_assert_null (imp_register_get_setting (reg, "policy-pack", &error));
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM event "
                                                          "WHERE subject_id = 'policy-pack'"),
                   ==, 3);
  g_assert_false (imp_register_set_setting (reg, "No Such", "x", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_read_only (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = add_permission (reg, person_id, IMP_PERMISSION_ACTIVE);
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&reg);
  store_fixture_close (fixture);
  store_fixture_run_raw (fixture, "PRAGMA user_version = 999");
  store_fixture_open (fixture);
  reg = imp_register_new (fixture->store);
  g_assert_nonnull (imp_register_get_read_only_reason (reg));
  person = imp_register_get_person (reg, person_id, &error);
  g_assert_no_error (error);
  g_assert_false (imp_register_withdraw (reg, id, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (imp_register_set_setting (reg, "a", "b", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_ONLY);
  g_clear_object (&reg);
}

/* Look-up and record in one transaction that the caller opened, and that it can undo. */
static void
test_joins_transaction (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *person_id = NULL;
  g_autofree char *id = NULL;

  g_assert_true (imp_store_begin (fixture->store, &error));
  person_id = add_person (reg, "H204417", NULL, NULL);
  id = add_permission (reg, person_id, IMP_PERMISSION_ACTIVE);
  g_assert_true (imp_register_withdraw (reg, id, NULL, NULL, &error));
  g_assert_true (imp_store_is_in_transaction (fixture->store));
  imp_store_rollback (fixture->store);
  g_assert_null (imp_register_find_by_number (reg, "H204417", &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/register/person/round-trip", test_person_round_trip);
  store_fixture_add ("/register/person/refused", test_person_refused);
  store_fixture_add ("/register/person/find-by-number", test_find_by_number);
  store_fixture_add ("/register/person/search", test_search);
  store_fixture_add ("/register/person/update", test_update_person);
  store_fixture_add ("/article/row-29/objection", test_objection);
  store_fixture_add ("/register/permission/round-trip", test_permission_round_trip);
  store_fixture_add ("/register/permission/refused", test_permission_refused);
  store_fixture_add ("/register/permission/withdraw", test_withdraw);
  store_fixture_add ("/register/permission/life-cycle", test_life_cycle);
  store_fixture_add ("/register/permission/triggers", test_triggers);
  store_fixture_add ("/register/permission/history", test_history);
  g_test_add_func ("/register/permission/state-on-day", test_state_on_day);
  store_fixture_add ("/register/permission/vocabularies", test_vocabularies);
  store_fixture_add ("/register/settings", test_settings);
  store_fixture_add ("/register/read-only", test_read_only);
  store_fixture_add ("/register/joins-transaction", test_joins_transaction);
  return g_test_run ();
}
