#include "imp-ultrasound-region.h"

#define LAST_FORMAT 5

/**
 * imp_ultrasound_regions_read:
 * @facts: an a{sv} from the helper, whose "ultrasound-regions" has for each its format and corners
 * @width: columns of the frame
 * @height: rows of the frame
 *
 * Corners are cut to the frame, the second taken as lying outside the region: scanners disagree by
 * one pixel, and the smaller reading keeps less. What is empty then is left out, and a format that
 * the standard does not know counts as none.
 *
 * Returns: (transfer full) (nullable) (element-type ImpUltrasoundRegion): the regions, perhaps
 * none; %NULL where the answer is not one of a helper
 */
GArray *
imp_ultrasound_regions_read (GVariant *facts, int width, int height)
{
  g_autoptr (GVariant) regions =
      g_variant_lookup_value (facts, "ultrasound-regions", G_VARIANT_TYPE ("a(uuuuu)"));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (ImpUltrasoundRegion));
  GVariantIter iter;
  guint format = 0;
  guint x0 = 0;
  guint y0 = 0;
  guint x1 = 0;
  guint y1 = 0;

  if (regions == NULL || g_variant_n_children (regions) > IMP_ULTRASOUND_MOST_REGIONS)
    return NULL;
  g_variant_iter_init (&iter, regions);
  while (g_variant_iter_next (&iter, "(uuuuu)", &format, &x0, &y0, &x1, &y1))
    {
      ImpUltrasoundRegion region = { .format = format <= LAST_FORMAT ? format : 0 };

      x1 = MIN (x1, (guint)width);
      y1 = MIN (y1, (guint)height);
      if (x0 >= x1 || y0 >= y1)
        continue;
      region.rect = (ImpRect){ (int)x0, (int)y0, (int)(x1 - x0), (int)(y1 - y0) };
      g_array_append_val (found, region);
    }
  return g_steal_pointer (&found);
}
