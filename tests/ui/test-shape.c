/* Pixels that are not square, and overlays: what the canvas draws, without a display. */
#include <gsk/gsk.h>
#include <string.h>

#include "imp-canvas-paint.h"
#include "imp-redaction.h"

#define WIDTH 1500
#define HEIGHT 1100

static const double ZOOMS[7] = { 0.125, 0.25, 0.5, 1.0, 1.75, 3.7, 8.0 };

/* How far apart columns and rows lie at zoom 1, by hand. */
static const struct
{
  ImpPixelShape shape;
  double x;
  double y;
} SHAPES[] = { { { 1, 1 }, 1, 1 }, { { 1, 2 }, 1, 2 }, { { 2, 1 }, 2, 1 }, { { 2, 3 }, 1, 1.5 } };

static ImpFrame *
make_grey_frame (void)
{
  static const double VALUES[2] = { 0, 1 };
  static const guint8 NONE[2] = { 0, 0 };
  g_autoptr (GBytes) indices = g_bytes_new_take (g_malloc0 (WIDTH * HEIGHT * sizeof (guint16)),
                                                 WIDTH * HEIGHT * sizeof (guint16));
  g_autoptr (GBytes) values = g_bytes_new_static (VALUES, sizeof VALUES);
  g_autoptr (GBytes) tables = g_bytes_new_static (NONE, sizeof NONE);
  g_autoptr (GError) error = NULL;
  const ImpGreyPixels pixels = { .width = WIDTH,
                                 .height = HEIGHT,
                                 .indices = indices,
                                 .values = values,
                                 .tables = tables,
                                 .padding = tables };
  ImpFrame *frame = imp_frame_new_grey (&pixels, &error);

  g_assert_no_error (error);
  return frame;
}

static ImpFrame *
make_colour_frame (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (WIDTH * HEIGHT * 3), WIDTH * HEIGHT * 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = imp_raster_new (WIDTH, HEIGHT, 3, bytes, &error);

  g_assert_no_error (error);
  return imp_frame_new_finished (raster);
}

static cairo_surface_t *
draw (const ImpCanvasScene *scene)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, scene->width, scene->height);
  cairo_t *cr = cairo_create (surface);

  imp_canvas_paint (scene, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint
grey_at (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (gsize)y * (gsize)cairo_image_surface_get_stride (surface);

  return row[4 * x];
}

/* The same pixels at every zoom, shape and direction of the drag. */
static void
test_drags (void)
{
  for (guint shape = 0; shape < G_N_ELEMENTS (SHAPES); shape++)
    for (guint zoom = 0; zoom < G_N_ELEMENTS (ZOOMS); zoom++)
      for (guint way = 0; way < 4; way++)
        {
          g_autoptr (ImpRedaction) redaction = imp_redaction_new (WIDTH, HEIGHT);
          const ImpView view = { ZOOMS[zoom], 21.7, -13.2, SHAPES[shape].shape };
          const double x[2] = { 101.3, 340.6 };
          const double y[2] = { 57.9, 88.1 };
          double px[2] = { 0, 0 };
          double py[2] = { 0, 0 };
          ImpRect box;
          guint id = 0;

          for (guint end = 0; end < 2; end++)
            imp_view_to_picture (&view, view.x + x[end ^ (way & 1)] * ZOOMS[zoom] * SHAPES[shape].x,
                                 view.y + y[end ^ (way >> 1)] * ZOOMS[zoom] * SHAPES[shape].y,
                                 &px[end], &py[end]);
          box = imp_rect_from_points (px[0], py[0], px[1], py[1]);
          id = imp_redaction_add (redaction, &box);
          g_assert_true (imp_redaction_get (redaction, id, &box));
          g_assert_cmpint (box.x, ==, 101);
          g_assert_cmpint (box.y, ==, 57);
          g_assert_cmpint (box.width, ==, 240);
          g_assert_cmpint (box.height, ==, 32);
        }
}

/* A covered box is black where its pixels are, and nowhere else. */
static void
test_cover (void)
{
  g_autoptr (ImpFrame) black = make_colour_frame ();
  const ImpRect box = { 60, 50, 100, 30 };
  g_autoptr (GBytes) all =
      g_bytes_new_take (memset (g_malloc (WIDTH * HEIGHT), 1, WIDTH * HEIGHT), WIDTH * HEIGHT);
  g_autoptr (ImpFrame) white = imp_frame_new_with_overlays (black, 1, all, NULL);
  g_autoptr (ImpTiles) tiles = imp_tiles_new (white, NULL);

  for (guint shape = 0; shape < G_N_ELEMENTS (SHAPES); shape++)
    for (guint zoom = 0; zoom < 4; zoom++)
      {
        const ImpCanvasScene scene = { .tiles = tiles,
                                       .view = { ZOOMS[zoom], 0, 0, SHAPES[shape].shape },
                                       .width = 400,
                                       .height = 300,
                                       .scale = 1,
                                       .filled = &box,
                                       .n_filled = 1 };
        cairo_surface_t *surface = draw (&scene);
        double left = 60 * ZOOMS[zoom] * SHAPES[shape].x;
        double right = 160 * ZOOMS[zoom] * SHAPES[shape].x;
        double top = 50 * ZOOMS[zoom] * SHAPES[shape].y;
        double bottom = 80 * ZOOMS[zoom] * SHAPES[shape].y;

        for (int y = 0; y < MIN (300, (int)(HEIGHT * ZOOMS[zoom] * SHAPES[shape].y)); y++)
          for (int x = 0; x < MIN (400, (int)(WIDTH * ZOOMS[zoom] * SHAPES[shape].x)); x++)
            {
              gboolean touched = x + 1 > left && x < right && y + 1 > top && y < bottom;

              g_assert_cmpuint (grey_at (surface, x, y), ==, touched ? 0 : 255);
            }
        cairo_surface_destroy (surface);
      }
}

static void
test_fit (void)
{
  ImpView view = { .zoom = 1, .shape = { 1, 2 } };
  double x = 0;
  double y = 0;

  /* 400 × 300 with 16 around it: 368 × 268; 800 × (400 × 2) fits 0.335 times. */
  imp_view_fit (&view, 800, 400, 400, 300);
  g_assert_cmpfloat_with_epsilon (view.zoom, 0.335, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.x, 66, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.y, 16, 1e-9);
  imp_view_to_picture (&view, 200, 150, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 400, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 200, 1e-9);
  /* What lies under the pointer stays there. */
  imp_view_zoom_at (&view, 2, 133, 83);
  imp_view_to_picture (&view, 133, 83, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 200, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 100, 1e-9);

  view.shape = (ImpPixelShape){ 2, 1 };
  imp_view_fit (&view, 800, 400, 400, 300);
  g_assert_cmpfloat_with_epsilon (view.zoom, 0.23, 1e-9);
  imp_view_clamp (&view, 800, 400, 400, 300);
  g_assert_cmpfloat_with_epsilon (view.x, 16, 1e-9);
  g_assert_cmpfloat_with_epsilon (view.y, 104, 1e-9);
}

/* One column and one row of an overlay, a pixel wide, can be seen from however far away. */
static void
check_strokes (ImpFrame *plain)
{
  guint8 *mask = g_malloc0 (WIDTH * HEIGHT);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpTiles) tiles = NULL;

  for (int y = 0; y < HEIGHT; y++)
    mask[y * WIDTH + 777] = 1;
  memset (mask + 555 * WIDTH, 1, WIDTH);
  bytes = g_bytes_new_take (mask, WIDTH * HEIGHT);
  frame = imp_frame_new_with_overlays (plain, 1, bytes, &error);
  g_assert_no_error (error);
  tiles = imp_tiles_new (frame, NULL);
  for (guint zoom = 0; zoom < 4; zoom++)
    {
      const ImpCanvasScene scene = { .tiles = tiles,
                                     .view = { .zoom = ZOOMS[zoom] },
                                     .width = WIDTH,
                                     .height = HEIGHT,
                                     .scale = 1 };
      cairo_surface_t *surface = draw (&scene);
      int x = (int)(777 * ZOOMS[zoom]);
      int y = (int)(555 * ZOOMS[zoom]);

      for (int i = 1; i < (int)(HEIGHT * ZOOMS[zoom]) - 1; i++)
        g_assert_cmpuint (grey_at (surface, x, i), ==, 255);
      for (int i = 1; i < (int)(WIDTH * ZOOMS[zoom]) - 1; i++)
        g_assert_cmpuint (grey_at (surface, i, y), ==, 255);
      g_assert_cmpuint (grey_at (surface, x - 3, y - 3), ==, 0);
      g_assert_cmpuint (grey_at (surface, x + 3, y + 3), ==, 0);
      cairo_surface_destroy (surface);
    }
}

static void
test_strokes (void)
{
  g_autoptr (ImpFrame) grey = make_grey_frame ();
  g_autoptr (ImpFrame) colour = make_colour_frame ();

  check_strokes (grey);
  check_strokes (colour);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_type_ensure (GSK_TYPE_COLOR_NODE);

  g_test_add_func ("/dicom/row-20/same-box-at-seven-zooms-of-any-shape", test_drags);
  g_test_add_func ("/leaks/row-12/boxes-cover-pixels-of-any-shape", test_cover);
  g_test_add_func ("/dicom/row-20/fit-and-zoom", test_fit);
  g_test_add_func ("/dicom/row-08/strokes-of-one-pixel-are-seen-at-every-zoom", test_strokes);
  return g_test_run ();
}
