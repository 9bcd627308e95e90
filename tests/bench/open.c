/* How long a DICOM file takes from its name to rendered pixels, helper and lock included, against
 * the whole process of dcm2pnm on the same file. Usage: open FILE; open --once FILE. */
#include <stdio.h>
#include <string.h>

#include "imp-source.h"

#define ROUNDS 9

/* Returns when the raster was ready, on the clock that all processes share. */
static gint64
open_and_render (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_source_load_frame_sync (source, 0, 0, NULL, &error) : NULL;
  g_autoptr (ImpRaster) raster = frame != NULL ? imp_frame_render (frame, NULL, &error) : NULL;

  if (raster == NULL)
    g_error ("%s", error->message);
  return g_get_monotonic_time ();
}

static void
run (const char *const *arguments, char **output)
{
  int status = -1;

  if (!g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, output, NULL,
                     &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    g_error ("%s failed", arguments[0]);
}

static double
time_peer (const char *path)
{
  g_autofree char *out = g_strconcat (path, ".pgm", NULL);
  g_autofree char *output = NULL;
  const char *arguments[] = { "dcm2pnm", "+Wi", "1", path, out, NULL };
  gint64 begin = g_get_monotonic_time ();

  run (arguments, &output);
  return (double)(g_get_monotonic_time () - begin) / 1000;
}

static double
time_cold (const char *self, const char *path)
{
  g_autofree char *output = NULL;
  const char *arguments[] = { self, "--once", path, NULL };
  gint64 begin = g_get_monotonic_time ();

  run (arguments, &output);
  return (double)(g_ascii_strtoll (output, NULL, 10) - begin) / 1000;
}

static double
time_warm (const char *path)
{
  gint64 begin = g_get_monotonic_time ();

  return (double)(open_and_render (path) - begin) / 1000;
}

static int
compare_times (const void *a, const void *b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (double *times)
{
  qsort (times, ROUNDS, sizeof *times, compare_times);
  return times[ROUNDS / 2];
}

int
main (int argc, char **argv)
{
  double theirs[ROUNDS];
  double cold[ROUNDS];
  double warm[ROUNDS];

  if (argc == 3 && strcmp (argv[1], "--once") == 0)
    {
      printf ("%" G_GINT64_FORMAT "\n", open_and_render (argv[2]));
      return 0;
    }
  if (argc != 2)
    return 1;
  open_and_render (argv[1]);
  for (int i = 0; i < ROUNDS; i++)
    {
      theirs[i] = time_peer (argv[1]);
      cold[i] = time_cold (argv[0], argv[1]);
      warm[i] = time_warm (argv[1]);
    }
  printf ("dcm2pnm, whole process: %.0f ms\n", median (theirs));
  printf (
      "open to raster, from the start of program and helper: %.0f ms, ratio %.2f (at most 1.25)\n",
      median (cold), median (cold) / median (theirs));
  printf ("open to raster, warm helper: %.0f ms, ratio %.2f\n", median (warm),
          median (warm) / median (theirs));
  return 0;
}
