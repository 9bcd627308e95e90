#include <string.h>

#include "imp-tiff.h"

/* One page's samples as they are stored, piece by piece: a row, a strip or a tile. */
typedef struct
{
  TIFF *tiff;        /* borrowed */
  ImpColour *colour; /* borrowed */
  ImpSink *sink;     /* borrowed */
  gsize width;       /* of a piece, in pixels */
  gsize height;
  gsize samples; /* of a pixel */
  gsize colours; /* of these, the first */
  gsize bytes;   /* of a sample: 1 or 2 */
  gboolean tiled;
  gboolean apart; /* each sample has a plane of its own */
  gboolean white_is_zero;
  guint8 *piece; /* owned: one, or as many as there are planes */
  gsize size;    /* bytes of one piece */
  guint8 *row;   /* owned: interleaved samples */
  guint8 *shown; /* owned: their colours */
} Plan;

static void
clear_plan (Plan *plan)
{
  g_free (plan->piece);
  g_free (plan->row);
  g_free (plan->shown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, clear_plan)

static gboolean
read_piece (Plan *plan, gsize x, gsize y, guint16 plane, guint8 *out)
{
  if (plan->tiled)
    return TIFFReadTile (plan->tiff, out, (guint32)x, (guint32)y, 0, plane) >= 0;
  if (!plan->apart)
    return TIFFReadScanline (plan->tiff, out, (guint32)y, 0) >= 0;
  return TIFFReadEncodedStrip (plan->tiff, TIFFComputeStrip (plan->tiff, (guint32)y, plane), out,
                               (tmsize_t)plan->size)
         >= 0;
}

/* Row @line of the piece: the colours of each pixel. */
static const guint8 *
take_row (Plan *plan, gsize line, gsize n)
{
  gsize size = plan->colours * plan->bytes;
  const guint8 *line_at = plan->piece + line * plan->width * plan->samples * plan->bytes;

  if (plan->apart)
    {
      for (gsize c = 0; c < plan->colours; c++)
        {
          const guint8 *from = plan->piece + c * plan->size + line * plan->width * plan->bytes;

          for (gsize i = 0; i < n; i++)
            memcpy (plan->row + (i * plan->colours + c) * plan->bytes, from + i * plan->bytes,
                    plan->bytes);
        }
    }
  else if (plan->colours == plan->samples)
    memcpy (plan->row, line_at, n * size);
  else
    for (gsize i = 0; i < n; i++)
      memcpy (plan->row + i * size, line_at + i * plan->samples * plan->bytes, size);
  for (gsize i = 0; i < n * size && plan->white_is_zero; i++)
    plan->row[i] = (guint8)~plan->row[i];
  return plan->row;
}

static void
put_row (Plan *plan, gsize x, gsize y, gsize line, gsize n)
{
  ImpSink *sink = plan->sink;
  gsize channels = sink->channels;
  guint8 *out =
      sink->memory->data + sink->origin + (gssize)x * sink->step_x + (gssize)y * sink->step_y;
  const guint8 *row = take_row (plan, line, n);

  if (plan->bytes == 2)
    imp_colour_convert_deep (plan->colour, (const guint16 *)(gconstpointer)row, plan->shown, n);
  else
    imp_colour_convert (plan->colour, row, plan->shown, n);
  for (gsize i = 0; i < n; i++, out += sink->step_x)
    memcpy (out, plan->shown + channels * i, channels);
}

static guint16
find_colours (guint16 photometric)
{
  return photometric == PHOTOMETRIC_SEPARATED ? 4 : photometric == PHOTOMETRIC_RGB ? 3 : 1;
}

/* Sizes as the file says them, held against what libtiff will write. */
static gboolean
make_plan (Plan *plan, TIFF *tiff)
{
  guint16 bits = 0;
  guint16 samples = 1;
  guint16 planes = PLANARCONFIG_CONTIG;
  guint16 photometric = 0;
  guint32 width = (guint32)plan->sink->width;
  guint32 height = 1;
  tmsize_t size = 0;
  gsize n_pieces = 1;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_PLANARCONFIG, &planes);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  plan->tiff = tiff;
  plan->samples = samples;
  plan->colours = find_colours (photometric);
  plan->bytes = bits / 8;
  plan->tiled = TIFFIsTiled (tiff) != 0;
  plan->apart = planes == PLANARCONFIG_SEPARATE && samples > 1;
  plan->white_is_zero = photometric == PHOTOMETRIC_MINISWHITE;
  if (plan->tiled
      && (TIFFGetField (tiff, TIFFTAG_TILEWIDTH, &width) != 1
          || TIFFGetField (tiff, TIFFTAG_TILELENGTH, &height) != 1))
    return FALSE;
  if (!plan->tiled && plan->apart)
    TIFFGetFieldDefaulted (tiff, TIFFTAG_ROWSPERSTRIP, &height);
  if (!plan->tiled)
    height = MIN (height, (guint32)plan->sink->height);
  size = plan->tiled   ? TIFFTileSize (tiff)
         : plan->apart ? TIFFStripSize (tiff)
                       : TIFFScanlineSize (tiff);
  plan->width = width;
  plan->height = height;
  plan->size = size > 0 ? (gsize)size : 0;
  n_pieces = plan->apart ? plan->colours : 1;
  if (width == 0 || height == 0
      || plan->size < plan->width * plan->height * plan->bytes * (plan->apart ? 1 : plan->samples))
    return FALSE;
  plan->piece = g_try_malloc0_n (n_pieces, plan->size);
  plan->row = g_try_malloc_n (plan->width, plan->colours * plan->bytes);
  plan->shown = g_try_malloc_n (plan->width, 4);
  return plan->piece != NULL && plan->row != NULL && plan->shown != NULL;
}

/**
 * imp_tiff_has_alpha:
 * @tiff: a file at the page that is shown
 *
 * Returns: whether it says that the first sample after the colours is alpha (TIFF 6.0,
 *   ExtraSamples); one that nobody explains is none
 */
gboolean
imp_tiff_has_alpha (TIFF *tiff)
{
  guint16 n = 0;
  guint16 *kinds = NULL;

  return TIFFGetField (tiff, TIFFTAG_EXTRASAMPLES, &n, &kinds) == 1 && n > 0
         && kinds[0] != EXTRASAMPLE_UNSPECIFIED;
}

/**
 * imp_tiff_has_plain_samples:
 * @tiff: a file at the page that is shown
 *
 * Sees whether imp_tiff_read_samples() is for this page: grey and RGB of whole bytes without alpha,
 * of which libtiff's RGBA would take a second copy, with 16 bits cut to 8 before their profile is
 * used, and a sample that nobody explains for alpha; and CMYK, which it would convert without one.
 *
 * Returns: whether it is
 */
gboolean
imp_tiff_has_plain_samples (TIFF *tiff)
{
  guint16 photometric = 0;
  guint16 bits = 1;
  guint16 samples = 1;
  guint16 inks = INKSET_CMYK;
  guint16 format = SAMPLEFORMAT_UINT;

  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_INKSET, &inks);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLEFORMAT, &format);
  if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID)
    return FALSE;
  if (photometric == PHOTOMETRIC_SEPARATED)
    return (bits == 8 || bits == 16) && samples == 4 && inks == INKSET_CMYK;
  if (bits != 8 && bits != 16)
    return FALSE;
  return (photometric == PHOTOMETRIC_RGB || photometric == PHOTOMETRIC_MINISBLACK
          || photometric == PHOTOMETRIC_MINISWHITE)
         && samples >= find_colours (photometric) && !imp_tiff_has_alpha (tiff);
}

/**
 * imp_tiff_read_samples:
 * @tiff: a file at a page of which imp_tiff_has_plain_samples() is true
 * @colour: what its samples mean
 * @sink: where its pixels go
 *
 * Returns: whether the whole picture was there
 */
gboolean
imp_tiff_read_samples (TIFF *tiff, ImpColour *colour, ImpSink *sink)
{
  g_auto (Plan) plan = { .colour = colour, .sink = sink };

  if (!make_plan (&plan, tiff))
    return FALSE;
  for (gsize y = 0; y < sink->height; y += plan.height)
    for (gsize x = 0; x < sink->width; x += plan.width)
      {
        for (guint16 plane = 0; plane < (plan.apart ? plan.colours : 1); plane++)
          if (!read_piece (&plan, x, y, plane, plan.piece + plane * plan.size))
            return FALSE;
        for (gsize i = 0; i < MIN (plan.height, sink->height - y); i++)
          put_row (&plan, x, y + i, i, MIN (plan.width, sink->width - x));
      }
  return TRUE;
}
