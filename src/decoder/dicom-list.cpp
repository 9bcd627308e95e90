#include "dicom-private.h"

#include "imp-list.h"
#include "imp-wire.h"

namespace
{

const char *const DIRECTORY = "1.2.840.10008.1.3.10"; /* Media Storage Directory Storage */

/* Everything before the pixels: what stands behind them is not looked at. */
bool
read_header (ImpDicom *dicom, const guint8 *data, gsize length, GError **error)
{
  ImpMemoryStream stream (data, (offile_off_t)length, 0, dicom->patch);
  OFCondition condition;

  dicom->file.transferInit ();
  condition = dicom->file.readUntilTag (stream, EXS_Unknown, EGL_noChange, DCM_MaxReadLength,
                                        DcmTagKey (0x7fe0, 0x0000));
  dicom->file.transferEnd ();
  dicom->dataset = dicom->file.getDataset ();
  if (condition.good () && dicom->dataset != nullptr)
    return true;
  imp_dicom_fail_damaged (error);
  return false;
}

void
add_texts (ImpDicom *dicom, GVariantDict *list)
{
  static const struct
  {
    const char *key;
    DcmTagKey tag;
  } texts[] = {
    { "patient-number", DCM_PatientID },
    { "issuer", DCM_IssuerOfPatientID },
    { "patient-name", DCM_PatientName },
    { "born", DCM_PatientBirthDate },
    { "study", DCM_StudyInstanceUID },
    { "study-date", DCM_StudyDate },
    { "study-title", DCM_StudyDescription },
    { "series", DCM_SeriesInstanceUID },
    { "series-title", DCM_SeriesDescription },
    { "image", DCM_SOPInstanceUID },
    { "modality", DCM_Modality },
    { "manufacturer", DCM_Manufacturer },
    { "model", DCM_ManufacturerModelName },
    { "station", DCM_StationName },
    { "burned-in", DCM_BurnedInAnnotation },
  };

  for (const auto &each : texts)
    {
      g_autofree char *value = imp_dicom_get_value (dicom, dicom->dataset, each.tag);
      g_autofree char *clean = value != nullptr ? imp_text_clean (value, strlen (value)) : nullptr;

      if (clean != nullptr && *clean != '\0')
        g_variant_dict_insert (list, each.key, "s", clean);
    }
}

void
add_number (ImpDicom *dicom, GVariantDict *list, const char *key, const DcmTagKey &tag)
{
  g_autofree char *value = imp_dicom_get_value (dicom, dicom->dataset, tag);
  gint64 number = 0;

  if (value != nullptr
      && g_ascii_string_to_signed (g_strstrip (value), 10, G_MININT32, G_MAXINT32 - 1, &number,
                                   nullptr))
    g_variant_dict_insert (list, key, "i", (gint32)number);
}

void
add_size (ImpDicom *dicom, GVariantDict *list)
{
  g_autofree char *value = imp_dicom_get_value (dicom, dicom->dataset, DCM_NumberOfFrames);
  guint64 frames = 1;
  Uint16 width = 0;
  Uint16 height = 0;

  dicom->dataset->findAndGetUint16 (DCM_Columns, width);
  dicom->dataset->findAndGetUint16 (DCM_Rows, height);
  if (value != nullptr)
    g_ascii_string_to_unsigned (g_strstrip (value), 10, 1, G_MAXINT32, &frames, nullptr);
  g_variant_dict_insert (list, "width", "i", (gint32)width);
  g_variant_dict_insert (list, "height", "i", (gint32)height);
  g_variant_dict_insert (list, "frames", "u", (guint32)frames);
}

/* Every number, of whichever sequence, as the opened file tells them. */
void
add_patient_numbers (ImpDicom *dicom, GVariantDict *list)
{
  const GPtrArray *ids = dicom->notes->patient_ids;

  imp_dicom_note_patient (dicom);
  g_variant_dict_insert_value (list, "patient-numbers",
                               g_variant_new_strv ((const char *const *)ids->pdata,
                                                   (gssize)MIN (ids->len, IMP_WIRE_MAX_NUMBERS)));
}

/* Referenced File ID (0004,1500) of each record that is in use: a list of names, outermost first.
 */
bool
add_files (ImpDicom *dicom, GVariantDict *list, GError **error)
{
  DcmSequenceOfItems *records = nullptr;
  GVariantBuilder files;
  guint n = 0;

  g_variant_builder_init (&files, G_VARIANT_TYPE_STRING_ARRAY);
  dicom->dataset->findAndGetSequence (DCM_DirectoryRecordSequence, records);
  for (unsigned long i = 0; records != nullptr && i < records->card (); i++)
    {
      DcmItem *record = records->getItem (i);
      Uint16 used = 0xffff;
      OFString file;
      g_autofree char *clean = nullptr;

      record->findAndGetUint16 (DCM_RecordInUseFlag, used);
      if (used == 0 || record->findAndGetOFStringArray (DCM_ReferencedFileID, file).bad ()
          || file.empty ())
        continue;
      if (++n > IMP_WIRE_MAX_ENTRIES)
        break;
      clean = imp_text_clean (file.c_str (), file.length ());
      /* The parts are separated by backslashes: one of a part's own cannot be told from them. */
      g_strdelimit (clean, "\\", '/');
      g_variant_builder_add (&files, "s", clean);
    }
  if (n > IMP_WIRE_MAX_ENTRIES)
    {
      g_variant_builder_clear (&files);
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The disc's index (DICOMDIR) names more than 100,000 files: open its folders "
                    "one by one"),
                nullptr);
      return false;
    }
  g_variant_dict_insert (list, "format", "s", "dicomdir");
  g_variant_dict_insert_value (list, "files", g_variant_builder_end (&files));
  return true;
}

bool
fill (ImpDicom *dicom, GVariantDict *list, GError **error)
{
  OFString sop;

  if (dicom->file.getMetaInfo () != nullptr)
    dicom->file.getMetaInfo ()->findAndGetOFString (DCM_MediaStorageSOPClassUID, sop);
  if (sop.empty ())
    dicom->dataset->findAndGetOFString (DCM_SOPClassUID, sop);
  if (sop == DIRECTORY)
    return add_files (dicom, list, error);
  if (!dicom->dataset->tagExistsWithValue (DCM_Rows))
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED, imp_dicom_describe_without_pixels (sop.c_str ()),
                nullptr);
      return false;
    }
  g_variant_dict_insert (list, "format", "s", "dicom");
  add_texts (dicom, list);
  add_number (dicom, list, "series-number", DCM_SeriesNumber);
  add_number (dicom, list, "instance-number", DCM_InstanceNumber);
  add_size (dicom, list);
  add_patient_numbers (dicom, list);
  return true;
}

} // namespace

/**
 * imp_list_read_dicom:
 * @data: a file that looks like DICOM
 * @length: its bytes
 * @list: (inout): gets what its header says, as ImpListing describes it
 * @error: where to put the error
 *
 * Returns: whether it could be read, and speaks of a picture or of a disc
 */
gboolean
imp_list_read_dicom (const guint8 *data, gsize length, GVariantDict *list, GError **error)
{
  g_autoptr (ImpNotes) notes = imp_notes_new ();

  try
    {
      std::unique_ptr<ImpDicom> dicom (new ImpDicom ());

      dicom->notes = notes;
      dicom->bare = imp_dicom_is_bare (data, length);
      return imp_dicom_check_uid (dicom.get (), data, length, error)
             && read_header (dicom.get (), data, length, error) && fill (dicom.get (), list, error);
    }
  catch (...)
    {
      imp_dicom_fail_damaged (error);
      return FALSE;
    }
}
