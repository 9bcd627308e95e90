/* kill -9 at any moment while people and rows of the ledger are written together: whatever was
 * acknowledged is there, nothing is there by half, and the chain holds. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-ledger.h"
#include "imp-register.h"
#include "store-support.h"

#define LONGEST_LIFE_US 25000
#define CREATIONS 50

/* 500, or what IMP_KILL_ROUNDS says: docs/reliability.md tells what more of them found. */
static int
get_rounds (void)
{
  const char *text = g_getenv ("IMP_KILL_ROUNDS");

  return text != NULL ? (int)g_ascii_strtoll (text, NULL, 10) : 500;
}

/* A "no" for each: it is in the journal of withdrawals before it is acknowledged. */
static void
object (ImpRegister *reg, const ImpPerson *person)
{
  g_autoptr (GError) error = NULL;

  imp_register_set_objection (reg, person->id, TRUE, NULL, &error);
  g_assert_no_error (error);
}

/* One transaction: a person who says no, and a row with a text that belong together. */
static void
write_pair (ImpStore *store, ImpRegister *reg, ImpLedger *ledger, guint32 number)
{
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autofree char *export_id = g_strdup_printf ("export-%u", number);
  GVariantBuilder texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (ImpLedgerRow) row = NULL;
  g_autoptr (GError) error = NULL;

  person->hospital_number = g_strdup_printf ("H%06u", number);
  g_variant_builder_add (&texts, "{ss}", "target", export_id);
  imp_store_begin (store, &error);
  g_assert_no_error (error);
  imp_register_add_person (reg, person, &error);
  g_assert_no_error (error);
  object (reg, person);
  row =
      imp_ledger_append (ledger, "intent", export_id, "{}", g_variant_builder_end (&texts), &error);
  g_assert_no_error (error);
  imp_store_commit (store, &error);
  g_assert_no_error (error);
}

/* The child: opens, writes, and says each number only after it is committed. */
static void
write_until_killed (StoreFixture *fixture, guint32 number, int fd)
{
  g_autoptr (ImpRegister) reg = NULL;
  g_autoptr (ImpLedger) ledger = NULL;

  store_fixture_open (fixture);
  reg = imp_register_new (fixture->store);
  ledger = imp_ledger_new (fixture->store);
  for (;; number++)
    {
      write_pair (fixture->store, reg, ledger, number);
      if (write (fd, &number, sizeof number) != sizeof number)
        _exit (1);
    }
}

/* Kills a child at any moment, or once it has written a few: a busy machine may not let it get
 * there in time. Returns the number after the last that was acknowledged. */
static guint32
kill_one (StoreFixture *fixture, guint32 number, int n_awaited)
{
  int fds[2] = { -1, -1 };
  guint32 acknowledged = 0;
  guint32 next = number;
  int status = 0;
  pid_t child = -1;

  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (fds[0]);
      write_until_killed (fixture, number, fds[1]);
    }
  close (fds[1]);
  for (; n_awaited > 0 && read (fds[0], &acknowledged, sizeof acknowledged) > 0; n_awaited--)
    next = acknowledged + 1;
  g_usleep ((gulong)g_random_int_range (0, LONGEST_LIFE_US));
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  while (read (fds[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged)
    next = acknowledged + 1;
  close (fds[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  return next;
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

static void
test_kill (StoreFixture *fixture, gconstpointer data)
{
  const int n_rounds = get_rounds ();
  g_autofree char *copy = g_strconcat (fixture->path, ".copy", NULL);
  guint32 next = 0;
  int n_alive = 0;

  store_fixture_close (fixture);
  copy_file (fixture->path, copy);
  for (int i = 0; i < n_rounds; i++)
    {
      guint32 before = next;
      gint64 n_people = 0;
      gint64 n_rows = 0;
      g_autoptr (ImpLedger) ledger = NULL;
      g_autoptr (GError) error = NULL;

      next = kill_one (fixture, next, i % 2 ? g_random_int_range (1, 5) : 0);
      n_alive += next > before;
      store_fixture_open (fixture);
      g_assert_null (imp_store_get_read_only_reason (fixture->store));
      ledger = imp_ledger_new (fixture->store);
      imp_ledger_verify (ledger, NULL, &n_rows, &error);
      g_assert_no_error (error);
      n_people = store_fixture_integer (fixture->store, "SELECT count(*) FROM person");
      g_assert_cmpint (n_people, ==, n_rows);
      g_assert_cmpint (n_people, ==,
                       store_fixture_integer (fixture->store, "SELECT count(*) FROM ledger_text"));
      /* All that was said, and at most the one that was not said any more. */
      g_assert_cmpint (n_people, >=, next);
      g_assert_cmpint (n_people, <=, (gint64)next + 1);
      g_assert_cmpint (n_people, ==,
                       1
                           + store_fixture_integer (fixture->store,
                                                    "SELECT coalesce (max (CAST (substr ("
                                                    "hospital_number, 2) AS INTEGER)), -1) "
                                                    "FROM person"));
      next = (guint32)n_people;
      g_assert_cmpint (
          n_people, ==,
          store_fixture_integer (fixture->store, "SELECT count(*) FROM person WHERE objects"));
      g_clear_object (&ledger);
      store_fixture_close (fixture);
    }
  g_test_message ("%u pairs in %d rounds, %d of which got to write", next, n_rounds, n_alive);
  g_assert_cmpint (n_alive, >=, n_rounds / 2);
  /* Every "no" was in the journal: the empty register of the beginning learns all of them. */
  copy_file (copy, fixture->path);
  store_fixture_open (fixture);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM tombstone"), >=,
                   next);
}

/* Two programs on one register: both write, no row is lost, and the chain has no fork. */
static void
test_two_programs (StoreFixture *fixture, gconstpointer data)
{
  pid_t children[2] = { -1, -1 };
  g_autoptr (ImpLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_rows = 0;

  store_fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        {
          g_autoptr (ImpRegister) reg = NULL;

          store_fixture_open (fixture);
          reg = imp_register_new (fixture->store);
          ledger = imp_ledger_new (fixture->store);
          for (guint32 j = 0; j < 100; j++)
            write_pair (fixture->store, reg, ledger, i * 1000 + j);
          _exit (0);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status = 0;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
  store_fixture_open (fixture);
  ledger = imp_ledger_new (fixture->store);
  imp_ledger_verify (ledger, NULL, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_rows, ==, 200);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM person"), ==, 200);
}

/* kill -9 while a register is being made: it is there and whole, or not there at all and can be
 * made. */
static void
test_kill_creation (StoreFixture *fixture, gconstpointer data)
{
  ImpKey key = store_fixture_key (fixture);
  int n_whole = 0;

  store_fixture_close (fixture);
  for (int i = 0; i < CREATIONS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/made-%d.db", fixture->folder, i);
      g_autoptr (ImpStore) store = NULL;
      g_autoptr (GError) error = NULL;
      pid_t child = fork ();

      if (child == 0)
        {
          store = imp_store_create (path, &key, NULL);
          _exit (0);
        }
      g_usleep ((gulong)g_random_int_range (0, 4 * LONGEST_LIFE_US));
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
      store = imp_store_open (path, &key, &error);
      if (store != NULL)
        {
          n_whole++;
          g_assert_null (imp_store_get_read_only_reason (store));
          g_assert_cmpint (store_fixture_integer (store, "SELECT count(*) FROM person"), ==, 0);
          continue;
        }
      g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
      g_clear_error (&error);
      store = imp_store_create (path, &key, &error);
      g_assert_no_error (error);
    }
  g_test_message ("%d of %d were whole", n_whole, CREATIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/reliability/kill", test_kill);
  store_fixture_add ("/reliability/kill-creation", test_kill_creation);
  store_fixture_add ("/reliability/two-programs", test_two_programs);
  return g_test_run ();
}
