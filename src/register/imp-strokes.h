/* A signature drawn with a pen or the mouse: lines, as they were drawn.
 *
 * Owns: their text form, which is what the register keeps.
 * May include: core.  Must never: draw (imp_strokes_to_svg() writes text). */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_STROKES_MAX_SIDE 10000
#define IMP_STROKES_MAX_POINTS 20000

typedef struct
{
  int x;
  int y;
} ImpStrokePoint;

#define IMP_TYPE_STROKES (imp_strokes_get_type ())
typedef struct _ImpStrokes ImpStrokes;

GType imp_strokes_get_type (void);
ImpStrokes *imp_strokes_new (int width, int height);
ImpStrokes *imp_strokes_copy (const ImpStrokes *strokes);
void imp_strokes_free (ImpStrokes *strokes);
void imp_strokes_begin (ImpStrokes *strokes);
gboolean imp_strokes_add (ImpStrokes *strokes, int x, int y);
int imp_strokes_get_width (const ImpStrokes *strokes);
int imp_strokes_get_height (const ImpStrokes *strokes);
guint imp_strokes_get_n_lines (const ImpStrokes *strokes);
const ImpStrokePoint *imp_strokes_get_line (const ImpStrokes *strokes, guint line, guint *n_points);
GBytes *imp_strokes_to_bytes (const ImpStrokes *strokes);
ImpStrokes *imp_strokes_from_bytes (GBytes *bytes, GError **error);
char *imp_strokes_to_svg (const ImpStrokes *strokes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpStrokes, imp_strokes_free)

G_END_DECLS
