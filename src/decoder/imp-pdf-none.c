/* Stands in for poppler in the helpers that read pictures: a form is no picture, and has a helper
 * of its own. */
#include "imp-document.h"

/**
 * imp_pdf_initialise:
 *
 * Does nothing.
 */
void
imp_pdf_initialise (void)
{
}

/**
 * imp_pdf_is_form:
 * @data: a whole file
 * @length: its bytes
 *
 * Returns: %FALSE: nothing that is opened as a picture is a form
 */
gboolean
imp_pdf_is_form (const guint8 *data, gsize length)
{
  return FALSE;
}

/**
 * imp_pdf_open:
 * @document: never any
 * @error: where to put the error
 *
 * Returns: %FALSE with %IMP_ERROR_UNSUPPORTED
 */
gboolean
imp_pdf_open (ImpDocument *document, GError **error)
{
  imp_fail (error, IMP_ERROR_UNSUPPORTED, N_ ("The picture is for another decoder"), NULL);
  return FALSE;
}
