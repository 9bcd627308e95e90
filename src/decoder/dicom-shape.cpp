#include "dicom-private.h"

#include <cmath>

#include "imp-facts.h"

/* The shape of a pixel (PS3.3 C.7.6.3.1.7, 10.7.1): vertical size first, horizontal second. */

namespace
{

const double tolerance = 0.01; /* what is nearer to square than this is square */
const double exactness = 1e-4;
const int largest = 1000;

/* Two sizes of one attribute; false where they are not there. */
bool
read_pair (DcmItem *item, const DcmTagKey &key, double *vertical, double *horizontal)
{
  Sint32 whole[2] = { 0, 0 };

  if (item == nullptr || !item->tagExistsWithValue (key))
    return false;
  *vertical = *horizontal = 0;
  if (key == DCM_PixelAspectRatio)
    {
      item->findAndGetSint32 (key, whole[0], 0);
      item->findAndGetSint32 (key, whole[1], 1);
      *vertical = whole[0];
      *horizontal = whole[1];
      return true;
    }
  if (item->findAndGetFloat64 (key, *vertical, 0).bad ()
      || item->findAndGetFloat64 (key, *horizontal, 1).bad ())
    *vertical = *horizontal = 0;
  return true;
}

bool
is_square (double vertical, double horizontal)
{
  return std::fabs (vertical / horizontal - 1) <= tolerance;
}

/* The smallest whole numbers in a proportion of 1 or more, by its continued fraction. */
void
approximate (double ratio, int *above, int *below)
{
  double rest = ratio;
  gint64 p[2] = { 1, 0 };
  gint64 q[2] = { 0, 1 };

  for (int i = 0; i < 32; i++)
    {
      gint64 whole = (gint64)std::floor (rest);
      gint64 next_p = whole * p[0] + p[1];
      gint64 next_q = whole * q[0] + q[1];

      if (next_p > largest || next_q > largest)
        break;
      p[1] = p[0];
      q[1] = q[0];
      p[0] = next_p;
      q[0] = next_q;
      if (std::fabs ((double)p[0] / (double)q[0] / ratio - 1) <= exactness
          || rest - (double)whole < 1e-9)
        break;
      rest = 1 / (rest - (double)whole);
    }
  *above = (int)p[0];
  *below = (int)q[0];
}

/* What says how large a pixel is, the first that does: an aspect ratio, unless it is 1\1, which
 * careless software writes; then sizes. @measures has the frame's. False where nothing does, or
 * only nonsense. */
bool
find_sizes (ImpDicom *dicom, DcmItem *measures, double *vertical, double *horizontal,
            bool *nonsense)
{
  DcmDataset *dataset = dicom->dataset;
  const struct
  {
    DcmItem *item;
    DcmTagKey key;
  } places[] = {
    { dataset, DCM_PixelAspectRatio },
    { measures, DCM_PixelSpacing },
    { dataset, DCM_ImagerPixelSpacing },
    { dataset, DCM_NominalScannedPixelSpacing },
  };

  for (const auto &place : places)
    {
      if (!read_pair (place.item, place.key, vertical, horizontal))
        continue;
      if (!std::isfinite (*vertical) || !std::isfinite (*horizontal) || *vertical <= 0
          || *horizontal <= 0)
        *nonsense = true;
      else if (place.key != DCM_PixelAspectRatio || !is_square (*vertical, *horizontal))
        return true;
    }
  return false;
}

double
find_ratio (ImpDicom *dicom, DcmItem *measures)
{
  double vertical = 1;
  double horizontal = 1;
  bool nonsense = false;

  return find_sizes (dicom, measures, &vertical, &horizontal, &nonsense) ? vertical / horizontal
                                                                         : 1;
}

DcmItem *
find_measures (DcmItem *group)
{
  DcmItem *item = nullptr;

  if (group != nullptr && group->findAndGetSequenceItem (DCM_PixelMeasuresSequence, item, 0).good ()
      && item != nullptr && item->tagExistsWithValue (DCM_PixelSpacing))
    return item;
  return nullptr;
}

/* Whether the frames' own Pixel Measures give them different shapes. The items are gone through in
 * their order, as looking each up by its number would begin at the first. */
bool
frames_differ (ImpDicom *dicom)
{
  DcmSequenceOfItems *frames = nullptr;
  DcmItem *group = nullptr;
  DcmItem *shared = nullptr;
  double first = 0;

  if (dicom->n_frames < 2 || dicom->dataset->tagExistsWithValue (DCM_PixelSpacing)
      || dicom->dataset->findAndGetSequence (DCM_PerFrameFunctionalGroupsSequence, frames).bad ()
      || frames == nullptr)
    return false;
  if (dicom->dataset->findAndGetSequenceItem (DCM_SharedFunctionalGroupsSequence, group, 0).good ())
    shared = find_measures (group);
  for (DcmObject *each = frames->nextInContainer (nullptr); each != nullptr;
       each = frames->nextInContainer (each))
    {
      DcmItem *own = find_measures (dynamic_cast<DcmItem *> (each));
      double ratio = find_ratio (dicom, own != nullptr ? own : shared);

      if (first == 0)
        first = ratio;
      if (!is_square (ratio, first))
        return true;
    }
  return false;
}

/* Regions of ultrasound measure parts of a screen: they are no reason to stretch all of it. */
bool
regions_are_not_square (ImpDicom *dicom)
{
  DcmItem *region = nullptr;

  for (signed long i = 0; i < 64; i++)
    {
      Uint16 format = 0;
      Uint16 units[2] = { 0, 0 };
      Float64 x = 0;
      Float64 y = 0;

      if (dicom->dataset->findAndGetSequenceItem (DCM_SequenceOfUltrasoundRegions, region, i).bad ()
          || region == nullptr)
        break;
      region->findAndGetUint16 (DCM_RegionSpatialFormat, format);
      region->findAndGetUint16 (DCM_PhysicalUnitsXDirection, units[0]);
      region->findAndGetUint16 (DCM_PhysicalUnitsYDirection, units[1]);
      if (format == 1 && units[0] == 3 && units[1] == 3
          && region->findAndGetFloat64 (DCM_PhysicalDeltaX, x).good ()
          && region->findAndGetFloat64 (DCM_PhysicalDeltaY, y).good () && x != 0 && y != 0
          && !is_square (std::fabs (y), std::fabs (x)))
        return true;
    }
  return false;
}

} // namespace

/**
 * imp_dicom_note_shape:
 * @dicom: a parsed file
 *
 * Notes the shape of a pixel, from Pixel Aspect Ratio (0028,0034), Pixel Spacing (0028,0030), also
 * of the first frame's functional group, Imager Pixel Spacing (0018,1164) or Nominal Scanned Pixel
 * Spacing (0018,2010).
 */
void
imp_dicom_note_shape (ImpDicom *dicom)
{
  ImpNotes *notes = dicom->notes;
  double vertical = 1;
  double horizontal = 1;
  bool nonsense = false;
  bool found = find_sizes (
      dicom, imp_dicom_frame_macro (dicom, 0, DCM_PixelMeasuresSequence, DCM_PixelSpacing),
      &vertical, &horizontal, &nonsense);

  if (frames_differ (dicom))
    {
      imp_notes_warn (notes,
                      N_ ("The frames' pixels have different shapes: the picture is shown as it is "
                          "stored, and shapes may be stretched"),
                      nullptr);
      return;
    }
  if (found && MAX (vertical, horizontal) > IMP_FACTS_MAX_SHAPE * MIN (vertical, horizontal))
    {
      found = false;
      nonsense = true;
    }
  if (!found && nonsense)
    imp_notes_warn (notes,
                    N_ ("The file gives its pixels a shape that makes no sense: they are taken to "
                        "be square"),
                    nullptr);
  else if (!found && regions_are_not_square (dicom))
    imp_notes_warn (notes,
                    N_ ("The file's ultrasound regions say that pixels are not square: the picture "
                        "is shown as it is stored, and shapes may be stretched"),
                    nullptr);
  if (!found || is_square (vertical, horizontal))
    return;
  if (vertical > horizontal)
    approximate (vertical / horizontal, &notes->shape.height, &notes->shape.width);
  else
    approximate (horizontal / vertical, &notes->shape.width, &notes->shape.height);
  imp_notes_warn (notes,
                  N_ ("The picture's pixels are not square: it is shown and exported with square "
                      "pixels"),
                  nullptr);
}
