#include "dicom-private.h"

#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"

#include "imp-j2k.h"
#include "imp-jxl.h"

namespace
{

const gsize head = 12; /* bytes by which the beginning of a codestream or its file is known */

bool
fail_map (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The file's frames are not where it says that they are, or some are missing: fetch "
                "it again from its source"),
            nullptr);
  return false;
}

/* All fragments, with where each item begins, counted from the first one's (PS3.5 A.4), and the
 * number of items, empty ones too. */
bool
list_fragments (ImpDicom *dicom, std::vector<guint64> &begins, std::vector<guint64> &basic,
                size_t *n_items)
{
  E_TransferSyntax syntax = EXS_Unknown;
  const DcmRepresentationParameter *parameter = nullptr;
  DcmPixelSequence *sequence = nullptr;
  DcmObject *each = nullptr;
  bool is_table = true; /* the Basic Offset Table comes first */
  guint64 at = 0;

  *n_items = 0;
  dicom->pixels->getOriginalRepresentationKey (syntax, parameter);
  if (dicom->pixels->getEncapsulatedRepresentation (syntax, parameter, sequence).bad ()
      || sequence == nullptr || sequence->card () < 2)
    return false;
  while ((each = sequence->nextInContainer (each)) != nullptr)
    {
      DcmPixelItem *item = dynamic_cast<DcmPixelItem *> (each);
      gsize length = item != nullptr ? item->getLength () : 0;

      if (item == nullptr)
        return false;
      if (is_table)
        {
          std::vector<guint8> table (length);

          if (length % 4 != 0
              || (length > 0
                  && item->getPartialValue (table.data (), 0, (Uint32)length, &dicom->cache)
                         .bad ()))
            return false;
          for (gsize i = 0; i < length; i += 4)
            basic.push_back (table[i] | table[i + 1] << 8 | table[i + 2] << 16
                             | (guint64)table[i + 3] << 24);
          is_table = false;
          continue;
        }
      if (length > 0)
        {
          begins.push_back (at);
          dicom->frames.fragments.push_back (item);
        }
      at += 8 + length;
      (*n_items)++;
    }
  return true;
}

/* The Extended Offset Table (7FE0,0001), PS3.3 C.7.6.3.1.8. */
void
read_extended (ImpDicom *dicom, std::vector<guint64> &offsets)
{
  const Uint64 *values = nullptr;
  unsigned long count = 0;

  if (dicom->dataset->findAndGetUint64Array (DCM_ExtendedOffsetTable, values, &count).good ()
      && values != nullptr)
    offsets.assign (values, values + count);
}

/* Each frame begins where a fragment does. */
bool
map_by_offsets (ImpDicom *dicom, const std::vector<guint64> &begins,
                const std::vector<guint64> &offsets)
{
  size_t at = 0;

  if (offsets.size () != dicom->n_frames || offsets[0] != 0)
    return false;
  for (guint64 offset : offsets)
    {
      while (at < begins.size () && begins[at] < offset)
        at++;
      if (at == begins.size () || begins[at] != offset
          || (!dicom->frames.first.empty () && dicom->frames.first.back () == at))
        return false;
      dicom->frames.first.push_back (at);
    }
  return true;
}

bool
begins_codestream (ImpDicom *dicom, DcmPixelItem *item)
{
  guint8 bytes[head];
  Uint32 n = MIN (head, item->getLength ());

  if (item->getPartialValue (bytes, 0, n, &dicom->cache).bad ())
    return false;
  if (!imp_dicom_has_codestreams (dicom)) /* JPEG and JPEG-LS: SOI */
    return n > 2 && bytes[0] == 0xff && bytes[1] == 0xd8;
  return strcmp (dicom->family, "jpeg-xl") == 0 ? imp_jxl_is (bytes, n) : imp_j2k_is (bytes, n);
}

/* No table says it: each frame begins where a codestream does. */
bool
map_by_beginnings (ImpDicom *dicom)
{
  for (size_t i = 0; i < dicom->frames.fragments.size (); i++)
    if (begins_codestream (dicom, dicom->frames.fragments[i]))
      dicom->frames.first.push_back (i);
  return dicom->frames.first.size () == dicom->n_frames && dicom->frames.first[0] == 0;
}

} // namespace

/**
 * imp_dicom_map_frames:
 * @dicom: a parsed file of JPEG, JPEG-LS, JPEG 2000 or JPEG XL frames
 * @error: where to put the error
 *
 * Finds the fragments of each frame, without reading more of them than their first bytes: by the
 * Extended or Basic Offset Table where there is one; else each fragment is a frame; else a frame
 * begins with each fragment that begins a codestream. A table that points elsewhere, or a frame
 * that does not begin with a codestream, is damage: whatever were shown could be another frame, or
 * less than a frame. JPEG and JPEG-LS are DCMTK's to decode: of the tables only that which it goes
 * by counts, the Basic one of several frames that are not one fragment each.
 *
 * Returns: whether every frame was found; else %IMP_ERROR_DAMAGED
 */
bool
imp_dicom_map_frames (ImpDicom *dicom, GError **error)
{
  ImpFrameMap &map = dicom->frames;
  std::vector<guint64> begins;
  std::vector<guint64> offsets;
  std::vector<guint64> extended;
  size_t n_items = 0;
  bool mapped = true;

  if (!list_fragments (dicom, begins, offsets, &n_items) || map.fragments.size () < dicom->n_frames)
    return fail_map (error);
  if (imp_dicom_has_codestreams (dicom))
    read_extended (dicom, extended);
  else if (dicom->n_frames == 1 || n_items == dicom->n_frames)
    offsets.clear ();
  if (!extended.empty ())
    mapped = map_by_offsets (dicom, begins, extended);
  else if (!offsets.empty ())
    mapped = map_by_offsets (dicom, begins, offsets);
  else if (dicom->n_frames == map.fragments.size ())
    for (size_t i = 0; i < map.fragments.size (); i++)
      map.first.push_back (i);
  else
    mapped = map_by_beginnings (dicom);
  if (!mapped)
    return fail_map (error);
  for (size_t i = 0, frame = 0; i < map.fragments.size (); i++)
    {
      bool begins_frame = frame < map.first.size () && map.first[frame] == i;

      if (begins_frame != begins_codestream (dicom, map.fragments[i]))
        return fail_map (error);
      frame += begins_frame;
    }
  map.first.push_back (map.fragments.size ());
  return true;
}

/**
 * imp_dicom_measure_frame:
 * @dicom: a file whose frames are mapped
 * @frame: 0-based
 *
 * Returns: the bytes of its codestream, with what pads it
 */
gsize
imp_dicom_measure_frame (const ImpDicom *dicom, guint frame)
{
  const ImpFrameMap &map = dicom->frames;
  gsize size = 0;

  for (size_t i = map.first[frame]; i < map.first[frame + 1]; i++)
    size += map.fragments[i]->getLength ();
  return size;
}

/**
 * imp_dicom_read_frame:
 * @dicom: a file whose frames are mapped
 * @frame: 0-based
 * @offset: from which byte of its codestream on
 * @out: (out caller-allocates): @size bytes
 * @size: how many to read
 *
 * Joins what its fragments hold; no other frame is touched.
 *
 * Returns: whether they are all there
 */
bool
imp_dicom_read_frame (ImpDicom *dicom, guint frame, gsize offset, guint8 *out, gsize size)
{
  const ImpFrameMap &map = dicom->frames;

  for (size_t i = map.first[frame]; i < map.first[frame + 1] && size > 0; i++)
    {
      gsize length = map.fragments[i]->getLength ();
      gsize n = offset < length ? MIN (length - offset, size) : 0;

      if (n == 0)
        {
          offset -= length;
          continue;
        }
      if (map.fragments[i]->getPartialValue (out, (Uint32)offset, (Uint32)n, &dicom->cache).bad ())
        return false;
      out += n;
      size -= n;
      offset = 0;
    }
  return size == 0;
}
