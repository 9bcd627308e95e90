/* Where in a picture there is writing, without reading it.
 *
 * Owns: scales, both polarities, and what counts as writing.
 * May include: imp-lines, imp-judge.  Must never: read, or drop what it cannot read. */
#pragma once

#include "imp-judge.h"

G_BEGIN_DECLS

/**
 * ImpCandidate:
 * @x0: leftmost column
 * @y0: topmost row
 * @x1: one right of the rightmost
 * @y1: one below the lowest
 * @upright: whether the writing runs downwards or upwards
 * @dark: whether it is darker than what is around it
 * @letters: pieces in it
 * @size: height of its larger letters in pixels of the picture
 * @height: by how many grey levels it stands out
 * @score: how much it looks like writing, as logarithmic odds
 * @sure: whether it does so by itself, whatever else is in the picture
 * @measures: what it was judged by
 */
typedef struct
{
  int x0;
  int y0;
  int x1;
  int y1;
  gboolean upright;
  gboolean dark;
  guint letters;
  double size;
  guint height;
  double score;
  gboolean sure;
  float measures[IMP_JUDGE_FEATURES];
} ImpCandidate;

GArray *imp_detect_lines (const ImpPlane *plane, double least_score);
GArray *imp_detect (const ImpPlane *plane, double least_score);

G_END_DECLS
