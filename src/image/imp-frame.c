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
  gboolean ranged;
  guint n_values;
  guint n_tables;       /* the default presentation's, and one for each VOI LUT */
  GBytes *indices;      /* owned, nullable: height × width guint16 */
  GBytes *values;       /* owned, nullable: n_values doubles */
  GBytes *tables;       /* owned, nullable: n_tables × n_values guint8 */
  GBytes *padding;      /* owned, nullable: n_values guint8 */
  GBytes *presentation; /* owned, nullable: IMP_FRAME_PRESENTATION guint8 */
  ImpRaster *finished;  /* owned, nullable */
  guint planes;         /* overlays that are drawn */
  guint source;         /* which opened page it was decoded from, 0 for none */
  guint number;         /* which frame of that */
  GBytes *mask;         /* owned, nullable: height × width bytes, not 0 where they are */
};

G_DEFINE_BOXED_TYPE (ImpFrame, imp_frame, imp_frame_ref, imp_frame_unref)

static GBytes *
ref_bytes (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static gboolean
lengths_fit (const ImpGreyPixels *pixels, gsize n_pixels, gsize n_values)
{
  gsize tables = g_bytes_get_size (pixels->tables);

  return n_pixels > 0 && g_bytes_get_size (pixels->indices) == n_pixels * sizeof (guint16)
         && n_values >= 1 && n_values <= 65536
         && g_bytes_get_size (pixels->values) % sizeof (double) == 0 && tables >= n_values
         && tables % n_values == 0 && g_bytes_get_size (pixels->padding) == n_values
         && (pixels->presentation == NULL
             || g_bytes_get_size (pixels->presentation) == IMP_FRAME_PRESENTATION);
}

static gboolean
values_are_finite (GBytes *bytes, gsize n_values)
{
  const double *values = g_bytes_get_data (bytes, NULL);
  gboolean finite = TRUE;

  for (gsize i = 0; i < n_values; i++)
    finite = finite && isfinite (values[i]);
  return finite;
}

/**
 * imp_frame_new_grey:
 * @pixels: a grey frame whose window can still be chosen; its bytes are referenced, not copied
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the frame, or %NULL with %IMP_ERROR_DAMAGED where the
 *   lengths do not fit, an index has no value or a value is no number
 */
ImpFrame *
imp_frame_new_grey (const ImpGreyPixels *pixels, GError **error)
{
  ImpFrame *frame = NULL;
  gsize n_values = g_bytes_get_size (pixels->values) / sizeof (double);
  gsize n_pixels = (gsize)MAX (pixels->width, 0) * (gsize)MAX (pixels->height, 0);
  const guint16 *index = g_bytes_get_data (pixels->indices, NULL);
  guint highest = 0;

  if (!lengths_fit (pixels, n_pixels, n_values))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   "The picture's pixels do not fit its size of %d × %d", pixels->width,
                   pixels->height);
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
  if (!values_are_finite (pixels->values, n_values))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   "The picture has stored pixels whose value is no number");
      return NULL;
    }
  frame = g_new0 (ImpFrame, 1);
  g_atomic_ref_count_init (&frame->ref_count);
  frame->width = pixels->width;
  frame->height = pixels->height;
  frame->inverse = pixels->inverse;
  frame->ranged = pixels->ranged;
  frame->n_values = (guint)n_values;
  frame->n_tables = (guint)(g_bytes_get_size (pixels->tables) / n_values);
  frame->indices = g_bytes_ref (pixels->indices);
  frame->values = g_bytes_ref (pixels->values);
  frame->tables = g_bytes_ref (pixels->tables);
  frame->padding = g_bytes_ref (pixels->padding);
  frame->presentation = ref_bytes (pixels->presentation);
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

/* Draws the overlays into finished pixels: white, whatever the window (PS3.3 C.9.2 leaves the
 * grey level of graphics to the viewer). */
static void
draw_mask (const ImpFrame *frame, guint8 *pixels, gsize n_pixels, gsize channels)
{
  const guint8 *mask = imp_frame_get_mask (frame);

  for (gsize i = 0; mask != NULL && i < n_pixels; i++)
    if (mask[i] != 0)
      memset (pixels + i * channels, 255, channels);
}

static ImpRaster *
draw_on_raster (const ImpFrame *frame, const ImpRaster *raster, GError **error)
{
  gsize channels = (gsize)imp_raster_get_channels (raster);
  gsize n_pixels = (gsize)frame->width * (gsize)frame->height;
  guint8 *pixels = g_memdup2 (imp_raster_get_pixels (raster), n_pixels * channels);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, n_pixels * channels);

  draw_mask (frame, pixels, n_pixels, channels);
  return imp_raster_new (frame->width, frame->height, (int)channels, bytes, error);
}

/**
 * imp_frame_new_with_overlays:
 * @plain: a frame without overlays
 * @planes: which overlay groups @mask shows: bit 0 for 6000, bit 15 for 601E
 * @mask: a byte for each pixel, not 0 where one of @planes is drawn
 * @error: where to put the error
 *
 * Makes a frame on which overlays are drawn, to be seen and covered like everything else.
 *
 * Returns: (transfer full) (nullable): the frame, which shares its pixels with @plain, or %NULL
 *   with %IMP_ERROR_DAMAGED where @mask does not fit
 */
ImpFrame *
imp_frame_new_with_overlays (ImpFrame *plain, guint planes, GBytes *mask, GError **error)
{
  g_autoptr (ImpFrame) frame = NULL;

  if (g_bytes_get_size (mask) != (gsize)plain->width * (gsize)plain->height)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   "The overlays do not fit the picture's size of %d × %d", plain->width,
                   plain->height);
      return NULL;
    }
  frame = g_new0 (ImpFrame, 1);
  *frame = *plain;
  g_atomic_ref_count_init (&frame->ref_count);
  frame->indices = ref_bytes (plain->indices);
  frame->values = ref_bytes (plain->values);
  frame->tables = ref_bytes (plain->tables);
  frame->padding = ref_bytes (plain->padding);
  frame->presentation = ref_bytes (plain->presentation);
  frame->finished = NULL;
  frame->source = 0;
  frame->planes = planes;
  frame->mask = g_bytes_ref (mask);
  if (plain->finished != NULL
      && (frame->finished = draw_on_raster (frame, plain->finished, error)) == NULL)
    return NULL;
  return g_steal_pointer (&frame);
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
  g_clear_pointer (&frame->tables, g_bytes_unref);
  g_clear_pointer (&frame->padding, g_bytes_unref);
  g_clear_pointer (&frame->presentation, g_bytes_unref);
  g_clear_pointer (&frame->finished, imp_raster_unref);
  g_clear_pointer (&frame->mask, g_bytes_unref);
  g_free (frame);
}

/**
 * imp_frame_set_origin:
 * @frame: a new frame, which nobody else has yet
 * @source: the number of the opened page that it was decoded from, not 0
 * @number: which frame of it, from 0
 *
 * Notes where a frame comes from. Only the source itself calls it.
 */
void
imp_frame_set_origin (ImpFrame *frame, guint source, guint number)
{
  frame->source = source;
  frame->number = number;
}

/**
 * imp_frame_comes_from:
 * @frame: a frame
 * @source: the number of an opened page, not 0
 * @number: a frame of it, from 0
 *
 * Returns: whether it is that frame, as imp_frame_set_origin() noted it
 */
gboolean
imp_frame_comes_from (const ImpFrame *frame, guint source, guint number)
{
  return frame->source == source && frame->number == number;
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
 * imp_frame_get_n_tables:
 * @frame: a frame
 *
 * Returns: how many VOI LUTs can be chosen, as an %IMP_VOI_TABLE window
 */
guint
imp_frame_get_n_tables (const ImpFrame *frame)
{
  return frame->n_tables > 0 ? frame->n_tables - 1 : 0;
}

/**
 * imp_frame_is_ranged:
 * @frame: a frame
 *
 * Returns: whether its default presentation runs from its lowest to its highest value
 */
gboolean
imp_frame_is_ranged (const ImpFrame *frame)
{
  return frame->ranged;
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
 * imp_frame_is_padding:
 * @frame: a frame for which imp_frame_can_window() holds
 * @index: a stored pixel
 *
 * Returns: whether it stands for no picture: Pixel Padding Value (0028,0120)
 */
gboolean
imp_frame_is_padding (const ImpFrame *frame, guint16 index)
{
  if (frame->padding == NULL || index >= frame->n_values)
    return FALSE;
  return ((const guint8 *)g_bytes_get_data (frame->padding, NULL))[index] != 0;
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
 * imp_frame_finish_level:
 * @level: the output of a VOI transformation, 0 to 255, not yet clamped
 * @presentation: (nullable): a presentation LUT, as in #ImpGreyPixels
 * @inverse: whether the lowest value is shown white
 *
 * What comes after windowing: presentation LUT (PS3.3 C.11.6), then polarity.
 *
 * Returns: the grey level
 */
guint8
imp_frame_finish_level (double level, const guint8 *presentation, gboolean inverse)
{
  /* What is no number, of a window that was never checked, is black. */
  double clamped = level > 0.0 ? MIN (level, 255.0) : 0.0;
  guint8 whole = presentation != NULL
                     ? presentation[(guint)(clamped / 255.0 * (IMP_FRAME_PRESENTATION - 1) + 0.5)]
                     : (guint8)(clamped + 0.5);

  return inverse ? 255 - whole : whole;
}

/**
 * imp_frame_get_planes:
 * @frame: a frame
 *
 * Returns: the overlay groups that are drawn on it: bit 0 for 6000, bit 15 for 601E
 */
guint
imp_frame_get_planes (const ImpFrame *frame)
{
  return frame->planes;
}

/**
 * imp_frame_get_mask:
 * @frame: a frame
 *
 * Returns: (transfer none) (nullable): a byte for each pixel, not 0 where an overlay is drawn in
 *   white over whatever imp_frame_fill_levels() says; %NULL where none is drawn
 */
const guint8 *
imp_frame_get_mask (const ImpFrame *frame)
{
  return frame->mask != NULL ? g_bytes_get_data (frame->mask, NULL) : NULL;
}

/**
 * imp_frame_fill_levels:
 * @frame: a frame for which imp_frame_can_window() holds
 * @window: (nullable): a window, %NULL for the file's default presentation
 * @levels: (out caller-allocates): imp_frame_get_n_values() bytes, the grey level of each index
 *
 * Makes the look-up table that turns stored pixels into grey levels; the formulas are those of
 * PS3.3 C.11.2.1.2.1 (LINEAR), C.11.2.1.3.1 (SIGMOID) and C.11.2.1.3.2 (LINEAR_EXACT); a VOI LUT
 * brings its own table. A presentation LUT comes after them all.
 */
void
imp_frame_fill_levels (const ImpFrame *frame, const ImpWindow *window, guint8 *levels)
{
  const guint8 *presentation =
      frame->presentation != NULL ? g_bytes_get_data (frame->presentation, NULL) : NULL;
  const double *values = NULL;
  guint table = 0;

  if (frame->indices == NULL)
    return;
  if (window != NULL && window->function == IMP_VOI_TABLE)
    table = MIN (window->table + 1, frame->n_tables - 1);
  if (window == NULL || window->function == IMP_VOI_TABLE)
    {
      const guint8 *tables = g_bytes_get_data (frame->tables, NULL);

      memcpy (levels, tables + (gsize)table * frame->n_values, frame->n_values);
      return;
    }
  values = g_bytes_get_data (frame->values, NULL);
  for (guint i = 0; i < frame->n_values; i++)
    levels[i] = imp_frame_finish_level (imp_window_get_level (window, values[i]), presentation,
                                        frame->inverse);
}

static gboolean
check_window (const ImpFrame *frame, const ImpWindow *window, GError **error)
{
  const char *problem = NULL;

  if (frame->finished != NULL)
    problem = "This picture's grey levels are fixed: it takes no window";
  else if (window->function == IMP_VOI_TABLE)
    problem = window->table + 1 >= frame->n_tables ? "The file has no such VOI LUT" : NULL;
  else if (!isfinite (window->centre) || !isfinite (window->width) || window->width <= 0
           || (window->function == IMP_VOI_LINEAR && window->width < 1))
    problem = "A window needs a width of 1 or more";
  if (problem != NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, problem);
  return problem == NULL;
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
 *   @window cannot apply (LINEAR needs a width of 1 or more, the others more than 0, a table must
 *   be there)
 */
ImpRaster *
imp_frame_render (const ImpFrame *frame, const ImpWindow *window, GError **error)
{
  gsize n_pixels = (gsize)frame->width * (gsize)frame->height;
  guint8 levels[65536];
  const guint16 *indices = NULL;
  guint8 *pixels = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (window != NULL && !check_window (frame, window, error))
    return NULL;
  if (frame->finished != NULL)
    return imp_raster_ref (frame->finished);

  imp_frame_fill_levels (frame, window, levels);
  indices = imp_frame_get_indices (frame);
  pixels = g_malloc (n_pixels);
  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = levels[indices[i]];
  draw_mask (frame, pixels, n_pixels, 1);
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
