/* The chain: appended to, looked at, verified, tampered with. */
#include <string.h>

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-id.h"
#include "imp-ledger.h"
#include "store-support.h"

static ImpLedgerRow *
append (ImpLedger *ledger, const char *kind, const char *export_id, const char *body)
{
  g_autoptr (GError) error = NULL;
  ImpLedgerRow *row = imp_ledger_append (ledger, kind, export_id, body, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
  return row;
}

static void
append_some (ImpLedger *ledger, int n_rows)
{
  for (int i = 0; i < n_rows; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"n\":%d}", i);

      imp_ledger_row_free (append (ledger, "record", "export", body));
    }
}

static GVariant *
make_texts (const char *reason, const char *target)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&builder, "{ss}", "reason", reason);
  g_variant_builder_add (&builder, "{ss}", "target", target);
  return g_variant_builder_end (&builder);
}

static void
test_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *empty = imp_ledger_get_head (ledger, &error);
  g_autofree char *head = NULL;
  g_autoptr (ImpLedgerRow) first = NULL;
  g_autoptr (ImpLedgerRow) second = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 n_rows = -1;
  gboolean found = FALSE;

  g_assert_cmpstr (empty, ==, "0000000000000000000000000000000000000000000000000000000000000000");
  g_assert_true (imp_ledger_verify (ledger, NULL, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 0);
  first = append (ledger, "intent", "e1",
                  "{ \"b\" : 1, \"a\" : {\"d\":[{\"z\":0,\"y\":\"é\"}],"
                  "\"c\":null} }");
  second = append (ledger, "done", "e1", "{}");
  g_assert_cmpint (first->seq, ==, 1);
  g_assert_true (imp_id_is_valid (first->id));
  g_assert_cmpstr (first->previous, ==, empty);
  g_assert_cmpstr (first->body, ==, "{\"a\":{\"c\":null,\"d\":[{\"y\":\"é\",\"z\":0}]},\"b\":1}");
  g_assert_cmpint (second->seq, ==, 2);
  g_assert_cmpstr (second->previous, ==, first->hash);
  head = imp_ledger_get_head (ledger, &error);
  g_assert_cmpstr (head, ==, second->hash);
  g_assert_true (imp_ledger_verify (ledger, NULL, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 2);
  list = imp_ledger_list (ledger, 1, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ImpLedgerRow *)list->pdata[0])->hash, ==, second->hash);
  g_assert_true (imp_ledger_has (ledger, "done", "e1", &found, &error));
  g_assert_true (found);
  g_assert_true (imp_ledger_has (ledger, "done", "e2", &found, &error));
  g_assert_false (found);
  g_assert_true (imp_ledger_has (ledger, "failed", "e1", &found, &error));
  g_assert_false (found);
}

/* The documented serialisation, hashed by GLib instead of libsodium. */
static void
test_hash_as_documented (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (ImpLedgerRow) first = append (ledger, "intent", "exporté", "{\"a\":1}");
  g_autoptr (ImpLedgerRow) second = append (ledger, "record", NULL, "{}");
  g_autofree char *text = g_strdup_printf (
      "imprimatur ledger row 1\n1:1,20:%s,8:exporté,24:%s,6:intent,7:{\"a\":1},64:%s,", first->id,
      first->at, first->previous);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_assert_cmpstr (first->hash, ==, hash);
  g_free (text);
  text = g_strdup_printf ("imprimatur ledger row 1\n1:2,20:%s,-,24:%s,6:record,2:{},64:%s,",
                          second->id, second->at, first->hash);
  g_free (hash);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_cmpstr (second->hash, ==, hash);
}

static void
check_refused (ImpLedger *ledger, const char *kind, const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (imp_ledger_append (ledger, kind, "e", body, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);

  check_refused (ledger, "", "{}");
  check_refused (ledger, "Done!", "{}");
  check_refused (ledger, NULL, "{}");
  check_refused (ledger, "done", NULL);
  check_refused (ledger, "done", "");
  check_refused (ledger, "done", "[]");
  check_refused (ledger, "done", "{");
  check_refused (ledger, "done", "\"text\"");
  check_refused (ledger, "done", "{\"a\":\"\xff\"}");
  check_refused (ledger, "done", "{\"digests\":{}}");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger"), ==, 0);
}

static void
test_joins_transaction (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  gint64 n_rows = 0;

  g_assert_true (imp_store_begin (fixture->store, &error));
  append_some (ledger, 2);
  g_assert_true (imp_store_is_in_transaction (fixture->store));
  imp_store_rollback (fixture->store);
  g_assert_true (imp_ledger_verify (ledger, NULL, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 0);
  g_assert_true (imp_store_begin (fixture->store, &error));
  append_some (ledger, 2);
  g_assert_true (imp_store_commit (fixture->store, &error));
  append_some (ledger, 1);
  g_assert_true (imp_ledger_verify (ledger, NULL, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 3);
}

static gpointer
append_in_thread (gpointer data)
{
  append_some (data, 25);
  return NULL;
}

static void
test_threads_and_programs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  ImpKey key = store_fixture_key (fixture);
  g_autoptr (ImpStore) second = imp_store_open (fixture->path, &key, &error);
  g_autoptr (ImpLedger) other = imp_ledger_new (second);
  GThread *threads[4];
  gint64 n_rows = 0;

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("append", append_in_thread, i % 2 ? other : ledger);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  g_assert_true (imp_ledger_verify (ledger, NULL, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_rows, ==, 100);
}

static void
test_open_intents (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  const char *const ends[] = { "done", "failed", "recovered", "abandoned" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;
  g_autofree char *target = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      imp_ledger_row_free (append (ledger, "intent", ends[i], "{}"));
      imp_ledger_row_free (append (ledger, ends[i], ends[i], "{}"));
    }
  row = imp_ledger_append (ledger, "intent", "open", "{}", make_texts ("why", "/a/target.png"),
                           &error);
  imp_ledger_row_free (append (ledger, "approval", "open", "{}"));
  open = imp_ledger_list_open_intents (ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (((ImpLedgerRow *)open->pdata[0])->export_id, ==, "open");
  target = imp_ledger_get_text (ledger, ((ImpLedgerRow *)open->pdata[0])->id, "target", &error);
  g_assert_cmpstr (target, ==, "/a/target.png");
}

/* ---- texts ---- */

static void
test_texts (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;
  g_autoptr (ImpLedgerRow) twin = NULL;
  g_autofree char *reason = NULL;
  gint64 n_rows = 0;

  row = imp_ledger_append (ledger, "intent", "e", "{\"z\":1}", make_texts ("teaching", "a.png"),
                           &error);
  twin = imp_ledger_append (ledger, "intent", "f", "{\"z\":1}", make_texts ("teaching", "a.png"),
                            &error);
  g_assert_no_error (error);
  g_assert_null (strstr (row->body, "teaching"));
  g_assert_nonnull (strstr (row->body, "\"digests\":{\"reason\":\""));
  g_assert_cmpstr (row->body, !=, twin->body); /* the same words cannot be recognised */
  reason = imp_ledger_get_text (ledger, row->id, "reason", &error);
  g_assert_cmpstr (reason, ==, "teaching");
  g_assert_null (imp_ledger_get_text (ledger, row->id, "url", &error));
  g_assert_no_error (error);
  g_assert_true (imp_ledger_erase_texts (ledger, row->id, &error));
  g_assert_null (imp_ledger_get_text (ledger, row->id, "reason", &error));
  g_assert_no_error (error);
  g_assert_true (imp_ledger_verify (ledger, NULL, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 2);
}

/* ---- tampering ---- */

/* What someone does who has the key and drops the triggers first. */
static void
tamper (StoreFixture *fixture, const char *sql)
{
  g_autofree char *all = g_strconcat ("DROP TRIGGER ledger_in_order; DROP TRIGGER "
                                      "ledger_not_changed; DROP TRIGGER ledger_not_deleted; "
                                      "DROP TRIGGER ledger_text_not_changed;",
                                      sql, NULL);

  store_fixture_close (fixture);
  store_fixture_run_raw (fixture, all);
  store_fixture_open (fixture);
}

static void
check_broken_at (StoreFixture *fixture, int seq, const char *head)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *row = g_strdup_printf (" row %d:", seq);
  gint64 n_rows = 0;

  g_assert_false (imp_ledger_verify (ledger, head, &n_rows, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
  if (seq > 0)
    g_assert_nonnull (strstr (error->message, row));
}

typedef struct
{
  const char *sql;
  int seq;
} Tampering;

static const Tampering TAMPERINGS[] = {
  { "UPDATE ledger SET body = '{\"n\":7}' WHERE seq = 3", 3 },
  { "UPDATE ledger SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1", 1 },
  { "UPDATE ledger SET kind = 'done' WHERE seq = 5", 5 },
  { "UPDATE ledger SET export_id = NULL WHERE seq = 2", 2 },
  { "UPDATE ledger SET id = 'x' WHERE seq = 4", 4 },
  { "UPDATE ledger SET hash = upper (hash) WHERE seq = 2", 2 },
  { "UPDATE ledger SET previous = '' WHERE seq = 4", 4 },
  { "DELETE FROM ledger WHERE seq = 3", 4 },
  { "DELETE FROM ledger WHERE seq = 1", 2 },
  { "DELETE FROM ledger WHERE seq = 2; UPDATE ledger SET seq = seq - 1 WHERE seq > 2", 2 },
  { "UPDATE ledger SET seq = 30 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = 4;"
    "UPDATE ledger SET seq = 4 WHERE seq = 30",
    3 },
  { "INSERT INTO ledger SELECT 6, 'i', export_id, at, kind, body, hash, 'h' FROM ledger "
    "WHERE seq = 5",
    6 },
};

static void
test_tampered (StoreFixture *fixture, gconstpointer data)
{
  const Tampering *tampering = data;
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);

  append_some (ledger, 5);
  g_clear_object (&ledger);
  tamper (fixture, tampering->sql);
  check_broken_at (fixture, tampering->seq, NULL);
}

static void
test_tampered_text (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpLedgerRow) row = NULL;

  append_some (ledger, 1);
  row = imp_ledger_append (ledger, "intent", "e", "{}", make_texts ("teaching", "a"), &error);
  g_clear_object (&ledger);
  tamper (fixture, "UPDATE ledger_text SET value = 'other' WHERE key = 'reason'");
  check_broken_at (fixture, 2, NULL);
  ledger = imp_ledger_new (fixture->store);
  g_assert_null (imp_ledger_get_text (ledger, row->id, "reason", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
}

/* A cut tail is sound in itself; the head on a receipt shows it. */
static void
test_cut_tail (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *early = NULL;
  g_autofree char *head = NULL;
  gint64 n_rows = 0;

  append_some (ledger, 3);
  early = imp_ledger_get_head (ledger, &error);
  append_some (ledger, 2);
  head = imp_ledger_get_head (ledger, &error);
  g_assert_true (imp_ledger_verify (ledger, early, &n_rows, &error));
  g_assert_true (imp_ledger_verify (ledger, head, &n_rows, &error));
  g_assert_false (imp_ledger_verify (ledger, "not a hash", &n_rows, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_clear_object (&ledger);
  tamper (fixture, "DELETE FROM ledger WHERE seq > 3");
  ledger = imp_ledger_new (fixture->store);
  g_assert_true (imp_ledger_verify (ledger, NULL, &n_rows, &error));
  g_assert_cmpint (n_rows, ==, 3);
  g_assert_true (imp_ledger_verify (ledger, early, &n_rows, &error));
  g_clear_object (&ledger);
  check_broken_at (fixture, 0, head);
}

static void
test_triggers (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpLedger) ledger = imp_ledger_new (fixture->store);
  const char *const statements[] = {
    "DELETE FROM ledger",
    "DELETE FROM ledger WHERE seq = 3",
    "UPDATE ledger SET body = '{}'",
    "UPDATE ledger_text SET value = 'x'",
    "INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 3",
    "INSERT INTO ledger SELECT 9, 'i', export_id, at, kind, body, hash, 'h' FROM ledger "
    "WHERE seq = 3",
    "INSERT INTO ledger SELECT 4, 'i', export_id, at, kind, body, previous, 'h' FROM ledger "
    "WHERE seq = 3",
    "INSERT INTO ledger_text VALUES ('no such row', 'a', 'b')",
  };

  append_some (ledger, 3);
  imp_ledger_row_free (imp_ledger_append (ledger, "done", "e", "{}", make_texts ("a", "b"), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (imp_store_run (fixture->store, &error, statements[i], NULL, NULL));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/ledger/rows", test_rows);
  store_fixture_add ("/ledger/hash-as-documented", test_hash_as_documented);
  store_fixture_add ("/ledger/refused", test_refused);
  store_fixture_add ("/ledger/joins-transaction", test_joins_transaction);
  store_fixture_add ("/ledger/threads-and-programs", test_threads_and_programs);
  store_fixture_add ("/ledger/open-intents", test_open_intents);
  store_fixture_add ("/ledger/texts", test_texts);
  for (guint i = 0; i < G_N_ELEMENTS (TAMPERINGS); i++)
    {
      g_autofree char *name = g_strdup_printf ("/security/5-3/tampered/%02u", i + 1);

      g_test_add (name, StoreFixture, &TAMPERINGS[i], store_fixture_set_up, test_tampered,
                  store_fixture_tear_down);
    }
  store_fixture_add ("/security/5-3/tampered/text", test_tampered_text);
  store_fixture_add ("/security/5-3/tampered/cut-tail", test_cut_tail);
  store_fixture_add ("/security/5-3/append-only", test_triggers);
  return g_test_run ();
}
