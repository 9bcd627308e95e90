/* Who is at the desk, in the whole window: signing in and out, what stays whose, the idle lock. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-application.h"
#include "imp-idle-lock.h"
#include "imp-keeping-window.h"
#include "imp-keeping.h"
#include "imp-main-window.h"
#include "imp-register-place.h"
#include "imp-status-pill.h"
#include "keeping-support.h"
#include "ui-support.h"
#include "ui-test.h"
#include "ui-users.h"

typedef struct
{
  char *folder;
  ImpMainWindow *window;
  GtkWidget *root;
  ImpRegisterPlace *place;
} Desk;

static ImpApplication *application;

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static gboolean
has_picture (gpointer data)
{
  return imp_desk_get_picture (imp_main_window_get_desk (((Desk *)data)->window)) != NULL;
}

static void
open_window (Desk *desk)
{
  g_autofree char *path = g_build_filename (g_getenv ("IMP_SAMPLES"), "chest.dcm", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  desk->window = IMP_MAIN_WINDOW (imp_main_window_new (application));
  desk->root = GTK_WIDGET (desk->window);
  desk->place = IMP_REGISTER_PLACE (find_type (desk->root, IMP_TYPE_REGISTER_PLACE));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1024, 640);
  gtk_window_present (GTK_WINDOW (desk->window));
  imp_main_window_open (desk->window, file);
  ui_wait (has_picture, desk, "the picture");
  ui_settle (300);
}

/* The window's own register, which its key file opens by itself. */
static void
set_up (Desk *desk, gconstpointer data)
{
  g_autofree char *path = imp_gate_default_register_path ();
  g_autofree char *key = NULL;

  desk->folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (desk->folder, 0700), ==, 0);
  ui_users_copy (UI_USERS_FOUR, desk->folder);
  key = g_build_filename (desk->folder, "key", NULL);
  g_setenv ("IMPRIMATUR_KEY_FILE", key, TRUE);
  open_window (desk);
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->root == NULL;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  GDir *dir = NULL;
  const char *name = NULL;

  g_object_add_weak_pointer (G_OBJECT (desk->root), (gpointer *)&desk->root);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  ui_wait (is_gone, desk, "the end of the window");
  ui_settle (200);
  dir = g_dir_open (desk->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (desk->folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_free (desk->folder);
}

static void
show_place (Desk *desk, const char *name)
{
  gtk_widget_activate_action (desk->root, "win.show-place", "s", name);
  ui_settle (100);
}

static void
type_pin (Desk *desk, const char *name, const char *pin)
{
  show_place (desk, "register");
  ui_wait_for (desk->root, "Who is at the desk?");
  ui_choose (desk->root, "Name", name);
  ui_type (desk->root, "PIN", pin);
  ui_click (desk->root, "Sign in");
}

static gboolean
is_open (gpointer data)
{
  return imp_register_place_get_state (((Desk *)data)->place) == IMP_REGISTER_OPEN;
}

static gboolean
is_signed_out (gpointer data)
{
  return imp_register_place_get_state (((Desk *)data)->place) == IMP_REGISTER_SIGNED_OUT;
}

static gboolean
is_locked (gpointer data)
{
  return imp_register_place_get_state (((Desk *)data)->place) == IMP_REGISTER_LOCKED;
}

static void
sign_in (Desk *desk, const char *name)
{
  g_autoptr (ImpUser) user = NULL;

  type_pin (desk, name, ui_users_pin (name));
  ui_wait (is_open, desk, "the open register");
  user = imp_gate_get_user (imp_register_place_get_gate (desk->place));
  g_assert_cmpstr (user->name, ==, name);
}

static ImpWizard *
get_wizard (Desk *desk)
{
  return imp_workbench_get_wizard (
      imp_desk_get_workbench (imp_main_window_get_desk (desk->window)));
}

static void
show_wizard (Desk *desk)
{
  gtk_widget_activate_action (desk->root, "win.export", NULL);
  ui_settle (200);
}

/* ---- signing in ---- */

/* Nobody works in nobody's name; who it is stands in the header. */
static void
test_sign_in (Desk *desk, gconstpointer data)
{
  ui_wait (is_signed_out, desk, "the question who it is");
  ui_wait_for (desk->root, "Nobody is signed in. You can cover a picture, but not export it.");
  show_wizard (desk);
  g_assert_true (ui_sees (desk->root, "Nobody is signed in"));
  g_assert_true (ui_sees (desk->root, "Nobody signed in"));
  g_assert_null (imp_register_place_get_gate (desk->place));
  ui_shot ("seats-1-signed-out");
  show_place (desk, "register");
  g_assert_cmpuint (ui_count_unnamed (desk->root), ==, 0);
  ui_shot ("seats-2-who");
  ui_click (desk->root, "Sign in");
  g_assert_true (ui_sees (desk->root, "Choose who it is first."));
  type_pin (desk, UI_OPERATOR, "000001");
  ui_wait_for (desk->root, "The name or the PIN is not right");
  ui_shot ("seats-3-wrong");
  g_assert_true (is_signed_out (desk));
  sign_in (desk, UI_OPERATOR);
  g_assert_true (ui_sees (desk->root, UI_OPERATOR));
  g_assert_cmpuint (ui_count_unnamed (desk->root), ==, 0);
  ui_shot ("seats-4-signed-in");
  show_wizard (desk);
  g_assert_true (ui_sees (desk->root, "Whose picture is this?"));
  ui_shot ("seats-5-desk");
}

/* Signing in leaves the keyboard where people are found; the lists open by their keys from there
 * and from the header. */
static void
test_keys_after_signing_in (Desk *desk, gconstpointer data)
{
  GtkWidget *focus = NULL;
  GtkWidget *name = NULL;

  ui_wait (is_signed_out, desk, "the question who it is");
  show_place (desk, "register");
  sign_in (desk, UI_OPERATOR);
  ui_settle (300);
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY));
  ui_test_key (desk->root, GDK_CONTROL_MASK, GDK_KEY_2);
  ui_wait_for (desk->root, "Nothing to do here.");
  gtk_widget_grab_focus (ui_find (desk->root, GTK_TYPE_BUTTON, "_Open"));
  ui_test_key (desk->root, GDK_CONTROL_MASK, GDK_KEY_1);
  ui_wait_until_gone (desk->root, "Nothing to do here.");
  g_assert_true (ui_sees (desk->root, "Everyone"));
  gtk_widget_grab_focus (ui_find (desk->root, GTK_TYPE_BUTTON, "_Open"));
  ui_test_key (desk->root, GDK_CONTROL_MASK, GDK_KEY_4);
  ui_wait_for (desk->root, "Nothing to do here.");
  /* At the desk they are nobody's. */
  show_place (desk, "desk");
  ui_test_key (desk->root, GDK_CONTROL_MASK, GDK_KEY_1);
  show_place (desk, "register");
  ui_settle (300);
  g_assert_true (ui_sees (desk->root, "Nothing to do here."));
  name = ui_find (desk->root, GTK_TYPE_LABEL, UI_OPERATOR);
  g_assert_nonnull (name);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (name))));
  ui_shot ("seats-4-keys");
}

/* How long to wait is said, and the right PIN waits as well. */
static void
test_back_off (Desk *desk, gconstpointer data)
{
  ui_wait (is_signed_out, desk, "the question who it is");
  for (guint i = 0; i < 3; i++)
    {
      type_pin (desk, UI_OPERATOR, "000001");
      ui_wait_for (desk->root, "The name or the PIN is not right");
      ui_click (desk->root, "Sign in"); /* an empty PIN is not a try */
      ui_wait_for (desk->root, "Type the PIN first.");
    }
  type_pin (desk, UI_OPERATOR, ui_users_pin (UI_OPERATOR));
  ui_wait_for (desk->root, "Too many wrong PINs: wait");
  ui_shot ("seats-6-back-off");
  g_assert_true (is_signed_out (desk));
  sign_in (desk, UI_KEEPER); /* nobody else waits */
}

static void
test_lost_pin (Desk *desk, gconstpointer data)
{
  ui_wait (is_signed_out, desk, "the question who it is");
  show_place (desk, "register");
  ui_click (desk->root, "My PIN is lost…");
  g_assert_true (ui_sees (desk->root, "A keeper signs in and opens “Keeping the register…”"));
  ui_shot ("seats-7-lost-pin");
}

static gboolean
has_keeping (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (IMP_IS_KEEPING_WINDOW (window) && gtk_widget_get_mapped (window))
        {
          *(GtkWidget **)data = window;
          return TRUE;
        }
    }
  return FALSE;
}

/* Users are kept where the register is; what is changed there holds at the desk at once. */
static void
test_users (Desk *desk, gconstpointer data)
{
  GtkWidget *window = NULL;
  GtkWidget *minutes = NULL;
  GtkWidget *focus = NULL;

  ui_wait (is_signed_out, desk, "the question who it is");
  sign_in (desk, UI_KEEPER);
  focus = gtk_root_get_focus (GTK_ROOT (desk->root));
  g_assert_nonnull (focus); /* where the keys of the register are heard */
  g_assert_nonnull (gtk_widget_get_ancestor (focus, IMP_TYPE_REGISTER_PAGE));
  gtk_widget_activate_action (desk->root, "win.users", NULL);
  ui_wait (has_keeping, &window, "the window of the register's keeping");
  ui_wait_for (window, UI_GUARDIAN);
  ui_shot ("seats-8-users");
  minutes = ui_find (window, GTK_TYPE_SPIN_BUTTON, "Minutes without input");
  g_assert_nonnull (minutes);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (minutes), 25);
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (1000);
  g_assert_cmpuint (imp_register_place_get_idle_minutes (desk->place), ==, 25);
}

/* ---- a backup takes the register's place ---- */

static void
move_file (Desk *desk, const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (desk->folder, from, NULL);
  g_autofree char *new = g_build_filename (desk->folder, to, NULL);

  g_assert_cmpint (g_rename (old, new), ==, 0);
}

static GtkWidget *
open_keeping (Desk *desk)
{
  GtkWidget *window = NULL;

  gtk_widget_activate_action (desk->root, "win.keep", NULL);
  ui_wait (has_keeping, &window, "the window of the register's keeping");
  ui_settle (300);
  return window;
}

static ImpPermissionState
state_of (Desk *desk, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = imp_register_get_permission (
      imp_gate_get_register (imp_register_place_get_gate (desk->place)), id, &error);

  g_assert_no_error (error);
  return permission->state;
}

/* On a new computer: the newest journal of withdrawals is another file, and what was withdrawn
 * stays so. Who has answers on the desk or a form open is asked before. */
static void
test_journal_from_elsewhere (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person_id = NULL;
  g_autofree char *permission_id = NULL;
  ImpGate *gate = NULL;
  GtkWidget *window = NULL;

  ui_wait (is_signed_out, desk, "the question who it is");
  sign_in (desk, UI_KEEPER);
  gate = imp_register_place_get_gate (desk->place);
  person_id = ui_add_person (gate, "H204417", "EXAMPLE, Person A", "1961-03-12");
  permission_id = keep_agree (gate, person_id);
  window = open_keeping (desk);
  ui_click (window, "_Make a backup…");
  keep_choose_file (desk->folder, "copy.db");
  ui_wait_for (window, "The backup is made");
  imp_register_withdraw (imp_gate_get_register (gate), permission_id, NULL, NULL, &error);
  g_assert_no_error (error);
  gtk_window_close (GTK_WINDOW (window));
  show_place (desk, "desk");
  gtk_widget_activate_action (desk->root, "win.export", NULL);
  ui_settle (200);
  ui_click (desk->root, "It is not known whose picture this is");
  show_place (desk, "register");
  ui_click (desk->root, "Add a person");
  ui_wait_for (desk->root, "Register a person");

  window = open_keeping (desk);
  move_file (desk, "register.db.withdrawals", "newest.withdrawals");
  g_assert_true (ui_sees (window, "choose the newest one from there"));
  ui_click (window, "Choose a _journal…");
  keep_choose_file (desk->folder, "newest.withdrawals");
  ui_wait_for (window, "Chosen: newest.withdrawals");
  ui_click (window, "_Choose a backup…");
  keep_choose_file (desk->folder, "copy.db");
  ui_wait_for (keep_dialog (), "that you chose says");
  g_assert_true (ui_sees (keep_dialog (), "What was typed into the form in the register"));
  g_assert_true (ui_sees (keep_dialog (), "The answers given for the picture on the desk"));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (keep_dialog ())),
                   ==, "cancel");
  ui_shot ("seats-9-put-back");
  keep_respond ("go");
  keep_choose_file (desk->folder, "key");
  ui_wait_for (keep_dialog (), "Register and withdrawals did not agree");
  g_assert_true (ui_sees (keep_dialog (), "1 entry of the journal, such as a withdrawal"));
  g_assert_false (ui_sees (keep_dialog (), "An export had been cut short"));
  ui_shot ("seats-10-applied");
  keep_respond ("close");
  ui_wait (is_signed_out, desk, "the register that was put back");
  sign_in (desk, UI_KEEPER);
  g_assert_cmpint (state_of (desk, permission_id), ==, IMP_PERMISSION_WITHDRAWN);
  ui_click (desk->root, "Look at it…"); /* leads from what is said to where it is settled */
  ui_wait (has_keeping, &window, "the window in which the register is kept");
}

/* ---- what stays whose ---- */

static void
test_seats (Desk *desk, gconstpointer data)
{
  ImpRect box = { 10, 10, 60, 20 };
  ImpPicture *picture = imp_desk_get_picture (imp_main_window_get_desk (desk->window));

  ui_wait (is_signed_out, desk, "the question who it is");
  imp_redaction_add (imp_picture_get_redaction (picture), &box);
  sign_in (desk, UI_OPERATOR);
  show_wizard (desk);
  ui_click (desk->root, "It is not known whose picture this is");
  ui_click (desk->root, "_Next");
  ui_click (desk->root, "Teaching file");
  ui_type (desk->root, "Why share this picture?", "To show a normal chest to students");

  gtk_widget_activate_action (desk->root, "win.sign-out", NULL);
  ui_wait (is_signed_out, desk, "nobody");
  g_assert_false (ui_sees (desk->root, "Whose picture is this?"));
  g_assert_cmpuint (imp_redaction_get_n_boxes (imp_picture_get_redaction (picture)), ==, 1);
  g_assert_true (imp_wizard_has_answers (get_wizard (desk)));

  sign_in (desk, UI_KEEPER); /* finds the boxes, and none of the answers */
  show_wizard (desk);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (
      ui_find (desk->root, GTK_TYPE_CHECK_BUTTON, "It is not known whose picture this is"))));
  g_assert_cmpuint (imp_redaction_get_n_boxes (imp_picture_get_redaction (picture)), ==, 1);

  gtk_widget_activate_action (desk->root, "win.sign-out", NULL);
  ui_wait (is_signed_out, desk, "nobody");
  sign_in (desk, UI_OPERATOR); /* finds what she had said */
  show_wizard (desk);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (
      ui_find (desk->root, GTK_TYPE_CHECK_BUTTON, "It is not known whose picture this is"))));
  ui_click (desk->root, "_Next");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       ui_find (desk->root, GTK_TYPE_ENTRY, "Why share this picture?"))),
                   ==, "To show a normal chest to students");
}

typedef struct
{
  ImpPicture *picture;
  guint share;
} Sight;

static gboolean
has_seen (gpointer data)
{
  const Sight *sight = data;

  return imp_picture_get_seen_share (sight->picture) == sight->share;
}

static void
sign_out (Desk *desk)
{
  gtk_widget_activate_action (desk->root, "win.sign-out", NULL);
  ui_wait (is_signed_out, desk, "nobody");
}

/* What one user has looked at, another has not, who would release it; nor has who is signed in
 * later seen what was on screen before. A fit that is smaller than the picture shows none of it at
 * full size. */
static void
test_what_was_seen (Desk *desk, gconstpointer data)
{
  ImpPicture *picture = imp_desk_get_picture (imp_main_window_get_desk (desk->window));
  ImpCanvas *canvas =
      imp_workbench_get_canvas (imp_desk_get_workbench (imp_main_window_get_desk (desk->window)));
  Sight all = { picture, 100 };

  ui_wait (is_signed_out, desk, "the question who it is");
  gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.zoom-fit", NULL);
  ui_look_at_all (picture);
  g_assert_true (has_seen (&all));

  sign_in (desk, UI_OPERATOR);
  g_assert_cmpuint (imp_picture_get_seen_share (picture), ==, 0);
  g_assert_false (imp_picture_get_looked_at (picture));
  show_place (desk, "desk");
  ui_settle (600);
  g_assert_true (imp_picture_get_looked_at (picture)); /* it is on screen, too small */
  g_assert_cmpuint (imp_picture_get_seen_share (picture), ==, 0);
  ui_look_at_all (picture);
  sign_out (desk);

  sign_in (desk, UI_KEEPER);
  g_assert_cmpuint (imp_picture_get_seen_share (picture), ==, 0);
  show_place (desk, "desk");
  gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.zoom-100", NULL);
  ui_settle (600);
  g_assert_cmpuint (imp_picture_get_seen_share (picture), >, 0); /* what is on screen counts */
  g_assert_cmpuint (imp_picture_get_seen_share (picture), <, 100);
  sign_out (desk);

  sign_in (desk, UI_OPERATOR);
  ui_wait (has_seen, &all, "what she had seen");
}

/* ---- the idle lock ---- */

static gboolean
is_wiped (gpointer data)
{
  return imp_gate_is_locked (data);
}

static void
test_idle_lock (Desk *desk, gconstpointer data)
{
  ImpRect box = { 10, 10, 60, 20 };
  ImpPicture *picture = imp_desk_get_picture (imp_main_window_get_desk (desk->window));
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GError) error = NULL;
  gboolean any = FALSE;

  ui_wait (is_signed_out, desk, "the question who it is");
  imp_redaction_add (imp_picture_get_redaction (picture), &box);
  sign_in (desk, UI_OPERATOR);
  show_place (desk, "desk");
  gate = g_object_ref (imp_register_place_get_gate (desk->place));
  imp_idle_lock_start (imp_register_place_get_idle_lock (desk->place), 1);
  ui_wait (is_locked, desk, "the idle lock");
  ui_wait (is_wiped, gate, "the wiped key");
  g_assert_false (imp_gate_has_users (gate, &any, &error)); /* what still holds it holds nothing */
  g_assert_nonnull (error);
  g_assert_true (ui_sees (desk->root, "Register locked"));
  g_assert_false (ui_sees (desk->root, UI_OPERATOR));
  g_assert_cmpuint (imp_redaction_get_n_boxes (imp_picture_get_redaction (picture)), ==, 1);
  show_place (desk, "register");
  ui_wait_for (desk->root, "Nobody used it for 10 minutes.");
  ui_shot ("seats-8-idle");
  ui_click (desk->root, "Unlock"); /* a person opens it again, and says who they are */
  ui_wait (is_signed_out, desk, "the question who it is");
  ui_wait_for (desk->root, "Who is at the desk?");
  g_assert_true (ui_sees (desk->root, "Nobody used it for 10 minutes."));
  sign_in (desk, UI_OPERATOR);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result = 0;

  ui_init (&argc, &argv);
  application = imp_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
#define ADD(path, test) g_test_add (path, Desk, NULL, set_up, test, tear_down)
  ADD ("/security/5-9/desk/sign-in", test_sign_in);
  ADD ("/ui/seats/keys-after-signing-in", test_keys_after_signing_in);
  ADD ("/security/5-9/desk/back-off", test_back_off);
  ADD ("/security/5-9/desk/lost-pin", test_lost_pin);
  ADD ("/security/5-9/desk/users", test_users);
  ADD ("/security/5-7/desk/journal-from-elsewhere", test_journal_from_elsewhere);
  ADD ("/security/5-9/desk/what-is-whose", test_seats);
  ADD ("/security/5-9/desk/who-has-seen-it", test_what_was_seen);
  ADD ("/security/5-2/desk/idle-lock", test_idle_lock);
#undef ADD
  result = g_test_run ();
  g_object_unref (application);
  ui_users_forget ();
  return result;
}
