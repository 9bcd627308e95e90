/* What else is known of a person, in the window: names, numbers, capacity, coming of age; from the
 * click to what stands in the register. */
#include "imp-register-look-ups.h"
#include "imp-register-names.h"
#include "ui-person.h"

static void
add (UiPerson *desk, const char *what)
{
  GtkWidget *button =
      ui_find (desk->view, GTK_TYPE_MENU_BUTTON, "Add to what is known of this person");

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_activate_action (button, "details.add", "s", what));
  ui_settle (50);
}

static void
test_alias (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) aliases = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) found = NULL;

  ui_person_show (desk);
  add (desk, "alias");
  ui_click (desk->view, "Record it");
  g_assert_true (ui_sees (desk->view, "What kind of name is it?"));
  ui_choose (desk->view, "What name it is", "Former name");
  ui_type (desk->view, "The other name", "SAMPLE, Person Z");
  g_assert_cmpuint (ui_count_unnamed (desk->view), ==, 0);
  ui_shot ("details-1-alias");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "SAMPLE, Person Z");
  aliases = imp_register_list_aliases (ui_person_register (desk), desk->person_id, &error);
  g_assert_cmpuint (aliases->len, ==, 1);
  g_assert_cmpstr (((ImpAlias *)aliases->pdata[0])->name, ==, "SAMPLE, Person Z");
  g_assert_cmpstr (((ImpAlias *)aliases->pdata[0])->kind, ==, "former");
  found = imp_register_look_up (ui_person_register (desk), "SAMPLE", 10, NULL, &error);
  g_assert_cmpuint (found->len, ==, 1);
  ui_shot ("details-2-aliases");
  ui_click (desk->view, "Take away: SAMPLE, Person Z");
  ui_wait_until_gone (desk->view, "SAMPLE, Person Z");
  none = imp_register_list_aliases (ui_person_register (desk), desk->person_id, &error);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A kind of number is made for the site, with its check digit, and then recorded: a wrong digit is
 * refused and stays to be corrected. 79927398713 is the example of Luhn's rule. */
static void
test_number (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) identifiers = NULL;
  g_autoptr (ImpPerson) found = NULL;

  ui_person_show (desk);
  add (desk, "scheme");
  ui_type (desk->view, "What people call this number", "Trial number");
  ui_type (desk->view, "Short name: small letters, digits, hyphens", "trial");
  ui_choose (desk->view, "Check digit (optional)", "The last digit, by Luhn’s rule");
  ui_shot ("details-3-scheme");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "What may be used for what");
  add (desk, "number");
  ui_choose (desk->view, "What number it is", "Trial number");
  ui_type (desk->view, "The number", "79927398710");
  ui_click (desk->view, "Record it");
  ui_settle (500);
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (ui_find (desk->view, GTK_TYPE_EDITABLE, "The number"))),
      ==, "79927398710");
  ui_shot ("details-4-number");
  ui_type (desk->view, "The number", "79927398713");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "79927398713");
  identifiers = imp_register_list_identifiers (ui_person_register (desk), desk->person_id, &error);
  g_assert_cmpuint (identifiers->len, ==, 1);
  g_assert_cmpstr (((ImpIdentifier *)identifiers->pdata[0])->scheme, ==, "trial");
  found = imp_register_find_by_number (ui_person_register (desk), "79927398713", &error);
  g_assert_cmpstr (found->id, ==, desk->person_id);
}

/* An assessment makes what the gate asks of the person (policy.md 2.4, rows 29 and 30). */
static void
test_assessment (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GPtrArray) list = NULL;

  ui_person_show (desk);
  add (desk, "assessment");
  ui_choose (desk->view, "What was found", "Sometimes able to decide: ask again");
  ui_type (desk->view, "Which decision was assessed", "sharing of pictures");
  ui_type (desk->view, "Who assessed it", "EXAMPLE, Doctor C");
  ui_type (desk->view, "Assessed on", "20 Nov 2026");
  ui_click (desk->view, "Record it");
  g_assert_true (ui_sees (desk->view, "By which day is the person asked again?"));
  ui_choose (desk->view, "What was found", "Not able to decide");
  g_assert_null (ui_find (desk->view, GTK_TYPE_EDITABLE, "Ask again by"));
  ui_shot ("details-5-assessment");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Assessed on 20 Nov 2026 by EXAMPLE, Doctor C");
  list = imp_register_list_assessments (ui_person_register (desk), desk->person_id, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ImpAssessment *)list->pdata[0])->outcome, ==, "lacks");
  person = imp_register_get_person (ui_person_register (desk), desk->person_id, &error);
  g_assert_true (person->lacks_capacity);
}

/* A child shows the days on which they are asked again; a grown-up does not. */
static void
test_coming_of_age (UiPerson *desk, gconstpointer data)
{
  g_autofree char *child = ui_add_person (desk->gate, "H300300", "SAMPLE, Person C", "2015-05-06");

  ui_person_show (desk);
  g_assert_false (ui_sees (desk->view, "Turns 16 on"));
  imp_person_view_show (IMP_PERSON_VIEW (desk->view), child);
  ui_wait_for (desk->view, "Turns 16 on 6 May 2031");
  g_assert_true (ui_sees (desk->view, "Turns 18 on 6 May 2033"));
  ui_shot ("details-6-child");
}

static gboolean
has_focus (UiPerson *desk, const char *title)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  GtkWidget *row = ui_find (desk->view, GTK_TYPE_EDITABLE, title);

  return focus != NULL && row != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

/* What is wrong in the form of a person is put right where it is: the keyboard is there. */
static void
test_error_at_the_field (UiPerson *desk, gconstpointer data)
{
  g_autoptr (ImpPerson) person = NULL;

  ui_person_show (desk);
  g_assert_true (gtk_widget_activate_action (desk->view, "person.edit", NULL));
  ui_settle (300);
  ui_type (desk->view, "Hospital number", "");
  ui_click (desk->view, "Save person");
  ui_wait_for (desk->view, "A hospital number is needed");
  g_assert_true (has_focus (desk, "Hospital number"));
  ui_type (desk->view, "Hospital number", "H204417");
  ui_type (desk->view, "Date of birth", "4 May 2999");
  ui_click (desk->view, "Save person");
  ui_wait_for (desk->view, "That day cannot be");
  g_assert_true (has_focus (desk, "Date of birth"));
  ui_shot ("details-7-error");
  person = imp_register_get_person (ui_person_register (desk), desk->person_id, NULL);
  g_assert_true (g_str_has_prefix (person->born, "1961"));
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test)                                                                            \
  g_test_add (path, UiPerson, NULL, ui_person_set_up, test, ui_person_tear_down)
  ADD ("/ui/person-details/alias", test_alias);
  ADD ("/ui/person-details/number", test_number);
  ADD ("/policy/row-29/assessment-in-the-window", test_assessment);
  ADD ("/policy/row-28/coming-of-age-in-the-window", test_coming_of_age);
  ADD ("/ui/person-form/error-at-the-field", test_error_at_the_field);
#undef ADD
  return g_test_run ();
}
