/* A box dragged over a 4096² picture: textures built meanwhile, and the time of a frame.
 *
 * Run under tests/xrun: it prints, and judges nothing. */
#include <adwaita.h>
#include <stdlib.h>

#include "imp-canvas.h"
#include "ui-test.h"

#define SIDE 4096
#define STEPS 200

typedef struct
{
  GMainLoop *loop;
  ImpSource *source;
  gint64 began;
  GArray *times; /* of gint64, µs */
  gboolean painted;
} Bench;

static GBytes *
make_picture (void)
{
  gsize size = (gsize)SIDE * SIDE * 3;
  guint8 *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (gsize i = 0; i < size; i++)
    pixels[i] = (guint8)((i / 3 % SIDE) / 16 + (i / 3 / SIDE) / 16 + i % 3 * 9);
  bytes = g_bytes_new_take (pixels, size);
  texture = gdk_memory_texture_new (SIDE, SIDE, GDK_MEMORY_R8G8B8, bytes, SIDE * 3);
  return gdk_texture_save_to_png_bytes (texture);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Bench *bench = user_data;
  g_autoptr (GError) error = NULL;

  bench->source = imp_source_open_finish (result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (bench->loop);
}

static void
on_before_paint (Bench *bench)
{
  bench->began = g_get_monotonic_time ();
}

static void
on_after_paint (Bench *bench)
{
  gint64 time = g_get_monotonic_time () - bench->began;

  g_array_append_val (bench->times, time);
  bench->painted = TRUE;
}

static gboolean
on_late (gpointer user_data)
{
  ((Bench *)user_data)->painted = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_frame (gpointer user_data)
{
  Bench *bench = user_data;
  guint late = g_timeout_add (500, on_late, bench);

  bench->painted = FALSE;
  while (!bench->painted)
    g_main_context_iteration (NULL, TRUE);
  if (g_main_context_find_source_by_id (NULL, late) != NULL)
    g_source_remove (late);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static void
drag_at (Bench *bench, ImpCanvas *canvas, const char *name, double zoom)
{
  GdkFrameClock *clock = NULL;
  guint built = 0;

  if (zoom > 0)
    imp_canvas_set_zoom (canvas, zoom);
  else
    gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.zoom-fit", NULL);
  ui_test_settle ();
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (canvas));
  built = imp_canvas_get_n_tiles_built (canvas);
  g_array_set_size (bench->times, 0);
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (on_before_paint), bench);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_after_paint), bench);
  ui_test_drag_slowly (GTK_WIDGET (canvas), 150, 120, 650, 520, STEPS, wait_for_frame, bench);
  g_signal_handlers_disconnect_by_data (clock, bench);

  g_array_sort (bench->times, compare);
  g_print ("%-8s steps %d  frames %u  textures built %u  median %.1f ms  99th percentile %.1f ms  "
           "of a 16.7 ms frame %.2f\n",
           name, STEPS, bench->times->len, imp_canvas_get_n_tiles_built (canvas) - built,
           (double)g_array_index (bench->times, gint64, bench->times->len / 2) / 1000,
           (double)g_array_index (bench->times, gint64, bench->times->len * 99 / 100) / 1000,
           (double)g_array_index (bench->times, gint64, bench->times->len * 99 / 100) / 16667);
}

int
main (int argc, char **argv)
{
  Bench bench = { .times = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = NULL;
  GtkWidget *canvas = NULL;

  gtk_init ();
  adw_init ();
  bench.loop = g_main_loop_new (NULL, FALSE);
  bytes = make_picture ();
  imp_source_open_bytes_async (bytes, "benchmark", NULL, on_opened, &bench);
  g_main_loop_run (bench.loop);
  frame = imp_source_load_frame_sync (bench.source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  picture = imp_picture_new (bench.source, frame);

  window = gtk_window_new ();
  canvas = imp_canvas_new ();
  gtk_window_set_child (GTK_WINDOW (window), canvas);
  imp_canvas_set_picture (IMP_CANVAS (canvas), picture);
  ui_test_show (GTK_WINDOW (window), 760, 687);
  drag_at (&bench, IMP_CANVAS (canvas), "fit", 0);
  drag_at (&bench, IMP_CANVAS (canvas), "100 %", 1);
  drag_at (&bench, IMP_CANVAS (canvas), "400 %", 4);

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (bench.source);
  g_array_unref (bench.times);
  g_main_loop_unref (bench.loop);
  return EXIT_SUCCESS;
}
