#include "imp-plane.h"

#include <string.h>

/**
 * imp_plane_new:
 * @width: columns, 1 or more
 * @height: rows, 1 or more
 *
 * Returns: (transfer full): a plane whose pixels are not set yet
 */
ImpPlane *
imp_plane_new (int width, int height)
{
  ImpPlane *plane = g_new0 (ImpPlane, 1);

  plane->width = width;
  plane->height = height;
  plane->data = g_malloc ((gsize)width * (gsize)height);
  return plane;
}

/**
 * imp_plane_free:
 * @plane: (transfer full) (nullable): a plane
 */
void
imp_plane_free (ImpPlane *plane)
{
  if (plane == NULL)
    return;
  g_free (plane->data);
  g_free (plane);
}

/**
 * imp_plane_halve:
 * @plane: a plane of 2 × 2 pixels or more
 *
 * Returns: (transfer full): half as wide and high; each pixel is the mean of four
 */
ImpPlane *
imp_plane_halve (const ImpPlane *plane)
{
  ImpPlane *half = imp_plane_new (plane->width / 2, plane->height / 2);

  for (int y = 0; y < half->height; y++)
    {
      const guint8 *above = plane->data + (gsize)(2 * y) * (gsize)plane->width;
      const guint8 *below = above + plane->width;
      guint8 *to = half->data + (gsize)y * (gsize)half->width;

      for (int x = 0; x < half->width; x++)
        to[x] =
            (guint8)((above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1] + 2) / 4);
    }
  return half;
}

/**
 * imp_plane_invert:
 * @plane: a plane
 *
 * Makes what is dark light, in place.
 */
void
imp_plane_invert (ImpPlane *plane)
{
  gsize n = (gsize)plane->width * (gsize)plane->height;

  for (gsize i = 0; i < n; i++)
    plane->data[i] = (guint8)(255 - plane->data[i]);
}

static void
lower (guint8 *restrict to, const guint8 *restrict a, const guint8 *restrict b, int n)
{
  for (int i = 0; i < n; i++)
    to[i] = MIN (a[i], b[i]);
}

static void
raise_to (guint8 *restrict to, const guint8 *restrict a, const guint8 *restrict b, int n)
{
  for (int i = 0; i < n; i++)
    to[i] = MAX (a[i], b[i]);
}

typedef void (*Pick) (guint8 *restrict to, const guint8 *restrict a, const guint8 *restrict b,
                      int n);

/* Each value becomes the least (or most) of the @size to its right, itself included, by doubling
 * the window. @line has n + size - 1 values, and so has @spare; both are used up. */
static void
slide (guint8 *line, guint8 *spare, int n, int size, Pick pick, guint8 *to)
{
  int window = 1;
  int length = n + size - 1;

  while (window * 2 <= size)
    {
      guint8 *other = spare;

      length -= window;
      pick (spare, line, line + window, length);
      spare = line;
      line = other;
      window *= 2;
    }
  pick (to, line, line + size - window, n);
}

static void
slide_rows (const ImpPlane *from, ImpPlane *to, int size, Pick pick)
{
  int n = from->width;
  int before = (size - 1) / 2;
  g_autofree guint8 *line = g_malloc ((gsize)(n + size));
  g_autofree guint8 *spare = g_malloc ((gsize)(n + size));

  for (int y = 0; y < from->height; y++)
    {
      const guint8 *row = from->data + (gsize)y * (gsize)n;

      memset (line, row[0], (gsize)before);
      memcpy (line + before, row, (gsize)n);
      memset (line + before + n, row[n - 1], (gsize)(size - 1 - before));
      slide (line, spare, n, size, pick, to->data + (gsize)y * (gsize)n);
    }
}

static const guint8 *
row_of (const guint8 *rows, int y, int height, int width)
{
  return rows + (gsize)CLAMP (y, 0, height - 1) * (gsize)width;
}

/* The same downwards, row by row: in place of each row the pick of the @size rows around it. */
static void
slide_columns (const ImpPlane *from, ImpPlane *to, int size, Pick pick)
{
  int n = from->width;
  int height = from->height;
  int before = (size - 1) / 2;
  int rows = height + size - 1;
  gsize bytes = (gsize)n * (gsize)rows;
  g_autofree guint8 *one = g_malloc (bytes);
  g_autofree guint8 *two = g_malloc (bytes);
  guint8 *line = one;
  guint8 *spare = two;
  int window = 1;

  for (int y = 0; y < rows; y++)
    memcpy (line + (gsize)y * (gsize)n, row_of (from->data, y - before, height, n), (gsize)n);
  while (window * 2 <= size)
    {
      guint8 *other = spare;

      rows -= window;
      for (int y = 0; y < rows; y++)
        pick (spare + (gsize)y * (gsize)n, line + (gsize)y * (gsize)n,
              line + (gsize)(y + window) * (gsize)n, n);
      spare = line;
      line = other;
      window *= 2;
    }
  for (int y = 0; y < height; y++)
    pick (to->data + (gsize)y * (gsize)n, line + (gsize)y * (gsize)n,
          line + (gsize)(y + size - window) * (gsize)n, n);
}

/**
 * imp_plane_relief:
 * @plane: a plane
 * @size: pixels, odd
 *
 * What stands out from its surroundings by being lighter, and is narrower than @size: the plane
 * less its opening by a square. Slopes and large areas, however light, are 0.
 *
 * Returns: (transfer full): the heights
 */
ImpPlane *
imp_plane_relief (const ImpPlane *plane, int size)
{
  g_autoptr (ImpPlane) a = imp_plane_new (plane->width, plane->height);
  g_autoptr (ImpPlane) b = imp_plane_new (plane->width, plane->height);
  gsize n = (gsize)plane->width * (gsize)plane->height;

  slide_rows (plane, a, size, lower);
  slide_columns (a, b, size, lower);
  slide_rows (b, a, size, raise_to);
  slide_columns (a, b, size, raise_to);
  for (gsize i = 0; i < n; i++)
    b->data[i] = (guint8)(plane->data[i] - b->data[i]);
  return g_steal_pointer (&b);
}
