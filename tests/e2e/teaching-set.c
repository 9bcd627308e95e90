/* A session that is ready to leave, and letting it leave, for tests that look at what is then
 * there.
 *
 * Usage: teaching-set prepare WORK SAMPLE N: makes WORK/register.db and a session of N pictures, in
 * cases of two, and prints its id. teaching-set run WORK SESSION FOLDER: releases it, and prints
 * the name of each that left. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "curate-fixture.h"
#include "imp-register-teaching.h"
#include "imp-set-release.h"

/* What is written in them: at the top of the X-ray, across the photograph. */
static const ImpCurationBox WRITTEN[] = { { IMP_CURATION_ALL_FRAMES, 0, 0, 512, 46 },
                                          { IMP_CURATION_ALL_FRAMES, 600, 650, 600, 200 } };
static const char *const FILES[] = { "chest.dcm", "phone-photo.jpg" };
static const char *const CAPTIONS[] = { "A chest & <nothing> else", "A hand with a label" };

static void
add_pictures (CurateFixture *fixture, const char *sample, guint n)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *from = g_build_filename (sample, FILES[i % 2], NULL);
      g_autofree char *name = g_strdup_printf ("%u%s", i, strrchr (FILES[i % 2], '.'));
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

static void
add_case (CurateFixture *fixture, guint first, guint n)
{
  ImpRegister *reg = imp_gate_get_register (fixture->gate);
  g_autoptr (ImpTeachingCase) teaching = imp_teaching_case_new ();
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *ids = g_new0 (gint64, n);

  teaching->texts[IMP_TEACHING_TITLE] = g_strdup ("A rounded shadow in a child");
  teaching->texts[IMP_TEACHING_QUESTION] = g_strdup ("What lies in the oesophagus?");
  teaching->texts[IMP_TEACHING_ANSWER] = g_strdup ("A coin.");
  teaching->texts[IMP_TEACHING_POINTS] = g_strdup ("A button battery has a double rim.");
  teaching->modality = g_strdup ("DX");
  teaching->body_part = g_strdup ("CHEST");
  imp_register_save_teaching_case (reg, teaching, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    ids[i] = imp_curation_get_item (fixture->curation, first + i)->id;
  imp_register_set_teaching_images (reg, teaching->id, ids, n, &error);
  for (guint i = 0; i < n; i++)
    imp_register_describe_teaching_image (reg, ids[i], CAPTIONS[i % 2], "", &error);
  g_assert_no_error (error);
}

static void
clear_all (CurateFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions =
      imp_gate_questions (fixture->gate, "consent", "teaching-file", &error);
  GAsyncResult *last = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < imp_curation_get_n_items (fixture->curation); i++)
    {
      g_autoptr (ImpCurationItem) item =
          imp_curation_item_copy (imp_curation_get_item (fixture->curation, i));

      g_array_append_val (item->boxes, WRITTEN[i % 2]);
      imp_curation_edit_async (fixture->curation, item, NULL, NULL);
      for (guint j = 0; j < questions->len; j++)
        {
          const ImpQuestion *question = g_ptr_array_index (questions, j);

          imp_curation_answer_async (fixture->curation, i, question,
                                     question->clears != NULL ? question->clears
                                                              : "a synthetic answer for a test",
                                     NULL, NULL);
        }
    }
  for (guint i = 0; i < imp_curation_get_n_items (fixture->curation); i++)
    imp_curation_set_state_async (fixture->curation, i, IMP_CURATION_CLEARED, NULL, NULL, NULL);
  imp_curation_refresh_async (fixture->curation, curate_done, &last);
  curate_must (fixture, &last);
}

static void
prepare (char *work, const char *sample, guint n)
{
  CurateFixture fixture = { .folder = work };
  g_autoptr (GError) error = NULL;
  g_autofree char *person = NULL;
  g_autofree char *permission = NULL;

  fixture.gate = curate_open_gate (&fixture, TRUE);
  fixture.id = imp_curation_create_sync (fixture.gate, "Films", &error);
  g_assert_no_error (error);
  curate_open (&fixture);
  person = curate_add_person (fixture.gate, "H204417");
  permission = curate_permit (fixture.gate, person);
  add_pictures (&fixture, sample, n);
  for (guint i = 0; i + 1 < n; i += 2)
    add_case (&fixture, i, 2);
  curate_open (&fixture);
  clear_all (&fixture);
  printf ("%s\n", fixture.id);
  g_clear_object (&fixture.curation);
  g_clear_object (&fixture.gate);
  g_free (fixture.id);
}

static void
on_entry_changed (ImpSetRelease *batch, guint index, gpointer user_data)
{
  g_autofree char *name = imp_set_release_dup_name (batch, index);
  g_autofree char *problem = imp_set_release_dup_problem (batch, index);

  if (name != NULL)
    printf ("%s\n", name);
  else if (problem != NULL)
    fprintf (stderr, "%s\n", problem);
  fflush (stdout);
}

static int
run (char *work, char *session, const char *path)
{
  CurateFixture fixture = { .folder = work, .id = session };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (ImpSetRelease) batch = NULL;
  GAsyncResult *result = NULL;

  fixture.gate = curate_open_gate (&fixture, FALSE);
  curate_open (&fixture);
  batch = imp_set_release_new (fixture.curation, IMP_ORIGIN_SCRIPT, &error);
  g_assert_no_error (error);
  imp_set_release_rehearse_sync (batch, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (batch, "entry-changed", G_CALLBACK (on_entry_changed), NULL);
  imp_set_release_run_async (batch, folder, NULL, curate_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  imp_set_release_finish (batch, result, &error);
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  g_clear_object (&fixture.curation);
  g_clear_object (&fixture.gate);
  return error != NULL;
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "prepare"))
    prepare (argv[2], argv[3], (guint)atoi (argv[4]));
  else if (argc == 5 && g_str_equal (argv[1], "run"))
    return run (argv[2], argv[3], argv[4]);
  else
    g_error ("Usage: teaching-set prepare WORK SAMPLE N | run WORK SESSION FOLDER");
  return 0;
}
