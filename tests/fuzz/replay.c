/* Runs a fuzz target without libFuzzer: over every file that it is given, and over copies of each
 * with some bits turned and some ends cut, always the same ones.
 *
 *   replay-TARGET [--as-it-is] FILE|FOLDER…     one test for each path, in TAP
 *
 * With --as-it-is no copies are made: for measuring. */
#include "fuzz.h"

#include <stdio.h>

#include <glib/gstdio.h>

#define N_CHANGES 24
#define MOST_BYTES (256 * 1024)

/* Most targets need no preparation. */
__attribute__ ((weak)) int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

static void
run_changed (const guint8 *data, gsize length, GRand *random)
{
  g_autofree guint8 *copy = fuzz_dup (data, length);

  for (int i = 0; i < N_CHANGES && length > 0 && length <= MOST_BYTES; i++)
    {
      /* Headers matter more than what follows them. */
      gsize limit = i % 2 == 0 ? MIN (length, 512) : length;
      gsize at = (gsize)g_rand_int_range (random, 0, (gint32)limit);
      guint8 old = copy[at];

      if (i % 3 == 2)
        {
          LLVMFuzzerTestOneInput (copy, at);
          continue;
        }
      copy[at] ^= (guint8)(1 << g_rand_int_range (random, 0, 8));
      LLVMFuzzerTestOneInput (copy, length);
      copy[at] = old;
    }
}

static guint
run_path (const char *path, GRand *random, gboolean change)
{
  g_autofree char *data = NULL;
  gsize length = 0;
  guint n = 0;
  const char *name = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  if (folder == NULL)
    {
      FUZZ_HOLDS (g_file_get_contents (path, &data, &length, NULL));
      LLVMFuzzerTestOneInput ((const guint8 *)data, length);
      if (change)
        run_changed ((const guint8 *)data, length, random);
      return 1;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *member = g_build_filename (path, name, NULL);

      n += run_path (member, random, change);
    }
  return n;
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  gboolean change = argc < 2 || strcmp (argv[1], "--as-it-is") != 0;
  int first = change ? 1 : 2;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  LLVMFuzzerInitialize (&argc, &argv);
  printf ("1..%d\n", argc - first);
  for (int i = first; i < argc; i++)
    {
      g_autofree char *name = g_path_get_basename (argv[i]);
      guint n = run_path (argv[i], random, change);

      printf ("%s %d - %s: %u inputs\n", n > 0 ? "ok" : "not ok", i - first + 1, name, n);
      fflush (stdout);
    }
  if (&fuzz_accepted == NULL || fuzz_accepted > 0)
    return 0;
  fputs ("Bail out! Not one input was let in: the seeds are out of date\n", stdout);
  return 1;
}
