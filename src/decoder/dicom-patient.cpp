#include "dicom-private.h"

#include "imp-charset.h"

/* The charset of the innermost item that names one. */
static OFString
find_charset (const DcmStack &stack)
{
  OFString charset;

  for (unsigned long i = 1; i < stack.card (); i++)
    {
      DcmItem *item = dynamic_cast<DcmItem *> (stack.elem (i));

      if (item != nullptr
          && item->findAndGetOFStringArray (DCM_SpecificCharacterSet, charset).good ()
          && !charset.empty ())
        break;
    }
  return charset;
}

/* The whole text of an element, whatever VR it is written under. */
static GString *
read_text (DcmElement *element, const char *charset)
{
  char *string = nullptr;
  Uint32 length = 0;
  Uint8 *bytes = nullptr;

  if (element->getString (string, length).bad () || string == nullptr)
    {
      length = element->getLength ();
      if (element->getUint8Array (bytes).bad () || bytes == nullptr)
        return nullptr;
      string = (char *)bytes;
    }
  return imp_charset_convert (charset, string, length);
}

static void
note_numbers (ImpNotes *notes, DcmElement *element, const char *charset)
{
  g_autoptr (GString) text = read_text (element, charset);
  g_auto (GStrv) values = nullptr;

  if (text == nullptr)
    return;
  values = g_strsplit (text->str, "\\", -1);
  for (guint i = 0; values[i] != nullptr; i++)
    imp_notes_add_patient_id (notes, values[i]);
}

/**
 * imp_dicom_note_patient:
 * @dicom: a parsed file
 *
 * Notes every number of the patient: Patient ID (0010,0020) first, then Other Patient IDs
 * (0010,1000), then both in the items of every sequence, at any depth.
 */
void
imp_dicom_note_patient (ImpDicom *dicom)
{
  const DcmTagKey first[] = { DCM_PatientID, DCM_RETIRED_OtherPatientIDs };
  DcmElement *element = nullptr;
  DcmStack stack;
  OFString charset;

  dicom->dataset->findAndGetOFStringArray (DCM_SpecificCharacterSet, charset);
  for (const DcmTagKey &key : first)
    if (dicom->dataset->findAndGetElement (key, element).good () && element != nullptr)
      note_numbers (dicom->notes, element, charset.c_str ());
  while (dicom->dataset->nextObject (stack, OFTrue).good ())
    {
      DcmTagKey key = stack.top ()->getTag ();

      element = dynamic_cast<DcmElement *> (stack.top ());
      if (element != nullptr && (key == DCM_PatientID || key == DCM_RETIRED_OtherPatientIDs))
        note_numbers (dicom->notes, element, find_charset (stack).c_str ());
    }
}
