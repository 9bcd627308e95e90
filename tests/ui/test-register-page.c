/* The register page: find, record, withdraw, object; on a real encrypted file. */
#include <adwaita.h>

#include "imp-register-page.h"
#include "imp-register.h"
#include "ui-support.h"

typedef struct
{
  ImpGate *gate;
  char *folder;
  GtkWidget *page;
  GtkWidget *window;
  guint n_changes;
} Desk;

static void
on_changed (ImpRegisterPage *page, Desk *desk)
{
  desk->n_changes++;
}

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk->gate = ui_gate_new (&desk->folder);
  g_free (ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1961-03-12"));
  g_free (ui_add_person (desk->gate, "H198820", "EXAMPLE, Person B", "1984-10-02"));
  g_free (ui_add_person (desk->gate, "H300300", "SAMPLE, Person C", "2012-05-06"));
  desk->page = imp_register_page_new ();
  g_signal_connect (desk->page, "changed", G_CALLBACK (on_changed), desk);
  desk->window = ui_window_new (desk->page, 1024, 594);
  imp_register_page_set_gate (IMP_REGISTER_PAGE (desk->page), desk->gate);
  ui_wait_for (desk->page, "3 people");
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->page == NULL;
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (desk->page), (gpointer *)&desk->page);
  ui_window_close (desk->window);
  ui_wait (is_gone, desk, "the end of the page");
  ui_gate_free (desk->gate, desk->folder);
}

static ImpRegister *
people (Desk *desk)
{
  return imp_gate_get_register (desk->gate);
}

static ImpPermission *
the_permission (Desk *desk, const char *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_register_find_by_number (people (desk), number, &error);
  g_autoptr (GPtrArray) permissions =
      imp_register_list_permissions (people (desk), person->id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (permissions->len, ==, 1);
  return imp_permission_copy (g_ptr_array_index (permissions, 0));
}

/* One step: choosing a row of the search's result. */
static void
open_person (Desk *desk, const char *search, const char *row_name)
{
  GtkWidget *row = NULL;

  ui_type (desk->page, "Find a person by number, name or date", search);
  ui_wait_for (desk->page, "1 person");
  row = ui_find (desk->page, GTK_TYPE_LIST_BOX_ROW, row_name);
  g_assert_nonnull (row);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  ui_wait_for (desk->page, "What may be used for what");
}

static const char ROW_A[] = "EXAMPLE, Person A, H204417 · born 12 Mar 1961";

static void
respond (const char *response)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!ADW_IS_MESSAGE_DIALOG (window))
        continue;
      g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (window)), ==,
                       "cancel");
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), response);
      gtk_window_destroy (GTK_WINDOW (window));
      ui_settle (100);
      return;
    }
  g_error ("No dialog is open");
}

static void
test_find (Desk *desk, gconstpointer data)
{
  static const char *const SEARCHES[][2] = {
    { "H2044", "EXAMPLE, Person A" },
    { "person b", "EXAMPLE, Person B" },
    { "2012-05-06", "SAMPLE, Person C" },
  };

  ui_shot ("register-1-all");
  for (guint i = 0; i < G_N_ELEMENTS (SEARCHES); i++)
    {
      ui_type (desk->page, "Find a person by number, name or date", SEARCHES[i][0]);
      ui_wait_for (desk->page, SEARCHES[i][1]);
      ui_wait_for (desk->page, "1 person");
    }
  ui_type (desk->page, "Find a person by number, name or date", "nobody at all");
  ui_wait_for (desk->page, "Nobody found.");
  ui_shot ("register-1-nobody");
}

static void
test_add (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  ui_click (desk->page, "Add a person");
  ui_shot ("register-2-add");
  ui_click (desk->page, "Save person");
  g_assert_true (ui_sees (desk->page, "A hospital number is needed"));
  ui_type (desk->page, "Hospital number", "H204417");
  ui_type (desk->page, "Name", "EXAMPLE, Person D");
  ui_click (desk->page, "Save person");
  ui_settle (300);
  g_assert_false (ui_sees (desk->page, "4 people")); /* the number is taken */
  ui_shot ("register-2-add-refused");
  ui_type (desk->page, "Hospital number", "H400400");
  gtk_widget_grab_focus (ui_find (desk->page, GTK_TYPE_BUTTON, "Save person"));
  ui_click (desk->page, "Save person");
  ui_wait_for (desk->page, "4 people");
  ui_wait_for (desk->page, "What may be used for what");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window))
                 == ui_find (desk->page, GTK_TYPE_BUTTON, "Correct…")); /* the keyboard goes on */
  person = imp_register_find_by_number (people (desk), "H400400", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person->name, ==, "EXAMPLE, Person D");
  g_assert_cmpuint (desk->n_changes, ==, 1);
}

/* Recording takes nine steps, withdrawing three: policy.md 2.3 asks for no more. */
static void
test_record_and_withdraw (Desk *desk, gconstpointer data)
{
  guint recording = 0;
  guint withdrawing = 0;
  g_autoptr (ImpPermission) permission = NULL;
  g_autoptr (ImpPermission) withdrawn = NULL;

  open_person (desk, "H204417", ROW_A), recording++;
  ui_shot ("register-3-nothing-on-record");
  ui_click (desk->page, "Record consent…"), recording++;
  ui_click (desk->page, "They agreed"), recording++;
  ui_choose (desk->page, "What for", "Teaching inside the organisation"), recording++;
  ui_choose (desk->page, "Who agreed", "The patient"), recording++;
  ui_choose (desk->page, "Evidence", "A signed paper form"), recording++;
  ui_type (desk->page, "Ends on (empty: no end)", "3 May 2027"), recording++;
  ui_shot ("register-4-record");
  ui_click (desk->page, "Record it"), recording++;
  ui_wait_for (desk->page, "until 3 May 2027");
  ui_shot ("register-5-on-record");
  permission = the_permission (desk, "H204417");
  g_assert_cmpstr (permission->level, ==, "teaching-closed");
  g_assert_cmpstr (permission->expires, ==, "2027-05-03");
  g_assert_cmpstr (permission->evidence, ==, "signed-paper");
  g_assert_cmpint (permission->state, ==, IMP_PERMISSION_ACTIVE);

  open_person (desk, "H204417", ROW_A), withdrawing++;
  ui_click (desk->page, "Withdraw: Teaching inside the organisation"), withdrawing++;
  ui_shot ("register-6-withdraw");
  respond ("go"), withdrawing++;
  ui_wait_for (desk->page, "Withdrawn · on");
  ui_shot ("register-7-withdrawn");
  withdrawn = the_permission (desk, "H204417");
  g_assert_cmpint (withdrawn->state, ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpuint (withdrawing, <=, recording);
  g_assert_cmpuint (withdrawing, ==, 3);
}

static void
test_withdraw_can_be_cancelled (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpPermission) permission = NULL;

  open_person (desk, "H204417", ROW_A);
  ui_click (desk->page, "Record consent…");
  ui_click (desk->page, "They agreed");
  ui_choose (desk->page, "What for", "Teaching inside the organisation");
  ui_choose (desk->page, "Who agreed", "The patient");
  ui_click (desk->page, "Record it");
  g_assert_true (ui_sees (desk->page, "An agreement without evidence covers nothing"));
  ui_choose (desk->page, "Evidence", "A letter or an e-mail");
  ui_click (desk->page, "Record it");
  ui_wait_for (desk->page, "A letter or an e-mail");
  ui_click (desk->page, "Withdraw: Teaching inside the organisation");
  respond ("cancel");
  permission = the_permission (desk, "H204417");
  g_assert_cmpint (permission->state, ==, IMP_PERMISSION_ACTIVE);
}

/* A refusal is a record too, and needs no evidence. */
static void
test_refusal (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpPermission) permission = NULL;

  open_person (desk, "H204417", ROW_A);
  ui_click (desk->page, "Record consent…");
  ui_click (desk->page, "They refused");
  ui_choose (desk->page, "What for", "One named social media platform");
  ui_type (desk->page, "Which platform?", "Mastodon");
  ui_click (desk->page, "Record it");
  ui_wait_for (desk->page, "Refused · on");
  permission = the_permission (desk, "H204417");
  g_assert_cmpint (permission->state, ==, IMP_PERMISSION_REFUSED);
}

/* The wizard records in the same register: what was shown before is read again. */
static void
test_shows_what_others_recorded (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  open_person (desk, "H204417", ROW_A);
  ui_type (desk->page, "Find a person by number, name or date", "");
  ui_wait_for (desk->page, "3 people");
  gtk_widget_set_visible (desk->page, FALSE);
  g_free (ui_add_person (desk->gate, "H400400", "SAMPLE, Person D", "1990-01-02"));
  person = imp_register_find_by_number (people (desk), "H204417", &error);
  g_assert_no_error (error);
  imp_register_set_objection (people (desk), person->id, TRUE, NULL, &error);
  g_assert_no_error (error);
  gtk_widget_set_visible (desk->page, TRUE);
  ui_wait_for (desk->page, "4 people");
  ui_wait_for (desk->page, "Lift the no…");
}

static void
test_objection (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (ImpPerson) lifted = NULL;

  open_person (desk, "H204417", ROW_A);
  ui_click (desk->page, "Has said no…");
  ui_shot ("register-8-objection");
  respond ("go");
  ui_wait_for (desk->page, "This person has said no.");
  ui_shot ("register-8-objects");
  person = imp_register_find_by_number (people (desk), "H204417", &error);
  g_assert_true (person->objects);
  ui_click (desk->page, "Lift the no…");
  respond ("go");
  ui_wait_until_gone (desk->page, "This person has said no.");
  lifted = imp_register_find_by_number (people (desk), "H204417", &error);
  g_assert_false (lifted->objects);
}

static void
test_correct (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = NULL;
  GtkWidget *died = NULL;

  open_person (desk, "H204417", ROW_A);
  ui_click (desk->page, "Correct…");
  gtk_widget_activate_action (desk->page, "person-form.save", NULL);
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (ui_find (desk->page, ADW_TYPE_EXPANDER_ROW, "More about this person")),
      TRUE);
  ui_settle (100);
  died = ui_find (desk->page, GTK_TYPE_SWITCH, "Has died");
  gtk_switch_set_active (GTK_SWITCH (died), TRUE);
  ui_shot ("register-9-correct");
  ui_click (desk->page, "Save person");
  ui_wait_for (desk->page, "has died");
  person = imp_register_find_by_number (people (desk), "H204417", &error);
  g_assert_cmpstr (person->died, ==, "unknown");
}

static void
test_site (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;

  ui_click (desk->page, "Site policy…");
  ui_settle (200);
  ui_shot ("register-10-site");
  ui_type (desk->page, "Local policy: title or number, and date", "Social media policy 7, 2026");
  ui_click (desk->page, "Standard policy, UK");
  ui_click (desk->page, "Save for this site");
  ui_wait_for (desk->page, "Saved for this site.");
  reference = imp_register_get_setting (people (desk), "local-policy-reference", &error);
  g_assert_cmpstr (reference, ==, "Social media policy 7, 2026");
  g_assert_cmpstr (imp_gate_get_pack_id (desk->gate), ==, "uk-standard");
}

/* The local policy's reference can be set without giving up a site's own pack. */
static void
test_site_keeps_its_pack (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("IMP_SAMPLES"), "..", "policy", "uk-strict.json", NULL);
  g_autofree char *shipped = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) own = NULL;

  g_assert_true (g_file_get_contents (path, &shipped, NULL, &error));
  text = g_string_new (shipped);
  g_assert_cmpuint (g_string_replace (text, "\"id\": \"uk-strict\"", "\"id\": \"site-own\"", 1), ==,
                    1);
  own = g_bytes_new (text->str, text->len);
  g_assert_true (imp_gate_use_pack_sync (desk->gate, own, &error));
  ui_click (desk->page, "Site policy…");
  ui_wait_for (desk->page, "A policy of this site's own decides now.");
  ui_type (desk->page, "Local policy: title or number, and date", "Social media policy 8, 2026");
  ui_click (desk->page, "Save for this site");
  ui_wait_for (desk->page, "Saved for this site.");
  g_assert_cmpstr (imp_gate_get_pack_id (desk->gate), ==, "site-own");
}

static void
test_named_and_locked (Desk *desk, gconstpointer data)
{
  g_assert_cmpuint (ui_count_unnamed (desk->page), ==, 0);
  open_person (desk, "H204417", ROW_A);
  ui_click (desk->page, "Record consent…");
  ui_click (desk->page, "They agreed");
  g_assert_cmpuint (ui_count_unnamed (desk->page), ==, 0);
  imp_register_page_set_gate (IMP_REGISTER_PAGE (desk->page), NULL);
  g_assert_true (ui_sees (desk->page, "The register is locked"));
  ui_shot ("register-0-locked");
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)
  ADD ("/ui/register/find", test_find);
  ADD ("/ui/register/add", test_add);
  ADD ("/ui/register/withdraw-in-no-more-steps-than-recording", test_record_and_withdraw);
  ADD ("/ui/register/withdraw-can-be-cancelled", test_withdraw_can_be_cancelled);
  ADD ("/ui/register/refusal", test_refusal);
  ADD ("/ui/register/objection", test_objection);
  ADD ("/ui/register/shows-what-others-recorded", test_shows_what_others_recorded);
  ADD ("/ui/register/correct", test_correct);
  ADD ("/ui/register/site", test_site);
  ADD ("/ui/register/site-keeps-its-pack", test_site_keeps_its_pack);
  ADD ("/ui/register/named-and-locked", test_named_and_locked);
#undef ADD
  return g_test_run ();
}
