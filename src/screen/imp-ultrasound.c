#include "imp-ultrasound.h"

/* Of scanners whose layout is known, the strip along the top that names the patient has 6 to 10 in
 * a hundred of the rows: the highest covers all of them. */
#define STRIP_SHARE 10

/**
 * imp_ultrasound_is:
 * @facts: facts
 *
 * Returns: whether the picture is of an ultrasound scanner
 */
gboolean
imp_ultrasound_is (const ImpFacts *facts)
{
  return g_strcmp0 (imp_facts_get_image_kind (facts), "ultrasound") == 0;
}

/* Whether a region holds a picture: one of two dimensions, a motion, a spectrum or a waveform, and
 * neither graphics nor none (PS3.3 C.8.5.5.1.1). */
static gboolean
has_picture (const ImpUltrasoundRegion *region)
{
  return region->format >= 1 && region->format <= 4;
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* The rows at which a region begins or ends, and the first and the last of the frame. */
static GArray *
list_edges (GArray *regions, int height)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (int));
  int first = 0;

  g_array_append_val (edges, first);
  g_array_append_val (edges, height);
  for (guint i = 0; i < regions->len; i++)
    {
      const ImpUltrasoundRegion *region = &g_array_index (regions, ImpUltrasoundRegion, i);
      int top = region->rect.y;
      int bottom = top + region->rect.height;

      if (!has_picture (region))
        continue;
      g_array_append_val (edges, top);
      g_array_append_val (edges, bottom);
    }
  g_array_sort (edges, compare_ints);
  return edges;
}

/* Adds what lies outside between two rows; a piece that goes on from the row above grows. */
static void
add_piece (GArray *outside, const ImpRect *piece)
{
  for (guint i = 0; i < outside->len; i++)
    {
      ImpRect *one = &g_array_index (outside, ImpRect, i);

      if (one->x == piece->x && one->width == piece->width && one->y + one->height == piece->y)
        {
          one->height += piece->height;
          return;
        }
    }
  g_array_append_vals (outside, piece, 1);
}

static void
add_band (GArray *outside, GArray *regions, int top, int bottom, int width)
{
  int x = 0;

  while (x < width)
    {
      int end = width;
      int next = -1;

      for (guint i = 0; i < regions->len; i++)
        {
          const ImpUltrasoundRegion *region = &g_array_index (regions, ImpUltrasoundRegion, i);
          const ImpRect *rect = &region->rect;

          if (!has_picture (region) || rect->y > top || rect->y + rect->height < bottom)
            continue;
          if (rect->x <= x && rect->x + rect->width > x)
            next = MAX (next, rect->x + rect->width);
          else if (rect->x > x)
            end = MIN (end, rect->x);
        }
      if (next >= 0)
        {
          x = next;
          continue;
        }
      add_piece (outside, &(ImpRect){ x, top, end - x, bottom - top });
      x = end;
    }
}

/**
 * imp_ultrasound_find_outside:
 * @facts: facts
 *
 * Returns: (transfer full) (element-type ImpRect): what of the frame lies outside every region that
 *   holds a picture, as rectangles that do not overlap; none where the file declares no such region
 */
GArray *
imp_ultrasound_find_outside (const ImpFacts *facts)
{
  GArray *regions = imp_facts_get_regions (facts);
  GArray *outside = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  g_autoptr (GArray) edges = list_edges (regions, imp_facts_get_height (facts));

  if (edges->len <= 2)
    return outside;
  for (guint i = 0; i + 1 < edges->len; i++)
    if (g_array_index (edges, int, i) < g_array_index (edges, int, i + 1))
      add_band (outside, regions, g_array_index (edges, int, i), g_array_index (edges, int, i + 1),
                imp_facts_get_width (facts));
  return outside;
}

/**
 * imp_ultrasound_find_strip:
 * @facts: facts
 * @strip: (out): the strip along the top in which scanners write who was examined
 *
 * Returns: whether the picture is of an ultrasound scanner
 */
gboolean
imp_ultrasound_find_strip (const ImpFacts *facts, ImpRect *strip)
{
  int height = imp_facts_get_height (facts);

  if (!imp_ultrasound_is (facts))
    return FALSE;
  *strip = (ImpRect){ 0, 0, imp_facts_get_width (facts), (height + STRIP_SHARE - 1) / STRIP_SHARE };
  return TRUE;
}
