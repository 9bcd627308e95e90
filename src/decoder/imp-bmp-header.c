#include "imp-bmp-header.h"

#include <string.h>

#include "imp-bytes.h"
#include "imp-photo.h"

/* [MS-WMF] 2.2.2: sizes of the headers, and their Compression. */
#define FILE_HEADER 14
#define CORE 12
#define INFO 40
#define V4 108
#define V5 124
#define BI_BITFIELDS 3
#define BI_JPEG 4
#define BI_PNG 5
#define BI_ALPHABITFIELDS 6

static gboolean
fail (GError **error, const char *refusal)
{
  if (refusal != NULL)
    imp_fail (error, IMP_ERROR_UNSUPPORTED, refusal, NULL);
  else
    imp_fail (error, IMP_ERROR_DAMAGED,
              N_ ("The BMP file is damaged or incomplete: fetch it again from its source"), NULL);
  return FALSE;
}

/* 5 bits a colour in 16, 8 in 32, unless masks are given. */
static void
read_masks (ImpBmpHeader *header, const guint8 *dib, guint32 size, gboolean given)
{
  static const guint32 usual[2][3] = { { 0x7c00, 0x03e0, 0x001f }, { 0xff0000, 0xff00, 0xff } };
  guint n = size >= 56 ? 4 : 3;

  memcpy (header->masks, usual[header->bits == 32], sizeof usual[0]);
  for (guint i = 0; i < n && given; i++)
    header->masks[i] = imp_bytes_get_little (dib + INFO + 4 * i, 4);
}

static gboolean
read_coding (ImpBmpHeader *header, const guint8 *dib, gsize left, guint32 size, GError **error)
{
  guint32 compression = size == CORE ? 0 : imp_bytes_get_little (dib + 16, 4);
  gboolean deep = header->bits == 16 || header->bits == 32;

  if (compression > BI_ALPHABITFIELDS)
    return fail (error, N_ ("This BMP file uses a coding that is not read: save it as PNG in the "
                            "program that made it"));
  if (compression == 1 || compression == 2)
    {
      header->coding = compression == 1 ? IMP_BMP_RLE8 : IMP_BMP_RLE4;
      return (header->bits == (compression == 1 ? 8 : 4) && !header->top_down)
             || fail (error, NULL);
    }
  if (compression != 0 && (!deep || left < INFO + 16))
    return fail (error, NULL);
  if (deep)
    read_masks (header, dib, compression == BI_ALPHABITFIELDS ? MAX (size, 56) : size,
                compression != 0);
  return TRUE;
}

/* BITMAPCOREHEADER, BITMAPINFOHEADER and what grew out of it. */
static gboolean
read_dib (ImpBmpHeader *header, const guint8 *dib, gsize left, guint32 size, GError **error)
{
  gint64 height = 0;

  if (size != CORE && size != INFO && size != 52 && size != 56 && size != V4 && size != V5)
    return fail (error, size == 16 || size == 64
                            ? N_ ("This is an OS/2 bitmap of version 2, which is not read: save it "
                                  "as PNG in the program that made it")
                            : NULL);
  if (size == CORE)
    {
      header->width = imp_bytes_get_little (dib + 4, 2);
      height = imp_bytes_get_little (dib + 6, 2);
      header->bits = (int)imp_bytes_get_little (dib + 10, 2);
    }
  else
    {
      header->width = imp_bytes_get_little (dib + 4, 4);
      height = (gint32)imp_bytes_get_little (dib + 8, 4);
      header->bits = (int)imp_bytes_get_little (dib + 14, 2);
    }
  if (size != CORE
      && (imp_bytes_get_little (dib + 16, 4) == BI_JPEG
          || imp_bytes_get_little (dib + 16, 4) == BI_PNG))
    return fail (error, N_ ("This BMP file wraps a JPEG or PNG picture, which is not read: save it "
                            "as PNG in the program that made it"));
  header->top_down = height < 0;
  header->height = (gsize)ABS (height);
  if (header->width == 0 || header->width > G_MAXINT32 || height == 0)
    return fail (error, NULL);
  if (header->bits != 1 && header->bits != 2 && header->bits != 4 && header->bits != 8
      && header->bits != 16 && header->bits != 24 && header->bits != 32)
    return fail (error, N_ ("This BMP file uses a coding that is not read: save it as PNG in the "
                            "program that made it"));
  return read_coding (header, dib, left, size, error);
}

/* The masks of a BITMAPINFOHEADER and the palette follow the header. */
static gsize
read_palette (ImpBmpHeader *header, const guint8 *data, guint32 size, guint32 compression)
{
  gsize at = FILE_HEADER + size;
  gsize entry = size == CORE ? 3 : 4;
  guint32 n = size == CORE ? 0 : imp_bytes_get_little (data + FILE_HEADER + 32, 4);

  if (size == INFO && compression == BI_BITFIELDS)
    at += 12;
  else if (size == INFO && compression == BI_ALPHABITFIELDS)
    at += 16;
  if (header->bits > 8)
    return MIN (at + (gsize)MIN (n, 256) * entry, header->pixels);
  if (n == 0 || n > (1u << header->bits))
    n = 1u << header->bits;
  for (guint i = 0; i < n && at + entry <= header->pixels; i++, at += entry)
    {
      header->palette[3 * i] = data[at + 2];
      header->palette[3 * i + 1] = data[at + 1];
      header->palette[3 * i + 2] = data[at];
      header->n_colours = i + 1;
    }
  return at;
}

/* BITMAPV5HEADER: a profile in the file, or the path of one, which may name a person. */
static void
read_profile (ImpBmpHeader *header, ImpNotes *notes, const guint8 *data, gsize length)
{
  const guint8 *dib = data + FILE_HEADER;
  guint32 kind = imp_bytes_get_little (dib + 56, 4);
  gsize at = FILE_HEADER + (gsize)imp_bytes_get_little (dib + 112, 4);
  gsize size = imp_bytes_get_little (dib + 116, 4);

  if ((kind != 0x4d424544 && kind != 0x4c494e4b) || size == 0 || at > length || size > length - at)
    return; /* MBED, LINK */
  if (kind == 0x4c494e4b)
    {
      imp_notes_add_bytes (notes, "BMP linked profile", "text", data + at, size, TRUE);
      return;
    }
  header->icc = at;
  header->icc_length = size;
  imp_photo_note_icc (notes, "ICC profile", data + at, size);
}

/**
 * imp_bmp_header_read:
 * @header: (out): what decoding needs
 * @notes: where to note what the file gives away
 * @data: a file that begins with BM
 * @length: its bytes
 * @error: where to put the error
 *
 * Returns: whether the headers are whole and the file is long enough for its pixels; else
 *   %IMP_ERROR_DAMAGED, or %IMP_ERROR_UNSUPPORTED for what is not read
 */
gboolean
imp_bmp_header_read (ImpBmpHeader *header, ImpNotes *notes, const guint8 *data, gsize length,
                     GError **error)
{
  guint32 size = length >= FILE_HEADER + CORE ? imp_bytes_get_little (data + FILE_HEADER, 4) : 0;
  guint32 compression = 0;
  gsize end = 0;
  guint64 stride = 0;

  if (size > length - MIN (length, FILE_HEADER))
    size = 0;
  if (!read_dib (header, data + FILE_HEADER, length - MIN (length, FILE_HEADER), size, error))
    return FALSE;
  compression = size == CORE ? 0 : imp_bytes_get_little (data + FILE_HEADER + 16, 4);
  header->pixels = imp_bytes_get_little (data + 10, 4);
  if (header->pixels > length || header->pixels < FILE_HEADER + size
      || (size == INFO && compression >= BI_BITFIELDS && header->pixels < FILE_HEADER + size + 12))
    return fail (error, NULL);
  end = read_palette (header, data, size, compression);
  if (end < header->pixels)
    imp_notes_add_size (notes, "BMP, before the pixels", "private", header->pixels - end);
  if (size == V5)
    read_profile (header, notes, data, length);
  /* Each row is filled up to 4 bytes; the last one may do without. */
  stride = ((guint64)header->width * (guint64)header->bits + 31) / 32 * 4;
  if (header->coding == IMP_BMP_PLAIN)
    {
      guint64 last = ((guint64)header->width * (guint64)header->bits + 7) / 8;
      guint64 left = length - header->pixels;

      if (left < last || (left - last) / stride < header->height - 1)
        return fail (error, NULL);
      header->size = (gsize)MIN (stride * header->height, left);
    }
  return TRUE;
}

/**
 * imp_bmp_note_rest:
 * @header: a header
 * @notes: where to note what follows the pixels
 * @length: bytes of the file
 * @end: where its pixels end
 */
void
imp_bmp_note_rest (const ImpBmpHeader *header, ImpNotes *notes, gsize length, gsize end)
{
  gsize rest = length - end;

  if (header->icc >= end)
    rest -= header->icc_length;
  if (rest > 0)
    imp_notes_add_size (notes, "after the pixels", "trailing-bytes", rest);
}
