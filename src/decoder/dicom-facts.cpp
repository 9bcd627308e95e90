#include "dicom-private.h"

#include <cmath>

#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"
#include "dcmtk/dcmdata/dcrleccd.h"

#include "imp-charset.h"
#include "imp-mcu.h"

/**
 * imp_dicom_frame_macro:
 * @dicom: a parsed file
 * @frame: 0-based
 * @sequence: a functional group's sequence, such as Frame VOI LUT Sequence (0028,9132)
 * @wanted: an attribute of it
 *
 * Finds where @wanted holds for @frame: in the data set itself, in the frame's functional group, or
 * in the shared one (PS3.3 C.7.6.16).
 *
 * Returns: (transfer none) (nullable): the item that has it
 */
DcmItem *
imp_dicom_frame_macro (ImpDicom *dicom, guint frame, const DcmTagKey &sequence,
                       const DcmTagKey &wanted)
{
  DcmItem *group = nullptr;
  DcmItem *item = nullptr;

  if (dicom->dataset->tagExists (wanted))
    return dicom->dataset;
  if (dicom->dataset
          ->findAndGetSequenceItem (DCM_PerFrameFunctionalGroupsSequence, group, (signed long)frame)
          .good ()
      && group != nullptr && group->findAndGetSequenceItem (sequence, item, 0).good ()
      && item != nullptr && item->tagExists (wanted))
    return item;
  if (dicom->dataset->findAndGetSequenceItem (DCM_SharedFunctionalGroupsSequence, group, 0).good ()
      && group != nullptr && group->findAndGetSequenceItem (sequence, item, 0).good ()
      && item != nullptr && item->tagExists (wanted))
    return item;
  return nullptr;
}

/**
 * imp_dicom_find_window:
 * @item: what may hold Window Center (0028,1050) and Window Width (0028,1051)
 * @first_only: whether to stop at the first that can be applied
 * @notes: (nullable): where to note every window found
 * @window: (out): the first window that can be applied
 *
 * Returns: whether there is one
 */
bool
imp_dicom_find_window (DcmItem *item, bool first_only, ImpNotes *notes, ImpWindow *window)
{
  bool found = false;
  OFString function;
  ImpWindow each = { 0, 0, IMP_VOI_LINEAR };

  item->findAndGetOFString (DCM_VOILUTFunction, function);
  if (function == "SIGMOID")
    each.function = IMP_VOI_SIGMOID;
  else if (function == "LINEAR_EXACT")
    each.function = IMP_VOI_LINEAR_EXACT;
  for (unsigned long i = 0; i < 64; i++)
    {
      OFString explanation;

      if (item->findAndGetFloat64 (DCM_WindowCenter, each.centre, i).bad ()
          || item->findAndGetFloat64 (DCM_WindowWidth, each.width, i).bad ())
        break;
      if (!std::isfinite (each.centre) || !std::isfinite (each.width) || each.width <= 0
          || (each.function == IMP_VOI_LINEAR && each.width < 1))
        {
          if (notes != nullptr)
            imp_notes_warn (notes,
                            N_ ("A window in the file has a width that cannot be applied: it is "
                                "left out"),
                            nullptr);
          continue;
        }
      if (notes != nullptr)
        {
          g_autofree char *text = nullptr;

          if (item->findAndGetOFString (DCM_WindowCenterWidthExplanation, explanation, i).good ())
            text = imp_text_clean (explanation.c_str (), explanation.length ());
          imp_notes_add_window (notes, &each, text);
        }
      if (!found)
        *window = each;
      found = true;
      if (first_only)
        break;
    }
  return found;
}

static bool
fail_fragments (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The file ends before its picture does: fetch it again from its source"), nullptr);
  return false;
}

#define HEAD (64u << 10) /* enough for the segments before a frame header */
#define TAIL 1024u       /* enough for the padding after EOI */

/* A part of a fragment, which is not read as a whole for this. */
static bool
read_part (ImpDicom *dicom, DcmPixelItem *item, Uint32 offset, Uint32 length, guint8 *out)
{
  return item->getPartialValue (out, offset, length, &dicom->cache).good ();
}

static bool
ends_with_eoi (const guint8 *bytes, Uint32 length)
{
  for (Uint32 i = length; i >= 2; i--)
    if (bytes[i - 2] == 0xff && bytes[i - 1] == 0xd9)
      return true;
  return false;
}

static void
note_mcu (ImpDicom *dicom, const guint8 *bytes, gsize length, bool lossless)
{
  ImpMcu mcu = { 0, 0, 0, 0 };

  if (!imp_mcu_scan (bytes, length, &mcu))
    return;
  if (dicom->jpeg_precision == 0)
    dicom->jpeg_precision = mcu.precision;
  if (!lossless && !mcu.lossless)
    dicom->notes->grid = imp_mcu_combine (dicom->notes->grid, (ImpGrid){ mcu.width, mcu.height });
}

/* PS3.5 A.4.2: one fragment holds one RLE frame. Where frames are split all the same, DCMTK decodes
 * the first part alone, without a word. */
static bool
check_rle (ImpDicom *dicom, gsize n_fragments, GError **error)
{
  if (n_fragments < dicom->n_frames)
    return fail_fragments (error);
  if (n_fragments == dicom->n_frames)
    return true;
  imp_fail (error, IMP_ERROR_UNSUPPORTED,
            N_ ("The picture's RLE frames are split in a way that the standard does not allow: it "
                "could not be shown truthfully"),
            nullptr);
  return false;
}

/**
 * imp_dicom_check_fragments:
 * @dicom: a parsed file whose pixel data are compressed
 * @error: where to put the error
 *
 * Sees that each frame's stream is there and, for JPEG, that it has its end; takes the block grid
 * from the sampling factors.
 *
 * Returns: whether nothing is missing
 */
bool
imp_dicom_check_fragments (ImpDicom *dicom, GError **error)
{
  E_TransferSyntax syntax = EXS_Unknown;
  const DcmRepresentationParameter *parameter = nullptr;
  DcmPixelSequence *sequence = nullptr;
  bool is_jpeg = strcmp (dicom->family, "jpeg") == 0;
  bool is_ls = strcmp (dicom->family, "jpeg-ls") == 0;
  const char *uid = dicom->uid;
  bool lossless = g_str_has_suffix (uid, ".57") || g_str_has_suffix (uid, ".70");
  g_autofree guint8 *bytes = (guint8 *)g_malloc (HEAD);
  guint started = 0;
  bool open = false;

  dicom->pixels->getOriginalRepresentationKey (syntax, parameter);
  if (dicom->pixels->getEncapsulatedRepresentation (syntax, parameter, sequence).bad ()
      || sequence == nullptr || sequence->card () < 2)
    return fail_fragments (error);
  if (!is_jpeg && !is_ls)
    return check_rle (dicom, sequence->card () - 1, error);
  for (unsigned long i = 1; i < sequence->card (); i++)
    {
      DcmPixelItem *item = nullptr;
      Uint32 length = 0;
      Uint32 head = 0;
      Uint32 tail = 0;

      if (sequence->getItem (item, i).bad () || item == nullptr)
        return fail_fragments (error);
      length = item->getLength ();
      if (length == 0)
        continue;
      head = MIN (length, HEAD);
      tail = MIN (length, TAIL);
      if (!read_part (dicom, item, 0, head, bytes))
        return fail_fragments (error);
      if (head > 2 && bytes[0] == 0xff && bytes[1] == 0xd8)
        {
          if (open)
            return fail_fragments (error);
          started++;
          if (is_jpeg)
            note_mcu (dicom, bytes, head, lossless);
        }
      if (!read_part (dicom, item, length - tail, tail, bytes))
        return fail_fragments (error);
      open = !ends_with_eoi (bytes, tail);
    }
  return (started >= dicom->n_frames && !open) || fail_fragments (error);
}

/* -- What the file gives away ---------------------------------------------------------------- */

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

/* The bytes of a text element, or of one whose VR is unknown and that holds text. */
static char *
get_text (DcmElement *element, DcmEVR vr, const char *charset)
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
  g_autofree char *value = get_text (element, tag.getEVR (), charset);
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
  value = get_text (element, vr, charset);
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
      imp_notes_add (dicom->notes, "DICOM", "metadata", nullptr, FALSE);
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

/* -- The other facts ------------------------------------------------------------------------- */

static char *
get_text_value (DcmItem *item, const DcmTagKey &key)
{
  DcmElement *element = nullptr;
  OFString charset;
  char *value = nullptr;

  item->findAndGetOFStringArray (DCM_SpecificCharacterSet, charset);
  if (item->findAndGetElement (key, element).good () && element != nullptr)
    value = get_text (element, DcmTag (key).getEVR (), charset.c_str ());
  if (value != nullptr && *value == '\0')
    g_clear_pointer (&value, g_free);
  return value;
}

/* Overlay planes: 60xx groups that have a size or data, wherever their bits lie (PS3.3 C.9.2).
 * Counted here because DCMTK counts none on colour images. */
static void
note_overlays (ImpDicom *dicom)
{
  for (Uint16 group = 0x6000; group <= 0x601e; group += 2)
    {
      g_autofree char *where = g_strdup_printf ("DICOM (%04x,3000)", group);

      if (!dicom->dataset->tagExists (DcmTagKey (group, 0x0010))
          && !dicom->dataset->tagExists (DcmTagKey (group, 0x3000)))
        continue;
      dicom->notes->n_overlays++;
      imp_notes_add (dicom->notes, where, "overlay", nullptr, FALSE);
    }
  if (dicom->notes->n_overlays > 0)
    {
      g_autofree char *count = g_strdup_printf ("%u", dicom->notes->n_overlays);

      imp_notes_warn (dicom->notes,
                      N_ ("Overlay planes in the file (%s) are hidden: they are neither shown nor "
                          "exported"),
                      count);
    }
}

/* Distribution permission in the Consent for Clinical Trial Use Sequence (PS3.3 C.7.2.3.1.1). */
static void
note_consent (ImpDicom *dicom)
{
  DcmSequenceOfItems *sequence = nullptr;

  if (dicom->dataset->findAndGetSequence (DcmTagKey (0x0012, 0x0083), sequence).bad ()
      || sequence == nullptr)
    return;
  for (unsigned long i = 0; i < sequence->card (); i++)
    {
      OFString flag;

      if (sequence->getItem (i)->findAndGetOFString (DcmTagKey (0x0012, 0x0085), flag).bad ()
          || (flag != "NO" && flag != "WITHDRAWN" && flag != "YES"))
        continue;
      if (flag == "YES" && dicom->notes->consent_flag != nullptr)
        continue;
      g_free (dicom->notes->consent_flag);
      dicom->notes->consent_flag = g_strdup (flag.c_str ());
      if (flag != "YES")
        return;
    }
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
note_shape (ImpDicom *dicom)
{
  DcmDataset *dataset = dicom->dataset;
  const DcmTagKey keys[] = { DCM_PixelAspectRatio, DCM_PixelSpacing, DCM_ImagerPixelSpacing };

  for (const DcmTagKey &key : keys)
    {
      Float64 vertical = 0;
      Float64 horizontal = 0;
      Sint32 whole = 0;

      if (key == DCM_PixelAspectRatio)
        {
          if (dataset->findAndGetSint32 (key, whole, 0).good ())
            vertical = whole;
          if (dataset->findAndGetSint32 (key, whole, 1).good ())
            horizontal = whole;
        }
      else if (dataset->findAndGetFloat64 (key, vertical, 0).bad ()
               || dataset->findAndGetFloat64 (key, horizontal, 1).bad ())
        continue;
      if (vertical <= 0 || horizontal <= 0)
        continue;
      if (std::fabs (vertical / horizontal - 1) > 0.01)
        imp_notes_warn (
            dicom->notes,
            N_ ("The picture's pixels are not square: it is shown with one screen pixel "
                "for each, so shapes are stretched"),
            nullptr);
      break;
    }
  if (dataset->tagExists (DCM_ShutterShape))
    imp_notes_warn (
        dicom->notes,
        N_ ("The file asks for a display shutter: it is not applied, so that nothing is "
            "hidden"),
        nullptr);
}

static void
note_lossiness (ImpDicom *dicom)
{
  OFString lossy;

  dicom->dataset->findAndGetOFString (DCM_LossyImageCompression, lossy);
  dicom->notes->lossy_without_grid =
      dicom->notes->grid.width == 0 && (lossy == "01" || g_str_has_suffix (dicom->uid, ".4.81"));
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
  ImpWindow window = { 0, 0, IMP_VOI_LINEAR };
  OFString sop;
  DcmItem *item = nullptr;

  notes->burned_in = get_text_value (dicom->dataset, DCM_BurnedInAnnotation);
  notes->modality = get_text_value (dicom->dataset, DCM_Modality);
  notes->patient_id = get_text_value (dicom->dataset, DCM_PatientID);
  dicom->dataset->findAndGetOFString (DCM_SOPClassUID, sop);
  notes->image_kind = find_kind (notes->modality);
  if (notes->image_kind == nullptr)
    notes->image_kind = find_kind_of_class (sop.c_str ());
  if (dicom->grey)
    {
      item = imp_dicom_frame_macro (dicom, 0, DCM_FrameVOILUTSequence, DCM_WindowCenter);
      if (item != nullptr)
        imp_dicom_find_window (item, false, notes, &window);
    }
  note_overlays (dicom);
  note_consent (dicom);
  note_shape (dicom);
  note_lossiness (dicom);
  if (dicom->file.getMetaInfo () != nullptr)
    walk_item (dicom, dicom->file.getMetaInfo (), "", 0);
  walk_item (dicom, dicom->dataset, "", 0);
}
