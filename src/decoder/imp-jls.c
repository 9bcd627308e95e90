#include "imp-jls.h"

#define SOF_55 0xf7
#define LSE 0xf8
#define SOS 0xda
#define EOI 0xd9
#define DRI 0xdd
#define COM 0xfe

static guint
be16 (const guint8 *bytes)
{
  return (guint)bytes[0] << 8 | bytes[1];
}

/* The frame header after its length: P, Y, X, Nf, then three bytes of each component. */
static gboolean
read_frame (const guint8 *header, gsize length, ImpJls *jls)
{
  int n = length >= 6 ? header[5] : 0;

  if (jls->components != 0 || n < 1 || n > 4 || length < (gsize)(6 + 3 * n))
    return FALSE;
  jls->rows = (int)be16 (header + 1);
  jls->columns = (int)be16 (header + 3);
  jls->components = n;
  return TRUE;
}

/* The scan header after its length (T.87 C.2.3): Ns, two bytes of each component, NEAR, ILV, and
 * the point transform. */
static gboolean
read_scan (const guint8 *header, gsize length, ImpJls *jls, int *scanned)
{
  int n = length >= 1 ? header[0] : 0;

  if (jls->components == 0 || n < 1 || n > 4 || length < (gsize)(4 + 2 * n))
    return FALSE;
  *scanned += n;
  if (header[1 + 2 * n] != 0)
    jls->lossless = FALSE;
  return TRUE;
}

/* Where coded data end: at 0xff before a byte of 0x80 or more, which is neither a restart nor
 * filling (T.87 A.1: a bit of 0 is stuffed after 0xff). */
static gsize
skip_coded (const guint8 *data, gsize length, gsize at)
{
  for (; at + 1 < length; at++)
    if (data[at] == 0xff && data[at + 1] >= 0x80 && data[at + 1] != 0xff
        && (data[at + 1] < 0xd0 || data[at + 1] > 0xd7))
      return at;
  return length;
}

static gboolean
is_known (guint8 marker)
{
  return (marker >= 0xe0 && marker <= 0xef) || marker == SOF_55 || marker == LSE || marker == SOS
         || marker == DRI || marker == COM;
}

/**
 * imp_jls_scan:
 * @data: a JPEG-LS stream, from SOI
 * @length: its bytes
 * @jls: (out): what its headers say; not lossless wherever one of its scans has a NEAR (maximum
 *   deviation) of more than 0, or one is missing
 *
 * Walks every marker segment from the beginning to EOI. The Transfer Syntax UID does not count: a
 * near-lossless stream decodes under either.
 *
 * Returns: whether all of it could be read
 */
gboolean
imp_jls_scan (const guint8 *data, gsize length, ImpJls *jls)
{
  int scanned = 0;
  gsize at = 2;

  *jls = (ImpJls){ .lossless = TRUE };
  while (at + 2 <= length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      gsize segment = 0;

      at += marker == 0xff ? 1 : 2;
      if (marker == 0xff)
        continue;
      if (marker == EOI)
        {
          jls->lossless = jls->lossless && scanned == jls->components;
          return scanned > 0;
        }
      segment = is_known (marker) && length - at >= 2 ? be16 (data + at) : 0;
      if (segment < 2 || segment > length - at)
        return FALSE;
      if (marker == SOF_55 && !read_frame (data + at + 2, segment - 2, jls))
        return FALSE;
      if (marker == SOS && !read_scan (data + at + 2, segment - 2, jls, &scanned))
        return FALSE;
      at += segment;
      if (marker == SOS)
        at = skip_coded (data, length, at);
    }
  return FALSE;
}
