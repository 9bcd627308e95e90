/* A photograph of a drawn face at the desk, with the real helper: suggested, covered by a person,
 * and told where nobody looks for faces. */
#include <adwaita.h>

#include "imp-suggestion-widget.h"
#include "imp-workbench.h"
#include "ui-support.h"
#include "ui-test.h"

#define UNSEEN "Nobody has looked for faces"

/* Brows to mouth of the face of tests/fixtures/faces_make.py, 320 pixels high at 200, 120. */
static const ImpRect FEATURES = { 291, 236, 138, 145 };

typedef struct
{
  GtkWindow *window;
  ImpWorkbench *workbench;
  ImpPicture *picture;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->picture = ui_test_open (data);
  desk->window = GTK_WINDOW (gtk_window_new ());
  desk->workbench = IMP_WORKBENCH (imp_workbench_new ());
  gtk_window_set_child (desk->window, GTK_WIDGET (desk->workbench));
  imp_workbench_set_picture (desk->workbench, desk->picture);
  ui_test_show (desk->window, 1100, 800);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (desk->window);
  g_object_unref (desk->picture);
  ui_test_settle ();
}

static gboolean
has_looked (gpointer data)
{
  Desk *desk = data;

  return !ui_sees (GTK_WIDGET (desk->window), "Looking for text and codes…");
}

static gboolean
holds_face (const ImpRect *rect)
{
  const ImpRect inside = imp_rect_intersect (rect, &FEATURES);

  return imp_rect_equal (&inside, &FEATURES);
}

/* The suggestion on the picture that covers the face, %NULL where there is none. */
static GtkWidget *
find_face (Desk *desk)
{
  GtkWidget *canvas = GTK_WIDGET (imp_workbench_get_canvas (desk->workbench));

  for (GtkWidget *child = gtk_widget_get_first_child (canvas); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (IMP_IS_SUGGESTION_WIDGET (child)
        && holds_face (imp_suggestion_widget_get_rect (IMP_SUGGESTION_WIDGET (child))))
      return child;
  return NULL;
}

/* Said to be one perhaps, covered by a key, and open again once that is undone. */
static void
test_suggested (Desk *desk, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (imp_workbench_get_canvas (desk->workbench));
  ImpRedaction *redaction = imp_picture_get_redaction (desk->picture);
  GtkWidget *face = NULL;
  ImpRect box = { 0 };

  ui_wait_for (GTK_WIDGET (desk->window), "May be a face");
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 0);
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), UNSEEN));
  g_assert_cmpuint (ui_count_unnamed (GTK_WIDGET (desk->window)), ==, 0);
  ui_shot ("face");
  face = find_face (desk);
  g_assert_nonnull (face);
  gtk_widget_grab_focus (face);
  ui_test_key (canvas, 0, GDK_KEY_a);
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);
  imp_redaction_get_nth (redaction, 0, NULL, &box);
  g_assert_true (holds_face (&box));
  g_assert_null (find_face (desk));
  ui_shot ("face-covered");
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_nonnull (find_face (desk));
}

/* Nothing says that nobody is in a picture. */
static void
test_nobody (Desk *desk, gconstpointer data)
{
  ui_test_wait_until (has_looked, desk);
  g_assert_null (find_face (desk));
  g_assert_true (ui_sees (GTK_WIDGET (desk->window), "look yourself"));
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "No face"));
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), UNSEEN));
}

/* Where faces are not known the desk says so, beside all that it does find. */
static void
test_missing (Desk *desk, gconstpointer data)
{
  ui_wait_for (GTK_WIDGET (desk->window), UNSEEN);
  g_assert_null (find_face (desk));
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "May be a face"));
  ui_shot ("face-missing");
}

#define ADD(path, data, test) g_test_add (path, Desk, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/faces/suggested", "face.png", test_suggested);
  ADD ("/faces/nobody", "cloth.png", test_nobody);
  ADD ("/faceless/missing", "face.png", test_missing);
  return g_test_run ();
}
