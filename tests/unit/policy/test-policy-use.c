/* Every use of the table that may succeed does so for someone who answers every question with the
 * answer that clears it, and within the number of fields that she may be made to type. */
#include "policy-desk.h"

#include <string.h>

static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                            "research", "social-media" };

/* Answers exactly what the pack says, as a script does: @clears, or @min_length characters. */
static void
answer_as_a_script (Desk *desk)
{
  g_autoptr (GPtrArray) questions =
      imp_pack_get_questions (desk->pack, desk->facts.route, desk->facts.destination);

  g_hash_table_remove_all (desk->answers);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      g_autofree char *text = g_strnfill (question->min_length, 'x');

      desk_answer (desk, question->key, question->clears != NULL ? question->clears : text);
    }
}

static void
test_script (gconstpointer pack_id)
{
  g_autoptr (ImpPack) pack = pack_load (pack_id);

  for (guint i = 0; i < G_N_ELEMENTS (DESTINATIONS); i++)
    {
      g_autoptr (Desk) anonymised = desk_new_with (pack, "anonymised", DESTINATIONS[i]);
      g_autoptr (Desk) consent = desk_new_with (pack, "consent", DESTINATIONS[i]);
      g_autoptr (ImpVerdict) no = NULL;
      g_autoptr (ImpVerdict) yes = NULL;

      answer_as_a_script (anonymised);
      answer_as_a_script (consent);
      consent->facts.permission_scope = g_hash_table_lookup (consent->answers, "destination-name");
      no = desk_decide (anonymised);
      yes = desk_decide (consent);
      g_assert_true (yes->allowed);
      g_assert_cmpuint (yes->reasons->len, ==, 0);
      g_assert_cmpuint (yes->needed->len, ==, 0);
      /* Row 15 alone stands between an anonymised picture and social media. */
      g_assert_cmpint (no->allowed, ==, !g_str_equal (DESTINATIONS[i], "social-media"));
      for (guint j = 0; j < no->reasons->len; j++)
        g_assert_cmpstr (((ImpReason *)g_ptr_array_index (no->reasons, j))->rule, ==, "row-15");
    }
}

static guint
count_texts (ImpPack *pack, const char *route, const char *destination, gboolean conditional)
{
  g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, route, destination);
  guint n = 1; /* the hospital number */

  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      if (g_str_equal (question->type, "text") && (question->required || conditional))
        n++;
    }
  return n;
}

/* Article row 20. */
static void
test_typed_fields (void)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");

  g_assert_cmpuint (count_texts (pack, "anonymised", "teaching-file", FALSE), <=, 2);
  g_assert_cmpuint (count_texts (pack, "consent", "social-media", TRUE), <=, 6);
}

/* Article row 23; and nothing is answered beforehand. */
static void
test_not_sure_everywhere (void)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");
  static const char *const ROUTES[] = { "anonymised", "consent" };

  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint i = 0; i < G_N_ELEMENTS (DESTINATIONS); i++)
      {
        g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, ROUTES[r], DESTINATIONS[i]);

        g_assert_cmpuint (questions->len, >, 5);
        for (guint j = 0; j < questions->len; j++)
          {
            const ImpQuestion *question = g_ptr_array_index (questions, j);

            g_assert_true ((question->allowed == NULL) == g_str_equal (question->type, "text"));
            if (question->allowed == NULL)
              continue;
            g_assert_true (g_strv_contains ((const char *const *)question->allowed, "not-sure"));
            g_assert_cmpstr (question->clears, !=, "not-sure");
          }
      }
}

/* The wizard walks its pages in the order of policy.md 3; the questions come page by page. */
static void
test_page_order (void)
{
  static const char *const PAGES[] = { "person", "use",     "case",       "basis", "cover",
                                       "words",  "account", "permanence", NULL };
  static const char *const ROUTES[] = { "anonymised", "consent" };
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");

  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint i = 0; i < G_N_ELEMENTS (DESTINATIONS); i++)
      {
        g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, ROUTES[r], DESTINATIONS[i]);
        guint page = 0;

        for (guint j = 0; j < questions->len; j++)
          {
            const ImpQuestion *question = g_ptr_array_index (questions, j);

            while (PAGES[page] != NULL && !g_str_equal (PAGES[page], question->page))
              page++;
            g_assert_nonnull (PAGES[page]);
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/policy/use/script/uk-strict", "uk-strict", test_script);
  g_test_add_data_func ("/policy/use/script/uk-standard", "uk-standard", test_script);
  g_test_add_func ("/article/row-20/typed-fields", test_typed_fields);
  g_test_add_func ("/article/row-23/not-sure-everywhere", test_not_sure_everywhere);
  g_test_add_func ("/policy/use/page-order", test_page_order);
  return g_test_run ();
}
