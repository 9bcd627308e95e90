#include "dicom-private.h"

#include <cstdlib>

/* Colours as a file means them where DCMTK takes it at its word, or passes over what it says. */

namespace
{

const int near = 3;
const int n_rows = 64; /* of the first frame, spread over it */

/* One sample row of the first frame, as three channels one after the other. */
bool
read_row (ImpDicom *dicom, int row, bool planes, guint8 *out)
{
  gsize columns = (gsize)dicom->width;
  gsize plane = columns * (gsize)dicom->height;
  g_autofree guint8 *mixed = nullptr;

  if (planes)
    {
      for (gsize c = 0; c < 3; c++)
        if (dicom->pixels
                ->getPartialValue (out + c * columns, (Uint32)(c * plane + (gsize)row * columns),
                                   (Uint32)columns, &dicom->cache)
                .bad ())
          return false;
      return true;
    }
  mixed = (guint8 *)g_malloc (3 * columns);
  if (dicom->pixels
          ->getPartialValue (mixed, (Uint32)((gsize)row * columns * 3), (Uint32)(3 * columns),
                             &dicom->cache)
          .bad ())
    return false;
  for (gsize x = 0; x < columns; x++)
    for (gsize c = 0; c < 3; c++)
      out[c * columns + x] = mixed[3 * x + c];
  return true;
}

/* Medical pictures are mostly black and grey. Grey has three equal samples in RGB; in YBR_FULL its
 * second and third are 128. So the pixels tell which of the two they are. */
bool
looks_like_rgb (ImpDicom *dicom)
{
  Uint16 planar = 0;
  gsize columns = (gsize)dicom->width;
  g_autofree guint8 *row = (guint8 *)g_malloc (3 * columns);
  guint64 rgb = 0;
  guint64 ybr = 0;

  dicom->dataset->findAndGetUint16 (DCM_PlanarConfiguration, planar);
  for (int i = 0; i < MIN (n_rows, dicom->height); i++)
    {
      int y = (int)((gint64)i * dicom->height / MIN (n_rows, dicom->height));

      if (dicom->bits_allocated != 8 || !read_row (dicom, y, planar == 1, row))
        return false;
      for (gsize x = 0; x < columns; x++)
        {
          int a = row[x];
          int b = row[columns + x];
          int c = row[2 * columns + x];

          rgb += std::abs (a - b) <= near && std::abs (a - c) <= near;
          ybr += std::abs (b - 128) <= near && std::abs (c - 128) <= near;
        }
    }
  return rgb > 2 * ybr;
}

/* The only profile of the data set, or of all its optical paths (PS3.3 C.11.15, C.8.12.5). */
bool
find_profile (ImpDicom *dicom, const Uint8 **data, unsigned long *length, bool *several)
{
  DcmItem *path = nullptr;
  const Uint8 *other = nullptr;
  unsigned long other_length = 0;

  *several = false;
  if (dicom->dataset->findAndGetUint8Array (DCM_ICCProfile, *data, length).good ()
      && *data != nullptr && *length > 0)
    return true;
  *data = nullptr;
  for (signed long i = 0;
       i < 64 && dicom->dataset->findAndGetSequenceItem (DCM_OpticalPathSequence, path, i).good ()
       && path != nullptr;
       i++)
    {
      if (path->findAndGetUint8Array (DCM_ICCProfile, other, &other_length).bad ()
          || other == nullptr || other_length == 0)
        continue;
      if (*data != nullptr && (*length != other_length || memcmp (*data, other, other_length) != 0))
        *several = true;
      *data = other;
      *length = other_length;
    }
  return *data != nullptr;
}

} // namespace

/**
 * imp_dicom_settle_unsampled:
 * @dicom: a file whose uncompressed data have three samples for each pixel, though it calls them
 *   YBR_FULL_422
 *
 * Such data are YBR_FULL, or RGB as a careless decompressor left them (dicom.md row 16): what they
 * look like decides, and a warning says so.
 */
void
imp_dicom_settle_unsampled (ImpDicom *dicom)
{
  const char *model = looks_like_rgb (dicom) ? "RGB" : "YBR_FULL";

  dicom->dataset->putAndInsertString (DCM_PhotometricInterpretation, model);
  imp_notes_warn (dicom->notes,
                  N_ ("The picture says that it is YBR_FULL_422, but its data are too long for "
                      "that: it is shown as %s, and its colours may be wrong"),
                  model);
}

/**
 * imp_dicom_note_profile:
 * @dicom: a parsed file whose pixels are colours
 *
 * Looks for an ICC profile (0028,2000), or for that of JPEG XL's frames where the data set has
 * none, and readies the way from it to sRGB.
 */
void
imp_dicom_note_profile (ImpDicom *dicom)
{
  const Uint8 *data = nullptr;
  unsigned long length = 0;
  bool several = false;
  gboolean refused = FALSE;

  if (!find_profile (dicom, &data, &length, &several))
    {
      data = dicom->coded_profile.data ();
      length = dicom->coded_profile.size ();
      several = dicom->coded_otherwise;
    }
  if (length == 0 && !several && !dicom->converts)
    return;
  if (!several && length > 0)
    dicom->profile = imp_colour_new_for (IMP_COLOUR_RGB, data, length,
                                         (gsize)dicom->width * (gsize)dicom->height, &refused);
  if (several || refused)
    imp_notes_warn_profile (dicom->notes);
  imp_notes_add_property (dicom->notes, "icc_profile",
                          several || refused ? "refused"
                          : dicom->converts  ? "converted"
                                             : "applied");
}

/**
 * imp_dicom_apply_profile:
 * @dicom: a parsed file
 * @rgb: (inout): @n_pixels × 3 bytes of the frame that was decoded last, as the file means them,
 *   made sRGB unless its decoder has done so
 * @n_pixels: how many
 */
void
imp_dicom_apply_profile (const ImpDicom *dicom, guint8 *rgb, gsize n_pixels)
{
  if (dicom->profile != nullptr && !dicom->converted && !imp_colour_is_identity (dicom->profile))
    imp_colour_convert (dicom->profile, rgb, rgb, n_pixels);
}
