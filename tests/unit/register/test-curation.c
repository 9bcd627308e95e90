/* Curation sessions in the register: gestures, what falls back, what a "no" and an erasure do to
 * them (issue: teaching-file curation, points 2, 5 and 6; policy.md 5.4 to 5.7). */
#include <gio/gio.h>

#include "imp-error.h"
#include "imp-ledger.h"
#include "imp-register-curation.h"
#include "imp-register-keeping.h"
#include "imp-register-names.h"
#include "imp-register-templates.h"
#include "record-fixture.h"
#include "store-pages.h"

#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define OTHER_HASH "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"

static ImpRegister *
open_register (StoreFixture *fixture)
{
  return imp_register_new (fixture->store);
}

static ImpCurationItem *
make_item (const char *number, const char *path)
{
  ImpCurationItem *item = imp_curation_item_new ();

  item->number = g_strdup (number);
  item->path = g_strdup (path);
  item->sha256 = g_strdup (HASH);
  item->manufacturer = g_strdup ("Example Devices");
  item->rows = 480;
  item->columns = 640;
  item->n_frames = 3;
  return item;
}

/* A session of three pictures: two of H204417, written in two ways, and one of 943 476 5919. */
static char *
add_session (ImpRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_autofree char *id = imp_register_add_curation (reg, " Chest films ", "teaching-file", &error);

  g_assert_no_error (error);
  g_ptr_array_add (items, make_item ("H204417", "/films/one.dcm"));
  g_ptr_array_add (items, make_item (" h 204417", "/films/two.dcm"));
  g_ptr_array_add (items, make_item ("943-476-5919", "/films/three.dcm"));
  imp_register_add_curation_items (reg, id, "/films", items, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

static GPtrArray *
list_items (ImpRegister *reg, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = imp_register_list_curation_items (reg, id, &error);

  g_assert_no_error (error);
  return items;
}

static ImpCurationState
state_of (ImpRegister *reg, const char *id, guint position)
{
  g_autoptr (GPtrArray) items = list_items (reg, id);

  return ((ImpCurationItem *)items->pdata[position])->state;
}

static void
set_state (ImpRegister *reg, const char *id, guint position, ImpCurationState state)
{
  g_autoptr (GPtrArray) items = list_items (reg, id);
  g_autoptr (GError) error = NULL;

  imp_register_set_curation_state (reg, ((ImpCurationItem *)items->pdata[position])->id, state,
                                   state == IMP_CURATION_SET_ASIDE ? "blurred" : NULL, &error);
  g_assert_no_error (error);
}

static void
set_boxes (ImpRegister *reg, ImpCurationItem *item, const ImpCurationBox *boxes, guint n_boxes)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_array_set_size (item->boxes, 0);
  g_array_append_vals (item->boxes, boxes, n_boxes);
  g_ptr_array_add (changed, item);
  imp_register_save_curation_items (reg, changed, &error);
  g_assert_no_error (error);
}

static void
uncover (ImpRegister *reg, const char *id, guint position)
{
  g_autoptr (GPtrArray) items = list_items (reg, id);

  set_boxes (reg, items->pdata[position], NULL, 0);
}

/* Two boxes: one for all frames, and one for the second. */
static void
cover (ImpRegister *reg, const char *id, guint position, int x)
{
  g_autoptr (GPtrArray) items = list_items (reg, id);
  const ImpCurationBox boxes[] = { { IMP_CURATION_ALL_FRAMES, x, 0, 200, 40 },
                                   { 1, x, 100, 20, 30 } };

  set_boxes (reg, items->pdata[position], boxes, G_N_ELEMENTS (boxes));
}

/* ---- gestures ---- */

static void
test_whole (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add_session (reg);
  g_autoptr (ImpCurationRecord) record = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) patients = imp_register_list_curation_patients (reg, id, &error);
  g_auto (GStrv) sources = imp_register_list_curation_sources (reg, id, &error);
  const ImpCurationItem *item = NULL;

  cover (reg, id, 0, 17);
  set_state (reg, id, 0, IMP_CURATION_CLEARED);
  set_state (reg, id, 1, IMP_CURATION_SET_ASIDE);
  g_clear_object (&reg);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  reg = open_register (fixture);
  record = imp_register_get_curation (reg, id, &error);
  items = list_items (reg, id);
  g_assert_no_error (error);
  g_assert_cmpstr (record->title, ==, "Chest films");
  g_assert_cmpuint (record->counts[IMP_CURATION_CLEARED], ==, 1);
  g_assert_cmpuint (record->counts[IMP_CURATION_SET_ASIDE], ==, 1);
  g_assert_cmpuint (record->counts[IMP_CURATION_NEW], ==, 1);
  g_assert_cmpuint (imp_curation_record_count (record), ==, 3);
  g_assert_cmpuint (patients->len, ==, 2);
  g_assert_cmpstr (((ImpCurationPatient *)patients->pdata[0])->number, ==, "H204417");
  g_assert_cmpuint (g_strv_length (sources), ==, 1);
  g_assert_cmpstr (sources[0], ==, "/films");
  item = items->pdata[0];
  g_assert_cmpstr (item->path, ==, "/films/one.dcm");
  g_assert_cmpstr (item->source, ==, "/films");
  g_assert_cmpint (item->patient_id, ==, ((ImpCurationItem *)items->pdata[1])->patient_id);
  g_assert_cmpint (item->columns, ==, 640);
  g_assert_cmpuint (item->boxes->len, ==, 2);
  g_assert_cmpint (g_array_index (item->boxes, ImpCurationBox, 0).x, ==, 17);
  g_assert_cmpint (g_array_index (item->boxes, ImpCurationBox, 1).frame, ==, 1);
  g_assert_cmpint (g_array_index (item->boxes, ImpCurationBox, 1).height, ==, 30);
  g_assert_cmpint (g_array_index (item->boxes, ImpCurationBox, 0).frame, ==,
                   IMP_CURATION_ALL_FRAMES);
  g_assert_cmpstr (((ImpCurationItem *)items->pdata[1])->reason, ==, "blurred");
}

/* Two people of the files may have one number: what is said of one is not said of the other, and a
 * "no" of whoever has it in the register reaches both. */
static void
test_one_number (StoreFixture *fixture, gconstpointer data)
{
  static const char *const KEYS[] = { "number\nH204417\n19610503", "number\nH204417\n19700101",
                                      "file\none.jpg" };
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", "1961-05-03");
  g_autofree char *id = imp_register_add_curation (reg, "Films", "teaching-file", &error);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_autoptr (GPtrArray) listed = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    {
      g_ptr_array_add (items, make_item (i < 2 ? "H204417" : NULL, KEYS[i]));
      ((ImpCurationItem *)items->pdata[i])->patient_key = g_strdup (KEYS[i]);
    }
  imp_register_add_curation_items (reg, id, NULL, items, &error);
  g_assert_no_error (error);
  listed = list_items (reg, id);
  g_assert_cmpint (((ImpCurationItem *)listed->pdata[0])->patient_id, !=,
                   ((ImpCurationItem *)listed->pdata[1])->patient_id);
  g_assert_cmpstr (((ImpCurationItem *)listed->pdata[1])->number, ==, "H204417");
  g_assert_cmpint (((ImpCurationItem *)listed->pdata[2])->patient_id, !=, 0);
  g_assert_null (((ImpCurationItem *)listed->pdata[2])->number);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    set_state (reg, id, i, IMP_CURATION_CLEARED);
  imp_register_set_objection (reg, person, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state_of (reg, id, 0), ==, IMP_CURATION_LOOKED_AT);
  g_assert_cmpint (state_of (reg, id, 1), ==, IMP_CURATION_LOOKED_AT);
  g_assert_cmpint (state_of (reg, id, 2), ==, IMP_CURATION_CLEARED);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = list_items (reg, id);
  const gint64 first = ((ImpCurationItem *)items->pdata[0])->id;

  g_assert_null (imp_register_add_curation (reg, "  ", "teaching-file", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (
      imp_register_set_curation_state (reg, first, IMP_CURATION_SET_ASIDE, "  ", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_register_set_curation_state (reg, 4711, IMP_CURATION_COVERED, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (imp_register_get_curation (reg, "no-such", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* Nothing is exported but by the gate. */
  g_assert_false (
      imp_register_set_curation_state (reg, first, IMP_CURATION_EXPORTED, NULL, &error));
  g_clear_error (&error);
  g_assert_false (imp_register_note_curation_export (reg, first, "made-up", &error));
  g_clear_error (&error);
  g_assert_cmpint (state_of (reg, id, 0), ==, IMP_CURATION_NEW);
}

static void
let_leave (StoreFixture *fixture, const char *export_id)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpLedgerRow) intent = imp_ledger_append (
      ledger, "intent", export_id,
      "{\"route\":\"consent\",\"destination\":\"teaching-file\",\"person\":\"unknown\"}", NULL,
      &error);
  g_autoptr (ImpLedgerRow) finish =
      imp_ledger_append (ledger, "done", export_id, "{}", NULL, &error);

  g_assert_no_error (error);
}

static void
test_exported (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = list_items (reg, id);

  let_leave (fixture, "first-export");
  imp_register_note_curation_export (reg, ((ImpCurationItem *)items->pdata[0])->id, "first-export",
                                     &error);
  g_assert_no_error (error);
  g_assert_cmpint (state_of (reg, id, 0), ==, IMP_CURATION_EXPORTED);
  /* What has changed since is not what left. */
  cover (reg, id, 0, 5);
  g_assert_cmpint (state_of (reg, id, 0), ==, IMP_CURATION_COVERED);
}

/* ---- what falls back ---- */

static void
answer (ImpRegister *reg, const char *id, gint64 patient_id, gint64 item_id, const char *value)
{
  const ImpCurationAnswer given = {
    patient_id, 0, item_id, item_id != 0, (char *)"would-be-recognised", (char *)value
  };
  g_autoptr (GError) error = NULL;

  imp_register_set_curation_answer (reg, id, &given, &error);
  g_assert_no_error (error);
}

static void
clear_all (ImpRegister *reg, const char *id)
{
  for (guint i = 0; i < 3; i++)
    set_state (reg, id, i, IMP_CURATION_CLEARED);
}

static void
check_states (ImpRegister *reg, const char *id, ImpCurationState first, ImpCurationState second,
              ImpCurationState third)
{
  g_assert_cmpint (state_of (reg, id, 0), ==, first);
  g_assert_cmpint (state_of (reg, id, 1), ==, second);
  g_assert_cmpint (state_of (reg, id, 2), ==, third);
}

#define CLEARED IMP_CURATION_CLEARED
#define COVERED IMP_CURATION_COVERED
#define LOOKED_AT IMP_CURATION_LOOKED_AT

static void
test_falls_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = list_items (reg, id);
  const ImpCurationItem *first = items->pdata[0];

  cover (reg, id, 0, 1);
  clear_all (reg, id);
  cover (reg, id, 0, 1); /* the same again */
  check_states (reg, id, CLEARED, CLEARED, CLEARED);
  cover (reg, id, 0, 2);
  check_states (reg, id, COVERED, CLEARED, CLEARED);
  uncover (reg, id, 0);
  check_states (reg, id, LOOKED_AT, CLEARED, CLEARED);
  cover (reg, id, 0, 2);
  clear_all (reg, id);
  answer (reg, id, 0, first->id, "no"); /* of one picture */
  check_states (reg, id, COVERED, CLEARED, CLEARED);
  clear_all (reg, id);
  answer (reg, id, first->patient_id, 0, "no"); /* of one patient */
  check_states (reg, id, COVERED, LOOKED_AT, CLEARED);
  clear_all (reg, id);
  answer (reg, id, first->patient_id, 0, "no"); /* the same again */
  check_states (reg, id, CLEARED, CLEARED, CLEARED);
  answer (reg, id, first->patient_id, 0, NULL); /* taken back */
  check_states (reg, id, COVERED, LOOKED_AT, CLEARED);
  clear_all (reg, id);
  answer (reg, id, 0, 0, "no"); /* of the session */
  check_states (reg, id, COVERED, LOOKED_AT, LOOKED_AT);
}

/* What was said of what is to be seen goes with it; what was said of a person stays. */
static void
test_pixels (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = list_items (reg, id);
  const ImpCurationItem *first = items->pdata[0];
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  answer (reg, id, 0, first->id, "no");
  answer (reg, id, first->patient_id, 0, "no");
  before = imp_register_list_curation_answers (reg, id, &error);
  cover (reg, id, 0, 4);
  after = imp_register_list_curation_answers (reg, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (((ImpCurationAnswer *)after->pdata[0])->patient_id, ==, first->patient_id);
}

/* What was looked at counts for what is shown; covering more of it hides nothing new. */
static void
test_seen (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = list_items (reg, id);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  ImpCurationItem *first = items->pdata[0];
  const char *seen = "SELECT seen FROM curation_item ORDER BY position LIMIT 1";

  imp_register_note_curation_seen (reg, first->id, 80, &error);
  imp_register_note_curation_seen (reg, first->id, 60, &error);
  g_assert_no_error (error);
  cover (reg, id, 0, 4);
  g_assert_cmpint (store_fixture_integer (fixture->store, seen), ==, 80);
  first->frame = 2;
  g_ptr_array_add (changed, first);
  imp_register_save_curation_items (reg, changed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (fixture->store, seen), ==, 0);
}

static void
test_restarts (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = list_items (reg, id);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  ImpCurationItem *first = items->pdata[0];

  cover (reg, id, 0, 1);
  answer (reg, id, 0, first->id, "no");
  set_state (reg, id, 0, IMP_CURATION_CLEARED);
  g_free (first->sha256);
  first->sha256 = g_strdup (OTHER_HASH);
  imp_register_restart_curation_item (reg, first, &error);
  g_assert_no_error (error);
  after = list_items (reg, id);
  answers = imp_register_list_curation_answers (reg, id, &error);
  g_assert_no_error (error);
  first = after->pdata[0];
  g_assert_cmpint (first->state, ==, IMP_CURATION_NEW);
  g_assert_cmpstr (first->sha256, ==, OTHER_HASH);
  g_assert_cmpuint (first->boxes->len, ==, 0);
  g_assert_cmpuint (answers->len, ==, 0);
}

/* ---- a "no" ---- */

/* Whoever sits at another computer of the same register. */
static void
say_no (StoreFixture *fixture, const char *person_id, const char *permission_id)
{
  const ImpKey key = store_fixture_key (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = imp_store_open (fixture->path, &key, &error);
  g_autoptr (ImpRegister) reg = NULL;

  g_assert_no_error (error);
  reg = imp_register_new (store);
  if (permission_id != NULL)
    imp_register_withdraw (reg, permission_id, "patient", "letter", &error);
  else
    imp_register_set_objection (reg, person_id, TRUE, NULL, &error);
  g_assert_no_error (error);
}

static void
test_withdrawn (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autofree char *person = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", "1961-05-03");
  g_autofree char *permission = record_add_permission (reg, record_make_permission (person));
  g_autofree char *id = add_session (reg);

  cover (reg, id, 0, 1);
  clear_all (reg, id);
  say_no (fixture, person, permission);
  check_states (reg, id, COVERED, LOOKED_AT, CLEARED);
}

static void
test_objection (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = record_add_person (reg, "H204499", "EXAMPLE^PERSON C", "1961-05-03");
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) patients = imp_register_list_curation_patients (reg, id, &error);

  /* By the name that somebody gave, as the files have another number. */
  imp_register_name_curation_patient (reg, ((ImpCurationPatient *)patients->pdata[1])->id, person,
                                      &error);
  g_assert_no_error (error);
  clear_all (reg, id);
  say_no (fixture, person, NULL);
  check_states (reg, id, CLEARED, CLEARED, LOOKED_AT);
  g_assert_false (imp_register_name_curation_patient (
      reg, ((ImpCurationPatient *)patients->pdata[0])->id, "nobody", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

/* A "no" that is read back from the journal of withdrawals, in a register from a backup. */
static void
test_restored (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", "1961-05-03");
  g_autofree char *id = add_session (reg);

  clear_all (reg, id);
  imp_store_run (fixture->store, &error,
                 "INSERT INTO journal_replay (at, kind, subject_id, detail, digests, seq) "
                 "VALUES ('2026-11-20T10:00:00.000Z', 'objects', ?, '', '[]', 900)",
                 g_variant_new ("(s)", person), NULL);
  g_assert_no_error (error);
  check_states (reg, id, LOOKED_AT, LOOKED_AT, CLEARED);
  imp_store_run (fixture->store, &error,
                 "INSERT INTO journal_replay (at, kind, subject_id, detail, digests, seq) "
                 "VALUES ('2026-11-20T10:00:00.000Z', 'erased', ?, 'erased', '[]', 901)",
                 g_variant_new ("(s)", person), NULL);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM curation_item"), ==,
                   1);
}

/* A backup from before the person came into the register, with a session from before they were
 * erased: what the journal says of the number is enough. A session from after it is locked only. */
static void
test_restored_unknown (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = imp_store_digest_number (fixture->store, "9434765919");
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = NULL;

  imp_register_forget_curated (reg, &error);
  g_assert_no_error (error);
  imp_store_run (fixture->store, &error,
                 "INSERT INTO tombstone (digest, person_id, reason, since) "
                 "VALUES (?, 'somebody', 'erased', '2020-01-01T00:00:00.000Z')",
                 g_variant_new ("(s)", digest), NULL);
  imp_register_forget_curated (reg, &error);
  g_assert_no_error (error);
  items = list_items (reg, id);
  g_assert_cmpuint (items->len, ==, 3);
  imp_store_run (fixture->store, &error,
                 "INSERT OR REPLACE INTO tombstone (digest, person_id, reason, since) "
                 "VALUES (?, 'somebody', 'erased', '2090-01-01T00:00:00.000Z')",
                 g_variant_new ("(s)", digest), NULL);
  imp_register_forget_curated (reg, &error);
  g_assert_no_error (error);
  g_clear_pointer (&items, g_ptr_array_unref);
  items = list_items (reg, id);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpstr (((ImpCurationItem *)items->pdata[1])->number, ==, "H204417");
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT (SELECT count(*) FROM erasing) "
                                          "+ (SELECT count(*) FROM journal_replaying)"),
                   ==, 0);
}

/* ---- erasure ---- */

static void
run (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  imp_store_run (fixture->store, &error, sql, NULL, NULL);
  g_assert_no_error (error);
}

/* Everything of the first patient is on disk once, and nowhere once they are erased; what is of the
 * second stays. */
static void
test_erased (StoreFixture *fixture, gconstpointer data)
{
  static const char *const SENTINELS[] = { "/films/one.dcm", "sentineldiagnosis", "SENTINEL REASON",
                                           "SENTINEL ANSWER" };
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", "1961-05-03");
  g_autofree char *id = add_session (reg);
  g_autoptr (GPtrArray) items = list_items (reg, id);
  const ImpCurationItem *first = items->pdata[0];

  answer (reg, id, first->patient_id, 0, SENTINELS[3]);
  imp_register_set_curation_state (reg, first->id, IMP_CURATION_SET_ASIDE, SENTINELS[2], &error);
  g_assert_no_error (error);
  run (fixture, "INSERT INTO teaching_case (title, diagnosis) VALUES ('One', 'sentineldiagnosis'), "
                "('Two', 'another'), ('Empty', 'none yet')");
  run (fixture, "INSERT INTO teaching_image (case_id, position, item_id) "
                "SELECT iif(position < 2, 1, 2), position, id FROM curation_item");
  imp_register_forget (reg, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (SENTINELS); i++)
    g_assert_true (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINELS[i]));
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT count(*) FROM teaching_search "
                                          "WHERE teaching_search MATCH 'sentineldiagnosis'"),
                   ==, 1);
  imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (SENTINELS); i++)
    if (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINELS[i]))
      g_error ("“%s” is still on disk", SENTINELS[i]);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM curation_item"), ==,
                   1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM curation_patient"),
                   ==, 1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM teaching_case"), ==,
                   2);
  run (fixture, "INSERT INTO teaching_search (teaching_search) VALUES ('integrity-check')");
}

/* A session of nobody else goes whole, with its title and its folder. */
static void
test_erased_alone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", "1961-05-03");
  g_autofree char *id = imp_register_add_curation (reg, "H204417 chest", "teaching-file", &error);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  g_ptr_array_add (items, make_item ("h204417", "/films/one.dcm"));
  imp_register_add_curation_items (reg, id, "/films/H204417", items, &error);
  g_assert_no_error (error);
  imp_register_erase_person (reg, person, IMP_ERASURE_RETENTION, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (fixture->store,
                                          "SELECT (SELECT count(*) FROM curation) "
                                          "+ (SELECT count(*) FROM curation_source) "
                                          "+ (SELECT count(*) FROM curation_patient) "
                                          "+ (SELECT count(*) FROM curation_item)"),
                   ==, 0);
}

/* ---- cases ---- */

static void
test_case_numbers (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *numbers = NULL;

  run (fixture, "INSERT INTO teaching_case (title) VALUES ('One'), ('Two')");
  run (fixture, "DELETE FROM teaching_case WHERE title = 'Two'");
  run (fixture, "INSERT INTO teaching_case (title) VALUES ('Three')");
  numbers =
      store_fixture_text (fixture->store, "SELECT group_concat(number, ' ') FROM teaching_case");
  g_assert_cmpstr (numbers, ==, "TF-0001 TF-0003");
  record_check_sql_refused (fixture->store, "UPDATE teaching_case SET id = 2 WHERE id = 3");
}

static void
test_case_search (StoreFixture *fixture, gconstpointer data)
{
  run (fixture, "INSERT INTO teaching_case (title, findings) VALUES "
                "('Ménière’s disease', 'endolymphatic hydrops'), ('Fracture', 'scaphoid')");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT max(rowid) FROM teaching_search "
                                                          "WHERE teaching_search MATCH 'meniere'"),
                   ==, 1);
  run (fixture, "UPDATE teaching_case SET findings = 'lunate' WHERE id = 2");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM teaching_search "
                                                          "WHERE teaching_search MATCH 'scaphoid'"),
                   ==, 0);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT max(rowid) FROM teaching_search "
                                                          "WHERE teaching_search MATCH 'lun*'"),
                   ==, 2);
}

/* ---- scanners ---- */

static ImpScannerTemplate *
make_template (int x)
{
  ImpScannerTemplate *scanner = imp_scanner_template_new ();
  const ImpTemplateBox box = { x, 0, 200, 40 };

  scanner->manufacturer = g_strdup ("Example Devices");
  scanner->model = g_strdup ("Sono 3");
  scanner->station = g_strdup ("");
  scanner->rows = 480;
  scanner->columns = 640;
  g_array_append_val (scanner->boxes, box);
  return scanner;
}

static void
test_templates (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = open_register (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpScannerTemplate) first = make_template (3);
  g_autoptr (ImpScannerTemplate) again = make_template (8);
  g_autoptr (ImpScannerTemplate) outside = make_template (441);
  g_autoptr (ImpScannerTemplate) found = NULL;
  g_autoptr (GPtrArray) all = NULL;

  imp_register_save_template (reg, first, &error);
  imp_register_save_template (reg, again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->id, ==, again->id);
  g_assert_false (imp_register_save_template (reg, outside, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  all = imp_register_list_templates (reg, &error);
  found = imp_register_find_template (reg, first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpuint (found->boxes->len, ==, 1);
  g_assert_cmpint (g_array_index (found->boxes, ImpTemplateBox, 0).x, ==, 8);
  /* Pictures of another size are covered elsewhere. */
  g_clear_pointer (&found, imp_scanner_template_free);
  first->rows = 481;
  found = imp_register_find_template (reg, first, &error);
  g_assert_no_error (error);
  g_assert_null (found);
  imp_register_remove_template (reg, again->id, &error);
  g_assert_no_error (error);
  g_assert_false (imp_register_remove_template (reg, again->id, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/curation/whole", test_whole);
  store_fixture_add ("/curation/one-number", test_one_number);
  store_fixture_add ("/curation/refused", test_refused);
  store_fixture_add ("/curation/exported-by-the-gate", test_exported);
  store_fixture_add ("/curation/falls-back", test_falls_back);
  store_fixture_add ("/curation/pixels", test_pixels);
  store_fixture_add ("/curation/seen", test_seen);
  store_fixture_add ("/curation/restarts", test_restarts);
  store_fixture_add ("/curation/relocked/withdrawn", test_withdrawn);
  store_fixture_add ("/curation/relocked/objection", test_objection);
  store_fixture_add ("/curation/relocked/restored-backup", test_restored);
  store_fixture_add ("/curation/relocked/restored-unknown", test_restored_unknown);
  store_fixture_add ("/curation/erased", test_erased);
  store_fixture_add ("/curation/erased-alone", test_erased_alone);
  store_fixture_add ("/curation/case-numbers", test_case_numbers);
  store_fixture_add ("/curation/case-search", test_case_search);
  store_fixture_add ("/curation/templates", test_templates);
  return g_test_run ();
}
