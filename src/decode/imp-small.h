/* The first frame of a file for a small picture of it, and for nothing else.
 *
 * Owns: one short conversation with a child.  May include: core, image.
 * Must never: be what a person covers, or what leaves: that is an ImpSource. */
#pragma once

#include <gio/gio.h>

#include "imp-frame.h"
#include "imp-geometry.h"

G_BEGIN_DECLS

ImpFrame *imp_small_read_sync (int fd, guint64 size, guint side, ImpPixelShape *shape,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
