#include "dicom-private.h"

#include <dcmtk/dcmdata/dcuid.h>

/* What a DICOM file without pixels is, by its SOP class (PS3.4 B.5), and what to open instead. */

namespace
{

struct Kind
{
  const char *uid; /* all of it, or what it begins with where it ends in a dot */
  const char *message;
};

const Kind kinds[] = {
  { "1.2.840.10008.1.3.10", N_ ("This is DICOMDIR, the directory of a disc, not a picture: open "
                                "one of the files beside it") },
  { "1.2.840.10008.5.1.4.1.1.88.",
    N_ ("This DICOM file holds a structured report, not a picture: open the "
        "picture that it tells of") },
  { "1.2.840.10008.5.1.4.1.1.104.1",
    N_ ("This DICOM file holds a PDF document, not a picture: save "
        "the page as PNG, and open that") },
  { "1.2.840.10008.5.1.4.1.1.104.",
    N_ ("This DICOM file holds a document or a solid model, not a picture: "
        "save a picture of it as PNG, and open that") },
  { "1.2.840.10008.5.1.4.1.1.9.", N_ ("This DICOM file holds a waveform, such as an ECG, not a "
                                      "picture: save a picture of it as PNG, and open that") },
  { "1.2.840.10008.5.1.4.1.1.11.",
    N_ ("This DICOM file holds how to show a picture, not the picture: open "
        "the picture that it belongs to") },
  { "1.2.840.10008.5.1.4.1.1.481.",
    N_ ("This DICOM file holds a radiotherapy plan or its like, not a "
        "picture: open the picture that it belongs to") },
  { "1.2.840.10008.5.1.4.1.1.66", N_ ("This DICOM file holds raw data, not a picture: open the "
                                      "picture that was made from them") },
};

bool
is_kind (const char *sop, const char *uid)
{
  return g_str_has_suffix (uid, ".") ? g_str_has_prefix (sop, uid) : strcmp (sop, uid) == 0;
}

} // namespace

/**
 * imp_dicom_describe_without_pixels:
 * @sop: the SOP Class UID of a file without pixels, "" where it has none
 *
 * Returns: (transfer none): what the file is in plain words, and the way out, to be translated
 */
const char *
imp_dicom_describe_without_pixels (const char *sop)
{
  const char *name = dcmFindNameOfUID (sop, nullptr);

  if (name != nullptr && strstr (name, "ImageStorage") != nullptr)
    return N_ (
        "The pixels of this DICOM picture are missing: fetch the file again from its source");
  for (const Kind &kind : kinds)
    if (is_kind (sop, kind.uid))
      return kind.message;
  return N_ ("This DICOM file holds no picture: open another file of the same examination");
}
