/* One overlay plane of a file (60xx), and planes as bits of a number.
 *
 * Owns: which group has which bit.  May include: core.  Must never: hold a plane's pixels. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One overlay plane: hidden unless it is asked for. */
typedef struct
{
  guint group;       /* 0x6000 to 0x601e, even */
  gboolean embedded; /* its bits lie in unused bits of the pixel data */
  char *label;       /* nullable: Overlay Label (60xx,1500) or Description (60xx,0022) */
} ImpOverlay;

guint imp_overlay_find_plane (guint group); /* 0: no overlay's */
guint imp_overlay_get_plane (const ImpOverlay *overlay);
guint imp_overlay_count_planes (guint planes);

G_END_DECLS
