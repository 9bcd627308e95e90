/* The canvas on a display: keys, pointer, names, undo, and what is left when it goes. */
#include <adwaita.h>

#include "imp-box-widget.h"
#include "imp-canvas.h"
#include "ui-test.h"

typedef struct
{
  GtkWindow *window;
  ImpCanvas *canvas;
  ImpPicture *picture;
  ImpRedaction *redaction; /* not owned */
  ImpRect frame;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer name)
{
  ImpFrame *frame = NULL;

  fixture->picture = ui_test_open (name != NULL ? name : "chest.dcm");
  fixture->redaction = imp_picture_get_redaction (fixture->picture);
  frame = imp_picture_get_frame (fixture->picture);
  fixture->frame = (ImpRect){ 0, 0, imp_frame_get_width (frame), imp_frame_get_height (frame) };
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->canvas = IMP_CANVAS (imp_canvas_new ());
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->canvas));
  imp_canvas_set_picture (fixture->canvas, fixture->picture);
  g_assert_false (imp_picture_get_looked_at (fixture->picture));
  ui_test_show (fixture->window, 700, 600);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer canvas = fixture->canvas;
  gpointer picture = fixture->picture;

  g_object_add_weak_pointer (G_OBJECT (fixture->canvas), &canvas);
  g_object_add_weak_pointer (G_OBJECT (fixture->picture), &picture);
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->picture);
  ui_test_settle ();
  g_assert_null (canvas);
  g_assert_null (picture);
}

static ImpRect
nth_box (Fixture *fixture, guint position)
{
  ImpRect box = { 0, 0, 0, 0 };
  guint id = 0;

  g_assert_true (imp_redaction_get_nth (fixture->redaction, position, &id, &box));
  return box;
}

static void
assert_rect (ImpRect rect, int x, int y, int width, int height)
{
  g_assert_cmpint (rect.x, ==, x);
  g_assert_cmpint (rect.y, ==, y);
  g_assert_cmpint (rect.width, ==, width);
  g_assert_cmpint (rect.height, ==, height);
}

static void
to_canvas (Fixture *fixture, double x, double y, double *canvas_x, double *canvas_y)
{
  const ImpView *view = imp_canvas_get_view (fixture->canvas);

  *canvas_x = view->x + x * view->zoom;
  *canvas_y = view->y + y * view->zoom;
}

static void
test_looked_at (Fixture *fixture, gconstpointer data)
{
  g_assert_true (imp_picture_get_looked_at (fixture->picture));
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  GtkAccessible *canvas = GTK_ACCESSIBLE (fixture->canvas);
  GtkWidget *box = NULL;
  ImpRect rect = { 10, 20, 120, 40 };

  gtk_test_accessible_assert_role (canvas, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "0 redaction boxes");
  imp_redaction_add (fixture->redaction, &rect);
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1 redaction box");
  imp_redaction_add (fixture->redaction, &rect);
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "2 redaction boxes");
  box = gtk_widget_get_last_child (GTK_WIDGET (fixture->canvas));
  g_assert_true (IMP_IS_BOX_WIDGET (box));
  g_assert_true (gtk_widget_get_focusable (box));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Box 2, 120 × 40 pixels at 10, 20");
}

static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  ImpRect drawn;

  gtk_widget_grab_focus (canvas);
  ui_test_key (canvas, 0, GDK_KEY_b);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 1);
  drawn = nth_box (fixture, 0);
  g_assert_true (IMP_IS_BOX_WIDGET (gtk_window_get_focus (fixture->window)));

  ui_test_key (canvas, 0, GDK_KEY_Right);
  ui_test_key (canvas, 0, GDK_KEY_Right);
  ui_test_key (canvas, 0, GDK_KEY_Up);
  assert_rect (nth_box (fixture, 0), drawn.x + 2, drawn.y - 1, drawn.width, drawn.height);
  ui_test_key (canvas, GDK_SHIFT_MASK, GDK_KEY_Down);
  ui_test_key (canvas, GDK_SHIFT_MASK, GDK_KEY_Left);
  assert_rect (nth_box (fixture, 0), drawn.x + 2, drawn.y - 1, drawn.width - 1, drawn.height + 1);

  /* The run of nudges was one step, the drawing another. */
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_z);
  assert_rect (nth_box (fixture, 0), drawn.x, drawn.y, drawn.width, drawn.height);
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 0);
  ui_test_key (canvas, GDK_CONTROL_MASK | GDK_SHIFT_MASK, GDK_KEY_z);
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_y);
  assert_rect (nth_box (fixture, 0), drawn.x + 2, drawn.y - 1, drawn.width - 1, drawn.height + 1);

  gtk_widget_grab_focus (gtk_widget_get_last_child (canvas));
  ui_test_key (canvas, 0, GDK_KEY_Escape);
  g_assert_cmpuint (imp_canvas_get_selected (fixture->canvas), ==, 0);
  ui_test_key (canvas, 0, GDK_KEY_Tab);
  g_assert_cmpuint (imp_canvas_get_selected (fixture->canvas), !=, 0);
  ui_test_key (canvas, 0, GDK_KEY_Delete);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 0);
  g_assert_true (gtk_widget_has_focus (canvas));
}

/* A push against the border moves or grows a box no further, and never makes it smaller. */
static void
test_border (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  ImpRect corner = { fixture->frame.width - 30, 0, 30, 20 };
  guint id = imp_redaction_add (fixture->redaction, &corner);

  imp_canvas_select (fixture->canvas, id, TRUE);
  ui_test_key (canvas, 0, GDK_KEY_Right);
  ui_test_key (canvas, 0, GDK_KEY_Up);
  ui_test_key (canvas, GDK_SHIFT_MASK, GDK_KEY_Right);
  assert_rect (nth_box (fixture, 0), corner.x, 0, 30, 20);
}

static void
test_drags (Fixture *fixture, gconstpointer data)
{
  static const gboolean BACKWARD[4][2] = {
    { FALSE, FALSE }, { TRUE, FALSE }, { FALSE, TRUE }, { TRUE, TRUE }
  };
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);

  imp_canvas_set_zoom (fixture->canvas, 1);
  ui_test_settle ();
  for (guint i = 0; i < 4; i++)
    {
      const ImpView *view = imp_canvas_get_view (fixture->canvas);
      double x[2] = { 100 + 120.0 * i, 180 + 120.0 * i };
      double y[2] = { 120, 180 };
      ImpRect touched =
          imp_rect_from_points (x[0] - view->x, y[0] - view->y, x[1] - view->x, y[1] - view->y);
      ImpRect box;

      ui_test_drag (canvas, 1, x[BACKWARD[i][0]], y[BACKWARD[i][1]], x[!BACKWARD[i][0]],
                    y[!BACKWARD[i][1]]);
      g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, i + 1);
      box = nth_box (fixture, i);
      assert_rect (box, touched.x, touched.y, touched.width, touched.height);
    }
}

static void
test_move_and_resize (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  ImpRect box = { 200, 200, 160, 120 };
  double x = 0;
  double y = 0;

  imp_redaction_add (fixture->redaction, &box);
  imp_canvas_set_zoom (fixture->canvas, 1);
  ui_test_settle ();
  to_canvas (fixture, 280, 260, &x, &y);
  ui_test_drag (canvas, 1, x, y, x + 30, y - 20);
  assert_rect (nth_box (fixture, 0), 230, 180, 160, 120);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 1);

  /* The handle in the lower right corner; then the left edge, across to the other side. */
  to_canvas (fixture, 390, 300, &x, &y);
  ui_test_drag (canvas, 1, x, y, x + 10, y + 15);
  assert_rect (nth_box (fixture, 0), 230, 180, 170, 135);
  to_canvas (fixture, 230, 247, &x, &y);
  ui_test_drag (canvas, 1, x, y, x + 200, y);
  assert_rect (nth_box (fixture, 0), 400, 180, 30, 135);

  /* Each drag was one step. */
  gtk_widget_activate_action (canvas, "canvas.undo", NULL);
  gtk_widget_activate_action (canvas, "canvas.undo", NULL);
  assert_rect (nth_box (fixture, 0), 230, 180, 160, 120);
}

static void
test_crop (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  g_autofree char *label = NULL;
  gboolean cropping = TRUE;
  ImpRect crop;
  ImpRect touched;
  const ImpView *view = NULL;

  imp_canvas_set_zoom (fixture->canvas, 1);
  g_object_set (fixture->canvas, "crop-mode", TRUE, NULL);
  ui_test_settle ();
  view = imp_canvas_get_view (fixture->canvas);
  touched = imp_rect_from_points (150 - view->x, 140 - view->y, 450 - view->x, 400 - view->y);
  ui_test_drag (canvas, 1, 450, 400, 150, 140);
  g_assert_true (imp_redaction_get_crop (fixture->redaction, &crop));
  assert_rect (crop, touched.x, touched.y, touched.width, touched.height);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 0);

  /* A drag ends it; C begins again, with the crop in hand. */
  g_object_get (fixture->canvas, "crop-mode", &cropping, NULL);
  g_assert_false (cropping);
  ui_test_key (canvas, 0, GDK_KEY_c);
  label =
      g_strdup_printf ("Crop, %d × %d pixels at %d, %d", crop.width, crop.height, crop.x, crop.y);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (canvas)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  ui_test_key (canvas, 0, GDK_KEY_Right);
  g_assert_true (imp_redaction_get_crop (fixture->redaction, &crop));
  g_assert_cmpint (crop.x, ==, touched.x + 1);
  ui_test_key (canvas, 0, GDK_KEY_Delete);
  g_assert_false (imp_redaction_get_crop (fixture->redaction, &crop));
}

static void
test_zoom_and_pan (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  double before[2];
  double after[2];
  double fitted = imp_canvas_get_zoom (fixture->canvas);
  ImpView view;

  gtk_widget_grab_focus (canvas);
  ui_test_key (canvas, 0, GDK_KEY_1);
  g_assert_cmpfloat (imp_canvas_get_zoom (fixture->canvas), ==, 1);
  imp_view_to_picture (imp_canvas_get_view (fixture->canvas), 333, 222, &before[0], &before[1]);
  ui_test_scroll (canvas, GDK_CONTROL_MASK, 333, 222, 2);
  g_assert_cmpfloat (imp_canvas_get_zoom (fixture->canvas), >, 1);
  imp_view_to_picture (imp_canvas_get_view (fixture->canvas), 333, 222, &after[0], &after[1]);
  g_assert_cmpfloat_with_epsilon (before[0], after[0], 1.0);
  g_assert_cmpfloat_with_epsilon (before[1], after[1], 1.0);

  view = *imp_canvas_get_view (fixture->canvas);
  ui_test_drag (canvas, 2, 300, 300, 260, 330);
  g_assert_cmpfloat_with_epsilon (imp_canvas_get_view (fixture->canvas)->x, view.x - 40, 1e-6);
  g_assert_cmpfloat_with_epsilon (imp_canvas_get_view (fixture->canvas)->y, view.y + 30, 1e-6);
  view = *imp_canvas_get_view (fixture->canvas);
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_Right);
  g_assert_cmpfloat (imp_canvas_get_view (fixture->canvas)->x, <, view.x);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 0);

  ui_test_key (canvas, 0, GDK_KEY_0);
  g_assert_cmpfloat_with_epsilon (imp_canvas_get_zoom (fixture->canvas), fitted, 1e-9);
}

static void
count_signal (guint *count)
{
  (*count)++;
}

static void
test_window_drag (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  guint changed = 0;

  g_signal_connect_swapped (fixture->picture, "pixels-changed", G_CALLBACK (count_signal),
                            &changed);
  g_assert_null (imp_picture_get_window (fixture->picture));
  ui_test_drag (canvas, 3, 300, 300, 360, 300);
  g_assert_nonnull (imp_picture_get_window (fixture->picture));
  g_assert_cmpuint (changed, >, 0);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 0);
}

/* A photograph takes no window: a drag with that button changes nothing. */
static void
test_window_of_photograph (Fixture *fixture, gconstpointer data)
{
  ui_test_drag (GTK_WIDGET (fixture->canvas), 3, 300, 300, 360, 300);
  g_assert_null (imp_picture_get_window (fixture->picture));
}

static void
on_step (gpointer data)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

/* A drag changes the boxes once, at its end, and builds no tile again. */
static void
test_drag_is_light (Fixture *fixture, gconstpointer data)
{
  guint changed = 0;
  guint before = imp_canvas_get_n_tiles_built (fixture->canvas);

  g_signal_connect_swapped (fixture->picture, "pixels-changed", G_CALLBACK (count_signal),
                            &changed);
  g_assert_cmpuint (before, >, 0);
  ui_test_drag_slowly (GTK_WIDGET (fixture->canvas), 250, 150, 420, 380, 60, on_step, NULL);
  g_assert_cmpuint (imp_redaction_get_n_boxes (fixture->redaction), ==, 1);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (imp_canvas_get_n_tiles_built (fixture->canvas), ==, before);
}

/* Ctrl+C copies nothing out (leaks.md row 24). */
static void
test_no_copy (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->canvas));
  guint refused = 0;

  g_signal_connect_swapped (fixture->canvas, "copy-refused", G_CALLBACK (count_signal), &refused);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->canvas));
  ui_test_key (GTK_WIDGET (fixture->canvas), GDK_CONTROL_MASK, GDK_KEY_c);
  g_assert_cmpuint (refused, ==, 1);
  g_assert_null (gdk_clipboard_get_content (clipboard));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function, file) g_test_add (path, Fixture, file, set_up, function, tear_down)
  ADD ("/canvas/looked-at-once-drawn", test_looked_at, NULL);
  ADD ("/canvas/names", test_names, NULL);
  ADD ("/canvas/keyboard", test_keyboard, NULL);
  ADD ("/canvas/border", test_border, NULL);
  ADD ("/leaks/row-12/drags-in-four-directions", test_drags, NULL);
  ADD ("/canvas/move-and-resize", test_move_and_resize, NULL);
  ADD ("/canvas/crop", test_crop, NULL);
  ADD ("/canvas/zoom-and-pan", test_zoom_and_pan, NULL);
  ADD ("/canvas/window-drag", test_window_drag, NULL);
  ADD ("/canvas/window-drag-of-a-photograph", test_window_of_photograph, "phone-photo.jpg");
  ADD ("/canvas/drag-is-light", test_drag_is_light, NULL);
  ADD ("/leaks/row-24/no-copy-out", test_no_copy, NULL);
#undef ADD
  return g_test_run ();
}
