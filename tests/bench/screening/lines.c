/* What the judge's weights are trained on. Standard input has pictures one after the other, each as
 * "WIDTH HEIGHT\n" and its grey levels; for each, standard output gets the number of lines as a
 * 32-bit integer, and of each line 6 + IMP_JUDGE_FEATURES floats: x0, y0, x1, y1, its size, the
 * odds of the weights of today, and what was measured. */
#include "imp-detect.h"

#include <stdio.h>

static ImpPlane *
read_plane (void)
{
  int width = 0;
  int height = 0;
  ImpPlane *plane = NULL;

  if (scanf ("%d %d", &width, &height) != 2 || getchar () != '\n')
    return NULL;
  plane = imp_plane_new (width, height);
  if (fread (plane->data, (size_t)width, (size_t)height, stdin) == (size_t)height)
    return plane;
  imp_plane_free (plane);
  return NULL;
}

static void
write_lines (const GArray *lines)
{
  gint32 n = (gint32)lines->len;

  fwrite (&n, sizeof n, 1, stdout);
  for (guint i = 0; i < lines->len; i++)
    {
      const ImpCandidate *line = &g_array_index (lines, ImpCandidate, i);
      const float place[] = { (float)line->x0, (float)line->y0,   (float)line->x1,
                              (float)line->y1, (float)line->size, (float)line->score };

      fwrite (place, sizeof place, 1, stdout);
      fwrite (line->measures, sizeof line->measures, 1, stdout);
    }
  fflush (stdout);
}

int
main (void)
{
  ImpPlane *plane = NULL;

  while ((plane = read_plane ()) != NULL)
    {
      g_autoptr (GArray) lines = imp_detect_lines (plane, -G_MAXDOUBLE);

      write_lines (lines);
      imp_plane_free (plane);
    }
  return 0;
}
