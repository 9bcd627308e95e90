/* Keeping the register from the window: backups, keys, retention, policy, ledger, what comes in
 * and goes out; and what then stands in the register and its files. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "gate-accounts.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-guidance.h"
#include "imp-keeping-window.h"
#include "imp-keeping.h"
#include "imp-register-look-ups.h"
#include "imp-register-page.h"
#include "imp-store.h"
#include "keeping-support.h"
#include "ui-form.h"

#define PASSPHRASE "four unrelated example words"
#define KEEPER "Kay Keeper"
#define APPROVER "Ari Approver"
#define OLD "w84gh3kbygjfxmm0jq0t" /* the random id of somebody whose record is due */

typedef struct
{
  ImpGate *gate;
  char *folder;
  char *person_id;
  char *permission_id;
  GtkWidget *parent;
  GtkWidget *window;
  ImpGate *restored; /* owned: what took the register's place */
  gboolean was_restored;
  guint n_closed;
} Desk;

static void
on_closed (Desk *desk)
{
  desk->n_closed++;
}

static void
on_restored (Desk *desk, ImpGate *gate)
{
  desk->was_restored = TRUE;
  g_set_object (&desk->restored, gate);
}

static char *
in_folder (Desk *desk, const char *name)
{
  return g_build_filename (desk->folder, name, NULL);
}

static void
open_window (Desk *desk, const char *page)
{
  desk->window = imp_keeping_window_new (GTK_WINDOW (desk->parent), desk->gate);
  g_signal_connect_swapped (desk->window, "closed-register", G_CALLBACK (on_closed), desk);
  g_signal_connect_swapped (desk->window, "restored", G_CALLBACK (on_restored), desk);
  g_object_add_weak_pointer (G_OBJECT (desk->window), (gpointer *)&desk->window);
  gtk_window_present (GTK_WINDOW (desk->window));
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (desk->window), page);
  ui_settle (300);
}

static void
set_up (Desk *desk, gconstpointer page)
{
  desk->gate = ui_gate_new (&desk->folder);
  desk->person_id = ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1961-03-12");
  desk->permission_id = keep_agree (desk->gate, desk->person_id);
  desk->parent = ui_window_new (gtk_label_new (NULL), 1024, 640);
  if (page != NULL)
    open_window (desk, page);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  if (desk->window != NULL)
    {
      g_object_remove_weak_pointer (G_OBJECT (desk->window), (gpointer *)&desk->window);
      gtk_window_destroy (GTK_WINDOW (desk->window));
    }
  ui_window_close (desk->parent);
  g_clear_object (&desk->restored);
  g_free (desk->person_id);
  g_free (desk->permission_id);
  ui_gate_free (desk->gate, desk->folder);
}

static ImpGate *
open_copy (Desk *desk, const char *name, ImpGateKey key, const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (desk, name);
  ImpGate *gate = imp_gate_open_sync (path, key, secret, FALSE, &error);

  g_assert_no_error (error);
  return gate;
}

/* ---- backups ---- */

static void
make_backup (Desk *desk)
{
  ui_click (desk->window, "_Make a backup…");
  keep_choose_file (desk->folder, "copy.db");
  ui_wait_for (desk->window, "The backup is made");
}

static void
test_backup (Desk *desk, gconstpointer data)
{
  static const char *const FILES[] = { "copy.db", "copy.db.key", "copy.db.withdrawals" };
  g_autofree char *key = in_folder (desk, "key");
  g_autoptr (ImpGate) copy = NULL;
  g_autoptr (ImpPerson) person = NULL;

  ui_wait_for (desk->window, "None was made yet");
  make_backup (desk);
  ui_wait_until_gone (desk->window, "None was made yet");
  ui_shot ("keeping-1-backup");
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autofree char *path = in_folder (desk, FILES[i]);
      g_autofree char *text = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_cmpuint (keep_mode (path), ==, 0600);
      g_assert_null (memmem (text, length, "EXAMPLE", strlen ("EXAMPLE")));
      g_assert_null (memmem (text, length, "SQLite format 3", strlen ("SQLite format 3")));
    }
  copy = open_copy (desk, "copy.db", IMP_GATE_KEY_FILE, key);
  person = imp_register_find_by_number (imp_gate_get_register (copy), "H204417", NULL);
  g_assert_cmpstr (person->name, ==, "EXAMPLE, Person A");
}

static gboolean
is_restored (gpointer data)
{
  return ((Desk *)data)->was_restored;
}

static void
put_back (Desk *desk)
{
  ui_click (desk->window, "_Choose a backup…");
  keep_choose_file (desk->folder, "copy.db");
  ui_wait_for (keep_dialog (), "put aside under another name");
  ui_shot ("keeping-2-put-back");
  keep_respond ("go");
  keep_choose_file (desk->folder, "key");
  ui_wait (is_restored, desk, "the register that was put back");
}

static ImpPermissionState
state_of (ImpGate *gate, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission =
      imp_register_get_permission (imp_gate_get_register (gate), id, &error);

  g_assert_no_error (error);
  return permission->state;
}

/* What was withdrawn since stays withdrawn. */
static void
test_put_back (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_backup (desk);
  g_free (ui_add_person (desk->gate, "H198820", "EXAMPLE, Person B", "1984-10-02"));
  imp_register_withdraw (imp_gate_get_register (desk->gate), desk->permission_id, NULL, NULL,
                         &error);
  g_assert_no_error (error);
  put_back (desk);
  g_assert_nonnull (desk->restored);
  g_assert_cmpuint (desk->n_closed, ==, 1);
  g_assert_true (imp_gate_is_locked (desk->gate));
  g_assert_cmpint (state_of (desk->restored, desk->permission_id), ==, IMP_PERMISSION_WITHDRAWN);
  g_assert_null (
      imp_register_find_by_number (imp_gate_get_register (desk->restored), "H198820", &error));
  g_assert_no_error (error);
}

/* That somebody looked at this list of people is recorded. */
static void
check_noted (Desk *desk, const char *view)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) look_ups =
      imp_register_list_look_ups (imp_gate_get_register (desk->gate), NULL, 0, 100, &error);
  gboolean noted = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < look_ups->len; i++)
    {
      const ImpLookUp *look_up = g_ptr_array_index (look_ups, i);

      noted = noted || (g_strcmp0 (look_up->view, view) == 0 && look_up->n_found == 1);
    }
  g_assert_true (noted);
}

/* Without the journal everything waits to be confirmed, one by one. */
static void
test_journal_lost (Desk *desk, gconstpointer data)
{
  g_autofree char *journal = in_folder (desk, "register.db.withdrawals");

  make_backup (desk);
  g_assert_true (imp_gate_lock (desk->gate));
  g_assert_cmpint (g_unlink (journal), ==, 0);
  put_back (desk);
  g_assert_cmpint (state_of (desk->restored, desk->permission_id), ==, IMP_PERMISSION_SUSPENDED);
  g_set_object (&desk->gate, desk->restored);
  ui_settle (100);
  open_window (desk, "backup");
  ui_wait_for (desk->window, "Permissions that wait to be confirmed");
  g_assert_true (ui_sees (desk->window, "EXAMPLE, Person A"));
  ui_shot ("keeping-3-unconfirmed");
  check_noted (desk, "unconfirmed");
  ui_click (desk->window, "_Confirm");
  ui_wait_for (desk->window, "The permission is in force again.");
  ui_wait_until_gone (desk->window, "Permissions that wait to be confirmed");
  g_assert_cmpint (state_of (desk->gate, desk->permission_id), ==, IMP_PERMISSION_ACTIVE);
}

static void
test_no_backup (Desk *desk, gconstpointer data)
{
  g_autofree char *path = in_folder (desk, "nothing.db");

  g_assert_true (g_file_set_contents (path, "no backup", -1, NULL));
  ui_click (desk->window, "_Choose a backup…");
  keep_choose_file (desk->folder, "nothing.db");
  ui_wait_for (desk->window, "This is no backup");
  g_assert_false (imp_gate_is_locked (desk->gate));
}

/* ---- keys ---- */

static void
test_passphrase (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (desk, "other.db");
  g_autofree char *side = NULL;
  ImpGate *first = desk->gate;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpGate) opened = NULL;

  gate = imp_gate_open_sync (path, IMP_GATE_KEY_PASSPHRASE, PASSPHRASE, TRUE, &error);
  g_assert_no_error (error);
  desk->gate = gate;
  open_window (desk, "keys");
  ui_shot ("keeping-4-keys");
  ui_click (desk->window, "_Change the passphrase…");
  ui_type (keep_dialog (), "Passphrase of now", PASSPHRASE);
  ui_type (keep_dialog (), "New passphrase", "too short");
  ui_type (keep_dialog (), "The same again", "too short");
  keep_respond ("go");
  ui_wait_for (desk->window, "too short");
  ui_click (desk->window, "_Change the passphrase…");
  ui_type (keep_dialog (), "Passphrase of now", "not what it is at all");
  ui_type (keep_dialog (), "New passphrase", "other words of the example");
  ui_type (keep_dialog (), "The same again", "other words of the example");
  keep_respond ("go");
  ui_wait_for (desk->window, "This passphrase does not open the register");
  ui_click (desk->window, "_Change the passphrase…");
  ui_type (keep_dialog (), "Passphrase of now", PASSPHRASE);
  ui_type (keep_dialog (), "New passphrase", "other words of the example");
  ui_type (keep_dialog (), "The same again", "other words of the example");
  ui_shot ("keeping-5-passphrase");
  keep_respond ("go");
  ui_wait_for (desk->window, "The new passphrase opens the register");
  opened = open_copy (desk, "other.db", IMP_GATE_KEY_PASSPHRASE, "other words of the example");
  g_assert_null (imp_gate_open_sync (path, IMP_GATE_KEY_PASSPHRASE, PASSPHRASE, FALSE, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_WRONG_KEY);
  desk->gate = first;
}

/* The label that has it is the only one in capitals and digits. */
static char *
read_key (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "monospace"))
    return g_strdup (gtk_label_get_text (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      char *found = read_key (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_recovery (Desk *desk, gconstpointer data)
{
  g_autofree char *key = NULL;
  g_autoptr (ImpGate) opened = NULL;

  ui_click (desk->window, "_Make a recovery key…");
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (keep_dialog ())),
                   ==, "cancel");
  keep_respond ("go");
  ui_wait_for (keep_dialog (), "Write it down on paper now");
  ui_settle (200);
  ui_shot ("keeping-6-recovery");
  key = read_key (keep_dialog ());
  g_assert_nonnull (key);
  keep_respond ("close");
  g_assert_false (ui_sees (desk->window, key));
  opened = open_copy (desk, "register.db", IMP_GATE_KEY_PASSPHRASE, key);
}

/* ---- retention ---- */

static void
test_years (Desk *desk, gconstpointer data)
{
  g_autofree char *years = NULL;
  g_autofree char *age = NULL;
  ImpRegister *source = imp_gate_get_register (desk->gate);

  ui_wait_for (desk->window, "Nobody’s record is due");
  ui_shot ("keeping-7-retention");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (ui_find (desk->window, GTK_TYPE_SPIN_BUTTON,
                                                       "Years after a record was last used")),
                             20);
  ui_click (desk->window, "_Set");
  ui_wait_for (desk->window, "It is set how long records are kept.");
  years = imp_register_get_setting (source, "retention-years", NULL);
  age = imp_register_get_setting (source, "retention-child-age", NULL);
  g_assert_cmpstr (years, ==, "20");
  g_assert_cmpstr (age, ==, "25");
}

static void
test_erase (Desk *desk, gconstpointer data)
{
  ImpRegister *source = imp_gate_get_register (desk->gate);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  gboolean buried = FALSE;

  ui_click (desk->window, "_Erase…");
  ui_wait_for (desk->window, "Type the person’s number first.");
  ui_type (desk->window, "Hospital or NHS number", "H204417");
  ui_click (desk->window, "_Keep it…");
  ui_wait_for (desk->window, "Choose why the record is kept.");
  ui_type (desk->window, "Hospital or NHS number", "H204471");
  ui_click (desk->window, "_Erase…");
  ui_wait_for (desk->window, "Nobody registered has that number.");
  ui_type (desk->window, "Hospital or NHS number", "H204417");
  ui_click (desk->window, "_Erase…");
  ui_wait_for (keep_dialog (), "EXAMPLE, Person A"); /* whose record goes, and not in a title */
  g_assert_null (strstr (gtk_window_get_title (GTK_WINDOW (keep_dialog ())), "H204417"));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (keep_dialog ())),
                   ==, "cancel");
  ui_shot ("keeping-8-erase");
  keep_respond ("go");
  ui_wait_for (desk->window, "Erased.");
  g_assert_null (imp_register_find_by_number (source, "H204417", &error));
  g_assert_no_error (error);
  g_assert_true (imp_register_is_buried (source, "H204417", &buried, &error));
  g_assert_true (buried);
  /* Alone nobody takes the block off. */
  ui_type (desk->window, "Number that is blocked", "H204417");
  ui_click (desk->window, "_Take it off…");
  ui_type (keep_dialog (), "Second person’s name", APPROVER);
  ui_type (keep_dialog (), "Second person’s PIN", "synthetic-2");
  keep_respond ("go");
  ui_wait_for (desk->window, "This takes two people");
  g_assert_true (imp_register_is_buried (source, "H204417", &buried, &error));
  g_assert_true (buried);
}

static void
add_user (Desk *desk, const char *name, guint roles, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) fresh = imp_second_new (name, pin);
  const ImpUserChange change = { .act = IMP_USER_ADD, .name = name, .roles = roles };
  g_autoptr (ImpUser) user = imp_gate_change_user_sync (desk->gate, &change, NULL, fresh, &error);

  g_assert_no_error (error);
}

/* Past the gate, as another program with the key could. */
static void
run_sql (Desk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (desk, "register.db");
  g_autofree char *key_path = in_folder (desk, "key");
  const ImpKey key = { .kind = IMP_KEY_FILE, .key_file = key_path };
  g_autoptr (ImpStore) store = imp_store_open (path, &key, &error);

  g_assert_no_error (error);
  g_assert_true (imp_store_run (store, &error, sql, NULL, NULL));
  g_assert_no_error (error);
}

static void
test_purge (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) keeper = imp_second_new (KEEPER, "synthetic-1");
  g_autoptr (ImpPerson) gone = NULL;
  GtkWidget *check = NULL;

  run_sql (desk, "INSERT INTO person (id, hospital_number, number_folded, name, created) VALUES "
                 "('" OLD "', 'H1', 'h1', 'EXAMPLE, Old', '2010-03-01T08:00:00.000Z')");
  add_user (desk, KEEPER, IMP_ROLE_KEEPER, "synthetic-1");
  imp_gate_sign_in_sync (desk->gate, keeper, &error);
  g_assert_no_error (error);
  add_user (desk, APPROVER, IMP_ROLE_APPROVER, "synthetic-2");
  open_window (desk, "retention");
  ui_wait_for (desk->window, "EXAMPLE, Old · H1");
  ui_shot ("keeping-9-due");
  check_noted (desk, "retention");
  ui_click (desk->window, "_Purge…");
  ui_wait_for (desk->window, "Tick first");
  check = ui_find (desk->window, GTK_TYPE_CHECK_BUTTON, "EXAMPLE, Old · H1");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  ui_click (desk->window, "_Purge…");
  ui_type (keep_dialog (), "Second person’s name", KEEPER);
  ui_type (keep_dialog (), "Second person’s PIN", "synthetic-1");
  keep_respond ("go");
  ui_wait_for (desk->window, "This takes two people");
  gone = imp_register_get_person (imp_gate_get_register (desk->gate), OLD, &error);
  g_assert_nonnull (gone);
  ui_click (desk->window, "_Purge…");
  ui_type (keep_dialog (), "Second person’s name", APPROVER);
  ui_type (keep_dialog (), "Second person’s PIN", "synthetic-2");
  ui_shot ("keeping-10-purge");
  keep_respond ("go");
  ui_wait_for (desk->window, "Purged.");
  g_assert_null (imp_register_get_person (imp_gate_get_register (desk->gate), OLD, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static gboolean
is_exempt (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  gboolean exempt = FALSE;

  g_assert_true (imp_register_is_exempt (imp_gate_get_register (desk->gate), desk->person_id,
                                         &exempt, &error));
  g_assert_no_error (error);
  return exempt;
}

static void
keep_for_claims (Desk *desk)
{
  ui_type (desk->window, "Hospital or NHS number", "H204417");
  ui_choose (desk->window, "Or it is kept, because of", "Legal claims");
  ui_click (desk->window, "_Keep it…");
  ui_wait_for (keep_dialog (), "EXAMPLE, Person A"); /* whose record is kept */
  g_assert_false (is_exempt (desk));
  ui_shot ("keeping-8-keep");
  keep_respond ("go");
  ui_wait_for (desk->window, "It is recorded that the record is kept");
  g_assert_true (is_exempt (desk));
  ui_type (desk->window, "Hospital or NHS number", "H204417");
}

static void
answer_second (const char *name, const char *pin)
{
  ui_type (keep_dialog (), "Second person’s name", name);
  ui_type (keep_dialog (), "Second person’s PIN", pin);
  keep_respond ("go");
}

/* What is kept for a reason of the law one keeper alone does not erase. */
static void
test_erase_kept (Desk *desk, gconstpointer data)
{
  ImpRegister *source = imp_gate_get_register (desk->gate);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) keeper = imp_second_new (KEEPER, "synthetic-1");
  g_autoptr (ImpPerson) person = NULL;

  add_user (desk, KEEPER, IMP_ROLE_KEEPER, "synthetic-1");
  imp_gate_sign_in_sync (desk->gate, keeper, &error);
  g_assert_no_error (error);
  add_user (desk, APPROVER, IMP_ROLE_APPROVER, "synthetic-2");
  open_window (desk, "retention");
  keep_for_claims (desk);
  ui_click (desk->window, "_End it…");
  answer_second (KEEPER, "synthetic-1");
  ui_wait_for (desk->window, "This takes two people");
  g_assert_true (is_exempt (desk));
  ui_click (desk->window, "_End it…");
  answer_second (APPROVER, "synthetic-2");
  ui_wait_for (desk->window, "no longer kept for a reason of the law");
  g_assert_false (is_exempt (desk));

  keep_for_claims (desk);
  ui_click (desk->window, "_Erase…");
  keep_respond ("go");
  ui_wait_for (desk->window, "erase it all the same takes two people");
  ui_wait_for (keep_dialog (), "EXAMPLE, Person A");
  ui_wait_for (keep_dialog (), "Kept because of: Legal claims");
  g_assert_null (strstr (gtk_window_get_title (GTK_WINDOW (keep_dialog ())), "EXAMPLE"));
  ui_shot ("keeping-8-erase-kept");
  person = imp_register_find_by_number (source, "H204417", &error);
  g_assert_nonnull (person);
  answer_second (APPROVER, "synthetic-2");
  ui_wait_for (desk->window, "Erased.");
  g_assert_null (imp_register_find_by_number (source, "H204417", &error));
  g_assert_no_error (error);
}

/* Where nobody has a PIN none is asked for: it is said what is needed. */
static void
test_erase_kept_without_users (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = NULL;

  keep_for_claims (desk);
  ui_click (desk->window, "_Erase…");
  keep_respond ("go");
  ui_wait_for (desk->window, "this register has no users");
  ui_shot ("keeping-8-erase-no-users");
  person = imp_register_find_by_number (imp_gate_get_register (desk->gate), "H204417", &error);
  g_assert_no_error (error);
  g_assert_nonnull (person);
  g_assert_true (is_exempt (desk));
  ui_click (desk->window, "Users");
  g_assert_cmpstr (
      adw_preferences_window_get_visible_page_name (ADW_PREFERENCES_WINDOW (desk->window)), ==,
      "users");
}

/* ---- the clock ---- */

#define AHEAD "2099-05-04T10:00:00.000Z"

static void
write_ahead (Desk *desk)
{
  run_sql (desk, "INSERT INTO event (at, subject, subject_id, kind) VALUES ('" AHEAD
                 "', 'person', 'p', 'changed')");
}

static void
assert_behind (Desk *desk, gboolean behind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;

  g_assert_true (imp_gate_check_clock_sync (desk->gate, &now, &newest, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (newest, ==, behind ? AHEAD : NULL);
}

static char *
permit_until (Desk *desk, const char *person_id, const char *expires)
{
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autoptr (GError) error = NULL;

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = imp_clock_today ();
  permission->expires = g_strdup (expires);
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (imp_gate_get_register (desk->gate), permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

static void
assert_permission (Desk *desk, const char *id, ImpPermissionState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission =
      imp_register_get_permission (imp_gate_get_register (desk->gate), id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (permission->state, ==, state);
}

/* A register without users: the page of the register says it, and whoever keeps it accepts it. */
static void
test_clock (Desk *desk, gconstpointer data)
{
  GtkWidget *page = imp_register_page_new ();
  GtkWidget *window = NULL;
  GtkWidget *accept = NULL;
  graphene_rect_t bounds;
  g_autofree char *person = ui_add_person (desk->gate, "H204499", "EXAMPLE, Person L", NULL);
  g_autofree char *ends = permit_until (desk, person, "2031-05-03");
  g_autofree char *stays = permit_until (desk, person, NULL);

  write_ahead (desk);
  window = ui_window_new (page, 1024, 640);
  imp_register_page_set_gate (IMP_REGISTER_PAGE (page), desk->gate);
  ui_wait_for (window, "but the register was last written to on 4 May 2099");
  ui_find (window, GTK_TYPE_BUTTON, "Put it right…");
  ui_shot ("keeping-clock-1-register");
  ui_window_close (window);

  open_window (desk, "backup");
  ui_wait_for (desk->window, "until one of them is put right, no permission counts");
  ui_shot ("keeping-clock-2");
  /* Nothing is scrolled to find it. */
  accept = ui_find (desk->window, GTK_TYPE_BUTTON, "_Accept the clock…");
  g_assert_true (gtk_widget_compute_bounds (accept, desk->window, &bounds));
  g_assert_cmpfloat (graphene_rect_get_y (&bounds) + graphene_rect_get_height (&bounds), <, 400);
  ui_click (desk->window, "_Accept the clock…");
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (keep_dialog ())),
                   ==, "cancel");
  keep_respond ("cancel");
  assert_behind (desk, TRUE);
  ui_click (desk->window, "_Accept the clock…");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (keep_dialog ())),
                            "permissions that had ended by the time that is given up stay ended"));
  keep_respond ("go");
  ui_wait_for (desk->window, "but for 1 that had ended before, and stays ended.");
  ui_shot ("keeping-clock-2-alone");
  assert_behind (desk, FALSE);
  assert_permission (desk, ends, IMP_PERMISSION_EXPIRED);
  assert_permission (desk, stays, IMP_PERMISSION_ACTIVE);
}

static void
assert_leap (Desk *desk, gboolean leapt)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;

  g_assert_true (imp_gate_check_leap_sync (desk->gate, &since, &until, &error));
  g_assert_no_error (error);
  g_assert_cmpint (since != NULL, ==, leapt);
}

/* As if nothing had been written for a year. */
static void
test_clock_leaps (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) keeper = imp_second_new (KEEPER, "synthetic-1");

  add_user (desk, KEEPER, IMP_ROLE_KEEPER, "synthetic-1");
  imp_gate_sign_in_sync (desk->gate, keeper, &error);
  g_assert_no_error (error);
  add_user (desk, APPROVER, IMP_ROLE_APPROVER, "synthetic-2");
  run_sql (desk, "INSERT INTO clock_leap (since, until) VALUES ('2025-03-01T10:00:00.000Z', "
                 "'2026-03-04T10:00:00.000Z')");
  assert_leap (desk, TRUE);
  open_window (desk, "backup");
  ui_wait_for (desk->window, "the clock went from 1 Mar 2025");
  ui_shot ("keeping-clock-4-leap");
  ui_click (desk->window, "_Accept the clock…");
  ui_type (keep_dialog (), "Second person’s name", APPROVER);
  ui_type (keep_dialog (), "Second person’s PIN", "synthetic-2");
  keep_respond ("go");
  ui_wait_for (desk->window, "The clock is accepted: records are purged by it again.");
  assert_leap (desk, FALSE);
}

static void
test_clock_by_two (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSecond) keeper = imp_second_new (KEEPER, "synthetic-1");

  add_user (desk, KEEPER, IMP_ROLE_KEEPER, "synthetic-1");
  imp_gate_sign_in_sync (desk->gate, keeper, &error);
  g_assert_no_error (error);
  add_user (desk, APPROVER, IMP_ROLE_APPROVER, "synthetic-2");
  write_ahead (desk);
  open_window (desk, "backup");
  ui_wait_for (desk->window, "no permission counts");
  ui_click (desk->window, "_Accept the clock…");
  ui_type (keep_dialog (), "Second person’s name", KEEPER);
  ui_type (keep_dialog (), "Second person’s PIN", "synthetic-1");
  keep_respond ("go");
  ui_wait_for (desk->window, "This takes two people");
  assert_behind (desk, TRUE);
  ui_click (desk->window, "_Accept the clock…");
  ui_type (keep_dialog (), "Second person’s name", APPROVER);
  ui_type (keep_dialog (), "Second person’s PIN", "synthetic-2");
  ui_shot ("keeping-clock-3-second");
  keep_respond ("go");
  ui_wait_for (desk->window, "The clock is accepted");
  assert_behind (desk, FALSE);
}

/* ---- policy ---- */

/* The strict pack with something else in it. */
static void
write_pack (Desk *desk, const char *name, const char *from, const char *to)
{
  g_autofree char *strict = g_build_filename (g_getenv ("IMP_PACKS"), "uk-strict.json", NULL);
  g_autofree char *path = in_folder (desk, name);
  g_autofree char *text = NULL;
  g_auto (GStrv) named = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *renamed = NULL;
  g_autofree char *changed = NULL;

  g_assert_true (g_file_get_contents (strict, &text, NULL, NULL));
  named = g_strsplit (text, "\"id\": \"uk-strict\"", 2);
  renamed = g_strjoinv ("\"id\": \"example-trust\"", named);
  parts = g_strsplit (renamed, from, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  changed = g_strjoinv (to, parts);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
}

static void
load_pack (Desk *desk, const char *name)
{
  ui_click (desk->window, "_Load…");
  keep_choose_file (desk->folder, name);
}

static void
test_packs (Desk *desk, gconstpointer data)
{
  g_autofree char *path = in_folder (desk, "own.json");
  const char *command[] = { "sha256sum", path, NULL };
  g_autofree char *sum = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (ImpPackInfo) info = NULL;
  g_autofree char *export_id = keep_release (desk->gate, desk->folder, desk->person_id, "one.png");

  ui_wait_for (desk->window, "In force");
  ui_shot ("keeping-11-policy");
  /* A mistake is named by its line, and nothing is changed. */
  write_pack (desk, "broken.json", "\"format\": 1,", "\"format\": 1, \"colour\": 3,");
  load_pack (desk, "broken.json");
  ui_wait_for (desk->window, "line 2");
  write_pack (desk, "weak.json",
              "\"when\": {\"fact\": \"objection\"},\n          \"outcome\": \"refuse\"",
              "\"when\": {\"fact\": \"objection\"},\n          \"outcome\": \"allow\"");
  load_pack (desk, "weak.json");
  ui_wait_for (desk->window, "weaker than the program allows");
  ui_wait_for (desk->window, "has said no");
  ui_shot ("keeping-12-weak");
  g_assert_cmpstr (imp_gate_get_pack_id (desk->gate), ==, "uk-strict");
  /* Teaching permissions no longer cover the teaching file: the past export would not leave. */
  write_pack (desk, "own.json",
              "\"teaching-closed\": {\"internal-meeting\": \"yes\", \"teaching-file\": \"yes\"}",
              "\"teaching-closed\": {\"internal-meeting\": \"yes\"}");
  load_pack (desk, "own.json");
  ui_wait_for (desk->window, "Nothing was changed yet.");
  g_assert_cmpstr (imp_gate_get_pack_id (desk->gate), ==, "uk-strict");
  ui_click (desk->window, "What if…: UK, strict: nothing without permission on social media");
  ui_wait_for (desk->window, "1 past export: 1 would not have left as it did");
  ui_wait_for (desk->window, "Then allowed, now refused");
  ui_shot ("keeping-13-what-if");
  ui_click (desk->window, "Use it…: UK, strict: nothing without permission on social media");
  keep_respond ("go");
  ui_wait_for (desk->window, "The policy pack is in force");
  info = imp_gate_describe_pack_sync (desk->gate, NULL, &rows, NULL);
  g_assert_cmpstr (info->id, ==, "example-trust");
  sum = keep_run (command);
  sum[64] = '\0';
  g_assert_cmpstr (info->hash, ==, sum);
}

/* Article rows 2 and 17: what the policy follows, and the day to look at it again. */
static void
test_site_policy (Desk *desk, gconstpointer data)
{
  ImpRegister *source = imp_gate_get_register (desk->gate);
  g_autofree char *reference = NULL;
  g_autofree char *day = NULL;
  GtkWidget *row = NULL;

  ui_wait_for (desk->window, "HCPC");
  g_assert_true (ui_sees (desk->window, "13 Jul 2020"));
  ui_type (desk->window, "Title or number, and date", "Social media policy 7, 2026");
  row = ui_find (desk->window, ADW_TYPE_ENTRY_ROW, "Title or number, and date");
  g_signal_emit_by_name (row, "apply");
  ui_wait_for (desk->window, "Saved for this site.");
  reference = imp_register_get_setting (source, "local-policy-reference", NULL);
  g_assert_cmpstr (reference, ==, "Social media policy 7, 2026");
  row = ui_find (desk->window, ADW_TYPE_ENTRY_ROW, "To be looked at again by");
  ui_type (desk->window, "To be looked at again by", "some day");
  g_signal_emit_by_name (row, "apply");
  ui_wait_for (desk->window, "The day is not a date");
  ui_type (desk->window, "To be looked at again by", "4 Mar 2020");
  g_signal_emit_by_name (row, "apply");
  ui_wait_for (desk->window, "The policy was to be looked at again by 4 Mar 2020");
  ui_shot ("keeping-14-review");
  day = imp_register_get_setting (source, "policy-review-by", NULL);
  g_assert_cmpstr (day, ==, "2020-03-04");
}

/* Article row 17: PDFs that the site adds. */
static void
test_guidance (Desk *desk, gconstpointer data)
{
  static const char PDF[] = UI_FORM;
  g_autofree char *path = in_folder (desk, "policy.pdf");
  g_autofree char *saved = in_folder (desk, "saved.pdf");
  g_autofree char *text = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) after = NULL;
  ImpRegister *source = imp_gate_get_register (desk->gate);

  g_assert_true (g_file_set_contents (path, PDF, -1, NULL));
  ui_click (desk->window, "_Add a PDF…");
  keep_choose_file (desk->folder, "policy.pdf");
  ui_type (keep_dialog (), "Title and version", "Social media policy 7");
  keep_respond ("go");
  ui_wait_for (desk->window, "The guidance is kept in the register.");
  list = imp_register_list_guidance (source, NULL);
  g_assert_cmpuint (g_variant_n_children (list), ==, 1);
  ui_click (desk->window, "Save…: Social media policy 7");
  keep_choose_file (desk->folder, "saved.pdf");
  ui_wait_for (desk->window, "The guidance is saved.");
  g_assert_true (g_file_get_contents (saved, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, PDF);
  ui_click (desk->window, "Remove: Social media policy 7");
  keep_respond ("go");
  ui_wait_for (desk->window, "The guidance is removed.");
  after = imp_register_list_guidance (source, NULL);
  g_assert_cmpuint (g_variant_n_children (after), ==, 0);
}

/* ---- the ledger ---- */

static void
test_ledger (Desk *desk, gconstpointer data)
{
  g_autofree char *folder = in_folder (desk, "receipts");
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  receipt = keep_receipt (desk->gate, desk->folder, desk->person_id, "one.png");
  json = g_bytes_new (receipt->json, strlen (receipt->json));
  imp_gate_publish_record_sync (desk->gate, "receipt", json, target, NULL, &error);
  g_assert_no_error (error);
  ui_click (desk->window, "_Verify now");
  ui_wait_for (desk->window, "hold together, and every page of the register is sound.");
  ui_shot ("keeping-15-ledger");
  ui_type (desk->window, "A head copied earlier, or from a receipt", receipt->chain_head);
  ui_click (desk->window, "_Check");
  ui_wait_for (desk->window, "and the receipt’s head is one of them.");
  ui_type (desk->window, "A head copied earlier, or from a receipt",
           "0000000000000000000000000000000000000000000000000000000000000001");
  ui_click (desk->window, "_Check");
  ui_wait_for (desk->window, "its end was cut off");
  ui_click (desk->window, "Check a _folder…");
  keep_choose_file (desk->folder, "receipts");
  ui_wait_for (desk->window, "1 receipt was checked: it says what the ledger has.");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, "consent: ", 2);
  changed = g_strjoinv ("anonymised: ", parts);
  g_assert_cmpstr (changed, !=, text);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  ui_click (desk->window, "Check a _folder…");
  keep_choose_file (desk->folder, "receipts");
  ui_wait_for (desk->window, "1 receipt does not fit the ledger.");
  ui_wait_for (desk->window, "another “basis”");
  ui_shot ("keeping-16-receipts");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* The first broken row is named. */
static void
test_broken_ledger (Desk *desk, gconstpointer data)
{
  g_autofree char *id = keep_release (desk->gate, desk->folder, desk->person_id, "one.png");

  run_sql (desk, "DROP TRIGGER ledger_not_changed");
  run_sql (desk, "UPDATE ledger SET body = '{}' WHERE seq = 1");
  ui_click (desk->window, "_Verify now");
  ui_wait_for (desk->window, "The ledger is broken at row 1: it was changed.");
  ui_shot ("keeping-17-broken");
}

/* ---- what comes in and goes out ---- */

static void
replace_in (Desk *desk, const char *source, const char *name, const char *from, const char *to)
{
  g_autofree char *path = in_folder (desk, source);
  g_autofree char *target = in_folder (desk, name);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, from, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  changed = g_strjoinv (to, parts);
  g_assert_true (g_file_set_contents (target, changed, -1, NULL));
}

static void
test_exchange (Desk *desk, gconstpointer data)
{
  ImpRegister *source = imp_gate_get_register (desk->gate);
  g_autofree char *path = in_folder (desk, "all.csv");
  g_autofree char *empty = in_folder (desk, "empty.csv");
  const char *command[] = { "/usr/bin/python3", "-c",
                            "import csv,sys\nfor r in csv.DictReader(open(sys.argv[1], newline='', "
                            "encoding='utf-8')): print('|'.join(r.values()))",
                            path, NULL };
  g_autofree char *table = NULL;
  g_autofree char *explained = NULL;
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  ui_shot ("keeping-18-exchange");
  /* What the file will be is said first, and Return saves nothing. */
  ui_click (desk->window, "_Save the table…");
  ui_settle (300);
  ui_shot ("keeping-18-not-encrypted");
  g_assert_true (ui_sees (keep_dialog (), "The table is not encrypted."));
  g_assert_true (ui_sees (keep_dialog (), "everybody in the register"));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (keep_dialog ())),
                   ==, "cancel");
  keep_respond ("cancel");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  ui_click (desk->window, "_Save the table…");
  keep_respond ("save");
  keep_choose_file (desk->folder, "all.csv");
  ui_wait_for (desk->window, "The file names everybody");
  g_assert_cmpuint (keep_mode (path), ==, 0600);
  table = keep_run (command);
  g_assert_nonnull (strstr (table, "H204417"));
  g_assert_nonnull (strstr (table, "teaching-closed"));
  ui_click (desk->window, "Save an _empty table…");
  keep_choose_file (desk->folder, "empty.csv");
  ui_wait_for (desk->window, "begin in the third row");
  command[3] = empty;
  explained = keep_run (command);
  g_assert_nonnull (strstr (explained, "Date of birth: a day as 1961-05-03"));
  g_assert_null (strstr (explained, "H204417"));
  /* Wrong rows are named, and nothing is taken in. */
  replace_in (desk, "all.csv", "wrong.csv", "2026-01-05", "the fifth");
  ui_click (desk->window, "Choose a _table…");
  keep_choose_file (desk->folder, "wrong.csv");
  ui_wait_for (desk->window, "nothing of the file was taken in");
  ui_wait_for (desk->window, "Row 2, Day of the answer (given)");
  ui_shot ("keeping-19-problems");
  g_assert_false (ui_sees (desk->window, "the fifth"));
  g_assert_null (ui_find (desk->window, GTK_TYPE_BUTTON, "Take it in"));
  /* A good one waits until somebody says so. */
  replace_in (desk, "all.csv", "new.csv", "H204417", "H300001");
  replace_in (desk, "new.csv", "newer.csv", desk->person_id, "");
  replace_in (desk, "newer.csv", "good.csv", desk->permission_id, "");
  ui_click (desk->window, "Choose a _table…");
  keep_choose_file (desk->folder, "good.csv");
  ui_wait_for (desk->window, "Nothing was changed yet. ");
  ui_shot ("keeping-20-dry-run");
  g_assert_null (imp_register_find_by_number (source, "H300001", &error));
  g_assert_no_error (error);
  ui_click (desk->window, "Take it in");
  ui_wait_for (desk->window, "Taken in. ");
  person = imp_register_find_by_number (source, "H300001", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person->name, ==, "EXAMPLE, Person A");
}

static void
test_named (Desk *desk, gconstpointer data)
{
  static const char *const PAGES[] = { "backup", "users",  "keys",    "retention",
                                       "policy", "ledger", "exchange" };

  for (guint i = 0; i < G_N_ELEMENTS (PAGES); i++)
    {
      adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (desk->window),
                                                    PAGES[i]);
      ui_settle (300);
      g_assert_cmpuint (ui_count_unnamed (desk->window), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    const char *page;
    void (*test) (Desk *desk, gconstpointer data);
  } TESTS[] = {
    { "/ui/keeping/security-5-7/backup", "backup", test_backup },
    { "/ui/keeping/security-5-7/put-back", "backup", test_put_back },
    { "/ui/keeping/security-5-7/journal-lost", "backup", test_journal_lost },
    { "/ui/keeping/security-5-7/no-backup", "backup", test_no_backup },
    { "/ui/keeping/security-5-2/passphrase", NULL, test_passphrase },
    { "/ui/keeping/security-5-2/recovery-key", "keys", test_recovery },
    { "/ui/keeping/security-5-6/years", "retention", test_years },
    { "/ui/keeping/security-5-5/erase", "retention", test_erase },
    { "/ui/keeping/security-5-5/erase-what-is-kept", NULL, test_erase_kept },
    { "/ui/keeping/security-5-5/erase-what-is-kept-without-users", "retention",
      test_erase_kept_without_users },
    { "/ui/keeping/security-5-6/purge-by-two", NULL, test_purge },
    { "/ui/keeping/clock-set-back", NULL, test_clock },
    { "/ui/keeping/clock-set-back/by-two", NULL, test_clock_by_two },
    { "/ui/keeping/clock-leaps", NULL, test_clock_leaps },
    { "/ui/keeping/packs", "policy", test_packs },
    { "/ui/keeping/article-row-17/site-policy", "policy", test_site_policy },
    { "/ui/keeping/article-row-17/guidance", "policy", test_guidance },
    { "/ui/keeping/security-5-3/ledger", "ledger", test_ledger },
    { "/ui/keeping/security-5-3/broken-ledger", "ledger", test_broken_ledger },
    { "/ui/keeping/exchange", "exchange", test_exchange },
    { "/ui/keeping/named", "backup", test_named },
  };

  ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Desk, TESTS[i].page, set_up, TESTS[i].test, tear_down);
  return g_test_run ();
}
