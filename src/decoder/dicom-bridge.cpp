#include "dicom-private.h"

#include <cmath>

#include "dcmtk/dcmdata/dcrledrg.h"
#include "dcmtk/dcmimage/diregist.h"
#include "dcmtk/dcmimgle/dcmimage.h"
#include "dcmtk/dcmjpeg/djdecode.h"
#include "dcmtk/dcmjpls/djdecode.h"

#include "dicom-stream.h"
#include "imp-wire.h"

namespace
{

/* Transfer Syntax UIDs (PS3.6 A), by the raw text of (0002,0010): what DCMTK makes of a UID that it
 * does not know is not to be trusted. */
struct Syntax
{
  const char *uid;
  const char *name;
  const char *family; /* nullptr: refused */
};

const Syntax syntaxes[] = {
  { "1.2.840.10008.1.2", "Implicit VR Little Endian", "native" },
  { "1.2.840.10008.1.2.1", "Explicit VR Little Endian", "native" },
  { "1.2.840.10008.1.2.2", "Explicit VR Big Endian", "native" },
  { "1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", "native" },
  { "1.2.840.10008.1.2.4.50", "JPEG Baseline", "jpeg" },
  { "1.2.840.10008.1.2.4.51", "JPEG Extended", "jpeg" },
  { "1.2.840.10008.1.2.4.53", "JPEG Spectral Selection", "jpeg" },
  { "1.2.840.10008.1.2.4.55", "JPEG Full Progression", "jpeg" },
  { "1.2.840.10008.1.2.4.57", "JPEG Lossless", "jpeg" },
  { "1.2.840.10008.1.2.4.70", "JPEG Lossless SV1", "jpeg" },
  { "1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", "jpeg-ls" },
  { "1.2.840.10008.1.2.4.81", "JPEG-LS Near-lossless", "jpeg-ls" },
  { "1.2.840.10008.1.2.5", "RLE Lossless", "rle" },
  { "1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed", nullptr },
  { "1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", nullptr },
  { "1.2.840.10008.1.2.4.91", "JPEG 2000", nullptr },
  { "1.2.840.10008.1.2.4.92", "JPEG 2000 Multi-component Lossless", nullptr },
  { "1.2.840.10008.1.2.4.93", "JPEG 2000 Multi-component", nullptr },
  { "1.2.840.10008.1.2.4.94", "JPIP Referenced", nullptr },
  { "1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", nullptr },
  { "1.2.840.10008.1.2.4.110", "JPEG XL Lossless", nullptr },
  { "1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression", nullptr },
  { "1.2.840.10008.1.2.4.112", "JPEG XL", nullptr },
  { "1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", nullptr },
  { "1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 RPCL Lossless", nullptr },
  { "1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", nullptr },
  { "1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced", nullptr },
  { "1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", nullptr },
  { "1.2.840.10008.1.2.4.100", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.100.1", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.101", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.101.1", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.102", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.102.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.103", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.103.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.104", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.104.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.105", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.105.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.106", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.106.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.107", "HEVC (H.265) video", nullptr },
  { "1.2.840.10008.1.2.4.108", "HEVC (H.265) video", nullptr },
  { "1.2.840.10008.1.2.7.1", "SMPTE ST 2110 video", nullptr },
  { "1.2.840.10008.1.2.7.2", "SMPTE ST 2110 video", nullptr },
  { "1.2.840.10008.1.2.7.3", "SMPTE ST 2110 audio", nullptr },
  { "1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression", nullptr },
};

bool dictionary_loaded = false;

const Syntax *
find_syntax (const char *uid)
{
  for (const Syntax &syntax : syntaxes)
    if (strcmp (syntax.uid, uid) == 0)
      return &syntax;
  return nullptr;
}

void
fail_damaged (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The DICOM file is damaged or incomplete: fetch it again from its source"),
            nullptr);
}

bool
read_file (ImpDicom *dicom, const guint8 *data, gsize length, GError **error)
{
  ImpMemoryStream stream (data, (offile_off_t)length);
  OFCondition condition;

  dicom->file.transferInit ();
  condition = dicom->file.read (stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength);
  dicom->file.transferEnd ();
  dicom->dataset = dicom->file.getDataset ();
  if (condition.bad () || dicom->dataset == nullptr)
    {
      fail_damaged (error);
      return false;
    }
  return true;
}

/* A data set without its header: its encoding is what DCMTK made of it, and is believed only where
 * uncompressed pixel data fit the header's numbers to the byte (see check_length). */
bool
accept_bare (ImpDicom *dicom, GError **error)
{
  dicom->family = "native";
  dicom->syntax = dicom->dataset->getOriginalXfer ();
  if (dicom->syntax != EXS_LittleEndianImplicit && dicom->syntax != EXS_LittleEndianExplicit)
    {
      fail_damaged (error);
      return false;
    }
  imp_notes_warn (dicom->notes,
                  N_ ("The file has no DICOM header: how it is encoded was worked out from its "
                      "contents"),
                  nullptr);
  return true;
}

/* The raw UID, before DCMTK reads anything: the file meta information is always explicit little
 * endian (PS3.10 7.1). */
char *
find_raw_uid (const guint8 *data, gsize length)
{
  gsize at = length >= 132 && memcmp (data + 128, "DICM", 4) == 0 ? 132 : 0;

  while (at + 12 <= length && data[at] == 0x02 && data[at + 1] == 0x00)
    {
      bool wide = memcmp (data + at + 4, "OB", 2) == 0 || memcmp (data + at + 4, "UN", 2) == 0;
      gsize size = wide ? (gsize)data[at + 8] | (gsize)data[at + 9] << 8
                              | (gsize)data[at + 10] << 16 | (gsize)data[at + 11] << 24
                        : (gsize)data[at + 6] | (gsize)data[at + 7] << 8;
      gsize value = at + (wide ? 12 : 8);

      if (value > length || size > length - value)
        return nullptr;
      if (data[at + 2] == 0x10 && data[at + 3] == 0x00)
        return imp_text_clean ((const char *)data + value, MIN (size, 64));
      at = value + size;
    }
  return nullptr;
}

/* The gate: what is not on the list is refused by name, and nothing more of it is read. */
bool
check_uid (ImpDicom *dicom, const guint8 *data, gsize length, GError **error)
{
  const Syntax *syntax = nullptr;

  dicom->uid = "";
  if (dicom->bare)
    return true;
  dicom->notes->transfer_syntax = find_raw_uid (data, length);
  if (dicom->notes->transfer_syntax == nullptr || *dicom->notes->transfer_syntax == '\0')
    {
      imp_fail (
          error, IMP_ERROR_UNSUPPORTED,
          N_ ("The DICOM file does not say how its data are encoded (no Transfer Syntax UID)"),
          nullptr);
      return false;
    }
  dicom->uid = dicom->notes->transfer_syntax;
  syntax = find_syntax (dicom->uid);
  if (syntax == nullptr || syntax->family == nullptr)
    {
      g_autofree char *name = g_strdup_printf (
          "%s (%s)", syntax != nullptr ? syntax->name : "an unknown encoding", dicom->uid);

      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("This DICOM file is encoded as %s, which is not read: ask for it uncompressed"),
                name);
      return false;
    }
  dicom->family = syntax->family;
  return true;
}

/* DCMTK must have read the data set as the UID says. */
bool
check_syntax (ImpDicom *dicom, GError **error)
{
  if (dicom->bare)
    return accept_bare (dicom, error);
  dicom->syntax = dicom->dataset->getOriginalXfer ();
  if (strcmp (DcmXfer (dicom->syntax).getXferID (), dicom->uid) != 0)
    {
      fail_damaged (error);
      return false;
    }
  return true;
}

/* Why a DICOM file holds no picture: what it is, by name. */
bool
check_is_picture (ImpDicom *dicom, GError **error)
{
  OFString sop;
  DcmElement *element = nullptr;
  const char *name = nullptr;

  if (dicom->dataset->tagExists (DcmTagKey (0x7fe0, 0x0008))
      || dicom->dataset->tagExists (DcmTagKey (0x7fe0, 0x0009)))
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture's pixels are floating-point numbers, which are not shown"),
                nullptr);
      return false;
    }
  if (dicom->dataset->findAndGetElement (DCM_PixelData, element).good () && element != nullptr)
    {
      dicom->pixels = dynamic_cast<DcmPixelData *> (element);
      if (dicom->pixels != nullptr)
        return true;
    }
  if (dicom->file.getMetaInfo () != nullptr)
    dicom->file.getMetaInfo ()->findAndGetOFString (DCM_MediaStorageSOPClassUID, sop);
  if (sop.empty ())
    dicom->dataset->findAndGetOFString (DCM_SOPClassUID, sop);
  name = dcmFindNameOfUID (sop.c_str (), nullptr);
  if (sop == UID_MediaStorageDirectoryStorage)
    name = "DICOMDIR, the directory of a disc";
  imp_fail (error, IMP_ERROR_UNSUPPORTED, N_ ("This DICOM file holds no picture: it is %s"),
            name != nullptr ? name : "of an unknown kind");
  return false;
}

int
get_short (DcmItem *item, const DcmTagKey &key, int otherwise)
{
  Uint16 value = 0;

  return item->findAndGetUint16 (key, value).good () ? value : otherwise;
}

bool
read_frames (ImpDicom *dicom, GError **error)
{
  OFString text;
  guint64 frames = 1;

  if (dicom->dataset->findAndGetOFString (DCM_NumberOfFrames, text).good () && !text.empty ())
    {
      g_autofree char *clean = imp_text_clean (text.c_str (), text.length ());

      if (!g_ascii_string_to_unsigned (clean, 10, 1, G_MAXINT32, &frames, nullptr))
        {
          fail_damaged (error);
          return false;
        }
    }
  dicom->n_frames = (guint)frames;
  dicom->notes->n_frames = dicom->n_frames;
  return true;
}

bool
read_geometry (ImpDicom *dicom, GError **error)
{
  DcmDataset *dataset = dicom->dataset;
  OFString photometric;

  dicom->width = get_short (dataset, DCM_Columns, 0);
  dicom->height = get_short (dataset, DCM_Rows, 0);
  dicom->samples = get_short (dataset, DCM_SamplesPerPixel, 1);
  dicom->bits_allocated = get_short (dataset, DCM_BitsAllocated, 0);
  dicom->bits_stored = get_short (dataset, DCM_BitsStored, dicom->bits_allocated);
  dicom->high_bit = get_short (dataset, DCM_HighBit, dicom->bits_stored - 1);
  dicom->is_signed = get_short (dataset, DCM_PixelRepresentation, 0) == 1;
  dicom->notes->width = dicom->width;
  dicom->notes->height = dicom->height;
  if (dataset->findAndGetOFString (DCM_PhotometricInterpretation, photometric).bad ()
      || photometric.empty ())
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The DICOM file does not say how its pixels are to be shown (no Photometric "
                    "Interpretation)"),
                nullptr);
      return false;
    }
  dicom->notes->photometric = imp_text_clean (photometric.c_str (), photometric.length ());
  dicom->grey = g_str_has_prefix (dicom->notes->photometric, "MONOCHROME");
  if (dicom->width == 0 || dicom->height == 0
      || (dicom->samples != 1 && (dicom->grey || dicom->samples != 3)))
    {
      fail_damaged (error);
      return false;
    }
  if ((guint64)dicom->width * (guint64)dicom->height > IMP_WIRE_MAX_PIXELS)
    return true; /* refused by the caller, before any pixel is asked for */
  if (dicom->bits_allocated != 8 && dicom->bits_allocated != 16
      && !(dicom->grey && (dicom->bits_allocated == 1 || dicom->bits_allocated == 32)))
    {
      g_autofree char *bits = g_strdup_printf ("%d", dicom->bits_allocated);

      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture's pixels have %s bits each, which is not read"), bits);
      return false;
    }
  return read_frames (dicom, error);
}

/* Uncompressed pixel data are exactly as long as the header says, or one byte longer to be even;
 * colour data of any other length are shown wrongly by guesswork (dicom.md row 16). */
bool
check_length (ImpDicom *dicom, GError **error)
{
  guint64 length = dicom->pixels->getLength (dicom->syntax);
  guint64 pixels = (guint64)dicom->width * (guint64)dicom->height * dicom->n_frames;
  guint64 bits = pixels * (guint64)dicom->bits_allocated * (guint64)dicom->samples;
  guint64 expected = (bits + 7) / 8;
  bool half = strcmp (dicom->notes->photometric, "YBR_FULL_422") == 0;

  if (half)
    expected = (guint64)dicom->height * dicom->n_frames * 2 * (((guint64)dicom->width + 1) / 2 * 2)
               * (guint64)dicom->bits_allocated / 8;
  if (length < expected)
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The file ends before its picture does: fetch it again from its source"),
                nullptr);
      return false;
    }
  if (dicom->bare && length > expected + 1)
    {
      fail_damaged (error);
      return false;
    }
  if (!dicom->grey && length > expected + 1)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                half
                    ? N_ ("The picture says that it is YBR_FULL_422, but its data are too long for "
                          "that: its colours would be wrong")
                    : N_ ("The picture's data are longer than its header says: it could not be "
                          "shown truthfully"),
                nullptr);
      return false;
    }
  if (length > expected + 1)
    imp_notes_warn (
        dicom->notes,
        N_ ("The file holds more pixel data than its header says: the rest is not shown"), nullptr);
  return true;
}

bool
open_parsed (ImpDicom *dicom, GError **error)
{
  if (!check_syntax (dicom, error) || !check_is_picture (dicom, error)
      || !read_geometry (dicom, error))
    return false;
  if ((guint64)dicom->width * (guint64)dicom->height > IMP_WIRE_MAX_PIXELS)
    return true;
  if (strcmp (dicom->family, "native") == 0)
    {
      if (!check_length (dicom, error))
        return false;
    }
  else if (!imp_dicom_check_fragments (dicom, error))
    return false;
  if (!imp_dicom_expand_palette (dicom))
    {
      fail_damaged (error);
      return false;
    }
  imp_dicom_note_facts (dicom);
  return true;
}

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

/* Where one frame's bytes come from. Native data are read piece by piece from where they lie;
 * compressed frames are decoded one at a time. */
bool
find_frame_bytes (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error)
{
  guint64 n_pixels = (guint64)dicom->width * (guint64)dicom->height;
  guint64 frame_bits = n_pixels * (guint64)dicom->bits_allocated;
  OFString model;
  Uint32 fragment = 0;
  gsize size = 0;

  if (strcmp (dicom->family, "native") == 0)
    {
      grey->read = read_native;
      grey->read_data = dicom;
      grey->offset = (gsize)(frame * frame_bits / 8);
      grey->bit_offset = (gsize)(frame * frame_bits % 8);
      return true;
    }
  if (dicom->jpeg_precision > 0)
    grey->bits_allocated = dicom->jpeg_precision > 8 ? 16 : 8;
  size = (gsize)n_pixels * (gsize)(grey->bits_allocated / 8);
  grey->bytes = (guint8 *)g_try_malloc (size + 1);
  if (grey->bytes == nullptr)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture is too large for the memory that one file may use"), nullptr);
      return false;
    }
  imp_dicom_damage_forget ();
  if (dicom->pixels
          ->getUncompressedFrame (dicom->dataset, frame, fragment, grey->bytes,
                                  (Uint32)(size + (size & 1)), model, &dicom->cache)
          .good ()
      && !imp_dicom_damage_seen ())
    return true;
  fail_damaged (error);
  return false;
}

/* Modality and VOI LUT Sequence items have one shape (PS3.3 C.11.1.1, C.11.2.1.1). */
bool
read_lut (DcmItem *dataset, const DcmTagKey &sequence, bool is_signed, ImpLut *lut)
{
  DcmItem *item = nullptr;
  Uint16 descriptor[3] = { 0, 0, 0 };
  const Uint16 *data = nullptr;
  unsigned long count = 0;
  DcmElement *element = nullptr;

  if (dataset == nullptr || dataset->findAndGetSequenceItem (sequence, item, 0).bad ()
      || item == nullptr || item->findAndGetElement (DCM_LUTDescriptor, element).bad ())
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
  if (item->findAndGetUint16Array (DCM_LUTData, data, &count).bad () || data == nullptr)
    return false;
  lut->n_entries = descriptor[0] != 0 ? descriptor[0] : 65536;
  lut->first = is_signed ? (Sint16)descriptor[1] : descriptor[1];
  lut->bits = descriptor[2];
  if (lut->bits < 1 || lut->bits > 16)
    return false;
  if (count >= lut->n_entries)
    {
      lut->entries = g_new (guint16, lut->n_entries);
      memcpy (lut->entries, data, lut->n_entries * sizeof (guint16));
      return true;
    }
  if (count < (lut->n_entries + 1) / 2 || lut->bits > 8)
    return false;
  lut->entries = g_new (guint16, lut->n_entries); /* 8-bit entries packed in words */
  for (guint i = 0; i < lut->n_entries; i++)
    lut->entries[i] = (i & 1) != 0 ? data[i / 2] >> 8 : data[i / 2] & 0xff;
  return true;
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

void
read_modality (ImpDicom *dicom, guint frame, ImpGrey *grey)
{
  DcmItem *item =
      imp_dicom_frame_macro (dicom, frame, DCM_PixelValueTransformationSequence, DCM_RescaleSlope);
  Float64 slope = 1;
  Float64 intercept = 0;

  grey->slope = 1;
  grey->intercept = 0;
  if (ignores_modality (dicom->dataset)
      || read_lut (dicom->dataset, DCM_ModalityLUTSequence, dicom->is_signed, &grey->modality_lut))
    return;
  if (item != nullptr && item->findAndGetFloat64 (DCM_RescaleSlope, slope).good ()
      && item->findAndGetFloat64 (DCM_RescaleIntercept, intercept).good () && std::isfinite (slope)
      && std::isfinite (intercept) && slope != 0)
    {
      grey->slope = slope;
      grey->intercept = intercept;
    }
}

void
read_voi (ImpDicom *dicom, guint frame, ImpGrey *grey)
{
  DcmItem *item = imp_dicom_frame_macro (dicom, frame, DCM_FrameVOILUTSequence, DCM_WindowCenter);
  double lowest = dicom->is_signed ? -std::ldexp (1.0, dicom->bits_stored - 1) : 0;

  if (item != nullptr)
    grey->has_window = imp_dicom_find_window (item, true, nullptr, &grey->window);
  if (!grey->has_window)
    {
      bool negative = grey->modality_lut.entries == nullptr
                      && MIN (lowest * grey->slope,
                              (lowest + std::ldexp (1.0, dicom->bits_stored) - 1) * grey->slope)
                                 + grey->intercept
                             < 0;

      read_lut (dicom->dataset, DCM_VOILUTSequence, negative, &grey->voi_lut);
    }
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

bool
is_inverse (ImpDicom *dicom)
{
  OFString shape;

  if (strcmp (dicom->notes->photometric, "MONOCHROME1") == 0)
    return true;
  return dicom->dataset->findAndGetOFString (DCM_PresentationLUTShape, shape).good ()
         && shape == "INVERSE";
}

} // namespace

/**
 * imp_dicom_initialise:
 *
 * Loads DCMTK's dictionary, registers its decoders and silences its log, which would repeat values
 * of the file. To be called once, before any child is made.
 */
void
imp_dicom_initialise (void)
{
  try
    {
      imp_dicom_damage_initialise ();
      dictionary_loaded = dcmDataDict.isDictionaryLoaded ();
      DJDecoderRegistration::registerCodecs (EDC_photometricInterpretation, EUC_never);
      DJLSDecoderRegistration::registerCodecs (EJLSUC_never);
      DcmRLEDecoderRegistration::registerCodecs ();
    }
  catch (...)
    {
      dictionary_loaded = false;
    }
}

/**
 * imp_dicom_open:
 * @data: a whole file, perhaps without preamble or file meta information; it must stay until the
 * result is freed
 * @length: its bytes
 * @notes: filled with what the file says and gives away; it must outlive the result
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the parsed file, or %NULL with %IMP_ERROR_UNSUPPORTED naming
 *   what is not read, or %IMP_ERROR_DAMAGED
 */
ImpDicom *
imp_dicom_open (const guint8 *data, gsize length, ImpNotes *notes, GError **error)
{
  ImpDicom *dicom = nullptr;

  if (!dictionary_loaded)
    {
      imp_fail (
          error, IMP_ERROR_UNSUPPORTED,
          N_ ("DICOM files cannot be read on this machine: DCMTK's data dictionary is missing"),
          nullptr);
      return nullptr;
    }
  try
    {
      dicom = new ImpDicom ();
      dicom->notes = notes;
      dicom->bare = length < 132
                    || (memcmp (data + 128, "DICM", 4) != 0 && (data[0] != 0x02 || data[1] != 0));
      if (check_uid (dicom, data, length, error) && read_file (dicom, data, length, error)
          && open_parsed (dicom, error))
        return dicom;
    }
  catch (...)
    {
      fail_damaged (error);
    }
  imp_dicom_free (dicom);
  return nullptr;
}

/**
 * imp_dicom_free:
 * @dicom: (transfer full) (nullable): a parsed file
 */
void
imp_dicom_free (ImpDicom *dicom)
{
  try
    {
      delete dicom;
    }
  catch (...)
    {
    }
}

/**
 * imp_dicom_is_grey:
 * @dicom: a parsed file
 *
 * Returns: whether its frames come from imp_dicom_get_grey(); else from imp_dicom_get_colour()
 */
gboolean
imp_dicom_is_grey (const ImpDicom *dicom)
{
  return dicom->grey;
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
      grey->width = dicom->width;
      grey->height = dicom->height;
      grey->bits_allocated = dicom->bits_allocated;
      grey->bits_stored = dicom->bits_stored;
      grey->high_bit = dicom->high_bit;
      grey->is_signed = dicom->is_signed;
      grey->inverse = is_inverse (dicom);
      if (dicom->bits_allocated == 32 && dicom->syntax == EXS_BigEndianExplicit)
        {
          imp_fail (error, IMP_ERROR_UNSUPPORTED,
                    N_ ("The picture's pixels are 32-bit big-endian numbers, which are not read"),
                    nullptr);
          return FALSE;
        }
      read_modality (dicom, frame, grey);
      read_voi (dicom, frame, grey);
      read_padding (dicom, grey);
      return find_frame_bytes (dicom, frame, grey, error);
    }
  catch (...)
    {
      fail_damaged (error);
      return FALSE;
    }
}

/**
 * imp_dicom_get_colour:
 * @dicom: a parsed file whose pixels are colours (RGB, YBR_*, PALETTE COLOR)
 * @frame: 0-based, less than its number of frames
 * @rgb: (out caller-allocates): rows × columns × 3 bytes
 * @size: bytes of @rgb
 * @error: where to put the error
 *
 * Returns: whether the frame is complete; else %IMP_ERROR_DAMAGED or %IMP_ERROR_UNSUPPORTED
 */
gboolean
imp_dicom_get_colour (ImpDicom *dicom, guint frame, guint8 *rgb, gsize size, GError **error)
{
  try
    {
      imp_dicom_damage_forget ();
      DicomImage image (dicom->dataset, dicom->syntax, CIF_UsePartialAccessToPixelData, frame, 1);

      if (image.getStatus () == EIS_NotSupportedValue || image.isMonochrome ())
        {
          imp_fail (error, IMP_ERROR_UNSUPPORTED,
                    N_ ("The picture's colours are described as %s, which is not read"),
                    dicom->notes->photometric);
          return FALSE;
        }
      if (image.getStatus () == EIS_Normal)
        image.hideAllOverlays ();
      if (image.getStatus () == EIS_Normal && (int)image.getWidth () == dicom->width
          && (int)image.getHeight () == dicom->height && image.getOutputDataSize (8) == size
          && image.getOutputData (rgb, size, 8, 0, 0) && !imp_dicom_damage_seen ())
        return TRUE;
    }
  catch (...)
    {
    }
  fail_damaged (error);
  return FALSE;
}
