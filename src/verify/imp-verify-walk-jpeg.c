#include "imp-verify-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "imp-verify-marker-private.h"
#include "imp-verify-scan-private.h"

/* ITU-T T.81 (JPEG) and T.871 (JFIF). */

#define JFIF_LENGTH 16 /* of an APP0 without thumbnail, its length field included */
#define MAX_SCANS 200

typedef struct
{
  ImpWalk *walk;
  ImpJpegFrame frame;
  gboolean seen_jfif;
  gboolean seen_frame;
  gboolean readable; /* the frame is one whose scans can be read */
  guint n_scans;
  guint tables;     /* bits: which tables were defined since the last scan */
  gsize plain_from; /* bytes from here to the present place are no pixel data */
} Jpeg;

static void
add_at (Jpeg *jpeg, guint8 marker, gsize offset, const char *what)
{
  g_autofree char *name = imp_jpeg_marker_name (marker);

  imp_verify_add (jpeg->walk->findings,
                  g_strdup_printf (_ ("JPEG %s at %lu"), name, (gulong)offset), g_strdup (what));
}

static void
add_byte (Jpeg *jpeg, gsize offset, char *what)
{
  imp_verify_add (jpeg->walk->findings, g_strdup_printf (_ ("byte %lu"), (gulong)offset), what);
}

static guint
read_short (const guint8 *data)
{
  return (guint)data[0] << 8 | data[1];
}

static void
read_frame (Jpeg *jpeg, guint8 marker, const guint8 *body, gsize length, gsize offset)
{
  ImpJpegFrame *frame = &jpeg->frame;

  if (jpeg->seen_frame)
    {
      add_at (jpeg, marker, offset, _ ("A second picture header: the file hides a picture."));
      jpeg->readable = FALSE;
      return;
    }
  jpeg->seen_frame = TRUE;
  if (length < 6 || length != 6 + 3 * (gsize)body[5])
    {
      add_at (jpeg, marker, offset, _ ("The picture header is damaged."));
      return;
    }
  frame->height = (int)read_short (body + 1);
  frame->width = (int)read_short (body + 3);
  frame->n_components = body[5];
  frame->progressive = marker == SOF2;
  jpeg->walk->width = frame->width;
  jpeg->walk->height = frame->height;
  if (marker != SOF0 && marker != SOF2)
    add_at (jpeg, marker, offset,
            _ ("The picture is coded in a way that few programs can read, so "
               "it cannot be checked."));
  else if (body[0] != 8)
    add_at (jpeg, marker, offset,
            _ ("The picture has not 8 bits for each colour: some of it may be too faint to see."));
  else if (frame->n_components != 1 && frame->n_components != 3)
    add_at (jpeg, marker, offset,
            _ ("The picture is neither grey nor of three colours: it is not "
               "flat."));
  else if (frame->width == 0 || frame->height == 0)
    add_at (jpeg, marker, offset, _ ("The picture header is damaged."));
  else
    jpeg->readable = TRUE;
  for (guint i = 0; i < frame->n_components && jpeg->readable; i++)
    {
      const guint8 *entry = body + 6 + 3 * i;
      ImpJpegComponent *component = &frame->components[i];

      component->id = entry[0];
      component->h = entry[1] >> 4;
      component->v = entry[1] & 15;
      if (component->h < 1 || component->h > 4 || component->v < 1 || component->v > 4)
        {
          jpeg->readable = FALSE;
          add_at (jpeg, marker, offset, _ ("The picture header is damaged."));
        }
    }
  if (jpeg->readable && !imp_jpeg_frame_prepare (frame))
    {
      jpeg->readable = FALSE;
      add_at (jpeg, marker, offset, _ ("The picture is too large to be checked."));
    }
}

/* Notes a table. One that is replaced before a scan used it could hold anything. */
static void
note_table (Jpeg *jpeg, guint8 marker, guint8 kind, gsize offset)
{
  guint bit = 1u << ((marker == DQT ? 8 : kind >> 4 << 2) + (kind & 3));

  if (jpeg->tables & bit)
    add_at (jpeg, marker, offset, _ ("A table is stored twice: the first is never used."));
  jpeg->tables |= bit;
}

static void
read_huffman (Jpeg *jpeg, const guint8 *body, gsize length, gsize offset)
{
  for (gsize at = 0; at < length;)
    {
      guint8 kind = body[at];
      ImpHuffman *tables = kind >> 4 == 0 ? jpeg->frame.dc : jpeg->frame.ac;
      gsize used = 0;

      if (kind >> 4 <= 1 && (kind & 15) <= 3)
        used = imp_huffman_parse (&tables[kind & 15], body + at + 1, length - at - 1);
      if (used == 0)
        {
          add_at (jpeg, DHT, offset, _ ("A code table is damaged, or bytes are hidden behind it."));
          return;
        }
      note_table (jpeg, DHT, kind, offset);
      at += 1 + used;
    }
}

static void
check_quantisation (Jpeg *jpeg, const guint8 *body, gsize length, gsize offset)
{
  for (gsize at = 0; at < length;)
    {
      gsize used = 1 + (body[at] >> 4 == 0 ? 64 : 128);

      if (body[at] >> 4 > 1 || (body[at] & 15) > 3 || used > length - at)
        {
          add_at (jpeg, DQT, offset,
                  _ ("A quantisation table is damaged, or bytes are hidden behind it."));
          return;
        }
      note_table (jpeg, DQT, body[at], offset);
      at += used;
    }
}

static void
check_jfif (Jpeg *jpeg, const guint8 *body, gsize length, gsize offset)
{
  if (jpeg->seen_jfif || offset != 2)
    add_at (jpeg, APP0, offset, _ ("A second JFIF header, or one that stands where it must not."));
  else if (length != JFIF_LENGTH - 2 || body[5] != 1 || body[7] > 2 || body[12] != 0
           || body[13] != 0)
    add_at (jpeg, APP0, offset,
            _ ("The JFIF header holds more than a header, such as a small copy "
               "of the picture (thumbnail)."));
  jpeg->seen_jfif = TRUE;
}

static void
describe (Jpeg *jpeg, guint8 marker, const guint8 *body, gsize length, gsize offset)
{
  g_autofree char *what = NULL;

  if (marker == APP0 && length >= 5 && memcmp (body, "JFIF", 5) == 0)
    {
      check_jfif (jpeg, body, length, offset);
      return;
    }
  what = imp_jpeg_marker_describe (marker, body, length);
  add_at (jpeg, marker, offset, what);
}

/* Returns whether the scan's data can be read. */
static gboolean
read_scan_header (Jpeg *jpeg, const guint8 *body, gsize length, gsize offset, ImpJpegScan *scan)
{
  if (!jpeg->readable)
    return FALSE;
  if (!imp_jpeg_scan_parse (&jpeg->frame, body, length, scan))
    {
      add_at (jpeg, SOS, offset, _ ("The header of a scan is damaged."));
      return FALSE;
    }
  if (!imp_jpeg_scan_note (&jpeg->frame, scan))
    {
      add_at (jpeg, SOS, offset,
              _ ("A part of the picture is stored twice: the file may hide a second picture."));
      return FALSE;
    }
  return TRUE;
}

/* Finds the marker that ends the entropy-coded data at @from: the first that is no restart. */
static gsize
end_of_scan (const ImpWalk *walk, gsize from)
{
  gsize at = from;

  while (at < walk->length)
    {
      const guint8 *found = memchr (walk->data + at, 0xff, walk->length - at);

      if (found == NULL || found + 1 >= walk->data + walk->length)
        return walk->length;
      at = (gsize)(found - walk->data);
      if (found[1] != 0 && (found[1] < RST0 || found[1] > RST7))
        return at;
      at += 2;
    }
  return walk->length;
}

static gsize
read_scan (Jpeg *jpeg, const guint8 *body, gsize length, gsize offset, gsize from)
{
  ImpWalk *walk = jpeg->walk;
  ImpJpegScan scan = { 0 };
  gsize end = end_of_scan (walk, from);
  gsize extra = 0;

  jpeg->tables = 0;
  if (!jpeg->seen_frame)
    add_at (jpeg, SOS, offset, _ ("A scan stands before the picture header."));
  if (++jpeg->n_scans > MAX_SCANS)
    {
      add_at (jpeg, SOS, offset, _ ("The picture has too many scans to be checked."));
      jpeg->readable = FALSE;
    }
  if (read_scan_header (jpeg, body, length, offset, &scan))
    switch (imp_jpeg_scan_read (&jpeg->frame, &scan, walk->data + from, end - from, &extra))
      {
      case IMP_SCAN_EXTRA:
        add_byte (
            jpeg, end - extra,
            g_strdup_printf (ngettext ("%lu byte is hidden behind the pixels of a scan.",
                                       "%lu bytes are hidden behind the pixels of a scan.", extra),
                             (gulong)extra));
        break;
      case IMP_SCAN_PADDING:
        add_byte (jpeg, end - 1,
                  g_strdup (_ ("The bits that fill up the end of the pixels are not "
                               "what they should be.")));
        break;
      case IMP_SCAN_DAMAGED:
        add_at (jpeg, SOS, offset, _ ("The pixels are damaged or not complete."));
        break;
      case IMP_SCAN_EXACT:
        break;
      }
  /* What stands behind the pixels is no pixel data: identifiers are looked for there too. */
  extra = MIN (extra, end - from);
  imp_verify_add_plain (walk, jpeg->plain_from, from - jpeg->plain_from);
  jpeg->plain_from = end - extra;
  return end;
}

/* Reads one segment with a length. Returns the offset behind it, or 0 where the file is cut off. */
static gsize
read_segment (Jpeg *jpeg, guint8 marker, gsize offset)
{
  ImpWalk *walk = jpeg->walk;
  gsize left = walk->length - offset;
  gsize length = left >= 4 ? read_short (walk->data + offset + 2) : 0;
  const guint8 *body = walk->data + offset + 4;

  if (length < 2 || length > left - 2)
    {
      add_byte (jpeg, offset, g_strdup (_ ("The file is cut off or damaged here.")));
      return 0;
    }
  length -= 2;
  switch (marker)
    {
    case DQT:
      check_quantisation (jpeg, body, length, offset);
      break;
    case DHT:
      read_huffman (jpeg, body, length, offset);
      break;
    case DRI:
      if (length != 2)
        add_at (jpeg, marker, offset, _ ("A segment of the wrong length."));
      else
        jpeg->frame.restart_interval = read_short (body);
      break;
    case SOS:
      return read_scan (jpeg, body, length, offset, offset + 4 + length);
    case DAC:
    case DNL:
      add_at (jpeg, marker, offset, _ ("A segment that a flat picture does not need."));
      jpeg->readable = FALSE;
      break;
    default:
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc8)
        read_frame (jpeg, marker, body, length, offset);
      else
        describe (jpeg, marker, body, length, offset);
    }
  return offset + 4 + length;
}

/* Skips to the next marker. Returns its offset, or the file's length. */
static gsize
next_marker (Jpeg *jpeg, gsize offset)
{
  const ImpWalk *walk = jpeg->walk;
  gsize at = offset;

  while (at + 1 < walk->length
         && (walk->data[at] != 0xff || walk->data[at + 1] == 0 || walk->data[at + 1] == 0xff))
    at++;
  if (at + 1 >= walk->length)
    at = walk->length;
  if (at > offset)
    add_byte (jpeg, offset,
              g_strdup_printf (ngettext ("%lu byte stands between the parts of the picture.",
                                         "%lu bytes stand between the parts of the picture.",
                                         at - offset),
                               (gulong)(at - offset)));
  return at;
}

/**
 * imp_verify_walk_jpeg:
 * @walk: a file that begins with SOI
 *
 * Walks the segments, and reads the codes of every scan to see that nothing stands behind them.
 */
void
imp_verify_walk_jpeg (ImpWalk *walk)
{
  Jpeg jpeg = { .walk = walk };
  gsize offset = 2;

  while (offset != 0 && (offset = next_marker (&jpeg, offset)) < walk->length)
    {
      guint8 marker = walk->data[offset + 1];

      if (marker == EOI)
        {
          imp_verify_add_plain (walk, jpeg.plain_from, offset + 2 - jpeg.plain_from);
          imp_verify_trailing (walk, "EOI", offset + 2);
          break;
        }
      if (marker == SOI)
        add_at (&jpeg, marker, offset, _ ("A second picture begins inside this one."));
      else if ((marker >= RST0 && marker <= RST7) || marker == 0x01)
        add_at (&jpeg, marker, offset, _ ("A mark that has no place here."));
      else
        {
          offset = read_segment (&jpeg, marker, offset);
          continue;
        }
      offset += 2;
    }
  if (offset == 0 || offset >= walk->length)
    {
      imp_verify_add_plain (walk, jpeg.plain_from, walk->length - jpeg.plain_from);
      add_byte (&jpeg, walk->length, g_strdup (_ ("The file ends without its end mark.")));
    }
  for (guint i = 0; i < jpeg.frame.n_components && jpeg.readable; i++)
    if (jpeg.frame.components[i].sent[0] < 0)
      {
        add_byte (&jpeg, walk->length,
                  g_strdup (_ ("The picture is not complete: pixels are "
                               "missing.")));
        break;
      }
  if (!jpeg.seen_frame)
    add_byte (&jpeg, walk->length, g_strdup (_ ("There is no picture in the file.")));
  imp_jpeg_frame_clear (&jpeg.frame);
}
