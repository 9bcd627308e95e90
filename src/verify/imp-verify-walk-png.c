#include "imp-verify-private.h"

#include <string.h>

#include <glib/gi18n.h>
#include <zlib.h>

/* ISO/IEC 15948 (PNG). */

#define SIGNATURE_LENGTH 8
#define FRAME_LENGTH 12 /* length, type and CRC of a chunk */
#define OUT_LENGTH 65536
#define MAX_INFLATED ((guint64)1 << 32) /* a hostile header can ask for any number of pixels */

typedef struct
{
  char type[5];
  const char *what;
} Known;

static const Known KNOWN[] = {
  { "tEXt", N_ ("A text that goes with the picture.") },
  { "zTXt", N_ ("A compressed text that goes with the picture.") },
  { "iTXt", N_ ("A text that goes with the picture, often XMP: who made it, how, and where.") },
  { "eXIf", N_ ("EXIF data: camera, time, and possibly the place and a small copy of the "
                "uncovered picture.") },
  { "caBX", N_ ("C2PA data: a signed history of the picture, which may name people and hold "
                "earlier versions.") },
  { "iCCP", N_ ("A colour profile (ICC), which can name a device, a person or a date.") },
  { "tIME", N_ ("The time when the picture was last changed.") },
  { "tRNS", N_ ("Transparency: colours that look absent are still there.") },
  { "PLTE", N_ ("A palette, which can keep colours of what was covered.") },
  { "sPLT", N_ ("A suggested palette, which can keep colours of what was covered.") },
  { "hIST", N_ ("A histogram of a palette, which can tell of what was covered.") },
  { "acTL", N_ ("An animation: the file has further frames.") },
  { "fcTL", N_ ("An animation: the place of a further frame.") },
  { "fdAT", N_ ("An animation: the pixels of a further frame.") },
  { "pHYs", N_ ("The size of a pixel: a setting, but not part of the pixels.") },
  { "bKGD", N_ ("A background colour: a setting, but not part of the pixels.") },
  { "gAMA", N_ ("A brightness curve: a setting, but not part of the pixels.") },
  { "cHRM", N_ ("Colour settings, which are not part of the pixels.") },
  { "cLLI", N_ ("Colour settings, which are not part of the pixels.") },
  { "mDCV", N_ ("Colour settings, which are not part of the pixels.") },
  { "cICP", N_ ("Colour settings, which are not part of the pixels.") },
  { "sRGB", N_ ("Colour settings, which are not part of the pixels.") },
  { "sBIT", N_ ("The depth of the original, which is not part of the pixels.") },
};

typedef struct
{
  ImpWalk *walk;
  z_stream zlib;
  gboolean inflating; /* the IDAT stream is open and sound so far */
  gboolean ended;     /* it has come to its end */
  gboolean seen_header;
  gboolean seen_data;
  gboolean data_closed; /* another chunk stood after the first IDAT */
  gboolean interlaced;
  guint64 expected;   /* bytes that IHDR asks for, filter types included */
  guint64 row_length; /* of these, in a row; 0 where rows differ */
  guint64 inflated;
} Png;

static void
add_at (Png *png, const char *type, gsize offset, const char *what)
{
  imp_verify_add (png->walk->findings,
                  g_strdup_printf (_ ("PNG chunk %s at %lu"), type, (gulong)offset),
                  g_strdup (what));
}

static guint32
read_number (const guint8 *data)
{
  return (guint32)data[0] << 24 | (guint32)data[1] << 16 | (guint32)data[2] << 8 | data[3];
}

/* Bytes that the compressed pixels must come to (ISO/IEC 15948, 7.2 and 8.2). */
static void
expect (Png *png, guint32 width, guint32 height, guint bits_per_pixel)
{
  static const guint8 PASSES[7][4] = { { 0, 8, 0, 8 }, { 4, 8, 0, 8 }, { 0, 4, 4, 8 },
                                       { 2, 4, 0, 4 }, { 0, 2, 2, 4 }, { 1, 2, 0, 2 },
                                       { 0, 1, 1, 2 } };

  png->row_length = 1 + ((guint64)width * bits_per_pixel + 7) / 8;
  png->expected = png->row_length * height;
  if (!png->interlaced)
    return;
  png->row_length = 0;
  png->expected = 0;
  for (guint i = 0; i < G_N_ELEMENTS (PASSES); i++)
    {
      const guint8 *pass = PASSES[i]; /* first column, step, first row, step */
      guint64 columns = width > pass[0] ? (width - pass[0] + pass[1] - 1) / pass[1] : 0;
      guint64 rows = height > pass[2] ? (height - pass[2] + pass[3] - 1) / pass[3] : 0;

      if (columns > 0)
        png->expected += rows * (1 + (columns * bits_per_pixel + 7) / 8);
    }
}

static void
read_header (Png *png, const guint8 *data, guint32 length, gsize offset)
{
  static const guint8 CHANNELS[7] = { 1, 0, 3, 1, 2, 0, 4 };
  guint depth = 0;
  guint colour = 0;
  guint32 width = 0;
  guint32 height = 0;

  if (length != 13 || png->seen_header || offset != SIGNATURE_LENGTH)
    {
      add_at (png, "IHDR", offset, _ ("The header is damaged, or stands where it must not."));
      return;
    }
  png->seen_header = TRUE;
  width = read_number (data);
  height = read_number (data + 4);
  depth = data[8];
  colour = data[9];
  png->interlaced = data[12] == 1;
  if (width == 0 || height == 0 || width > G_MAXINT || height > G_MAXINT || colour > 6
      || CHANNELS[colour] == 0 || (depth & (depth - 1)) != 0 || depth < 1 || depth > 16
      || data[10] != 0 || data[11] != 0 || data[12] > 1)
    {
      add_at (png, "IHDR", offset, _ ("The header is damaged."));
      return;
    }
  png->walk->width = (int)width;
  png->walk->height = (int)height;
  if (colour == 3)
    add_at (png, "IHDR", offset, _ ("The picture uses a palette: it is not flat."));
  if (colour == 4 || colour == 6)
    add_at (png, "IHDR", offset,
            _ ("The picture is partly transparent (alpha): what looks absent can still be there."));
  if (depth != 8)
    add_at (png, "IHDR", offset,
            _ ("The picture has not 8 bits for each colour: some of it may be too faint to see."));
  if (png->interlaced)
    add_at (png, "IHDR", offset, _ ("The picture is interlaced: it is not flat."));
  expect (png, width, height, CHANNELS[colour] * depth);
  if (png->expected > MAX_INFLATED)
    {
      png->inflating = FALSE;
      add_at (png, "IHDR", offset, _ ("The picture is too large to be checked."));
    }
}

static gboolean
filters_are_right (const Png *png, const guint8 *out, gsize count)
{
  guint64 row = png->row_length;

  if (row == 0)
    return TRUE;
  for (guint64 at = (row - png->inflated % row) % row; at < count; at += row)
    if (out[at] > 4)
      return FALSE;
  return TRUE;
}

static void
inflate_some (Png *png, const guint8 *data, guint32 length, gsize offset)
{
  guint8 out[OUT_LENGTH];
  int result = Z_OK;

  png->zlib.next_in = (Bytef *)data;
  png->zlib.avail_in = length;
  while (png->inflating && !png->ended)
    {
      gsize count = 0;

      png->zlib.next_out = out;
      png->zlib.avail_out = sizeof out;
      result = inflate (&png->zlib, Z_NO_FLUSH);
      count = sizeof out - png->zlib.avail_out;
      png->ended = result == Z_STREAM_END;
      if ((result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
          || !filters_are_right (png, out, count))
        {
          png->inflating = FALSE;
          add_at (png, "IDAT", offset, _ ("The compressed pixels are damaged."));
        }
      png->inflated += count;
      if (png->inflating && png->inflated > png->expected)
        {
          png->inflating = FALSE;
          add_at (png, "IDAT", offset, _ ("There are more pixels than the picture shows."));
        }
      if (!png->ended && png->zlib.avail_out > 0)
        break; /* it wants the next chunk */
    }
  if (png->ended && png->zlib.avail_in > 0)
    {
      g_autofree char *what = g_strdup_printf (
          ngettext ("%lu byte is hidden behind the compressed pixels.",
                    "%lu bytes are hidden behind the compressed pixels.", png->zlib.avail_in),
          (gulong)png->zlib.avail_in);

      add_at (png, "IDAT", offset, what);
    }
}

static void
read_data (Png *png, const guint8 *data, guint32 length, gsize offset)
{
  if (png->data_closed)
    add_at (png, "IDAT", offset,
            _ ("Pixels stand apart from the other pixels: the file is damaged "
               "or hides a second picture."));
  else if (!png->seen_header)
    add_at (png, "IDAT", offset, _ ("Pixels stand before the header."));
  else
    inflate_some (png, data, length, offset);
  png->seen_data = TRUE;
}

static void
describe (Png *png, const char *type, guint32 length, gsize offset)
{
  g_autofree char *what = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (g_str_equal (KNOWN[i].type, type))
      what = g_strdup (_ (KNOWN[i].what));
  if (what == NULL)
    what =
        g_strdup_printf (ngettext ("Data of an unknown kind (%lu byte), which a program put there "
                                   "for its own use.",
                                   "Data of an unknown kind (%lu bytes), which a program put "
                                   "there for its own use.",
                                   length),
                         (gulong)length);
  add_at (png, type, offset, what);
}

/* Checks one chunk. Returns the offset of the next, or 0 where nothing more can be read. */
static gsize
read_chunk (Png *png, gsize offset)
{
  ImpWalk *walk = png->walk;
  const guint8 *chunk = walk->data + offset;
  gsize left = walk->length - offset;
  guint32 length = left >= FRAME_LENGTH ? read_number (chunk) : 0;
  char type[5] = "";
  gboolean is_data = FALSE;

  if (left < FRAME_LENGTH || length > left - FRAME_LENGTH)
    {
      imp_verify_add_plain (walk, offset, left);
      imp_verify_add (walk->findings, g_strdup_printf (_ ("byte %lu"), (gulong)offset),
                      g_strdup (_ ("The file is cut off or damaged here.")));
      return 0;
    }
  for (guint i = 0; i < 4; i++)
    type[i] = g_ascii_isalpha (chunk[4 + i]) ? (char)chunk[4 + i] : '?';
  is_data = memcmp (chunk + 4, "IDAT", 4) == 0;
  if (read_number (chunk + 8 + length) != crc32_z (0, chunk + 4, (gsize)length + 4))
    add_at (png, type, offset, _ ("Its checksum is wrong: the file is damaged."));
  imp_verify_add_plain (walk, offset, 8);
  if (!is_data)
    imp_verify_add_plain (walk, offset + 8, length);
  imp_verify_add_plain (walk, offset + 8 + length, 4);

  if (is_data)
    read_data (png, chunk + 8, length, offset);
  else
    png->data_closed = png->seen_data;
  if (!png->seen_header && !g_str_equal (type, "IHDR") && offset == SIGNATURE_LENGTH)
    add_at (png, type, offset, _ ("The file does not begin with its header."));
  if (g_str_equal (type, "IHDR"))
    read_header (png, chunk + 8, length, offset);
  else if (g_str_equal (type, "IEND"))
    {
      if (length != 0)
        add_at (png, type, offset, _ ("The end mark has something inside."));
      imp_verify_trailing (walk, type, offset + FRAME_LENGTH + length);
      return 0;
    }
  else if (!is_data)
    describe (png, type, length, offset);
  return offset + FRAME_LENGTH + length;
}

/**
 * imp_verify_walk_png:
 * @walk: a file that begins with the signature of PNG
 *
 * Walks the chunks, checks every CRC, and inflates the pixels to see that they are complete and
 * that nothing stands behind them.
 */
void
imp_verify_walk_png (ImpWalk *walk)
{
  Png png = { .walk = walk };
  gsize offset = SIGNATURE_LENGTH;
  gsize last = offset;

  imp_verify_add_plain (walk, 0, SIGNATURE_LENGTH);
  png.inflating = inflateInit (&png.zlib) == Z_OK;
  if (!png.inflating)
    add_at (&png, "IDAT", offset, _ ("There is not enough memory to check the pixels."));
  while (offset != 0 && offset < walk->length)
    {
      last = offset;
      offset = read_chunk (&png, offset);
    }
  inflateEnd (&png.zlib);
  if (offset != 0)
    imp_verify_add (walk->findings, g_strdup_printf (_ ("byte %lu"), (gulong)walk->length),
                    g_strdup (_ ("The file ends without its end mark.")));
  if (png.inflating && (!png.ended || png.inflated != png.expected))
    add_at (&png, "IDAT", last, _ ("The picture is not complete: pixels are missing."));
}
