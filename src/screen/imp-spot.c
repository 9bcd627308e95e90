#include "imp-spot.h"

G_DEFINE_BOXED_TYPE (ImpSpot, imp_spot, imp_spot_copy, imp_spot_free)

/**
 * imp_spot_new:
 * @kind: what was seen
 * @rect: where, in the full frame in display orientation
 * @text: (nullable): what was read there
 * @confidence: of the reading, 0 to 100
 * @turn: by how many degrees clockwise the writing is turned: 0, 90, 180 or 270
 *
 * Returns: (transfer full): a spot; what nobody read has no confidence
 */
ImpSpot *
imp_spot_new (ImpSpotKind kind, const ImpRect *rect, const char *text, guint confidence, int turn)
{
  ImpSpot *self = g_new0 (ImpSpot, 1);

  self->kind = kind;
  self->rect = *rect;
  self->text = g_strdup (text);
  self->confidence = text == NULL ? 0 : MIN (confidence, 100);
  self->turn = turn;
  return self;
}

/**
 * imp_spot_copy:
 * @spot: a spot
 *
 * Returns: (transfer full): the same again
 */
ImpSpot *
imp_spot_copy (const ImpSpot *spot)
{
  return imp_spot_new (spot->kind, &spot->rect, spot->text, spot->confidence, spot->turn);
}

/**
 * imp_spot_free:
 * @spot: (transfer full) (nullable): a spot
 */
void
imp_spot_free (ImpSpot *spot)
{
  if (spot == NULL)
    return;
  g_free (spot->text);
  g_free (spot);
}
