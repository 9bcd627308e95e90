#include <string.h>

#include "imp-geometry.h"

#define MAX_SIDE 16

/* A picture of numbered pixels, turned step by step as EXIF 2.32 table 6 words it. */
typedef struct
{
  int width;
  int height;
  int value[MAX_SIDE][MAX_SIDE]; /* [y][x] */
} Grid;

static Grid
grid_new (int width, int height)
{
  Grid grid = { .width = width, .height = height };

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      grid.value[y][x] = y * MAX_SIDE + x;
  return grid;
}

/* What is seen when the file's @stored pixels carry @orientation: "the 0th row is at the visual
 * ROW and the 0th column at the visual COLUMN" - read off side by side, not by any formula. */
static Grid
grid_show (const Grid *stored, int orientation)
{
  static const struct
  {
    char row;    /* the visual side where stored row 0 lies: Top Bottom Left Right */
    char column; /* the visual side where stored column 0 lies */
  } SIDES[9] = { { 0, 0 },     { 'T', 'L' }, { 'T', 'R' }, { 'B', 'R' }, { 'B', 'L' },
                 { 'L', 'T' }, { 'R', 'T' }, { 'R', 'B' }, { 'L', 'B' } };
  char row = SIDES[orientation].row;
  char column = SIDES[orientation].column;
  gboolean rows_run_down = row == 'T' || row == 'B';
  Grid shown = { .width = rows_run_down ? stored->width : stored->height,
                 .height = rows_run_down ? stored->height : stored->width };

  for (int r = 0; r < stored->height; r++)
    for (int c = 0; c < stored->width; c++)
      {
        int x = 0;
        int y = 0;

        /* Row r lies r pixels from its side, column c lies c pixels from its own. */
        y = row == 'T' ? r : row == 'B' ? shown.height - 1 - r : y;
        x = row == 'L' ? r : row == 'R' ? shown.width - 1 - r : x;
        y = column == 'T' ? c : column == 'B' ? shown.height - 1 - c : y;
        x = column == 'L' ? c : column == 'R' ? shown.width - 1 - c : x;
        shown.value[y][x] = stored->value[r][c];
      }
  return shown;
}

static gboolean
inside (const ImpRect *rect, int x, int y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

/* Row 10: every rectangle of a small picture in all eight orientations: the stored pixels under
 * the mapped rectangle are exactly those seen under the drawn one. */
static void
test_orientations (void)
{
  static const int SIDES[][2] = { { 7, 5 }, { 5, 7 }, { 6, 6 }, { 1, 4 } };

  for (guint s = 0; s < G_N_ELEMENTS (SIDES); s++)
    for (int orientation = 1; orientation <= 8; orientation++)
      {
        Grid stored = grid_new (SIDES[s][0], SIDES[s][1]);
        Grid shown = grid_show (&stored, orientation);

        for (int y0 = 0; y0 < shown.height; y0++)
          for (int x0 = 0; x0 < shown.width; x0++)
            for (int y1 = y0 + 1; y1 <= shown.height; y1++)
              for (int x1 = x0 + 1; x1 <= shown.width; x1++)
                {
                  ImpRect box = { x0, y0, x1 - x0, y1 - y0 };
                  ImpRect mapped =
                      imp_geometry_to_stored (&box, orientation, shown.width, shown.height);
                  ImpRect back =
                      imp_geometry_to_display (&mapped, orientation, shown.width, shown.height);

                  g_assert_true (imp_rect_equal (&back, &box));
                  for (int y = 0; y < shown.height; y++)
                    for (int x = 0; x < shown.width; x++)
                      {
                        int number = shown.value[y][x];

                        g_assert_cmpint (inside (&box, x, y), ==,
                                         inside (&mapped, number % MAX_SIDE, number / MAX_SIDE));
                      }
                }
      }
}

/* Row 14: snapping, against the definition: a stored pixel is covered if its block holds a covered
 * pixel, or if one of its eight neighbours is in such a block. */
static void
assert_snapped (const ImpRect *box, int width, int height, int orientation, ImpGrid grid)
{
  gboolean turned = orientation >= 5;
  int stored_width = turned ? height : width;
  int stored_height = turned ? width : height;
  Grid stored = grid_new (stored_width, stored_height);
  Grid shown = grid_show (&stored, orientation);
  gboolean tainted[MAX_SIDE + 2][MAX_SIDE + 2] = { { FALSE } }; /* shifted by one */
  ImpRect snapped = imp_geometry_snap (box, width, height, orientation, grid);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (inside (box, x, y))
        {
          int sx = shown.value[y][x] % MAX_SIDE;
          int sy = shown.value[y][x] / MAX_SIDE;

          for (int v = 0; v < stored_height; v++)
            for (int u = 0; u < stored_width; u++)
              if (grid.width == 0
                      ? u == sx && v == sy
                      : u / grid.width == sx / grid.width && v / grid.height == sy / grid.height)
                tainted[v + 1][u + 1] = TRUE;
        }
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int u = shown.value[y][x] % MAX_SIDE;
        int v = shown.value[y][x] / MAX_SIDE;
        gboolean expected = tainted[v + 1][u + 1];

        for (int dy = 0; dy <= 2 && grid.width > 0; dy++)
          for (int dx = 0; dx <= 2; dx++)
            expected = expected || tainted[v + dy][u + dx];
        g_assert_cmpint (inside (&snapped, x, y), ==, expected);
      }
}

static void
test_snap (void)
{
  static const ImpGrid GRIDS[] = { { 0, 0 }, { 4, 4 }, { 4, 2 }, { 2, 4 }, { 8, 8 } };

  for (guint g = 0; g < G_N_ELEMENTS (GRIDS); g++)
    for (int orientation = 1; orientation <= 8; orientation++)
      for (int y = -2; y < 12; y += 1)
        for (int x = -2; x < 16; x += 3)
          for (int height = 1; height < 9; height += 3)
            for (int width = 1; width < 9; width += 2)
              {
                ImpRect box = { x, y, width, height };

                assert_snapped (&box, 15, 11, orientation, GRIDS[g]);
              }
}

static void
test_snap_outside (void)
{
  static const ImpRect BOXES[] = { { 100, 0, 5, 5 }, { 0, 100, 5, 5 }, { -5, 0, 5, 5 },
                                   { 0, -9, 5, 9 },  { 5, 5, 0, 5 },   { 5, 5, 5, -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (BOXES); i++)
    for (int orientation = 1; orientation <= 8; orientation++)
      {
        ImpRect snapped = imp_geometry_snap (&BOXES[i], 100, 100, orientation, (ImpGrid){ 16, 16 });

        g_assert_true (imp_rect_is_empty (&snapped));
      }
}

/* The measured case of row 14: 4:2:0 needs 16 pixels and one more. */
static void
test_snap_by_hand (void)
{
  ImpRect box = { 20, 35, 10, 3 };
  ImpRect expected = { 15, 31, 18, 18 }; /* blocks 16–31 and 32–47, and one pixel around */
  ImpRect snapped = imp_geometry_snap (&box, 200, 100, 1, (ImpGrid){ 16, 16 });

  g_assert_true (imp_rect_equal (&snapped, &expected));
}

/* Row 12: a drag in each direction, across each border, at each zoom and scale: every picture
 * pixel that the drag touched on screen is in the box, and none further than one away. */
static void
drag (double zoom, double scale, const double from[2], const double to[2])
{
  static const ImpRect FRAME = { 0, 0, 60, 40 };
  double factor = zoom * scale;
  ImpRect drawn =
      imp_rect_from_points (from[0] / factor, from[1] / factor, to[0] / factor, to[1] / factor);
  ImpRect box = imp_rect_intersect (&drawn, &FRAME);
  double left = MIN (from[0], to[0]);
  double right = MAX (from[0], to[0]);
  double top = MIN (from[1], to[1]);
  double bottom = MAX (from[1], to[1]);

  for (int y = 0; y < FRAME.height; y++)
    for (int x = 0; x < FRAME.width; x++)
      {
        /* On screen, this pixel is the square from x × factor to (x + 1) × factor. */
        gboolean touched = x * factor < right && (x + 1) * factor > left && y * factor < bottom
                           && (y + 1) * factor > top;
        gboolean far = (x - 1) * factor >= right || (x + 2) * factor <= left
                       || (y - 1) * factor >= bottom || (y + 2) * factor <= top;

        if (touched)
          g_assert_true (inside (&box, x, y));
        if (far)
          g_assert_false (inside (&box, x, y));
      }
}

static void
test_drags (void)
{
  static const double ZOOMS[] = { 0.25, 1, 3.7 };
  static const double SCALES[] = { 1, 2 };

  for (guint z = 0; z < G_N_ELEMENTS (ZOOMS); z++)
    for (guint s = 0; s < G_N_ELEMENTS (SCALES); s++)
      {
        double factor = ZOOMS[z] * SCALES[s];
        /* Inside, and over the left, right, top and bottom border, in screen pixels. */
        const double boxes[][4] = {
          { 10.3 * factor, 11.6 * factor, 20.8 * factor, 15.2 * factor },
          { -7.5, 11.6 * factor, 20.8 * factor, 15.2 * factor },
          { 50.4 * factor, 11.6 * factor, 60 * factor + 9.1, 15.2 * factor },
          { 10.3 * factor, -3.3, 20.8 * factor, 15.2 * factor },
          { 10.3 * factor, 30.9 * factor, 20.8 * factor, 40 * factor + 2.2 },
        };

        for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
          for (int direction = 0; direction < 4; direction++)
            {
              gboolean leftward = direction & 1;
              gboolean upward = direction & 2;
              double from[2] = { boxes[i][leftward ? 2 : 0], boxes[i][upward ? 3 : 1] };
              double to[2] = { boxes[i][leftward ? 0 : 2], boxes[i][upward ? 1 : 3] };

              drag (ZOOMS[z], SCALES[s], from, to);
            }
      }
}

static void
test_intersect (void)
{
  static const struct
  {
    ImpRect a, b, expected;
  } CASES[] = {
    { { 0, 0, 10, 10 }, { 5, 5, 10, 10 }, { 5, 5, 5, 5 } },
    { { 0, 0, 10, 10 }, { 10, 0, 5, 5 }, { 0, 0, 0, 0 } },
    { { 0, 0, 10, 10 }, { -5, -5, 100, 100 }, { 0, 0, 10, 10 } },
    { { 3, 3, 0, 10 }, { 0, 0, 10, 10 }, { 0, 0, 0, 0 } },
    { { 3, 3, -4, 10 }, { 0, 0, 10, 10 }, { 0, 0, 0, 0 } },
    { { G_MAXINT - 5, 0, G_MAXINT, 9 }, { 0, 0, G_MAXINT, 5 }, { G_MAXINT - 5, 0, 5, 5 } },
    { { G_MININT, G_MININT, 5, 5 }, { G_MAXINT, 0, 5, 5 }, { 0, 0, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      ImpRect one = imp_rect_intersect (&CASES[i].a, &CASES[i].b);
      ImpRect other = imp_rect_intersect (&CASES[i].b, &CASES[i].a);

      g_assert_true (imp_rect_equal (&one, &CASES[i].expected));
      g_assert_true (imp_rect_equal (&other, &CASES[i].expected));
    }
}

static void
test_parse (void)
{
  static const char *const WRONG[] = { "",
                                       "1,2,3",
                                       "1,2,3,4,5",
                                       "1,2,3,x",
                                       "1,2,0,4",
                                       "1,2,3,0",
                                       "1,2,-3,4",
                                       "1 2 3 4",
                                       "1.5,2,3,4",
                                       "1,2,3,4.0",
                                       "1,2,99999999999999999999,4",
                                       "1,,3,4",
                                       ",,,",
                                       "0x1,2,3,4" };
  ImpRect rect = { 0 };

  g_assert_true (imp_rect_parse ("1,2,3,4", &rect));
  g_assert_true (imp_rect_equal (&rect, &(ImpRect){ 1, 2, 3, 4 }));
  g_assert_true (imp_rect_parse (" -7, 0 ,640,480", &rect));
  g_assert_true (imp_rect_equal (&rect, &(ImpRect){ -7, 0, 640, 480 }));
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    g_assert_false (imp_rect_parse (WRONG[i], &rect));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leaks/row-10/orientations", test_orientations);
  g_test_add_func ("/leaks/row-12/drags", test_drags);
  g_test_add_func ("/leaks/row-14/snap", test_snap);
  g_test_add_func ("/leaks/row-14/snap-by-hand", test_snap_by_hand);
  g_test_add_func ("/geometry/snap-outside", test_snap_outside);
  g_test_add_func ("/geometry/intersect", test_intersect);
  g_test_add_func ("/geometry/parse", test_parse);
  return g_test_run ();
}
