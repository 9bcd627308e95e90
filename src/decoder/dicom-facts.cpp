#include "dicom-private.h"

#include "imp-keys.h"
#include "imp-margin.h"

/**
 * imp_dicom_frame_macro:
 * @dicom: a parsed file
 * @frame: 0-based
 * @sequence: a functional group's sequence, such as Frame VOI LUT Sequence (0028,9132)
 * @wanted: an attribute of it
 *
 * Finds where @wanted holds for @frame: in the data set itself, in the frame's functional group, or
 * in the shared one (PS3.3 C.7.6.16). Where it is empty it holds nowhere.
 *
 * Returns: (transfer none) (nullable): the item that has it
 */
DcmItem *
imp_dicom_frame_macro (ImpDicom *dicom, guint frame, const DcmTagKey &sequence,
                       const DcmTagKey &wanted)
{
  DcmItem *group = nullptr;
  DcmItem *item = nullptr;

  if (dicom->dataset->tagExistsWithValue (wanted))
    return dicom->dataset;
  if (dicom->dataset
          ->findAndGetSequenceItem (DCM_PerFrameFunctionalGroupsSequence, group, (signed long)frame)
          .good ()
      && group != nullptr && group->findAndGetSequenceItem (sequence, item, 0).good ()
      && item != nullptr && item->tagExistsWithValue (wanted))
    return item;
  if (dicom->dataset->findAndGetSequenceItem (DCM_SharedFunctionalGroupsSequence, group, 0).good ()
      && group != nullptr && group->findAndGetSequenceItem (sequence, item, 0).good ()
      && item != nullptr && item->tagExistsWithValue (wanted))
    return item;
  return nullptr;
}

/**
 * imp_dicom_get_value:
 * @dicom: a parsed file
 * @item: its data set, or an item in it
 * @key: an attribute of it
 *
 * Returns: (transfer full) (nullable): its text in UTF-8, %NULL where there is none
 */
char *
imp_dicom_get_value (ImpDicom *dicom, DcmItem *item, const DcmTagKey &key)
{
  DcmElement *element = nullptr;
  OFString charset;
  char *value = nullptr;

  if (item->findAndGetOFStringArray (DCM_SpecificCharacterSet, charset).bad ())
    dicom->dataset->findAndGetOFStringArray (DCM_SpecificCharacterSet, charset);
  if (item->findAndGetElement (key, element).good () && element != nullptr)
    value = imp_dicom_get_text (element, DcmTag (key).getEVR (), charset.c_str ());
  if (value != nullptr && *value == '\0')
    g_clear_pointer (&value, g_free);
  return value;
}

static const char *
find_kind (const char *modality)
{
  static const struct
  {
    const char *modalities;
    const char *kind;
  } kinds[] = { { "CR DX DR MG RF XA PX IO RG", "x-ray" },
                { "US IVUS", "ultrasound" },
                { "CT", "ct" },
                { "MR", "mr" },
                { "ES", "scope" },
                { "SM", "slide" },
                { "XC OP", "photograph" } };

  for (const auto &each : kinds)
    {
      g_auto (GStrv) list = g_strsplit (each.modalities, " ", -1);

      if (modality != nullptr && g_strv_contains (list, modality))
        return each.kind;
    }
  return nullptr;
}

/* Where the modality is silent or wrong (OT, SC), the SOP class may say. */
static const char *
find_kind_of_class (const char *sop)
{
  static const struct
  {
    const char *uid;
    const char *kind;
  } kinds[] = { { UID_ComputedRadiographyImageStorage, "x-ray" },
                { UID_DigitalXRayImageStorageForPresentation, "x-ray" },
                { UID_DigitalMammographyXRayImageStorageForPresentation, "x-ray" },
                { UID_XRayAngiographicImageStorage, "x-ray" },
                { UID_XRayRadiofluoroscopicImageStorage, "x-ray" },
                { UID_UltrasoundImageStorage, "ultrasound" },
                { UID_UltrasoundMultiframeImageStorage, "ultrasound" },
                { UID_CTImageStorage, "ct" },
                { UID_EnhancedCTImageStorage, "ct" },
                { UID_MRImageStorage, "mr" },
                { UID_EnhancedMRImageStorage, "mr" },
                { UID_VLEndoscopicImageStorage, "scope" },
                { UID_VLWholeSlideMicroscopyImageStorage, "slide" },
                { UID_VLMicroscopicImageStorage, "slide" },
                { UID_VLPhotographicImageStorage, "photograph" },
                { UID_OphthalmicPhotography8BitImageStorage, "photograph" } };

  for (const auto &each : kinds)
    if (strcmp (each.uid, sop) == 0)
      return each.kind;
  return nullptr;
}

static void
note_shutter (ImpDicom *dicom)
{
  if (dicom->dataset->tagExists (DCM_ShutterShape)
      || dicom->dataset->tagExists (DCM_ShutterOverlayGroup))
    imp_notes_warn (
        dicom->notes,
        N_ ("The file asks for a display shutter: it is not applied, so that nothing is hidden"),
        nullptr);
}

static guint
count_values (const char *const *values)
{
  guint n = 0;

  for (const char *const *each = values; *each != nullptr; each++)
    n += **each != '\0';
  return n == 0 ? 0 : g_strv_length ((char **)values);
}

/* How often the picture was coded with losses before it was coded as it is now: one value of Lossy
 * Image Compression Ratio and Method (0028,2112) (0028,2114) for each time, the last of them for
 * this coding, if it is lossy and the header names it or names none. */
static guint
count_earlier (ImpDicom *dicom, const char *own)
{
  g_autofree char *said =
      imp_dicom_get_value (dicom, dicom->dataset, DCM_LossyImageCompressionMethod);
  g_autofree char *shares =
      imp_dicom_get_value (dicom, dicom->dataset, DCM_LossyImageCompressionRatio);
  g_auto (GStrv) methods = g_strsplit (said != nullptr ? said : "", "\\", -1);
  g_auto (GStrv) ratios = g_strsplit (shares != nullptr ? shares : "", "\\", -1);
  guint n_methods = count_values (methods);
  guint n = MAX (n_methods, count_values (ratios));
  OFString lossy;

  dicom->dataset->findAndGetOFString (DCM_LossyImageCompression, lossy);
  if (lossy != "01" && n_methods == 0 && n < 2)
    return 0; /* a ratio alone may be that of a lossless coding */
  n = MAX (n, 1);
  if (own != nullptr && (n_methods == 0 || strcmp (g_strstrip (methods[n_methods - 1]), own) == 0))
    n--;
  return n;
}

/* Nobody knows where an earlier coding's blocks lay, nor what was done to the picture between. */
static void
note_lossiness (ImpDicom *dicom)
{
  ImpNotes *notes = dicom->notes;
  const char *own = nullptr;

  if (notes->codec == nullptr && g_str_has_suffix (dicom->uid, ".4.81"))
    notes->codec = "jpeg-ls";
  if (strcmp (dicom->family, "jpeg") == 0 && notes->grid.width != 0)
    own = "ISO_10918_1";
  else if (g_strcmp0 (notes->codec, "jpeg-ls") == 0)
    own = "ISO_14495_1";
  if (count_earlier (dicom, own) == 0)
    return;
  if (imp_margin_of_codec (notes->codec) < imp_margin_of_codec ("unknown"))
    notes->codec = "unknown";
  notes->lossless_claimed = false;
}

/* Whether a frame may have more values than there are indices to tell them apart (imp-keys.h). */
static bool
shares_shades (const ImpDicom *dicom)
{
  return dicom->grey && dicom->bits_allocated > 16 && dicom->bits_stored > 16
         && (gint64)dicom->width * dicom->height > IMP_KEYS_MOST;
}

/**
 * imp_dicom_note_facts:
 * @dicom: a parsed file with a picture
 *
 * Fills the notes with what the file says of its picture and everything that it gives away.
 */
void
imp_dicom_note_facts (ImpDicom *dicom)
{
  ImpNotes *notes = dicom->notes;
  OFString sop;

  notes->burned_in = imp_dicom_get_value (dicom, dicom->dataset, DCM_BurnedInAnnotation);
  notes->modality = imp_dicom_get_value (dicom, dicom->dataset, DCM_Modality);
  imp_dicom_note_patient (dicom);
  dicom->dataset->findAndGetOFString (DCM_SOPClassUID, sop);
  notes->image_kind = find_kind (notes->modality);
  if (notes->image_kind == nullptr)
    notes->image_kind = find_kind_of_class (sop.c_str ());
  if (dicom->grey)
    {
      imp_dicom_note_modality (dicom);
      imp_dicom_note_voi (dicom);
    }
  else
    imp_dicom_note_profile (dicom);
  imp_dicom_note_overlays (dicom);
  imp_dicom_note_shape (dicom);
  imp_dicom_note_regions (dicom);
  note_shutter (dicom);
  note_lossiness (dicom);
  notes->shades_shared = shares_shades (dicom);
  imp_dicom_note_properties (dicom);
  imp_dicom_note_giveaways (dicom);
}
