/* One register opened by two programs at once: both work, each sees what the other did, and neither
 * settles what the other is in the middle of. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate-disk.h"
#include "gate-fixture.h"
#include "imp-error.h"

static void
write_intent (Fixture *fixture, const char *export_id)
{
  g_autofree char *uri = g_file_get_uri (fixture->target);
  g_autoptr (ImpLedgerRow) row = NULL;
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&texts, "{ss}", "target-uri", uri);
  row = imp_ledger_append (fixture->gate->ledger, "intent", export_id, "{\"sha256\":\"0000\"}",
                           g_variant_builder_end (&texts), NULL);
  g_assert_nonnull (row);
}

static guint
count_recovered (ImpGate *gate)
{
  return g_strv_length ((char **)imp_gate_get_recovered (gate));
}

/* Both record, and a no from the one stops a release by the other at once. */
static void
test_both_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) other = open_gate (fixture, FALSE);
  g_autofree char *permission = add_permission (fixture, "teaching-closed");
  g_autoptr (ImpPerson) added = imp_person_new ();
  g_autoptr (ImpPerson) found = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  gint64 n_rows = 0;

  added->hospital_number = g_strdup ("H300300");
  g_assert_true (imp_register_add_person (imp_gate_get_register (other), added, &error));
  found = imp_register_get_person (imp_gate_get_register (fixture->gate), added->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->hospital_number, ==, "H300300");
  answer_all (fixture, fixture->request, "consent", "teaching-file");
  imp_request_set_person (fixture->request, fixture->person_id);
  receipt = imp_gate_release_sync (other, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ledger_has (fixture, "done", receipt->ledger_id));
  g_assert_true (imp_register_withdraw (imp_gate_get_register (other), permission, "patient",
                                        "telephone", &error));
  g_assert_no_error (error);
  g_assert_true (g_file_delete (fixture->target, NULL, &error));
  assert_refused (fixture, "row-1");
  g_assert_true (
      imp_gate_ledger_verify_sync (fixture->gate, receipt->chain_head, &n_rows, NULL, &error));
  g_assert_no_error (error);
}

/* What another program has begun and not ended is left alone for as long as it runs. */
static void
test_under_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, "register.db");
  g_autoptr (ImpDiskLock) releasing = imp_disk_lock (path, FALSE, &error);
  g_autoptr (ImpGate) second = NULL;
  g_autoptr (ImpGate) third = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (releasing);
  write_intent (fixture, "under-way");
  second = open_gate (fixture, FALSE);
  g_assert_cmpuint (count_recovered (second), ==, 0);
  g_assert_false (ledger_has (fixture, "abandoned", "under-way"));
  g_clear_pointer (&releasing, imp_disk_lock_free);
  third = open_gate (fixture, FALSE);
  g_assert_cmpuint (count_recovered (third), ==, 1);
  g_assert_true (ledger_has (fixture, "abandoned", "under-way"));
}

/* A program that is killed in the middle holds nobody up: its lock goes with it. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (fixture, "register.db");
  g_autoptr (ImpDiskLock) mine = NULL;
  int fds[2] = { -1, -1 };
  char ready = 0;
  pid_t child = -1;

  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      ImpDiskLock *lock = imp_disk_lock (path, FALSE, NULL);

      if (lock == NULL || write (fds[1], "x", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (child, >, 0);
  g_assert_cmpint (read (fds[0], &ready, 1), ==, 1);
  g_assert_null (imp_disk_lock (path, TRUE, &error)); /* a release is under way over there */
  g_assert_no_error (error);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  mine = imp_disk_lock (path, TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (mine);
  close (fds[0]);
  close (fds[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, run) g_test_add (name, Fixture, NULL, set_up, run, tear_down)
  TEST ("/reliability/two-instances/both-work", test_both_work);
  TEST ("/reliability/two-instances/left-alone", test_under_way);
  TEST ("/reliability/two-instances/lock-goes-with-who-held-it", test_killed);
#undef TEST
  return g_test_run ();
}
