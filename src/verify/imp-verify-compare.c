#include "imp-verify-compare-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#define JPEG_TOLERANCE 3    /* levels, in a block that lies wholly under boxes */
#define JPEG_MIN_PSNR 35.0  /* decibels, of the pixels outside boxes */
#define EDGE_MIN_PSNR 25.0  /* decibels against black, of a box's pixels that share a block */
#define BLOCK_MIN_PSNR 15.0 /* the same, in each block */

#define BLOCK 8

/**
 * imp_compare_begin:
 * @compare: a comparison for which imp_expect_begin() held, and whose exactness is set
 *
 * Makes room for a band.
 */
void
imp_compare_begin (ImpCompare *compare)
{
  imp_expect_allocate (compare);
  compare->edges = g_new0 (ImpCompareEdge, compare->n_boxes);
  if (!compare->exact)
    compare->decoded = g_malloc_n ((gsize)compare->width * (gsize)compare->height,
                                   (gsize)imp_raster_get_channels (compare->rendering));
}

/**
 * imp_compare_fits:
 * @compare: a comparison
 * @width: columns of the file
 * @height: its rows
 * @channels: 1 or 3
 * @findings: (element-type ImpFinding): where findings are added
 *
 * Returns: whether the file's pixels can be compared at all; if not, a finding says why
 */
gboolean
imp_compare_fits (const ImpCompare *compare, int width, int height, int channels,
                  GPtrArray *findings)
{
  if (width != compare->width || height != compare->height)
    {
      imp_verify_add (findings, g_strdup (_ ("pixels")),
                      g_strdup_printf (_ ("The file is %d × %d pixels, but the picture is "
                                          "%d × %d."),
                                       width, height, compare->width, compare->height));
      return FALSE;
    }
  if (channels != imp_raster_get_channels (compare->rendering))
    {
      imp_verify_add (findings, g_strdup (_ ("pixels")),
                      g_strdup (_ ("The file is grey and the picture is not, or the other way "
                                   "round.")));
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  guint64 n_outside;
  guint64 n_covered;
  double error_outside;
  double error_covered;
  guint n_wrong_outside; /* pixels */
  guint n_wrong_covered;
  int largest_covered; /* difference from black */
} Block;

static void
measure_pixel (Block *block, const guint8 *is, const guint8 *should, gsize channels,
               gboolean covered)
{
  double error = 0;

  for (gsize c = 0; c < channels; c++)
    {
      int difference = (int)is[c] - (int)should[c];

      error += (double)difference * difference;
      if (covered)
        block->largest_covered = MAX (block->largest_covered, ABS (difference));
    }
  if (covered)
    {
      block->n_covered += channels;
      block->error_covered += error;
      block->n_wrong_covered += error > 0;
    }
  else
    {
      block->n_outside += channels;
      block->error_outside += error;
      block->n_wrong_outside += error > 0;
    }
}

/* A block that boxes cover in part: what each of them has of it. */
static void
measure_edges (ImpCompare *compare, int x, int first, int n_rows, const guint8 *pixels)
{
  gsize channels = (gsize)imp_raster_get_channels (compare->rendering);
  gsize width = (gsize)compare->width;
  ImpRect block = { x, first, MIN (BLOCK, compare->width - x), n_rows };

  for (gsize i = 0; i < compare->n_boxes; i++)
    {
      ImpRect part = imp_rect_intersect (&compare->placed[i], &block);
      ImpCompareEdge *edge = &compare->edges[i];

      for (int y = 0; y < part.height; y++)
        {
          gsize row = (gsize)(part.y - block.y + y) * width + (gsize)part.x;

          for (gsize k = row * channels; k < (row + (gsize)part.width) * channels; k++)
            edge->error += (double)pixels[k] * pixels[k];
        }
      edge->n += (guint64)part.width * (guint64)part.height * channels;
    }
}

static void
measure_block (ImpCompare *compare, int x, int first, int n_rows, const guint8 *pixels)
{
  gsize channels = (gsize)imp_raster_get_channels (compare->rendering);
  gsize width = (gsize)compare->width;
  gsize end = MIN ((gsize)x + BLOCK, width);
  Block block = { 0 };

  for (gsize y = 0; y < (gsize)n_rows; y++)
    for (gsize at = (gsize)x; at < end; at++)
      measure_pixel (&block, pixels + (y * width + at) * channels,
                     compare->expected + (y * width + at) * channels, channels,
                     compare->covered[y * width + at] != 0);

  compare->n_outside += block.n_outside;
  compare->error_outside += block.error_outside;
  if (block.n_outside > 0 && block.error_outside / (double)block.n_outside > compare->worst)
    {
      compare->worst = block.error_outside / (double)block.n_outside;
      compare->worst_x = x;
      compare->worst_y = first;
    }
  if (compare->exact)
    {
      compare->n_wrong_covered += block.n_wrong_covered;
      compare->n_wrong_outside += block.n_wrong_outside;
    }
  else if (block.n_outside == 0)
    compare->n_wrong_covered += block.largest_covered > JPEG_TOLERANCE ? block.n_wrong_covered : 0;
  else if (block.n_covered > 0)
    {
      compare->worst_edge =
          MAX (compare->worst_edge, block.error_covered / (double)block.n_covered);
      measure_edges (compare, x, first, n_rows, pixels);
    }
}

/**
 * imp_compare_band:
 * @compare: a comparison that has begun
 * @first: the band's first row in the file, a multiple of eight
 * @n_rows: its rows, eight or what is left
 * @pixels: the decoded rows, without padding
 *
 * Compares one band.
 */
void
imp_compare_band (ImpCompare *compare, int first, int n_rows, const guint8 *pixels)
{
  gsize row = (gsize)compare->width * (gsize)imp_raster_get_channels (compare->rendering);

  if (compare->decoded != NULL)
    memcpy (compare->decoded + (gsize)first * row, pixels, row * (gsize)n_rows);
  imp_expect_band (compare, first, n_rows, pixels);
  if (compare->exact && memcmp (pixels, compare->expected, row * (gsize)n_rows) == 0)
    {
      guint64 n_covered = 0;

      for (gsize i = 0; i < (gsize)n_rows * (gsize)compare->width; i++)
        n_covered += compare->covered[i];
      compare->n_outside +=
          row * (gsize)n_rows - n_covered * (guint64)imp_raster_get_channels (compare->rendering);
      return;
    }
  for (int x = 0; x < compare->width; x += BLOCK)
    measure_block (compare, x, first, n_rows, pixels);
}

static double
psnr (double mean_square_error)
{
  return mean_square_error > 0 ? 10 * log10 (255.0 * 255.0 / mean_square_error) : INFINITY;
}

static gboolean
edges_are_black (const ImpCompare *compare)
{
  for (gsize i = 0; i < compare->n_boxes; i++)
    if (compare->edges[i].n > 0
        && psnr (compare->edges[i].error / (double)compare->edges[i].n) < EDGE_MIN_PSNR)
      return FALSE;
  return psnr (compare->worst_edge) >= BLOCK_MIN_PSNR;
}

static void
add_pixels (GPtrArray *findings, char *what)
{
  imp_verify_add (findings, g_strdup (_ ("pixels")), what);
}

/**
 * imp_compare_end:
 * @compare: a comparison whose last band came
 * @report: where the figures are put
 * @findings: (element-type ImpFinding): where findings are added
 *
 * Sums up.
 */
void
imp_compare_end (ImpCompare *compare, ImpVerifyReport *report, GPtrArray *findings)
{
  report->psnr =
      psnr (compare->n_outside > 0 ? compare->error_outside / (double)compare->n_outside : 0.0);
  report->worst_psnr = psnr (compare->worst);
  report->worst_x = compare->worst_x;
  report->worst_y = compare->worst_y;
  if (compare->n_wrong_covered > 0)
    add_pixels (findings, g_strdup_printf (ngettext ("%lu pixel under a box is not black.",
                                                     "%lu pixels under a box are not black.",
                                                     compare->n_wrong_covered),
                                           (gulong)compare->n_wrong_covered));
  if (!edges_are_black (compare))
    add_pixels (findings, g_strdup (_ ("The pixels along the edge of a box are not black enough: "
                                       "something shows through.")));
  if (compare->n_wrong_outside > 0)
    add_pixels (findings,
                g_strdup_printf (ngettext ("%lu pixel outside the boxes differs from the picture.",
                                           "%lu pixels outside the boxes differ from the picture.",
                                           compare->n_wrong_outside),
                                 (gulong)compare->n_wrong_outside));
  if (!compare->exact && report->psnr < JPEG_MIN_PSNR)
    add_pixels (findings, g_strdup_printf (_ ("The picture outside the boxes came out too coarse "
                                              "(%.1f dB): choose a higher quality, or PNG."),
                                           report->psnr));
}
