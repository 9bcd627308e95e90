#include "imp-blobs.h"

#include <string.h>

#define NONE (-1)
#define BLOCK 32
#define LEAST_RUN 2
#define LONGEST 16     /* times as long as it is thick: a letter or a joined word */
#define MAX_GROWTH 125 /* hundredths: from one step to the next */
#define MAX_DRIFT 160  /* hundredths: over all steps of a run */

/* Heights of the steps; a pixel is on the highest one that it reaches. */
static const guint8 heights[IMP_BLOB_LEVELS] = {
  1,  2,  3,  4,  5,  6,  7,  8,  10,  12,  14,  16,  19,  23,
  27, 32, 38, 45, 54, 64, 76, 91, 108, 128, 152, 181, 215, 255,
};

/* The same in quarters of a doubling above a height of one half. */
static const guint8 quarters[IMP_BLOB_LEVELS + 1] = {
  0,  4,  8,  10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
  23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
};

/* A component as it is at the step that is being worked on. */
typedef struct
{
  int x0;
  int y0;
  int x1;
  int y1;
  guint area;
  guint rows;
  guint columns;
  guint last_area; /* at the last step at which it changed */
  guint run_area;  /* where its run began */
  guint run;
  guint best; /* the longest run of those chosen */
  int first;  /* those chosen in it: a list of blobs */
  int last;
  int own;        /* the one of them that is this component as it was at its last change */
  guint8 level;   /* of its last change, from 1 */
  guint8 peak;    /* the step of its highest pixel, from 1 */
  guint8 touched; /* whether it is on the list of those that have changed */
  guint8 too_large;
} Component;

typedef struct
{
  const ImpPlane *relief;
  int smallest;
  int largest;
  int *labels;        /* owned: a component for each pixel, or NONE; with a border of NONE */
  GArray *parents;    /* owned: of each component, apart from them as they are walked most often */
  GArray *components; /* owned */
  GArray *blobs;      /* owned */
  GArray *touched;    /* owned: components */
  GArray *found;      /* owned: blobs that are settled */
  guint8 *floors;     /* owned: for each block, the lowest step that is not noise */
} Tree;

/**
 * imp_blob_level_height:
 * @level: of a blob
 *
 * Returns: the height of the relief from which it is whole
 */
guint
imp_blob_level_height (guint level)
{
  return heights[MIN (level, IMP_BLOB_LEVELS - 1)];
}

/**
 * imp_blob_stroke:
 * @blob: a blob
 *
 * Returns: how thick its strokes are, in pixels
 */
double
imp_blob_stroke (const ImpBlob *blob)
{
  return (double)blob->area / (blob->rows + blob->columns);
}

static Component *
get (Tree *tree, int id)
{
  return &g_array_index (tree->components, Component, id);
}

static int
find_root (Tree *tree, int id)
{
  int *parents = (int *)(gpointer)tree->parents->data;

  while (parents[id] != id)
    {
      parents[id] = parents[parents[id]];
      id = parents[id];
    }
  return id;
}

static void
settle (Tree *tree, Component *component)
{
  for (int i = component->first; i != NONE; i = g_array_index (tree->blobs, ImpBlob, i).next)
    {
      const ImpBlob *blob = &g_array_index (tree->blobs, ImpBlob, i);

      if (blob->run >= LEAST_RUN)
        g_array_append_vals (tree->found, blob, 1);
    }
  component->first = NONE;
  component->last = NONE;
  component->own = NONE;
}

/* Brings the run of a component up to the step @level, down to which it did not change. */
static void
extend (Tree *tree, Component *component, guint level)
{
  guint more = component->level > level ? quarters[component->level] - quarters[level] : 0;

  if (component->own == NONE || more == 0)
    return;
  component->run += more;
  g_array_index (tree->blobs, ImpBlob, component->own).run = component->run;
  component->best = MAX (component->best, component->run);
  component->level = (guint8)level;
}

static void
touch (Tree *tree, int id)
{
  Component *component = get (tree, id);

  if (component->touched)
    return;
  component->touched = TRUE;
  g_array_append_val (tree->touched, id);
}

static int
join (Tree *tree, int a, int b, guint level)
{
  Component *to = get (tree, a);
  Component *from = get (tree, b);

  if (from->area > to->area)
    {
      Component *other = to;
      int id = a;

      a = b;
      b = id;
      to = from;
      from = other;
    }
  /* Two that were there before this step, and both were something. */
  if (to->own != NONE && from->own != NONE && from->first != NONE)
    {
      extend (tree, to, level + 1);
      extend (tree, from, level + 1);
    }
  g_array_index (tree->parents, int, b) = a;
  to->x0 = MIN (to->x0, from->x0);
  to->y0 = MIN (to->y0, from->y0);
  to->x1 = MAX (to->x1, from->x1);
  to->y1 = MAX (to->y1, from->y1);
  to->area += from->area;
  to->rows += from->rows;
  to->columns += from->columns;
  to->best = MAX (to->best, from->best);
  to->peak = MAX (to->peak, from->peak);
  to->too_large |= from->too_large;
  if (from->first != NONE)
    {
      if (to->first == NONE)
        to->first = from->first;
      else
        g_array_index (tree->blobs, ImpBlob, to->last).next = from->first;
      to->last = from->last;
    }
  return a;
}

static int
start_component (Tree *tree, int x, int y, guint level)
{
  const Component fresh = { .x0 = x,
                            .y0 = y,
                            .x1 = x + 1,
                            .y1 = y + 1,
                            .first = NONE,
                            .last = NONE,
                            .own = NONE,
                            .level = (guint8)level,
                            .peak = (guint8)level };
  int id = (int)tree->components->len;

  g_array_append_val (tree->components, fresh);
  g_array_append_val (tree->parents, id);
  return id;
}

static void
add_pixel (Tree *tree, int index, guint level)
{
  int width = tree->relief->width;
  int stride = width + 2;
  int x = index % width;
  int y = index / width;
  int *label = tree->labels + (gsize)(y + 1) * (gsize)stride + x + 1;
  int *const around[] = { label - 1,          label + 1,          label - stride,
                          label + stride,     label - stride - 1, label - stride + 1,
                          label + stride - 1, label + stride + 1 };
  int root = NONE;
  Component *component = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      int other = *around[i];

      if (other == NONE || other == root)
        continue;
      other = find_root (tree, other);
      if (root == NONE)
        root = other;
      else if (root != other)
        root = join (tree, root, other, level);
      *around[i] = root;
    }
  if (root == NONE)
    root = start_component (tree, x, y, level);
  *label = root;
  component = get (tree, root);
  component->x0 = MIN (component->x0, x);
  component->y0 = MIN (component->y0, y);
  component->x1 = MAX (component->x1, x + 1);
  component->y1 = MAX (component->y1, y + 1);
  component->area++;
  component->rows += 1u - (*around[0] != NONE) - (*around[1] != NONE);
  component->columns += 1u - (*around[2] != NONE) - (*around[3] != NONE);
  touch (tree, root);
}

/* Whether it has the shape of a letter, of a part of one, or of letters that touch. */
static gboolean
is_like_writing (const Tree *tree, const Component *component)
{
  int width = component->x1 - component->x0;
  int height = component->y1 - component->y0;
  int size = MAX (width, height);
  int thin = MIN (width, height);
  double stroke = (double)component->area / (component->rows + component->columns);

  if (size < tree->smallest || thin > tree->largest || size > LONGEST * MAX (thin, 1)
      || size > 20 * tree->largest)
    return FALSE;
  if (size > 5 * thin / 2)
    {
      /* Long: one stroke, as an l or a dash, or a word, with strokes all along it. */
      double across =
          width > height ? (double)component->rows / height : (double)component->columns / width;

      if (across > 1.4 && across < 0.55 * size / thin)
        return FALSE;
      return across <= 1.4 ? size <= tree->largest : stroke < 0.3 * thin + 0.6;
    }
  return stroke <= 0.31 * size + 0.3 && size <= 2 * tree->largest;
}

static void
choose (Tree *tree, Component *component)
{
  ImpBlob blob = {
    component->x0,   component->y0,      component->x1,        component->y1,  component->area,
    component->rows, component->columns, component->peak - 1u, component->run, NONE
  };
  int id = (int)tree->blobs->len;

  g_array_append_val (tree->blobs, blob);
  component->first = id;
  component->last = id;
  component->own = id;
  component->best = component->run;
}

/* What a component is once a step is done: the pieces chosen in it so far, or itself. */
static void
finish (Tree *tree, int id, guint level)
{
  Component *component = get (tree, id);
  int size = MAX (component->x1 - component->x0, component->y1 - component->y0);
  int thin = MIN (component->x1 - component->x0, component->y1 - component->y0);

  component->touched = FALSE;
  if (component->too_large || size > 20 * tree->largest || thin > 2 * tree->largest)
    {
      component->too_large = TRUE;
      settle (tree, component);
      return;
    }
  if (component->last_area > 0 && component->area * 100 <= component->last_area * MAX_GROWTH)
    {
      component->run += component->level > level ? quarters[component->level] - quarters[level] : 0;
      if (component->area * 100 > component->run_area * MAX_DRIFT)
        {
          component->run /= 2;
          component->run_area = component->area;
        }
    }
  else
    {
      component->run = 0;
      component->run_area = component->area;
    }
  component->last_area = component->area;
  component->level = (guint8)level;
  component->own = NONE;
  if (size >= tree->smallest && is_like_writing (tree, component)
      && (component->first == NONE || component->run >= component->best))
    choose (tree, component);
}

/* The step up to which a block is noise: the median of it and its neighbours. Where most of it is
 * flat, four fifths must be. */
static guint8
measure_floor (const guint16 *counts, int across, int down, int bx, int by)
{
  guint sums[IMP_BLOB_LEVELS + 1] = { 0 };
  guint total = 0;
  guint seen = 0;

  for (int y = MAX (by - 1, 0); y <= MIN (by + 1, down - 1); y++)
    for (int x = MAX (bx - 1, 0); x <= MIN (bx + 1, across - 1); x++)
      for (int i = 0; i <= IMP_BLOB_LEVELS; i++)
        sums[i] += counts[(y * across + x) * (IMP_BLOB_LEVELS + 1) + i];
  for (int i = 0; i <= IMP_BLOB_LEVELS; i++)
    total += sums[i];
  for (int i = 0; i <= IMP_BLOB_LEVELS; i++)
    {
      seen += sums[i];
      if (2 * seen > total && (i > 0 || 5 * seen > 4 * total))
        return (guint8)i;
    }
  return IMP_BLOB_LEVELS;
}

/* The step of each pixel, counted from 1; 0 for what is noise where it stands. */
static guint8 *
make_steps (const ImpPlane *relief, guint8 **floors)
{
  int width = relief->width;
  int across = (width + BLOCK - 1) / BLOCK;
  int down = (relief->height + BLOCK - 1) / BLOCK;
  guint8 table[256] = { 0 };
  guint8 *steps = g_malloc ((gsize)width * (gsize)relief->height);
  guint8 *floor = g_malloc ((gsize)across * (gsize)down);
  g_autofree guint16 *counts =
      g_new0 (guint16, (gsize)across * (gsize)down * (IMP_BLOB_LEVELS + 1));

  for (int value = 1, step = 0; value < 256; value++)
    {
      while (step < IMP_BLOB_LEVELS && heights[step] <= value)
        step++;
      table[value] = (guint8)step;
    }
  for (int y = 0; y < relief->height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 step = table[relief->data[(gsize)y * (gsize)width + (gsize)x]];

        steps[(gsize)y * (gsize)width + (gsize)x] = step;
        counts[((y / BLOCK) * across + x / BLOCK) * (IMP_BLOB_LEVELS + 1) + step]++;
      }
  for (int by = 0; by < down; by++)
    for (int bx = 0; bx < across; bx++)
      {
        guint8 least = measure_floor (counts, across, down, bx, by);

        floor[by * across + bx] = least;
        for (int y = by * BLOCK; y < MIN ((by + 1) * BLOCK, relief->height) && least > 0; y++)
          for (int x = bx * BLOCK; x < MIN ((bx + 1) * BLOCK, width); x++)
            if (steps[(gsize)y * (gsize)width + (gsize)x] <= least)
              steps[(gsize)y * (gsize)width + (gsize)x] = 0;
      }
  *floors = floor;
  return steps;
}

/* Pixels of the highest step first. */
static guint *
sort_pixels (const guint8 *steps, gsize n, guint starts[IMP_BLOB_LEVELS + 1])
{
  guint counts[IMP_BLOB_LEVELS + 1] = { 0 };
  guint at[IMP_BLOB_LEVELS + 1] = { 0 };
  guint *order = NULL;
  guint total = 0;

  for (gsize i = 0; i < n; i++)
    counts[steps[i]]++;
  for (guint step = IMP_BLOB_LEVELS; step >= 1; step--)
    {
      starts[step] = total;
      at[step] = total;
      total += counts[step];
    }
  starts[0] = total;
  order = g_new (guint, MAX (total, 1));
  for (gsize i = 0; i < n; i++)
    if (steps[i] > 0)
      order[at[steps[i]]++] = (guint)i;
  return order;
}

static guint
get_floor (const Tree *tree, const Component *component)
{
  int across = (tree->relief->width + BLOCK - 1) / BLOCK;

  return tree->floors[(component->y0 + component->y1) / 2 / BLOCK * across
                      + (component->x0 + component->x1) / 2 / BLOCK];
}

static void
grow (Tree *tree, const guint *order, const guint starts[IMP_BLOB_LEVELS + 1])
{
  for (guint step = IMP_BLOB_LEVELS; step >= 1; step--)
    {
      for (guint i = starts[step]; i < starts[step - 1]; i++)
        add_pixel (tree, (int)order[i], step);
      for (guint i = 0; i < tree->touched->len; i++)
        {
          int id = g_array_index (tree->touched, int, i);

          if (g_array_index (tree->parents, int, id) == id)
            finish (tree, id, step);
        }
      g_array_set_size (tree->touched, 0);
    }
  for (guint i = 0; i < tree->components->len; i++)
    {
      Component *component = get (tree, (int)i);

      if (g_array_index (tree->parents, int, i) != (int)i)
        continue;
      extend (tree, component, get_floor (tree, component));
      settle (tree, component);
    }
}

/**
 * imp_blobs_find:
 * @relief: heights, see imp_plane_relief()
 * @smallest: pixels: the height of the smallest letter
 * @largest: pixels: the height of the largest
 *
 * Finds what may be letters. Of pieces that lie in one another those are taken that keep their
 * shape over the longest range of heights.
 *
 * Returns: (transfer full) (element-type ImpBlob): the pieces, in no order
 */
GArray *
imp_blobs_find (const ImpPlane *relief, int smallest, int largest)
{
  gsize n = (gsize)relief->width * (gsize)relief->height;
  g_autofree guint8 *floors = NULL;
  g_autofree guint8 *steps = make_steps (relief, &floors);
  guint starts[IMP_BLOB_LEVELS + 1] = { 0 };
  g_autofree guint *order = sort_pixels (steps, n, starts);
  gsize bordered = ((gsize)relief->width + 2) * ((gsize)relief->height + 2);
  g_autofree int *labels = g_new (int, bordered);
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) components = g_array_new (FALSE, FALSE, sizeof (Component));
  g_autoptr (GArray) blobs = g_array_new (FALSE, FALSE, sizeof (ImpBlob));
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (int));
  Tree tree = { .relief = relief,
                .smallest = smallest,
                .largest = largest,
                .labels = labels,
                .parents = parents,
                .components = components,
                .blobs = blobs,
                .touched = touched,
                .found = g_array_new (FALSE, FALSE, sizeof (ImpBlob)),
                .floors = floors };

  memset (labels, 0xff, bordered * sizeof (int));
  grow (&tree, order, starts);
  return tree.found;
}
