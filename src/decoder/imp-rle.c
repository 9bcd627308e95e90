#include "imp-rle.h"

#include <string.h>

#define MOST_SEGMENTS 15

static guint32
get_number (const guint8 *data, guint i)
{
  guint32 number = 0;

  memcpy (&number, data + 4 * i, sizeof number);
  return GUINT32_FROM_LE (number);
}

/**
 * imp_rle_begins:
 * @data: a part of pixel data
 * @length: its bytes
 *
 * Returns: whether a frame may begin here: the first segment follows the header
 */
gboolean
imp_rle_begins (const guint8 *data, gsize length)
{
  return length >= IMP_RLE_HEADER && get_number (data, 0) >= 1
         && get_number (data, 0) <= MOST_SEGMENTS && get_number (data, 1) == IMP_RLE_HEADER;
}

/* Counts what a segment's runs put out (PS3.5 G.3.2), up to @n_pixels. The code -128, which puts
 * out nothing and which no encoder needs, is a run of 129 to DCMTK. */
static gboolean
fills (const guint8 *data, gsize length, gsize n_pixels)
{
  gsize at = 0;
  gsize n = 0;

  while (n < n_pixels && at < length)
    {
      guint8 code = data[at];
      gsize run = code < 128 ? (gsize)code + 1 : 257 - (gsize)code;
      gsize used = code < 128 ? 1 + run : 2;

      if (code == 128 || used > length - at)
        return FALSE;
      at += used;
      n += run;
    }
  return n >= n_pixels;
}

/**
 * imp_rle_is_whole:
 * @data: the bytes of one frame
 * @length: how many
 * @n_segments: one for each byte of a pixel's samples
 * @n_pixels: rows × columns
 *
 * DCMTK's decoder reads past the end where a segment begins behind it, and fills up a last segment
 * that stops short, with no more than a word in its log.
 *
 * Returns: whether every segment lies within @data and puts out @n_pixels bytes
 */
gboolean
imp_rle_is_whole (const guint8 *data, gsize length, guint n_segments, gsize n_pixels)
{
  if (!imp_rle_begins (data, length) || get_number (data, 0) != n_segments)
    return FALSE;
  for (guint i = 1; i <= n_segments; i++)
    {
      gsize from = get_number (data, i);
      gsize to = i < n_segments ? get_number (data, i + 1) : length;

      if (from < IMP_RLE_HEADER || to < from || to > length
          || !fills (data + from, to - from, n_pixels))
        return FALSE;
    }
  return TRUE;
}
