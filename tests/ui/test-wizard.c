/* The wizard: what it asks, in which order, and that it shows why something may not leave. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-question-row.h"
#include "imp-wizard-session.h"
#include "imp-wizard.h"
#include "ui-support.h"

/* One wizard at work: a register of its own, the sample's picture, a window. */
typedef struct
{
  ImpGate *gate;
  char *folder;
  ImpPicture *picture;
  GtkWidget *wizard;
  GtkWidget *window;
  ImpStatus status;
  char *text;
  GString *notices; /* all of them, one after the other */
} Desk;

static void
on_notice (Desk *desk, const char *sentence)
{
  g_string_append (desk->notices, sentence);
}

static void
on_status (ImpWizard *wizard, ImpStatus status, const char *words, const char *text, Desk *desk)
{
  g_assert_cmpint (g_utf8_strlen (words, -1), <=, 26); /* so long that the pill never cuts it */
  desk->status = status;
  g_free (desk->text);
  desk->text = g_strdup (text);
}

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk->gate = ui_gate_new (&desk->folder);
  desk->picture = ui_picture_new ("chest.dcm");
  desk->wizard = imp_wizard_new ();
  g_signal_connect (desk->wizard, "status-changed", G_CALLBACK (on_status), desk);
  desk->notices = g_string_new (NULL);
  g_signal_connect_swapped (desk->wizard, "notice", G_CALLBACK (on_notice), desk);
  desk->window = ui_window_new (desk->wizard, 370, 640);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), desk->picture);
  ui_settle (50);
  ui_take_n_typed ();
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->wizard == NULL;
}

/* Nothing may outlive its window: what holds a wizard holds a picture. */
static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (desk->wizard), (gpointer *)&desk->wizard);
  ui_window_close (desk->window);
  ui_wait (is_gone, desk, "the end of the wizard");
  g_object_unref (desk->picture);
  ui_gate_free (desk->gate, desk->folder);
  g_free (desk->text);
  g_string_free (desk->notices, TRUE);
}

static void
next (Desk *desk)
{
  ui_click (desk->wizard, "_Next");
}

static gboolean
is_sealed (gpointer data)
{
  return ((Desk *)data)->status == IMP_STATUS_SEALED;
}

static gboolean
waits_for_approval (gpointer data)
{
  return g_strcmp0 (((Desk *)data)->text, "Waits for your approval") == 0;
}

static void
say_unknown (Desk *desk)
{
  ui_click (desk->wizard, "It is not known whose picture this is");
  next (desk);
}

static void
say_person (Desk *desk, const char *number, const char *name)
{
  ui_type (desk->wizard, "Hospital number", number);
  ui_wait_for (desk->wizard, name);
  ui_click (desk->wizard, "Yes, this person");
  next (desk);
}

static void
say_destination (Desk *desk, const char *destination)
{
  ui_wait_for (desk->wizard, "Where is it going, and why?");
  ui_click (desk->wizard, destination);
}

static void
answer_all (Desk *desk, const char *const *questions, const char *answer)
{
  for (gsize i = 0; questions[i] != NULL; i++)
    ui_answer (desk->wizard, questions[i], answer);
}

#define FACE "Does it show a face, a tattoo, jewellery, a scar or another distinctive mark?"
static const char *const CASE_TEACHING[] = { "Is the person under 18?",
                                             "Has the person died?",
                                             "Is the case rare, or has it been in the news?",
                                             FACE,
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

/* Person not known, teaching file, why: as far as "About this case". */
static void
go_to_case (Desk *desk)
{
  say_unknown (desk);
  say_destination (desk, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  next (desk);
  ui_wait_for (desk->wizard, "About this case");
}

static void
go_to_last_page (Desk *desk)
{
  go_to_case (desk);
  answer_all (desk, CASE_TEACHING, "No");
  next (desk);
  ui_click (desk->wizard, "Nobody could be identified");
  answer_all (desk, INTRUDER, "No");
  next (desk);
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Yes");
  next (desk);
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  next (desk);
  ui_wait_for (desk->wizard, "This cannot be taken back");
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

/* Exports through the real file dialog; returns the path. */
static char *
export_to (Desk *desk, const char *name)
{
  GtkWidget *chooser = NULL;
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (desk->folder);
  g_autofree char *offered = NULL;

  ui_click (desk->wizard, "_Export…");
  ui_wait (has_chooser, &chooser, "the file dialog");
  ui_settle (600);
  offered = gtk_file_chooser_get_current_name (GTK_FILE_CHOOSER (chooser));
  ui_shot ("wizard-9-file-dialog");
  g_assert_true (g_str_has_prefix (offered, "img-"));
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL));
  ui_settle (600);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  ui_settle (600);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  return g_steal_pointer (&path);
}

/* Saves the receipt through the real file dialog; returns the path. */
static char *
save_receipt (Desk *desk, const char *name)
{
  GtkWidget *chooser = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (desk->folder);

  ui_click (desk->wizard, "Save receipt…");
  ui_wait (has_chooser, &chooser, "the file dialog");
  ui_settle (600);
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL));
  ui_settle (600);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  ui_settle (600);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  return g_build_filename (desk->folder, name, NULL);
}

static guint
count_pressed (GtkWidget *root)
{
  guint pressed = 0;

  if (GTK_IS_TOGGLE_BUTTON (root))
    pressed += gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (root));
  if (GTK_IS_CHECK_BUTTON (root))
    pressed += gtk_check_button_get_active (GTK_CHECK_BUTTON (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    pressed += count_pressed (child);
  return pressed;
}

static void
test_no_default_answers (Desk *desk, gconstpointer data)
{
  static const char *const DESTINATIONS[] = { "Internal meeting", "Teaching file", "Publication",
                                              "Research", "Social media" };

  g_assert_cmpuint (count_pressed (desk->wizard), ==, 1); /* PNG: a format is no answer */
  say_unknown (desk);
  g_assert_cmpuint (count_pressed (desk->wizard), ==, 2); /* and "not known", as said */
  for (guint i = 0; i < G_N_ELEMENTS (DESTINATIONS); i++)
    {
      ui_click (desk->wizard, DESTINATIONS[i]);
      ui_settle (300);
      g_assert_cmpuint (count_pressed (desk->wizard), ==, 3);
    }
}

/* Next does not pass a page whose questions are open, and says which. */
static void
test_next_waits (Desk *desk, gconstpointer data)
{
  next (desk);
  g_assert_true (ui_sees (desk->wizard, "Whose picture is this?"));
  say_unknown (desk);
  next (desk);
  g_assert_true (ui_sees (desk->wizard, "Choose where it is going."));
  ui_click (desk->wizard, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "Too short");
  next (desk);
  g_assert_true (ui_sees (desk->wizard, "Where is it going, and why?"));
  g_assert_true (ui_sees (desk->wizard, "15 characters or more"));
}

static void
test_anonymised_teaching (Desk *desk, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_free (ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1957-11-22"));
  say_person (desk, "H204417", "EXAMPLE, Person A");
  say_destination (desk, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  next (desk);
  ui_wait_for (desk->wizard, "Known already: the register"); /* the age is on record */
  answer_all (desk, CASE_TEACHING + 1, "No");
  next (desk);
  g_assert_true (ui_sees (desk->wizard, "step 4 of 7")); /* no page for the account */
  ui_click (desk->wizard, "Nobody could be identified");
  answer_all (desk, INTRUDER, "No");
  next (desk);
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Yes");
  next (desk);
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  next (desk);
  ui_wait_looking (desk->wizard, is_sealed, desk, "the seal");
  g_assert_cmpstr (desk->text, ==, "May be exported to a teaching file");
  ui_wait_for (desk->wizard, "Exactly these pixels leave: 512 × 640");
  path = export_to (desk, "out.png");
  ui_wait_for (desk->wizard, "Exported to a teaching file");
  ui_shot ("wizard-10-saved");
  g_assert_cmpuint (ui_take_n_typed (), <=, 2);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_false (imp_wizard_has_answers (IMP_WIZARD (desk->wizard)));
  ui_click (desk->wizard, "Export another");
  g_assert_true (ui_sees (desk->wizard, "Whose picture is this?"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       ui_find (desk->wizard, ADW_TYPE_ENTRY_ROW, "Hospital number"))),
                   ==, "");
}

static void
record_consent (Desk *desk)
{
  ui_click (desk->wizard, "Record consent…");
  g_assert_false (ui_sees (desk->wizard, "Why?")); /* the form needs the room */
  ui_click (desk->wizard, "Record it");
  g_assert_true (ui_sees (desk->wizard, "Did they agree, or refuse?"));
  ui_click (desk->wizard, "They agreed");
  g_assert_false (ui_sees (desk->wizard, "Did they agree, or refuse?")); /* put right: gone */
  ui_choose (desk->wizard, "Who agreed", "The patient");
  ui_choose (desk->wizard, "Evidence", "A signed paper form");
  ui_shot ("wizard-4-record-consent");
  ui_click (desk->wizard, "Record it");
  ui_wait_for (desk->wizard, "On record");
}

/* Person A, social media, consent recorded on the spot: as far as the tick. */
static void
go_to_approval (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  imp_register_set_setting (imp_gate_get_register (desk->gate), "local-policy-reference",
                            "Social media policy 7, May 2026", &error);
  g_assert_no_error (error);
  g_free (ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1957-11-22"));
  say_person (desk, "H204417", "EXAMPLE, Person A");
  say_destination (desk, "Social media");
  ui_wait_for (desk->wizard, "Known already: the site's settings");
  ui_type (desk->wizard, "Why share this picture?", "To teach what a normal chest looks like");
  ui_type (desk->wizard, "What is it called: the journal, the platform, the study?", "Mastodon");
  ui_type (desk->wizard, "Who holds the copyright in this picture?", "Example Hospital");
  next (desk);
  ui_wait_for (desk->wizard, "Known already: the register");
  for (guint i = 1; i < 5; i++)
    ui_answer (desk->wizard, CASE_TEACHING[i], "No");
  ui_answer (desk->wizard, "Does anyone who will see this know the person?", "No");
  next (desk);
  ui_wait_for (desk->wizard, "What lets you share it?");
  ui_click (desk->wizard, "The patient agreed");
  record_consent (desk);
  ui_wait_for (desk->wizard, "Used");
  ui_answer (desk->wizard, "Is the person unable to decide about this for themselves?", "No");
  ui_answer (desk->wizard, INTRUDER[4], "No");
  ui_shot ("wizard-4-consent");
  next (desk);
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Yes");
  next (desk);
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  next (desk);
  ui_wait_for (desk->wizard, "Your account");
  ui_answer (desk->wizard, "Does the account that posts it show your job, town or hospital?", "No");
  ui_shot ("wizard-7-account");
  next (desk);
  ui_answer (desk->wizard,
             "Is it dignified: would the person be content to see it shown like this?", "Yes");
  ui_answer (desk->wizard, "Do you understand that this cannot be taken back?", "Yes");
  ui_wait_looking (desk->wizard, waits_for_approval, desk, "the wait for an approval");
}

static void
test_consent_social (Desk *desk, gconstpointer data)
{
  g_autofree char *path = NULL;

  go_to_approval (desk);
  ui_click (desk->wizard, "_Export…"); /* without the tick */
  g_assert_true (ui_sees (desk->wizard, "Tick first that you approve exactly this picture."));
  ui_click (desk->wizard, "I approve exactly this picture, for this use");
  ui_shot ("wizard-8-approval");
  path = export_to (desk, "out.png");
  ui_wait_for (desk->wizard, "Exported to social media");
  g_assert_cmpuint (ui_take_n_typed (), <=, 6);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* An approval alone writes no file, and lets exactly this picture go; an edit re-locks it. */
static void
test_approve_only (Desk *desk, gconstpointer data)
{
  ImpRect box = { 10, 10, 60, 20 };
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (GVariant) row = NULL;
  g_autoptr (GError) error = NULL;
  const char *kind = NULL;

  go_to_approval (desk);
  ui_click (desk->wizard, "Approve without exporting now");
  g_assert_true (ui_sees (desk->wizard, "Tick first that you approve exactly this picture."));
  ui_click (desk->wizard, "I approve exactly this picture, for this use");
  ui_click (desk->wizard, "Approve without exporting now");
  ui_wait_for (desk->wizard, "Nothing was written.");
  ui_wait_looking (desk->wizard, is_sealed, desk, "the seal");
  rows = imp_gate_ledger_list_sync (desk->gate, 1, &error);
  g_assert_no_error (error);
  row = g_variant_get_child_value (rows, 0);
  g_assert_true (g_variant_lookup (row, "kind", "&s", &kind));
  g_assert_cmpstr (kind, ==, "approval");
  imp_redaction_add (imp_picture_get_redaction (desk->picture), &box);
  ui_settle (500);
  g_assert_cmpint (desk->status, !=, IMP_STATUS_SEALED);
  g_assert_true (ui_sees (desk->wizard, "Go to the question"));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (ui_find (
      desk->wizard, GTK_TYPE_CHECK_BUTTON, "I approve exactly this picture, for this use"))));
  ui_click (desk->wizard, "_Export…"); /* no file dialog: it may not leave */
  g_assert_true (ui_sees (desk->wizard, "It may not leave yet."));
  ui_shot ("wizard-8-relocked");
  for (guint back = 0; back < 3; back++)
    ui_click (desk->wizard, "_Back");
  ui_shot ("wizard-5-earlier");
  ui_click (desk->wizard, "Go to: " FACE);
  ui_answer (desk->wizard, FACE, "No");
}

/* An edit to the picture clears pixels answers, and no others (leaks.md row 27). */
static void
test_box_clears_pixels_answers (Desk *desk, gconstpointer data)
{
  ImpRect box = { 10, 10, 60, 20 };

  go_to_case (desk);
  answer_all (desk, CASE_TEACHING, "No");
  g_assert_cmpuint (count_pressed (desk->wizard), ==, 3 + 5);
  imp_redaction_add (imp_picture_get_redaction (desk->picture), &box);
  ui_settle (100);
  /* a face and other people are about pixels; age, death and rarity are not */
  g_assert_cmpuint (count_pressed (desk->wizard), ==, 3 + 3);
  /* and that is said, once for the whole run of edits */
  imp_redaction_undo (imp_picture_get_redaction (desk->picture));
  ui_settle (100);
  g_assert_cmpstr (desk->notices->str, ==,
                   "The picture changed: 2 answers about what it shows are asked again");
}

/* Changing brightness and contrast changes what leaves, so it says so as well. */
static void
test_window_clears_pixels_answers (Desk *desk, gconstpointer data)
{
  go_to_case (desk);
  ui_answer (desk->wizard, FACE, "No");
  for (int i = 1; i <= 3; i++)
    {
      ImpWindow window = { 100 + i, 300 };

      imp_picture_set_window (desk->picture, &window);
      ui_settle (20);
    }
  g_assert_cmpuint (count_pressed (desk->wizard), ==, 3);
  g_assert_cmpstr (desk->notices->str, ==,
                   "The picture changed: 1 answer about what it shows is asked again");
}

static gboolean
is_refused (gpointer data)
{
  return g_strcmp0 (((Desk *)data)->text,
                    "Locked: This person refused this use, or took back the permission for it.")
         == 0;
}

/* A permission that was taken back is not "used": its badge says what became of it. */
static void
test_withdrawn_is_not_used (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) permissions = NULL;
  g_autoptr (GError) error = NULL;
  ImpRegister *reg = imp_gate_get_register (desk->gate);
  g_autofree char *id = ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1957-11-22");

  say_person (desk, "H204417", "EXAMPLE, Person A");
  say_destination (desk, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  next (desk);
  ui_wait_for (desk->wizard, "Known already: the register");
  answer_all (desk, CASE_TEACHING + 1, "No");
  next (desk);
  ui_click (desk->wizard, "The patient agreed");
  record_consent (desk);
  ui_wait_for (desk->wizard, "Used");
  permissions = imp_register_list_permissions (reg, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (permissions->len, ==, 1);
  imp_register_withdraw (reg, ((ImpPermission *)g_ptr_array_index (permissions, 0))->id, "patient",
                         "in person", &error);
  g_assert_no_error (error);
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  ui_wait_until_gone (desk->wizard, "Used");
  ui_wait (is_refused, desk, "the refusal");
  g_assert_nonnull (ui_find (desk->wizard, GTK_TYPE_LABEL, "Withdrawn"));
  ui_shot ("wizard-4-withdrawn");
}

static void
session_say_person (ImpWizardSession *session, Desk *desk, const char *id)
{
  g_autoptr (ImpPerson) person =
      imp_register_get_person (imp_gate_get_register (desk->gate), id, NULL);

  imp_wizard_session_set_person (session, person);
}

/* What was said of one person holds for no other, and of one use for no other (policy.md 2.4). */
static void
test_next_person_is_asked_anew (Desk *desk, gconstpointer data)
{
  static const char *const OF_HER[] = { "same-person", "deceased", "child", "unusual" };
  g_autoptr (ImpWizardSession) session = imp_wizard_session_new ();
  g_autofree char *one = ui_add_person (desk->gate, "H111111", "EXAMPLE, One", "1961-03-12");
  g_autofree char *two = ui_add_person (desk->gate, "H222222", "EXAMPLE, Two", NULL);

  imp_wizard_session_set_gate (session, desk->gate);
  imp_wizard_session_set_picture (session, desk->picture);
  imp_wizard_session_set_destination (session, "teaching-file");
  imp_wizard_session_set_route (session, "consent");
  session_say_person (session, desk, one);
  for (guint i = 0; i < G_N_ELEMENTS (OF_HER); i++)
    imp_wizard_session_answer (session, OF_HER[i], i == 0 ? "yes" : "no");
  imp_wizard_session_answer (session, "why-share", "a synthetic reason for a test");
  imp_wizard_session_answer (session, "face-or-mark", "no");
  g_assert_cmpstr (imp_wizard_session_get_answer (session, "same-person"), ==, "yes");

  session_say_person (session, desk, two);
  for (guint i = 0; i < G_N_ELEMENTS (OF_HER); i++)
    g_assert_null (imp_wizard_session_get_answer (session, OF_HER[i]));
  g_assert_cmpstr (imp_wizard_session_get_answer (session, "face-or-mark"), ==, "no");
  g_assert_nonnull (imp_wizard_session_get_answer (session, "why-share"));

  imp_wizard_session_set_destination (session, "publication");
  g_assert_null (imp_wizard_session_get_answer (session, "why-share"));
}

static void
test_refusal_is_explained (Desk *desk, gconstpointer data)
{
  go_to_case (desk);
  answer_all (desk, CASE_TEACHING, "No");
  ui_answer (desk->wizard, FACE, "Yes");
  next (desk);
  ui_click (desk->wizard, "Nobody could be identified");
  ui_wait_for (desk->wizard, "Why?");
  g_assert_cmpint (desk->status, ==, IMP_STATUS_LOCKED);
  g_assert_true (g_str_has_prefix (desk->text, "Locked: "));
  ui_click (desk->wizard, "Why?");
  g_assert_true (ui_sees (desk->wizard, "ICMJE"));
  g_assert_true (ui_sees (desk->wizard, "What would lift it"));
  ui_shot ("wizard-4-refused");
  ui_click (desk->wizard, "Go to: " FACE);
  ui_answer (desk->wizard, FACE, "Not sure");
  ui_wait_for (desk->wizard, "Find out and answer yes or no");
  ui_click (desk->wizard, "Go to: " FACE);
  ui_answer (desk->wizard, FACE, "No");
  ui_wait_until_gone (desk->wizard, "Find out and answer yes or no");
}

static void
test_objection_stops (Desk *desk, gconstpointer data)
{
  g_autofree char *id = ui_add_person (desk->gate, "H900001", "EXAMPLE, Person N", "1980-02-03");
  g_autoptr (GError) error = NULL;

  imp_register_set_objection (imp_gate_get_register (desk->gate), id, TRUE, NULL, &error);
  g_assert_no_error (error);
  ui_type (desk->wizard, "Hospital number", "H900001");
  ui_wait_for (desk->wizard, "This person has said no");
  ui_shot ("wizard-1-objection");
  ui_click (desk->wizard, "Yes, this person");
  next (desk);
  g_assert_true (ui_sees (desk->wizard, "Whose picture is this?"));
  g_assert_cmpstr (desk->text, ==, "Locked: this person has said no");
}

/* The file's own number is offered, masked, and is not taken without a word. */
static void
test_file_says (Desk *desk, gconstpointer data)
{
  g_free (ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1957-11-22"));
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), NULL);
  g_assert_true (ui_sees (desk->wizard, "No picture yet"));
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), desk->picture);
  ui_wait_for (desk->wizard, "The file says: number ••••17");
  g_assert_false (ui_sees (desk->wizard, "H204417"));
  ui_shot ("wizard-1-file-says");
  ui_click (desk->wizard, "Show");
  ui_wait_for (desk->wizard, "EXAMPLE, Person A");
  ui_click (desk->wizard, "Yes, this person");
  next (desk);
  g_assert_true (ui_sees (desk->wizard, "Where is it going, and why?"));
  g_assert_cmpuint (ui_take_n_typed (), ==, 0);
}

static void
test_file_number_is_new (Desk *desk, gconstpointer data)
{
  ui_wait_for (desk->wizard, "number ••••17, which nobody registered has");
  ui_click (desk->wizard, "Register it…");
  ui_type (desk->wizard, "Name", "EXAMPLE, Person A");
  ui_click (desk->wizard, "Save person");
  ui_wait_for (desk->wizard, "H204417");
  g_assert_cmpuint (ui_take_n_typed (), ==, 1);
}

static void
test_register_on_the_spot (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  ui_type (desk->wizard, "Hospital number", "H300300");
  ui_wait_for (desk->wizard, "Nobody is registered with this number.");
  ui_click (desk->wizard, "Register…");
  ui_type (desk->wizard, "Name", "EXAMPLE, Person C");
  ui_type (desk->wizard, "Date of birth", "3/4/1972");
  ui_shot ("wizard-1-register");
  ui_click (desk->wizard, "Save person");
  ui_wait_for (desk->wizard, "born 3 Apr 1972");
  person = imp_register_find_by_number (imp_gate_get_register (desk->gate), "H300300", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person->name, ==, "EXAMPLE, Person C");
  g_assert_cmpstr (person->born, ==, "1972-04-03");
  next (desk);
  g_assert_true (ui_sees (desk->wizard, "Where is it going, and why?"));
}

/* The file dialog adds what it saved to the user's recent files; neither the picture nor its
 * receipt may stay there, and the user's other entries must. */
static void
test_recent (Desk *desk, gconstpointer data)
{
  g_autofree char *list = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autofree char *picture = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *text = NULL;
  GtkRecentData other = { .mime_type = (char *)"text/plain",
                          .app_name = (char *)"another program",
                          .app_exec = (char *)"another %u" };

  g_assert_true (gtk_recent_manager_add_full (gtk_recent_manager_get_default (),
                                              "file:///srv/an-entry-of-another.txt", &other));
  go_to_last_page (desk);
  ui_wait_looking (desk->wizard, is_sealed, desk, "the seal");
  picture = export_to (desk, "a-picture.png");
  ui_wait_for (desk->wizard, "Exported to a teaching file");
  receipt = save_receipt (desk, "a-receipt.json");
  ui_wait_for (desk->wizard, "The receipt is saved.");
  ui_settle (1500); /* GTK writes its list a quarter of a second after a change */
  g_assert_true (g_file_test (picture, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (receipt, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_assert_null (strstr (text, "a-picture"));
  g_assert_null (strstr (text, "a-receipt"));
  g_assert_nonnull (strstr (text, "an-entry-of-another.txt"));
}

/* The gate refuses a target that exists, and nothing of it is lost. */
static void
test_target_exists (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "there.png", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (path, "mine", 4, NULL));
  go_to_last_page (desk);
  ui_wait_looking (desk->wizard, is_sealed, desk, "the seal");
  g_free (export_to (desk, "there.png"));
  ui_settle (300);
  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (gtk_window_get_toplevels (), i);

      if (ui_find (window, GTK_TYPE_BUTTON, "_Replace") != NULL) /* GTK itself asks */
        ui_click (window, "_Replace");
    }
  ui_wait_for (desk->wizard, "Nothing was written.");
  ui_shot ("wizard-8-target-exists");
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
}

static void
test_everything_is_named (Desk *desk, gconstpointer data)
{
  imp_redaction_clear (imp_picture_get_redaction (desk->picture));
  ui_shot ("wizard-1-person");
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  say_unknown (desk);
  ui_shot ("wizard-2-use");
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  say_destination (desk, "Teaching file");
  ui_type (desk->wizard, "Why share this picture?", "To show a normal chest to students");
  ui_shot ("wizard-2-use-chosen");
  next (desk);
  ui_shot ("wizard-3-case");
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  answer_all (desk, CASE_TEACHING, "No");
  next (desk);
  ui_shot ("wizard-4-basis");
  ui_click (desk->wizard, "Nobody could be identified");
  ui_settle (300);
  ui_shot ("wizard-4-anonymised");
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  answer_all (desk, INTRUDER, "No");
  next (desk);
  ui_shot ("wizard-5-cover");
  g_assert_true (ui_sees (desk->wizard, "the file itself says that text is part of the picture"));
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  ui_answer (desk->wizard, "Have you looked at all of it at full size?", "Not sure");
  next (desk);
  ui_shot ("wizard-6-words");
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
  ui_answer (desk->wizard, "Have you checked the caption, the file name and the alt-text?", "Yes");
  next (desk);
  ui_settle (500);
  ui_shot ("wizard-8-refused");
  g_assert_cmpuint (ui_count_unnamed (desk->wizard), ==, 0);
}

/* Turning the page puts the keyboard on the first answer, not on one further down. */
static void
test_focus_starts_at_the_top (Desk *desk, gconstpointer data)
{
  ImpRect box = { 10, 10, 60, 20 };
  GtkWidget *first = NULL;
  GtkWidget *focus = NULL;

  /* While nothing is covered, the first thing is to be told so. */
  imp_redaction_add (imp_picture_get_redaction (desk->picture), &box);
  go_to_case (desk);
  first = ui_find (ui_find (desk->wizard, IMP_TYPE_QUESTION_ROW, CASE_TEACHING[0]),
                   GTK_TYPE_TOGGLE_BUTTON, "Yes");
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_true (focus == first);
}

/* Saying who it is takes its own button away; the keyboard goes on. */
static void
test_focus_after_the_person (Desk *desk, gconstpointer data)
{
  GtkWidget *focus = NULL;

  g_free (ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1957-11-22"));
  ui_type (desk->wizard, "Hospital number", "H204417");
  ui_wait_for (desk->wizard, "EXAMPLE, Person A");
  gtk_widget_grab_focus (ui_find (desk->wizard, GTK_TYPE_BUTTON, "Yes, this person"));
  ui_click (desk->wizard, "Yes, this person");
  ui_settle (100);
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_true (focus == ui_find (desk->wizard, GTK_TYPE_BUTTON, "_Next"));
}

/* A locked register and an empty desk are pages, not blanks. */
static void
test_empty_and_locked (Desk *desk, gconstpointer data)
{
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), NULL);
  g_assert_true (ui_sees (desk->wizard, "The register is locked"));
  ui_shot ("wizard-0-locked");
  imp_wizard_set_closed (IMP_WIZARD (desk->wizard), IMP_WIZARD_ABSENT);
  g_assert_true (ui_sees (desk->wizard, "There is no register yet"));
  g_assert_false (ui_sees (desk->wizard, "The register is locked"));
  ui_shot ("wizard-0-no-register");
  imp_wizard_set_gate (IMP_WIZARD (desk->wizard), desk->gate);
  imp_wizard_set_picture (IMP_WIZARD (desk->wizard), NULL);
  g_assert_true (ui_sees (desk->wizard, "No picture yet"));
  ui_shot ("wizard-0-empty");
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)
  ADD ("/ui/wizard/no-default-answers", test_no_default_answers);
  ADD ("/ui/wizard/next-waits", test_next_waits);
  ADD ("/ui/wizard/anonymised-to-teaching-at-most-two-typed", test_anonymised_teaching);
  ADD ("/ui/wizard/consent-to-social-at-most-six-typed", test_consent_social);
  ADD ("/ui/wizard/row-27/approval-holds-for-one-picture", test_approve_only);
  ADD ("/ui/wizard/row-27/box-clears-pixels-answers", test_box_clears_pixels_answers);
  ADD ("/ui/wizard/next-person-is-asked-anew", test_next_person_is_asked_anew);
  ADD ("/ui/wizard/row-27/window-clears-pixels-answers", test_window_clears_pixels_answers);
  ADD ("/ui/wizard/withdrawn-is-not-used", test_withdrawn_is_not_used);
  ADD ("/ui/wizard/refusal-is-explained", test_refusal_is_explained);
  ADD ("/ui/wizard/objection-stops", test_objection_stops);
  ADD ("/ui/wizard/file-says", test_file_says);
  ADD ("/ui/wizard/file-number-is-new", test_file_number_is_new);
  ADD ("/ui/wizard/register-on-the-spot", test_register_on_the_spot);
  ADD ("/ui/wizard/target-exists", test_target_exists);
  ADD ("/leaks/row-23/export-and-receipt-stay-out-of-recent-files", test_recent);
  ADD ("/ui/wizard/everything-is-named", test_everything_is_named);
  ADD ("/ui/wizard/focus-starts-at-the-top", test_focus_starts_at_the_top);
  ADD ("/ui/wizard/focus-after-the-person", test_focus_after_the_person);
  ADD ("/ui/wizard/empty-and-locked", test_empty_and_locked);
#undef ADD
  return g_test_run ();
}
