/* The reveal view on the desk: by key and by button, named, labelled, and never what leaves
 * (leaks.md row 15). */
#include <adwaita.h>

#include "imp-workbench.h"
#include "ui-test.h"

#define SIZE 400
#define GROUND 30
#define FAINT 32 /* two grey levels more */

typedef struct
{
  GtkWindow *window;
  ImpWorkbench *workbench;
  ImpCanvas *canvas;
  ImpPicture *picture;
} Fixture;

/* Two bars, as a letter's strokes are: 8 pixels wide in the middle of each half. */
static gboolean
is_stroke (int x, int y)
{
  return y >= 150 && y < 250 && x % 200 >= 96 && x % 200 < 104;
}

/* A BMP file of 24 bits: rows from the bottom up, here all alike but for the strokes. */
static GBytes *
write_faint_picture (void)
{
  const guint32 header[] = {
    54 + SIZE * SIZE * 3, 0, 54, 40, SIZE, SIZE, 1 | 24 << 16, 0, 0, 0, 0, 0, 0
  };
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *)"BM", 2);
  for (guint i = 0; i < G_N_ELEMENTS (header); i++)
    {
      guint32 value = GUINT32_TO_LE (header[i]);

      g_byte_array_append (file, (const guint8 *)&value, sizeof value);
    }
  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      {
        guint8 level = is_stroke (x, y) ? FAINT : GROUND;
        guint8 pixel[3] = { level, level, level };

        g_byte_array_append (file, pixel, sizeof pixel);
      }
  return g_byte_array_free_to_bytes (file);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = write_faint_picture ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_open_bytes_sync (bytes, NULL, &error);
  g_autoptr (ImpFrame) frame = NULL;

  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  fixture->picture = imp_picture_new (source, frame);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->workbench = IMP_WORKBENCH (imp_workbench_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->workbench));
  imp_workbench_set_picture (fixture->workbench, fixture->picture);
  fixture->canvas = imp_workbench_get_canvas (fixture->workbench);
  ui_test_show (fixture->window, 1000, 700);
  imp_canvas_set_zoom (fixture->canvas, 1);
  ui_test_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer canvas = fixture->canvas;

  g_object_add_weak_pointer (G_OBJECT (fixture->canvas), &canvas);
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->picture);
  ui_test_settle ();
  g_assert_null (canvas);
}

static gboolean
is_revealed (gpointer canvas)
{
  gboolean revealed = FALSE;

  g_object_get (canvas, "revealed", &revealed, NULL);
  return revealed;
}

static gboolean
is_plain (gpointer canvas)
{
  return !is_revealed (canvas);
}

/* The level that the canvas shows for a pixel of the picture. */
static int
shown_level (Fixture *fixture, int x, int y)
{
  GtkWidget *widget = GTK_WIDGET (fixture->canvas);
  const ImpView *view = imp_canvas_get_view (fixture->canvas);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint8 *pixels = NULL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                   &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  pixels = g_malloc ((gsize)width * (gsize)height * 4);
  gdk_texture_download (texture, pixels, (gsize)width * 4);
  return pixels[(((int)view->y + y) * width + (int)view->x + x) * 4 + 1];
}

static GtkWidget *
find_named (GtkWidget *parent, const char *name)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (parent)), name) == 0)
    return parent;
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named (child, name);
  return found;
}

static void
test_key (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  GtkWidget *label = find_named (GTK_WIDGET (fixture->workbench), "reveal_label");

  g_assert_cmpint (shown_level (fixture, 50, 200), ==, GROUND);
  g_assert_cmpint (shown_level (fixture, 100, 200), ==, FAINT);
  g_assert_false (gtk_widget_get_visible (label));

  gtk_widget_grab_focus (canvas);
  ui_test_key (canvas, 0, GDK_KEY_r);
  ui_test_wait_until (is_revealed, canvas);
  ui_test_settle ();
  g_assert_cmpint (shown_level (fixture, 100, 200), >=, shown_level (fixture, 90, 200) + 60);
  g_assert_true (gtk_widget_get_visible (label));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "Revealed: not what leaves");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "0 redaction boxes, faint writing revealed");

  ui_test_key (canvas, 0, GDK_KEY_r);
  ui_test_wait_until (is_plain, canvas);
  ui_test_settle ();
  g_assert_cmpint (shown_level (fixture, 100, 200), ==, FAINT);
  g_assert_false (gtk_widget_get_visible (label));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "0 redaction boxes");
}

/* What is covered stays covered, and what leaves is the picture as it was. */
static void
test_nothing_leaves (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find_named (GTK_WIDGET (fixture->workbench), "reveal_button");
  const ImpRect box = { 80, 180, 60, 40 };
  ImpFrame *frame = imp_picture_get_frame (fixture->picture);
  g_autoptr (ImpRaster) raster = NULL;

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Reveal faint writing");
  imp_redaction_add (imp_picture_get_redaction (fixture->picture), &box);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  ui_test_wait_until (is_revealed, fixture->canvas);
  ui_test_settle ();
  g_assert_cmpint (shown_level (fixture, 100, 200), ==, 0);
  g_assert_cmpint (shown_level (fixture, 120, 190), ==, 0);
  g_assert_cmpint (shown_level (fixture, 100, 160), >=, shown_level (fixture, 90, 160) + 60);
  g_assert_true (imp_picture_get_frame (fixture->picture) == frame);
  raster = imp_frame_render (frame, NULL, NULL);
  g_assert_cmpint (imp_raster_get_pixels (raster)[(200 * SIZE + 100) * 3], ==, FAINT);
  g_assert_cmpint (imp_raster_get_pixels (raster)[(200 * SIZE + 90) * 3], ==, GROUND);
}

/* Another picture is shown as it is. */
static void
test_another_picture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpPicture) other = ui_test_open ("chest.dcm");
  gboolean reveal = TRUE;

  imp_canvas_set_reveal (fixture->canvas, TRUE);
  imp_workbench_set_picture (fixture->workbench, other);
  ui_test_settle ();
  g_object_get (fixture->canvas, "reveal", &reveal, NULL);
  g_assert_false (reveal);
  g_assert_false (is_revealed (fixture->canvas));
}

/* A picture of which nothing but the reveal view was on screen has not been looked at. */
static void
test_not_looked_at (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpPicture) other = ui_test_open ("chest.dcm");
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);

  gtk_widget_set_visible (GTK_WIDGET (fixture->window), FALSE);
  imp_workbench_set_picture (fixture->workbench, other);
  imp_canvas_set_reveal (fixture->canvas, TRUE);
  ui_test_wait_until (is_revealed, canvas);
  g_assert_false (imp_picture_get_looked_at (other));
  ui_test_show (fixture->window, 1000, 700);
  ui_test_settle ();
  g_assert_false (imp_picture_get_looked_at (other));
  imp_canvas_set_reveal (fixture->canvas, FALSE);
  ui_test_settle ();
  g_assert_true (imp_picture_get_looked_at (other));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/leaks/row-15/reveal/key", test_key);
  ADD ("/leaks/row-15/reveal/nothing-leaves", test_nothing_leaves);
  ADD ("/reveal/another-picture", test_another_picture);
  ADD ("/reveal/not-looked-at", test_not_looked_at);
#undef ADD
  return g_test_run ();
}
