/* What image hash and probe share: a picture made small, and the codes of its places. */
#pragma once

#include "imp-image-hash.h"

G_BEGIN_DECLS

#define CODES_WIDTH 128      /* pixels that a whole picture is made wide */
#define CODES_MAX_HEIGHT 384 /* of a hash; what is below is not looked at */
#define CODES_PITCH 4        /* pixels between two places */
#define CODES_COLUMNS (CODES_WIDTH / CODES_PITCH)
#define CODES_PLANES 8                 /* comparisons made at each place */
#define CODES_WORDS (CODES_PLANES / 2) /* of 64 bits: two planes of a row of places */
#define CODES_REACH 8                  /* pixels around a place that its comparisons look at */

/**
 * ImpImagePlane:
 * @width: pixels
 * @height: pixels
 * @values: (array) (owned): @height × @width grey levels of 0 to 255, rows top to bottom
 */
typedef struct
{
  int width;
  int height;
  float *values;
} ImpImagePlane;

/**
 * ImpImageRow: one row of places of a hash
 * @bits: which way the comparisons go
 * @places: which of them mean anything: by these a picture is laid over another
 * @tells: which of those are faint, and so tell a picture from one of the same kind: bones are
 *   where bones are, what lies between is a person's own
 */
typedef struct
{
  guint64 bits[CODES_WORDS];
  guint64 places[CODES_WORDS];
  guint64 tells[CODES_WORDS];
} ImpImageRow;

struct _ImpImageHash
{
  gatomicrefcount ref_count;
  int n_rows;
  ImpImageRow *rows; /* owned */
  guint n_tells;
};

ImpImagePlane *_imp_image_plane_new (const ImpRaster *raster, int max_width);
ImpImagePlane *_imp_image_plane_scale (const ImpImagePlane *plane, int width, int height);
ImpImagePlane *_imp_image_plane_turn (const ImpImagePlane *plane, gboolean upside_down);
void _imp_image_plane_smooth (ImpImagePlane *plane);
void _imp_image_plane_free (ImpImagePlane *plane);
void _imp_image_plane_compare (const ImpImagePlane *plane, int x, int y,
                               float values[CODES_PLANES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpImagePlane, _imp_image_plane_free)

G_END_DECLS
