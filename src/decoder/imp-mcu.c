#include "imp-mcu.h"

#include <string.h>

static int
common_multiple (int a, int b)
{
  int x = a;
  int y = b;

  if (a == 0 || b == 0)
    return MAX (a, b);
  while (y != 0)
    {
      int rest = x % y;

      x = y;
      y = rest;
    }
  return a / x * b;
}

/**
 * imp_mcu_combine:
 * @a: a grid, 0 × 0 for none
 * @b: another
 *
 * Returns: the finest grid whose lines lie on lines of both
 */
ImpGrid
imp_mcu_combine (ImpGrid a, ImpGrid b)
{
  return (ImpGrid){ common_multiple (a.width, b.width), common_multiple (a.height, b.height) };
}

/* The frame header after its length: P, Y, X, Nf, then C, H and V, Tq of each component. */
static gboolean
read_frame_header (const guint8 *header, gsize length, guint8 marker, ImpMcu *mcu)
{
  int components = length >= 6 ? header[5] : 0;
  int h_max = 1;
  int v_max = 1;

  if (components < 1 || components > 4 || length < (gsize)(6 + 3 * components))
    return FALSE;
  for (int i = 0; i < components && components > 1; i++)
    {
      h_max = MAX (h_max, header[7 + 3 * i] >> 4);
      v_max = MAX (v_max, header[7 + 3 * i] & 15);
    }
  if (h_max > 4 || v_max > 4)
    return FALSE;
  mcu->components = components;
  mcu->precision = header[0];
  mcu->rows = header[1] << 8 | header[2];
  mcu->columns = header[3] << 8 | header[4];
  mcu->width = 8 * h_max;
  mcu->height = 8 * v_max;
  mcu->lossless = (marker & 3) == 3;
  mcu->progressive = (marker & 3) == 2;
  return TRUE;
}

static gboolean
is_rgb_by_name (const guint8 *header)
{
  return header[6] == 'R' && header[9] == 'G' && header[12] == 'B';
}

/* Adobe's word counts more than JFIF's, which some writers put before RGB. */
static void
note_colours (guint8 marker, const guint8 *segment, gsize length, ImpMcuColours *colours)
{
  if (marker == 0xee && length >= 12 && memcmp (segment, "Adobe", 5) == 0)
    *colours = segment[11] == 0 ? IMP_MCU_RGB : IMP_MCU_YCC;
  else if (marker == 0xe0 && length >= 5 && memcmp (segment, "JFIF", 5) == 0
           && *colours == IMP_MCU_UNSAID)
    *colours = IMP_MCU_YCC;
}

/**
 * imp_mcu_scan:
 * @data: a JPEG stream, from SOI
 * @length: its bytes
 * @mcu: (out): its grid
 *
 * Walks the marker segments up to the frame header (ITU-T T.81 B.2.2). An MCU of one component is
 * one block whatever its sampling factors; of several it is their largest factors in blocks.
 *
 * Returns: whether there is a frame header
 */
gboolean
imp_mcu_scan (const guint8 *data, gsize length, ImpMcu *mcu)
{
  ImpMcuColours colours = IMP_MCU_UNSAID;
  gsize at = 2;

  while (at + 4 <= length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gsize segment = 0;

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker == 0xd8 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7))
        {
          at += 2;
          continue;
        }
      segment = (gsize)data[at + 2] << 8 | data[at + 3];
      if (segment < 2 || at + 2 + segment > length)
        return FALSE;
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          if (!read_frame_header (data + at + 4, segment - 2, marker, mcu))
            return FALSE;
          mcu->colours =
              mcu->components == 3 && is_rgb_by_name (data + at + 4) ? IMP_MCU_RGB : colours;
          return TRUE;
        }
      note_colours (marker, data + at + 4, segment - 2, &colours);
      if (marker == 0xda)
        return FALSE;
      at += 2 + segment;
    }
  return FALSE;
}

/**
 * imp_mcu_skip_entropy:
 * @data: a JPEG stream
 * @length: its bytes
 * @at: where entropy-coded data begin
 *
 * Returns: where they end: at a marker that is neither stuffing nor a restart, or at the end
 */
gsize
imp_mcu_skip_entropy (const guint8 *data, gsize length, gsize at)
{
  while (at + 1 < length)
    {
      const guint8 *next = memchr (data + at, 0xff, length - at - 1);

      if (next == NULL)
        return length;
      at = (gsize)(next - data);
      if (data[at + 1] != 0 && data[at + 1] != 0xff && (data[at + 1] < 0xd0 || data[at + 1] > 0xd7))
        return at;
      at += data[at + 1] == 0xff ? 1 : 2;
    }
  return length;
}

#define N_COEFFICIENTS 64

typedef struct
{
  gboolean progressive;
  guint n_components;
  guint8 ids[4];
  gint8 missing[4][N_COEFFICIENTS]; /* bits still to come, -1 where nothing came */
} Progress;

static gboolean
note_frame (Progress *progress, guint8 marker, const guint8 *header, gsize length)
{
  guint n = length >= 6 ? header[5] : 0;

  if (progress->n_components > 0 || n < 1 || n > 4 || length < 6 + 3 * (gsize)n)
    return FALSE;
  progress->progressive = (marker & 3) == 2;
  progress->n_components = n;
  for (guint i = 0; i < n; i++)
    progress->ids[i] = header[6 + 3 * i];
  memset (progress->missing, -1, sizeof progress->missing);
  return TRUE;
}

/* The scan header after its length (T.81 B.2.3): Ns, then Cs and its tables of each, Ss, Se, and
 * the bits before and after. */
static gboolean
note_scan (Progress *progress, const guint8 *header, gsize length)
{
  guint n = length >= 1 ? header[0] : 0;

  if (n < 1 || n > 4 || length < 4 + 2 * (gsize)n || progress->n_components == 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < progress->n_components; k++)
      if (progress->ids[k] == header[1 + 2 * i] && progress->progressive)
        for (guint at = header[1 + 2 * n]; at <= header[2 + 2 * n] && at < N_COEFFICIENTS; at++)
          progress->missing[k][at] = (gint8)(header[3 + 2 * n] & 15);
      else if (progress->ids[k] == header[1 + 2 * i])
        memset (progress->missing[k], 0, N_COEFFICIENTS);
  return TRUE;
}

static gboolean
nothing_is_missing (const Progress *progress)
{
  for (guint i = 0; i < progress->n_components; i++)
    for (guint at = 0; at < N_COEFFICIENTS; at++)
      if (progress->missing[i][at] != 0)
        return FALSE;
  return progress->n_components > 0;
}

/**
 * imp_mcu_is_finished:
 * @data: a JPEG stream, from SOI
 * @length: its bytes
 *
 * Sees whether the scans send all of each component. Decoders show what was never sent as grey, or
 * guess it from the blocks around, which carries pixels over the lines of the block grid. A stream
 * of one scan that holds every component is looked at no further: @data may end there.
 *
 * Returns: whether nothing is left to be guessed; where a scan of all components does not come
 *   first, %FALSE for a stream without its EOI
 */
gboolean
imp_mcu_is_finished (const guint8 *data, gsize length)
{
  Progress progress = { 0 };
  gsize at = 2;

  while (at + 2 <= length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gsize segment = 0;
      gboolean read = TRUE;

      at += marker == 0xff ? 1 : 2;
      if (marker == 0xd9)
        return nothing_is_missing (&progress);
      if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
        continue;
      segment = at + 2 <= length ? (gsize)data[at] << 8 | data[at + 1] : 0;
      if (segment < 2 || segment > length - at)
        return FALSE;
      if (marker == 0xda)
        read = note_scan (&progress, data + at + 2, segment - 2);
      else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8
               && marker != 0xcc)
        read = note_frame (&progress, marker, data + at + 2, segment - 2);
      if (!read)
        return FALSE;
      if (marker == 0xda && !progress.progressive && nothing_is_missing (&progress))
        return TRUE;
      at += segment;
      if (marker == 0xda)
        at = imp_mcu_skip_entropy (data, length, at);
    }
  return FALSE;
}
