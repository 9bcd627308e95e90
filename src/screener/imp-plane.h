/* An 8-bit grey plane in memory of its own, and the few things that are done to a whole one.
 *
 * Owns: pixels of the detector's own.  May include: GLib.  Must never: know what a letter is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int width;
  int height;
  guint8 *data; /* owned; no padding */
} ImpPlane;

ImpPlane *imp_plane_new (int width, int height);
void imp_plane_free (ImpPlane *plane);
ImpPlane *imp_plane_halve (const ImpPlane *plane);
void imp_plane_invert (ImpPlane *plane);
ImpPlane *imp_plane_relief (const ImpPlane *plane, int size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPlane, imp_plane_free)

G_END_DECLS
