/* The second person in the window: at the same desk, later, and where the file itself says no. What
 * is asserted stands in the register, not just on screen. */
#include <adwaita.h>
#include <string.h>

#include "imp-parked-list.h"
#include "imp-question-row.h"
#include "imp-register-look-ups.h"
#include "imp-register-page.h"
#include "imp-wizard.h"
#include "ui-support.h"
#include "ui-users.h"

typedef struct
{
  ImpGate *gate;
  char *folder;
  ImpPicture *picture;
  GtkWidget *wizard;
  GtkWidget *window;
  ImpStatus status;
  char *text;
} Desk;

static void
on_status (ImpWizard *wizard, ImpStatus status, const char *words, const char *text, Desk *desk)
{
  g_assert_cmpint (g_utf8_strlen (words, -1), <=, 26);
  desk->status = status;
  g_free (desk->text);
  desk->text = g_strdup (text);
}

static void
set_up_with (Desk *desk, ImpGate *gate, const char *sample)
{
  desk->gate = gate;
  desk->picture = ui_picture_new (sample);
  desk->wizard = imp_wizard_new ();
  g_signal_connect (desk->wizard, "status-changed", G_CALLBACK (on_status), desk);
  desk->window = ui_window_new (desk->wizard, 370, 700);
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), desk->picture);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  ui_look_at_all (desk->picture); /* who is signed in has to */
  ui_settle (50);
}

static void
set_up (Desk *desk, gconstpointer sample)
{
  ImpGate *gate = ui_users_gate_new (UI_USERS_FOUR, &desk->folder);

  ui_users_sign_in (gate, UI_OPERATOR);
  set_up_with (desk, gate, sample);
}

/* Nobody was ever made. */
static void
set_up_alone (Desk *desk, gconstpointer sample)
{
  set_up_with (desk, ui_gate_new (&desk->folder), sample);
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->wizard == NULL;
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (desk->wizard), (gpointer *)&desk->wizard);
  ui_window_close (desk->window);
  ui_wait (is_gone, desk, "the end of the wizard");
  g_object_unref (desk->picture);
  ui_gate_free (desk->gate, desk->folder);
  g_free (desk->text);
}

/* ---- the steps before ---- */

static void
next (Desk *desk)
{
  ui_click (desk->wizard, "_Next");
}

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

static void
answer_all (Desk *desk, const char *const *questions)
{
  for (gsize i = 0; questions[i] != NULL; i++)
    if (ui_find (desk->wizard, IMP_TYPE_QUESTION_ROW, questions[i]) != NULL)
      ui_answer (desk->wizard, questions[i], "No");
}

/* As far as what leaves: nobody is known, nobody is recognised. */
static void
go_to_last_page (Desk *desk, const char *destination, gboolean known)
{
  ui_click (desk->wizard, "It is not known whose picture this is");
  next (desk);
  ui_wait_for (desk->wizard, "Where is it going, and why?");
  ui_click (desk->wizard, destination);
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  next (desk);
  ui_wait_for (desk->wizard, "About this case");
  answer_all (desk, CASE);
  if (known)
    ui_answer (desk->wizard, "Does anyone who will see this know the person?", "Yes");
  next (desk);
  ui_click (desk->wizard, "Nobody could be identified");
  ui_settle (300);
  answer_all (desk, INTRUDER);
  next (desk);
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Yes");
  next (desk);
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  next (desk);
  ui_wait_for (desk->wizard, "This cannot be taken back");
}

static gboolean
needs_second (gpointer data)
{
  return g_strcmp0 (((Desk *)data)->text, "Needs a second person, who decides about exactly this")
         == 0;
}

static gboolean
is_sealed (gpointer data)
{
  return ((Desk *)data)->status == IMP_STATUS_SEALED;
}

static void
go_to_second (Desk *desk, const char *destination, gboolean known)
{
  go_to_last_page (desk, destination, known);
  ui_wait_looking (desk->wizard, needs_second, desk, "the need for a second person");
  next (desk);
  ui_wait_for (desk->wizard, "Second person");
}

/* ---- what stands in the register ---- */

/* The keeper reads the ledger, from another computer as it were. */
static char *
body_of (Desk *desk, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (desk->folder, "register.db", NULL);
  g_autofree char *key = g_build_filename (desk->folder, "key", NULL);
  g_autoptr (ImpGate) gate = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, FALSE, &error);
  g_autoptr (GVariant) rows = NULL;

  g_assert_no_error (error);
  ui_users_sign_in (gate, UI_KEEPER);
  rows = imp_gate_ledger_list_sync (gate, 50, &error);
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

static char *
id_of (Desk *desk, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = imp_gate_list_users (desk->gate, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);

      if (g_str_equal (user->name, name))
        return g_strdup (user->id);
    }
  g_assert_not_reached ();
}

/* The last row of that kind names that user there. */
static void
assert_names (Desk *desk, const char *kind, const char *member, const char *name)
{
  g_autofree char *body = body_of (desk, kind);
  g_autofree char *id = id_of (desk, name);
  g_autofree char *said = g_strdup_printf ("\"%s\":\"%s\"", member, id);

  g_assert_nonnull (body);
  if (strstr (body, said) == NULL)
    g_test_message ("%s is not in %s", said, body);
  g_assert_nonnull (strstr (body, said));
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

/* Through the real file dialog. */
static void export(Desk *desk, const char *name, const char *said)
{
  GtkWidget *chooser = NULL;
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (desk->folder);

  ui_wait_looking (desk->wizard, is_sealed, desk, "the seal");
  ui_click (desk->wizard, "_Export…");
  ui_wait (has_chooser, &chooser, "the file dialog");
  ui_settle (600);
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL));
  ui_settle (600);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  ui_settle (600);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  ui_wait_for (desk->wizard, said);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
decide (Desk *desk, const char *who, const char *pin, const char *verb)
{
  ui_click (desk->wizard, "Someone else is here, and decides now");
  ui_choose (desk->wizard, "The second person", who);
  ui_type (desk->wizard, "PIN of the second person", pin);
  ui_type (desk->wizard, "In your words (optional)", "Seen, and fit to be shown");
  ui_click (desk->wizard, verb);
}

/* ---- at the same desk ---- */

static void
test_same_desk (Desk *desk, gconstpointer data)
{
  g_autofree char *body = NULL;

  go_to_second (desk, "Internal meeting", TRUE);
  ui_shot ("second-1-ways");
  g_assert_null (ui_find (desk->wizard, GTK_TYPE_EDITABLE, "PIN of the second person"));
  ui_click (desk->wizard, "Someone else is here, and decides now");
  g_assert_true (ui_sees (desk->wizard, "Exactly these pixels leave: 512 × 640"));
  g_assert_true (ui_sees (desk->wizard, "What was said, with"));
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  ui_shot ("second-2-here");

  decide (desk, UI_APPROVER, "000001", "Approve");
  ui_wait_for (desk->wizard, "The name or the PIN is not right");
  ui_shot ("second-3-wrong-pin");
  body = body_of (desk, "second");
  g_assert_null (body);

  decide (desk, UI_APPROVER, ui_users_pin (UI_APPROVER), "Approve");
  ui_wait_for (desk->wizard, "Approved and signed: exactly this picture");
  ui_shot ("second-4-approved");
  assert_names (desk, "second", "approver", UI_APPROVER);
  assert_names (desk, "second", "operator", UI_OPERATOR);
  export(desk, "meeting.png", "Exported to an internal meeting");
  g_free (body);
  body = body_of (desk, "intent");
  g_assert_nonnull (strstr (body, "row-8"));
  assert_names (desk, "intent", "user", UI_OPERATOR);
}

/* An edit is another picture: the yes was not about that. */
static void
test_edit_asks_again (Desk *desk, gconstpointer data)
{
  ImpRect box = { 10, 10, 60, 20 };

  go_to_second (desk, "Internal meeting", TRUE);
  decide (desk, UI_APPROVER, ui_users_pin (UI_APPROVER), "Approve");
  ui_wait_looking (desk->wizard, is_sealed, desk, "the seal");
  imp_redaction_add (imp_picture_get_redaction (desk->picture), &box);
  ui_settle (600);
  g_assert_cmpint (desk->status, !=, IMP_STATUS_SEALED);
  ui_wait_until_gone (desk->wizard, "Approved and signed");
}

static void
test_declined (Desk *desk, gconstpointer data)
{
  g_autofree char *body = NULL;

  go_to_second (desk, "Internal meeting", TRUE);
  decide (desk, UI_APPROVER, ui_users_pin (UI_APPROVER), "Decline");
  ui_wait_for (desk->wizard, "Declined and signed.");
  body = body_of (desk, "second");
  g_assert_nonnull (strstr (body, "\"decision\":\"decline\""));
  ui_settle (400);
  ui_wait (needs_second, desk, "the need for a second person, as before");
  ui_click (desk->wizard, "_Export…"); /* no file dialog: it may not leave */
  g_assert_true (ui_sees (desk->wizard, "Declined and signed."));
  ui_shot ("second-5-declined");
}

/* Who asks is not offered as the second person, and the gate would refuse them as well. */
static void
test_same_user (Desk *desk, gconstpointer data)
{
  const ImpUserChange change = { IMP_USER_CHANGE, UI_APPROVER, NULL,
                                 IMP_ROLE_OPERATOR | IMP_ROLE_APPROVER, NULL };
  g_autoptr (ImpSecond) second = imp_second_new (UI_OPERATOR, ui_users_pin (UI_OPERATOR));
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = NULL;
  g_autofree char *body = NULL;
  GListModel *names = NULL;

  ui_users_sign_in (desk->gate, UI_KEEPER);
  user = imp_gate_change_user_sync (desk->gate, &change, second, NULL, &error);
  g_assert_no_error (error);
  ui_users_sign_in (desk->gate, UI_APPROVER);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  ui_look_at_all (desk->picture);
  ui_settle (100);
  go_to_second (desk, "Internal meeting", TRUE);
  ui_click (desk->wizard, "Someone else is here, and decides now");
  names = adw_combo_row_get_model (
      ADW_COMBO_ROW (ui_find (desk->wizard, ADW_TYPE_COMBO_ROW, "The second person")));
  g_assert_cmpuint (g_list_model_get_n_items (names), ==, 2);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), 1), ==, UI_GUARDIAN);

  /* The approver was at the desk when the list was made, and another is signed in since. */
  ui_users_sign_in (desk->gate, UI_GUARDIAN);
  decide (desk, UI_GUARDIAN, ui_users_pin (UI_GUARDIAN), "Approve");
  ui_wait_for (desk->wizard, "Your role does not allow this");
  body = body_of (desk, "second");
  g_assert_null (body);
}

/* ---- later ---- */

static gboolean
is_waiting (gpointer data)
{
  g_autoptr (GPtrArray) cases = imp_gate_list_cases_sync (((Desk *)data)->gate, "waiting", NULL);

  return cases != NULL && cases->len == 1;
}

static void
sit_down (Desk *desk, const char *name)
{
  imp_gate_sign_out (desk->gate);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), NULL);
  ui_settle (50);
  ui_users_sign_in (desk->gate, name);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  ui_settle (100);
}

static void
test_parked (Desk *desk, gconstpointer data)
{
  GtkWidget *list = imp_parked_list_new ();
  GtkWidget *window = NULL;

  go_to_second (desk, "Internal meeting", TRUE);
  ui_click (desk->wizard, "Ask later, such as the Guardian");
  ui_type (desk->wizard, "Why you ask (15 characters or more)", "Too short");
  ui_click (desk->wizard, "Ask, and let it wait");
  ui_wait_for (desk->wizard, "Say why, in 15 characters or more");
  ui_type (desk->wizard, "Why you ask (15 characters or more)",
           "A colleague in the meeting was the patient");
  ui_click (desk->wizard, "Ask, and let it wait");
  ui_wait_for (desk->wizard, "It waits under “Waiting for a second person”");
  ui_shot ("second-6-parked");
  g_assert_true (is_waiting (desk));

  sit_down (desk, UI_APPROVER);
  g_assert_true (ui_sees (desk->wizard, "Whose picture is this?")); /* nothing of the operator's */
  imp_parked_list_set_gate (IMP_PARKED_LIST (list), desk->gate);
  window = ui_window_new (list, 900, 560);
  ui_wait_for (list, "A colleague in the meeting was the patient");
  g_assert_true (ui_sees (list, UI_OPERATOR));
  g_assert_true (ui_sees (list, "Internal meeting"));
  g_assert_true (ui_sees (list, "Does anyone who will see this know the person?"));
  g_assert_true (ui_sees (list, "What is cut off"));
  g_assert_cmpuint (ui_count_unnamed (list), ==, 0);
  ui_shot ("second-7-case");
  ui_type (list, "In your words (optional)", "She agreed to it herself");
  /* The list is read anew, and what was typed stays. */
  imp_parked_list_set_source (IMP_PARKED_LIST (list), imp_picture_get_source (desk->picture));
  ui_wait_for (list, "The file of this picture is open on the desk");
  ui_click (list, "Approve");
  ui_wait_for (list, "Approved and signed.");
  ui_wait_for (list, "Nothing waits");
  ui_shot ("second-8-decided");
  assert_names (desk, "second", "approver", UI_APPROVER);
  ui_click (list, "Also those that no longer wait");
  ui_wait_for (list, "She agreed to it herself");
  ui_shot ("second-9-history");
  ui_window_close (window);

  sit_down (desk, UI_OPERATOR); /* and what she had answered is there again */
  for (guint i = 0; i < 6; i++)
    next (desk);
  ui_wait_for (desk->wizard, "This cannot be taken back");
  export(desk, "later.png", "Exported to an internal meeting");
  assert_names (desk, "intent", "user", UI_OPERATOR);
}

static void
park (Desk *desk)
{
  ui_click (desk->wizard, "Ask later, such as the Guardian");
  ui_type (desk->wizard, "Why you ask (15 characters or more)",
           "A colleague in the meeting was the patient");
  ui_click (desk->wizard, "Ask, and let it wait");
  ui_wait_for (desk->wizard, "It waits under");
}

static void
test_taken_back (Desk *desk, gconstpointer data)
{
  GtkWidget *list = imp_parked_list_new ();
  GtkWidget *window = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GError) error = NULL;

  go_to_second (desk, "Internal meeting", TRUE);
  park (desk);
  imp_parked_list_set_gate (IMP_PARKED_LIST (list), desk->gate);
  window = ui_window_new (list, 900, 560);
  ui_wait_for (list, "You asked for this, so somebody else decides.");
  g_assert_null (ui_find (list, GTK_TYPE_BUTTON, "Approve"));
  ui_click (list, "Take it back");
  ui_wait_for (list, "Taken back.");
  cases = imp_gate_list_cases_sync (desk->gate, "taken-back", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cases->len, ==, 1);
  ui_window_close (window);
}

static gboolean
has_dialog (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        {
          *(GtkWidget **)data = window;
          return TRUE;
        }
    }
  return FALSE;
}

static guint
count_cases (Desk *desk, const char *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cases = imp_gate_list_cases_sync (desk->gate, state, &error);

  g_assert_no_error (error);
  return cases->len;
}

/* Ctrl+5 of the register: the case itself, and that its picture is the one on the desk. */
static GtkWidget *
open_register (Desk *desk, GtkWidget *page)
{
  GtkWidget *window = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) looked = NULL;

  imp_register_page_set_gate (IMP_REGISTER_PAGE (page), desk->gate);
  imp_register_page_set_source (IMP_REGISTER_PAGE (page), imp_picture_get_source (desk->picture));
  window = ui_window_new (page, 1024, 590); /* less the header */
  gtk_widget_activate_action (page, "register.entry", "u", 5);
  ui_wait_for (page, "A colleague in the meeting was the patient");
  looked = imp_register_list_look_ups (imp_gate_get_register (desk->gate), NULL, 0, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((ImpLookUp *)looked->pdata[0])->view, ==, "waiting");
  g_assert_cmpint (((ImpLookUp *)looked->pdata[0])->n_found, ==, 1);
  return window;
}

/* The asker may go on only as long as the yes stands. */
static void
test_approval_taken_back (Desk *desk, gconstpointer data)
{
  GtkWidget *page = imp_register_page_new ();
  GtkWidget *window = NULL;
  GtkWidget *dialog = NULL;
  g_autofree char *body = NULL;

  go_to_second (desk, "Internal meeting", TRUE);
  park (desk);
  sit_down (desk, UI_APPROVER);
  window = open_register (desk, page);
  g_assert_true (ui_sees (page, "The file of this picture is open on the desk."));
  g_assert_true (ui_sees (page, "chest.dcm"));
  g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "Look at it"));
  g_assert_cmpuint (ui_count_unnamed (page), ==, 0);
  ui_shot ("second-12-register");
  imp_register_page_set_source (IMP_REGISTER_PAGE (page), NULL);
  ui_wait_for (page, "Open its file on the desk to look at it");
  g_assert_null (ui_find (page, GTK_TYPE_BUTTON, "Look at it"));

  ui_click (page, "Approve");
  ui_wait_for (page, "Approved and signed.");
  ui_wait_for (page, "Nothing waits");
  g_assert_cmpuint (count_cases (desk, "approved"), ==, 1);
  ui_click (page, "Also those that no longer wait");
  ui_wait_for (page, "Take the approval back…");
  ui_click (page, "Take the approval back…");
  ui_wait (has_dialog, &dialog, "the question");
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");
  ui_type (dialog, "In your words (optional)", "Her family asked not to");
  ui_shot ("second-13-take-back");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_wait_for (page, "The approval was taken back, and that is signed.");
  ui_wait_for (page, "Her family asked not to");
  ui_shot ("second-14-taken-back");
  g_assert_null (ui_find (page, GTK_TYPE_BUTTON, "Take the approval back…"));
  g_assert_cmpuint (count_cases (desk, "approved"), ==, 0);
  g_assert_cmpuint (count_cases (desk, "declined"), ==, 1);
  body = body_of (desk, "second");
  g_assert_nonnull (strstr (body, "\"decision\":\"decline\""));
  assert_names (desk, "second", "approver", UI_APPROVER);
  ui_window_close (window);

  sit_down (desk, UI_OPERATOR);
  ui_wait_looking (desk->wizard, needs_second, desk, "the need for a second person");
}

/* ---- what the file itself says ---- */

static void
test_row_2_lift (Desk *desk, gconstpointer data)
{
  g_autofree char *body = NULL;

  go_to_second (desk, "Teaching file", FALSE);
  g_assert_true (ui_sees (desk->wizard, "The file itself says"));
  decide (desk, UI_GUARDIAN, ui_users_pin (UI_GUARDIAN), "Approve");
  ui_wait_for (desk->wizard, "This would be refused all the same"); /* nothing was lifted */
  ui_click (desk->wizard, "I lift what the file itself says");
  decide (desk, UI_APPROVER, ui_users_pin (UI_APPROVER), "Approve");
  ui_wait_for (desk->wizard, "What the file itself says is lifted by a consultant");
  ui_shot ("second-10-lift-refused");
  body = body_of (desk, "second");
  g_assert_null (body);
  decide (desk, UI_GUARDIAN, ui_users_pin (UI_GUARDIAN), "Approve");
  ui_wait_for (desk->wizard, "Approved and signed");
  body = body_of (desk, "second");
  g_assert_nonnull (strstr (body, "\"lift\":true"));
  assert_names (desk, "second", "approver", UI_GUARDIAN);
  export(desk, "lifted.png", "Exported to a teaching file");
}

/* ---- nobody to ask ---- */

static void
test_no_users (Desk *desk, gconstpointer data)
{
  go_to_second (desk, "Internal meeting", TRUE);
  ui_wait_for (desk->wizard, "The register has no users yet");
  g_assert_nonnull (ui_find (desk->wizard, GTK_TYPE_BUTTON, "Users…"));
  g_assert_null (
      ui_find (desk->wizard, GTK_TYPE_CHECK_BUTTON, "Someone else is here, and decides now"));
  ui_shot ("second-11-no-users");
}

int
main (int argc, char **argv)
{
  int result = 0;

  ui_init (&argc, &argv);
#define ADD(path, sample, up, test) g_test_add (path, Desk, sample, up, test, tear_down)
  ADD ("/policy/row-8/at-the-desk", "chest.dcm", set_up, test_same_desk);
  ADD ("/policy/row-8/at-the-desk/edit-asks-again", "chest.dcm", set_up, test_edit_asks_again);
  ADD ("/policy/row-8/at-the-desk/declined", "chest.dcm", set_up, test_declined);
  ADD ("/policy/row-8/at-the-desk/same-user", "chest.dcm", set_up, test_same_user);
  ADD ("/policy/row-8/at-the-desk/no-users", "chest.dcm", set_up_alone, test_no_users);
  ADD ("/article/row-18/ask-at-the-desk", "chest.dcm", set_up, test_parked);
  ADD ("/article/row-18/take-back-at-the-desk", "chest.dcm", set_up, test_taken_back);
  ADD ("/article/row-18/approval-taken-back-at-the-desk", "chest.dcm", set_up,
       test_approval_taken_back);
  ADD ("/policy/row-2/lifted-at-the-desk", "refused.dcm", set_up, test_row_2_lift);
#undef ADD
  result = g_test_run ();
  ui_users_forget ();
  return result;
}
