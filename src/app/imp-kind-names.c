#include "imp-kind-names.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *key;
  const char *name;
} Name;

/* DICOM keywords of PS3.6 in the words of the people who meet them, and the decoder's own kinds. */
static const Name KINDS[] = {
  { "PatientName", N_ ("Patient's name") },
  { "PatientID", N_ ("Patient's hospital number") },
  { "OtherPatientIDs", N_ ("Patient's other numbers") },
  { "OtherPatientNames", N_ ("Patient's other names") },
  { "PatientBirthDate", N_ ("Patient's date of birth") },
  { "PatientBirthTime", N_ ("Patient's time of birth") },
  { "PatientBirthName", N_ ("Patient's name at birth") },
  { "PatientMotherBirthName", N_ ("Mother's name at birth") },
  { "PatientSex", N_ ("Patient's sex") },
  { "PatientAge", N_ ("Patient's age") },
  { "PatientSize", N_ ("Patient's height") },
  { "PatientWeight", N_ ("Patient's weight") },
  { "PatientAddress", N_ ("Patient's address") },
  { "PatientTelephoneNumbers", N_ ("Patient's telephone numbers") },
  { "PatientComments", N_ ("Comments about the patient") },
  { "EthnicGroup", N_ ("Patient's ethnic group") },
  { "Occupation", N_ ("Patient's occupation") },
  { "AdditionalPatientHistory", N_ ("Patient's history") },
  { "MedicalRecordLocator", N_ ("Where the patient's record is kept") },
  { "IssuerOfPatientID", N_ ("Who gave the hospital number") },
  { "AccessionNumber", N_ ("Accession number") },
  { "StudyID", N_ ("Study number") },
  { "StudyInstanceUID", N_ ("Unique number of the study") },
  { "SeriesInstanceUID", N_ ("Unique number of the series") },
  { "SOPInstanceUID", N_ ("Unique number of the picture") },
  { "FrameOfReferenceUID", N_ ("Unique number of the frame of reference") },
  { "MediaStorageSOPInstanceUID", N_ ("Unique number of the picture, again") },
  { "SeriesNumber", N_ ("Number of the series") },
  { "InstanceNumber", N_ ("Number of the picture in its series") },
  { "InstanceCreationDate", N_ ("Day on which the file was made") },
  { "InstanceCreationTime", N_ ("Time at which the file was made") },
  { "DerivationDescription", N_ ("What was done to the picture before") },
  { "StudyDate", N_ ("Date of the study") },
  { "SeriesDate", N_ ("Date of the series") },
  { "AcquisitionDate", N_ ("Date of the recording") },
  { "AcquisitionDateTime", N_ ("Date and time of the recording") },
  { "ContentDate", N_ ("Date of the picture") },
  { "StudyTime", N_ ("Time of the study") },
  { "SeriesTime", N_ ("Time of the series") },
  { "AcquisitionTime", N_ ("Time of the recording") },
  { "ContentTime", N_ ("Time of the picture") },
  { "InstitutionName", N_ ("Hospital") },
  { "InstitutionAddress", N_ ("Hospital's address") },
  { "InstitutionalDepartmentName", N_ ("Department") },
  { "StationName", N_ ("Machine's name") },
  { "DeviceSerialNumber", N_ ("Machine's serial number") },
  { "Manufacturer", N_ ("Maker of the machine") },
  { "ManufacturerModelName", N_ ("Model of the machine") },
  { "SoftwareVersions", N_ ("Machine's software") },
  { "ReferringPhysicianName", N_ ("Referring doctor") },
  { "PerformingPhysicianName", N_ ("Performing doctor") },
  { "PhysiciansOfRecord", N_ ("Responsible doctors") },
  { "NameOfPhysiciansReadingStudy", N_ ("Reporting doctors") },
  { "OperatorsName", N_ ("Operator") },
  { "RequestingPhysician", N_ ("Requesting doctor") },
  { "RequestingService", N_ ("Requesting department") },
  { "StudyDescription", N_ ("Description of the study") },
  { "SeriesDescription", N_ ("Description of the series") },
  { "ImageComments", N_ ("Comments on the picture") },
  { "ProtocolName", N_ ("Protocol") },
  { "RequestedProcedureDescription", N_ ("Requested examination") },
  { "RequestedProcedureID", N_ ("Number of the request") },
  { "AdmissionID", N_ ("Number of the admission") },
  { "SourceApplicationEntityTitle", N_ ("Sending machine") },
  { "ImplementationClassUID", N_ ("Number of the writing program") },
  { "ImplementationVersionName", N_ ("Writing program") },
  { "Modality", N_ ("Modality") },
  { "BodyPartExamined", N_ ("Body part") },
  { "PatientIdentityRemoved", N_ ("Says that the identity was removed") },
  { "DeidentificationMethod", N_ ("How the identity was removed") },
  { "DetectorID", N_ ("Detector's number") },
  { "PlateID", N_ ("Plate's number") },
  { "CassetteID", N_ ("Cassette's number") },
  { "PerformedProcedureStepID", N_ ("Number of the examination") },
  { "PerformedProcedureStepStartDate", N_ ("Date of the examination") },
  { "PerformedProcedureStepStartTime", N_ ("Time of the examination") },
  { "PerformedProcedureStepDescription", N_ ("Description of the examination") },
  { "ScheduledProcedureStepID", N_ ("Number of the appointment") },
  { "ScheduledProcedureStepDescription", N_ ("Description of the appointment") },
  { "OverlayLabel", N_ ("Name of an overlay") },
  { "OverlayDescription", N_ ("Description of an overlay") },
  { "gps", N_ ("Where it was taken") },
  { "device", N_ ("Camera or machine") },
  { "date", N_ ("Date or time") },
  { "person", N_ ("A person's name") },
  { "text", N_ ("Written remarks") },
  { "thumbnail", N_ ("A small copy of the uncovered picture") },
  { "trailing-bytes", N_ ("Bytes after the picture's end") },
  { "private", N_ ("Private data of the maker") },
  { "overlay", N_ ("Overlay drawn over the picture") },
  { "icc", N_ ("Colour profile") },
  { "metadata", N_ ("Other metadata") },
};

/* A keyword of PS3.6 that has no name above is at least read as words. */
static const char *
split (const char *keyword)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (!g_ascii_isupper (keyword[0]))
    return keyword;
  for (const char *at = keyword; *at != '\0'; at++)
    {
      gboolean begins = g_ascii_isupper (at[0])
                        && (g_ascii_islower (at[1]) || (at > keyword && g_ascii_islower (at[-1])));

      if (!g_ascii_isalnum (*at))
        return keyword;
      if (begins && at > keyword)
        g_string_append_c (words, ' ');
      g_string_append_c (
          words, begins && at > keyword && !g_ascii_isupper (at[1]) ? g_ascii_tolower (*at) : *at);
    }
  return g_intern_string (words->str);
}

static const char *
look_up (const Name *names, gsize n_names, const char *key)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i].key, key) == 0)
      return _ (names[i].name);
  return key;
}

/**
 * imp_kind_name:
 * @kind: a giveaway's kind: a DICOM keyword or one of the decoder's own
 *
 * Returns: (transfer none): what people call it; @kind in separate words where nothing is known
 */
const char *
imp_kind_name (const char *kind)
{
  const char *name = NULL;

  /* How DCMTK's dictionary marks what newer editions of PS3.6 have dropped. */
  if (g_str_has_prefix (kind, "RETIRED_"))
    kind += strlen ("RETIRED_");
  name = look_up (KINDS, G_N_ELEMENTS (KINDS), kind);
  return name == kind ? split (kind) : name;
}
