#include "imp-codecs.h"

/**
 * imp_codecs_are_all_here:
 *
 * Returns: %TRUE: this is the full helper
 */
gboolean
imp_codecs_are_all_here (void)
{
  return TRUE;
}
