/* A set release against as many single releases one after another (issue: teaching-file curation,
 * speed and memory): at most 0.7 of their time on two cores.
 *
 * Usage: bench-set-release SAMPLE-FOLDER [N]; prints ratios. The pictures are X-rays and
 * photographs in turn, 200 unless said. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "curate-fixture.h"
#include "imp-id.h"
#include "imp-set-release.h"
#include "imp-set-request.h"

static void
add_pictures (CurateFixture *fixture, const char *sample, guint n)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *from =
          g_build_filename (sample, i % 2 ? "phone-photo.jpg" : "chest.dcm", NULL);
      g_autofree char *name = g_strdup_printf ("%u.%s", i, i % 2 ? "jpg" : "dcm");
      g_autofree char *to = curate_path (fixture, name);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
      g_ptr_array_add (items, curate_make_item (fixture, "H204417", name));
      ((ImpCurationItem *)items->pdata[i])->n_frames = 1;
    }
  curate_add (fixture, items);
}

static GPtrArray *
list_questions (CurateFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *questions = imp_gate_questions (fixture->gate, "consent", "teaching-file", &error);

  g_assert_no_error (error);
  return questions;
}

static const char *
answer_to (const ImpQuestion *question)
{
  return question->clears != NULL ? question->clears : "a synthetic answer for a test";
}

/* What may be said once is said once. */
static void
prepare (CurateFixture *fixture, GPtrArray *questions)
{
  /* What is written in them: at the top of the X-ray, across the photograph. */
  const ImpCurationBox boxes[] = { { IMP_CURATION_ALL_FRAMES, 0, 0, 512, 46 },
                                   { IMP_CURATION_ALL_FRAMES, 600, 650, 600, 200 } };
  GAsyncResult *last = NULL;

  for (guint i = 0; i < imp_curation_get_n_items (fixture->curation); i++)
    {
      g_autoptr (ImpCurationItem) item =
          imp_curation_item_copy (imp_curation_get_item (fixture->curation, i));

      g_array_append_val (item->boxes, boxes[i % 2]);
      imp_curation_edit_async (fixture->curation, item, NULL, NULL);
      for (guint j = 0; j < questions->len; j++)
        {
          const ImpQuestion *question = g_ptr_array_index (questions, j);
          const gboolean once =
              g_str_equal (question->scope, "person") || g_str_equal (question->page, "use");

          if (i == 0 || !once)
            imp_curation_answer_async (fixture->curation, i, question, answer_to (question), NULL,
                                       NULL);
        }
      imp_curation_set_state_async (fixture->curation, i, IMP_CURATION_CLEARED, NULL, NULL, NULL);
    }
  imp_curation_refresh_async (fixture->curation, curate_done, &last);
  curate_must (fixture, &last);
}

static GFile *
make_folder (CurateFixture *fixture, const char *name)
{
  g_autofree char *path = curate_path (fixture, name);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return g_file_new_for_path (path);
}

static void
release_one (CurateFixture *fixture, guint index, const char *person, GPtrArray *questions,
             GFile *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = imp_id_neutral_file_name ("png");
  g_autoptr (GFile) target = g_file_get_child (folder, name);
  g_autoptr (ImpRequest) request = imp_set_request_new (
      imp_curation_get_item (fixture->curation, index), IMP_ORIGIN_SCRIPT, NULL, &error);
  g_autoptr (ImpReceipt) receipt = NULL;

  g_assert_no_error (error);
  imp_request_set_destination (request, "teaching-file");
  imp_request_set_route (request, "consent");
  imp_request_set_person (request, person);
  imp_request_set_target (request, target);
  for (guint i = 0; i < questions->len; i++)
    imp_request_set_answer (request, ((ImpQuestion *)questions->pdata[i])->key,
                            answer_to (questions->pdata[i]));
  receipt = imp_gate_release_sync (fixture->gate, request, NULL, NULL, &error);
  g_assert_no_error (error);
}

static double
seconds_since (gint64 *from)
{
  const gint64 now = g_get_monotonic_time ();
  const double seconds = (double)(now - *from) / G_USEC_PER_SEC;

  *from = now;
  return seconds;
}

int
main (int argc, char **argv)
{
  CurateFixture fixture = { 0 };
  const guint n = argc > 2 ? (guint)atoi (argv[2]) : 200;
  g_autoptr (GError) error = NULL;
  double singles = 0;
  double rehearsal = 0;
  double batch_alone = 0;
  gint64 from = 0;

  if (argc < 2)
    g_error ("Usage: bench-set-release SAMPLE-FOLDER [N]");
  curate_set_up (&fixture, NULL);
  {
    g_autofree char *person = curate_add_person (fixture.gate, "H204417");
    g_autofree char *permission = curate_permit (fixture.gate, person);
    g_autoptr (GPtrArray) questions = list_questions (&fixture);
    g_autoptr (GFile) warm = make_folder (&fixture, "warm");
    g_autoptr (GFile) one_by_one = make_folder (&fixture, "single");
    g_autoptr (GFile) together = make_folder (&fixture, "batch");
    g_autoptr (ImpSetRelease) batch = NULL;

    add_pictures (&fixture, argv[1], n);
    prepare (&fixture, questions);
    for (guint i = 0; i < MIN (n, 4); i++)
      release_one (&fixture, i, person, questions, warm);
    from = g_get_monotonic_time ();
    for (guint i = 0; i < n; i++)
      release_one (&fixture, i, person, questions, one_by_one);
    singles = seconds_since (&from);
    batch = imp_set_release_new (fixture.curation, IMP_ORIGIN_SCRIPT, &error);
    g_assert_no_error (error);
    imp_set_release_rehearse_sync (batch, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_ALLOWED), ==, n);
    rehearsal = seconds_since (&from);
    imp_set_release_run_sync (batch, together, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (imp_set_release_count (batch, IMP_SET_EXPORTED), ==, n);
    batch_alone = seconds_since (&from);
    printf ("%u pictures, %u processors: the set took %.2f of the time of single releases, "
            "%.2f with its rehearsal (%.1f s, %.1f s, %.1f s)\n",
            n, g_get_num_processors (), batch_alone / singles, (batch_alone + rehearsal) / singles,
            singles, rehearsal, batch_alone);
  }
  curate_tear_down (&fixture, NULL);
  return 0;
}
