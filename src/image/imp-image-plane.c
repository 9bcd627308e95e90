#include "imp-image-codes-private.h"

#include <math.h>
#include <string.h>

/* How much of each of the source's columns (or rows) one of the target's is made of. */
typedef struct
{
  int first;
  int n;
  float *weights; /* owned by Spans.weights */
} Span;

typedef struct
{
  Span *spans;
  float *weights;
} Spans;

static void
spans_clear (Spans *spans)
{
  g_free (spans->spans);
  g_free (spans->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Spans, spans_clear)

/* Areas where the target is smaller, straight lines between pixels where it is not. */
static void
spans_fill (Spans *spans, int source, int target)
{
  double step = (double)source / target;
  int most = (int)ceil (step) + 2;

  spans->spans = g_new0 (Span, target);
  spans->weights = g_new0 (float, (gsize)target *(gsize)most);
  for (int i = 0; i < target; i++)
    {
      Span *span = &spans->spans[i];
      double half = MAX (step, 1.0) / 2;
      double middle = (i + 0.5) * step;
      double from = middle - half;
      double to = middle + half;
      double sum = 0;

      span->weights = spans->weights + (gsize)i * (gsize)most;
      span->first = CLAMP ((int)floor (from), 0, source - 1);
      for (int at = span->first; at < source && at < to && span->n < most; at++)
        {
          double weight = MIN (to, at + 1.0) - MAX (from, at);

          span->weights[span->n++] = (float)MAX (weight, 0);
          sum += MAX (weight, 0);
        }
      if (sum <= 0)
        {
          span->n = 1;
          span->weights[0] = 1;
          sum = 1;
        }
      for (int k = 0; k < span->n; k++)
        span->weights[k] = (float)(span->weights[k] / sum);
    }
}

static ImpImagePlane *
plane_alloc (int width, int height)
{
  ImpImagePlane *plane = g_new0 (ImpImagePlane, 1);

  plane->width = width;
  plane->height = height;
  plane->values = g_new0 (float, (gsize)width *(gsize)height);
  return plane;
}

/* Brightness as eyes weigh it: ITU-R BT.601. */
static void
fill_grey (const ImpRaster *raster, int y, float *row)
{
  int channels = imp_raster_get_channels (raster);
  int width = imp_raster_get_width (raster);
  const guint8 *at = imp_raster_get_pixels (raster) + (gsize)y * imp_raster_get_stride (raster);

  for (int x = 0; x < width; x++, at += channels)
    row[x] = channels < 3 ? (float)at[0]
                          : 0.299F * (float)at[0] + 0.587F * (float)at[1] + 0.114F * (float)at[2];
}

static void
shrink_row (const Spans *columns, const float *row, ImpImagePlane *plane, int y, float weight)
{
  float *out = plane->values + (gsize)y * (gsize)plane->width;

  for (int x = 0; x < plane->width; x++)
    {
      const Span *span = &columns->spans[x];
      float sum = 0;

      for (int k = 0; k < span->n; k++)
        sum += span->weights[k] * row[span->first + k];
      out[x] += weight * sum;
    }
}

/**
 * _imp_image_plane_new:
 * @raster: a picture
 * @max_width: how wide it may be
 *
 * Returns: (transfer full): its brightness, made smaller where it is wider than @max_width
 */
ImpImagePlane *
_imp_image_plane_new (const ImpRaster *raster, int max_width)
{
  int source_width = imp_raster_get_width (raster);
  int source_height = imp_raster_get_height (raster);
  int width = MIN (source_width, max_width);
  int height = MAX (1, (int)lround ((double)source_height * width / source_width));
  ImpImagePlane *plane = plane_alloc (width, height);
  g_auto (Spans) columns = { 0 };
  g_auto (Spans) rows = { 0 };
  g_autofree float *row = g_new (float, source_width);
  int known = -1;

  spans_fill (&columns, source_width, width);
  spans_fill (&rows, source_height, height);
  for (int y = 0; y < height; y++)
    {
      const Span *span = &rows.spans[y];

      for (int k = 0; k < span->n; k++)
        {
          if (known != span->first + k)
            fill_grey (raster, span->first + k, row);
          known = span->first + k;
          shrink_row (&columns, row, plane, y, span->weights[k]);
        }
    }
  return plane;
}

/**
 * _imp_image_plane_scale:
 * @plane: a plane
 * @width: new width
 * @height: new height
 *
 * Returns: (transfer full): @plane in another size
 */
ImpImagePlane *
_imp_image_plane_scale (const ImpImagePlane *plane, int width, int height)
{
  ImpImagePlane *scaled = plane_alloc (width, height);
  g_auto (Spans) columns = { 0 };
  g_auto (Spans) rows = { 0 };

  spans_fill (&columns, plane->width, width);
  spans_fill (&rows, plane->height, height);
  for (int y = 0; y < height; y++)
    {
      const Span *span = &rows.spans[y];

      for (int k = 0; k < span->n; k++)
        shrink_row (&columns, plane->values + (gsize)(span->first + k) * (gsize)plane->width,
                    scaled, y, span->weights[k]);
    }
  return scaled;
}

/**
 * _imp_image_plane_turn:
 * @plane: a plane
 * @upside_down: whether its rows change places, else its columns
 *
 * Returns: (transfer full): what a mirror shows of @plane
 */
ImpImagePlane *
_imp_image_plane_turn (const ImpImagePlane *plane, gboolean upside_down)
{
  ImpImagePlane *turned = plane_alloc (plane->width, plane->height);

  for (int y = 0; y < plane->height; y++)
    for (int x = 0; x < plane->width; x++)
      turned->values[y * plane->width + x] =
          upside_down ? plane->values[(plane->height - 1 - y) * plane->width + x]
                      : plane->values[y * plane->width + plane->width - 1 - x];
  return turned;
}

/* 1 4 6 4 1, over sixteen, along one line of @n values that lie @step apart. */
static void
smooth_line (float *values, int n, gsize step, float *copy)
{
  for (int i = 0; i < n; i++)
    copy[i] = values[(gsize)i * step];
  for (int i = 0; i < n; i++)
    {
      float a = copy[MAX (i - 2, 0)];
      float b = copy[MAX (i - 1, 0)];
      float d = copy[MIN (i + 1, n - 1)];
      float e = copy[MIN (i + 2, n - 1)];

      values[(gsize)i * step] = (a + 4 * b + 6 * copy[i] + 4 * d + e) / 16;
    }
}

/**
 * _imp_image_plane_smooth:
 * @plane: a plane
 *
 * Takes away what re-encoding changes: a binomial filter five pixels wide in both directions.
 */
void
_imp_image_plane_smooth (ImpImagePlane *plane)
{
  g_autofree float *copy = g_new (float, MAX (plane->width, plane->height));

  for (int y = 0; y < plane->height; y++)
    smooth_line (plane->values + (gsize)y * (gsize)plane->width, plane->width, 1, copy);
  for (int x = 0; x < plane->width; x++)
    smooth_line (plane->values + x, plane->height, (gsize)plane->width, copy);
}

/**
 * _imp_image_plane_free:
 * @plane: (transfer full) (nullable): a plane
 */
void
_imp_image_plane_free (ImpImagePlane *plane)
{
  if (plane == NULL)
    return;
  g_free (plane->values);
  g_free (plane);
}

/**
 * _imp_image_plane_compare:
 * @plane: a plane
 * @x: a place, at least %CODES_REACH from both edges
 * @y: the same
 * @values: (out): of each comparison what it finds brighter: differences of grey levels
 *
 * Compares places around one: along four directions, and the middle with what is around it.
 */
void
_imp_image_plane_compare (const ImpImagePlane *plane, int x, int y, float values[CODES_PLANES])
{
  const gssize stride = plane->width;
  const float *at = plane->values + (gsize)y * (gsize)stride + x;

  values[0] = at[3] - at[-3];
  values[1] = at[3 * stride] - at[-3 * stride];
  values[2] = at[3 * stride + 3] - at[-3 * stride - 3];
  values[3] = at[-3 * stride + 3] - at[3 * stride - 3];
  values[4] = at[0] - (at[5] + at[-5]) / 2;
  values[5] = at[0] - (at[5 * stride] + at[-5 * stride]) / 2;
  values[6] =
      at[0]
      - (at[3 * stride + 3] + at[3 * stride - 3] + at[-3 * stride + 3] + at[-3 * stride - 3]) / 4;
  values[7] = at[0] - (at[8] + at[-8] + at[8 * stride] + at[-8 * stride]) / 4;
}
