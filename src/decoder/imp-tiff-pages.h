/* Where the directories of a TIFF file stand: one for each page. */
#pragma once

#include "imp-notes.h"

G_BEGIN_DECLS

GArray *imp_tiff_pages_find (const guint8 *data, gsize length, GError **error);

G_END_DECLS
