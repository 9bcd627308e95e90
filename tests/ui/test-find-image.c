/* A picture that somebody found, from the window: whose it is, under which consent, and that the
 * look-up is written down. */
#include <adwaita.h>

#include "gate-accounts.h"
#include "imp-find-image-window.h"
#include "imp-keeping.h"
#include "keeping-support.h"

typedef struct
{
  ImpGate *gate;
  char *folder;
  char *person_id;
  char *export_id;
  char *chosen;
  GtkWidget *parent;
  GtkWidget *window;
} Desk;

static void
on_person_chosen (Desk *desk, const char *person_id)
{
  desk->chosen = g_strdup (person_id);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->gate = ui_gate_new (&desk->folder);
  desk->person_id = ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1961-03-12");
  g_free (keep_agree (desk->gate, desk->person_id));
  desk->export_id = keep_release (desk->gate, desk->folder, desk->person_id, "one.png");
  desk->parent = ui_window_new (gtk_label_new (NULL), 1024, 640);
  desk->window = imp_find_image_window_new (GTK_WINDOW (desk->parent), desk->gate);
  g_signal_connect_swapped (desk->window, "person-chosen", G_CALLBACK (on_person_chosen), desk);
  g_object_add_weak_pointer (G_OBJECT (desk->window), (gpointer *)&desk->window);
  gtk_window_present (GTK_WINDOW (desk->window));
  ui_settle (300);
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
  g_free (desk->person_id);
  g_free (desk->export_id);
  g_free (desk->chosen);
  ui_gate_free (desk->gate, desk->folder);
}

/* What the ledger has of look-ups by image: how many, and whether one of them found the export. */
static guint
count_look_ups (Desk *desk, gboolean *found)
{
  g_autoptr (GVariant) rows = imp_gate_ledger_list_sync (desk->gate, 100, NULL);
  guint count = 0;

  *found = FALSE;
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char *kind = NULL;
      const char *body = NULL;

      g_variant_lookup (row, "kind", "&s", &kind);
      g_variant_lookup (row, "body", "&s", &body);
      if (!g_str_equal (kind, "look-up") || strstr (body, "\"image\"") == NULL)
        continue;
      count++;
      *found = *found || strstr (body, desk->export_id) != NULL;
      g_assert_null (strstr (body, ".png"));
      g_assert_null (strstr (body, ".jpg"));
    }
  return count;
}

static void
choose (Desk *desk, const char *name)
{
  ui_click (desk->window, "_Choose a picture…");
  keep_choose_file (desk->folder, name);
}

static void
test_very_file (Desk *desk, gconstpointer data)
{
  gboolean found = FALSE;

  ui_shot ("find-1-asked");
  choose (desk, "one.png");
  ui_wait_for (desk->window, "This is the very file that left");
  g_assert_true (ui_sees (desk->window, "EXAMPLE, Person A · H204417"));
  g_assert_true (ui_sees (desk->window, "Teaching inside the organisation"));
  ui_shot ("find-2-exact");
  g_assert_cmpuint (count_look_ups (desk, &found), ==, 1);
  g_assert_true (found);
  ui_click (desk->window, "_Show the person");
  g_assert_cmpstr (desk->chosen, ==, desk->person_id);
  ui_settle (200);
  g_assert_null (desk->window);
}

/* Nothing but the chain of the ledger knows it then: whose it was is gone, and no button leads
 * there.
 */
static void
test_erased (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  imp_gate_erase_person_sync (desk->gate, desk->person_id, NULL, NULL, &error);
  g_assert_no_error (error);
  choose (desk, "one.png");
  ui_wait_for (desk->window, "The record of the person was erased since");
  g_assert_true (ui_sees (desk->window, "This is the very file that left"));
  g_assert_true (ui_sees (desk->window, "A person who was erased"));
  g_assert_false (ui_sees (desk->window, "EXAMPLE"));
  g_assert_false (ui_sees (desk->window, "H204417"));
  g_assert_null (ui_find (desk->window, GTK_TYPE_BUTTON, "_Show the person"));
  ui_shot ("find-7-erased");
  g_assert_cmpuint (count_look_ups (desk, &found), ==, 1);
  g_assert_true (found);
}

/* As a social network gives it back: smaller, recompressed, trimmed; by another program. */
static void
test_looks_alike (Desk *desk, gconstpointer data)
{
  g_autofree char *from = g_build_filename (desk->folder, "one.png", NULL);
  g_autofree char *to = g_build_filename (desk->folder, "found.jpg", NULL);
  const char *command[] = { "convert",     from,      "-gravity", "center", "-crop",
                            "94%x94%+0+0", "+repage", "-resize",  "60%",    "-quality",
                            "75",          to,        NULL };
  g_autofree char *said = keep_run (command);

  choose (desk, "found.jpg");
  ui_wait_for (desk->window, "It looks like this picture that left");
  g_assert_true (ui_sees (desk->window, "Compare them before you act"));
  g_assert_false (ui_sees (desk->window, "very file"));
  g_assert_false (ui_sees (desk->window, "ertain"));
  ui_shot ("find-3-alike");
}

static void
test_stranger (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "other.png", NULL);
  const char *command[] = { "convert", "-size", "400x300", "plasma:", path, NULL };
  g_autofree char *said = keep_run (command);
  gboolean found = FALSE;

  choose (desk, "other.png");
  ui_wait_for (desk->window, "No picture that left from here is known again");
  g_assert_cmpuint (count_look_ups (desk, &found), ==, 1);
  g_assert_false (found);
}

static void
test_no_picture (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "words.txt", NULL);

  g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  choose (desk, "words.txt");
  ui_wait_until_gone (desk->window, "Looking");
  ui_wait_for (desk->window, "file");
  g_assert_false (ui_sees (desk->window, "known again in this file"));
  ui_shot ("find-4-no-picture");
}

/* Stopped before there is an answer: nothing is told, and nothing is written of it. */
static void
test_stopped (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "one.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean found = FALSE;

  imp_find_image_window_look (IMP_FIND_IMAGE_WINDOW (desk->window), file);
  g_assert_nonnull (
      ui_find (desk->window, GTK_TYPE_PROGRESS_BAR, "Looking through everything that left"));
  g_assert_true (gtk_widget_activate_action (desk->window, "find.stop", NULL));
  ui_wait_for (desk->window, "The search was stopped");
  g_assert_null (
      ui_find (desk->window, GTK_TYPE_PROGRESS_BAR, "Looking through everything that left"));
  g_assert_false (ui_sees (desk->window, "EXAMPLE"));
  ui_shot ("find-6-stopped");
  g_assert_cmpuint (count_look_ups (desk, &found), ==, 0);

  /* And is asked again. */
  imp_find_image_window_look (IMP_FIND_IMAGE_WINDOW (desk->window), file);
  ui_wait_for (desk->window, "This is the very file that left");
  g_assert_cmpuint (count_look_ups (desk, &found), ==, 1);
}

/* An operator may not look up by image, and the window says so. */
static void
test_refused (Desk *desk, gconstpointer data)
{
  static const char *const PEOPLE[] = { "Kay Keeper", "Olga Operator" };
  g_autoptr (ImpSecond) keeper = imp_second_new (PEOPLE[0], "synthetic-1");
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    {
      g_autoptr (ImpSecond) fresh = imp_second_new (PEOPLE[i], "synthetic-1");
      const ImpUserChange change = { .act = IMP_USER_ADD,
                                     .name = PEOPLE[i],
                                     .roles = i == 0 ? IMP_ROLE_KEEPER : IMP_ROLE_OPERATOR };
      g_autoptr (ImpUser) user =
          imp_gate_change_user_sync (desk->gate, &change, NULL, fresh, &error);

      g_assert_no_error (error);
      imp_gate_sign_in_sync (desk->gate, fresh, &error);
      g_assert_no_error (error);
    }
  choose (desk, "one.png");
  ui_wait_for (desk->window, "auditor");
  ui_shot ("find-5-refused");
  g_assert_false (ui_sees (desk->window, "EXAMPLE"));
  imp_gate_sign_in_sync (desk->gate, keeper, &error); /* who may read the ledger */
  g_assert_no_error (error);
  g_assert_cmpuint (count_look_ups (desk, &found), ==, 0);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test) g_test_add (path, Desk, NULL, set_up, test, tear_down)
  ADD ("/ui/find-image/the-very-file", test_very_file);
  ADD ("/ui/find-image/looks-alike", test_looks_alike);
  ADD ("/ui/find-image/erased", test_erased);
  ADD ("/ui/find-image/stranger", test_stranger);
  ADD ("/ui/find-image/no-picture", test_no_picture);
  ADD ("/ui/find-image/stopped", test_stopped);
  ADD ("/ui/find-image/security-5-9/right-refused", test_refused);
#undef ADD
  return g_test_run ();
}
