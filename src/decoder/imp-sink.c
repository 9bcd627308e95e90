#include "imp-sink.h"

#include <string.h>

/**
 * imp_sink_new:
 * @width: stored columns
 * @height: stored rows
 * @channels: 1 grey or 3 RGB
 * @orientation: EXIF Orientation (0x0112), 1 to 8
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): a sink for all rows of a picture, or %NULL with
 *   %IMP_ERROR_UNSUPPORTED where it needs too much memory
 */
ImpSink *
imp_sink_new (gsize width, gsize height, gsize channels, int orientation, GError **error)
{
  g_autoptr (ImpSink) sink = g_new0 (ImpSink, 1);
  gssize c = (gssize)channels;
  gssize shown_width = (gssize)(orientation >= 5 ? height : width);
  gssize shown_height = (gssize)(orientation >= 5 ? width : height);
  gssize stride = shown_width * c;
  gboolean right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  gboolean bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;

  sink->width = width;
  sink->height = height;
  sink->channels = channels;
  /* EXIF 2.32, 4.6.4 A, Orientation: which visual side the stored row 0 and column 0 are. */
  sink->origin = (right ? (shown_width - 1) * c : 0) + (bottom ? (shown_height - 1) * stride : 0);
  if (orientation >= 5)
    {
      sink->step_x = bottom ? -stride : stride;
      sink->step_y = right ? -c : c;
    }
  else
    {
      sink->step_x = right ? -c : c;
      sink->step_y = bottom ? -stride : stride;
    }
  sink->memory = imp_memory_new (width * height * channels, error);
  return sink->memory != NULL ? g_steal_pointer (&sink) : NULL;
}

/**
 * imp_sink_free:
 * @sink: (transfer full) (nullable): a sink
 */
void
imp_sink_free (ImpSink *sink)
{
  if (sink == NULL)
    return;
  imp_memory_free (sink->memory);
  g_free (sink);
}

/**
 * imp_sink_row:
 * @sink: a sink
 * @y: a stored row
 *
 * Returns: (transfer none) (nullable): where that row can be written in place, %NULL where the
 *   orientation does not keep its pixels together and imp_sink_put_row() is needed
 */
guint8 *
imp_sink_row (ImpSink *sink, gsize y)
{
  if (sink->step_x != (gssize)sink->channels)
    return NULL;
  return sink->memory->data + sink->origin + (gssize)y * sink->step_y;
}

/**
 * imp_sink_put_row:
 * @sink: a sink
 * @y: a stored row
 * @row: its pixels
 */
void
imp_sink_put_row (ImpSink *sink, gsize y, const guint8 *row)
{
  guint8 *out = sink->memory->data + sink->origin + (gssize)y * sink->step_y;

  if (sink->step_x == (gssize)sink->channels)
    memcpy (out, row, sink->width * sink->channels);
  else if (sink->channels == 1)
    for (gsize x = 0; x < sink->width; x++, out += sink->step_x)
      out[0] = row[x];
  else
    for (gsize x = 0; x < sink->width; x++, out += sink->step_x)
      {
        out[0] = row[3 * x];
        out[1] = row[3 * x + 1];
        out[2] = row[3 * x + 2];
      }
}

/**
 * imp_sink_finish:
 * @sink: a sink that has all its rows
 * @orientation: the one it was made with
 * @reply: (out): what the memory holds
 *
 * Returns: (transfer full): the finished picture; @sink is empty afterwards
 */
ImpMemory *
imp_sink_finish (ImpSink *sink, int orientation, ImpWireReply *reply)
{
  reply->kind = IMP_WIRE_FINISHED;
  reply->width = (gint32)(orientation >= 5 ? sink->height : sink->width);
  reply->height = (gint32)(orientation >= 5 ? sink->width : sink->height);
  reply->channels = (gint32)sink->channels;
  return g_steal_pointer (&sink->memory);
}
