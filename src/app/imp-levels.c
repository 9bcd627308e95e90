#include "imp-levels.h"

#include <math.h>

/* Logical pixels of a drag that change the width by a factor of e, and the centre by one width. */
#define DRAG_PER_FACTOR 240.0
#define DRAG_PER_WIDTH 400.0

/**
 * imp_levels_get_full_range:
 * @picture: a picture
 * @window: (out): the window from the lowest to the highest value of what is not covered; where
 *   everything is, of all values that the frame can have
 *
 * Returns: whether the picture takes a window at all
 */
gboolean
imp_levels_get_full_range (ImpPicture *picture, ImpWindow *window)
{
  ImpFrame *frame = imp_picture_get_frame (picture);
  double first = 0;
  double last = 0;

  if (!imp_frame_can_window (frame))
    return FALSE;
  if (imp_picture_get_range (picture, window))
    return TRUE;
  first = imp_frame_get_value (frame, 0);
  last = imp_frame_get_value (frame, (guint16)(imp_frame_get_n_values (frame) - 1));
  *window = (ImpWindow){ .centre = (first + last + 1) / 2,
                         .width = MAX (fabs (last - first) + 1, 1),
                         .function = IMP_VOI_LINEAR };
  return TRUE;
}

/**
 * imp_levels_get_shown:
 * @picture: a picture
 * @window: (out): what it is shown in: the chosen window or VOI LUT, else the file's first window,
 *   else its first VOI LUT, else the full range
 *
 * Returns: whether the picture takes a window at all
 */
gboolean
imp_levels_get_shown (ImpPicture *picture, ImpWindow *window)
{
  ImpFrame *frame = imp_picture_get_frame (picture);
  const ImpFacts *facts = imp_source_get_facts (imp_picture_get_source (picture));
  GPtrArray *offered = imp_facts_get_windows (facts);

  if (!imp_frame_can_window (frame))
    return FALSE;
  if (imp_picture_get_window (picture) != NULL)
    *window = *imp_picture_get_window (picture);
  else if (offered != NULL && offered->len > 0)
    *window = ((const ImpNamedWindow *)offered->pdata[0])->window;
  else if (imp_frame_get_n_tables (frame) > 0)
    *window = (ImpWindow){ .function = IMP_VOI_TABLE, .table = 0 };
  else
    return imp_levels_get_full_range (picture, window);
  return TRUE;
}

/* The straight line through the two places where a VOI LUT has climbed a tenth and nine tenths of
 * the way: much like it, and a window to go on from. */
static gboolean
straighten (const ImpFrame *frame, const ImpWindow *table, ImpWindow *window)
{
  guint n_values = imp_frame_get_n_values (frame);
  g_autofree guint8 *levels = g_malloc (n_values);
  guint first = 0;
  guint last = n_values - 1;
  gboolean falling = FALSE;
  double low = 0;
  double high = 0;

  imp_frame_fill_levels (frame, table, levels);
  falling = levels[0] > levels[n_values - 1];
  for (guint i = 0; falling && i < n_values; i++)
    levels[i] = (guint8)(255 - levels[i]);
  while (first < n_values && levels[first] < 26)
    first++;
  while (last > 0 && levels[last] > 229)
    last--;
  if (first >= last)
    return FALSE;
  low = imp_frame_get_value (frame, (guint16)first);
  high = imp_frame_get_value (frame, (guint16)last);
  window->function = IMP_VOI_LINEAR;
  window->table = 0;
  window->width = MAX (round (fabs (high - low) / 0.8), 1);
  window->centre = round ((low + high) / 2);
  return TRUE;
}

/**
 * imp_levels_get_current:
 * @picture: a picture
 * @window: (out): the width and centre that it is shown in; where a VOI LUT is shown, those of a
 *   straight line that is much like it
 *
 * Returns: whether the picture takes a window at all
 */
gboolean
imp_levels_get_current (ImpPicture *picture, ImpWindow *window)
{
  if (!imp_levels_get_shown (picture, window))
    return FALSE;
  if (window->function == IMP_VOI_TABLE
      && !straighten (imp_picture_get_frame (picture), window, window))
    return imp_levels_get_full_range (picture, window);
  return TRUE;
}

/**
 * imp_levels_drag:
 * @from: the window when the drag began, no VOI LUT
 * @x: how far it went to the right, in logical pixels: a wider window, less contrast
 * @y: how far it went down: a higher centre, a darker picture
 * @window: (out): the window it gives
 */
void
imp_levels_drag (const ImpWindow *from, double x, double y, ImpWindow *window)
{
  double smallest = from->function == IMP_VOI_LINEAR ? 1 : 0.001;

  window->function = from->function;
  window->table = 0;
  window->width = CLAMP (round (from->width * exp (x / DRAG_PER_FACTOR)), smallest, 1e6);
  window->centre = CLAMP (from->centre + round (y * from->width / DRAG_PER_WIDTH), -1e6, 1e6);
}
