#include "dicom-private.h"

#include <cmath>

/* Technical properties for `imprimatur-cli inspect`: numbers, and codes that stand in the lists
 * here. Text of the file never passes. */

namespace
{

struct Count
{
  guint icons;
  guint curves;
  guint private_elements;
  guint presentation_states;
};

const int max_depth = 64;

void
count_item (DcmItem *item, int depth, Count *count)
{
  DcmObject *object = nullptr;

  while (depth < max_depth && (object = item->nextInContainer (object)) != nullptr)
    {
      DcmSequenceOfItems *sequence = nullptr;
      DcmTagKey key = object->getTag ();
      OFString uid;
      DcmObject *each = nullptr;

      if ((key.getGroup () & 1) != 0 && key.getElement () > 0xff)
        count->private_elements++;
      if (key == DCM_PixelData)
        continue;
      if (key.getGroup () >= 0x5000 && key.getGroup () <= 0x501e && key.getElement () == 0x3000)
        count->curves++;
      if (key == DCM_ReferencedSOPClassUID && item->findAndGetOFString (key, uid).good ()
          && g_str_has_prefix (uid.c_str (), "1.2.840.10008.5.1.4.1.1.11."))
        count->presentation_states++;
      sequence = dynamic_cast<DcmSequenceOfItems *> (object);
      while (sequence != nullptr && (each = sequence->nextInContainer (each)) != nullptr)
        {
          DcmItem *inner = dynamic_cast<DcmItem *> (each);

          if (inner == nullptr)
            continue;
          if (key == DCM_IconImageSequence)
            count->icons++;
          count_item (inner, depth + 1, count);
        }
    }
}

void
note_count (ImpNotes *notes, const char *key, guint n)
{
  if (n > 0)
    imp_notes_add_property_number (notes, key, n);
}

void
note_number (ImpDicom *dicom, DcmItem *item, const DcmTagKey &tag, const char *key)
{
  Float64 value = 0;

  if (item != nullptr && item->findAndGetFloat64 (tag, value).good () && std::isfinite (value))
    imp_notes_add_property_number (dicom->notes, key, value);
}

void
note_bits (ImpDicom *dicom)
{
  ImpNotes *notes = dicom->notes;
  Uint16 planar = 0;
  Uint16 palette = 0;

  imp_notes_add_property_number (notes, "bits_allocated", dicom->bits_allocated);
  imp_notes_add_property_number (notes, "bits_stored", dicom->bits_stored);
  imp_notes_add_property_number (notes, "high_bit", dicom->high_bit);
  imp_notes_add_property (notes, "pixel_representation", dicom->is_signed ? "signed" : "unsigned");
  imp_notes_add_property_number (notes, "samples_per_pixel", dicom->samples);
  if (dicom->samples > 1
      && dicom->dataset->findAndGetUint16 (DCM_PlanarConfiguration, planar).good ())
    imp_notes_add_property (notes, "planar_configuration", planar == 1 ? "planes" : "interleaved");
  if (dicom->dataset->findAndGetUint16 (DCM_RedPaletteColorLookupTableDescriptor, palette, 2)
          .good ())
    imp_notes_add_property_number (notes, "palette_bits", palette);
}

void
note_shutter (ImpDicom *dicom)
{
  static const char *const shapes[] = { "RECTANGULAR", "CIRCULAR", "POLYGONAL", "BITMAP" };
  g_autoptr (GString) found = g_string_new (nullptr);
  OFString value;

  if (!dicom->dataset->tagExists (DCM_ShutterShape))
    return;
  for (const char *shape : shapes)
    for (unsigned long i = 0; i < 8; i++)
      if (dicom->dataset->findAndGetOFString (DCM_ShutterShape, value, i).good () && value == shape)
        {
          g_autofree char *lower = g_ascii_strdown (shape, -1);

          g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", lower);
          break;
        }
  imp_notes_add_property (dicom->notes, "shutter", found->len > 0 ? found->str : "unknown");
}

/* Whether the object says that it is a screen of text: a dose report, a protocol, a screen capture
 * (dicom.md row 24). Makers write it into Image Type (0008,0008) or Series Description. */
bool
is_dose_screen (ImpDicom *dicom)
{
  static const char *const types[] = { "DOSE", "SCREEN SAVE", "SCREEN_SAVE", "PROT" };
  static const char *const series[] = { "DOSE REPORT",  "DOSE INFO",        "DOSE RECORD",
                                        "DOSE SUMMARY", "PATIENT PROTOCOL", "EXAM PROTOCOL",
                                        "SCREEN SAVE" };
  OFString type;
  OFString description;
  g_autofree char *upper = nullptr;

  dicom->dataset->findAndGetOFStringArray (DCM_ImageType, type);
  dicom->dataset->findAndGetOFString (DCM_SeriesDescription, description);
  upper = g_ascii_strup (description.c_str (), -1);
  for (const char *each : types)
    if (strstr (type.c_str (), each) != nullptr)
      return true;
  for (const char *each : series)
    if (strstr (upper, each) != nullptr)
      return true;
  return false;
}

void
note_dose_screen (ImpDicom *dicom)
{
  if (!is_dose_screen (dicom))
    return;
  imp_notes_add_property (dicom->notes, "dose_screen", "yes");
  imp_notes_warn (dicom->notes,
                  N_ ("The picture is a dose report or a copy of a screen: it is made of text, "
                      "which may identify the patient anywhere in it"),
                  nullptr);
}

void
note_lossy (ImpDicom *dicom)
{
  OFString value;

  dicom->dataset->findAndGetOFString (DCM_LossyImageCompression, value);
  if (value == "00" || value == "01")
    imp_notes_add_property (dicom->notes, "lossy", value.c_str ());
}

} // namespace

/**
 * imp_dicom_note_properties:
 * @dicom: a parsed file with a picture
 *
 * Notes what its header says of the pixels, and how much the file holds that is never shown.
 */
void
imp_dicom_note_properties (ImpDicom *dicom)
{
  Count count = { 0, 0, 0, 0 };
  DcmItem *item =
      imp_dicom_frame_macro (dicom, 0, DCM_PixelValueTransformationSequence, DCM_RescaleSlope);

  note_bits (dicom);
  if (dicom->grey)
    {
      note_number (dicom, item, DCM_RescaleSlope, "rescale_slope");
      note_number (dicom, item, DCM_RescaleIntercept, "rescale_intercept");
    }
  note_lossy (dicom);
  note_number (dicom, dicom->dataset, DCM_FrameTime, "frame_time");
  note_shutter (dicom);
  note_dose_screen (dicom);
  count_item (dicom->dataset, 0, &count);
  note_count (dicom->notes, "icon", count.icons);
  note_count (dicom->notes, "curves", count.curves);
  note_count (dicom->notes, "private_elements", count.private_elements);
  note_count (dicom->notes, "presentation_states", count.presentation_states);
}
