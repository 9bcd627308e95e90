/* Every picture as it is: windows, VOI LUTs, overlays, pages, shapes and long series at the desk.
 */
#include <adwaita.h>

#include "imp-application.h"
#include "imp-box-widget.h"
#include "imp-levels.h"
#include "imp-main-window.h"
#include "imp-output-view.h"
#include "imp-question-row.h"
#include "imp-receipt-view.h"
#include "imp-session.h"
#include "imp-suggestion.h"
#include "imp-wizard-request.h"
#include "imp-wizard-session.h"
#include "ui-support.h"
#include "ui-test.h"

typedef struct
{
  ImpMainWindow *window;
  ImpDesk *desk;
  ImpCanvas *canvas;
  ImpPicture *picture; /* not owned */
  char *notice;        /* owned, nullable: the last one */
  guint n_changes;     /* of the picture's pixels */
} Fixture;

static ImpApplication *application;

static void
on_notice (Fixture *fixture, const char *sentence)
{
  g_free (fixture->notice);
  fixture->notice = g_strdup (sentence);
}

static void
on_changed (Fixture *fixture)
{
  fixture->n_changes++;
}

static gboolean
has_picture (gpointer desk)
{
  gboolean shown = FALSE;

  g_object_get (desk, "has-picture", &shown, NULL);
  return shown;
}

static void
set_up (Fixture *fixture, gconstpointer name)
{
  g_autofree char *path = g_build_filename (g_getenv ("IMP_SAMPLES"), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  fixture->window = IMP_MAIN_WINDOW (imp_main_window_new (application));
  fixture->desk = imp_main_window_get_desk (fixture->window);
  g_signal_connect_swapped (fixture->desk, "notice", G_CALLBACK (on_notice), fixture);
  ui_test_show (GTK_WINDOW (fixture->window), 1024, 640);
  imp_main_window_open (fixture->window, file);
  ui_test_wait_until (has_picture, fixture->desk);
  /* The bar about the register comes later, and moves the canvas. */
  ui_wait_for (GTK_WIDGET (fixture->window), "no consent register");
  ui_test_settle ();
  fixture->canvas = imp_workbench_get_canvas (imp_desk_get_workbench (fixture->desk));
  fixture->picture = imp_desk_get_picture (fixture->desk);
  g_signal_connect_swapped (fixture->picture, "pixels-changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer window = fixture->window;
  gpointer picture = imp_desk_get_picture (fixture->desk);

  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (picture, &picture);
  g_signal_handlers_disconnect_by_data (picture, fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_test_settle ();
  g_assert_null (window);
  g_assert_null (picture);
  g_free (fixture->notice);
}

/* ---- what is on the screen ---- */

typedef struct
{
  guint8 *pixels; /* owned */
  int width;
  int height;
} Shot;

static void
shot_clear (Shot *shot)
{
  g_free (shot->pixels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shot, shot_clear)

/* A widget that waits to be laid out has nothing to show. */
static GskRenderNode *
take_node (GdkPaintable *paintable, const Shot *shot)
{
  GskRenderNode *node = NULL;

  for (guint i = 0; node == NULL && i < 100; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      gdk_paintable_snapshot (paintable, snapshot, shot->width, shot->height);
      node = gtk_snapshot_free_to_node (snapshot);
      if (node == NULL)
        ui_settle (20);
    }
  g_assert_nonnull (node);
  return node;
}

static Shot
shoot (ImpCanvas *canvas)
{
  GtkWidget *widget = GTK_WIDGET (canvas);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  Shot shot = { NULL, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  node = take_node (paintable, &shot);
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float)shot.width, (float)shot.height));
  shot.pixels = g_malloc ((gsize)shot.width * (gsize)shot.height * 4);
  gdk_texture_download (texture, shot.pixels, (gsize)shot.width * 4);
  return shot;
}

/* The grey level on screen in the middle of a pixel of the picture. */
static guint
grey_at (Fixture *fixture, const Shot *shot, int x, int y)
{
  const ImpView *view = imp_canvas_get_view (fixture->canvas);
  int at_x = (int)(view->x + (x + 0.5) * imp_view_get_scale_x (view));
  int at_y = (int)(view->y + (y + 0.5) * imp_view_get_scale_y (view));

  g_assert_cmpint (at_x, >=, 0);
  g_assert_cmpint (at_y, >=, 0);
  g_assert_cmpint (at_x, <, shot->width);
  g_assert_cmpint (at_y, <, shot->height);
  return shot->pixels[((gsize)at_y * (gsize)shot->width + (gsize)at_x) * 4 + 1];
}

/* Unlike ui_find() this looks into popovers that are closed. */
static GtkWidget *
find (GtkWidget *root, GType type, const char *text)
{
  GtkWidget *found = NULL;
  const char *own = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      if (ADW_IS_PREFERENCES_ROW (root))
        own = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root));
      else if (GTK_IS_CHECK_BUTTON (root))
        own = gtk_check_button_get_label (GTK_CHECK_BUTTON (root));
      else if (GTK_IS_LABEL (root))
        own = gtk_label_get_text (GTK_LABEL (root));
      if (text == NULL || g_strcmp0 (own, text) == 0)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, text);
  return found;
}

/* ---- windows and VOI LUTs ---- */

static GtkWidget *
find_preset (Fixture *fixture, const char *title)
{
  GtkWidget *button =
      find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpLevelsButton"), NULL);
  GtkWidget *row = NULL;

  g_assert_nonnull (button);
  row = find (button, ADW_TYPE_ACTION_ROW, title);
  g_assert_nonnull (row);
  return row;
}

static void
choose (Fixture *fixture, const char *title)
{
  GtkWidget *row = find_preset (fixture, title);

  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  ui_test_settle ();
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
}

/* The column in which the ramp of the fixture has a value. */
static int
column_of (int value)
{
  return (value - 100) * 239 / 1000;
}

static void
test_windows (Fixture *fixture, gconstpointer data)
{
  imp_canvas_set_zoom (fixture->canvas, 1);
  ui_test_settle ();
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (find_preset (fixture, "As the file says")),
                                    GTK_ACCESSIBLE_STATE_SELECTED, TRUE);

  /* Width 200 around 300: from 200 to 400. */
  choose (fixture, "Window 2 · ••••••");
  {
    g_auto (Shot) shot = shoot (fixture->canvas);

    g_assert_cmpuint (grey_at (fixture, &shot, column_of (195), 10), ==, 0);
    g_assert_cmpuint (grey_at (fixture, &shot, column_of (300), 10), >=, 115);
    g_assert_cmpuint (grey_at (fixture, &shot, column_of (300), 10), <=, 134);
    g_assert_cmpuint (grey_at (fixture, &shot, column_of (410), 10), ==, 255);
  }
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (find_preset (fixture, "As the file says")),
                                    GTK_ACCESSIBLE_STATE_SELECTED, FALSE);

  /* The VOI LUT runs from 200 to 900, the other from 100 to 1100. */
  choose (fixture, "VOI LUT 1 · ••••••");
  {
    g_auto (Shot) shot = shoot (fixture->canvas);

    g_assert_cmpuint (grey_at (fixture, &shot, column_of (195), 10), ==, 0);
    g_assert_cmpuint (grey_at (fixture, &shot, column_of (550), 10), >=, 120);
    g_assert_cmpuint (grey_at (fixture, &shot, column_of (550), 10), <=, 134);
    g_assert_cmpuint (grey_at (fixture, &shot, column_of (910), 10), ==, 255);
  }
  g_assert_cmpint (imp_picture_get_window (fixture->picture)->function, ==, IMP_VOI_TABLE);
  choose (fixture, "VOI LUT 2");
  g_assert_cmpuint (imp_picture_get_window (fixture->picture)->table, ==, 1);
  choose (fixture, "Full range");
  g_assert_cmpfloat (imp_picture_get_window (fixture->picture)->width, ==, 1001);
  g_assert_cmpfloat (imp_picture_get_window (fixture->picture)->centre, ==, 600.5);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "desk.choose-window", NULL);
  ui_shot ("windows");
  choose (fixture, "As the file says");
  g_assert_null (imp_picture_get_window (fixture->picture));
}

/* A drag that begins in a VOI LUT goes on with a straight line much like it. */
static void
test_drag_from_table (Fixture *fixture, gconstpointer data)
{
  ImpWindow window = { 0 };

  g_assert_true (imp_levels_get_shown (fixture->picture, &window));
  g_assert_cmpint (window.function, ==, IMP_VOI_TABLE);
  g_assert_true (imp_levels_get_current (fixture->picture, &window));
  g_assert_cmpint (window.function, ==, IMP_VOI_LINEAR);
  g_assert_cmpfloat_with_epsilon (window.centre, 550, 4);
  g_assert_cmpfloat_with_epsilon (window.width, 700, 8);
  ui_test_drag (GTK_WIDGET (fixture->canvas), 3, 300, 300, 324, 300);
  g_assert_nonnull (imp_picture_get_window (fixture->picture));
  window = *imp_picture_get_window (fixture->picture);
  g_assert_cmpint (window.function, ==, IMP_VOI_LINEAR);
  g_assert_cmpfloat_with_epsilon (window.centre, 550, 4);
  g_assert_cmpfloat_with_epsilon (window.width, 774, 12); /* e to the power of 24 / 240 */
}

static void
test_function (Fixture *fixture, gconstpointer data)
{
  const ImpWindow *window = NULL;
  GtkWidget *row = find_preset (fixture, "Window 1");

  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "SIGMOID"));
  choose (fixture, "Window 1");
  ui_test_drag (GTK_WIDGET (fixture->canvas), 3, 300, 300, 340, 300);
  window = imp_picture_get_window (fixture->picture);
  g_assert_cmpint (window->function, ==, IMP_VOI_SIGMOID);
}

/* ---- overlays ---- */

static gboolean
is_idle (gpointer picture)
{
  gboolean loading = FALSE;

  g_object_get (picture, "loading", &loading, NULL);
  return !loading;
}

static void
check (Fixture *fixture, const char *label, gboolean active)
{
  GtkWidget *button =
      find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpOverlaysButton"), NULL);
  GtkWidget *widget = find (button, GTK_TYPE_CHECK_BUTTON, label);

  g_assert_nonnull (widget);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), active);
  ui_test_wait_until (is_idle, fixture->picture);
  ui_test_settle ();
}

static void
assert_lines (Fixture *fixture, gboolean first, gboolean second, gboolean third)
{
  g_auto (Shot) shot = shoot (fixture->canvas);

  g_assert_true ((grey_at (fixture, &shot, 60, 10) == 255) == first);
  g_assert_true ((grey_at (fixture, &shot, 120, 10) == 255) == second);
  g_assert_true ((grey_at (fixture, &shot, 180, 10) == 255) == third);
}

static void
test_overlays (Fixture *fixture, gconstpointer data)
{
  imp_canvas_set_zoom (fixture->canvas, 1);
  ui_test_settle ();
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 0);
  assert_lines (fixture, FALSE, FALSE, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "desk.choose-overlays", NULL);
  ui_shot ("overlays-hidden");
  g_assert_cmpuint (ui_count_unnamed (GTK_WIDGET (fixture->window)), ==, 0);

  check (fixture, "Overlay 6000 · ••••••", TRUE);
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 1);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  assert_lines (fixture, TRUE, FALSE, FALSE);
  g_assert_nonnull (strstr (fixture->notice, "part of the picture"));
  check (fixture, "Overlay 6004 · in the pixel data", TRUE);
  assert_lines (fixture, TRUE, FALSE, TRUE);
  check (fixture, "Show all", TRUE);
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 7);
  assert_lines (fixture, TRUE, TRUE, TRUE);
  ui_shot ("overlays-shown");
  gtk_popover_popdown (GTK_POPOVER (
      find (find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpOverlaysButton"), NULL),
            GTK_TYPE_POPOVER, NULL)));
  check (fixture, "Show all", FALSE);
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 0);
  assert_lines (fixture, FALSE, FALSE, FALSE);
  g_assert_nonnull (strstr (fixture->notice, "not exported"));
}

static guint
count_boxes (Fixture *fixture)
{
  return imp_redaction_get_n_boxes (
      imp_picture_get_redaction (imp_desk_get_picture (fixture->desk)));
}

static void
press (Fixture *fixture, guint modifiers, guint key)
{
  ui_test_key (GTK_WIDGET (fixture->window), modifiers, key);
  ui_test_settle ();
}

/* The keys of the picture work again after a list, after the register, and after a drag on it. */
static void
test_keys_stay (Fixture *fixture, gconstpointer data)
{
  const ImpWindow chosen = { .centre = 10, .width = 100 };
  GtkWidget *button =
      find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpOverlaysButton"), NULL);
  GtkWidget *list = find (button, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (list));

  gtk_widget_grab_focus (GTK_WIDGET (fixture->canvas));
  press (fixture, 0, GDK_KEY_o);
  g_assert_true (gtk_widget_get_mapped (list));
  g_assert_cmpfloat (gtk_adjustment_get_upper (scroll), <=, gtk_adjustment_get_page_size (scroll));
  press (fixture, 0, GDK_KEY_Escape);
  g_assert_false (gtk_widget_get_mapped (list));
  press (fixture, 0, GDK_KEY_b);
  g_assert_cmpuint (count_boxes (fixture), ==, 1);

  press (fixture, 0, GDK_KEY_w);
  press (fixture, 0, GDK_KEY_Escape);
  press (fixture, 0, GDK_KEY_b);
  g_assert_cmpuint (count_boxes (fixture), ==, 2);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-place", "s", "register");
  ui_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-place", "s", "desk");
  ui_test_settle ();
  press (fixture, 0, GDK_KEY_b);
  g_assert_cmpuint (count_boxes (fixture), ==, 3);

  gtk_widget_grab_focus (gtk_widget_get_first_child (button));
  ui_test_drag (GTK_WIDGET (fixture->canvas), GDK_BUTTON_SECONDARY, 20, 20, 60, 40);
  imp_picture_set_window (fixture->picture, &chosen);
  press (fixture, GDK_SHIFT_MASK, GDK_KEY_w);
  g_assert_null (imp_picture_get_window (fixture->picture));
}

#define NOTHING_LEAVES "None of this is exported. Values are masked until you ask for them."
#define OVERLAYS_LEAVE                                                                             \
  "Overlays that are shown are part of the picture, and exported with it. Nothing else of this "   \
  "is. Values are masked until you ask for them."

static void
expect_told (Fixture *fixture, const char *value, const char *description)
{
  GtkWidget *inspector =
      find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpInspector"), NULL);

  g_assert_nonnull (find (inspector, GTK_TYPE_LABEL, value));
  g_assert_nonnull (find (inspector, GTK_TYPE_LABEL, description));
}

static void
reveal (Fixture *fixture, gboolean revealed)
{
  GtkWidget *inspector =
      find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpInspector"), NULL);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (inspector, GTK_TYPE_TOGGLE_BUTTON, NULL)),
                                revealed);
}

static void
assert_names (Fixture *fixture, const char *type, const char *masked, const char *clear,
              gboolean revealed)
{
  GtkWidget *button = find (GTK_WIDGET (fixture->window), g_type_from_name (type), NULL);

  g_assert_nonnull (find (button, GTK_TYPE_WIDGET, revealed ? clear : masked));
  g_assert_null (find (button, GTK_TYPE_WIDGET, revealed ? masked : clear));
}

/* What the file calls an overlay or a window may name anybody: it is masked like what is listed of
 * the file, until somebody asks for that. */
static void
test_names_are_masked (Fixture *fixture, gconstpointer data)
{
  gboolean overlays = g_str_equal (data, "overlays.dcm");

  for (int revealed = FALSE; revealed <= TRUE; revealed++)
    {
      reveal (fixture, revealed);
      gtk_widget_activate_action (GTK_WIDGET (fixture->canvas),
                                  overlays ? "desk.choose-overlays" : "desk.choose-window", NULL);
      ui_shot (revealed ? "names-in-clear" : "names-masked");
      if (overlays)
        assert_names (fixture, "ImpOverlaysButton", "Overlay 6000 · ••••••",
                      "Overlay 6000 · Calipers", revealed);
      else
        {
          assert_names (fixture, "ImpLevelsButton", "Window 1 · ••••••", "Window 1 · WHOLE",
                        revealed);
          assert_names (fixture, "ImpLevelsButton", "VOI LUT 1 · ••••••", "VOI LUT 1 · HARD",
                        revealed);
        }
      gtk_popover_popdown (GTK_POPOVER (
          find (find (GTK_WIDGET (fixture->window),
                      g_type_from_name (overlays ? "ImpOverlaysButton" : "ImpLevelsButton"), NULL),
                GTK_TYPE_POPOVER, NULL)));
      ui_test_settle ();
    }
}

static guint
count_toasts (GtkWidget *root)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (root), g_type_from_name ("AdwToastWidget"));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_toasts (child);
  return n;
}

/* What is told in passing covers no button and no pane, and stands there once. */
static void
test_toasts_cover_the_picture_only (Fixture *fixture, gconstpointer data)
{
  GtkWidget *toast = NULL;
  graphene_rect_t bounds;

  check (fixture, "Overlay 6000 · ••••••", TRUE);
  check (fixture, "Show all", TRUE);
  check (fixture, "Show all", FALSE);
  ui_shot ("toast");
  g_assert_true (ui_sees (GTK_WIDGET (fixture->window), "Overlays are hidden, and not exported"));
  g_assert_cmpuint (count_toasts (GTK_WIDGET (fixture->window)), ==, 1);
  toast = find (GTK_WIDGET (fixture->window), g_type_from_name ("AdwToastWidget"), NULL);
  g_assert_true (gtk_widget_compute_bounds (toast, GTK_WIDGET (fixture->canvas), &bounds));
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=,
                     gtk_widget_get_width (GTK_WIDGET (fixture->canvas)));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                     gtk_widget_get_height (GTK_WIDGET (fixture->canvas)));
}

/* The inspector has the same switch. */
static void
test_overlays_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpOverlaysRow"), NULL);
  GtkWidget *toggle = find (row, GTK_TYPE_SWITCH, NULL);

  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "not exported"));
  expect_told (fixture, "present", NOTHING_LEAVES);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  ui_test_wait_until (is_idle, fixture->picture);
  ui_test_settle ();
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 7);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "3 of 3"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->canvas),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "0 redaction boxes, 3 of 3 overlays shown");
  expect_told (fixture, "exported", OVERLAYS_LEAVE);
  ui_shot ("overlays-inspected");
  check (fixture, "Show all", FALSE);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  expect_told (fixture, "present", NOTHING_LEAVES);
}

/* The receipt says in words how the picture was shown and how what boxes cover was destroyed. */
static void
test_receipt (Fixture *fixture, gconstpointer data)
{
  static const char *const SHOWN[][2] = {
    { "default", "As the file itself has it shown" },
    { "window 40,350.5 linear", "Window of width 350.5, centre 40" },
    { "window -12,99 linear-exact", "Window of width 99, centre -12" },
    { "window 0,3 sigmoid", "S-shaped curve, width 3, centre 0" },
    { "voi-lut 2", "Look-up table 2 of the file" },
    { "range -3,2000 of what leaves", "From -3 to 2000, the range of what is exported" },
  };
  const ImpRect box = { 0, 0, 8, 8 };
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_free);
  GtkWidget *view = imp_receipt_view_new ();
  GtkWidget *window = gtk_window_new ();
  ImpReceipt receipt = {
    .sha256 = (char *)"0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    .destination = (char *)"teaching-file",
    .basis = (char *)"anonymised: teaching-file",
    .format = (char *)"png",
    .width = 240,
    .height = 120,
    .overlays_drawn = (char *[]){ (char *)"6000", (char *)"6002", NULL },
    .overlays_hidden = (char *[]){ (char *)"6004", NULL },
    .rules = (char *[]){ (char *)"row-9", (char *)"note:overlays-drawn",
                         (char *)"note:overlays-hidden", NULL },
    .boxes_as_filled = boxes,
    .accepted = boxes,
    .left = left,
    .chain_head = (char *)"f9e8d7c6b5a493827160f5e4d3c2b1a0",
    .at = (char *)"2026-03-04T10:11:12Z",
    .proof = (char *)"read back: every covered pixel is the fill",
    .removed = (char *[]){ (char *)"PatientName", (char *)"overlay 6004", NULL },
    .json = (char *)"{}",
  };

  gtk_window_set_child (GTK_WINDOW (window), view);
  ui_test_show (GTK_WINDOW (window), 420, 640);
  for (guint i = 0; i < G_N_ELEMENTS (SHOWN); i++)
    {
      receipt.voi = (char *)SHOWN[i][0];
      imp_receipt_view_show (IMP_RECEIPT_VIEW (view), NULL, &receipt, NULL);
      g_assert_nonnull (find (view, GTK_TYPE_LABEL, SHOWN[i][1]));
    }
  g_assert_nonnull (find (view, GTK_TYPE_LABEL, "No writing and no code was seen in it"));
  g_assert_nonnull (find (view, GTK_TYPE_LABEL, "6000, 6002 shown and exported; 6004 hidden"));
  g_assert_nonnull (find (view, GTK_TYPE_LABEL, "Patient's name, Overlay 6004"));
  g_assert_nonnull (find (view, GTK_TYPE_LABEL, "Rule 9, Overlays are shown, Overlays are hidden"));
  g_assert_null (find (view, GTK_TYPE_LABEL, "What boxes cover"));
  g_array_append_val (boxes, box);
  imp_receipt_view_show (IMP_RECEIPT_VIEW (view), NULL, &receipt, NULL);
  g_assert_nonnull (find (view, GTK_TYPE_LABEL, "Every covered pixel is proven to be black"));
  receipt.lossless_claimed = TRUE;
  imp_receipt_view_show (IMP_RECEIPT_VIEW (view), NULL, &receipt, NULL);
  g_assert_nonnull (find (view, GTK_TYPE_LABEL,
                          "Black, but the file alone says that its compression lost nothing: if "
                          "it did, traces may stay beside the boxes"));
  receipt.lossless_claimed = FALSE;
  receipt.shades_shared = TRUE;
  imp_receipt_view_show (IMP_RECEIPT_VIEW (view), NULL, &receipt, NULL);
  g_assert_nonnull (find (view, GTK_TYPE_LABEL,
                          "Black, but the file may have more shades than can be told apart: what "
                          "is covered may have moved those beside the boxes a little"));
  receipt.margin_codec = (char *)"jpeg-ls";
  receipt.margin = 48;
  imp_receipt_view_show (IMP_RECEIPT_VIEW (view), NULL, &receipt, NULL);
  g_assert_nonnull (find (view, GTK_TYPE_LABEL,
                          "Boxes are widened by 48 pixels, as the source was compressed "
                          "(JPEG-LS): a margin, not a proof"));
  ui_test_settle ();
  ui_shot ("receipt");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_unlooked (ImpPicture *picture, GParamSpec *pspec, guint *n_unlooked)
{
  *n_unlooked += !imp_picture_get_looked_at (picture);
}

/* What is drawn anew has not been looked at until it was on the screen. */
static void
test_overlays_are_looked_at (Fixture *fixture, gconstpointer data)
{
  guint n_unlooked = 0;

  g_assert_true (imp_picture_get_looked_at (fixture->picture));
  g_signal_connect (fixture->picture, "notify::looked-at", G_CALLBACK (on_unlooked), &n_unlooked);
  check (fixture, "Show all", TRUE);
  g_assert_cmpuint (n_unlooked, >, 0);
  g_assert_true (imp_picture_get_looked_at (fixture->picture));
  g_signal_handlers_disconnect_by_data (fixture->picture, &n_unlooked);
}

static gboolean
shows_third_frame (gpointer picture)
{
  return imp_picture_get_frame_number (picture) == 2;
}

/* Overlays stay on from frame to frame, and each frame is looked at by itself. */
static void
test_overlays_over_frames (Fixture *fixture, gconstpointer data)
{
  imp_canvas_set_zoom (fixture->canvas, 1);
  check (fixture, "Overlay 6000 · ••••••", TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->canvas));
  ui_test_key (GTK_WIDGET (fixture->canvas), 0, GDK_KEY_Page_Down);
  ui_test_key (GTK_WIDGET (fixture->canvas), 0, GDK_KEY_Page_Down);
  ui_test_wait_until (shows_third_frame, fixture->picture);
  ui_test_settle ();
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 1);
  assert_lines (fixture, TRUE, FALSE, FALSE);
  g_assert_true (imp_picture_get_looked_at (fixture->picture));
}

static void
test_seen_on_each_frame (Fixture *fixture, gconstpointer data)
{
  check (fixture, "Overlay 6000 · ••••••", TRUE);
  check (fixture, "Overlay 6000 · ••••••", FALSE);
  g_assert_cmpuint (imp_picture_get_seen_planes (fixture->picture), ==, 1);
  imp_picture_show_frame_async (fixture->picture, 2, NULL, NULL);
  ui_test_wait_until (shows_third_frame, fixture->picture);
  ui_test_settle ();
  g_assert_cmpuint (imp_picture_get_seen_planes (fixture->picture), ==, 0);
  check (fixture, "Overlay 6000 · ••••••", TRUE);
  g_assert_cmpuint (imp_picture_get_seen_planes (fixture->picture), ==, 1);
}

static void
on_planes_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *tried = user_data;

  imp_picture_show_finish (IMP_PICTURE (source), result, NULL);
  *tried = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *)flag;
}

/* A helper that was too slow says nothing of the plane, which nobody has seen yet; one that was
 * quick enough all the same has shown it once it is drawn. */
static void
test_slow_overlay (Fixture *fixture, gconstpointer data)
{
  gboolean tried = FALSE;

  imp_session_set_time_limit (1);
  imp_picture_show_planes_async (fixture->picture, 1, on_planes_tried, &tried);
  ui_test_wait_until (is_set, &tried);
  imp_session_set_time_limit (0);
  ui_test_settle ();
  g_assert_cmpuint (imp_picture_get_seen_planes (fixture->picture), ==,
                    imp_picture_get_planes (fixture->picture));
}

static void
test_broken_overlay (Fixture *fixture, gconstpointer data)
{
  imp_canvas_set_zoom (fixture->canvas, 1);
  check (fixture, "Overlay 6000 · ••••••", TRUE);
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 1);
  check (fixture, "Overlay 6002 · ••••••", TRUE);
  g_assert_cmpuint (imp_picture_get_planes (fixture->picture), ==, 1);
  g_assert_nonnull (strstr (fixture->notice, "verlay"));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (
      find (GTK_WIDGET (fixture->window), GTK_TYPE_CHECK_BUTTON, "Overlay 6002 · ••••••"))));
  assert_lines (fixture, TRUE, FALSE, FALSE);
  /* What cannot be shown need not be waited for. */
  g_assert_cmpuint (imp_picture_get_seen_planes (fixture->picture), ==, 3);
}

/* ---- what the wizard makes of it ---- */

typedef struct
{
  ImpWizardSession *session;
  GtkWidget *view;
} Review;

static void
on_review (Review *review)
{
  imp_output_view_refresh (IMP_OUTPUT_VIEW (review->view), review->session);
}

static gboolean
has_rehearsal (gpointer review)
{
  return imp_wizard_session_get_rehearsal (((Review *)review)->session) != NULL;
}

/* How many details of the file are said to stay behind. */
static guint64
count_left_behind (Review *review)
{
  GtkWidget *row = find (review->view, ADW_TYPE_EXPANDER_ROW, NULL);

  return g_ascii_strtoull (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), NULL, 10);
}

static void
assert_looked_at (Review *review)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (review->session);

  for (guint i = 0; i < rehearsal->reasons->len; i++)
    g_assert_cmpstr (((ImpReason *)rehearsal->reasons->pdata[i])->rule, !=, "floor:looked-at");
}

static GtkWindow *
find_window (const char *title)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (g_strcmp0 (gtk_window_get_title (link->data), title) == 0)
      return link->data;
  return NULL;
}

/* Whether "Yes" can be pressed where it is asked whether each overlay was looked at. */
static void
assert_may_say_yes (GtkWidget *row, gboolean may)
{
  imp_question_row_refresh (IMP_QUESTION_ROW (row));
  g_assert_true (gtk_widget_get_sensitive (ui_find (row, GTK_TYPE_TOGGLE_BUTTON, "Yes")) == may);
  g_assert_true (gtk_widget_get_sensitive (ui_find (row, GTK_TYPE_TOGGLE_BUTTON, "Not sure")));
  g_assert_true (ui_sees (row, "have not been shown here yet") != may);
  g_assert_true (ui_sees (row, "Show overlays…") != may);
}

static gboolean
asks_for_overlays (ImpWizardSession *session)
{
  g_autoptr (GPtrArray) questions = imp_wizard_session_list_questions (session, "cover");

  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (((ImpQuestion *)questions->pdata[i])->key, "overlays-accounted"))
      return TRUE;
  return FALSE;
}

/* A file with overlays brings its question; drawing them takes the answer back, and a window that
 * shows what leaves says that it has changed. */
static void
test_review (Fixture *fixture, gconstpointer data)
{
  const ImpRect box = { 30, 30, 40, 40 };
  g_autofree char *folder = NULL;
  ImpGate *gate = ui_gate_new (&folder);
  g_autoptr (ImpWizardSession) session = imp_wizard_session_new ();
  Review review = { session, imp_output_view_new () };
  GtkWidget *window = ui_window_new (review.view, 400, 400);
  GtkWidget *row = NULL;
  GtkWidget *row_window = NULL;
  guint64 n_left_behind = 0;

  g_signal_connect_swapped (session, "changed", G_CALLBACK (on_review), &review);
  g_signal_connect_swapped (session, "rehearsed", G_CALLBACK (on_review), &review);
  imp_wizard_session_set_gate (session, gate);
  imp_wizard_session_set_picture (session, fixture->picture);
  imp_wizard_session_set_person_unknown (session);
  imp_wizard_session_set_destination (session, "teaching-file");
  imp_wizard_session_set_route (session, "anonymised");
  ui_test_wait_until (has_rehearsal, &review);
  g_assert_true (asks_for_overlays (session));
  row = imp_question_row_new (session,
                              imp_wizard_session_get_question (session, "overlays-accounted"));
  row_window = ui_window_new (row, 360, 200);
  ui_shot ("overlays-not-seen");
  assert_may_say_yes (row, FALSE);
  imp_wizard_session_answer (session, "overlays-accounted", "yes");
  g_assert_null (imp_wizard_session_get_answer (session, "overlays-accounted"));
  check (fixture, "Overlay 6000 · ••••••", TRUE);
  check (fixture, "Overlay 6000 · ••••••", FALSE);
  assert_may_say_yes (row, FALSE);
  check (fixture, "Show all", TRUE);
  check (fixture, "Show all", FALSE);
  assert_may_say_yes (row, TRUE);
  ui_window_close (row_window);
  imp_wizard_session_answer (session, "overlays-accounted", "yes");
  ui_test_wait_until (has_rehearsal, &review);
  g_assert_cmpstr (imp_wizard_session_get_answer (session, "overlays-accounted"), ==, "yes");

  ui_click (window, "See it at full size");
  g_assert_nonnull (find_window ("What leaves"));
  n_left_behind = count_left_behind (&review);
  check (fixture, "Show all", TRUE);
  g_assert_null (imp_wizard_session_get_answer (session, "overlays-accounted"));
  ui_test_wait_until (has_rehearsal, &review);
  assert_looked_at (&review);
  g_assert_cmpuint (count_left_behind (&review), ==, n_left_behind - 3);
  g_assert_nonnull (find_window ("What leaves"));
  imp_redaction_add (imp_picture_get_redaction (fixture->picture), &box);
  g_assert_null (find_window ("What leaves"));
  g_assert_nonnull (find_window ("Changed: no longer what leaves"));
  ui_test_wait_until (has_rehearsal, &review);
  g_assert_nonnull (find_window ("What leaves"));
  ui_shot ("what-leaves");

  g_signal_handlers_disconnect_by_data (session, &review);
  gtk_window_destroy (find_window ("What leaves"));
  ui_window_close (window);
  imp_wizard_session_set_gate (session, NULL);
  ui_gate_free (gate, g_steal_pointer (&folder));
}

/* ---- contrast without a window ---- */

static gboolean
has_planes (gpointer picture)
{
  return imp_picture_get_planes (picture) != 0;
}

/* What is seen is what leaves, grey level by grey level. */
static void
test_ranged (Fixture *fixture, gconstpointer data)
{
  const ImpRect label = { 8, 8, 64, 16 };
  const ImpRect crop = { 0, 0, 200, 160 };
  ImpRedaction *redaction = imp_picture_get_redaction (fixture->picture);
  g_autofree char *folder = NULL;
  g_autoptr (ImpGate) gate = ui_gate_new (&folder);
  gboolean plain = g_str_equal (data, "ranged.dcm");

  if (g_str_equal (data, "ranged-overlaid.dcm"))
    {
      imp_picture_show_planes_async (fixture->picture, 1, NULL, NULL);
      ui_test_wait_until (has_planes, fixture->picture);
    }
  imp_canvas_set_zoom (fixture->canvas, 1);
  for (guint edit = 0; edit < 3; edit++)
    {
      g_autoptr (ImpRequest) request = NULL;
      g_autoptr (ImpRehearsal) rehearsal = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (Shot) shot = { NULL, 0, 0 };

      if (edit == 1)
        imp_redaction_add (redaction, &label);
      if (edit == 2)
        imp_redaction_set_crop (redaction, &crop);
      ui_test_settle ();
      shot = shoot (fixture->canvas);
      request = imp_wizard_request_new (fixture->picture);
      rehearsal = imp_gate_rehearse_sync (gate, request, NULL, &error);
      g_assert_no_error (error);
      for (int y = 30; y < 160; y += 13)
        for (int x = 2; x < 200; x++)
          g_assert_cmpuint (
              grey_at (fixture, &shot, x, y), ==,
              imp_raster_get_pixels (
                  rehearsal
                      ->preview)[(gsize)y * imp_raster_get_stride (rehearsal->preview) + (gsize)x]);
      /* The label is four times as bright as the rest: only once it is covered is the rest's
       * brightest value white. */
      if (plain && edit == 0)
        g_assert_cmpuint (grey_at (fixture, &shot, 199, 100), <, 60);
      if (plain && edit == 2)
        g_assert_cmpuint (grey_at (fixture, &shot, 199, 100), ==, 255);
    }
  ui_gate_free (g_steal_pointer (&gate), g_steal_pointer (&folder));
}

/* The full range is that of what is left, boxes drawn later too; what was set by hand stays. */
static void
test_full_range_follows (Fixture *fixture, gconstpointer data)
{
  const ImpRect label = { 8, 8, 64, 16 };
  const ImpRect crop = { 0, 0, 200, 160 };
  const ImpWindow by_hand = { 500, 3000, IMP_VOI_LINEAR, 0 };
  ImpRedaction *redaction = imp_picture_get_redaction (fixture->picture);

  imp_canvas_set_zoom (fixture->canvas, 1);
  choose (fixture, "Full range");
  {
    g_auto (Shot) shot = shoot (fixture->canvas);

    g_assert_cmpuint (grey_at (fixture, &shot, 199, 100), <, 60);
  }
  imp_redaction_add (redaction, &label);
  imp_redaction_set_crop (redaction, &crop);
  ui_test_settle ();
  {
    g_auto (Shot) shot = shoot (fixture->canvas);

    g_assert_cmpuint (grey_at (fixture, &shot, 199, 100), ==, 255);
  }
  g_assert_nonnull (imp_picture_get_window (fixture->picture));
  imp_picture_set_window (fixture->picture, &by_hand);
  imp_redaction_set_crop (redaction, NULL);
  ui_test_settle ();
  g_assert_cmpfloat (imp_picture_get_window (fixture->picture)->centre, ==, 500);
  g_assert_cmpfloat (imp_picture_get_window (fixture->picture)->width, ==, 3000);
}

/* ---- shapes ---- */

static void
test_shape (Fixture *fixture, gconstpointer data)
{
  gboolean tall = g_str_equal (data, "tall.dcm");
  const double zooms[] = { 0.5, 1, 2, 3 };
  ImpRedaction *redaction = imp_picture_get_redaction (fixture->picture);
  const ImpView *view = imp_canvas_get_view (fixture->canvas);

  g_assert_cmpint (view->shape.width, ==, tall ? 1 : 2);
  g_assert_cmpint (view->shape.height, ==, tall ? 2 : 1);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      double scale_x = zooms[i] * (tall ? 1 : 2);
      double scale_y = zooms[i] * (tall ? 2 : 1);
      ImpRect box;
      guint id = 0;

      imp_canvas_set_zoom (fixture->canvas, zooms[i]);
      ui_test_settle ();
      view = imp_canvas_get_view (fixture->canvas);
      ui_test_drag (GTK_WIDGET (fixture->canvas), 1, view->x + 140.5 * scale_x,
                    view->y + 100.5 * scale_y, view->x + 100.5 * scale_x, view->y + 60.5 * scale_y);
      g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);
      imp_redaction_get_nth (redaction, 0, &id, &box);
      /* The pointer moves by whole pixels of the screen. */
      g_assert_cmpint (ABS (box.x - 100), <=, scale_x < 1 ? 2 : 1);
      g_assert_cmpint (ABS (box.y - 60), <=, scale_y < 1 ? 2 : 1);
      g_assert_cmpint (ABS (box.width - 41), <=, scale_x < 1 ? 3 : 1);
      g_assert_cmpint (ABS (box.height - 41), <=, scale_y < 1 ? 3 : 1);
      if (i == 1)
        ui_shot (tall ? "tall" : "wide");

      /* Its right edge is moved by ten columns, its lower one by five rows. */
      box = (ImpRect){ 100, 60, 40, 40 };
      imp_redaction_set (redaction, id, &box);
      imp_canvas_select (fixture->canvas, id, TRUE);
      ui_test_settle ();
      ui_test_drag (GTK_WIDGET (fixture->canvas), 1, view->x + 140 * scale_x,
                    view->y + 100 * scale_y, view->x + 150 * scale_x, view->y + 110 * scale_y);
      imp_redaction_get_nth (redaction, 0, &id, &box);
      g_assert_cmpint (box.x, ==, 100);
      g_assert_cmpint (box.y, ==, 60);
      g_assert_cmpint (ABS (box.width - 50), <=, scale_x < 1 ? 2 : 1);
      g_assert_cmpint (ABS (box.height - 50), <=, scale_y < 1 ? 2 : 1);
      imp_redaction_clear (redaction);
    }
}

/* The preview of what leaves has the proportions of what is seen. */
static void
test_shape_of_preview (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL;
  ImpGate *gate = ui_gate_new (&folder);
  g_autoptr (ImpRequest) request = imp_wizard_request_new (fixture->picture);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) rehearsal = imp_gate_rehearse_sync (gate, request, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (imp_raster_get_width (rehearsal->preview), ==, 240);
  g_assert_cmpint (imp_raster_get_height (rehearsal->preview), ==, 320);
  ui_gate_free (gate, g_steal_pointer (&folder));
}

/* ---- pages ---- */

static int
shown_width (Fixture *fixture)
{
  return imp_frame_get_width (imp_picture_get_frame (imp_desk_get_picture (fixture->desk)));
}

static gboolean
is_80_wide (gpointer fixture)
{
  return shown_width (fixture) == 80;
}

static gboolean
is_100_wide (gpointer fixture)
{
  return shown_width (fixture) == 100;
}

static gboolean
is_120_wide (gpointer fixture)
{
  return shown_width (fixture) == 120;
}

static void
add_box (Fixture *fixture, int x)
{
  const ImpRect box = { x, 10, 20, 20 };

  imp_redaction_add (imp_picture_get_redaction (imp_desk_get_picture (fixture->desk)), &box);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpPageBar"), NULL);

  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpint (shown_width (fixture), ==, 120);
  add_box (fixture, 5);
  g_signal_handlers_disconnect_by_data (fixture->picture, fixture);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->canvas));
  ui_test_key (GTK_WIDGET (fixture->canvas), 0, GDK_KEY_Page_Down);
  ui_test_wait_until (is_80_wide, fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, 0);
  g_assert_true (imp_desk_has_work (fixture->desk));
  add_box (fixture, 15);
  add_box (fixture, 45);
  ui_click (bar, "Next page");
  ui_test_wait_until (is_100_wide, fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, 0);
  ui_shot ("pages");
  g_assert_false (gtk_widget_get_sensitive (ui_find (bar, GTK_TYPE_BUTTON, "Next page")));

  /* Back through all of them: boxes belong to their page. */
  ui_click (bar, "Previous page");
  ui_test_wait_until (is_80_wide, fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, 2);
  ui_click (bar, "Previous page");
  ui_test_wait_until (is_120_wide, fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, 1);
  ui_test_settle ();
}

static GtkWindow *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      return link->data;
  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return find_question () != NULL;
}

/* Another page is another picture: answers would go, so that it asks, and keeping them is the
 * default. */
static void
test_pages_ask (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpPageBar"), NULL);
  ImpWizard *wizard = imp_workbench_get_wizard (imp_desk_get_workbench (fixture->desk));
  g_autofree char *folder = NULL;
  ImpGate *gate = ui_gate_new (&folder);
  GtkWidget *unknown = NULL;

  imp_wizard_set_gate (wizard, gate);
  ui_test_settle ();
  unknown =
      find (GTK_WIDGET (wizard), GTK_TYPE_CHECK_BUTTON, "It is not known whose picture this is");
  g_assert_nonnull (unknown);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (unknown), TRUE);
  g_assert_true (imp_wizard_has_answers (wizard));

  ui_click (bar, "Next page");
  ui_test_wait_until (is_asked, NULL);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (find_question ())),
                   ==, "keep");
  ui_shot ("pages-ask");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "keep");
  gtk_window_destroy (find_question ());
  ui_test_settle ();
  g_assert_cmpint (shown_width (fixture), ==, 120);
  g_assert_true (imp_wizard_has_answers (wizard));
  g_assert_false (gtk_widget_get_sensitive (ui_find (bar, GTK_TYPE_BUTTON, "Previous page")));

  ui_click (bar, "Next page");
  ui_test_wait_until (is_asked, NULL);
  g_signal_handlers_disconnect_by_data (fixture->picture, fixture);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "lose");
  gtk_window_destroy (find_question ());
  ui_test_wait_until (is_80_wide, fixture);
  ui_test_settle ();
  g_assert_false (imp_wizard_has_answers (wizard));
  imp_wizard_set_gate (wizard, NULL);
  ui_test_settle ();
  ui_gate_free (gate, g_steal_pointer (&folder));
}

/* Of an animation only the first picture is read: there is nothing to choose. */
static void
test_no_pages (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpPageBar"), NULL);

  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_true (ui_sees (GTK_WIDGET (fixture->window), "first of 2 pictures"));
}

/* ---- how far a box reaches ---- */

static void
add_small_box (Fixture *fixture)
{
  imp_redaction_add (imp_picture_get_redaction (fixture->picture), &(ImpRect){ 101, 101, 46, 31 });
  imp_workbench_show_pane (imp_desk_get_workbench (fixture->desk), "boxes");
  ui_test_settle ();
}

/* docs/margins.md: 48 pixels on each side of a WebP, so that 46 × 31 becomes 142 × 127. */
static void
test_margin_is_told (Fixture *fixture, gconstpointer data)
{
  g_assert_true (
      ui_sees (GTK_WIDGET (fixture->window), "Boxes grow by 48 pixels on each side on this"));
  ui_shot ("margin-noted");
  add_small_box (fixture);
  ui_shot ("margin-told");
  g_assert_true (
      ui_sees (GTK_WIDGET (fixture->window),
               "Boxes grow by 48 pixels on each side: this picture was compressed (WebP)"));
  g_assert_true (ui_sees (GTK_WIDGET (fixture->window), "46 × 31 at 101, 101; covers 142 × 127"));
}

/* Blocks of 8 × 8: the columns 96 to 152 and the rows 96 to 136, and one pixel more on each side.
 */
static void
test_blocks_are_told (Fixture *fixture, gconstpointer data)
{
  add_small_box (fixture);
  g_assert_true (
      ui_sees (GTK_WIDGET (fixture->window), "This picture was compressed in blocks (JPEG)"));
  g_assert_true (ui_sees (GTK_WIDGET (fixture->window), "46 × 31 at 101, 101; covers 58 × 42"));
}

static void
test_nothing_grows (Fixture *fixture, gconstpointer data)
{
  add_small_box (fixture);
  g_assert_true (ui_sees (GTK_WIDGET (fixture->window), "46 × 31 at 101, 101"));
  g_assert_false (ui_sees (GTK_WIDGET (fixture->window), "covers"));
  g_assert_false (ui_sees (GTK_WIDGET (fixture->window), "compressed"));
}

/* ---- a long series ---- */

static gboolean
shows_last_frame (gpointer picture)
{
  return imp_picture_get_frame_number (picture) == 499;
}

static void
test_scrub (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (GTK_WIDGET (fixture->window), g_type_from_name ("ImpFrameBar"), NULL);
  GtkWidget *slider = find (bar, GTK_TYPE_SCALE, NULL);
  guint planes = 0;

  for (int frame = 2; frame <= 500; frame++)
    {
      gtk_range_set_value (GTK_RANGE (slider), frame);
      /* The slider stays under the hand while older frames arrive. */
      if (frame % 50 == 0)
        ui_test_settle ();
      g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (slider)), ==, frame);
    }
  ui_test_wait_until (shows_last_frame, fixture->picture);
  ui_test_wait_until (is_idle, fixture->picture);
  g_assert_null (fixture->notice);
  /* Of 499 frames asked for in ten bursts each burst needed its first and its last. */
  g_assert_cmpuint (fixture->n_changes, <=, 25);
  g_assert_cmpuint (fixture->n_changes, >=, 10);
  g_assert_cmpuint (planes, ==, 0);
  ui_shot ("cine");
  /* Frame 499, from 0, has the value 1098 everywhere: width 1200 around 600. */
  {
    g_auto (Shot) shot = shoot (fixture->canvas);

    g_assert_cmpuint (grey_at (fixture, &shot, 64, 48), ==, 234);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  application = imp_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, file, function) g_test_add (path, Fixture, file, set_up, function, tear_down)
  ADD ("/dicom/row-10/windows-and-voi-luts", "windows.dcm", test_windows);
  ADD ("/dicom/row-10/drag-from-a-voi-lut", "tables.dcm", test_drag_from_table);
  ADD ("/dicom/row-11/sigmoid-stays-sigmoid", "sigmoid.dcm", test_function);
  ADD ("/dicom/row-08/overlays-on-request", "overlays.dcm", test_overlays);
  ADD ("/dicom/row-08/keys-stay-with-the-picture", "overlays.dcm", test_keys_stay);
  ADD ("/dicom/row-08/names-are-masked", "overlays.dcm", test_names_are_masked);
  ADD ("/dicom/row-10/names-are-masked", "windows.dcm", test_names_are_masked);
  ADD ("/picture/toasts-cover-the-picture-only", "overlays.dcm",
       test_toasts_cover_the_picture_only);
  ADD ("/dicom/row-08/switch-in-the-inspector", "overlays.dcm", test_overlays_row);
  ADD ("/dicom/row-08/receipt-in-words", "overlays.dcm", test_receipt);
  ADD ("/dicom/row-08/looked-at-anew", "overlays.dcm", test_overlays_are_looked_at);
  ADD ("/dicom/row-08/overlays-stay-over-frames", "frames.dcm", test_overlays_over_frames);
  ADD ("/dicom/row-08/seen-on-each-frame", "frames.dcm", test_seen_on_each_frame);
  ADD ("/dicom/row-08/slow-overlay", "overlay-broken.dcm", test_slow_overlay);
  ADD ("/dicom/row-08/unreadable-overlay", "overlay-broken.dcm", test_broken_overlay);
  ADD ("/dicom/row-08/overlays-are-accounted-for", "overlays.dcm", test_review);
  ADD ("/dicom/row-10/contrast-is-what-leaves", "ranged.dcm", test_ranged);
  ADD ("/dicom/row-10/full-range-follows-boxes", "ranged.dcm", test_full_range_follows);
  ADD ("/dicom/row-12/contrast-is-what-leaves", "ranged-inverse.dcm", test_ranged);
  ADD ("/dicom/row-13/contrast-is-what-leaves", "ranged-presented.dcm", test_ranged);
  ADD ("/dicom/row-14/contrast-is-what-leaves", "ranged-overlaid.dcm", test_ranged);
  ADD ("/dicom/row-19/contrast-is-what-leaves", "ranged-padded.dcm", test_ranged);
  ADD ("/dicom/row-21/contrast-is-what-leaves", "ranged-deep.dcm", test_ranged);
  ADD ("/dicom/row-20/tall-pixels", "tall.dcm", test_shape);
  ADD ("/dicom/row-20/wide-pixels", "wide.dcm", test_shape);
  ADD ("/dicom/row-20/what-leaves-is-square", "tall.dcm", test_shape_of_preview);
  ADD ("/picture/margin-is-told", "lossy.webp", test_margin_is_told);
  ADD ("/picture/blocks-are-told", "blocks.jpg", test_blocks_are_told);
  ADD ("/picture/nothing-grows", "plain.png", test_nothing_grows);
  ADD ("/picture/pages", "pages.tif", test_pages);
  ADD ("/picture/pages-ask", "pages.tif", test_pages_ask);
  ADD ("/picture/no-pages-to-choose", "animation.png", test_no_pages);
  ADD ("/dicom/row-17/scrubbing-keeps-up", "cine.dcm", test_scrub);
#undef ADD
  return g_test_run ();
}
