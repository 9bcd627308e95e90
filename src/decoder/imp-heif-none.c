/* Stands in for imp-heif-document.c where the program is built without libheif. */
#include "imp-document.h"
#include "imp-heif-boxes.h"

/**
 * imp_heif_initialise:
 *
 * Does nothing.
 */
void
imp_heif_initialise (void)
{
}

/**
 * imp_heif_open:
 * @document: a document of a kind that imp_heif_is_picture() knows
 * @error: where to put the error
 *
 * Returns: %FALSE with %IMP_ERROR_UNSUPPORTED
 */
gboolean
imp_heif_open (ImpDocument *document, GError **error)
{
  switch (imp_heif_find_kind (document->data, document->length))
    {
    case IMP_HEIF_AVIF:
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("This is an AVIF picture, which this build of the program does not read: save "
                    "it as JPEG or PNG"),
                NULL);
      break;
    default:
      imp_fail (
          error, IMP_ERROR_UNSUPPORTED,
          N_ ("This is a HEIC photograph, which this build of the program does not read: save "
              "it as JPEG on the phone"),
          NULL);
      break;
    }
  return FALSE;
}
