/* The one door, with its real parts: decoder helper, SQLCipher register, ledger, disk. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "gate-disk.h"
#include "gate-fixture.h"
#include "imp-error.h"
#include "imp-flat-image.h"
#include "imp-hash.h"
#include "imp-name.h"

static void
test_release (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autofree char *on_disk = NULL;
  g_autofree char *hash = NULL;
  gsize length = 0;
  ImpRect box = { 3, 5, 20, 10 };
  gint64 n_rows = 0;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_boxes (fixture->request, &box, 1);
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (
      g_file_get_contents (g_file_peek_path (fixture->target), &on_disk, &length, &error));
  hash = imp_hash_data (on_disk, length);
  g_assert_cmpstr (hash, ==, receipt->sha256);
  g_assert_true (ledger_has (fixture, "intent", receipt->ledger_id));
  g_assert_true (ledger_has (fixture, "done", receipt->ledger_id));
  g_assert_true (g_strv_contains ((const char *const *)receipt->rules, "row-9"));
  g_assert_cmpuint (receipt->boxes_as_filled->len, ==, 1);
  g_assert_true (imp_rect_equal (&g_array_index (receipt->boxes_as_filled, ImpRect, 0), &box));
  g_assert_nonnull (strstr (receipt->json, receipt->chain_head));
  g_assert_nonnull (strstr (receipt->json, "answers given by a script, OS user"));
  g_assert_true (
      imp_gate_ledger_verify_sync (fixture->gate, receipt->chain_head, &n_rows, NULL, &error));
  g_assert_cmpint (n_rows, ==, 2);
}

static void
test_unanswered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) rows = NULL;

  imp_request_set_route (fixture->request, "anonymised");
  imp_request_set_destination (fixture->request, "teaching-file");
  assert_refused (fixture, "question:why-share");
  rows = imp_gate_ledger_list_sync (fixture->gate, 10, NULL);
  g_assert_cmpuint (g_variant_n_children (rows), ==, 1); /* the refusal is kept, nothing else */
}

static void
test_nobody_named (Fixture *fixture, gconstpointer data)
{
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_person (fixture->request, NULL);
  assert_refused (fixture, "floor:person");
}

/* Consent is given, the output looked at, and withdrawn before the export. */
static void
test_withdrawn_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autoptr (ImpRehearsal) rehearsal = NULL;

  answer_all (fixture, fixture->request, "consent", "teaching-file");
  imp_request_set_person (fixture->request, fixture->person_id);
  rehearsal = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rehearsal->allowed);
  g_assert_cmpstr (rehearsal->permission_id, ==, permission);
  g_assert_cmpint (imp_raster_get_width (rehearsal->preview), ==, WIDTH);
  g_assert_cmpuint (rehearsal->n_answered, ==, rehearsal->n_questions);
  g_assert_true (imp_register_withdraw (imp_gate_get_register (fixture->gate), permission,
                                        "patient", "telephone", &error));
  assert_refused (fixture, "row-1");
}

/* A refusal blocks the anonymised use that it speaks of, and no consent to something else. */
static void
test_row_01_refusal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *teaching = add_permission (fixture, "teaching-closed");
  g_autoptr (ImpPermission) refusal = imp_permission_new ();
  g_autoptr (ImpRehearsal) internal = NULL;
  g_autoptr (ImpRehearsal) publication = NULL;
  g_autoptr (ImpRehearsal) consented = NULL;

  refusal->person_id = g_strdup (fixture->person_id);
  refusal->level = g_strdup ("publication-open-web");
  refusal->given_by = g_strdup ("patient");
  refusal->capacity = g_strdup ("presumed");
  refusal->given = g_strdup ("2026-01-05");
  refusal->state = IMP_PERMISSION_REFUSED;
  g_assert_true (
      imp_register_add_permission (imp_gate_get_register (fixture->gate), refusal, &error));
  g_assert_no_error (error);
  imp_request_set_person (fixture->request, fixture->person_id);

  answer_all (fixture, fixture->request, "anonymised", "publication");
  publication = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_false (publication->allowed);
  g_assert_true (refused_by (publication->reasons, "row-1"));
  answer_all (fixture, fixture->request, "anonymised", "internal-meeting");
  internal = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_true (internal->allowed);
  answer_all (fixture, fixture->request, "consent", "teaching-file");
  consented = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_true (consented->allowed);
  g_assert_cmpstr (consented->permission_id, ==, teaching);
}

/* A yes of January that is typed in today does not lift a no of November. */
static void
test_row_01_older_yes_recorded_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) refusal = imp_permission_new ();
  g_autofree char *yes = NULL;
  g_autoptr (ImpRehearsal) anonymised = NULL;
  g_autoptr (ImpRehearsal) consented = NULL;

  refusal->person_id = g_strdup (fixture->person_id);
  refusal->level = g_strdup ("teaching-closed");
  refusal->given_by = g_strdup ("patient");
  refusal->capacity = g_strdup ("presumed");
  refusal->given = g_strdup ("2026-11-10");
  refusal->state = IMP_PERMISSION_REFUSED;
  g_assert_true (
      imp_register_add_permission (imp_gate_get_register (fixture->gate), refusal, &error));
  g_assert_no_error (error);
  yes = add_permission (fixture, "teaching-closed"); /* given on 2026-01-05 */
  imp_request_set_person (fixture->request, fixture->person_id);
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  anonymised = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_false (anonymised->allowed);
  g_assert_true (refused_by (anonymised->reasons, "row-1"));
  answer_all (fixture, fixture->request, "consent", "teaching-file");
  consented = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_false (consented->allowed);
}

static void
test_permission_of_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autoptr (ImpPerson) other = imp_person_new ();
  g_autoptr (GPtrArray) reasons = NULL;

  other->hospital_number = g_strdup ("H198820");
  g_assert_true (imp_register_add_person (imp_gate_get_register (fixture->gate), other, &error));
  answer_all (fixture, fixture->request, "consent", "teaching-file");
  imp_request_set_person (fixture->request, other->id);
  imp_request_set_permission (fixture->request, permission);
  g_assert_null (imp_gate_release_sync (fixture->gate, fixture->request, NULL, &reasons, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_assert_true (refused_by (reasons, "floor:permission"));
  g_assert_false (g_file_query_exists (fixture->target, NULL));
}

static void
test_objection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_register_set_objection (imp_gate_get_register (fixture->gate),
                                             fixture->person_id, TRUE, NULL, &error));
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_person (fixture->request, fixture->person_id);
  assert_refused (fixture, "row-1");
}

static ImpRequest *
desk_request (Fixture *fixture)
{
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, NULL);
  ImpRequest *request = imp_request_new (fixture->source, 0, frame, IMP_ORIGIN_APP);

  imp_request_set_target (request, fixture->target);
  imp_request_set_person (request, "");
  g_set_object (&fixture->request, request);
  return request;
}

/* Approve, then add a box: what leaves is no longer what was seen. */
static void
test_row_27_edit_after_approval (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRequest) request = desk_request (fixture);
  g_autoptr (ImpRehearsal) rehearsal = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  ImpRect box = { 0, 0, 9, 9 };
  ImpRect wider = { 0, 0, 10, 9 };

  answer_all (fixture, request, "anonymised", "teaching-file");
  imp_request_set_boxes (request, &box, 1);
  assert_refused (fixture, "floor:changed"); /* nothing was looked at yet */
  rehearsal = imp_gate_rehearse_sync (fixture->gate, request, NULL, &error);
  g_assert_true (rehearsal->allowed);
  imp_request_set_approved_digest (request, rehearsal->digest);
  imp_request_set_boxes (request, &wider, 1);
  assert_refused (fixture, "floor:changed");
  imp_request_set_boxes (request, NULL, 0);
  assert_refused (fixture, "floor:changed");
  imp_request_set_boxes (request, &box, 1);
  imp_request_set_answer (request, "why-share", "another reason altogether");
  assert_refused (fixture, "floor:changed");
  imp_request_set_answer (request, "why-share", "a synthetic answer for a test");
  receipt = imp_gate_release_sync (fixture->gate, request, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt);
}

/* Publication: no script passes without a person's approval of exactly its digest. */
static void
test_approval (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) script_error = NULL;
  g_autoptr (ImpRequest) script = g_object_ref (fixture->request);
  g_autoptr (ImpRequest) desk = NULL;
  g_autoptr (ImpRehearsal) rehearsal = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  ImpRect box = { 1, 1, 5, 5 };

  answer_all (fixture, script, "anonymised", "publication");
  assert_refused (fixture, "floor:approval");
  rehearsal = imp_gate_rehearse_sync (fixture->gate, script, NULL, &error);
  g_assert_true (rehearsal->allowed);
  g_assert_true (rehearsal->needs_approval);
  g_assert_false (imp_gate_approve_sync (fixture->gate, script, rehearsal->digest, &script_error));
  g_assert_error (script_error, IMP_ERROR, IMP_ERROR_REFUSED);

  desk = desk_request (fixture);
  answer_all (fixture, desk, "anonymised", "publication");
  imp_request_set_boxes (desk, &box, 1); /* another picture: this approval is not for the script */
  g_assert_false (imp_gate_approve_sync (fixture->gate, desk, rehearsal->digest, NULL));
  imp_request_set_boxes (desk, NULL, 0);
  g_assert_true (imp_gate_approve_sync (fixture->gate, desk, rehearsal->digest, &error));
  g_assert_no_error (error);

  receipt = imp_gate_release_sync (fixture->gate, script, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt->permanence);
}

static char *
digest_with (Fixture *fixture, const char *output, const ImpRect *regions, gsize n_regions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) rehearsal = NULL;

  imp_request_set_acknowledged (fixture->request, output, regions, n_regions);
  rehearsal = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (rehearsal->digest);
}

/* What one person approved at the desk is what another, or a script, has looked at place by place,
 * whichever came first. */
static void
test_acknowledged_in_any_order (Fixture *fixture, gconstpointer data)
{
  const ImpRect regions[] = { { 1, 2, 3, 4 }, { 1, 2, 3, 5 }, { 7, 1, 3, 4 }, { 1, 2, 3, 4 } };
  const ImpRect others[] = { { 7, 1, 3, 4 }, { 1, 2, 3, 4 }, { 1, 2, 3, 5 } };
  g_autofree char *one = NULL;
  g_autofree char *again = NULL;
  g_autofree char *fewer = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  one = digest_with (fixture, "the output", regions, G_N_ELEMENTS (regions));
  again = digest_with (fixture, NULL, others, G_N_ELEMENTS (others));
  fewer = digest_with (fixture, NULL, others, 2);
  g_assert_cmpstr (one, ==, again);
  g_assert_cmpstr (one, !=, fewer);
}

static void
write_intent (Fixture *fixture, const char *export_id, const char *sha256)
{
  g_autofree char *uri = g_file_get_uri (fixture->target);
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", sha256);
  g_autoptr (ImpLedgerRow) row = NULL;
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&texts, "{ss}", "target-uri", uri);
  row = imp_ledger_append (fixture->gate->ledger, "intent", export_id, body,
                           g_variant_builder_end (&texts), NULL);
  g_assert_nonnull (row);
}

/* Killed between intent and rename, and between rename and done. */
static void
test_recovery (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = imp_hash_data ("whole", 5);
  const char *const *said = NULL;

  write_intent (fixture, "cut-short", "0000");
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  said = imp_gate_get_recovered (fixture->gate);
  g_assert_cmpuint (g_strv_length ((char **)said), ==, 1);
  g_assert_true (ledger_has (fixture, "abandoned", "cut-short"));

  write_intent (fixture, "complete", hash);
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->target), "whole", 5, NULL));
  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  g_assert_true (ledger_has (fixture, "recovered", "complete"));
  g_assert_false (ledger_has (fixture, "abandoned", "complete"));

  g_clear_object (&fixture->gate);
  fixture->gate = open_gate (fixture, FALSE);
  g_assert_cmpuint (g_strv_length ((char **)imp_gate_get_recovered (fixture->gate)), ==, 0);
}

/* Noise falls below the promised fidelity at quality 90: the quality goes up, the promise stays. */
static void
test_jpeg_of_noise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, "img-1.jpg");
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (ImpReceipt) receipt = NULL;
  double psnr = 0;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_jpeg (fixture->request, TRUE);
  imp_request_set_target (fixture->request, target);
  acknowledge_all (fixture); /* what noise may be taken for */
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (receipt->proof, "read back: PSNR "));
  psnr = g_ascii_strtod (receipt->proof + strlen ("read back: PSNR "), NULL);
  g_assert_cmpfloat (psnr, >=, 35.0);
}

static void
test_outside_box (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ImpRect box = { WIDTH, 0, 10, 10 };

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_boxes (fixture->request, &box, 1);
  g_assert_null (imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_target_is_source (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_target (fixture->request, imp_source_get_file (fixture->source));
  g_assert_null (imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
}

/* Nothing but the receipt of an export that was made here leaves as a record. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  static const char *const OTHERS[] = { "{}", "{\"ledger_id\":\"0000\"}", "{\"ledger_id\":7}", "[]",
                                        "no JSON" };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, "receipt.json");
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) appended = NULL;
  g_autofree char *more = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (receipt->json, strlen (receipt->json));
  more = g_strconcat (receipt->json, " ", NULL);
  appended = g_bytes_new (more, strlen (more));
  g_assert_false (
      imp_gate_publish_record_sync (fixture->gate, "receipt", appended, target, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    {
      g_autoptr (GError) usage = NULL;
      g_autoptr (GBytes) other = g_bytes_new_static (OTHERS[i], strlen (OTHERS[i]));

      g_assert_false (
          imp_gate_publish_record_sync (fixture->gate, "receipt", other, target, NULL, &usage));
      g_assert_error (usage, IMP_ERROR, IMP_ERROR_USAGE);
    }
  g_assert_false (
      imp_gate_publish_record_sync (fixture->gate, "picture", bytes, target, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (
      imp_gate_publish_record_sync (fixture->gate, "receipt", bytes, target, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (
      imp_gate_publish_record_sync (fixture->gate, "receipt", bytes, target, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
}

/* A register reached by a link is the same register: a release under way is not taken for dead. */
static void
test_register_by_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, "register.db");
  g_autofree char *alias = in_folder (fixture, "alias.db");
  g_autoptr (ImpDiskLock) releasing = imp_disk_lock (path, FALSE, &error);

  g_assert_nonnull (releasing);
  g_assert_cmpint (symlink (path, alias), ==, 0);
  g_assert_null (imp_disk_lock (alias, TRUE, &error));
  g_assert_no_error (error);
}

/* Names that tell: of the register's person, and long numbers of the source's name. */
static void
test_row_21_name (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *source;
    gboolean tells;
  } NAMES[] = {
    { "img-0abc.png", "photo.jpg", FALSE },
    { "photo.png", "photo.jpg", FALSE },
    { "H204417.png", "photo.jpg", TRUE },
    { "h-204 417.png", NULL, TRUE },
    { "chest-example.png", NULL, TRUE },
    { "PersonA.png", NULL, TRUE },
    { "x_20230514.png", "IMG_20230514.jpg", TRUE },
    { "204417.png", NULL, TRUE },
    { "H-777-777.png", "s_H777777.jpg", TRUE },
    { "9434765919.png", "NHS 943 476 5919.jpg", TRUE },
    { "DSCN0010.png", "DSCN0010.jpg", FALSE },
  };
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);

  g_ptr_array_add (people, imp_register_get_person (imp_gate_get_register (fixture->gate),
                                                    fixture->person_id, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_test_message ("%s", NAMES[i].name);
      g_assert_cmpint (imp_name_tells (NAMES[i].name, NAMES[i].source, people), ==, NAMES[i].tells);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/gate/release", test_release },
    { "/gate/unanswered", test_unanswered },
    { "/gate/nobody-named", test_nobody_named },
    { "/gate/withdrawn-meanwhile", test_withdrawn_meanwhile },
    { "/gate/permission-of-another", test_permission_of_another },
    { "/policy/row-01/objection", test_objection },
    { "/policy/row-01/refusal", test_row_01_refusal },
    { "/policy/row-01/older-yes-recorded-later", test_row_01_older_yes_recorded_later },
    { "/leaks/row-27/edit-after-approval", test_row_27_edit_after_approval },
    { "/gate/approval", test_approval },
    { "/gate/recovery", test_recovery },
    { "/gate/jpeg-of-noise", test_jpeg_of_noise },
    { "/gate/acknowledged-in-any-order", test_acknowledged_in_any_order },
    { "/gate/outside-box", test_outside_box },
    { "/leaks/row-20/target-is-source", test_target_is_source },
    { "/gate/record", test_record },
    { "/gate/register-by-link", test_register_by_link },
    { "/leaks/row-21/name", test_row_21_name },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, TESTS[i].run == test_jpeg_of_noise ? "noise" : NULL, set_up,
                TESTS[i].run, tear_down);
  return g_test_run ();
}
