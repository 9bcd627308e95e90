#include "imp-list.h"

#include "imp-document.h"

static gboolean
read_heif (const guint8 *data, gsize length, GVariantDict *list, GError **error)
{
  g_autoptr (ImpDocument) document = imp_document_open (data, length, 0, error);

  if (document == NULL)
    return FALSE;
  g_variant_dict_insert (list, "format", "s", document->notes->format);
  g_variant_dict_insert (list, "width", "i", document->notes->width);
  g_variant_dict_insert (list, "height", "i", document->notes->height);
  return TRUE;
}

static gboolean
read_photo (const guint8 *data, gsize length, const char *format, GVariantDict *list,
            GError **error)
{
  g_variant_dict_insert (list, "format", "s", format);
  if (imp_list_read_photo (data, length, format, list))
    return TRUE;
  imp_fail (error, IMP_ERROR_DAMAGED, N_ ("The file is damaged: fetch it again from its source"),
            NULL);
  return FALSE;
}

/**
 * imp_list_read:
 * @data: a whole file, of which no more is touched than its header
 * @length: its bytes
 * @error: where to put the error
 *
 * HEIC is the exception: it is opened as far as its pixels, as its header may stand anywhere in it.
 *
 * Returns: (transfer full) (nullable): an a{sv} as ImpListing describes it, or %NULL with
 *   %IMP_ERROR_UNSUPPORTED naming what the file is, or %IMP_ERROR_DAMAGED
 */
GVariant *
imp_list_read (const guint8 *data, gsize length, GError **error)
{
  ImpKind kind = imp_document_recognise (data, length);
  GVariantDict list;
  gboolean done = FALSE;

  g_variant_dict_init (&list, NULL);
  switch (kind)
    {
    case IMP_KIND_DICOM:
      done = imp_list_read_dicom (data, length, &list, error);
      break;
    case IMP_KIND_HEIF:
      done = read_heif (data, length, &list, error);
      break;
    case IMP_KIND_JPEG:
      done = read_photo (data, length, "jpeg", &list, error);
      break;
    case IMP_KIND_PNG:
      done = read_photo (data, length, "png", &list, error);
      break;
    case IMP_KIND_TIFF:
      done = read_photo (data, length, "tiff", &list, error);
      break;
    case IMP_KIND_WEBP:
      done = read_photo (data, length, "webp", &list, error);
      break;
    case IMP_KIND_BMP:
      done = read_photo (data, length, "bmp", &list, error);
      break;
    case IMP_KIND_ZIP:
      g_variant_dict_insert (&list, "format", "s", "zip");
      done = TRUE;
      break;
    case IMP_KIND_OTHER:
    default:
      imp_document_refuse (data, length, error);
      break;
    }
  if (done)
    return g_variant_ref_sink (g_variant_dict_end (&list));
  g_variant_dict_clear (&list);
  return NULL;
}
