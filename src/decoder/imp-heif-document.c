#include <string.h>

#include "heif-guard.h"
#include "imp-cicp.h"
#include "imp-document.h"
#include "imp-heif-boxes.h"
#include "imp-heif-hevc.h"
#include "imp-photo.h"
#include "imp-sink.h"

#define AV1_DECODER "aom" /* dav1d starts threads, which the sandbox forbids */
#define MAX_PAGES 10000

typedef struct
{
  const ImpDocument *document;      /* borrowed: it owns this reader */
  struct heif_context *context;     /* owned, nullable */
  struct heif_image_handle *handle; /* owned, nullable: the primary picture */
  ImpHeifBoxes boxes;
  ImpCicp said;      /* by a colr box; 2 for what it leaves to the stream */
  ImpColour *colour; /* owned; NULL where the coded picture itself says its colours, if anybody */
  gboolean deep;     /* more than 8 bits a sample */
  gboolean alpha;
  gboolean premultiplied;
} Reader;

static gboolean reads_av1; /* whether libheif has the decoder that starts no threads */

static gboolean
find_av1_decoder (void)
{
  const struct heif_decoder_descriptor *found[16] = { NULL };
  int n = heif_get_decoder_descriptors (heif_compression_AV1, found, G_N_ELEMENTS (found));

  for (int i = 0; i < MIN (n, (int)G_N_ELEMENTS (found)); i++)
    if (g_strcmp0 (heif_decoder_descriptor_get_id_name (found[i]), AV1_DECODER) == 0)
      return TRUE;
  return FALSE;
}

/**
 * imp_heif_initialise:
 *
 * Loads libheif's plugins, which are files: once, before the lock.
 */
void
imp_heif_initialise (void)
{
  heif_init (NULL);
  imp_heif_hevc_register ();
  reads_av1 = find_av1_decoder ();
}

static void
fail (struct heif_error cause, GError **error)
{
  if (cause.code == heif_error_Memory_allocation_error)
    imp_fail (error, IMP_ERROR_UNSUPPORTED,
              N_ ("The picture is too large for the memory that one file may use: save a smaller "
                  "one where it comes from, and open that"),
              NULL);
  else if (cause.code == heif_error_Unsupported_feature
           || cause.code == heif_error_Unsupported_filetype)
    imp_fail (
        error, IMP_ERROR_UNSUPPORTED,
        N_ ("This HEIC file uses a coding that this machine's library does not read: save the "
            "picture as JPEG"),
        NULL);
  else
    imp_fail (error, IMP_ERROR_DAMAGED,
              N_ ("The HEIC file is damaged or incomplete: fetch it again from its source"), NULL);
}

/* One row as libheif gives it, in its colour's input: 8 bits a sample, or 16. */
typedef struct
{
  gsize width;
  gsize in_channels;
  guint16 most; /* the highest sample */
  guint8 *plain;
  guint16 *deep;
  guint8 *shown;
} Row;

static void
clear_row (Row *row)
{
  g_free (row->plain);
  g_free (row->deep);
  g_free (row->shown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, clear_row)

static guint
get_sample (const Row *row, const guint8 *in, gsize at)
{
  if (row->deep == NULL)
    return in[at];
  return MIN ((guint)(in[2 * at] | in[2 * at + 1] << 8), row->most); /* little-endian */
}

/* Colour first, then whatever is transparent shows white, as in viewers. */
static void
finish_row (const Reader *reader, ImpColour *colour, Row *row, const guint8 *in)
{
  guint most = row->most;

  for (gsize x = 0; x < row->width; x++)
    {
      guint alpha = reader->alpha && reader->premultiplied
                        ? get_sample (row, in, x * row->in_channels + 3)
                        : 0;

      for (gsize c = 0; c < 3; c++)
        {
          guint value = get_sample (row, in, x * row->in_channels + c);

          if (alpha > 0)
            value = MIN (value * most / alpha, most);
          if (row->deep != NULL)
            row->deep[3 * x + c] = (guint16)((value * 65535u + most / 2) / most);
          else
            row->plain[3 * x + c] = (guint8)value;
        }
    }
  if (row->deep != NULL)
    imp_colour_convert_deep (colour, row->deep, row->shown, row->width);
  else
    imp_colour_convert (colour, row->plain, row->shown, row->width);
  for (gsize x = 0; x < row->width && reader->alpha; x++)
    {
      guint alpha = get_sample (row, in, x * row->in_channels + 3);

      imp_sink_show_white (row->shown + 3 * x, 3, alpha, most);
    }
}

/* What a colr box does not say, the stream may: both together, for each of the two numbers. */
static gboolean
make_colour (const Reader *reader, const ImpCicp *stream, ImpColour **colour, GError **error)
{
  ImpCicp said = reader->said;

  if (said.primaries == IMP_CICP_NOT_SAID)
    said.primaries = stream->primaries;
  if (said.transfer == IMP_CICP_NOT_SAID)
    said.transfer = stream->transfer;
  if (!imp_cicp_check (said.transfer, error))
    return FALSE;
  *colour = imp_cicp_make_colour (IMP_COLOUR_RGB, said.primaries, said.transfer);
  return TRUE;
}

/* The stream of HEVC is asked once it is decoded; newer libheif hands on what others say. */
static gboolean
read_stream_colour (const Reader *reader, const struct heif_image *image, ImpColour **colour,
                    GError **error)
{
  struct heif_color_profile_nclx *nclx = NULL;
  ImpCicp stream = { IMP_CICP_NOT_SAID, IMP_CICP_NOT_SAID };

  if (!imp_heif_hevc_recall (&stream)
      && heif_image_get_nclx_color_profile (image, &nclx).code == heif_error_Ok && nclx != NULL)
    {
      stream = (ImpCicp){ (guint)nclx->color_primaries, (guint)nclx->transfer_characteristics };
      heif_nclx_color_profile_free (nclx);
    }
  return make_colour (reader, &stream, colour, error);
}

static gboolean
put_rows (const Reader *reader, const struct heif_image *image, ImpSink *sink, GError **error)
{
  int stride = 0;
  const guint8 *pixels = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  int bits = heif_image_get_bits_per_pixel_range (image, heif_channel_interleaved);
  g_autoptr (ImpColour) said = NULL;
  g_auto (Row) row = { .width = sink->width, .in_channels = reader->alpha ? 4 : 3 };

  if (pixels == NULL || bits < 8 || bits > 16 || (bits > 8) != reader->deep
      || (gsize)heif_image_get_width (image, heif_channel_interleaved) != sink->width
      || (gsize)heif_image_get_height (image, heif_channel_interleaved) != sink->height)
    return FALSE;
  if (reader->colour == NULL && !read_stream_colour (reader, image, &said, error))
    return FALSE;
  row.most = (guint16)((1u << bits) - 1);
  row.plain = reader->deep ? NULL : g_malloc (row.width * 3);
  row.deep = reader->deep ? g_malloc (row.width * 6) : NULL;
  row.shown = g_malloc (row.width * 3);
  for (gsize y = 0; y < sink->height; y++)
    {
      finish_row (reader, said != NULL ? said : reader->colour, &row, pixels + y * (gsize)stride);
      imp_sink_put_row (sink, y, row.shown);
    }
  return TRUE;
}

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  const ImpNotes *notes = reader->document->notes;
  struct heif_decoding_options *options = heif_decoding_options_alloc ();
  struct heif_image *image = NULL;
  struct heif_error cause = { heif_error_Invalid_input, heif_suberror_Unspecified, "" };
  enum heif_chroma chroma = reader->deep    ? reader->alpha ? heif_chroma_interleaved_RRGGBBAA_LE
                                                            : heif_chroma_interleaved_RRGGBB_LE
                            : reader->alpha ? heif_chroma_interleaved_RGBA
                                            : heif_chroma_interleaved_RGB;
  g_autoptr (ImpSink) sink = NULL;
  gboolean done = FALSE;

  options->strict_decoding = 1;
  if (reader->boxes.av1)
    options->decoder_id = AV1_DECODER;
  imp_heif_hevc_forget ();
  cause = heif_guard_decode (reader->handle, &image, chroma, options);
  heif_decoding_options_free (options);
  if (cause.code == heif_error_Ok)
    sink = imp_sink_new ((gsize)notes->width, (gsize)notes->height, 3, 1, error);
  done = sink != NULL && put_rows (reader, image, sink, error);
  if (image != NULL)
    heif_image_release (image);
  if (!done)
    {
      fail (cause, error);
      return NULL;
    }
  return imp_sink_finish (sink, 1, reply);
}

/* Pictures beside the one that is shown: smaller ones, depth and gain maps, whole ones. */
static void
note_others (Reader *reader, ImpNotes *notes)
{
  int n = heif_context_get_number_of_top_level_images (reader->context);

  for (int i = heif_image_handle_get_number_of_thumbnails (reader->handle); i > 0; i--)
    imp_notes_add (notes, "HEIC thumbnail", "thumbnail", NULL, FALSE);
  if (heif_image_handle_get_number_of_depth_images (reader->handle) > 0)
    imp_notes_add (notes, "HEIC depth map", "thumbnail", NULL, FALSE);
  if (heif_image_handle_get_number_of_auxiliary_images (
          reader->handle, LIBHEIF_AUX_IMAGE_FILTER_OMIT_ALPHA | LIBHEIF_AUX_IMAGE_FILTER_OMIT_DEPTH)
      > 0)
    imp_notes_add (notes, "HEIC auxiliary picture", "thumbnail", NULL, FALSE);
  notes->n_pages = (guint)CLAMP (n, 1, MAX_PAGES);
  if (n > 1)
    {
      g_autofree char *count = g_strdup_printf ("%d", n);

      imp_notes_warn (notes, N_ ("The file holds %s pictures: only the main one is shown"), count);
    }
}

/* A colr box: an ICC profile, or code points, which AV1's sequence header completes. HEVC's are not
 * known before it is decoded. */
static gboolean
read_colour (Reader *reader, ImpNotes *notes, GError **error)
{
  gsize size = heif_image_handle_get_raw_color_profile_size (reader->handle);
  g_autofree guint8 *icc = size > 0 ? g_try_malloc (size) : NULL;
  struct heif_color_profile_nclx *nclx = NULL;
  gboolean refused = FALSE;

  if (heif_image_handle_get_nclx_color_profile (reader->handle, &nclx).code == heif_error_Ok
      && nclx != NULL)
    {
      reader->said =
          (ImpCicp){ (guint)nclx->color_primaries, (guint)nclx->transfer_characteristics };
      heif_nclx_color_profile_free (nclx);
    }
  if (icc != NULL
      && heif_image_handle_get_raw_color_profile (reader->handle, icc).code == heif_error_Ok)
    {
      imp_photo_note_icc (notes, "ICC profile", icc, size);
      reader->colour = imp_colour_new (IMP_COLOUR_RGB, icc, size, &refused);
      if (refused)
        imp_notes_warn_profile (notes);
      return TRUE;
    }
  if (reader->boxes.has_said)
    return make_colour (reader, &reader->boxes.said, &reader->colour, error);
  return imp_cicp_check (reader->said.transfer, error);
}

/* By what the pictures are, as a brand is a word that anybody may write. */
static const char *
find_codec (const ImpHeifBoxes *boxes)
{
  if (boxes->other || boxes->av1 == boxes->hevc)
    return "unknown";
  return boxes->av1 ? "avif" : "heic";
}

static gboolean
check_coding (const Reader *reader, GError **error)
{
  if (!reader->boxes.av1 || reads_av1)
    return TRUE;
  imp_fail (error, IMP_ERROR_UNSUPPORTED,
            N_ ("This is an AVIF picture, which this build of the program does not read: save it "
                "as JPEG or PNG"),
            NULL);
  return FALSE;
}

static gboolean
open_primary (Reader *reader, GError **error)
{
  const ImpDocument *document = reader->document;
  struct heif_error cause = { heif_error_Memory_allocation_error, heif_suberror_Unspecified, "" };

  reader->context = heif_context_alloc ();
  if (reader->context != NULL)
    {
      heif_context_set_max_decoding_threads (reader->context, 0);
      cause = heif_guard_read (reader->context, document->data, document->length);
    }
  if (cause.code == heif_error_Ok)
    cause = heif_context_get_primary_image_handle (reader->context, &reader->handle);
  if (cause.code == heif_error_Ok)
    return TRUE;
  fail (cause, error);
  return FALSE;
}

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  if (reader->handle != NULL)
    heif_image_handle_release (reader->handle);
  if (reader->context != NULL)
    heif_context_free (reader->context);
  imp_colour_free (reader->colour);
  g_free (reader);
}

/**
 * imp_heif_open:
 * @document: (inout): a document of a kind that imp_heif_is_picture() knows
 * @error: where to put the error
 *
 * The primary picture as its own properties turn and cut it (irot, imir, clap): an EXIF orientation
 * says the same again, and is not obeyed (ISO/IEC 23008-12, A.2.1).
 *
 * Returns: whether the primary picture's headers could be read
 */
gboolean
imp_heif_open (ImpDocument *document, GError **error)
{
  ImpNotes *notes = document->notes;
  Reader *reader = g_new0 (Reader, 1);
  gboolean avif = imp_heif_find_kind (document->data, document->length) == IMP_HEIF_AVIF;

  document->reader = reader;
  document->free_reader = free_reader;
  document->load_frame = load_frame;
  reader->document = document;
  notes->format = avif ? "avif" : "heic";
  notes->codec = "unknown";
  reader->said = (ImpCicp){ IMP_CICP_NOT_SAID, IMP_CICP_NOT_SAID };
  if (!imp_heif_boxes_read (&reader->boxes, notes, document->data, document->length, error)
      || !check_coding (reader, error) || !open_primary (reader, error))
    return FALSE;
  notes->codec = find_codec (&reader->boxes);
  notes->width = heif_image_handle_get_width (reader->handle);
  notes->height = heif_image_handle_get_height (reader->handle);
  reader->deep = heif_image_handle_get_luma_bits_per_pixel (reader->handle) > 8;
  reader->alpha = heif_image_handle_has_alpha_channel (reader->handle) != 0;
  reader->premultiplied = heif_image_handle_is_premultiplied_alpha (reader->handle) != 0;
  notes->photometric = g_strdup (reader->alpha ? "RGB with alpha" : "RGB");
  if (reader->alpha)
    imp_notes_warn_transparent (notes);
  note_others (reader, notes);
  return read_colour (reader, notes, error);
}
