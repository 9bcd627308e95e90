#include "imp-jxl.h"

#include <jxl/decode.h>
#include <string.h>

#include "imp-notes.h"

#define HEAD 4096 /* holds nearly every header */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JxlDecoder, JxlDecoderDestroy)

/**
 * imp_jxl_is:
 * @data: the first bytes of something
 * @length: how many
 *
 * Returns: whether a JPEG XL codestream or file begins here
 */
gboolean
imp_jxl_is (const guint8 *data, gsize length)
{
  JxlSignature signature = JxlSignatureCheck (data, length);

  return signature == JXL_SIG_CODESTREAM || signature == JXL_SIG_CONTAINER;
}

static gboolean
take_info (JxlDecoder *decoder, ImpJxl *jxl)
{
  JxlBasicInfo info = { 0 };

  if (JxlDecoderGetBasicInfo (decoder, &info) != JXL_DEC_SUCCESS)
    return FALSE;
  jxl->width = info.xsize;
  jxl->height = info.ysize;
  jxl->channels = info.num_color_channels;
  jxl->extra = info.num_extra_channels;
  jxl->precision = info.exponent_bits_per_sample == 0 ? (int)info.bits_per_sample : 0;
  jxl->orientation = (int)info.orientation;
  jxl->animated = info.have_animation != JXL_FALSE;
  jxl->xyb = info.uses_original_profile == JXL_FALSE;
  return TRUE;
}

typedef enum
{
  HEADER_READ,
  HEADER_SHORT, /* more bytes are needed */
  HEADER_DAMAGED
} Header;

static Header
read_header (const guint8 *head, gsize size, ImpJxl *jxl)
{
  g_autoptr (JxlDecoder) decoder = JxlDecoderCreate (NULL);
  JxlDecoderStatus status = JXL_DEC_ERROR;

  if (decoder == NULL || JxlDecoderSubscribeEvents (decoder, JXL_DEC_BASIC_INFO) != JXL_DEC_SUCCESS
      || JxlDecoderSetInput (decoder, head, size) != JXL_DEC_SUCCESS)
    return HEADER_DAMAGED;
  status = JxlDecoderProcessInput (decoder);
  if (status == JXL_DEC_BASIC_INFO && take_info (decoder, jxl))
    return HEADER_READ;
  return status == JXL_DEC_NEED_MORE_INPUT ? HEADER_SHORT : HEADER_DAMAGED;
}

/**
 * imp_jxl_scan:
 * @read: gets at the bytes
 * @data: for @read
 * @length: of the codestream, or of the file that holds it
 * @jxl: (out): what its header says
 *
 * Reads as much as the header needs.
 *
 * Returns: whether it can be read
 */
gboolean
imp_jxl_scan (ImpReadPart read, gpointer data, gsize length, ImpJxl *jxl)
{
  for (gsize size = MIN (length, HEAD);; size = MIN (length, size * 8))
    {
      g_autofree guint8 *head = g_try_malloc (size);
      Header header = HEADER_DAMAGED;

      *jxl = (ImpJxl){ 0 };
      if (head != NULL && read (data, 0, head, size))
        header = read_header (head, size, jxl);
      if (header != HEADER_SHORT || size == length)
        return header == HEADER_READ;
    }
}

/* The numbers that went in come out: in the picture's own colour space, or, where that is a profile
 * and the numbers went through XYB, in sRGB. */
static gboolean
choose_colours (JxlDecoder *decoder, const ImpJxl *jxl, ImpSamples *samples)
{
  JxlColorEncoding encoding = { 0 };
  JxlPixelFormat format = { jxl->channels, JXL_TYPE_UINT8, JXL_LITTLE_ENDIAN, 0 };

  if (!jxl->xyb
      || JxlDecoderGetColorAsEncodedProfile (decoder, &format, JXL_COLOR_PROFILE_TARGET_ORIGINAL,
                                             &encoding)
             == JXL_DEC_SUCCESS)
    return TRUE;
  samples->converted = TRUE;
  encoding = (JxlColorEncoding){ 0 };
  encoding.color_space = jxl->channels == 1 ? JXL_COLOR_SPACE_GRAY : JXL_COLOR_SPACE_RGB;
  encoding.white_point = JXL_WHITE_POINT_D65;
  encoding.primaries = JXL_PRIMARIES_SRGB;
  encoding.transfer_function = JXL_TRANSFER_FUNCTION_SRGB;
  encoding.rendering_intent = JXL_RENDERING_INTENT_RELATIVE;
  return JxlDecoderSetPreferredColorProfile (decoder, &encoding) == JXL_DEC_SUCCESS;
}

static gboolean
give_buffer (JxlDecoder *decoder, ImpSamples *samples)
{
  gboolean wide = samples->precision != 8;
  JxlPixelFormat format = { (guint32)samples->channels, wide ? JXL_TYPE_UINT16 : JXL_TYPE_UINT8,
                            JXL_LITTLE_ENDIAN, 0 };
  gsize size =
      (gsize)samples->width * (gsize)samples->height * (gsize)samples->channels * (wide ? 2 : 1);
  gsize wanted = 0;

  return JxlDecoderImageOutBufferSize (decoder, &format, &wanted) == JXL_DEC_SUCCESS
         && wanted == size
         && JxlDecoderSetImageOutBuffer (decoder, &format, samples->bytes, size) == JXL_DEC_SUCCESS;
}

/* Decodes up to the end of the stream: TRUE only where every pixel is there. */
static gboolean
run (JxlDecoder *decoder, const guint8 *data, gsize length, const ImpJxl *jxl, ImpSamples *samples)
{
  gboolean whole = FALSE;
  ImpJxl found = { 0 };

  if (JxlDecoderSetKeepOrientation (decoder, JXL_TRUE) != JXL_DEC_SUCCESS
      || JxlDecoderSubscribeEvents (decoder, JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING
                                                 | JXL_DEC_FULL_IMAGE)
             != JXL_DEC_SUCCESS
      || JxlDecoderSetInput (decoder, data, length) != JXL_DEC_SUCCESS)
    return FALSE;
  JxlDecoderCloseInput (decoder);
  for (;;)
    {
      JxlDecoderStatus status = JxlDecoderProcessInput (decoder);

      if (status == JXL_DEC_BASIC_INFO)
        {
          if (!take_info (decoder, &found) || found.width != jxl->width
              || found.height != jxl->height || found.channels != jxl->channels
              || found.precision != jxl->precision)
            return FALSE;
        }
      else if (status == JXL_DEC_COLOR_ENCODING)
        {
          if (!choose_colours (decoder, jxl, samples))
            return FALSE;
        }
      else if (status == JXL_DEC_NEED_IMAGE_OUT_BUFFER)
        {
          if (whole || !give_buffer (decoder, samples))
            return FALSE;
        }
      else if (status == JXL_DEC_FULL_IMAGE)
        {
          whole = TRUE;
          if (jxl->animated) /* the first frame only */
            return TRUE;
        }
      else
        return status == JXL_DEC_SUCCESS && whole;
    }
}

/* libjxl stretches samples to the whole of 16 bits: back to what the picture holds. */
static void
unstretch (ImpSamples *samples, int precision)
{
  gsize n = (gsize)samples->width * (gsize)samples->height * (gsize)samples->channels;
  guint32 highest = (1u << precision) - 1;

  for (gsize i = 0; i < n; i++)
    {
      guint16 word = 0;

      memcpy (&word, samples->bytes + 2 * i, sizeof word);
      word = (guint16)((GUINT16_FROM_LE (word) * highest + 32767) / 65535);
      if (precision < 8)
        samples->bytes[i] = (guint8)word;
      else
        {
          word = GUINT16_TO_LE (word);
          memcpy (samples->bytes + 2 * i, &word, sizeof word);
        }
    }
  samples->precision = precision;
}

/**
 * imp_jxl_decode:
 * @data: what imp_jxl_scan() looked at
 * @length: its bytes
 * @jxl: what it found: 1 or 3 channels of 1 to 16 bits
 * @error: where to put the error
 *
 * Decodes in this thread. Pixels are as stored: @jxl's orientation is not applied. Of an animation
 * this is the first frame.
 *
 * Returns: (transfer full) (nullable): every sample, grey or red, green and blue, or %NULL with
 *   %IMP_ERROR_DAMAGED, or with %IMP_ERROR_UNSUPPORTED where the memory of one file is too small
 */
ImpSamples *
imp_jxl_decode (const guint8 *data, gsize length, const ImpJxl *jxl, GError **error)
{
  g_autoptr (JxlDecoder) decoder = JxlDecoderCreate (NULL);
  g_autoptr (ImpSamples) samples = NULL;

  samples = imp_samples_new ((int)jxl->width, (int)jxl->height, (int)jxl->channels,
                             jxl->precision == 8 ? 8 : 16, FALSE, error);
  if (samples == NULL)
    return NULL;
  if (decoder == NULL || !run (decoder, data, length, jxl, samples))
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The picture's JPEG XL data are damaged or incomplete: fetch the file again "
                    "from its source"),
                NULL);
      return NULL;
    }
  if (jxl->precision != samples->precision)
    unstretch (samples, jxl->precision);
  return g_steal_pointer (&samples);
}
