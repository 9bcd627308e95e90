#include "imp-keys.h"

#include <stdlib.h>

#define MOST IMP_KEYS_MOST
#define SLOTS (4 * MOST)        /* of a hash table that is never more than a quarter full */
#define MOST_SAMPLES (1u << 20) /* of the keys of a frame with too many different ones */
#define EVEN (MOST / 2)         /* indices at even distances, where they are too many */
#define RANKED (MOST - EVEN)    /* and at even numbers of different keys */

struct _ImpKeys
{
  guint32 slots[SLOTS]; /* a key, or 0 */
  guint16 index[SLOTS]; /* of the key in that slot */
  gboolean has_zero;    /* the key 0 was noted: it has no slot */
  guint n_different;
  gboolean too_many;
  GArray *sorted;  /* owned: guint32, ascending: what the indices stand for */
  GArray *samples; /* owned: guint32: every @stride-th key */
  gsize stride;
  gsize n_noted;
  guint32 lowest;
  guint32 highest;
};

/**
 * imp_keys_new:
 * @n_pixels: how many keys will be noted
 *
 * Returns: (transfer full): no keys yet
 */
ImpKeys *
imp_keys_new (gsize n_pixels)
{
  ImpKeys *self = g_new0 (ImpKeys, 1);

  self->sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->samples = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->stride = n_pixels / MOST_SAMPLES + 1;
  self->lowest = G_MAXUINT32;
  return self;
}

/**
 * imp_keys_free:
 * @self: (transfer full) (nullable): keys
 */
void
imp_keys_free (ImpKeys *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->sorted);
  g_array_unref (self->samples);
  g_free (self);
}

/* The slot of @key, or the empty one where it belongs. */
static guint
find_slot (const ImpKeys *self, guint32 key)
{
  guint slot = (key * 2654435761u) >> 14; /* Fibonacci's: the upper 18 bits are well mixed */

  while (self->slots[slot] != 0 && self->slots[slot] != key)
    slot = (slot + 1) % SLOTS;
  return slot;
}

static void
note_one (ImpKeys *self, guint32 key)
{
  guint slot = find_slot (self, key);

  if (key == 0 ? self->has_zero : self->slots[slot] == key)
    return;
  if (self->n_different == MOST)
    {
      self->too_many = TRUE;
      return;
    }
  if (key == 0)
    self->has_zero = TRUE;
  else
    self->slots[slot] = key;
  self->n_different++;
  g_array_append_val (self->sorted, key);
}

/**
 * imp_keys_note:
 * @self: keys
 * @keys: (array length=n): those of the next pixels of the frame
 * @n: how many
 */
void
imp_keys_note (ImpKeys *self, const guint32 *keys, gsize n)
{
  for (gsize i = 0; i < n; i++, self->n_noted++)
    {
      self->lowest = MIN (self->lowest, keys[i]);
      self->highest = MAX (self->highest, keys[i]);
      if (!self->too_many && (i == 0 || keys[i] != keys[i - 1]))
        note_one (self, keys[i]);
      if (self->n_noted % self->stride == 0)
        g_array_append_val (self->samples, keys[i]);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *)a;
  guint32 other = *(const guint32 *)b;

  return one < other ? -1 : one > other;
}

static void
sort (GArray *keys)
{
  guint32 *data = (guint32 *)(void *)keys->data;
  guint n = 0;

  qsort (data, keys->len, sizeof *data, compare);
  for (guint i = 0; i < keys->len; i++)
    if (n == 0 || data[i] != data[n - 1])
      data[n++] = data[i];
  g_array_set_size (keys, n);
}

/* Half of the indices at even distances from the lowest to the highest key, so that no pixel is far
 * off; half at even ranks among the keys that there are, so that a few that lie far out do not take
 * the shades from all others. */
static void
spread (ImpKeys *self)
{
  guint64 range = self->highest - self->lowest;

  sort (self->samples);
  g_array_set_size (self->sorted, 0);
  for (guint64 i = 0; i < EVEN; i++)
    {
      guint32 key = self->lowest + (guint32)(range * i / (EVEN - 1));

      g_array_append_val (self->sorted, key);
    }
  for (guint64 i = 0; i < RANKED; i++)
    {
      guint at = (guint)((self->samples->len - 1) * i / (RANKED - 1));

      g_array_append_val (self->sorted, g_array_index (self->samples, guint32, at));
    }
}

/**
 * imp_keys_settle:
 * @self: keys, all of them noted, at least one
 *
 * Gives each key an index of its own, ascending. Where there are more than 65,536 different ones,
 * they share those nearest to them.
 *
 * Returns: how many indices there are
 */
guint32
imp_keys_settle (ImpKeys *self)
{
  if (self->too_many)
    spread (self);
  sort (self->sorted);
  for (guint i = 0; i < self->sorted->len && !self->too_many; i++)
    self->index[find_slot (self, imp_keys_get (self, i))] = (guint16)i;
  return self->sorted->len;
}

static guint
find_nearest (const ImpKeys *self, guint32 key)
{
  guint low = 0;
  guint high = self->sorted->len - 1;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (imp_keys_get (self, middle) <= key)
        low = middle;
      else
        high = middle;
    }
  return key - imp_keys_get (self, low) <= imp_keys_get (self, high) - key ? low : high;
}

/**
 * imp_keys_find:
 * @self: settled keys
 * @keys: (array length=n): keys that were noted
 * @indices: (out caller-allocates) (array length=n): the index of each
 * @n: how many
 */
void
imp_keys_find (const ImpKeys *self, const guint32 *keys, guint16 *indices, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (i > 0 && keys[i] == keys[i - 1])
      indices[i] = indices[i - 1];
    else if (self->too_many)
      indices[i] = (guint16)find_nearest (self, keys[i]);
    else
      indices[i] = keys[i] == 0 ? 0 : self->index[find_slot (self, keys[i])];
}

/**
 * imp_keys_get:
 * @self: settled keys
 * @index: less than imp_keys_settle()
 *
 * Returns: the key that @index stands for
 */
guint32
imp_keys_get (const ImpKeys *self, guint32 index)
{
  return g_array_index (self->sorted, guint32, index);
}
