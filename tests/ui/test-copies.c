/* What left, and asking it back, from the window: what then stands in register and ledger. */
#include <adwaita.h>

#include "gate-trace.h"
#include "imp-clock.h"
#include "imp-copies-list.h"
#include "imp-keeping.h"
#include "imp-paper-list.h"
#include "imp-receipt-view.h"
#include "imp-words.h"
#include "keeping-support.h"

typedef struct
{
  ImpGate *gate;
  char *folder;
  char *person_id;
  char *permission_id;
  char *export_id;
  char *title; /* of the copy's row */
  GtkWidget *list;
  GtkWidget *papers;
  GtkWidget *window;
} Desk;

static void
set_up (Desk *desk, gconstpointer kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *today = imp_clock_today ();
  g_autofree char *day = imp_words_date (today);

  desk->gate = ui_gate_new (&desk->folder);
  desk->person_id = ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1961-03-12");
  desk->permission_id = keep_agree (desk->gate, desk->person_id);
  desk->export_id = keep_release (desk->gate, desk->folder, desk->person_id, "one.png");
  desk->title = g_strdup_printf ("Teaching file · %s", day);
  desk->list = imp_copies_list_new ((ImpCopiesKind)GPOINTER_TO_UINT (kind));
  desk->papers = imp_paper_list_new ();
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), desk->list);
  gtk_box_append (GTK_BOX (box), desk->papers);
  desk->window = ui_window_new (box, 640, 560);
  imp_copies_list_show (IMP_COPIES_LIST (desk->list), desk->gate, desk->person_id);
  imp_paper_list_show (IMP_PAPER_LIST (desk->papers), desk->gate, desk->person_id);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  ui_window_close (desk->window);
  g_free (desk->person_id);
  g_free (desk->permission_id);
  g_free (desk->export_id);
  g_free (desk->title);
  ui_gate_free (desk->gate, desk->folder);
}

static ImpCopy *
the_copy (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  ImpCopy *copy = imp_gate_get_copy (desk->gate, desk->export_id, &error);

  g_assert_no_error (error);
  return copy;
}

/* The ledger's rows of a kind, and what they say beside the chain. */
static guint
count_rows (Desk *desk, const char *kind)
{
  g_autoptr (GVariant) rows = imp_gate_ledger_list_sync (desk->gate, 100, NULL);
  guint count = 0;

  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char *its = NULL;

      g_variant_lookup (row, "kind", "&s", &its);
      count += g_str_equal (its, kind);
    }
  return count;
}

static void
withdraw (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  imp_register_withdraw (imp_gate_get_register (desk->gate), desk->permission_id, NULL, "telephone",
                         &error);
  g_assert_no_error (error);
  imp_copies_list_refresh (IMP_COPIES_LIST (desk->list));
}

static void
test_where (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpCopy) copy = NULL;
  g_autoptr (ImpCopy) corrected = NULL;

  ui_wait_for (desk->list, "nobody has said where it went");
  keep_expand (desk->list, desk->title);
  ui_click (desk->list, "Where did it go?");
  ui_type (keep_dialog (), "Web addresses", "javascript:alert(1)");
  keep_respond ("go");
  /* What cannot be is said, and what was typed is still there. */
  ui_wait_for (keep_dialog (), "http");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       ui_find (keep_dialog (), ADW_TYPE_ENTRY_ROW, "Web addresses"))),
                   ==, "javascript:alert(1)");
  ui_type (keep_dialog (), "Journal, platform or course", "A course of examples");
  ui_type (keep_dialog (), "Web addresses", "https://course.example/7  https://course.example/8");
  ui_type (keep_dialog (), "DOIs", "https://doi.org/10.1000/182");
  ui_shot ("copies-1-where");
  keep_respond ("go");
  ui_wait_for (desk->list, "It is recorded where this picture went.");
  ui_wait_for (desk->list, "https://course.example/8");
  ui_shot ("copies-2-placed");
  copy = the_copy (desk);
  g_assert_cmpstr (copy->name, ==, "A course of examples");
  g_assert_cmpuint (g_strv_length (copy->urls), ==, 2);
  g_assert_cmpstr (copy->urls[0], ==, "https://course.example/7");
  g_assert_cmpstr (copy->dois[0], ==, "10.1000/182");
  ui_click (desk->list, "Where did it go?");
  ui_type (keep_dialog (), "Web addresses", "https://course.example/9");
  keep_respond ("go");
  ui_wait_until_gone (desk->list, "https://course.example/8");
  ui_wait_for (desk->list, "https://course.example/9");
  corrected = the_copy (desk);
  g_assert_cmpuint (g_strv_length (corrected->urls), ==, 1);
  g_assert_cmpstr (corrected->urls[0], ==, "https://course.example/9");
  g_assert_cmpuint (count_rows (desk, "placed"), ==, 2);
}

static void
test_take_down (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpCopy) asked = NULL;
  g_autoptr (ImpCopy) removed = NULL;

  withdraw (desk);
  ui_wait_for (desk->list, "to be taken down: the permission was withdrawn");
  keep_expand (desk->list, desk->title);
  ui_shot ("copies-3-task");
  ui_click (desk->list, "Asked today…");
  ui_type (keep_dialog (), "On which day", "no day at all");
  keep_respond ("go");
  ui_wait_for (keep_dialog (), "The day is not a date");
  ui_type (keep_dialog (), "On which day", desk->title + strlen ("Teaching file · "));
  ui_type (keep_dialog (), "How, and whom", "E-mail to the course");
  keep_respond ("go");
  ui_wait_for (desk->list, "It is recorded that somebody was asked.");
  ui_wait_for (desk->list, "last asked");
  asked = the_copy (desk);
  g_assert_cmpint (asked->state, ==, IMP_COPY_ASKED);
  g_assert_cmpuint (asked->n_chased, ==, 1);
  g_assert_nonnull (asked->task_reason);
  ui_click (desk->list, "Was taken down…");
  keep_respond ("go");
  ui_wait_for (desk->list, "It is recorded as taken down.");
  removed = the_copy (desk);
  g_assert_cmpint (removed->state, ==, IMP_COPY_REMOVED);
  g_assert_null (removed->task_reason);
  g_assert_cmpuint (count_rows (desk, "takedown"), ==, 2);
}

static void
test_cannot_and_stay (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpCopy) refused = NULL;
  g_autoptr (ImpCopy) stays = NULL;

  withdraw (desk);
  ui_wait_for (desk->list, "to be taken down");
  keep_expand (desk->list, desk->title);
  ui_click (desk->list, "May stay…");
  ui_type (keep_dialog (), "Why it may stay", "It was a mistake");
  keep_respond ("go");
  /* The withdrawal stands: the task cannot be dropped, and the sentence says so. */
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (keep_dialog ())), "no"));
  keep_respond ("cancel");
  refused = the_copy (desk);
  g_assert_nonnull (refused->task_reason);
  ui_click (desk->list, "Cannot be taken down…");
  keep_respond ("go");
  ui_type (keep_dialog (), "Why it stays", "It was printed");
  keep_respond ("go");
  ui_wait_for (desk->list, "It is recorded why this picture stays.");
  stays = the_copy (desk);
  g_assert_cmpint (stays->state, ==, IMP_COPY_CANNOT_BE_REMOVED);
}

static void
test_letter (Desk *desk, gconstpointer data)
{
  g_autofree char *path = g_build_filename (desk->folder, "letter.pdf", NULL);
  g_autofree char *words = NULL;

  withdraw (desk);
  ui_wait_for (desk->list, "to be taken down");
  keep_expand (desk->list, desk->title);
  ui_click (desk->list, "Letter…");
  ui_wait_for (keep_dialog (), "It names nobody.");
  ui_settle (300);
  ui_shot ("copies-4-letter");
  keep_respond ("save");
  keep_choose_file (desk->folder, "letter.pdf");
  ui_wait_for (desk->list, "Saved.");
  words = keep_words_of_pdf (path);
  g_assert_nonnull (strstr (words, desk->export_id));
  g_assert_null (strstr (words, "EXAMPLE"));
  g_assert_null (strstr (words, "H204417"));
  g_assert_cmpuint (keep_mode (path), ==, 0600);
}

static void
test_papers_of_an_export (Desk *desk, gconstpointer data)
{
  g_autofree char *receipt = g_build_filename (desk->folder, "receipt.pdf", NULL);
  g_autofree char *file = g_build_filename (desk->folder, "case.pdf", NULL);
  g_autofree char *picture = g_build_filename (desk->folder, "one.png", NULL);
  const char *command[] = { "sha256sum", picture, NULL };
  g_autofree char *sum = keep_run (command);
  g_autofree char *receipt_words = NULL;
  g_autofree char *case_words = NULL;

  sum[64] = '\0';
  ui_wait_for (desk->list, "Teaching file");
  keep_expand (desk->list, desk->title);
  g_assert_true (ui_sees (desk->list, sum));
  ui_click (desk->list, "Receipt…");
  keep_choose_file (desk->folder, "receipt.pdf");
  ui_wait_for (desk->list, "Saved.");
  receipt_words = keep_words_of_pdf (receipt);
  g_assert_null (strstr (receipt_words, "EXAMPLE"));
  g_assert_null (strstr (receipt_words, "H204417"));
  ui_click (desk->list, "Case file…");
  ui_wait_until_gone (desk->list, "Saved.");
  keep_choose_file (desk->folder, "case.pdf");
  ui_wait_for (desk->list, "Saved.");
  case_words = keep_words_of_pdf (file);
  g_assert_nonnull (strstr (case_words, "EXAMPLE, Person A"));
  g_assert_nonnull (strstr (case_words, desk->export_id));
}

/* Each paper of a person, by its button, the file dialog and the gate. */
static void
test_papers_of_a_person (Desk *desk, gconstpointer data)
{
  static const char *const PAPERS[][3] = {
    { "Consent form…", "form.pdf", "I take my permission back" },
    { "Patient’s copy…", "copy.pdf", "Teaching that is not public" },
    { "Withdrawal slip…", "slip.pdf", "No reason is needed" },
    { "All that is held…", "all.pdf", "EXAMPLE, Person A" },
  };
  g_autofree char *json = g_build_filename (desk->folder, "consents.json", NULL);
  g_autofree char *text = NULL;

  ui_wait_for (desk->list, "Teaching file");
  for (guint i = 0; i < G_N_ELEMENTS (PAPERS); i++)
    {
      g_autofree char *path = g_build_filename (desk->folder, PAPERS[i][1], NULL);
      g_autofree char *words = NULL;

      ui_click (desk->papers, PAPERS[i][0]);
      keep_choose_file (desk->folder, PAPERS[i][1]);
      ui_wait_for (desk->papers, "Saved.");
      words = keep_words_of_pdf (path);
      g_assert_nonnull (strstr (words, PAPERS[i][2]));
      g_assert_nonnull (strstr (words, "H204417"));
      g_assert_cmpuint (keep_mode (path), ==, 0600);
    }
  ui_shot ("copies-5-papers");
  ui_click (desk->papers, "Permissions as FHIR…");
  keep_choose_file (desk->folder, "consents.json");
  ui_wait_for (desk->papers, "Saved.");
  g_assert_true (g_file_get_contents (json, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"resourceType\""));
}

static void
test_paper_refused (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (desk->folder, "copy.pdf", NULL);

  /* Whose record was erased has no paper any more. */
  imp_gate_erase_person_sync (desk->gate, desk->person_id, NULL, NULL, &error);
  g_assert_no_error (error);
  ui_click (desk->papers, "Patient’s copy…");
  keep_choose_file (desk->folder, "copy.pdf");
  ui_wait_for (desk->papers, "person");
  g_assert_false (ui_sees (desk->papers, "Saved."));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Right after an export: the receipt as a page, and where the picture went, once and again. */
static void
test_receipt (Desk *desk, gconstpointer data)
{
  g_autoptr (ImpReceipt) receipt =
      keep_receipt (desk->gate, desk->folder, desk->person_id, "two.png");
  GtkWidget *view = imp_receipt_view_new ();
  g_autofree char *path = g_build_filename (desk->folder, "page.pdf", NULL);
  g_autofree char *words = NULL;
  g_autoptr (ImpCopy) copy = NULL;

  gtk_window_set_child (GTK_WINDOW (desk->window), view);
  imp_receipt_view_show (IMP_RECEIPT_VIEW (view), desk->gate, receipt, NULL);
  ui_click (view, "Save as a page…");
  keep_choose_file (desk->folder, "page.pdf");
  ui_wait_for (view, "The receipt is saved as a page.");
  words = keep_words_of_pdf (path);
  g_assert_nonnull (strstr (words, receipt->ledger_id));
  g_assert_null (strstr (words, "EXAMPLE"));
  ui_click (view, "Where did it go?");
  ui_type (keep_dialog (), "Web addresses", "https://course.example/7");
  keep_respond ("go");
  ui_wait_for (view, "It is recorded where this picture went.");
  ui_shot ("copies-8-receipt");
  /* What is known stands there already: nothing is lost where more is added. */
  ui_click (view, "Where did it go?");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       ui_find (keep_dialog (), ADW_TYPE_ENTRY_ROW, "Web addresses"))),
                   ==, "https://course.example/7");
  ui_type (keep_dialog (), "Journal, platform or course", "A course of examples");
  keep_respond ("go");
  ui_settle (500);
  copy = imp_gate_get_copy (desk->gate, receipt->ledger_id, NULL);
  g_assert_cmpstr (copy->name, ==, "A course of examples");
  g_assert_cmpstr (copy->urls[0], ==, "https://course.example/7");
  imp_receipt_view_clear (IMP_RECEIPT_VIEW (view));
}

/* The page of what is withdrawn and still out there, of everybody. */
static void
test_to_take_down (Desk *desk, gconstpointer data)
{
  ui_wait_for (desk->list, "Nothing is to be taken down");
  ui_shot ("copies-6-none");
  withdraw (desk);
  ui_wait_for (desk->list, "EXAMPLE, Person A · H204417");
  keep_expand (desk->list, desk->title);
  g_assert_true (ui_sees (desk->list, "Teaching inside the organisation"));
  ui_shot ("copies-7-to-take-down");
  ui_click (desk->list, "Asked today…");
  ui_type (keep_dialog (), "How, and whom", "Letter");
  keep_respond ("go");
  ui_wait_for (desk->list, "last asked");
  ui_click (desk->list, "Was taken down…");
  keep_respond ("go");
  ui_wait_for (desk->list, "Nothing is to be taken down");
}

static void
on_person_chosen (ImpCopiesList *list, const char *person_id, char **chosen)
{
  *chosen = g_strdup (person_id);
}

static void
test_without_place (Desk *desk, gconstpointer data)
{
  g_autofree char *chosen = NULL;

  ui_wait_for (desk->list, "EXAMPLE, Person A · H204417");
  g_signal_connect (desk->list, "person-chosen", G_CALLBACK (on_person_chosen), &chosen);
  keep_expand (desk->list, desk->title);
  ui_click (desk->list, "Show the person");
  g_assert_cmpstr (chosen, ==, desk->person_id);
  ui_click (desk->list, "Where did it go?");
  ui_type (keep_dialog (), "Journal, platform or course", "A course of examples");
  keep_respond ("go");
  ui_wait_for (desk->list, "somebody has said where it went");
}

/* Locked: nothing of anybody stays on screen. */
static void
test_locked (Desk *desk, gconstpointer data)
{
  ui_wait_for (desk->list, "Teaching file");
  g_assert_cmpuint (ui_count_unnamed (desk->list), ==, 0);
  imp_copies_list_show (IMP_COPIES_LIST (desk->list), NULL, NULL);
  g_assert_false (ui_sees (desk->list, "Teaching file"));
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, kind, test)                                                                      \
  g_test_add (path, Desk, GUINT_TO_POINTER (kind), set_up, test, tear_down)
  ADD ("/ui/copies/where-did-it-go", IMP_COPIES_OF_PERSON, test_where);
  ADD ("/ui/copies/policy-2-3/asked-and-taken-down", IMP_COPIES_OF_PERSON, test_take_down);
  ADD ("/ui/copies/policy-2-3/cannot-and-may-stay", IMP_COPIES_OF_PERSON, test_cannot_and_stay);
  ADD ("/ui/copies/letter", IMP_COPIES_OF_PERSON, test_letter);
  ADD ("/ui/copies/article-row-30/case-file", IMP_COPIES_OF_PERSON, test_papers_of_an_export);
  ADD ("/ui/papers/of-a-person", IMP_COPIES_OF_PERSON, test_papers_of_a_person);
  ADD ("/ui/papers/of-nobody-any-more", IMP_COPIES_OF_PERSON, test_paper_refused);
  ADD ("/ui/copies/after-the-export", IMP_COPIES_OF_PERSON, test_receipt);
  ADD ("/ui/copies/withdrawn-still-out-there", IMP_COPIES_TO_TAKE_DOWN, test_to_take_down);
  ADD ("/ui/copies/without-a-place", IMP_COPIES_WITHOUT_PLACE, test_without_place);
  ADD ("/ui/copies/locked", IMP_COPIES_OF_PERSON, test_locked);
#undef ADD
  return g_test_run ();
}
