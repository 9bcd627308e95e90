#include "imp-onlooker.h"

/**
 * imp_onlooker_new:
 * @width: columns of every frame
 * @height: its rows
 *
 * Returns: (transfer full): somebody who has seen nothing yet
 */
ImpOnlooker *
imp_onlooker_new (int width, int height)
{
  ImpOnlooker *onlooker = g_new0 (ImpOnlooker, 1);

  onlooker->looked_at = g_hash_table_new (NULL, NULL);
  onlooker->seen_planes = g_hash_table_new (NULL, NULL);
  onlooker->seen = imp_seen_new (width, height);
  return onlooker;
}

/**
 * imp_onlooker_free:
 * @onlooker: (transfer full) (nullable): somebody
 */
void
imp_onlooker_free (ImpOnlooker *onlooker)
{
  if (onlooker == NULL)
    return;
  g_hash_table_unref (onlooker->looked_at);
  g_hash_table_unref (onlooker->seen_planes);
  imp_seen_free (onlooker->seen);
  g_free (onlooker);
}

/**
 * imp_onlooker_forget_frames:
 * @onlooker: somebody
 *
 * Other overlays are drawn now: no frame was looked at like that. That a plane was once seen stays.
 */
void
imp_onlooker_forget_frames (ImpOnlooker *onlooker)
{
  g_hash_table_remove_all (onlooker->looked_at);
  imp_seen_clear (onlooker->seen);
}
