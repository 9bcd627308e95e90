#include "curate-fixture.h"

#include <ftw.h>
#include <glib/gstdio.h>

char *
curate_path (CurateFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

ImpGate *
curate_open_gate (CurateFixture *fixture, gboolean create)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = curate_path (fixture, "register.db");
  g_autofree char *key = curate_path (fixture, "key");
  ImpGate *gate = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, create, &error);

  g_assert_no_error (error);
  return gate;
}

/* As a window does that was closed and opened again. */
void
curate_open (CurateFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->curation);
  fixture->curation = imp_curation_open_sync (fixture->gate, fixture->id, &error);
  g_assert_no_error (error);
}

void
curate_set_up (CurateFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("imprimatur-curate-XXXXXX", NULL);
  fixture->gate = curate_open_gate (fixture, TRUE);
  fixture->id = imp_curation_create_sync (fixture->gate, "Chest films", &error);
  g_assert_no_error (error);
  curate_open (fixture);
}

static int
remove_one (const char *path, const struct stat *status, int kind, struct FTW *place)
{
  return g_remove (path);
}

void
curate_tear_down (CurateFixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->curation);
  g_clear_object (&fixture->gate);
  g_assert_cmpint (nftw (fixture->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->id);
}

char *
curate_add_person (ImpGate *gate, const char *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_person_new ();

  person->hospital_number = g_strdup (number);
  person->name = g_strdup ("EXAMPLE^PERSON A");
  person->born = g_strdup ("1961-05-03");
  imp_register_add_person (imp_gate_get_register (gate), person, &error);
  g_assert_no_error (error);
  return g_strdup (person->id);
}

char *
curate_permit (ImpGate *gate, const char *person_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (imp_gate_get_register (gate), permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

/* Made by the scanner "Sono 3": 640 × 480, three frames. */
ImpCurationItem *
curate_make_item (CurateFixture *fixture, const char *number, const char *name)
{
  ImpCurationItem *item = imp_curation_item_new ();

  item->number = g_strdup (number);
  item->path = curate_path (fixture, name);
  item->series_uid = g_strdup ("1.2.826.0.1.3680043.10.1");
  item->manufacturer = g_strdup ("Example Devices");
  item->model = g_strdup ("Sono 3");
  item->station = g_strdup ("ROOM7");
  item->rows = 480;
  item->columns = 640;
  item->n_frames = 3;
  return item;
}

void
curate_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

gboolean
curate_wait (CurateFixture *fixture, GAsyncResult **result, GError **error)
{
  gboolean done = FALSE;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = imp_curation_gesture_finish (fixture->curation, *result, error);
  g_clear_object (result);
  return done;
}

void
curate_must (CurateFixture *fixture, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  gboolean done = curate_wait (fixture, result, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

void
curate_add (CurateFixture *fixture, GPtrArray *items)
{
  GAsyncResult *result = NULL;

  imp_curation_add_async (fixture->curation, fixture->folder, items, curate_done, &result);
  curate_must (fixture, &result);
}

void
curate_set_state (CurateFixture *fixture, guint index, ImpCurationState state)
{
  GAsyncResult *result = NULL;

  imp_curation_set_state_async (fixture->curation, index, state,
                                state == IMP_CURATION_SET_ASIDE ? "blurred" : NULL, curate_done,
                                &result);
  curate_must (fixture, &result);
}

void
curate_cover (CurateFixture *fixture, guint index, const ImpCurationBox *box)
{
  GAsyncResult *result = NULL;
  g_autoptr (ImpCurationItem) item =
      imp_curation_item_copy (imp_curation_get_item (fixture->curation, index));

  g_array_append_vals (item->boxes, box, 1);
  imp_curation_edit_async (fixture->curation, item, curate_done, &result);
  curate_must (fixture, &result);
}
