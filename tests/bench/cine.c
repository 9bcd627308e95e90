/* How long frames of a long cine take against a file of one such frame, with a warm helper, and
 * how much memory this program and the helper's child take meanwhile.
 * Usage: cine ONE-FRAME-FILE CINE-FILE; prints milliseconds and kilobytes, "name value" a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "imp-source.h"

#define ROUNDS 7

static ImpSource *
open_source (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  ImpSource *source = imp_source_open_sync (file, NULL, &error);

  if (source == NULL)
    g_error ("%s", error->message);
  return source;
}

static void
show (ImpSource *source, guint number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (source, number, 0, NULL, &error);
  g_autoptr (ImpRaster) raster = frame != NULL ? imp_frame_render (frame, NULL, &error) : NULL;

  if (raster == NULL)
    g_error ("%s", error->message);
}

/* A line of /proc/PID/status, in kilobytes. */
static long
read_status (int pid, const char *key)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return -1;
  line = strstr (text, key);
  return line != NULL ? strtol (line + strlen (key), NULL, 10) : -1;
}

static int
child_of (int pid)
{
  g_autofree char *tasks = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) dir = g_dir_open (tasks, 0, NULL);

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (tasks, name, "children", NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && *text != '\0')
        return (int)strtol (text, NULL, 10);
    }
  return -1;
}

static int
compare_times (const void *a, const void *b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static void
print_median (const char *name, double *times)
{
  qsort (times, ROUNDS, sizeof *times, compare_times);
  printf ("%s %.2f\n", name, times[ROUNDS / 2]);
}

static double
since (gint64 begin)
{
  return (double)(g_get_monotonic_time () - begin) / 1000;
}

int
main (int argc, char **argv)
{
  const guint wanted[] = { 0, 2, 399 };
  double one[ROUNDS];
  double first[G_N_ELEMENTS (wanted)][ROUNDS];
  int child = -1;

  if (argc != 3)
    return 1;
  g_object_unref (open_source (argv[1]));
  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (ImpSource) source = open_source (argv[1]);

      show (source, 0);
      one[i] = since (begin);
      for (gsize k = 0; k < G_N_ELEMENTS (wanted); k++)
        {
          g_autoptr (ImpSource) cine = NULL;

          begin = g_get_monotonic_time ();
          cine = open_source (argv[2]);
          show (cine, wanted[k]);
          first[k][i] = since (begin);
        }
    }
  print_median ("one", one);
  print_median ("frame-1", first[0]);
  print_median ("frame-3", first[1]);
  print_median ("frame-400", first[2]);
  {
    g_autoptr (ImpSource) cine = open_source (argv[2]);

    for (guint number = 0; number < imp_facts_get_n_frames (imp_source_get_facts (cine)); number++)
      show (cine, number);
    imp_source_get_sha256 (cine);
    child = child_of (child_of (getpid ()));
    printf ("client %ld\n", read_status (getpid (), "VmHWM:"));
    printf ("child %ld\n", read_status (child, "VmHWM:"));
    printf ("child-own %ld\n", read_status (child, "RssAnon:"));
  }
  return 0;
}
