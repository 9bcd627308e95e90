#include "imp-jpeg-segments.h"

#include <string.h>

#include "imp-photo.h"

#define MAX_PAGES 10000

typedef struct
{
  ImpJpegSegments *segments;
  ImpNotes *notes;
  GPtrArray *icc_parts; /* GBytes, by sequence number */
  gboolean seen_exif;
} Walk;

static gboolean
begins (const guint8 *data, gsize length, const char *prefix, gsize n)
{
  return length >= n && memcmp (data, prefix, n) == 0;
}

#define BEGINS(prefix) begins (data, length, prefix, sizeof (prefix) - 1)

static guint32
get_number (const guint8 *at, gsize size, gboolean little)
{
  guint32 value = 0;

  for (gsize i = 0; i < size; i++)
    value = value << 8 | at[little ? size - 1 - i : i];
  return value;
}

/* CIPA DC-007: the MP index IFD's Number of Images (0xB001). */
static void
note_multi_picture (ImpNotes *notes, const guint8 *tiff, gsize length)
{
  gboolean little = length >= 8 && tiff[0] == 'I';
  gsize at = length >= 8 ? get_number (tiff + 4, 4, little) : 0; /* sums of it must not wrap */
  gsize n = 0;

  imp_notes_add_size (notes, "JPEG APP2 MPF", "metadata", length);
  if (at < 8 || at + 2 > length)
    return;
  n = get_number (tiff + at, 2, little);
  for (gsize i = 0; i < n && at + 14 + 12 * i <= length; i++)
    {
      const guint8 *entry = tiff + at + 2 + 12 * i;

      if (get_number (entry, 2, little) == 0xb001)
        notes->n_pages = CLAMP (get_number (entry + 8, 4, little), 1, MAX_PAGES);
    }
}

static void
keep_icc (Walk *walk, const guint8 *data, gsize length)
{
  guint sequence = length > 14 ? data[12] : 0;

  if (sequence == 0)
    return;
  while (walk->icc_parts->len < sequence)
    g_ptr_array_add (walk->icc_parts, NULL);
  if (walk->icc_parts->pdata[sequence - 1] == NULL)
    walk->icc_parts->pdata[sequence - 1] = g_bytes_new (data + 14, length - 14);
}

static void
read_app0 (Walk *walk, const guint8 *data, gsize length)
{
  if (BEGINS ("JFIF\0") && length > 14)
    imp_notes_add_size (walk->notes, "JFIF thumbnail", "thumbnail", length - 14);
  else if (BEGINS ("JFXX\0"))
    imp_notes_add_size (walk->notes, "JFXX thumbnail", "thumbnail", length);
  else if (!BEGINS ("JFIF\0"))
    imp_notes_add_size (walk->notes, "JPEG APP0", "private", length);
}

static void
read_app1 (Walk *walk, const guint8 *data, gsize length)
{
  if (BEGINS ("Exif\0"))
    {
      int orientation = imp_exif_note (walk->notes, "", data + 6, length > 6 ? length - 6 : 0);

      if (!walk->seen_exif)
        walk->segments->orientation = orientation;
      walk->seen_exif = TRUE;
    }
  else if (BEGINS ("http://ns.adobe.com/xap/1.0/\0"))
    imp_photo_note_xmp (walk->notes, "XMP", data + 29, length - 29);
  else if (BEGINS ("http://ns.adobe.com/xmp/extension/\0"))
    imp_photo_note_xmp (walk->notes, "extended XMP", data + 35, length - 35);
  else
    imp_notes_add_size (walk->notes, "JPEG APP1", "private", length);
}

static void
read_app (Walk *walk, guint8 marker, const guint8 *data, gsize length)
{
  g_autofree char *where = g_strdup_printf ("JPEG APP%d", marker - 0xe0);

  switch (marker)
    {
    case 0xe0:
      read_app0 (walk, data, length);
      break;
    case 0xe1:
      read_app1 (walk, data, length);
      break;
    case 0xe2:
      if (BEGINS ("ICC_PROFILE\0"))
        keep_icc (walk, data, length);
      else if (BEGINS ("MPF\0"))
        note_multi_picture (walk->notes, data + 4, length - 4);
      else
        imp_notes_add_size (walk->notes, where, "private", length);
      break;
    case 0xeb:
      imp_notes_add_size (walk->notes, "JPEG APP11 (C2PA)", "metadata", length);
      break;
    case 0xec:
      imp_notes_add_bytes (walk->notes, where, "text", data, length, TRUE);
      break;
    case 0xed:
      if (BEGINS ("Photoshop 3.0\0"))
        imp_photo_note_photoshop (walk->notes, where, data + 14, length - 14);
      else
        imp_notes_add_size (walk->notes, where, "metadata", length);
      break;
    case 0xee:
      imp_notes_add_size (walk->notes, BEGINS ("Adobe") ? "JPEG APP14 Adobe" : where, "metadata",
                          length);
      break;
    default:
      imp_notes_add_size (walk->notes, where, "private", length);
      break;
    }
}

static void
join_icc (Walk *walk)
{
  for (guint i = 0; i < walk->icc_parts->len; i++)
    {
      GBytes *part = walk->icc_parts->pdata[i];

      if (part == NULL)
        return;
    }
  if (walk->icc_parts->len == 0)
    return;
  walk->segments->icc = g_byte_array_new ();
  for (guint i = 0; i < walk->icc_parts->len; i++)
    {
      GBytes *part = walk->icc_parts->pdata[i];

      g_byte_array_append (walk->segments->icc, g_bytes_get_data (part, NULL),
                           (guint)g_bytes_get_size (part));
    }
  imp_photo_note_icc (walk->notes, "ICC profile", walk->segments->icc->data,
                      walk->segments->icc->len);
}

static void
free_part (gpointer part)
{
  if (part != NULL)
    g_bytes_unref (part);
}

static void
read_segment (Walk *walk, guint8 marker, const guint8 *data, gsize length)
{
  if (marker >= 0xe0 && marker <= 0xef)
    read_app (walk, marker, data, length);
  else if (marker == 0xfe)
    imp_notes_add_bytes (walk->notes, "JPEG comment", "text", data, length, TRUE);
  else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
    {
      walk->segments->sof = marker;
      walk->segments->has_frame = TRUE;
    }
}

static gboolean
walk_segments (Walk *walk, const guint8 *data, gsize length)
{
  gsize at = 2;

  while (at + 2 <= length)
    {
      guint8 marker = data[at + 1];
      gsize segment = 0;

      if (data[at] != 0xff)
        return FALSE;
      if (marker == 0xff)
        {
          at++;
          continue;
        }
      at += 2;
      if (marker == 0xd9)
        {
          walk->segments->end = at;
          return TRUE;
        }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
        continue;
      if (at + 2 > length)
        return FALSE;
      segment = get_number (data + at, 2, FALSE);
      if (segment < 2 || segment > length - at)
        return FALSE;
      read_segment (walk, marker, data + at + 2, segment - 2);
      at += segment;
      if (marker == 0xda)
        at = imp_mcu_skip_entropy (data, length, at);
    }
  return FALSE;
}

/**
 * imp_jpeg_segments_read:
 * @segments: (out): what decoding needs; imp_jpeg_segments_clear() it
 * @notes: where to note what the file gives away
 * @data: a whole JPEG file
 * @length: its bytes
 * @error: where to put the error
 *
 * Walks every marker segment up to EOI (ITU-T T.81 B), and counts what follows it.
 *
 * Returns: whether the file is a whole JPEG stream; else %IMP_ERROR_DAMAGED
 */
gboolean
imp_jpeg_segments_read (ImpJpegSegments *segments, ImpNotes *notes, const guint8 *data,
                        gsize length, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (free_part);
  Walk walk = { .segments = segments, .notes = notes, .icc_parts = parts };

  segments->orientation = 1;
  if (!walk_segments (&walk, data, length) || !segments->has_frame
      || !imp_mcu_scan (data, length, &segments->mcu) || !imp_mcu_is_finished (data, length))
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The JPEG file is damaged or incomplete: fetch it again from its source"),
                NULL);
      return FALSE;
    }
  join_icc (&walk);
  if (segments->end < length)
    imp_notes_add_size (notes, "after EOI", "trailing-bytes", length - segments->end);
  if (notes->n_pages > 1)
    {
      g_autofree char *count = g_strdup_printf ("%u", notes->n_pages);

      imp_notes_warn (notes, N_ ("The file holds %s pictures: only the first is shown"), count);
    }
  return TRUE;
}

/**
 * imp_jpeg_segments_clear:
 * @segments: segments
 */
void
imp_jpeg_segments_clear (ImpJpegSegments *segments)
{
  g_clear_pointer (&segments->icc, g_byte_array_unref);
}
