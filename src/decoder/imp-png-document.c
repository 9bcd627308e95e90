#include <math.h>
#include <setjmp.h>
#include <string.h>

#include <png.h>

#include "imp-cicp.h"
#include "imp-document.h"
#include "imp-photo.h"
#include "imp-png-chunks.h"
#include "imp-sink.h"

#define SRGB_GAMMA (1 / 2.2)

typedef struct
{
  const ImpDocument *document; /* borrowed: it owns this reader */
  ImpPngChunks chunks;
  ImpColour *colour; /* owned, nullable */
  double file_gamma; /* of gAMA where libpng shall correct it, else 0 */
  gboolean deep;     /* 16 bits a sample go through the profile whole */
} Reader;

typedef struct
{
  png_structp png;
  png_infop info;
  const guint8 *data;
  gsize left;
  jmp_buf jump;
} Session;

static void
feed (png_structp png, png_bytep out, gsize length)
{
  Session *session = png_get_io_ptr (png);

  if (length > session->left)
    png_error (png, "short");
  memcpy (out, session->data, length);
  session->data += length;
  session->left -= length;
}

static void
fail_decoding (png_structp png, const char *message)
{
  Session *session = png_get_error_ptr (png);

  longjmp (session->jump, 1);
}

static void
say_nothing (png_structp png, const char *message)
{
}

static void
start (Session *session, const ImpDocument *document)
{
  session->data = document->data;
  session->left = document->length;
  session->png =
      png_create_read_struct (PNG_LIBPNG_VER_STRING, session, fail_decoding, say_nothing);
  session->info = session->png != NULL ? png_create_info_struct (session->png) : NULL;
  if (session->info == NULL)
    longjmp (session->jump, 1);
  png_set_read_fn (session->png, session, feed);
  png_set_user_limits (session->png, 65535, 65535);
  png_set_chunk_malloc_max (session->png, 64u << 20);
  png_read_info (session->png, session->info);
}

static void
end (Session *session)
{
  if (session->png != NULL)
    png_destroy_read_struct (&session->png, &session->info, NULL);
}

static void
fail (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The PNG file is damaged or incomplete: fetch it again from its source"), NULL);
}

static const char *
describe (int type)
{
  switch (type)
    {
    case PNG_COLOR_TYPE_GRAY:
      return "grey";
    case PNG_COLOR_TYPE_GRAY_ALPHA:
      return "grey with alpha";
    case PNG_COLOR_TYPE_PALETTE:
      return "palette";
    case PNG_COLOR_TYPE_RGB_ALPHA:
      return "RGB with alpha";
    default:
      return "RGB";
    }
}

static gboolean
is_far (double a, double b)
{
  return fabs (a - b) > 0.002;
}

/* cICP before iCCP before sRGB before gAMA and cHRM (PNG 3, 4.3): what is not said is sRGB. */
static void
read_colour (Reader *reader, Session *session, ImpNotes *notes)
{
  int type = png_get_color_type (session->png, session->info);
  ImpColourModel model = (type & PNG_COLOR_MASK_COLOR) != 0 ? IMP_COLOUR_RGB : IMP_COLOUR_GREY;
  png_charp name = NULL;
  png_bytep icc = NULL;
  png_uint_32 length = 0;
  int method = 0;
  double gamma = 0;
  double xy[8] = { 0 };
  gboolean refused = FALSE;

  if (reader->chunks.has_cicp)
    {
      reader->colour =
          imp_cicp_make_colour (model, reader->chunks.primaries, reader->chunks.transfer);
      return;
    }
  if (png_get_iCCP (session->png, session->info, &name, &method, &icc, &length) != 0)
    {
      reader->colour = imp_colour_new (model, icc, length, &refused);
      imp_notes_add_bytes (notes, "PNG iCCP", "icc", name, strlen (name), FALSE);
      imp_photo_note_icc (notes, "ICC profile", icc, length);
      if (refused)
        imp_notes_warn_profile (notes);
      return;
    }
  if (png_get_valid (session->png, session->info, PNG_INFO_sRGB) == 0
      && png_get_gAMA (session->png, session->info, &gamma) != 0 && gamma > 0.01 && gamma < 10)
    {
      if (model == IMP_COLOUR_RGB
          && png_get_cHRM (session->png, session->info, &xy[0], &xy[1], &xy[2], &xy[3], &xy[4],
                           &xy[5], &xy[6], &xy[7])
                 != 0
          && (is_far (xy[0], 0.3127) || is_far (xy[1], 0.329) || is_far (xy[2], 0.64)
              || is_far (xy[3], 0.33) || is_far (xy[4], 0.3) || is_far (xy[5], 0.6)
              || is_far (xy[6], 0.15) || is_far (xy[7], 0.06)))
        {
          reader->colour = imp_colour_new_from_gamma (model, 1 / gamma, xy);
          return;
        }
      if (fabs (gamma / SRGB_GAMMA - 1) > 0.05)
        reader->file_gamma = gamma;
    }
  reader->colour = imp_colour_new (model, NULL, 0, NULL);
}

static void
set_transforms (Reader *reader, Session *session)
{
  png_set_expand (session->png);
  if (reader->file_gamma > 0)
    png_set_gamma (session->png, PNG_DEFAULT_sRGB, reader->file_gamma);
  reader->deep = png_get_bit_depth (session->png, session->info) == 16 && reader->file_gamma <= 0
                 && !imp_colour_is_identity (reader->colour);
  if (!reader->deep)
    png_set_scale_16 (session->png);
  else if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap (session->png);
  png_set_interlace_handling (session->png);
  png_read_update_info (session->png, session->info);
}

static void
finish_deep_row (Reader *reader, const guint16 *in, gsize in_channels, guint16 *plain, guint8 *out,
                 gsize width)
{
  gsize channels = in_channels < 3 ? 1 : 3;
  gsize out_channels = (gsize)imp_colour_get_channels (reader->colour);

  for (gsize x = 0; x < width; x++)
    memcpy (plain + x * channels, in + x * in_channels, channels * sizeof *in);
  imp_colour_convert_deep (reader->colour, plain, out, width);
  for (gsize x = 0; x < width && in_channels > channels; x++)
    imp_sink_show_white (out + x * out_channels, out_channels, in[x * in_channels + channels],
                         65535);
}

/* Colour first, then whatever is transparent shows white, as in viewers. */
static void
finish_row (Reader *reader, const guint8 *in, gsize in_channels, guint8 *plain, guint8 *out,
            gsize width)
{
  gsize channels = in_channels < 3 ? 1 : 3;
  gsize out_channels = (gsize)imp_colour_get_channels (reader->colour);

  if (reader->deep)
    {
      finish_deep_row (reader, (const guint16 *)(gconstpointer)in, in_channels,
                       (guint16 *)(gpointer)plain, out, width);
      return;
    }
  if (in_channels == channels)
    {
      imp_colour_convert (reader->colour, in, out, width);
      return;
    }
  for (gsize x = 0; x < width; x++)
    memcpy (plain + x * channels, in + x * in_channels, channels);
  imp_colour_convert (reader->colour, plain, out, width);
  for (gsize x = 0; x < width; x++)
    imp_sink_show_white (out + x * out_channels, out_channels, in[x * in_channels + channels], 255);
}

typedef struct
{
  guint8 *pixels;  /* owned, nullable: one row, or all where the file is interlaced */
  png_bytep *rows; /* owned, nullable */
  guint8 *plain;   /* owned, nullable */
  guint8 *out;     /* owned, nullable */
  guint8 *indices; /* owned, nullable */
} Buffers;

static void
clear_buffers (Buffers *buffers)
{
  g_free (buffers->pixels);
  g_free (buffers->rows);
  g_free (buffers->plain);
  g_free (buffers->out);
  g_free (buffers->indices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Buffers, clear_buffers)

/* Not inlined: what it sets must lie in memory, where a jump out of it leaves it (C11 7.13.2.1). */
G_NO_INLINE static gboolean
read_rows (Reader *reader, Session *session, ImpSink *sink, Buffers *buffers)
{
  gsize width = sink->width;
  gsize height = sink->height;
  gsize channels = png_get_channels (session->png, session->info);
  gsize stride = png_get_rowbytes (session->png, session->info);
  gboolean interlaced = png_get_interlace_type (session->png, session->info) != PNG_INTERLACE_NONE;

  if (stride != width * channels * (reader->deep ? 2 : 1))
    return FALSE;
  buffers->pixels = g_try_malloc (interlaced ? stride * height : stride);
  buffers->plain = g_malloc (width * 3 * sizeof (guint16));
  buffers->out = g_malloc (width * 3);
  if (buffers->pixels == NULL)
    return FALSE;
  if (interlaced)
    {
      buffers->rows = g_new (png_bytep, height);
      for (gsize y = 0; y < height; y++)
        buffers->rows[y] = buffers->pixels + y * stride;
      png_read_image (session->png, buffers->rows);
    }
  for (gsize y = 0; y < height; y++)
    {
      guint8 *in = interlaced ? buffers->rows[y] : buffers->pixels;
      guint8 *in_place = imp_sink_row (sink, y);

      if (!interlaced)
        png_read_row (session->png, in, NULL);
      finish_row (reader, in, channels, buffers->plain, in_place != NULL ? in_place : buffers->out,
                  width);
      if (in_place == NULL)
        imp_sink_put_row (sink, y, buffers->out);
    }
  png_read_end (session->png, NULL);
  return TRUE;
}

/* Whether no pixel is beyond the palette. Not inlined, as read_rows(). */
G_NO_INLINE static gboolean
check_indices (Session *session, guint n_colours, guint8 **row)
{
  gsize width = png_get_image_width (session->png, session->info);
  gsize height = png_get_image_height (session->png, session->info);
  int n_passes = png_set_interlace_handling (session->png);
  guint8 highest = 0;

  png_set_packing (session->png); /* to a byte each */
  png_read_update_info (session->png, session->info);
  *row = g_malloc0 (png_get_rowbytes (session->png, session->info));
  for (int pass = 0; pass < n_passes; pass++)
    for (gsize y = 0; y < height; y++)
      {
        png_read_row (session->png, *row, NULL);
        for (gsize x = 0; x < width; x++)
          highest = MAX (highest, (*row)[x]);
      }
  return highest < n_colours;
}

/* libpng shows what lies beyond the palette as black, without a word: a picture that could name
 * more colours than it has is read twice. */
static gboolean
has_all_colours (Session *session, guint8 **row)
{
  png_colorp palette = NULL;
  int n_colours = 0;

  return png_get_color_type (session->png, session->info) != PNG_COLOR_TYPE_PALETTE
         || png_get_PLTE (session->png, session->info, &palette, &n_colours) == 0
         || n_colours >= 1 << png_get_bit_depth (session->png, session->info)
         || check_indices (session, (guint)n_colours, row);
}

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  Session session = { 0 };
  g_auto (Buffers) buffers = { 0 };
  g_autoptr (ImpSink) sink = imp_sink_new (reader->chunks.width, reader->chunks.height,
                                           (gsize)imp_colour_get_channels (reader->colour),
                                           reader->chunks.orientation, error);
  gboolean done = FALSE;

  if (sink == NULL)
    return NULL;
  if (setjmp (session.jump) != 0)
    {
      end (&session);
      fail (error);
      return NULL;
    }
  start (&session, reader->document);
  done = has_all_colours (&session, &buffers.indices);
  end (&session);
  if (!done)
    {
      fail (error);
      return NULL;
    }
  start (&session, reader->document);
  set_transforms (reader, &session);
  done = read_rows (reader, &session, sink, &buffers);
  end (&session);
  if (!done)
    {
      fail (error);
      return NULL;
    }
  return imp_sink_finish (sink, reader->chunks.orientation, reply);
}

static gboolean
read_header (Reader *reader, ImpNotes *notes, GError **error)
{
  Session session = { 0 };
  int type = 0;

  if (setjmp (session.jump) != 0)
    {
      end (&session);
      fail (error);
      return FALSE;
    }
  start (&session, reader->document);
  type = png_get_color_type (session.png, session.info);
  notes->photometric = g_strdup (describe (type));
  if ((type & PNG_COLOR_MASK_ALPHA) != 0
      || png_get_valid (session.png, session.info, PNG_INFO_tRNS) != 0)
    imp_notes_warn_transparent (notes);
  read_colour (reader, &session, notes);
  end (&session);
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
 * imp_png_open:
 * @document: (inout): a document that begins with PNG's signature
 * @error: where to put the error
 *
 * Returns: whether the headers could be read
 */
gboolean
imp_png_open (ImpDocument *document, GError **error)
{
  ImpNotes *notes = document->notes;
  Reader *reader = g_new0 (Reader, 1);
  gboolean turned = FALSE;

  document->reader = reader;
  document->free_reader = free_reader;
  document->load_frame = load_frame;
  reader->document = document;
  notes->format = "png";
  if (!imp_png_chunks_read (&reader->chunks, notes, document->data, document->length, error))
    return FALSE;
  if (reader->chunks.width > 65535 || reader->chunks.height > 65535)
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture says that it has more than 65,535 rows or columns: save a smaller "
                    "one where it comes from, and open that"),
                NULL);
      return FALSE;
    }
  if (reader->chunks.has_cicp && !imp_cicp_check (reader->chunks.transfer, error))
    return FALSE;
  if (!read_header (reader, notes, error))
    return FALSE;
  turned = reader->chunks.orientation >= 5;
  notes->orientation = reader->chunks.orientation;
  notes->width = (int)(turned ? reader->chunks.height : reader->chunks.width);
  notes->height = (int)(turned ? reader->chunks.width : reader->chunks.height);
  return TRUE;
}
