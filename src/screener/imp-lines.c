#include "imp-lines.h"

#include <math.h>
#include <string.h>

#define CELL 64
#define FAR 10000 /* pixels: no neighbour */
#define STRONG 4  /* the run of a piece that is more than noise */

/* Two pieces of a group. */
typedef struct
{
  int left;
  int right;
} Pair;

/* All that follows is written for lines that run to the right; of upright ones x and y change
 * places. */
typedef struct
{
  ImpBlob
      *pieces; /* owned: copies, turned, from left to right; .next is the number of the original */
  int n;
  int *parents;  /* owned */
  int *nearest;  /* owned: for each original, the pixels to its nearest neighbour this way */
  GArray *pairs; /* owned: of which one may follow the other */
} Group;

static int
compare_left (gconstpointer a, gconstpointer b)
{
  const ImpBlob *one = a;
  const ImpBlob *other = b;

  if (one->x0 != other->x0)
    return one->x0 < other->x0 ? -1 : 1;
  return one->y0 < other->y0 ? -1 : one->y0 > other->y0;
}

static ImpBlob *
turn_pieces (const GArray *blobs, gboolean upright)
{
  ImpBlob *pieces = g_memdup2 (blobs->data, blobs->len * sizeof (ImpBlob));

  for (guint i = 0; i < blobs->len; i++)
    {
      const ImpBlob *blob = &g_array_index (blobs, ImpBlob, i);

      pieces[i].next = (int)i;
      if (!upright)
        continue;
      pieces[i].x0 = blob->y0;
      pieces[i].y0 = blob->x0;
      pieces[i].x1 = blob->y1;
      pieces[i].y1 = blob->x1;
      pieces[i].rows = blob->columns;
      pieces[i].columns = blob->rows;
    }
  if (blobs->len > 0)
    qsort (pieces, blobs->len, sizeof (ImpBlob), compare_left);
  return pieces;
}

static int
find_root (int *parents, int id)
{
  while (parents[id] != id)
    {
      parents[id] = parents[parents[id]];
      id = parents[id];
    }
  return id;
}

/* Whether the right one may be the next letter after the left one. */
static gboolean
follows (const ImpBlob *left, const ImpBlob *right)
{
  int left_height = left->y1 - left->y0;
  int right_height = right->y1 - right->y0;
  int most = MAX (left_height, right_height);
  int least = MIN (left_height, right_height);
  int overlap = MIN (left->y1, right->y1) - MAX (left->y0, right->y0);
  int gap = right->x0 - left->x1;
  gboolean sure = left->run >= STRONG && right->run >= STRONG;
  double one = 0;
  double other = 0;

  /* What is not much more than noise must fit well. */
  if (most * 10 > least * (sure ? 23 : 16) || overlap * 10 < least * (sure ? 6 : 8)
      || gap * 10 > most * (sure ? 13 : 7)
      || imp_blob_level_height (MAX (left->peak, right->peak))
             > imp_blob_level_height (MIN (left->peak, right->peak)) * (sure ? 4 : 2))
    return FALSE;
  one = imp_blob_stroke (left);
  other = imp_blob_stroke (right);
  return MAX (one, other) <= (sure ? 2.2 : 1.6) * MIN (one, other) + 0.3;
}

static void
meet (Group *group, int left, int right)
{
  const Pair pair = { left, right };
  int *one = &group->nearest[group->pieces[left].next];
  int *other = &group->nearest[group->pieces[right].next];
  int gap = MAX (group->pieces[right].x0 - group->pieces[left].x1, 0);

  *one = MIN (*one, gap);
  *other = MIN (*other, gap);
  g_array_append_val (group->pairs, pair);
}

static void
meet_row (Group *group, GArray *before, int i, int reach)
{
  const ImpBlob *right = &group->pieces[i];

  for (guint k = before->len; k > 0; k--)
    {
      int j = g_array_index (before, int, k - 1);

      if (right->x0 - group->pieces[j].x0 > reach)
        break;
      if (follows (&group->pieces[j], right))
        meet (group, j, i);
    }
}

/* Brings together each two of which one may follow the other. Rows of cells see to it that only
 * pieces at about the same height are looked at. */
static void
meet_pieces (Group *group)
{
  g_autoptr (GHashTable) rows =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
  int tallest = 1;

  for (int i = 0; i < group->n; i++)
    tallest = MAX (tallest, group->pieces[i].y1 - group->pieces[i].y0);
  for (int i = 0; i < group->n; i++)
    {
      int last = (group->pieces[i].y1 - 1) / CELL;

      for (int row = group->pieces[i].y0 / CELL; row <= last; row++)
        {
          GArray *before = g_hash_table_lookup (rows, GINT_TO_POINTER (row));

          if (before == NULL)
            {
              before = g_array_new (FALSE, FALSE, sizeof (int));
              g_hash_table_insert (rows, GINT_TO_POINTER (row), before);
            }
          meet_row (group, before, i, 20 * tallest);
          g_array_append_val (before, i);
        }
    }
}

/* Whether a piece is not clearly closer to others in the other direction: letters are closer to
 * each other than lines are. */
static gboolean
runs_along (const Group *group, const Group *other, int i)
{
  int original = group->pieces[i].next;

  return group->nearest[original] <= other->nearest[original] + other->nearest[original] / 2 + 1;
}

static void
link_pieces (Group *group, const Group *other)
{
  for (guint i = 0; i < group->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (group->pairs, Pair, i);

      if (runs_along (group, other, pair->left) && runs_along (group, other, pair->right))
        group->parents[find_root (group->parents, pair->left)] =
            find_root (group->parents, pair->right);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a;
  double other = *(const double *)b;

  return one < other ? -1 : one > other;
}

static double
pick_rank (GArray *values, double rank)
{
  qsort (values->data, values->len, sizeof (double), compare_doubles);
  return g_array_index (values, double, (guint)(rank * (values->len - 1) + 0.5));
}

static double
mean_difference (const GArray *values, double from)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += fabs (g_array_index (values, double, i) - from);
  return values->len > 0 ? sum / values->len : 0;
}

/* The share of the pixels of a rectangle, in the line's own directions, that stand out by @height.
 */
static double
measure_ink (const ImpPlane *relief, gboolean upright, int x0, int y0, int x1, int y1, guint height)
{
  int width = upright ? relief->height : relief->width;
  int rows = upright ? relief->width : relief->height;
  gsize step_x = upright ? (gsize)relief->width : 1;
  gsize step_y = upright ? 1 : (gsize)relief->width;
  guint n = 0;
  guint ink = 0;

  for (int y = MAX (y0, 0); y < MIN (y1, rows); y++)
    for (int x = MAX (x0, 0); x < MIN (x1, width); x++, n++)
      ink += relief->data[(gsize)y * step_y + (gsize)x * step_x] >= height;
  return n > 0 ? (double)ink / n : 0;
}

/* How alike the letters of a line are, once its size and its mean gap are known. */
static void
measure_letters (const ImpBlob *pieces, GArray *members, ImpLine *line)
{
  double squares = 0;
  double n_gaps = MAX (members->len, 2) - 1;
  int right = G_MININT;

  for (guint i = 0; i < members->len; i++)
    {
      const ImpBlob *piece = &pieces[g_array_index (members, int, i)];
      double width = (piece->x1 - piece->x0) / line->size;

      line->heights += fabs ((piece->y1 - piece->y0) / line->size - 1) / members->len;
      line->widths += width / members->len;
      squares += width * width / members->len;
      line->strong += (double)(piece->run >= STRONG) / members->len;
      if (right != G_MININT)
        line->gap_spread += fabs (MAX (piece->x0 - right, 0) / line->size - line->gap) / n_gaps;
      right = MAX (right, piece->x1);
    }
  line->width_spread = sqrt (MAX (squares - line->widths * line->widths, 0));
}

static void
measure_line (const ImpBlob *pieces, GArray *members, const ImpPlane *relief, gboolean upright,
              ImpLine *line)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bottoms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) tops = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) strokes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (double));
  double stroke = 0;
  double gaps = 0;
  double area = 0;
  double run = 0;
  int right = G_MININT;
  guint height = 0;
  int margin = 0;

  line->x0 = G_MAXINT;
  line->y0 = G_MAXINT;
  for (guint i = 0; i < members->len; i++)
    {
      const ImpBlob *piece = &pieces[g_array_index (members, int, i)];
      const double values[] = { piece->y1 - piece->y0, piece->y1, piece->y0,
                                imp_blob_stroke (piece), piece->peak };

      g_array_append_val (heights, values[0]);
      g_array_append_val (bottoms, values[1]);
      g_array_append_val (tops, values[2]);
      g_array_append_val (strokes, values[3]);
      g_array_append_val (levels, values[4]);
      if (right != G_MININT)
        gaps += MAX (piece->x0 - right, 0);
      right = MAX (right, piece->x1);
      area += piece->area;
      run += piece->run;
      line->x0 = MIN (line->x0, piece->x0);
      line->y0 = MIN (line->y0, piece->y0);
      line->x1 = MAX (line->x1, piece->x1);
      line->y1 = MAX (line->y1, piece->y1);
    }
  line->letters = members->len;
  line->size = pick_rank (heights, 0.75);
  stroke = pick_rank (strokes, 0.5);
  line->stroke = stroke / line->size;
  line->level = (guint)pick_rank (levels, 0.5);
  line->run = run / members->len;
  line->gap = members->len > 1 ? gaps / (members->len - 1) / line->size : 0;
  line->ink = area / ((double)(line->x1 - line->x0) * (line->y1 - line->y0));
  line->uneven = MIN (mean_difference (bottoms, pick_rank (bottoms, 0.5)),
                      mean_difference (tops, pick_rank (tops, 0.5)))
                 / line->size;
  line->stroke_spread = mean_difference (strokes, stroke) / stroke;
  line->level_spread = mean_difference (levels, line->level);
  line->evenness = 1 - line->uneven - line->stroke_spread / 2 - line->level_spread / 20;
  measure_letters (pieces, members, line);
  height = MAX (1, imp_blob_level_height (line->level) / 2);
  margin = MAX (2, (int)(line->size * 0.3));
  line->around = (measure_ink (relief, upright, line->x0, line->y0 - 1 - margin, line->x1,
                               line->y0 - 1, height)
                  + measure_ink (relief, upright, line->x0, line->y1 + 1, line->x1,
                                 line->y1 + 1 + margin, height))
                 / 2;
}

static void
add_line (const Group *group, GArray *members, const ImpPlane *relief, gboolean upright,
          GArray *lines)
{
  ImpLine line = { .upright = upright };

  measure_line (group->pieces, members, relief, upright, &line);
  if (upright)
    {
      const ImpLine turned = line;

      line.x0 = turned.y0;
      line.y0 = turned.x0;
      line.x1 = turned.y1;
      line.y1 = turned.x1;
    }
  g_array_append_val (lines, line);
}

static void
start_group (Group *group, const GArray *blobs, gboolean upright)
{
  group->pieces = turn_pieces (blobs, upright);
  group->n = (int)blobs->len;
  group->parents = g_new (int, MAX (blobs->len, 1));
  group->nearest = g_new (int, MAX (blobs->len, 1));
  for (int i = 0; i < group->n; i++)
    {
      group->parents[i] = i;
      group->nearest[i] = FAR;
    }
  group->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  meet_pieces (group);
}

static void
clear_group (Group *group)
{
  g_free (group->pieces);
  g_free (group->parents);
  g_free (group->nearest);
  g_array_unref (group->pairs);
}

static void
add_lines (const Group *group, const ImpPlane *relief, gboolean upright, GArray *lines)
{
  g_autoptr (GHashTable) members =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
  GHashTableIter iter;
  gpointer value = NULL;

  for (int i = 0; i < group->n; i++)
    {
      int root = find_root (group->parents, i);
      GArray *list = g_hash_table_lookup (members, GINT_TO_POINTER (root));

      if (list == NULL)
        {
          list = g_array_new (FALSE, FALSE, sizeof (int));
          g_hash_table_insert (members, GINT_TO_POINTER (root), list);
        }
      g_array_append_val (list, i);
    }
  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    add_line (group, value, relief, upright, lines);
}

/**
 * imp_lines_find:
 * @blobs: (element-type ImpBlob): pieces of one relief
 * @relief: that
 * @lines: (element-type ImpLine): the lines found, in both directions, are added here
 */
void
imp_lines_find (const GArray *blobs, const ImpPlane *relief, GArray *lines)
{
  Group level = { 0 };
  Group upright = { 0 };

  start_group (&level, blobs, FALSE);
  start_group (&upright, blobs, TRUE);
  link_pieces (&level, &upright);
  link_pieces (&upright, &level);
  add_lines (&level, relief, FALSE, lines);
  add_lines (&upright, relief, TRUE, lines);
  clear_group (&level);
  clear_group (&upright);
}
