#include "imp-overlay.h"

#define FIRST 0x6000
#define LAST 0x601e

/**
 * imp_overlay_find_plane:
 * @group: a group number
 *
 * Overlays lie in the even groups from 6000 to 601E (PS3.3 C.9).
 *
 * Returns: its bit among planes: bit 0 for group 6000, bit 15 for 601E; 0 where @group is not an
 *   overlay's
 */
guint
imp_overlay_find_plane (guint group)
{
  return group >= FIRST && group <= LAST && group % 2 == 0 ? 1u << ((group - FIRST) / 2) : 0;
}

/**
 * imp_overlay_get_plane:
 * @overlay: an overlay
 *
 * Returns: its bit among planes, as imp_overlay_find_plane()
 */
guint
imp_overlay_get_plane (const ImpOverlay *overlay)
{
  return imp_overlay_find_plane (overlay->group);
}

/**
 * imp_overlay_count_planes:
 * @planes: a bit for each overlay group
 *
 * Returns: how many they are
 */
guint
imp_overlay_count_planes (guint planes)
{
  guint n = 0;

  for (; planes != 0; planes &= planes - 1)
    n++;
  return n;
}
