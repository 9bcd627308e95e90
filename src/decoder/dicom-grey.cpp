#include "dicom-private.h"

#include <cmath>

namespace
{

gboolean
read_native (gpointer data, gsize offset, guint8 *out, gsize size)
{
  ImpDicom *dicom = (ImpDicom *)data;

  try
    {
      return dicom->pixels->getPartialValue (out, (Uint32)offset, (Uint32)size, &dicom->cache)
          .good ();
    }
  catch (...)
    {
      return FALSE;
    }
}

/* XA and RF pixels whose intensity relationship is LOG or DISP are shown without the modality
 * transformation (PS3.3 C.8.7.1.1.2), as DCMTK does too. */
bool
ignores_modality (DcmItem *dataset)
{
  OFString sop;
  OFString relationship;

  dataset->findAndGetOFString (DCM_SOPClassUID, sop);
  dataset->findAndGetOFString (DCM_PixelIntensityRelationship, relationship);
  return (sop == UID_XRayAngiographicImageStorage || sop == UID_XRayRadiofluoroscopicImageStorage
          || sop == UID_RETIRED_XRayAngiographicBiPlaneImageStorage)
         && (relationship == "LOG" || relationship == "DISP");
}

enum class Modality
{
  none,
  rescale,
  table,
  ignored, /* by the rule for XA and RF */
  damaged,
};

/* The modality transformation of one frame (PS3.3 C.11.1); @grey has none to begin with. */
Modality
read_modality (ImpDicom *dicom, guint frame, ImpGrey *grey)
{
  DcmItem *item =
      imp_dicom_frame_macro (dicom, frame, DCM_PixelValueTransformationSequence, DCM_RescaleSlope);
  DcmItem *table = nullptr;
  Float64 slope = 1;
  Float64 intercept = 0;
  bool has_table =
      dicom->dataset->findAndGetSequenceItem (DCM_ModalityLUTSequence, table, 0).good ()
      && table != nullptr;

  grey->slope = 1;
  grey->intercept = 0;
  if ((item == nullptr || !item->tagExistsWithValue (DCM_RescaleSlope)) && !has_table)
    return Modality::none;
  if (ignores_modality (dicom->dataset))
    return Modality::ignored;
  if (has_table)
    return imp_dicom_read_lut (table, dicom->is_signed, &grey->modality_lut) ? Modality::table
                                                                             : Modality::damaged;
  if (item->findAndGetFloat64 (DCM_RescaleSlope, slope).bad ()
      || item->findAndGetFloat64 (DCM_RescaleIntercept, intercept).bad () || !std::isfinite (slope)
      || !std::isfinite (intercept) || slope == 0)
    return Modality::damaged;
  grey->slope = slope;
  grey->intercept = intercept;
  return Modality::rescale;
}

/* PS3.3 C.11.6: from the output of the VOI transformation to P-values, of which the lowest is
 * black: the table itself says which end is, whatever photometric interpretation and shape say, as
 * DCMTK has it too. */
void
read_presentation (ImpDicom *dicom, ImpGrey *grey)
{
  DcmItem *table = nullptr;

  if (dicom->dataset->findAndGetSequenceItem (DCM_PresentationLUTSequence, table, 0).good ()
      && table != nullptr)
    imp_dicom_read_lut (table, false, &grey->presentation_lut);
}

void
read_padding (ImpDicom *dicom, ImpGrey *grey)
{
  DcmElement *element = nullptr;
  gint64 limits[2] = { 0, 0 };
  const DcmTagKey keys[2] = { DCM_PixelPaddingValue, DCM_PixelPaddingRangeLimit };

  for (int i = 0; i < 2; i++)
    {
      Uint16 positive = 0;
      Sint16 negative = 0;

      limits[i] = limits[0];
      if (dicom->dataset->findAndGetElement (keys[i], element).bad () || element == nullptr)
        continue;
      if (element->getUint16 (positive).good ())
        limits[i] = dicom->is_signed ? (gint64)(Sint16)positive : (gint64)positive;
      else if (element->getSint16 (negative).good ())
        limits[i] = dicom->is_signed ? (gint64)negative : (gint64)(Uint16)negative;
      else
        continue;
      if (i == 0)
        grey->has_padding = true;
    }
  grey->padding_low = MIN (limits[0], limits[1]);
  grey->padding_high = MAX (limits[0], limits[1]);
}

void
note_padding (ImpNotes *notes, const ImpGrey *grey)
{
  g_autofree char *text = grey->padding_low == grey->padding_high
                              ? g_strdup_printf ("%" G_GINT64_FORMAT, grey->padding_low)
                              : g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                                 grey->padding_low, grey->padding_high);

  if (grey->has_padding)
    imp_notes_add_property (notes, "pixel_padding", text);
}

bool
is_inverse (ImpDicom *dicom)
{
  OFString shape;

  if (strcmp (dicom->notes->photometric, "MONOCHROME1") == 0)
    return true;
  return dicom->dataset->findAndGetOFString (DCM_PresentationLUTShape, shape).good ()
         && shape == "INVERSE";
}

void
fill_geometry (const ImpDicom *dicom, ImpGrey *grey)
{
  grey->width = dicom->width;
  grey->height = dicom->height;
  grey->bits_allocated = dicom->bits_allocated;
  grey->bits_stored = dicom->bits_stored;
  grey->high_bit = dicom->high_bit;
  grey->is_signed = dicom->is_signed;
}

} // namespace

/**
 * imp_dicom_note_modality:
 * @dicom: a parsed file whose pixels are grey
 *
 * Notes what is done to stored values before and after they are windowed, and what cannot be.
 */
void
imp_dicom_note_modality (ImpDicom *dicom)
{
  ImpNotes *notes = dicom->notes;
  g_auto (ImpGrey) grey = {};
  Modality modality = read_modality (dicom, 0, &grey);
  OFString shape;

  read_presentation (dicom, &grey);
  read_padding (dicom, &grey);
  note_padding (notes, &grey);
  dicom->dataset->findAndGetOFString (DCM_PresentationLUTShape, shape);
  if (modality == Modality::damaged)
    imp_notes_warn (notes,
                    N_ ("The file's rescale values or modality look-up table cannot be applied: "
                        "values are taken as they are stored"),
                    nullptr);
  if (modality == Modality::ignored || modality == Modality::damaged)
    imp_notes_add_property (notes, "modality_lut", "ignored");
  else if (modality == Modality::table)
    imp_notes_add_property (notes, "modality_lut", "applied");
  if (grey.presentation_lut.entries == nullptr
      && dicom->dataset->tagExists (DCM_PresentationLUTSequence))
    imp_notes_warn (notes, N_ ("The file's presentation look-up table cannot be applied"), nullptr);
  if (grey.presentation_lut.entries != nullptr)
    imp_notes_add_property (notes, "presentation_lut", "table");
  else if (shape == "INVERSE" || shape == "IDENTITY")
    imp_notes_add_property (notes, "presentation_lut", shape == "INVERSE" ? "inverse" : "identity");
}

/**
 * imp_dicom_find_frame:
 * @dicom: a parsed file whose pixels are grey
 * @frame: 0-based, less than its number of frames
 * @grey: (inout): where its bytes come from and how they are laid out is filled in
 * @error: where to put the error
 *
 * Native data are read piece by piece from where they lie; compressed frames are decoded one at a
 * time.
 *
 * Returns: whether the frame is complete; else %IMP_ERROR_DAMAGED or %IMP_ERROR_UNSUPPORTED
 */
bool
imp_dicom_find_frame (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error)
{
  guint64 n_pixels = (guint64)dicom->width * (guint64)dicom->height;
  guint64 frame_bits = n_pixels * (guint64)dicom->bits_allocated;
  OFString model;
  Uint32 fragment = 0;
  gsize size = 0;

  fill_geometry (dicom, grey);
  if (strcmp (dicom->family, "native") == 0)
    {
      grey->read = read_native;
      grey->read_data = dicom;
      grey->offset = (gsize)(frame * frame_bits / 8);
      grey->bit_offset = (gsize)(frame * frame_bits % 8);
      return true;
    }
  if (imp_dicom_has_codestreams (dicom))
    return imp_dicom_decode_grey (dicom, frame, grey, error);
  if (dicom->jpeg_precision > 0)
    grey->bits_allocated = dicom->jpeg_precision > 8 ? 16 : 8;
  size = (gsize)n_pixels * (gsize)(grey->bits_allocated / 8);
  grey->bytes = (guint8 *)g_try_malloc0 (size + 1);
  if (grey->bytes == nullptr)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture is too large for the memory that one file may use: save a smaller "
                    "one where it comes from, and open that"),
                nullptr);
      return false;
    }
  imp_dicom_damage_forget ();
  if (imp_dicom_is_whole (dicom, frame)
      && dicom->pixels
             ->getUncompressedFrame (dicom->dataset, frame, fragment, grey->bytes,
                                     (Uint32)(size + (size & 1)), model, &dicom->cache)
             .good ()
      && !imp_dicom_damage_seen ())
    {
      imp_dicom_spread_frame (dicom, frame, grey->bytes, (gsize)(grey->bits_allocated / 8));
      return true;
    }
  imp_dicom_fail_damaged (error);
  return false;
}

/**
 * imp_dicom_get_grey:
 * @dicom: a parsed file whose pixels are grey
 * @frame: 0-based, less than its number of frames
 * @grey: (out): the frame's stored pixels and how they are shown; imp_grey_clear() it
 * @error: where to put the error
 *
 * Returns: whether the frame is complete; else %IMP_ERROR_DAMAGED or %IMP_ERROR_UNSUPPORTED
 */
gboolean
imp_dicom_get_grey (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error)
{
  try
    {
      if (dicom->bits_allocated == 32 && dicom->syntax == EXS_BigEndianExplicit)
        {
          imp_fail (error, IMP_ERROR_UNSUPPORTED,
                    N_ ("The picture's pixels are 32-bit big-endian numbers, which are not read: "
                        "export it as PNG where it is kept, and open that"),
                    nullptr);
          return FALSE;
        }
      read_modality (dicom, frame, grey);
      read_presentation (dicom, grey);
      grey->inverse = grey->presentation_lut.entries == nullptr && is_inverse (dicom);
      imp_dicom_read_voi (dicom, frame, grey);
      read_padding (dicom, grey);
      return imp_dicom_find_frame (dicom, frame, grey, error);
    }
  catch (...)
    {
      imp_dicom_fail_damaged (error);
      return FALSE;
    }
}
