#include "dicom-private.h"

#include "imp-ultrasound-region.h"

/**
 * imp_dicom_note_regions:
 * @dicom: a parsed file
 *
 * Notes the Sequence of Ultrasound Regions (0018,6011) as it stands: the format of each and its
 * corners (PS3.3 C.8.5.5). An item without all of its corners is left out.
 */
void
imp_dicom_note_regions (ImpDicom *dicom)
{
  static const DcmTagKey corners[] = { DCM_RegionLocationMinX0, DCM_RegionLocationMinY0,
                                       DCM_RegionLocationMaxX1, DCM_RegionLocationMaxY1 };
  DcmItem *region = nullptr;

  for (signed long i = 0; i < (signed long)IMP_ULTRASOUND_MOST_REGIONS; i++)
    {
      Uint16 format = 0;
      Uint32 at[4] = { 0, 0, 0, 0 };
      bool whole = true;

      if (dicom->dataset->findAndGetSequenceItem (DCM_SequenceOfUltrasoundRegions, region, i).bad ()
          || region == nullptr)
        break;
      region->findAndGetUint16 (DCM_RegionSpatialFormat, format);
      for (guint j = 0; j < G_N_ELEMENTS (corners); j++)
        whole = whole && region->findAndGetUint32 (corners[j], at[j]).good ();
      if (whole)
        imp_notes_add_region (dicom->notes, format, at);
    }
}
