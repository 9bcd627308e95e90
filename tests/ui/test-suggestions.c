/* Suggestions at the desk, with the real helper: found behind the picture, decided by a person,
 * undone, and told where they cannot be had. */
#include <adwaita.h>

#include "imp-screener.h"
#include "imp-suggestion-row.h"
#include "imp-suggestion-widget.h"
#include "imp-workbench.h"
#include "ui-support.h"
#include "ui-test.h"

/* What the sample has burned in (data/sample/make-sample.py): two lines of a name, a number, a date
 * and a hospital, all in the uppermost 48 of 640 rows. */
#define STRIP_HEIGHT 48

typedef struct
{
  GtkWindow *window;
  ImpWorkbench *workbench;
  ImpCanvas *canvas;
  ImpPicture *picture;
  ImpRedaction *redaction; /* not owned */
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  imp_screener_forget ();
  desk->picture = ui_test_open ("chest.dcm");
  desk->redaction = imp_picture_get_redaction (desk->picture);
  desk->window = GTK_WINDOW (gtk_window_new ());
  desk->workbench = IMP_WORKBENCH (imp_workbench_new ());
  desk->canvas = imp_workbench_get_canvas (desk->workbench);
  gtk_window_set_child (desk->window, GTK_WIDGET (desk->workbench));
  if (g_strcmp0 (data, "slow") == 0)
    imp_screener_set_time_limit (1);
  imp_workbench_set_picture (desk->workbench, desk->picture);
  ui_test_show (desk->window, 1100, 800);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  imp_screener_set_time_limit (0);
  gtk_window_destroy (desk->window);
  g_object_unref (desk->picture);
  ui_test_settle ();
}

static GPtrArray *
list_suggestions (Desk *desk)
{
  GPtrArray *widgets = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (desk->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (IMP_IS_SUGGESTION_WIDGET (child))
      g_ptr_array_add (widgets, child);
  return widgets;
}

static guint
count (Desk *desk)
{
  g_autoptr (GPtrArray) widgets = list_suggestions (desk);

  return widgets->len;
}

static gboolean
has_any (gpointer desk)
{
  return count (desk) > 0;
}

/* Every pixel of the strip that a suggestion names is filled. */
static gboolean
is_filled (Desk *desk, const ImpRect *rect)
{
  for (guint i = 0; i < imp_redaction_get_n_boxes (desk->redaction); i++)
    {
      ImpRect box;
      ImpRect inside;

      imp_redaction_get_nth (desk->redaction, i, NULL, &box);
      inside = imp_rect_intersect (rect, &box);
      if (imp_rect_equal (&inside, rect))
        return TRUE;
    }
  return FALSE;
}

static void
focus_first (Desk *desk)
{
  g_autoptr (GPtrArray) widgets = list_suggestions (desk);

  g_assert_cmpuint (widgets->len, >, 0);
  gtk_widget_grab_focus (widgets->pdata[0]);
}

/* What is burned in is suggested with its reason, and nothing is covered by itself. */
static void
test_suggested (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) widgets = NULL;
  guint n_in_strip = 0;

  ui_test_wait_until (has_any, desk);
  widgets = list_suggestions (desk);
  for (guint i = 0; i < widgets->len; i++)
    n_in_strip += imp_suggestion_widget_get_rect (widgets->pdata[i])->y < STRIP_HEIGHT;
  g_assert_cmpuint (n_in_strip, >=, 2);
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 0);
  g_assert_true (ui_sees (GTK_WIDGET (desk->window), "Matches: Patient's date of birth"));
  /* What was read is masked until somebody asks. */
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "1957"));
  imp_picture_set_revealed (desk->picture, TRUE);
  g_assert_true (ui_sees (GTK_WIDGET (desk->window), "1957"));
  imp_picture_set_revealed (desk->picture, FALSE);
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "1957"));
  g_assert_cmpuint (ui_count_unnamed (GTK_WIDGET (desk->window)), ==, 0);
}

/* A covers it, as a box that is undone like any other; Delete leaves it, and undo brings it back.
 */
static void
test_keys (Desk *desk, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);
  guint before = 0;
  ImpRect first;

  ui_test_wait_until (has_any, desk);
  before = count (desk);
  focus_first (desk);
  first =
      *imp_suggestion_widget_get_rect (IMP_SUGGESTION_WIDGET (gtk_window_get_focus (desk->window)));
  ui_test_key (canvas, 0, GDK_KEY_a);
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 1);
  g_assert_true (is_filled (desk, &first));
  g_assert_cmpuint (count (desk), <, before);
  /* The next one has the keyboard. */
  g_assert_true (IMP_IS_SUGGESTION_WIDGET (gtk_window_get_focus (desk->window)));
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 0);
  g_assert_cmpuint (count (desk), ==, before);

  focus_first (desk);
  ui_test_key (canvas, 0, GDK_KEY_Delete);
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 0);
  g_assert_cmpuint (count (desk), ==, before - 1);
  g_assert_true (ui_sees (GTK_WIDGET (desk->window), "Left as they are (1)"));
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_cmpuint (count (desk), ==, before);
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "Left as they are"));
}

/* All at once is one step. What a hand has covered is not asked about any more, and is again once
 * the box has gone. */
static void
test_all (Desk *desk, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (desk->canvas);
  const ImpRect whole = { 0, 0, 512, 640 };
  g_autoptr (GPtrArray) widgets = NULL;
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  guint before = 0;
  guint id = 0;

  ui_test_wait_until (has_any, desk);
  before = count (desk);
  widgets = list_suggestions (desk);
  for (guint i = 0; i < widgets->len; i++)
    g_array_append_val (rects, *imp_suggestion_widget_get_rect (widgets->pdata[i]));
  ui_shot ("suggestions");
  gtk_widget_grab_focus (canvas);
  ui_test_key (canvas, GDK_SHIFT_MASK, GDK_KEY_a);
  for (guint i = 0; i < rects->len; i++)
    g_assert_true (is_filled (desk, &g_array_index (rects, ImpRect, i)));
  g_assert_cmpuint (count (desk), ==, 0);
  g_assert_true (ui_sees (GTK_WIDGET (desk->window), "Nothing is left to decide"));
  ui_shot ("suggestions-covered");
  ui_test_key (canvas, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 0);
  g_assert_cmpuint (count (desk), ==, before);

  id = imp_redaction_add (desk->redaction, &whole);
  g_assert_cmpuint (count (desk), ==, 0);
  imp_redaction_remove (desk->redaction, id);
  g_assert_cmpuint (count (desk), ==, before);

  ui_click (GTK_WIDGET (desk->window), "Leave all");
  g_assert_cmpuint (count (desk), ==, 0);
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 0);
  imp_redaction_undo (desk->redaction);
  g_assert_cmpuint (count (desk), ==, before);
}

/* Who could not look says so and can be asked again; the desk goes on. */
static void
test_not_screened (Desk *desk, gconstpointer data)
{
  ui_wait_for (GTK_WIDGET (desk->window), "Not screened");
  g_assert_cmpuint (count (desk), ==, 0);
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "No text found"));
  ui_shot ("suggestions-failed");
  imp_screener_set_time_limit (0);
  ui_click (GTK_WIDGET (desk->window), "Try again");
  ui_test_wait_until (has_any, desk);
  g_assert_false (ui_sees (GTK_WIDGET (desk->window), "Not screened"));
}

/* Looking can be stopped, and begun again. */
static void
test_stopped (Desk *desk, gconstpointer data)
{
  ui_wait_for (GTK_WIDGET (desk->window), "Not screened");
  imp_screener_set_time_limit (0);
  ui_click (GTK_WIDGET (desk->window), "Try again");
  ui_click (GTK_WIDGET (desk->window), "Stop");
  ui_wait_for (GTK_WIDGET (desk->window), "It was stopped");
  ui_settle (300);
  g_assert_cmpuint (count (desk), ==, 0);
  ui_shot ("suggestions-stopped");
  ui_click (GTK_WIDGET (desk->window), "Look now");
  ui_test_wait_until (has_any, desk);
}

#define ADD(path, data, test) g_test_add (path, Desk, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/suggestions/suggested", NULL, test_suggested);
  ADD ("/suggestions/keys", NULL, test_keys);
  ADD ("/suggestions/all", NULL, test_all);
  ADD ("/suggestions/not-screened", "slow", test_not_screened);
  ADD ("/suggestions/stopped", "slow", test_stopped);
  return g_test_run ();
}
