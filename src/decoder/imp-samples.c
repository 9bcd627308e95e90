#include "imp-samples.h"

#include <string.h>

#include "imp-notes.h"

static gsize
count (const ImpSamples *samples)
{
  return (gsize)samples->width * (gsize)samples->height * (gsize)samples->channels;
}

/**
 * imp_samples_new:
 * @width: in pixels
 * @height: in pixels
 * @channels: samples of a pixel
 * @precision: bits of a sample, 1 to 16
 * @is_signed: whether they are in two's complement
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): room for them, not filled, or %NULL with
 *   %IMP_ERROR_UNSUPPORTED where the memory of one file is too small
 */
ImpSamples *
imp_samples_new (int width, int height, int channels, int precision, gboolean is_signed,
                 GError **error)
{
  g_autoptr (ImpSamples) samples = g_new0 (ImpSamples, 1);

  samples->width = width;
  samples->height = height;
  samples->channels = channels;
  samples->precision = precision;
  samples->is_signed = is_signed;
  samples->bytes = g_try_malloc (count (samples) * (precision > 8 ? 2 : 1) + 1);
  if (samples->bytes != NULL)
    return g_steal_pointer (&samples);
  imp_fail (error, IMP_ERROR_UNSUPPORTED,
            N_ ("The picture is too large for the memory that one file may use: save a smaller one "
                "where it comes from, and open that"),
            NULL);
  return NULL;
}

/**
 * imp_samples_free:
 * @samples: (transfer full) (nullable): what imp_samples_new() made
 */
void
imp_samples_free (ImpSamples *samples)
{
  if (samples == NULL)
    return;
  g_free (samples->bytes);
  g_free (samples);
}

static gint32
get (const ImpSamples *samples, gsize i)
{
  guint16 word = 0;

  if (samples->precision <= 8)
    return samples->is_signed ? (gint8)samples->bytes[i] : samples->bytes[i];
  memcpy (&word, samples->bytes + 2 * i, sizeof word);
  word = GUINT16_FROM_LE (word);
  return samples->is_signed ? (gint16)word : word;
}

static void
put (guint8 *bytes, gsize i, gboolean wide, gint32 value)
{
  guint16 word = GUINT16_TO_LE ((guint16)value);

  if (wide)
    memcpy (bytes + 2 * i, &word, sizeof word);
  else
    bytes[i] = (guint8)value;
}

/**
 * imp_samples_fit:
 * @samples: (inout): samples as their codestream holds them
 * @bits: (0028,0101) Bits Stored: how many bits the header says that they have, 1 to 16
 * @is_signed: (0028,0103) Pixel Representation: whether the header says that they have a sign
 * @error: where to put the error
 *
 * Makes them what the header says. Where it and the codestream do not agree on the sign, the header
 * is right and the codestream's bits are two's complement, or none: encoders forget the sign
 * (pydicom, dcm4che and Horos read such files so). A sample that needs more bits than the header
 * says would lose what it shows: the file contradicts itself.
 *
 * Returns: whether they are now 8 bits each up to 8 @bits, else 16; on %FALSE %IMP_ERROR_DAMAGED or
 *   %IMP_ERROR_UNSUPPORTED
 */
gboolean
imp_samples_fit (ImpSamples *samples, int bits, gboolean is_signed, GError **error)
{
  gsize n = count (samples);
  gboolean wide = bits > 8;
  gint32 lowest = is_signed ? -(1 << (bits - 1)) : 0;
  gint32 highest = lowest + (1 << bits) - 1;
  gint32 turn = 1 << samples->precision;
  g_autofree guint8 *other = NULL;
  guint8 *out = samples->bytes;

  if (!samples->is_signed == !is_signed && samples->precision <= bits
      && (samples->precision > 8) == wide)
    return TRUE;
  if ((samples->precision > 8) != wide)
    {
      out = other = g_try_malloc (n * (wide ? 2 : 1) + 1);
      if (other == NULL)
        {
          imp_fail (error, IMP_ERROR_UNSUPPORTED,
                    N_ ("The picture is too large for the memory that one file may use: save a "
                        "smaller one where it comes from, and open that"),
                    NULL);
          return FALSE;
        }
    }
  for (gsize i = 0; i < n; i++)
    {
      gint32 value = get (samples, i);

      if (is_signed && !samples->is_signed && value >= turn / 2)
        value -= turn;
      else if (!is_signed && value < 0)
        value += turn;
      if (value < lowest || value > highest)
        {
          imp_fail (error, IMP_ERROR_DAMAGED,
                    N_ ("The picture's values need more bits than its header says, and it could "
                        "not be shown truthfully: fetch the file again from its source"),
                    NULL);
          return FALSE;
        }
      put (out, i, wide, value);
    }
  if (other != NULL)
    {
      g_free (samples->bytes);
      samples->bytes = g_steal_pointer (&other);
    }
  samples->precision = bits;
  samples->is_signed = is_signed;
  return TRUE;
}
