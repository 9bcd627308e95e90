/* What the article asks of the wizard (docs/rows.md): what is shown before a decision, in which
 * order, and that nothing leaves for the public unacknowledged. */
#include <adwaita.h>

#include "imp-wizard.h"
#include "ui-support.h"

typedef struct
{
  ImpGate *gate;
  char *folder;
  ImpPicture *picture;
  GtkWidget *wizard;
  GtkWidget *window;
} Desk;

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk->gate = ui_gate_new (&desk->folder);
  desk->picture = ui_picture_new ("chest.dcm");
  desk->wizard = imp_wizard_new ();
  desk->window = ui_window_new (desk->wizard, 370, 640);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), desk->picture);
  ui_settle (50);
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  ui_window_close (desk->window);
  g_object_unref (desk->picture);
  ui_gate_free (desk->gate, desk->folder);
}

/* Nobody is named; as far as the destinations. */
static void
go_to_use (Desk *desk)
{
  ui_click (desk->wizard, "It is not known whose picture this is");
  ui_click (desk->wizard, "_Next");
  ui_wait_for (desk->wizard, "Where is it going, and why?");
}

static void
next (Desk *desk)
{
  ui_click (desk->wizard, "_Next");
}

static const char *const TEACHING[] = {
  "Is the person under 18?",
  "Has the person died?",
  "Is the case rare, or has it been in the news?",
  "Does it show a face, a tattoo, jewellery, a scar or another distinctive mark?",
  "Does it show anyone else?",
};

static void
answer_case (Desk *desk)
{
  ui_wait_for (desk->wizard, "About this case");
  for (guint i = 0; i < G_N_ELEMENTS (TEACHING); i++)
    ui_answer (desk->wizard, TEACHING[i], "No");
}

/* How far down the window a widget begins. */
static double
top_of (Desk *desk, const char *name)
{
  GtkWidget *widget = ui_find (desk->wizard, GTK_TYPE_WIDGET, name);
  double x = 0;
  double y = 0;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_translate_coordinates (widget, desk->wizard, 0, 0, &x, &y));
  return y;
}

/* For a teaching file what needs nobody's permission is offered first; elsewhere second. */
static void
test_row_8 (Desk *desk, gconstpointer data)
{
  go_to_use (desk);
  ui_click (desk->wizard, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  next (desk);
  answer_case (desk);
  next (desk);
  ui_wait_for (desk->wizard, "What lets you share it?");
  ui_settle (300); /* the rows have their places a frame later */
  g_assert_cmpfloat (top_of (desk, "Nobody could be identified"), <,
                     top_of (desk, "The patient agreed"));
  ui_click (desk->wizard, "_Back");
  ui_click (desk->wizard, "_Back");
  ui_click (desk->wizard, "Internal meeting");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to colleagues");
  next (desk);
  ui_wait_for (desk->wizard, "About this case");
  ui_answer (desk->wizard, "Does anyone who will see this know the person?", "No");
  next (desk);
  ui_wait_for (desk->wizard, "What lets you share it?");
  g_assert_cmpfloat (top_of (desk, "Nobody could be identified"), >,
                     top_of (desk, "The patient agreed"));
}

static void
test_row_14 (Desk *desk, gconstpointer data)
{
  go_to_use (desk);
  g_assert_true (ui_sees (desk->wizard, "Patients, family, colleagues, employers, for years."));
  g_assert_true (ui_sees (desk->wizard, "A closed group counts as public."));
}

/* The policy in force stands where the use is chosen, pages before the decision. */
static void
test_row_21 (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  go_to_use (desk);
  ui_wait_for (desk->wizard, imp_gate_get_pack_title (desk->gate));
  g_assert_false (ui_sees (desk->wizard, "What lets you share it?"));
  imp_gate_set_pack (desk->gate, "uk-standard", &error);
  g_assert_no_error (error);
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), NULL);
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), desk->picture);
  go_to_use (desk);
  ui_wait_for (desk->wizard, "UK, standard: a second person may decide");
}

/* Its day is past: said where the policy stands. */
static void
test_row_17 (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  go_to_use (desk);
  g_assert_false (ui_sees (desk->wizard, "was to be looked at again"));
  imp_register_set_setting (imp_gate_get_register (desk->gate), "policy-review-by", "2026-03-01",
                            &error);
  g_assert_no_error (error);
  ui_click (desk->wizard, "_Back");
  go_to_use (desk);
  ui_wait_for (desk->wizard, "The policy was to be looked at again by 1 Mar 2026");
  ui_shot ("article-17-review");
}

static gboolean
has_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (window) && gtk_widget_get_mapped (window))
        return TRUE;
    }
  return FALSE;
}

/* All that publication asks, but not yet that it cannot be taken back. */
static void
go_to_permanence (Desk *desk)
{
  static const char *const INTRUDER[] = {
    "Could a face be rebuilt from it: a CT or MR of the head, or a 3-D view of one?",
    "Could someone pick this person out?",
    "Could it be matched with a post, a date, a place or a news story?",
    "Could someone learn something new about this person from it?",
    "Would the person, a relative or a workmate recognise it?",
  };

  go_to_use (desk);
  ui_click (desk->wizard, "Publication");
  ui_type (desk->wizard, "Why share this picture?", "To teach what a normal chest looks like");
  ui_type (desk->wizard, "What is it called: the journal, the platform, the study?", "Examples");
  ui_type (desk->wizard, "Who holds the copyright in this picture?", "Example Hospital");
  next (desk);
  answer_case (desk);
  ui_answer (desk->wizard, "Does anyone who will see this know the person?", "No");
  next (desk);
  ui_wait_for (desk->wizard, "What lets you share it?");
  ui_click (desk->wizard, "Nobody could be identified");
  ui_wait_for (desk->wizard, "Known already: the file"); /* what kind of picture it is */
  ui_answer (desk->wizard, "Is the picture part of a case report?", "No");
  for (guint i = 0; i < G_N_ELEMENTS (INTRUDER); i++)
    ui_answer (desk->wizard, INTRUDER[i], "No");
  ui_answer (desk->wizard, "Have you checked what the journal asks of anonymised pictures?", "Yes");
  next (desk);
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Yes");
  next (desk);
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  next (desk);
  ui_wait_for (desk->wizard, "Your account");
  ui_answer (desk->wizard, "Does the account that posts it show your job, town or hospital?", "No");
  next (desk);
  ui_wait_for (desk->wizard, "This cannot be taken back");
  ui_answer (desk->wizard,
             "Is it dignified: would the person be content to see it shown like this?", "Yes");
}

static gboolean
misses_approval (gpointer data)
{
  return ui_sees (((Desk *)data)->wizard, "Only your approval of exactly this picture is missing.");
}

/* The last page says that it stays; until that is acknowledged, no file is even asked for. */
static void
test_row_1 (Desk *desk, gconstpointer data)
{
  go_to_permanence (desk);
  ui_click (desk->wizard, "_Export…");
  ui_settle (400);
  g_assert_false (has_chooser ());
  ui_answer (desk->wizard, "Do you understand that this cannot be taken back?", "No");
  ui_click (desk->wizard, "_Export…");
  ui_settle (400);
  g_assert_false (has_chooser ());
  ui_answer (desk->wizard, "Do you understand that this cannot be taken back?", "Yes");
  ui_wait_looking (desk->wizard, misses_approval, desk, "the wait for an approval");
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)
  ADD ("/article/row-1/acknowledged-first", test_row_1);
  ADD ("/article/row-8/teaching-offers-anonymised-first", test_row_8);
  ADD ("/article/row-14/audience-is-said", test_row_14);
  ADD ("/article/row-21/policy-before-the-decision", test_row_21);
  ADD ("/article/row-17/review-is-due", test_row_17);
#undef ADD
  return g_test_run ();
}
