/* Pieces that may be letters, put together to lines of writing.
 *
 * Owns: which pieces belong to one line, and what such a line looks like as a whole.
 * May include: imp-blobs.  Must never: read. */
#pragma once

#include "imp-blobs.h"

G_BEGIN_DECLS

/**
 * ImpLine:
 * @x0: leftmost column
 * @y0: topmost row
 * @x1: one right of the rightmost
 * @y1: one below the lowest
 * @upright: whether the letters follow each other downwards: turned by 90 or 270 degrees
 * @dark: whether it is darker than what is around it
 * @letters: pieces in it
 * @size: height of its larger letters, across the line
 * @level: the step of height that most of its letters reach
 * @run: over how many steps its letters keep their shape, on average
 * @stroke: how thick its strokes are for its size
 * @evenness: 0 to 1: how alike its letters are in size, place, stroke and height of relief
 * @uneven: how far their tops, or their feet, are from being at one height, for its size
 * @stroke_spread: how much their strokes differ, for their thickness
 * @level_spread: by how many steps the heights of their relief differ
 * @ink: share of its box that its letters fill
 * @around: the share close above and below it that stands out as much
 * @gap: mean distance between neighbours, for its size
 * @heights: mean distance of its letters' heights from @size, for its size
 * @widths: mean width of its letters, for its size
 * @width_spread: how much they stray from that
 * @gap_spread: how much the distances stray from @gap
 * @strong: share of its letters that are more than noise
 * @grown: times as long as its letters, once all that belongs to it has been taken in
 * @score: how much it looks like writing
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
  guint level;
  double run;
  double stroke;
  double evenness;
  double uneven;
  double stroke_spread;
  double level_spread;
  double ink;
  double around;
  double gap;
  double heights;
  double widths;
  double width_spread;
  double gap_spread;
  double strong;
  double grown;
  double score;
} ImpLine;

void imp_lines_find (const GArray *blobs, const ImpPlane *relief, GArray *lines);

G_END_DECLS
