/* How somebody stands to a use, before there is a picture (issue: teaching-file curation, point 5;
 * policy.md 2.4, 5.5): expected values from the pack's table of levels, and from its rows 1 and 3.
 */
#include <string.h>

#include "gate-fixture.h"
#include "imp-error.h"
#include "imp-register-keeping.h"
#include "imp-register-names.h"
#include "imp-standing.h"
#include "users.h"

static void
check (Fixture *fixture, const char *number, const char *person_id, const char *destination,
       ImpStandingKind kind, const char *permission_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStanding) standing =
      imp_gate_find_standing_sync (fixture->gate, number, person_id, destination, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (imp_standing_kind_to_text (standing->kind), ==,
                   imp_standing_kind_to_text (kind));
  g_assert_cmpstr (standing->permission_id, ==, permission_id);
  g_assert_nonnull (standing->reason);
  g_assert_null (strstr (standing->reason, "204417"));
}

static void
withdraw (Fixture *fixture, const char *permission_id)
{
  g_autoptr (GError) error = NULL;

  imp_register_withdraw (imp_gate_get_register (fixture->gate), permission_id, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_permitted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *permission = NULL;

  check (fixture, "H204417", NULL, "teaching-file", IMP_STANDING_ANONYMISED, NULL);
  check (fixture, NULL, NULL, "teaching-file", IMP_STANDING_ANONYMISED, NULL);
  permission = add_permission (fixture, "teaching-closed");
  check (fixture, " h-204417", NULL, "teaching-file", IMP_STANDING_PERMITTED, permission);
  check (fixture, "another", fixture->person_id, "teaching-file", IMP_STANDING_PERMITTED,
         permission);
  /* The level does not cover publication. */
  check (fixture, "H204417", NULL, "publication", IMP_STANDING_ANONYMISED, NULL);
  withdraw (fixture, permission);
  check (fixture, "H204417", NULL, "teaching-file", IMP_STANDING_REFUSED, NULL);
}

/* A "no" to publication is none to teaching in the house. */
static void
test_other_use (Fixture *fixture, gconstpointer data)
{
  g_autofree char *web = add_permission (fixture, "publication-open-web");

  withdraw (fixture, web);
  check (fixture, "H204417", NULL, "teaching-file", IMP_STANDING_ANONYMISED, NULL);
  check (fixture, "H204417", NULL, "publication", IMP_STANDING_REFUSED, NULL);
}

static void
test_objects (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *permission = add_permission (fixture, "teaching-closed");

  imp_register_set_objection (imp_gate_get_register (fixture->gate), fixture->person_id, TRUE, NULL,
                              &error);
  g_assert_no_error (error);
  check (fixture, "H204417", NULL, "teaching-file", IMP_STANDING_REFUSED, NULL);
}

static void
test_erased (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  imp_register_erase_person (fixture->gate->people, fixture->person_id, IMP_ERASURE_ASKED_FOR,
                             &error);
  g_assert_no_error (error);
  check (fixture, "h204417", NULL, "teaching-file", IMP_STANDING_REFUSED, NULL);
}

/* One number of two hospitals: a permission of one of them carries nothing until they are named,
 * and a "no" of either counts. */
static void
test_two_people (Fixture *fixture, gconstpointer data)
{
  const ImpScheme scheme = { (char *)"other-trust", (char *)"Other trust", NULL, NULL };
  ImpRegister *reg = fixture->gate->people;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) other = imp_person_new ();
  g_autofree char *permission = add_permission (fixture, "teaching-closed");

  other->hospital_number = g_strdup ("X1");
  other->name = g_strdup ("EXAMPLE, Person B");
  g_assert_true (imp_register_add_person (reg, other, &error));
  g_assert_true (imp_register_set_scheme (reg, &scheme, &error));
  g_assert_true (imp_register_add_identifier (reg, other->id, "other-trust", "H204417", &error));
  g_assert_no_error (error);
  check (fixture, "H204417", NULL, "teaching-file", IMP_STANDING_UNCLEAR, NULL);
  check (fixture, "H204417", fixture->person_id, "teaching-file", IMP_STANDING_PERMITTED,
         permission);
  imp_register_set_objection (reg, other->id, TRUE, NULL, &error);
  g_assert_no_error (error);
  check (fixture, "H204417", fixture->person_id, "teaching-file", IMP_STANDING_REFUSED, NULL);
}

static void
test_nobody_signed_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  imp_gate_sign_out (fixture->gate);
  g_assert_null (
      imp_gate_find_standing_sync (fixture->gate, "H204417", NULL, "teaching-file", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/standing/row-3/permitted", test_permitted);
  ADD ("/standing/row-1/other-use", test_other_use);
  ADD ("/standing/row-1/objects", test_objects);
  ADD ("/standing/5-5/erased", test_erased);
  ADD ("/standing/two-people", test_two_people);
  g_test_add ("/standing/5-9/nobody-signed-in", Fixture, NULL, set_up_two, test_nobody_signed_in,
              tear_down);
  status = g_test_run ();
  forget_templates ();
  return status;
}
