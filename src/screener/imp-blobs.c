#include "imp-blobs.h"

#define NONE (-1)
#define BLOCK 16  /* pixels */
#define SEEN 0x80 /* of a step: its pixel is known */
#define STEP 0x7f
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

/* A component at the height down to which it has been flooded. What it knows of earlier heights it
 * has of the largest that it was put together from. */
typedef struct
{
  int x0;
  int y0;
  int x1;
  int y1;
  guint area;
  guint rows;
  guint columns;
  guint largest;   /* area of the largest component in it when that was joined */
  guint last_area; /* at the last step at which it changed */
  guint run_area;  /* where its run began */
  guint run;
  guint best; /* the longest run of those chosen */
  int first;  /* those chosen in it: a list of blobs */
  int last;
  int own;       /* the one of them that is this component as it was at its last change */
  guint8 level;  /* the step that it is flooded at, from 1 */
  guint8 change; /* the step of its last change */
  guint8 peak;   /* the step of its highest pixel */
  guint8 too_large;
} Component;

/* A pixel, and the number of its next neighbour to be looked at. */
typedef struct
{
  guint16 x;
  guint16 y;
  guint8 neighbour;
} Place;

typedef struct
{
  int width;
  int height;
  int stride;
  int smallest;
  int largest;
  guint8 *steps;  /* owned: of each pixel, from 1; 0 for noise, and in a border all around */
  guint8 *floors; /* owned: for each block, the lowest step that is not noise */
  int around[8];
  Place *places;                       /* owned: room for all pixels of each step */
  Place *waiting[IMP_BLOB_LEVELS + 1]; /* of each step: one after the last that waits */
  Place *empty[IMP_BLOB_LEVELS + 1];   /* where its room begins */
  guint32 levels;                      /* a bit for each step for which pixels wait */
  Component stack[IMP_BLOB_LEVELS + 1];
  int top;
  GArray *blobs; /* owned: those of the component that is being flooded */
  GArray *found; /* owned: blobs that are settled */
} Flood;

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

static void
settle (Flood *flood, Component *component)
{
  for (int i = component->first; i != NONE; i = g_array_index (flood->blobs, ImpBlob, i).next)
    {
      const ImpBlob *blob = &g_array_index (flood->blobs, ImpBlob, i);

      if (blob->run >= LEAST_RUN)
        g_array_append_vals (flood->found, blob, 1);
    }
  component->first = NONE;
  component->last = NONE;
  component->own = NONE;
}

/* Brings the run of a component up to the step @level, down to which it did not change. */
static void
extend (Flood *flood, Component *component, guint level)
{
  guint more = component->change > level ? quarters[component->change] - quarters[level] : 0;

  if (component->own == NONE || more == 0)
    return;
  component->run += more;
  g_array_index (flood->blobs, ImpBlob, component->own).run = component->run;
  component->best = MAX (component->best, component->run);
  component->change = (guint8)level;
}

/* Whether it has the shape of a letter, of a part of one, or of letters that touch. */
static gboolean
is_like_writing (const Flood *flood, const Component *component)
{
  int width = component->x1 - component->x0;
  int height = component->y1 - component->y0;
  int size = MAX (width, height);
  int thin = MIN (width, height);
  double stroke = (double)component->area / (component->rows + component->columns);

  if (size < flood->smallest || thin > flood->largest || size > LONGEST * MAX (thin, 1)
      || size > 20 * flood->largest)
    return FALSE;
  if (size > 5 * thin / 2)
    {
      /* Long: one stroke, as an l or a dash, or a word, with strokes all along it. */
      double across =
          width > height ? (double)component->rows / height : (double)component->columns / width;

      if (across > 1.4 && across < 0.55 * size / thin)
        return FALSE;
      return across <= 1.4 ? size <= flood->largest : stroke < 0.3 * thin + 0.6;
    }
  return stroke <= 0.31 * size + 0.3 && size <= 2 * flood->largest;
}

static void
choose (Flood *flood, Component *component)
{
  ImpBlob blob = {
    component->x0,   component->y0,      component->x1,        component->y1,  component->area,
    component->rows, component->columns, component->peak - 1u, component->run, NONE
  };
  int id = (int)flood->blobs->len;

  g_array_append_val (flood->blobs, blob);
  component->first = id;
  component->last = id;
  component->own = id;
  component->best = component->run;
}

/* What a component is once its step is done: the pieces chosen in it so far, or itself. */
static void
finish (Flood *flood, Component *component)
{
  guint level = component->level;
  int size = MAX (component->x1 - component->x0, component->y1 - component->y0);
  int thin = MIN (component->x1 - component->x0, component->y1 - component->y0);

  if (component->too_large || size > 20 * flood->largest || thin > 2 * flood->largest)
    {
      component->too_large = TRUE;
      settle (flood, component);
      return;
    }
  if (component->last_area > 0 && component->area * 100 <= component->last_area * MAX_GROWTH)
    {
      component->run += quarters[component->change] - quarters[level];
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
  component->change = (guint8)level;
  component->own = NONE;
  if (size >= flood->smallest && is_like_writing (flood, component)
      && (component->first == NONE || component->run >= component->best))
    choose (flood, component);
}

static void
join (Flood *flood, Component *to, const Component *from)
{
  if (from->area > to->largest)
    {
      to->largest = from->area;
      to->last_area = from->last_area;
      to->run_area = from->run_area;
      to->run = from->run;
      to->change = from->change;
    }
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
  if (from->first == NONE)
    return;
  if (to->first == NONE)
    to->first = from->first;
  else
    g_array_index (flood->blobs, ImpBlob, to->last).next = from->first;
  to->last = from->last;
}

static void
start_component (Flood *flood, guint level)
{
  flood->stack[++flood->top] = (Component){ .x0 = G_MAXINT,
                                            .y0 = G_MAXINT,
                                            .first = NONE,
                                            .last = NONE,
                                            .own = NONE,
                                            .level = (guint8)level,
                                            .change = (guint8)level,
                                            .peak = (guint8)level };
}

/* Finishes all that stands higher than @level, which is the next step that pixels wait for. */
static void
sink (Flood *flood, guint level)
{
  while (flood->stack[flood->top].level > level)
    {
      Component *component = &flood->stack[flood->top];
      guint below = flood->top > 0 ? flood->stack[flood->top - 1].level : 0;

      finish (flood, component);
      extend (flood, component, MAX (below, level) + 1);
      if (below >= level && flood->top > 0)
        {
          join (flood, component - 1, component);
          flood->top--;
        }
      else
        {
          component->level = (guint8)level;
          component->largest = component->area;
        }
    }
}

static void
add_pixel (Flood *flood, int at, int x, int y)
{
  const guint8 *step = flood->steps + at;
  Component *component = &flood->stack[flood->top];
  int stride = flood->stride;
  guint here = *step & STEP;

  component->x0 = MIN (component->x0, x);
  component->y0 = MIN (component->y0, y);
  component->x1 = MAX (component->x1, x + 1);
  component->y1 = MAX (component->y1, y + 1);
  component->area++;
  /* Two that are beside each other are counted as one with the lower of them. */
  component->rows += 1u - ((step[-1] & STEP) >= here) - ((step[1] & STEP) > here);
  component->columns += 1u - ((step[-stride] & STEP) >= here) - ((step[stride] & STEP) > here);
}

static void
wait_for (Flood *flood, guint level, int x, int y, guint neighbour)
{
  *flood->waiting[level]++ = (Place){ (guint16)x, (guint16)y, (guint8)neighbour };
  flood->levels |= 1u << level;
}

static Place
take_highest (Flood *flood)
{
  guint level = 31u - (guint)__builtin_clz (flood->levels);

  if (--flood->waiting[level] == flood->empty[level])
    flood->levels &= ~(1u << level);
  return *flood->waiting[level];
}

static guint
get_floor (const Flood *flood, const Component *component)
{
  int across = (flood->width + BLOCK - 1) / BLOCK;

  return flood->floors[(component->y0 + component->y1) / 2 / BLOCK * across
                       + (component->x0 + component->x1) / 2 / BLOCK];
}

/* Floods what is connected with a pixel as water would that rises from its peaks downwards: always
 * on at the highest pixel that is known, so that a peak is done before anything lower is. */
static void
flood_from (Flood *flood, int x, int y)
{
  static const gint8 along[8] = { -1, 1, 0, 0, -1, 1, -1, 1 };
  static const gint8 down[8] = { 0, 0, -1, 1, -1, -1, 1, 1 };
  int at = (y + 1) * flood->stride + x + 1;
  guint neighbour = 0;

  flood->top = -1;
  start_component (flood, flood->steps[at]);
  flood->steps[at] |= SEEN;
  while (TRUE)
    {
      guint here = flood->steps[at] & STEP;
      Place next = { 0 };

      while (neighbour < 8)
        {
          int other = at + flood->around[neighbour];
          guint step = flood->steps[other];
          guint way = neighbour++;
          int to_x = x;
          int to_y = y;

          if (step == 0 || (step & SEEN) != 0)
            continue;
          to_x += along[way];
          to_y += down[way];
          flood->steps[other] |= SEEN;
          if (step <= here)
            {
              wait_for (flood, step, to_x, to_y, 0);
              continue;
            }
          wait_for (flood, here, x, y, neighbour);
          start_component (flood, step);
          at = other;
          x = to_x;
          y = to_y;
          here = step;
          neighbour = 0;
        }
      add_pixel (flood, at, x, y);
      if (flood->levels == 0)
        break;
      next = take_highest (flood);
      x = next.x;
      y = next.y;
      neighbour = next.neighbour;
      at = (y + 1) * flood->stride + x + 1;
      sink (flood, flood->steps[at] & STEP);
    }
  /* At the lowest step of all it is one component. */
  finish (flood, flood->stack);
  extend (flood, flood->stack, get_floor (flood, flood->stack));
  settle (flood, flood->stack);
  g_array_set_size (flood->blobs, 0);
}

/* The step up to which a block is noise: the median of it and its neighbours, or of itself where
 * most of it is flat, so that a plate is not measured by the noise around it. Where most is flat,
 * four fifths must be. */
static guint8
measure_floor (const guint16 *counts, int across, int down, int bx, int by)
{
  const guint16 *own = counts + (by * across + bx) * (IMP_BLOB_LEVELS + 1);
  guint sums[IMP_BLOB_LEVELS + 1] = { 0 };
  guint total = 0;
  guint seen = 0;
  int reach = 0;

  for (int i = 0; i <= IMP_BLOB_LEVELS; i++)
    total += own[i];
  reach = 2 * own[0] > total ? 0 : 1;
  for (int y = MAX (by - reach, 0); y <= MIN (by + reach, down - 1); y++)
    for (int x = MAX (bx - reach, 0); x <= MIN (bx + reach, across - 1); x++)
      for (int i = 0; i <= IMP_BLOB_LEVELS; i++)
        sums[i] += counts[(y * across + x) * (IMP_BLOB_LEVELS + 1) + i];
  total = 0;
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

/* The step of each pixel, counted from 1; 0 for what is noise where it stands. And how many pixels
 * each step has. */
static void
make_steps (Flood *flood, const ImpPlane *relief, guint pixels[IMP_BLOB_LEVELS + 1])
{
  int width = relief->width;
  int across = (width + BLOCK - 1) / BLOCK;
  int down = (relief->height + BLOCK - 1) / BLOCK;
  guint8 table[256] = { 0 };
  g_autofree guint16 *counts =
      g_new0 (guint16, (gsize)across * (gsize)down * (IMP_BLOB_LEVELS + 1));

  flood->steps = g_malloc0 ((gsize)flood->stride * ((gsize)relief->height + 2));
  flood->floors = g_malloc ((gsize)across * (gsize)down);
  for (int value = 1, step = 0; value < 256; value++)
    {
      while (step < IMP_BLOB_LEVELS && heights[step] <= value)
        step++;
      table[value] = (guint8)step;
    }
  for (int y = 0; y < relief->height; y++)
    {
      const guint8 *from = relief->data + (gsize)y * (gsize)width;
      guint8 *to = flood->steps + (gsize)(y + 1) * (gsize)flood->stride + 1;
      guint16 *row = counts + (y / BLOCK) * across * (IMP_BLOB_LEVELS + 1);

      for (int x = 0; x < width; x++)
        to[x] = table[from[x]];
      /* Every other pixel says enough about noise. */
      for (int x = y & 1; x < width; x += 2)
        row[x / BLOCK * (IMP_BLOB_LEVELS + 1) + to[x]]++;
    }
  for (int by = 0; by < down; by++)
    for (int bx = 0; bx < across; bx++)
      flood->floors[by * across + bx] = measure_floor (counts, across, down, bx, by);
  for (int y = 0; y < relief->height; y++)
    {
      guint8 *to = flood->steps + (gsize)(y + 1) * (gsize)flood->stride + 1;
      const guint8 *floors = flood->floors + y / BLOCK * across;

      for (int x = 0; x < width; x++)
        {
          to[x] = to[x] <= floors[x / BLOCK] ? 0 : to[x];
          pixels[to[x]]++;
        }
    }
}

/* A pixel waits in one place at a time at most: so much room is enough. */
static void
make_room (Flood *flood, const guint pixels[IMP_BLOB_LEVELS + 1])
{
  gsize n = 0;

  for (guint i = 1; i <= IMP_BLOB_LEVELS; i++)
    n += pixels[i];
  flood->places = g_new (Place, MAX (n, 1));
  n = 0;
  for (guint i = 1; i <= IMP_BLOB_LEVELS; i++)
    {
      flood->empty[i] = flood->places + n;
      flood->waiting[i] = flood->empty[i];
      n += pixels[i];
    }
}

/**
 * imp_blobs_find:
 * @relief: heights, see imp_plane_relief(), of at most 65,535 rows and columns
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
  int stride = relief->width + 2;
  guint pixels[IMP_BLOB_LEVELS + 1] = { 0 };
  Flood flood = { .width = relief->width,
                  .height = relief->height,
                  .stride = stride,
                  .smallest = smallest,
                  .largest = largest,
                  .around = { -1, 1, -stride, stride, -stride - 1, 1 - stride, stride - 1,
                              stride + 1 },
                  .blobs = g_array_new (FALSE, FALSE, sizeof (ImpBlob)),
                  .found = g_array_new (FALSE, FALSE, sizeof (ImpBlob)) };

  make_steps (&flood, relief, pixels);
  make_room (&flood, pixels);
  for (int y = 0; y < relief->height; y++)
    {
      const guint8 *steps = flood.steps + (gsize)(y + 1) * (gsize)stride + 1;

      for (int x = 0; x < relief->width; x++)
        if (steps[x] != 0 && (steps[x] & SEEN) == 0)
          flood_from (&flood, x, y);
    }
  g_free (flood.places);
  g_free (flood.steps);
  g_free (flood.floors);
  g_array_unref (flood.blobs);
  return flood.found;
}
