#include "imp-frame.h"

#include <math.h>

#define MAX_VALUES 65536

/* A run of columns, the end exclusive. */
typedef struct
{
  int start;
  int end;
} Span;

/* Which of a frame's values have been seen where nothing covers them. */
typedef struct
{
  const ImpFrame *frame;
  const guint16 *indices;
  const guint8 *mask; /* nullable */
  ImpRect area;
  guint8 present[MAX_VALUES];
} Survey;

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *one = a;
  const Span *other = b;

  return one->start < other->start ? -1 : one->start > other->start;
}

static void
mark_run (Survey *survey, int y, int start, int end)
{
  gsize row = (gsize)y * (gsize)imp_frame_get_width (survey->frame);

  if (survey->mask == NULL)
    for (gsize i = row + (gsize)start; i < row + (gsize)end; i++)
      survey->present[survey->indices[i]] = 1;
  else
    for (gsize i = row + (gsize)start; i < row + (gsize)end; i++)
      if (survey->mask[i] == 0)
        survey->present[survey->indices[i]] = 1;
}

/* Rows that the same boxes cross. */
static void
mark_rows (Survey *survey, int first, int end, const GArray *spans)
{
  for (int y = first; y < end; y++)
    {
      int x = survey->area.x;

      for (guint i = 0; i < spans->len; i++)
        {
          const Span *span = &g_array_index (spans, Span, i);

          if (span->start > x)
            mark_run (survey, y, x, span->start);
          x = MAX (x, span->end);
        }
      if (x < survey->area.x + survey->area.width)
        mark_run (survey, y, x, survey->area.x + survey->area.width);
    }
}

static void
mark_all (Survey *survey, const ImpRect *covered, gsize n_covered)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  int bottom = survey->area.y + survey->area.height;
  int next = bottom;

  for (int y = survey->area.y; y < bottom; y = next)
    {
      next = bottom;
      g_array_set_size (spans, 0);
      for (gsize i = 0; i < n_covered; i++)
        {
          ImpRect part = imp_rect_intersect (&covered[i], &survey->area);
          Span span = { part.x, part.x + part.width };

          if (imp_rect_is_empty (&part) || part.y + part.height <= y)
            continue;
          next = MIN (next, part.y > y ? part.y : part.y + part.height);
          if (part.y <= y)
            g_array_append_val (spans, span);
        }
      g_array_sort (spans, compare_spans);
      mark_rows (survey, y, next, spans);
    }
}

static gboolean
find_range (const Survey *survey, gboolean padding_too, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < imp_frame_get_n_values (survey->frame); i++)
    {
      double value = 0;

      if (!survey->present[i] || (!padding_too && imp_frame_is_padding (survey->frame, (guint16)i)))
        continue;
      value = imp_frame_get_value (survey->frame, (guint16)i);
      *low = MIN (*low, value);
      *high = MAX (*high, value);
    }
  return *low <= *high;
}

/**
 * imp_frame_measure_range:
 * @frame: a frame, such as one for which imp_frame_is_ranged() holds
 * @covered: (array length=n_covered) (nullable): what boxes fill
 * @n_covered: how many
 * @kept: (nullable): the crop, %NULL for all
 * @window: (out): the window that shows what is left from black to white
 *
 * What is covered or cut off must not steer the contrast of what leaves: its extremes could be read
 * from the grey levels around it. The lowest and the highest value are those of pixels inside
 * @kept, under no box, under no overlay that is drawn, and not padding (unless there is nothing
 * else). Where nothing is covered and none drawn this is the file's default presentation.
 *
 * Returns: whether anything is left to be measured; if not, @window is not set
 */
gboolean
imp_frame_measure_range (const ImpFrame *frame, const ImpRect *covered, gsize n_covered,
                         const ImpRect *kept, ImpWindow *window)
{
  ImpRect all = { 0, 0, imp_frame_get_width (frame), imp_frame_get_height (frame) };
  g_autofree Survey *survey = NULL;
  double low = 0;
  double high = 0;

  if (!imp_frame_can_window (frame))
    return FALSE;
  survey = g_new0 (Survey, 1);
  survey->frame = frame;
  survey->indices = imp_frame_get_indices (frame);
  survey->mask = imp_frame_get_mask (frame);
  survey->area = kept != NULL ? imp_rect_intersect (kept, &all) : all;
  mark_all (survey, covered, n_covered);
  if (!find_range (survey, FALSE, &low, &high) && !find_range (survey, TRUE, &low, &high))
    return FALSE;
  /* LINEAR maps centre - 0.5 ± (width - 1) / 2 to 0 and 255 (PS3.3 C.11.2.1.2.1). */
  *window = (ImpWindow){ (low + high + 1) / 2, high - low + 1, IMP_VOI_LINEAR, 0 };
  return TRUE;
}

/**
 * imp_frame_choose_window:
 * @frame: a frame
 * @chosen: (nullable): the window that somebody chose
 * @covered: (array length=n_covered) (nullable): what boxes fill
 * @n_covered: how many
 * @kept: (nullable): the crop, %NULL for all
 * @measured: (out caller-allocates): room for a window
 *
 * Decides in which window @frame is shown and leaves: the chosen one, else, where the file offers
 * none and part of the picture does not leave, the range of what does (see
 * imp_frame_measure_range()), else the file's own presentation.
 *
 * Returns: (transfer none) (nullable): @chosen, @measured, or %NULL for the file's own presentation
 */
const ImpWindow *
imp_frame_choose_window (const ImpFrame *frame, const ImpWindow *chosen, const ImpRect *covered,
                         gsize n_covered, const ImpRect *kept, ImpWindow *measured)
{
  const ImpRect all = { 0, 0, imp_frame_get_width (frame), imp_frame_get_height (frame) };
  gboolean partial = n_covered > 0 || (kept != NULL && !imp_rect_equal (kept, &all))
                     || imp_frame_get_mask (frame) != NULL;

  if (chosen != NULL)
    return chosen;
  return partial && imp_frame_is_ranged (frame)
                 && imp_frame_measure_range (frame, covered, n_covered, kept, measured)
             ? measured
             : NULL;
}
