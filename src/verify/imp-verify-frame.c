#include "imp-verify-scan-private.h"

#include <string.h>

/* Half a gigapixel; a hostile header can ask for any number. */
#define MAX_BLOCKS ((gsize)1 << 23)

static gsize
blocks_of (int pixels, guint factor, guint largest)
{
  gsize samples = ((gsize)pixels * factor + largest - 1) / largest;

  return (samples + 7) / 8;
}

static gsize
mcus_of (int pixels, guint largest)
{
  return ((gsize)pixels + 8 * largest - 1) / (8 * largest);
}

/**
 * imp_jpeg_frame_prepare:
 * @frame: a frame whose header has been read, with sampling factors of 1 to 4
 *
 * Makes ready for the first scan.
 *
 * Returns: %FALSE where the picture is too large to be checked
 */
gboolean
imp_jpeg_frame_prepare (ImpJpegFrame *frame)
{
  gsize total = 0;

  for (guint i = 0; i < frame->n_components; i++)
    {
      frame->h_max = MAX (frame->h_max, frame->components[i].h);
      frame->v_max = MAX (frame->v_max, frame->components[i].v);
    }
  for (guint i = 0; i < frame->n_components; i++)
    {
      ImpJpegComponent *component = &frame->components[i];
      gsize down = mcus_of (frame->height, frame->v_max) * component->v;

      component->blocks_across = mcus_of (frame->width, frame->h_max) * component->h;
      memset (component->sent, -1, sizeof component->sent);
      total += component->blocks_across * down;
      if (total > MAX_BLOCKS)
        return FALSE;
      if (frame->progressive)
        component->nonzero = g_try_malloc0 (component->blocks_across * down * sizeof (guint64));
      if (frame->progressive && component->nonzero == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * imp_jpeg_frame_clear:
 * @frame: a frame
 *
 * Frees what imp_jpeg_frame_prepare() took.
 */
void
imp_jpeg_frame_clear (ImpJpegFrame *frame)
{
  for (guint i = 0; i < IMP_SCAN_MAX_COMPONENTS; i++)
    g_clear_pointer (&frame->components[i].nonzero, g_free);
}

/**
 * imp_jpeg_scan_parse:
 * @frame: a frame that is prepared; its components learn their tables
 * @body: (array length=length): a scan header behind its length (T.81 B.2.3)
 * @length: how many bytes
 * @scan: (out caller-allocates): what it says
 *
 * Returns: whether it is one that @frame can have
 */
gboolean
imp_jpeg_scan_parse (ImpJpegFrame *frame, const guint8 *body, gsize length, ImpJpegScan *scan)
{
  guint n = length >= 1 ? body[0] : 0;
  guint n_blocks = 0;

  if (n < 1 || n > frame->n_components || length != 4 + 2 * (gsize)n)
    return FALSE;
  scan->n_components = n;
  for (guint i = 0; i < n; i++)
    {
      guint position = 0;

      while (position < frame->n_components && frame->components[position].id != body[1 + 2 * i])
        position++;
      if (position >= frame->n_components || (i > 0 && position <= scan->components[i - 1])
          || (body[2 + 2 * i] & 0xcc) != 0)
        return FALSE;
      scan->components[i] = (guint8)position;
      frame->components[position].dc_table = body[2 + 2 * i] >> 4;
      frame->components[position].ac_table = body[2 + 2 * i] & 15;
      n_blocks += frame->components[position].h * frame->components[position].v;
    }
  scan->first = body[1 + 2 * n];
  scan->last = body[2 + 2 * n];
  scan->high = body[3 + 2 * n] >> 4;
  scan->low = body[3 + 2 * n] & 15;
  if (n > 1 && n_blocks > 10)
    return FALSE;
  if (!frame->progressive)
    return scan->first == 0 && scan->last == 63 && scan->high == 0 && scan->low == 0;
  return scan->first <= scan->last && scan->last <= 63 && scan->low <= 13
         && (scan->first == 0) == (scan->last == 0) && (scan->first == 0 || n == 1)
         && (scan->high == 0 || scan->high == scan->low + 1);
}

/**
 * imp_jpeg_scan_note:
 * @frame: a frame; it learns what @scan sends
 * @scan: a scan of it
 *
 * Returns: %FALSE where a part was sent before: then the file holds more than the one picture
 *   (T.81 G.1.1.1.1 and G.1.1.1.2)
 */
gboolean
imp_jpeg_scan_note (ImpJpegFrame *frame, const ImpJpegScan *scan)
{
  for (guint i = 0; i < scan->n_components; i++)
    {
      gint8 *sent = frame->components[scan->components[i]].sent;

      for (guint k = scan->first; k <= scan->last; k++)
        {
          if (sent[k] != (scan->high == 0 ? -1 : (gint8)scan->high))
            return FALSE;
          sent[k] = (gint8)scan->low;
        }
    }
  return TRUE;
}

/**
 * imp_jpeg_scan_size:
 * @frame: a frame
 * @scan: a scan of it
 * @columns: (out): MCUs across
 * @rows: (out): MCUs down
 *
 * Gives how many MCUs a scan holds: blocks of its only component, or groups of all (T.81 A.2).
 */
void
imp_jpeg_scan_size (const ImpJpegFrame *frame, const ImpJpegScan *scan, gsize *columns, gsize *rows)
{
  const ImpJpegComponent *only = &frame->components[scan->components[0]];
  gboolean alone = scan->n_components == 1;

  *columns = alone ? blocks_of (frame->width, only->h, frame->h_max)
                   : mcus_of (frame->width, frame->h_max);
  *rows = alone ? blocks_of (frame->height, only->v, frame->v_max)
                : mcus_of (frame->height, frame->v_max);
}
