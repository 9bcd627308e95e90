/* What the wizard shows beside its questions: the file's own words for the patient, that covering
 * comes before what is said of the pixels, and what stands out. */
#include <adwaita.h>

#include "imp-question-row.h"
#include "imp-wizard-session.h"
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

static void
find_person (Desk *desk, const char *number, const char *name)
{
  ui_type (desk->wizard, "Hospital number", number);
  ui_wait_for (desk->wizard, name);
  ui_wait_for (desk->wizard, "What the file says");
}

/* How many lines of the file say so. */
static guint
count (GtkWidget *root, const char *words)
{
  guint n = GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
            && g_strcmp0 (gtk_label_get_text (GTK_LABEL (root)), words) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, words);
  return n;
}

/* The sample is of EXAMPLE^PERSON A, H204417, 22 November 1957 (data/sample/make-sample.py). */
static void
test_another_person_is_told_at_once (Desk *desk, gconstpointer data)
{
  g_free (ui_add_person (desk->gate, "H0001234", "NIGHTINGALE, Example", "1970-04-03"));
  find_person (desk, "H0001234", "NIGHTINGALE, Example");
  g_assert_cmpuint (count (desk->wizard, "not the same"), ==, 3);
  g_assert_true (ui_sees (desk->wizard, "The file and the register do not say the same."));
  /* Masked until somebody asks, which the inspector hears too. */
  g_assert_false (ui_sees (desk->wizard, "H204417"));
  g_assert_false (ui_sees (desk->wizard, "PERSON A"));
  ui_shot ("wizard-1-mismatch-masked");
  ui_click (desk->wizard, "Show what the file says");
  g_assert_true (imp_picture_get_revealed (desk->picture));
  g_assert_true (ui_sees (desk->wizard, "H204417"));
  g_assert_true (ui_sees (desk->wizard, "EXAMPLE, PERSON A"));
  g_assert_true (ui_sees (desk->wizard, "22 Nov 1957"));
  ui_shot ("wizard-1-mismatch");
  imp_picture_set_revealed (desk->picture, FALSE);
  g_assert_false (ui_sees (desk->wizard, "H204417"));
  /* It stays in sight once somebody has said that it is this person all the same. */
  ui_click (desk->wizard, "Yes, this person");
  ui_wait_for (desk->wizard, "The file and the register do not say the same.");
  g_assert_cmpuint (count (desk->wizard, "not the same"), ==, 3);
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  ui_shot ("wizard-1-mismatch-confirmed");
}

/* Names are written in another order and with other capitals in files; a birth that nobody has
 * recorded is neither right nor wrong. */
static void
test_the_same_person (Desk *desk, gconstpointer data)
{
  g_free (ui_add_person (desk->gate, "H204417", "Person A. Example", NULL));
  find_person (desk, "H204417", "Person A. Example");
  g_assert_cmpuint (count (desk->wizard, "the same"), ==, 2);
  g_assert_cmpuint (count (desk->wizard, "not on record"), ==, 1);
  g_assert_cmpuint (count (desk->wizard, "not the same"), ==, 0);
  g_assert_false (ui_sees (desk->wizard, "do not say the same"));
}

/* What is put right in the register counts at once. */
static void
test_register_put_right (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  ImpRegister *reg = imp_gate_get_register (desk->gate);
  g_autofree char *id = ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1957-12-22");

  find_person (desk, "H204417", "EXAMPLE, Person A");
  g_assert_cmpuint (count (desk->wizard, "not the same"), ==, 1);
  person = imp_register_get_person (reg, id, &error);
  g_assert_no_error (error);
  g_free (person->born);
  person->born = g_strdup ("1957-11-22");
  imp_register_update_person (reg, person, &error);
  g_assert_no_error (error);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  ui_wait_until_gone (desk->wizard, "not the same");
  ui_wait_for (desk->wizard, "What the file says");
  g_assert_cmpuint (count (desk->wizard, "the same"), ==, 3);
}

static void
go_to_case (Desk *desk)
{
  ui_click (desk->wizard, "It is not known whose picture this is");
  ui_click (desk->wizard, "_Next");
  ui_wait_for (desk->wizard, "Where is it going, and why?");
  ui_click (desk->wizard, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  ui_click (desk->wizard, "_Next");
  ui_wait_for (desk->wizard, "About this case");
}

#define COVER_FIRST "Nothing is covered yet. What you answer about the picture is asked again"

/* That covering takes answers back is said before they are given; one press leads there, one back.
 */
static void
test_cover_first (Desk *desk, gconstpointer data)
{
  ImpRect box = { 10, 10, 60, 20 };

  imp_redaction_clear (imp_picture_get_redaction (desk->picture));
  ui_settle (100);
  go_to_case (desk);
  g_assert_true (ui_sees (desk->wizard, COVER_FIRST));
  ui_shot ("wizard-3-cover-first");
  ui_click (desk->wizard, "Cover first");
  g_assert_true (ui_sees (desk->wizard, "Cover it up"));
  g_assert_false (ui_sees (desk->wizard, "About this case"));
  imp_redaction_add (imp_picture_get_redaction (desk->picture), &box);
  ui_settle (100);
  ui_click (desk->wizard, "_Next");
  g_assert_true (ui_sees (desk->wizard, "About this case"));
  g_assert_false (ui_sees (desk->wizard, COVER_FIRST));
  /* In its own turn, the page goes on as ever. */
  imp_redaction_undo (imp_picture_get_redaction (desk->picture));
  ui_settle (100);
  g_assert_true (ui_sees (desk->wizard, COVER_FIRST));
  ui_click (desk->wizard, "Cover first");
  ui_click (desk->wizard, "_Back");
  g_assert_true (ui_sees (desk->wizard, "About this case"));
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
}

/* The keys that policy.md 2.4 gives the scope "pixels". */
static const char *const OF_PIXELS[] = {
  "face-or-mark", "other-people", "head-3d",  "would-be-recognised", "looked-at-all",
  "image-kind",   "single-out",   "linkable", "inference",           NULL
};

/* A box takes back exactly what was said of pixels, whatever the use. */
static void
test_box_takes_back_pixels_alone (Desk *desk, gconstpointer data)
{
  static const char *const ROUTES[] = { "consent", "anonymised" };
  static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                              "research", "social-media" };
  ImpRect box = { 10, 10, 60, 20 };
  guint n_kept = 0;
  guint n_gone = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ROUTES) * G_N_ELEMENTS (DESTINATIONS); i++)
    {
      g_autoptr (ImpWizardSession) session = imp_wizard_session_new ();
      g_autoptr (GPtrArray) questions = NULL;

      imp_wizard_session_set_gate (session, desk->gate);
      imp_wizard_session_set_picture (session, desk->picture);
      imp_wizard_session_set_destination (session, DESTINATIONS[i / 2]);
      imp_wizard_session_set_route (session, ROUTES[i % 2]);
      questions = imp_wizard_session_list_questions (session, NULL);
      for (guint j = 0; j < questions->len; j++)
        imp_wizard_session_answer (session, ((ImpQuestion *)questions->pdata[j])->key, "an answer");
      imp_redaction_add (imp_picture_get_redaction (desk->picture), &box);
      for (guint j = 0; j < questions->len; j++)
        {
          const char *key = ((ImpQuestion *)questions->pdata[j])->key;
          gboolean of_pixels = g_strv_contains (OF_PIXELS, key);
          const char *answer = imp_wizard_session_get_answer (session, key);

          g_assert_cmpstr (answer, ==, of_pixels ? NULL : "an answer");
          n_gone += of_pixels;
          n_kept += !of_pixels;
        }
      imp_redaction_undo (imp_picture_get_redaction (desk->picture));
    }
  g_assert_cmpuint (n_gone, >, 40);
  g_assert_cmpuint (n_kept, >, 40);
}

static gboolean
may_leave (gpointer data)
{
  return ui_sees (((Desk *)data)->wizard, "May be exported to a teaching file");
}

/* A reason stands once on a page, and what cannot be done yet does not stand out. */
static void
test_last_page_is_calm (Desk *desk, gconstpointer data)
{
  static const char *const CASE[] = { "Is the person under 18?", "Has the person died?",
                                      "Is the case rare, or has it been in the news?",
                                      "Does it show a face, a tattoo, jewellery, a scar or another "
                                      "distinctive mark?",
                                      "Does it show anyone else?" };
  static const char *const INTRUDER[] = {
    "Could a face be rebuilt from it: a CT or MR of the head, or a 3-D view of one?",
    "Could someone pick this person out?",
    "Could it be matched with a post, a date, a place or a news story?",
    "Could someone learn something new about this person from it?",
    "Would the person, a relative or a workmate recognise it?"
  };

  go_to_case (desk);
  for (guint i = 0; i < G_N_ELEMENTS (CASE); i++)
    ui_answer (desk->wizard, CASE[i], i == 3 ? "Yes" : "No");
  ui_click (desk->wizard, "_Next");
  ui_click (desk->wizard, "Nobody could be identified");
  for (guint i = 0; i < G_N_ELEMENTS (INTRUDER); i++)
    ui_answer (desk->wizard, INTRUDER[i], "No");
  ui_wait_for (desk->wizard, "Why?");
  ui_click (desk->wizard, "_Next");
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Yes");
  ui_click (desk->wizard, "_Next");
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  ui_click (desk->wizard, "_Next");
  ui_wait_for (desk->wizard, "This cannot be taken back");
  ui_wait_for (desk->wizard, "1 thing stands in the way:");
  g_assert_false (ui_sees (desk->wizard, "Why?"));
  g_assert_false (gtk_widget_has_css_class (ui_find (desk->wizard, GTK_TYPE_BUTTON, "_Export…"),
                                            "suggested-action"));
  ui_shot ("wizard-8-calm");
  ui_click (desk->wizard, "Go to: Does it show a face, a tattoo, jewellery, a scar or another "
                          "distinctive mark?");
  ui_answer (desk->wizard, CASE[3], "No");
  for (guint i = 0; i < 4; i++)
    ui_click (desk->wizard, "_Next");
  ui_wait_looking (desk->wizard, may_leave, desk, "the permission to leave");
  g_assert_true (gtk_widget_has_css_class (ui_find (desk->wizard, GTK_TYPE_BUTTON, "_Export…"),
                                           "suggested-action"));
}

#define ADD(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/ui/wizard/file-match/another-person", test_another_person_is_told_at_once);
  ADD ("/ui/wizard/file-match/same-person", test_the_same_person);
  ADD ("/ui/wizard/file-match/put-right", test_register_put_right);
  ADD ("/ui/wizard/cover-first", test_cover_first);
  ADD ("/ui/wizard/box-takes-back-pixels-alone", test_box_takes_back_pixels_alone);
  ADD ("/ui/wizard/last-page-is-calm", test_last_page_is_calm);
  return g_test_run ();
}
