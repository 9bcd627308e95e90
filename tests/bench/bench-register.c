/* How long the register takes, filled as a large department's: 300,000 people, 1,000,000
 * permissions. Usage: bench-register [PEOPLE]. Prints names and milliseconds; register.py compares
 * them. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gate-accounts.h"
#include "gate.h"
#include "imp-clock.h"
#include "imp-register-keeping.h"
#include "imp-register-look-ups.h"
#include "imp-register-text.h"
#include "imp-views.h"
#include "made-register.h"

#define NUMBERS 2000
#define NAMES 400
#define ROUNDS 10
#define PAGE 50
#define CASES 10000 /* one in 20 of them waits */

typedef struct
{
  char *folder;
  char *path;
  char *key_file;
  guint n_people;
  GRand *random;
} Bench;

/* What this thread alone has used: whatever else the machine does. */
static double
used (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1000.0 + (double)now.tv_nsec / 1e6;
}

static double
milliseconds_since (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a;
  double second = *(const double *)b;

  return first < second ? -1 : first > second;
}

static void
print_times (const char *what, GArray *times)
{
  g_array_sort (times, compare);
  g_print ("%s-p50 %.3f\n", what, g_array_index (times, double, times->len / 2));
  g_print ("%s-p99 %.3f\n", what, g_array_index (times, double, times->len * 99 / 100));
}

static char *
draw_number (Bench *bench)
{
  return g_strdup_printf ("h%07d", g_rand_int_range (bench->random, 0, (gint32)bench->n_people));
}

static void
bench_numbers (Bench *bench, ImpRegister *reg)
{
  g_autoptr (GArray) exact = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) find = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;
  double number_used = 0;
  double list_used = 0;

  for (guint i = 0; i < NUMBERS; i++)
    {
      g_autofree char *number = draw_number (bench);
      double began = used ();
      gint64 start = g_get_monotonic_time ();
      g_autoptr (ImpPerson) person = imp_register_find_by_number (reg, number, &error);
      double took = milliseconds_since (start);
      g_autoptr (GPtrArray) permissions = NULL;
      g_autoptr (GPtrArray) found = NULL;

      g_assert_no_error (error);
      g_array_append_val (exact, took);
      number_used += used () - began;
      start = g_get_monotonic_time ();
      began = used ();
      permissions = imp_register_list_permissions (reg, person->id, &error);
      took = milliseconds_since (start);
      g_array_append_val (list, took);
      list_used += used () - began;
      start = g_get_monotonic_time ();
      found = imp_register_find (reg, number, PAGE, &error);
      took = milliseconds_since (start);
      g_array_append_val (find, took);
      g_assert_no_error (error);
      g_assert_cmpstr (((ImpFound *)found->pdata[0])->person->id, ==, person->id);
    }
  print_times ("number", exact);
  print_times ("number-in-search", find);
  print_times ("permissions", list);
  g_print ("number-used %.4f\npermissions-used %.4f\n", number_used / NUMBERS, list_used / NUMBERS);
}

/* One wrong letter, one left out, one too many, or two exchanged: where, is drawn by lot. */
static char *
misspell (Bench *bench, const char *word)
{
  GString *wrong = g_string_new (word);
  guint at = (guint)g_rand_int_range (bench->random, 1, (gint32)wrong->len - 1);
  char letter = (char)('a' + g_rand_int_range (bench->random, 0, 26));
  char before = wrong->str[at - 1];

  switch (g_rand_int_range (bench->random, 0, 4))
    {
    case 0:
      wrong->str[at] = letter;
      break;
    case 1:
      g_string_erase (wrong, (gssize)at, 1);
      break;
    case 2:
      g_string_insert_c (wrong, (gssize)at, letter);
      break;
    default:
      wrong->str[at - 1] = wrong->str[at];
      wrong->str[at] = before;
    }
  return g_string_free (wrong, FALSE);
}

static gboolean
has_person (GPtrArray *found, const char *id)
{
  for (guint i = 0; i < found->len; i++)
    if (strcmp (((ImpFound *)g_ptr_array_index (found, i))->person->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
bench_names (Bench *bench, ImpRegister *reg, const char *what, gboolean wrong, gboolean with_given)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;
  double name_used = 0;
  guint n_found = 0;

  for (guint i = 0; i < NAMES; i++)
    {
      g_autofree char *number = draw_number (bench);
      g_autoptr (ImpPerson) person = imp_register_find_by_number (reg, number, &error);
      g_autofree char *folded = imp_register_text_fold_name (person->name);
      g_auto (GStrv) words = g_strsplit (folded, " ", 2);
      g_autofree char *family = wrong ? misspell (bench, words[0]) : g_strdup (words[0]);
      g_autofree char *text =
          with_given ? g_strconcat (family, " ", words[1], NULL) : g_strdup (family);
      double began = used ();
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) found = imp_register_find (reg, text, PAGE, &error);
      double took = milliseconds_since (start);

      name_used += used () - began;

      g_assert_no_error (error);
      g_array_append_val (times, took);
      n_found += has_person (found, person->id);
    }
  print_times (what, times);
  g_print ("%s-found %.3f\n", what, (double)n_found / NAMES);
  g_print ("%s-used %.4f\n", what, name_used / NAMES);
}

static void
bench_log (Bench *bench, ImpRegister *reg)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < NAMES; i++)
    {
      g_autofree char *number = draw_number (bench);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (ImpPerson) person = imp_register_look_up_number (reg, number, &error);
      double took = milliseconds_since (start);

      g_assert_no_error (error);
      g_assert_nonnull (person);
      g_array_append_val (times, took);
    }
  print_times ("number-recorded", times);
}

static void
bench_retention (ImpRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *today = imp_clock_today ();
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) due = imp_register_list_due (reg, today, PAGE, &error);

  g_assert_no_error (error);
  g_print ("retention %.3f\n", milliseconds_since (start));
  g_print ("rows-retention %u\n", due->len);
}

static void
bench_view (ImpGate *gate, ImpSavedView view)
{
  ImpViewQuery query = { .view = view, .limit = PAGE };
  g_autoptr (GError) error = NULL;
  guint n_rows = 0;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = imp_gate_list_view_sync (gate, &query, &error);

  g_assert_no_error (error);
  g_print ("view-%s %.3f\n", imp_saved_view_to_text (view), milliseconds_since (start));
  g_print ("rows-%s %u\n", imp_saved_view_to_text (view), rows->len);
  query.limit = 1000;
  start = g_get_monotonic_time ();
  g_assert_true (imp_gate_count_view_sync (gate, &query, &n_rows, &error));
  g_print ("count-%s %.3f\n", imp_saved_view_to_text (view), milliseconds_since (start));
  g_print ("counted-%s %u\n", imp_saved_view_to_text (view), n_rows);
}

/* The first page as the window asks for it, and the number beside the view's name. */
static void
bench_views (ImpGate *gate)
{
  for (guint view = 0; view < IMP_N_VIEWS; view++)
    if (view != IMP_VIEW_WAITING)
      bench_view (gate, view);
}

static void
add_user (ImpGate *gate, const char *name, guint roles, const char *pin)
{
  const ImpUserChange change = { IMP_USER_ADD, NULL, name, roles, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) fresh = imp_second_new (NULL, pin);
  g_autoptr (ImpUser) user = imp_gate_change_user_sync (gate, &change, NULL, fresh, &error);

  g_assert_no_error (error);
}

static void
sign_in (ImpGate *gate, const char *name, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) who = imp_second_new (name, pin);

  imp_gate_sign_in_sync (gate, who, &error);
  g_assert_no_error (error);
}

/* Cases wait only where there are users: those come last, as everything else is asked without. */
static void
bench_waiting (Bench *bench, ImpGate *gate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStore) store = NULL;
  ImpKey key = { IMP_KEY_FILE, NULL, bench->key_file };

  add_user (gate, "Example Keeper", IMP_ROLE_KEEPER | IMP_ROLE_OPERATOR, "481516");
  sign_in (gate, "Example Keeper", "481516");
  add_user (gate, "Example Approver", IMP_ROLE_APPROVER, "908172");
  store = imp_store_open (bench->path, &key, &error);
  g_assert_no_error (error);
  made_register_park (store, CASES, &error);
  g_assert_no_error (error);
  sign_in (gate, "Example Approver", "908172");
  bench_view (gate, IMP_VIEW_WAITING);
}

static void
fill (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  ImpKey key = { IMP_KEY_FILE, NULL, bench->key_file };
  gint64 start = g_get_monotonic_time ();
  ImpStore *store = imp_store_create (bench->path, &key, &error);
  GStatBuf status;

  g_assert_no_error (error);
  made_register_fill (store, bench->n_people, &error);
  g_assert_no_error (error);
  g_object_unref (store);
  g_assert_cmpint (g_stat (bench->path, &status), ==, 0);
  g_print ("fill %.3f\nmebibytes %.1f\n", milliseconds_since (start),
           (double)status.st_size / 1048576.0);
}

static void
measure (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) gate = NULL;
  gint64 start = 0;

  setvbuf (stdout, NULL, _IOLBF, 0);
  start = g_get_monotonic_time ();
  gate = imp_gate_open_sync (bench->path, IMP_GATE_KEY_FILE, bench->key_file, FALSE, &error);
  g_assert_no_error (error);
  g_print ("open %.3f\n", milliseconds_since (start));
  bench_numbers (bench, imp_gate_get_register (gate));
  bench_names (bench, imp_gate_get_register (gate), "name", FALSE, TRUE);
  bench_names (bench, imp_gate_get_register (gate), "misspelt-name", TRUE, TRUE);
  bench_names (bench, imp_gate_get_register (gate), "misspelt-family-name", TRUE, FALSE);
  bench_log (bench, imp_gate_get_register (gate));
  bench_views (gate);
  bench_retention (imp_gate_get_register (gate));
  bench_waiting (bench, gate);
}

static void
clear (Bench *bench)
{
  g_autoptr (GDir) folder = g_dir_open (bench->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (bench->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (bench->folder);
  g_rand_free (bench->random);
  g_free (bench->folder);
  g_free (bench->path);
  g_free (bench->key_file);
}

int
main (int argc, char **argv)
{
  Bench bench = { .n_people = argc > 1 ? (guint)atoi (argv[1]) : 300000,
                  .random = g_rand_new_with_seed (20) };

  bench.folder = g_dir_make_tmp ("imprimatur-bench-XXXXXX", NULL);
  bench.path = g_build_filename (bench.folder, "register.db", NULL);
  bench.key_file = g_build_filename (bench.folder, "key", NULL);
  fill (&bench);
  measure (&bench);
  clear (&bench);
  return 0;
}
