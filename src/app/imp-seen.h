/* What of each frame was on screen at full size: every pixel of the picture on one of the screen's
 * at least, nothing laid over it.
 *
 * Owns: one area for each frame, and the contrast that it was seen in.  May include: image, cairo's
 * regions.  Must never: know of widgets, or of what the pixels are. */
#pragma once

#include "imp-frame.h"
#include "imp-geometry.h"

G_BEGIN_DECLS

typedef struct _ImpSeen ImpSeen;

/**
 * ImpSeenAim:
 * @crop: what is kept of the frame; all of it where nothing is cut off
 * @filled: (nullable): what is covered, exactly as it will be filled
 * @n_filled: how many
 *
 * What has to be looked at: what leaves, as nothing can be seen where it is covered.
 */
typedef struct
{
  ImpRect crop;
  const ImpRect *filled;
  gsize n_filled;
} ImpSeenAim;

ImpSeen *imp_seen_new (int width, int height);
void imp_seen_free (ImpSeen *self);
void imp_seen_clear (ImpSeen *self);
gboolean imp_seen_set_window (ImpSeen *self, guint frame, const ImpWindow *window); /* nullable */
gboolean imp_seen_add (ImpSeen *self, guint frame, const ImpRect *shown, gsize n_shown,
                       const ImpRect *filled, gsize n_filled);
guint imp_seen_get_share (const ImpSeen *self, guint frame, const ImpSeenAim *aim);
GArray *imp_seen_list_unseen (const ImpSeen *self, guint frame, const ImpSeenAim *aim);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSeen, imp_seen_free)

G_END_DECLS
