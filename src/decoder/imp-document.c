#include "imp-document.h"

#include <string.h>
#include <time.h>

#include "dicom-bridge.h"
#include "imp-codecs.h"
#include "imp-input.h"

#define FIRST (1u << 20) /* bytes: more than any header before a data set */

/**
 * imp_document_initialise:
 *
 * Prepares every reader: to be called once, before any child is made and before the lock. lcms2
 * asks the C library for the time, which then opens the time zone's file.
 */
void
imp_document_initialise (void)
{
  tzset ();
  imp_dicom_document_initialise ();
  imp_heif_initialise ();
  imp_pdf_initialise ();
}

typedef struct
{
  gsize at;
  const char *bytes;
  gsize length;
  const char *name;
} Signature;

#define SIGNATURE(at, bytes, name)                                                                 \
  {                                                                                                \
    at, bytes, sizeof (bytes) - 1, name                                                            \
  }

/* What people do hand over, and this program does not show. */
static const Signature known[] = {
  SIGNATURE (0, "GIF8", N_ ("This is a GIF picture, a format that is not read: save it as PNG")),
  SIGNATURE (0, "%PDF", N_ ("This is a PDF document, not a picture: save the page as PNG")),
  SIGNATURE (0, "PK\x03\x04",
             N_ ("This is a ZIP archive or an office document, not a picture: take the picture out "
                 "of it")),
  SIGNATURE (0, "\0\0\0\x0cjP  ",
             N_ ("This is a JPEG 2000 picture, a format that is not read yet: save it as PNG")),
  SIGNATURE (0, "\xff\x4f\xff\x51",
             N_ ("This is a JPEG 2000 picture, a format that is not read yet: save it as PNG")),
  SIGNATURE (0, "\0\0\0\x0cJXL ",
             N_ ("This is a JPEG XL picture, a format that is not read yet: save it as PNG")),
  SIGNATURE (0, "\xff\x0a",
             N_ ("This is a JPEG XL picture, a format that is not read yet: save it as PNG")),
  SIGNATURE (4, "ftyp", N_ ("This is a film, not a picture: save one picture of it as PNG")),
  SIGNATURE (0, "\x1a\x45\xdf\xa3",
             N_ ("This is a film, not a picture: save one picture of it as PNG")),
  SIGNATURE (0, "\x1f\x8b",
             N_ ("This is a compressed archive, not a picture: take the picture out of it")),
  SIGNATURE (0, "<?xml", N_ ("This is an XML or SVG document, not a picture: save it as PNG")),
  SIGNATURE (0, "<svg", N_ ("This is an SVG drawing, not a picture: save it as PNG")),
  SIGNATURE (0, "8BPS",
             N_ ("This is a Photoshop document, a format that is not read: save it as PNG")),
  SIGNATURE (0, "SIMPLE  =",
             N_ ("This is a FITS file, a format that is not read: save a picture of it as PNG")),
  SIGNATURE (344, "n+1",
             N_ ("This is a NIfTI volume, a format that is not read: save a picture of it as PNG")),
};

static gboolean
matches (const guint8 *data, gsize length, const Signature *signature)
{
  return length >= signature->at + signature->length
         && memcmp (data + signature->at, signature->bytes, signature->length) == 0;
}

/* Without its preamble a DICOM file begins with a low group and a small element number: with the
 * file meta information (PS3.10 7.1), whose VR is written out, or with the data set itself. */
static gboolean
looks_like_bare_dicom (const guint8 *data, gsize length)
{
  if (length < 64 || data[1] != 0 || data[3] != 0)
    return FALSE;
  if (data[0] == 0x02)
    return data[2] <= 0x10 && g_ascii_isupper (data[4]) && g_ascii_isupper (data[5]);
  return data[0] == 0x08 && data[2] <= 0x18;
}

/**
 * imp_document_refuse:
 * @data: a file of no kind that is read
 * @length: its bytes
 * @error: where to put the error
 *
 * Says what the file is, where that is known.
 */
void
imp_document_refuse (const guint8 *data, gsize length, GError **error)
{
  const char *message = N_ ("This is not a picture in a format that this program knows (DICOM, "
                            "JPEG, PNG, TIFF, WebP, HEIC, AVIF and BMP): save it as PNG, and open "
                            "that");

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (matches (data, length, &known[i]))
      {
        message = known[i].name;
        break;
      }
  imp_fail (error, IMP_ERROR_UNSUPPORTED, message, NULL);
}

/**
 * imp_document_recognise:
 * @data: the first bytes of a file, or all of it
 * @length: how many
 *
 * Returns: what it is, by its first bytes alone
 */
ImpKind
imp_document_recognise (const guint8 *data, gsize length)
{
  /* First, because the preamble of a DICOM file may hold a TIFF header. */
  if (length >= 132 && memcmp (data + 128, "DICM", 4) == 0)
    return IMP_KIND_DICOM;
  if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return IMP_KIND_JPEG;
  if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return IMP_KIND_PNG;
  if (length >= 4
      && (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0
          || memcmp (data, "II+\0", 4) == 0 || memcmp (data, "MM\0+", 4) == 0))
    return IMP_KIND_TIFF;
  if (length >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return IMP_KIND_WEBP;
  if (imp_heif_is_picture (data, length))
    return IMP_KIND_HEIF;
  /* Two letters are little: the size of the next header is at most 124. */
  if (length >= 18 && memcmp (data, "BM", 2) == 0 && data[14] <= 124
      && memcmp (data + 15, "\0\0\0", 3) == 0)
    return IMP_KIND_BMP;
  if (length >= 4 && (memcmp (data, "PK\3\4", 4) == 0 || memcmp (data, "PK\5\6", 4) == 0))
    return IMP_KIND_ZIP;
  return looks_like_bare_dicom (data, length) ? IMP_KIND_DICOM : IMP_KIND_OTHER;
}

static gboolean
open_by_content (ImpDocument *document, GError **error)
{
  if (imp_pdf_is_form (document->data, document->length))
    return imp_pdf_open (document, error);
  switch (imp_document_recognise (document->data, document->length))
    {
    case IMP_KIND_DICOM:
      return imp_dicom_document_open (document, error);
    case IMP_KIND_JPEG:
      return imp_jpeg_open (document, error);
    case IMP_KIND_PNG:
      return imp_png_open (document, error);
    case IMP_KIND_TIFF:
      return imp_tiff_open (document, error);
    case IMP_KIND_WEBP:
      return imp_webp_open (document, error);
    case IMP_KIND_HEIF:
      return imp_heif_open (document, error);
    case IMP_KIND_BMP:
      return imp_bmp_open (document, error);
    case IMP_KIND_ZIP:
    case IMP_KIND_OTHER:
    default:
      imp_document_refuse (document->data, document->length, error);
      return FALSE;
    }
}

/* A long DICOM file is read while it arrives (dicom-stream); the others are read where they lie, so
 * all of them must be there. */
static gboolean
wait_for_input (const guint8 *data, gsize length)
{
  return imp_input_wait (data + MIN (length, FIRST))
         && ((length >= 132 && memcmp (data + 128, "DICM", 4) == 0)
             || imp_input_wait (data + length));
}

/**
 * imp_document_needs_full:
 * @data: the whole file
 * @length: its bytes
 *
 * Returns: whether this is the quick helper and only the full one reads such a file
 */
gboolean
imp_document_needs_full (const guint8 *data, gsize length)
{
  if (imp_codecs_are_all_here () || !imp_input_wait (data + MIN (length, FIRST)))
    return FALSE;
  length = MIN (length, FIRST);
  return imp_dicom_is_jpeg_xl (data, length) || imp_heif_is_picture (data, length);
}

/**
 * imp_document_open:
 * @data: the whole file; it must stay until the document is freed
 * @length: its bytes
 * @page: which page to read, from 0
 * @error: where to put the error
 *
 * Looks at the first bytes, never at a name, and parses the headers of the file.
 *
 * Returns: (transfer full) (nullable): the document, or %NULL with %IMP_ERROR_UNSUPPORTED naming
 *   what the file is, %IMP_ERROR_USAGE where there is no such page, or %IMP_ERROR_DAMAGED
 */
ImpDocument *
imp_document_open (const guint8 *data, gsize length, guint page, GError **error)
{
  g_autoptr (ImpDocument) document = g_new0 (ImpDocument, 1);

  document->data = data;
  document->length = length;
  document->page = page;
  document->notes = imp_notes_new ();
  if (!wait_for_input (data, length) || !open_by_content (document, error))
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The file is damaged: fetch it again from its source"), NULL);
      return NULL;
    }
  if (document->notes->width <= 0 || document->notes->height <= 0
      || (guint64)document->notes->width * (guint64)document->notes->height > IMP_WIRE_MAX_PIXELS)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture says that it has more than 500 million pixels, or none: save a "
                    "smaller one where it comes from, and open that"),
                NULL);
      return NULL;
    }
  if (page >= document->notes->n_pages)
    {
      imp_fail (error, IMP_ERROR_USAGE, N_ ("The file has no such page"), NULL);
      return NULL;
    }
  if (page > 0 && strcmp (document->notes->format, "tiff") != 0
      && strcmp (document->notes->format, "pdf") != 0)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("Only the first picture of such a file can be shown: save the other as a file "
                    "of its own"),
                NULL);
      return NULL;
    }
  document->notes->page = page;
  if (document->notes->incomplete)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The file holds more that identifies somebody than can be checked for: export "
                    "the picture from its source without its record, and open that"),
                NULL);
      return NULL;
    }
  return g_steal_pointer (&document);
}

/**
 * imp_document_free:
 * @document: (transfer full) (nullable): a document
 */
void
imp_document_free (ImpDocument *document)
{
  if (document == NULL)
    return;
  if (document->reader != NULL)
    document->free_reader (document->reader);
  imp_notes_free (document->notes);
  g_free (document);
}
