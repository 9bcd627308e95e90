#include <string.h>

#include "imp-j2k.h"

/* A codestream is walked from marker to marker (T.800 annex A) with a small window over its bytes:
 * it is not read as a whole for this. */

#define WINDOW 4096
#define MAX_BLOCK 256 /* pixels on a side: no picture has samples of such a size */

typedef struct
{
  ImpReadPart read;
  gpointer data;
  gsize length;
  guint8 window[WINDOW];
  gsize at; /* where the window begins */
  gsize filled;
} Walk;

/* The @size bytes from @at on, at most half a window. */
static const guint8 *
look (Walk *walk, gsize at, gsize size)
{
  if (at > walk->length || size > walk->length - at || size > WINDOW / 2)
    return NULL;
  if (at < walk->at || at + size > walk->at + walk->filled)
    {
      walk->at = at;
      walk->filled = MIN (WINDOW, walk->length - at);
      if (!walk->read (walk->data, at, walk->window, walk->filled))
        {
          walk->filled = 0;
          return NULL;
        }
    }
  return walk->window + (at - walk->at);
}

static guint
be16 (const guint8 *bytes)
{
  return (guint)bytes[0] << 8 | bytes[1];
}

static guint32
be32 (const guint8 *bytes)
{
  return (guint32)be16 (bytes) << 16 | be16 (bytes + 2);
}

static const guint8 signature[12] = { 0, 0, 0, 12, 'j', 'P', ' ', ' ', 0x0d, 0x0a, 0x87, 0x0a };
static const guint8 start[4] = { 0xff, 0x4f, 0xff, 0x51 }; /* SOC, SIZ */

/**
 * imp_j2k_is:
 * @data: the first bytes of something
 * @length: how many
 *
 * Returns: whether a JPEG 2000 codestream or file begins here
 */
gboolean
imp_j2k_is (const guint8 *data, gsize length)
{
  return (length >= sizeof start && memcmp (data, start, sizeof start) == 0)
         || (length >= sizeof signature && memcmp (data, signature, sizeof signature) == 0);
}

/* What the boxes of JP2's header say that would change the meaning of samples (T.800 I.5.3). */
static gboolean
read_header_box (Walk *walk, gsize at, gsize end, ImpJ2k *j2k)
{
  while (at + 8 <= end)
    {
      const guint8 *box = look (walk, at, 8);
      gsize size = box != NULL ? be32 (box) : 0;

      if (size < 8 || size > end - at)
        return FALSE;
      if (memcmp (box + 4, "pclr", 4) == 0 || memcmp (box + 4, "cmap", 4) == 0)
        j2k->palette = TRUE;
      else if (memcmp (box + 4, "cdef", 4) == 0)
        for (gsize i = at + 10; i + 6 <= at + size; i += 6)
          {
            const guint8 *channel = look (walk, i, 6);

            if (channel == NULL)
              return FALSE;
            if (be16 (channel + 2) != 0 || be16 (channel + 4) != be16 (channel) + 1)
              j2k->palette = TRUE;
          }
      at += size;
    }
  return TRUE;
}

/* Finds the codestream among the boxes of a JP2 file. */
static gboolean
find_codestream (Walk *walk, ImpJ2k *j2k)
{
  const guint8 *bytes = look (walk, 0, sizeof signature);
  gsize at = 0;

  j2k->start = 0;
  j2k->length = walk->length;
  if (bytes == NULL || memcmp (bytes, signature, sizeof signature) != 0)
    return bytes != NULL;
  while (at + 8 <= walk->length)
    {
      const guint8 *box = look (walk, at, 8);
      gsize size = box != NULL ? be32 (box) : 0;

      if (box == NULL)
        return FALSE;
      if (size == 0)
        size = walk->length - at;
      if (size < 8 || size > walk->length - at)
        return FALSE; /* of 1: longer than any picture that is read */
      if (memcmp (box + 4, "jp2c", 4) == 0)
        {
          j2k->start = at + 8;
          j2k->length = size - 8;
          return TRUE;
        }
      if (memcmp (box + 4, "jp2h", 4) == 0 && !read_header_box (walk, at + 8, at + size, j2k))
        return FALSE;
      at += size;
    }
  return FALSE;
}

/* The smallest number that both divide, of which the first may be 0; at most MAX_BLOCK. */
static guint
find_multiple (guint one, guint other)
{
  guint sum = MAX (one, 1);

  while (sum % other != 0 && sum < MAX_BLOCK)
    sum += MAX (one, 1);
  return MIN (sum, MAX_BLOCK);
}

/* SIZ, T.800 A.5.1. */
static gboolean
read_size (Walk *walk, gsize at, gsize size, ImpJ2k *j2k, guint32 *n_tiles)
{
  const guint8 *s = size >= 36 ? look (walk, at, 36) : NULL;
  guint64 across = 0;
  guint64 down = 0;
  guint32 left = 0;
  guint32 top = 0;

  if (s == NULL || be32 (s + 2) <= be32 (s + 10) || be32 (s + 6) <= be32 (s + 14)
      || be32 (s + 18) == 0 || be32 (s + 22) == 0 || be32 (s + 26) > be32 (s + 10)
      || be32 (s + 30) > be32 (s + 14))
    return FALSE;
  j2k->width = (gint64)be32 (s + 2) - be32 (s + 10);
  j2k->height = (gint64)be32 (s + 6) - be32 (s + 14);
  j2k->components = be16 (s + 34);
  left = be32 (s + 10);
  top = be32 (s + 14);
  across = ((guint64)be32 (s + 2) - be32 (s + 26) + be32 (s + 18) - 1) / be32 (s + 18);
  down = ((guint64)be32 (s + 6) - be32 (s + 30) + be32 (s + 22) - 1) / be32 (s + 22);
  if (across * down > 65535 || j2k->components == 0 || size != 36 + 3 * (gsize)j2k->components)
    return FALSE;
  *n_tiles = (guint32)(across * down);
  for (guint i = 0; i < j2k->components; i++)
    {
      const guint8 *c = look (walk, at + 36 + 3 * (gsize)i, 3);

      if (c == NULL)
        return FALSE;
      if (i == 0)
        {
          j2k->precision = (c[0] & 0x7f) + 1;
          j2k->is_signed = (c[0] & 0x80) != 0;
        }
      else if ((c[0] & 0x7f) + 1 != j2k->precision || ((c[0] & 0x80) != 0) != j2k->is_signed)
        j2k->differing = TRUE;
      if (c[1] == 0 || c[2] == 0)
        return FALSE;
      j2k->across = find_multiple (j2k->across, c[1]);
      j2k->down = find_multiple (j2k->down, c[2]);
    }
  j2k->askew =
      left % j2k->across != 0 || top % j2k->down != 0 || MAX (j2k->across, j2k->down) == MAX_BLOCK;
  return TRUE;
}

/* One marker segment of the main header or of a tile-part's. */
static gboolean
read_segment (Walk *walk, gsize at, guint marker, gsize size, ImpJ2k *j2k)
{
  gsize wavelet = marker == 0xff52 ? 9 : j2k->components < 257 ? 6 : 7; /* A.6.1, A.6.2 */
  const guint8 *bytes = NULL;

  if (marker != 0xff52 && marker != 0xff53)
    return TRUE;
  bytes = size > wavelet ? look (walk, at, wavelet + 1) : NULL;
  if (bytes == NULL)
    return FALSE;
  if (marker == 0xff52)
    {
      gboolean transformed = bytes[4] != 0;

      j2k->mixed = j2k->mixed || (j2k->coded && transformed != j2k->transformed);
      j2k->transformed = transformed;
      j2k->coded = TRUE;
    }
  if (bytes[wavelet] != 1)
    j2k->irreversible = TRUE;
  return TRUE;
}

/* From @at, which is behind SOC or an SOT segment, to SOT or SOD: which it is, or 0. */
static guint
walk_header (Walk *walk, gsize *at, ImpJ2k *j2k, guint32 *n_tiles)
{
  for (;;)
    {
      const guint8 *bytes = look (walk, *at, 4);
      guint marker = bytes != NULL ? be16 (bytes) : 0;
      gsize size = 0;

      if (bytes == NULL && walk->length - *at >= 2 && (bytes = look (walk, *at, 2)) != NULL)
        return be16 (bytes) == 0xff93 ? 0xff93 : 0;
      if (marker == 0xff90 || marker == 0xff93 || marker == 0)
        return marker;
      size = be16 (bytes + 2);
      if (marker < 0xff00 || size < 2 || size > walk->length - *at - 2)
        return 0;
      if (marker == 0xff51
              ? j2k->components != 0 || !read_size (walk, *at + 4, size - 2, j2k, n_tiles)
              : !read_segment (walk, *at + 4, marker, size - 2, j2k))
        return 0;
      *at += 2 + size;
    }
}

/* EOC stands at the end, perhaps with a few bytes behind it that make the length even. */
static gboolean
ends (Walk *walk, gsize from)
{
  gsize at = MAX (from, walk->length - MIN (walk->length, 64));

  for (gsize i = walk->length; i >= at + 2; i--)
    {
      const guint8 *bytes = look (walk, i - 2, 2);

      if (bytes != NULL && bytes[0] == 0xff && bytes[1] == 0xd9)
        return TRUE;
    }
  return FALSE;
}

/* From the first SOT on: every tile must come, and the end after the last tile-part (A.4.2). */
static gboolean
walk_tiles (Walk *walk, gsize at, guint32 n_tiles, ImpJ2k *j2k)
{
  g_autofree guint8 *seen = g_malloc0 (n_tiles);
  guint32 missing = n_tiles;

  for (;;)
    {
      const guint8 *bytes = look (walk, at, 2);
      gsize part = at;
      gsize size = 0;
      guint tile = 0;

      if (bytes != NULL && be16 (bytes) == 0xffd9)
        return missing == 0;
      bytes = look (walk, at, 12);
      if (bytes == NULL || be16 (bytes) != 0xff90 || be16 (bytes + 2) != 10)
        return FALSE;
      tile = be16 (bytes + 4);
      size = be32 (bytes + 6);
      if (tile >= n_tiles || (size != 0 && size < 14) || size > walk->length - at)
        return FALSE;
      missing -= seen[tile] == 0;
      seen[tile] = 1;
      at += 12;
      if (walk_header (walk, &at, j2k, NULL) != 0xff93)
        return FALSE;
      if (size == 0) /* up to the end */
        return missing == 0 && ends (walk, at);
      if (part + size < at)
        return FALSE;
      at = part + size;
    }
}

/**
 * imp_j2k_scan:
 * @read: gets at the bytes
 * @data: for @read
 * @length: of the codestream, or of the JP2 file that holds it
 * @j2k: (out): what its markers say
 *
 * Returns: whether its headers can be read, up to the first tile; see also @j2k's complete
 */
gboolean
imp_j2k_scan (ImpReadPart read, gpointer data, gsize length, ImpJ2k *j2k)
{
  g_autofree Walk *walk = g_new0 (Walk, 1);
  const guint8 *bytes = NULL;
  guint32 n_tiles = 0;
  gsize at = 0;

  *j2k = (ImpJ2k){ 0 };
  walk->read = read;
  walk->data = data;
  walk->length = length;
  if (!find_codestream (walk, j2k))
    return FALSE;
  walk->length = j2k->start + j2k->length;
  bytes = look (walk, j2k->start, sizeof start);
  if (bytes == NULL || memcmp (bytes, start, sizeof start) != 0)
    return FALSE;
  at = j2k->start + 2;
  if (walk_header (walk, &at, j2k, &n_tiles) != 0xff90 || n_tiles == 0)
    return FALSE;
  j2k->complete = walk_tiles (walk, at, n_tiles, j2k);
  return TRUE;
}
