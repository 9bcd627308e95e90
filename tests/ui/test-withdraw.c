/* Withdrawing from the window: how many steps it takes, and what it says afterwards; on a real
 * encrypted register, with a picture that really left. */
#include "gate-trace.h"
#include "imp-copies-list.h"
#include "imp-question.h"
#include "ui-person.h"

/* A picture leaves under the permission, as a script would let it. */
static void
release (UiPerson *desk)
{
  g_autoptr (GError) error = NULL;
  static const ImpRect LABEL = { 690, 680, 450, 180 }; /* with the name of the person */
  g_autofree char *path = g_build_filename (g_getenv ("IMP_SAMPLES"), "phone-photo.jpg", NULL);
  g_autofree char *out = g_build_filename (desk->folder, "img-1.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) target = g_file_new_for_path (out);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_autoptr (ImpRequest) request = imp_request_new (source, 0, frame, IMP_ORIGIN_SCRIPT);
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;

  g_assert_no_error (error);
  questions = imp_gate_questions (desk->gate, "consent", "teaching-file", &error);
  imp_request_set_route (request, "consent");
  imp_request_set_destination (request, "teaching-file");
  imp_request_set_person (request, desk->person_id);
  imp_request_set_boxes (request, &LABEL, 1);
  imp_request_set_looked_at (request, TRUE);
  imp_request_set_seen_share (request, 100);
  imp_request_set_target (request, target);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      imp_request_set_answer (request, question->key,
                              question->clears != NULL ? question->clears
                                                       : "a synthetic answer for a test");
    }
  receipt = imp_gate_release_sync (desk->gate, request, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The search result's own entry. */
static void
withdraw_from_result (UiPerson *desk)
{
  imp_person_view_withdraw (IMP_PERSON_VIEW (desk->view), desk->person_id);
  ui_wait (ui_has_dialog, NULL, "the question what is withdrawn");
}

/* From the search result on: every click, choice and typed field is a step. The shortest way to
 * record is compared with the shortest way to withdraw; policy.md 2.3 asks for no more. */
static void
test_no_more_steps (UiPerson *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) recorded = NULL;
  guint recording = 0;
  guint withdrawing = 0;

  imp_person_view_show (IMP_PERSON_VIEW (desk->view), desk->person_id), recording++;
  ui_wait_for (desk->view, "What may be used for what");
  ui_click (desk->view, "Record consent…"), recording++;
  ui_click (desk->view, "They agreed"), recording++;
  ui_choose (desk->view, "What for", "Teaching inside the organisation"), recording++;
  ui_choose (desk->view, "Who agreed", "The patient"), recording++;
  ui_choose (desk->view, "Evidence", "A signed paper form"), recording++;
  ui_click (desk->view, "Record it"), recording++;
  ui_wait_for (desk->view, "Agreed · since");
  recorded = imp_register_list_permissions (ui_person_register (desk), desk->person_id, &error);
  g_assert_cmpuint (recorded->len, ==, 1);

  imp_person_view_show (IMP_PERSON_VIEW (desk->view), NULL);
  withdraw_from_result (desk), withdrawing++;
  ui_respond ("go"), withdrawing++;
  ui_wait_for (desk->view, "Withdrawn · on");
  g_assert_cmpint (ui_person_state_of (desk, ((ImpPermission *)recorded->pdata[0])->id), ==,
                   IMP_PERMISSION_WITHDRAWN);
  g_assert_cmpuint (withdrawing, <=, recording);
  g_assert_cmpuint (withdrawing, ==, 2);
}

static GtkWidget *
find_copies (GtkWidget *root)
{
  GtkWidget *found = IMP_IS_COPIES_LIST (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_copies (child);
  return found;
}

/* What left under it is said, with its task, and can be looked at. */
static void
test_says_what_is_out (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  const ImpCopyFilter filter = { .permission_id = id, .with_task = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  release (desk);
  withdraw_from_result (desk);
  g_assert_true (ui_sees (ui_dialog (), "EXAMPLE, Person A"));
  g_assert_true (ui_sees (ui_dialog (), "H204417 · born 12 Mar 1961"));
  ui_type (ui_dialog (), "Who said so (optional)", "the patient");
  ui_type (ui_dialog (), "How it was said (optional)", "by telephone");
  g_assert_cmpuint (ui_count_unnamed (ui_dialog ()), ==, 0);
  ui_shot ("withdraw-1-dialog");
  ui_respond ("go");
  ui_wait_for (desk->view, "1 picture is still out there, and 1 takedown task was opened.");
  ui_shot ("withdraw-2-out-there");
  g_assert_cmpuint (desk->n_changes, ==, 1);
  /* The list of people is read again, and chooses the same person: it is still said. */
  imp_person_view_show (IMP_PERSON_VIEW (desk->view), desk->person_id);
  ui_settle (300);
  g_assert_true (ui_sees (desk->view, "1 takedown task was opened."));
  ui_click (desk->view, "What is out there");
  g_assert_cmpstr (desk->shown, ==, desk->person_id);
  tasks = imp_gate_list_copies_sync (desk->gate, &filter, &error);
  g_assert_cmpuint (tasks->len, ==, 1);
  g_assert_cmpstr (((ImpCopy *)tasks->pdata[0])->task_reason, ==, "withdrawn");
  {
    g_autoptr (ImpPermission) permission =
        imp_register_get_permission (ui_person_register (desk), id, &error);

    g_assert_cmpstr (permission->withdrawn_by, ==, "the patient");
    g_assert_cmpstr (permission->withdrawn_channel, ==, "by telephone");
  }
  /* Once it is taken down, nobody goes on saying that it is out there. */
  g_assert_true (imp_gate_settle_takedown (desk->gate, ((ImpCopy *)tasks->pdata[0])->export_id,
                                           IMP_COPY_REMOVED, NULL, &error));
  g_signal_emit_by_name (find_copies (desk->view), "changed");
  ui_wait_until_gone (desk->view, "1 takedown task was opened.");
  g_assert_cmpuint (desk->n_changes, ==, 2);
}

static void
test_says_nothing_is_out (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");

  withdraw_from_result (desk);
  ui_respond ("go");
  ui_wait_for (desk->view, "No picture that left under it is known to be out there.");
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_WITHDRAWN);
}

/* Of several nothing is ticked beforehand, and only what is ticked ends. */
static void
test_one_of_several (UiPerson *desk, gconstpointer data)
{
  g_autofree char *teaching = ui_person_permit (desk, "teaching-closed");
  g_autofree char *web = ui_person_permit (desk, "publication-open-web");

  withdraw_from_result (desk);
  g_assert_false (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (ui_dialog ()), "go"));
  ui_click (ui_dialog (), "Publication, open to anyone on the web");
  ui_shot ("withdraw-3-several");
  ui_respond ("go");
  ui_wait_for (desk->view, "Withdrawn · on");
  g_assert_cmpint (ui_person_state_of (desk, teaching), ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpint (ui_person_state_of (desk, web), ==, IMP_PERMISSION_WITHDRAWN);
}

static void
test_cancelled (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");

  withdraw_from_result (desk);
  ui_respond ("cancel");
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_ACTIVE);
  g_assert_cmpuint (desk->n_changes, ==, 0);
}

static void
test_nothing_to_withdraw (UiPerson *desk, gconstpointer data)
{
  imp_person_view_withdraw (IMP_PERSON_VIEW (desk->view), desk->person_id);
  ui_wait_for (desk->view, "there is nothing to withdraw");
  g_assert_null (ui_dialog ());
}

/* What failed is asked again, with all that was typed. */
static void
test_nothing_typed_is_lost (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autoptr (GError) error = NULL;

  withdraw_from_result (desk);
  ui_type (ui_dialog (), "How it was said (optional)", "by letter of 20 Nov");
  imp_register_set_permission_state (ui_person_register (desk), id, IMP_PERMISSION_ENTERED_IN_ERROR,
                                     &error);
  g_assert_no_error (error);
  ui_respond ("go");
  ui_wait (ui_has_dialog, NULL, "the question again");
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (ui_dialog ())), "entered in error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (
                       ui_find (ui_dialog (), GTK_TYPE_EDITABLE, "How it was said (optional)"))),
                   ==, "by letter of 20 Nov");
  ui_respond ("cancel");
}

/* A no without any consent blocks both routes, and asks back what left (article row 29). */
static void
test_objection (UiPerson *desk, gconstpointer data)
{
  g_autofree char *id = ui_person_permit (desk, "teaching-closed");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) objecting = NULL;
  g_autoptr (ImpPerson) lifted = NULL;

  release (desk);
  imp_person_view_show (IMP_PERSON_VIEW (desk->view), desk->person_id);
  ui_wait_for (desk->view, "What may be used for what");
  ui_click (desk->view, "Has said no…");
  ui_respond ("go");
  ui_wait_for (desk->view, "This person has said no.");
  ui_wait_for (desk->view, "1 picture is still out there, and 1 takedown task was opened.");
  objecting = imp_register_get_person (ui_person_register (desk), desk->person_id, &error);
  g_assert_true (objecting->objects);
  g_assert_cmpint (ui_person_state_of (desk, id), ==, IMP_PERMISSION_ACTIVE);
  ui_click (desk->view, "Lift the no…");
  ui_respond ("go");
  ui_wait_until_gone (desk->view, "This person has said no.");
  lifted = imp_register_get_person (ui_person_register (desk), desk->person_id, &error);
  g_assert_false (lifted->objects);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
#define ADD(path, test)                                                                            \
  g_test_add (path, UiPerson, NULL, ui_person_set_up, test, ui_person_tear_down)
  ADD ("/ui/withdraw/no-more-steps-than-recording", test_no_more_steps);
  ADD ("/ui/withdraw/says-what-is-out", test_says_what_is_out);
  ADD ("/ui/withdraw/says-nothing-is-out", test_says_nothing_is_out);
  ADD ("/ui/withdraw/one-of-several", test_one_of_several);
  ADD ("/ui/withdraw/cancelled", test_cancelled);
  ADD ("/ui/withdraw/nothing-to-withdraw", test_nothing_to_withdraw);
  ADD ("/ui/withdraw/nothing-typed-is-lost", test_nothing_typed_is_lost);
  ADD ("/article/row-29/objection-in-the-window", test_objection);
#undef ADD
  return g_test_run ();
}
