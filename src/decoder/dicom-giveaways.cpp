#include "dicom-private.h"

#include "imp-charset.h"

typedef enum
{
  TAG_SKIP,       /* technique and geometry */
  TAG_SHOW,       /* shown to the user, but no identifier */
  TAG_IDENTIFIES, /* must not occur in an export */
} TagClass;

/* Text that describes how a picture was made, not of whom, by whom or where. */
static const char *const technique[] = { "CodeValue",
                                         "LongCodeValue",
                                         "URNCodeValue",
                                         "CodeMeaning",
                                         "CodingSchemeDesignator",
                                         "CodingSchemeVersion",
                                         "CodingSchemeName",
                                         "CodingSchemeResponsibleOrganization",
                                         "CodingSchemeRegistry",
                                         "CodingSchemeExternalID",
                                         "MappingResourceName",
                                         "SequenceName",
                                         "ConvolutionKernel",
                                         "ImplementationVersionName",
                                         "PulseSequenceName",
                                         "WindowCenterWidthExplanation",
                                         "LUTExplanation",
                                         "ModalityLUTType",
                                         "RescaleType",
                                         "ReceiveCoilName",
                                         "TransmitCoilName",
                                         "ContrastBolusAgent",
                                         "TransducerData",
                                         "AcquisitionDeviceProcessingCode",
                                         "AcquisitionDeviceProcessingDescription",
                                         "FilterType",
                                         "SpecificCharacterSet",
                                         "ContrastBolusIngredient",
                                         "RadiopharmaceuticalRoute",
                                         "Radiopharmaceutical",
                                         "PixelPresentation",
                                         "SegmentLabel",
                                         "SegmentDescription",
                                         "OpticalPathDescription",
                                         "PresentationLUTShape",
                                         "ZoomFactor",
                                         "ImagedNucleus",
                                         "OverlayLabel",
                                         "TransducerType",
                                         "ProcessingFunction",
                                         "PostprocessingFunction",
                                         "DVHType",
                                         "PhantomType",
                                         "DetectorDescription",
                                         "GridAbsorbingMaterial",
                                         "GridSpacingMaterial",
                                         "IntensifierSize",
                                         "ColorSpace",
                                         "LossyImageCompressionMethod" };

static const char *const shown[] = { "PatientSex",
                                     "PatientAge",
                                     "PatientSize",
                                     "PatientWeight",
                                     "EthnicGroup",
                                     "SmokingStatus",
                                     "PregnancyStatus",
                                     "Modality",
                                     "Manufacturer",
                                     "ManufacturerModelName",
                                     "SoftwareVersions",
                                     "BodyPartExamined",
                                     "ViewPosition",
                                     "ImageLaterality",
                                     "Laterality",
                                     "BurnedInAnnotation",
                                     "PatientIdentityRemoved",
                                     "DeidentificationMethod",
                                     "ImplementationClassUID",
                                     "PatientSpeciesDescription",
                                     "PatientBreedDescription",
                                     "PatientSexNeutered",
                                     "LongitudinalTemporalInformationModified",
                                     "InstanceNumber",
                                     "SeriesNumber" };

static bool
is_in (const char *const *list, gsize n, const char *keyword)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (list[i], keyword) == 0)
      return true;
  return false;
}

static bool
is_text (DcmEVR vr)
{
  switch (vr)
    {
    case EVR_AE:
    case EVR_LO:
    case EVR_LT:
    case EVR_PN:
    case EVR_SH:
    case EVR_ST:
    case EVR_UC:
    case EVR_UR:
    case EVR_UT:
      return true;
    default:
      return false;
    }
}

static TagClass
classify (const char *keyword, DcmEVR vr, const char *value)
{
  if (is_in (shown, G_N_ELEMENTS (shown), keyword))
    return TAG_SHOW;
  if (is_in (technique, G_N_ELEMENTS (technique), keyword))
    return TAG_SKIP;
  switch (vr)
    {
    case EVR_UI:
      /* Standard and class UIDs are the same in every file of a kind. */
      if (g_str_has_prefix (value, "1.2.840.10008.") || g_str_has_suffix (keyword, "ClassUID")
          || g_str_has_suffix (keyword, "ClassesInFile")
          || strcmp (keyword, "CodingSchemeUID") == 0)
        return TAG_SKIP;
      return TAG_IDENTIFIES;
    case EVR_DA:
    case EVR_DT:
    case EVR_TM:
      return TAG_IDENTIFIES;
    default:
      return is_text (vr) ? TAG_IDENTIFIES : TAG_SKIP;
    }
}

/* Each part of a name of four characters or more is an identifier by itself. */
static void
note_name_parts (ImpNotes *notes, const char *where, const char *keyword, const char *value)
{
  g_auto (GStrv) parts = g_strsplit_set (value, "^=\\ ,", -1);

  for (guint i = 0; parts[i] != nullptr; i++)
    if (g_utf8_strlen (parts[i], -1) >= 4 && strcmp (parts[i], value) != 0)
      imp_notes_add (notes, where, keyword, parts[i], TRUE);
}

static bool
is_printable (const char *bytes, gsize length)
{
  while (length > 0 && (bytes[length - 1] == '\0' || bytes[length - 1] == ' '))
    length--;
  if (length == 0)
    return false;
  for (gsize i = 0; i < length; i++)
    if ((guchar)bytes[i] < 0x20 && bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != '\t')
      return false;
  return true;
}

/**
 * imp_dicom_get_text:
 * @element: an element
 * @vr: its VR, by the dictionary where it stands as UN
 * @charset: the Specific Character Set (0008,0005) that holds for it
 *
 * Returns: (transfer full) (nullable): its text in UTF-8, also where its VR is unknown and it holds
 *   text
 */
char *
imp_dicom_get_text (DcmElement *element, DcmEVR vr, const char *charset)
{
  char *string = nullptr;
  Uint32 length = 0;
  Uint8 *bytes = nullptr;

  if (element->getLength () == 0)
    return nullptr;
  if (element->getVR () == EVR_UN || element->ident () == EVR_UN)
    {
      length = element->getLength ();
      if (element->getUint8Array (bytes).bad () || bytes == nullptr
          || !is_printable ((const char *)bytes, MIN (length, 4096)))
        return nullptr;
      string = (char *)bytes;
    }
  else if (!is_text (vr) && vr != EVR_UI && vr != EVR_DA && vr != EVR_DT && vr != EVR_TM
           && vr != EVR_CS && vr != EVR_AS && vr != EVR_DS && vr != EVR_IS)
    return nullptr;
  else if (element->getString (string, length).bad () || string == nullptr)
    return nullptr;
  return imp_charset_to_utf8 (charset, string, MIN (length, IMP_NOTES_MAX_VALUE));
}

static void
note_private (ImpDicom *dicom, DcmElement *element, const char *where, const char *charset)
{
  const DcmTag &tag = element->getTag ();
  g_autofree char *value = imp_dicom_get_text (element, tag.getEVR (), charset);
  bool creator = tag.getElement () >= 0x10 && tag.getElement () <= 0xff;

  if (value != nullptr && *value == '\0')
    return;
  imp_notes_add (dicom->notes, where, "private", value, value != nullptr && !creator);
}

static void
note_element (ImpDicom *dicom, DcmElement *element, const char *charset)
{
  DcmTag tag = element->getTag ();
  DcmTag known (tag.getGroup (), tag.getElement ());
  DcmEVR vr = tag.getEVR () == EVR_UN ? known.getEVR () : tag.getEVR ();
  const char *keyword = nullptr;
  g_autofree char *where =
      g_strdup_printf ("DICOM (%04x,%04x)", tag.getGroup (), tag.getElement ());
  g_autofree char *value = nullptr;
  TagClass kind = TAG_SKIP;

  if ((tag.getGroup () & 1) != 0)
    {
      note_private (dicom, element, where, charset);
      return;
    }
  if (tag.getGroup () >= 0x5000 && tag.getGroup () <= 0x501e)
    {
      if (tag.getElement () == 0x3000)
        imp_notes_add (dicom->notes, where, "curve", nullptr, FALSE);
      return;
    }
  if (tag.getElement () == 0x0000 || (tag.getGroup () >= 0x6000 && tag.getGroup () <= 0x601e))
    return;
  if (tag == DCM_ICCProfile)
    imp_notes_add (dicom->notes, where, "icc", nullptr, FALSE);
  keyword = known.getTagName ();
  if (g_str_has_prefix (keyword, "RETIRED_"))
    keyword += strlen ("RETIRED_");
  value = imp_dicom_get_text (element, vr, charset);
  if (value == nullptr || *value == '\0')
    return;
  kind = classify (keyword, vr, value);
  if (kind == TAG_SKIP)
    return;
  imp_notes_add (dicom->notes, where, keyword, value, kind == TAG_IDENTIFIES);
  if (vr == EVR_PN)
    note_name_parts (dicom->notes, where, keyword, value);
}

#define MAX_DEPTH 64

static void walk_item (ImpDicom *dicom, DcmItem *item, const char *charset, int depth);

static void
walk_sequence (ImpDicom *dicom, DcmSequenceOfItems *sequence, const char *charset, int depth)
{
  DcmObject *object = nullptr;

  while ((object = sequence->nextInContainer (object)) != nullptr)
    {
      DcmItem *item = dynamic_cast<DcmItem *> (object);

      if (item != nullptr)
        walk_item (dicom, item, charset, depth + 1);
    }
}

static void
walk_item (ImpDicom *dicom, DcmItem *item, const char *charset, int depth)
{
  DcmObject *object = nullptr;
  OFString own;

  if (depth > MAX_DEPTH)
    {
      dicom->notes->incomplete = TRUE;
      return;
    }
  if (item->findAndGetOFStringArray (DCM_SpecificCharacterSet, own).bad () || own.empty ())
    own = charset;
  while ((object = item->nextInContainer (object)) != nullptr)
    {
      DcmElement *element = dynamic_cast<DcmElement *> (object);
      DcmSequenceOfItems *sequence = dynamic_cast<DcmSequenceOfItems *> (object);
      DcmTagKey key = object->getTag ();

      if (key == DCM_PixelData || element == nullptr)
        continue;
      if (key == DCM_IconImageSequence)
        imp_notes_add (dicom->notes, "DICOM (0088,0200)", "thumbnail", nullptr, FALSE);
      if (sequence != nullptr)
        walk_sequence (dicom, sequence, own.c_str (), depth);
      else
        note_element (dicom, element, own.c_str ());
    }
}

/**
 * imp_dicom_note_giveaways:
 * @dicom: a parsed file
 *
 * Notes every attribute of patient, study, institution, staff, device and date, nested ones too.
 */
void
imp_dicom_note_giveaways (ImpDicom *dicom)
{
  if (dicom->file.getMetaInfo () != nullptr)
    walk_item (dicom, dicom->file.getMetaInfo (), "", 0);
  walk_item (dicom, dicom->dataset, "", 0);
}
