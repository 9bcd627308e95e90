/* The window of a 4096² picture of 16 bits, changed at every motion of a drag: textures built for
 * each, and the time of a frame beside that of a look-up over all of its pixels.
 *
 * Usage, under tests/xrun: bench-wl-drag FILE. It prints, and fails only where more was computed
 * than is on the screen. */
#include <adwaita.h>
#include <math.h>
#include <stdlib.h>

#include "imp-canvas.h"
#include "imp-levels.h"
#include "imp-tiles.h"
#include "ui-test.h"

#define STEPS 120

typedef struct
{
  gint64 began;
  gint64 took; /* µs, 0 until the frame is painted */
} Painting;

static void
on_before_paint (Painting *painting)
{
  painting->began = g_get_monotonic_time ();
}

static void
on_after_paint (Painting *painting)
{
  painting->took = MAX (g_get_monotonic_time () - painting->began, 1);
}

static gboolean
is_painted (gpointer data)
{
  return ((Painting *)data)->took != 0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static double
percentile (GArray *times, guint percent)
{
  g_array_sort (times, compare);
  return (double)g_array_index (times, gint64, (times->len - 1) * percent / 100) / 1000;
}

/* The whole picture through a look-up table, as if nothing were known of what is on the screen. */
static double
measure_peer (ImpFrame *frame)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < 9; i++)
    {
      const ImpWindow window = { 30000 + 500.0 * i, 20000, IMP_VOI_LINEAR, 0 };
      gint64 began = g_get_monotonic_time ();
      g_autoptr (ImpRaster) raster = imp_frame_render (frame, &window, NULL);
      gint64 took = g_get_monotonic_time () - began;

      g_assert_nonnull (raster);
      g_array_append_val (times, took);
    }
  return percentile (times, 50);
}

/* Tiles of which something is on the canvas, worked out anew. */
static guint
count_visible (ImpCanvas *canvas, int side)
{
  const ImpView *view = imp_canvas_get_view (canvas);
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (canvas));
  double zoom = view->zoom * scale;
  double span = IMP_TILES_SIZE;
  guint across = 0;
  guint down = 0;

  for (int halved = 0; halved < 3 && zoom <= 0.5; halved++, zoom *= 2)
    span *= 2;
  for (double at = 0; at < side; at += span)
    {
      double x = view->x + at * view->zoom;
      double y = view->y + at * view->zoom;
      double end = MIN (span, side - at) * view->zoom;

      across += x <= gtk_widget_get_width (GTK_WIDGET (canvas)) && x + end > 0;
      down += y <= gtk_widget_get_height (GTK_WIDGET (canvas)) && y + end > 0;
    }
  return across * down;
}

static void
drag_at (ImpCanvas *canvas, ImpPicture *picture, const char *name, double zoom, double peer)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (canvas));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  Painting painting = { 0 };
  ImpWindow from = { 0 };
  guint visible = 0;
  guint most = 0;

  if (zoom > 0)
    imp_canvas_set_zoom (canvas, zoom);
  else
    gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.zoom-fit", NULL);
  ui_test_settle ();
  visible = count_visible (canvas, imp_frame_get_width (imp_picture_get_frame (picture)));
  imp_levels_get_current (picture, &from);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (on_before_paint), &painting);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_after_paint), &painting);
  for (guint i = 1; i <= STEPS; i++)
    {
      guint built = imp_canvas_get_n_tiles_built (canvas);
      ImpWindow window;

      imp_levels_drag (&from, 40 * sin (i / 9.0), 2.0 * i, &window);
      painting.took = 0;
      imp_picture_set_window (picture, &window);
      ui_test_wait_until (is_painted, &painting);
      g_array_append_val (times, painting.took);
      built = imp_canvas_get_n_tiles_built (canvas) - built;
      most = MAX (most, built);
    }
  g_signal_handlers_disconnect_by_data (clock, &painting);
  g_print ("%-6s tiles on screen %u  most built for one motion %u  frame p50 %.1f ms  p99 %.1f ms  "
           "of a look-up over the whole picture (%.1f ms) %.2f and %.2f\n",
           name, visible, most, percentile (times, 50), percentile (times, 99), peer,
           percentile (times, 50) / peer, percentile (times, 99) / peer);
  g_assert_cmpuint (most, ==, visible);
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpSource) source = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = NULL;
  GtkWidget *canvas = NULL;
  double peer = 0;

  if (argc != 2)
    return EXIT_FAILURE;
  gtk_init ();
  adw_init ();
  file = g_file_new_for_path (argv[1]);
  source = imp_source_open_sync (file, NULL, &error);
  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  picture = imp_picture_new (source, frame);
  peer = measure_peer (frame);

  window = gtk_window_new ();
  canvas = imp_canvas_new ();
  gtk_window_set_child (GTK_WINDOW (window), canvas);
  imp_canvas_set_picture (IMP_CANVAS (canvas), picture);
  ui_test_show (GTK_WINDOW (window), 760, 687);
  drag_at (IMP_CANVAS (canvas), picture, "fit", 0, peer);
  drag_at (IMP_CANVAS (canvas), picture, "100 %", 1, peer);
  drag_at (IMP_CANVAS (canvas), picture, "400 %", 4, peer);
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
