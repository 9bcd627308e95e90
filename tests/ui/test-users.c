/* Users in the window: the first, the second, and what takes two people. What is asserted stands in
 * the register. */
#include <adwaita.h>

#include "imp-pin-window.h"
#include "imp-users-page.h"
#include "ui-support.h"
#include "ui-users.h"

typedef struct
{
  ImpGate *gate;
  char *folder;
  GtkWidget *page;
  GtkWidget *window;
  guint n_changed;
} Desk;

static void
on_changed (Desk *desk)
{
  desk->n_changed++;
}

static void
set_up_with (Desk *desk, ImpGate *gate)
{
  desk->gate = gate;
  desk->page = imp_users_page_new ();
  g_signal_connect_swapped (desk->page, "changed", G_CALLBACK (on_changed), desk);
  desk->window = ui_window_new (desk->page, 640, 560);
  imp_users_page_set_gate (IMP_USERS_PAGE (desk->page), desk->gate);
  ui_settle (200);
}

static void
set_up_empty (Desk *desk, gconstpointer data)
{
  set_up_with (desk, ui_gate_new (&desk->folder));
}

static void
set_up (Desk *desk, gconstpointer who)
{
  ImpGate *gate = ui_users_gate_new (UI_USERS_FOUR, &desk->folder);

  if (who != NULL)
    ui_users_sign_in (gate, who);
  set_up_with (desk, gate);
}

static void
set_up_two (Desk *desk, gconstpointer who)
{
  ImpGate *gate = ui_users_gate_new (UI_USERS_TWO, &desk->folder);

  ui_users_sign_in (gate, who);
  set_up_with (desk, gate);
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->page == NULL;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (desk->page), (gpointer *)&desk->page);
  ui_window_close (desk->window);
  ui_wait (is_gone, desk, "the end of the page");
  ui_gate_free (desk->gate, desk->folder);
}

/* ---- the dialog ---- */

static gboolean
has_dialog (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), g_type_from_name ("ImpUserWindow"))
          && gtk_widget_get_mapped (window))
        {
          *(GtkWidget **)data = window;
          return TRUE;
        }
    }
  *(GtkWidget **)data = NULL;
  return FALSE;
}

static gboolean
has_none (gpointer data)
{
  return !has_dialog (data);
}

static GtkWidget *
open_dialog (Desk *desk, const char *action, const char *name)
{
  GtkWidget *dialog = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = imp_gate_list_users (desk->gate, &error);

  g_assert_no_error (error);
  if (name == NULL)
    ui_click (desk->page, "Add a user…");
  for (guint i = 0; name != NULL && i < users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);

      if (g_str_equal (user->name, name))
        gtk_widget_activate_action (desk->page, action, "s", user->id);
    }
  ui_wait (has_dialog, &dialog, "the dialog");
  ui_settle (100);
  g_assert_cmpuint (ui_count_unnamed (dialog), ==, 0);
  if (name == NULL)
    g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (dialog)),
                                               ADW_TYPE_ENTRY_ROW)); /* it begins at the name */
  return dialog;
}

static void
wait_until_done (Desk *desk)
{
  GtkWidget *dialog = NULL;

  ui_wait (has_none, &dialog, "the end of the dialog");
  ui_settle (200);
}

static void
type_new_pin (GtkWidget *dialog, const char *pin)
{
  ui_type (dialog, "New PIN", pin);
  ui_type (dialog, "The new PIN once more", pin);
}

static void
name_second (GtkWidget *dialog, const char *name, const char *pin)
{
  ui_choose (dialog, "Who", name);
  ui_type (dialog, "PIN of the second person", pin);
}

static ImpUser *
find_user (Desk *desk, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = imp_gate_list_users (desk->gate, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < users->len; i++)
    if (g_str_equal (((ImpUser *)g_ptr_array_index (users, i))->name, name))
      return imp_user_copy (g_ptr_array_index (users, i));
  return NULL;
}

/* ---- the first and the second ---- */

static void
test_first_two (Desk *desk, gconstpointer data)
{
  GtkWidget *dialog = NULL;
  g_autoptr (ImpUser) first = NULL;
  g_autoptr (ImpUser) second = NULL;
  g_autoptr (ImpUser) me = NULL;

  ui_wait_for (desk->page, "There are no users yet");
  ui_shot ("users-1-none");
  dialog = open_dialog (desk, NULL, NULL);
  g_assert_true (ui_sees (dialog, "The first user makes themselves, alone, and is a keeper."));
  g_assert_null (ui_find (dialog, ADW_TYPE_COMBO_ROW, "Who"));
  ui_click (dialog, "Add the user");
  g_assert_true (ui_sees (dialog, "Type a name first."));
  ui_type (dialog, "Name", UI_KEEPER);
  ui_click (dialog, "Add the user");
  g_assert_true (ui_sees (dialog, "Type the new PIN first."));
  ui_type (dialog, "New PIN", ui_users_pin (UI_KEEPER));
  ui_type (dialog, "The new PIN once more", "another one");
  ui_click (dialog, "Add the user");
  g_assert_true (ui_sees (dialog, "The two PINs differ."));
  ui_shot ("users-2-first");
  type_new_pin (dialog, "short");
  ui_click (dialog, "Add the user");
  ui_wait_for (dialog, "The PIN is too short: use 6 characters");
  type_new_pin (dialog, ui_users_pin (UI_KEEPER));
  ui_click (dialog, "Add the user");
  wait_until_done (desk);
  g_assert_cmpuint (desk->n_changed, ==, 1);
  first = find_user (desk, UI_KEEPER);
  g_assert_cmpuint (first->roles, ==, IMP_ROLE_KEEPER);
  me = imp_gate_get_user (desk->gate); /* whose PIN was just typed needs not sign in */
  g_assert_cmpstr (me->id, ==, first->id);

  ui_wait_for (desk->page, "You are the only user.");
  dialog = open_dialog (desk, NULL, NULL);
  g_assert_true (ui_sees (dialog, "that person confirms it by typing a PIN of their own here"));
  ui_type (dialog, "Name", UI_APPROVER);
  ui_click (dialog, "Add the user");
  g_assert_true (ui_sees (dialog, "Choose a role first"));
  ui_click (dialog, "Approver");
  g_assert_false (ui_sees (dialog, "Choose a role first"));
  ui_choose (dialog, "Decides as", "Caldicott Guardian");
  type_new_pin (dialog, ui_users_pin (UI_APPROVER));
  ui_shot ("users-3-second");
  ui_click (dialog, "Add the user");
  wait_until_done (desk);
  second = find_user (desk, UI_APPROVER);
  g_assert_cmpuint (second->roles, ==, IMP_ROLE_APPROVER);
  g_assert_cmpstr (second->authority, ==, "guardian");
  ui_wait_for (desk->page, "Approver (Caldicott Guardian)");
  ui_wait_for (desk->page, "Better have three users and two keepers");
  ui_shot ("users-4-two");
}

/* ---- two people ---- */

static void
test_change (Desk *desk, gconstpointer data)
{
  GtkWidget *dialog = NULL;
  g_autoptr (ImpUser) user = NULL;

  ui_wait_for (desk->page, "Kay Keeper (you)");
  ui_shot ("users-5-four");
  dialog = open_dialog (desk, "users.change", UI_OPERATOR);
  g_assert_true (ui_sees (dialog, "This takes two people: you, and another user"));
  ui_click (dialog, "Keeper");
  ui_click (dialog, "Change the user");
  g_assert_true (ui_sees (dialog, "Choose who it is first."));
  name_second (dialog, UI_APPROVER, "000001");
  ui_shot ("users-6-change");
  ui_click (dialog, "Change the user");
  ui_wait_for (dialog, "The name or the PIN is not right");
  user = find_user (desk, UI_OPERATOR);
  g_assert_cmpuint (user->roles, ==, IMP_ROLE_OPERATOR);
  g_clear_pointer (&user, imp_user_free);
  name_second (dialog, UI_APPROVER, ui_users_pin (UI_APPROVER));
  ui_click (dialog, "Change the user");
  wait_until_done (desk);
  user = find_user (desk, UI_OPERATOR);
  g_assert_cmpuint (user->roles, ==, IMP_ROLE_OPERATOR | IMP_ROLE_KEEPER);
}

static void
test_remove (Desk *desk, gconstpointer data)
{
  GtkWidget *dialog = NULL;
  g_autoptr (ImpUser) user = NULL;

  ui_wait_for (desk->page, "Kay Keeper (you)");
  dialog = open_dialog (desk, "users.remove", UI_APPROVER);
  name_second (dialog, UI_GUARDIAN, ui_users_pin (UI_GUARDIAN));
  ui_shot ("users-7-remove");
  ui_click (dialog, "Remove the user");
  wait_until_done (desk);
  user = find_user (desk, UI_APPROVER);
  g_assert_false (user->active);
  ui_wait_for (desk->page, "Removed");
}

/* Two have to stay: the refusal says what to do first. */
static void
test_two_stay (Desk *desk, gconstpointer data)
{
  GtkWidget *dialog = NULL;
  g_autoptr (ImpUser) user = NULL;

  ui_wait_for (desk->page, "Kay Keeper (you)");
  dialog = open_dialog (desk, "users.remove", UI_OPERATOR);
  name_second (dialog, UI_OPERATOR, ui_users_pin (UI_OPERATOR));
  ui_click (dialog, "Remove the user");
  ui_wait_for (dialog, "make another one first");
  user = find_user (desk, UI_OPERATOR);
  g_assert_true (user->active);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_reset_pin (Desk *desk, gconstpointer data)
{
  GtkWidget *dialog = NULL;
  g_autoptr (ImpSecond) fresh = imp_second_new (UI_OPERATOR, "a new one");
  g_autoptr (GError) error = NULL;

  ui_wait_for (desk->page, "Kay Keeper (you)");
  dialog = open_dialog (desk, "users.reset-pin", UI_OPERATOR);
  g_assert_true (ui_sees (dialog, "another user who is neither you nor whose PIN it is"));
  type_new_pin (dialog, "a new one");
  name_second (dialog, UI_APPROVER, ui_users_pin (UI_APPROVER));
  ui_shot ("users-8-reset");
  ui_click (dialog, "Set the new PIN");
  wait_until_done (desk);
  g_assert_true (imp_gate_sign_in_sync (desk->gate, fresh, &error));
  g_assert_no_error (error);
}

/* With two users nobody else is left to be the second person. */
static void
test_reset_pin_of_two (Desk *desk, gconstpointer data)
{
  GtkWidget *dialog = NULL;
  g_autoptr (ImpSecond) fresh = imp_second_new (UI_OPERATOR, "a new one");
  g_autoptr (GError) error = NULL;

  ui_wait_for (desk->page, "Kay Keeper (you)");
  dialog = open_dialog (desk, "users.reset-pin", UI_OPERATOR);
  g_assert_true (ui_sees (dialog, "Nobody else is left to be the second person"));
  g_assert_null (ui_find (dialog, ADW_TYPE_COMBO_ROW, "Who"));
  type_new_pin (dialog, "a new one");
  ui_click (dialog, "Set the new PIN");
  wait_until_done (desk);
  g_assert_true (imp_gate_sign_in_sync (desk->gate, fresh, &error));
  g_assert_no_error (error);
}

/* Who is no keeper is told whom to ask. */
static void
test_no_keeper (Desk *desk, gconstpointer data)
{
  ui_wait_for (desk->page, "Only a keeper makes and changes users. Ask: Kay Keeper");
  g_assert_null (ui_find (desk->page, GTK_TYPE_BUTTON, "Add a user…"));
  g_assert_cmpuint (ui_count_unnamed (desk->page), ==, 0);
  ui_shot ("users-9-no-keeper");
}

/* ---- one's own PIN, and the idle lock ---- */

static void
test_own_pin (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpUser) me = imp_gate_get_user (desk->gate);
  g_autoptr (ImpSecond) fresh = imp_second_new (UI_OPERATOR, "correct horse");
  g_autoptr (GError) error = NULL;
  GtkWidget *window = imp_pin_window_new (desk->gate, me);

  gtk_window_present (GTK_WINDOW (window));
  ui_settle (200);
  g_assert_cmpuint (ui_count_unnamed (window), ==, 0);
  type_new_pin (window, "correct horse");
  ui_click (window, "Change the PIN");
  g_assert_true (ui_sees (window, "Type your PIN as it is now first."));
  ui_type (window, "Your PIN as it is now", "000001");
  ui_click (window, "Change the PIN");
  ui_wait_for (window, "The name or the PIN is not right");
  ui_shot ("users-10-own-pin");
  ui_type (window, "Your PIN as it is now", ui_users_pin (UI_OPERATOR));
  ui_click (window, "Change the PIN");
  ui_wait_for (window, "Your PIN is changed.");
  ui_click (window, "Close");
  g_assert_true (imp_gate_sign_in_sync (desk->gate, fresh, &error));
  g_assert_no_error (error);
}

static gboolean
is_three (gpointer data)
{
  g_autofree char *text = imp_register_get_setting (imp_gate_get_register (((Desk *)data)->gate),
                                                    "idle-lock-minutes", NULL);

  return g_strcmp0 (text, "3") == 0;
}

static void
test_idle_minutes (Desk *desk, gconstpointer data)
{
  GtkWidget *minutes = NULL;

  ui_wait_for (desk->page, "Kay Keeper (you)");
  minutes = ui_find (desk->page, GTK_TYPE_SPIN_BUTTON, "Minutes without input");
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (minutes)), ==, 10);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (minutes), 3);
  ui_wait (is_three, desk, "the setting");
}

int
main (int argc, char **argv)
{
  int result = 0;

  ui_init (&argc, &argv);
#define ADD(path, who, up, test) g_test_add (path, Desk, who, up, test, tear_down)
  ADD ("/security/5-9/window/first-two", NULL, set_up_empty, test_first_two);
  ADD ("/security/5-9/window/change", UI_KEEPER, set_up, test_change);
  ADD ("/security/5-9/window/remove", UI_KEEPER, set_up, test_remove);
  ADD ("/security/5-9/window/two-stay", UI_KEEPER, set_up_two, test_two_stay);
  ADD ("/security/5-9/window/reset-pin", UI_KEEPER, set_up, test_reset_pin);
  ADD ("/security/5-9/window/reset-pin-of-two", UI_KEEPER, set_up_two, test_reset_pin_of_two);
  ADD ("/security/5-9/window/no-keeper", UI_OPERATOR, set_up, test_no_keeper);
  ADD ("/security/5-9/window/own-pin", UI_OPERATOR, set_up, test_own_pin);
  ADD ("/security/5-2/window/idle-minutes", UI_KEEPER, set_up, test_idle_minutes);
#undef ADD
  result = g_test_run ();
  ui_users_forget ();
  return result;
}
