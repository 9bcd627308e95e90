/* The one place where OpenCV is spoken to: pure C on this side, every exception caught on the
 * other.
 *
 * Owns: OpenCV and its cascades.  May include: imp-plane, image.  Must never: start a thread, or
 * touch a file once it was started. */
#pragma once

#include "imp-geometry.h"
#include "imp-plane.h"

G_BEGIN_DECLS

/**
 * ImpFaceView:
 * @IMP_FACE_FRONT: seen from the front, upright
 * @IMP_FACE_SIDE: looking to the left of the picture, upright
 */
typedef enum
{
  IMP_FACE_FRONT,
  IMP_FACE_SIDE,
} ImpFaceView;

/**
 * ImpFace:
 * @rect: where
 * @n_finds: how often it was found there: the more, the surer
 */
typedef struct
{
  ImpRect rect;
  int n_finds;
} ImpFace;

gboolean imp_face_bridge_start (void);
gboolean imp_face_bridge_find (const ImpPlane *plane, ImpFaceView view, int least_finds, int least,
                               GArray *faces);

G_END_DECLS
