/* The saved views: what is in them, page by page, and that an index answers each of them. */
#include <string.h>

#include "gate-trace.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-evidence.h"
#include "imp-register-look-ups.h"
#include "imp-views-private.h"
#include "users.h"

static ImpRegister *
people (Fixture *fixture)
{
  return imp_gate_get_register (fixture->gate);
}

static char *
day (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  return g_date_time_format (then, "%Y-%m-%d");
}

static char *
add_person (Fixture *fixture, const char *number, const char *born)
{
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autoptr (GError) error = NULL;

  person->hospital_number = g_strdup (number);
  person->born = g_strdup (born);
  imp_register_add_person (people (fixture), person, &error);
  g_assert_no_error (error);
  return g_strdup (person->id);
}

static ImpPermission *
make_permission (const char *person_id, const char *level, const char *given, const char *expires)
{
  ImpPermission *permission = imp_permission_new ();

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup (level);
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->evidence_reference = g_strdup ("folder 7");
  permission->given = g_strdup (given);
  permission->expires = g_strdup (expires);
  permission->state = IMP_PERMISSION_ACTIVE;
  return permission;
}

static char *
add (Fixture *fixture, ImpPermission *permission)
{
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  imp_register_add_permission (people (fixture), permission, &error);
  g_assert_no_error (error);
  id = g_strdup (permission->id);
  imp_permission_free (permission);
  return id;
}

static GPtrArray *
list (Fixture *fixture, const ImpViewQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = imp_gate_list_view_sync (fixture->gate, query, &error);

  g_assert_no_error (error);
  return rows;
}

/* @expected: ids of permissions or exports, one space between. */
static void
check_view (Fixture *fixture, ImpSavedView view, const char *expected)
{
  ImpViewQuery query = { .view = view, .limit = 100 };
  g_autoptr (GPtrArray) rows = list (fixture, &query);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_rows = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const ImpViewRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                              row->copy != NULL ? row->copy->export_id : row->permission_id);
    }
  g_assert_cmpstr (ids->str, ==, expected);
  g_assert_true (imp_gate_count_view_sync (fixture->gate, &query, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, rows->len);
}

/* ---- plans ---- */

static void
add_detail (ImpRow *row, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", imp_row_text (row, 3));
}

static void
check_plan (Fixture *fixture, const ImpViewQuery *query, const char *index, gboolean count)
{
  g_autofree char *sql = _imp_views_make_sql (query, count);
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GString) plan = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  imp_store_query (fixture->gate->store, &error, explain, _imp_views_make_parameters (query),
                   add_detail, plan);
  g_assert_no_error (error);
  g_test_message ("%s: %s", imp_saved_view_to_text (query->view), plan->str);
  g_assert_nonnull (strstr (plan->str, index));
  /* The first rows are read in their order, and nothing is sorted that was not nearly so. */
  g_assert_null (strstr (plan->str, "USE TEMP B-TREE FOR ORDER BY"));
  g_assert_null (strstr (plan->str, "AUTOMATIC"));
  for (const char *at = strstr (plan->str, "SCAN "); at != NULL; at = strstr (at + 1, "SCAN "))
    g_assert_true (g_str_has_prefix (at, "SCAN (subquery") || strstr (at, index) != NULL);
}

static void
test_plans (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    ImpViewQuery query;
    const char *index;
  } PLANS[] = {
    { { .view = IMP_VIEW_EXPIRING }, "permission_expiring" },
    { { .view = IMP_VIEW_WITHDRAWN }, "takedown_waiting" },
    { { .view = IMP_VIEW_MISSING_EVIDENCE }, "evidence_missing_by_day" },
    { { .view = IMP_VIEW_UNPLACED }, "copy_unplaced" },
    { { .view = IMP_VIEW_PUBLISHED }, "copy_by_release" },
    { { .view = IMP_VIEW_PUBLISHED, .person_id = "a" }, "copy_by_person" },
    { { .view = IMP_VIEW_PUBLISHED, .permission_id = "a" }, "copy_by_permission" },
    { { .view = IMP_VIEW_CONSENTED }, "permission_consented" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (PLANS); i++)
    {
      check_plan (fixture, &PLANS[i].query, PLANS[i].index, FALSE);
      check_plan (fixture, &PLANS[i].query, PLANS[i].index, TRUE);
    }
}

/* ---- permissions ---- */

static void
test_expiring (Fixture *fixture, gconstpointer data)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *long_after = day (70);
  g_autofree char *given = day (-400);
  g_autofree char *now =
      add (fixture, make_permission (fixture->person_id, "teaching-closed", given, today));
  g_autofree char *later =
      add (fixture, make_permission (fixture->person_id, "record-only", given, long_after));
  g_autofree char *withdrawn =
      add (fixture, make_permission (fixture->person_id, "publication-open-web", given, today));
  g_autofree char *forever =
      add (fixture, make_permission (fixture->person_id, "publication-open-web", given, NULL));
  ImpViewQuery query = { .view = IMP_VIEW_EXPIRING, .limit = 10, .from = today, .to = long_after };
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_register_withdraw (people (fixture), withdrawn, NULL, NULL, &error));
  check_view (fixture, IMP_VIEW_EXPIRING, now);
  both = list (fixture, &query);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (((ImpViewRow *)both->pdata[1])->permission_id, ==, later);
  g_assert_cmpstr (((ImpViewRow *)both->pdata[1])->day, ==, long_after);
  g_assert_cmpstr (((ImpViewRow *)both->pdata[1])->number, ==, "H204417");
  query.from = "2026-02-30";
  g_assert_null (imp_gate_list_view_sync (fixture->gate, &query, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_consented (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lately = day (-3);
  g_autofree char *before = day (-300);
  g_autofree char *a =
      add (fixture, make_permission (fixture->person_id, "teaching-closed", lately, NULL));
  g_autofree char *b =
      add (fixture, make_permission (fixture->person_id, "record-only", before, NULL));
  ImpPermission *no = make_permission (fixture->person_id, "publication-open-web", lately, NULL);
  g_autofree char *refused = NULL;
  g_autoptr (GError) error = NULL;

  no->state = IMP_PERMISSION_REFUSED;
  refused = add (fixture, no);
  check_view (fixture, IMP_VIEW_CONSENTED, a);
  /* That it was withdrawn since does not undo that consent was given. */
  g_assert_true (imp_register_withdraw (people (fixture), a, NULL, NULL, &error));
  check_view (fixture, IMP_VIEW_CONSENTED, a);
}

static void
test_missing_evidence (Fixture *fixture, gconstpointer data)
{
  static const guint8 PDF[] = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";
  g_autoptr (GBytes) paper = g_bytes_new_static (PDF, sizeof PDF - 1);
  g_autoptr (ImpAttachment) attachment = imp_attachment_new ();
  g_autofree char *whole =
      add (fixture, make_permission (fixture->person_id, "record-only", "2026-01-05", NULL));
  ImpPermission *bare = make_permission (fixture->person_id, "teaching-closed", "2026-01-06", NULL);
  ImpPermission *spoken =
      make_permission (fixture->person_id, "teaching-closed", "2026-01-07", NULL);
  ImpPermission *nothing =
      make_permission (fixture->person_id, "publication-open-web", "2026-01-08", NULL);
  g_autofree char *bare_id = NULL;
  g_autofree char *spoken_id = NULL;
  g_autofree char *nothing_id = NULL;
  g_autofree char *both = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&bare->evidence_reference, g_free);
  g_clear_pointer (&spoken->evidence_reference, g_free);
  g_free (spoken->evidence);
  spoken->evidence = g_strdup ("verbal-with-witness");
  spoken->witness_name = g_strdup ("Wit Ness");
  spoken->witness_role = g_strdup ("nurse");
  g_clear_pointer (&nothing->evidence_reference, g_free);
  g_clear_pointer (&nothing->evidence, g_free);
  bare_id = add (fixture, bare);
  spoken_id = add (fixture, spoken);
  nothing_id = add (fixture, nothing);
  both = g_strdup_printf ("%s %s", nothing_id, bare_id);
  check_view (fixture, IMP_VIEW_MISSING_EVIDENCE, both);
  attachment->permission_id = g_strdup (bare_id);
  attachment->kind = g_strdup ("signed-paper");
  attachment->media_type = g_strdup ("application/pdf");
  imp_register_add_evidence (people (fixture), attachment, paper, &error);
  g_assert_no_error (error);
  check_view (fixture, IMP_VIEW_MISSING_EVIDENCE, nothing_id);
  /* What is no longer in force needs nothing. */
  g_assert_true (imp_register_withdraw (people (fixture), nothing_id, NULL, NULL, &error));
  check_view (fixture, IMP_VIEW_MISSING_EVIDENCE, "");
}

static void
test_coming_of_age (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_days (now, 20);
  g_autoptr (GDateTime) then = g_date_time_add_years (soon, -16);
  g_autofree char *born = g_date_time_format (then, "%Y-%m-%d");
  g_autofree char *child = add_person (fixture, "H9", born);
  g_autofree char *given = day (-100);
  ImpPermission *permission = make_permission (child, "teaching-closed", given, NULL);
  ImpViewQuery query = { .view = IMP_VIEW_COMING_OF_AGE, .limit = 10 };
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_free (permission->given_by);
  permission->given_by = g_strdup ("parental-responsibility");
  permission->giver_relationship = g_strdup ("mother");
  permission->giver_check = g_strdup ("birth certificate");
  id = add (fixture, permission);
  check_view (fixture, IMP_VIEW_COMING_OF_AGE, id);
  rows = list (fixture, &query);
  g_assert_cmpuint (((ImpViewRow *)rows->pdata[0])->age, ==, 16);
  g_assert_cmpstr (((ImpViewRow *)rows->pdata[0])->number, ==, "H9");
}

/* Every row comes once, whatever the length of a page. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *given = day (-2);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *after = NULL;
  guint n_pages = 0;

  for (guint i = 0; i < 23; i++)
    g_free (add (fixture, make_permission (fixture->person_id, "record-only", given, NULL)));
  for (;;)
    {
      ImpViewQuery query = { .view = IMP_VIEW_CONSENTED, .limit = 5, .after = after };
      g_autoptr (GPtrArray) rows = list (fixture, &query);

      if (rows->len == 0)
        break;
      n_pages++;
      for (guint i = 0; i < rows->len; i++)
        g_assert_true (
            g_hash_table_add (seen, g_strdup (((ImpViewRow *)rows->pdata[i])->permission_id)));
      g_free (after);
      after = g_strdup (((ImpViewRow *)rows->pdata[rows->len - 1])->after);
    }
  g_assert_cmpuint (n_pages, ==, 5);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 23);
}

/* ---- pictures ---- */

static char *
release (Fixture *fixture, const char *permission_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (ImpRehearsal) rehearsal = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, &error);

  g_assert_no_error (error);
  g_object_unref (fixture->request);
  fixture->request = imp_request_new (fixture->source, 0, frame, IMP_ORIGIN_APP);
  answer_all (fixture, fixture->request, "consent", "publication");
  imp_request_set_person (fixture->request, fixture->person_id);
  imp_request_set_permission (fixture->request, permission_id);
  imp_request_set_target (fixture->request, fixture->target);
  rehearsal = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rehearsal->needs_approval);
  imp_request_set_approved_digest (fixture->request, rehearsal->digest);
  g_assert_true (
      imp_gate_approve_sync (fixture->gate, fixture->request, rehearsal->digest, &error));
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (receipt->ledger_id);
}

static void
test_out_there (Fixture *fixture, gconstpointer data)
{
  static const char *const URLS[] = { "https://example.org/1", NULL };
  g_autofree char *permission = add (
      fixture, make_permission (fixture->person_id, "publication-open-web", "2026-01-05", NULL));
  g_autofree char *other =
      add (fixture, make_permission (fixture->person_id, "record-only", "2026-01-05", NULL));
  g_autofree char *export_id = release (fixture, permission);
  ImpViewQuery query = { .view = IMP_VIEW_PUBLISHED, .limit = 10, .permission_id = permission };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  const ImpViewRow *row = NULL;

  check_view (fixture, IMP_VIEW_UNPLACED, export_id);
  check_view (fixture, IMP_VIEW_WITHDRAWN, "");
  g_assert_true (imp_gate_set_copy_place (fixture->gate, export_id, "Example Journal", URLS, NULL,
                                          FALSE, &error));
  check_view (fixture, IMP_VIEW_UNPLACED, "");
  g_assert_true (imp_register_withdraw (people (fixture), permission, NULL, "letter", &error));
  check_view (fixture, IMP_VIEW_WITHDRAWN, export_id);
  rows = list (fixture, &query);
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpstr (row->copy->name, ==, "Example Journal");
  g_assert_cmpstr (row->copy->urls[0], ==, "https://example.org/1");
  g_assert_cmpstr (row->copy->task_reason, ==, "withdrawn");
  g_assert_cmpuint (strlen (row->copy->sha256), ==, 64);
  g_assert_cmpstr (row->level, ==, "publication-open-web");
  g_assert_cmpstr (row->state, ==, "withdrawn");
  g_assert_cmpstr (row->number, ==, "H204417");
  query.permission_id = other;
  none = list (fixture, &query);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (
      imp_gate_settle_takedown (fixture->gate, export_id, IMP_COPY_REMOVED, NULL, &error));
  check_view (fixture, IMP_VIEW_WITHDRAWN, "");
}

/* ---- who looked ---- */

static void
test_recorded (Fixture *fixture, gconstpointer data)
{
  ImpViewQuery query = { .view = IMP_VIEW_CONSENTED, .limit = 10 };
  g_autoptr (GPtrArray) look_ups = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) next = NULL;
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (GError) error = NULL;

  /* Nobody reads of people before they have signed in. */
  imp_gate_sign_out (fixture->gate);
  g_assert_null (imp_gate_list_view_sync (fixture->gate, &query, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  must_sign_in (fixture, OPERATOR);
  user = imp_gate_get_user (fixture->gate);
  page = list (fixture, &query);
  query.after = "2026-01-01|x";
  next = list (fixture, &query);
  look_ups = imp_register_list_look_ups (people (fixture), NULL, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (look_ups->len, ==, 1);
  g_assert_cmpstr (((ImpLookUp *)look_ups->pdata[0])->view, ==, "consented");
  g_assert_cmpstr (((ImpLookUp *)look_ups->pdata[0])->user_id, ==, user->id);
}

static void
test_names (void)
{
  for (guint i = 0; i < IMP_N_VIEWS; i++)
    {
      ImpSavedView view = IMP_N_VIEWS;

      g_assert_true (imp_saved_view_from_text (imp_saved_view_to_text (i), &view));
      g_assert_cmpuint (view, ==, i);
    }
  g_assert_false (imp_saved_view_from_text ("nothing", &(ImpSavedView){ 0 }));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/names", test_names);
  ADD ("/views/plans", test_plans);
  ADD ("/views/expiring", test_expiring);
  ADD ("/views/consented", test_consented);
  ADD ("/views/missing-evidence", test_missing_evidence);
  ADD ("/views/coming-of-age", test_coming_of_age);
  ADD ("/views/pages", test_pages);
  ADD ("/views/out-there", test_out_there);
  g_test_add ("/security/5-3/views-recorded", Fixture, NULL, set_up_three, test_recorded,
              tear_down);
  return g_test_run ();
}
