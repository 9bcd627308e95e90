/* Evidence in the window: added, looked at, and let out only where it is no picture; from the click
 * to what stands in the register and on the disk. */
#include "imp-evidence-list.h"
#include "imp-register-evidence.h"
#include "imp-scan-row.h"
#include "ui-form.h"
#include "ui-person.h"
#include "ui-test.h"

static const char PDF[] = UI_FORM;

static GtkWidget *
get_list (GtkWidget *root)
{
  if (IMP_IS_EVIDENCE_LIST (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = get_list (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The page of the only permission. */
static void
open_page (UiPerson *desk, const char *id)
{
  GtkWidget *row = NULL;

  ui_person_show (desk);
  row = ui_find (desk->view, ADW_TYPE_ACTION_ROW, "Teaching inside the organisation");
  g_assert_true (gtk_widget_activate_action (row, "permissions.act", "(ss)", id, "details"));
  ui_wait_for (desk->view, "Recorded: Agreed");
}

static void
unfold (UiPerson *desk)
{
  GtkWidget *child = gtk_widget_get_first_child (get_list (desk->view));

  for (child = gtk_widget_get_first_child (child); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_EXPANDER (child))
      gtk_expander_set_expanded (GTK_EXPANDER (child), TRUE);
  ui_settle (100);
}

static void
add_scan (UiPerson *desk, const char *kind, GFile *file)
{
  unfold (desk);
  ui_choose (desk->view, "Evidence", kind);
  imp_scan_row_set_file (IMP_SCAN_ROW (ui_find (desk->view, IMP_TYPE_SCAN_ROW, "Scan")), file);
  ui_click (desk->view, "Keep it with the permission");
}

static GPtrArray *
kept (UiPerson *desk, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = imp_register_list_evidence (ui_person_register (desk), id, &error);

  g_assert_no_error (error);
  return list;
}

static GtkWidget *
find_picture (GtkWidget *root)
{
  if (GTK_IS_PICTURE (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_picture (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (window)), "Evidence") == 0)
        return window;
    }
  return NULL;
}

static gboolean
shows_picture (gpointer data)
{
  GtkWidget *window = get_window ();

  return window != NULL && gtk_picture_get_paintable (GTK_PICTURE (find_picture (window))) != NULL;
}

/* A picture is decoded and shown, whole and at full size, and never offered to be saved. */
static void
test_picture (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autofree char *path = g_build_filename (g_getenv ("IMP_SAMPLES"), "phone-photo.jpg", NULL);
  g_autoptr (GFile) photo = g_file_new_for_path (path);
  g_autoptr (GPtrArray) list = NULL;
  GdkPaintable *shown = NULL;
  int width = 0;
  GtkWidget *picture = NULL;

  open_page (desk, id);
  ui_wait_for (desk->view, "No scan and no signature is kept here.");
  ui_shot ("evidence-1-none");
  add_scan (desk, "A letter or an e-mail", photo);
  ui_wait_for (desk->view, "Picture, JPEG");
  list = kept (desk, id);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ImpAttachment *)list->pdata[0])->kind, ==, "letter");
  g_assert_null (ui_find (desk->view, GTK_TYPE_BUTTON, "Save a copy…"));
  g_assert_cmpuint (ui_count_unnamed (desk->view), ==, 0);
  ui_shot ("evidence-2-kept");
  ui_click (desk->view, "Look at it");
  ui_wait (shows_picture, NULL, "the scan");
  picture = find_picture (get_window ());
  g_assert_true (gtk_picture_get_can_shrink (GTK_PICTURE (picture)));
  shown = gtk_picture_get_paintable (GTK_PICTURE (picture));
  width = gdk_paintable_get_intrinsic_width (shown);
  ui_shot ("evidence-3-fit");
  {
    GtkWidget *button = ui_find (get_window (), GTK_TYPE_TOGGLE_BUTTON, "Full size");

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  }
  ui_settle (200);
  g_assert_cmpint (gtk_widget_get_width (picture), >=, width);
  ui_shot ("evidence-4-full");
  /* Locking the register takes the scan off the screen. */
  imp_person_view_set_gate (IMP_PERSON_VIEW (desk->view), NULL);
  ui_settle (100);
  g_assert_null (get_window ());
}

/* The helper decides what a picture is: what it cannot show is not kept. */
static void
test_broken (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autoptr (GFile) broken = ui_person_write (desk, "form.png", "\x89PNG\r\n\x1a\n no picture", -1);
  g_autoptr (GPtrArray) list = NULL;

  open_page (desk, id);
  add_scan (desk, "A signed paper form", broken);
  ui_settle (1500);
  ui_shot ("evidence-5-broken");
  list = kept (desk, id);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_nonnull (ui_find (desk->view, IMP_TYPE_SCAN_ROW, "Scan"));
}

static gboolean
shows_other (gpointer before)
{
  return shows_picture (NULL)
         && gtk_picture_get_paintable (GTK_PICTURE (find_picture (get_window ()))) != before;
}

/* A form is drawn page by page; what it does not bring is said. */
static void
test_pages (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autoptr (GFile) form = ui_person_write (desk, "form.pdf", PDF, -1);
  g_autoptr (GFile) empty = ui_person_write (desk, "empty.pdf", "%PDF-1.4\n%%EOF\n", -1);
  g_autoptr (GPtrArray) list = NULL;
  GdkPaintable *first = NULL;
  GtkWidget *window = NULL;

  open_page (desk, id);
  add_scan (desk, "A signed paper form", empty);
  ui_wait_for (desk->view, "The PDF is damaged");
  ui_shot ("evidence-7-damaged");
  list = kept (desk, id);
  g_assert_cmpuint (list->len, ==, 0);
  add_scan (desk, "A signed paper form", form);
  ui_wait_for (desk->view, "PDF · ");
  ui_click (desk->view, "Look at it");
  ui_wait (shows_picture, NULL, "the form");
  window = get_window ();
  first = gtk_picture_get_paintable (GTK_PICTURE (find_picture (window)));
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (first), ==, 834); /* 400 points, 150 dpi */
  ui_wait_for (window, "Page 1 of 2");
  ui_wait_for (window, "The form uses a font that it does not bring");
  g_assert_cmpuint (ui_count_unnamed (window), ==, 0);
  ui_shot ("evidence-8-form");
  ui_click (window, "Next page");
  ui_wait (shows_other, first, "the second page");
  ui_wait_for (window, "Page 2 of 2");
  ui_shot ("evidence-9-second-page");
  g_assert_false (gtk_widget_get_sensitive (ui_find (window, GTK_TYPE_BUTTON, "Next page")));
  ui_click (window, "Page before");
  ui_wait_for (window, "Page 1 of 2");
}

/* A PDF leaves as it came, by the records verb, which writes it into the ledger. */
static void
test_pdf (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autoptr (GFile) form = ui_person_write (desk, "form.pdf", PDF, -1);
  g_autofree char *path = g_build_filename (desk->folder, "copy.pdf", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *ledger = NULL;
  gsize length = 0;

  open_page (desk, id);
  add_scan (desk, "A signed paper form", form);
  ui_wait_for (desk->view, "PDF · ");
  list = kept (desk, id);
  imp_evidence_list_save_copy (IMP_EVIDENCE_LIST (get_list (desk->view)),
                               ((ImpAttachment *)list->pdata[0])->id, target);
  ui_wait_for (desk->view, "A copy is saved, which you alone can read.");
  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (bytes, length, PDF, sizeof PDF - 1);
  rows = imp_gate_ledger_list_sync (desk->gate, 1, &error);
  ledger = g_variant_print (rows, FALSE);
  g_assert_nonnull (strstr (ledger, "evidence"));
  /* It is there already: the gate refuses, and the sentence is shown. */
  imp_evidence_list_save_copy (IMP_EVIDENCE_LIST (get_list (desk->view)),
                               ((ImpAttachment *)list->pdata[0])->id, target);
  ui_wait_until_gone (desk->view, "A copy is saved, which you alone can read.");
}

/* Signed later, on the page; looked at again, and saved as a drawing. */
static void
test_signature (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autofree char *path = g_build_filename (desk->folder, "copy.svg", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *svg = NULL;
  GtkWidget *area = NULL;

  open_page (desk, id);
  unfold (desk);
  ui_choose (desk->view, "Evidence", "A signature on a screen");
  ui_settle (200);
  area = ui_find (desk->view, GTK_TYPE_DRAWING_AREA, "Signature: nothing is drawn yet");
  g_assert_nonnull (area);
  ui_test_drag (area, 1, 20, 20, 100, 60);
  ui_click (desk->view, "Keep it with the permission");
  ui_wait_for (desk->view, "Drawn on the screen");
  list = kept (desk, id);
  g_assert_cmpuint (list->len, ==, 1);
  ui_click (desk->view, "Look at it");
  ui_settle (200);
  g_assert_nonnull (ui_find (get_window (), GTK_TYPE_DRAWING_AREA, "Signature: drawn"));
  ui_shot ("evidence-6-signature");
  gtk_window_close (GTK_WINDOW (get_window ()));
  imp_evidence_list_save_copy (IMP_EVIDENCE_LIST (get_list (desk->view)),
                               ((ImpAttachment *)list->pdata[0])->id, target);
  ui_wait_for (desk->view, "A copy is saved, which you alone can read.");
  g_assert_true (g_file_get_contents (path, &svg, NULL, NULL));
  g_assert_nonnull (strstr (svg, "<svg"));
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test)                                                                            \
  g_test_add (path, UiPerson, NULL, ui_person_set_up, test, ui_person_tear_down)
  ADD ("/article/row-30/picture-is-looked-at-in-the-window", test_picture);
  ADD ("/ui/evidence/broken", test_broken);
  ADD ("/article/row-30/form-is-looked-at-in-the-window", test_pages);
  ADD ("/article/row-30/pdf-leaves-by-the-door", test_pdf);
  ADD ("/ui/evidence/signature", test_signature);
#undef ADD
  return g_test_run ();
}
