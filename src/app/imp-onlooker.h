/* What one user has had on screen of a picture. What one has looked at, another has not.
 *
 * Owns: which frames were drawn, with which overlays, and what of them at full size.
 * May include: ImpSeen.  Must never: know whose it is. */
#pragma once

#include "imp-seen.h"

G_BEGIN_DECLS

/**
 * ImpOnlooker:
 * @looked_at: frame numbers, and 1 more, that were drawn on screen
 * @seen_planes: of such numbers the overlays that were once drawn there
 * @seen: what was on screen at full size
 */
typedef struct
{
  GHashTable *looked_at;
  GHashTable *seen_planes;
  ImpSeen *seen;
} ImpOnlooker;

ImpOnlooker *imp_onlooker_new (int width, int height);
void imp_onlooker_free (ImpOnlooker *onlooker);
void imp_onlooker_forget_frames (ImpOnlooker *onlooker);

G_END_DECLS
