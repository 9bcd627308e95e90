#include "imp-levels.h"

#include <math.h>

/* Logical pixels of a drag that change the width by a factor of e, and the centre by one width. */
#define DRAG_PER_FACTOR 240.0
#define DRAG_PER_WIDTH 400.0

/**
 * imp_levels_get_full_range:
 * @picture: a picture
 * @window: (out): the window from the lowest to the highest value that the frame can have
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
  first = imp_frame_get_value (frame, 0);
  last = imp_frame_get_value (frame, (guint16)(imp_frame_get_n_values (frame) - 1));
  window->function = IMP_VOI_LINEAR;
  window->width = MAX (fabs (last - first) + 1, 1);
  window->centre = (first + last + 1) / 2;
  return TRUE;
}

/**
 * imp_levels_get_current:
 * @picture: a picture
 * @window: (out): the window it is shown in: the chosen one, else the file's first, else the full
 *   range
 *
 * Returns: whether the picture takes a window at all
 */
gboolean
imp_levels_get_current (ImpPicture *picture, ImpWindow *window)
{
  const ImpFacts *facts = imp_source_get_facts (imp_picture_get_source (picture));
  GPtrArray *offered = imp_facts_get_windows (facts);

  if (!imp_frame_can_window (imp_picture_get_frame (picture)))
    return FALSE;
  if (imp_picture_get_window (picture) != NULL)
    *window = *imp_picture_get_window (picture);
  else if (offered != NULL && offered->len > 0)
    *window = ((const ImpNamedWindow *)offered->pdata[0])->window;
  else
    return imp_levels_get_full_range (picture, window);
  return TRUE;
}

/**
 * imp_levels_drag:
 * @from: the window when the drag began
 * @x: how far it went to the right, in logical pixels: a wider window, less contrast
 * @y: how far it went down: a higher centre, a darker picture
 * @window: (out): the window it gives
 */
void
imp_levels_drag (const ImpWindow *from, double x, double y, ImpWindow *window)
{
  double smallest = from->function == IMP_VOI_LINEAR ? 1 : 0.001;

  window->function = from->function;
  window->width = CLAMP (round (from->width * exp (x / DRAG_PER_FACTOR)), smallest, 1e6);
  window->centre = CLAMP (from->centre + round (y * from->width / DRAG_PER_WIDTH), -1e6, 1e6);
}
