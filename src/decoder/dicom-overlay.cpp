#include "dicom-private.h"

#include <algorithm>

/* Overlay planes (PS3.3 C.9.2, C.9.3): found for every kind of picture, because DCMTK finds none on
 * colours and none in compressed data, and drawn into a mask only when they are asked for. */

namespace
{

const Uint16 first_group = 0x6000;
const int max_planes = 16;
const gsize chunk = 65536; /* pixels at a time */

struct Plane
{
  Uint16 group;
  bool embedded;
  int rows;       /* (60xx,0010) */
  int columns;    /* (60xx,0011) */
  int origin_row; /* (60xx,0050): 1-based, may lie outside the picture */
  int origin_column;
  guint n_frames;    /* (60xx,0015), 0 where it is absent: the plane lies over every frame */
  guint first_frame; /* (60xx,0051), 1-based */
  int bit;           /* (60xx,0102), of an embedded plane */
  DcmElement *data;  /* (60xx,3000), borrowed, of a separate plane */
};

/* US, also where software wrote SS. */
int
get_number (DcmItem *item, const DcmTagKey &key, unsigned long at, int otherwise)
{
  Uint16 positive = 0;
  Sint16 negative = 0;

  if (item->findAndGetSint16 (key, negative, at).good ())
    return negative;
  if (item->findAndGetUint16 (key, positive, at).good ())
    return positive;
  return otherwise;
}

bool
find_plane (ImpDicom *dicom, Uint16 group, Plane *plane)
{
  DcmDataset *dataset = dicom->dataset;
  Sint32 frames = 0;

  plane->group = group;
  plane->data = nullptr;
  dataset->findAndGetElement (DcmTagKey (group, 0x3000), plane->data);
  if (plane->data == nullptr && !dataset->tagExists (DcmTagKey (group, 0x0010)))
    return false;
  plane->embedded = plane->data == nullptr;
  /* As US: 40,000 rows are no negative number. */
  plane->rows = get_number (dataset, DcmTagKey (group, 0x0010), 0, 0) & 0xffff;
  plane->columns = get_number (dataset, DcmTagKey (group, 0x0011), 0, 0) & 0xffff;
  plane->origin_row = (Sint16)get_number (dataset, DcmTagKey (group, 0x0050), 0, 1);
  plane->origin_column = (Sint16)get_number (dataset, DcmTagKey (group, 0x0050), 1, 1);
  plane->bit = get_number (dataset, DcmTagKey (group, 0x0102), 0, 0);
  plane->n_frames = 0;
  if (dataset->findAndGetSint32 (DcmTagKey (group, 0x0015), frames).good () && frames > 0)
    plane->n_frames = (guint)frames;
  plane->first_frame = (guint)MAX (get_number (dataset, DcmTagKey (group, 0x0051), 0, 1), 1);
  return true;
}

/* Embedded bits are those that the picture itself does not use. A lossy coding, or one of fewer
 * bits, has lost them. */
bool
embedded_is_readable (const ImpDicom *dicom, const Plane *plane)
{
  int lowest = dicom->high_bit + 1 - dicom->bits_stored;

  return dicom->grey && dicom->bits_allocated > 1 && plane->bit >= 0
         && plane->bit < dicom->bits_allocated
         && (plane->bit < lowest || plane->bit > dicom->high_bit)
         && (strcmp (dicom->family, "native") == 0 || strcmp (dicom->family, "rle") == 0
             || dicom->jpeg_precision > plane->bit);
}

bool
is_readable (const ImpDicom *dicom, const Plane *plane)
{
  guint64 bits = (guint64)plane->rows * (guint64)plane->columns * MAX (plane->n_frames, 1);

  if (plane->embedded)
    return embedded_is_readable (dicom, plane);
  return bits > 0 && (guint64)plane->data->getLength () >= (bits + 7) / 8;
}

void
note_plane (ImpDicom *dicom, const Plane *plane)
{
  ImpNotes *notes = dicom->notes;
  g_autofree char *where = g_strdup_printf (
      plane->embedded ? "DICOM (%04x,xxxx), in the pixel data" : "DICOM (%04x,3000)", plane->group);
  g_autofree char *label = nullptr;
  OFString type;

  for (Uint16 element : { 0x1500, 0x0022 })
    {
      g_autofree char *text =
          imp_dicom_get_value (dicom, dicom->dataset, DcmTagKey (plane->group, element));
      g_autofree char *at = g_strdup_printf ("DICOM (%04x,%04x)", plane->group, element);

      if (text == nullptr)
        continue;
      imp_notes_add (notes, at, element == 0x1500 ? "OverlayLabel" : "OverlayDescription", text,
                     TRUE);
      if (label == nullptr)
        label = (char *)g_steal_pointer (&text);
    }
  dicom->dataset->findAndGetOFString (DcmTagKey (plane->group, 0x0040), type);
  imp_notes_add_overlay (notes, plane->group, plane->embedded,
                         label != nullptr ? label
                         : type == "R"    ? "ROI"
                                          : nullptr);
  imp_notes_add (notes, where, "overlay", nullptr, FALSE);
  if (!is_readable (dicom, plane))
    {
      g_autofree char *name = g_strdup_printf ("%04X", plane->group);

      imp_notes_warn (
          notes,
          N_ ("The overlay plane %s is damaged, too short or lost in compression, and cannot be "
              "shown: leave it hidden, or fetch the file again from its source"),
          name);
    }
}

/* Where [from, from + length) of a plane and [0, size) of the picture meet. */
struct Span
{
  int from; /* in the plane */
  int to;
  int at; /* in the picture */
};

Span
clip (int origin, int length, int size)
{
  Span span = { MAX (1 - origin, 0), MIN (length, size + 1 - origin), MAX (origin - 1, 0) };

  return span;
}

/* One row after another: a plane of any size needs no more memory than a row. Bit 0 of a byte comes
 * first; words are in the order of this machine, of which the least significant byte comes first
 * (PS3.5 8.1.2), so that the swap of a big-endian file is DCMTK's. */
bool
draw_separate (ImpDicom *dicom, const Plane *plane, guint frame, guint8 *mask)
{
  Span y = clip (plane->origin_row, plane->rows, dicom->height);
  Span x = clip (plane->origin_column, plane->columns, dicom->width);
  guint64 index = 0;
  g_autofree guint8 *row = nullptr;

  if (plane->n_frames > 0)
    {
      if (frame + 1 < plane->first_frame || frame + 1 - plane->first_frame >= plane->n_frames)
        return true;
      index = frame + 1 - plane->first_frame;
    }
  if (x.from >= x.to)
    return true;
  row = (guint8 *)g_malloc ((gsize)plane->columns / 8 + 4);
  for (int i = y.from; i < y.to; i++)
    {
      guint64 first =
          (index * (guint64)plane->rows + (guint64)i) * (guint64)plane->columns + (guint64)x.from;
      guint64 last = first + (guint64)(x.to - x.from) - 1;
      guint64 at = first / 16 * 2; /* whole words, which may have to be swapped */
      guint64 end = MIN (last / 16 * 2 + 2, (guint64)plane->data->getLength ());
      guint8 *out = mask + (gsize)(y.at + i - y.from) * (gsize)dicom->width + x.at;

      if (plane->data->getPartialValue (row, (Uint32)at, (Uint32)(end - at), &dicom->cache).bad ())
        return false;
      for (guint64 bit = first; bit <= last; bit++)
        out[bit - first] |= row[bit / 8 - at] >> (bit % 8) & 1;
    }
  return true;
}

bool
draw_embedded (ImpDicom *dicom, const Plane *plane, const ImpGrey *grey, guint8 *mask)
{
  gsize n_pixels = (gsize)dicom->width * (gsize)dicom->height;
  gsize bytes = (gsize)grey->bits_allocated / 8;
  gsize byte = (gsize)plane->bit / 8;
  int bit = plane->bit % 8;
  g_autofree guint8 *copy = (guint8 *)g_malloc (chunk * bytes);

  if (byte >= bytes)
    return false;
  for (gsize done = 0, n = 0; done < n_pixels; done += n)
    {
      const guint8 *in = grey->bytes != nullptr ? grey->bytes + done * bytes : copy;

      n = MIN (chunk, n_pixels - done);
      if (grey->bytes == nullptr
          && !grey->read (grey->read_data, grey->offset + done * bytes, copy, n * bytes))
        return false;
      for (gsize i = 0; i < n; i++)
        mask[done + i] |= in[i * bytes + byte] >> bit & 1;
    }
  return true;
}

bool
draw_planes (ImpDicom *dicom, guint frame, guint planes, guint8 *mask, GError **error)
{
  g_auto (ImpGrey) grey = {};

  for (int i = 0; i < max_planes; i++)
    {
      Plane plane = {};
      bool drawn = false;

      if ((planes & 1u << i) == 0)
        continue;
      if (!find_plane (dicom, (Uint16)(first_group + 2 * i), &plane))
        {
          imp_fail (error, IMP_ERROR_USAGE, N_ ("The file has no such overlay"), nullptr);
          return false;
        }
      if (!is_readable (dicom, &plane))
        {
          g_autofree char *name = g_strdup_printf ("%04X", plane.group);

          imp_fail (
              error, IMP_ERROR_UNSUPPORTED,
              N_ ("The overlay plane %s is damaged, too short or lost in compression, and cannot "
                  "be shown: leave it hidden, or fetch the file again from its source"),
              name);
          return false;
        }
      if (plane.embedded && grey.read == nullptr && grey.bytes == nullptr
          && !imp_dicom_find_frame (dicom, frame, &grey, error))
        return false;
      drawn = plane.embedded ? draw_embedded (dicom, &plane, &grey, mask)
                             : draw_separate (dicom, &plane, frame, mask);
      if (!drawn)
        {
          imp_dicom_fail_damaged (error);
          return false;
        }
    }
  return true;
}

} // namespace

/**
 * imp_dicom_note_overlays:
 * @dicom: a parsed file
 *
 * Notes each overlay plane, wherever its bits lie, and which cannot be shown.
 */
void
imp_dicom_note_overlays (ImpDicom *dicom)
{
  for (int i = 0; i < max_planes; i++)
    {
      Plane plane = {};

      if (find_plane (dicom, (Uint16)(first_group + 2 * i), &plane))
        note_plane (dicom, &plane);
    }
  if (dicom->notes->n_overlays > 0)
    {
      g_autofree char *count = g_strdup_printf ("%u", dicom->notes->n_overlays);

      imp_notes_warn (dicom->notes,
                      N_ ("The file holds overlay planes (%s): each is shown and exported "
                          "only where it is asked for"),
                      count);
    }
}

/**
 * imp_dicom_draw_overlays:
 * @dicom: a parsed file
 * @frame: 0-based, less than its number of frames
 * @planes: a bit for each plane wanted: bit 0 for group 6000, bit 15 for 601E
 * @mask: (inout): rows × columns bytes, all 0; 1 is written where one of @planes is drawn
 * @error: where to put the error
 *
 * Returns: whether every plane wanted could be read whole; else %IMP_ERROR_USAGE where the file has
 *   no such plane, %IMP_ERROR_UNSUPPORTED where it has one that can never be drawn, or
 *   %IMP_ERROR_DAMAGED
 */
gboolean
imp_dicom_draw_overlays (ImpDicom *dicom, guint frame, guint planes, guint8 *mask, GError **error)
{
  try
    {
      return draw_planes (dicom, frame, planes, mask, error);
    }
  catch (...)
    {
      imp_dicom_fail_damaged (error);
      return FALSE;
    }
}
