#include "imp-reader.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#define LETTER 34     /* pixels: how high large letters are shown to the reader */
#define BORDER 12     /* pixels of white around the line */
#define SQUARE 15     /* as of the detector: pixels, wider than a stroke */
#define HIGH 0.94     /* share of a part that is no higher than its letters */
#define LONGEST 4000  /* pixels: what is longer is not one line */
#define SURE 45       /* confidence from which the other direction is not tried */
#define ONE_READ 1000 /* milliseconds */

static TessBaseAPI *reader; /* owned: of this process and its children, made once */

/**
 * imp_reader_start:
 *
 * Loads the engine and its language, before the process is locked down.
 *
 * Returns: whether it can read
 */
gboolean
imp_reader_start (void)
{
  static const guint8 blank[64 * 32] = { 0 };

  reader = TessBaseAPICreate ();
  if (TessBaseAPIInit2 (reader, NULL, "eng", OEM_LSTM_ONLY) != 0)
    return FALSE;
  TessBaseAPISetVariable (reader, "debug_file", "/dev/null");
  TessBaseAPISetVariable (reader, "tessedit_do_invert", "0"); /* it is shown black on white */
  TessBaseAPISetPageSegMode (reader, PSM_SINGLE_LINE);
  /* What it makes on first use is made before there are children. */
  TessBaseAPISetImage (reader, blank, 64, 32, 1, 64);
  TessBaseAPIRecognize (reader, NULL);
  TessBaseAPIClear (reader);
  return TRUE;
}

/**
 * imp_line_text_clear:
 * @reading: what was read
 */
void
imp_line_text_clear (ImpLineText *reading)
{
  g_clear_pointer (&reading->text, g_free);
  reading->confidence = 0;
}

/* The value that @share of the pixels do not exceed. */
static guint
find_rank (const guint counts[256], double share)
{
  guint total = 0;
  guint seen = 0;

  for (guint i = 0; i < 256; i++)
    total += counts[i];
  for (guint i = 0; i < 255; i++)
    {
      seen += counts[i];
      if (seen >= share * total)
        return i;
    }
  return 255;
}

/* Whether the letters are darker than what is around them: from the edge of the part inwards it is
 * to one side that levels stray. Where that says little, what was found first counts. */
static gboolean
is_dark (const ImpPlane *part, gboolean found)
{
  guint counts[256] = { 0 };
  gint64 above = 0;
  gint64 below = 0;
  int ground = 0;

  for (int y = 0; y < part->height; y++)
    for (int x = 0; x < part->width; x++)
      if (x < 2 || y < 2 || x >= part->width - 2 || y >= part->height - 2)
        counts[part->data[(gsize)y * (gsize)part->width + (gsize)x]]++;
  ground = (int)find_rank (counts, 0.5);
  for (gsize i = 0; i < (gsize)part->width * (gsize)part->height; i++)
    {
      above += MAX (part->data[i] - ground, 0);
      below += MAX (ground - part->data[i], 0);
    }
  if (2 * above > 3 * below)
    return FALSE;
  return 2 * below > 3 * above || found;
}

/* The surroundings of a candidate, dark made light. */
static ImpPlane *
cut_out (const ImpPlane *plane, const ImpCandidate *candidate, int border)
{
  int x0 = MAX (candidate->x0 - border, 0);
  int y0 = MAX (candidate->y0 - border, 0);
  int x1 = MIN (candidate->x1 + border, plane->width);
  int y1 = MIN (candidate->y1 + border, plane->height);
  ImpPlane *part = imp_plane_new (x1 - x0, y1 - y0);

  for (int y = y0; y < y1; y++)
    memcpy (part->data + (gsize)(y - y0) * (gsize)part->width,
            plane->data + (gsize)y * (gsize)plane->width + (gsize)x0, (gsize)part->width);
  if (is_dark (part, candidate->dark))
    imp_plane_invert (part);
  return part;
}

/* How high its letters are in a relief. */
static guint
measure_height (const ImpPlane *relief)
{
  guint counts[256] = { 0 };

  for (gsize i = 0; i < (gsize)relief->width * (gsize)relief->height; i++)
    counts[relief->data[i]]++;
  return MAX (find_rank (counts, HIGH), 1);
}

/* The value at a place between pixels of a part that is read as if turned back by @turn. */
static double
sample (const ImpPlane *part, int turn, double x, double y)
{
  double sx = turn == 0     ? x
              : turn == 90  ? part->width - 1 - y
              : turn == 180 ? part->width - 1 - x
                            : y;
  double sy = turn == 0     ? y
              : turn == 90  ? x
              : turn == 180 ? part->height - 1 - y
                            : part->height - 1 - x;
  int ix = (int)floor (sx);
  int iy = (int)floor (sy);
  double fx = sx - ix;
  double fy = sy - iy;
  int x0 = CLAMP (ix, 0, part->width - 1);
  int x1 = CLAMP (ix + 1, 0, part->width - 1);
  int y0 = CLAMP (iy, 0, part->height - 1);
  int y1 = CLAMP (iy + 1, 0, part->height - 1);
  const guint8 *above = part->data + (gsize)y0 * (gsize)part->width;
  const guint8 *below = part->data + (gsize)y1 * (gsize)part->width;

  return (above[x0] * (1 - fx) + above[x1] * fx) * (1 - fy)
         + (below[x0] * (1 - fx) + below[x1] * fx) * fy;
}

/* The line as the engine likes it: upright, black on white, of one size. */
static ImpPlane *
prepare (const ImpPlane *part, int turn, double scale)
{
  gboolean across = turn == 90 || turn == 270;
  int width = (int)((across ? part->height : part->width) * scale);
  int height = (int)((across ? part->width : part->height) * scale);
  ImpPlane *page = imp_plane_new (width + 2 * BORDER, height + 2 * BORDER);
  double gain = 255.0 / measure_height (part);

  memset (page->data, 255, (gsize)page->width * (gsize)page->height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double value = sample (part, turn, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5) * gain;

        page->data[(gsize)(y + BORDER) * (gsize)page->width + (gsize)(x + BORDER)] =
            (guint8)(255 - MIN (value, 255));
      }
  return page;
}

static void
read_turned (const ImpPlane *part, const ImpCandidate *candidate, int turn, gint64 deadline,
             ImpLineText *reading)
{
  double scale = CLAMP (LETTER / MAX (candidate->size, 1), 0.1, 4);
  gint64 left = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
  g_autoptr (ImpPlane) page = NULL;
  ETEXT_DESC *monitor = NULL;
  char *text = NULL;
  int confidence = 0;

  if (left <= 0 || MAX (part->width, part->height) * scale > LONGEST)
    return;
  page = prepare (part, turn, scale);
  TessBaseAPISetImage (reader, page->data, page->width, page->height, 1, page->width);
  monitor = TessMonitorCreate ();
  TessMonitorSetDeadlineMSecs (monitor, (int)MIN (left, ONE_READ));
  if (TessBaseAPIRecognize (reader, monitor) == 0)
    {
      text = TessBaseAPIGetUTF8Text (reader);
      confidence = TessBaseAPIMeanTextConf (reader);
    }
  TessMonitorDelete (monitor);
  TessBaseAPIClear (reader);
  if (text == NULL)
    return;
  g_strstrip (text);
  if (*text != '\0' && confidence > (int)reading->confidence)
    {
      g_free (reading->text);
      reading->text = g_utf8_make_valid (text, -1);
      g_strdelimit (reading->text, "\n\r\t", ' ');
      reading->confidence = (guint)CLAMP (confidence, 0, 100);
      reading->turn = turn;
    }
  TessDeleteText (text);
}

/**
 * imp_reader_read:
 * @plane: the picture
 * @candidate: where to read
 * @both_ways: whether it is read in the other direction, too, where one seems to do: what is
 *   turned round may read as another word
 * @deadline: in monotonic time: nothing is begun after it
 * @reading: (out): what was read; nothing where nothing could be
 */
void
imp_reader_read (const ImpPlane *plane, const ImpCandidate *candidate, gboolean both_ways,
                 gint64 deadline, ImpLineText *reading)
{
  static const int turns[2][2] = { { 0, 180 }, { 90, 270 } };
  int scale = candidate->size > 44 ? 2 : 1;
  g_autoptr (ImpPlane) part = cut_out (plane, candidate, 2);
  ImpCandidate shown = *candidate;

  *reading = (ImpLineText){ .turn = turns[candidate->upright][0] };
  if (scale > 1)
    {
      ImpPlane *half = imp_plane_halve (part);

      imp_plane_free (part);
      part = half;
      shown.size /= scale;
    }
  {
    ImpPlane *relief = imp_plane_relief (part, SQUARE);

    imp_plane_free (part);
    part = relief;
  }
  for (int i = 0;
       i < 2 && (i == 0 || both_ways || (candidate->letters >= 4 && reading->confidence < SURE));
       i++)
    read_turned (part, &shown, turns[candidate->upright][i], deadline, reading);
}
