#include "imp-frame.h"

#include <math.h>
#include <string.h>

#include "imp-error.h"

struct _ImpFrame
{
  gatomicrefcount ref_count;
  int width;
  int height;
  gboolean inverse;
  guint n_values;
  GBytes *indices;        /* owned, nullable: height × width guint16 */
  GBytes *values;         /* owned, nullable: n_values doubles */
  GBytes *default_levels; /* owned, nullable: n_values guint8 */
  ImpRaster *finished;    /* owned, nullable */
};

G_DEFINE_BOXED_TYPE (ImpFrame, imp_frame, imp_frame_ref, imp_frame_unref)

/**
 * imp_frame_new_grey:
 * @width: columns
 * @height: rows
 * @indices: @height × @width native-endian guint16, rows top to bottom: for each pixel which of
 *   @values it has
 * @values: 1 to 65536 doubles, ascending index by index or descending: the modality value of
 *   each index, after Rescale Slope (0028,1053) and Intercept (0028,1052) or the Modality LUT
 * @default_levels: one guint8 for each value: its level in the file's default presentation
 *   (first VOI window, else VOI LUT, else the frame's minimum to maximum), @inverse applied
 * @inverse: whether the lowest value is shown white: MONOCHROME1, or Presentation LUT Shape
 *   (2050,0020) INVERSE
 * @error: where to put the error
 *
 * Makes a grey frame whose window can still be chosen.
 *
 * Returns: (transfer full) (nullable): the frame, or %NULL with %IMP_ERROR_DAMAGED where the
 *   lengths do not fit or an index has no value
 */
ImpFrame *
imp_frame_new_grey (int width, int height, GBytes *indices, GBytes *values, GBytes *default_levels,
                    gboolean inverse, GError **error)
{
  ImpFrame *frame = NULL;
  gsize n_values = g_bytes_get_size (values) / sizeof (double);
  gsize n_pixels = (gsize)MAX (width, 0) * (gsize)MAX (height, 0);
  const guint16 *index = g_bytes_get_data (indices, NULL);
  guint highest = 0;

  if (n_pixels == 0 || g_bytes_get_size (indices) != n_pixels * sizeof (guint16) || n_values < 1
      || n_values > 65536 || g_bytes_get_size (values) % sizeof (double) != 0
      || g_bytes_get_size (default_levels) != n_values)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   "The picture's pixels do not fit its size of %d × %d", width, height);
      return NULL;
    }
  /* Where there are 65,536 values every index has one. */
  for (gsize i = 0; i < n_pixels && n_values < 65536; i++)
    highest = MAX (highest, index[i]);
  if (highest >= n_values)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   "The picture has stored pixels without a value");
      return NULL;
    }
  frame = g_new0 (ImpFrame, 1);
  g_atomic_ref_count_init (&frame->ref_count);
  frame->width = width;
  frame->height = height;
  frame->inverse = inverse;
  frame->n_values = (guint)n_values;
  frame->indices = g_bytes_ref (indices);
  frame->values = g_bytes_ref (values);
  frame->default_levels = g_bytes_ref (default_levels);
  return frame;
}

/**
 * imp_frame_new_finished:
 * @raster: the pixels as shown
 *
 * Makes a frame that needs no windowing: a colour image or a photograph.
 *
 * Returns: (transfer full): the frame
 */
ImpFrame *
imp_frame_new_finished (ImpRaster *raster)
{
  ImpFrame *frame = g_new0 (ImpFrame, 1);

  g_atomic_ref_count_init (&frame->ref_count);
  frame->width = imp_raster_get_width (raster);
  frame->height = imp_raster_get_height (raster);
  frame->finished = imp_raster_ref (raster);
  return frame;
}

/**
 * imp_frame_ref:
 * @frame: a frame
 *
 * Returns: (transfer full): @frame
 */
ImpFrame *
imp_frame_ref (ImpFrame *frame)
{
  g_atomic_ref_count_inc (&frame->ref_count);
  return frame;
}

/**
 * imp_frame_unref:
 * @frame: (transfer full): a frame
 */
void
imp_frame_unref (ImpFrame *frame)
{
  if (!g_atomic_ref_count_dec (&frame->ref_count))
    return;
  g_clear_pointer (&frame->indices, g_bytes_unref);
  g_clear_pointer (&frame->values, g_bytes_unref);
  g_clear_pointer (&frame->default_levels, g_bytes_unref);
  g_clear_pointer (&frame->finished, imp_raster_unref);
  g_free (frame);
}

/**
 * imp_frame_get_width:
 * @frame: a frame
 *
 * Returns: columns
 */
int
imp_frame_get_width (const ImpFrame *frame)
{
  return frame->width;
}

/**
 * imp_frame_get_height:
 * @frame: a frame
 *
 * Returns: rows
 */
int
imp_frame_get_height (const ImpFrame *frame)
{
  return frame->height;
}

/**
 * imp_frame_can_window:
 * @frame: a frame
 *
 * Returns: whether a VOI window can be chosen (a grey frame with stored pixels)
 */
gboolean
imp_frame_can_window (const ImpFrame *frame)
{
  return frame->indices != NULL;
}

/**
 * imp_frame_get_indices:
 * @frame: a frame for which imp_frame_can_window() holds
 *
 * Returns: (transfer none) (nullable): its stored pixels, rows top to bottom
 */
const guint16 *
imp_frame_get_indices (const ImpFrame *frame)
{
  return frame->indices != NULL ? g_bytes_get_data (frame->indices, NULL) : NULL;
}

/**
 * imp_frame_get_n_values:
 * @frame: a frame
 *
 * Returns: how many different stored values there can be; 0 for a finished frame
 */
guint
imp_frame_get_n_values (const ImpFrame *frame)
{
  return frame->n_values;
}

/**
 * imp_frame_get_value:
 * @frame: a frame for which imp_frame_can_window() holds
 * @index: a stored pixel
 *
 * Returns: its modality value (Hounsfield units in CT), 0 for an index without one
 */
double
imp_frame_get_value (const ImpFrame *frame, guint16 index)
{
  if (frame->values == NULL || index >= frame->n_values)
    return 0;
  return ((const double *)g_bytes_get_data (frame->values, NULL))[index];
}

/**
 * imp_window_get_level:
 * @window: a window that imp_frame_render() accepts
 * @value: a modality value
 *
 * The formulas of PS3.3 C.11.2.1.2.1 (LINEAR), C.11.2.1.3.1 (SIGMOID) and C.11.2.1.3.2
 * (LINEAR_EXACT), for an output of 0 to 255.
 *
 * Returns: the grey level, not yet clamped or rounded
 */
double
imp_window_get_level (const ImpWindow *window, double value)
{
  double centre = window->centre;
  double width = window->width;

  switch (window->function)
    {
    case IMP_VOI_SIGMOID:
      return 255.0 / (1.0 + exp (-4.0 * (value - centre) / width));
    case IMP_VOI_LINEAR_EXACT:
      return ((value - centre) / width + 0.5) * 255.0;
    case IMP_VOI_LINEAR:
    default:
      if (width <= 1.0)
        return value <= centre - 0.5 ? 0.0 : 255.0;
      return ((value - (centre - 0.5)) / (width - 1.0) + 0.5) * 255.0;
    }
}

/**
 * imp_frame_fill_levels:
 * @frame: a frame for which imp_frame_can_window() holds
 * @window: (nullable): a window, %NULL for the file's default presentation
 * @levels: (out caller-allocates): imp_frame_get_n_values() bytes, the grey level of each index
 *
 * Makes the look-up table that turns stored pixels into grey levels; the formulas are those of
 * PS3.3 C.11.2.1.2.1 (LINEAR), C.11.2.1.3.1 (SIGMOID) and C.11.2.1.3.2 (LINEAR_EXACT).
 */
void
imp_frame_fill_levels (const ImpFrame *frame, const ImpWindow *window, guint8 *levels)
{
  const double *values = NULL;

  if (frame->indices == NULL)
    return;
  if (window == NULL)
    {
      memcpy (levels, g_bytes_get_data (frame->default_levels, NULL), frame->n_values);
      return;
    }
  values = g_bytes_get_data (frame->values, NULL);
  for (guint i = 0; i < frame->n_values; i++)
    {
      double level = imp_window_get_level (window, values[i]);
      guint8 whole = (guint8)(CLAMP (level, 0.0, 255.0) + 0.5);

      levels[i] = frame->inverse ? 255 - whole : whole;
    }
}

/**
 * imp_frame_render:
 * @frame: a frame
 * @window: (nullable): a window, %NULL for the file's default presentation
 * @error: where to put the error
 *
 * Renders all of @frame. A finished frame has one rendering, and a window for it is refused.
 *
 * Returns: (transfer full) (nullable): grey or sRGB pixels, or %NULL with %IMP_ERROR_USAGE where
 *   @window cannot apply (LINEAR needs a width of 1 or more, the others more than 0)
 */
ImpRaster *
imp_frame_render (const ImpFrame *frame, const ImpWindow *window, GError **error)
{
  gsize n_pixels = (gsize)frame->width * (gsize)frame->height;
  guint8 levels[65536];
  const guint16 *indices = NULL;
  guint8 *pixels = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (window != NULL
      && (frame->finished != NULL || !isfinite (window->centre) || !isfinite (window->width)
          || window->width <= 0 || (window->function == IMP_VOI_LINEAR && window->width < 1)))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   frame->finished != NULL
                       ? "This picture's grey levels are fixed: it takes no window"
                       : "A window needs a width of 1 or more");
      return NULL;
    }
  if (frame->finished != NULL)
    return imp_raster_ref (frame->finished);

  imp_frame_fill_levels (frame, window, levels);
  indices = imp_frame_get_indices (frame);
  pixels = g_malloc (n_pixels);
  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = levels[indices[i]];
  bytes = g_bytes_new_take (pixels, n_pixels);
  return imp_raster_new (frame->width, frame->height, 1, bytes, error);
}

/**
 * imp_frame_get_finished:
 * @frame: a frame
 *
 * Returns: (transfer none) (nullable): its pixels where it takes no window
 */
ImpRaster *
imp_frame_get_finished (const ImpFrame *frame)
{
  return frame->finished;
}
