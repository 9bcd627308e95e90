/* What is screened when, at the desk and with the real helper: every frame, what another contrast
 * or an overlay shows, whose picture it is; and that nothing of it outlives the picture. The
 * pictures are those of tests/fixtures/ui_pictures.py, which says what stands where. */
#include <adwaita.h>

#include "imp-screener.h"
#include "imp-suggestion-widget.h"
#include "imp-workbench.h"
#include "ui-support.h"
#include "ui-test.h"

/* Of screened.dcm: on its frames 1, 3 and 5 the name, on 2 and 4 the number. */
static const ImpRect NAME = { 20, 30, 200, 20 };
static const ImpRect NUMBER = { 20, 230, 100, 20 };
#define N_FRAMES 6

/* Of faint.dcm. */
static const ImpRect DARK_NAME = { 20, 20, 200, 20 };
static const ImpRect FAINT_NUMBER = { 20, 180, 100, 20 };
static const ImpRect DATE = { 260, 80, 120, 20 };
static const ImpRect OVERLAY_NUMBER = { 240, 270, 110, 20 };
static const ImpWindow BRIGHT = { 2595, 40, IMP_VOI_LINEAR, 0 };

typedef struct
{
  GtkWindow *window;
  GtkWidget *root;
  ImpWorkbench *workbench;
  ImpCanvas *canvas;
  ImpPicture *picture;
  ImpRedaction *redaction; /* not owned */
  ImpGate *gate;           /* nullable */
  char *folder;
  const ImpRect *place; /* to wait for */
} Desk;

static void
set_up_within (Desk *desk, const char *name, guint milliseconds)
{
  imp_screener_forget ();
  imp_screener_set_time_limit (milliseconds);
  desk->picture = ui_test_open (name);
  desk->redaction = imp_picture_get_redaction (desk->picture);
  desk->window = GTK_WINDOW (gtk_window_new ());
  desk->root = GTK_WIDGET (desk->window);
  desk->workbench = IMP_WORKBENCH (imp_workbench_new ());
  desk->canvas = imp_workbench_get_canvas (desk->workbench);
  gtk_window_set_child (desk->window, GTK_WIDGET (desk->workbench));
  imp_workbench_set_picture (desk->workbench, desk->picture);
  ui_test_show (desk->window, 1100, 800);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  set_up_within (desk, data, 0);
}

/* With a helper that may take no time. */
static void
set_up_failing (Desk *desk, gconstpointer data)
{
  set_up_within (desk, data, 1);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  imp_screener_set_time_limit (0);
  gtk_window_destroy (desk->window);
  g_object_unref (desk->picture);
  if (desk->gate != NULL)
    ui_gate_free (desk->gate, desk->folder);
  ui_test_settle ();
}

/* What is suggested over a place, whether it is better kept or not. */
static GtkWidget *
find_over (Desk *desk, const ImpRect *place)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (desk->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (IMP_IS_SUGGESTION_WIDGET (child))
      {
        const ImpRect *rect = imp_suggestion_widget_get_rect (IMP_SUGGESTION_WIDGET (child));
        const ImpRect common = imp_rect_intersect (rect, place);

        if (common.width * 10 >= place->width * 8 && common.height * 10 >= place->height * 6)
          return child;
      }
  return NULL;
}

static guint
count_suggestions (Desk *desk)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (desk->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += IMP_IS_SUGGESTION_WIDGET (child);
  return n;
}

static gboolean
is_suggested (gpointer data)
{
  Desk *desk = data;

  return find_over (desk, desk->place) != NULL;
}

static void
wait_for (Desk *desk, const ImpRect *place)
{
  desk->place = place;
  ui_wait (is_suggested, desk, "a suggestion");
}

static gboolean
is_not_suggested (gpointer data)
{
  return !is_suggested (data);
}

static void
wait_until_gone (Desk *desk, const ImpRect *place)
{
  desk->place = place;
  ui_wait (is_not_suggested, desk, "the end of a suggestion");
}

static void
wait_until_looked_at (Desk *desk)
{
  ui_settle (400); /* until what has changed is being looked at */
  ui_wait_until_gone (desk->root, "Looking");
}

/* ---- frames ---- */

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  imp_picture_show_finish (IMP_PICTURE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
show_frame (Desk *desk, guint number)
{
  gboolean shown = FALSE;

  imp_picture_show_frame_async (desk->picture, number, on_shown, &shown);
  while (!shown)
    g_main_context_iteration (NULL, TRUE);
  ui_settle (50);
}

/* Every frame has its own suggestions, and says how far it has come. */
static void
test_every_frame (Desk *desk, gconstpointer data)
{
  wait_for (desk, &NAME);
  wait_until_looked_at (desk);
  g_assert_null (find_over (desk, &NUMBER));
  g_assert_true (ui_sees (desk->root, "Suggestions on 4 other frames"));
  for (guint i = 1; i < N_FRAMES; i++)
    {
      show_frame (desk, i);
      g_assert_cmpint (find_over (desk, &NAME) != NULL, ==, i == 2 || i == 4);
      g_assert_cmpint (find_over (desk, &NUMBER) != NULL, ==, i == 1 || i == 3);
    }
  g_assert_true (ui_sees (desk->root, "No text found"));
  g_assert_true (ui_sees (desk->root, "Suggestions on 5 other frames"));
  ui_shot ("screened-frames");
}

/* A helper that may take no time fails; once it has read the first frame all the same, it is not
 * asked about those that are like it. */
static void
test_identical_frames (Desk *desk, gconstpointer data)
{
  ImpWindow window = { 0 };
  g_autoptr (ImpRaster) first = NULL;
  g_autoptr (GPtrArray) spots = NULL;
  g_autoptr (GError) error = NULL;

  ui_wait_for (desk->root, "Not screened");
  wait_until_looked_at (desk);
  imp_screener_set_time_limit (0);
  first = imp_frame_render (imp_picture_get_frame (desk->picture),
                            imp_picture_get_drawn_window (desk->picture, &window) ? &window : NULL,
                            &error);
  g_assert_no_error (error);
  spots = imp_screener_look_sync (first, IMP_SCREENER_ALL, NULL, &error);
  g_assert_no_error (error);
  imp_screener_set_time_limit (1);
  ui_click (desk->root, "Try again");
  wait_until_looked_at (desk);
  for (guint i = 0; i < N_FRAMES - 1; i++)
    {
      show_frame (desk, i);
      g_assert_cmpint (ui_sees (desk->root, "Not screened"), ==, i % 2 == 1);
      g_assert_cmpint (find_over (desk, &NAME) != NULL, ==, i % 2 == 0);
    }
}

/* Stopped, it leaves the other frames alone until it is asked; the one that is shown comes first
 * then.
 */
static void
test_stopped (Desk *desk, gconstpointer data)
{
  ui_wait_for (desk->root, "of 40 frames looked at");
  ui_wait_for (desk->root, "Looking at the other frames…");
  ui_click (desk->root, "Stop");
  show_frame (desk, 39);
  ui_settle (1000);
  g_assert_true (ui_sees (desk->root, "It was stopped"));
  g_assert_cmpuint (count_suggestions (desk), ==, 0);
  ui_shot ("screened-stopped");
  ui_click (desk->root, "Look now");
  ui_wait_for (desk->root, "Looks like a number");
  ui_wait_for (desk->root, "Looking at the other frames…");
  ui_shot ("screened-progress");
}

static gboolean
shows_wanted (gpointer data)
{
  ImpPicture *picture = ((Desk *)data)->picture;

  return imp_picture_get_frame_number (picture) == imp_picture_get_wanted_frame (picture);
}

static void
step (Desk *desk, guint modifiers)
{
  ui_test_key (GTK_WIDGET (desk->canvas), modifiers, GDK_KEY_s);
  ui_wait (shows_wanted, desk, "the frame");
  ui_settle (100);
  g_assert_true (IMP_IS_SUGGESTION_WIDGET (gtk_window_get_focus (desk->window)));
}

/* Through all of a frame to the next one that has any. */
static guint
step_on (Desk *desk, guint modifiers)
{
  const guint before = imp_picture_get_frame_number (desk->picture);
  const guint n = count_suggestions (desk);
  guint n_steps = 0;

  while (imp_picture_get_frame_number (desk->picture) == before && n_steps++ <= n)
    step (desk, modifiers);
  return imp_picture_get_frame_number (desk->picture);
}

/* S goes from one to the next over all frames and round; Shift+S the other way. What is covered on
 * all frames is nothing to go to. */
static void
test_next (Desk *desk, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);

  wait_for (desk, &NAME);
  wait_until_looked_at (desk);
  gtk_widget_grab_focus (canvas);
  step (desk, 0);
  g_assert_cmpuint (imp_picture_get_frame_number (desk->picture), ==, 0);
  for (guint i = 0; i < N_FRAMES; i++)
    g_assert_cmpuint (step_on (desk, 0), ==, (i + 1) % (N_FRAMES - 1));
  g_assert_cmpuint (step_on (desk, GDK_SHIFT_MASK), ==, 0);
  g_assert_cmpuint (step_on (desk, GDK_SHIFT_MASK), ==, 4);

  /* Covered here, the name is covered on every frame. */
  gtk_widget_grab_focus (find_over (desk, &NAME));
  ui_test_key (canvas, 0, GDK_KEY_a);
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 1);
  g_assert_cmpuint (count_suggestions (desk), ==, 0);
  step (desk, 0);
  g_assert_cmpuint (imp_picture_get_frame_number (desk->picture), ==, 1);
  ui_test_key (canvas, 0, GDK_KEY_Delete);
  step (desk, 0);
  g_assert_cmpuint (imp_picture_get_frame_number (desk->picture), ==, 3);
  ui_test_key (canvas, 0, GDK_KEY_a);
  ui_wait_for (desk->root, "Nothing is left to decide");
  g_assert_false (ui_sees (desk->root, "other frame"));
  ui_test_key (canvas, 0, GDK_KEY_s);
  ui_settle (200);
  g_assert_cmpuint (imp_picture_get_frame_number (desk->picture), ==, 3);
}

/* ---- contrast and overlays ---- */

/* One line may be told more than once, as parts of it or with what lies round it. */
static guint
leave_all (Desk *desk, const ImpRect *place)
{
  guint n = 0;

  for (GtkWidget *each = find_over (desk, place); each != NULL; each = find_over (desk, place))
    {
      gtk_widget_grab_focus (each);
      ui_test_key (GTK_WIDGET (desk->canvas), 0, GDK_KEY_Delete);
      g_assert_cmpuint (++n, <, 5);
    }
  return n;
}

static gboolean
says_left (Desk *desk, guint n)
{
  g_autofree char *text = g_strdup_printf ("Left as they are (%u)", n);

  return ui_sees (desk->root, text);
}

/* What would leave is what is looked at. What was decided holds for its place. */
static void
test_contrast (Desk *desk, gconstpointer data)
{
  GtkWidget *date = NULL;
  guint n_dates = 0;
  guint n_names = 0;

  wait_for (desk, &DARK_NAME);
  wait_until_looked_at (desk);
  g_assert_null (find_over (desk, &FAINT_NUMBER));
  n_dates = leave_all (desk, &DATE);
  n_names = leave_all (desk, &DARK_NAME);
  g_assert_cmpuint (n_dates, >, 0);
  g_assert_cmpuint (n_names, >, 0);
  g_assert_true (says_left (desk, n_dates + n_names));

  imp_picture_set_window (desk->picture, &BRIGHT);
  wait_for (desk, &FAINT_NUMBER);
  wait_until_looked_at (desk);
  ui_shot ("screened-contrast");
  g_assert_null (find_over (desk, &DARK_NAME));
  g_assert_null (find_over (desk, &DATE));
  g_assert_true (says_left (desk, n_dates));

  imp_picture_set_window (desk->picture, NULL);
  wait_until_gone (desk, &FAINT_NUMBER);
  wait_until_looked_at (desk);
  g_assert_null (find_over (desk, &DARK_NAME));
  g_assert_null (find_over (desk, &DATE));
  g_assert_true (says_left (desk, n_dates + n_names));
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 0);

  /* A box stays, and what lies under it is not asked about in another contrast either. */
  for (guint i = 0; i < n_dates + n_names; i++)
    imp_redaction_undo (desk->redaction);
  date = find_over (desk, &DATE);
  g_assert_nonnull (date);
  gtk_widget_grab_focus (date);
  ui_test_key (GTK_WIDGET (desk->canvas), 0, GDK_KEY_a);
  imp_picture_set_window (desk->picture, &BRIGHT);
  wait_for (desk, &FAINT_NUMBER);
  wait_until_looked_at (desk);
  g_assert_null (find_over (desk, &DATE));
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 1);
}

static void
show_planes (Desk *desk, guint planes)
{
  gboolean shown = FALSE;

  imp_picture_show_planes_async (desk->picture, planes, on_shown, &shown);
  while (!shown)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_overlays (Desk *desk, gconstpointer data)
{
  guint n_names = 0;

  wait_for (desk, &DARK_NAME);
  g_assert_null (find_over (desk, &OVERLAY_NUMBER));
  n_names = leave_all (desk, &DARK_NAME);
  g_assert_cmpuint (n_names, >, 0);
  show_planes (desk, 1);
  wait_for (desk, &OVERLAY_NUMBER);
  wait_until_looked_at (desk);
  g_assert_true (ui_sees (desk->root, "Overlay 6000 is drawn here"));
  g_assert_true (says_left (desk, n_names));
  g_assert_null (find_over (desk, &DARK_NAME));
  ui_shot ("screened-overlay");
  show_planes (desk, 0);
  wait_until_gone (desk, &OVERLAY_NUMBER);
  g_assert_true (says_left (desk, n_names));
}

/* ---- whose picture it is ---- */

static void
test_person (Desk *desk, gconstpointer data)
{
  ImpWizard *wizard = imp_workbench_get_wizard (desk->workbench);
  const char *matches = "Matches the person of the register: a number";

  desk->gate = ui_gate_new (&desk->folder);
  g_free (ui_add_person (desk->gate, "H990011", "SAMPLE, Witness C", "1960-02-03"));
  imp_wizard_set_gate (wizard, desk->gate);
  wait_for (desk, &NAME);
  wait_until_looked_at (desk);
  show_frame (desk, 1);
  wait_for (desk, &NUMBER);
  g_assert_true (ui_sees (desk->root, "Looks like a number"));
  g_assert_false (ui_sees (desk->root, matches));
  /* Left before anybody knew whose number it is, on this frame. */
  gtk_widget_grab_focus (find_over (desk, &NUMBER));
  ui_test_key (GTK_WIDGET (desk->canvas), 0, GDK_KEY_Delete);
  g_assert_null (find_over (desk, &NUMBER));
  /* Nothing is looked at again for it. */
  imp_screener_forget ();
  imp_screener_set_time_limit (1);
  imp_workbench_show_pane (desk->workbench, "export");
  ui_settle (100);
  ui_type (GTK_WIDGET (wizard), "Hospital number", "H990011");
  ui_wait_for (GTK_WIDGET (wizard), "SAMPLE, Witness C");
  ui_click (GTK_WIDGET (wizard), "Yes, this person");
  imp_workbench_show_pane (desk->workbench, "findings");
  ui_wait_for (desk->root, matches);
  wait_for (desk, &NUMBER);
  ui_shot ("screened-person");
  g_assert_false (ui_sees (desk->root, "Not screened"));
  g_assert_false (ui_sees (desk->root, "990011"));

  /* With the lock of the register it is not known any more. */
  imp_wizard_set_gate (wizard, NULL);
  ui_wait_until_gone (desk->root, matches);
  g_assert_true (ui_sees (desk->root, "Looks like a number"));
}

/* ---- what goes with the picture ---- */

/* The same file again is looked at again: nothing of it is remembered. */
static void
test_forgotten (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpPicture) again = ui_test_open (data);

  wait_for (desk, &DARK_NAME);
  wait_until_looked_at (desk);
  imp_workbench_set_picture (desk->workbench, NULL);
  imp_screener_set_time_limit (1);
  imp_workbench_set_picture (desk->workbench, again);
  ui_wait_for (desk->root, "Not screened");
}

#define ADD(path, data, set_up, test) g_test_add (path, Desk, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/screened/every-frame", "screened.dcm", set_up, test_every_frame);
  ADD ("/screened/identical-frames", "screened.dcm", set_up_failing, test_identical_frames);
  ADD ("/screened/stopped", "numbered.dcm", set_up, test_stopped);
  ADD ("/screened/next", "screened.dcm", set_up, test_next);
  ADD ("/screened/contrast", "faint.dcm", set_up, test_contrast);
  ADD ("/screened/overlays", "faint.dcm", set_up, test_overlays);
  ADD ("/screened/person", "screened.dcm", set_up, test_person);
  ADD ("/screened/forgotten", "faint.dcm", set_up, test_forgotten);
  return g_test_run ();
}
