#include "imp-verify-private.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-verify-compare-private.h"
#include "imp-verify-identifiers-private.h"

/* The walk, the hash and the comparison each read the whole file and need nothing of each other:
 * they run side by side. */

typedef struct
{
  GBytes *file;            /* borrowed */
  ImpVerifyReport *report; /* borrowed */
  GArray *plain;           /* borrowed, of ImpByteRange */
} WalkJob;

static gpointer
walk (gpointer data)
{
  WalkJob *job = data;

  imp_verify_walk_into (job->report, job->file, job->plain);
  return NULL;
}

static gpointer
hash (gpointer data)
{
  return imp_hash_bytes (data);
}

static void
free_compare (ImpCompare *compare)
{
  imp_expect_clear (compare);
  g_free (compare->edges);
  g_free (compare->decoded);
}

/* What was compared, as a picture; without one nobody can look at it again. */
static ImpRaster *
take_decoded (ImpCompare *compare)
{
  gsize size = (gsize)compare->width * (gsize)compare->height
               * (gsize)imp_raster_get_channels (compare->rendering);
  g_autoptr (GBytes) pixels = compare->decoded != NULL
                                  ? g_bytes_new_take (g_steal_pointer (&compare->decoded), size)
                                  : NULL;

  return pixels != NULL
             ? imp_raster_new (compare->width, compare->height,
                               imp_raster_get_channels (compare->rendering), pixels, NULL)
             : NULL;
}

static void
move_findings (GPtrArray *from, GPtrArray *to)
{
  for (guint i = 0; i < from->len; i++)
    {
      ImpFinding *finding = g_ptr_array_index (from, i);

      imp_verify_add (to, g_strdup (finding->where), g_strdup (finding->what));
    }
}

/* Decodes and compares. Returns whether all pixels were compared. */
static gboolean
compare_pixels (GBytes *file, ImpCompare *compare, GPtrArray *findings, GCancellable *cancellable)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (file, &length);
  const char *format = imp_verify_sniff (data, length);

  compare->exact = g_str_equal (format, "png");
  imp_compare_begin (compare);
  if (compare->exact)
    return imp_verify_decode_png (file, compare, findings, cancellable);
  if (g_str_equal (format, "jpeg"))
    return imp_verify_decode_jpeg (file, compare, findings, cancellable);
  return FALSE;
}

/**
 * imp_verify_file:
 * @file: the whole file as it was read back
 * @rendering: the full frame before any box
 * @boxes: (array length=n_boxes) (nullable): what is covered, as filled, in full-frame display
 *   coordinates
 * @n_boxes: how many
 * @crop: (nullable): what was kept, in full-frame display coordinates
 * @shape: (nullable): the shape of the rendering's pixels, %NULL where they are square
 * @identifiers: (nullable): strings of the source; none of four or more characters may occur in a
 *   byte that is not entropy-coded, nor in @file_name
 * @file_name: (nullable): the name that the file is to have
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Proves that a finished file holds the picture and nothing else: walks it (imp_verify_walk()),
 * decodes it again and compares the pixels. PNG: each pixel under a box is 0 and each other is
 * the rendering's. JPEG: in each 8 × 8 block wholly under boxes every pixel is within 3 of 0, the
 * covered pixels of other blocks come to 25 dB or more against black, for each box by itself, and
 * to 15 dB in each block, and the pixels outside
 * boxes to 35 dB or more against the rendering. What does not hold is a finding.
 *
 * Where pixels are not square, "the rendering" is what becomes of it, boxes filled and crop cut
 * out, when the axis of the longer side is enlarged by linear interpolation, to the nearest level;
 * under a box is what is made of covered pixels alone.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL with %IMP_ERROR_USAGE where @crop does
 *   not lie inside the frame or @shape is none, or %IMP_ERROR_CANCELLED
 */
ImpVerifyReport *
imp_verify_file (GBytes *file, const ImpRaster *rendering, const ImpRect *boxes, gsize n_boxes,
                 const ImpRect *crop, const ImpPixelShape *shape, const char *const *identifiers,
                 const char *file_name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpVerifyReport) report = imp_verify_report_new ();
  g_autoptr (ImpVerifyReport) pixels = imp_verify_report_new ();
  g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (ImpByteRange));
  ImpRect frame = { 0, 0, imp_raster_get_width (rendering), imp_raster_get_height (rendering) };
  ImpCompare compare = { .rendering = rendering, .boxes = boxes, .n_boxes = n_boxes };
  WalkJob job = { file, report, plain };
  GThread *walker = NULL;
  GThread *hasher = NULL;
  gboolean compared = FALSE;

  compare.kept = crop != NULL ? imp_rect_intersect (crop, &frame) : frame;
  if (crop != NULL && (imp_rect_is_empty (crop) || !imp_rect_equal (crop, &compare.kept)))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "The crop must lie inside the picture, which is %d × %d: choose another crop",
                   frame.width, frame.height);
      return NULL;
    }
  if (!imp_expect_begin (&compare, shape))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "A pixel cannot be %d × %d", shape->width,
                   shape->height);
      return NULL;
    }
  walker = g_thread_try_new ("imp-walk", walk, &job, NULL);
  hasher = g_thread_try_new ("imp-hash", hash, file, NULL);
  compared = compare_pixels (file, &compare, pixels->findings, cancellable);
  if (walker != NULL)
    g_thread_join (walker);
  else
    walk (&job);
  report->sha256 = hasher != NULL ? g_thread_join (hasher) : hash (file);

  if (compared)
    {
      imp_compare_end (&compare, report, pixels->findings);
      report->decoded = take_decoded (&compare);
    }
  free_compare (&compare);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, "Checking the picture was stopped");
      return NULL;
    }
  move_findings (pixels->findings, report->findings);
  imp_verify_identifiers (report->findings, g_bytes_get_data (file, NULL), plain, identifiers,
                          file_name);
  /* Proof is what was seen to hold: a comparison that did not take place proves nothing. */
  if (!compared && pixels->findings->len == 0)
    imp_verify_add (report->findings, g_strdup (_ ("pixels")),
                    g_strdup (_ ("The pixels could not be compared with the picture.")));
  report->flat = report->findings->len == 0;
  return g_steal_pointer (&report);
}
