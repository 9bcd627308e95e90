#include "imp-image-codes-private.h"

#include <math.h>
#include <string.h>

/* A text of another form, with other codes, is one that this program does not know. */
#define FORM "1:"

/* Grey levels that a comparison must find to mean anything. */
#define LEAST_DIFFERENCE 0.6F

/* Comparisons that find so many, and more than half of the others, are strong. */
#define STRONG_DIFFERENCE 8.0F

/* Faint comparisons that a picture must have to be told from others. */
#define LEAST_TELLING 400

G_DEFINE_BOXED_TYPE (ImpImageHash, imp_image_hash, imp_image_hash_ref, imp_image_hash_unref)

static ImpImageHash *
hash_alloc (int n_rows)
{
  ImpImageHash *hash = g_new0 (ImpImageHash, 1);

  g_atomic_ref_count_init (&hash->ref_count);
  hash->n_rows = n_rows;
  hash->rows = g_new0 (ImpImageRow, n_rows);
  return hash;
}

/* Whether comparisons at this row or column of places stay inside. */
static gboolean
is_inside (int place, int size)
{
  return place * CODES_PITCH >= CODES_REACH && place * CODES_PITCH < size - CODES_REACH;
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float difference = *(const float *)a - *(const float *)b;

  return difference < 0 ? -1 : difference > 0;
}

/* What strong means in this picture, for each way of comparing. */
static void
measure (const ImpImagePlane *plane, int n_rows, float strong[CODES_PLANES])
{
  GArray *found[CODES_PLANES] = { NULL };

  for (int p = 0; p < CODES_PLANES; p++)
    found[p] = g_array_new (FALSE, FALSE, sizeof (float));
  for (int j = 0; j < n_rows; j++)
    for (int i = 0; i < CODES_COLUMNS; i++)
      {
        float values[CODES_PLANES];

        if (!is_inside (i, plane->width) || !is_inside (j, plane->height))
          continue;
        _imp_image_plane_compare (plane, i * CODES_PITCH, j * CODES_PITCH, values);
        for (int p = 0; p < CODES_PLANES; p++)
          {
            float size = fabsf (values[p]);

            if (size >= LEAST_DIFFERENCE)
              g_array_append_val (found[p], size);
          }
      }
  for (int p = 0; p < CODES_PLANES; p++)
    {
      g_array_sort (found[p], compare_floats);
      strong[p] = STRONG_DIFFERENCE;
      if (found[p]->len > 0)
        strong[p] = MAX (strong[p], g_array_index (found[p], float, found[p]->len / 2));
      g_array_unref (found[p]);
    }
}

static void
fill_place (ImpImageHash *hash, const ImpImagePlane *plane, const float strong[CODES_PLANES], int i,
            int j)
{
  ImpImageRow *row = &hash->rows[j];
  float values[CODES_PLANES];

  _imp_image_plane_compare (plane, i * CODES_PITCH, j * CODES_PITCH, values);
  for (int p = 0; p < CODES_PLANES; p++)
    {
      guint64 bit = G_GUINT64_CONSTANT (1) << (i + 32 * (p % 2));
      float size = fabsf (values[p]);

      if (size < LEAST_DIFFERENCE)
        continue;
      row->places[p / 2] |= bit;
      if (values[p] > 0)
        row->bits[p / 2] |= bit;
      if (size > strong[p])
        continue;
      row->tells[p / 2] |= bit;
      hash->n_tells++;
    }
}

/**
 * imp_image_hash_new:
 * @raster: a picture as it leaves
 *
 * Makes the picture 128 pixels wide and asks at every fourth pixel in eight ways which side is
 * brighter; answers that re-encoding might turn over are left out. What remains is some thousand
 * times yes or no, by which the picture is known again (imp_image_probe_compare()).
 *
 * Returns: (transfer full) (nullable): the hash, or %NULL where the picture is too plain, or too
 *   flat a strip, to be told from others
 */
ImpImageHash *
imp_image_hash_new (const ImpRaster *raster)
{
  g_autoptr (ImpImagePlane) grey = _imp_image_plane_new (raster, 4 * CODES_WIDTH);
  int height = MAX (1, (int)lround ((double)grey->height * CODES_WIDTH / grey->width));
  g_autoptr (ImpImagePlane) plane = NULL;
  g_autoptr (ImpImageHash) hash = NULL;
  float strong[CODES_PLANES];

  if (height > 64 * CODES_WIDTH)
    return NULL;
  plane = _imp_image_plane_scale (grey, CODES_WIDTH, height);
  _imp_image_plane_smooth (plane);
  hash = hash_alloc ((MIN (height, CODES_MAX_HEIGHT) + CODES_PITCH - 1) / CODES_PITCH);
  measure (plane, hash->n_rows, strong);
  for (int j = 0; j < hash->n_rows; j++)
    for (int i = 0; i < CODES_COLUMNS; i++)
      if (is_inside (i, plane->width) && is_inside (j, plane->height))
        fill_place (hash, plane, strong, i, j);
  return hash->n_tells >= LEAST_TELLING ? g_steal_pointer (&hash) : NULL;
}

/**
 * imp_image_hash_ref:
 * @hash: a hash
 *
 * Returns: (transfer full): @hash
 */
ImpImageHash *
imp_image_hash_ref (ImpImageHash *hash)
{
  g_atomic_ref_count_inc (&hash->ref_count);
  return hash;
}

/**
 * imp_image_hash_unref:
 * @hash: (transfer full): a hash
 */
void
imp_image_hash_unref (ImpImageHash *hash)
{
  if (!g_atomic_ref_count_dec (&hash->ref_count))
    return;
  g_free (hash->rows);
  g_free (hash);
}

/* Little-endian, so that a register can move to another machine. */
static void
swap_rows (ImpImageRow *rows, gsize n_rows)
{
  guint64 *words = (guint64 *)rows;

  for (gsize i = 0; i < n_rows * sizeof *rows / sizeof *words; i++)
    words[i] = GUINT64_TO_LE (words[i]);
}

/**
 * imp_image_hash_to_text:
 * @hash: a hash
 *
 * Returns: (transfer full): its text: a form, and Base64 of its rows
 */
char *
imp_image_hash_to_text (const ImpImageHash *hash)
{
  gsize n_rows = (gsize)hash->n_rows;
  g_autofree ImpImageRow *rows = g_memdup2 (hash->rows, n_rows * sizeof *rows);
  g_autofree char *base64 = NULL;

  swap_rows (rows, n_rows);
  base64 = g_base64_encode ((const guchar *)rows, n_rows * sizeof *rows);
  return g_strconcat (FORM, base64, NULL);
}

static guint
count_tells (const ImpImageHash *hash)
{
  guint count = 0;

  for (int j = 0; j < hash->n_rows; j++)
    for (int w = 0; w < CODES_WORDS; w++)
      for (guint64 left = hash->rows[j].tells[w]; left != 0; left &= left - 1)
        count++;
  return count;
}

/**
 * imp_image_hash_new_from_text:
 * @text: what imp_image_hash_to_text() gave
 *
 * Returns: (transfer full) (nullable): the hash, or %NULL for what is none
 */
ImpImageHash *
imp_image_hash_new_from_text (const char *text)
{
  g_autofree guchar *bytes = NULL;
  gsize length = 0;
  gsize n_rows = 0;
  ImpImageHash *hash = NULL;

  if (!g_str_has_prefix (text, FORM))
    return NULL;
  bytes = g_base64_decode (text + strlen (FORM), &length);
  n_rows = length / sizeof *hash->rows;
  if (n_rows == 0 || length != n_rows * sizeof *hash->rows
      || n_rows > CODES_MAX_HEIGHT / CODES_PITCH)
    return NULL;
  hash = hash_alloc ((int)n_rows);
  memcpy (hash->rows, bytes, length);
  swap_rows (hash->rows, n_rows);
  hash->n_tells = count_tells (hash);
  return hash;
}
