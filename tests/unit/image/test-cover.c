/* What must be filled around boxes and crops, against a slow answer pixel by pixel. */
#include "imp-cover.h"

#define WIDTH 75
#define HEIGHT 53

/* Whether stored pixel (@x, @y) shares a block with one that is cut off, or touches such a block.
 */
static gboolean
is_tainted (const ImpCover *cover, const ImpRect *kept, int x, int y)
{
  gboolean turned = cover->orientation >= 5;
  int width = turned ? HEIGHT : WIDTH;
  int height = turned ? WIDTH : HEIGHT;

  for (int near_y = MAX (y - 1, 0); near_y <= MIN (y + 1, height - 1); near_y++)
    for (int near_x = MAX (x - 1, 0); near_x <= MIN (x + 1, width - 1); near_x++)
      {
        int left = near_x / cover->grid.width * cover->grid.width;
        int top = near_y / cover->grid.height * cover->grid.height;
        int right = MIN (left + cover->grid.width, width);
        int bottom = MIN (top + cover->grid.height, height);

        if (left < kept->x || top < kept->y || right > kept->x + kept->width
            || bottom > kept->y + kept->height)
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_filled (GArray *filled, const ImpRect *pixel)
{
  for (guint i = 0; i < filled->len; i++)
    {
      ImpRect shared = imp_rect_intersect (pixel, &g_array_index (filled, ImpRect, i));

      if (!imp_rect_is_empty (&shared))
        return TRUE;
    }
  return FALSE;
}

static void
check_crop (const ImpCover *cover, const ImpRect *crop)
{
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  ImpRect kept = imp_geometry_to_stored (crop, cover->orientation, WIDTH, HEIGHT);

  imp_cover_fill_crop_edges (cover, crop, filled);
  for (int y = crop->y; y < crop->y + crop->height; y++)
    for (int x = crop->x; x < crop->x + crop->width; x++)
      {
        ImpRect pixel = { x, y, 1, 1 };
        ImpRect stored = imp_geometry_to_stored (&pixel, cover->orientation, WIDTH, HEIGHT);

        g_assert_cmpint (is_filled (filled, &pixel), ==,
                         is_tainted (cover, &kept, stored.x, stored.y));
      }
}

static void
test_crop_edges (void)
{
  static const ImpRect CROPS[] = {
    { 5, 7, 60, 40 }, { 16, 16, 32, 16 }, { 0, 0, 75, 20 }, { 17, 0, 58, 53 }, { 30, 20, 3, 2 },
  };
  static const ImpGrid GRIDS[] = { { 8, 8 }, { 16, 8 }, { 16, 16 } };

  for (int orientation = 1; orientation <= 8; orientation++)
    for (guint g = 0; g < G_N_ELEMENTS (GRIDS); g++)
      for (guint i = 0; i < G_N_ELEMENTS (CROPS); i++)
        {
          const ImpCover cover = { WIDTH, HEIGHT, orientation, GRIDS[g], 0 };

          check_crop (&cover, &CROPS[i]);
        }
}

/* Without a grid nothing else is filled, and all of the frame needs nothing. */
static void
test_nothing_to_fill (void)
{
  const ImpCover plain = { WIDTH, HEIGHT, 1, { 0, 0 }, 0 };
  const ImpCover jpeg = { WIDTH, HEIGHT, 1, { 16, 16 }, 0 };
  const ImpRect crop = { 5, 7, 60, 40 };
  const ImpRect all = { 0, 0, WIDTH, HEIGHT };
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (ImpRect));

  imp_cover_fill_crop_edges (&plain, &crop, filled);
  imp_cover_fill_crop_edges (&jpeg, &all, filled);
  g_assert_cmpuint (filled->len, ==, 0);
}

/* A crop by hand is moved so little that each edge costs one pixel at most. */
static void
test_align (void)
{
  for (int orientation = 1; orientation <= 8; orientation++)
    {
      const ImpCover cover = { WIDTH, HEIGHT, orientation, { 16, 8 }, 0 };
      const ImpRect crop = { 3, 9, 50, 33 };
      ImpRect aligned = imp_cover_align_crop (&cover, &crop);
      g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (ImpRect));

      g_assert_cmpint (ABS (aligned.x - crop.x), <=, 8);
      g_assert_cmpint (ABS (aligned.y - crop.y), <=, 8);
      g_assert_cmpint (ABS (aligned.x + aligned.width - crop.x - crop.width), <=, 8);
      g_assert_cmpint (ABS (aligned.y + aligned.height - crop.y - crop.height), <=, 8);
      imp_cover_fill_crop_edges (&cover, &aligned, filled);
      for (guint i = 0; i < filled->len; i++)
        {
          const ImpRect *edge = &g_array_index (filled, ImpRect, i);

          g_assert_cmpint (MIN (edge->width, edge->height), ==, 1);
        }
    }
}

static void
test_margin (void)
{
  const ImpCover cover = { 200, 100, 1, { 0, 0 }, 32 };
  const ImpRect box = { 40, 10, 20, 10 };
  const ImpRect outside = { 210, 10, 20, 10 };
  const ImpRect expected = { 8, 0, 84, 52 };
  ImpRect filled = imp_cover_fill (&cover, &box);
  ImpRect nothing = imp_cover_fill (&cover, &outside);

  g_assert_true (imp_rect_equal (&filled, &expected));
  g_assert_true (imp_rect_is_empty (&nothing));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaks/row-14/crop-edges", test_crop_edges);
  g_test_add_func ("/cover/nothing-to-fill", test_nothing_to_fill);
  g_test_add_func ("/cover/align", test_align);
  g_test_add_func ("/cover/margin", test_margin);
  return g_test_run ();
}
