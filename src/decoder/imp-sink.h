/* Where the rows of a stored picture go: the finished pixels in display orientation. */
#pragma once

#include "imp-memory.h"
#include "imp-wire.h"

G_BEGIN_DECLS

typedef struct
{
  ImpMemory *memory; /* owned */
  gsize width;       /* stored */
  gsize height;
  gsize channels;
  gssize origin; /* bytes: where stored pixel (0, 0) is shown */
  gssize step_x;
  gssize step_y;
} ImpSink;

ImpSink *imp_sink_new (gsize width, gsize height, gsize channels, int orientation, GError **error);
void imp_sink_free (ImpSink *sink);
guint8 *imp_sink_row (ImpSink *sink, gsize y);
void imp_sink_put_row (ImpSink *sink, gsize y, const guint8 *row);
ImpMemory *imp_sink_finish (ImpSink *sink, int orientation, ImpWireReply *reply);

/* One shown pixel on white, where it is transparent: its colours first, then this, as in viewers.
 * @alpha: 0 to @most, which is at most 65535. */
static inline void
imp_sink_show_white (guint8 *pixel, gsize channels, guint alpha, guint most)
{
  for (gsize c = 0; c < channels && alpha < most; c++)
    pixel[c] = (guint8)((pixel[c] * alpha + 255 * (most - alpha) + most / 2) / most);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSink, imp_sink_free)

G_END_DECLS
