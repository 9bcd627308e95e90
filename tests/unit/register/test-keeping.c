/* Erasure, tombstones, retention (policy.md 5.4 to 5.7). */
#include <glib/gstdio.h>
#include <string.h>

#include "imp-error.h"
#include "imp-ledger.h"
#include "imp-register-keeping.h"
#include "store-pages.h"
#include "store-support.h"

/* Each is written somewhere else, and nowhere but there. */
static const char *const SENTINELS[] = {
  "H204417-SENTINEL",      "EXAMPLE^SENTINEL NAME",   "SENTINEL NOTE OF PERSON",
  "SENTINEL OBJECTION",    "SENTINEL^ALIAS",          "SENTINEL-IDENTIFIER-7",
  "SENTINEL ASSESSOR",     "SENTINEL GIVER NOTE",     "SENTINEL EVIDENCE REFERENCE",
  "SENTINEL SCAN BYTES",   "SENTINEL TITLE OF SCAN",  "SENTINEL REASON OF EXPORT",
  "SENTINEL REFUSED WORK", "SENTINEL TARGET OF FILE", "h204417sentinel",
  "sentinelidentifier7",
};

static void run (StoreFixture *fixture, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
run (StoreFixture *fixture, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  imp_store_run (fixture->store, &error, sql, NULL, NULL);
  g_assert_no_error (error);
}

/* Rows of @table with the id, and more. */
static gint64
count (StoreFixture *fixture, const char *table, const char *id, const char *more)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s = '%s' %s", table, id, more);

  return store_fixture_integer (fixture->store, sql);
}

static char *
add_person (StoreFixture *fixture, const char *number, const char *name)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autoptr (GError) error = NULL;

  person->hospital_number = g_strdup (number);
  person->name = g_strdup (name);
  person->note = g_strdup (SENTINELS[2]);
  imp_register_add_person (reg, person, &error);
  g_assert_no_error (error);
  return g_strdup (person->id);
}

static char *
add_permission (StoreFixture *fixture, const char *person_id)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autoptr (GError) error = NULL;

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup ("publication-named");
  permission->scope = g_strdup (SENTINELS[12]);
  permission->given_by = g_strdup ("patient");
  permission->giver_note = g_strdup (SENTINELS[7]);
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->evidence_reference = g_strdup (SENTINELS[8]);
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (reg, permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

/* An export as the gate writes it, with its words. */
static void
add_export (StoreFixture *fixture, const char *person_id, const char *export_id)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *body = g_strdup_printf (
      "{\"person\":\"%s\",\"destination\":\"publication\",\"route\":\"consent\"}", person_id);
  GVariantBuilder texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GVariantBuilder more = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (ImpLedgerRow) intent = NULL;
  g_autoptr (ImpLedgerRow) done = NULL;

  g_variant_builder_add (&texts, "{ss}", "why", SENTINELS[11]);
  intent =
      imp_ledger_append (ledger, "intent", export_id, body, g_variant_builder_end (&texts), &error);
  g_assert_no_error (error);
  g_variant_builder_add (&more, "{ss}", "target", SENTINELS[13]);
  done = imp_ledger_append (ledger, "done", export_id, "{}", g_variant_builder_end (&more), &error);
  g_assert_no_error (error);
}

static char *
add_all (StoreFixture *fixture)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  char *person = add_person (fixture, SENTINELS[0], SENTINELS[1]);
  g_autofree char *permission = add_permission (fixture, person);
  const char *const sha = "00000000000000000000000000000000"
                          "00000000000000000000000000000001";

  imp_register_set_objection (reg, person, TRUE, SENTINELS[3], &error);
  g_assert_no_error (error);
  run (fixture,
       "INSERT INTO person_alias (id, person_id, name, name_folded, kind, created) "
       "VALUES ('a', '%s', '%s', 'x', 'former', '2026-01-05')",
       person, SENTINELS[4]);
  run (fixture, "INSERT OR IGNORE INTO identifier_scheme (name, title) VALUES ('other', 'Other')");
  run (fixture,
       "INSERT INTO person_identifier (scheme, value_folded, person_id, value, created) "
       "VALUES ('other', 'sentinelidentifier7', '%s', '%s', '2026-01-05')",
       person, SENTINELS[5]);
  run (fixture,
       "INSERT INTO capacity_assessment (id, person_id, outcome, decision, assessor, assessed, "
       "created) VALUES ('c', '%s', 'has', 'd', '%s', '2026-01-05', '2026-01-05')",
       person, SENTINELS[6]);
  run (fixture,
       "INSERT INTO attachment (id, permission_id, kind, media_type, sha256, size, title, created) "
       "VALUES ('s', '%s', 'signed-paper', 'application/pdf', '%s', %d, '%s', '2026-01-05')",
       permission, sha, (int)strlen (SENTINELS[9]), SENTINELS[10]);
  run (fixture, "INSERT INTO attachment_bytes (id, bytes) VALUES ('s', CAST('%s' AS BLOB))",
       SENTINELS[9]);
  add_export (fixture, person, "export-1");
  return person;
}

static void
checkpoint (StoreFixture *fixture)
{
  run (fixture, "PRAGMA wal_checkpoint (TRUNCATE)");
}

static gsize
length_of (StoreFixture *fixture, const char *suffix)
{
  g_autofree char *path = g_strconcat (fixture->path, suffix, NULL);
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gsize)status.st_size : 0;
}

/* ---- erasure ---- */

/* What was on disk is not on disk any more, neither in the file nor in its log: the pages are
 * decrypted without the library that wrote them. */
static void
test_erased_is_gone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_all (fixture);

  checkpoint (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (SENTINELS); i++)
    if (!store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINELS[i]))
      g_error ("“%s” was never on disk", SENTINELS[i]);
  imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length_of (fixture, "-wal"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (SENTINELS); i++)
    if (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINELS[i]))
      g_error ("“%s” is still on disk", SENTINELS[i]);
  g_assert_cmpint (count (fixture, "person WHERE id", person, ""), ==, 0);
}

/* Only the one who asked. */
static void
test_others_stay (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_all (fixture);
  g_autofree char *other = add_person (fixture, "H204418", "EXAMPLE^PERSON B");
  g_autofree char *permission = add_permission (fixture, other);

  add_export (fixture, other, "export-2");
  imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "person WHERE id", other, ""), ==, 1);
  g_assert_cmpint (count (fixture, "permission WHERE id", permission, ""), ==, 1);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger_text"), ==,
                   2);
  /* And nothing of anybody goes without an erasure. */
  g_assert_false (imp_store_run (fixture->store, &error, "DELETE FROM permission", NULL, NULL));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static void
test_chain_holds (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_all (fixture);
  g_autofree char *head = imp_ledger_get_head (ledger, &error);
  gint64 n_events =
      store_fixture_integer (fixture->store, "SELECT count(*) FROM event WHERE kind = 'added'");
  gint64 n_rows = 0;

  imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_no_error (error);
  g_assert_true (imp_ledger_verify (ledger, head, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 2);
  g_assert_cmpint (
      store_fixture_integer (fixture->store, "SELECT count(*) FROM event WHERE kind = 'added'"), ==,
      n_events);
  g_assert_cmpint (count (fixture, "event WHERE subject_id", person, "AND kind = 'removed'"), ==,
                   1);
}

/* An address that is still needed to have a picture taken down goes with the picture. */
static void
test_address_of_copy (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_all (fixture);

  run (fixture, "UPDATE copy SET place_id = (SELECT id FROM ledger WHERE kind = 'done')");
  imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger_text"), ==,
                   1);
  g_assert_cmpint (
      store_fixture_integer (fixture->store, "SELECT count(*) FROM takedown WHERE closed IS NULL"),
      ==, 1);
  run (fixture, "UPDATE copy SET state = 'asked'");
  run (fixture, "UPDATE copy SET state = 'removed'");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger_text"), ==,
                   0);
}

static void
test_exemption (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *person = add_all (fixture);

  g_assert_false (imp_register_note_exemption (reg, person, "because", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (imp_register_note_exemption (reg, "nobody", "legal-claims", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (imp_register_note_exemption (reg, person, "legal-claims", &error));
  g_assert_cmpint (count (fixture, "person WHERE id", person, ""), ==, 1);
  g_assert_cmpint (count (fixture, "erasure WHERE person_id", person,
                          "AND outcome = 'exempt' AND reason = 'legal-claims'"),
                   ==, 1);
}

/* ---- tombstones ---- */

static void
assert_buried (StoreFixture *fixture, const char *number, gboolean expected)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  gboolean buried = !expected;

  imp_register_is_buried (reg, number, &buried, &error);
  g_assert_no_error (error);
  g_assert_true (buried == expected);
}

static void
test_tombstone (StoreFixture *fixture, gconstpointer data)
{
  static const char *const SAME[] = { "H204417", " h204417 ", "943 476 5919", "943-476-5919",
                                      "9434765919" };
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autoptr (GError) error = NULL;

  person->hospital_number = g_strdup ("H204417");
  person->nhs_number = g_strdup ("943 476 5919");
  imp_register_add_person (reg, person, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (SAME); i++)
    assert_buried (fixture, SAME[i], FALSE);
  imp_register_erase_person (reg, person->id, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (SAME); i++)
    assert_buried (fixture, SAME[i], TRUE);
  assert_buried (fixture, "H204418", FALSE);
  assert_buried (fixture, "", FALSE);
  /* The number itself is nowhere. */
  g_assert_false (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, "h204417"));
  g_assert_false (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, "9434765919"));

  g_assert_false (imp_register_lift_tombstone (reg, "H204418", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (imp_register_lift_tombstone (reg, "943 476 5919", &error));
  for (guint i = 0; i < G_N_ELEMENTS (SAME); i++)
    assert_buried (fixture, SAME[i], FALSE);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (from, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, contents, (gssize)length, &error);
  g_assert_no_error (error);
}

/* An older copy of the register does not bring back who was erased since, nor the block's end. */
static void
test_old_copy (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_strconcat (fixture->path, ".copy", NULL);
  g_autofree char *person = add_all (fixture);

  store_fixture_close (fixture);
  copy_file (fixture->path, copy);
  store_fixture_open (fixture);
  {
    g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);

    imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
    g_assert_no_error (error);
  }
  store_fixture_close (fixture);
  copy_file (copy, fixture->path);
  store_fixture_open (fixture);
  g_assert_nonnull (imp_store_get_journal_note (fixture->store, NULL));
  g_assert_cmpint (count (fixture, "person WHERE id", person, ""), ==, 0);
  assert_buried (fixture, SENTINELS[0], TRUE);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM tombstone"), ==, 2);
  assert_buried (fixture, SENTINELS[5], TRUE);
  store_fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (SENTINELS); i++)
    if (store_pages_contain (fixture->path, STORE_FIXTURE_KEY, SENTINELS[i]))
      g_error ("“%s” is on disk again", SENTINELS[i]);
  store_fixture_open (fixture);
}

/* ---- retention ---- */

typedef struct
{
  const char *born;
  const char *created;
  const char *given;
  const char *expires;
  const char *state;
  const char *released;
  const char *today;
  const char *due; /* NULL: not on the list */
} DueCase;

/* By hand: eight years after the last that happened, and not before the 25th birthday. */
static const DueCase DUE_CASES[] = {
  { NULL, "2010-03-01", "2010-03-02", "2012-06-30", "active", NULL, "2020-06-29", NULL },
  { NULL, "2010-03-01", "2010-03-02", "2012-06-30", "active", NULL, "2020-06-30", "2020-06-30" },
  { NULL, "2010-03-01", "2010-03-02", "2012-06-30", "active", "2013-01-15", "2020-12-31", NULL },
  { NULL, "2010-03-01", "2010-03-02", "2012-06-30", "active", "2013-01-15", "2021-01-15",
    "2021-01-15" },
  /* In force without an end: never. */
  { NULL, "2010-03-01", "2010-03-02", NULL, "active", NULL, "2060-01-01", NULL },
  { NULL, "2010-03-01", "2010-03-02", NULL, "refused", NULL, "2018-03-02", "2018-03-02" },
  /* A child of one year is kept until 25. */
  { "2009-05-04", "2010-03-01", "2010-03-02", NULL, "refused", NULL, "2034-05-03", NULL },
  { "2009-05-04", "2010-03-01", "2010-03-02", NULL, "refused", NULL, "2034-05-04", "2034-05-04" },
  { "1961-05-03", "2010-03-01", "2010-03-02", NULL, "refused", NULL, "2018-03-02", "2018-03-02" },
};

static void
make_due_case (StoreFixture *fixture, const DueCase *due_case, guint i)
{
  g_autofree char *expires =
      due_case->expires != NULL ? g_strdup_printf ("'%s'", due_case->expires) : g_strdup ("NULL");
  g_autofree char *born =
      due_case->born != NULL ? g_strdup_printf ("'%s'", due_case->born) : g_strdup ("NULL");

  run (fixture,
       "INSERT INTO person (id, hospital_number, number_folded, born, created) "
       "VALUES ('p%u', 'H%u', 'h%u', %s, '%sT08:00:00.000Z')",
       i, i, i, born, due_case->created);
  run (fixture,
       "INSERT INTO permission (id, person_id, level, identifiable, given_by, capacity, evidence, "
       "given, expires, state, created) VALUES ('m%u', 'p%u', 'teaching-closed', 0, 'patient', "
       "'presumed', 'signed-paper', '%s', %s, '%s', '%sT08:00:00.000Z')",
       i, i, due_case->given, expires, due_case->state, due_case->given);
  if (due_case->released == NULL)
    return;
  run (fixture,
       "INSERT INTO ledger (seq, id, export_id, at, kind, body, previous, hash) VALUES (1, 'l', "
       "'e', '%s', 'intent', '{}', '%064d', '%064d')",
       due_case->released, 0, 1);
  run (fixture,
       "INSERT INTO copy (export_id, intent_id, person_id, route, destination, decided, released) "
       "VALUES ('e', 'l', 'p%u', 'consent', 'teaching-file', '%s', '%s')",
       i, due_case->released, due_case->released);
}

static void
test_due (StoreFixture *fixture, gconstpointer data)
{
  const DueCase *due_case = data;
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = NULL;

  make_due_case (fixture, due_case, 1);
  due = imp_register_list_due (reg, due_case->today, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, due_case->due != NULL ? 1 : 0);
  if (due_case->due == NULL)
    return;
  g_assert_cmpstr (((ImpRetention *)g_ptr_array_index (due, 0))->due, ==, due_case->due);
  g_assert_cmpuint (((ImpRetention *)g_ptr_array_index (due, 0))->n_copies, ==,
                    due_case->released != NULL ? 1 : 0);
}

/* What the list is read from says what the view says, whatever changes. */
static void
check_quiet (StoreFixture *fixture, const char *person_id, const char *since)
{
  g_autofree char *more = g_strdup_printf ("AND since IS %s", since);

  g_assert_cmpint (
      store_fixture_integer (
          fixture->store,
          "SELECT count(*) FROM person_quiet_now AS now LEFT JOIN person_quiet AS kept "
          "ON kept.person_id = now.person_id WHERE kept.person_id IS NULL "
          "OR kept.since IS NOT now.since OR kept.born IS NOT now.born"),
      ==, 0);
  g_assert_cmpint (count (fixture, "person_quiet WHERE person_id", person_id, more), ==, 1);
}

static void
test_quiet_follows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;

  make_due_case (fixture, &DUE_CASES[0], 1);
  check_quiet (fixture, "p1", "'2012-06-30'");
  make_due_case (fixture, &DUE_CASES[4], 2);
  check_quiet (fixture, "p2", "NULL");
  run (fixture,
       "UPDATE permission SET state = 'withdrawn', withdrawn = '2015-02-03T08:00:00.000Z', "
       "withdrawn_channel = 'letter' WHERE id = 'm2'");
  check_quiet (fixture, "p2", "'2015-02-03'");
  run (fixture, "UPDATE person SET died = '2016-01-02' WHERE id = 'p2'");
  check_quiet (fixture, "p2", "'2016-01-02'");
  make_due_case (fixture, &DUE_CASES[3], 3);
  check_quiet (fixture, "p3", "'2013-01-15'");
  run (fixture, "UPDATE person SET born = '2009-05-04' WHERE id = 'p3'");
  check_quiet (fixture, "p3", "'2013-01-15'");
  run (fixture, "INSERT INTO erasure (person_id, at, outcome, reason) "
                "VALUES ('p3', '2020-01-01T08:00:00.000Z', 'exempt', 'legal-claims')");
  check_quiet (fixture, "p3", "NULL");
  run (fixture, "INSERT INTO erasure (person_id, at, outcome, reason) "
                "VALUES ('p1', '2020-01-01T08:00:00.000Z', 'erased', 'asked-for')");
  g_assert_cmpint (count (fixture, "person_quiet WHERE person_id", "p1", ""), ==, 0);
}

/* A page of the list begins where nothing has happened for longest. */
static void
test_due_in_order (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = NULL;

  make_due_case (fixture, &DUE_CASES[3], 1);
  make_due_case (fixture, &DUE_CASES[1], 2);
  make_due_case (fixture, &DUE_CASES[5], 3);
  due = imp_register_list_due (reg, "2030-03-02", 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, 2);
  g_assert_cmpstr (((ImpRetention *)g_ptr_array_index (due, 0))->person_id, ==, "p3");
  g_assert_cmpstr (((ImpRetention *)g_ptr_array_index (due, 1))->person_id, ==, "p2");
}

static void
test_due_settings (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRetention) due = NULL;

  make_due_case (fixture, &DUE_CASES[5], 1);
  g_assert_true (imp_register_set_setting (reg, "retention-years", "20", &error));
  g_assert_null (imp_register_get_due (reg, "p1", "2030-03-01", &error));
  g_assert_no_error (error);
  due = imp_register_get_due (reg, "p1", "2030-03-02", &error);
  g_assert_cmpstr (due->due, ==, "2030-03-02");
  g_assert_false (imp_register_set_setting (reg, "retention-years", "soon", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  imp_store_run (fixture->store, &error,
                 "UPDATE setting SET value = 'soon' WHERE key = 'retention-years'", NULL, NULL);
  g_assert_no_error (error);
  g_assert_null (imp_register_list_due (reg, "2030-03-02", 10, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

/* What the law wants kept is not purged when its time is over. */
static void
test_exempt_is_not_due (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRetention) due = NULL;
  g_autoptr (GPtrArray) left = NULL;

  make_due_case (fixture, &DUE_CASES[5], 1);
  due = imp_register_get_due (reg, "p1", "2030-03-02", &error);
  g_assert_nonnull (due);
  run (fixture, "INSERT INTO erasure (person_id, at, outcome, reason) "
                "VALUES ('p1', '2020-01-01T08:00:00.000Z', 'exempt', 'legal-claims')");
  g_assert_null (imp_register_get_due (reg, "p1", "2030-03-02", &error));
  left = imp_register_list_due (reg, "2030-03-02", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, 0);
}

/* A purge leaves a tombstone only where the person had said no. */
static void
test_purge_leaves_no (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (GError) error = NULL;
  DueCase expired = DUE_CASES[1];

  make_due_case (fixture, &expired, 1);
  make_due_case (fixture, &DUE_CASES[5], 2);
  g_assert_true (imp_register_erase_person (reg, "p1", IMP_ERASURE_RETENTION, &error));
  g_assert_true (imp_register_erase_person (reg, "p2", IMP_ERASURE_RETENTION, &error));
  assert_buried (fixture, "H1", FALSE);
  assert_buried (fixture, "H2", TRUE);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM person"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/security/5-4/erased-is-gone-from-disk", test_erased_is_gone);
  store_fixture_add ("/security/5-5/others-stay", test_others_stay);
  store_fixture_add ("/security/5-5/chain-holds", test_chain_holds);
  store_fixture_add ("/security/5-5/address-of-a-copy", test_address_of_copy);
  store_fixture_add ("/security/5-5/exemption", test_exemption);
  store_fixture_add ("/security/5-5/tombstone", test_tombstone);
  store_fixture_add ("/security/5-7/erased-stay-erased", test_old_copy);
  for (guint i = 0; i < G_N_ELEMENTS (DUE_CASES); i++)
    {
      g_autofree char *name = g_strdup_printf ("/security/5-6/due/%u", i + 1);

      g_test_add (name, StoreFixture, &DUE_CASES[i], store_fixture_set_up, test_due,
                  store_fixture_tear_down);
    }
  store_fixture_add ("/security/5-6/quiet-follows", test_quiet_follows);
  store_fixture_add ("/security/5-6/in-order", test_due_in_order);
  store_fixture_add ("/security/5-6/settings", test_due_settings);
  store_fixture_add ("/security/5-6/exempt", test_exempt_is_not_due);
  store_fixture_add ("/security/5-6/purge-leaves-a-no", test_purge_leaves_no);
  return g_test_run ();
}
