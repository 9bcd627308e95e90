#include <string.h>

#include <tiffio.h>

#include "imp-colour.h"
#include "imp-document.h"
#include "imp-photo.h"
#include "imp-sink.h"
#include "imp-tiff.h"
#include "imp-tiff-pages.h"

typedef struct
{
  const ImpDocument *document; /* borrowed: it owns this reader */
  TIFF *tiff;                  /* owned, nullable */
  ImpColour *colour;           /* owned, nullable */
  toff_t at;
  gsize width; /* stored */
  gsize height;
  int orientation;
  guint16 photometric;
  gboolean grey;
  gboolean plain; /* its samples are read as they are: imp-tiff-samples.c */
} Reader;

static gboolean decoding_damaged; /* set by the handlers, which libtiff gives no context */

static void
handle_error (const char *module, const char *format, va_list arguments)
{
  decoding_damaged = TRUE;
}

/* Warnings of the JPEG and fax decoders mean that pixels were made up. */
static void
handle_warning (const char *module, const char *format, va_list arguments)
{
  if ((module != NULL && strcmp (module, "JPEGLib") == 0) || strstr (format, "remature") != NULL)
    decoding_damaged = TRUE;
}

static tmsize_t
read_bytes (thandle_t handle, void *out, tmsize_t size)
{
  Reader *reader = handle;
  gsize length = reader->document->length;

  /* Past the end there is nothing, as in a file: libtiff reckons with an error's -1 as a length. */
  if (size < 0 || reader->at > length)
    return 0;
  size = (tmsize_t)MIN ((gsize)size, length - reader->at);
  memcpy (out, reader->document->data + reader->at, (gsize)size);
  reader->at += (toff_t)size;
  return size;
}

static tmsize_t
write_nothing (thandle_t handle, void *data, tmsize_t size)
{
  return -1;
}

static toff_t
seek (thandle_t handle, toff_t offset, int whence)
{
  Reader *reader = handle;

  if (whence == SEEK_CUR)
    offset += reader->at;
  else if (whence == SEEK_END)
    offset += reader->document->length;
  reader->at = offset;
  return offset;
}

static int
close_nothing (thandle_t handle)
{
  return 0;
}

static toff_t
get_size (thandle_t handle)
{
  Reader *reader = handle;

  return reader->document->length;
}

static int
map_bytes (thandle_t handle, void **base, toff_t *size)
{
  Reader *reader = handle;

  *base = (gpointer)reader->document->data;
  *size = reader->document->length;
  return 1;
}

static void
unmap_nothing (thandle_t handle, void *base, toff_t size)
{
}

static void
fail_damaged (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The TIFF file is damaged or incomplete: fetch it again from its source"), NULL);
}

static void
put_rgba_row (Reader *reader, ImpSink *sink, gsize y, const guint32 *pixels, guint8 *plain,
              guint8 *out)
{
  gsize channels = reader->grey ? 1 : 3;

  for (gsize x = 0; x < reader->width; x++)
    {
      guint32 pixel = pixels[x];
      guint white = 255 - TIFFGetA (pixel); /* colours come multiplied by alpha */

      plain[x * channels] = (guint8)MIN (TIFFGetR (pixel) + white, 255);
      if (channels == 3)
        {
          plain[x * 3 + 1] = (guint8)MIN (TIFFGetG (pixel) + white, 255);
          plain[x * 3 + 2] = (guint8)MIN (TIFFGetB (pixel) + white, 255);
        }
    }
  imp_colour_convert (reader->colour, plain, out, reader->width);
  imp_sink_put_row (sink, y, out);
}

static gboolean
read_rgba (Reader *reader, ImpSink *sink, GError **error)
{
  g_autofree guint32 *pixels = g_try_malloc (reader->width * reader->height * sizeof (guint32));
  g_autofree guint8 *plain = g_malloc (reader->width * 3);
  g_autofree guint8 *out = g_malloc (reader->width * 3);
  TIFFRGBAImage image;
  char message[1024] = "";
  gboolean done = FALSE;

  if (pixels == NULL)
    imp_fail (error, IMP_ERROR_UNSUPPORTED,
              N_ ("The picture is too large for the memory that one file may use: save a smaller "
                  "one where it comes from, and open that"),
              NULL);
  if (pixels == NULL || TIFFRGBAImageBegin (&image, reader->tiff, 1, message) == 0)
    return FALSE;
  image.req_orientation = image.orientation; /* stored order: the sink turns it */
  done = TIFFRGBAImageGet (&image, pixels, (guint32)reader->width, (guint32)reader->height) != 0;
  TIFFRGBAImageEnd (&image);
  for (gsize y = 0; y < reader->height && done; y++)
    put_rgba_row (reader, sink, y, pixels + y * reader->width, plain, out);
  return done;
}

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  g_autoptr (ImpSink) sink =
      imp_sink_new (reader->width, reader->height, (gsize)imp_colour_get_channels (reader->colour),
                    reader->orientation, error);
  gboolean done = FALSE;

  if (sink == NULL)
    return NULL;
  decoding_damaged = FALSE;
  done = reader->plain ? imp_tiff_read_samples (reader->tiff, reader->colour, sink)
                       : read_rgba (reader, sink, error);
  if (!done || decoding_damaged)
    {
      fail_damaged (error);
      return NULL;
    }
  return imp_sink_finish (sink, reader->orientation, reply);
}

static gboolean
check_samples (Reader *reader, ImpNotes *notes, GError **error)
{
  guint16 format = SAMPLEFORMAT_UINT;
  const char *refusal = NULL;
  char message[1024] = "";

  TIFFGetFieldDefaulted (reader->tiff, TIFFTAG_SAMPLEFORMAT, &format);
  if (format == SAMPLEFORMAT_IEEEFP)
    refusal = N_ ("The picture's pixels are floating-point numbers, which are not shown: save it "
                  "as PNG in the program that made it");
  else if (format == SAMPLEFORMAT_INT)
    refusal = N_ ("The picture's pixels are numbers that may be negative, which are not shown: "
                  "save it as PNG in the program that made it");
  else if (format == SAMPLEFORMAT_COMPLEXINT || format == SAMPLEFORMAT_COMPLEXIEEEFP)
    refusal = N_ ("The picture's pixels are complex numbers, which are not shown: save it as PNG "
                  "in the program that made it");
  if (refusal != NULL)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED, refusal, NULL);
      return FALSE;
    }
  if (!reader->plain && TIFFRGBAImageOK (reader->tiff, message) == 0)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("This TIFF file stores its pixels in a way that is not read (%s): save it as "
                    "PNG in the program that made it"),
                message);
      return FALSE;
    }
  return TRUE;
}

static void
read_colour (Reader *reader, ImpNotes *notes)
{
  guint32 length = 0;
  gpointer icc = NULL;
  gboolean refused = FALSE;
  ImpColourModel model = reader->grey ? IMP_COLOUR_GREY
                         : reader->plain && reader->photometric == PHOTOMETRIC_SEPARATED
                             ? IMP_COLOUR_CMYK
                             : IMP_COLOUR_RGB;

  if (TIFFGetField (reader->tiff, TIFFTAG_ICCPROFILE, &length, &icc) != 1)
    icc = NULL;
  reader->colour = imp_colour_new (model, icc, length, &refused);
  if (refused)
    imp_notes_warn_profile (notes);
}

static const char *
describe (guint16 photometric)
{
  static const char *const names[] = {
    "grey (white is zero)", "grey", "RGB", "palette", "mask", "CMYK", "YCbCr"
  };

  if (photometric < G_N_ELEMENTS (names))
    return names[photometric];
  return photometric == PHOTOMETRIC_CIELAB ? "CIELab" : "unknown";
}

static gboolean
read_header (Reader *reader, ImpNotes *notes, GError **error)
{
  guint32 width = 0;
  guint32 height = 0;
  guint16 orientation = 1;
  gboolean turned = FALSE;

  if (TIFFGetField (reader->tiff, TIFFTAG_IMAGEWIDTH, &width) != 1
      || TIFFGetField (reader->tiff, TIFFTAG_IMAGELENGTH, &height) != 1 || width > G_MAXINT32
      || height > G_MAXINT32)
    {
      fail_damaged (error);
      return FALSE;
    }
  if (TIFFGetField (reader->tiff, TIFFTAG_PHOTOMETRIC, &reader->photometric) != 1)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The TIFF file does not say what its pixels mean (PhotometricInterpretation is "
                    "missing): save it again with the program that made it"),
                NULL);
      return FALSE;
    }
  TIFFGetFieldDefaulted (reader->tiff, TIFFTAG_ORIENTATION, &orientation);
  reader->width = width;
  reader->height = height;
  reader->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  reader->grey = reader->photometric == PHOTOMETRIC_MINISWHITE
                 || reader->photometric == PHOTOMETRIC_MINISBLACK;
  reader->plain = imp_tiff_has_plain_samples (reader->tiff);
  turned = reader->orientation >= 5;
  notes->orientation = reader->orientation;
  notes->width = (int)(turned ? height : width);
  notes->height = (int)(turned ? width : height);
  notes->photometric = g_strdup (describe (reader->photometric));
  if (imp_tiff_has_alpha (reader->tiff))
    imp_notes_warn_transparent (notes);
  return TRUE;
}

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  if (reader->tiff != NULL)
    TIFFClose (reader->tiff);
  imp_colour_free (reader->colour);
  g_free (reader);
}

/* Notes what all pages give away, and goes to the one that is wanted. */
static gboolean
enter_page (Reader *reader, GArray *pages, GError **error)
{
  const ImpDocument *document = reader->document;
  ImpNotes *notes = document->notes;
  guint32 kind = 0;

  notes->n_pages = pages->len;
  if (document->page >= pages->len)
    {
      imp_fail (error, IMP_ERROR_USAGE, N_ ("The file has no such page"), NULL);
      return FALSE;
    }
  if (!imp_tiff_note_facts (reader->tiff, document->data, document->length, pages, notes)
      || TIFFSetSubDirectory (reader->tiff, g_array_index (pages, guint64, document->page)) == 0)
    {
      fail_damaged (error);
      return FALSE;
    }
  if (pages->len > 1)
    {
      g_autofree char *which = g_strdup_printf ("%u/%u", document->page + 1, pages->len);

      imp_notes_warn (notes, N_ ("Page %s of the file is shown; the others do not leave with it"),
                      which);
    }
  TIFFGetField (reader->tiff, TIFFTAG_SUBFILETYPE, &kind);
  if ((kind & FILETYPE_REDUCEDIMAGE) != 0)
    imp_notes_warn (
        notes, N_ ("This page is a reduced copy of a picture that the file holds as well"), NULL);
  return TRUE;
}

/**
 * imp_tiff_open:
 * @document: (inout): a document that begins with a TIFF or BigTIFF header
 * @error: where to put the error
 *
 * Returns: whether @document's page can be decoded
 */
gboolean
imp_tiff_open (ImpDocument *document, GError **error)
{
  ImpNotes *notes = document->notes;
  Reader *reader = g_new0 (Reader, 1);
  g_autoptr (GArray) pages = NULL;

  document->reader = reader;
  document->free_reader = free_reader;
  document->load_frame = load_frame;
  reader->document = document;
  notes->format = "tiff";
  pages = imp_tiff_pages_find (document->data, document->length, error);
  if (pages == NULL)
    return FALSE;
  TIFFSetErrorHandler (handle_error);
  TIFFSetWarningHandler (handle_warning);
  reader->tiff = TIFFClientOpen ("input", "r", reader, read_bytes, write_nothing, seek,
                                 close_nothing, get_size, map_bytes, unmap_nothing);
  if (reader->tiff == NULL)
    {
      fail_damaged (error);
      return FALSE;
    }
  if (!enter_page (reader, pages, error) || !read_header (reader, notes, error)
      || !check_samples (reader, notes, error))
    return FALSE;
  if (!imp_tiff_is_finished (reader->tiff, document->data, document->length))
    {
      fail_damaged (error);
      return FALSE;
    }
  read_colour (reader, notes);
  imp_tiff_note_grid (reader->tiff, notes);
  imp_tiff_note_shape (reader->tiff, reader->orientation, notes);
  return TRUE;
}
