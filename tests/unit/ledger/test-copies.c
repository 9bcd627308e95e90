/* What left: recorded by the ledger's own rows, asked back by every kind of "no", and settled. */
#include <glib/gstdio.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-register-keeping.h"
#include "imp-register.h"
#include "store-support.h"

#define SHA "1111111111111111111111111111111111111111111111111111111111111111"

static char *
add_person (StoreFixture *fixture, const char *number)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autoptr (GError) error = NULL;

  person->hospital_number = g_strdup (number);
  imp_register_add_person (reg, person, &error);
  g_assert_no_error (error);
  return g_strdup (person->id);
}

static char *
add_permission_of (StoreFixture *fixture, const char *person_id, const char *level,
                   const char *scope, ImpPermissionState state, const char *given)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autoptr (GError) error = NULL;

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup (level);
  permission->scope = g_strdup (scope);
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup (given);
  permission->state = state;
  imp_register_add_permission (reg, permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

static char *
add_permission (StoreFixture *fixture, const char *person_id, const char *level, const char *scope,
                ImpPermissionState state)
{
  return add_permission_of (fixture, person_id, level, scope, state, "2026-01-05");
}

static void
append (StoreFixture *fixture, const char *kind, const char *export_id, const char *body,
        GVariant *texts)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpLedgerRow) row = imp_ledger_append (ledger, kind, export_id, body, texts, &error);

  g_assert_no_error (error);
}

/* The rows that the gate writes of one export. */
static char *
begin_export (StoreFixture *fixture, const char *person_id, const char *permission_id,
              const char *destination)
{
  char *export_id = imp_id_new ();
  g_autofree char *permission =
      permission_id != NULL ? g_strdup_printf ("\"%s\"", permission_id) : g_strdup ("null");
  g_autofree char *body = g_strdup_printf (
      "{\"route\":\"%s\",\"destination\":\"%s\",\"person\":\"%s\",\"permission\":%s,"
      "\"sha256\":\"" SHA "\"}",
      permission_id != NULL ? "consent" : "anonymised", destination,
      person_id != NULL ? person_id : "unknown", permission);
  GVariantBuilder texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&texts, "{ss}", "answer:destination-name", "Atlas of Examples");
  g_variant_builder_add (&texts, "{ss}", IMP_COPIES_IMAGE_HASH, "aGFzaA==");
  append (fixture, "intent", export_id, body, g_variant_builder_end (&texts));
  return export_id;
}

static char *
make_export (StoreFixture *fixture, const char *person_id, const char *permission_id,
             const char *destination)
{
  char *export_id = begin_export (fixture, person_id, permission_id, destination);

  append (fixture, "done", export_id, "{\"sha256\":\"" SHA "\"}", NULL);
  return export_id;
}

static ImpCopy *
get_copy (StoreFixture *fixture, const char *export_id)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  ImpCopy *copy = imp_copies_get (ledger, export_id, &error);

  g_assert_no_error (error);
  return copy;
}

static void
check_task (StoreFixture *fixture, const char *export_id, const char *reason)
{
  g_autoptr (ImpCopy) copy = get_copy (fixture, export_id);

  g_assert_cmpstr (copy->task_reason, ==, reason);
}

static void
withdraw (StoreFixture *fixture, const char *permission_id)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;

  imp_register_withdraw (reg, permission_id, "patient", "telephone", &error);
  g_assert_no_error (error);
}

static GPtrArray *
list (StoreFixture *fixture, const ImpCopyFilter *filter)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  GPtrArray *copies = imp_copies_list (ledger, filter, &error);

  g_assert_no_error (error);
  return copies;
}

static void
test_made_by_the_ledger (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *permission =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *first = make_export (fixture, person, permission, "teaching-file");
  g_autofree char *failed = begin_export (fixture, person, permission, "teaching-file");
  g_autofree char *recovered = begin_export (fixture, NULL, NULL, "internal-meeting");
  g_autoptr (ImpCopy) copy = NULL;
  g_autoptr (ImpCopy) nobodys = NULL;
  g_autoptr (GPtrArray) of_person = NULL;
  g_autoptr (GPtrArray) of_permission = NULL;
  g_autoptr (GPtrArray) of_file = NULL;
  ImpCopyFilter by_person = { .person_id = person };
  ImpCopyFilter by_permission = { .permission_id = permission, .out_only = TRUE };
  ImpCopyFilter by_file = { .sha256 = SHA, .limit = 5 };

  append (fixture, "failed", failed, "{}", NULL);
  append (fixture, "recovered", recovered, "{}", NULL);
  copy = get_copy (fixture, first);
  nobodys = get_copy (fixture, recovered);
  of_person = list (fixture, &by_person);
  of_permission = list (fixture, &by_permission);
  of_file = list (fixture, &by_file);
  g_assert_cmpstr (copy->person_id, ==, person);
  g_assert_cmpstr (copy->permission_id, ==, permission);
  g_assert_cmpstr (copy->route, ==, "consent");
  g_assert_cmpstr (copy->destination, ==, "teaching-file");
  g_assert_cmpstr (copy->sha256, ==, SHA);
  g_assert_cmpstr (copy->name, ==, "Atlas of Examples");
  g_assert_cmpint (copy->state, ==, IMP_COPY_LIVE);
  g_assert_null (copy->task_reason);
  g_assert_cmpuint (strlen (copy->released), ==, strlen ("2026-11-22T13:19:38.268Z"));
  g_assert_null (nobodys->person_id);
  g_assert_null (nobodys->permission_id);
  g_assert_cmpuint (of_person->len, ==, 1);
  g_assert_cmpuint (of_permission->len, ==, 1);
  g_assert_cmpuint (of_file->len, ==, 2);
  /* What never left is not known again. */
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger_text "
                                                          "WHERE key = 'image-hash'"),
                   ==, 2);
}

/* Each permission is withdrawn by itself; what left without one is asked back where the "no"
 * speaks of that use. */
static void
test_withdrawal (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *other = add_person (fixture, "H204418");
  g_autofree char *teaching =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *atlas = add_permission (fixture, person, "publication-named",
                                           "Atlas of Examples", IMP_PERMISSION_ACTIVE);
  g_autofree char *atlas_again = add_permission (fixture, person, "publication-named",
                                                 "atlas of  Examples", IMP_PERMISSION_ACTIVE);
  g_autofree char *in_teaching = make_export (fixture, person, teaching, "teaching-file");
  g_autofree char *in_atlas = make_export (fixture, person, atlas, "publication");
  g_autofree char *in_atlas_again = make_export (fixture, person, atlas_again, "publication");
  g_autofree char *published = make_export (fixture, person, NULL, "publication");
  g_autofree char *shown = make_export (fixture, person, NULL, "internal-meeting");
  g_autofree char *of_other = make_export (fixture, other, NULL, "publication");

  withdraw (fixture, atlas);
  check_task (fixture, in_atlas, "withdrawn");
  check_task (fixture, in_atlas_again, "withdrawn");
  check_task (fixture, published, "withdrawn");
  check_task (fixture, in_teaching, NULL);
  check_task (fixture, shown, NULL);
  check_task (fixture, of_other, NULL);
  withdraw (fixture, teaching);
  check_task (fixture, in_teaching, "withdrawn");
  check_task (fixture, shown, "withdrawn");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM takedown"), ==, 5);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM event "
                                                          "WHERE kind = 'takedown'"),
                   ==, 5);
}

static void
test_objection (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *teaching =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *with = make_export (fixture, person, teaching, "teaching-file");
  g_autofree char *without = make_export (fixture, person, NULL, "internal-meeting");
  g_autofree char *nobodys = make_export (fixture, NULL, NULL, "internal-meeting");
  g_autoptr (GError) error = NULL;

  imp_register_set_objection (reg, person, TRUE, "wants it private", &error);
  g_assert_no_error (error);
  check_task (fixture, with, "objection");
  check_task (fixture, without, "objection");
  check_task (fixture, nobodys, NULL);
}

static void
test_refusal (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *published = make_export (fixture, person, NULL, "publication");
  g_autofree char *shown = make_export (fixture, person, NULL, "internal-meeting");
  g_autofree char *refusal =
      add_permission (fixture, person, "publication-named", "Any Journal", IMP_PERMISSION_REFUSED);
  g_autofree char *offer =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_OFFERED);
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;

  check_task (fixture, published, "refused");
  check_task (fixture, shown, NULL);
  imp_register_set_permission_state (reg, offer, IMP_PERMISSION_REFUSED, &error);
  g_assert_no_error (error);
  check_task (fixture, shown, "refused");
}

static void
test_mistake (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *teaching =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *with = make_export (fixture, person, teaching, "teaching-file");
  g_autofree char *without = make_export (fixture, person, NULL, "teaching-file");
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;

  imp_register_set_permission_state (reg, teaching, IMP_PERMISSION_ENTERED_IN_ERROR, &error);
  g_assert_no_error (error);
  check_task (fixture, with, "entered-in-error");
  check_task (fixture, without, NULL);
}

/* The release looked before, the file was finished after: the task is there from the first moment.
 */
static void
test_no_in_between (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *teaching =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *with = begin_export (fixture, person, teaching, "teaching-file");
  g_autofree char *without = begin_export (fixture, person, NULL, "internal-meeting");
  g_autofree char *newer = NULL;
  g_autofree char *later = NULL;

  withdraw (fixture, teaching);
  append (fixture, "done", with, "{}", NULL);
  append (fixture, "recovered", without, "{}", NULL);
  check_task (fixture, with, "withdrawn");
  check_task (fixture, without, "withdrawn");
  /* A later yes stands for itself: the earlier no says nothing of what leaves now. */
  g_usleep (2000);
  newer = add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  later = make_export (fixture, person, newer, "teaching-file");
  check_task (fixture, later, NULL);
}

static void
check_usage (gboolean done, GError **error)
{
  g_assert_false (done);
  g_assert_error (*error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (error);
}

static void
test_place (StoreFixture *fixture, gconstpointer data)
{
  const char *const urls[] = { "https://journal.example/1", NULL };
  const char *const more[] = { "http://mirror.example/a?b=c", "https://journal.example/1", NULL };
  const char *const dois[] = { "https://doi.org/10.1000/182", NULL };
  const char *const wrong_urls[][2] = { { "javascript:alert(1)", NULL },
                                        { "file:///etc/passwd", NULL },
                                        { "https://", NULL },
                                        { "https://a.example/\nb", NULL } };
  const char *const wrong_dois[][2] = {
    { "10.1/2", NULL }, { "182", NULL }, { "10.1000/", NULL }, { "10.1000/a b", NULL }
  };
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autofree char *id = make_export (fixture, NULL, NULL, "publication");
  g_autofree char *other = make_export (fixture, NULL, NULL, "publication");
  ImpCopyFilter missing = { .without_place = TRUE };
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (ImpCopy) copy = NULL;
  g_autoptr (ImpCopy) corrected = NULL;
  g_autoptr (GError) error = NULL;

  check_usage (imp_copies_set_place (ledger, id, NULL, NULL, NULL, FALSE, &error), &error);
  for (guint i = 0; i < G_N_ELEMENTS (wrong_urls); i++)
    check_usage (imp_copies_set_place (ledger, id, NULL, wrong_urls[i], NULL, FALSE, &error),
                 &error);
  for (guint i = 0; i < G_N_ELEMENTS (wrong_dois); i++)
    check_usage (imp_copies_set_place (ledger, id, NULL, NULL, wrong_dois[i], FALSE, &error),
                 &error);
  g_assert_false (imp_copies_set_place (ledger, "nobody", "x", NULL, NULL, FALSE, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (
      imp_copies_set_place (ledger, id, "Journal of Examples", urls, NULL, FALSE, &error));
  g_assert_true (imp_copies_set_place (ledger, id, NULL, more, dois, FALSE, &error));
  g_assert_no_error (error);
  copy = get_copy (fixture, id);
  g_assert_cmpstr (copy->name, ==, "Journal of Examples");
  g_assert_cmpuint (g_strv_length (copy->urls), ==, 2);
  g_assert_cmpstr (copy->urls[0], ==, "https://journal.example/1");
  g_assert_cmpstr (copy->urls[1], ==, "http://mirror.example/a?b=c");
  g_assert_cmpuint (g_strv_length (copy->dois), ==, 1);
  g_assert_cmpstr (copy->dois[0], ==, "10.1000/182");
  g_assert_true (imp_copies_set_place (ledger, id, NULL, urls, NULL, TRUE, &error));
  corrected = get_copy (fixture, id);
  g_assert_cmpuint (g_strv_length (corrected->urls), ==, 1);
  g_assert_cmpuint (g_strv_length (corrected->dois), ==, 1);
  without = list (fixture, &missing);
  g_assert_cmpuint (without->len, ==, 1);
  g_assert_cmpstr (((ImpCopy *)without->pdata[0])->export_id, ==, other);
  g_assert_true (imp_ledger_verify (ledger, NULL, NULL, &error));
  /* Nothing of it is in the chain itself. */
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger "
                                                          "WHERE body LIKE '%example%'"),
                   ==, 0);
}

static void
test_changed_from_outside (StoreFixture *fixture, gconstpointer data)
{
  const char *const urls[] = { "https://journal.example/1", NULL };
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autofree char *id = make_export (fixture, NULL, NULL, "publication");
  ImpCopyFilter all = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_copies_set_place (ledger, id, NULL, urls, NULL, FALSE, &error));
  store_fixture_run_raw (fixture,
                         "DROP TRIGGER ledger_text_not_changed;"
                         "UPDATE ledger_text SET value = 'https://x.example/' WHERE key = 'urls'");
  g_assert_null (imp_copies_list (ledger, &all, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
}

static void
test_takedown (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *level =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *first = make_export (fixture, person, level, "teaching-file");
  g_autofree char *second = make_export (fixture, person, level, "teaching-file");
  g_autofree char *today = imp_clock_today ();
  ImpCopyFilter tasks = { .with_task = TRUE };
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (ImpCopy) asked = NULL;
  g_autoptr (ImpCopy) gone = NULL;
  g_autoptr (GError) error = NULL;

  withdraw (fixture, level);
  g_assert_true (imp_copies_chase (ledger, first, NULL, "e-mail to the editor", &error));
  g_assert_true (imp_copies_chase (ledger, first, NULL, "telephone", &error));
  check_usage (imp_copies_chase (ledger, first, "2026-01-01", NULL, &error), &error);
  check_usage (imp_copies_chase (ledger, first, "2999-01-01", NULL, &error), &error);
  check_usage (imp_copies_chase (ledger, first, "yesterday", NULL, &error), &error);
  asked = get_copy (fixture, first);
  g_assert_cmpint (asked->state, ==, IMP_COPY_ASKED);
  g_assert_cmpuint (asked->n_chased, ==, 2);
  g_assert_cmpstr (asked->chased, ==, today);
  g_assert_cmpstr (asked->task_reason, ==, "withdrawn");
  open = list (fixture, &tasks);
  g_assert_cmpuint (open->len, ==, 2);

  check_usage (imp_copies_settle (ledger, second, IMP_COPY_CANNOT_BE_REMOVED, " ", &error), &error);
  check_usage (imp_copies_settle (ledger, second, IMP_COPY_LIVE, NULL, &error), &error);
  g_assert_true (imp_copies_settle (ledger, first, IMP_COPY_REMOVED, "editor wrote", &error));
  g_assert_true (imp_copies_settle (ledger, second, IMP_COPY_CANNOT_BE_REMOVED, "printed", &error));
  check_usage (imp_copies_settle (ledger, first, IMP_COPY_REMOVED, NULL, &error), &error);
  check_usage (imp_copies_settle (ledger, first, IMP_COPY_CANNOT_BE_REMOVED, "x", &error), &error);
  left = list (fixture, &tasks);
  g_assert_cmpuint (left->len, ==, 0);

  /* It turns up again. */
  g_assert_true (imp_copies_chase (ledger, first, NULL, NULL, &error));
  gone = get_copy (fixture, first);
  g_assert_cmpint (gone->state, ==, IMP_COPY_ASKED);
  g_assert_cmpstr (gone->task_reason, ==, "withdrawn");
  g_assert_cmpuint (gone->n_chased, ==, 1);
  g_assert_true (imp_ledger_verify (ledger, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* An objection that is lifted, a permission that is given again: the task may be dropped then, and
 * not before. */
static void
test_drop (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *level =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *with = make_export (fixture, person, level, "teaching-file");
  g_autofree char *without = make_export (fixture, person, NULL, "publication");
  g_autofree char *today = imp_clock_today ();
  g_autofree char *before = NULL;
  g_autofree char *again = NULL;
  g_autoptr (ImpCopy) copy = NULL;
  g_autoptr (GError) error = NULL;

  check_usage (imp_copies_drop_task (ledger, without, "no task", &error), &error);
  imp_register_set_objection (reg, person, TRUE, NULL, &error);
  g_assert_no_error (error);
  check_usage (imp_copies_drop_task (ledger, without, "a mistake", &error), &error);
  imp_register_set_objection (reg, person, FALSE, NULL, &error);
  g_assert_no_error (error);
  check_usage (imp_copies_drop_task (ledger, without, NULL, &error), &error);
  g_assert_true (imp_copies_chase (ledger, without, NULL, NULL, &error));
  g_assert_true (imp_copies_drop_task (ledger, without, "a mistake", &error));
  g_assert_no_error (error);
  copy = get_copy (fixture, without);
  g_assert_cmpint (copy->state, ==, IMP_COPY_LIVE);
  g_assert_null (copy->task_reason);

  withdraw (fixture, level);
  check_usage (imp_copies_drop_task (ledger, with, "why not", &error), &error);
  g_usleep (2000);
  before = add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  check_usage (imp_copies_drop_task (ledger, with, "agreed before", &error), &error);
  again =
      add_permission_of (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE, today);
  g_assert_true (imp_copies_drop_task (ledger, with, "agreed again", &error));
  g_assert_no_error (error);
}

/* The schema holds what the functions hold. */
static void
test_schema_refuses (StoreFixture *fixture, gconstpointer data)
{
  static const char *const WRONG[] = {
    "DELETE FROM copy",
    "UPDATE copy SET person_id = NULL",
    "UPDATE copy SET sha256 = 'x'",
    "UPDATE copy SET state = 'lost'",
    "DELETE FROM takedown",
    "UPDATE takedown SET reason = 'other'",
    "UPDATE takedown SET closed = 'now'",
    "INSERT INTO takedown (export_id, reason) VALUES ('nobody', 'other')",
    "INSERT INTO takedown (export_id, reason) SELECT export_id, 'other' FROM copy",
    "INSERT INTO copy (export_id, intent_id, route, destination, decided, released, state) "
    "SELECT 'x', id, 'consent', 'research', at, at, 'removed' FROM ledger WHERE kind = 'intent'",
  };
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *level =
      add_permission (fixture, person, "teaching-closed", NULL, IMP_PERMISSION_ACTIVE);
  g_autofree char *id = make_export (fixture, person, level, "teaching-file");

  withdraw (fixture, level);
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (GError) error = NULL;

      if (imp_store_run (fixture->store, &error, WRONG[i], NULL, NULL))
        g_test_message ("allowed: %s", WRONG[i]);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
}

static void
test_erasure (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person = add_person (fixture, "H204417");
  g_autofree char *other = add_person (fixture, "H204418");
  g_autofree char *gone = make_export (fixture, person, NULL, "publication");
  g_autofree char *there = make_export (fixture, person, NULL, "publication");
  g_autofree char *others = make_export (fixture, other, NULL, "publication");
  g_autoptr (ImpCopy) after = NULL;
  g_autoptr (ImpCopy) still = NULL;
  g_autoptr (ImpCopy) of_other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_copies_set_place (ledger, gone, "Journal", NULL, NULL, FALSE, &error));
  g_assert_true (imp_copies_set_place (ledger, there, "Journal", NULL, NULL, FALSE, &error));
  g_assert_true (imp_copies_settle (ledger, gone, IMP_COPY_REMOVED, "they wrote", &error));
  g_assert_true (imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error));
  g_assert_no_error (error);
  after = get_copy (fixture, gone);
  still = get_copy (fixture, there);
  of_other = get_copy (fixture, others);
  g_assert_null (after->sha256);
  g_assert_null (after->name);
  g_assert_null (still->sha256);
  g_assert_cmpstr (still->name, ==, "Journal");
  g_assert_cmpstr (still->task_reason, ==, "erasure");
  g_assert_cmpstr (of_other->sha256, ==, SHA);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger_text "
                                                          "WHERE key = 'image-hash'"),
                   ==, 1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger_text "
                                                          "WHERE key = 'note'"),
                   ==, 0);
  /* With the last task the last words go. */
  g_assert_true (imp_copies_chase (ledger, there, NULL, "e-mail", &error));
  g_assert_true (imp_copies_settle (ledger, there, IMP_COPY_REMOVED, "they wrote", &error));
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT count(*) FROM ledger_text WHERE row_id IN "
                                          "(SELECT id FROM ledger WHERE kind IN "
                                          "('placed', 'takedown'))"),
                   ==, 0);
  g_assert_true (imp_ledger_verify (ledger, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* The plan needs to know that there is such a function, not what it gives. */
static void
give_nothing (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  sqlite3_result_null (context);
}

static void
check_plan (StoreFixture *fixture, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3 *database = store_fixture_open_raw (fixture);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_create_function_v2 (database, "imp_fold", 1,
                                               SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, give_nothing,
                                               NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, explain, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *step = (const char *)sqlite3_column_text (statement, 3);

      if (g_str_has_prefix (step, "SCAN") && strstr (step, "INDEX") == NULL
          && strstr (step, "CONSTANT") == NULL)
        g_error ("%s: %s", sql, step);
      if (strstr (step, "TEMP B-TREE") != NULL)
        g_error ("%s: %s", sql, step);
    }
  sqlite3_finalize (statement);
  sqlite3_close (database);
}

/* A register of a million permissions: nothing reads a table from end to end. */
static void
test_plans (StoreFixture *fixture, gconstpointer data)
{
  check_plan (fixture, "SELECT export_id FROM copy WHERE person_id = 'x' ORDER BY released DESC");
  check_plan (fixture,
              "SELECT export_id FROM copy WHERE permission_id = 'x' ORDER BY released DESC");
  check_plan (fixture, "SELECT export_id FROM copy ORDER BY released DESC LIMIT 5");
  check_plan (fixture, "SELECT export_id FROM copy WHERE sha256 = 'x'");
  check_plan (fixture, "SELECT export_id FROM copy_of_ledger WHERE export_id = 'x'");
  check_plan (fixture, "SELECT value FROM copy CROSS JOIN ledger_text ON row_id = intent_id "
                       "AND key = 'image-hash' WHERE copy.rowid > 5 ORDER BY copy.rowid LIMIT 9");
  check_plan (fixture, "SELECT export_id FROM copy_against WHERE refusal_id = 'x'");
  check_plan (fixture, "SELECT export_id FROM copy_against WHERE export_id = 'x'");
  check_plan (fixture, "SELECT task.seq FROM takedown AS task JOIN copy "
                       "ON copy.export_id = task.export_id WHERE task.closed IS NULL "
                       "ORDER BY coalesce(task.chased, task.opened) LIMIT 5");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/copies/made-by-the-ledger", test_made_by_the_ledger);
  store_fixture_add ("/copies/policy-row-1/withdrawal", test_withdrawal);
  store_fixture_add ("/copies/article/row-29/objection", test_objection);
  store_fixture_add ("/copies/policy-row-1/refusal", test_refusal);
  store_fixture_add ("/copies/entered-in-error", test_mistake);
  store_fixture_add ("/copies/policy-row-1/no-in-between", test_no_in_between);
  store_fixture_add ("/copies/where-did-it-go", test_place);
  store_fixture_add ("/copies/changed-from-outside", test_changed_from_outside);
  store_fixture_add ("/copies/takedown", test_takedown);
  store_fixture_add ("/copies/drop", test_drop);
  store_fixture_add ("/copies/schema-refuses", test_schema_refuses);
  store_fixture_add ("/copies/security/5-5/erasure", test_erasure);
  store_fixture_add ("/copies/plans", test_plans);
  return g_test_run ();
}
