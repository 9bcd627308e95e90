/* What the desk shows and covers of a session's picture, as the session keeps it, and back.
 *
 * May include: curate, ImpPicture.  Must never: store anything. */
#pragma once

#include "imp-curation-item.h"
#include "imp-picture.h"

G_BEGIN_DECLS

ImpCurationItem *imp_desk_shown_describe (ImpPicture *picture, const ImpCurationItem *before);
gboolean imp_desk_shown_is_same (const ImpCurationItem *one, const ImpCurationItem *other);
void imp_desk_shown_restore (ImpPicture *picture, const ImpCurationItem *item);

G_END_DECLS
