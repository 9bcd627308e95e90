#include "imp-mcu.h"

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
  mcu->precision = header[0];
  mcu->width = 8 * h_max;
  mcu->height = 8 * v_max;
  mcu->lossless = (marker & 3) == 3;
  return TRUE;
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
        return read_frame_header (data + at + 4, segment - 2, marker, mcu);
      if (marker == 0xda)
        return FALSE;
      at += 2 + segment;
    }
  return FALSE;
}
