/* How long one file takes from its name to rendered pixels, with a helper that is started for it
 * and with a warm one, against a peer's whole process, turn by turn. Usage: open-corpus FILE PEER…;
 * prints the medians in milliseconds: peer, cold, warm. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "imp-source.h"

#define ROUNDS 5

static gboolean
open_and_render (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, NULL);
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_source_load_frame_sync (source, 0, 0, NULL, NULL) : NULL;
  g_autoptr (ImpRaster) raster = frame != NULL ? imp_frame_render (frame, NULL, NULL) : NULL;

  return raster != NULL;
}

/* Milliseconds of a whole process; negative where it fails. */
static double
time_process (char **arguments)
{
  gint64 begin = g_get_monotonic_time ();
  int status = -1;

  if (!g_spawn_sync (NULL, arguments, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    return -1;
  return (double)(g_get_monotonic_time () - begin) / 1000;
}

static double
time_warm (const char *path)
{
  gint64 begin = g_get_monotonic_time ();

  return open_and_render (path) ? (double)(g_get_monotonic_time () - begin) / 1000 : -1;
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
  double peer[ROUNDS];
  double cold[ROUNDS];
  double warm[ROUNDS];

  if (argc == 3 && strcmp (argv[1], "--once") == 0)
    return open_and_render (argv[2]) ? 0 : 1;
  if (argc < 3 || !open_and_render (argv[1]))
    return 1;
  for (int i = 0; i < ROUNDS; i++)
    {
      char *once[] = { argv[0], (char *)"--once", argv[1], NULL };

      peer[i] = time_process (argv + 2);
      cold[i] = time_process (once);
      warm[i] = time_warm (argv[1]);
      if (peer[i] < 0 || cold[i] < 0 || warm[i] < 0)
        return 1;
    }
  printf ("%.2f %.2f %.2f\n", median (peer), median (cold), median (warm));
  return 0;
}
