#include "imp-colour.h"

#include <lcms2.h>
#include <stdlib.h>
#include <string.h>

#define WORTH_TABLES 32768 /* pixels */

struct _ImpColour
{
  ImpColourModel model;
  cmsHTRANSFORM transform; /* owned, nullable */
  cmsHPROFILE profile;     /* owned, nullable */
  cmsHTRANSFORM deep;      /* owned, nullable: as transform, from 16 bits a sample */
  gboolean identity;       /* output bytes equal input bytes */
  gboolean grey_out;       /* one channel out */
  guint8 grey[256];        /* of a grey model with grey output */
  guint8 *deep_grey;       /* owned, nullable: the same for 16 bits, 65536 of them */
};

static cmsUInt32Number
input_type (ImpColourModel model)
{
  switch (model)
    {
    case IMP_COLOUR_GREY:
      return TYPE_GRAY_8;
    case IMP_COLOUR_RGB:
      return TYPE_RGB_8;
    case IMP_COLOUR_CMYK:
      return TYPE_CMYK_8;
    case IMP_COLOUR_CMYK_INVERTED:
    default:
      return TYPE_CMYK_8_REV;
    }
}

static cmsUInt32Number
deep_type (ImpColourModel model)
{
  switch (model)
    {
    case IMP_COLOUR_GREY:
      return TYPE_GRAY_16;
    case IMP_COLOUR_RGB:
      return TYPE_RGB_16;
    case IMP_COLOUR_CMYK:
      return TYPE_CMYK_16;
    case IMP_COLOUR_CMYK_INVERTED:
    default:
      return TYPE_CMYK_16_REV;
    }
}

static gboolean
fits (ImpColourModel model, cmsHPROFILE profile)
{
  cmsColorSpaceSignature space = cmsGetColorSpace (profile);

  if (model == IMP_COLOUR_GREY)
    return space == cmsSigGrayData;
  if (model == IMP_COLOUR_RGB)
    return space == cmsSigRgbData;
  return space == cmsSigCmykData;
}

/* Whether the transform changes no sample by more than a rounding step: most cameras embed sRGB
 * itself, and such pictures keep their exact values. */
static gboolean
changes_nothing (cmsHTRANSFORM transform)
{
  guint8 in[9 * 9 * 9 * 3];
  guint8 out[sizeof in];
  gsize n = 0;

  for (int r = 0; r < 9; r++)
    for (int g = 0; g < 9; g++)
      for (int b = 0; b < 9; b++)
        {
          in[n++] = (guint8)(r * 255 / 8);
          in[n++] = (guint8)(g * 255 / 8);
          in[n++] = (guint8)(b * 255 / 8);
        }
  cmsDoTransform (transform, in, out, 9 * 9 * 9);
  for (gsize i = 0; i < sizeof in; i++)
    if (abs (in[i] - out[i]) > 1)
      return FALSE;
  return TRUE;
}

/* Grey stays one channel unless its profile tints it. */
static void
try_grey (ImpColour *colour)
{
  guint8 in[256];
  guint8 out[256 * 3];

  for (int i = 0; i < 256; i++)
    in[i] = (guint8)i;
  cmsDoTransform (colour->transform, in, out, 256);
  for (int i = 0; i < 256; i++)
    {
      if (abs (out[3 * i] - out[3 * i + 1]) > 1 || abs (out[3 * i] - out[3 * i + 2]) > 1)
        return;
      colour->grey[i] = out[3 * i + 1];
    }
  colour->grey_out = TRUE;
  cmsDeleteTransform (colour->transform);
  colour->transform = NULL;
}

static void
take_profile (ImpColour *colour, cmsHPROFILE profile, gsize n_pixels)
{
  cmsHPROFILE srgb = cmsCreate_sRGBProfile ();

  colour->transform =
      cmsCreateTransform (profile, input_type (colour->model), srgb, TYPE_RGB_8, INTENT_PERCEPTUAL,
                          n_pixels < WORTH_TABLES ? cmsFLAGS_NOOPTIMIZE : 0);
  cmsCloseProfile (srgb);
  if (colour->transform == NULL)
    return;
  if (colour->model == IMP_COLOUR_GREY)
    try_grey (colour);
  else if (colour->model == IMP_COLOUR_RGB && changes_nothing (colour->transform))
    {
      colour->identity = TRUE;
      cmsDeleteTransform (colour->transform);
      colour->transform = NULL;
    }
}

/* IEC 61966-2-1, as lcms2's type 4 curve. */
static cmsToneCurve *
build_curve (double gamma)
{
  static const cmsFloat64Number srgb[5] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };

  return gamma > 0 ? cmsBuildGamma (NULL, gamma) : cmsBuildParametricToneCurve (NULL, 4, srgb);
}

static ImpColour *
new_plain (ImpColourModel model)
{
  ImpColour *colour = g_new0 (ImpColour, 1);

  colour->model = model;
  colour->grey_out = model == IMP_COLOUR_GREY;
  colour->identity = model == IMP_COLOUR_GREY || model == IMP_COLOUR_RGB;
  return colour;
}

/**
 * imp_colour_new:
 * @model: what the input bytes are
 * @icc: (nullable): an ICC profile
 * @length: its bytes
 * @icc_refused: (out) (optional): whether @icc is damaged or is for another model, and was not used
 *
 * As imp_colour_new_for(), for a picture of any size.
 *
 * Returns: (transfer full): the conversion
 */
ImpColour *
imp_colour_new (ImpColourModel model, gconstpointer icc, gsize length, gboolean *icc_refused)
{
  return imp_colour_new_for (model, icc, length, G_MAXSIZE, icc_refused);
}

/**
 * imp_colour_new_for:
 * @model: what the input bytes are
 * @icc: (nullable): an ICC profile
 * @length: its bytes
 * @n_pixels: how many there are to convert: lcms2's tables, which make large pictures quick, take
 * as long to make as converting %WORTH_TABLES pixels without them
 * @icc_refused: (out) (optional): whether @icc is damaged or is for another model, and was not used
 *
 * Makes a conversion to sRGB. Without a profile grey and RGB are taken to be sRGB, and CMYK is
 * converted by the plain formula of every viewer, R = (1 − C)(1 − K).
 *
 * Returns: (transfer full): the conversion
 */
ImpColour *
imp_colour_new_for (ImpColourModel model, gconstpointer icc, gsize length, gsize n_pixels,
                    gboolean *icc_refused)
{
  g_autoptr (ImpColour) colour = new_plain (model);
  cmsHPROFILE profile = NULL;
  gboolean used = FALSE;

  cmsSetLogErrorHandler (NULL);
  if (icc != NULL && length > 0 && length <= G_MAXINT32)
    profile = cmsOpenProfileFromMem (icc, (cmsUInt32Number)length);
  colour->profile = profile;
  if (profile != NULL && fits (model, profile))
    {
      colour->identity = FALSE;
      colour->grey_out = FALSE;
      take_profile (colour, profile, n_pixels);
      used = colour->transform != NULL || colour->identity || colour->grey_out;
    }
  if (icc_refused != NULL)
    *icc_refused = icc != NULL && !used;
  if (!used)
    {
      imp_colour_free (g_steal_pointer (&colour));
      return new_plain (model);
    }
  return g_steal_pointer (&colour);
}

/**
 * imp_colour_new_from_gamma:
 * @model: %IMP_COLOUR_GREY or %IMP_COLOUR_RGB
 * @gamma: what the samples are to be raised to for linear light, such as 2.2; 0 for sRGB's own
 *   curve
 * @xy: (nullable) (array fixed-size=8): white, red, green and blue chromaticities; sRGB's where
 * %NULL
 *
 * Makes a conversion from a plain colour space, as PNG's gAMA and cHRM chunks and the code points
 * of ITU-T H.273 describe one.
 *
 * Returns: (transfer full): the conversion; one that changes nothing where the numbers make no
 * sense
 */
ImpColour *
imp_colour_new_from_gamma (ImpColourModel model, double gamma, const double *xy)
{
  static const double srgb[8] = { 0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06 };
  const double *p = xy != NULL ? xy : srgb;
  cmsCIExyY white = { p[0], p[1], 1 };
  cmsCIExyYTRIPLE primaries = { { p[2], p[3], 1 }, { p[4], p[5], 1 }, { p[6], p[7], 1 } };
  cmsToneCurve *curve = build_curve (gamma);
  cmsToneCurve *curves[3] = { curve, curve, curve };
  cmsHPROFILE profile = NULL;
  g_autoptr (ImpColour) colour = new_plain (model);

  cmsSetLogErrorHandler (NULL);
  if (curve != NULL && model == IMP_COLOUR_GREY)
    profile = cmsCreateGrayProfile (&white, curve);
  else if (curve != NULL)
    profile = cmsCreateRGBProfile (&white, &primaries, curves);
  if (profile != NULL)
    {
      colour->identity = FALSE;
      colour->grey_out = FALSE;
      colour->profile = profile;
      take_profile (colour, profile, G_MAXSIZE);
    }
  if (curve != NULL)
    cmsFreeToneCurve (curve);
  if (colour->transform == NULL && !colour->identity && !colour->grey_out)
    {
      imp_colour_free (g_steal_pointer (&colour));
      return new_plain (model);
    }
  return g_steal_pointer (&colour);
}

/**
 * imp_colour_free:
 * @colour: (transfer full) (nullable): a conversion
 */
void
imp_colour_free (ImpColour *colour)
{
  if (colour == NULL)
    return;
  if (colour->transform != NULL)
    cmsDeleteTransform (colour->transform);
  if (colour->deep != NULL)
    cmsDeleteTransform (colour->deep);
  if (colour->profile != NULL)
    cmsCloseProfile (colour->profile);
  g_free (colour->deep_grey);
  g_free (colour);
}

/**
 * imp_colour_get_channels:
 * @colour: a conversion
 *
 * Returns: 1 where the output is grey, else 3
 */
int
imp_colour_get_channels (const ImpColour *colour)
{
  return colour->grey_out ? 1 : 3;
}

/**
 * imp_colour_is_identity:
 * @colour: a conversion
 *
 * Returns: whether the output bytes equal the input bytes
 */
gboolean
imp_colour_is_identity (const ImpColour *colour)
{
  return colour->identity;
}

static void
convert_cmyk (const ImpColour *colour, const guint8 *in, guint8 *out, gsize n_pixels)
{
  guint8 flip = colour->model == IMP_COLOUR_CMYK ? 255 : 0;

  for (gsize i = 0; i < n_pixels; i++, in += 4, out += 3)
    {
      guint k = in[3] ^ flip;

      for (int c = 0; c < 3; c++)
        out[c] = (guint8)(((in[c] ^ flip) * k + 127) / 255);
    }
}

/**
 * imp_colour_convert:
 * @colour: a conversion
 * @in: @n_pixels pixels of its model
 * @out: (out caller-allocates): as many, of imp_colour_get_channels() bytes; it may not overlap @in
 * @n_pixels: how many
 */
void
imp_colour_convert (const ImpColour *colour, const guint8 *in, guint8 *out, gsize n_pixels)
{
  if (colour->identity)
    memcpy (out, in, n_pixels * (colour->model == IMP_COLOUR_GREY ? 1 : 3));
  else if (colour->grey_out)
    for (gsize i = 0; i < n_pixels; i++)
      out[i] = colour->grey[in[i]];
  else if (colour->transform != NULL)
    cmsDoTransform (colour->transform, in, out, (cmsUInt32Number)n_pixels);
  else
    convert_cmyk (colour, in, out, n_pixels);
}

/* Every level of grey is computed by itself: lcms2's own tables are too coarse for dark tones. */
static void
tabulate_grey (ImpColour *colour)
{
  guint8 out[256 * 3];
  guint16 in[256];

  colour->deep_grey = g_malloc (65536);
  for (guint high = 0; high < 256; high++)
    {
      for (guint low = 0; low < 256; low++)
        in[low] = (guint16)(high << 8 | low);
      cmsDoTransform (colour->deep, in, out, 256);
      for (guint low = 0; low < 256; low++)
        colour->deep_grey[high << 8 | low] = out[3 * low + 1];
    }
}

/* The 16-bit transform, made when it is first asked for: few pictures need it. */
static void
make_deep (ImpColour *colour)
{
  cmsHPROFILE srgb = NULL;

  if (colour->profile == NULL || colour->deep != NULL || colour->identity)
    return;
  srgb = cmsCreate_sRGBProfile ();
  colour->deep = cmsCreateTransform (colour->profile, deep_type (colour->model), srgb, TYPE_RGB_8,
                                     INTENT_PERCEPTUAL,
                                     colour->model == IMP_COLOUR_GREY ? cmsFLAGS_NOOPTIMIZE : 0);
  cmsCloseProfile (srgb);
  if (colour->deep != NULL && colour->grey_out)
    tabulate_grey (colour);
}

static gsize
count_samples (ImpColourModel model)
{
  return model == IMP_COLOUR_GREY ? 1 : model == IMP_COLOUR_RGB ? 3 : 4;
}

/**
 * imp_colour_convert_deep:
 * @colour: a conversion
 * @in: @n_pixels pixels of its model, each sample a native-endian guint16 from 0 to 65535
 * @out: (out caller-allocates): as many, of imp_colour_get_channels() bytes
 * @n_pixels: how many
 *
 * As imp_colour_convert(), from 16 bits: a profile with a steep curve would lose the dark tones of
 * samples that were cut to 8 bits before.
 */
void
imp_colour_convert_deep (ImpColour *colour, const guint16 *in, guint8 *out, gsize n_pixels)
{
  gsize n = n_pixels * count_samples (colour->model);
  g_autofree guint8 *other = NULL;

  make_deep (colour);
  if (colour->deep_grey != NULL)
    {
      for (gsize i = 0; i < n_pixels; i++)
        out[i] = colour->deep_grey[in[i]];
      return;
    }
  if (colour->deep != NULL)
    {
      cmsDoTransform (colour->deep, in, out, (cmsUInt32Number)n_pixels);
      return;
    }
  other = g_malloc (n_pixels * 4);
  for (gsize i = 0; i < n; i++)
    other[i] = (guint8)((in[i] * 255u + 32767) / 65535);
  imp_colour_convert (colour, other, out, n_pixels);
}

/**
 * imp_colour_describe_icc:
 * @icc: an ICC profile
 * @length: its bytes
 *
 * Returns: (transfer full) (nullable): its description, UTF-8
 */
char *
imp_colour_describe_icc (gconstpointer icc, gsize length)
{
  char text[512] = "";
  cmsHPROFILE profile = NULL;

  cmsSetLogErrorHandler (NULL);
  if (length <= G_MAXINT32)
    profile = cmsOpenProfileFromMem (icc, (cmsUInt32Number)length);
  if (profile == NULL)
    return NULL;
  cmsGetProfileInfoASCII (profile, cmsInfoDescription, "en", "US", text, sizeof text);
  cmsCloseProfile (profile);
  return *text != '\0' ? g_strdup (text) : NULL;
}
