/* What the sentences of the article ask of a whole release (docs/rows.md), with the real parts. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "gate-fixture.h"
#include "imp-error.h"

#define TYPED "a synthetic answer for a test" /* as answer_all() gives it */

/* The request as a person at the desk makes it; the fixture's own is a script's. */
static ImpRequest *
desk_request (Fixture *fixture, const char *route, const char *destination)
{
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, NULL);
  ImpRequest *request = imp_request_new (fixture->source, 0, frame, IMP_ORIGIN_APP);

  imp_request_set_target (request, fixture->target);
  imp_request_set_person (request, fixture->person_id);
  answer_all (fixture, request, route, destination);
  g_set_object (&fixture->request, request);
  return request;
}

static ImpReceipt *
look_and_release (Fixture *fixture, ImpRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) rehearsal =
      imp_gate_rehearse_sync (fixture->gate, request, NULL, &error);
  ImpReceipt *receipt = NULL;

  g_assert_no_error (error);
  g_assert_true (rehearsal->allowed);
  g_assert_true (rehearsal->needs_approval);
  g_assert_true (imp_gate_approve_sync (fixture->gate, request, rehearsal->digest, &error));
  g_assert_no_error (error);
  imp_request_set_approved_digest (request, rehearsal->digest);
  receipt = imp_gate_release_sync (fixture->gate, request, NULL, NULL, &error);
  g_assert_no_error (error);
  return receipt;
}

/* Nothing goes to the public before it is acknowledged that it cannot be taken back, and the
 * receipt says it once more. */
static void
test_permanence (Fixture *fixture, gconstpointer data)
{
  static const char *const WORDS[] = { "cannot be taken back", "atients",   "families",
                                       "colleagues",           "employers", "for years" };
  g_autofree char *permission = add_permission (fixture, "publication-open-web");
  g_autoptr (ImpRequest) request = desk_request (fixture, "consent", "publication");
  g_autoptr (ImpReceipt) receipt = NULL;

  imp_request_set_answer (request, "permanence-understood", "no");
  assert_refused (fixture, "article-1");
  imp_request_set_answer (request, "permanence-understood", NULL);
  assert_refused (fixture, "question:permanence-understood");
  imp_request_set_answer (request, "permanence-understood", "yes");
  receipt = look_and_release (fixture, request);
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    g_assert_nonnull (strstr (receipt->permanence, WORDS[i]));
  g_assert_nonnull (strstr (receipt->json, receipt->permanence));
}

/* Nobody's permission is on record, and none is needed; what was answered is kept. */
static void
test_answers_are_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions =
      imp_gate_questions (fixture->gate, "anonymised", "teaching-file", &error);
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autofree char *body = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  rows = imp_gate_ledger_list_sync (fixture->gate, 10, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char *kind = NULL;

      g_assert_true (g_variant_lookup (row, "kind", "&s", &kind));
      if (g_str_equal (kind, "intent"))
        g_assert_true (g_variant_lookup (row, "body", "s", &body));
    }
  g_assert_nonnull (body);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      g_autofree char *choice = g_strdup_printf ("\"%s\":\"%s\"", question->key, question->clears);

      g_test_message ("%s", question->key);
      g_assert_nonnull (strstr (body, question->key));
      if (question->clears != NULL)
        g_assert_nonnull (strstr (body, choice));
    }
  g_assert_null (strstr (body, TYPED)); /* words stand beside the chain, where they can go */
}

/* With the person's permission a picture gets onto social media in one go: approved at the desk,
 * and what is written is pixels that nobody else may read. */
static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autoptr (ImpRequest) request = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  g_autoptr (GVariant) verified = NULL;
  gboolean flat = FALSE;
  GStatBuf info;

  permission->person_id = g_strdup (fixture->person_id);
  permission->level = g_strdup ("social-media");
  permission->scope = g_strdup (TYPED);
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (imp_gate_get_register (fixture->gate), permission, &error);
  g_assert_no_error (error);
  request = desk_request (fixture, "consent", "social-media");
  receipt = look_and_release (fixture, request);
  verified = imp_gate_verify_file_sync (fixture->target, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (verified, "flat", "b", &flat));
  g_assert_true (flat);
  g_assert_cmpint (g_stat (g_file_peek_path (fixture->target), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_null (strstr (receipt->json, "H204417"));
  g_assert_null (strstr (receipt->json, fixture->person_id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, run) g_test_add (name, Fixture, NULL, set_up, run, tear_down)
  TEST ("/article/row-1/permanence", test_permanence);
  TEST ("/article/row-9/answers-are-kept", test_answers_are_kept);
  TEST ("/article/row-19/onto-social-media-in-one-go", test_exchange);
#undef TEST
  return g_test_run ();
}
