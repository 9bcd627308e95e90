/* Pictures with writing in them, drawn by Pango: where the writing is, is known to the pixel. */
#pragma once

#include <glib.h>

#include "imp-geometry.h"

G_BEGIN_DECLS

typedef struct
{
  int width;
  int height;
  guint8 *pixels; /* owned: grey */
} Drawing;

Drawing *drawing_new (int width, int height, guint8 level);
void drawing_free (Drawing *drawing);
void drawing_grain (Drawing *drawing, guint32 seed, int strength);
ImpRect drawing_write (Drawing *drawing, int x, int y, const char *text, int height, int turn,
                       int level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drawing, drawing_free)

G_END_DECLS
