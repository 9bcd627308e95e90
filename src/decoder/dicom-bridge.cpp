#include "dicom-private.h"

#include <cmath>
#include <memory>

#include "dcmtk/dcmdata/dcrledrg.h"
#include "dcmtk/dcmimage/diregist.h"
#include "dcmtk/dcmimgle/dcmimage.h"
#include "dcmtk/dcmjpeg/djdecode.h"
#include "dcmtk/dcmjpls/djdecode.h"

#include "dicom-stream.h"
#include "imp-wire.h"

namespace
{

bool initialised = false;

bool
read_file (ImpDicom *dicom, const guint8 *data, gsize length, GError **error)
{
  ImpMemoryStream stream (data, (offile_off_t)length, 0, dicom->patch);
  OFCondition condition;

  dicom->file.transferInit ();
  condition = dicom->file.read (stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength);
  dicom->file.transferEnd ();
  dicom->dataset = dicom->file.getDataset ();
  if (condition.bad () || dicom->dataset == nullptr)
    {
      imp_dicom_fail_damaged (error);
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
      imp_dicom_fail_damaged (error);
      return false;
    }
  imp_notes_warn (dicom->notes,
                  N_ ("The file has no DICOM header: how it is encoded was worked out from its "
                      "contents"),
                  nullptr);
  return true;
}

/* DCMTK must have read the data set as the UID says, or as its stand-in. */
bool
check_syntax (ImpDicom *dicom, GError **error)
{
  if (dicom->bare)
    return accept_bare (dicom, error);
  dicom->syntax = dicom->dataset->getOriginalXfer ();
  if (strcmp (DcmXfer (dicom->syntax).getXferID (), dicom->read_as) != 0)
    {
      imp_dicom_fail_damaged (error);
      return false;
    }
  return true;
}

bool
check_is_picture (ImpDicom *dicom, GError **error)
{
  OFString sop;
  DcmElement *element = nullptr;

  if (dicom->dataset->tagExists (DcmTagKey (0x7fe0, 0x0008))
      || dicom->dataset->tagExists (DcmTagKey (0x7fe0, 0x0009)))
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture's pixels are floating-point numbers, which are not shown: export "
                    "it as PNG where it is kept, and open that"),
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
  imp_fail (error, IMP_ERROR_UNSUPPORTED, imp_dicom_describe_without_pixels (sop.c_str ()),
            nullptr);
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
          imp_dicom_fail_damaged (error);
          return false;
        }
    }
  dicom->n_frames = (guint)frames;
  dicom->notes->n_frames = dicom->n_frames;
  return true;
}

/* Only what is shown as it is meant, by its exact name. DCMTK would take others for something like
 * it: YBR_PARTIAL_422 of any length, HSV, MONOCHROME3, names with other spaces. */
bool
check_photometric (const ImpDicom *dicom, GError **error)
{
  static const char *const plain[] = { "MONOCHROME1", "MONOCHROME2",  "RGB",  "PALETTE COLOR",
                                       "YBR_FULL",    "YBR_FULL_422", nullptr };
  static const char *const coded[] = { "YBR_RCT", "YBR_ICT", "XYB", nullptr };
  static const char *const others[] = {
    "HSV", "ARGB", "CMYK", "YBR_PARTIAL_422", "YBR_PARTIAL_420", nullptr
  };

  if (g_strv_contains (plain, dicom->notes->photometric)
      || (imp_dicom_has_codestreams (dicom) && g_strv_contains (coded, dicom->notes->photometric)))
    return true;
  /* Free text of the file is not repeated. */
  if (g_strv_contains (coded, dicom->notes->photometric)
      || g_strv_contains (others, dicom->notes->photometric))
    imp_fail (error, IMP_ERROR_UNSUPPORTED,
              N_ ("The picture's colours are described as %s, which is not read: export it as PNG "
                  "where it is kept, and open that"),
              dicom->notes->photometric);
  else
    imp_fail (
        error, IMP_ERROR_UNSUPPORTED,
        N_ ("The picture's colours are described in words that DICOM does not have: export it "
            "as PNG where it is kept, and open that"),
        nullptr);
  return false;
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
                    "Interpretation): fetch it again from its source, or export it as PNG there"),
                nullptr);
      return false;
    }
  dicom->notes->photometric = imp_text_clean (photometric.c_str (), photometric.length ());
  dicom->grey = g_str_has_prefix (dicom->notes->photometric, "MONOCHROME");
  if (!check_photometric (dicom, error))
    return false;
  if (dicom->width == 0 || dicom->height == 0
      || (dicom->samples != 1 && (dicom->grey || dicom->samples != 3)))
    {
      imp_dicom_fail_damaged (error);
      return false;
    }
  if ((guint64)dicom->width * (guint64)dicom->height > IMP_WIRE_MAX_PIXELS)
    return true; /* refused by the caller, before any pixel is asked for */
  if (dicom->bits_allocated != 8 && dicom->bits_allocated != 16
      && !(dicom->grey && (dicom->bits_allocated == 1 || dicom->bits_allocated == 32)))
    {
      g_autofree char *bits = g_strdup_printf ("%d", dicom->bits_allocated);

      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture's pixels have %s bits each, which is not read: export it as PNG "
                    "where it is kept, and open that"),
                bits);
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
  guint64 whole = (bits + 7) / 8;
  guint64 expected = whole;
  bool half = strcmp (dicom->notes->photometric, "YBR_FULL_422") == 0;

  if (half && length != whole && length != whole + 1)
    dicom->notes->grid = { 2, 1 }; /* two pixels share a colour (PS3.3 C.7.6.3.1.2) */
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
      imp_dicom_fail_damaged (error);
      return false;
    }
  if (half && (length == whole || length == whole + 1))
    {
      imp_dicom_settle_unsampled (dicom);
      return true;
    }
  if (!dicom->grey && length > expected + 1)
    {
      imp_fail (
          error, IMP_ERROR_UNSUPPORTED,
          half ? N_ (
              "The picture says that it is YBR_FULL_422, but its data are too long for that, and "
              "its colours would be wrong: export it as PNG where it is kept, and open that")
               : N_ ("The picture's data are longer than its header says, so that it could not be "
                     "shown truthfully: fetch the file again from its source"),
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
  else if (imp_dicom_has_codestreams (dicom) ? !imp_dicom_check_codestreams (dicom, error)
                                             : !imp_dicom_check_fragments (dicom, error))
    return false;
  if (!imp_dicom_expand_palette (dicom))
    {
      imp_dicom_fail_damaged (error);
      return false;
    }
  imp_dicom_note_facts (dicom);
  return true;
}

} // namespace

/**
 * imp_dicom_fail_damaged:
 * @error: where to put the error
 *
 * Says that the file is damaged, unless something more exact was said.
 */
void
imp_dicom_fail_damaged (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The DICOM file is damaged or incomplete: fetch it again from its source"),
            nullptr);
}

/**
 * imp_dicom_is_bare:
 * @data: a file that looks like DICOM
 * @length: its bytes
 *
 * Returns: whether it is a data set without preamble and file meta information
 */
bool
imp_dicom_is_bare (const guint8 *data, gsize length)
{
  return length < 132 || (memcmp (data + 128, "DICM", 4) != 0 && (data[0] != 0x02 || data[1] != 0));
}

/**
 * imp_dicom_initialise:
 *
 * Gives DCMTK its dictionary, registers its decoders and silences its log, which would repeat
 * values of the file. To be called once, before any child is made.
 */
void
imp_dicom_initialise (void)
{
  try
    {
      imp_dicom_damage_initialise ();
      imp_dicom_dictionary_load ();
      DJDecoderRegistration::registerCodecs (EDC_photometricInterpretation, EUC_never);
      DJLSDecoderRegistration::registerCodecs (EJLSUC_never);
      DcmRLEDecoderRegistration::registerCodecs ();
      initialised = true;
    }
  catch (...)
    {
      initialised = false;
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

  if (!initialised)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("DICOM files cannot be read: DCMTK did not start. Install Imprimatur again"),
                nullptr);
      return nullptr;
    }
  try
    {
      dicom = new ImpDicom ();
      dicom->notes = notes;
      dicom->bare = imp_dicom_is_bare (data, length);
      if (imp_dicom_check_uid (dicom, data, length, error) && read_file (dicom, data, length, error)
          && open_parsed (dicom, error))
        return dicom;
    }
  catch (...)
    {
      imp_dicom_fail_damaged (error);
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
      if (dicom != nullptr)
        imp_colour_free (dicom->profile);
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
      bool decoded = imp_dicom_has_codestreams (dicom);
      std::unique_ptr<DcmDataset> twin;
      if (decoded && !imp_dicom_decode_colour (dicom, frame, twin, error))
        return FALSE;
      if (!imp_dicom_is_whole (dicom, frame))
        {
          imp_dicom_fail_damaged (error);
          return FALSE;
        }
      DicomImage image (decoded ? twin.get () : dicom->dataset,
                        decoded ? EXS_LittleEndianExplicit : dicom->syntax,
                        CIF_UsePartialAccessToPixelData, decoded ? 0 : frame, 1);

      if (image.getStatus () == EIS_NotSupportedValue || image.isMonochrome ())
        {
          imp_fail (error, IMP_ERROR_UNSUPPORTED,
                    N_ ("The picture's colours are described as %s, which is not read: export it "
                        "as PNG where it is kept, and open that"),
                    dicom->notes->photometric);
          return FALSE;
        }
      if (image.getStatus () == EIS_Normal)
        image.hideAllOverlays ();
      if (image.getStatus () == EIS_Normal && (int)image.getWidth () == dicom->width
          && (int)image.getHeight () == dicom->height && image.getOutputDataSize (8) == size
          && image.getOutputData (rgb, size, 8, 0, 0) && !imp_dicom_damage_seen ())
        {
          imp_dicom_spread_frame (dicom, frame, rgb, 3);
          return TRUE;
        }
    }
  catch (...)
    {
    }
  imp_dicom_fail_damaged (error);
  return FALSE;
}
