/* A session at work: queue, answers, boxes that travel, who allows what, files that move (issue:
 * teaching-file curation, points 2, 3, 5 and 6; policy.md, scope of questions). */
#include <glib/gstdio.h>
#include <string.h>

#include "curate-fixture.h"
#include "imp-error.h"
#include "imp-suggestion.h"

/* Four pictures: two of H204417, one of H204418 and one of nobody known. */
static void
add_four (CurateFixture *fixture)
{
  static const char *const NUMBERS[] = { "H204417", "H204417", "H204418", NULL };
  static const char *const NAMES[] = { "one.dcm", "two.dcm", "three.dcm", "four.jpg" };
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    g_ptr_array_add (items, curate_make_item (fixture, NUMBERS[i], NAMES[i]));
  curate_add (fixture, items);
  g_assert_cmpuint (imp_curation_get_n_items (fixture->curation), ==, 4);
}

static ImpCurationState
state_of (CurateFixture *fixture, guint index)
{
  return imp_curation_get_item (fixture->curation, index)->state;
}

/* What stands in the register is what the session tells. */
static void
check_stored (CurateFixture *fixture)
{
  guint before[IMP_CURATION_N_STATES] = { 0 };
  guint after[IMP_CURATION_N_STATES] = { 0 };

  imp_curation_count (fixture->curation, before);
  curate_open (fixture);
  imp_curation_count (fixture->curation, after);
  g_assert_cmpmem (before, sizeof before, after, sizeof after);
}

/* ---- the queue ---- */

static void
test_queue (CurateFixture *fixture, gconstpointer data)
{
  const ImpCurationFilter unfinished = { IMP_CURATION_UNFINISHED, 0, NULL };
  const ImpCurationFilter aside = { IMP_CURATION_ONLY (IMP_CURATION_SET_ASIDE), 0, NULL };
  ImpCurationFilter patient = { 0 };
  guint counts[IMP_CURATION_N_STATES] = { 0 };
  guint found = 99;

  add_four (fixture);
  curate_set_state (fixture, 0, IMP_CURATION_LOOKED_AT);
  curate_set_state (fixture, 1, IMP_CURATION_CLEARED);
  curate_set_state (fixture, 3, IMP_CURATION_SET_ASIDE);
  g_assert_cmpstr (imp_curation_get_item (fixture->curation, 3)->reason, ==, "blurred");
  imp_curation_count (fixture->curation, counts);
  g_assert_cmpuint (counts[IMP_CURATION_NEW], ==, 1);
  g_assert_cmpuint (counts[IMP_CURATION_LOOKED_AT], ==, 1);
  g_assert_cmpuint (counts[IMP_CURATION_CLEARED], ==, 1);
  g_assert_cmpuint (counts[IMP_CURATION_SET_ASIDE], ==, 1);
  g_assert_true (imp_curation_find_next (fixture->curation, 0, 1, &unfinished, &found));
  g_assert_cmpuint (found, ==, 2);
  g_assert_true (imp_curation_find_next (fixture->curation, 2, 1, &unfinished, &found));
  g_assert_cmpuint (found, ==, 0);
  g_assert_true (imp_curation_find_next (fixture->curation, 0, -1, &unfinished, &found));
  g_assert_cmpuint (found, ==, 2);
  g_assert_true (imp_curation_find_next (fixture->curation, 3, 1, &aside, &found));
  g_assert_cmpuint (found, ==, 3);
  patient.patient_id = imp_curation_get_item (fixture->curation, 0)->patient_id;
  g_assert_true (imp_curation_is_shown (fixture->curation, 1, &patient));
  g_assert_false (imp_curation_is_shown (fixture->curation, 2, &patient));
  patient.states = IMP_CURATION_ONLY (IMP_CURATION_EXPORTED);
  g_assert_false (imp_curation_find_next (fixture->curation, 0, 1, &patient, &found));
  check_stored (fixture);
}

static void
test_refused (CurateFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  add_four (fixture);
  imp_curation_set_state_async (fixture->curation, 0, IMP_CURATION_SET_ASIDE, " ", curate_done,
                                &result);
  g_assert_false (curate_wait (fixture, &result, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  imp_curation_set_state_async (fixture->curation, 0, IMP_CURATION_EXPORTED, NULL, curate_done,
                                &result);
  g_assert_false (curate_wait (fixture, &result, &error));
  g_clear_error (&error);
  g_assert_cmpint (state_of (fixture, 0), ==, IMP_CURATION_NEW);
  g_assert_null (imp_curation_open_sync (fixture->gate, "no-such", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

/* Gestures that do not wait for one another are stored in their order. */
static void
test_order (CurateFixture *fixture, gconstpointer data)
{
  GAsyncResult *last = NULL;
  g_autoptr (ImpCurationItem) item = NULL;

  add_four (fixture);
  item = imp_curation_item_copy (imp_curation_get_item (fixture->curation, 0));
  for (int i = 0; i < 50; i++)
    {
      const ImpCurationBox box = { 0, i, 0, 10, 10 };

      g_array_set_size (item->boxes, 0);
      g_array_append_val (item->boxes, box);
      imp_curation_edit_async (fixture->curation, item, i < 49 ? NULL : curate_done, &last);
    }
  curate_must (fixture, &last);
  curate_open (fixture);
  g_assert_cmpint (
      g_array_index (imp_curation_get_item (fixture->curation, 0)->boxes, ImpCurationBox, 0).x, ==,
      49);
}

/* ---- answers ---- */

static void
give (CurateFixture *fixture, guint index, const ImpQuestion *question, const char *value)
{
  GAsyncResult *result = NULL;

  imp_curation_answer_async (fixture->curation, index, question, value, curate_done, &result);
  curate_must (fixture, &result);
}

static void
check_answers (CurateFixture *fixture, const ImpQuestion *question, const char *first,
               const char *second, const char *third)
{
  g_assert_cmpstr (imp_curation_get_answer (fixture->curation, 0, question), ==, first);
  g_assert_cmpstr (imp_curation_get_answer (fixture->curation, 1, question), ==, second);
  g_assert_cmpstr (imp_curation_get_answer (fixture->curation, 2, question), ==, third);
}

static void
test_answers (CurateFixture *fixture, gconstpointer data)
{
  const ImpQuestion person = { .key = (char *)"child", .scope = (char *)"person" };
  const ImpQuestion pixels = { .key = (char *)"face-or-mark", .scope = (char *)"pixels" };
  const ImpQuestion use = { .key = (char *)"why-share",
                            .scope = (char *)"use",
                            .page = (char *)"use" };
  const ImpQuestion words = { .key = (char *)"words-checked",
                              .scope = (char *)"use",
                              .page = (char *)"words" };
  const ImpCurationBox box = { IMP_CURATION_ALL_FRAMES, 0, 0, 100, 20 };

  add_four (fixture);
  give (fixture, 0, &person, "no");
  give (fixture, 0, &pixels, "no");
  give (fixture, 0, &use, "teaching signs");
  give (fixture, 0, &words, "yes");
  curate_open (fixture);
  check_answers (fixture, &person, "no", "no", NULL);
  check_answers (fixture, &pixels, "no", NULL, NULL);
  check_answers (fixture, &use, "teaching signs", "teaching signs", "teaching signs");
  check_answers (fixture, &words, "yes", NULL, NULL);
  /* A picture that shows something else has to be looked at again; its patient is the same. */
  curate_cover (fixture, 0, &box);
  check_answers (fixture, &pixels, NULL, NULL, NULL);
  check_answers (fixture, &person, "no", "no", NULL);
  /* Another answer of a person makes all of theirs fall back. */
  for (guint i = 0; i < 3; i++)
    curate_set_state (fixture, i, IMP_CURATION_CLEARED);
  give (fixture, 1, &person, "not-sure");
  g_assert_cmpint (state_of (fixture, 0), ==, IMP_CURATION_COVERED);
  g_assert_cmpint (state_of (fixture, 1), ==, IMP_CURATION_LOOKED_AT);
  g_assert_cmpint (state_of (fixture, 2), ==, IMP_CURATION_CLEARED);
  /* Nobody is named: an answer about the person is about this picture. */
  give (fixture, 3, &person, "yes");
  check_answers (fixture, &person, "not-sure", "not-sure", NULL);
  check_stored (fixture);
}

/* ---- boxes that travel, and what is remembered ---- */

static ImpTravel *
travel (CurateFixture *fixture, guint index, ImpReach reach, GError **error)
{
  GAsyncResult *result = NULL;
  ImpTravel *found = NULL;

  imp_curation_travel_async (fixture->curation, index, reach, curate_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = imp_curation_travel_finish (fixture->curation, result, error);
  g_object_unref (result);
  return found;
}

static ImpTravelOutcome
outcome_of (const ImpTravel *found, guint index)
{
  for (guint i = 0; i < found->verdicts->len; i++)
    if (g_array_index (found->verdicts, ImpTravelVerdict, i).index == index)
      return g_array_index (found->verdicts, ImpTravelVerdict, i).outcome;
  g_error ("Picture %u was not in reach", index);
}

static void
test_travel (CurateFixture *fixture, gconstpointer data)
{
  const ImpCurationBox box = { 0, 10, 0, 300, 40 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) more =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_autoptr (ImpTravel) nothing = NULL;
  g_autoptr (ImpTravel) file = NULL;
  g_autoptr (ImpTravel) series = NULL;
  g_autoptr (ImpTravel) scanner = NULL;
  ImpCurationItem *larger = curate_make_item (fixture, "H204418", "larger.dcm");
  ImpCurationItem *unknown = curate_make_item (fixture, "H204418", "unknown.dcm");
  ImpCurationItem *other = curate_make_item (fixture, "H204418", "other.dcm");

  add_four (fixture);
  larger->columns = 800;
  unknown->rows = 0;
  g_free (other->station);
  other->station = g_strdup ("ROOM8");
  g_ptr_array_add (more, larger);
  g_ptr_array_add (more, unknown);
  g_ptr_array_add (more, other);
  curate_add (fixture, more);
  nothing = travel (fixture, 0, IMP_REACH_FILE, &error);
  g_assert_null (nothing);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);

  curate_cover (fixture, 0, &box);
  file = travel (fixture, 0, IMP_REACH_FILE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->verdicts->len, ==, 1);
  g_assert_cmpint (
      g_array_index (imp_curation_get_item (fixture->curation, 0)->boxes, ImpCurationBox, 0).frame,
      ==, IMP_CURATION_ALL_FRAMES);

  curate_set_state (fixture, 1, IMP_CURATION_CLEARED);
  series = travel (fixture, 0, IMP_REACH_SERIES, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (series->verdicts->len, ==, 2); /* the same patient's only */
  g_assert_cmpint (outcome_of (series, 1), ==, IMP_TRAVEL_APPLIED);
  g_assert_cmpint (state_of (fixture, 1), ==, IMP_CURATION_COVERED); /* it was cleared without */

  curate_set_state (fixture, 3, IMP_CURATION_SET_ASIDE);
  scanner = travel (fixture, 0, IMP_REACH_SCANNER, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scanner->verdicts->len, ==, 6); /* not the one of room 8 */
  g_assert_cmpint (outcome_of (scanner, 1), ==, IMP_TRAVEL_HAS_THEM);
  g_assert_cmpint (outcome_of (scanner, 2), ==, IMP_TRAVEL_APPLIED);
  g_assert_cmpint (outcome_of (scanner, 3), ==, IMP_TRAVEL_SET_ASIDE);
  g_assert_cmpint (outcome_of (scanner, 4), ==, IMP_TRAVEL_OTHER_SIZE);
  g_assert_cmpint (outcome_of (scanner, 5), ==, IMP_TRAVEL_UNKNOWN_SIZE);
  g_assert_cmpuint (imp_travel_count (scanner, IMP_TRAVEL_APPLIED), ==, 1);
  curate_open (fixture);
  g_assert_cmpuint (imp_curation_get_item (fixture->curation, 2)->boxes->len, ==, 1);
  g_assert_cmpint (state_of (fixture, 2), ==, IMP_CURATION_NEW); /* nobody has looked at it */
  for (guint i = 3; i < 7; i++)
    g_assert_cmpuint (imp_curation_get_item (fixture->curation, i)->boxes->len, ==, 0);
}

static void
test_remembered (CurateFixture *fixture, gconstpointer data)
{
  const ImpCurationBox shown = { IMP_CURATION_ALL_FRAMES, 10, 0, 300, 40 };
  const ImpCurationBox elsewhere = { 2, 0, 0, 50, 50 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  GAsyncResult *result = NULL;
  const ImpSuggestion *suggestion = NULL;

  add_four (fixture);
  curate_cover (fixture, 0, &shown);
  curate_cover (fixture, 0, &elsewhere);
  before = imp_curation_suggest (fixture->curation, 2);
  imp_curation_remember_async (fixture->curation, 0, NULL, curate_done, &result);
  curate_must (fixture, &result);
  curate_open (fixture);
  after = imp_curation_suggest (fixture->curation, 2);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 1); /* what covers the frame that was shown */
  suggestion = after->pdata[0];
  g_assert_true (imp_suggestion_has_reason (suggestion, IMP_WHY_TEMPLATE));
  g_assert_cmpint (suggestion->rect.x, ==, 10);
  g_assert_cmpint (suggestion->rect.width, ==, 300);
}

/* ---- who allows what ---- */

static void
test_withdrawn (CurateFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (ImpGate) other = curate_open_gate (fixture, FALSE);
  GAsyncResult *result = NULL;

  add_four (fixture);
  g_assert_cmpint (imp_curation_get_standing (fixture->curation, 0)->kind, ==,
                   IMP_STANDING_PERMITTED);
  g_assert_cmpstr (imp_curation_get_standing (fixture->curation, 0)->permission_id, ==, permission);
  g_assert_cmpint (imp_curation_get_standing (fixture->curation, 2)->kind, ==,
                   IMP_STANDING_ANONYMISED);
  g_assert_null (imp_curation_get_standing (fixture->curation, 3));
  for (guint i = 0; i < 3; i++)
    curate_set_state (fixture, i, IMP_CURATION_CLEARED);

  /* At another computer. */
  imp_register_withdraw (imp_gate_get_register (other), permission, "patient", "telephone", &error);
  g_assert_no_error (error);
  /* The next gesture, whatever it is about, tells of it. */
  curate_set_state (fixture, 3, IMP_CURATION_LOOKED_AT);
  g_assert_cmpint (state_of (fixture, 0), ==, IMP_CURATION_LOOKED_AT);
  g_assert_cmpint (state_of (fixture, 1), ==, IMP_CURATION_LOOKED_AT);
  g_assert_cmpint (state_of (fixture, 2), ==, IMP_CURATION_CLEARED);
  imp_curation_set_state_async (fixture->curation, 0, IMP_CURATION_CLEARED, NULL, curate_done,
                                &result);
  g_assert_false (curate_wait (fixture, &result, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_assert_cmpint (state_of (fixture, 0), !=, IMP_CURATION_CLEARED);
  imp_curation_refresh_async (fixture->curation, curate_done, &result);
  curate_must (fixture, &result);
  g_assert_cmpint (imp_curation_get_standing (fixture->curation, 1)->kind, ==,
                   IMP_STANDING_REFUSED);
  check_stored (fixture);
}

/* ---- files ---- */

static void
write_file (CurateFixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = curate_path (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
note_file (CurateFixture *fixture, guint index, const char *text)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  GAsyncResult *result = NULL;

  imp_curation_note_file_async (fixture->curation, index, hash, curate_done, &result);
  curate_must (fixture, &result);
}

static void
test_files (CurateFixture *fixture, gconstpointer data)
{
  static const char *const NAMES[] = { "one.dcm", "two.dcm", "three.dcm", "four.jpg" };
  const ImpCurationBox box = { 0, 10, 0, 300, 40 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = NULL;
  g_autofree char *from = curate_path (fixture, "one.dcm");
  g_autofree char *to = curate_path (fixture, "moved/deeper/film.dcm");
  g_autofree char *gone = curate_path (fixture, "three.dcm");
  GAsyncResult *result = NULL;

  add_four (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      write_file (fixture, NAMES[i], NAMES[i]);
      note_file (fixture, i, NAMES[i]);
      curate_cover (fixture, i, &box);
      curate_set_state (fixture, i, IMP_CURATION_COVERED);
    }
  write_file (fixture, "moved/deeper/other.dcm", "something else");
  g_assert_cmpint (g_rename (from, to), ==, 0);
  write_file (fixture, "two.dcm", "other bytes");
  g_assert_cmpint (g_remove (gone), ==, 0);
  imp_curation_check_files_async (fixture->curation, NULL, curate_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = imp_curation_check_files_finish (fixture->curation, result, &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpint (g_array_index (found, ImpCurationFound, 0).finding, ==, IMP_CURATION_CHANGED);
  g_assert_cmpint (g_array_index (found, ImpCurationFound, 1).finding, ==, IMP_CURATION_FOUND);
  g_assert_cmpint (g_array_index (found, ImpCurationFound, 2).finding, ==, IMP_CURATION_MISSING);
  curate_open (fixture);
  g_assert_cmpstr (imp_curation_get_item (fixture->curation, 0)->path, ==, to);
  g_assert_cmpint (state_of (fixture, 0), ==, IMP_CURATION_COVERED);
  g_assert_cmpint (state_of (fixture, 1), ==, IMP_CURATION_NEW);
  g_assert_cmpuint (imp_curation_get_item (fixture->curation, 1)->boxes->len, ==, 0);
  /* What is missing today may be back tomorrow: nothing of it is lost. */
  g_assert_cmpint (state_of (fixture, 2), ==, IMP_CURATION_COVERED);
  g_assert_cmpuint (imp_curation_get_item (fixture->curation, 2)->boxes->len, ==, 1);
  g_assert_cmpint (state_of (fixture, 3), ==, IMP_CURATION_COVERED);
  /* When it is opened, other bytes show at once. */
  note_file (fixture, 3, "four.jpg");
  g_assert_cmpint (state_of (fixture, 3), ==, IMP_CURATION_COVERED);
  note_file (fixture, 3, "not what it was");
  g_assert_cmpint (state_of (fixture, 3), ==, IMP_CURATION_NEW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add (name, CurateFixture, NULL, curate_set_up, func, curate_tear_down)
  ADD ("/curation/queue", test_queue);
  ADD ("/curation/refused", test_refused);
  ADD ("/curation/order", test_order);
  ADD ("/curation/answers", test_answers);
  ADD ("/curation/travel", test_travel);
  ADD ("/curation/remembered", test_remembered);
  ADD ("/curation/withdrawn", test_withdrawn);
  ADD ("/curation/files", test_files);
  return g_test_run ();
}
