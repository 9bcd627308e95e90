#include "imp-judge.h"

#include <math.h>

#include "imp-judge-weights-private.h"

#define HEIGHTS 4        /* shares of a line's own height at which ink is counted */
#define MOST_PIXELS 4000 /* that are looked at one by one; of more, every second or third */

/* How pixels of one kind spread. */
typedef struct
{
  guint counts[256];
  guint n;
  double middle;
  double spread; /* mean distance from the middle */
} Levels;

/* What there is in a line's box, and in a ring around it. */
typedef struct
{
  guint n_box;
  guint n_ring;
  double box[HEIGHTS];
  double ring[HEIGHTS];
  Levels ink;
  Levels ground; /* between the letters */
  Levels around;
} Surroundings;

static void
add_level (Levels *levels, guint8 level)
{
  levels->counts[level]++;
  levels->n++;
}

static void
measure_levels (Levels *levels)
{
  guint below = 0;
  guint middle = 0;
  double sum = 0;

  if (levels->n == 0)
    return;
  while (below + levels->counts[middle] <= levels->n / 2)
    below += levels->counts[middle++];
  for (guint i = 0; i < 256; i++)
    sum += levels->counts[i] * fabs ((double)i - middle);
  levels->middle = middle;
  levels->spread = sum / levels->n;
}

static void
look_at_row (const ImpLine *line, const ImpPlane *plane, const ImpPlane *relief, int y, int from,
             int to, int step, const guint *heights, Surroundings *seen)
{
  gsize row = (gsize)y * (gsize)plane->width;
  gboolean beside = y < line->y0 || y >= line->y1;

  for (int x = from; x < to; x += step)
    {
      guint8 height = relief->data[row + (gsize)x];
      guint8 level = plane->data[row + (gsize)x];
      gboolean outside = beside || x < line->x0 || x >= line->x1;
      double *shares = outside ? seen->ring : seen->box;

      for (guint i = 0; i < HEIGHTS; i++)
        shares[i] += height >= heights[i];
      if (outside)
        add_level (&seen->around, level);
      else if (height >= heights[0])
        add_level (&seen->ink, level);
      else if (height < heights[HEIGHTS - 1])
        add_level (&seen->ground, level);
      seen->n_box += !outside;
      seen->n_ring += outside;
    }
}

static void
look_around (const ImpLine *line, const ImpPlane *plane, const ImpPlane *relief, Surroundings *seen)
{
  int margin = MAX (2, (int)(line->size * 0.35));
  guint height = imp_blob_level_height (line->level);
  const guint heights[HEIGHTS] = { MAX (1, height * 3 / 4), MAX (1, height / 2),
                                   MAX (1, height / 4), MAX (1, height / 8) };
  int x0 = MAX (line->x0 - margin, 0);
  int x1 = MIN (line->x1 + margin, plane->width);
  int y0 = MAX (line->y0 - margin, 0);
  int y1 = MIN (line->y1 + margin, plane->height);
  int step = 1 + (int)sqrt ((double)(x1 - x0) * (y1 - y0) / MOST_PIXELS);

  for (int y = y0; y < y1; y += step)
    look_at_row (line, plane, relief, y, x0, x1, step, heights, seen);
  for (guint i = 0; i < HEIGHTS; i++)
    {
      seen->box[i] /= MAX (seen->n_box, 1);
      seen->ring[i] /= MAX (seen->n_ring, 1);
    }
  measure_levels (&seen->ink);
  measure_levels (&seen->ground);
  measure_levels (&seen->around);
}

/**
 * imp_judge_measure:
 * @line: a line, with all that belongs to it taken in
 * @plane: where it is, inverted where it is dark
 * @relief: of @plane
 * @scale: how often @plane was halved
 * @features: (out caller-allocates) (array fixed-size=44): what is judged, each about -3 to 3
 */
void
imp_judge_measure (const ImpLine *line, const ImpPlane *plane, const ImpPlane *relief, int scale,
                   float *features)
{
  Surroundings seen = { 0 };
  double across = line->upright ? line->x1 - line->x0 : line->y1 - line->y0;
  double along = line->upright ? line->y1 - line->y0 : line->x1 - line->x0;
  double letters = log (line->letters);
  double size = log (line->size * (1 << scale)) - 2.5;
  double contrast = 0;
  gsize n = 0;

  look_around (line, plane, relief, &seen);
  contrast = MAX (fabs (seen.ink.middle - seen.around.middle), 1);
  {
    const double values[] = {
      letters,
      MIN (letters, 1.5),
      line->letters == 1,
      line->letters == 2,
      MIN (line->run, 14) / 5,
      sqrt (line->run) / 2,
      line->stroke * 5,
      line->evenness,
      line->ink * 2,
      line->around * 2,
      MIN (line->gap, 1.5),
      line->heights * 2,
      MIN (line->widths, 4) / 2,
      MIN (line->width_spread, 2),
      MIN (line->gap_spread, 1) * 2,
      line->strong,
      seen.box[0] * 2,
      seen.box[1] * 2,
      seen.box[2] * 2,
      seen.ring[0] * 3,
      seen.ring[1] * 3,
      seen.ring[2] * 2,
      seen.ring[3] * 2,
      (seen.box[1] - seen.box[0]) * 3,
      (seen.box[2] - seen.box[1]) * 3,
      (seen.box[3] - seen.box[2]) * 3,
      size,
      size * size,
      log (imp_blob_level_height (line->level) + 1) / 3,
      line->upright,
      scale,
      CLAMP (log (along / MAX (across, 1)), -1.5, 3),
      MIN (across / line->size, 3),
      log (contrast) / 3,
      MIN (seen.ink.spread / contrast, 1) * 2,
      MIN (seen.ground.spread / contrast, 1) * 3,
      MIN (seen.around.spread / contrast, 2),
      MIN (fabs (seen.ground.middle - seen.around.middle) / contrast, 1.5),
      log1p (seen.around.spread) / 2,
      log1p (seen.ground.spread) / 2,
      MIN (line->uneven, 0.5) * 5,
      MIN (line->stroke_spread, 1) * 3,
      MIN (line->level_spread, 8) / 3,
      log (MAX (line->grown, 1)),
    };

    G_STATIC_ASSERT (G_N_ELEMENTS (values) == IMP_JUDGE_FEATURES);
    for (n = 0; n < G_N_ELEMENTS (values); n++)
      features[n] = (float)values[n];
  }
}

/**
 * imp_judge:
 * @features: (array fixed-size=44): see imp_judge_measure()
 *
 * Returns: how much a line looks like writing, as logarithmic odds
 */
double
imp_judge (const float *features)
{
  double odds = judge_bias;

  for (guint unit = 0; unit < G_N_ELEMENTS (judge_outputs); unit++)
    {
      double sum = judge_biases[unit];

      for (guint i = 0; i < IMP_JUDGE_FEATURES; i++)
        sum += judge_weights[unit][i] * (double)features[i];
      odds += judge_outputs[unit] * tanh (sum);
    }
  return odds;
}
