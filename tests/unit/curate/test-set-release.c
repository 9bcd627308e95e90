/* A session's cleared pictures through the gate: judged first, then released; what fails stops
 * nothing (issue: teaching-file curation, points 5 and 7). */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include "curate-fixture.h"
#include "imp-curation-open.h"
#include "imp-error.h"
#include "imp-register-teaching.h"
#include "imp-set-release.h"
#include "imp-set-request.h"

static const char *sample; /* the folder of the sample pictures */
static const char *python; /* the interpreter, whose library packs */

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

/* Two of one patient that are ready, in a folder or in a ZIP. */
static void
add_two (CurateFixture *fixture, const char *place, gboolean packed)
{
  static const char *const NAMES[] = { "one.dcm", "two.dcm" };
  const ImpCurationBox strip = { IMP_CURATION_ALL_FRAMES, 0, 0, 512, 46 };
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *inside = g_build_filename (place, NAMES[i], NULL);
      ImpCurationItem *item = curate_make_item (fixture, "H204417", packed ? place : inside);

      item->entry = packed ? g_strdup (NAMES[i]) : NULL;
      item->n_frames = 1;
      g_ptr_array_add (items, item);
    }
  curate_add (fixture, items);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *from = g_build_filename (sample, "chest.dcm", NULL);
      g_autofree char *bytes = NULL;
      g_autofree char *hash = NULL;
      GAsyncResult *result = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
      imp_curation_note_file_async (fixture->curation, i, hash, curate_done, &result);
      curate_must (fixture, &result);
      curate_cover (fixture, i, &strip);
    }
  answer_all (fixture, 0, FALSE);
  answer_all (fixture, 1, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    curate_set_state (fixture, i, IMP_CURATION_CLEARED);
}

/* As a disc's maker does: the pictures are in the ZIP alone. */
static void
pack (CurateFixture *fixture)
{
  g_autofree char *disc = curate_path (fixture, "disc.zip");
  g_autofree char *one = curate_path (fixture, "one.dcm");
  g_autofree char *two = curate_path (fixture, "two.dcm");
  const char *const argv[] = { python, "-m", "zipfile", "-c", disc, one, two, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (g_remove (one), ==, 0);
  g_assert_cmpint (g_remove (two), ==, 0);
}

static ImpSetRelease *
rehearse_two (CurateFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ImpSetRelease *batch = imp_set_release_new (fixture->curation, IMP_ORIGIN_SCRIPT, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (imp_set_release_get_n_entries (batch), ==, 2);
  imp_set_release_rehearse_sync (batch, NULL, &error);
  g_assert_no_error (error);
  return batch;
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
      if (!g_str_has_suffix (name, ".png"))
        continue;
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

/* A case of the picture at this place. */
static gint64
add_case (CurateFixture *fixture, guint index, const char *diagnosis)
{
  ImpRegister *reg = imp_gate_get_register (fixture->gate);
  const gint64 item_id = imp_curation_get_item (fixture->curation, index)->id;
  g_autoptr (ImpTeachingCase) teaching = imp_teaching_case_new ();
  g_autoptr (GError) error = NULL;

  teaching->texts[IMP_TEACHING_TITLE] = g_strdup ("A round shadow </title><script>");
  teaching->texts[IMP_TEACHING_DIAGNOSIS] = g_strdup (diagnosis);
  teaching->texts[IMP_TEACHING_QUESTION] = g_strdup ("=1+1: what is it?");
  teaching->modality = g_strdup ("DX");
  imp_register_save_teaching_case (reg, teaching, &error);
  g_assert_no_error (error);
  imp_register_set_teaching_images (reg, teaching->id, &item_id, 1, &error);
  g_assert_no_error (error);
  imp_register_describe_teaching_image (reg, item_id, "A coin & <b>nothing", "A \"round\" shadow",
                                        &error);
  g_assert_no_error (error);
  return teaching->id;
}

static char *
read_file (GFile *folder, const char *name)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
run (CurateFixture *fixture, GFile *folder, ImpSetRelease **batch)
{
  g_autoptr (GError) error = NULL;

  *batch = imp_set_release_new (fixture->curation, IMP_ORIGIN_SCRIPT, &error);
  g_assert_no_error (error);
  imp_set_release_rehearse_sync (*batch, NULL, &error);
  g_assert_no_error (error);
  imp_set_release_run_sync (*batch, folder, NULL, &error);
  g_assert_no_error (error);
}

/* Cleared, and with what it is called and what travels with it. */
static void
clear_four (CurateFixture *fixture, const char *diagnosis)
{
  add_four (fixture);
  add_case (fixture, 0, diagnosis);
  curate_open (fixture);
  answer_all (fixture, 0, FALSE);
  curate_set_state (fixture, 0, IMP_CURATION_CLEARED);
  curate_set_state (fixture, 1, IMP_CURATION_CLEARED);
}

static void
test_page (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (ImpSetRelease) again = NULL;
  g_autofree char *page = NULL;
  g_autofree char *table = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *name = NULL;
  g_autofree char *export_id = NULL;

  clear_four (fixture, "A coin");
  run (fixture, folder, &batch);
  name = imp_set_release_dup_name (batch, 0);
  export_id = imp_set_release_dup_export_id (batch, 0);
  g_assert_cmpstr (name, ==, "TF-0001-1.png");
  g_assert_cmpuint (imp_set_release_get_set (batch)->n_pictures, ==, 2);
  page = read_file (folder, "index.html");
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "H204417"));
  g_assert_nonnull (strstr (page, "default-src &apos;none&apos;"));
  g_assert_nonnull (strstr (page, "<h2>TF-0001: A round shadow &lt;/title&gt;&lt;script&gt;</h2>"));
  g_assert_nonnull (strstr (page, "alt=\"A &quot;round&quot; shadow\""));
  g_assert_nonnull (strstr (page, "<figcaption>A coin &amp; &lt;b&gt;nothing</figcaption>"));
  table = read_file (folder, "captions.csv");
  g_assert_nonnull (strstr (table, "TF-0001-1.png,TF-0001,1,"));
  g_assert_nonnull (strstr (table, ",'=1+1: what is it?,"));
  receipt = read_file (folder, "receipt.json");
  g_assert_nonnull (strstr (receipt, export_id));
  /* Nothing is new, and nothing is written. */
  curate_open (fixture);
  run (fixture, folder, &again);
  g_assert_null (imp_set_release_get_set (again));
}

/* What the page would say of a person keeps the case's pictures here. */
static void
test_words (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  const ImpReason *reason = NULL;

  clear_four (fixture, "A coin in H 204 417");
  batch = rehearse (fixture);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 0), ==, IMP_SET_REFUSED);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 1), ==, IMP_SET_ALLOWED);
  reasons = imp_set_release_ref_reasons (batch, 0);
  reason = g_ptr_array_index (reasons, reasons->len - 1);
  g_assert_cmpstr (reason->rule, ==, "words:number");
  g_assert_nonnull (strstr (reason->reason, "TF-0001"));
  g_assert_null (strstr (reason->reason, "204"));
}

/* Between the rehearsal and the release other words were said of it, and it was cleared with them.
 */
static void
test_other_words (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (GError) error = NULL;

  clear_four (fixture, "A coin");
  batch = rehearse (fixture);
  imp_register_describe_teaching_image (imp_gate_get_register (fixture->gate),
                                        imp_set_release_get_item (batch, 0), "Another", "", &error);
  g_assert_no_error (error);
  curate_open (fixture);
  answer_all (fixture, 0, FALSE);
  curate_set_state (fixture, 0, IMP_CURATION_CLEARED);
  curate_set_state (fixture, 1, IMP_CURATION_CLEARED);
  imp_set_release_run_sync (batch, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 0), ==, IMP_SET_FAILED);
  g_assert_cmpint (imp_set_release_get_outcome (batch, 1), ==, IMP_SET_EXPORTED);
}

/* A withdrawal pulls the case; the page of the next release does not show it. */
static void
test_retired (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (ImpTeachingSet) set = NULL;
  g_autoptr (GHashTable) pulled = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;

  clear_four (fixture, "A coin");
  run (fixture, folder, &batch);
  pulled = imp_gate_list_retired_cases_sync (fixture->gate, &error);
  g_assert_cmpuint (g_hash_table_size (pulled), ==, 0);
  g_clear_pointer (&pulled, g_hash_table_unref);
  imp_register_withdraw (imp_gate_get_register (fixture->gate), permission, NULL, NULL, &error);
  g_assert_no_error (error);
  pulled = imp_gate_list_retired_cases_sync (fixture->gate, &error);
  g_assert_cmpuint (g_hash_table_size (pulled), ==, 1);
  set = imp_gate_publish_teaching_sync (fixture->gate, fixture->id, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (set->index, ==, "index-2.html");
  g_assert_cmpuint (set->n_pictures, ==, 0);
  g_assert_cmpuint (g_strv_length (set->retired), ==, 2);
  page = read_file (folder, set->index);
  g_assert_null (strstr (page, "TF-0001"));
}

/* Exactly the same into the same place is there already: it is found, and not released twice. */
static void
test_found_again (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (ImpSetRelease) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const ImpCurationBox other = { IMP_CURATION_ALL_FRAMES, 0, 0, 512, 60 };
  g_autoptr (ImpSetRelease) edited = NULL;
  g_autofree char *problem = NULL;

  clear_four (fixture, "A coin");
  run (fixture, folder, &batch);
  before = imp_set_release_dup_export_id (batch, 0);
  curate_open (fixture);
  curate_set_state (fixture, 0, IMP_CURATION_CLEARED);
  run (fixture, folder, &again);
  g_assert_cmpint (imp_set_release_get_outcome (again, 0), ==, IMP_SET_EXPORTED);
  after = imp_set_release_dup_export_id (again, 0);
  g_assert_cmpstr (after, ==, before);
  /* What is covered otherwise is another picture, and replaces nothing. */
  curate_open (fixture);
  curate_cover (fixture, 0, &other);
  answer_all (fixture, 0, FALSE);
  curate_set_state (fixture, 0, IMP_CURATION_CLEARED);
  run (fixture, folder, &edited);
  g_assert_cmpint (imp_set_release_get_outcome (edited, 0), ==, IMP_SET_FAILED);
  problem = imp_set_release_dup_problem (edited, 0);
  g_assert_nonnull (problem);
}

/* The page shows what left from here, and nothing else under its name. */
static void
test_swapped (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autofree char *path = curate_path (fixture, "out/TF-0001-1.png");
  g_autoptr (GError) error = NULL;

  clear_four (fixture, "A coin");
  run (fixture, folder, &batch);
  g_assert_true (g_file_set_contents (path, "another", -1, NULL));
  g_assert_null (imp_gate_publish_teaching_sync (fixture->gate, fixture->id, folder, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_assert_nonnull (strstr (error->message, "TF-0001-1.png"));
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

/* A file of a ZIP is opened, and leaves, as one of a folder does; its original is the ZIP. */
static void
test_archive (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autofree char *disc = curate_path (fixture, "disc.zip");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (ImpSource) source = NULL;
  GAsyncResult *result = NULL;
  GStatBuf status;
  guint64 device = 0;
  guint64 inode = 0;

  copy_sample (fixture, "one.dcm");
  copy_sample (fixture, "two.dcm");
  pack (fixture);
  add_two (fixture, "disc.zip", TRUE);
  imp_curation_open_item_async (fixture->curation, 1, NULL, curate_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  source = imp_curation_open_item_finish (fixture->curation, result, &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  g_assert_cmpstr (imp_source_get_sha256 (source), ==,
                   imp_curation_get_item (fixture->curation, 1)->sha256);
  g_assert_cmpstr (imp_source_get_entry (source), ==, "two.dcm");
  g_assert_cmpint (g_stat (disc, &status), ==, 0);
  g_assert_true (imp_source_get_identity (source, &device, &inode));
  g_assert_cmpuint (device, ==, status.st_dev);
  g_assert_cmpuint (inode, ==, status.st_ino);

  batch = rehearse_two (fixture);
  g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_ALLOWED), ==, 2);
  imp_set_release_run_sync (batch, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_EXPORTED), ==, 2);
  g_assert_cmpuint (count_files (folder), ==, 2);
}

static GArray *
check_files (CurateFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  GArray *found = NULL;

  imp_curation_check_files_async (fixture->curation, NULL, curate_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = imp_curation_check_files_finish (fixture->curation, result, &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  return found;
}

/* Another ZIP of the same name, with other bytes in one of its files; then none. */
static void
test_archive_changed (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *disc = curate_path (fixture, "disc.zip");
  g_autofree char *one = curate_path (fixture, "one.dcm");
  g_autoptr (GArray) same = NULL;
  g_autoptr (GArray) changed = NULL;
  g_autoptr (GArray) missing = NULL;

  copy_sample (fixture, "one.dcm");
  copy_sample (fixture, "two.dcm");
  pack (fixture);
  add_two (fixture, "disc.zip", TRUE);
  same = check_files (fixture);
  g_assert_cmpuint (same->len, ==, 0);

  g_assert_true (g_file_set_contents (one, "other bytes", -1, NULL));
  copy_sample (fixture, "two.dcm");
  g_assert_cmpint (g_remove (disc), ==, 0);
  pack (fixture);
  changed = check_files (fixture);
  g_assert_cmpuint (changed->len, ==, 1);
  g_assert_cmpint (g_array_index (changed, ImpCurationFound, 0).finding, ==, IMP_CURATION_CHANGED);
  g_assert_cmpint (imp_curation_get_item (fixture->curation, 0)->state, ==, IMP_CURATION_NEW);
  g_assert_cmpint (imp_curation_get_item (fixture->curation, 1)->state, ==, IMP_CURATION_CLEARED);

  g_assert_cmpint (g_remove (disc), ==, 0);
  missing = check_files (fixture);
  g_assert_cmpuint (missing->len, ==, 2);
  g_assert_cmpint (g_array_index (missing, ImpCurationFound, 1).finding, ==, IMP_CURATION_MISSING);
  g_assert_cmpint (imp_curation_get_item (fixture->curation, 1)->state, ==, IMP_CURATION_CLEARED);
}

/* The drive with the pictures is pulled after they were judged, and comes back. */
static void
test_pulled (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autofree char *drive = curate_path (fixture, "drive");
  g_autofree char *away = curate_path (fixture, "away");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = make_folder (fixture);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (ImpSetRelease) again = NULL;

  g_assert_cmpint (g_mkdir (drive, 0700), ==, 0);
  copy_sample (fixture, "drive/one.dcm");
  copy_sample (fixture, "drive/two.dcm");
  add_two (fixture, "drive", FALSE);
  batch = rehearse_two (fixture);
  g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_ALLOWED), ==, 2);
  g_assert_cmpint (g_rename (drive, away), ==, 0);
  imp_set_release_run_sync (batch, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 0);
  curate_open (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *problem = imp_set_release_dup_problem (batch, i);
      const ImpCurationItem *item = imp_curation_get_item (fixture->curation, i);

      g_assert_cmpint (imp_set_release_get_outcome (batch, i), ==, IMP_SET_FAILED);
      g_assert_nonnull (problem);
      g_assert_cmpint (item->state, ==, IMP_CURATION_CLEARED);
      g_assert_cmpuint (item->boxes->len, ==, 1);
    }
  g_assert_cmpint (g_rename (away, drive), ==, 0);
  again = rehearse_two (fixture);
  imp_set_release_run_sync (again, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 2);
}

static void
check_all_kept (CurateFixture *fixture, ImpSetRelease *batch, GFile *folder)
{
  g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_EXPORTED), ==, 0);
  g_assert_cmpuint (count_files (folder), ==, 0);
  curate_open (fixture);
  for (guint i = 0; i < 2; i++)
    {
      const ImpCurationItem *item = imp_curation_get_item (fixture->curation, i);

      g_assert_cmpint (item->state, ==, IMP_CURATION_CLEARED);
      g_assert_cmpuint (item->boxes->len, ==, 1);
    }
}

/* The disk for the pictures is full before the first of them is whole; then there is room. */
static void
test_disk_full (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = make_folder (fixture);
  const char *path = g_file_peek_path (folder);
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (ImpSetRelease) again = NULL;

  copy_sample (fixture, "one.dcm");
  copy_sample (fixture, "two.dcm");
  add_two (fixture, "", FALSE);
  batch = rehearse_two (fixture);
  g_assert_cmpint (mount ("imprimatur-test", path, "tmpfs", 0, "size=64k"), ==, 0);
  imp_set_release_run_sync (batch, folder, NULL, &error);
  g_assert_no_error (error);
  check_all_kept (fixture, batch, folder);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *problem = imp_set_release_dup_problem (batch, i);

      g_assert_cmpint (imp_set_release_get_outcome (batch, i), ==, IMP_SET_FAILED);
      g_assert_nonnull (strstr (problem, "full"));
    }
  g_assert_cmpint (umount (path), ==, 0);
  again = rehearse_two (fixture);
  imp_set_release_run_sync (again, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 2);
}

/* A limit on the size of files stands in for a full disk where mounting is not allowed. The
 * register may hit it first: then nothing leaves either. */
static void
test_may_not_grow (CurateFixture *fixture, gconstpointer data)
{
  g_autofree char *person = curate_add_person (fixture->gate, "H204417");
  g_autofree char *permission = curate_permit (fixture->gate, person);
  g_autoptr (GFile) folder = make_folder (fixture);
  struct rlimit before;
  struct rlimit little = { 10000, 10000 };
  g_autoptr (ImpSetRelease) batch = NULL;

  copy_sample (fixture, "one.dcm");
  copy_sample (fixture, "two.dcm");
  add_two (fixture, "", FALSE);
  batch = rehearse_two (fixture);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  little.rlim_max = before.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  imp_set_release_run_sync (batch, folder, NULL, NULL);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  check_all_kept (fixture, batch, folder);
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
  python = argv[2];
#define ADD(name, func)                                                                            \
  g_test_add (name, CurateFixture, NULL, curate_set_up, func, curate_tear_down)
  ADD ("/curation/release/batch", test_batch);
  ADD ("/curation/release/page", test_page);
  ADD ("/curation/release/words", test_words);
  ADD ("/curation/release/other-words", test_other_words);
  ADD ("/curation/release/retired", test_retired);
  ADD ("/curation/release/found-again", test_found_again);
  ADD ("/curation/release/swapped", test_swapped);
  ADD ("/curation/release/withdrawn", test_withdrawn);
  ADD ("/curation/release/cleared-anew", test_cleared_anew);
  ADD ("/curation/release/changed", test_changed);
  ADD ("/curation/release/paused", test_paused);
  ADD ("/curation/release/archive", test_archive);
  ADD ("/curation/release/archive-changed", test_archive_changed);
  ADD ("/curation/release/pulled", test_pulled);
  ADD ("/curation/release/may-not-grow", test_may_not_grow);
  if (getuid () == 0) /* mounting needs root */
    ADD ("/curation/release/disk-full", test_disk_full);
  g_test_add_func ("/curation/release/voi", test_voi);
  return g_test_run ();
}
