/* The window as a user meets it: opening, pasting, dropping, not losing work, leaving no trace. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-application.h"
#include "imp-box-widget.h"
#include "imp-keeping-window.h"
#include "imp-kind-names.h"
#include "imp-main-window.h"
#include "imp-status-pill.h"
#include "imp-unlock-page.h"
#include "ui-test.h"
#include "ui-unseen.h"

typedef struct
{
  ImpMainWindow *window;
  ImpDesk *desk;
  char *notice; /* owned, nullable: the last one */
} Fixture;

static ImpApplication *application;

static void
on_notice (Fixture *fixture, const char *sentence)
{
  g_free (fixture->notice);
  fixture->notice = g_strdup (sentence);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = IMP_MAIN_WINDOW (imp_main_window_new (application));
  fixture->desk = imp_main_window_get_desk (fixture->window);
  g_signal_connect_swapped (fixture->desk, "notice", G_CALLBACK (on_notice), fixture);
  ui_test_show (GTK_WINDOW (fixture->window), 1024, 640);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer window = fixture->window;
  gpointer desk = fixture->desk;
  gpointer picture = imp_desk_get_picture (fixture->desk);

  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (desk, &desk);
  if (picture != NULL)
    g_object_add_weak_pointer (picture, &picture);
  g_assert_cmpuint (ui_count_unseen (GTK_WIDGET (fixture->window)), ==, 0);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_test_settle ();
  g_assert_null (window);
  g_assert_null (desk);
  g_assert_null (picture);
  g_free (fixture->notice);
}

static GFile *
sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("IMP_SAMPLES"), name, NULL);

  return g_file_new_for_path (path);
}

static gboolean
has_picture (gpointer desk)
{
  gboolean shown = FALSE;

  g_object_get (desk, "has-picture", &shown, NULL);
  return shown;
}

static gboolean
is_opening (gpointer desk)
{
  return !has_picture (desk);
}

static void
open_sample (Fixture *fixture, const char *name)
{
  g_autoptr (GFile) file = sample (name);

  imp_main_window_open (fixture->window, file);
  ui_test_wait_until (is_opening, fixture->desk);
  ui_test_wait_until (has_picture, fixture->desk);
  ui_test_settle ();
}

static void
add_box (Fixture *fixture)
{
  ImpCanvas *canvas = imp_workbench_get_canvas (imp_desk_get_workbench (fixture->desk));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.add-box", NULL));
  g_assert_true (imp_desk_has_work (fixture->desk));
}

static int
picture_width (Fixture *fixture)
{
  return imp_frame_get_width (imp_picture_get_frame (imp_desk_get_picture (fixture->desk)));
}

/* ---- widgets by what they are ---- */

static GtkWidget *
find_widget (GtkWidget *root, gboolean (*fits) (GtkWidget *, gconstpointer), gconstpointer data)
{
  GtkWidget *found = NULL;

  if (fits (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, fits, data);
  return found;
}

static gboolean
is_shown_title (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_child_visible (widget)
         && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), title) == 0;
}

static gboolean
shows_damaged (gpointer window)
{
  return find_widget (window, is_shown_title, "This kind of file cannot be shown") != NULL;
}

static gboolean
shows_cut (gpointer window)
{
  return find_widget (window, is_shown_title, "This file is damaged") != NULL;
}

static gboolean
is_pill (GtkWidget *widget, gconstpointer data)
{
  return IMP_IS_STATUS_PILL (widget);
}

static gboolean
is_label (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget);
}

static gpointer
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  gpointer found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels) && found == NULL; i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (toplevel), type) && gtk_widget_get_visible (toplevel))
        found = toplevel;
    }
  return found;
}

static gboolean
has_message (gpointer data)
{
  return find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

static gboolean
has_no_message (gpointer data)
{
  return !has_message (data);
}

static gboolean
is_button_with (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
answer (const char *label)
{
  AdwMessageDialog *dialog = NULL;

  ui_test_wait_until (has_message, NULL);
  dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  /* What is not lost is the default. */
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "keep");
  g_assert_cmpstr (adw_message_dialog_get_close_response (dialog), ==, "keep");
  g_signal_emit_by_name (find_widget (GTK_WIDGET (dialog), is_button_with, label), "clicked");
  ui_test_wait_until (has_no_message, NULL);
  ui_test_settle ();
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_pass (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- tests ---- */

static void
test_open (Fixture *fixture, gconstpointer data)
{
  GAction *export_action = g_action_map_lookup_action (G_ACTION_MAP (fixture->window), "export");

  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), is_shown_title, "Open a picture"));
  g_assert_false (g_action_get_enabled (export_action));
  open_sample (fixture, "chest.dcm");
  g_assert_cmpint (picture_width (fixture), ==, 512);
  g_assert_true (g_action_get_enabled (export_action));
  g_assert_true (imp_picture_get_looked_at (imp_desk_get_picture (fixture->desk)));
  g_assert_false (imp_desk_has_work (fixture->desk));
  /* The title tells nobody whose picture it is. */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Imprimatur");
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = sample ("make-sample.py");

  imp_main_window_open (fixture->window, file);
  ui_test_wait_until (shows_damaged, fixture->window);
  g_assert_null (imp_desk_get_picture (fixture->desk));
  open_sample (fixture, "chest.dcm");

  /* The picture on the desk outlives a file that cannot be opened. */
  imp_main_window_open (fixture->window, file);
  ui_test_wait_until (shows_damaged, fixture->window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->desk), "desk.back", NULL));
  g_assert_true (has_picture (fixture->desk));

  /* Nor is anybody asked to give up their boxes for it. */
  add_box (fixture);
  imp_main_window_open (fixture->window, file);
  ui_test_wait_until (shows_damaged, fixture->window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->desk), "desk.back", NULL));
  g_assert_true (imp_desk_has_work (fixture->desk));
}

/* The photograph: 900 × 1200, turned by its EXIF orientation. */
static gboolean
has_wide_picture (gpointer desk)
{
  return has_picture (desk)
         && imp_frame_get_width (imp_picture_get_frame (imp_desk_get_picture (desk))) == 1200;
}

static void
test_second_file_asks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) other = sample ("phone-photo.jpg");
  ImpPicture *first = NULL;

  open_sample (fixture, "chest.dcm");
  first = imp_desk_get_picture (fixture->desk);
  add_box (fixture);
  imp_main_window_open (fixture->window, other);
  answer ("_Keep working");
  g_assert_true (imp_desk_get_picture (fixture->desk) == first);
  g_assert_cmpuint (imp_redaction_get_n_boxes (imp_picture_get_redaction (first)), ==, 1);

  imp_main_window_open (fixture->window, other);
  answer ("_Replace");
  ui_test_wait_until (has_wide_picture, fixture->desk);
  g_assert_false (imp_desk_has_work (fixture->desk));
}

static void
test_close_asks (Fixture *fixture, gconstpointer data)
{
  open_sample (fixture, "chest.dcm");
  add_box (fixture);
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer ("_Keep working");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static gboolean
is_label_with (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_reveal_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_TOGGLE_BUTTON (widget)
         && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "Show the values") == 0;
}

static gboolean
is_unlock_page (GtkWidget *widget, gconstpointer data)
{
  return IMP_IS_UNLOCK_PAGE (widget);
}

static gboolean
is_check_with (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_CHECK_BUTTON (widget)
         && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

static GtkWidget *
find_in_pill (Fixture *fixture, const char *words)
{
  return find_widget (find_widget (GTK_WIDGET (fixture->window), is_pill, NULL), is_label_with,
                      words);
}

static gboolean
is_unlocked (gpointer fixture)
{
  return find_in_pill (fixture, "Register locked") == NULL
         && find_in_pill (fixture, "No register yet") == NULL;
}

static void
unlock (Fixture *fixture, const char *path, gboolean create)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) gate = imp_gate_open_sync (path, IMP_GATE_KEY_PASSPHRASE,
                                                 "four unrelated words here", create, &error);
  GtkWidget *page = find_widget (GTK_WIDGET (fixture->window), is_unlock_page, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  g_signal_emit_by_name (page, "unlocked", gate);
  ui_test_wait_until (is_unlocked, fixture);
  ui_test_settle ();
}

/* A register of the window's own, made and unlocked with a passphrase. */
static char *
unlock_register (Fixture *fixture)
{
  char *path = imp_gate_default_register_path ();

  unlock (fixture, path, TRUE);
  return path;
}

static void
remove_register (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

/* Before there is a register, nothing is called locked: the way out is to make one. */
static void
test_no_register_yet (Fixture *fixture, gconstpointer data)
{
  GtkWidget *workbench = GTK_WIDGET (imp_desk_get_workbench (fixture->desk));
  GtkWidget *page = NULL;

  open_sample (fixture, "chest.dcm");
  g_assert_nonnull (find_in_pill (fixture, "No register yet"));
  gtk_widget_activate_action (workbench, "desk.show-pane", "s", "export");
  ui_test_settle ();
  page = find_widget (workbench, is_shown_title, "There is no register yet");
  g_assert_nonnull (page);
  g_assert_null (find_widget (workbench, is_shown_title, "The register is locked"));
  g_signal_emit_by_name (find_widget (page, is_button_with, "Set up the register…"), "clicked");
  ui_test_settle ();
  page = find_widget (GTK_WIDGET (fixture->window), is_unlock_page, NULL);
  g_assert_true (gtk_widget_get_mapped (page));
}

static gboolean
is_locked (gpointer fixture)
{
  return find_in_pill (fixture, "Register locked") != NULL;
}

/* What was answered waits for who comes back; the boxes stay on the desk. */
static void
test_lock_keeps_answers (Fixture *fixture, gconstpointer data)
{
  ImpWizard *wizard = imp_workbench_get_wizard (imp_desk_get_workbench (fixture->desk));
  GtkWidget *unknown = NULL;
  g_autofree char *path = NULL;

  open_sample (fixture, "chest.dcm");
  add_box (fixture);
  path = unlock_register (fixture);
  unknown =
      find_widget (GTK_WIDGET (wizard), is_check_with, "It is not known whose picture this is");
  g_assert_nonnull (unknown);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (unknown), TRUE);
  g_assert_true (imp_wizard_has_answers (wizard));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.lock", NULL));
  ui_test_wait_until (is_locked, fixture);
  g_assert_false (has_message (NULL));
  g_assert_true (imp_desk_has_work (fixture->desk));
  g_assert_true (imp_wizard_has_answers (wizard)); /* opening another picture asks */
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (unknown)));
  unlock (fixture, path, FALSE);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (unknown)));
  remove_register (path);
}

static gboolean
has_keeping (gpointer data)
{
  return find_toplevel (IMP_TYPE_KEEPING_WINDOW) != NULL;
}

static gboolean
has_no_keeping (gpointer data)
{
  return !has_keeping (data);
}

/* The register is kept from the main menu. While a backup takes its place there is none; where that
 * failed it has to be unlocked again. */
static void
test_keeping (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *path = NULL;

  open_sample (fixture, "chest.dcm");
  gtk_widget_activate_action (window, "win.keep", NULL);
  ui_test_settle ();
  g_assert_false (has_keeping (NULL)); /* there is no register yet */
  path = unlock_register (fixture);
  gtk_widget_activate_action (window, "win.keep", NULL);
  ui_test_wait_until (has_keeping, NULL);
  g_signal_emit_by_name (find_toplevel (IMP_TYPE_KEEPING_WINDOW), "closed-register");
  g_assert_nonnull (find_in_pill (fixture, "Register locked"));
  gate = imp_gate_open_sync (path, IMP_GATE_KEY_PASSPHRASE, "four unrelated words here", FALSE,
                             &error);
  g_assert_no_error (error);
  g_signal_emit_by_name (find_toplevel (IMP_TYPE_KEEPING_WINDOW), "restored", gate);
  ui_test_wait_until (is_unlocked, fixture);
  g_signal_emit_by_name (find_toplevel (IMP_TYPE_KEEPING_WINDOW), "closed-register");
  g_signal_emit_by_name (find_toplevel (IMP_TYPE_KEEPING_WINDOW), "restored", NULL);
  g_assert_nonnull (find_in_pill (fixture, "Register locked"));
  gtk_window_close (find_toplevel (IMP_TYPE_KEEPING_WINDOW));
  ui_test_wait_until (has_no_keeping, NULL);
  remove_register (path);
}

/* Ctrl+F finds a person wherever the keyboard is, also where a saved form has left it nowhere. */
static void
test_find_from_anywhere (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autofree char *path = unlock_register (fixture);

  gtk_widget_activate_action (window, "win.show-place", "s", "register");
  ui_test_settle ();
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_f);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
  g_assert_nonnull (
      gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_TYPE_SEARCH_ENTRY));
  remove_register (path);
}

/* From a button beside the picture, the keys reach the boxes too. */
static void
test_undo_from_anywhere (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  ImpRedaction *redaction = NULL;
  GtkWidget *button = NULL;

  open_sample (fixture, "chest.dcm");
  redaction = imp_picture_get_redaction (imp_desk_get_picture (fixture->desk));
  add_box (fixture);
  button = find_widget (window, is_reveal_button, NULL);
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_grab_focus (button));
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 0);
  ui_test_key (window, GDK_CONTROL_MASK | GDK_SHIFT_MASK, GDK_KEY_z);
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 0);
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_y);
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);

  /* On the register's page they would change what nobody sees. */
  gtk_widget_activate_action (window, "win.show-place", "s", "register");
  ui_test_settle ();
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);
}

static void
test_verbs_beside_the_canvas (Fixture *fixture, gconstpointer data)
{
  ImpRedaction *redaction = NULL;
  GtkWidget *workbench = GTK_WIDGET (imp_desk_get_workbench (fixture->desk));

  open_sample (fixture, "chest.dcm");
  redaction = imp_picture_get_redaction (imp_desk_get_picture (fixture->desk));
  g_assert_true (gtk_widget_activate_action (workbench, "canvas.add-box", NULL));
  g_assert_true (gtk_widget_activate_action (workbench, "canvas.add-box", NULL));
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 2);
  g_assert_true (gtk_widget_activate_action (workbench, "canvas.undo", NULL));
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);
  g_assert_true (gtk_widget_activate_action (workbench, "canvas.clear-boxes", NULL));
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 0);
  g_assert_true (gtk_widget_activate_action (workbench, "canvas.undo", NULL));
  g_assert_cmpuint (imp_redaction_get_n_boxes (redaction), ==, 1);
}

static gboolean
is_masked_value (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget)
         && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), "••••••") == 0;
}

static void
test_values_are_masked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *reveal = NULL;

  open_sample (fixture, "chest.dcm");
  g_assert_nonnull (find_widget (window, is_masked_value, NULL));
  g_assert_null (find_widget (window, is_label_with, "H204417"));
  reveal = find_widget (window, is_reveal_button, NULL);
  g_assert_nonnull (reveal);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (reveal), TRUE);
  g_assert_nonnull (find_widget (window, is_label_with, "H204417"));

  /* Another picture is masked again. */
  open_sample (fixture, "phone-photo.jpg");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (reveal)));
  g_assert_null (find_widget (window, is_label_with, "H204417"));
}

static GdkTexture *
make_texture (int width, int height)
{
  gsize size = (gsize)width * (gsize)height * 3;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8, bytes, (gsize)width * 3);
}

static void
test_paste (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autoptr (GdkTexture) texture = make_texture (123, 45);

  gdk_clipboard_set_texture (clipboard, texture);
  ui_test_key (GTK_WIDGET (fixture->window), GDK_CONTROL_MASK, GDK_KEY_v);
  ui_test_wait_until (has_picture, fixture->desk);
  g_assert_cmpint (picture_width (fixture), ==, 123);
  g_assert_null (
      imp_source_get_file (imp_picture_get_source (imp_desk_get_picture (fixture->desk))));
}

/* The longest words there are, in the smallest window that must work. */
static void
test_pill_is_whole (Fixture *fixture, gconstpointer data)
{
  GtkWidget *pill = find_widget (GTK_WIDGET (fixture->window), is_pill, NULL);
  GtkWidget *label = find_widget (pill, is_label, NULL);

  open_sample (fixture, "chest.dcm");
  imp_status_pill_set (IMP_STATUS_PILL (pill), IMP_STATUS_SEALED, "Sealed for social media",
                       "May be exported to social media");
  ui_test_settle ();
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 1024);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (pill), ==, "May be exported to social media");
}

static gboolean
has_notice (gpointer data)
{
  return ((Fixture *)data)->notice != NULL;
}

/* As another program would: bytes under a name that says what they are. */
static void
paste (Fixture *fixture, const char *mime_type, const char *bytes, gsize length)
{
  g_autoptr (GBytes) copied = g_bytes_new (bytes, length);
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes (mime_type, copied);

  g_clear_pointer (&fixture->notice, g_free);
  g_assert_true (gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)),
                                            provider));
  ui_test_key (GTK_WIDGET (fixture->window), GDK_CONTROL_MASK, GDK_KEY_v);
}

/* A pasted JPEG is opened as the file it is: its bytes, and the blocks that boxes snap to. exiftool
 * says of the sample: YCbCr4:2:0, so blocks of 16 x 16. */
static void
test_paste_jpeg (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = sample ("phone-photo.jpg");
  g_autofree char *bytes = NULL;
  g_autofree char *sha256 = NULL;
  gsize length = 0;
  ImpSource *source = NULL;
  ImpFacts *facts = NULL;

  g_assert_true (g_file_load_contents (file, NULL, &bytes, &length, NULL, NULL));
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
  paste (fixture, "image/jpeg", bytes, length);
  ui_test_wait_until (has_picture, fixture->desk);
  source = imp_picture_get_source (imp_desk_get_picture (fixture->desk));
  facts = imp_source_get_facts (source);
  g_assert_null (imp_source_get_file (source));
  g_assert_cmpstr (imp_source_get_sha256 (source), ==, sha256);
  g_assert_cmpstr (imp_facts_get_format (facts), ==, "jpeg");
  g_assert_cmpint (imp_facts_get_grid (facts).width, ==, 16);
  g_assert_cmpint (imp_facts_get_grid (facts).height, ==, 16);
  g_assert_cmpint (imp_facts_get_orientation (facts), ==, 6);
}

/* Bytes that are no picture come back from the helper as a page that says so: nothing before it
 * looks at them. */
static void
test_paste_damaged (Fixture *fixture, gconstpointer data)
{
  static const char CUT[] = "\xff\xd8\xff\xdb\x00\x43\x00 cut off here";

  paste (fixture, "image/jpeg", CUT, sizeof CUT - 1);
  ui_test_wait_until (shows_cut, fixture->window);
  g_assert_null (fixture->notice);
  g_assert_null (imp_desk_get_picture (fixture->desk));
}

/* GTK could show a bitmap; the helper does not read it, so nobody does. */
static void
test_paste_other_kind (Fixture *fixture, gconstpointer data)
{
  /* 1 x 1 pixel, 24 bits, bottom up: a whole one */
  static const char BITMAP[] =
      "BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0"
      "\0\0\0\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\0";

  paste (fixture, "image/gif", BITMAP, sizeof BITMAP - 1);
  ui_test_wait_until (has_notice, fixture);
  g_assert_cmpstr (fixture->notice, ==,
                   "The picture on the clipboard is of a kind that cannot be pasted: copy it as "
                   "JPEG, PNG or TIFF");
  let_pass (300);
  g_assert_null (imp_desk_get_picture (fixture->desk));
}

static void
test_paste_text (Fixture *fixture, gconstpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)), "no picture");
  ui_test_key (GTK_WIDGET (fixture->window), GDK_CONTROL_MASK, GDK_KEY_v);
  ui_test_wait_until (has_notice, fixture);
  g_assert_cmpstr (fixture->notice, ==, "There is no picture on the clipboard");
}

static gboolean
is_entry (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_TEXT (widget) && gtk_widget_get_mapped (widget);
}

/* Ctrl+V and Ctrl+Z in an entry belong to the entry. */
static void
test_keys_of_entries (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  ImpPicture *picture = NULL;
  GtkWidget *text = NULL;

  open_sample (fixture, "chest.dcm");
  picture = imp_desk_get_picture (fixture->desk);
  add_box (fixture);
  gtk_widget_activate_action (GTK_WIDGET (imp_desk_get_workbench (fixture->desk)),
                              "desk.choose-window", NULL);
  ui_test_settle ();
  text = find_widget (window, is_entry, NULL);
  g_assert_nonnull (text);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), "77");
  gtk_widget_grab_focus (text);
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_a);
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_v);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "77");
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_z);
  ui_test_key (window, GDK_CONTROL_MASK, GDK_KEY_z);
  g_assert_true (imp_desk_get_picture (fixture->desk) == picture);
  g_assert_cmpuint (imp_redaction_get_n_boxes (imp_picture_get_redaction (picture)), ==, 1);
  g_assert_null (fixture->notice);
  ui_test_key (window, 0, GDK_KEY_Escape); /* an open popover would keep the keyboard */
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) first = sample ("chest.dcm");
  g_autoptr (GFile) second = sample ("phone-photo.jpg");
  GFile *files[] = { first, second };
  GdkFileList *list = gdk_file_list_new_from_array (files, G_N_ELEMENTS (files));
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (fixture->desk)), "drop", &value, 10.0, 10.0,
                         &taken);
  g_assert_true (taken);
  ui_test_wait_until (has_picture, fixture->desk);
  g_assert_cmpint (picture_width (fixture), ==, 512);
  g_assert_nonnull (strstr (fixture->notice, "One picture at a time"));
}

/* Whatever takes a drop takes files, or text: GTK would have to decode a dropped picture itself. */
static guint
count_drop_targets (GtkWidget *root)
{
  GtkDropTarget *target = find_drop_target (root);
  guint found = 0;

  if (target != NULL)
    {
      GdkContentFormats *formats = gtk_drop_target_get_formats (target);
      gsize n_types = 0;
      const GType *types = gdk_content_formats_get_gtypes (formats, &n_types);

      for (gsize i = 0; i < n_types; i++)
        g_assert_true (types[i] == GDK_TYPE_FILE_LIST || types[i] == G_TYPE_FILE
                       || types[i] == G_TYPE_STRING);
      found++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found += count_drop_targets (child);
  return found;
}

static void
test_drop_takes_no_pixels (Fixture *fixture, gconstpointer data)
{
  open_sample (fixture, "chest.dcm");
  g_assert_cmpuint (count_drop_targets (GTK_WIDGET (fixture->window)), >=, 1);
}

static gboolean
has_chooser (gpointer data)
{
  return find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG) != NULL;
}

/* The dialog adds what it opened to the user's recent files; it must not stay there, and the
 * user's other entries must. */
static void
test_recent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = sample ("chest.dcm");
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *list = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autofree char *text = NULL;
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  GtkRecentData other = { .mime_type = (char *)"text/plain",
                          .app_name = (char *)"another program",
                          .app_exec = (char *)"another %u" };
  GtkFileChooser *chooser = NULL;

  g_assert_true (
      gtk_recent_manager_add_full (manager, "file:///srv/an-entry-of-another.txt", &other));
  let_pass (600);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open", NULL);
  ui_test_wait_until (has_chooser, NULL);
  chooser = find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_assert_true (gtk_file_chooser_set_file (chooser, file, NULL));
  let_pass (600);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  ui_test_wait_until (has_picture, fixture->desk);
  let_pass (1500);

  g_assert_false (gtk_recent_manager_has_item (manager, uri));
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_assert_null (strstr (text, "chest.dcm"));
  g_assert_nonnull (strstr (text, "an-entry-of-another.txt"));
}

/* A small copy that a file manager made is offered for removal; none is made here. */
static void
test_thumbnails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = sample ("chest.dcm");
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "thumbnails", "large", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, digest);
  GtkWidget *row = NULL;

  open_sample (fixture, "chest.dcm");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), is_label_with, "small copy of this"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "a planted one", -1, NULL));
  open_sample (fixture, "phone-photo.jpg");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), is_label_with, "small copy of this"));
  open_sample (fixture, "chest.dcm");
  row = find_widget (GTK_WIDGET (fixture->window), is_label_with, "small copy of this");
  g_assert_nonnull (row);
  row = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (
      gtk_widget_get_ancestor (find_widget (row, is_label_with, "Remove"), GTK_TYPE_BUTTON),
      "clicked");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What has no name of its own is read as words; what is no keyword stays as it is. */
static void
test_kind_names (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (imp_kind_name ("SeriesNumber"), ==, "Number of the series");
  g_assert_cmpstr (imp_kind_name ("RETIRED_StudyComments"), ==, "Study comments");
  g_assert_cmpstr (imp_kind_name ("ConcatenationUID"), ==, "Concatenation UID");
  g_assert_cmpstr (imp_kind_name ("SOPAuthorizationComment"), ==, "SOP authorization comment");
  g_assert_cmpstr (imp_kind_name ("Tag (0009,1010)"), ==, "Tag (0009,1010)");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  application = imp_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/window/open", test_open);
  ADD ("/window/error", test_error);
  ADD ("/window/second-file-asks", test_second_file_asks);
  ADD ("/window/close-asks", test_close_asks);
  ADD ("/window/no-register-yet", test_no_register_yet);
  ADD ("/window/keeping", test_keeping);
  ADD ("/window/lock-keeps-answers", test_lock_keeps_answers);
  ADD ("/window/find-from-anywhere", test_find_from_anywhere);
  ADD ("/window/undo-from-anywhere", test_undo_from_anywhere);
  ADD ("/window/verbs-beside-the-canvas", test_verbs_beside_the_canvas);
  ADD ("/window/values-are-masked", test_values_are_masked);
  ADD ("/window/paste", test_paste);
  ADD ("/leaks/row-14/pasted-jpeg-keeps-its-blocks", test_paste_jpeg);
  ADD ("/window/paste-damaged", test_paste_damaged);
  ADD ("/window/paste-other-kind", test_paste_other_kind);
  ADD ("/window/paste-text", test_paste_text);
  ADD ("/window/keys-of-entries", test_keys_of_entries);
  ADD ("/window/pill-is-whole", test_pill_is_whole);
  ADD ("/window/drop", test_drop);
  ADD ("/window/drop-takes-no-pixels", test_drop_takes_no_pixels);
  ADD ("/window/kind-names", test_kind_names);
  ADD ("/leaks/row-22/thumbnails", test_thumbnails);
  ADD ("/leaks/row-23/recent-files", test_recent);
#undef ADD
  return g_test_run ();
}
