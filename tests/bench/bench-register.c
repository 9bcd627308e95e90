/* How long the register takes, filled as a big department's: 300,000 people, 1,000,000 permissions.
 * Usage: bench-register [PEOPLE]. Prints figures; never a test. */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "imp-register.h"
#include "store-support.h"

#define LOOKUPS 2000
#define SEARCHES 40

/* Names of two parts out of 26 × 26 × 100 and the like: many share one, as in a register. */
static const char PEOPLE[] =
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %1$u), "
    "p AS (SELECT i, (i * 7919) %% 45697 AS a, (i * 104729) %% 7919 AS b FROM n) "
    "INSERT INTO person (id, hospital_number, number_folded, name, name_folded, born, created) "
    "SELECT printf ('%%020d', i), printf ('H%%07d', i), printf ('h%%07d', i), "
    "printf ('Example%%05d^Person%%04d', a, b), printf ('example%%05d person%%04d', a, b), "
    "date ('1930-01-01', printf ('+%%d days', (i * 31) %% 33000)), '2026-01-01T00:00:00.000Z' "
    "FROM p";

static const char PERMISSIONS[] =
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %1$u) "
    "INSERT INTO permission (id, person_id, level, identifiable, given_by, capacity, evidence, "
    "given, expires, state, created) "
    "SELECT printf ('p%%019d', i), printf ('%%020d', (i * 48271) %% %2$u), 'teaching-closed', 0, "
    "'patient', 'presumed', 'signed-paper', '2026-01-01', '2030-01-01', 'active', "
    "'2026-01-01T00:00:00.000Z' FROM n";

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *)a;
  gint64 second = *(const gint64 *)b;

  return first < second ? -1 : first > second;
}

static double
percentile (gint64 *times, int n_times, int percent)
{
  qsort (times, (gsize)n_times, sizeof *times, compare);
  return (double)times[MIN (n_times - 1, n_times * percent / 100)] / 1000.0;
}

static void
fill (ImpStore *store, const char *what, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  imp_store_run (store, &error, sql, NULL, NULL);
  g_assert_no_error (error);
  g_print ("filled %s: %.1f s\n", what, (double)(g_get_monotonic_time () - start) / 1e6);
}

static void
bench_numbers (ImpRegister *reg, guint n_people)
{
  gint64 find_times[LOOKUPS];
  gint64 list_times[LOOKUPS];

  for (int i = 0; i < LOOKUPS; i++)
    {
      g_autofree char *number =
          g_strdup_printf ("h%07u", (guint)g_random_int_range (0, (gint32)n_people));
      gint64 start = g_get_monotonic_time ();
      g_autoptr (ImpPerson) person = imp_register_find_by_number (reg, number, NULL);
      gint64 found = g_get_monotonic_time ();
      g_autoptr (GPtrArray) permissions = imp_register_list_permissions (reg, person->id, NULL);

      list_times[i] = g_get_monotonic_time () - found;
      find_times[i] = found - start;
      g_assert_nonnull (permissions);
    }
  g_print ("number look-up: p50 %.3f ms, p99 %.3f ms\n", percentile (find_times, LOOKUPS, 50),
           percentile (find_times, LOOKUPS, 99));
  g_print ("a person's permissions: p50 %.3f ms, p99 %.3f ms\n",
           percentile (list_times, LOOKUPS, 50), percentile (list_times, LOOKUPS, 99));
}

static void
bench_search (ImpRegister *reg, const char *what, const char *format, int range)
{
  gint64 times[SEARCHES];
  guint n_found = 0;

  for (int i = 0; i < SEARCHES; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", g_random_int_range (range, 10 * range));
      g_autofree char *text = g_strconcat (format, number, NULL);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) people = imp_register_search (reg, text, 50, NULL);

      times[i] = g_get_monotonic_time () - start;
      n_found += people->len;
    }
  g_print ("search by %s (%.1f found): p50 %.1f ms, p99 %.1f ms\n", what,
           (double)n_found / SEARCHES, percentile (times, SEARCHES, 50),
           percentile (times, SEARCHES, 99));
}

static void
bench_open (StoreFixture *fixture)
{
  gint64 start = 0;
  struct stat status;

  store_fixture_close (fixture);
  g_stat (fixture->path, &status);
  start = g_get_monotonic_time ();
  store_fixture_open (fixture);
  g_print ("open %.0f MiB: %.1f ms\n", (double)status.st_size / 1048576.0,
           (double)(g_get_monotonic_time () - start) / 1000.0);
}

int
main (int argc, char **argv)
{
  guint n_people = argc > 1 ? (guint)atoi (argv[1]) : 300000;
  StoreFixture fixture = { NULL };
  g_autofree char *people = g_strdup_printf (PEOPLE, n_people);
  g_autofree char *permissions =
      g_strdup_printf (PERMISSIONS, (guint)((guint64)n_people * 10 / 3), n_people);

  store_fixture_set_up (&fixture, NULL);
  g_print ("%s, %u people\n", imp_store_is_encrypted (fixture.store) ? "SQLCipher" : "plain SQLite",
           n_people);
  fill (fixture.store, "people", people);
  fill (fixture.store, "permissions", permissions);
  bench_open (&fixture);
  {
    g_autoptr (ImpRegister) reg = imp_register_new (fixture.store);

    bench_numbers (reg, n_people);
    bench_search (reg, "the beginning of a number", "H0", 1000);
    bench_search (reg, "a part of the name", "ample", 1000);
  }
  store_fixture_tear_down (&fixture, NULL);
  return 0;
}
