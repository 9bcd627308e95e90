/* Papers with users: who may make one, and that a case file names who approved. */
#include <string.h>

#include "imp-error.h"
#include "imp-import.h"
#include "imp-paper.h"
#include "imp-register-evidence.h"
#include "imp-register-look-ups.h"
#include "imp-register-names.h"
#include "users.h"

static char *
words_of (GFile *file)
{
  const char *const command[] = {
    "pdftotext", "-enc", "UTF-8", g_file_peek_path (file), "-", NULL
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &words, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&words);
}

static GFile *
new_target (Fixture *fixture, const char *name)
{
  g_autofree char *path = in_folder (fixture, name);

  return g_file_new_for_path (path);
}

static ImpPaper *
order (Fixture *fixture, const char *kind, const char *export_id)
{
  ImpPaper *paper = imp_paper_new (kind);

  paper->person_id = g_strdup (export_id == NULL ? fixture->person_id : NULL);
  paper->export_id = g_strdup (export_id);
  return paper;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **taken = user_data;

  *taken = g_object_ref (result);
}

/* Policy row 8: a second person at the same desk, whose decision is in the case file (article row
 * 30), with name, words and signature. */
static void
test_case_file (Fixture *fixture, gconstpointer data)
{
  const ImpDecision decision = { TRUE, FALSE, "seen, and it is fit to be shown" };
  g_autoptr (ImpSecond) second = imp_second_new (APPROVER, pin_of (APPROVER));
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) rehearsal = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (GFile) target = new_target (fixture, "case.pdf");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ImpPaper) paper = NULL;
  g_autofree char *words = NULL;
  g_autofree char *signature = NULL;

  must_sign_in (fixture, OPERATOR);
  answer_all (fixture, fixture->request, "anonymised", "internal-meeting");
  imp_request_set_answer (fixture->request, "known-to-audience", "yes");
  rehearsal = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (imp_gate_agree_sync (fixture->gate, fixture->request, rehearsal->digest, &decision,
                                      second, &error));
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);

  must_sign_in (fixture, KEEPER);
  paper = order (fixture, "case-file", receipt->ledger_id);
  imp_gate_make_paper_async (fixture->gate, paper, target, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (imp_gate_make_paper_finish (fixture->gate, result, &error));
  g_assert_no_error (error);
  words = words_of (target);
  signature = read_text (fixture, "SELECT json_extract (body, '$.signature') FROM ledger "
                                  "WHERE kind = 'second'");
  g_assert_nonnull (strstr (words, APPROVER));
  g_assert_nonnull (strstr (words, OPERATOR));
  g_assert_nonnull (strstr (words, decision.words));
  g_assert_nonnull (strstr (words, "Rule 8"));
  g_assert_nonnull (strstr (words, "It is approved"));
  g_assert_nonnull (strstr (words, receipt->sha256));
  /* A signature of 128 characters takes two lines. */
  g_assert_cmpuint (strlen (signature), ==, 128);
  signature[64] = '\0';
  g_assert_nonnull (strstr (words, signature));
}

/* The scan stays in the register; papers and FHIR name it by its hashes. The hashes are those of
 * sha256sum and of openssl dgst -sha1 -binary | base64. */
static void
test_evidence (Fixture *fixture, gconstpointer data)
{
  static const char SCAN[] = "%PDF-1.4\n%%EOF\n";
  ImpRegister *people = imp_gate_get_register (fixture->gate);
  g_autofree char *permission_id = add_permission (fixture, "teaching-closed");
  g_autoptr (GBytes) bytes = g_bytes_new_static (SCAN, sizeof SCAN - 1);
  g_autoptr (ImpAttachment) scan = imp_attachment_new ();
  g_autoptr (ImpAlias) alias = imp_alias_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) page = new_target (fixture, "bundle.pdf");
  g_autoptr (GFile) consent = new_target (fixture, "consent.json");
  g_autoptr (ImpPaper) bundle = order (fixture, "subject-access", NULL);
  g_autoptr (ImpPaper) fhir = imp_paper_new ("fhir");
  g_autoptr (GBytes) written = NULL;
  g_autofree char *words = NULL;

  scan->permission_id = g_strdup (permission_id);
  scan->kind = g_strdup ("signed-paper");
  scan->title = g_strdup ("Form of January");
  g_assert_true (imp_register_add_evidence (people, scan, bytes, &error));
  g_assert_no_error (error);
  alias->name = g_strdup ("EXAMPLE, Formerly");
  alias->kind = g_strdup ("former");
  g_assert_true (imp_register_add_alias (people, fixture->person_id, alias, &error));
  g_assert_no_error (error);

  g_assert_true (imp_register_note_opened (people, fixture->person_id, 0, &error));
  g_assert_true (imp_gate_make_paper_sync (fixture->gate, bundle, page, NULL, &error));
  g_assert_no_error (error);
  words = words_of (page);
  g_assert_nonnull (strstr (words, "EXAMPLE, Formerly (Former name)"));
  /* The log of look-ups is a part of it (policy.md 5.8). */
  g_assert_nonnull (strstr (words, g_get_user_name ()));
  g_assert_nonnull (strstr (words, "Form of January: PDF"));
  g_assert_nonnull (
      strstr (words, "14bcd090baf31edba64e9cbd8cdfc15f943344aa72cb3675ad8e91bfcbce03ad"));

  fhir->permission_id = g_strdup (permission_id);
  g_assert_true (imp_gate_make_paper_sync (fixture->gate, fhir, consent, NULL, &error));
  g_assert_no_error (error);
  written = g_file_load_bytes (consent, NULL, NULL, &error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (written, NULL),
                                  (gssize)g_bytes_get_size (written),
                                  "\"hash\" : \"TKv8RJxC5OIIiKDNHLTU/WUrr4g=\""));
}

static void
assert_no_paper (Fixture *fixture, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) target = new_target (fixture, "paper");
  g_autoptr (ImpPaper) paper = order (fixture, kind, NULL);

  g_assert_false (imp_gate_make_paper_sync (fixture->gate, paper, target, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_assert_false (g_file_query_exists (target, NULL));
}

/* Security 5.9: papers about people are the keeper's, a case file also the auditor's, and what a
 * patient is handed also the operator's; what names nobody is everybody's. */
static void
test_rights (Fixture *fixture, gconstpointer data)
{
  static const char *const OF_PEOPLE[] = { "csv", "fhir", "subject-access", "patient-copy",
                                           "consent-form" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPaper) empty = imp_paper_new ("consent-form");
  g_autoptr (GFile) form = new_target (fixture, "form.pdf");
  g_autoptr (GFile) table = new_target (fixture, "table.csv");
  g_autoptr (GFile) copy = new_target (fixture, "copy.pdf");
  g_autoptr (ImpPaper) handed = order (fixture, "patient-copy", NULL);

  must_sign_in (fixture, APPROVER);
  for (gsize i = 0; i < G_N_ELEMENTS (OF_PEOPLE); i++)
    assert_no_paper (fixture, OF_PEOPLE[i]);
  must_sign_in (fixture, OPERATOR);
  for (gsize i = 0; i < 3; i++)
    assert_no_paper (fixture, OF_PEOPLE[i]);
  g_assert_true (imp_gate_make_paper_sync (fixture->gate, handed, copy, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (imp_gate_make_paper_sync (fixture->gate, empty, form, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (imp_gate_import_sync (fixture->gate, "csv", form, TRUE, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REFUSED);
  g_clear_error (&error);

  must_sign_in (fixture, KEEPER);
  for (gsize i = 0; i < G_N_ELEMENTS (OF_PEOPLE); i++)
    {
      g_autoptr (ImpPaper) paper = order (fixture, OF_PEOPLE[i], NULL);
      g_autoptr (GFile) each = new_target (fixture, OF_PEOPLE[i]);

      g_assert_true (imp_gate_make_paper_sync (fixture->gate, paper, each, NULL, &error));
      g_assert_no_error (error);
    }
}

/* Only what the gate has made leaves, and as what it was made. */
static void
test_only_ours (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) target = new_target (fixture, "mine.csv");
  g_autoptr (GFile) table = new_target (fixture, "table.csv");
  g_autoptr (ImpPaper) paper = imp_paper_new ("csv");
  g_autoptr (GBytes) mine = g_bytes_new_static ("a,b\r\n", 5);
  g_autoptr (GBytes) made = NULL;

  g_assert_false (imp_gate_publish_record_sync (fixture->gate, "csv", mine, target, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (imp_gate_make_paper_sync (fixture->gate, paper, table, NULL, &error));
  g_assert_no_error (error);
  made = g_file_load_bytes (table, NULL, NULL, &error);
  g_assert_false (
      imp_gate_publish_record_sync (fixture->gate, "receipt", made, target, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_assert_false (g_file_query_exists (target, NULL));
}

/* A stopped import and a stopped export change nothing. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) stopped = g_cancellable_new ();
  g_autoptr (GFile) target = new_target (fixture, "table.csv");
  g_autoptr (ImpPaper) paper = imp_paper_new ("csv");

  g_assert_true (imp_gate_make_paper_sync (fixture->gate, paper, target, NULL, &error));
  g_cancellable_cancel (stopped);
  g_assert_null (imp_gate_import_sync (fixture->gate, "csv", target, FALSE, stopped, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_delete (target, NULL, NULL));
  g_assert_false (imp_gate_make_paper_sync (fixture->gate, paper, target, stopped, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_assert_false (g_file_query_exists (target, NULL));
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);

#define TEST(path, up, func) g_test_add (path, Fixture, NULL, up, func, tear_down)
  TEST ("/article/row-30/case-file-names-the-approver", set_up_three, test_case_file);
  TEST ("/security/5-9/papers", set_up_three, test_rights);
  TEST ("/papers/evidence", set_up, test_evidence);
  TEST ("/papers/only-ours", set_up, test_only_ours);
  TEST ("/papers/stopped", set_up, test_stopped);
#undef TEST
  result = g_test_run ();
  forget_templates ();
  return result;
}
