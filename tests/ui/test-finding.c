/* Finding in the register by keyboard: search, saved views, withdrawing from a result; on a real
 * encrypted file. */
#include <adwaita.h>

#include "imp-register-look-ups.h"
#include "imp-person-view.h"
#include "imp-register-list.h"
#include "imp-register-page.h"
#include "imp-task-row.h"
#include "imp-views.h"
#include "keeping-support.h"
#include "ui-test.h"

#define SEARCH "Find a person by number, name or date"

typedef struct
{
  ImpGate *gate;
  char *folder;
  char *person_id;
  GtkWidget *page;
  GtkWidget *window;
} Desk;

static ImpRegister *
people (Desk *desk)
{
  return imp_gate_get_register (desk->gate);
}

static void
desk_set_up (Desk *desk, gconstpointer width)
{
  int pixels = GPOINTER_TO_INT (width);

  desk->gate = ui_gate_new (&desk->folder);
  desk->person_id = ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1961-03-12");
  g_free (ui_add_person (desk->gate, "H198820", "SAMPLETON, Catherine", "1984-10-02"));
  g_free (ui_add_person (desk->gate, "H300300", "SAMPLE, Person C", "2012-05-06"));
  desk->page = imp_register_page_new ();
  desk->window = ui_window_new (desk->page, pixels, pixels == 1024 ? 594 : 722);
  imp_register_page_set_gate (IMP_REGISTER_PAGE (desk->page), desk->gate);
  ui_wait_for (desk->page, "3 people");
}

static gboolean
is_gone (gpointer data)
{
  return ((Desk *)data)->page == NULL;
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (desk->page), (gpointer *)&desk->page);
  ui_window_close (desk->window);
  ui_wait (is_gone, desk, "the end of the page");
  ui_gate_free (desk->gate, desk->folder);
  g_free (desk->person_id);
}

static void
press (Desk *desk, guint modifiers, guint key)
{
  ui_test_key (desk->page, modifiers, key);
  ui_settle (50);
}

/* The newest entries of the record of look-ups, newest first. */
static void
check_record (Desk *desk, const char *const *kinds, const char *opened)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) look_ups = imp_register_list_look_ups (people (desk), NULL, 0, 10, &error);

  g_assert_no_error (error);
  for (guint i = 0; kinds[i] != NULL; i++)
    g_assert_cmpstr (((ImpLookUp *)look_ups->pdata[i])->kind, ==, kinds[i]);
  g_assert_cmpstr (((ImpLookUp *)look_ups->pdata[0])->person_id, ==, opened);
}

static void
test_misspelt (Desk *desk, gconstpointer data)
{
  static const char *const KINDS[] = { "opened", "name", NULL };
  g_autoptr (ImpPerson) person = NULL;

  press (desk, GDK_CONTROL_MASK, GDK_KEY_f);
  ui_type (desk->page, SEARCH, "Kathryn Sampelton");
  ui_wait_for (desk->page, "Sounds alike");
  ui_wait_for (desk->page, "1 person");
  press (desk, 0, GDK_KEY_Return);
  ui_wait_for (desk->page, "What may be used for what");
  person = imp_register_find_by_number (people (desk), "H198820", NULL);
  check_record (desk, KINDS, person->id);
  ui_shot ("finding-1-misspelt");
  ui_type (desk->page, SEARCH, "nobody at all");
  ui_wait_for (desk->page, "Nobody found.");
  ui_shot ("finding-1-nobody");

  /* Escape begins anew; what was typed goes when a view is looked at instead. */
  press (desk, GDK_CONTROL_MASK, GDK_KEY_f);
  press (desk, 0, GDK_KEY_Escape);
  ui_wait_for (desk->page, "3 people");
  ui_type (desk->page, SEARCH, "nobody at all");
  ui_wait_for (desk->page, "Nobody found.");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_2);
  ui_wait_for (desk->page, "Nothing to do here.");
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (ui_find (desk->page, GTK_TYPE_SEARCH_ENTRY, SEARCH))),
      ==, "");
}

static char *
permit (Desk *desk, const char *expires, const char *evidence)
{
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autoptr (GError) error = NULL;

  permission->person_id = g_strdup (desk->person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->given = g_strdup ("2026-01-05");
  permission->expires = g_strdup (expires);
  permission->evidence = g_strdup (evidence);
  permission->evidence_reference = g_strdup (evidence != NULL ? "folder 7" : NULL);
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (people (desk), permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

static char *
last_of_month (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) next = g_date_time_add_months (now, 1);
  g_autoptr (GDateTime) last = g_date_time_add_days (next, -g_date_time_get_day_of_month (next));

  return g_date_time_format (last, "%Y-%m-%d");
}

static gboolean
is_counted (gpointer data)
{
  return ui_find (((Desk *)data)->page, GTK_TYPE_LIST_BOX_ROW, "Withdrawn, still out there, 1")
         != NULL;
}

/* Each view by its key; the counts stand beside the names. */
static void
test_views (Desk *desk, gconstpointer data)
{
  static const char *const KINDS[] = { "opened", "view", NULL };
  g_autofree char *expires = last_of_month ();
  g_autofree char *expiring = permit (desk, expires, "signed-paper");
  g_autofree char *bare = permit (desk, NULL, NULL);
  g_autofree char *export_id = keep_release (desk->gate, desk->folder, desk->person_id, "a.png");
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_register_withdraw (people (desk), expiring, NULL, NULL, &error));
  g_free (permit (desk, expires, "signed-paper"));
  gtk_widget_set_visible (desk->page, FALSE);
  gtk_widget_set_visible (desk->page, TRUE);
  ui_wait_for (desk->page, "3 people");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_2);
  ui_wait_for (desk->page, "1 entry");
  ui_wait_for (desk->page, "EXAMPLE, Person A · H204417");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_3);
  ui_wait (is_counted, desk, "the number beside the view");
  ui_wait_for (desk->page, "1 entry");
  ui_settle (300);
  ui_shot ("finding-2-withdrawn");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_4);
  ui_wait_for (desk->page, "Nothing to do here.");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_6);
  ui_wait_for (desk->page, "1 entry");
  press (desk, 0, GDK_KEY_Return);
  ui_wait_for (desk->page, "What may be used for what");
  check_record (desk, KINDS, desk->person_id);
  ui_shot ("finding-3-missing-evidence");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_5);
  ui_wait_for (desk->page, "Waiting for a second person");
  ui_settle (300);
  ui_shot ("finding-4-waiting");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_8);
  ui_wait_for (desk->page, "1 entry");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_0);
  ui_wait_for (desk->page, "The ledger is whole: each of its 2 rows follows from the one before.");
  ui_shot ("finding-5-ledger");
}

/* From the row of a search: Delete, and the answer to one question. */
static void
test_withdraw_by_key (Desk *desk, gconstpointer data)
{
  g_autofree char *id = permit (desk, NULL, "signed-paper");
  g_autoptr (ImpPermission) permission = NULL;

  ui_type (desk->page, SEARCH, "H204417");
  ui_wait_for (desk->page, "1 person");
  ui_type (desk->page, SEARCH, "H204417 ");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_f);
  press (desk, 0, GDK_KEY_Return);
  ui_wait_for (desk->page, "What may be used for what");
  press (desk, 0, GDK_KEY_Delete);
  ui_settle (600);
  ui_shot ("finding-6-withdraw");
  keep_respond ("go");
  ui_settle (600);
  permission = imp_register_get_permission (people (desk), id, NULL);
  g_assert_cmpint (permission->state, ==, IMP_PERMISSION_WITHDRAWN);
}

/* Whoever is not in the list that was asked for is not shown beside it, with live buttons. */
static void
test_nobody_found (Desk *desk, gconstpointer data)
{
  ui_type (desk->page, SEARCH, "H204417");
  ui_wait_for (desk->page, "1 person");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_f);
  press (desk, 0, GDK_KEY_Return);
  ui_wait_for (desk->page, "What may be used for what");
  ui_type (desk->page, SEARCH, "H2044");
  ui_wait_for (desk->page, "A number begins so");
  g_assert_true (ui_sees (desk->page, "What may be used for what")); /* is still in the list */
  ui_type (desk->page, SEARCH, "zzzqqq");
  ui_wait_for (desk->page, "Nobody found.");
  g_assert_false (ui_sees (desk->page, "What may be used for what"));
  g_assert_null (ui_find (desk->page, GTK_TYPE_BUTTON, "Record consent…"));
  g_assert_true (ui_sees (desk->page, "Nobody chosen"));
  ui_shot ("finding-8-nobody");
  /* What was begun is not thrown away. */
  ui_type (desk->page, SEARCH, "H204417");
  ui_wait_for (desk->page, "1 person");
  press (desk, GDK_CONTROL_MASK, GDK_KEY_f);
  press (desk, 0, GDK_KEY_Return);
  ui_wait_for (desk->page, "What may be used for what");
  ui_click (desk->page, "Record consent…");
  ui_type (desk->page, SEARCH, "zzzqqq");
  ui_wait_for (desk->page, "Nobody found.");
  g_assert_true (ui_sees (desk->page, "Record what was said"));

  /* Nor does a date that is begun beside its entry end up in the search. */
  gtk_widget_grab_focus (ui_find (desk->page, GTK_TYPE_BUTTON, "Record it"));
  press (desk, 0, GDK_KEY_slash);
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (desk->window)),
                                             IMP_TYPE_PERSON_VIEW));
}

/* Tab goes from the views to what is in the view, and from there to who was opened: the arrows
 * alone choose another. */
static void
test_tab_leaves_the_lists (Desk *desk, gconstpointer data)
{
  GtkWidget *focus = NULL;

  g_free (permit (desk, NULL, NULL));
  press (desk, GDK_CONTROL_MASK, GDK_KEY_6);
  ui_wait_for (desk->page, "1 entry");
  press (desk, 0, GDK_KEY_Tab);
  g_assert_true (ui_sees (desk->page, "Missing evidence"));
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  for (guint i = 0; i < 2 && gtk_widget_get_ancestor (focus, IMP_TYPE_REGISTER_LIST) == NULL; i++)
    {
      press (desk, 0, GDK_KEY_Tab); /* the button between the lists */
      focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
    }
  g_assert_nonnull (gtk_widget_get_ancestor (focus, IMP_TYPE_REGISTER_LIST));
  ui_wait_for (desk->page, "What may be used for what");
  g_assert_true (ui_sees (desk->page, "1 entry"));
  press (desk, GDK_CONTROL_MASK, GDK_KEY_1);
  ui_wait_for (desk->page, "3 people");
  press (desk, 0, GDK_KEY_Return);
  ui_wait_for (desk->page, "What may be used for what");
  press (desk, 0, GDK_KEY_Tab);
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, IMP_TYPE_PERSON_VIEW));
}

/* What still waits of somebody who was erased is not said to be anonymised, or nobody's. */
static void
test_erased (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpViewRow) row = imp_view_row_new ();
  GtkWidget *widget = NULL;

  row->day = g_strdup ("2026-11-23");
  row->copy = imp_copy_new ();
  row->copy->person_id = g_strdup ("aecbwmw1f2yppjvrze2y");
  row->copy->permission_id = g_strdup ("wc595g6fwdf4v0hw9w3t");
  row->copy->destination = g_strdup ("teaching-file");
  row->copy->state = IMP_COPY_LIVE;
  row->copy->urls = g_new0 (char *, 1);
  row->copy->dois = g_new0 (char *, 1);
  widget = g_object_ref_sink (imp_task_row_new (IMP_VIEW_WITHDRAWN, row));
  g_assert_true (ui_sees (widget, "A person who was erased"));
  g_assert_true (ui_sees (widget, "A permission that was erased"));
  g_object_unref (widget);
}

/* A locked register leaves nothing to be seen. */
static void
test_locked (Desk *desk, gconstpointer data)
{
  ui_type (desk->page, SEARCH, "sampleton");
  ui_wait_for (desk->page, "1 person");
  imp_register_page_set_gate (IMP_REGISTER_PAGE (desk->page), NULL);
  ui_wait_for (desk->page, "The register is locked");
  g_assert_false (ui_sees (desk->page, "EXAMPLE, Person A"));
  ui_shot ("finding-7-locked");
  imp_register_page_set_gate (IMP_REGISTER_PAGE (desk->page), desk->gate);
  ui_wait_for (desk->page, "3 people");
  g_assert_cmpuint (ui_count_unnamed (desk->page), ==, 0);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test, width)                                                                     \
  g_test_add (path, Desk, GINT_TO_POINTER (width), desk_set_up, test, desk_tear_down)
  ADD ("/ui/finding/misspelt", test_misspelt, 1024);
  ADD ("/ui/finding/views", test_views, 1366);
  ADD ("/ui/finding/withdraw-by-key", test_withdraw_by_key, 1366);
  ADD ("/ui/finding/nobody-found", test_nobody_found, 1366);
  ADD ("/ui/finding/tab", test_tab_leaves_the_lists, 1366);
  ADD ("/ui/finding/erased", test_erased, 1024);
  ADD ("/ui/finding/locked", test_locked, 1024);
#undef ADD
  return g_test_run ();
}
