#include <string.h>

#include "imp-bmp-header.h"
#include "imp-bytes.h"
#include "imp-colour.h"
#include "imp-document.h"
#include "imp-sink.h"

typedef struct
{
  const ImpDocument *document; /* borrowed: it owns this reader */
  ImpBmpHeader header;
  ImpColour *colour; /* owned, nullable */
} Reader;

static void
fail_damaged (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The BMP file is damaged or incomplete: fetch it again from its source"), NULL);
}

/* A run-length coded picture, unpacked: one byte a pixel, and whether it was set. */
typedef struct
{
  const ImpBmpHeader *header;
  const guint8 *data;
  gsize length;
  gsize at;
  guint8 *indices; /* nullable: only its end is looked for */
  gsize n_set;
  gsize x;
  gsize y;
} Run;

/* Some programs count the bytes that fill a row up to 4 as pixels: those are nowhere to be seen. */
static gboolean
put (Run *run, guint8 index)
{
  if (run->x >= ((run->header->width + 3) & ~(gsize)3) || run->y >= run->header->height)
    return FALSE;
  if (run->x >= run->header->width)
    {
      run->x++;
      return TRUE;
    }
  if (run->indices != NULL)
    run->indices[run->y * run->header->width + run->x] = index;
  run->x++;
  run->n_set++;
  return TRUE;
}

/* @n pixels of one value, or of two in turn where they have 4 bits. */
static gboolean
put_run (Run *run, guint n, guint8 value)
{
  gboolean nibbles = run->header->coding == IMP_BMP_RLE4;

  for (guint i = 0; i < n; i++)
    if (!put (run, !nibbles ? value : i % 2 == 0 ? value >> 4 : value & 15))
      return FALSE;
  return TRUE;
}

static gboolean
put_absolute (Run *run, guint n)
{
  gboolean nibbles = run->header->coding == IMP_BMP_RLE4;
  gsize size = nibbles ? (n + 1) / 2 : n;

  if (size > run->length - run->at)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint8 value = run->data[run->at + (nibbles ? i / 2 : i)];

      if (!put (run, !nibbles ? value : i % 2 == 0 ? value >> 4 : value & 15))
        return FALSE;
    }
  run->at += (size + 1) & ~(gsize)1;
  return run->at <= run->length;
}

/* [MS-WMF] 3.1.6.4. A picture that skips pixels would show what nobody drew: it is not shown. */
static gboolean
unpack (Run *run)
{
  gsize n_pixels = run->header->width * run->header->height;

  while (run->length - run->at >= 2)
    {
      guint n = run->data[run->at];
      guint8 value = run->data[run->at + 1];

      run->at += 2;
      if (n > 0)
        {
          if (!put_run (run, n, value))
            return FALSE;
        }
      else if (value == 0)
        {
          run->x = 0;
          run->y++;
        }
      else if (value == 1)
        return run->n_set == n_pixels;
      else if (value == 2 || !put_absolute (run, value))
        return FALSE;
    }
  return FALSE;
}

static guint8
take_bits (guint32 value, guint32 mask)
{
  int shift = mask != 0 ? g_bit_nth_lsf (mask, -1) : 0;
  guint32 most = mask >> shift;

  return most != 0 ? (guint8)(((guint64)((value & mask) >> shift) * 255 + most / 2) / most) : 0;
}

static const guint8 *
find_row (const Reader *reader, gsize y)
{
  const ImpBmpHeader *header = &reader->header;
  gsize stride = (header->width * (gsize)header->bits + 31) / 32 * 4;

  return reader->document->data + header->pixels
         + (header->top_down ? y : header->height - 1 - y) * stride;
}

static guint
get_index (const guint8 *row, gsize x, int bits)
{
  gsize bit = x * (gsize)bits;

  return (guint)(row[bit / 8] >> (8 - bits - (int)(bit % 8))) & ((1u << bits) - 1);
}

/* One row as RGB; FALSE where it asks for a colour that the palette does not have. */
static gboolean
read_row (const Reader *reader, const guint8 *in, int bits, guint8 *out)
{
  const ImpBmpHeader *header = &reader->header;
  gsize size = (gsize)bits / 8;

  for (gsize x = 0; x < header->width; x++, out += 3)
    if (bits <= 8)
      {
        guint index = get_index (in, x, bits);

        if (index >= header->n_colours)
          return FALSE;
        memcpy (out, header->palette + 3 * index, 3);
      }
    else if (bits == 24)
      {
        out[0] = in[3 * x + 2];
        out[1] = in[3 * x + 1];
        out[2] = in[3 * x];
      }
    else
      for (int c = 0; c < 3; c++)
        out[c] = take_bits (imp_bytes_get_little (in + x * size, size), header->masks[c]);
  return TRUE;
}

/* Colour first, then whatever is transparent shows white, as in viewers. */
static void
show_white (const Reader *reader, const guint8 *in, guint8 *out)
{
  const ImpBmpHeader *header = &reader->header;
  gsize size = (gsize)header->bits / 8;

  for (gsize x = 0; x < header->width; x++, out += 3)
    imp_sink_show_white (
        out, 3, take_bits (imp_bytes_get_little (in + x * size, size), header->masks[3]), 255);
}

static gboolean
read_rows (const Reader *reader, const guint8 *indices, ImpSink *sink)
{
  gsize width = reader->header.width;
  g_autofree guint8 *plain = g_malloc (width * 3);
  g_autofree guint8 *shown = g_malloc (width * 3);

  for (gsize y = 0; y < reader->header.height; y++)
    {
      const guint8 *in = indices != NULL ? indices + (reader->header.height - 1 - y) * width
                                         : find_row (reader, y);

      if (!read_row (reader, in, indices != NULL ? 8 : reader->header.bits, plain))
        return FALSE;
      imp_colour_convert (reader->colour, plain, shown, width);
      if (reader->header.masks[3] != 0)
        show_white (reader, in, shown);
      imp_sink_put_row (sink, y, shown);
    }
  return TRUE;
}

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  const ImpBmpHeader *header = &reader->header;
  g_autoptr (ImpSink) sink = imp_sink_new (header->width, header->height, 3, 1, error);
  g_autofree guint8 *indices = NULL;
  Run run = { header, reader->document->data, reader->document->length, header->pixels };

  if (sink == NULL)
    return NULL;
  if (header->coding != IMP_BMP_PLAIN)
    {
      indices = g_try_malloc0 (header->width * header->height);
      run.indices = indices;
    }
  if ((header->coding != IMP_BMP_PLAIN && (indices == NULL || !unpack (&run)))
      || !read_rows (reader, indices, sink))
    {
      fail_damaged (error);
      return NULL;
    }
  return imp_sink_finish (sink, 1, reply);
}

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  imp_colour_free (reader->colour);
  g_free (reader);
}

/* Where the pixels end: of a run-length coding only its own last mark says so. */
static gboolean
find_end (Reader *reader, gsize *end)
{
  const ImpBmpHeader *header = &reader->header;
  Run run = { header, reader->document->data, reader->document->length, header->pixels };

  *end = header->pixels + header->size;
  if (header->coding == IMP_BMP_PLAIN)
    return TRUE;
  if (header->width * header->height > IMP_WIRE_MAX_PIXELS || !unpack (&run))
    return FALSE;
  *end = run.at;
  return TRUE;
}

/**
 * imp_bmp_open:
 * @document: (inout): a document that begins with BM
 * @error: where to put the error
 *
 * Returns: whether the headers could be read and all pixels are there
 */
gboolean
imp_bmp_open (ImpDocument *document, GError **error)
{
  ImpNotes *notes = document->notes;
  Reader *reader = g_new0 (Reader, 1);
  const ImpBmpHeader *header = &reader->header;
  gboolean refused = FALSE;
  gsize end = 0;

  document->reader = reader;
  document->free_reader = free_reader;
  document->load_frame = load_frame;
  reader->document = document;
  notes->format = "bmp";
  if (!imp_bmp_header_read (&reader->header, notes, document->data, document->length, error))
    return FALSE;
  if (!find_end (reader, &end))
    {
      fail_damaged (error);
      return FALSE;
    }
  imp_bmp_note_rest (header, notes, document->length, end);
  notes->width = (int)header->width;
  notes->height = (int)header->height;
  notes->photometric = g_strdup (header->bits <= 8       ? "palette"
                                 : header->masks[3] != 0 ? "RGB with alpha"
                                                         : "RGB");
  if (header->masks[3] != 0)
    imp_notes_warn (notes,
                    N_ ("The file says that parts of the picture may be transparent: they are "
                        "shown on white. If too much is white, save the picture as PNG in the "
                        "program that made it"),
                    NULL);
  reader->colour =
      imp_colour_new (IMP_COLOUR_RGB, header->icc != 0 ? document->data + header->icc : NULL,
                      header->icc_length, &refused);
  if (refused)
    imp_notes_warn_profile (notes);
  return TRUE;
}
