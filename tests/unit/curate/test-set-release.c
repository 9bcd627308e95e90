/* A session's cleared pictures through the gate: judged first, then released; what fails stops
 * nothing (issue: teaching-file curation, points 5 and 7). */
#include <glib/gstdio.h>
#include <string.h>

#include "curate-fixture.h"
#include "imp-error.h"
#include "imp-set-release.h"
#include "imp-set-request.h"

static const char *sample; /* the folder of the sample pictures */

static void
copy_sample (CurateFixture *fixture, const char *name)
{
  g_autofree char *from = g_build_filename (sample, "chest.dcm", NULL);
  g_autofree char *to = curate_path (fixture, name);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
}

static void
give (CurateFixture *fixture, guint index, const ImpQuestion *question)
{
  GAsyncResult *result = NULL;

  imp_curation_answer_async (fixture->curation, index, question,
                             question->clears != NULL ? question->clears
                                                      : "a synthetic answer for a test",
                             curate_done, &result);
  curate_must (fixture, &result);
}

static void
answer_all (CurateFixture *fixture, guint index, gboolean pixels_only)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions =
      imp_gate_questions (fixture->gate, "consent", "teaching-file", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      if (!pixels_only || imp_curation_get_answer (fixture->curation, index, question) == NULL)
        give (fixture, index, question);
    }
}

/* Four of one patient, who allows it: two that are ready, one of which nothing is said that has to
 * be said of each picture, and one whose file is gone. */
static void
add_four (CurateFixture *fixture)
{
  static const char *const NAMES[] = { "one.dcm", "two.dcm", "three.dcm", "gone.dcm" };
  const ImpCurationBox strip = { IMP_CURATION_ALL_FRAMES, 0, 0, 512, 46 };
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      if (i < 3)
        copy_sample (fixture, NAMES[i]);
      g_ptr_array_add (items, curate_make_item (fixture, "H204417", NAMES[i]));
      ((ImpCurationItem *)items->pdata[i])->n_frames = 1;
    }
  curate_add (fixture, items);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    curate_cover (fixture, i, &strip);
  answer_all (fixture, 0, FALSE);
  answer_all (fixture, 1, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    curate_set_state (fixture, i, IMP_CURATION_CLEARED);
}

static ImpSetRelease *
rehearse (CurateFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ImpSetRelease *batch = imp_set_release_new (fixture->curation, IMP_ORIGIN_SCRIPT, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (imp_set_release_get_n_entries (batch), ==, 4);
  imp_set_release_rehearse_sync (batch, NULL, &error);
  g_assert_no_error (error);
  return batch;
}

static GFile *
make_folder (CurateFixture *fixture)
{
  g_autofree char *path = curate_path (fixture, "out");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return g_file_new_for_path (path);
}

static guint
count_files (GFile *folder)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name = NULL;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_assert_true (g_str_has_suffix (name, ".png"));
      g_assert_null (strstr (name, "one"));
      count++;
    }
  return count;
}

static void
test_batch (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (ImpSetRelease) again = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *name = NULL;
  g_autofree char *other = NULL;

  add_four (fixture);
  batch = rehearse (fixture);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 0), ==, IMP_SET_ALLOWED);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 1), ==, IMP_SET_ALLOWED);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 2), ==, IMP_SET_REFUSED);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 3), ==, IMP_SET_FAILED);
  reasons = imp_set_release_ref_reasons (batch, 2);
  g_assert_cmpuint (reasons->len, >, 0);
  problem = imp_set_release_dup_problem (batch, 3);
  g_assert_nonnull (problem);
  g_assert_cmpstr (imp_set_release_get_route (batch, 0), ==, "consent");
  g_assert_cmpuint (count_files (folder), ==, 0);

  imp_set_release_run_sync (batch, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_EXPORTED), ==, 2);
  g_assert_cmpuint (count_files (folder), ==, 2);
  name = imp_set_release_dup_name (batch, 0);
  other = imp_set_release_dup_name (batch, 1);
  g_assert_cmpstr (name, !=, other);
  curate_open (fixture);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (imp_curation_get_item (fixture->curation, i)->state, ==,
                     i < 2 ? IMP_CURATION_EXPORTED : IMP_CURATION_CLEARED);
  /* What has left does not leave again by itself. */
  again = imp_set_release_new (fixture->curation, IMP_ORIGIN_SCRIPT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imp_set_release_get_n_entries (again), ==, 2);
}

/* Between the rehearsal and the release the patient says no, at another computer. */
static void
test_withdrawn (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (ImpGate) other = curate_open_gate (fixture, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;

  add_four (fixture);
  batch = rehearse (fixture);
  imp_register_withdraw (imp_gate_get_register (other), permission, NULL, NULL, &error);
  g_assert_no_error (error);
  imp_set_release_run_sync (batch, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_EXPORTED), ==, 0);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* Between the rehearsal and the release more is covered, or something else is said, and what fell
 * back is cleared once more: as it was rehearsed it must not leave. */
static void
test_cleared_anew (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  const ImpCurationBox more = { IMP_CURATION_ALL_FRAMES, 100, 100, 64, 64 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (GPtrArray) questions = NULL;

  add_four (fixture);
  batch = rehearse (fixture);
  curate_cover (fixture, 0, &more);
  answer_all (fixture, 0, TRUE);
  curate_set_state (fixture, 0, IMP_CURATION_CLEARED);
  questions = imp_gate_questions (fixture->gate, "consent", "teaching-file", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      GAsyncResult *result = NULL;

      if (!g_str_equal (question->key, "face-or-mark"))
        continue;
      imp_curation_answer_async (fixture->curation, 1, question, "yes", curate_done, &result);
      curate_must (fixture, &result);
    }
  curate_set_state (fixture, 1, IMP_CURATION_CLEARED);
  imp_set_release_run_sync (batch, folder, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (imp_set_release_get_outcome (batch, i), ==, IMP_SET_FAILED);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* The files are other ones than those that were covered. */
static void
test_changed (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autofree char *hash = g_strnfill (64, 'a');
  GAsyncResult *result = NULL;
  g_autoptr (ImpSetRelease) batch = NULL;

  add_four (fixture);
  imp_curation_note_file_async (fixture->curation, 0, hash, curate_done, &result);
  curate_must (fixture, &result);
  batch = rehearse (fixture);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 0), ==, IMP_SET_FAILED);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 1), ==, IMP_SET_ALLOWED);
}

static void
test_paused (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (GFile) nowhere = g_file_get_child (folder, "nowhere");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ImpSetRelease) batch = NULL;
  GAsyncResult *result = NULL;

  add_four (fixture);
  batch = rehearse (fixture);
  g_assert_false (imp_set_release_run_sync (batch, nowhere, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_clear_error (&error);
  imp_set_release_set_paused (batch, TRUE);
  imp_set_release_run_async (batch, folder, cancellable, curate_done, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (imp_set_release_finish (batch, result, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&result);
  g_assert_cmpuint (count_files (folder), ==, 0);
  /* It goes on where it stopped. */
  imp_set_release_run_async (batch, folder, NULL, curate_done, &result);
  imp_set_release_set_paused (batch, FALSE);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (imp_set_release_finish (batch, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_cmpuint (count_files (folder), ==, 2);
}

static void
test_voi (void)
{
  ImpWindow window = { 0 };

  g_assert_true (imp_set_parse_voi ("window 40,400.5 linear-exact", &window));
  g_assert_cmpfloat (window.centre, ==, 40);
  g_assert_cmpfloat (window.width, ==, 400.5);
  g_assert_cmpint (window.function, ==, IMP_VOI_LINEAR_EXACT);
  g_assert_true (imp_set_parse_voi ("voi-lut 2", &window));
  g_assert_cmpint (window.function, ==, IMP_VOI_TABLE);
  g_assert_cmpuint (window.table, ==, 1);
  g_assert_false (imp_set_parse_voi ("voi-lut 0", &window));
  g_assert_false (imp_set_parse_voi ("voi-lut 2x", &window));
  g_assert_false (imp_set_parse_voi ("window 40,0 linear", &window));
  g_assert_false (imp_set_parse_voi ("window 40,400", &window));
  g_assert_false (imp_set_parse_voi ("default", &window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sample = argv[1];
#define ADD(name, func)                                                                            \
  g_test_add (name, CurateFixture, NULL, curate_set_up, func, curate_tear_down)
  ADD ("/curation/release/batch", test_batch);
  ADD ("/curation/release/withdrawn", test_withdrawn);
  ADD ("/curation/release/cleared-anew", test_cleared_anew);
  ADD ("/curation/release/changed", test_changed);
  ADD ("/curation/release/paused", test_paused);
  g_test_add_func ("/curation/release/voi", test_voi);
  return g_test_run ();
}
