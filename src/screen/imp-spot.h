/* One place of a picture where the screener's helper saw something.
 *
 * Owns: what was seen, as it was told: never why it matters.  May include: core, image.
 * Must never: be logged, as @text is what stands in the picture. */
#pragma once

#include <glib-object.h>

#include "imp-geometry.h"

G_BEGIN_DECLS

/**
 * ImpSpotKind:
 * @IMP_SPOT_TEXT: letters or digits, read or not
 * @IMP_SPOT_CODE: a QR code, a bar code or a DataMatrix
 * @IMP_SPOT_FACE: what looks like a face
 */
typedef enum
{
  IMP_SPOT_TEXT,
  IMP_SPOT_CODE,
  IMP_SPOT_FACE,
} ImpSpotKind;

/**
 * ImpSpot:
 * @rect: where, in the full frame in display orientation
 * @kind: what
 * @text: (nullable): what was read there, in UTF-8; %NULL where nothing could be
 * @confidence: of the reading, 0 to 100; 0 where nothing was read
 * @turn: by how many degrees clockwise the writing is turned: 0, 90, 180 or 270
 */
typedef struct
{
  ImpRect rect;
  ImpSpotKind kind;
  char *text;
  guint confidence;
  int turn;
} ImpSpot;

#define IMP_TYPE_SPOT (imp_spot_get_type ())
GType imp_spot_get_type (void);

ImpSpot *imp_spot_new (ImpSpotKind kind, const ImpRect *rect, const char *text, guint confidence,
                       int turn);
ImpSpot *imp_spot_copy (const ImpSpot *spot);
void imp_spot_free (ImpSpot *spot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSpot, imp_spot_free)

G_END_DECLS
