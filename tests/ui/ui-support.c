#include "ui-support.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-suggestion.h"
#include "imp-question-row.h"
#include "imp-register.h"
#include "ui-unseen.h"

#define LONGEST_WAIT_MS 20000
#define MOST_PLACES 20 /* that a sample is asked about */

static guint n_typed;

/* GTK_A11Y=test gives every widget the context that the assertions read. */
void
ui_init (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

GtkWidget *
ui_window_new (GtkWidget *child, int width, int height)
{
  GtkWidget *window = gtk_window_new ();
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/imprimatur/Imprimatur/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/imprimatur/Imprimatur/icons");
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

void
ui_window_close (GtkWidget *window)
{
  g_assert_cmpuint (ui_count_unseen (window), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
ui_settle (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

void
ui_wait (UiCondition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + (gint64)LONGEST_WAIT_MS * 1000;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        {
          ui_shot ("failure");
          g_error ("Waited in vain for: %s", what);
        }
      ui_settle (10);
    }
}

static gboolean
has_name (GtkWidget *widget, const char *name)
{
  g_autofree char *difference = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0)
    return TRUE;
  if (GTK_IS_CHECK_BUTTON (widget)
      && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), name) == 0)
    return TRUE;
  if (ADW_IS_PREFERENCES_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0)
    return TRUE;
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return difference == NULL;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, const char *name)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && has_name (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
ui_sees (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ui_sees (child, text))
      return TRUE;
  return FALSE;
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} Sight;

static gboolean
is_seen (gpointer data)
{
  Sight *sight = data;

  return ui_sees (sight->root, sight->text);
}

static gboolean
is_gone (gpointer data)
{
  return !is_seen (data);
}

void
ui_wait_for (GtkWidget *root, const char *text)
{
  Sight sight = { root, text };

  ui_wait (is_seen, &sight, text);
}

void
ui_wait_until_gone (GtkWidget *root, const char *text)
{
  Sight sight = { root, text };

  ui_wait (is_gone, &sight, text);
}

/* After each click, in every window that is open by then. */
static void
assert_nothing_unseen (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      g_assert_cmpuint (ui_count_unseen (window), ==, 0);
    }
}

void
ui_click (GtkWidget *root, const char *name)
{
  GtkWidget *button = ui_find (root, GTK_TYPE_BUTTON, name);

  if (button == NULL)
    {
      button = ui_find (root, GTK_TYPE_CHECK_BUTTON, name);
      if (button == NULL)
        {
          ui_shot ("failure");
          g_error ("No button on screen: %s", name);
        }
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
    }
  else
    {
      if (!gtk_widget_is_sensitive (button))
        g_error ("The button cannot be pressed: %s", name);
      g_signal_emit_by_name (button, "clicked");
    }
  ui_settle (30);
  assert_nothing_unseen ();
}

void
ui_type (GtkWidget *root, const char *name, const char *text)
{
  GtkWidget *entry = ui_find (root, GTK_TYPE_EDITABLE, name);

  if (entry == NULL)
    g_error ("No entry on screen: %s", name);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  n_typed++;
  ui_settle (30);
}

guint
ui_take_n_typed (void)
{
  guint taken = n_typed;

  n_typed = 0;
  return taken;
}

void
ui_choose (GtkWidget *root, const char *row_title, const char *choice)
{
  GtkWidget *row = ui_find (root, ADW_TYPE_COMBO_ROW, row_title);
  GListModel *model = NULL;

  if (row == NULL)
    g_error ("No row of choices on screen: %s", row_title);
  model = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (model), i), choice) == 0)
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
        ui_settle (30);
        return;
      }
  g_error ("No such choice: %s", choice);
}

void
ui_answer (GtkWidget *root, const char *question, const char *answer)
{
  GtkWidget *row = ui_find (root, IMP_TYPE_QUESTION_ROW, question);

  if (row == NULL)
    {
      ui_shot ("failure");
      g_error ("No question on screen: %s", question);
    }
  ui_click (row, answer);
}

/* Whatever takes the focus and is not named by anything is called by its class: a screen reader
 * says "GtkText". */
guint
ui_count_unnamed (GtkWidget *root)
{
  guint unnamed = 0;
  GtkAccessible *accessible = GTK_ACCESSIBLE (root);

  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return 0;
  if ((GTK_IS_TEXT (root)
       || (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) == NULL)
       || (GTK_IS_CHECK_BUTTON (root)
           && gtk_check_button_get_label (GTK_CHECK_BUTTON (root)) == NULL)
       || GTK_IS_SWITCH (root))
      && gtk_widget_get_focusable (root)
      && !gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (root)))
    {
      g_test_message ("Unnamed: %s in %s", G_OBJECT_TYPE_NAME (root),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (root)));
      unnamed++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    unnamed += ui_count_unnamed (child);
  return unnamed;
}

/* Pictures of what a test sees, for people to look at: only where a folder is named. */
void
ui_shot (const char *name)
{
  const char *folder = g_getenv ("IMPRIMATUR_SHOTS");
  g_autofree char *path = NULL;
  const char *command[] = { "import", "-window", "root", NULL, NULL };

  if (folder == NULL)
    return;
  ui_settle (400);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  command[3] = path;
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

/* A new register in a folder of its own, locked by a key file. */
ImpGate *
ui_gate_new (char **folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;
  ImpGate *gate = NULL;

  *folder = g_dir_make_tmp ("imprimatur-ui-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (*folder, "register.db", NULL);
  key = g_build_filename (*folder, "key", NULL);
  g_assert_true (g_file_set_contents_full (
      key, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 64,
      G_FILE_SET_CONTENTS_NONE, 0600, &error));
  gate = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, TRUE, &error);
  g_assert_no_error (error);
  return gate;
}

void
ui_gate_free (ImpGate *gate, char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  g_object_unref (gate);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (folder);
  g_free (folder);
}

void
ui_look_at_all (ImpPicture *picture)
{
  ImpFrame *frame = imp_picture_get_frame (picture);
  const ImpRect whole = { 0, 0, imp_frame_get_width (frame), imp_frame_get_height (frame) };
  ImpWindow window;

  imp_picture_set_looked_at (picture);
  imp_picture_add_seen (picture, imp_picture_get_drawn_window (picture, &window) ? &window : NULL,
                        &whole, 1);
}

typedef struct
{
  GtkWidget *root;
  UiCondition condition;
  gpointer data;
} Looking;

#define MAY_STAY "I looked: it may stay"

static gboolean
is_reached_or_asked (gpointer data)
{
  Looking *looking = data;

  return looking->condition (looking->data)
         || ui_find (looking->root, GTK_TYPE_BUTTON, MAY_STAY) != NULL;
}

/* Says on the way, of each place of the finished picture that is asked about, that it may stay. */
void
ui_wait_looking (GtkWidget *root, UiCondition condition, gpointer data, const char *what)
{
  Looking looking = { root, condition, data };

  for (guint i = 0; i < MOST_PLACES && !condition (data); i++)
    {
      ui_wait (is_reached_or_asked, &looking, what);
      if (ui_find (root, GTK_TYPE_BUTTON, MAY_STAY) != NULL)
        ui_click (root, MAY_STAY);
      ui_settle (200);
    }
  ui_wait (condition, data, what);
}

void
ui_let_stay (ImpGate *gate, ImpRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  g_autoptr (ImpRehearsal) rehearsal = imp_gate_rehearse_sync (gate, request, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; rehearsal->left != NULL && i < rehearsal->left->len; i++)
    {
      const ImpSuggestion *left = g_ptr_array_index (rehearsal->left, i);

      if (left->keep == IMP_KEEP_NO)
        g_array_append_val (places, left->rect);
    }
  imp_request_set_acknowledged (request, rehearsal->output_sha256,
                                (const ImpRect *)(void *)places->data, places->len);
}

/* A sample on the desk, looked at, and what it shows of its person covered. */
ImpPicture *
ui_picture_new (const char *sample)
{
  static const ImpRect STRIP = { 0, 0, 512, 46 }; /* the burned-in text of the X-ray */
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("IMP_SAMPLES"), sample, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);
  g_autoptr (ImpFrame) frame = NULL;
  ImpPicture *picture = NULL;

  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  picture = imp_picture_new (source, frame);
  if (g_str_equal (sample, "chest.dcm") || g_str_equal (sample, "refused.dcm"))
    imp_redaction_add (imp_picture_get_redaction (picture), &STRIP);
  ui_look_at_all (picture);
  return picture;
}

char *
ui_add_person (ImpGate *gate, const char *number, const char *name, const char *born)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_person_new ();

  person->hospital_number = g_strdup (number);
  person->name = g_strdup (name);
  person->born = g_strdup (born);
  imp_register_add_person (imp_gate_get_register (gate), person, &error);
  g_assert_no_error (error);
  return g_strdup (person->id);
}
