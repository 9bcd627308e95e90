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

static const DcmTagKey PROTOCOL (0x0012, 0x0020);
static const DcmTagKey DISTRIBUTION (0x0012, 0x0084);
static const DcmTagKey FLAG (0x0012, 0x0085);

/* The text of one of an item's elements, NULL where it is absent or blank, whatever its VR. */
static char *
read_code (DcmItem *item, const DcmTagKey &key)
{
  DcmElement *element = nullptr;
  g_autoptr (GString) text = nullptr;

  if (item->findAndGetElement (key, element).bad () || element == nullptr
      || element->getLength () == 0)
    return nullptr;
  if (dynamic_cast<DcmSequenceOfItems *> (element) == nullptr)
    text = read_text (element, "");
  if (text == nullptr)
    return g_strdup ("?"); /* something stands there that is no text */
  return is_blank (text) ? nullptr : imp_text_clean (text->str, text->len);
}

/* What is neither YES nor empty is no consent. */
static const char *
flag_of (const char *text)
{
  if (text == nullptr)
    return "";
  if (g_ascii_strcasecmp (text, "YES") == 0)
    return "YES";
  return g_ascii_strcasecmp (text, "WITHDRAWN") == 0 ? "WITHDRAWN" : "NO";
}

static const char *
distribution_of (const char *text)
{
  static const char *const KINDS[] = { "NAMED_PROTOCOL", "RESTRICTED_REUSE", "PUBLIC_RELEASE" };

  if (text == nullptr)
    return "";
  for (const char *kind : KINDS)
    if (g_ascii_strcasecmp (text, kind) == 0)
      return kind;
  return "OTHER";
}

/* Consent for Distribution Flag (0012,0085), Distribution Type (0012,0084) and the Clinical Trial
 * Protocol ID (0012,0020) of one item. */
static void
note_consent (ImpNotes *notes, DcmItem *item)
{
  g_autofree char *flag = read_code (item, FLAG);
  g_autofree char *distribution = read_code (item, DISTRIBUTION);
  g_autofree char *protocol = read_code (item, PROTOCOL);

  if (flag != nullptr || distribution != nullptr)
    imp_notes_add_consent (notes, flag_of (flag), distribution_of (distribution),
                           protocol != nullptr ? protocol : "");
}

/**
 * imp_dicom_note_patient:
 * @dicom: a parsed file
 *
 * Notes the consents for distribution (PS3.3 C.7.2.3.1.1), wherever they stand, and every number of
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

      DcmItem *item = stack.card () > 1 ? dynamic_cast<DcmItem *> (stack.elem (1)) : nullptr;

      element = dynamic_cast<DcmElement *> (stack.top ());
      if (element == nullptr)
        continue;
      if (item == nullptr)
        item = dicom->dataset;
      if (key == FLAG || (key == DISTRIBUTION && !item->tagExists (FLAG)))
        note_consent (dicom->notes, item);
      if (key == DCM_PatientID || key == DCM_RETIRED_OtherPatientIDs)
        note_numbers (dicom->notes, element, find_charset (stack).c_str ());
    }
}
