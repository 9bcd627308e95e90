#include "dicom-private.h"

#include <vector>

/* Segmented Palette Color Lookup Tables, PS3.3 C.7.9.2, which DCMTK does not read: they are written
 * out in full, in memory, before it looks. */

namespace
{

typedef std::vector<guint32> Units;

const guint32 max_entries = 65536;

/* Runs @segments segments from @at on; an indirect segment runs earlier ones again, once deep. */
bool
expand (const Units &units, gsize at, gsize segments, bool nested, std::vector<Uint16> &out)
{
  for (; segments > 0 && at + 2 <= units.size (); segments--)
    {
      guint32 opcode = units[at];
      guint32 length = units[at + 1];

      at += 2;
      if (opcode == 0 && length <= units.size () - at && out.size () + length <= max_entries)
        {
          for (guint32 i = 0; i < length; i++)
            out.push_back ((Uint16)units[at + i]);
          at += length;
        }
      else if (opcode == 1 && at < units.size () && !out.empty ()
               && out.size () + length <= max_entries)
        {
          double from = out.back ();
          double to = units[at];

          for (guint32 i = 1; i <= length; i++)
            out.push_back ((Uint16)(from + (to - from) * i / length + 0.5));
          at++;
        }
      else if (opcode == 2 && !nested && at + 2 <= units.size ())
        {
          gsize offset = (gsize)units[at] | (gsize)units[at + 1] << 16;

          if (offset % 2 != 0 || !expand (units, offset / 2, length, true, out))
            return false;
          at += 2;
        }
      else
        return false;
    }
  return segments == 0 || !nested;
}

bool
expand_one (DcmDataset *dataset, Uint16 colour)
{
  const DcmTagKey descriptor_key (0x0028, 0x1100 + colour);
  const DcmTagKey segmented_key (0x0028, 0x1220 + colour);
  const Uint16 *words = nullptr;
  unsigned long count = 0;
  Uint16 entries = 0;
  Uint16 bits = 0;
  Units units;
  std::vector<Uint16> table;

  if (dataset->findAndGetUint16 (descriptor_key, entries, 0).bad ()
      || dataset->findAndGetUint16 (descriptor_key, bits, 2).bad ()
      || dataset->findAndGetUint16Array (segmented_key, words, &count).bad () || words == nullptr)
    return false;
  for (unsigned long i = 0; i < count; i++)
    if (bits == 8)
      {
        units.push_back (words[i] & 0xff);
        units.push_back (words[i] >> 8);
      }
    else
      units.push_back (words[i]);
  if (!expand (units, 0, G_MAXSIZE, false, table))
    return false;
  if (table.size () < (entries != 0 ? entries : max_entries))
    return false;
  table.resize (entries != 0 ? entries : max_entries);
  return dataset
      ->putAndInsertUint16Array (DcmTag (0x0028, 0x1200 + colour, EVR_OW), table.data (),
                                 table.size ())
      .good ();
}

} // namespace

/**
 * imp_dicom_expand_palette:
 * @dicom: a parsed file
 *
 * Writes out segmented palettes where the file has them and no plain ones.
 *
 * Returns: whether its palette, if any, can be used
 */
bool
imp_dicom_expand_palette (ImpDicom *dicom)
{
  if (!dicom->dataset->tagExists (DcmTagKey (0x0028, 0x1221))
      || dicom->dataset->tagExists (DcmTagKey (0x0028, 0x1201)))
    return true;
  for (Uint16 colour = 1; colour <= 3; colour++)
    if (!expand_one (dicom->dataset, colour))
      return false;
  return true;
}
