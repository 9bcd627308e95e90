#include <string.h>

#include "imp-bytes.h"
#include "imp-list.h"

#define TIFF_WIDTH 256
#define TIFF_HEIGHT 257
#define TIFF_SHORT 3

typedef struct
{
  const guint8 *data;
  gsize length;
  guint64 width;
  guint64 height;
} Look;

static guint64
get_number (const guint8 *at, gsize size, gboolean big)
{
  guint64 value = 0;

  for (gsize i = 0; i < size; i++)
    value = value << 8 | at[big ? i : size - 1 - i];
  return value;
}

/* ISO/IEC 15948 11.2.2: IHDR comes first. */
static gboolean
read_png (Look *look)
{
  if (look->length < 33 || memcmp (look->data + 12, "IHDR", 4) != 0)
    return FALSE;
  look->width = get_number (look->data + 16, 4, TRUE);
  look->height = get_number (look->data + 20, 4, TRUE);
  return TRUE;
}

/* From marker to marker (ISO/IEC 10918-1 B.1.1.4), up to the frame header. */
static gboolean
read_jpeg (Look *look)
{
  gsize at = 2;

  while (at + 9 < look->length && look->data[at] == 0xff)
    {
      guint8 marker = look->data[at + 1];

      if (marker == 0xff) /* fill */
        {
          at++;
          continue;
        }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
        {
          at += 2;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          look->height = get_number (look->data + at + 5, 2, TRUE);
          look->width = get_number (look->data + at + 7, 2, TRUE);
          return TRUE;
        }
      if (marker == 0xda || marker == 0xd9)
        return FALSE;
      at += 2 + (gsize)get_number (look->data + at + 2, 2, TRUE);
    }
  return FALSE;
}

/* The first of its chunks says the size: that of the canvas, or of the one picture. */
static gboolean
read_webp (Look *look)
{
  const guint8 *chunk = look->data + 12;
  const guint8 *in = chunk + 8;

  if (look->length < 30)
    return FALSE;
  if (memcmp (chunk, "VP8X", 4) == 0)
    {
      look->width = imp_bytes_get_little (in + 4, 3) + 1;
      look->height = imp_bytes_get_little (in + 7, 3) + 1;
    }
  else if (memcmp (chunk, "VP8L", 4) == 0)
    {
      guint32 bits = imp_bytes_get_little (in + 1, 4);

      look->width = (bits & 0x3fff) + 1;
      look->height = (bits >> 14 & 0x3fff) + 1;
    }
  else if (memcmp (chunk, "VP8 ", 4) == 0)
    {
      look->width = imp_bytes_get_little (in + 6, 2) & 0x3fff;
      look->height = imp_bytes_get_little (in + 8, 2) & 0x3fff;
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_bmp (Look *look)
{
  gboolean old = FALSE;
  gint32 height = 0;

  if (look->length < 26)
    return FALSE;
  old = imp_bytes_get_little (look->data + 14, 4) == 12;
  height = (gint32)imp_bytes_get_little (look->data + (old ? 20 : 22), old ? 2 : 4);
  look->width = imp_bytes_get_little (look->data + 18, old ? 2 : 4);
  look->height = (guint64)ABS ((gint64)height); /* below 0: from the top down */
  return TRUE;
}

/* The first directory of a TIFF or BigTIFF file, which may stand at its end. */
static gboolean
read_tiff (Look *look)
{
  gboolean big = look->data[0] == 'M';
  gboolean wide = look->length >= 16 && look->data[big ? 3 : 2] == 43;
  gsize word = wide ? 8 : 4;
  gsize entry = wide ? 20 : 12;
  gsize count = wide ? 8 : 2;
  guint64 at = 0;
  guint64 n = 0;

  if (look->length < 16)
    return FALSE;
  at = get_number (look->data + word, word, big);
  if (at >= look->length || look->length - at < count)
    return FALSE;
  n = get_number (look->data + at, count, big);
  at += count;
  if (n > (look->length - at) / entry)
    return FALSE;
  for (guint64 i = 0; i < n; i++, at += entry)
    {
      const guint8 *tag = look->data + at;
      guint64 name = get_number (tag, 2, big);
      gsize size = get_number (tag + 2, 2, big) == TIFF_SHORT ? 2 : 4;

      if (name == TIFF_WIDTH)
        look->width = get_number (tag + 4 + word, size, big);
      else if (name == TIFF_HEIGHT)
        look->height = get_number (tag + 4 + word, size, big);
    }
  return TRUE;
}

/**
 * imp_list_read_photo:
 * @data: a file
 * @length: its bytes
 * @format: what its first bytes say that it is
 * @list: (inout): gets its width and height, as stored
 *
 * Returns: whether its header says a size
 */
gboolean
imp_list_read_photo (const guint8 *data, gsize length, const char *format, GVariantDict *list)
{
  static const struct
  {
    const char *format;
    gboolean (*read) (Look *look);
  } readers[] = { { "png", read_png },
                  { "jpeg", read_jpeg },
                  { "webp", read_webp },
                  { "bmp", read_bmp },
                  { "tiff", read_tiff } };
  Look look = { data, length, 0, 0 };
  gboolean done = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (strcmp (readers[i].format, format) == 0)
      done = readers[i].read (&look);
  if (!done || look.width == 0 || look.height == 0 || look.width > G_MAXINT32
      || look.height > G_MAXINT32)
    return FALSE;
  g_variant_dict_insert (list, "width", "i", (gint32)look.width);
  g_variant_dict_insert (list, "height", "i", (gint32)look.height);
  return TRUE;
}
