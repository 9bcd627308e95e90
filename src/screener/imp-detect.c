#include "imp-detect.h"

#include <math.h>
#include <string.h>

#define SCALES 3
#define SQUARE 15        /* pixels: wider than the strokes of the largest letters */
#define MOST_SIZE 96     /* pixels of the picture */
#define MOST_AROUND 0.12 /* share of ink close above and below a line that stands by itself */
#define CONTEXT                                                                                    \
  2.0 /* what a score may fall short of the least before its neighbours speak for it */
#define SURE_LINE 2.0
#define MOST_ALIKE 3
#define PER_ALIKE 0.6
#define COVERED 95   /* per cent: what lies so far in others is nothing of its own */
#define CROSSED 35   /* per cent: what lies so far in lines that cross it is a column of letters */
#define TALL 24      /* pixels of the picture: the judge has seen few letters so large, */
#define FOR_TALL 1.5 /* and each of them is many pixels to miss */
#define TILE 2048
#define OVERLAP 256

/* Whether any pixel of a row or column of the relief stands out by @height. */
static gboolean
has_ink (const ImpPlane *relief, gboolean column, int at, int from, int to, guint height)
{
  gsize width = (gsize)relief->width;
  const guint8 *data = column ? relief->data + (gsize)from * width + (gsize)at
                              : relief->data + (gsize)at * width + (gsize)from;
  gsize step = column ? width : 1;

  for (int i = from; i < to; i++, data += step)
    if (*data >= height)
      return TRUE;
  return FALSE;
}

/* A band that is followed outwards from one of its ends. */
typedef struct
{
  const ImpPlane *relief;
  guint height;    /* what counts as ink */
  gboolean column; /* whether it is followed along rows, a column at a time */
  int from;        /* its sides */
  int to;
  int beside; /* how far to both sides of it ink tells of noise; 0: it does not matter */
} Band;

/* Whether there is ink on both sides of the band: it has come among things that are no line. */
static gboolean
is_among (const Band *band, int at)
{
  int most = band->column ? band->relief->height : band->relief->width;
  int before = MAX (band->from - band->beside, 0);
  int after = MIN (band->to + band->beside, most);

  return band->beside > 0
         && has_ink (band->relief, band->column, at, before, band->from, band->height)
         && has_ink (band->relief, band->column, at, band->to, after, band->height);
}

/* The outermost row (or column) with ink to which one comes from @edge without crossing more than
 * @gap without any, or as much with ink beside it, at most @reach away. */
static int
stretch (const Band *band, int edge, int direction, int gap, int reach)
{
  int end = band->column ? band->relief->width : band->relief->height;
  int furthest = 0;
  int clear = 0;

  for (int i = 0; i < reach && i < furthest + gap; i++)
    {
      int at = direction < 0 ? edge - 1 - i : edge + i;

      if (at < 0 || at >= end)
        break;
      if (is_among (band, at))
        {
          if (2 * (i - clear) > band->beside * 3)
            return edge + direction * MIN (furthest, clear);
        }
      else
        clear = i + 1;
      if (has_ink (band->relief, band->column, at, band->from, band->to, band->height))
        furthest = i + 1;
    }
  return edge + direction * furthest;
}

/* Takes in what letters have besides their bodies: dots, accents, dashes, smoothed edges; and where
 * it is quiet around a line, the words before and after it, which stand in the same band. */
static void
take_in (ImpLine *line, const ImpPlane *relief)
{
  guint height = MAX (1, imp_blob_level_height (line->level) / 2);
  gboolean quiet = line->around < MOST_AROUND && line->letters > 1;
  int across = (int)ceil (line->size * 0.35);
  int along = (int)ceil (line->size * (quiet ? 1.3 : 0.7));
  int furthest = quiet ? (int)(line->size * 15) : along;
  int beside = quiet ? MAX (3, (int)(line->size * 0.3)) : 0;
  gboolean upright = line->upright;
  const Band level = { relief, height, TRUE, line->y0, line->y1, upright ? 0 : beside };
  const Band down = { relief, height, FALSE, line->x0, line->x1, upright ? beside : 0 };
  int left = upright ? across : along;
  int top = upright ? along : across;
  int x0 = stretch (&level, line->x0, -1, left, upright ? across : furthest);
  int x1 = stretch (&level, line->x1, 1, left, upright ? across : furthest);
  int y0 = stretch (&down, line->y0, -1, top, upright ? furthest : across);
  int y1 = stretch (&down, line->y1, 1, top, upright ? furthest : across);
  double length = upright ? line->y1 - line->y0 : line->x1 - line->x0;

  line->grown = (upright ? y1 - y0 : x1 - x0) / length;
  line->x0 = x0;
  line->x1 = x1;
  line->y0 = y0;
  line->y1 = y1;
}

static void
add_candidate (const ImpLine *line, const float *measures, int scale, int x, int y,
               GArray *candidates)
{
  int by = 1 << scale;
  int margin = scale + 1 + (int)(line->size * by * 0.08);
  ImpCandidate candidate = { .x0 = x + line->x0 * by - margin,
                             .y0 = y + line->y0 * by - margin,
                             .x1 = x + line->x1 * by + margin,
                             .y1 = y + line->y1 * by + margin,
                             .upright = line->upright,
                             .dark = line->dark,
                             .letters = line->letters,
                             .size = line->size * by,
                             .height = imp_blob_level_height (line->level),
                             .score = line->score,
                             .sure = line->score >= SURE_LINE };

  memcpy (candidate.measures, measures, sizeof candidate.measures);
  g_array_append_val (candidates, candidate);
}

static gboolean
is_long (const ImpLine *line)
{
  int width = line->x1 - line->x0;
  int height = line->y1 - line->y0;

  return line->upright ? height > 2 * width : width > 2 * height;
}

static void
look_at_relief (const ImpPlane *plane, gboolean dark, int scale, int x, int y, double least_score,
                GArray *candidates)
{
  static const double least_sizes[SCALES] = { 5, 5, 8 }; /* pixels of the scale */
  g_autoptr (ImpPlane) relief = imp_plane_relief (plane, SQUARE);
  g_autoptr (GArray) blobs = imp_blobs_find (relief, scale == 0 ? 5 : 6, scale == 0 ? 44 : 60);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (ImpLine));

  imp_lines_find (blobs, relief, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      ImpLine *line = &g_array_index (lines, ImpLine, i);
      float measures[IMP_JUDGE_FEATURES];

      line->dark = dark;
      if ((line->letters < 2 && !is_long (line)) || line->size < least_sizes[scale]
          || line->size * (1 << scale) > MOST_SIZE)
        continue;
      take_in (line, relief);
      imp_judge_measure (line, plane, relief, scale, measures);
      line->score = imp_judge (measures);
      if (line->size * (1 << scale) > TALL && line->letters >= 4)
        line->score += FOR_TALL;
      if (line->score >= least_score)
        add_candidate (line, measures, scale, x, y, candidates);
    }
}

static ImpPlane *
cut (const ImpPlane *plane, int x, int y)
{
  int width = MIN (TILE, plane->width - x);
  int height = MIN (TILE, plane->height - y);
  ImpPlane *tile = imp_plane_new (width, height);

  for (int row = 0; row < height; row++)
    memcpy (tile->data + (gsize)row * (gsize)width,
            plane->data + (gsize)(y + row) * (gsize)plane->width + (gsize)x, (gsize)width);
  return tile;
}

static void
look_at_tile (const ImpPlane *plane, int x, int y, double least_score, GArray *candidates)
{
  g_autoptr (ImpPlane) tile = cut (plane, x, y);

  for (int scale = 0; scale < SCALES && MIN (tile->width, tile->height) >= 8; scale++)
    {
      ImpPlane *half = NULL;

      look_at_relief (tile, FALSE, scale, x, y, least_score, candidates);
      imp_plane_invert (tile);
      look_at_relief (tile, TRUE, scale, x, y, least_score, candidates);
      imp_plane_invert (tile);
      half = imp_plane_halve (tile);
      imp_plane_free (g_steal_pointer (&tile));
      tile = half;
    }
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const ImpCandidate *one = a;
  const ImpCandidate *other = b;

  return one->score > other->score ? -1 : one->score < other->score;
}

static gint64
get_area (int x0, int y0, int x1, int y1)
{
  return x1 > x0 && y1 > y0 ? (gint64)(x1 - x0) * (y1 - y0) : 0;
}

static gint64
get_overlap (const ImpCandidate *a, const ImpCandidate *b)
{
  return get_area (MAX (a->x0, b->x0), MAX (a->y0, b->y0), MIN (a->x1, b->x1), MIN (a->y1, b->y1));
}

/* Whether two are the same writing, or parts of one line: light letters and the dark between them,
 * two scales, the words that another one lacks. */
static gboolean
are_one (const ImpCandidate *a, const ImpCandidate *b)
{
  int across = a->upright ? MIN (a->x1, b->x1) - MAX (a->x0, b->x0)
                          : MIN (a->y1, b->y1) - MAX (a->y0, b->y0);
  int thinner =
      a->upright ? MIN (a->x1 - a->x0, b->x1 - b->x0) : MIN (a->y1 - a->y0, b->y1 - b->y0);

  return a->upright == b->upright && get_overlap (a, b) > 0 && across * 10 >= thinner * 7
         && MAX (a->size, b->size) <= 1.7 * MIN (a->size, b->size);
}

/* What is read is the one that has more of the writing in it. */
static void
unite (ImpCandidate *to, const ImpCandidate *from)
{
  ImpCandidate wider =
      get_area (from->x0, from->y0, from->x1, from->y1) > get_area (to->x0, to->y0, to->x1, to->y1)
          ? *from
          : *to;

  wider.x0 = MIN (to->x0, from->x0);
  wider.y0 = MIN (to->y0, from->y0);
  wider.x1 = MAX (to->x1, from->x1);
  wider.y1 = MAX (to->y1, from->y1);
  wider.score = MAX (to->score, from->score);
  *to = wider;
}

/* Puts together what belongs together, as long as anything does. */
static void
unite_all (GArray *candidates)
{
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < candidates->len; i++)
        for (guint k = candidates->len; k > i + 1; k--)
          {
            ImpCandidate *one = &g_array_index (candidates, ImpCandidate, i);
            const ImpCandidate *other = &g_array_index (candidates, ImpCandidate, k - 1);

            if (!are_one (one, other))
              continue;
            unite (one, other);
            g_array_remove_index (candidates, k - 1);
            changed = TRUE;
          }
    }
}

/* How much of a candidate others tell that are better: all of them, and only those that run the
 * other way or are clearly smaller, as lines are that a column of their letters goes through. */
static void
measure_cover (const ImpCandidate *candidate, const GArray *kept, gint64 *by_any, gint64 *by_lines)
{
  guint lines = 0;

  *by_any = 0;
  *by_lines = 0;
  for (guint i = 0; i < kept->len; i++)
    {
      const ImpCandidate *other = &g_array_index (kept, ImpCandidate, i);
      gint64 both = get_overlap (candidate, other);

      *by_any += both;
      if (other->upright != candidate->upright || other->size * 1.7 < candidate->size)
        {
          *by_lines += both;
          lines += both > 0;
        }
    }
  if (lines < 2)
    *by_lines = 0;
}

/* What lies in others is told by them. Best first; what is left over of a line adds to it. */
static GArray *
keep_best (GArray *candidates)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (ImpCandidate));

  g_array_sort (candidates, compare_scores);
  unite_all (candidates);
  g_array_sort (candidates, compare_scores);
  for (guint i = 0; i < candidates->len; i++)
    {
      const ImpCandidate *candidate = &g_array_index (candidates, ImpCandidate, i);
      gint64 area = get_area (candidate->x0, candidate->y0, candidate->x1, candidate->y1);
      gint64 by_any = 0;
      gint64 by_lines = 0;

      measure_cover (candidate, kept, &by_any, &by_lines);
      if (by_any * 100 < area * COVERED && by_lines * 100 < area * CROSSED)
        g_array_append_vals (kept, candidate, 1);
    }
  return kept;
}

/* Writing is seldom alone: what has size, brightness and direction of lines that are sure gains. */
static void
look_around (GArray *candidates, double least_score)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      ImpCandidate *candidate = &g_array_index (candidates, ImpCandidate, i);
      guint alike = 0;

      for (guint k = 0; k < candidates->len && alike < MOST_ALIKE; k++)
        {
          const ImpCandidate *other = &g_array_index (candidates, ImpCandidate, k);

          alike +=
              k != i && other->sure && other->dark == candidate->dark
              && other->upright == candidate->upright
              && MAX (other->size, candidate->size) <= 1.25 * MIN (other->size, candidate->size)
              && MAX (other->height, candidate->height)
                     <= 1.5 * MIN (other->height, candidate->height)
              && get_overlap (other, candidate) == 0;
        }
      candidate->score += PER_ALIKE * alike;
    }
  for (guint i = candidates->len; i > 0; i--)
    if (g_array_index (candidates, ImpCandidate, i - 1).score < least_score)
      g_array_remove_index_fast (candidates, i - 1);
}

/**
 * imp_detect_lines:
 * @plane: a picture
 * @least_score: what a line must have at least
 *
 * Returns: (transfer full) (element-type ImpCandidate): all lines at all scales, each judged by
 *   itself
 */
GArray *
imp_detect_lines (const ImpPlane *plane, double least_score)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (ImpCandidate));

  for (int y = 0; y < plane->height; y += TILE - OVERLAP)
    for (int x = 0; x < plane->width; x += TILE - OVERLAP)
      if ((x == 0 || plane->width - x > OVERLAP) && (y == 0 || plane->height - y > OVERLAP))
        look_at_tile (plane, x, y, least_score, candidates);
  return candidates;
}

/**
 * imp_detect:
 * @plane: a picture
 * @least_score: what a candidate must have at least
 *
 * Returns: (transfer full) (element-type ImpCandidate): what looks like writing, best first
 */
GArray *
imp_detect (const ImpPlane *plane, double least_score)
{
  g_autoptr (GArray) candidates = imp_detect_lines (plane, least_score - CONTEXT);

  look_around (candidates, least_score);
  return keep_best (candidates);
}
