#include "imp-faces.h"

#include "face-bridge.h"

#define MOST_PIXELS 400000 /* that are looked at: a larger picture is made smaller first */
#define LEAST_FACE 24      /* pixels of those: how wide a face is at least */
#define MARGIN 8           /* one part in so many is added on each side, for chin, hair and ears */

/* How a picture is looked at: turned as if it were stored with an EXIF orientation. Each further
 * look has finds of its own that are none, and must be surer. */
static const struct
{
  ImpFaceView view;
  int orientation;
  int least_finds;
} LOOKS[] = {
  { IMP_FACE_FRONT, 1, 3 }, { IMP_FACE_FRONT, 6, 5 }, { IMP_FACE_FRONT, 3, 5 },
  { IMP_FACE_FRONT, 8, 5 }, { IMP_FACE_SIDE, 1, 5 },  { IMP_FACE_SIDE, 2, 5 },
};

static gboolean known; /* set once, before there are children */

/**
 * imp_faces_start:
 *
 * Loads what faces look like, before the process is locked down.
 */
void
imp_faces_start (void)
{
  known = imp_face_bridge_start ();
}

/**
 * imp_faces_are_known:
 *
 * Returns: whether faces can be looked for
 */
gboolean
imp_faces_are_known (void)
{
  return known;
}

/* Each pixel is the mean of those that it stands for. */
static ImpPlane *
shrink (const ImpPlane *plane, int width, int height)
{
  ImpPlane *small = imp_plane_new (width, height);
  guint8 *to = small->data;

  for (int y = 0; y < height; y++)
    {
      int top = (int)((gint64)y * plane->height / height);
      int bottom = (int)((gint64)(y + 1) * plane->height / height);

      for (int x = 0; x < width; x++)
        {
          int left = (int)((gint64)x * plane->width / width);
          int right = (int)((gint64)(x + 1) * plane->width / width);
          guint64 sum = 0;

          for (int from_y = top; from_y < bottom; from_y++)
            for (int from_x = left; from_x < right; from_x++)
              sum += plane->data[(gsize)from_y * (gsize)plane->width + (gsize)from_x];
          *to++ = (guint8)(sum / ((guint64)(bottom - top) * (guint64)(right - left)));
        }
    }
  return small;
}

static ImpPlane *
make_small (const ImpPlane *plane)
{
  gint64 n = (gint64)plane->width * plane->height;
  int width = plane->width;
  int height = plane->height;

  /* A strip is never made thinner than one pixel, and then has no faces. */
  while (n > MOST_PIXELS)
    {
      width = MAX (width * 15 / 16, 1);
      height = MAX (height * 15 / 16, 1);
      n = (gint64)width * height;
    }
  return shrink (plane, width, height);
}

static ImpPlane *
turn (const ImpPlane *plane, int orientation)
{
  gboolean lying = orientation >= 5;
  ImpPlane *turned =
      imp_plane_new (lying ? plane->height : plane->width, lying ? plane->width : plane->height);
  guint8 *to = turned->data;

  for (int y = 0; y < turned->height; y++)
    for (int x = 0; x < turned->width; x++)
      {
        const ImpRect stored = { x, y, 1, 1 };
        const ImpRect pixel =
            imp_geometry_to_display (&stored, orientation, plane->width, plane->height);

        *to++ = plane->data[(gsize)pixel.y * (gsize)plane->width + (gsize)pixel.x];
      }
  return turned;
}

static gint
compare_finds (gconstpointer a, gconstpointer b)
{
  return ((const ImpFace *)b)->n_finds - ((const ImpFace *)a)->n_finds;
}

static gboolean
is_same (const ImpRect *a, const ImpRect *b)
{
  const ImpRect common = imp_rect_intersect (a, b);

  return 3 * common.width >= MIN (a->width, b->width)
         && 3 * common.height >= MIN (a->height, b->height);
}

/* One face is found by several looks, and best by the one that found it most often. */
static void
keep_best (GArray *faces)
{
  g_array_sort (faces, compare_finds);
  for (guint i = 0; i < faces->len; i++)
    for (guint j = faces->len - 1; j > i; j--)
      if (is_same (&g_array_index (faces, ImpFace, i).rect,
                   &g_array_index (faces, ImpFace, j).rect))
        g_array_remove_index (faces, j);
}

/* Outward, to whole pixels of the picture itself. */
static ImpRect
enlarge (const ImpRect *rect, const ImpPlane *small, const ImpPlane *plane)
{
  int more_x = rect->width / MARGIN;
  int more_y = rect->height / MARGIN;
  double across = (double)plane->width / small->width;
  double down = (double)plane->height / small->height;
  const ImpRect all = { 0, 0, plane->width, plane->height };
  const ImpRect large = imp_rect_from_points (
      (rect->x - more_x) * across, (rect->y - more_y) * down,
      (rect->x + rect->width + more_x) * across, (rect->y + rect->height + more_y) * down);

  return imp_rect_intersect (&large, &all);
}

/**
 * imp_faces_find:
 * @plane: a photograph
 * @rects: (element-type ImpRect): what looks like a face is added to them
 *
 * Looks for faces from the front, whichever way the picture is turned, and upright ones from
 * either side. What is less than a thirtieth of the picture wide is not looked for, and nothing
 * that is found or not found is proof.
 *
 * Returns: whether it was looked for to the end
 */
gboolean
imp_faces_find (const ImpPlane *plane, GArray *rects)
{
  g_autoptr (ImpPlane) small = known ? make_small (plane) : NULL;
  g_autoptr (GArray) faces = g_array_new (FALSE, FALSE, sizeof (ImpFace));

  if (small == NULL)
    return FALSE;
  if (MIN (small->width, small->height) < LEAST_FACE)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (LOOKS); i++)
    {
      g_autoptr (ImpPlane) turned = turn (small, LOOKS[i].orientation);
      guint before = faces->len;

      if (!imp_face_bridge_find (turned, LOOKS[i].view, LOOKS[i].least_finds, LEAST_FACE, faces))
        return FALSE;
      for (guint j = before; j < faces->len; j++)
        {
          ImpRect *rect = &g_array_index (faces, ImpFace, j).rect;

          *rect = imp_geometry_to_display (rect, LOOKS[i].orientation, small->width, small->height);
        }
    }
  keep_best (faces);
  for (guint i = 0; i < faces->len; i++)
    {
      const ImpRect face = enlarge (&g_array_index (faces, ImpFace, i).rect, small, plane);

      g_array_append_val (rects, face);
    }
  return TRUE;
}
