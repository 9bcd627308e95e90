/* The life-cycle on a permission's row: only the steps of policy.md 2.3, each into the history with
 * its reason; from the click to what stands in the register. */
#include "imp-permission-list.h"
#include "ui-person.h"

static GtkWidget *
find_menu_button (GtkWidget *root)
{
  if (GTK_IS_MENU_BUTTON (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_menu_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GMenuModel *
menu_of (UiPerson *desk, const char *title)
{
  GtkWidget *row = ui_find (desk->view, ADW_TYPE_ACTION_ROW, title);
  GtkWidget *button = NULL;

  g_assert_nonnull (row);
  button = find_menu_button (row);
  g_assert_nonnull (button);
  return gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
}

static char *
labels_of (UiPerson *desk, const char *title)
{
  GMenuModel *menu = menu_of (desk, title);
  GString *text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_string_append_printf (text, "%s\n", label);
    }
  return g_string_free (text, FALSE);
}

/* What choosing the item does: its own action and target. */
static void
choose (UiPerson *desk, const char *title, const char *wanted)
{
  GMenuModel *menu = menu_of (desk, title);
  GtkWidget *row = ui_find (desk->view, ADW_TYPE_ACTION_ROW, title);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *action = NULL;
      g_autoptr (GVariant) target = NULL;

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      if (!g_str_equal (label, wanted))
        continue;
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      target = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
      g_assert_true (gtk_widget_activate_action_variant (row, action, target));
      ui_settle (50);
      return;
    }
  g_error ("The menu does not offer: %s", wanted);
}

static ImpHistory *
last_event (UiPerson *desk, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = imp_register_list_history (ui_person_register (desk), id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, >, 0);
  return imp_history_copy (g_ptr_array_index (list, list->len - 1));
}

#define TEACHING "Teaching inside the organisation"

static void
test_active (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autofree char *labels = NULL;
  g_autofree char *suspended = NULL;
  ImpHistory *event = NULL;

  ui_person_show (desk);
  labels = labels_of (desk, TEACHING);
  g_assert_cmpstr (labels, ==,
                   "Evidence and history\nIt was reviewed, and stands…\nA review is due…\n"
                   "Suspend…\nIt has ended…\nRecord what replaces it…\n"
                   "It was recorded by mistake…\n");
  choose (desk, TEACHING, "Suspend…");
  ui_wait_for (desk->view, "Suspend this permission");
  ui_click (desk->view, "Suspend it");
  g_assert_true (ui_sees (desk->view, "Write why, in a few words."));
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_ACTIVE);
  ui_type (desk->view, "Why", "the scan cannot be read");
  g_assert_cmpuint (ui_count_unnamed (desk->view), ==, 0);
  ui_shot ("steps-1-suspend");
  ui_click (desk->view, "Suspend it");
  ui_wait_for (desk->view, "Suspended · since");
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_SUSPENDED);
  event = last_event (desk, id);
  g_assert_cmpstr (event->before, ==, "active");
  g_assert_cmpstr (event->after, ==, "suspended");
  g_assert_cmpstr (event->text, ==, "the scan cannot be read");
  imp_history_free (event);
  suspended = labels_of (desk, TEACHING);
  g_assert_cmpstr (suspended, ==,
                   "Evidence and history\nLift the suspension…\nRecord what replaces it…\n"
                   "It was recorded by mistake…\n");
  choose (desk, TEACHING, "Lift the suspension…");
  ui_click (desk->view, "Lift it");
  ui_wait_for (desk->view, "Agreed · since");
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_ACTIVE);
}

static void
test_history_is_shown (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");

  ui_person_show (desk);
  choose (desk, TEACHING, "A review is due…");
  ui_type (desk->view, "Why (optional)", "asked for by the ward");
  ui_click (desk->view, "Record that it is due");
  ui_wait_for (desk->view, "Agreed, review is due");
  choose (desk, TEACHING, "It was reviewed, and stands…");
  ui_type (desk->view, "Next review on (empty: no review)", "1 Feb 2027");
  ui_shot ("steps-2-renew");
  ui_click (desk->view, "Record the review");
  ui_wait_for (desk->view, "Agreed · since");
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (ImpPermission) renewed =
        imp_register_get_permission (ui_person_register (desk), id, &error);

    g_assert_cmpstr (renewed->review, ==, "2027-02-01");
  }
  choose (desk, TEACHING, "Evidence and history");
  ui_wait_for (desk->view, "Recorded: Agreed");
  g_assert_true (ui_sees (desk->view, "Agreed, review is due, before: Agreed"));
  g_assert_true (ui_sees (desk->view, "asked for by the ward"));
  g_assert_true (ui_sees (desk->view, "nobody was signed in"));
  ui_shot ("steps-3-history");
  ui_click (desk->view, "Back to the person");
  ui_wait_for (desk->view, "What may be used for what");
}

/* What the register refuses keeps the form and all that was typed. */
static void
test_nothing_typed_is_lost (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");

  ui_person_show (desk);
  choose (desk, TEACHING, "It was reviewed, and stands…");
  ui_type (desk->view, "Why (optional)", "still agreed");
  ui_type (desk->view, "Next review on (empty: no review)", "1 Feb 2020");
  ui_click (desk->view, "Record the review");
  ui_wait_for (desk->view, "cannot have passed already");
  g_assert_cmpstr (gtk_editable_get_text (
                       GTK_EDITABLE (ui_find (desk->view, GTK_TYPE_EDITABLE, "Why (optional)"))),
                   ==, "still agreed");
  ui_type (desk->view, "Next review on (empty: no review)", "1 Feb 2030");
  ui_click (desk->view, "Record the review");
  ui_wait_for (desk->view, "What may be used for what");
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_ACTIVE);
}

static void
test_mistake_is_final (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autofree char *labels = NULL;

  ui_person_show (desk);
  choose (desk, TEACHING, "It was recorded by mistake…");
  ui_type (desk->view, "Why", "another patient’s form");
  ui_click (desk->view, "Mark it as a mistake");
  ui_wait_for (desk->view, "Entered in error");
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_ENTERED_IN_ERROR);
  labels = labels_of (desk, TEACHING);
  g_assert_cmpstr (labels, ==, "Evidence and history\n");
}

/* A draft is written on, put to the person, and answered; its terms stay as they were put. */
static void
test_draft_offer_answer (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) draft = NULL;
  g_autoptr (ImpPermission) answered = NULL;
  g_autofree char *offered = NULL;

  ui_person_show (desk);
  ui_click (desk->view, "Record consent…");
  ui_click (desk->view, "Draft, not asked yet");
  ui_choose (desk->view, "What for", "One named publication");
  ui_type (desk->view, "Which publication?", "Journal of Examples");
  ui_choose (desk->view, "Who is asked", "The patient");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Draft · on");
  draft = ui_person_newest (desk);

  choose (desk, "One named publication: Journal of Examples", "Go on with the draft…");
  g_assert_null (ui_find (desk->view, GTK_TYPE_TOGGLE_BUTTON, "They agreed"));
  ui_type (desk->view, "Which publication?", "Example Case Reports");
  ui_click (desk->view, "Asked, no answer yet");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Offered, no answer yet");
  g_assert_cmpint (ui_person_state_of (desk, draft->id), ==, IMP_PERMISSION_OFFERED);
  offered = labels_of (desk, "One named publication: Example Case Reports");
  g_assert_cmpstr (offered, ==,
                   "Evidence and history\nRecord the answer…\nIt was recorded by mistake…\n");

  choose (desk, "One named publication: Example Case Reports", "Record the answer…");
  ui_wait_for (desk->view, "Record the answer");
  g_assert_false (
      gtk_widget_is_sensitive (ui_find (desk->view, GTK_TYPE_EDITABLE, "Which publication?")));
  ui_click (desk->view, "They agreed");
  ui_shot ("steps-4-answer");
  ui_choose (desk->view, "Evidence", "A signed paper form");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Agreed · since");
  answered = imp_register_get_permission (ui_person_register (desk), draft->id, &error);
  g_assert_cmpint (answered->state, ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpstr (answered->scope, ==, "Example Case Reports");
  g_assert_cmpstr (answered->evidence, ==, "signed-paper");
}

static void
test_offer_refused (UiPerson *desk, gconstpointer data)
{
  g_autoptr (ImpPermission) offer = NULL;

  ui_person_show (desk);
  ui_click (desk->view, "Record consent…");
  ui_click (desk->view, "Asked, no answer yet");
  ui_choose (desk->view, "What for", TEACHING);
  ui_choose (desk->view, "Who is asked", "The patient");
  ui_type (desk->view, "Ends on (empty: no end)", "3 May 2027");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Offered, no answer yet");
  offer = ui_person_newest (desk);
  choose (desk, TEACHING, "Record the answer…");
  ui_click (desk->view, "They refused");
  ui_click (desk->view, "Record it");
  ui_wait_for (desk->view, "Refused · on");
  g_assert_cmpint (ui_person_state_of (desk, offer->id), ==, IMP_PERMISSION_REFUSED);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test)                                                                            \
  g_test_add (path, UiPerson, NULL, ui_person_set_up, test, ui_person_tear_down)
  ADD ("/ui/steps/active", test_active);
  ADD ("/ui/steps/history-is-shown", test_history_is_shown);
  ADD ("/ui/steps/nothing-typed-is-lost", test_nothing_typed_is_lost);
  ADD ("/ui/steps/mistake-is-final", test_mistake_is_final);
  ADD ("/ui/steps/draft-offer-answer", test_draft_offer_answer);
  ADD ("/ui/steps/offer-refused", test_offer_refused);
#undef ADD
  return g_test_run ();
}
