#include "imp-grey.h"

#include <math.h>
#include <string.h>

#include "imp-keys.h"
#include "imp-notes.h"

#define MAX_VALUES 65536
#define CHUNK 65536 /* pixels at a time: they stay in the processor's cache */

/* From index to stored value: stored = base + key, where an index is its own key unless there are
 * too many for that. */
typedef struct
{
  double base;
  ImpKeys *keys; /* owned, nullable */
  guint32 n_values;
} Scale;

static void
scale_clear (Scale *scale)
{
  g_clear_pointer (&scale->keys, imp_keys_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scale, scale_clear)

typedef struct
{
  guint16 out[CHUNK];
  guint8 in[CHUNK * 4 + 8];
  guint32 keys[CHUNK];
  guint8 present[MAX_VALUES]; /* by index: whether a pixel has it */
} Work;

/* Samples to indices: the stored value less the lowest that its bits can express, which for two's
 * complement turns the sign bit over. Junk in the unused high bits (old overlays) is masked off. */
static void
take_bits (const ImpGrey *grey, const guint8 *in, guint16 *out, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      gsize bit = grey->bit_offset + i;

      out[i] = (in[bit / 8] >> (bit % 8)) & 1;
    }
}

static void
take_8 (const ImpGrey *grey, const guint8 *in, guint16 *out, gsize n)
{
  guint32 mask = (1u << grey->bits_stored) - 1;
  guint32 sign = grey->is_signed ? 1u << (grey->bits_stored - 1) : 0;
  int shift = grey->high_bit + 1 - grey->bits_stored;

  for (gsize i = 0; i < n; i++)
    out[i] = (guint16)((((guint32)in[i] >> shift) & mask) ^ sign);
}

static void
take_16 (const ImpGrey *grey, const guint8 *in, guint16 *out, gsize n)
{
  guint16 mask = (guint16)((1u << grey->bits_stored) - 1);
  guint16 sign = grey->is_signed ? (guint16)(1u << (grey->bits_stored - 1)) : 0;
  int shift = grey->high_bit + 1 - grey->bits_stored;

  for (gsize i = 0; i < n; i++)
    {
      guint16 stored = 0;

      memcpy (&stored, in + 2 * i, sizeof stored);
      stored = GUINT16_FROM_LE (stored);
      out[i] = (guint16)(((stored >> shift) & mask) ^ sign);
    }
}

static void
take_32 (const ImpGrey *grey, const guint8 *in, guint32 *out, gsize n)
{
  guint32 mask = grey->bits_stored < 32 ? (1u << grey->bits_stored) - 1 : G_MAXUINT32;
  guint32 sign = grey->is_signed ? 1u << (grey->bits_stored - 1) : 0;
  int shift = grey->high_bit + 1 - grey->bits_stored;

  for (gsize i = 0; i < n; i++)
    {
      guint32 stored = 0;

      memcpy (&stored, in + 4 * i, sizeof stored);
      out[i] = ((GUINT32_FROM_LE (stored) >> shift) & mask) ^ sign;
    }
}

static void
take (const ImpGrey *grey, const Scale *scale, const guint8 *in, Work *work, gsize n)
{
  if (grey->bits_allocated == 1)
    take_bits (grey, in, work->out, n);
  else if (grey->bits_allocated == 8)
    take_8 (grey, in, work->out, n);
  else if (grey->bits_allocated == 16)
    take_16 (grey, in, work->out, n);
  else
    {
      take_32 (grey, in, work->keys, n);
      imp_keys_find (scale->keys, work->keys, work->out, n);
    }
}

/* The bytes of @n pixels from @pixel on: where they are, or a copy in @work. */
static const guint8 *
fetch (const ImpGrey *grey, gsize pixel, gsize n, Work *work)
{
  gsize bits = (gsize)grey->bits_allocated;
  gsize at = pixel * bits / 8; /* chunks begin at whole bytes */

  if (grey->bytes != NULL)
    return grey->bytes + at;
  if (!grey->read (grey->read_data, grey->offset + at, work->in,
                   (n * bits + grey->bit_offset + 7) / 8))
    return NULL;
  return work->in;
}

/* More than 16 bits: an index for each value that the frame has. */
static gboolean
find_keys (const ImpGrey *grey, Scale *scale, gsize n_pixels, Work *work)
{
  scale->keys = imp_keys_new (n_pixels);
  for (gsize done = 0, n = 0; done < n_pixels; done += n)
    {
      const guint8 *in = NULL;

      n = MIN (CHUNK, n_pixels - done);
      in = fetch (grey, done, n, work);
      if (in == NULL)
        return FALSE;
      take_32 (grey, in, work->keys, n);
      imp_keys_note (scale->keys, work->keys, n);
    }
  scale->n_values = imp_keys_settle (scale->keys);
  return TRUE;
}

static double
get_stored (const Scale *scale, guint32 index)
{
  return scale->base + (scale->keys != NULL ? imp_keys_get (scale->keys, index) : index);
}

static gboolean
prepare_scale (const ImpGrey *grey, Scale *scale, gsize n_pixels, Work *work, GError **error)
{
  if (grey->bits_stored < 1 || grey->bits_stored > grey->bits_allocated
      || grey->high_bit >= grey->bits_allocated || grey->high_bit + 1 < grey->bits_stored)
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The DICOM header's bits allocated, bits stored and high bit contradict each "
                    "other: fetch the file again from its source"),
                NULL);
      return FALSE;
    }
  scale->base = grey->is_signed ? -ldexp (1.0, grey->bits_stored - 1) : 0;
  if (grey->bits_allocated > 16)
    return find_keys (grey, scale, n_pixels, work);
  scale->n_values = 1u << grey->bits_stored;
  return TRUE;
}

static gboolean
append_indices (const ImpGrey *grey, const Scale *scale, gsize n_pixels, gboolean look, Work *work,
                ImpMemory *memory, GError **error)
{
  for (gsize done = 0, n = 0; done < n_pixels; done += n)
    {
      const guint8 *in = NULL;

      n = MIN (CHUNK, n_pixels - done);
      in = fetch (grey, done, n, work);
      if (in == NULL)
        return FALSE;
      take (grey, scale, in, work, n);
      for (gsize i = 0; i < n && look; i++)
        work->present[work->out[i]] = 1;
      if (!imp_memory_append (memory, work->out, n * sizeof (guint16), error))
        return FALSE;
    }
  return TRUE;
}

static double
look_up (const ImpLut *lut, double value)
{
  double at = CLAMP (floor (value + 0.5) - lut->first, 0, (double)lut->n_entries - 1);

  return lut->entries[(guint)at];
}

static gboolean
fill_values (const ImpGrey *grey, const Scale *scale, double *values)
{
  gboolean finite = TRUE;

  for (guint32 i = 0; i < scale->n_values; i++)
    {
      double stored = get_stored (scale, i);

      values[i] = grey->modality_lut.entries != NULL ? look_up (&grey->modality_lut, stored)
                                                     : stored * grey->slope + grey->intercept;
      finite = finite && isfinite (values[i]);
    }
  return finite;
}

static gboolean
is_padding (const ImpGrey *grey, double stored)
{
  return grey->has_padding && stored >= (double)grey->padding_low
         && stored <= (double)grey->padding_high;
}

/* The lowest and highest value in the frame, pixel padding left out unless there is nothing else.
 */
static void
find_range (const ImpGrey *grey, const Scale *scale, const guint8 *present, const double *values,
            gboolean skip_padding, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint32 i = 0; i < scale->n_values; i++)
    {
      if (!present[i] || (skip_padding && is_padding (grey, get_stored (scale, i))))
        continue;
      *low = MIN (*low, values[i]);
      *high = MAX (*high, values[i]);
    }
}

/* The presentation LUT as the front end takes it. */
static void
fill_presentation (const ImpLut *lut, guint8 *out)
{
  double top = ldexp (1.0, lut->bits) - 1;

  for (guint k = 0; k < IMP_FRAME_PRESENTATION; k++)
    {
      guint at = (guint)((double)k / (IMP_FRAME_PRESENTATION - 1) * (lut->n_entries - 1) + 0.5);

      out[k] = (guint8)(MIN (lut->entries[at] * 255.0 / top, 255.0) + 0.5);
    }
}

static void
fill_levels_by_lut (const ImpGrey *grey, const Scale *scale, const ImpLut *lut,
                    const double *values, const guint8 *presentation, guint8 *levels)
{
  double top = ldexp (1.0, lut->bits) - 1;

  for (guint32 i = 0; i < scale->n_values; i++)
    levels[i] = imp_frame_finish_level (look_up (lut, values[i]) * 255.0 / top, presentation,
                                        grey->inverse);
}

static void
fill_levels_by_window (const ImpGrey *grey, const Scale *scale, const guint8 *present,
                       const double *values, const guint8 *presentation, guint8 *levels)
{
  ImpWindow window = grey->window;

  if (!grey->has_window)
    {
      double low = 0;
      double high = 0;

      find_range (grey, scale, present, values, grey->has_padding, &low, &high);
      if (low > high)
        find_range (grey, scale, present, values, FALSE, &low, &high);
      /* LINEAR maps centre - 0.5 ± (width - 1) / 2 to 0 and 255. */
      window.function = IMP_VOI_LINEAR;
      window.centre = (low + high + 1) / 2;
      window.width = high - low + 1;
    }
  for (guint32 i = 0; i < scale->n_values; i++)
    levels[i] = imp_frame_finish_level (imp_window_get_level (&window, values[i]), presentation,
                                        grey->inverse);
}

static guint
count_luts (const ImpGrey *grey)
{
  return grey->voi_luts != NULL ? grey->voi_luts->len : 0;
}

/* The default presentation, then one table for each VOI LUT. */
static gboolean
append_levels (const ImpGrey *grey, const Scale *scale, const guint8 *present, const double *values,
               const guint8 *presentation, ImpMemory *memory, GError **error)
{
  g_autofree guint8 *levels = g_new (guint8, scale->n_values);

  if (grey->has_window || count_luts (grey) == 0)
    fill_levels_by_window (grey, scale, present, values, presentation, levels);
  else
    fill_levels_by_lut (grey, scale, &g_array_index (grey->voi_luts, ImpLut, 0), values,
                        presentation, levels);
  if (!imp_memory_append (memory, levels, scale->n_values, error))
    return FALSE;
  for (guint i = 0; i < count_luts (grey); i++)
    {
      fill_levels_by_lut (grey, scale, &g_array_index (grey->voi_luts, ImpLut, i), values,
                          presentation, levels);
      if (!imp_memory_append (memory, levels, scale->n_values, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
append_tables (const ImpGrey *grey, const Scale *scale, gsize n_pixels, const Work *work,
               ImpMemory *memory, GError **error)
{
  static const guint8 nothing[8];
  g_autofree double *values = g_new (double, scale->n_values);
  g_autofree guint8 *padding = g_new (guint8, scale->n_values);
  g_autofree guint8 *presentation = NULL;
  gsize gap = (8 - n_pixels * sizeof (guint16) % 8) % 8;

  if (grey->presentation_lut.entries != NULL)
    {
      presentation = g_new (guint8, IMP_FRAME_PRESENTATION);
      fill_presentation (&grey->presentation_lut, presentation);
    }
  if (!fill_values (grey, scale, values))
    {
      imp_fail (
          error, IMP_ERROR_DAMAGED,
          N_ ("The file is damaged: its rescale slope and intercept lead to values without end. "
              "Fetch it again from its source"),
          NULL);
      return FALSE;
    }
  for (guint32 i = 0; i < scale->n_values; i++)
    padding[i] = is_padding (grey, get_stored (scale, i));
  return imp_memory_append (memory, nothing, gap, error)
         && imp_memory_append (memory, values, scale->n_values * sizeof (double), error)
         && append_levels (grey, scale, work->present, values, presentation, memory, error)
         && imp_memory_append (memory, padding, scale->n_values, error)
         && (presentation == NULL
             || imp_memory_append (memory, presentation, IMP_FRAME_PRESENTATION, error));
}

/**
 * imp_grey_render:
 * @grey: a frame as its header describes it
 * @reply: (out): what the memory holds
 * @error: where to put the error
 *
 * Applies the grey-scale transformations of PS3.3 C.11 in their order: stored values, modality LUT
 * or rescale, VOI window or LUT (else minimum to maximum), presentation LUT, polarity.
 *
 * Returns: (transfer full) (nullable): indices, values, tables, padding and presentation LUT, see
 * imp_wire_grey_size(), or %NULL with %IMP_ERROR_DAMAGED or %IMP_ERROR_UNSUPPORTED
 */
ImpMemory *
imp_grey_render (const ImpGrey *grey, ImpWireReply *reply, GError **error)
{
  gsize n_pixels = (gsize)grey->width * (gsize)grey->height;
  gboolean look = !grey->has_window && count_luts (grey) == 0;
  g_autoptr (ImpMemory) memory = imp_memory_new_empty (error);
  g_autofree Work *work = g_new0 (Work, 1);
  g_auto (Scale) scale = { 0 };

  if (memory == NULL)
    return NULL;
  if (!prepare_scale (grey, &scale, n_pixels, work, error)
      || !append_indices (grey, &scale, n_pixels, look, work, memory, error)
      || !append_tables (grey, &scale, n_pixels, work, memory, error))
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The file ends before its picture does: fetch it again from its source"), NULL);
      return NULL;
    }
  reply->kind = IMP_WIRE_GREY;
  reply->width = grey->width;
  reply->height = grey->height;
  reply->n_values = scale.n_values;
  reply->n_tables = 1 + count_luts (grey);
  reply->inverse = grey->inverse;
  reply->ranged = look;
  reply->presented = grey->presentation_lut.entries != NULL;
  return g_steal_pointer (&memory);
}

/**
 * imp_grey_clear:
 * @grey: a frame
 */
void
imp_grey_clear (ImpGrey *grey)
{
  g_clear_pointer (&grey->bytes, g_free);
  g_clear_pointer (&grey->modality_lut.entries, g_free);
  for (guint i = 0; i < count_luts (grey); i++)
    g_free (g_array_index (grey->voi_luts, ImpLut, i).entries);
  g_clear_pointer (&grey->voi_luts, g_array_unref);
  g_clear_pointer (&grey->presentation_lut.entries, g_free);
}
