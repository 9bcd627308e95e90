/* Stands in for imp-faces.c where the program is built without OpenCV. */
#include "imp-faces.h"

/**
 * imp_faces_start:
 *
 * Does nothing.
 */
void
imp_faces_start (void)
{
}

/**
 * imp_faces_are_known:
 *
 * Returns: %FALSE
 */
gboolean
imp_faces_are_known (void)
{
  return FALSE;
}

/**
 * imp_faces_find:
 * @plane: a picture
 * @rects: (element-type ImpRect): left as they are
 *
 * Returns: %FALSE
 */
gboolean
imp_faces_find (const ImpPlane *plane, GArray *rects)
{
  return FALSE;
}
