/* A small picture of one item, made in memory.
 *
 * Owns: how a frame becomes small.  May include: core, image, decode.
 * Must never: write it anywhere. */
#pragma once

#include "imp-raster.h"
#include "imp-source-item.h"

G_BEGIN_DECLS

ImpRaster *imp_thumbnail_reduce (const ImpFrame *frame, const ImpPixelShape *shape, int side,
                                 GError **error);
ImpRaster *imp_thumbnail_make_sync (ImpSourceItem *item, int side, GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
