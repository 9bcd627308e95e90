#include "gate-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-flat-image.h"

char *
in_folder (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

/* Every question of the request's route and destination, with the answer that raises no flag. */
void
answer_all (Fixture *fixture, ImpRequest *request, const char *route, const char *destination)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions = imp_gate_questions (fixture->gate, route, destination, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (questions->len, >, 5);
  imp_request_set_route (request, route);
  imp_request_set_destination (request, destination);
  imp_request_set_looked_at (request, TRUE);
  imp_request_set_seen_share (request, 100);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      imp_request_set_answer (request, question->key,
                              question->clears != NULL ? question->clears
                                                       : "a synthetic answer for a test");
    }
}

ImpGate *
open_gate (Fixture *fixture, gboolean create)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, "register.db");
  g_autofree char *key = in_folder (fixture, "key");
  ImpGate *gate = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, create, &error);

  g_assert_no_error (error);
  return gate;
}

/* From dark to light, from left to right and down, in colours that differ: nothing that could be
 * taken for writing, and no two rows alike. */
static int
shade (guint i)
{
  int x = (int)(i / 3) % WIDTH;
  int y = (int)(i / 3) / WIDTH;

  return 1 + 160 * x / WIDTH + 80 * y / HEIGHT + 4 * (int)(i % 3);
}

static void
make_source (Fixture *fixture, gboolean noise)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (41);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT * 3);
  g_autofree char *path = in_folder (fixture, "source.png");
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (ImpFlatImage) flat = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ImpFrame) frame = NULL;

  for (guint i = 0; i < WIDTH * HEIGHT * 3; i++)
    pixels[i] = (guint8)(noise ? g_rand_int_range (random, 0, 256) : shade (i));
  raw = g_bytes_new (pixels, WIDTH * HEIGHT * 3);
  raster = imp_raster_new (WIDTH, HEIGHT, 3, raw, &error);
  flat = imp_flat_image_new (raster, NULL, 0, NULL, NULL, &error);
  png = imp_encode_png (flat, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                      (gssize)g_bytes_get_size (png), &error));
  fixture->source = imp_source_open_sync (file, NULL, &error);
  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  fixture->request = imp_request_new (fixture->source, 0, frame, IMP_ORIGIN_SCRIPT);
}

void
set_up (Fixture *fixture, gconstpointer noise)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ImpPerson) person = imp_person_new ();

  fixture->folder = g_dir_make_tmp ("imprimatur-gate-XXXXXX", NULL);
  fixture->gate = open_gate (fixture, TRUE);
  make_source (fixture, noise != NULL);
  path = in_folder (fixture, "img-1.png");
  fixture->target = g_file_new_for_path (path);
  imp_request_set_target (fixture->request, fixture->target);

  person->hospital_number = g_strdup ("H204417");
  person->name = g_strdup ("EXAMPLE, Person A");
  person->born = g_strdup ("1961-03-12");
  g_assert_true (imp_register_add_person (imp_gate_get_register (fixture->gate), person, &error));
  g_assert_no_error (error);
  fixture->person_id = g_strdup (person->id);
  imp_request_set_person (fixture->request, "");
}

void
tear_down (Fixture *fixture, gconstpointer data)
{
  GDir *dir = NULL;
  const char *name = NULL;

  g_clear_object (&fixture->request);
  g_clear_object (&fixture->source);
  g_clear_object (&fixture->gate);
  g_clear_object (&fixture->target);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = in_folder (fixture, name);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->person_id);
}

char *
add_permission (Fixture *fixture, const char *level)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  permission->person_id = g_strdup (fixture->person_id);
  permission->level = g_strdup (level);
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  g_assert_true (
      imp_register_add_permission (imp_gate_get_register (fixture->gate), permission, &error));
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

gboolean
ledger_has (Fixture *fixture, const char *kind, const char *export_id)
{
  gboolean found = FALSE;

  g_assert_true (imp_ledger_has (fixture->gate->ledger, kind, export_id, &found, NULL));
  return found;
}

gboolean
refused_by (GPtrArray *reasons, const char *rule)
{
  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    if (g_str_equal (((ImpReason *)g_ptr_array_index (reasons, i))->rule, rule))
      return TRUE;
  return FALSE;
}

void
assert_refused (Fixture *fixture, const char *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (ImpReceipt) receipt =
      imp_gate_release_sync (fixture->gate, fixture->request, NULL, &reasons, &error);

  g_assert_null (receipt);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_assert_nonnull (reasons);
  if (!refused_by (reasons, rule))
    g_test_message ("first reason: %s", ((ImpReason *)g_ptr_array_index (reasons, 0))->rule);
  g_assert_true (refused_by (reasons, rule));
  g_assert_false (g_file_query_exists (fixture->target, NULL));
}

/* Another picture instead: the first frame of a file, nothing answered yet, for nobody known. */
void
open_source (Fixture *fixture, const char *path, guint planes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ImpFrame) frame = NULL;

  g_clear_object (&fixture->request);
  g_clear_object (&fixture->source);
  fixture->source = imp_source_open_sync (file, NULL, &error);
  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (fixture->source, 0, planes, NULL, &error);
  g_assert_no_error (error);
  fixture->request = imp_request_new (fixture->source, 0, frame, IMP_ORIGIN_SCRIPT);
  imp_request_set_target (fixture->request, fixture->target);
  imp_request_set_person (fixture->request, "");
}

/* Somebody has looked at all that the finished picture shows and is nobody's. */
void
acknowledge_all (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  g_autoptr (ImpRehearsal) rehearsal =
      imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; rehearsal->left != NULL && i < rehearsal->left->len; i++)
    {
      const ImpSuggestion *left = g_ptr_array_index (rehearsal->left, i);

      if (left->keep == IMP_KEEP_NO)
        g_array_append_val (regions, left->rect);
    }
  imp_request_set_acknowledged (fixture->request, rehearsal->output_sha256,
                                (const ImpRect *)(void *)regions->data, regions->len);
}
