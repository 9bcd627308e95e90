#include "dicom-private.h"

#include <cmath>

#include "imp-wire.h"

/* VOI windows and look-up tables (PS3.3 C.11.2), which the user may choose among, and the look-up
 * tables before and after them. */

namespace
{

const unsigned long max_windows = 64;
const unsigned long max_tables = IMP_WIRE_MAX_TABLES - 1;

ImpVoiFunction
find_function (DcmItem *item, ImpNotes *notes)
{
  OFString function;

  item->findAndGetOFString (DCM_VOILUTFunction, function);
  if (function == "SIGMOID")
    return IMP_VOI_SIGMOID;
  if (function == "LINEAR_EXACT")
    return IMP_VOI_LINEAR_EXACT;
  if (!function.empty () && function != "LINEAR" && notes != nullptr)
    imp_notes_warn (notes,
                    N_ ("The file asks for a way of windowing that is not known: its windows are "
                        "applied as straight lines"),
                    nullptr);
  return IMP_VOI_LINEAR;
}

bool
can_apply (const ImpWindow *window)
{
  return std::isfinite (window->centre) && std::isfinite (window->width) && window->width > 0
         && (window->function != IMP_VOI_LINEAR || window->width >= 1);
}

/* The first window that can be applied; with @notes, every one is noted. */
bool
find_window (ImpDicom *dicom, DcmItem *item, ImpNotes *notes, ImpWindow *window)
{
  bool found = false;
  ImpWindow each = { 0, 0, find_function (item, notes), 0 };
  g_autofree char *text = notes != nullptr
                              ? imp_dicom_get_value (dicom, item, DCM_WindowCenterWidthExplanation)
                              : nullptr;
  g_auto (GStrv) explanations = g_strsplit (text != nullptr ? text : "", "\\", -1);

  for (unsigned long i = 0; i < max_windows && (!found || notes != nullptr); i++)
    {
      if (item->findAndGetFloat64 (DCM_WindowCenter, each.centre, i).bad ()
          || item->findAndGetFloat64 (DCM_WindowWidth, each.width, i).bad ())
        break;
      if (!can_apply (&each))
        {
          if (notes != nullptr)
            imp_notes_warn (notes,
                            N_ ("A window in the file has a width that cannot be applied: it is "
                                "left out"),
                            nullptr);
          continue;
        }
      if (notes != nullptr)
        imp_notes_add_window (notes, &each,
                              i < g_strv_length (explanations) && *explanations[i] != '\0'
                                  ? explanations[i]
                                  : nullptr);
      if (!found)
        *window = each;
      found = true;
    }
  return found;
}

bool
read_descriptor (DcmItem *item, Uint16 *descriptor)
{
  DcmElement *element = nullptr;

  if (item->findAndGetElement (DCM_LUTDescriptor, element).bad () || element == nullptr)
    return false;
  for (unsigned long i = 0; i < 3; i++)
    {
      Sint16 negative = 0;

      if (element->getUint16 (descriptor[i], i).good ())
        continue;
      if (element->getSint16 (negative, i).bad ())
        return false;
      descriptor[i] = (Uint16)negative;
    }
  return true;
}

/* Entries of more bits than the table says that they have could mean anything: DCMTK drops the
 * upper ones, which turns bright into dark. */
bool
take_entries (const Uint16 *data, ImpLut *lut)
{
  for (guint i = 0; i < lut->n_entries; i++)
    if (data[i] >> lut->bits != 0)
      return false;
  lut->entries = (guint16 *)g_memdup2 (data, lut->n_entries * sizeof (guint16));
  return true;
}

/* Whether modality values can be negative: then so can be the value that a VOI LUT begins with. */
bool
has_negative_values (const ImpDicom *dicom, const ImpGrey *grey)
{
  double lowest = dicom->is_signed ? -std::ldexp (1.0, dicom->bits_stored - 1) : 0;
  double highest = lowest + std::ldexp (1.0, dicom->bits_stored) - 1;

  return grey->modality_lut.entries == nullptr
         && MIN (lowest * grey->slope, highest * grey->slope) + grey->intercept < 0;
}

/* Every VOI LUT that can be read, in order: with @notes they are noted, with @luts kept. */
void
find_tables (ImpDicom *dicom, guint frame, bool is_signed, ImpNotes *notes, GArray *luts)
{
  DcmItem *item = imp_dicom_frame_macro (dicom, frame, DCM_FrameVOILUTSequence, DCM_VOILUTSequence);
  DcmItem *each = nullptr;
  unsigned long n = 0;

  for (unsigned long i = 0;
       item != nullptr && n < max_tables
       && item->findAndGetSequenceItem (DCM_VOILUTSequence, each, (signed long)i).good ()
       && each != nullptr;
       i++)
    {
      ImpLut lut = { nullptr, 0, 0, 0 };

      if (!imp_dicom_read_lut (each, is_signed, &lut))
        {
          if (notes != nullptr)
            imp_notes_warn (
                notes, N_ ("A VOI look-up table in the file cannot be applied: it is left out"),
                nullptr);
          continue;
        }
      n++;
      if (notes != nullptr)
        {
          g_autofree char *text = imp_dicom_get_value (dicom, each, DCM_LUTExplanation);

          imp_notes_add_table (notes, text);
        }
      if (luts != nullptr)
        g_array_append_val (luts, lut);
      else
        g_free (lut.entries);
    }
}

} // namespace

/**
 * imp_dicom_read_lut:
 * @item: an item of the Modality, VOI or Presentation LUT Sequence, which have one shape (PS3.3
 *   C.11.1.1, C.11.2.1.1, C.11.4)
 * @is_signed: whether the values that go in may be negative
 * @lut: (out): the table; its entries are to be freed
 *
 * Returns: whether it can be read
 */
bool
imp_dicom_read_lut (DcmItem *item, bool is_signed, ImpLut *lut)
{
  Uint16 descriptor[3] = { 0, 0, 0 };
  const Uint16 *data = nullptr;
  unsigned long count = 0;

  if (!read_descriptor (item, descriptor)
      || item->findAndGetUint16Array (DCM_LUTData, data, &count).bad () || data == nullptr)
    return false;
  lut->n_entries = descriptor[0] != 0 ? descriptor[0] : 65536;
  lut->first = is_signed ? (Sint16)descriptor[1] : descriptor[1];
  lut->bits = descriptor[2];
  if (lut->bits < 8 || lut->bits > 16)
    return false;
  if (count >= lut->n_entries)
    return take_entries (data, lut);
  if (count < (lut->n_entries + 1) / 2 || lut->bits > 8)
    return false;
  lut->entries = g_new (guint16, lut->n_entries); /* 8-bit entries packed in words */
  for (guint i = 0; i < lut->n_entries; i++)
    lut->entries[i] = (i & 1) != 0 ? data[i / 2] >> 8 : data[i / 2] & 0xff;
  return true;
}

/**
 * imp_dicom_note_voi:
 * @dicom: a parsed file whose pixels are grey
 *
 * Notes the windows and VOI LUTs of the first frame, and what cannot be applied.
 */
void
imp_dicom_note_voi (ImpDicom *dicom)
{
  ImpWindow window = { 0, 0, IMP_VOI_LINEAR, 0 };
  DcmItem *item = imp_dicom_frame_macro (dicom, 0, DCM_FrameVOILUTSequence, DCM_WindowCenter);

  if (item != nullptr)
    find_window (dicom, item, dicom->notes, &window);
  find_tables (dicom, 0, false, dicom->notes, nullptr);
}

/**
 * imp_dicom_read_voi:
 * @dicom: a parsed file whose pixels are grey
 * @frame: 0-based
 * @grey: (inout): its modality transformation is known; its window and VOI LUTs are filled in
 */
void
imp_dicom_read_voi (ImpDicom *dicom, guint frame, ImpGrey *grey)
{
  DcmItem *item = imp_dicom_frame_macro (dicom, frame, DCM_FrameVOILUTSequence, DCM_WindowCenter);

  grey->has_window = item != nullptr && find_window (dicom, item, nullptr, &grey->window);
  if (grey->voi_luts == nullptr)
    grey->voi_luts = g_array_new (FALSE, FALSE, sizeof (ImpLut));
  find_tables (dicom, frame, has_negative_values (dicom, grey), nullptr, grey->voi_luts);
}
