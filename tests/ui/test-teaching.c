/* Sessions of the teaching file by the window: from a folder of files to what then stands in the
 * register, and back; on a real encrypted file, with the real helper. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-keeping.h"
#include "imp-register-curation.h"
#include "imp-teaching-new.h"
#include "imp-teaching-page.h"
#include "imp-teaching-place.h"
#include "imp-teaching-tile.h"
#include "keeping-support.h"
#include "ui-test.h"

#define TITLE "Chest, first evening"
#define NUMBER "H204417" /* as the sample has it: data/sample/make-sample.py */

typedef struct
{
  ImpGate *gate;
  char *folder;
  char *files; /* what a session takes in */
  char *person_id;
  GtkWidget *place;
  GtkWidget *window;
  guint n_opened;
  guint opened;
} Desk;

static ImpRegister *
people (Desk *desk)
{
  return imp_gate_get_register (desk->gate);
}

static void
put (Desk *desk, const char *name, const char *from)
{
  g_autofree char *path = g_build_filename (desk->files, name, NULL);
  g_autofree char *source =
      from != NULL ? g_build_filename (g_getenv ("IMP_SAMPLES"), from, NULL) : NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (source != NULL)
    g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (source != NULL ? g_file_set_contents (path, bytes, (gssize)length, NULL)
                                : g_file_set_contents (path, "no picture", -1, NULL));
}

static void
on_open_item (Desk *desk, ImpCuration *curation, guint index)
{
  desk->n_opened++;
  desk->opened = index;
}

static void
show_place (Desk *desk)
{
  desk->place = imp_teaching_place_new ();
  g_signal_connect_swapped (desk->place, "open-item", G_CALLBACK (on_open_item), desk);
  desk->window = ui_window_new (desk->place, 1024, 640);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->gate = ui_gate_new (&desk->folder);
  desk->files = g_dir_make_tmp ("imprimatur-files-XXXXXX", NULL);
  put (desk, "a.dcm", "chest.dcm");
  put (desk, "b.jpg", "phone-photo.jpg");
  put (desk, "c.txt", NULL);
  desk->person_id = ui_add_person (desk->gate, NUMBER, "EXAMPLE, Person A", "1961-03-12");
  show_place (desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  static const char *const NAMES[] = { "a.dcm", "b.jpg", "c.txt" };

  ui_window_close (desk->window);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = g_build_filename (desk->files, NAMES[i], NULL);

      g_unlink (path);
    }
  g_rmdir (desk->files);
  g_free (desk->files);
  g_free (desk->person_id);
  ui_gate_free (desk->gate, desk->folder);
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The only session that there is. */
static char *
get_session (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = imp_register_list_curations (people (desk), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  return g_strdup (((ImpCurationRecord *)g_ptr_array_index (records, 0))->id);
}

static GPtrArray *
get_items (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = get_session (desk);
  GPtrArray *items = imp_register_list_curation_items (people (desk), id, &error);

  g_assert_no_error (error);
  return items;
}

/* What stands in the register of one file. */
static void
assert_stored (Desk *desk, const char *name, ImpCurationState state, const char *reason)
{
  g_autoptr (GPtrArray) items = get_items (desk);
  guint n_found = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const ImpCurationItem *item = g_ptr_array_index (items, i);

      if (!g_str_has_suffix (item->path, name))
        continue;
      n_found++;
      g_assert_cmpint (item->state, ==, state);
      if (reason != NULL)
        g_assert_cmpstr (item->reason, ==, reason);
    }
  g_assert_cmpuint (n_found, ==, 1);
}

/* As an editor begins one: a title, then a folder. */
static void
begin (Desk *desk)
{
  g_autoptr (GFile) folder = g_file_new_for_path (desk->files);

  imp_teaching_place_set_gate (IMP_TEACHING_PLACE (desk->place), desk->gate);
  ui_wait_for (desk->window, "No session yet");
  ui_shot ("teaching-1-none");
  ui_click (desk->window, "New session…");
  ui_type (desk->window, "Title", TITLE);
  imp_teaching_new_add (IMP_TEACHING_NEW (find_type (desk->window, IMP_TYPE_TEACHING_NEW)), folder);
  ui_shot ("teaching-2-new");
  ui_click (desk->window, "Begin the session");
  ui_wait_for (desk->window, "0 cleared · 2 to do · 1 set aside");
  ui_wait_for (desk->window, "Saved in the register");
}

static void
press (Desk *desk, guint key)
{
  ui_test_key (desk->window, 0, key);
  ui_settle (100);
}

static void
answer_reason (const char *reason)
{
  GtkWidget *dialog = keep_dialog ();

  ui_type (dialog, "Reason", reason);
  keep_respond ("go");
}

/* Tiles of pictures that are in the grid; others are kept for recycling. */
static guint
count_tiles (GtkWidget *root)
{
  guint count =
      IMP_IS_TEACHING_TILE (root) && imp_teaching_tile_get_item (IMP_TEACHING_TILE (root)) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_tiles (child);
  return count;
}

/* How many of them show a small picture that has something in it. */
static guint
count_pictures (GtkWidget *root)
{
  guint count =
      GTK_IS_PICTURE (root) && gtk_picture_get_paintable (GTK_PICTURE (root)) != NULL
      && gdk_paintable_get_intrinsic_width (gtk_picture_get_paintable (GTK_PICTURE (root))) > 32;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_pictures (child);
  return count;
}

static gboolean
has_pictures (gpointer data)
{
  return count_pictures (data) == 2;
}

static void
open_first (Desk *desk)
{
  GtkWidget *row = NULL;

  ui_wait_for (desk->window, TITLE);
  row = ui_find (desk->window, ADW_TYPE_ACTION_ROW, TITLE);
  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  ui_wait_for (desk->window, "Picture 1 of 3");
  ui_wait_for (desk->window, "Saved in the register");
}

/* ---- tests ---- */

static void
test_journey (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;

  begin (desk);
  items = get_items (desk);
  g_assert_cmpuint (items->len, ==, 3);
  assert_stored (desk, "a.dcm", IMP_CURATION_NEW, NULL);
  assert_stored (desk, "b.jpg", IMP_CURATION_NEW, NULL);
  assert_stored (desk, "c.txt", IMP_CURATION_SET_ASIDE, NULL);
  g_assert_true (ui_sees (desk->window, "Picture 1 of 3"));
  g_assert_true (ui_sees (desk->window, NUMBER));
  g_assert_true (ui_sees (desk->window, "No permission: anonymised way"));
  g_assert_cmpuint (count_tiles (desk->window), ==, 3);
  g_assert_cmpuint (ui_count_unnamed (desk->window), ==, 0);
  ui_wait (has_pictures, desk->window, "the small pictures");
  ui_shot ("teaching-3-session");

  press (desk, GDK_KEY_Return);
  g_assert_cmpuint (desk->n_opened, ==, 1);
  g_assert_cmpuint (desk->opened, ==, 0);
  press (desk, GDK_KEY_n);
  g_assert_true (ui_sees (desk->window, "Picture 2 of 3"));
  press (desk, GDK_KEY_n); /* round: the third is not to do */
  g_assert_true (ui_sees (desk->window, "Picture 1 of 3"));
  press (desk, GDK_KEY_p);
  g_assert_true (ui_sees (desk->window, "Picture 2 of 3"));
  press (desk, GDK_KEY_Left);
  g_assert_true (ui_sees (desk->window, "Picture 1 of 3"));

  press (desk, GDK_KEY_s);
  ui_shot ("teaching-4-reason");
  answer_reason ("Rotated");
  ui_wait_for (desk->window, "0 cleared · 1 to do · 2 set aside");
  ui_wait_for (desk->window, "Saved in the register");
  assert_stored (desk, "a.dcm", IMP_CURATION_SET_ASIDE, "Rotated");
  g_assert_true (ui_sees (desk->window, "Rotated"));

  ui_click (desk->window, "Set aside");
  g_assert_cmpuint (count_tiles (desk->window), ==, 2);
  ui_shot ("teaching-5-aside");
  ui_click (desk->window, "Cleared");
  g_assert_true (ui_sees (desk->window, "No picture is cleared yet"));
  ui_click (desk->window, "Problems");
  g_assert_cmpuint (count_tiles (desk->window), ==, 1);
  g_assert_true (ui_sees (desk->window, "Picture 3 of 3"));
  ui_shot ("teaching-6-problem");
  press (desk, GDK_KEY_f);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (desk->window))
                 == ui_find (desk->window, GTK_TYPE_TOGGLE_BUTTON, "Problems"));

  /* Closed, and opened again from the list. */
  ui_click (desk->window, "_All sessions");
  open_first (desk);
  g_assert_true (ui_sees (desk->window, "0 cleared · 1 to do · 2 set aside"));
  g_assert_true (ui_sees (desk->window, "Rotated"));
  ui_click (desk->window, "_Use it again");
  ui_wait_for (desk->window, "0 cleared · 2 to do · 1 set aside");
  ui_wait_for (desk->window, "Saved in the register");
  assert_stored (desk, "a.dcm", IMP_CURATION_NEW, NULL);
}

/* The program ends in the middle: whoever opens the register again finds what was stored. */
static void
test_quit (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "register.db", NULL);
  g_autofree char *key = g_build_filename (desk->folder, "key", NULL);
  g_autoptr (GError) error = NULL;

  begin (desk);
  press (desk, GDK_KEY_s);
  answer_reason ("Twice there");
  ui_wait_for (desk->window, "0 cleared · 1 to do · 2 set aside");
  ui_window_close (desk->window);
  ui_settle (200);
  g_object_unref (desk->gate);
  desk->gate = imp_gate_open_sync (path, IMP_GATE_KEY_FILE, key, FALSE, &error);
  g_assert_no_error (error);
  show_place (desk);
  imp_teaching_place_set_gate (IMP_TEACHING_PLACE (desk->place), desk->gate);
  ui_wait_for (desk->window, TITLE);
  ui_shot ("teaching-7-list");
  open_first (desk);
  g_assert_true (ui_sees (desk->window, "0 cleared · 1 to do · 2 set aside"));
  g_assert_true (ui_sees (desk->window, "Twice there"));
}

/* Nothing of a session stays in the window once the register is locked. */
static void
test_locked (Desk *desk, gconstpointer data)
{
  begin (desk);
  imp_teaching_place_set_gate (IMP_TEACHING_PLACE (desk->place), NULL);
  ui_wait_for (desk->window, "The register is locked");
  ui_shot ("teaching-8-locked");
  g_assert_false (ui_sees (desk->window, TITLE));
  g_assert_cmpuint (count_tiles (desk->window), ==, 0);
  g_assert_cmpuint (count_pictures (desk->window), ==, 0);
  g_assert_null (imp_teaching_page_get_curation (
      IMP_TEACHING_PAGE (find_type (desk->window, IMP_TYPE_TEACHING_PAGE))));
}

/* A "no" while the session is open is told at once. */
static void
test_objection (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_free (keep_agree (desk->gate, desk->person_id));
  begin (desk);
  g_assert_true (ui_sees (desk->window, "Teaching permission"));
  imp_register_set_objection (people (desk), desk->person_id, TRUE, NULL, &error);
  g_assert_no_error (error);
  imp_teaching_place_refresh (IMP_TEACHING_PLACE (desk->place));
  ui_wait_for (desk->window, "Refused or withdrawn: locked");
  g_assert_true (ui_sees (desk->window, "The person objects to any use"));
  ui_shot ("teaching-9-objection");
}

/* What could not be stored is told, kept, and never shown as if it had been. */
static void
test_not_stored (Desk *desk, gconstpointer data)
{
  begin (desk);
  imp_gate_lock (desk->gate);
  press (desk, GDK_KEY_s);
  answer_reason ("Rotated");
  ui_wait_for (desk->window, "Not all is saved");
  ui_shot ("teaching-10-not-stored");
  g_assert_true (ui_sees (desk->window, "0 cleared · 2 to do · 1 set aside"));
  g_assert_nonnull (ui_find (desk->window, GTK_TYPE_BUTTON, "Try again"));
}

/* A reason is asked for, and what is set aside without one is not. */
static void
test_no_reason (Desk *desk, gconstpointer data)
{
  begin (desk);
  press (desk, GDK_KEY_s);
  answer_reason ("  ");
  ui_wait_for (desk->window, "Say why the picture is set aside");
  ui_wait_for (desk->window, "Saved in the register");
  assert_stored (desk, "a.dcm", IMP_CURATION_NEW, NULL);
}

/* Other bytes lie there since it was worked on, and one file has gone. */
static void
test_files_changed (Desk *desk, gconstpointer data)
{
  static const char *const NAMES[] = { "a.dcm", "b.jpg" };
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *gone = g_build_filename (desk->files, "b.jpg", NULL);

  begin (desk);
  ui_click (desk->window, "_All sessions");
  items = get_items (desk);
  for (guint i = 0; i < items->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (NAMES); j++)
      {
        ImpCurationItem *item = g_ptr_array_index (items, i);
        g_autofree char *bytes = NULL;
        gsize length = 0;

        if (!g_str_has_suffix (item->path, NAMES[j]))
          continue;
        g_assert_true (g_file_get_contents (item->path, &bytes, &length, NULL));
        item->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)bytes, length);
        imp_register_set_curation_file (people (desk), item, &error);
        g_assert_no_error (error);
      }
  put (desk, "a.dcm", NULL);
  g_unlink (gone);
  open_first (desk);
  ui_wait_for (desk->window, "1 missing, 1 changed");
  ui_shot ("teaching-11-files");
  ui_click (desk->window, "Show");
  g_assert_cmpuint (count_tiles (desk->window), ==, 3);
  g_assert_true (ui_sees (desk->window, "Its file has changed since it was worked on"));
}

#define MANY 10000

static void
add_many (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = imp_curation_create_sync (desk->gate, TITLE, &error);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  for (guint i = 0; i < MANY; i++)
    {
      ImpCurationItem *item = imp_curation_item_new ();

      item->path = g_strdup_printf ("%s/missing-%u.dcm", desk->files, i);
      item->number = g_strdup_printf ("H%06u", i / 20);
      item->rows = item->columns = 64;
      item->n_frames = 1;
      g_ptr_array_add (items, item);
    }
  imp_register_add_curation_items (people (desk), id, NULL, items, &error);
  g_assert_no_error (error);
}

/* Ten thousand pictures are rows of a model: only those near the screen have widgets. */
static void
test_many (Desk *desk, gconstpointer data)
{
  GtkWidget *row = NULL;

  add_many (desk);
  imp_teaching_place_set_gate (IMP_TEACHING_PLACE (desk->place), desk->gate);
  ui_wait_for (desk->window, TITLE);
  row = ui_find (desk->window, ADW_TYPE_ACTION_ROW, TITLE);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  ui_wait_for (desk->window, "Picture 1 of 10000");
  ui_wait_for (desk->window, "Saved in the register");
  g_assert_cmpuint (count_tiles (desk->window), <, 1000);
  press (desk, GDK_KEY_End);
  ui_wait_for (desk->window, "Picture 10000 of 10000");
  g_assert_cmpuint (count_tiles (desk->window), <, 1000);
  ui_shot ("teaching-12-many");
  /* The files are nowhere: each tile says so that was on screen. */
  ui_click (desk->window, "Problems");
  g_assert_cmpuint (count_tiles (desk->window), >, 0);
}

/* By the dialogs: a folder, which is taken out again, and a file. */
static void
test_chosen (Desk *desk, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (desk->files);
  g_autofree char *name = g_path_get_basename (desk->files);
  g_autofree char *out = g_strdup_printf ("Do not take in %s", name);
  g_autoptr (GPtrArray) items = NULL;

  imp_teaching_place_set_gate (IMP_TEACHING_PLACE (desk->place), desk->gate);
  ui_wait_for (desk->window, "No session yet");
  ui_click (desk->window, "New session…");
  ui_click (desk->window, "Begin the session");
  g_assert_true (ui_sees (desk->window, "Give the session a title"));
  ui_type (desk->window, "Title", TITLE);
  ui_click (desk->window, "Begin the session");
  g_assert_true (ui_sees (desk->window, "Choose a folder or files"));
  ui_click (desk->window, "Add a _folder…");
  keep_choose_file (parent, name);
  ui_wait_for (desk->window, name);
  ui_click (desk->window, "_Add files…");
  keep_choose_file (desk->files, "b.jpg");
  ui_wait_for (desk->window, "b.jpg");
  ui_click (desk->window, out);
  ui_click (desk->window, "Begin the session");
  ui_wait_for (desk->window, "Picture 1 of 1");
  items = get_items (desk);
  g_assert_cmpuint (items->len, ==, 1);
  assert_stored (desk, "b.jpg", IMP_CURATION_NEW, NULL);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test) g_test_add (path, Desk, NULL, set_up, test, tear_down)
  ADD ("/ui/teaching/journey", test_journey);
  ADD ("/ui/teaching/quit-and-resume", test_quit);
  ADD ("/ui/teaching/locked", test_locked);
  ADD ("/ui/teaching/objection", test_objection);
  ADD ("/ui/teaching/not-stored", test_not_stored);
  ADD ("/ui/teaching/no-reason", test_no_reason);
  ADD ("/ui/teaching/files-changed", test_files_changed);
  ADD ("/ui/teaching/many", test_many);
  ADD ("/ui/teaching/chosen", test_chosen);
#undef ADD
  return g_test_run ();
}
