#include "imp-grey.h"

#include <math.h>
#include <string.h>

#include "imp-notes.h"

#define MAX_VALUES 65536

/* From index to stored value: stored = base + index × step. */
typedef struct
{
  double base;
  double step;
  guint32 n_values;
} Scale;

static void
take_bits (const ImpGrey *grey, guint16 *out, gsize n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++)
    {
      gsize bit = grey->bit_offset + i;

      out[i] = (grey->bytes[bit / 8] >> (bit % 8)) & 1;
    }
}

/* A stored value less the lowest that its bits can express: for two's complement that turns its
 * sign bit over, and junk in the unused high bits (old overlays) is masked off. */
static void
take_8 (const ImpGrey *grey, guint16 *out, gsize n_pixels, guint32 mask, guint32 sign)
{
  const guint8 *in = grey->bytes;
  int shift = grey->high_bit + 1 - grey->bits_stored;

  for (gsize i = 0; i < n_pixels; i++)
    out[i] = (guint16)(((guint32)(in[i] >> shift) & mask) ^ sign);
}

static void
take_16 (const ImpGrey *grey, guint16 *out, gsize n_pixels, guint16 mask, guint16 sign)
{
  int shift = grey->high_bit + 1 - grey->bits_stored;

  for (gsize i = 0; i < n_pixels; i++)
    {
      guint16 stored = 0;

      memcpy (&stored, grey->bytes + 2 * i, sizeof stored);
      stored = GUINT16_FROM_LE (stored);
      out[i] = (guint16)(((stored >> shift) & mask) ^ sign);
    }
}

static gint64
stored_32 (const ImpGrey *grey, gsize i)
{
  guint32 stored = 0;
  guint64 mask = (G_GUINT64_CONSTANT (1) << grey->bits_stored) - 1;
  guint64 value = 0;

  memcpy (&stored, grey->bytes + 4 * i, sizeof stored);
  value = ((guint64)GUINT32_FROM_LE (stored) >> (grey->high_bit + 1 - grey->bits_stored)) & mask;
  if (grey->is_signed && (value >> (grey->bits_stored - 1)) != 0)
    return (gint64)value - (gint64)mask - 1;
  return (gint64)value;
}

/* More than 16 bits: the frame's own range, in 65,536 steps where it is wider than that. */
static void
take_32 (const ImpGrey *grey, guint16 *out, gsize n_pixels, Scale *scale)
{
  gint64 low = G_MAXINT64;
  gint64 high = G_MININT64;
  double range = 0;

  for (gsize i = 0; i < n_pixels; i++)
    {
      gint64 value = stored_32 (grey, i);

      low = MIN (low, value);
      high = MAX (high, value);
    }
  range = (double)(high - low);
  scale->base = (double)low;
  scale->step = range < MAX_VALUES ? 1.0 : range / (MAX_VALUES - 1);
  scale->n_values = range < MAX_VALUES ? (guint32)range + 1 : MAX_VALUES;
  for (gsize i = 0; i < n_pixels; i++)
    out[i] = (guint16)((double)(stored_32 (grey, i) - low) / scale->step + 0.5);
}

static gboolean
prepare_scale (const ImpGrey *grey, Scale *scale, GError **error)
{
  gsize n_pixels = (gsize)grey->width * (gsize)grey->height;
  gsize needed = grey->bits_allocated == 1 ? (grey->bit_offset + n_pixels + 7) / 8
                                           : n_pixels * (gsize)(grey->bits_allocated / 8);

  if (grey->bits_stored < 1 || grey->bits_stored > grey->bits_allocated
      || grey->high_bit >= grey->bits_allocated || grey->high_bit + 1 < grey->bits_stored)
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The DICOM header's bits allocated, bits stored and high bit contradict each "
                    "other"),
                NULL);
      return FALSE;
    }
  if (grey->length < needed)
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The file ends before its picture does: fetch it again from its source"), NULL);
      return FALSE;
    }
  scale->step = 1;
  scale->base = grey->is_signed ? -ldexp (1.0, grey->bits_stored - 1) : 0;
  scale->n_values = grey->bits_stored <= 16 ? 1u << grey->bits_stored : MAX_VALUES;
  return TRUE;
}

static void
take_indices (const ImpGrey *grey, guint16 *out, Scale *scale)
{
  gsize n_pixels = (gsize)grey->width * (gsize)grey->height;
  guint32 mask = grey->bits_stored <= 16 ? (1u << grey->bits_stored) - 1 : 0;
  guint32 sign = grey->is_signed && mask != 0 ? 1u << (grey->bits_stored - 1) : 0;

  if (grey->bits_allocated == 1)
    take_bits (grey, out, n_pixels);
  else if (grey->bits_allocated == 8)
    take_8 (grey, out, n_pixels, mask, sign);
  else if (grey->bits_allocated == 16)
    take_16 (grey, out, n_pixels, (guint16)mask, (guint16)sign);
  else
    take_32 (grey, out, n_pixels, scale);
}

static double
look_up (const ImpLut *lut, double value)
{
  double at = CLAMP (floor (value + 0.5) - lut->first, 0, (double)lut->n_entries - 1);

  return lut->entries[(guint)at];
}

static void
fill_values (const ImpGrey *grey, const Scale *scale, double *values)
{
  for (guint32 i = 0; i < scale->n_values; i++)
    {
      double stored = scale->base + i * scale->step;

      values[i] = grey->modality_lut.entries != NULL ? look_up (&grey->modality_lut, stored)
                                                     : stored * grey->slope + grey->intercept;
    }
}

/* The lowest and highest value in the frame, pixel padding left out unless there is nothing else.
 */
static void
find_range (const ImpGrey *grey, const Scale *scale, const guint16 *indices, const double *values,
            gboolean skip_padding, double *low, double *high)
{
  g_autofree guint8 *present = g_malloc0 (MAX_VALUES);
  gsize n_pixels = (gsize)grey->width * (gsize)grey->height;

  for (gsize i = 0; i < n_pixels; i++)
    present[indices[i]] = 1;
  *low = INFINITY;
  *high = -INFINITY;
  for (guint32 i = 0; i < scale->n_values; i++)
    {
      double stored = scale->base + i * scale->step;

      if (!present[i]
          || (skip_padding && stored >= (double)grey->padding_low
              && stored <= (double)grey->padding_high))
        continue;
      *low = MIN (*low, values[i]);
      *high = MAX (*high, values[i]);
    }
}

static void
fill_levels (const ImpGrey *grey, const Scale *scale, const guint16 *indices, const double *values,
             guint8 *levels)
{
  ImpWindow window = grey->window;
  gboolean by_lut = !grey->has_window && grey->voi_lut.entries != NULL;
  double top = ldexp (1.0, grey->voi_lut.bits) - 1;

  if (!grey->has_window && !by_lut)
    {
      double low = 0;
      double high = 0;

      find_range (grey, scale, indices, values, grey->has_padding, &low, &high);
      if (low > high)
        find_range (grey, scale, indices, values, FALSE, &low, &high);
      /* LINEAR maps centre - 0.5 ± (width - 1) / 2 to 0 and 255. */
      window.function = IMP_VOI_LINEAR;
      window.centre = (low + high + 1) / 2;
      window.width = high - low + 1;
    }
  for (guint32 i = 0; i < scale->n_values; i++)
    {
      double level = by_lut ? look_up (&grey->voi_lut, values[i]) * 255.0 / top
                            : imp_window_get_level (&window, values[i]);
      guint8 whole = (guint8)(CLAMP (level, 0.0, 255.0) + 0.5);

      levels[i] = grey->inverse ? 255 - whole : whole;
    }
}

/**
 * imp_grey_render:
 * @grey: a frame as its header describes it
 * @reply: (out): what the memory holds
 * @error: where to put the error
 *
 * Applies the grey-scale transformations of PS3.3 C.11 in their order: stored values, modality LUT
 * or rescale, VOI window or LUT (else minimum to maximum), polarity.
 *
 * Returns: (transfer full) (nullable): indices, values and levels, see imp_wire_grey_size()
 */
ImpMemory *
imp_grey_render (const ImpGrey *grey, ImpWireReply *reply, GError **error)
{
  g_autoptr (ImpMemory) memory = NULL;
  Scale scale = { 0 };
  gsize values_at = 0;
  gsize levels_at = 0;

  if (!prepare_scale (grey, &scale, error))
    return NULL;
  if (grey->bits_stored > 16)
    {
      /* The number of values is known only after a look at the pixels: room for the most. */
      g_autofree guint16 *indices =
          g_try_malloc ((gsize)grey->width * (gsize)grey->height * sizeof (guint16));

      if (indices != NULL)
        {
          take_indices (grey, indices, &scale);
          memory = imp_memory_new (imp_wire_grey_size (grey->width, grey->height, scale.n_values,
                                                       &values_at, &levels_at),
                                   error);
          if (memory != NULL)
            memcpy (memory->data, indices, (gsize)grey->width * (gsize)grey->height * 2);
        }
    }
  else
    {
      memory = imp_memory_new (
          imp_wire_grey_size (grey->width, grey->height, scale.n_values, &values_at, &levels_at),
          error);
      if (memory != NULL)
        take_indices (grey, (guint16 *)memory->data, &scale);
    }
  if (memory == NULL)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture is too large for the memory that one file may use"), NULL);
      return NULL;
    }
  fill_values (grey, &scale, (double *)(memory->data + values_at));
  fill_levels (grey, &scale, (const guint16 *)memory->data,
               (const double *)(memory->data + values_at), memory->data + levels_at);
  reply->kind = IMP_WIRE_GREY;
  reply->width = grey->width;
  reply->height = grey->height;
  reply->n_values = scale.n_values;
  reply->inverse = grey->inverse;
  return g_steal_pointer (&memory);
}

/**
 * imp_grey_clear:
 * @grey: a frame
 */
void
imp_grey_clear (ImpGrey *grey)
{
  g_clear_pointer (&grey->owned_bytes, g_free);
  g_clear_pointer (&grey->modality_lut.entries, g_free);
  g_clear_pointer (&grey->voi_lut.entries, g_free);
}
