/* A form that is open while the register locks by itself: it waits for who was writing in it, out
 * of everybody's sight, and is nobody else's. In the whole window, to what then stands in the
 * register.
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "gate-trace.h"
#include "imp-application.h"
#include "imp-clock.h"
#include "imp-copies-list.h"
#include "imp-evidence-list.h"
#include "imp-idle-lock.h"
#include "imp-main-window.h"
#include "imp-permission-list.h"
#include "imp-person-view.h"
#include "imp-register-evidence.h"
#include "imp-register-place.h"
#include "imp-scan-row.h"
#include "imp-strokes.h"
#include "imp-words.h"
#include "keeping-support.h"
#include "ui-person.h"
#include "ui-test.h"
#include "ui-users.h"

#define NUMBER "H204417"
#define NAME "EXAMPLE, Person A"
#define WORDS "On the telephone, to the ward"

static const char PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                          "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                          "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\n"
                          "trailer<</Root 1 0 R>>\n%%EOF\n";

static const char ROW[] = NAME ", " NUMBER " · born 12 Mar 1961";

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

/* With users, or with none. */
static void
set_up (Desk *desk, gconstpointer users)
{
  g_autofree char *path = imp_gate_default_register_path ();
  g_autofree char *key = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *person = NULL;

  desk->folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (desk->folder, 0700), ==, 0);
  key = g_build_filename (desk->folder, "key", NULL);
  if (users != NULL)
    ui_users_copy (UI_USERS_TWO, desk->folder);
  gate = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, users == NULL, &error);
  g_assert_no_error (error);
  if (users != NULL)
    ui_users_sign_in (gate, UI_KEEPER);
  person = ui_add_person (gate, NUMBER, NAME, "1961-03-12");
  g_clear_object (&gate);
  g_setenv ("IMPRIMATUR_KEY_FILE", key, TRUE);
  desk->window = IMP_MAIN_WINDOW (imp_main_window_new (application));
  desk->root = GTK_WIDGET (desk->window);
  desk->place = IMP_REGISTER_PLACE (find_type (desk->root, IMP_TYPE_REGISTER_PLACE));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (desk->window));
  gtk_widget_activate_action (desk->root, "win.show-place", "s", "register");
  ui_settle (200);
  ui_wait (users != NULL ? is_signed_out : is_open, desk, "the register");
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->root == NULL;
}

static void
tear_down (Desk *desk, gconstpointer users)
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
sign_in (Desk *desk, const char *name)
{
  ui_wait_for (desk->root, "Who is at the desk?");
  ui_choose (desk->root, "Name", name);
  ui_type (desk->root, "PIN", ui_users_pin (name));
  ui_click (desk->root, "Sign in");
  ui_wait (is_open, desk, "the open register");
  ui_settle (300);
}

static void
lock (Desk *desk)
{
  imp_idle_lock_start (imp_register_place_get_idle_lock (desk->place), 1);
  ui_wait (is_locked, desk, "the idle lock");
  ui_settle (300);
}

static void
unlock (Desk *desk, const char *name)
{
  ui_click (desk->root, "Unlock");
  if (name != NULL)
    sign_in (desk, name);
  ui_wait (is_open, desk, "the open register");
  ui_settle (500);
}

static void
open_person (Desk *desk)
{
  GtkWidget *row = NULL;

  ui_type (desk->root, "Find a person by number, name or date", NUMBER);
  ui_wait_for (desk->root, "1 person");
  row = ui_find (desk->root, GTK_TYPE_LIST_BOX_ROW, ROW);
  g_assert_nonnull (row);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  ui_wait_for (desk->root, "What may be used for what");
}

static ImpRegister *
people (Desk *desk)
{
  return imp_gate_get_register (imp_register_place_get_gate (desk->place));
}

static ImpPerson *
the_person (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  ImpPerson *person = imp_register_find_by_number (people (desk), NUMBER, &error);

  g_assert_no_error (error);
  return person;
}

static GPtrArray *
permissions (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = the_person (desk);
  GPtrArray *list = imp_register_list_permissions (people (desk), person->id, &error);

  g_assert_no_error (error);
  return list;
}

static char *
text_of (Desk *desk, const char *row)
{
  GtkWidget *entry = ui_find (desk->root, GTK_TYPE_EDITABLE, row);

  g_assert_nonnull (entry);
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* Neither on screen, nor in any widget that a reader of screens gets to. */
static void
assert_out_of_sight (Desk *desk)
{
  static const char *const SECRETS[] = { NAME, NUMBER, WORDS, "M. Sample", "Record it" };
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      for (guint j = 0; j < G_N_ELEMENTS (SECRETS); j++)
        g_assert_false (ui_sees (window, SECRETS[j]));
    }
  g_assert_null (ui_find (desk->root, GTK_TYPE_DRAWING_AREA, "Signature: drawn"));
}

static void
begin_permission (Desk *desk, const char *evidence)
{
  open_person (desk);
  ui_click (desk->root, "Record consent…");
  ui_click (desk->root, "They agreed");
  ui_choose (desk->root, "What for", "Teaching inside the organisation");
  ui_choose (desk->root, "Who agreed", "The patient");
  ui_choose (desk->root, "Evidence", evidence);
  ui_type (desk->root, "Ends on (empty: no end)", "3 May 2031");
}

/* What was drawn waits, too; and it is recorded through the gate of who came back. */
static void
test_same_user (Desk *desk, gconstpointer users)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) evidence = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ImpStrokes) strokes = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *ends = NULL;
  GtkWidget *area = NULL;
  GtkWidget *focus = NULL;
  const ImpPermission *permission = NULL;

  sign_in (desk, UI_KEEPER);
  begin_permission (desk, "A signature on a screen");
  area = ui_find (desk->root, GTK_TYPE_DRAWING_AREA, "Signature: nothing is drawn yet");
  g_assert_nonnull (area);
  gtk_widget_grab_focus (area);
  ui_settle (500);
  ui_test_drag (area, 1, 20, 20, 120, 60);
  g_assert_nonnull (ui_find (desk->root, GTK_TYPE_DRAWING_AREA, "Signature: drawn"));
  ui_shot ("left-form-1-open");
  lock (desk);
  assert_out_of_sight (desk);
  g_assert_true (
      ui_sees (desk->root, "So is the form in the register, for who was writing in it."));
  ui_shot ("left-form-2-locked");
  ui_click (desk->root, "Unlock");
  ui_wait_for (desk->root, "Who is at the desk?");
  assert_out_of_sight (desk);
  sign_in (desk, UI_KEEPER);
  ui_settle (300);
  g_assert_nonnull (ui_find (desk->root, GTK_TYPE_DRAWING_AREA, "Signature: drawn"));
  ends = text_of (desk, "Ends on (empty: no end)");
  g_assert_cmpstr (ends, ==, "3 May 2031");
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_true (focus != NULL && gtk_widget_get_ancestor (focus, IMP_TYPE_PERSON_VIEW) != NULL);
  ui_shot ("left-form-3-back");
  before = permissions (desk);
  g_assert_cmpuint (before->len, ==, 0);
  ui_click (desk->root, "Record it");
  ui_wait_for (desk->root, "until 3 May 2031");
  ui_shot ("left-form-4-saved");
  after = permissions (desk);
  g_assert_cmpuint (after->len, ==, 1);
  permission = g_ptr_array_index (after, 0);
  g_assert_cmpstr (permission->expires, ==, "2031-05-03");
  evidence = imp_register_list_evidence (people (desk), permission->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (evidence->len, ==, 1);
  bytes = imp_register_read_evidence (people (desk),
                                      ((const ImpAttachment *)evidence->pdata[0])->id, &error);
  strokes = imp_strokes_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imp_strokes_get_n_lines (strokes), ==, 1);
  history = imp_register_list_history (people (desk), permission->id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (((const ImpHistory *)history->pdata[0])->actor);
}

/* Nothing of it is left for anybody else, not even to be undone; nor for the first one then. */
static void
test_other_user (Desk *desk, gconstpointer users)
{
  g_autofree char *number = NULL;
  g_autoptr (GPtrArray) list = NULL;

  sign_in (desk, UI_KEEPER);
  ui_click (desk->root, "Add a person");
  ui_type (desk->root, "Hospital number", "H999111");
  ui_type (desk->root, "Name", "M. Sample");
  lock (desk);
  unlock (desk, UI_OPERATOR);
  g_assert_null (ui_find (desk->root, GTK_TYPE_BUTTON, "Save person"));
  g_assert_false (ui_sees (desk->root, "M. Sample"));
  ui_click (desk->root, "Add a person");
  ui_test_key (ui_find (desk->root, GTK_TYPE_EDITABLE, "Hospital number"), GDK_CONTROL_MASK,
               GDK_KEY_z);
  number = text_of (desk, "Hospital number");
  g_assert_cmpstr (number, ==, "");
  ui_shot ("left-form-5-somebody-else");
  ui_click (desk->root, "Cancel");
  lock (desk);
  unlock (desk, UI_KEEPER);
  g_assert_null (ui_find (desk->root, GTK_TYPE_BUTTON, "Save person"));
}

/* Without users it is for whoever can open the register; the scan that was chosen is kept then. */
static void
test_without_users (Desk *desk, gconstpointer users)
{
  g_autofree char *path = g_build_filename (desk->folder, "form.pdf", NULL);
  g_autoptr (GFile) scan = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) evidence = NULL;

  g_file_set_contents (path, PDF, -1, &error);
  g_assert_no_error (error);
  begin_permission (desk, "A signed paper form");
  imp_scan_row_set_file (IMP_SCAN_ROW (ui_find (desk->root, IMP_TYPE_SCAN_ROW, "Scan")), scan);
  lock (desk);
  assert_out_of_sight (desk);
  unlock (desk, NULL);
  ui_click (desk->root, "Record it");
  ui_wait_for (desk->root, "until 3 May 2031");
  list = permissions (desk);
  g_assert_cmpuint (list->len, ==, 1);
  evidence = imp_register_list_evidence (people (desk), ((const ImpPermission *)list->pdata[0])->id,
                                         &error);
  g_assert_no_error (error);
  g_assert_cmpuint (evidence->len, ==, 1);
}

/* The dialog names a person: it is gone while the register is locked, and back with its words. */
static void
test_withdraw_dialog (Desk *desk, gconstpointer users)
{
  g_autofree char *said = NULL;
  g_autoptr (ImpPerson) person = NULL;

  sign_in (desk, UI_KEEPER);
  open_person (desk);
  ui_click (desk->root, "Has said no…");
  ui_wait (ui_has_dialog, NULL, "the question");
  ui_type (ui_dialog (), "How it was said (optional)", WORDS);
  lock (desk);
  g_assert_false (ui_has_dialog (NULL));
  assert_out_of_sight (desk);
  unlock (desk, UI_KEEPER);
  ui_wait (ui_has_dialog, NULL, "the question again");
  said = g_strdup (gtk_editable_get_text (
      GTK_EDITABLE (ui_find (ui_dialog (), GTK_TYPE_EDITABLE, "How it was said (optional)"))));
  g_assert_cmpstr (said, ==, WORDS);
  ui_shot ("left-form-6-dialog");
  ui_respond ("go");
  ui_wait_for (desk->root, "This person has said no.");
  person = the_person (desk);
  g_assert_true (person->objects);
}

static void
test_withdraw_dialog_of_another (Desk *desk, gconstpointer users)
{
  g_autoptr (ImpPerson) person = NULL;

  sign_in (desk, UI_KEEPER);
  open_person (desk);
  ui_click (desk->root, "Has said no…");
  ui_wait (ui_has_dialog, NULL, "the question");
  ui_type (ui_dialog (), "How it was said (optional)", WORDS);
  lock (desk);
  unlock (desk, UI_OPERATOR);
  g_assert_false (ui_has_dialog (NULL));
  person = the_person (desk);
  g_assert_false (person->objects);
}

/* As chosen on the row of the only permission. */
static void
choose_act (Desk *desk, const char *act)
{
  GtkWidget *list = find_type (desk->root, IMP_TYPE_PERMISSION_LIST);
  g_autoptr (GPtrArray) permission = permissions (desk);

  g_signal_emit_by_name (list, "act", ((const ImpPermission *)permission->pdata[0])->id, act);
  ui_settle (300);
}

/* The step that is being recorded, and evidence that is being added to what stands already. */
static void
test_step_and_evidence (Desk *desk, gconstpointer users)
{
  g_autofree char *path = g_build_filename (desk->folder, "form.pdf", NULL);
  g_autoptr (GFile) scan = g_file_new_for_path (path);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) evidence = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  g_file_set_contents (path, PDF, -1, &error);
  g_assert_no_error (error);
  sign_in (desk, UI_KEEPER);
  begin_permission (desk, "A letter or an e-mail");
  ui_click (desk->root, "Record it");
  ui_wait_for (desk->root, "until 3 May 2031");
  choose_act (desk, "suspended");
  ui_type (desk->root, "Why", WORDS);
  lock (desk);
  assert_out_of_sight (desk);
  unlock (desk, UI_KEEPER);
  why = text_of (desk, "Why");
  g_assert_cmpstr (why, ==, WORDS);
  ui_click (desk->root, "Suspend it");
  ui_wait_for (desk->root, "Suspended · since");
  choose_act (desk, IMP_PERMISSION_ACT_DETAILS);
  gtk_expander_set_expanded (
      GTK_EXPANDER (find_type (find_type (desk->root, IMP_TYPE_EVIDENCE_LIST), GTK_TYPE_EXPANDER)),
      TRUE);
  ui_settle (300);
  imp_scan_row_set_file (IMP_SCAN_ROW (ui_find (desk->root, IMP_TYPE_SCAN_ROW, "Scan")), scan);
  lock (desk);
  assert_out_of_sight (desk);
  unlock (desk, UI_KEEPER);
  ui_click (desk->root, "Keep it with the permission");
  ui_wait_for (desk->root, "Save a copy…");
  after = permissions (desk);
  g_assert_cmpint (((const ImpPermission *)after->pdata[0])->state, ==, IMP_PERMISSION_SUSPENDED);
  evidence = imp_register_list_evidence (people (desk),
                                         ((const ImpPermission *)after->pdata[0])->id, &error);
  g_assert_cmpuint (evidence->len, ==, 1);
}

/* What the site says of itself, and whoever cancels a form that was left is with its person. */
static void
test_site_and_cancel (Desk *desk, gconstpointer users)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = NULL;

  gtk_widget_activate_action (GTK_WIDGET (imp_register_place_get_page (desk->place)),
                              "register.site", NULL);
  ui_settle (300);
  ui_type (desk->root, "Local policy: title or number, and date", "IG-7 of 1 Feb 2026");
  lock (desk);
  unlock (desk, NULL);
  ui_click (desk->root, "Save for this site");
  ui_wait_for (desk->root, "Saved for this site.");
  stored = imp_register_get_setting (people (desk), "local-policy-reference", &error);
  g_assert_cmpstr (stored, ==, "IG-7 of 1 Feb 2026");
  begin_permission (desk, "A letter or an e-mail");
  lock (desk);
  unlock (desk, NULL);
  ui_click (desk->root, "Cancel");
  ui_wait_for (desk->root, "What may be used for what");
}

/* What asks about a picture that left goes while the register is locked, and is back with its
 * words: on the page of a person, and on that of all that is out there. */
static void
begin_where (Desk *desk, GtkWidget *list)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *day = imp_words_date (today);
  g_autofree char *title = g_strdup_printf ("Teaching file · %s", day);

  ui_wait_for (list, title);
  keep_expand (list, title);
  ui_click (list, "Where did it go?");
  ui_wait (ui_has_dialog, NULL, "the question");
  ui_type (ui_dialog (), "Journal, platform or course", WORDS);
  ui_type (ui_dialog (), "Web addresses", "https://course.example/7");
}

static char *
release (Desk *desk)
{
  g_autoptr (ImpPerson) person = the_person (desk);
  ImpGate *gate = imp_register_place_get_gate (desk->place);
  g_autofree char *permission = keep_agree (gate, person->id);

  return keep_release (gate, desk->folder, person->id, "one.png");
}

static GtkWidget *
shown_copies (GtkWidget *root)
{
  GtkWidget *found = IMP_IS_COPIES_LIST (root) && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = shown_copies (child);
  return found;
}

static void
go_on_where (Desk *desk, const char *export_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpCopy) before = NULL;
  g_autoptr (ImpCopy) after = NULL;

  lock (desk);
  g_assert_false (ui_has_dialog (NULL));
  assert_out_of_sight (desk);
  unlock (desk, NULL);
  ui_wait (ui_has_dialog, NULL, "the question again");
  before = imp_gate_get_copy (imp_register_place_get_gate (desk->place), export_id, &error);
  g_assert_no_error (error);
  g_assert_null (before->name);
  ui_shot ("left-form-7-where");
  keep_respond ("go");
  ui_wait_for (desk->root, "It is recorded where this picture went.");
  after = imp_gate_get_copy (imp_register_place_get_gate (desk->place), export_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after->name, ==, WORDS);
  g_assert_cmpstr (after->urls[0], ==, "https://course.example/7");
}

static void
test_copies_of_person (Desk *desk, gconstpointer users)
{
  g_autofree char *export_id = release (desk);

  open_person (desk);
  begin_where (desk, shown_copies (desk->root));
  go_on_where (desk, export_id);
  g_assert_true (ui_sees (desk->root, "What may be used for what"));
}

static void
test_copies_page (Desk *desk, gconstpointer users)
{
  g_autofree char *export_id = release (desk);
  GtkWidget *view = NULL;

  open_person (desk);
  view = find_type (desk->root, IMP_TYPE_PERSON_VIEW);
  g_signal_emit_by_name (view, "show-copies",
                         imp_person_view_get_person_id (IMP_PERSON_VIEW (view)));
  ui_settle (300);
  g_assert_false (gtk_widget_get_mapped (view));
  begin_where (desk, shown_copies (desk->root));
  go_on_where (desk, export_id);
  ui_click (desk->root, "Back to the person");
  ui_wait_for (desk->root, "What may be used for what");
}

/* Cancelled, it is gone for good: also over the next lock. */
static void
test_copies_cancelled (Desk *desk, gconstpointer users)
{
  g_autofree char *export_id = release (desk);

  open_person (desk);
  begin_where (desk, shown_copies (desk->root));
  keep_respond ("cancel");
  ui_settle (300);
  lock (desk);
  unlock (desk, NULL);
  g_assert_false (ui_has_dialog (NULL));
}

/* The letter names nobody, but saves through the gate that is gone. */
static void
test_letter (Desk *desk, gconstpointer users)
{
  g_autofree char *export_id = release (desk);
  g_autoptr (GPtrArray) list = permissions (desk);
  g_autoptr (GError) error = NULL;

  imp_register_withdraw (people (desk), ((const ImpPermission *)list->pdata[0])->id, NULL, NULL,
                         &error);
  g_assert_no_error (error);
  open_person (desk);
  gtk_widget_activate_action (shown_copies (desk->root), "copies.letter", "s", export_id);
  ui_wait (ui_has_dialog, NULL, "the letter");
  lock (desk);
  g_assert_false (ui_has_dialog (NULL));
  unlock (desk, NULL);
  g_assert_false (ui_has_dialog (NULL));
}

static void
choose_row (Desk *desk, const char *name)
{
  GtkWidget *row = ui_find (desk->root, GTK_TYPE_LIST_BOX_ROW, name);

  g_assert_nonnull (row);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  ui_settle (500);
}

/* Somebody else chosen in the list: what was typed goes only where that is said. */
static void
test_somebody_else_chosen (Desk *desk, gconstpointer users)
{
  static const char OTHER[] = "MUSTER, Person B, H300001 · born 3 Apr 1970";
  g_autofree char *other = ui_add_person (imp_register_place_get_gate (desk->place), "H300001",
                                          "MUSTER, Person B", "1970-04-03");
  g_autofree char *ends = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GtkWidget *view = find_type (desk->root, IMP_TYPE_PERSON_VIEW);

  begin_permission (desk, "A letter or an e-mail");
  ui_type (desk->root, "Find a person by number, name or date", "");
  ui_wait_for (desk->root, "2 people");
  choose_row (desk, OTHER);
  g_assert_true (ui_has_dialog (NULL));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (ui_dialog ())), ==,
                   "keep");
  ui_shot ("left-form-8-somebody-else");
  keep_respond ("keep");
  ui_settle (300);
  ends = text_of (desk, "Ends on (empty: no end)");
  g_assert_cmpstr (ends, ==, "3 May 2031");
  g_assert_true (gtk_list_box_row_is_selected (
      GTK_LIST_BOX_ROW (ui_find (desk->root, GTK_TYPE_LIST_BOX_ROW, ROW))));
  /* Nor by somebody new, nor is the question left open over a lock. */
  ui_click (desk->root, "Add a person");
  g_assert_true (ui_has_dialog (NULL));
  lock (desk);
  g_assert_false (ui_has_dialog (NULL));
  unlock (desk, NULL);
  ui_wait_for (desk->root, "2 people");
  choose_row (desk, OTHER);
  g_assert_true (ui_has_dialog (NULL));
  keep_respond ("leave");
  ui_wait_for (view, "MUSTER, Person B");
  g_assert_cmpstr (imp_person_view_get_person_id (IMP_PERSON_VIEW (view)), ==, other);
  list = permissions (desk);
  g_assert_cmpuint (list->len, ==, 0);
  /* A form in which nothing stands yet is left without a word. */
  ui_click (desk->root, "Record consent…");
  ui_settle (300);
  choose_row (desk, ROW);
  g_assert_false (ui_has_dialog (NULL));
  ui_wait_for (desk->root, "What may be used for what");
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
#define ADD(path, users, test) g_test_add (path, Desk, users, set_up, test, tear_down)
  ADD ("/security/5-2/left-form/same-user", "users", test_same_user);
  ADD ("/security/5-2/left-form/other-user", "users", test_other_user);
  ADD ("/security/5-2/left-form/without-users", NULL, test_without_users);
  ADD ("/security/5-2/left-form/withdrawal", "users", test_withdraw_dialog);
  ADD ("/security/5-2/left-form/withdrawal-of-another", "users", test_withdraw_dialog_of_another);
  ADD ("/security/5-2/left-form/step-and-evidence", "users", test_step_and_evidence);
  ADD ("/security/5-2/left-form/site-and-cancel", NULL, test_site_and_cancel);
  ADD ("/security/5-2/left-form/where-it-went", NULL, test_copies_of_person);
  ADD ("/security/5-2/left-form/what-is-out-there", NULL, test_copies_page);
  ADD ("/security/5-2/left-form/cancelled", NULL, test_copies_cancelled);
  ADD ("/security/5-2/left-form/letter", NULL, test_letter);
  ADD ("/register/left-form/somebody-else-chosen", NULL, test_somebody_else_chosen);
#undef ADD
  result = g_test_run ();
  g_object_unref (application);
  ui_users_forget ();
  return result;
}
