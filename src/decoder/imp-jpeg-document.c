#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

#include "imp-colour.h"
#include "imp-document.h"
#include "imp-jpeg-segments.h"
#include "imp-sink.h"

typedef struct
{
  const ImpDocument *document; /* borrowed: it owns this reader */
  ImpJpegSegments segments;
  ImpColour *colour; /* owned, nullable */
} Reader;

typedef struct
{
  struct jpeg_error_mgr base;
  jmp_buf jump;
  gboolean missing_codec; /* the library was built without what the file needs */
} Errors;

static void
fail_decoding (j_common_ptr info)
{
  Errors *errors = (Errors *)info->err;

  errors->missing_codec =
      info->err->msg_code == JERR_ARITH_NOTIMPL || info->err->msg_code == JERR_NOT_COMPILED
      || info->err->msg_code == JERR_BAD_PRECISION || info->err->msg_code == JERR_SOF_UNSUPPORTED;
  longjmp (errors->jump, 1);
}

/* A warning means that pixels were made up: such a picture is not shown. Harmless are an unknown
 * Adobe transform or JFIF version, and filling before the end, which many cameras write. */
static void
judge_warning (j_common_ptr info, int level)
{
  int code = info->err->msg_code;

  if (level >= 0 || code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR
      || (code == JWRN_EXTRANEOUS_DATA && info->err->msg_parm.i[1] == 0xd9))
    return;
  fail_decoding (info);
}

static void
say_nothing (j_common_ptr info)
{
}

static void
fail (const Errors *errors, GError **error)
{
  if (errors->missing_codec)
    imp_fail (error, IMP_ERROR_UNSUPPORTED,
              N_ ("This JPEG file uses a coding that this machine's library does not read: save it "
                  "as PNG"),
              NULL);
  else
    imp_fail (error, IMP_ERROR_DAMAGED,
              N_ ("The JPEG file is damaged or incomplete: fetch it again from its source"), NULL);
}

static void
start (struct jpeg_decompress_struct *info, Errors *errors, const ImpDocument *document)
{
  info->err = jpeg_std_error (&errors->base);
  errors->base.error_exit = fail_decoding;
  errors->base.emit_message = judge_warning;
  errors->base.output_message = say_nothing;
  jpeg_create_decompress (info);
  jpeg_mem_src (info, document->data, (gulong)document->length);
  jpeg_read_header (info, TRUE);
}

static void
read_rows (struct jpeg_decompress_struct *info, Reader *reader, ImpSink *sink, guint8 *row,
           guint8 *converted)
{
  gboolean direct = imp_colour_is_identity (reader->colour);

  while (info->output_scanline < info->output_height)
    {
      gsize y = info->output_scanline;
      guint8 *in_place = imp_sink_row (sink, y);
      JSAMPROW rows[1] = { direct && in_place != NULL ? in_place : row };
      guint8 *out = in_place != NULL ? in_place : converted;

      if (jpeg_read_scanlines (info, rows, 1) != 1)
        ERREXIT (info, JERR_INPUT_EOF);
      if (rows[0] == in_place)
        continue;
      if (direct)
        out = row;
      else
        imp_colour_convert (reader->colour, row, out, info->output_width);
      if (out != in_place)
        imp_sink_put_row (sink, y, out);
    }
  jpeg_finish_decompress (info);
}

static gboolean
decode (Reader *reader, guint reduced, ImpSink *sink, guint8 *row, guint8 *converted,
        GError **error)
{
  struct jpeg_decompress_struct info = { 0 };
  Errors errors = { 0 };

  if (setjmp (errors.jump) != 0)
    {
      jpeg_destroy_decompress (&info);
      fail (&errors, error);
      return FALSE;
    }
  start (&info, &errors, reader->document);
  if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK)
    info.out_color_space = JCS_CMYK;
  else if (info.jpeg_color_space != JCS_GRAYSCALE)
    info.out_color_space = JCS_RGB;
  info.do_block_smoothing = FALSE; /* it carries pixels over the lines of the block grid */
  info.scale_num = 1;
  info.scale_denom = reduced;
  jpeg_start_decompress (&info);
  if (info.output_width != sink->width || info.output_height != sink->height)
    ERREXIT (&info, JERR_INPUT_EOF);
  read_rows (&info, reader, sink, row, converted);
  jpeg_destroy_decompress (&info);
  return TRUE;
}

/* @reduced: 1, or 2, 4 or 8 for a picture whose sides are that much shorter, rounded up. */
static ImpMemory *
load_reduced (Reader *reader, guint reduced, ImpWireReply *reply, GError **error)
{
  const ImpNotes *notes = reader->document->notes;
  int orientation = reader->segments.orientation;
  gsize shown_width = ((gsize)notes->width + reduced - 1) / reduced;
  gsize shown_height = ((gsize)notes->height + reduced - 1) / reduced;
  gsize width = orientation >= 5 ? shown_height : shown_width;
  gsize height = orientation >= 5 ? shown_width : shown_height;
  g_autofree guint8 *row = g_malloc (width * 4);
  g_autofree guint8 *converted = g_malloc (width * 4);
  g_autoptr (ImpSink) sink = imp_sink_new (
      width, height, (gsize)imp_colour_get_channels (reader->colour), orientation, error);

  if (sink == NULL || !decode (reader, reduced, sink, row, converted, error))
    return NULL;
  return imp_sink_finish (sink, orientation, reply);
}

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  return load_reduced (data, 1, reply, error);
}

static ImpMemory *
load_small (gpointer data, guint side, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  const ImpNotes *notes = reader->document->notes;
  guint longest = (guint)MAX (notes->width, notes->height);
  guint reduced = 8;

  while (reduced > 1 && longest / reduced < side)
    reduced /= 2;
  return load_reduced (reader, reduced, reply, error);
}

static gboolean
check_coding (const ImpJpegSegments *segments, GError **error)
{
  const char *message = NULL;

  if (segments->mcu.lossless)
    message = N_ ("This is a lossless JPEG file, which is not read: save it as PNG");
  else if (segments->sof == 0xc5 || segments->sof == 0xc6 || segments->sof == 0xcd
           || segments->sof == 0xce)
    message = N_ ("This is a hierarchical JPEG file, which is not read: save it as PNG");
  else if (segments->mcu.precision != 8)
    message = N_ ("This is a JPEG file with 12 bits a sample, which is not read: save it as PNG");
  if (message != NULL)
    imp_fail (error, IMP_ERROR_UNSUPPORTED, message, NULL);
  return message == NULL;
}

static const char *
describe (const struct jpeg_decompress_struct *info, ImpColourModel *model)
{
  switch (info->jpeg_color_space)
    {
    case JCS_GRAYSCALE:
      *model = IMP_COLOUR_GREY;
      return "grey";
    case JCS_CMYK:
    case JCS_YCCK:
      *model = info->saw_Adobe_marker ? IMP_COLOUR_CMYK_INVERTED : IMP_COLOUR_CMYK;
      return info->jpeg_color_space == JCS_CMYK ? "CMYK" : "YCCK";
    case JCS_RGB:
      *model = IMP_COLOUR_RGB;
      return "RGB";
    default:
      *model = IMP_COLOUR_RGB;
      return "YCbCr";
    }
}

static gboolean
read_header (Reader *reader, ImpNotes *notes, GError **error)
{
  struct jpeg_decompress_struct info = { 0 };
  Errors errors = { 0 };
  const GByteArray *icc = reader->segments.icc;
  ImpColourModel model = IMP_COLOUR_RGB;
  gboolean refused = FALSE;
  gboolean turned = reader->segments.orientation >= 5;

  if (setjmp (errors.jump) != 0)
    {
      jpeg_destroy_decompress (&info);
      fail (&errors, error);
      return FALSE;
    }
  start (&info, &errors, reader->document);
  notes->width = (int)(turned ? info.image_height : info.image_width);
  notes->height = (int)(turned ? info.image_width : info.image_height);
  notes->photometric = g_strdup (describe (&info, &model));
  jpeg_destroy_decompress (&info);
  reader->colour =
      imp_colour_new (model, icc != NULL ? icc->data : NULL, icc != NULL ? icc->len : 0, &refused);
  if (refused)
    imp_notes_warn_profile (notes);
  return TRUE;
}

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  imp_jpeg_segments_clear (&reader->segments);
  imp_colour_free (reader->colour);
  g_free (reader);
}

/**
 * imp_jpeg_open:
 * @document: (inout): a document that begins with SOI
 * @error: where to put the error
 *
 * Returns: whether the headers could be read and the coding is one that can be decoded
 */
gboolean
imp_jpeg_open (ImpDocument *document, GError **error)
{
  ImpNotes *notes = document->notes;
  Reader *reader = g_new0 (Reader, 1);

  document->reader = reader;
  document->free_reader = free_reader;
  document->load_frame = load_frame;
  document->load_small = load_small;
  reader->document = document;
  notes->format = "jpeg";
  if (!imp_jpeg_segments_read (&reader->segments, notes, document->data, document->length, error)
      || !check_coding (&reader->segments, error) || !read_header (reader, notes, error))
    return FALSE;
  notes->orientation = reader->segments.orientation;
  notes->grid = (ImpGrid){ reader->segments.mcu.width, reader->segments.mcu.height };
  return TRUE;
}
