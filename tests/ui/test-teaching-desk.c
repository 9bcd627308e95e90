/* Pictures of a curation session on the desk, with the real register, gate and helpers: what is
 * done to one is stored, what was said comes back, and clearing one takes few keys. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-desk.h"
#include "imp-redaction.h"
#include "imp-workbench.h"
#include "keeping-support.h"
#include "ui-support.h"
#include "ui-test.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *root;
  ImpDesk *desk;
  ImpGate *gate;
  char *folder;
  char *files;      /* the folder of the session */
  char *permission; /* for teaching */
  ImpCuration *curation;
  char *id;
  char *sentence; /* the last notice */
  guint n_keys;
  gint64 waited; /* an item's id */
  ImpCurationState state;
} Desk;

/* ---- waiting ---- */

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static void
finish (Desk *desk, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  ui_wait (has_result, result, "a gesture");
  imp_curation_gesture_finish (desk->curation, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
}

/* What stands in the register, read by itself. */
static ImpCuration *
read_again (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  ImpCuration *curation = imp_curation_open_sync (desk->gate, desk->id, &error);

  g_assert_no_error (error);
  return curation;
}

static gboolean
is_in_state (gpointer data)
{
  Desk *desk = data;
  guint index = 0;

  g_assert_true (imp_curation_find_item (desk->curation, desk->waited, &index));
  return imp_curation_get_item (desk->curation, index)->state == desk->state;
}

static void
wait_for_state (Desk *desk, guint index, ImpCurationState state)
{
  g_autoptr (ImpCuration) stored = NULL;

  desk->waited = imp_curation_get_item (desk->curation, index)->id;
  desk->state = state;
  ui_wait (is_in_state, desk, imp_curation_state_to_text (state));
  stored = read_again (desk);
  g_assert_cmpint (imp_curation_get_item (stored, index)->state, ==, state);
}

static gboolean
has_sentence (gpointer data)
{
  return ((Desk *)data)->sentence != NULL;
}

/* ---- the desk ---- */

static void
on_notice (Desk *desk, const char *sentence)
{
  g_free (desk->sentence);
  desk->sentence = g_strdup (sentence);
}

static void
copy_file (Desk *desk, const char *sample, const char *name)
{
  g_autofree char *from = g_build_filename (g_getenv ("IMP_SAMPLES"), sample, NULL);
  g_autofree char *to = g_build_filename (desk->files, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize)length, &error);
  g_assert_no_error (error);
}

static void
add_item (Desk *desk, GPtrArray *items, const char *name, int rows, int columns)
{
  ImpCurationItem *item = imp_curation_item_new ();

  copy_file (desk, name, name);
  item->number = g_strdup ("H204417");
  item->path = g_build_filename (desk->files, name, NULL);
  item->series_uid = g_strdup ("1.2.826.0.1.3680043.10.1");
  item->manufacturer = g_strdup ("Example Devices");
  item->model = g_strdup ("Sono 3");
  item->station = g_strdup ("ROOM7");
  item->rows = rows;
  item->columns = columns;
  item->n_frames = 1;
  g_ptr_array_add (items, item);
}

static void
make_session (Desk *desk)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  desk->id = imp_curation_create_sync (desk->gate, "Autumn", &error);
  g_assert_no_error (error);
  desk->curation = imp_curation_open_sync (desk->gate, desk->id, &error);
  g_assert_no_error (error);
  add_item (desk, items, "ward.dcm", 320, 480);
  add_item (desk, items, "faint.dcm", 320, 480);
  add_item (desk, items, "windows.dcm", 300, 200);
  imp_curation_add_async (desk->curation, desk->files, items, on_done, &result);
  finish (desk, &result);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autofree char *person = NULL;
  g_autoptr (GError) error = NULL;
  ImpWizard *wizard = NULL;

  desk->gate = ui_gate_new (&desk->folder);
  desk->files = g_dir_make_tmp ("imprimatur-teaching-XXXXXX", &error);
  g_assert_no_error (error);
  person = ui_add_person (desk->gate, "H204417", "EXAMPLE^PERSON A", "1961-05-03");
  desk->permission = keep_agree (desk->gate, person);
  make_session (desk);
  desk->window = GTK_WINDOW (gtk_window_new ());
  desk->root = GTK_WIDGET (desk->window);
  desk->desk = IMP_DESK (imp_desk_new ());
  gtk_window_set_child (desk->window, GTK_WIDGET (desk->desk));
  g_signal_connect_swapped (desk->desk, "notice", G_CALLBACK (on_notice), desk);
  wizard = imp_workbench_get_wizard (imp_desk_get_workbench (desk->desk));
  imp_desk_set_gate (desk->desk, desk->gate);
  imp_wizard_set_gate (wizard, desk->gate);
  ui_test_show (desk->window, 1366, 720);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  GDir *dir = NULL;
  const char *name = NULL;

  imp_desk_set_gate (desk->desk, NULL);
  gtk_window_destroy (desk->window);
  ui_settle (200);
  dir = g_dir_open (desk->files, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (desk->files, name, NULL);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (desk->files);
  g_clear_object (&desk->curation);
  ui_gate_free (desk->gate, desk->folder);
  g_free (desk->files);
  g_free (desk->permission);
  g_free (desk->id);
  g_free (desk->sentence);
}

static gboolean
is_on_desk (gpointer data)
{
  Desk *desk = data;
  gboolean has_picture = FALSE;

  g_object_get (desk->desk, "has-picture", &has_picture, NULL);
  return has_picture && ui_sees (desk->root, "Saved")
         && !ui_sees (desk->root, "New"); /* it is no longer once it is looked at */
}

static ImpRedaction *
get_redaction (Desk *desk)
{
  return imp_picture_get_redaction (imp_desk_get_picture (desk->desk));
}

static void
work_on (Desk *desk, guint index)
{
  imp_desk_work_on (desk->desk, desk->curation, index);
  ui_wait (is_on_desk, desk, "the picture");
  ui_settle (400);
}

/* A real key, as of a person's hand. */
static void
press (Desk *desk, guint modifiers, guint key)
{
  desk->n_keys++;
  g_clear_pointer (&desk->sentence, g_free);
  ui_test_key (desk->root, modifiers, key);
  ui_settle (300);
}

static const ImpQuestion *
find_question (GPtrArray *questions, const char *key)
{
  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (((ImpQuestion *)g_ptr_array_index (questions, i))->key, key))
      return g_ptr_array_index (questions, i);
  g_assert_not_reached ();
}

/* What was said earlier in the session, of the patient and of the use. */
static void
answer_before (Desk *desk)
{
  static const char *const ANSWERS[][2] = { { "child", "no" },
                                            { "deceased", "no" },
                                            { "lacks-capacity", "no" },
                                            { "why-share", "It shows how a ward film is read" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions =
      imp_gate_questions (desk->gate, "consent", "teaching-file", &error);
  GAsyncResult *result = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      imp_curation_answer_async (desk->curation, 0, find_question (questions, ANSWERS[i][0]),
                                 ANSWERS[i][1], on_done, &result);
      finish (desk, &result);
    }
}

static gboolean
has_suggestions (gpointer data)
{
  return ui_sees (((Desk *)data)->root, "Cover all");
}

/* ---- the tests ---- */

/* Person and use were answered on another picture of the session, boxes are suggested. */
static void
test_six_keys (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpCuration) stored = NULL;
  guint n_boxes = 0;

  answer_before (desk);
  work_on (desk, 0);
  ui_wait (has_suggestions, desk, "suggestions");
  desk->n_keys = 0;
  press (desk, GDK_SHIFT_MASK, GDK_KEY_a);
  n_boxes = imp_redaction_get_n_boxes (get_redaction (desk));
  g_assert_cmpuint (n_boxes, >=, 1);
  while (imp_picture_get_seen_share (imp_desk_get_picture (desk->desk)) < 100 && desk->n_keys < 6)
    press (desk, 0, GDK_KEY_n);
  press (desk, 0, GDK_KEY_d);
  g_assert_true (ui_sees (desk->root, "Does it show anyone else?"));
  ui_shot ("questions");
  press (desk, 0, GDK_KEY_d);
  ui_shot ("answered");
  press (desk, 0, GDK_KEY_k);
  wait_for_state (desk, 0, IMP_CURATION_CLEARED);
  g_test_message ("%u key presses cleared a typical picture", desk->n_keys);
  g_assert_cmpuint (desk->n_keys, <=, 6);
  stored = read_again (desk);
  g_assert_cmpuint (imp_curation_get_item (stored, 0)->boxes->len, ==, n_boxes);
  g_assert_cmpint (imp_curation_get_item (stored, 0)->seen, ==, 100);
  /* The next unfinished picture is on the desk, with nothing said of its pixels. */
  ui_wait (is_on_desk, desk, "the next picture");
  g_assert_true (ui_sees (desk->root, "Picture 2 of 3"));
}

static void
test_stored (Desk *desk, gconstpointer data)
{
  static const ImpRect BOX = { 20, 30, 200, 24 };
  static const ImpRect CROP = { 0, 0, 400, 300 };
  static const ImpWindow WINDOW = { 1200, 900.5, IMP_VOI_LINEAR, 0 };
  g_autoptr (ImpCuration) stored = NULL;
  const ImpCurationItem *item = NULL;
  gboolean can_undo = TRUE;
  ImpRect box = { 0 };
  ImpRect crop = { 0 };

  work_on (desk, 0);
  imp_redaction_add (get_redaction (desk), &BOX);
  imp_redaction_set_crop (get_redaction (desk), &CROP);
  imp_picture_set_window (imp_desk_get_picture (desk->desk), &WINDOW);
  wait_for_state (desk, 0, IMP_CURATION_COVERED);
  stored = read_again (desk);
  item = imp_curation_get_item (stored, 0);
  g_assert_cmpuint (item->boxes->len, ==, 1);
  g_assert_cmpint (g_array_index (item->boxes, ImpCurationBox, 0).width, ==, BOX.width);
  g_assert_cmpint (item->crop.height, ==, CROP.height);
  g_assert_cmpstr (item->voi, ==, "window 1200,900.5 linear");
  g_assert_nonnull (item->sha256);

  press (desk, 0, GDK_KEY_Escape);
  g_assert_null (imp_desk_get_picture (desk->desk));
  work_on (desk, 0);
  g_assert_true (imp_redaction_get_nth (get_redaction (desk), 0, NULL, &box));
  g_assert_true (imp_rect_equal (&box, &BOX));
  g_assert_true (imp_redaction_get_crop (get_redaction (desk), &crop));
  g_assert_true (imp_rect_equal (&crop, &CROP));
  g_assert_cmpfloat (imp_picture_get_window (imp_desk_get_picture (desk->desk))->width, ==, 900.5);
  g_object_get (get_redaction (desk), "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
  ui_shot ("desk");
}

/* What was said of pixels goes with an edit; what was said of the patient stays. */
static void
test_answers (Desk *desk, gconstpointer data)
{
  static const ImpRect BOX = { 20, 30, 200, 24 };
  g_autoptr (ImpCuration) before = NULL;
  g_autoptr (ImpCuration) after = NULL;
  g_autoptr (GPtrArray) questions =
      imp_gate_questions (desk->gate, "consent", "teaching-file", NULL);
  const ImpQuestion *others = find_question (questions, "other-people");
  const ImpQuestion *child = find_question (questions, "child");

  answer_before (desk);
  work_on (desk, 0);
  press (desk, 0, GDK_KEY_d);
  press (desk, 0, GDK_KEY_d);
  ui_settle (600);
  before = read_again (desk);
  g_assert_cmpstr (imp_curation_get_answer (before, 0, others), ==, "no");
  g_assert_cmpstr (imp_curation_get_answer (before, 1, others), ==, NULL);
  g_assert_cmpstr (imp_curation_get_answer (before, 1, child), ==, "no");
  imp_redaction_add (get_redaction (desk), &BOX);
  wait_for_state (desk, 0, IMP_CURATION_COVERED);
  after = read_again (desk);
  g_assert_cmpstr (imp_curation_get_answer (after, 0, others), ==, NULL);
  g_assert_cmpstr (imp_curation_get_answer (after, 0, child), ==, "no");
}

/* D, D, then D, D again. */
static void
test_taken_back (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpCuration) given = NULL;
  g_autoptr (ImpCuration) taken = NULL;
  g_autoptr (GPtrArray) questions =
      imp_gate_questions (desk->gate, "consent", "teaching-file", NULL);
  const ImpQuestion *others = find_question (questions, "other-people");

  work_on (desk, 0);
  for (guint i = 0; i < 2; i++)
    press (desk, 0, GDK_KEY_d);
  ui_settle (600);
  given = read_again (desk);
  g_assert_cmpstr (imp_curation_get_answer (given, 0, others), ==, "no");
  for (guint i = 0; i < 2; i++)
    press (desk, 0, GDK_KEY_d);
  ui_settle (600);
  taken = read_again (desk);
  g_assert_cmpstr (imp_curation_get_answer (taken, 0, others), ==, NULL);
}

/* Nothing was answered: it is not cleared, and the way to the questions is shown. */
static void
test_missing (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpCuration) stored = NULL;

  work_on (desk, 0);
  press (desk, 0, GDK_KEY_k);
  ui_settle (1500);
  stored = read_again (desk);
  g_assert_cmpint (imp_curation_get_item (stored, 0)->state, ==, IMP_CURATION_LOOKED_AT);
  g_assert_true (ui_sees (desk->root, "Picture 1 of 3"));
  ui_shot ("missing");
}

static void
test_aside (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpCuration) stored = NULL;

  work_on (desk, 0);
  press (desk, 0, GDK_KEY_x);
  g_assert_nonnull (keep_dialog ());
  ui_type (keep_dialog (), "Why?", "Out of focus");
  keep_respond ("go");
  wait_for_state (desk, 0, IMP_CURATION_SET_ASIDE);
  stored = read_again (desk);
  g_assert_cmpstr (imp_curation_get_item (stored, 0)->reason, ==, "Out of focus");
  ui_wait (is_on_desk, desk, "the next picture");
  g_assert_true (ui_sees (desk->root, "Picture 2 of 3"));
}

/* The one of another size is left, and that is said. */
static void
test_travel (Desk *desk, gconstpointer data)
{
  static const ImpRect BOX = { 20, 30, 200, 24 };
  g_autoptr (ImpCuration) stored = NULL;
  guint index = 0;

  work_on (desk, 0);
  imp_redaction_add (get_redaction (desk), &BOX);
  gtk_widget_activate_action (GTK_WIDGET (desk->desk), "desk.spread-boxes", "i", IMP_REACH_SERIES);
  ui_settle (800);
  g_assert_nonnull (keep_dialog ());
  g_assert_true (ui_sees (keep_dialog (), "1 picture has these boxes now.\n"
                                          "1: It was covered like this already.\n"
                                          "1: Not covered: its pictures have another size."));
  ui_shot ("travel");
  keep_respond ("close");
  stored = read_again (desk);
  for (index = 0; index < 3; index++)
    g_assert_cmpuint (imp_curation_get_item (stored, index)->boxes->len, ==, index < 2 ? 1 : 0);
}

/* One file of an archive is worked on like any other. */
static void
test_archive (Desk *desk, gconstpointer data)
{
  static const ImpRect BOX = { 20, 30, 200, 24 };
  g_autofree char *file = g_build_filename (desk->files, "ward.dcm", NULL);
  g_autofree char *archive = g_build_filename (desk->files, "disc.zip", NULL);
  const char *command[] = { "/usr/bin/python3", "-m", "zipfile", "-c", archive, file, NULL };
  g_autofree char *said = keep_run (command);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  ImpCurationItem *item = imp_curation_item_copy (imp_curation_get_item (desk->curation, 0));
  GAsyncResult *result = NULL;

  g_free (item->path);
  item->path = g_strdup (archive);
  item->entry = g_strdup ("ward.dcm");
  g_ptr_array_add (items, item);
  imp_curation_add_async (desk->curation, archive, items, on_done, &result);
  finish (desk, &result);
  work_on (desk, 3);
  imp_redaction_add (get_redaction (desk), &BOX);
  wait_for_state (desk, 3, IMP_CURATION_COVERED);
}

/* What covers one picture is suggested on the next of its scanner. */
static void
test_remembered (Desk *desk, gconstpointer data)
{
  static const ImpRect BOX = { 300, 250, 120, 30 };

  work_on (desk, 0);
  imp_redaction_add (get_redaction (desk), &BOX);
  gtk_widget_activate_action (GTK_WIDGET (desk->desk), "desk.remember-boxes", NULL);
  ui_wait (has_sentence, desk, "the end of it");
  work_on (desk, 1);
  ui_wait_for (desk->root, "Covered on the last picture of this scanner");
}

/* Other bytes are in the file: it is told, and is new again. */
static void
test_changed (Desk *desk, gconstpointer data)
{
  static const ImpRect BOX = { 20, 30, 200, 24 };
  g_autoptr (ImpCuration) stored = NULL;

  work_on (desk, 0);
  imp_redaction_add (get_redaction (desk), &BOX);
  wait_for_state (desk, 0, IMP_CURATION_COVERED);
  press (desk, 0, GDK_KEY_Escape);
  copy_file (desk, "faint.dcm", "ward.dcm");
  work_on (desk, 0);
  g_assert_cmpstr (desk->sentence, ==,
                   "The file has changed since it was worked on: this picture is new again");
  g_assert_cmpuint (imp_redaction_get_n_boxes (get_redaction (desk)), ==, 0);
  stored = read_again (desk);
  g_assert_cmpuint (imp_curation_get_item (stored, 0)->boxes->len, ==, 0);
}

/* Somebody else at the same register: all was answered, and then the patient says no. */
static void
test_withdrawn (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "register.db", NULL);
  g_autofree char *key = g_build_filename (desk->folder, "key", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) other = NULL;
  g_autoptr (ImpCuration) stored = NULL;

  answer_before (desk);
  work_on (desk, 0);
  ui_wait (has_suggestions, desk, "suggestions");
  press (desk, GDK_SHIFT_MASK, GDK_KEY_a);
  press (desk, 0, GDK_KEY_n);
  press (desk, 0, GDK_KEY_d);
  press (desk, 0, GDK_KEY_d);
  ui_settle (1000);
  other = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, FALSE, &error);
  g_assert_no_error (error);
  imp_register_withdraw (imp_gate_get_register (other), desk->permission, "patient", NULL, &error);
  g_assert_no_error (error);
  press (desk, 0, GDK_KEY_k);
  ui_wait (has_sentence, desk, "the reason");
  g_assert_nonnull (strstr (desk->sentence, "withdrew what they had allowed"));
  ui_settle (1000);
  stored = read_again (desk);
  g_assert_cmpint (imp_curation_get_item (stored, 0)->state, ==, IMP_CURATION_COVERED);
  g_assert_true (ui_sees (desk->root, "Picture 1 of 3"));
  g_assert_true (ui_sees (desk->root, "Refused or withdrawn: locked"));
  ui_shot ("withdrawn");
}

#define ADD(path, func) g_test_add (path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/teaching-desk/six-keys", test_six_keys);
  ADD ("/teaching-desk/stored", test_stored);
  ADD ("/teaching-desk/answers", test_answers);
  ADD ("/teaching-desk/taken-back", test_taken_back);
  ADD ("/teaching-desk/missing", test_missing);
  ADD ("/teaching-desk/aside", test_aside);
  ADD ("/teaching-desk/travel", test_travel);
  ADD ("/teaching-desk/archive", test_archive);
  ADD ("/teaching-desk/remembered", test_remembered);
  ADD ("/teaching-desk/changed", test_changed);
  ADD ("/teaching-desk/withdrawn", test_withdrawn);
  return g_test_run ();
}
