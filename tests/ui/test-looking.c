/* Looking: from the wheel and the keys to what the gate is told; the original while it is held. */
#include <adwaita.h>

#include "imp-seen-map.h"
#include "imp-wizard-session.h"
#include "imp-workbench.h"
#include "ui-support.h"
#include "ui-test.h"

/* The sample is 512 × 640: at full size this shows only its upper part. */
#define WINDOW_WIDTH 1000
#define WINDOW_HEIGHT 520

typedef struct
{
  GtkWindow *window;
  ImpWorkbench *workbench;
  ImpCanvas *canvas;
  ImpPicture *picture;
  ImpWizardSession *session;
  ImpGate *gate;
  char *folder;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->gate = ui_gate_new (&desk->folder);
  desk->picture = ui_test_open ("chest.dcm");
  desk->session = imp_wizard_session_new ();
  imp_wizard_session_set_gate (desk->session, desk->gate);
  imp_wizard_session_set_picture (desk->session, desk->picture);
  imp_wizard_session_set_person_unknown (desk->session);
  imp_wizard_session_set_destination (desk->session, "teaching-file");
  imp_wizard_session_set_route (desk->session, "anonymised");
  desk->window = GTK_WINDOW (gtk_window_new ());
  desk->workbench = IMP_WORKBENCH (imp_workbench_new ());
  desk->canvas = imp_workbench_get_canvas (desk->workbench);
  gtk_window_set_child (desk->window, GTK_WIDGET (desk->workbench));
  imp_workbench_set_picture (desk->workbench, desk->picture);
  ui_test_show (desk->window, WINDOW_WIDTH, WINDOW_HEIGHT);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (desk->window);
  imp_wizard_session_set_gate (desk->session, NULL);
  g_object_unref (desk->session);
  g_object_unref (desk->picture);
  ui_test_settle ();
  ui_gate_free (desk->gate, desk->folder);
}

static GtkWidget *
find_map (GtkWidget *canvas)
{
  for (GtkWidget *child = gtk_widget_get_first_child (canvas); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (IMP_IS_SEEN_MAP (child))
      return child;
  g_assert_not_reached ();
}

static guint
share (Desk *desk)
{
  return imp_picture_get_seen_share (desk->picture);
}

static gboolean
has_seen_some (gpointer picture)
{
  return imp_picture_get_seen_share (picture) > 0;
}

static gboolean
has_rehearsal (gpointer session)
{
  return imp_wizard_session_get_rehearsal (session) != NULL;
}

/* Whether the gate refuses because a part was never on screen. */
static gboolean
gate_refuses (Desk *desk)
{
  const ImpRehearsal *rehearsal = NULL;

  ui_test_wait_until (has_rehearsal, desk->session);
  rehearsal = imp_wizard_session_get_rehearsal (desk->session);
  for (guint i = 0; i < rehearsal->reasons->len; i++)
    if (g_str_equal (((ImpReason *)rehearsal->reasons->pdata[i])->rule, "floor:seen"))
      return TRUE;
  return FALSE;
}

static void
assert_map_says (Desk *desk, guint percent)
{
  g_autofree char *name = g_strdup_printf ("%u %% looked at at full size", percent);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_map (GTK_WIDGET (desk->canvas))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

/* The share that is in sight at full size but for the map, by hand: the map is as wide and as high
 * as it says, 12 from the corner. */
static guint
expect_share (Desk *desk)
{
  GtkWidget *map = find_map (GTK_WIDGET (desk->canvas));
  int width = gtk_widget_get_width (GTK_WIDGET (desk->canvas));
  int height = gtk_widget_get_height (GTK_WIDGET (desk->canvas));
  int left = (width - 512) / 2;
  int hidden_columns = MAX (left + 512 - (width - 12 - gtk_widget_get_width (map)), 0);
  int hidden_rows = 12 + gtk_widget_get_height (map);

  return (guint)((512 * height - hidden_columns * hidden_rows) * 100 / (512 * 640));
}

/* Nothing counts at a smaller size; at full size what is in sight, then what is scrolled to. The
 * gate hears it. */
static void
test_from_the_wheel_to_the_gate (Desk *desk, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);
  guint first = 0;

  ui_settle (400);
  g_assert_cmpfloat (imp_canvas_get_zoom (desk->canvas), <, 1);
  g_assert_cmpuint (share (desk), ==, 0);
  assert_map_says (desk, 0);
  /* Where all is in sight the map is out of its way. */
  g_assert_false (gtk_widget_get_can_target (find_map (canvas)));
  g_assert_nonnull (ui_find (GTK_WIDGET (desk->window), GTK_TYPE_BUTTON,
                             "0 % looked at at full size: go on to the rest"));
  g_assert_true (gate_refuses (desk));
  gtk_widget_grab_focus (canvas);
  ui_test_key (canvas, 0, GDK_KEY_1);
  /* From its middle to the top. */
  ui_test_scroll (canvas, 0, 100, 100, 20);
  ui_test_wait_until (has_seen_some, desk->picture);
  ui_settle (400);
  first = share (desk);
  g_assert_cmpuint (first, >, 10);
  g_assert_cmpuint (first, <, 100);
  assert_map_says (desk, first);
  ui_shot ("looking-part");
  g_assert_true (gate_refuses (desk));
  /* “Yes” is not taken while a part was never on screen. */
  imp_wizard_session_answer (desk->session, "looked-at-all", "yes");
  g_assert_null (imp_wizard_session_get_answer (desk->session, "looked-at-all"));
  for (int i = 0; i < 60 && share (desk) < 100; i++)
    ui_test_scroll (canvas, 0, 100, 100, -1);
  ui_settle (300);
  g_assert_cmpuint (share (desk), >, first);
  /* The corner that was under the map. */
  for (int i = 0; i < 12 && share (desk) < 100; i++)
    {
      ui_test_key (canvas, 0, GDK_KEY_n);
      ui_settle (400);
    }
  g_assert_cmpuint (share (desk), ==, 100);
  assert_map_says (desk, 100);
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "% seen"));
  imp_wizard_session_answer (desk->session, "looked-at-all", "yes");
  g_assert_cmpstr (imp_wizard_session_get_answer (desk->session, "looked-at-all"), ==, "yes");
  g_assert_false (gate_refuses (desk));
}

/* N alone leads through all of it, and holding it down is no looking. */
static void
test_next_unseen (Desk *desk, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);
  guint n_presses = 0;

  gtk_widget_grab_focus (canvas);
  ui_test_key (canvas, 0, GDK_KEY_n);
  for (int i = 0; i < 10; i++)
    ui_test_key (canvas, 0, GDK_KEY_n);
  ui_settle (400);
  g_assert_cmpfloat (imp_canvas_get_zoom (desk->canvas), ==, 1);
  g_assert_cmpuint (share (desk), ==, expect_share (desk));
  for (n_presses = 0; n_presses < 12 && share (desk) < 100; n_presses++)
    {
      ui_test_key (canvas, 0, GDK_KEY_n);
      ui_settle (400);
    }
  g_assert_cmpuint (share (desk), ==, 100);
  g_assert_cmpuint (n_presses, <=, 3);
}

/* A box that goes away leaves what nobody has seen; what was seen before it was drawn stays so. */
static void
test_boxes (Desk *desk, gconstpointer data)
{
  ImpRedaction *redaction = imp_picture_get_redaction (desk->picture);
  const ImpRect top = { 0, 0, 512, 64 };
  const ImpRect later = { 0, 100, 512, 64 };
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);
  guint id = imp_redaction_add (redaction, &top);

  gtk_widget_grab_focus (canvas);
  for (int i = 0; i < 12 && share (desk) < 100; i++)
    {
      ui_test_key (canvas, 0, GDK_KEY_n);
      ui_settle (400);
    }
  g_assert_cmpuint (share (desk), ==, 100);
  imp_canvas_select (desk->canvas, 0, FALSE);
  ui_test_key (canvas, 0, GDK_KEY_0);
  imp_redaction_add (redaction, &later);
  imp_redaction_undo (redaction);
  g_assert_cmpuint (share (desk), ==, 100);
  imp_redaction_remove (redaction, id);
  g_assert_cmpuint (share (desk), ==, 90); /* 64 of 640 rows are open */
  g_assert_true (gate_refuses (desk));
}

/* Pressing the map goes there, at full size, and draws no box; M hides it. */
static void
test_map (Desk *desk, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);
  GtkWidget *map = find_map (canvas);
  graphene_point_t corner;

  imp_canvas_set_zoom (desk->canvas, 1.5);
  ui_test_settle ();
  g_assert_true (gtk_widget_get_can_target (map));
  g_assert_true (gtk_widget_compute_point (map, canvas, &GRAPHENE_POINT_INIT (8, 8), &corner));
  ui_test_drag (canvas, 1, corner.x, corner.y, corner.x + 20, corner.y + 12);
  g_assert_cmpuint (imp_redaction_get_n_boxes (imp_picture_get_redaction (desk->picture)), ==, 0);
  g_assert_cmpfloat (imp_canvas_get_zoom (desk->canvas), ==, 1.5);
  ui_settle (400);
  g_assert_cmpuint (share (desk), >, 10);
  gtk_widget_grab_focus (canvas);
  ui_test_key (canvas, 0, GDK_KEY_m);
  g_assert_false (gtk_widget_get_can_target (map));
  ui_test_key (canvas, 0, GDK_KEY_m);
  g_assert_true (gtk_widget_get_can_target (map));
}

static gboolean
is_comparing (Desk *desk)
{
  gboolean comparing = FALSE;

  g_object_get (desk->canvas, "comparing", &comparing, NULL);
  return comparing;
}

static void
hold (GtkWidget *canvas, guint key, gboolean pressed)
{
  ui_test_hold (canvas, key, pressed);
  ui_test_settle ();
}

/* The original is there while H is held and gone when it is let go; the boxes never moved, and it
 * is told to who cannot see it. */
static void
test_original (Desk *desk, gconstpointer data)
{
  ImpRedaction *redaction = imp_picture_get_redaction (desk->picture);
  const ImpRect box = { 0, 0, 512, 64 };
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);

  imp_redaction_add (redaction, &box);
  gtk_widget_grab_focus (canvas);
  hold (canvas, GDK_KEY_h, TRUE);
  ui_test_key (canvas, 0, GDK_KEY_1);
  g_assert_true (is_comparing (desk));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "The original is shown: nothing is covered");
  g_assert_true (ui_sees (canvas, "Original: this is not what leaves"));
  ui_shot ("looking-original");
  /* Nothing is drawn meanwhile, and nothing counts as looked at. */
  ui_test_drag (canvas, 1, 200, 200, 260, 240);
  ui_settle (400);
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);
  g_assert_cmpuint (share (desk), ==, 0);
  hold (canvas, GDK_KEY_h, FALSE);
  g_assert_false (is_comparing (desk));
  g_assert_false (ui_sees (canvas, "Original: this is not what leaves"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1 redaction box");
  ui_shot ("looking-covered");
  /* Whoever goes elsewhere has let go. */
  hold (canvas, GDK_KEY_h, TRUE);
  imp_workbench_show_pane (desk->workbench, "boxes");
  g_assert_false (is_comparing (desk));
  hold (canvas, GDK_KEY_h, FALSE);
}

/* The button shows it while it is pressed, and by keyboard until it is pressed again or left. */
static void
test_original_by_button (Desk *desk, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (desk->window);
  GtkWidget *button = ui_find (root, GTK_TYPE_BUTTON, "Show the original while held");

  gtk_widget_grab_focus (button);
  ui_test_key (button, 0, GDK_KEY_Return);
  ui_settle (400); /* as a click by keyboard shows that it was pressed */
  g_assert_true (is_comparing (desk));
  ui_test_key (button, 0, GDK_KEY_Return);
  ui_settle (400);
  g_assert_false (is_comparing (desk));
  ui_test_key (button, 0, GDK_KEY_Return);
  ui_settle (400);
  gtk_widget_grab_focus (GTK_WIDGET (desk->canvas));
  g_assert_false (is_comparing (desk));
}

#define ADD(path, test) g_test_add (path, Desk, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/looking/from-the-wheel-to-the-gate", test_from_the_wheel_to_the_gate);
  ADD ("/looking/next-unseen", test_next_unseen);
  ADD ("/looking/boxes", test_boxes);
  ADD ("/looking/map", test_map);
  ADD ("/looking/original", test_original);
  ADD ("/looking/original-by-button", test_original_by_button);
  return g_test_run ();
}
