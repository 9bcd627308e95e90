/* What left is known again, and a "no" reaches it at once: through the gate, with its real parts.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "gate-fixture.h"
#include "gate-trace.h"
#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-flat-image.h"
#include "made-pictures.h"
#include "users.h"

/* A picture of the size that pictures have, instead of the fixture's. */
static ImpRaster *
use_picture (Fixture *fixture, guint kind, guint number)
{
  g_autoptr (ImpRaster) raster = made_picture_new (kind, number);
  g_autoptr (ImpFlatImage) flat = imp_flat_image_new (raster, NULL, 0, NULL, NULL, NULL);
  g_autoptr (GBytes) png = imp_encode_png (flat, NULL, NULL);
  g_autofree char *path = in_folder (fixture, "large.png");

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                      (gssize)g_bytes_get_size (png), NULL));
  open_source (fixture, path, 0);
  return g_steal_pointer (&raster);
}

static void
use_target (Fixture *fixture, const char *name)
{
  g_autofree char *path = in_folder (fixture, name);

  g_clear_object (&fixture->target);
  fixture->target = g_file_new_for_path (path);
  imp_request_set_target (fixture->request, fixture->target);
}

static char *
release (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;

  use_target (fixture, name);
  acknowledge_all (fixture);
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (receipt->ledger_id);
}

static GFile *
write_found (Fixture *fixture, const ImpRaster *raster, const MadeChange *change)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (ImpRaster) found = made_picture_change (raster, change, random);
  g_autoptr (ImpFlatImage) flat = imp_flat_image_new (found, NULL, 0, NULL, NULL, NULL);
  g_autoptr (GBytes) jpeg = imp_encode_jpeg (flat, 90, NULL, NULL);
  g_autofree char *path = in_folder (fixture, "found.jpg");

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (jpeg, NULL),
                                      (gssize)g_bytes_get_size (jpeg), NULL));
  return g_file_new_for_path (path);
}

static GPtrArray *
find (Fixture *fixture, GFile *file)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *matches = imp_gate_find_image_sync (fixture->gate, file, NULL, NULL, &error);

  g_assert_no_error (error);
  return matches;
}

static void
test_find_image (Fixture *fixture, gconstpointer data)
{
  static const MadeChange CHANGE = {
    .third = TRUE, .cut = { 0.05, 0.1, 0, 0.08 }, .caption = 0.12, .quality = 60
  };
  g_autoptr (ImpRaster) raster = use_picture (fixture, 4, 9);
  g_autoptr (ImpRaster) stranger = made_picture_new (4, 10);
  g_autofree char *id = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GFile) changed = NULL;
  g_autoptr (GFile) foreign = NULL;
  g_autoptr (GPtrArray) exact = NULL;
  g_autoptr (GPtrArray) similar = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autofree char *text = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  id = release (fixture, "img-2.png");
  exact = find (fixture, fixture->target);
  g_assert_cmpuint (exact->len, ==, 1);
  g_assert_true (((ImpImageMatch *)exact->pdata[0])->exact);
  g_assert_cmpstr (((ImpImageMatch *)exact->pdata[0])->copy->export_id, ==, id);
  changed = write_found (fixture, raster, &CHANGE);
  similar = find (fixture, changed);
  g_assert_cmpuint (similar->len, ==, 1);
  g_assert_false (((ImpImageMatch *)similar->pdata[0])->exact);
  g_assert_cmpfloat (((ImpImageMatch *)similar->pdata[0])->difference, >, 0);
  g_assert_cmpstr (((ImpImageMatch *)similar->pdata[0])->copy->export_id, ==, id);
  foreign = write_found (fixture, stranger, &CHANGE);
  none = find (fixture, foreign);
  g_assert_cmpuint (none->len, ==, 0);

  /* Each look-up is in the ledger: what was found, not what the file is called. */
  rows = imp_gate_ledger_list_sync (fixture->gate, 10, NULL);
  g_assert_cmpuint (g_variant_n_children (rows), ==, 5);
  text = g_variant_print (rows, FALSE);
  g_assert_nonnull (strstr (text, "look-up"));
  g_assert_nonnull (strstr (text, "\"hit\":true"));
  g_assert_nonnull (strstr (text, "\"hit\":false"));
  g_assert_null (strstr (text, "found.jpg"));
  g_assert_null (strstr (text, "img-2"));
}

/* What was covered is not what a picture is known by: the hash is that of what left. */
static void
test_hash_of_what_leaves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRaster) raster = use_picture (fixture, 4, 11);
  ImpRect box = { 0, 0, imp_raster_get_width (raster), imp_raster_get_height (raster) };
  g_autofree char *all = NULL;
  g_autofree char *covered = NULL;
  gint64 after = 0;
  g_autoptr (GPtrArray) hashes = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  all = release (fixture, "img-3.png");
  imp_request_set_boxes (fixture->request, &box, 1);
  covered = release (fixture, "img-4.png");
  hashes = imp_copies_list_hashes (fixture->gate->ledger, &after, 10, NULL);
  g_assert_cmpuint (hashes->len, ==, 1);
  g_assert_cmpstr (((ImpCopyHash *)hashes->pdata[0])->export_id, ==, all);
  g_assert_cmpstr (all, !=, covered);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "junk.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  g_assert_null (imp_gate_find_image_sync (fixture->gate, file, NULL, NULL, &error));
  g_assert_cmpint (imp_error_exit_status (error), ==, 2);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_null (imp_gate_find_image_sync (fixture->gate, file, NULL, cancelled, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
}

/* Looking up by image is for keepers and auditors, asking back for keepers; where a picture went is
 * said by whoever released it, too. */
static void
test_rights (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *who = NULL;

  must_sign_in (fixture, OPERATOR);
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  id = release (fixture, "img-8.png");
  g_assert_true (
      imp_gate_set_copy_place (fixture->gate, id, "A course", NULL, NULL, FALSE, &error));
  g_assert_null (imp_gate_find_image_sync (fixture->gate, fixture->target, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (imp_gate_chase_takedown (fixture->gate, id, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (imp_gate_settle_takedown (fixture->gate, id, IMP_COPY_REMOVED, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (imp_gate_drop_takedown (fixture->gate, id, "x", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (count_rows (fixture, "SELECT count(*) FROM ledger WHERE kind = 'look-up'"), ==,
                   0);

  must_sign_in (fixture, KEEPER);
  found = find (fixture, fixture->target);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (imp_gate_chase_takedown (fixture->gate, id, NULL, "telephone", &error));
  g_assert_true (imp_gate_settle_takedown (fixture->gate, id, IMP_COPY_REMOVED, NULL, &error));
  g_assert_no_error (error);
  /* Who looked is in the row. */
  who =
      read_text (fixture, "SELECT name FROM user WHERE id = (SELECT json_extract (body, '$.user') "
                          "FROM ledger WHERE kind = 'look-up')");
  g_assert_cmpstr (who, ==, KEEPER);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray **found = user_data;

  *found = imp_gate_find_image_finish (IMP_GATE (source), result, &error);
  g_assert_no_error (error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray **listed = user_data;

  *listed = imp_gate_list_copies_finish (IMP_GATE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRaster) raster = use_picture (fixture, 2, 12);
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  ImpCopyFilter filter = { 0 };

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  id = release (fixture, "img-5.png");
  filter.export_id = id;
  imp_gate_find_image_async (fixture->gate, fixture->target, NULL, on_found, &found);
  imp_gate_list_copies_async (fixture->gate, &filter, NULL, on_listed, &listed);
  while (found == NULL || listed == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (listed->len, ==, 1);
}

/* The letter says which picture, and nothing of whose or why. */
static void
test_letter (Fixture *fixture, gconstpointer data)
{
  const char *const urls[] = { "https://journal.example/fig1", NULL };
  const char *const dois[] = { "10.1000/182", NULL };
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autofree char *id = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *today = NULL;
  g_autofree char *released = NULL;
  g_autofree char *dated = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GError) error = NULL;

  answer_all (fixture, fixture->request, "consent", "teaching-file");
  imp_request_set_person (fixture->request, fixture->person_id);
  id = release (fixture, "img-6.png");
  g_assert_true (imp_gate_set_copy_place (fixture->gate, id, "Journal of Examples", urls, dois,
                                          FALSE, &error));
  letter = imp_gate_write_takedown_letter (fixture->gate, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (letter, urls[0]));
  g_assert_nonnull (strstr (letter, "https://doi.org/10.1000/182"));
  g_assert_nonnull (strstr (letter, "Journal of Examples"));
  g_assert_nonnull (strstr (letter, id));
  /* Days as the other papers write them; lines are as long as the page that they are put on. */
  now = g_date_time_new_now_utc ();
  today = g_date_time_format (now, "%-d %B %Y");
  released = g_strdup_printf ("On %s we released", today);
  dated = g_strdup_printf ("address]\n%s\n", today);
  g_assert_nonnull (strstr (letter, released));
  g_assert_nonnull (strstr (letter, dated));
  g_assert_nonnull (strstr (letter, "we have to act on that without delay. Please\n\n"));
  g_assert_null (strstr (letter, "\n    "));
  g_assert_null (strstr (letter, fixture->person_id));
  g_assert_null (strstr (letter, permission));
  g_assert_null (strstr (letter, "H204417"));
  g_assert_null (strstr (letter, "EXAMPLE, Person"));
  g_assert_null (imp_gate_write_takedown_letter (fixture->gate, "nobody", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

typedef struct
{
  ImpGate *gate;
  const char *permission;
  gulong wait;
} Withdrawal;

static gpointer
withdraw_later (gpointer data)
{
  const Withdrawal *withdrawal = data;
  g_autoptr (GError) error = NULL;

  g_usleep (withdrawal->wait);
  imp_register_withdraw (imp_gate_get_register (withdrawal->gate), withdrawal->permission, NULL,
                         NULL, &error);
  g_assert_no_error (error);
  return NULL;
}

/* Given today, so that it comes after the withdrawal of the one before. */
static char *
agree_again (Fixture *fixture)
{
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autoptr (GError) error = NULL;

  g_usleep (2000);
  permission->person_id = g_strdup (fixture->person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = imp_clock_today ();
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (imp_gate_get_register (fixture->gate), permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

/* Whatever the moment, either nothing left, or what left is asked back. */
static gboolean
race (Fixture *fixture, ImpGate *other, gulong wait)
{
  g_autofree char *permission = agree_again (fixture);
  Withdrawal withdrawal = { other, permission, wait };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autofree char *path = g_file_get_path (fixture->target);
  GThread *thread = NULL;

  imp_request_set_permission (fixture->request, permission);
  acknowledge_all (fixture);
  thread = g_thread_new ("withdraw", withdraw_later, &withdrawal);
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, &reasons, &error);
  g_thread_join (thread);
  if (receipt != NULL)
    {
      g_autoptr (ImpCopy) copy = imp_gate_get_copy (other, receipt->ledger_id, NULL);

      g_assert_cmpstr (copy->task_reason, ==, "withdrawn");
      g_unlink (path);
      return FALSE;
    }
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  return TRUE;
}

static guint
count_kind (Fixture *fixture, const char *kind)
{
  g_autoptr (GVariant) rows = imp_gate_ledger_list_sync (fixture->gate, 1000, NULL);
  guint count = 0;

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char *found = NULL;

      g_variant_lookup (row, "kind", "&s", &found);
      count += g_strcmp0 (found, kind) == 0;
    }
  return count;
}

/* A withdrawal through another connection while the picture is being prepared: the last look, which
 * is inside the transaction, sees it. A refusal by the first look is a row of the ledger, so one
 * without a row is one by the last. */
static void
test_withdrawal_in_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpGate) other = open_gate (fixture, FALSE);
  g_autoptr (ImpRaster) raster = use_picture (fixture, 5, 13);
  guint n_refused = 0;

  answer_all (fixture, fixture->request, "consent", "teaching-file");
  imp_request_set_person (fixture->request, fixture->person_id);
  use_target (fixture, "img-7.png");
  for (guint try = 0; try < 60 && n_refused == count_kind (fixture, "refused"); try++)
    n_refused += race (fixture, other, (gulong)(try % 10) * 15000);
  g_assert_cmpuint (n_refused, >, count_kind (fixture, "refused"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "/trace/find-image", test_find_image },
    { "/trace/hash-of-what-leaves", test_hash_of_what_leaves },
    { "/trace/unreadable", test_unreadable },
    { "/trace/async", test_async },
    { "/trace/letter", test_letter },
    { "/trace/policy-row-1/withdrawal-in-between", test_withdrawal_in_between },
  };

  int result = 0;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  g_test_add ("/trace/security/5-9/rights", Fixture, NULL, set_up_two, test_rights, tear_down);
  result = g_test_run ();
  forget_templates ();
  return result;
}
