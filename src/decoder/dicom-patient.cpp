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

static bool
is_blank (const GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] != ' ' && text->str[i] != '\0')
      return false;
  return true;
}

/* Consent for Distribution Flag (0012,0085). What is neither YES nor empty is no consent; the first
 * refusal stays. */
static void
note_consent (ImpNotes *notes, DcmElement *element)
{
  g_autoptr (GString) text = nullptr;
  const char *flag = "NO";

  if (element->getLength () == 0)
    return;
  text =
      dynamic_cast<DcmSequenceOfItems *> (element) == nullptr ? read_text (element, "") : nullptr;
  if (text != nullptr)
    {
      g_autofree char *clean = imp_text_clean (text->str, text->len);

      if (is_blank (text))
        return;
      if (g_ascii_strcasecmp (clean, "YES") == 0)
        flag = "YES";
      else if (g_ascii_strcasecmp (clean, "WITHDRAWN") == 0)
        flag = "WITHDRAWN";
    }
  if (notes->consent_flag != nullptr && strcmp (notes->consent_flag, "YES") != 0)
    return;
  g_free (notes->consent_flag);
  notes->consent_flag = g_strdup (flag);
}

/**
 * imp_dicom_note_patient:
 * @dicom: a parsed file
 *
 * Notes the consent for distribution (PS3.3 C.7.2.3.1.1), wherever it stands, and every number of
 * the patient: Patient ID (0010,0020) first, then Other Patient IDs (0010,1000), then both in the
 * items of every sequence, at any depth.
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
      if (element == nullptr)
        continue;
      if (key == DcmTagKey (0x0012, 0x0085))
        note_consent (dicom->notes, element);
      if (key == DCM_PatientID || key == DCM_RETIRED_OtherPatientIDs)
        note_numbers (dicom->notes, element, find_charset (stack).c_str ());
    }
}
