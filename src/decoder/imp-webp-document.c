#include <string.h>

#include <webp/decode.h>

#include "imp-colour.h"
#include "imp-document.h"
#include "imp-sink.h"
#include "imp-webp-chunks.h"

typedef struct
{
  const ImpDocument *document; /* borrowed: it owns this reader */
  ImpWebpChunks chunks;
  WebPBitstreamFeatures features; /* of the picture, which an animation's canvas may exceed */
  ImpColour *colour;              /* owned, nullable */
} Reader;

static void
fail_damaged (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The WebP file is damaged or incomplete: fetch it again from its source"), NULL);
}

/* The whole picture as RGB or RGBA: libwebp says where a bit of it is missing. */
static guint8 *
decode (Reader *reader, gsize channels, GError **error)
{
  gsize width = (gsize)reader->features.width;
  gsize height = (gsize)reader->features.height;
  g_autofree guint8 *pixels = g_try_malloc (width * height * channels);
  WebPDecoderConfig config;
  VP8StatusCode status = VP8_STATUS_OUT_OF_MEMORY;

  if (pixels != NULL && WebPInitDecoderConfig (&config) != 0)
    {
      config.output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB;
      config.output.is_external_memory = 1;
      config.output.u.RGBA.rgba = pixels;
      config.output.u.RGBA.stride = (int)(width * channels);
      config.output.u.RGBA.size = width * height * channels;
      status = WebPDecode (reader->chunks.picture, reader->chunks.length, &config);
      WebPFreeDecBuffer (&config.output);
    }
  if (status == VP8_STATUS_OK)
    return g_steal_pointer (&pixels);
  if (status == VP8_STATUS_OUT_OF_MEMORY)
    imp_fail (error, IMP_ERROR_UNSUPPORTED,
              N_ ("The picture is too large for the memory that one file may use: save a smaller "
                  "one where it comes from, and open that"),
              NULL);
  else
    fail_damaged (error);
  return NULL;
}

/* Colour first, then whatever is transparent shows white, as in viewers. */
static void
finish_row (Reader *reader, const guint8 *in, gsize channels, guint8 *plain, guint8 *out)
{
  gsize width = (gsize)reader->features.width;

  if (channels == 3)
    {
      imp_colour_convert (reader->colour, in, out, width);
      return;
    }
  for (gsize x = 0; x < width; x++)
    memcpy (plain + 3 * x, in + 4 * x, 3);
  imp_colour_convert (reader->colour, plain, out, width);
  for (gsize x = 0; x < width; x++)
    imp_sink_show_white (out + 3 * x, 3, in[4 * x + 3], 255);
}

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  const ImpWebpChunks *chunks = &reader->chunks;
  gsize channels = reader->features.has_alpha ? 4 : 3;
  gsize width = (gsize)reader->features.width;
  gsize height = (gsize)reader->features.height;
  g_autofree guint8 *pixels = decode (reader, channels, error);
  g_autofree guint8 *plain = g_try_malloc (width * 3);
  g_autofree guint8 *row = g_try_malloc ((gsize)chunks->width * 3);
  g_autoptr (ImpSink) sink =
      pixels != NULL ? imp_sink_new (chunks->width, chunks->height, 3, chunks->orientation, error)
                     : NULL;

  if (sink == NULL || plain == NULL || row == NULL)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture is too large for the memory that one file may use: save a smaller "
                    "one where it comes from, and open that"),
                NULL);
      return NULL;
    }
  memset (row, 255, (gsize)chunks->width * 3);
  for (gsize y = 0; y < chunks->height; y++)
    if (y < chunks->y || y >= chunks->y + height)
      imp_sink_put_row (sink, y, row);
  for (gsize y = 0; y < height; y++)
    {
      finish_row (reader, pixels + y * width * channels, channels, plain,
                  row + (gsize)chunks->x * 3);
      imp_sink_put_row (sink, chunks->y + y, row);
    }
  return imp_sink_finish (sink, chunks->orientation, reply);
}

static gboolean
read_header (Reader *reader, GError **error)
{
  ImpWebpChunks *chunks = &reader->chunks;
  guint64 width = 0;
  guint64 height = 0;

  if (WebPGetFeatures (chunks->picture, chunks->length, &reader->features) != VP8_STATUS_OK)
    {
      fail_damaged (error);
      return FALSE;
    }
  width = (guint64)reader->features.width;
  height = (guint64)reader->features.height;
  if (chunks->width == 0)
    {
      chunks->width = (guint32)width;
      chunks->height = (guint32)height;
    }
  if (chunks->x + width > chunks->width || chunks->y + height > chunks->height
      || (!chunks->animated && (width != chunks->width || height != chunks->height)))
    {
      fail_damaged (error);
      return FALSE;
    }
  return TRUE;
}

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  imp_colour_free (reader->colour);
  g_free (reader);
}

/**
 * imp_webp_open:
 * @document: (inout): a document that begins with RIFF and WEBP
 * @error: where to put the error
 *
 * An EXIF orientation is obeyed, as Android's and Chrome's decoder does: many phones write none,
 * and converters leave the camera's with pixels that still lie on their side.
 *
 * Returns: whether the headers could be read
 */
gboolean
imp_webp_open (ImpDocument *document, GError **error)
{
  ImpNotes *notes = document->notes;
  Reader *reader = g_new0 (Reader, 1);
  gboolean turned = FALSE;
  gboolean refused = FALSE;

  document->reader = reader;
  document->free_reader = free_reader;
  document->load_frame = load_frame;
  reader->document = document;
  notes->format = "webp";
  if (!imp_webp_chunks_read (&reader->chunks, notes, document->data, document->length, error)
      || !read_header (reader, error))
    return FALSE;
  turned = reader->chunks.orientation >= 5;
  notes->orientation = reader->chunks.orientation;
  notes->width = (int)(turned ? reader->chunks.height : reader->chunks.width);
  notes->height = (int)(turned ? reader->chunks.width : reader->chunks.height);
  notes->photometric = g_strdup (reader->features.has_alpha ? "RGB with alpha" : "RGB");
  notes->codec =
      "webp"; /* the lossless form as well: its encoder may round, and no header says it */
  if (reader->features.has_alpha || (guint32)reader->features.width != reader->chunks.width
      || (guint32)reader->features.height != reader->chunks.height)
    imp_notes_warn_transparent (notes);
  reader->colour =
      imp_colour_new (IMP_COLOUR_RGB, reader->chunks.icc, reader->chunks.icc_length, &refused);
  if (refused)
    imp_notes_warn_profile (notes);
  return TRUE;
}
