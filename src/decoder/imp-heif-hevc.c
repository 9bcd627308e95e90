#include "imp-heif-hevc.h"

#include <libde265/de265.h>
#include <libheif/heif.h>
#include <libheif/heif_plugin.h>
#include <string.h>

/* libheif's own plugin starts a thread for each picture, which the sandbox forbids, and shows what
 * libde265 made up where data are missing. */

/* What the first stream since imp_heif_hevc_forget() said: libheif drops it on the way. A plugin
 * has no context of its own, and a child reads one file on one thread. */
static ImpCicp said_first;
static gboolean has_said;

static const struct heif_error fine = { heif_error_Ok, heif_suberror_Unspecified, "" };

static struct heif_error
fail (void)
{
  return (struct heif_error){ heif_error_Decoder_plugin_error, heif_suberror_Unspecified, "" };
}

static const char *
get_name (void)
{
  return "libde265, one thread";
}

static int
supports (enum heif_compression_format format)
{
  return format == heif_compression_HEVC ? 1000 : 0; /* libheif's own says 100 */
}

static struct heif_error
make (void **decoder)
{
  de265_decoder_context *context = de265_new_decoder ();

  *decoder = context;
  if (context == NULL)
    return fail ();
  de265_set_parameter_bool (context, DE265_DECODER_PARAM_BOOL_SEI_CHECK_HASH, 1);
  return fine;
}

static void
drop (void *decoder)
{
  de265_free_decoder (decoder);
}

/* NAL units, each after its size in 4 bytes. */
static struct heif_error
push (void *decoder, const void *data, size_t size)
{
  const guint8 *at = data;

  while (size > 0)
    {
      guint32 unit = 0;

      if (size < 4)
        return fail ();
      unit = (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
      if (unit > size - 4 || unit > G_MAXINT32
          || de265_push_NAL (decoder, at + 4, (int)unit, 0, NULL) != DE265_OK)
        return fail ();
      at += 4 + unit;
      size -= 4 + unit;
    }
  return fine;
}

/* Warnings that leave no pixel to a guess; every other means that some were made up. */
static gboolean
is_harmless (de265_error warning)
{
  return warning == DE265_WARNING_NO_WPP_CANNOT_USE_MULTITHREADING
         || warning == DE265_WARNING_SPS_MISSING_CANNOT_DECODE_SEI;
}

static gboolean
copy_plane (const struct de265_image *from, struct heif_image *to, int plane,
            enum heif_channel channel)
{
  int bits = de265_get_bits_per_pixel (from, plane);
  int width = de265_get_image_width (from, plane);
  int height = de265_get_image_height (from, plane);
  int stride_in = 0;
  int stride_out = 0;
  const guint8 *in = de265_get_image_plane (from, plane, &stride_in);
  guint8 *out = NULL;

  if (in == NULL || heif_image_add_plane (to, channel, width, height, bits).code != heif_error_Ok)
    return FALSE;
  out = heif_image_get_plane (to, channel, &stride_out);
  for (int y = 0; y < height && out != NULL; y++)
    memcpy (out + (gsize)y * (gsize)stride_out, in + (gsize)y * (gsize)stride_in,
            (gsize)width * (bits > 8 ? 2 : 1));
  return out != NULL;
}

/* libde265 takes every number past 17 for 2, "not said": beside the primaries of BT.2020, which go
 * with a curve of their own, that was 18, HLG. */
static guint
find_transfer (const struct de265_image *image)
{
  guint transfer = (guint)de265_get_image_transfer_characteristics (image);

  return transfer == 2 && de265_get_image_colour_primaries (image) == 9 ? 18 : transfer;
}

/* What the stream says of its colours; a colr box goes before it. */
static void
copy_colour (const struct de265_image *from, struct heif_image *to)
{
  struct heif_color_profile_nclx *nclx = heif_nclx_color_profile_alloc ();

  if (nclx == NULL)
    return;
  nclx->full_range_flag = de265_get_image_full_range_flag (from) != 0;
  heif_nclx_color_profile_set_color_primaries (nclx,
                                               (uint16_t)de265_get_image_colour_primaries (from));
  heif_nclx_color_profile_set_transfer_characteristics (
      nclx, (uint16_t)de265_get_image_transfer_characteristics (from));
  heif_nclx_color_profile_set_matrix_coefficients (
      nclx, (uint16_t)de265_get_image_matrix_coefficients (from));
  if (!has_said)
    said_first = (ImpCicp){ (guint)nclx->color_primaries, find_transfer (from) };
  has_said = TRUE;
  heif_image_set_nclx_color_profile (to, nclx);
  heif_nclx_color_profile_free (nclx);
}

static gboolean
copy_picture (const struct de265_image *from, struct heif_image **image)
{
  static const enum heif_chroma chromas[] = { heif_chroma_monochrome, heif_chroma_420,
                                              heif_chroma_422, heif_chroma_444 };
  static const enum heif_channel channels[] = { heif_channel_Y, heif_channel_Cb, heif_channel_Cr };
  enum de265_chroma chroma = de265_get_chroma_format (from);
  gboolean grey = chroma == de265_chroma_mono;
  gboolean copied = (guint)chroma < G_N_ELEMENTS (chromas);

  if (!copied
      || heif_image_create (de265_get_image_width (from, 0), de265_get_image_height (from, 0),
                            grey ? heif_colorspace_monochrome : heif_colorspace_YCbCr,
                            chromas[chroma], image)
                 .code
             != heif_error_Ok)
    return FALSE;
  for (int plane = 0; plane < (grey ? 1 : 3) && copied; plane++)
    copied = copy_plane (from, *image, plane, channels[plane]);
  if (!copied)
    {
      heif_image_release (*image);
      *image = NULL;
      return FALSE;
    }
  copy_colour (from, *image);
  return TRUE;
}

static struct heif_error
decode (void *decoder, struct heif_image **image)
{
  gboolean whole = de265_flush_data (decoder) == DE265_OK;
  int more = 1;

  *image = NULL;
  while (whole && more)
    {
      const struct de265_image *picture = NULL;

      more = 0;
      whole = de265_decode (decoder, &more) == DE265_OK;
      picture = de265_get_next_picture (decoder);
      if (whole && picture != NULL && *image == NULL)
        whole = copy_picture (picture, image);
    }
  for (de265_error warning = de265_get_warning (decoder); warning != DE265_OK;
       warning = de265_get_warning (decoder))
    whole = whole && is_harmless (warning);
  if (whole && *image != NULL)
    return fine;
  if (*image != NULL)
    heif_image_release (*image);
  *image = NULL;
  return fail ();
}

static void
set_strict (void *decoder, int flag)
{
}

/**
 * imp_heif_hevc_register:
 *
 * Makes libheif decode HEVC by this; once, before the lock.
 *
 * Returns: whether it took it
 */
gboolean
imp_heif_hevc_register (void)
{
  static const struct heif_decoder_plugin plugin = {
    .plugin_api_version = 3,
    .get_plugin_name = get_name,
    .does_support_format = supports,
    .new_decoder = make,
    .free_decoder = drop,
    .push_data = push,
    .decode_image = decode,
    .set_strict_decoding = set_strict,
    .id_name = "imprimatur-hevc",
  };

  return heif_register_decoder_plugin (&plugin).code == heif_error_Ok;
}

/**
 * imp_heif_hevc_forget:
 *
 * To be called before a picture is decoded.
 */
void
imp_heif_hevc_forget (void)
{
  has_said = FALSE;
}

/**
 * imp_heif_hevc_recall:
 * @said: (out): the colours of the stream that was decoded first since: that of the picture or of
 * its first tile, as alpha comes after them (H.265, E.2.1)
 *
 * Returns: whether one was
 */
gboolean
imp_heif_hevc_recall (ImpCicp *said)
{
  if (has_said)
    *said = said_first;
  return has_said;
}
