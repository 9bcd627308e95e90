/* What the wizard shows beside its questions: the file's own words for the patient. */
#include <adwaita.h>

#include "imp-file-match.h"
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

#define ADD(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/ui/wizard/file-match/another-person", test_another_person_is_told_at_once);
  ADD ("/ui/wizard/file-match/same-person", test_the_same_person);
  ADD ("/ui/wizard/file-match/put-right", test_register_put_right);
  return g_test_run ();
}
