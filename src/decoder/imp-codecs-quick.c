/* Stands in for libjxl and libheif in the quick helper, which hands their files on before it reads
 * them (imp_document_needs_full()). */
#include "imp-codecs.h"
#include "imp-document.h"
#include "imp-jxl.h"

/**
 * imp_codecs_are_all_here:
 *
 * Returns: %FALSE: this is the quick helper
 */
gboolean
imp_codecs_are_all_here (void)
{
  return FALSE;
}

/**
 * imp_heif_initialise:
 *
 * Does nothing.
 */
void
imp_heif_initialise (void)
{
}

static void
refuse (GError **error)
{
  imp_fail (error, IMP_ERROR_UNSUPPORTED, N_ ("The picture is for another decoder"), NULL);
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
  refuse (error);
  return FALSE;
}

/**
 * imp_jxl_is:
 * @data: the first bytes of something
 * @length: how many
 *
 * Returns: %FALSE
 */
gboolean
imp_jxl_is (const guint8 *data, gsize length)
{
  return FALSE;
}

/**
 * imp_jxl_scan:
 * @read: gets at the bytes
 * @data: for @read
 * @length: how many
 * @jxl: (out): emptied
 *
 * Returns: %FALSE
 */
gboolean
imp_jxl_scan (ImpReadPart read, gpointer data, gsize length, ImpJxl *jxl)
{
  *jxl = (ImpJxl){ 0 };
  return FALSE;
}

/**
 * imp_jxl_read_profile:
 * @read: gets at the bytes
 * @data: for @read
 * @length: how many
 * @size: (out): 0
 *
 * Returns: (transfer full) (nullable): %NULL
 */
guint8 *
imp_jxl_read_profile (ImpReadPart read, gpointer data, gsize length, gsize *size)
{
  *size = 0;
  return NULL;
}

/**
 * imp_jxl_decode:
 * @data: the stream
 * @length: its bytes
 * @jxl: what imp_jxl_scan() found
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): %NULL with %IMP_ERROR_UNSUPPORTED
 */
ImpSamples *
imp_jxl_decode (const guint8 *data, gsize length, const ImpJxl *jxl, GError **error)
{
  refuse (error);
  return NULL;
}
