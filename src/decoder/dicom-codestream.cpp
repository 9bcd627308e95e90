#include "dicom-private.h"

#include "imp-cicp.h"
#include "imp-j2k.h"
#include "imp-jxl.h"

/* Frames that DCMTK does not decode: JPEG 2000 and JPEG XL. What a codestream says of itself must
 * agree with the header, as far as it would change what is shown. */

namespace
{

typedef struct
{
  ImpDicom *dicom; /* borrowed */
  guint frame;
} Frame;

/* What both kinds of codestream say. */
struct Stream
{
  gint64 width;
  gint64 height;
  guint channels;
  int precision;
  bool rgb;          /* colours come out as red, green and blue, whatever they were inside */
  bool irreversible; /* JPEG 2000's 9/7 wavelet, in any tile */
  ImpJ2k j2k;
  ImpJxl jxl;
};

gboolean
read_part (gpointer data, gsize offset, guint8 *out, gsize size)
{
  Frame *frame = (Frame *)data;

  try
    {
      return imp_dicom_read_frame (frame->dicom, frame->frame, offset, out, size);
    }
  catch (...)
    {
      return FALSE;
    }
}

bool
fail (GError **error, ImpError code, const char *message, const char *detail = nullptr)
{
  imp_fail (error, code, message, detail);
  return false;
}

bool
is_jxl (const ImpDicom *dicom)
{
  return strcmp (dicom->family, "jpeg-xl") == 0;
}

bool
is_photometric (const ImpDicom *dicom, const char *name)
{
  return strcmp (dicom->notes->photometric, name) == 0;
}

/* JPEG XL is always lossy here: its modular coding has palettes, filters and smaller sizes that
 * lose something, of which no header says it. JPEG 2000 is not where everything that can be read
 * says so: that is a claim, as passes of its code may still be left out. */
bool
is_lossy (ImpDicom *dicom, const Stream *stream)
{
  static const char *const lossless[] = { ".4.90", ".4.201", ".4.202" };
  OFString said;

  dicom->dataset->findAndGetOFString (DCM_LossyImageCompression, said);
  if (is_jxl (dicom) || stream->irreversible || said == "01")
    return true;
  for (const char *end : lossless)
    if (g_str_has_suffix (dicom->uid, end))
      return false;
  return true;
}

bool
check_j2k (const ImpJ2k *j2k, GError **error)
{
  if (!j2k->complete)
    return fail (error, IMP_ERROR_DAMAGED,
                 N_ ("The file ends before its picture does: fetch it again from its source"));
  if (j2k->palette)
    return fail (error, IMP_ERROR_UNSUPPORTED,
                 N_ ("The picture's JPEG 2000 data have a palette or channels of their own, which "
                     "is not read: ask for the file uncompressed"));
  if (j2k->differing)
    return fail (error, IMP_ERROR_UNSUPPORTED,
                 N_ ("The picture's channels have different numbers of bits, which is not read: "
                     "ask for the file uncompressed"));
  if (j2k->mixed && j2k->components > 1)
    return fail (error, IMP_ERROR_UNSUPPORTED,
                 N_ ("Parts of the picture are coded in other colours than the rest, which is "
                     "not read: ask for the file uncompressed"));
  return true;
}

bool
check_jxl (const ImpJxl *jxl, GError **error)
{
  if (jxl->animated)
    return fail (error, IMP_ERROR_UNSUPPORTED,
                 N_ ("A frame of the file is a JPEG XL animation, which is not read: ask for the "
                     "file uncompressed"));
  if (jxl->extra != 0 || jxl->orientation != 1)
    return fail (error, IMP_ERROR_UNSUPPORTED,
                 N_ ("The picture's JPEG XL data are turned or have channels besides its colours, "
                     "which is not read: ask for the file uncompressed"));
  return jxl->channels == 1 || imp_cicp_check (jxl->transfer, error);
}

/* Whether what the codestream says can be shown as the header says. */
bool
check_stream (ImpDicom *dicom, const Stream *stream, GError **error)
{
  if (stream->width != dicom->width || stream->height != dicom->height
      || (int)stream->channels != dicom->samples)
    return fail (error, IMP_ERROR_DAMAGED,
                 N_ ("The compressed picture has another size than its header says: fetch the file "
                     "again from its source"));
  if (stream->precision < 1 || stream->precision > 16 || dicom->bits_stored < 1
      || dicom->bits_stored > 16 || dicom->bits_stored > dicom->bits_allocated)
    {
      g_autofree char *bits = g_strdup_printf ("%d", MAX (stream->precision, dicom->bits_stored));

      return fail (error, IMP_ERROR_UNSUPPORTED,
                   N_ ("The picture's pixels have %s bits each, which is not read: export it as "
                       "PNG where it is kept, and open that"),
                   bits);
    }
  if (dicom->samples == 1)
    return true;
  /* PS3.5 8.2.4: what is RGB is so because of the codestream's own transformation, which is undone
   * with it. Where the header says that there is one and there is none, or the other way round, the
   * colours may be either. */
  if (stream->rgb && g_str_has_prefix (dicom->notes->photometric, "YBR_FULL") && !is_jxl (dicom))
    return fail (error, IMP_ERROR_UNSUPPORTED,
                 N_ ("The picture's colours are described as %s, but its JPEG 2000 data say "
                     "otherwise, and they could be wrong: ask for the file uncompressed"),
                 dicom->notes->photometric);
  if (!stream->rgb && (is_photometric (dicom, "YBR_RCT") || is_photometric (dicom, "YBR_ICT")))
    return fail (error, IMP_ERROR_UNSUPPORTED,
                 N_ ("The picture's colours are described as %s, but its JPEG 2000 data say "
                     "otherwise, and they could be wrong: ask for the file uncompressed"),
                 dicom->notes->photometric);
  return true;
}

bool
scan (ImpDicom *dicom, guint frame, Stream *stream, GError **error)
{
  Frame data = { dicom, frame };
  gsize length = imp_dicom_measure_frame (dicom, frame);

  if (is_jxl (dicom))
    {
      ImpJxl *jxl = &stream->jxl;

      if (!imp_jxl_scan (read_part, &data, length, jxl))
        return fail (error, IMP_ERROR_DAMAGED,
                     N_ ("The picture's JPEG XL data are damaged or incomplete: fetch the file "
                         "again from its source"));
      stream->width = jxl->width;
      stream->height = jxl->height;
      stream->channels = jxl->channels;
      stream->precision = jxl->precision;
      stream->rgb = true;
      return check_jxl (jxl, error) && check_stream (dicom, stream, error);
    }
  ImpJ2k *j2k = &stream->j2k;

  if (!imp_j2k_scan (read_part, &data, length, j2k))
    return fail (error, IMP_ERROR_DAMAGED,
                 N_ ("The picture's JPEG 2000 data are damaged or incomplete: fetch the file again "
                     "from its source"));
  stream->width = j2k->width;
  stream->height = j2k->height;
  stream->channels = j2k->components;
  stream->precision = j2k->precision;
  stream->rgb = j2k->transformed;
  stream->irreversible = j2k->irreversible;
  return check_j2k (j2k, error) && check_stream (dicom, stream, error);
}

/* The colour space that a JPEG XL stream names for itself. */
void
note_colours (ImpDicom *dicom, guint frame, const ImpJxl *jxl)
{
  Frame data = { dicom, frame };
  gsize size = 0;
  g_autofree guint8 *icc =
      jxl->profiled
          ? imp_jxl_read_profile (read_part, &data, imp_dicom_measure_frame (dicom, frame), &size)
          : nullptr;
  std::vector<guint8> profile;

  if (icc != nullptr)
    profile.assign (icc, icc + size);
  if (frame == 0)
    {
      dicom->converts = jxl->converts;
      dicom->coded_profile = profile;
    }
  if (profile != dicom->coded_profile || (jxl->profiled && icc == nullptr))
    dicom->coded_otherwise = true;
}

/* Decodes one frame and makes its samples what the header says that they are. */
ImpSamples *
decode (ImpDicom *dicom, guint frame, Stream *stream, GError **error)
{
  gsize length = imp_dicom_measure_frame (dicom, frame);
  g_autofree guint8 *bytes = (guint8 *)g_try_malloc (length);
  g_autoptr (ImpSamples) samples = nullptr;

  if (!scan (dicom, frame, stream, error))
    return nullptr;
  if (bytes == nullptr || !imp_dicom_read_frame (dicom, frame, 0, bytes, length))
    {
      imp_dicom_fail_damaged (error);
      return nullptr;
    }
  samples = is_jxl (dicom) ? imp_jxl_decode (bytes, length, &stream->jxl, error)
                           : imp_j2k_decode (bytes, &stream->j2k, error);
  if (samples == nullptr || !imp_samples_fit (samples, dicom->bits_stored, dicom->is_signed, error))
    return nullptr;
  dicom->converted = samples->converted;
  if (samples->converted && dicom->samples == 1)
    {
      fail (error, IMP_ERROR_UNSUPPORTED,
            N_ ("The picture's values were coded through a colour profile, which is not read: ask "
                "for the file uncompressed"));
      return nullptr;
    }
  return (ImpSamples *)g_steal_pointer (&samples);
}

bool
copy_palette (DcmDataset *from, DcmDataset *to)
{
  static const DcmTagKey keys[] = {
    DCM_RedPaletteColorLookupTableDescriptor,  DCM_GreenPaletteColorLookupTableDescriptor,
    DCM_BluePaletteColorLookupTableDescriptor, DCM_RedPaletteColorLookupTableData,
    DCM_GreenPaletteColorLookupTableData,      DCM_BluePaletteColorLookupTableData
  };

  for (const DcmTagKey &key : keys)
    if (from->tagExists (key) && from->findAndInsertCopyOfElement (key, to, OFTrue).bad ())
      return false;
  return true;
}

bool
put_pixels (DcmDataset *native, const ImpSamples *samples)
{
  gsize n = (gsize)samples->width * (gsize)samples->height * (gsize)samples->channels;

  if (samples->precision <= 8)
    return native->putAndInsertUint8Array (DCM_PixelData, samples->bytes, n).good ();
  /* What is little-endian here is so in the data set too. */
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    for (gsize i = 0; i < n; i++)
      std::swap (samples->bytes[2 * i], samples->bytes[2 * i + 1]);
  return native->putAndInsertUint16Array (DCM_PixelData, (const Uint16 *)samples->bytes, n).good ();
}

} // namespace

/**
 * imp_dicom_check_codestreams:
 * @dicom: a parsed file of JPEG 2000 or JPEG XL frames
 * @error: where to put the error
 *
 * Finds every frame, sees that each one's codestream is there to its end (JPEG 2000) and is what
 * the header says, and notes whether any of them is lossy or all only claim that they are not, and
 * how many pixels share a colour: frames that differ in that, or begin within such a block, get the
 * margin of lossy ones. None is decoded. JPEG XL's own colour spaces are noted.
 *
 * Returns: whether nothing is missing; else %IMP_ERROR_DAMAGED or %IMP_ERROR_UNSUPPORTED
 */
bool
imp_dicom_check_codestreams (ImpDicom *dicom, GError **error)
{
  bool lossy = false;
  ImpGrid grid = { 1, 1 };

  if (!imp_dicom_map_frames (dicom, error))
    return false;
  for (guint frame = 0; frame < dicom->n_frames; frame++)
    {
      Stream stream = {};

      if (!scan (dicom, frame, &stream, error))
        return false;
      lossy = lossy || is_lossy (dicom, &stream);
      if (is_jxl (dicom))
        {
          if (dicom->samples == 3)
            note_colours (dicom, frame, &stream.jxl);
          continue;
        }
      if (frame == 0)
        grid = { (int)stream.j2k.across, (int)stream.j2k.down };
      lossy = lossy || stream.j2k.askew || grid.width != (int)stream.j2k.across
              || grid.height != (int)stream.j2k.down;
    }
  if (grid.width > 1 || grid.height > 1)
    dicom->notes->grid = grid;
  if (lossy)
    dicom->notes->codec = dicom->family;
  dicom->notes->lossless_claimed = !lossy;
  return true;
}

/**
 * imp_dicom_decode_grey:
 * @dicom: a file whose frames are mapped, and grey
 * @frame: 0-based, less than its number of frames
 * @grey: (inout): gets its bytes, and where in them the stored bits lie
 * @error: where to put the error
 *
 * Returns: whether the frame is complete; else %IMP_ERROR_DAMAGED or %IMP_ERROR_UNSUPPORTED
 */
bool
imp_dicom_decode_grey (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error)
{
  Stream stream = {};
  g_autoptr (ImpSamples) samples = decode (dicom, frame, &stream, error);

  if (samples == nullptr)
    return false;
  grey->bytes = (guint8 *)g_steal_pointer (&samples->bytes);
  grey->bits_allocated = dicom->bits_stored > 8 ? 16 : 8;
  grey->high_bit = dicom->bits_stored - 1; /* a codestream holds values, not cells */
  return true;
}

/**
 * imp_dicom_decode_colour:
 * @dicom: a file whose frames are mapped, and in colours
 * @frame: 0-based, less than its number of frames
 * @native: (out): the frame as an uncompressed data set, for DCMTK to show
 * @error: where to put the error
 *
 * Returns: whether the frame is complete; else %IMP_ERROR_DAMAGED or %IMP_ERROR_UNSUPPORTED
 */
bool
imp_dicom_decode_colour (ImpDicom *dicom, guint frame, std::unique_ptr<DcmDataset> &native,
                         GError **error)
{
  Stream stream = {};
  g_autoptr (ImpSamples) samples = decode (dicom, frame, &stream, error);
  const char *photometric = stream.rgb && dicom->samples == 3 ? "RGB" : dicom->notes->photometric;

  if (samples == nullptr)
    return false;
  /* Subsampled chrominance was repeated for each pixel. */
  if (strcmp (photometric, "YBR_FULL_422") == 0)
    photometric = "YBR_FULL";
  native.reset (new DcmDataset ());
  native->putAndInsertUint16 (DCM_SamplesPerPixel, (Uint16)dicom->samples);
  native->putAndInsertString (DCM_PhotometricInterpretation, photometric);
  if (dicom->samples > 1)
    native->putAndInsertUint16 (DCM_PlanarConfiguration, 0);
  native->putAndInsertUint16 (DCM_Rows, (Uint16)dicom->height);
  native->putAndInsertUint16 (DCM_Columns, (Uint16)dicom->width);
  native->putAndInsertUint16 (DCM_BitsAllocated, dicom->bits_stored > 8 ? 16 : 8);
  native->putAndInsertUint16 (DCM_BitsStored, (Uint16)dicom->bits_stored);
  native->putAndInsertUint16 (DCM_HighBit, (Uint16)(dicom->bits_stored - 1));
  native->putAndInsertUint16 (DCM_PixelRepresentation, dicom->is_signed ? 1 : 0);
  if (put_pixels (native.get (), samples) && copy_palette (dicom->dataset, native.get ()))
    return true;
  imp_dicom_fail_damaged (error);
  return false;
}
