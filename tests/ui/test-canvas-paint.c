/* What the canvas draws, pixel by pixel, without a display (leaks.md row 12). */
#include <gsk/gsk.h>

#include "imp-canvas-paint.h"
#include "imp-redaction.h"

#define WIDTH 240
#define HEIGHT 180
#define DARKEST 64

static const double ZOOMS[] = { 0.25, 1.0, 3.7 };
static const int SCALES[] = { 1, 2 };

/* A picture without a black pixel, no two neighbours alike, so that black means covered. */
static ImpFrame *
make_frame (int width, int height)
{
  gsize size = (gsize)width * (gsize)height * 3;
  guint8 *pixels = g_malloc (size);
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    pixels[i] = (guint8)g_rand_int_range (rand, DARKEST, 256);
  bytes = g_bytes_new_take (pixels, size);
  raster = imp_raster_new (width, height, 3, bytes, &error);
  g_assert_no_error (error);
  return imp_frame_new_finished (raster);
}

static cairo_surface_t *
draw (const ImpCanvasScene *scene)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, scene->width * scene->scale, scene->height * scene->scale);
  cairo_t *cr = cairo_create (surface);

  imp_canvas_paint (scene, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  cairo_scale (cr, scene->scale, scene->scale);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel_at (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (gsize)y * (gsize)cairo_image_surface_get_stride (surface);

  return ((const guint32 *)row)[x];
}

/* How far device pixel number i lies from the stretch [from, to) of the picture, in device
 * pixels; 0 where they share anything. Worked out from the pixel towards the picture, the other
 * way round than the program does. */
static double
gap (int i, int scale, double zoom, double offset, int from, int to)
{
  double first = ((double)i / scale - offset) / zoom;
  double last = ((double)(i + 1) / scale - offset) / zoom;

  if (last <= from)
    return (from - last) * zoom * scale + 1e-6;
  if (first >= to)
    return (first - to) * zoom * scale + 1e-6;
  return 0;
}

static void
check_boxes (const ImpCanvasScene *scene, cairo_surface_t *surface)
{
  ImpRect frame = { 0, 0, WIDTH, HEIGHT };
  guint n_black = 0;

  for (int y = 0; y < scene->height * scene->scale; y++)
    for (int x = 0; x < scene->width * scene->scale; x++)
      {
        double nearest = G_MAXDOUBLE;
        guint32 pixel = pixel_at (surface, x, y);
        double from_frame =
            MAX (gap (x, scene->scale, scene->view.zoom, scene->view.x, 0, frame.width),
                 gap (y, scene->scale, scene->view.zoom, scene->view.y, 0, frame.height));

        for (gsize i = 0; i < scene->n_filled; i++)
          {
            const ImpRect *box = &scene->filled[i];
            double away = MAX (
                gap (x, scene->scale, scene->view.zoom, scene->view.x, box->x, box->x + box->width),
                gap (y, scene->scale, scene->view.zoom, scene->view.y, box->y,
                     box->y + box->height));

            nearest = MIN (nearest, away);
          }
        /* Nothing of the picture shows where a box touches the pixel at all … */
        if (nearest == 0 && (pixel >> 24) != 0)
          {
            g_assert_cmphex (pixel, ==, 0xff000000);
            n_black++;
          }
        /* … and the picture shows from the next device pixel on. */
        if (nearest > 0 && from_frame == 0 && (pixel >> 24) == 0xff)
          g_assert_cmpuint (pixel & 0xff, >=, DARKEST);
        if (from_frame > 1)
          g_assert_cmphex (pixel, ==, 0);
      }
  g_assert_cmpuint (n_black, >, 0);
}

static void
test_boxes_cover (void)
{
  static const ImpRect BOXES[] = {
    { 0, 40, 31, 17 },   /* at the left border */
    { 209, 77, 31, 23 }, /* at the right border */
    { 101, 0, 29, 13 },  /* at the top */
    { 33, 163, 55, 17 }, /* at the bottom */
    { 119, 91, 1, 1 },   /* one pixel */
  };
  static const ImpView OFFSETS[] = { { 1, 0, 0 }, { 1, 17.3, 9.8 }, { 1, -20.5, -31.25 } };
  g_autoptr (ImpFrame) frame = make_frame (WIDTH, HEIGHT);
  g_autoptr (ImpTiles) tiles = imp_tiles_new (frame, NULL);

  for (guint zoom = 0; zoom < G_N_ELEMENTS (ZOOMS); zoom++)
    for (guint scale = 0; scale < G_N_ELEMENTS (SCALES); scale++)
      for (guint offset = 0; offset < G_N_ELEMENTS (OFFSETS); offset++)
        {
          ImpCanvasScene scene = { .tiles = tiles,
                                   .view = OFFSETS[offset],
                                   .width = 300,
                                   .height = 230,
                                   .scale = SCALES[scale],
                                   .filled = BOXES,
                                   .n_filled = G_N_ELEMENTS (BOXES) };
          cairo_surface_t *surface = NULL;

          scene.view.zoom = ZOOMS[zoom];
          surface = draw (&scene);
          check_boxes (&scene, surface);
          cairo_surface_destroy (surface);
        }
}

/* At one to one every pixel of the picture is a pixel of the screen, over the tiles' seams too. */
static void
test_one_to_one (void)
{
  int width = IMP_TILES_SIZE + 60;
  int height = IMP_TILES_SIZE + 20;
  g_autoptr (ImpFrame) frame = make_frame (width, height);
  g_autoptr (ImpTiles) tiles = imp_tiles_new (frame, NULL);
  const guint8 *pixels = imp_raster_get_pixels (imp_frame_get_finished (frame));
  ImpCanvasScene scene = {
    .tiles = tiles, .view = { 1, 10, 5 }, .width = width + 20, .height = height + 10, .scale = 1
  };
  cairo_surface_t *surface = draw (&scene);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *rgb = pixels + ((gsize)y * (gsize)width + (gsize)x) * 3;

        g_assert_cmphex (pixel_at (surface, x + 10, y + 5), ==,
                         0xff000000u | ((guint32)rgb[0] << 16) | ((guint32)rgb[1] << 8) | rgb[2]);
      }
  g_assert_cmpuint (imp_tiles_get_n_built (tiles), ==, 4);
  cairo_surface_destroy (surface);
}

/* No line of background shows between tiles at any zoom. */
static void
test_no_seams (void)
{
  static const double ODD_ZOOMS[] = { 0.11, 0.25, 0.333, 0.6, 0.97, 1.31, 3.7 };
  g_autoptr (ImpFrame) frame = make_frame (1300, 1100);
  g_autoptr (ImpTiles) tiles = imp_tiles_new (frame, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ODD_ZOOMS); i++)
    {
      ImpCanvasScene scene = { .tiles = tiles,
                               .view = { ODD_ZOOMS[i], 3.4 - 400 * ODD_ZOOMS[i], -0.7 },
                               .width = 400,
                               .height = 300,
                               .scale = 1 };
      cairo_surface_t *surface = draw (&scene);
      int right = (int)(scene.view.x + 1300 * ODD_ZOOMS[i]) - 1;
      int bottom = (int)(scene.view.y + 1100 * ODD_ZOOMS[i]) - 1;

      for (int y = 1; y < MIN (300, bottom); y++)
        for (int x = 1; x < MIN (400, right); x++)
          if (x > scene.view.x + 1)
            {
              g_assert_cmphex (pixel_at (surface, x, y) >> 24, ==, 0xff);
              g_assert_cmpuint (pixel_at (surface, x, y) & 0xff, >=, DARKEST);
            }
      cairo_surface_destroy (surface);
    }
}

/* A drag in any direction, at any border, gives the same box: every pixel it touched. */
static void
test_drag_directions (void)
{
  static const struct
  {
    double x0, y0, x1, y1; /* on the canvas, relative to the picture's corner, zoom 1 */
    ImpRect touched;
  } DRAGS[] = {
    { -30, 50.2, 40.5, 70.9, { 0, 50, 41, 21 } },     /* over the left border */
    { 200.5, 20, 290, 40.1, { 200, 20, 40, 21 } },    /* over the right border */
    { 60.9, -12, 99.2, 11.01, { 60, 0, 40, 12 } },    /* over the top */
    { 60.9, 150.99, 99.2, 400, { 60, 150, 40, 30 } }, /* over the bottom */
    { 10.1, 10.1, 10.2, 10.2, { 10, 10, 1, 1 } },     /* within one pixel */
  };

  for (guint drag = 0; drag < G_N_ELEMENTS (DRAGS); drag++)
    for (guint zoom = 0; zoom < G_N_ELEMENTS (ZOOMS); zoom++)
      for (guint way = 0; way < 4; way++)
        {
          g_autoptr (ImpRedaction) redaction = imp_redaction_new (WIDTH, HEIGHT);
          ImpView view = { ZOOMS[zoom], 21.7, -13.2 };
          double x[2] = { DRAGS[drag].x0, DRAGS[drag].x1 };
          double y[2] = { DRAGS[drag].y0, DRAGS[drag].y1 };
          double px[2];
          double py[2];
          ImpRect box;
          guint id = 0;

          for (guint end = 0; end < 2; end++)
            imp_view_to_picture (&view, x[end ^ (way & 1)] * view.zoom + view.x,
                                 y[end ^ (way >> 1)] * view.zoom + view.y, &px[end], &py[end]);
          box = imp_rect_from_points (px[0], py[0], px[1], py[1]);
          id = imp_redaction_add (redaction, &box);
          g_assert_cmpuint (id, !=, 0);
          g_assert_true (imp_redaction_get (redaction, id, &box));
          g_assert_cmpint (box.x, ==, DRAGS[drag].touched.x);
          g_assert_cmpint (box.y, ==, DRAGS[drag].touched.y);
          g_assert_cmpint (box.width, ==, DRAGS[drag].touched.width);
          g_assert_cmpint (box.height, ==, DRAGS[drag].touched.height);
        }
}

/* What is cut away is hatched: dimmed, and never shown as if it stayed. */
static void
test_crop_is_hatched (void)
{
  g_autoptr (ImpFrame) frame = make_frame (WIDTH, HEIGHT);
  g_autoptr (ImpTiles) tiles = imp_tiles_new (frame, NULL);
  const guint8 *pixels = imp_raster_get_pixels (imp_frame_get_finished (frame));
  ImpRect crop = { 60, 50, 100, 70 };
  ImpCanvasScene scene = {
    .tiles = tiles, .view = { 1, 0, 0 }, .width = WIDTH, .height = HEIGHT, .scale = 1, .crop = &crop
  };
  cairo_surface_t *surface = draw (&scene);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint blue = pixels[((gsize)y * WIDTH + (gsize)x) * 3 + 2];
        gboolean kept = x >= 60 && x < 160 && y >= 50 && y < 120;
        guint shown = pixel_at (surface, x, y) & 0xff;

        if (kept)
          g_assert_cmpuint (shown, ==, blue);
        else
          g_assert_cmpuint (shown, <=, 160);
      }
  cairo_surface_destroy (surface);
}

static void
test_zoom_at_pointer (void)
{
  ImpView view = { 0.5, 30, 40 };
  double before_x = 0;
  double before_y = 0;
  double after_x = 0;
  double after_y = 0;

  imp_view_to_picture (&view, 120, 90, &before_x, &before_y);
  imp_view_zoom_at (&view, 2.0, 120, 90);
  imp_view_to_picture (&view, 120, 90, &after_x, &after_y);
  g_assert_cmpfloat_with_epsilon (before_x, 180, 1e-9);
  g_assert_cmpfloat_with_epsilon (before_y, 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (after_x, 180, 1e-9);
  g_assert_cmpfloat_with_epsilon (after_y, 100, 1e-9);
  imp_view_zoom_at (&view, 1e9, 0, 0);
  g_assert_cmpfloat (view.zoom, ==, IMP_VIEW_MAX_ZOOM);
}

static void
test_fit (void)
{
  ImpView view = { .zoom = 1 };

  /* 400 × 300 with 16 around it: 368 × 268; 800 × 400 fits 0.46 times, 184 high. */
  imp_view_fit (&view, 800, 400, 400, 300);
  g_assert_cmpfloat_with_epsilon (view.zoom, 0.46, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.x, 16, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.y, 58, 1e-9);
}

static void
test_levels_of_detail (void)
{
  g_assert_cmpint (imp_tiles_choose_level (3.7), ==, 0);
  g_assert_cmpint (imp_tiles_choose_level (0.51), ==, 0);
  g_assert_cmpint (imp_tiles_choose_level (0.5), ==, 1);
  g_assert_cmpint (imp_tiles_choose_level (0.25), ==, 2);
  g_assert_cmpint (imp_tiles_choose_level (0.125), ==, 3);
  g_assert_cmpint (imp_tiles_choose_level (0.01), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Nodes are drawn without a display: their types must be there first. */
  g_type_ensure (GSK_TYPE_COLOR_NODE);

  g_test_add_func ("/leaks/row-12/boxes-cover-every-pixel-they-touch", test_boxes_cover);
  g_test_add_func ("/leaks/row-12/a-drag-covers-what-it-touched", test_drag_directions);
  g_test_add_func ("/canvas/paint/one-to-one", test_one_to_one);
  g_test_add_func ("/canvas/paint/no-seams", test_no_seams);
  g_test_add_func ("/canvas/paint/crop-is-hatched", test_crop_is_hatched);
  g_test_add_func ("/canvas/view/zoom-at-the-pointer", test_zoom_at_pointer);
  g_test_add_func ("/canvas/view/fit", test_fit);
  g_test_add_func ("/canvas/tiles/levels-of-detail", test_levels_of_detail);
  return g_test_run ();
}
