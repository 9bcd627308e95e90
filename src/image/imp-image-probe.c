#include "imp-image-probe.h"

#include <math.h>

#include "imp-image-codes-private.h"

/* How wide the picture that was found may be as a part of the one that left: ten percent of it are
 * cut off on either side at most, and some room. At the edge of a level a place is half a pixel
 * off at most. */
#define SMALLEST 0.79
#define STEP 1.015
#define N_LEVELS 17

#define MOST_CUT 0.12   /* of the picture that left, at one side */
#define MOST_ADDED 0.35 /* above the picture, as a part of what was found: a caption */

#define LEAST_COMPARED 0.45 /* of what tells in a hash */

/* Screens that are black but for the maker's frame agree in what little there is, and two arms
 * where the one's moles are laid beside the other: where fewer codes than this are compared, each
 * that differs counts for more. */
#define ENOUGH_COMPARED 1300

#define MAX_PROBE_HEIGHT 640

/* Two arms on two blue cloths agree in much. A picture must fit so much better than what mirrors
 * show of it, which are pictures of the same kind and surely others. */
#define PART_OF_MIRRORED 0.55

/* At first every second level, pixel and row is looked at; around the best the rest. */
#define COARSE 2
#define N_BEST 3

/**
 * ImpImageShift: the codes of one level, moved so that places of a hash lie at its own
 * @right: how many pixels of the picture that left are missing at its left
 * @valid: which columns of places are inside
 * @bits: (array) (owned): for each pixel row the codes at every place
 */
typedef struct
{
  int right;
  guint64 valid;
  guint64 (*bits)[CODES_WORDS];
} ImpImageShift;

typedef struct
{
  int height;
  int n_shifts;
  ImpImageShift *shifts; /* owned */
} ImpImageLevel;

/* A picture at every size. */
typedef struct
{
  ImpImageLevel levels[N_LEVELS];
} ImpImageSizes;

struct _ImpImageProbe
{
  gatomicrefcount ref_count;
  ImpImageSizes found;
  ImpImageSizes mirrored[2]; /* left to right, top to bottom */
};

G_DEFINE_BOXED_TYPE (ImpImageProbe, imp_image_probe, imp_image_probe_ref, imp_image_probe_unref)

static void
fill_shift (ImpImageShift *shift, const ImpImagePlane *plane)
{
  shift->bits = g_malloc0_n ((gsize)plane->height, sizeof *shift->bits);
  for (int i = 0; i < CODES_COLUMNS; i++)
    {
      int x = i * CODES_PITCH - shift->right;

      if (x < CODES_REACH || x >= plane->width - CODES_REACH)
        continue;
      shift->valid |= G_GUINT64_CONSTANT (0x100000001) << i;
      for (int y = CODES_REACH; y < plane->height - CODES_REACH; y++)
        {
          float values[CODES_PLANES];

          _imp_image_plane_compare (plane, x, y, values);
          for (int p = 0; p < CODES_PLANES; p++)
            if (values[p] > 0)
              shift->bits[y][p / 2] |= G_GUINT64_CONSTANT (1) << (i + 32 * (p % 2));
        }
    }
}

/* What is missing at the left and what is missing at the right add up to what is missing. */
static void
fill_level (ImpImageLevel *level, const ImpImagePlane *grey, double part)
{
  int width = (int)lround (CODES_WIDTH * part);
  int height = MAX (1, (int)lround ((double)grey->height * width / grey->width));
  g_autoptr (ImpImagePlane) plane = _imp_image_plane_scale (grey, width, height);
  int missing = CODES_WIDTH - width;
  int most = (int)ceil (CODES_WIDTH * MOST_CUT);
  int from = MAX (0, missing - most);
  int to = MIN (missing, most);

  plane->height = MIN (plane->height, MAX_PROBE_HEIGHT);
  _imp_image_plane_smooth (plane);
  level->height = plane->height;
  level->n_shifts = MAX (0, to - from) + 1;
  level->shifts = g_new0 (ImpImageShift, level->n_shifts);
  for (int k = 0; k < level->n_shifts; k++)
    {
      level->shifts[k].right = from + k;
      fill_shift (&level->shifts[k], plane);
    }
}

static void
fill_sizes (ImpImageSizes *sizes, const ImpImagePlane *grey)
{
  double part = SMALLEST;

  for (int i = 0; i < N_LEVELS; i++, part *= STEP)
    fill_level (&sizes->levels[i], grey, MIN (part, 1.0));
}

static void
clear_sizes (ImpImageSizes *sizes)
{
  for (int i = 0; i < N_LEVELS; i++)
    {
      for (int k = 0; k < sizes->levels[i].n_shifts; k++)
        g_free (sizes->levels[i].shifts[k].bits);
      g_free (sizes->levels[i].shifts);
    }
}

/**
 * imp_image_probe_new:
 * @raster: a picture that somebody found
 *
 * Returns: (transfer full): @raster, ready to be compared
 */
ImpImageProbe *
imp_image_probe_new (const ImpRaster *raster)
{
  ImpImageProbe *probe = g_new0 (ImpImageProbe, 1);
  g_autoptr (ImpImagePlane) grey = _imp_image_plane_new (raster, 4 * CODES_WIDTH);

  g_atomic_ref_count_init (&probe->ref_count);
  /* A strip has no place that a hash could lie at. */
  if (grey->height > 64 * grey->width)
    return probe;
  fill_sizes (&probe->found, grey);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (ImpImagePlane) turned = _imp_image_plane_turn (grey, i == 1);

      fill_sizes (&probe->mirrored[i], turned);
    }
  return probe;
}

/**
 * imp_image_probe_ref:
 * @probe: a probe
 *
 * Returns: (transfer full): @probe
 */
ImpImageProbe *
imp_image_probe_ref (ImpImageProbe *probe)
{
  g_atomic_ref_count_inc (&probe->ref_count);
  return probe;
}

/**
 * imp_image_probe_unref:
 * @probe: (transfer full): a probe
 */
void
imp_image_probe_unref (ImpImageProbe *probe)
{
  if (!g_atomic_ref_count_dec (&probe->ref_count))
    return;
  clear_sizes (&probe->found);
  for (int i = 0; i < 2; i++)
    clear_sizes (&probe->mirrored[i]);
  g_free (probe);
}

/* ---- comparing ---- */

/* Where a picture that was found may lie on one that left. */
typedef struct
{
  int level;
  int right; /* pixels of the one that left that are missing at its left */
  int down;  /* and at its top; less than 0 where something was added */
  double distance;
} Place;

G_ALWAYS_INLINE static inline guint
count (guint64 word)
{
  return (guint)__builtin_popcountll (word);
}

/* What part of the codes differs at a place, or 1 where less than @least codes are compared. */
G_ALWAYS_INLINE static inline double
measure (const ImpImageSizes *sizes, const ImpImageHash *hash, const ImpImageShift *shift,
         const Place *place, gboolean telling, double least)
{
  const ImpImageLevel *level = &sizes->levels[place->level];
  guint compared = 0;
  guint different = 0;

  for (int j = 0; j < hash->n_rows; j += telling ? 1 : COARSE)
    {
      const ImpImageRow *row = &hash->rows[j];
      int y = j * CODES_PITCH - place->down;

      if (y < CODES_REACH || y >= level->height - CODES_REACH)
        continue;
      for (int w = 0; w < CODES_WORDS; w++)
        {
          guint64 mask = (telling ? row->tells[w] : row->places[w]) & shift->valid;

          compared += count (mask);
          different += count ((row->bits[w] ^ shift->bits[y][w]) & mask);
        }
    }
  if (compared == 0 || compared < least)
    return 1;
  return (double)different / compared * (telling ? MAX (1, ENOUGH_COMPARED / (double)compared) : 1);
}

static const ImpImageShift *
find_shift (const ImpImageLevel *level, int right)
{
  int k = level->n_shifts > 0 ? right - level->shifts[0].right : -1;

  return k >= 0 && k < level->n_shifts ? &level->shifts[k] : NULL;
}

/* Keeps the best, one of each neighbourhood. */
static void
keep (Place best[N_BEST], const Place *place)
{
  int worst = 0;

  for (int i = 0; i < N_BEST; i++)
    {
      if (ABS (best[i].level - place->level) <= COARSE
          && ABS (best[i].right - place->right) <= COARSE
          && ABS (best[i].down - place->down) <= COARSE && best[i].distance < 1)
        {
          if (place->distance < best[i].distance)
            best[i] = *place;
          return;
        }
      if (best[i].distance > best[worst].distance)
        worst = i;
    }
  if (place->distance < best[worst].distance)
    best[worst] = *place;
}

G_ALWAYS_INLINE static inline void
look_everywhere (const ImpImageSizes *sizes, const ImpImageHash *hash, Place best[N_BEST])
{
  int cut = (int)ceil (hash->n_rows * CODES_PITCH * MOST_CUT);
  double limit = 1;

  for (int i = 0; i < N_LEVELS; i += COARSE)
    {
      const ImpImageLevel *level = &sizes->levels[i];
      int added = (int)ceil (level->height * MOST_ADDED);

      for (int k = 0; k < level->n_shifts; k += COARSE)
        for (int down = -added; down <= cut; down += COARSE)
          {
            Place place = { i, level->shifts[k].right, down, 1 };

            place.distance = measure (sizes, hash, &level->shifts[k], &place, FALSE,
                                      hash->n_tells * LEAST_COMPARED / COARSE);
            if (place.distance >= limit)
              continue;
            keep (best, &place);
            limit = MAX (MAX (best[0].distance, best[1].distance), best[2].distance);
          }
    }
}

G_ALWAYS_INLINE static inline double
look_around (const ImpImageSizes *sizes, const ImpImageHash *hash, const Place *place)
{
  double best = 1;

  for (int i = MAX (place->level - 1, 0); i <= MIN (place->level + 1, N_LEVELS - 1); i++)
    for (int right = place->right - COARSE; right <= place->right + COARSE; right++)
      for (int down = place->down - COARSE; down <= place->down + COARSE; down++)
        {
          const ImpImageShift *shift = find_shift (&sizes->levels[i], right);
          Place near = { i, right, down, 1 };

          if (shift != NULL)
            best = MIN (best,
                        measure (sizes, hash, shift, &near, TRUE, hash->n_tells * LEAST_COMPARED));
        }
  return best;
}

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__)                           \
    && !defined(__SANITIZE_ADDRESS__)
/* Counting bits is one instruction on all but the oldest processors. */
__attribute__ ((target_clones ("popcnt", "default")))
#endif
static double
compare (const ImpImageSizes *sizes, const ImpImageHash *hash)
{
  Place best[N_BEST] = { { 0, 0, 0, 1 }, { 0, 0, 0, 1 }, { 0, 0, 0, 1 } };
  double distance = 1;

  look_everywhere (sizes, hash, best);
  for (int i = 0; i < N_BEST; i++)
    if (best[i].distance < 1)
      distance = MIN (distance, look_around (sizes, hash, &best[i]));
  return distance;
}

/**
 * imp_image_probe_compare:
 * @probe: a picture that was found
 * @hash: a picture that left
 *
 * Lays @probe over @hash at every size and place that trimming up to a tenth of each side and
 * adding a caption above or below allows, and counts what differs where it fits best. One that
 * fits hardly better than its own mirror image is another of the same kind.
 *
 * Returns: from 0, the same, to 0.5 and more, nothing in common; 1 where they cannot be compared.
 *   %IMP_IMAGE_PROBE_SAME and less is the same picture
 */
double
imp_image_probe_compare (const ImpImageProbe *probe, const ImpImageHash *hash)
{
  double distance = compare (&probe->found, hash);
  double mirrored = 1;

  if (distance > IMP_IMAGE_PROBE_SAME)
    return distance;
  for (int i = 0; i < 2; i++)
    mirrored = MIN (mirrored, compare (&probe->mirrored[i], hash));
  if (distance > mirrored * PART_OF_MIRRORED)
    return MAX (2 * IMP_IMAGE_PROBE_SAME, distance);
  return distance;
}
