/* Which VOI window a picture is in, and which ones it offers. */
#pragma once

#include "imp-picture.h"

G_BEGIN_DECLS

gboolean imp_levels_get_full_range (ImpPicture *picture, ImpWindow *window);
gboolean imp_levels_get_shown (ImpPicture *picture, ImpWindow *window);
gboolean imp_levels_get_current (ImpPicture *picture, ImpWindow *window);
void imp_levels_drag (const ImpWindow *from, double x, double y, ImpWindow *window);

G_END_DECLS
