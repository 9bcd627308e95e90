#include "ui-test.h"

#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <gdk/x11/gdkx.h>

static Display *
get_display (void)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return gdk_x11_display_get_xdisplay (gdk_display_get_default ());
  G_GNUC_END_IGNORE_DEPRECATIONS
}

/* Opens a file of data/sample through the real helper. */
ImpPicture *
ui_test_open (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("IMP_SAMPLES"), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);
  g_autoptr (ImpFrame) frame = NULL;

  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  return imp_picture_new (source, frame);
}

static gboolean
on_time_out (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
ui_test_wait_until (gboolean (*is_done) (gpointer), gpointer data)
{
  gboolean too_late = FALSE;
  guint source = g_timeout_add_seconds (20, on_time_out, &too_late);

  while (!is_done (data) && !too_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (too_late);
  g_source_remove (source);
}

static gboolean
on_pause (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
ui_test_settle (void)
{
  gboolean paused = FALSE;

  XSync (get_display (), False);
  g_timeout_add (60, on_pause, &paused);
  while (!paused || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

void
ui_test_show (GtkWindow *window, int width, int height)
{
  gtk_window_set_default_size (window, width, height);
  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  ui_test_settle ();
}

/* Where a point of a widget lies on the screen, in its pixels. */
static void
find_on_screen (GtkWidget *widget, double x, double y, int *screen_x, int *screen_y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  graphene_point_t point;
  double offset_x = 0;
  double offset_y = 0;
  int root_x = 0;
  int root_y = 0;
  Window child = 0;
  Window xid = 0;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native),
                                           &GRAPHENE_POINT_INIT ((float)x, (float)y), &point));
  gtk_native_get_surface_transform (native, &offset_x, &offset_y);
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  xid = gdk_x11_surface_get_xid (surface);
  G_GNUC_END_IGNORE_DEPRECATIONS
  XTranslateCoordinates (get_display (), xid, DefaultRootWindow (get_display ()), 0, 0, &root_x,
                         &root_y, &child);
  *screen_x = root_x + (int)(point.x + offset_x);
  *screen_y = root_y + (int)(point.y + offset_y);
}

void
ui_test_move (GtkWidget *widget, double x, double y)
{
  int screen_x = 0;
  int screen_y = 0;

  find_on_screen (widget, x, y, &screen_x, &screen_y);
  XTestFakeMotionEvent (get_display (), -1, screen_x, screen_y, CurrentTime);
  ui_test_settle ();
}

void
ui_test_drag_slowly (GtkWidget *widget, double x0, double y0, double x1, double y1, guint steps,
                     void (*after_step) (gpointer), gpointer data)
{
  ui_test_move (widget, x0, y0);
  XTestFakeButtonEvent (get_display (), 1, True, CurrentTime);
  ui_test_settle ();
  for (guint i = 1; i <= steps; i++)
    {
      int screen_x = 0;
      int screen_y = 0;

      find_on_screen (widget, x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps, &screen_x,
                      &screen_y);
      XTestFakeMotionEvent (get_display (), -1, screen_x, screen_y, CurrentTime);
      XSync (get_display (), False);
      after_step (data);
    }
  XTestFakeButtonEvent (get_display (), 1, False, CurrentTime);
  ui_test_settle ();
}

void
ui_test_drag (GtkWidget *widget, guint button, double x0, double y0, double x1, double y1)
{
  ui_test_move (widget, x0, y0);
  XTestFakeButtonEvent (get_display (), button, True, CurrentTime);
  ui_test_settle ();
  ui_test_move (widget, (x0 + x1) / 2, (y0 + y1) / 2);
  ui_test_move (widget, x1, y1);
  XTestFakeButtonEvent (get_display (), button, False, CurrentTime);
  ui_test_settle ();
}

void
ui_test_click (GtkWidget *widget, double x, double y)
{
  ui_test_move (widget, x, y);
  XTestFakeButtonEvent (get_display (), 1, True, CurrentTime);
  XTestFakeButtonEvent (get_display (), 1, False, CurrentTime);
  ui_test_settle ();
}

static const struct
{
  guint modifier;
  KeySym key;
} MODIFIERS[] = {
  { GDK_CONTROL_MASK, XK_Control_L },
  { GDK_SHIFT_MASK, XK_Shift_L },
  { GDK_ALT_MASK, XK_Alt_L },
};

static void
press_modifiers (guint modifiers, Bool down)
{
  for (guint i = 0; i < G_N_ELEMENTS (MODIFIERS); i++)
    if (modifiers & MODIFIERS[i].modifier)
      XTestFakeKeyEvent (get_display (), XKeysymToKeycode (get_display (), MODIFIERS[i].key), down,
                         CurrentTime);
}

void
ui_test_scroll (GtkWidget *widget, guint modifiers, double x, double y, int clicks)
{
  guint button = clicks > 0 ? 4 : 5;

  ui_test_move (widget, x, y);
  press_modifiers (modifiers, True);
  for (int i = 0; i < ABS (clicks); i++)
    {
      XTestFakeButtonEvent (get_display (), button, True, CurrentTime);
      XTestFakeButtonEvent (get_display (), button, False, CurrentTime);
    }
  press_modifiers (modifiers, False);
  ui_test_settle ();
}

static void
take_input (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  Window xid = 0;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  xid = gdk_x11_surface_get_xid (surface);
  G_GNUC_END_IGNORE_DEPRECATIONS
  XSetInputFocus (get_display (), xid, RevertToParent, CurrentTime);
  ui_test_settle ();
}

/* A real key that goes down and stays down, or comes up. */
void
ui_test_hold (GtkWidget *widget, guint key, gboolean down)
{
  take_input (widget);
  XTestFakeKeyEvent (get_display (), XKeysymToKeycode (get_display (), key), down, CurrentTime);
  ui_test_settle ();
}

/* A real key for the window of widget. */
void
ui_test_key (GtkWidget *widget, guint modifiers, guint key)
{
  KeyCode code = XKeysymToKeycode (get_display (), key);

  g_assert_cmpuint (code, !=, 0);
  take_input (widget);
  press_modifiers (modifiers, True);
  XTestFakeKeyEvent (get_display (), code, True, CurrentTime);
  XTestFakeKeyEvent (get_display (), code, False, CurrentTime);
  press_modifiers (modifiers, False);
  ui_test_settle ();
}
