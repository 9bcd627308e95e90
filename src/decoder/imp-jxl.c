#include "imp-jxl.h"

#include <jxl/decode.h>
#include <jxl/version.h>
#include <string.h>

#include "imp-notes.h"

#define HEAD 4096 /* holds nearly every header */
#define MAX_PROFILE (4u << 20)
#define ORIGINAL JXL_COLOR_PROFILE_TARGET_ORIGINAL

/* From 0.9 on these three do not take a format, which they never looked at. */
#if JPEGXL_NUMERIC_VERSION >= JPEGXL_COMPUTE_NUMERIC_VERSION(0, 9, 0)
#define GET_ENCODING(decoder, encoding)                                                            \
  JxlDecoderGetColorAsEncodedProfile (decoder, ORIGINAL, encoding)
#define GET_PROFILE_SIZE(decoder, size) JxlDecoderGetICCProfileSize (decoder, ORIGINAL, size)
#define GET_PROFILE(decoder, icc, size)                                                            \
  JxlDecoderGetColorAsICCProfile (decoder, ORIGINAL, icc, size)
#else
#define GET_ENCODING(decoder, encoding)                                                            \
  JxlDecoderGetColorAsEncodedProfile (decoder, NULL, ORIGINAL, encoding)
#define GET_PROFILE_SIZE(decoder, size) JxlDecoderGetICCProfileSize (decoder, NULL, ORIGINAL, size)
#define GET_PROFILE(decoder, icc, size)                                                            \
  JxlDecoderGetColorAsICCProfile (decoder, NULL, ORIGINAL, icc, size)
#endif

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
  jxl->converts = info.uses_original_profile == JXL_FALSE; /* unless its space has a name */
  return TRUE;
}

/* A curve of BT.709's is taken for sRGB's, as everywhere (imp-cicp.c). */
static gboolean
is_srgb (const JxlColorEncoding *encoding)
{
  gboolean grey = encoding->color_space == JXL_COLOR_SPACE_GRAY;

  return (grey || encoding->color_space == JXL_COLOR_SPACE_RGB)
         && encoding->white_point == JXL_WHITE_POINT_D65
         && (grey || encoding->primaries == JXL_PRIMARIES_SRGB)
         && (encoding->transfer_function == JXL_TRANSFER_FUNCTION_SRGB
             || encoding->transfer_function == JXL_TRANSFER_FUNCTION_709);
}

/* The space of the picture, which has a name or is a profile. */
static void
take_colours (JxlDecoder *decoder, ImpJxl *jxl)
{
  JxlColorEncoding encoding = { 0 };

  jxl->profiled = !jxl->converts;
  if (GET_ENCODING (decoder, &encoding) != JXL_DEC_SUCCESS)
    return;
  jxl->converts = FALSE;
  jxl->profiled = !is_srgb (&encoding);
  if (encoding.transfer_function != JXL_TRANSFER_FUNCTION_GAMMA)
    jxl->transfer = (guint)encoding.transfer_function;
}

typedef enum
{
  HEADER_READ,
  HEADER_SHORT, /* more bytes are needed */
  HEADER_DAMAGED
} Header;

/* Up to the colours; @profile gets what they are, where it is wanted. */
static Header
read_header (const guint8 *head, gsize size, ImpJxl *jxl, GByteArray *profile)
{
  g_autoptr (JxlDecoder) decoder = JxlDecoderCreate (NULL);
  JxlDecoderStatus status = JXL_DEC_ERROR;
  gsize length = 0;

  if (decoder == NULL
      || JxlDecoderSubscribeEvents (decoder, JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING)
             != JXL_DEC_SUCCESS
      || JxlDecoderSetInput (decoder, head, size) != JXL_DEC_SUCCESS)
    return HEADER_DAMAGED;
  status = JxlDecoderProcessInput (decoder);
  if (status == JXL_DEC_BASIC_INFO && take_info (decoder, jxl))
    status = JxlDecoderProcessInput (decoder);
  if (status != JXL_DEC_COLOR_ENCODING)
    return status == JXL_DEC_NEED_MORE_INPUT ? HEADER_SHORT : HEADER_DAMAGED;
  take_colours (decoder, jxl);
  if (profile != NULL && GET_PROFILE_SIZE (decoder, &length) == JXL_DEC_SUCCESS
      && length <= MAX_PROFILE)
    {
      g_byte_array_set_size (profile, (guint)length);
      if (GET_PROFILE (decoder, profile->data, length) != JXL_DEC_SUCCESS)
        g_byte_array_set_size (profile, 0);
    }
  return HEADER_READ;
}

static gboolean
scan (ImpReadPart read, gpointer data, gsize length, ImpJxl *jxl, GByteArray *profile)
{
  for (gsize size = MIN (length, HEAD);; size = MIN (length, size * 8))
    {
      g_autofree guint8 *head = g_try_malloc (size);
      Header header = HEADER_DAMAGED;

      *jxl = (ImpJxl){ 0 };
      if (head != NULL && read (data, 0, head, size))
        header = read_header (head, size, jxl, profile);
      if (header != HEADER_SHORT || size == length)
        return header == HEADER_READ;
    }
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
  return scan (read, data, length, jxl, NULL);
}

/**
 * imp_jxl_read_profile:
 * @read: gets at the bytes
 * @data: for @read
 * @length: of the codestream, or of the file that holds it
 * @size: (out): bytes of the result
 *
 * Returns: (transfer full) (nullable): an ICC profile of the numbers that imp_jxl_decode() gives,
 *   where imp_jxl_scan() says that they are not sRGB's; %NULL where there is none
 */
guint8 *
imp_jxl_read_profile (ImpReadPart read, gpointer data, gsize length, gsize *size)
{
  g_autoptr (GByteArray) profile = g_byte_array_new ();
  ImpJxl jxl = { 0 };

  *size = 0;
  if (!scan (read, data, length, &jxl, profile) || profile->len == 0)
    return NULL;
  return g_byte_array_steal (profile, size);
}

/* The numbers that went in come out: in the picture's own colour space, or, where that is a profile
 * and the numbers went through XYB, in sRGB. */
static gboolean
choose_colours (JxlDecoder *decoder, const ImpJxl *jxl, ImpSamples *samples)
{
  JxlColorEncoding encoding = { 0 };

  if (!jxl->converts)
    return TRUE;
  samples->converted = TRUE;
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
 * Decodes in this thread. Pixels are as stored: @jxl's orientation is not applied.
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
