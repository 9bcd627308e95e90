/* What the finished picture still shows (leaks.md row 28), at the desk: each place is shown,
 * covered or answered for, with the real helper, and what was said stands in the ledger. The
 * picture is that of tests/fixtures/ui_pictures.py: a name above, and the word of a ward below. */
#include <adwaita.h>

#include "imp-question-row.h"
#include "imp-screener.h"
#include "imp-suggestion-widget.h"
#include "imp-workbench.h"
#include "ui-support.h"
#include "ui-test.h"

static const ImpRect NAME = { 20, 30, 200, 20 };
static const ImpRect WARD = { 20, 230, 100, 20 };

typedef struct
{
  ImpGate *gate;
  char *folder;
  ImpPicture *picture;
  ImpRedaction *redaction; /* not owned */
  GtkWindow *window;
  GtkWidget *root;
  ImpWorkbench *workbench;
  GtkWidget *wizard; /* not owned */
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  imp_screener_forget ();
  desk->gate = ui_gate_new (&desk->folder);
  desk->picture = ui_picture_new ("ward.dcm");
  desk->redaction = imp_picture_get_redaction (desk->picture);
  desk->workbench = IMP_WORKBENCH (imp_workbench_new ());
  desk->wizard = GTK_WIDGET (imp_workbench_get_wizard (desk->workbench));
  desk->window = GTK_WINDOW (gtk_window_new ());
  desk->root = GTK_WIDGET (desk->window);
  gtk_window_set_child (desk->window, GTK_WIDGET (desk->workbench));
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  imp_workbench_set_picture (desk->workbench, desk->picture);
  ui_test_show (desk->window, 1366, 768);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  imp_screener_set_time_limit (0);
  gtk_window_destroy (desk->window);
  g_object_unref (desk->picture);
  ui_gate_free (desk->gate, desk->folder);
  ui_test_settle ();
}

static GtkWidget *
find_over_name (Desk *desk)
{
  GtkWidget *canvas = GTK_WIDGET (imp_workbench_get_canvas (desk->workbench));

  for (GtkWidget *child = gtk_widget_get_first_child (canvas); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (IMP_IS_SUGGESTION_WIDGET (child))
      {
        const ImpRect common = imp_rect_intersect (
            imp_suggestion_widget_get_rect (IMP_SUGGESTION_WIDGET (child)), &NAME);

        if (!imp_rect_is_empty (&common))
          return child;
      }
  return NULL;
}

static gboolean
is_suggested (gpointer data)
{
  return find_over_name (data) != NULL;
}

/* As a person does: the suggestion over the name is accepted by key. */
static void
accept_name (Desk *desk)
{
  ui_wait (is_suggested, desk, "the suggestion over the name");
  while (find_over_name (desk) != NULL)
    {
      gtk_widget_grab_focus (find_over_name (desk));
      ui_test_key (GTK_WIDGET (imp_workbench_get_canvas (desk->workbench)), 0, GDK_KEY_a);
    }
}

static void
answer_no (Desk *desk, const char *const *questions)
{
  for (gsize i = 0; questions[i] != NULL; i++)
    if (ui_find (desk->wizard, IMP_TYPE_QUESTION_ROW, questions[i]) != NULL)
      ui_answer (desk->wizard, questions[i], "No");
}

static void
go_to_last_page (Desk *desk)
{
  static const char *const CASE[] = { "Is the person under 18?",
                                      "Has the person died?",
                                      "Is the case rare, or has it been in the news?",
                                      "Does it show a face, a tattoo, jewellery, a scar or another "
                                      "distinctive mark?",
                                      "Does it show anyone else?",
                                      NULL };
  static const char *const INTRUDER[] = {
    "Could a face be rebuilt from it: a CT or MR of the head, or a 3-D view of one?",
    "Could someone pick this person out?",
    "Could it be matched with a post, a date, a place or a news story?",
    "Could someone learn something new about this person from it?",
    "Would the person, a relative or a workmate recognise it?",
    NULL
  };

  imp_workbench_show_pane (desk->workbench, "export");
  ui_settle (200);
  ui_click (desk->wizard, "It is not known whose picture this is");
  ui_click (desk->wizard, "_Next");
  ui_wait_for (desk->wizard, "Where is it going, and why?");
  ui_click (desk->wizard, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  ui_click (desk->wizard, "_Next");
  ui_wait_for (desk->wizard, "About this case");
  answer_no (desk, CASE);
  ui_click (desk->wizard, "_Next");
  ui_click (desk->wizard, "Nobody could be identified");
  ui_settle (300);
  answer_no (desk, INTRUDER);
  ui_click (desk->wizard, "_Next");
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Yes");
  ui_click (desk->wizard, "_Next");
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  ui_click (desk->wizard, "_Next");
  ui_wait_for (desk->wizard, "This cannot be taken back");
}

static gboolean
has_chooser (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (window) && gtk_widget_get_mapped (window))
        {
          *(GtkWidget **)data = window;
          return TRUE;
        }
    }
  return FALSE;
}

static void
export_picture (Desk *desk, const char *name)
{
  GtkWidget *chooser = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (desk->folder);

  ui_click (desk->wizard, "_Export…");
  ui_wait (has_chooser, &chooser, "the file dialog");
  ui_settle (600);
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL));
  ui_settle (600);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  ui_settle (600);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  ui_wait_for (desk->wizard, "Exported to a teaching file");
}

static char *
body_of (Desk *desk, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) rows = imp_gate_ledger_list_sync (desk->gate, 50, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char *found = NULL;
      const char *body = NULL;

      g_assert_true (g_variant_lookup (row, "kind", "&s", &found));
      g_assert_true (g_variant_lookup (row, "body", "&s", &body));
      if (g_str_equal (found, kind))
        return g_strdup (body);
    }
  return NULL;
}

static gboolean
shows_ward (Desk *desk)
{
  ImpCanvas *canvas = imp_workbench_get_canvas (desk->workbench);
  const graphene_rect_t place = imp_view_place (imp_canvas_get_view (canvas), &WARD,
                                                gtk_widget_get_scale_factor (GTK_WIDGET (canvas)));
  const graphene_rect_t all =
      GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (GTK_WIDGET (canvas)),
                          (float)gtk_widget_get_height (GTK_WIDGET (canvas)));

  return graphene_rect_contains_rect (&all, &place) && imp_canvas_get_zoom (canvas) >= 1;
}

/* What was read is masked; the place comes into sight at full size; that it may stay is said once,
 * and stands in the ledger with who thought of the box. */
static void
test_acknowledged (Desk *desk, gconstpointer data)
{
  g_autofree char *body = NULL;

  accept_name (desk);
  go_to_last_page (desk);
  ui_wait_for (desk->wizard, "Place 1 of 1");
  g_assert_false (ui_sees (desk->wizard, "WARD"));
  ui_shot ("left-1-card");
  imp_picture_set_revealed (desk->picture, TRUE);
  g_assert_true (ui_sees (desk->wizard, "WARD"));
  imp_picture_set_revealed (desk->picture, FALSE);
  g_assert_false (ui_sees (desk->wizard, "WARD"));
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);

  imp_canvas_set_zoom (imp_workbench_get_canvas (desk->workbench), 8);
  ui_settle (100);
  g_assert_false (shows_ward (desk));
  ui_click (desk->wizard, "Show place 1 of 1");
  ui_settle (100);
  g_assert_true (shows_ward (desk));
  ui_shot ("left-2-shown");
  body = body_of (desk, "intent");
  g_assert_null (body);

  ui_click (desk->wizard, "I looked at place 1 of 1: it may stay");
  ui_wait_for (desk->wizard, "May be exported to a teaching file");
  ui_shot ("left-3-may-leave");
  export_picture (desk, "left.png");
  ui_wait_for (desk->wizard, "1 place that was looked at and may stay");
  ui_wait_for (desk->wizard, "1 of the boxes was suggested");
  ui_shot ("left-4-receipt");
  body = body_of (desk, "intent");
  g_assert_nonnull (body);
  g_assert_nonnull (strstr (body, "\"stays_as\":\"acknowledged\""));
  g_assert_nonnull (strstr (body, "\"suggestions_accepted_by\":\"a person\""));
  g_assert_null (strstr (body, "\"boxes_suggested\":[]"));
  g_assert_null (strstr (body, "WARD"));
}

/* Covered from its card, it is a box like any other, and what was said of pixels is asked again. */
static void
test_covered (Desk *desk, gconstpointer data)
{
  g_autoptr (GArray) suggested = NULL;
  const ImpRect around_name = { 0, 0, 300, 80 };
  ImpRect common = { 0, 0, 0, 0 };

  imp_redaction_add (desk->redaction, &around_name);
  go_to_last_page (desk);
  ui_wait_for (desk->wizard, "Place 1 of 1");
  ui_click (desk->wizard, "Cover place 1 of 1");
  ui_wait_until_gone (desk->wizard, "Place 1 of 1");
  g_assert_cmpuint (imp_redaction_get_n_boxes (desk->redaction), ==, 2);
  suggested = imp_redaction_get_suggested (desk->redaction);
  g_assert_cmpuint (suggested->len, ==, 1);
  common = imp_rect_intersect (&g_array_index (suggested, ImpRect, 0), &WARD);
  g_assert_cmpint (common.width, >, 60);
  ui_wait_for (desk->wizard, "Go to the question");
}

/* A name of the file's header cannot be let stay; it can be shown and covered. */
static void
test_name_left (Desk *desk, gconstpointer data)
{
  g_autofree char *body = NULL;

  go_to_last_page (desk);
  ui_wait_for (desk->wizard, "It tells whose picture this is, and may not stay.");
  ui_shot ("left-5-name");
  g_assert_nonnull (ui_find (desk->wizard, GTK_TYPE_BUTTON, "Show place 1 of 2"));
  g_assert_nonnull (ui_find (desk->wizard, GTK_TYPE_BUTTON, "Cover place 1 of 2"));
  g_assert_null (ui_find (desk->wizard, GTK_TYPE_BUTTON, "I looked at place 1 of 2: it may stay"));
  ui_click (desk->wizard, "I looked at place 2 of 2: it may stay");
  ui_wait_for (desk->wizard, "Place 1 of 1");
  ui_click (desk->wizard, "_Export…");
  ui_wait_for (desk->wizard, "It may not leave yet.");
  body = body_of (desk, "intent");
  g_assert_null (body);
}

/* Whatever nobody could look at waits, and can be looked at again. */
static void
test_not_screened (Desk *desk, gconstpointer data)
{
  accept_name (desk);
  imp_screener_forget ();
  imp_screener_set_time_limit (1);
  go_to_last_page (desk);
  ui_wait_for (desk->wizard, "could not be looked at for writing");
  ui_shot ("left-6-not-screened");
  ui_click (desk->wizard, "_Export…");
  ui_wait_for (desk->wizard, "It may not leave yet.");
  imp_screener_set_time_limit (0);
  ui_click (desk->wizard, "Try again");
  ui_wait_for (desk->wizard, "Place 1 of 1");
}

#define ADD(path, test) g_test_add (path, Desk, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/leaks/row-28/acknowledged-at-the-desk", test_acknowledged);
  ADD ("/leaks/row-28/covered-at-the-desk", test_covered);
  ADD ("/leaks/row-28/name-left-at-the-desk", test_name_left);
  ADD ("/leaks/row-28/not-screened-at-the-desk", test_not_screened);
  return g_test_run ();
}
