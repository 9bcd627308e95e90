#include "imp-j2k.h"

#include <openjpeg.h>
#include <string.h>

#include "imp-notes.h"

typedef struct
{
  const guint8 *data; /* borrowed */
  gsize length;
  gsize at;
} Source;

typedef struct
{
  opj_codec_t *codec;
  opj_stream_t *stream;
  opj_image_t *image;
  Source source;
  gboolean damaged;   /* a warning that means missing or made-up pixels */
  gboolean exhausted; /* of memory */
} Decoder;

static OPJ_SIZE_T
read_bytes (void *out, OPJ_SIZE_T size, void *data)
{
  Source *source = data;
  gsize n = MIN (size, source->length - source->at);

  if (n == 0)
    return (OPJ_SIZE_T)-1;
  memcpy (out, source->data + source->at, n);
  source->at += n;
  return n;
}

static OPJ_OFF_T
skip_bytes (OPJ_OFF_T size, void *data)
{
  Source *source = data;

  if (size < 0 || (guint64)size > source->length - source->at)
    return -1;
  source->at += (gsize)size;
  return size;
}

static OPJ_BOOL
seek_to (OPJ_OFF_T at, void *data)
{
  Source *source = data;

  if (at < 0 || (guint64)at > source->length)
    return OPJ_FALSE;
  source->at = (gsize)at;
  return OPJ_TRUE;
}

/* What OpenJPEG warns of and still reads whole: markers that it need not know, and lengths that it
 * corrects. Whatever else it warns of counts as damage: it goes on with pixels that are not there.
 */
static void
hear_warning (const char *message, void *data)
{
  static const char *const harmless[] = { "Unknown marker", "Non conformant codestream TPsot",
                                          "Psot value of the current tile-part" };
  Decoder *decoder = data;

  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (g_str_has_prefix (message, harmless[i]))
      return;
  decoder->damaged = TRUE;
}

static void
hear_error (const char *message, void *data)
{
  Decoder *decoder = data;

  decoder->damaged = TRUE;
  if (g_str_has_prefix (message, "Not enough memory") || strstr (message, "memory error") != NULL)
    decoder->exhausted = TRUE;
}

static void
ignore_message (const char *message G_GNUC_UNUSED, void *data G_GNUC_UNUSED)
{
}

static void
clear_decoder (Decoder *decoder)
{
  if (decoder->image != NULL)
    opj_image_destroy (decoder->image);
  if (decoder->stream != NULL)
    opj_stream_destroy (decoder->stream);
  if (decoder->codec != NULL)
    opj_destroy_codec (decoder->codec);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decoder, clear_decoder)

static gboolean
decode (Decoder *decoder)
{
  opj_dparameters_t parameters = { 0 };

  decoder->codec = opj_create_decompress (OPJ_CODEC_J2K);
  decoder->stream = opj_stream_create (OPJ_J2K_STREAM_CHUNK_SIZE, OPJ_TRUE);
  if (decoder->codec == NULL || decoder->stream == NULL)
    return FALSE;
  opj_set_default_decoder_parameters (&parameters);
  opj_set_info_handler (decoder->codec, ignore_message, NULL);
  opj_set_warning_handler (decoder->codec, hear_warning, decoder);
  opj_set_error_handler (decoder->codec, hear_error, decoder);
  opj_stream_set_user_data (decoder->stream, &decoder->source, NULL);
  opj_stream_set_user_data_length (decoder->stream, decoder->source.length);
  opj_stream_set_read_function (decoder->stream, read_bytes);
  opj_stream_set_skip_function (decoder->stream, skip_bytes);
  opj_stream_set_seek_function (decoder->stream, seek_to);
  return opj_setup_decoder (decoder->codec, &parameters)
         && opj_decoder_set_strict_mode (decoder->codec, OPJ_TRUE)
         && opj_read_header (decoder->stream, decoder->codec, &decoder->image)
         && opj_decode (decoder->codec, decoder->stream, decoder->image)
         && opj_end_decompress (decoder->codec, decoder->stream) && !decoder->damaged;
}

/* Whether the picture is what its markers said; components may have fewer samples than pixels. */
static gboolean
is_as_said (const opj_image_t *image, const ImpJ2k *j2k)
{
  if (image->numcomps != j2k->components || (gint64)image->x1 - image->x0 != j2k->width
      || (gint64)image->y1 - image->y0 != j2k->height)
    return FALSE;
  for (guint i = 0; i < image->numcomps; i++)
    {
      const opj_image_comp_t *c = &image->comps[i];

      if (c->data == NULL || c->dx == 0 || c->dy == 0 || (int)c->prec != j2k->precision
          || !c->sgnd != !j2k->is_signed
          || c->w != (image->x1 + c->dx - 1) / c->dx - (image->x0 + c->dx - 1) / c->dx
          || c->h != (image->y1 + c->dy - 1) / c->dy - (image->y0 + c->dy - 1) / c->dy || c->w == 0
          || c->h == 0)
        return FALSE;
    }
  return TRUE;
}

/* Copies one component into its channel; a subsampled one is repeated (T.800 annex B.2: a sample
 * stands at a multiple of dx, dy on the reference grid). Lossy coding overshoots: that is clipped,
 * as T.800 G.1.2 allows. */
static void
put_component (const opj_image_t *image, guint channel, ImpSamples *samples)
{
  const opj_image_comp_t *c = &image->comps[channel];
  gint32 lowest = samples->is_signed ? -(1 << (samples->precision - 1)) : 0;
  gint32 highest = lowest + (1 << samples->precision) - 1;
  guint32 first_x = (image->x0 + c->dx - 1) / c->dx;
  guint32 first_y = (image->y0 + c->dy - 1) / c->dy;
  gsize step = (gsize)samples->channels;
  g_autofree guint32 *column = g_new (guint32, samples->width);

  for (guint32 x = 0; x < (guint32)samples->width; x++)
    column[x] = MIN (MAX ((image->x0 + x) / c->dx, first_x) - first_x, c->w - 1);
  for (guint32 y = 0; y < (guint32)samples->height; y++)
    {
      guint32 row = MIN (MAX ((image->y0 + y) / c->dy, first_y) - first_y, c->h - 1);
      const OPJ_INT32 *in = c->data + (gsize)row * c->w;
      gsize at = (gsize)y * (gsize)samples->width * step + channel;

      for (guint32 x = 0; x < (guint32)samples->width; x++, at += step)
        {
          gint32 value = CLAMP (in[column[x]], lowest, highest);

          if (samples->precision <= 8)
            samples->bytes[at] = (guint8)value;
          else
            {
              guint16 word = GUINT16_TO_LE ((guint16)value);

              memcpy (samples->bytes + 2 * at, &word, sizeof word);
            }
        }
    }
}

/**
 * imp_j2k_decode:
 * @data: what imp_j2k_scan() looked at
 * @j2k: what it found: of at most 16 bits, and all components alike
 * @error: where to put the error
 *
 * Decodes in strict mode, in this thread: a stream with anything missing is an error.
 *
 * Returns: (transfer full) (nullable): every sample, or %NULL with %IMP_ERROR_DAMAGED, or with
 *   %IMP_ERROR_UNSUPPORTED where the memory of one file is too small
 */
ImpSamples *
imp_j2k_decode (const guint8 *data, const ImpJ2k *j2k, GError **error)
{
  g_auto (Decoder) decoder = { 0 };
  g_autoptr (ImpSamples) samples = NULL;

  decoder.source.data = data + j2k->start;
  decoder.source.length = j2k->length;
  if (j2k->complete && decode (&decoder) && is_as_said (decoder.image, j2k))
    {
      samples = imp_samples_new ((int)j2k->width, (int)j2k->height, (int)j2k->components,
                                 j2k->precision, j2k->is_signed, error);
      for (guint i = 0; samples != NULL && i < j2k->components; i++)
        put_component (decoder.image, i, samples);
      return g_steal_pointer (&samples);
    }
  if (decoder.exhausted)
    imp_fail (error, IMP_ERROR_UNSUPPORTED,
              N_ ("The picture is too large for the memory that one file may use: save a smaller "
                  "one where it comes from, and open that"),
              NULL);
  else
    imp_fail (error, IMP_ERROR_DAMAGED,
              N_ ("The picture's JPEG 2000 data are damaged or incomplete: fetch the file again "
                  "from its source"),
              NULL);
  return NULL;
}
